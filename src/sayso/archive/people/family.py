"""Which speakers of an archive were merged into which, as their keys say: "into:12:3" is speaker and decision.

A merged speaker keeps its row and its keys, so that undoing needs nothing but to take one key away.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select

from sayso.archive.schema import speaker, speaker_key
from sayso.errors import NoSuchEntry


@dataclass(slots=True)
class Family:
    """All merges that stand."""

    into: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By the speaker that was merged: into which, by which decision."""

    def live(self, number: int) -> int:
        """Who a speaker is after all merges."""
        while number in self.into:
            number = self.into[number][0]
        return number

    def decision(self, number: int) -> int | None:
        """The last merge on the way from a speaker to who it is; None where there is none."""
        last = None
        while number in self.into:
            number, last = self.into[number]
        return last

    def members(self, number: int) -> set[int]:
        """A speaker and all that were merged into it, at whatever remove."""
        found = {number}
        while True:
            more = {one for one, (other, _) in self.into.items() if other in found} - found
            if not more:
                return found
            found |= more


def family_of(connection: Connection) -> Family:
    """All merges that stand."""
    # As a stretch of keys, since LIKE would look at each.
    key = speaker_key.c.key
    rows = connection.execute(select(key, speaker_key.c.speaker_id).where(key >= "into:", key < "into;"))
    return Family({number: _numbers(key) for key, number in rows})


def live_speaker(connection: Connection, number: int, family: Family) -> int:
    """The speaker of an id, after all merges. Raises NoSuchEntry."""
    if connection.scalar(select(speaker.c.id).where(speaker.c.id == number)) is None:
        raise NoSuchEntry("speaker", str(number), advice="See: sayso archive speakers")
    return family.live(number)


def apart_from(connection: Connection, numbers: set[int]) -> dict[tuple[int, int], int]:
    """The pairs with one of some speakers in them that are decided to be two, each with the decision."""
    rows = connection.execute(
        select(speaker_key.c.key, speaker_key.c.speaker_id).where(
            speaker_key.c.key.like("apart:%"), speaker_key.c.speaker_id.in_(sorted(numbers))
        )
    )
    found = {}
    for key, number in rows:
        other, decision = _numbers(key)
        found[number, other] = decision
    return found


def put_in_apart(connection: Connection, one: int, other: int, decision: int) -> None:
    """Keeps that two are two."""
    connection.execute(
        insert(speaker_key),
        [
            {"key": f"apart:{other}:{decision}", "speaker_id": one},
            {"key": f"apart:{one}:{decision}", "speaker_id": other},
        ],
    )


def take_out_apart(connection: Connection, one: int, other: int, decision: int) -> None:
    """Forgets that two are two."""
    for number, key in ((one, f"apart:{other}:{decision}"), (other, f"apart:{one}:{decision}")):
        connection.execute(delete(speaker_key).where(speaker_key.c.speaker_id == number, speaker_key.c.key == key))


def _numbers(key: str) -> tuple[int, int]:
    _, other, decision = key.split(":")
    return int(other), int(decision)
