"""The commands, one file each; only they print and exit."""
