"""What is known of a person beside the name, over articles; and when two lives are two persons'.

A change of office over the years contradicts nothing, nor does a title that one article leaves out. What contradicts is
what hardly anybody is at once: a goalkeeper and a transport minister, the minister of one country and of another, the
head of two firms in one year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sayso.archive.people.roles import Role, role_of, states
from sayso.speakers.lists import gender_of_title, title_class
from sayso.wordlists import read_rows

_APART = Path(__file__).parent / "data" / "titles_apart.tsv"
_LONGEST_YEARS = 60
"""Years between two articles, beyond which nobody is quoted in both."""
_LEADERS = frozenset(
    ("chief executive", "ceo", "chief executive officer", "secretary general", "managing director", "head coach",
     "police chief", "chief of police", "sheriff", "mayor", "goalkeeper", "striker", "midfielder", "defender")
)  # fmt: skip
"""What nobody is in two organisations at once."""


def honorific_gender(titles: Iterable[str]) -> str:
    """The gender that the honorifics before a name agree in ("m", "f"); empty where there are none or of both.

    >>> honorific_gender(["Mr", "Senator"]), honorific_gender(["Mrs", "Mr"])
    ('m', '')
    """
    found = {
        gender
        for title in titles
        if (word := title.split()[0] if title.split() else "")
        and title_class(word) == "honorific"
        and (gender := gender_of_title(word)) in ("m", "f")
    }
    return str(found.pop()) if len(found) == 1 else ""


@dataclass(slots=True)
class Profile:
    """What is known of a speaker beside the name: by it bearers of one name are told apart."""

    roles: set[Role] = field(default_factory=set)
    """Those that stand beside the name itself ("Transport Minister Ana Lind"): sure enough to part two persons."""
    hints: set[Role] = field(default_factory=set)
    """Those that a description gives ("the minister"), which may be another's: they only speak for one person."""
    genders: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    """In which it is named."""

    @property
    def all_roles(self) -> set[Role]:
        """Roles and hints."""
        return self.roles | self.hints

    def keys(self) -> list[str]:
        """The keys by which an archive keeps it."""
        return [
            *(f"r:{_written(role)}" for role in sorted(self.roles, key=repr)),
            *(f"q:{_written(role)}" for role in sorted(self.hints, key=repr)),
            *(f"h:{gender}" for gender in sorted(self.genders)),
            *(f"y:{year}" for year in sorted(self.years)),
        ]

    def learn(self, key: str) -> None:
        """Take in one key that `keys` made."""
        kind, _, value = key.partition(":")
        if kind in ("r", "q"):
            head, place, organisation, former = value.split("|")
            (self.roles if kind == "r" else self.hints).add(Role(head, place, organisation, bool(former)))
        elif kind == "h":
            self.genders.add(value)
        elif kind == "y":
            self.years.add(int(value))

    def fields(self, *, former: bool = True, sure: bool = False) -> set[str]:
        """The walks of life of its roles; without `former` those alone that are not over."""
        roles = self.roles if sure else self.all_roles
        return {each for role in roles if former or not role.former for each in role.fields}


def _written(role: Role) -> str:
    return "|".join((role.head, role.place, role.organisation, "former" * role.former))


def profile_of(titles: Iterable[str], hints: Iterable[str] = (), *, year: int | None = None) -> Profile:
    """The profile that one article gives of a person: `titles` stand beside the name, `hints` elsewhere."""
    titles = list(titles)
    gender = honorific_gender(titles)
    roles = {role for title in titles if (role := role_of(title)) is not None}
    more = {role for title in hints if (role := role_of(title)) is not None} - roles
    return Profile(roles, more, {gender} if gender else set(), set() if year is None else {year})


@cache
def _apart() -> frozenset[frozenset[str]]:
    rows = read_rows(_APART)
    return frozenset(frozenset((one, other)) for one, others in rows for other in others.split(","))


