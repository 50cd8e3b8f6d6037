"""What may be said: audiences, and the cut of a submission to one of them."""
