"""One file for each group of pages: what it asks the archive, and what the template gets."""
