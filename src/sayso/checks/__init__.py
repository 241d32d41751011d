"""Checks: quotes against transcripts, the headline against the body, figures against arithmetic and references."""
