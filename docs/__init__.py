"""The pages, and what writes the parts of them that are measured or drawn."""
