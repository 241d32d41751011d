"""Intake: what users name (files, folders, addresses, feeds, WARC files, news agencies' packages) into single items."""