def contradiction(one: Profile, other: Profile) -> str | None:
    """In words, why two profiles are hardly one person's; None where nothing says so.

    >>> contradiction(profile_of(["Transport Minister"]), profile_of(["goalkeeper"]))
    'one is in politics (minister), the other in sport (goalkeeper)'
    >>> contradiction(profile_of(["Vice President"], year=2012), profile_of(["President"], year=2021))
    """
    if len(one.genders) == len(other.genders) == 1 and one.genders != other.genders:
        return "one is a man, the other a woman"
    if one.years and other.years and min(abs(a - b) for a in one.years for b in other.years) > _LONGEST_YEARS:
        return f"they are named more than {_LONGEST_YEARS} years apart"
    return _fields_contradict(one, other) or _places_contradict(one, other) or _firms_contradict(one, other)


def _fields_contradict(one: Profile, other: Profile) -> str | None:
    if one.fields() & other.fields():
        return None
    mine, theirs = one.fields(former=False, sure=True), other.fields(former=False, sure=True)
    if not mine or not theirs or any(frozenset((a, b)) not in _apart() for a in mine for b in theirs):
        return None
    a, b = _head_of(one), _head_of(other)
    return f"one is in {min(a.fields)} ({a.head}), the other in {min(b.fields)} ({b.head})"


def _head_of(profile: Profile) -> Role:
    return min((role for role in profile.roles if role.fields and not role.former), key=repr)


def _places_contradict(one: Profile, other: Profile) -> str | None:
    """Offices of state in two countries, or one office in two states."""
    mine = {role for role in one.roles if role.place}
    theirs = {role for role in other.roles if role.place}
    places = {role.place for role in mine}, {role.place for role in theirs}
    if not mine or not theirs or places[0] & places[1]:
        return None
    for a in mine:
        for b in theirs:
            if (a.place in states()) != (b.place in states()):
                continue
            if (a.head == b.head and _same_time(one, other)) or (a.place not in states() and a.fields & b.fields):
                return f"one is {a.head} of {a.place.title()}, the other {b.head} of {b.place.title()}"
    return None


def _firms_contradict(one: Profile, other: Profile) -> str | None:
    """The same office in two organisations at one time."""
    mine = {role for role in one.roles if role.organisation and not role.former}
    theirs = {role for role in other.roles if role.organisation and not role.former}
    if not _same_time(one, other) or any(_same_firm(a, b) for a in mine for b in theirs):
        return None
    for a in mine:
        for b in theirs:
            if a.head == b.head and a.head in _LEADERS:
                return f"one is {a.head} of {a.organisation.title()}, the other of {b.organisation.title()}"
    return None


def _same_firm(a: Role, b: Role) -> bool:
    return bool(set(a.organisation.split()) & set(b.organisation.split()))


def _same_time(one: Profile, other: Profile) -> bool:
    """Whether they are named within a year of each other, as far as is known."""
    if not one.years or not other.years:
        return True
    return any(abs(a - b) <= 1 for a in one.years for b in other.years)


def agreement(one: Profile, other: Profile) -> list[tuple[str, int]]:
    """In words, what two profiles share, each with its weight: an office 2 (of one place or organisation 3), an
    organisation 2, a walk of life 1, a country 1."""
    found: list[tuple[str, int]] = []
    mine, theirs = one.all_roles, other.all_roles
    heads = {role.head for role in mine if role.fields} & {role.head for role in theirs if role.fields}
    places = {role.place for role in mine} & {role.place for role in theirs} - {""}
    firms = {a.organisation for a in mine for b in theirs if a.organisation and _same_firm(a, b)}
    if heads:
        found.append((f"both are {_listed(heads)}", 3 if places or firms else 2))
    elif fields := one.fields() & other.fields():
        found.append((f"both are in {_listed(fields)}", 1))
    if firms:
        found.append((f"both belong to {_listed(firms).title()}", 2))
    if places:
        found.append((f"both belong to {_listed(places).title()}", 1))
    return found


def _listed(words: Iterable[str]) -> str:
    return " and ".join(sorted(words)[:3])
