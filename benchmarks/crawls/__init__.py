"""Crawls of any size to measure with: WARC files as news crawlers write them, of articles that nobody wrote.

The texts are paragraphs of the project's own texts, in new company and with new names and numbers (`stories`); the
pages around them are as outlets make them, each outlet in a layout of its own (`layouts`, `furniture`); the records
are those of a crawl: responses packed and in chunks, requests, revisits, images, redirects (`records`). A story is made
from its number alone: a crawl of a seed begins as the smaller ones of that seed do. What stands on each page is known,
so that what is read can be measured.

    python -m benchmarks.crawls --articles 1000 --output crawl.warc.gz --known known.jsonl
"""

from benchmarks.crawls.layouts import page_of
from benchmarks.crawls.records import Written, write_crawl, write_file
from benchmarks.crawls.stories import Outlet, Stories, Story

__all__ = ["Outlet", "Stories", "Story", "Written", "page_of", "write_crawl", "write_file"]
