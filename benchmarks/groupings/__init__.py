"""Batches of any size to group, of which it is known what is a copy of what, and who tells what."""
