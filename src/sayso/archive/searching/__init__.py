"""Searching: the query language, what answers it, and its pages."""
