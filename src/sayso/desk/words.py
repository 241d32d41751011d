"""How the pages write numbers, days and counted nouns: the filters of all templates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sayso.checks.contract import FAIL_ON
from sayso.exports.counts import counted
from sayso.exports.speakers import plural
from sayso.verdicts import SOUND


def number(value: float) -> str:
    """A number with its thousands parted."""
    return f"{value:,}"


def share(value: float | None) -> str:
    """A share of 0 to 1 in percent; a dash where there is none."""
    return "–" if value is None else f"{value:.0%}"


def day(value: str | None) -> str:
    """An ISO 8601 day or moment as "14 March 2026"; as it is where it is none.

    >>> day("2026-03-14T15:05:00+01:00"), day("2026-03")
    ('14 March 2026', '2026-03')
    """
    try:
        found = datetime.fromisoformat(value or "")
    except ValueError:
        return value or ""
    return f"{found.day} {found:%B %Y}"


def moment(value: str | None) -> str:
    """An ISO 8601 moment as "14 March 2026, 15:05"; a day alone without a time."""
    told = day(value)
    if value and len(value) > 10 and told != value:
        return f"{told}, {datetime.fromisoformat(value):%H:%M}"
    return told


def query(values: dict[str, Any]) -> str:
    """The part of a URL behind its path, "" where nothing is given; what is None or empty is left out.

    >>> query({"q": "ferry radar", "sort": None, "after": ""})
    '?q=ferry+radar'
    """
    kept = [(name, each) for name, each in values.items() if each not in (None, "", [])]
    return f"?{urlencode(kept, doseq=True)}" if kept else ""


def bare(text: str) -> str:
    """A statement without the comma with which its article goes on: it is not of what was said.

    >>> bare('"The bridge is safe," "for now,"'), bare("that it was safe")
    ('"The bridge is safe," "for now"', 'that it was safe')
    """
    return _COMMA.sub("", text)


_COMMA = re.compile(r",(?=\s*[\"'”’»]*\s*\Z)")


def link(url: str | None) -> str:
    """An address that may stand in a link: http and https alone; "" for any other, which might run or show what an
    article chose."""
    return url if url and url.lower().startswith(("https://", "http://")) else ""


def weight(value: str, doubt: object = None) -> str:
    """How much a verdict asks for, by its value: one of the WEIGHTS of `sayso.exports.checkparts`.

    >>> weight("verbatim"), weight("altered"), weight("altered", "the speaker is not sure"), weight("unchecked")
    ('good', 'bad', 'doubt', 'note')
    """
    if value in GOOD:
        return "good"
    return "note" if value not in FAIL_ON else "doubt" if doubt else "bad"


GOOD = SOUND | {"supported", "consistent"}


FILTERS: dict[str, Callable[..., str]] = {
    each.__name__: each for each in (number, share, day, moment, query, bare, link, plural, counted, weight)
}
