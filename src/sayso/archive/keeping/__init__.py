"""Keeping articles and transcripts: from what was read to the rows of the tables, and back again."""
