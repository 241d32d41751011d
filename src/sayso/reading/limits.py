"""How much the reader takes on before it refuses; every limit is there because some input reached past it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds on one source. Past any of them the source is refused with `TooLarge` or `TookTooLong`, never cut."""

    max_bytes: int = 10_000_000
    """Bytes of a file, of standard input, or of what a URL delivers."""
    max_characters: int = 1_000_000
    """Characters of the article's clean text: the longest news features have some 100,000."""
    max_blocks: int = 50_000
    """Lines or paragraphs of one source: a million characters wrapped at 70 columns have some 15,000."""
    max_depth: int = 250
    """Open HTML tags inside one another: libxml2 returns nothing, without a word, for content 300 tags deep."""
    max_tags: int = 100_000
    """HTML tags on a page: a long live blog has some 20,000, and parsers hang on 10^6."""
    max_attributes: int = 500
    """Attributes of one tag: 10^6 hang every HTML parser for over 40 seconds."""
    parse_timeout_s: float = 10.0
    """Time of a processor for the child process that parses a page."""
    parse_patience: float = 1.0
    """By the clock it may take so many times that: more than once where many pages are read at the same time, of which
    the same ones are to be refused however busy the machine is."""
    parse_memory_mb: int = 1500
    """Address space of that child process."""
    fetch_timeout_s: float = 30.0
    """Wall-clock time for one URL, redirects included."""
    max_redirects: int = 5
