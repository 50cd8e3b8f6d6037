"""From a document to files: HTML and PDF, whole or not at all."""
