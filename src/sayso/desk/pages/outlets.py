"""Outlets: how each quotes, one of them with whom it quotes how, and some of them beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from sayso.archive.browsing.forms import OutletProfile, OutletRow, SpeakerUse
from sayso.archive.json_form import as_json
from sayso.desk import plots
from sayso.desk.asking import Id, Text, is_id
from sayso.desk.pages.speakers import stances, timeline_of
from sayso.desk.views import View, Views
from sayso.desk.words import query as url_query
from sayso.errors import BadSetting
from sayso.web.state import Server

views = Views()
_MOST = 4
"""Outlets beside each other: more have no room on a page."""
_SPEAKERS = 60
"""Of one outlet; all are in the page's data."""
_COMPARED = 30
_OUTLETS = 50
"""That a page shows at once."""
_SORTS: dict[str, tuple[str, Callable[[OutletRow], Any]]] = {
    "statements": ("Statements", lambda row: -row.statements),
    "articles": ("Articles", lambda row: -row.articles),
    "quoted": ("Quoted", lambda row: -row.quoted_share),
    "anonymous": ("Anonymous", lambda row: -row.anonymous_share),
    "distancing": ("Distancing", lambda row: -row.distancing_share),
    "endorsing": ("Endorsing", lambda row: -row.endorsing_share),
    "name": ("Outlet", lambda row: row.name.casefold()),
}
Chosen = Annotated[list[str], Query(max_length=20)]


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """How an outlet quotes one speaker."""

    use: SpeakerUse
    stance: list[plots.Part]


@dataclass(frozen=True, slots=True)
class Compared:
    """One speaker as several outlets quote him, None where one does not."""

    speaker: int
    name: str
    total: int
    cells: list[SpeakerRow | None]

    @property
    def outlets(self) -> int:
        """How many of them quote him."""
        return len(self.cells) - self.cells.count(None)


@views.view("/outlets", "outlets.html", keep=True)
def outlets(server: Server, sort: Text = "statements", compare: Chosen = [], all: bool = False) -> View:  # noqa: B006
    """All outlets with their shares; those chosen beside each other, speaker by speaker."""
    if sort not in _SORTS:
        raise BadSetting("sort", sort, f"one of {', '.join(_SORTS)}")
    rows = sorted(server.archive.outlet_list(), key=_SORTS[sort][1])
    chosen = [server.archive.outlet(number) for number in _numbers(compare)]
    found = compared(chosen)
    data = {"items": as_json(rows), "compared": as_json(chosen)}
    more = {
        "rows": rows if all else rows[:_OUTLETS],
        "all_url": None if all or len(rows) <= _OUTLETS else _all_url(sort, chosen),
        "sort": sort,
        "sorts": [(key, label) for key, (label, _) in _SORTS.items()],
        "chosen": chosen,
        "chosen_ids": [each.row.id for each in chosen],
        "months": _months(chosen),
        "shared": [each for each in found if each.outlets > 1][:_COMPARED],
        "alone": [each for each in found if each.outlets == 1][:_COMPARED],
    }
    return View(" and ".join(each.row.name for each in chosen) or "Outlets", data, more)


@views.view("/outlets/{id}", "outlet.html", keep=True)
def outlet(server: Server, id: Id) -> View:
    """How one outlet quotes whom, beside what all of them do."""
    profile = server.archive.outlet(id)
    rows = server.archive.outlet_list()
    total = sum(each.statements for each in rows) or 1

    def usual(share: Callable[[OutletRow], float]) -> float:
        return sum(share(each) * each.statements for each in rows) / total

    row = profile.row
    more = {
        "row": row,
        "timeline": timeline_of(profile.months, "month"),
        "shares": [
            ("Quoted", row.quoted_share, usual(lambda each: each.quoted_share), "quotation:direct,mixed"),
            ("Anonymous", row.anonymous_share, usual(lambda each: each.anonymous_share), "is:anonymous"),
            ("Distancing", row.distancing_share, usual(_distancing), "stance:distancing"),
            ("Endorsing", row.endorsing_share, usual(lambda each: each.endorsing_share), "stance:endorsing"),
        ],
        "speakers": [_speaker_row(each) for each in profile.speakers[:_SPEAKERS]],
        "rest": max(len(profile.speakers) - _SPEAKERS, 0),
        "others": [each for each in rows if each.id != id],
    }
    return View(row.name, as_json(profile), more)


def compared(chosen: Sequence[OutletProfile]) -> list[Compared]:
    """The speakers of some outlets, those that most of them quote first, then those with most statements."""
    found: dict[int, Compared] = {}
    for place, profile in enumerate(chosen):
        for use in profile.speakers:
            had = found.get(use.speaker) or Compared(use.speaker, use.name, 0, [None] * len(chosen))
            cells = [*had.cells[:place], _speaker_row(use), *had.cells[place + 1 :]]
            found[use.speaker] = Compared(use.speaker, use.name, had.total + use.statements, cells)
    return sorted(found.values(), key=lambda each: (-each.outlets, -each.total, each.speaker))


def _all_url(sort: str, chosen: Sequence[OutletProfile]) -> str:
    return f"/outlets{url_query({'sort': sort, 'compare': [each.row.id for each in chosen], 'all': 'true'})}"


def _distancing(row: OutletRow) -> float:
    return row.distancing_share


def _speaker_row(use: SpeakerUse) -> SpeakerRow:
    return SpeakerRow(use, stances(use.neutral, use.endorsing, use.distancing))


def _months(chosen: Sequence[OutletProfile]) -> list[plots.Timeline]:
    """The months of each in a plot of one height and over the same time."""
    every = [each for profile in chosen for each in profile.months]
    if not every:
        return [plots.timeline([]) for _ in chosen]
    most = max(each.count for each in every)
    days = tuple(map(date.fromisoformat, (min(each.start for each in every), max(each.end for each in every))))
    return [timeline_of(each.months, "month", most=most, days=(days[0], days[1])) for each in chosen]


def _numbers(values: Sequence[str]) -> list[int]:
    """Ids as a form sends them, one each, or as somebody writes them, `1,2`."""
    found = [each.strip() for value in values for each in value.split(",") if each.strip()]
    if not all(map(is_id, found)):
        raise BadSetting("compare", ",".join(found)[:80], "the numbers of outlets, as 1,2")
    numbers = list(dict.fromkeys(map(int, found)))
    if len(numbers) > _MOST:
        raise BadSetting("compare", ",".join(found)[:80], f"at most {_MOST} outlets")
    return numbers
