"""Sending a submission: cut to one audience, rewritten from the model, in one file that is safe to send and to open."""
