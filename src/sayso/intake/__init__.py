"""Intake: what users name (files, folders, addresses, feeds, WARC files, news agencies' packages) into single items.

`items_of` takes sources apart, `read_item` reads what came out, `follow` asks a feed again and again.
"""

from sayso.intake.failures import failure_of
from sayso.intake.feeds import FeedEntry
from sayso.intake.following import FeedState, ask, follow
from sayso.intake.items import Failure, Item
from sayso.intake.reading_items import read_item
from sayso.intake.sources import items_of

__all__ = ["Failure", "FeedEntry", "FeedState", "Item", "ask", "failure_of", "follow", "items_of", "read_item"]
