"""From many members' submissions to one: reading the folder, merging, conflicts, decisions, sign-off."""
