"""The document in one language: numbered blocks, composed from a publication."""
