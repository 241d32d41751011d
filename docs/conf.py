"""How Sphinx makes the documentation's site out of the pages (`python -m docs.site`)."""

from __future__ import annotations

project = "sayso"
author = "the authors of sayso"
language = "en"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}

# The anchors of headings are those that a code forge gives them.
myst_heading_anchors = 6
# `sh` blocks of the pages are commands; blocks without a language are text.
highlight_language = "text"
# Quotes are shown as they are written: they are what the pages are about, and options begin with two hyphens.
smartquotes = False
pygments_style = "a11y-light"
pygments_dark_style = "a11y-high-contrast-dark"

html_theme = "furo"
html_title = "sayso"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
