"""Looking round in an archive: its articles, outlets and speakers in lists, and what they say over time."""
