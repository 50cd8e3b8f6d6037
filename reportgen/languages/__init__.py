"""Languages: messages, pairs of texts, formats, French typography, names of States."""
