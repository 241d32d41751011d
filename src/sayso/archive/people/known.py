"""What an archive knows of speakers while an article is resolved: asked for in a few queries, put in at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from sayso.archive.clock import now_text
from sayso.archive.people.naming import parts_agree, parts_of_key, person_name
from sayso.archive.people.profiles import Profile, agreement
from sayso.archive.schema import appearance, speaker, speaker_key

COUNTED = 200
"""Articles of one speaker that are counted at the most."""

_ASKED = speaker_key.alias("asked")
_COLUMNS = (speaker.c.id, speaker.c.name, speaker.c.kind, speaker.c.stands_for, speaker_key.c.key)
# Made once: to put a query together takes longer than to answer it.
_BY_KEYS = (
    select(*_COLUMNS)
    .select_from(_ASKED)
    .join(speaker, speaker.c.id == _ASKED.c.speaker_id)
    .join(speaker_key, speaker_key.c.speaker_id == speaker.c.id)
    .where(_ASKED.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(speaker.c.id)
)
_BY_IDS = (
    select(*_COLUMNS)
    .select_from(speaker)
    .outerjoin(speaker_key, speaker_key.c.speaker_id == speaker.c.id)
    .where(speaker.c.id.in_(bindparam("ids", expanding=True)))
)


@dataclass(slots=True, eq=False)
class Known:
    """A speaker of the archive, or one that is going to be; `id` is None until it is in."""

    id: int | None
    name: str
    kind: str
    keys: set[str] = field(default_factory=set)
    profile: Profile = field(default_factory=Profile)
    into: tuple[int, int] | None = None
    """The speaker that it was merged into, and the decision."""
    fresh: set[str] = field(default_factory=set)
    """Keys that the archive does not have yet."""
    stands_for: str | None = None

    def learn(self, keys: Iterable[str]) -> None:
        """Take in keys, new ones marked as fresh."""
        for key in keys:
            if key not in self.keys:
                self.keys.add(key)
                self.fresh.add(key)
                self.profile.learn(key)

    def level(self, name: str) -> str:
        """How far a person's name agrees with all the full names of this one: an `Agreement`."""
        parts = person_name(name)
        levels = {key: parts_agree(parts, parts_of_key(key)) for key in self.keys if key[:2] in ("n:", "w:")}
        if any(level == "contradict" for key, level in levels.items() if key[:2] == "w:"):
            return "contradict"
        return next((level for level in ("same", "compatible") if level in levels.values()), "contradict")

    def weight(self, profile: Profile) -> int:
        """How much it shares with the profile that an article gives."""
        return sum(weight for _, weight in agreement(self.profile, profile))


class Register:
    """The speakers of an archive that an article's speakers may be."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.by_id: dict[int, Known] = {}
        self.by_key: dict[str, list[Known]] = {}

    def load(self, lookups: set[str]) -> None:
        """Fetches all that have one of some keys, and those that they were merged into."""
        if lookups:
            self._take(self.connection.execute(_BY_KEYS, {"keys": sorted(lookups)}).all(), lookups)
            self.fetch({each.into[0] for each in self.by_id.values() if each.into})

    def fetch(self, ids: set[int]) -> None:
        """Fetches the speakers of some ids, and those that they were merged into."""
        missing = ids - self.by_id.keys()
        while missing:
            self._take(self.connection.execute(_BY_IDS, {"ids": sorted(missing)}).all(), set())
            missing = {each.into[0] for each in self.by_id.values() if each.into} - self.by_id.keys()

    def _take(self, rows: Sequence[Any], lookups: set[str]) -> None:
        for number, name, kind, stands_for, key in rows:
            known = self.by_id.get(number)
            if known is None:
                known = self.by_id[number] = Known(number, name, kind, stands_for=stands_for)
            if key is None or key in known.keys:
                continue
            known.keys.add(key)
            known.profile.learn(key)
            if key in lookups:
                self.by_key.setdefault(key, []).append(known)
            if key.startswith("into:"):
                target, _, decision = key[5:].partition(":")
                known.into = int(target), int(decision)

    def add(self, known: Known) -> None:
        """Lets one that is new be found by its keys."""
        for key in known.keys:
            self.by_key.setdefault(key, []).append(known)

    def with_keys(self, keys: Iterable[str]) -> list[Known]:
        """Those with one of some keys, each once, by the order of the keys."""
        return list({id(known): known for key in keys for known in self.by_key.get(key, [])}.values())

    def live(self, known: Known) -> tuple[Known, int | None]:
        """Who a speaker is after all merges, and the last of them."""
        decision = None
        while known.into is not None:
            target, decision = known.into
            known = self.by_id[target]
        return known, decision

    def one_each(self, bearers: Iterable[Known]) -> list[Known]:
        """Of those that are one after all merges, the one that the others went into, where it is there."""
        found: dict[int, Known] = {}
        for known in bearers:
            live = self.live(known)[0]
            if id(live) not in found or known is live:
                found[id(live)] = known
        return list(found.values())

    def articles(self, known: Known) -> int:
        """How many articles have a speaker, counted up to COUNTED."""
        live = self.live(known)[0]
        if live.id is None:
            return 1
        some = select(appearance.c.id).where(appearance.c.speaker_id == live.id).limit(COUNTED).subquery()
        return int(self.connection.execute(select(func.count()).select_from(some)).scalar_one())

    def put_in(self, everyone: list[Known]) -> None:
        """Puts in the new ones among some speakers, and all their new keys."""
        new = [known for known in everyone if known.id is None]
        if new:
            now = now_text()
            ids = self.connection.execute(
                insert(speaker).returning(speaker.c.id, sort_by_parameter_order=True),
                [{"name": each.name, "kind": each.kind, "stands_for": each.stands_for, "made_at": now} for each in new],
            ).scalars()
            for known, number in zip(new, ids, strict=True):
                known.id = number
        fresh = [{"key": key, "speaker_id": known.id} for known in everyone for key in sorted(known.fresh)]
        if fresh:
            self.connection.execute(insert(speaker_key), fresh)
