"""The archive: articles with all their layers, transcripts, and speakers over all of them; kept, searched, traced."""
