"""The editor's desk: a draft in the browser that follows the files as they are written."""
