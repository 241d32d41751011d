"""Speakers: who stands behind the sources of an article, under all their names."""
