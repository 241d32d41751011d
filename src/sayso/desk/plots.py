"""Plots as geometry: what their macros (templates/plots.html) draw as SVG with attributes alone.

Every plot is drawn in a box of `WIDTH` by `HEIGHT` that its place on the page stretches; no text is inside, so that
none is stretched with it. Beside each stands the same as text or as a table: the plot itself is hidden from screen
readers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sayso.archive.browsing.forms import Period

WIDTH = 1000.0
HEIGHT = 100.0
_FULL = 0.86
"""Of the room of a bar what it fills."""
_WIDEST = 60.0
"""One bar alone should not look like a wall."""
_LEAST = 3.0
"""Height of the smallest bar: a thing that happened once is seen beside one that happened a thousand times."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days and how much fell on them."""

    start: date
    end: date
    """The last day, included."""
    count: int
    url: str = ""
    """Of the page that has just these; "" where there is none."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot."""

    x: float
    y: float
    width: float
    height: float
    label: str
    """The days, as people write them."""
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """How much fell on which days."""

    bars: list[Bar]
    most: int
    total: int
    first: str
    """Label of the left end."""
    last: str

    @property
    def is_single(self) -> bool:
        """Whether all of it is one stretch, of which a plot would say nothing."""
        return len(self.bars) == 1 and self.first == self.last

    @property
    def told(self) -> list[Bar]:
        """The bars that have anything."""
        return [each for each in self.bars if each.count]

    @property
    def peak(self) -> Bar | None:
        """The highest bar, the first of equals."""
        return max(self.bars, key=lambda each: each.count, default=None)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole."""

    label: str
    count: int
    share: float
    x: float
    width: float
    tone: str
    """Name of its look: a class of the style."""
    url: str = ""


def timeline_of(
    periods: Sequence[Period],
    step: str,
    url: Callable[[Period], str],
    *,
    most: int | None = None,
    days: tuple[date, date] | None = None,
) -> Timeline:
    """Periods of the archive as bars, each a link to what `url` says; `most` and `days` as of `timeline`."""
    stretches = [
        Stretch(date.fromisoformat(each.start), date.fromisoformat(each.end), each.count, url(each)) for each in periods
    ]
    return timeline(stretches, step=step, most=most, days=days)


def timeline(
    stretches: Sequence[Stretch],
    *,
    step: str = "month",
    most: int | None = None,
    days: tuple[date, date] | None = None,
) -> Timeline:
    """Bars by their days, each as wide as its stretch is long.

    `most` is the count of full height, None the highest; `days` are the first and the last of the plot, None those of
    the stretches: with both, plots can be held against each other.

    >>> march = Stretch(date(2026, 3, 1), date(2026, 3, 31), 4)
    >>> shown = timeline([march, Stretch(date(2026, 4, 1), date(2026, 4, 30), 2)])
    >>> [(bar.label, bar.height) for bar in shown.bars], shown.first, shown.last
    ([('March 2026', 100.0), ('April 2026', 50.0)], 'March 2026', 'April 2026')
    """
    if not stretches:
        return Timeline([], 0, 0, "", "")
    top = most or max(each.count for each in stretches) or 1
    first, last = days or (min(each.start for each in stretches), max(each.end for each in stretches))
    begin, size = first.toordinal(), last.toordinal() + 1 - first.toordinal()
    bars = []
    for each in stretches:
        room = (each.end.toordinal() + 1 - each.start.toordinal()) / size * WIDTH
        left = (each.start.toordinal() - begin) / size * WIDTH
        width = min(room * _FULL, _WIDEST)
        height = max(each.count / top * HEIGHT, _LEAST) if each.count else 0.0
        x = left + (room - width) / 2
        bars.append(
            Bar(
                x=round(x, 2),
                y=round(HEIGHT - height, 2),
                width=round(width, 2),
                height=round(height, 2),
                label=period(each.start, each.end, step),
                count=each.count,
                url=each.url,
            )
        )
    # An end that no stretch has is named as the others are.
    ends = [period(first, first, step), period(last, last, step)] if days else [bars[0].label, bars[-1].label]
    return Timeline(bars, top, sum(each.count for each in stretches), *ends)


def shares(counts: Sequence[tuple[str, int, str]], url: Callable[[str], str] | None = None) -> list[Part]:
    """The parts of a whole beside each other, from label, count and tone; those without any are left out.

    >>> parts = shares([("neutral", 3, "a"), ("endorsing", 0, "b"), ("distancing", 1, "c")])
    >>> [(part.label, part.x, part.width) for part in parts]
    [('neutral', 0.0, 750.0), ('distancing', 750.0, 250.0)]
    """
    total = sum(count for _, count, _ in counts)
    parts: list[Part] = []
    x = 0.0
    for label, count, tone in counts:
        if count:
            width = count / total * WIDTH
            link = url(label) if url else ""
            parts.append(Part(label, count, count / total, round(x, 2), round(width, 2), tone, link))
            x += width
    return parts


def place(moment: str, first: str, last: str) -> float | None:
    """Where between two moments (ISO 8601) a third one is, 0 to `WIDTH`; None for what is no moment.

    >>> place("2026-03-15", "2026-03-14", "2026-03-16T00:00:00"), place("", "2026-03-14", "2026-03-16")
    (500.0, None)
    """
    found = [_seconds(each) for each in (moment, first, last)]
    at, begin, end = found
    if at is None or begin is None or end is None:
        return None
    return round((at - begin) / (end - begin) * WIDTH, 2) if end > begin else 0.0


def _seconds(moment: str) -> float | None:
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return None
    # A day alone, or a moment without a zone, is taken as one of UTC.
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def period(start: date, end: date, step: str = "") -> str:
    """Some days as people write them.

    >>> period(date(2026, 3, 1), date(2026, 3, 31), "month"), period(date(2026, 3, 9), date(2026, 3, 15), "week")
    ('March 2026', '9 to 15 March 2026')
    """
    if step == "year":
        return f"{start.year}"
    if step == "month":
        return f"{start:%B %Y}"
    if start == end:
        return f"{start.day} {start:%B %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {end.day} {end:%B %Y}"
    head = f"{start.day} {start:%B}" if start.year == end.year else f"{start.day} {start:%B %Y}"
    return f"{head} to {end.day} {end:%B %Y}"
