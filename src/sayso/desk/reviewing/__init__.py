"""What the pages of review show and take: a passage in words, one item with what machine and people say, corrections.

The routes are in `sayso.desk.pages.review` and `corrections`.
"""
