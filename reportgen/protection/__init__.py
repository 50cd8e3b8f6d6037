"""What must not leave: registered names are searched in all public text and in every finished file."""
