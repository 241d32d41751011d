"""Speakers over all articles: a list, one of them over time, and the suggestions of who may be whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from sayso.archive.archive import Archive
from sayso.archive.browsing.forms import OutletUse, Period, SpeakerProfile
from sayso.archive.forms import ArchiveSpeaker, Suggestion
from sayso.archive.json_form import as_json, page_to_json
from sayso.desk import plots
from sayso.desk.asking import Id, Text
from sayso.desk.marks import choices
from sayso.desk.pages.searching import groups
from sayso.desk.views import View, Views
from sayso.desk.words import query as url_query
from sayso.errors import BadSetting, NoSuchEntry, SaysoError
from sayso.records import SpeakerKind
from sayso.web.failures import failure_to_json
from sayso.web.state import Server

views = Views()
KINDS = get_args(SpeakerKind)
_FEW, _MANY = 50, 500
_NAMESAKES = 8
_OUTLETS = 20
"""Outlets of one speaker; all are in the page's data."""
TONES = {
    "quotation": {"direct": "much", "mixed": "some", "indirect": "little"},
    "stance": {"neutral": "little", "endorsing": "cool", "distancing": "warm"},
}
"""How the parts of plots look; in words beside them they have their numbers."""


@dataclass(frozen=True, slots=True)
class UseRow:
    """How one outlet quotes a speaker, or one speaker is quoted by an outlet."""

    name: str
    url: str
    use: OutletUse
    stance: list[plots.Part]


@views.view("/speakers", "speakers.html", keep=True)
def speakers(server: Server, name: Text = "", kind: Text = "", all: bool = False) -> View:
    """Speakers, those with most statements first; of a name or a kind alone."""
    if kind and kind not in KINDS:
        raise BadSetting("kind", kind, f"one of {', '.join(KINDS)}")
    limit = _MANY if all else _FEW
    more: dict[str, Any] = {"name": name, "kind": kind, "kinds": KINDS, "limit": limit, "failed": None, "all_url": None}
    try:
        found = server.archive.speakers(name.strip() or None, kind=kind or None, limit=limit + 1)
    except NoSuchEntry as error:
        return View("Speakers", failure_to_json(error), {**more, "found": [], "failed": error}, status=error.status)
    if len(found) > limit:
        more["all_url"] = None if all else f"/speakers{url_query({'name': name, 'kind': kind, 'all': 'true'})}"
        found = found[:limit]
    return View("Speakers", {"items": as_json(found)}, {**more, "found": found})


@views.view("/speakers/suggestions", "suggestions.html", heavy=True, keep=True)
def suggestions(server: Server) -> View:
    """Speakers that may be one, and those that may be two."""
    found: list[Suggestion] = server.archive.suggestions(limit=_FEW)
    return View("Who is whom", {"items": as_json(found)}, {"found": found})


@views.view("/speakers/{id}", "speaker.html", keep=True)
def speaker(server: Server, id: Id, after: Text = "") -> View:
    """One speaker: when, where, how, with which words, disputed by whom; and all statements, a page at a time."""
    return speaker_view(server.archive, id, after=after)


def speaker_view(archive: Archive, id: int, *, after: str = "", error: SaysoError | None = None) -> View:
    """The page of a speaker; with an `error`, what was wrong with the decision that was to be taken."""
    profile = archive.speaker_profile(id)
    one = profile.speaker
    page = archive.search(profile.query, sort="newest", limit=15, after=after or None)
    decided = archive.decisions(speaker=one.id)
    shown = timeline_of(profile.periods, profile.step)
    data = as_json(profile) | {"statements": page_to_json(page), "decisions": as_json(decided)}
    more = {
        "one": one,
        "profile": profile,
        "merged": one.id != id,
        "failed": error,
        "timeline": shown,
        "stacks": {family: _parts(profile, family) for family in ("quotation", "stance")},
        "counts": {family: _counts(profile, family) for family in ("verdict", "polarity", "act")},
        "uses": [_use_row(each) for each in profile.outlets[:_OUTLETS]],
        "more_outlets": max(len(profile.outlets) - _OUTLETS, 0),
        "of_him": [each for each in profile.disputes if each.of_speaker == one.id],
        "by_him": [each for each in profile.disputes if each.by_speaker == one.id and each.of_speaker != one.id],
        "namesakes": _namesakes(archive, one),
        "decided": decided,
        "page": page,
        "groups": list(groups(page.hits)),
        "next_url": f"/speakers/{one.id}{url_query({'after': page.next})}#statements" if page.next else None,
        "first_url": f"/speakers/{one.id}#statements" if after else None,
    }
    failed = failure_to_json(error) if error else data
    return View(one.name, failed, more, status=error.status if error else 200)


def timeline_of(
    periods: list[Period], step: str, *, most: int | None = None, days: tuple[date, date] | None = None
) -> plots.Timeline:
    """Periods as bars, each a link to the search for just these statements; `most` and `days` as in the plot."""

    def url(period: Period) -> str:
        return f"/search{url_query({'q': period.query, 'sort': 'newest'})}"

    return plots.timeline_of(periods, step, url, most=most, days=days)


def stances(neutral: int, endorsing: int, distancing: int) -> list[plots.Part]:
    """The stances of an outlet towards somebody, as parts of one bar."""
    tones = TONES["stance"]
    counts = (("neutral", neutral), ("endorsing", endorsing), ("distancing", distancing))
    return plots.shares([(name, count, tones[name]) for name, count in counts])


def _parts(profile: SpeakerProfile, family: str) -> list[plots.Part]:
    counts: dict[str, int] = getattr(profile, family)
    tones = TONES[family]
    labels = {each.choice: each.name for each in choices(family)}

    def url(label: str) -> str:
        return f"/search{url_query({'q': f'{profile.query} {family}:{labels[label]}'})}"

    return plots.shares([(label, counts.get(name, 0), tones[name]) for label, name in labels.items()], url)


def _counts(profile: SpeakerProfile, family: str) -> list[tuple[str, int, str]]:
    """What a family of marks counts to, in words: label, count, and the search for them."""
    counts: dict[str, int] = getattr(profile, family)
    found = []
    for each in choices(family):
        if counts.get(each.name):
            value = f'"{each.name}"' if " " in each.name else each.name
            query = f"{profile.query} {family}:{value}"
            found.append((each.choice, counts[each.name], f"/search{url_query({'q': query})}"))
    return found


def _use_row(use: OutletUse) -> UseRow:
    return UseRow(
        name=use.name or "No outlet",
        url=f"/outlets/{use.outlet}" if use.outlet is not None else "",
        use=use,
        stance=stances(use.neutral, use.endorsing, use.distancing),
    )


def _namesakes(archive: Archive, one: ArchiveSpeaker) -> list[ArchiveSpeaker]:
    """Others whom the same name means; nobody where the name is only what an article calls somebody."""
    try:
        found = archive.speakers(one.name, limit=_NAMESAKES + 1)
    except NoSuchEntry:
        return []
    return [each for each in found if each.id != one.id][:_NAMESAKES]
