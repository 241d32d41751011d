from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from sayso.archive.archive import Archive
from sayso.archive.forms import Decision
from sayso.archive.indexing import rows_of
from sayso.archive.matching import Key
from sayso.archive.schema import about, appearance, speaker_key, statement
from sayso.documents import Article
from sayso.errors import NoSuchEntry, RefusedDecision
from tests.archive.built import Says, given, make_article


def report(number: int, *says: Says, outlet: str = "The Tidewater Courier") -> Article:
    parts = [
        f"In report {number}, {' '.join((*each.titles, each.speaker or ''))} said {each.content}." for each in says
    ]
    return make_article(*says, text="\n\n".join(parts), outlet=outlet)


def says(name: str, content: str, *titles: str, about: tuple[str, ...] = ()) -> Says:
    return Says(name, f"the {content} of {' and '.join(about) or 'the quay'} is closed", titles=titles, about=about)


def fill(archive: Archive) -> None:
    """Eight articles: two spellings of one name, a namesake, and each of them talked about by others."""
    articles = [
        report(1, says("Mara Venn", "bridge", "Transport Minister", about=("Mara Fenn",))),
        report(2, says("Mara Fenn", "road", about=("Mara Venn", "Ode Kestrel"))),
        report(3, says("Mara Venn", "port"), says("Mara Fenn", "dock", about=("Mara Venn",))),
        report(4, says("Mara Venn", "lock", "goalkeeper"), says("Ode Kestrel", "weir", about=("Mara Fenn",))),
        report(5, says("Ode Kestrel", "mole")),
        report(6, says("O. Kestrel", "pier", about=("Mara Venn", "Mara Fenn"))),
        report(7, says("Mara Venn", "gate", "Transport Minister")),
        report(8, says("Mara Fenn", "mast"), says("O. Kestrel", "sail", about=("Ode Kestrel",))),
    ]
    for at, each in enumerate(articles):
        for one in each.mentioned:
            one.kind = "person"
        archive.save(each, given(f"{at}.txt"))


def state(archive: Archive) -> dict[str, Any]:
    """All that decisions may move."""
    with archive.store.reading() as connection:
        columns = appearance.c
        found: dict[str, Any] = {
            "appearances": connection.execute(
                select(columns.id, columns.speaker_id, columns.found_id, columns.decision_id, columns.reason).order_by(
                    columns.id
                )
            ).all(),
            "statements": connection.execute(
                select(statement.c.id, statement.c.speaker_id).order_by(statement.c.id)
            ).all(),
            "about": sorted(connection.execute(select(about)).all()),
            "keys": sorted(connection.execute(select(speaker_key)).all()),
        }
        found["index"] = {
            key: sorted(row.id for row in connection.execute(archive.store.match(Key(key))))
            for number in {row.speaker_id for row in found["appearances"]}
            for key in (f"speaker{number}", f"about{number}")
        }
    return found


def check_index(archive: Archive) -> None:
    """The index agrees with the tables."""
    with archive.store.reading() as connection:
        ids = connection.scalars(select(statement.c.id)).all()
        wanted: dict[str, set[int]] = {}
        for row in rows_of(connection, ids):
            for key in row.keys:
                if key.startswith(("speaker", "about")):
                    wanted.setdefault(key, set()).add(row.id)
        numbers = connection.execute(text("SELECT id FROM speaker")).scalars()
        for number in list(numbers):
            for key in (f"speaker{number}", f"about{number}"):
                found = {row.id for row in connection.execute(archive.store.match(Key(key)))}
                assert found == wanted.get(key, set()), key


def id_of(archive: Archive, name: str) -> int:
    return archive.speakers(name)[0].id


def test_a_merge_moves_all_that_is_the_others(archive: Archive) -> None:
    fill(archive)
    venn, fenn = id_of(archive, "Mara Venn"), id_of(archive, "Mara Fenn")
    before = archive.speaker(venn).statements, archive.speaker(fenn).statements
    made = archive.merge(venn, fenn, reason="a slip of the pen", by="a desk")
    assert (made.kind, made.speakers, made.by, made.undone_by) == ("merge", (venn, fenn), "a desk", None)
    one = archive.speaker(fenn)
    assert one.id == venn and one.statements == sum(before) and set(one.names) == {"Mara Venn", "Mara Fenn"}
    assert archive.search("speaker:fenn").total == sum(before)
    check_index(archive)


def test_what_comes_later_goes_where_the_merge_leads_and_comes_back(archive: Archive) -> None:
    fill(archive)
    venn, fenn = id_of(archive, "Mara Venn"), id_of(archive, "Mara Fenn")
    made = archive.merge(venn, fenn, reason="a slip of the pen")
    archive.save(report(9, says("Mara Fenn", "crane")), given("9.txt"))
    assert archive.search("speaker:venn crane").total == 1
    archive.undo(made.id)
    with archive.store.reading() as connection:
        last = connection.scalar(select(statement.c.speaker_id).order_by(statement.c.id.desc()).limit(1))
    assert last == fenn
    check_index(archive)


def test_a_split_makes_a_new_speaker_and_later_articles_tell_the_two_apart(archive: Archive) -> None:
    for at, titles in enumerate([("Transport Minister",), ("Transport Minister",), ()]):
        archive.save(report(at, says("Mara Venn", "bridge", *titles)), given(f"{at}.txt"))
    archive.save(report(4, says("Mara Venn", "pitch")), given("4.txt"))
    venn = id_of(archive, "Mara Venn")
    made = archive.split(venn, articles=[4], name="Mara Venn (rower)", reason="the rower of Halmark", by="a desk")
    old, new = made.speakers
    assert old == venn and archive.speaker(new).name == "Mara Venn (rower)"
    assert (archive.speaker(old).articles, archive.speaker(new).articles) == (3, 1)
    archive.save(report(5, says("Mara Venn", "mole", "Minister")), given("5.txt"))
    assert (archive.speaker(old).articles, archive.speaker(new).articles) == (4, 1)
    check_index(archive)


def test_a_new_version_keeps_a_split(archive: Archive) -> None:
    archive.save(report(1, says("Mara Venn", "bridge")), given("1.txt", guid="one"))
    archive.save(report(2, says("Mara Venn", "pitch")), given("2.txt", guid="two"))
    made = archive.split(id_of(archive, "Mara Venn"), articles=[2], reason="the rower")
    archive.save(
        report(2, says("Mara Venn", "pitch"), says("Mara Venn", "oar")), given("2.txt", guid="two", digest="x")
    )
    assert archive.speaker(made.speakers[1]).articles == 1
    archive.undo(made.id)
    assert archive.speaker(made.speakers[0]).articles == 2
    check_index(archive)


def test_two_decided_to_be_two_are_not_merged(archive: Archive) -> None:
    fill(archive)
    venn, fenn, ode = (id_of(archive, name) for name in ("Mara Venn", "Mara Fenn", "Ode Kestrel"))
    apart = archive.keep_apart(venn, fenn, reason="two ministers")
    archive.merge(ode, fenn, reason="for once")
    with pytest.raises(RefusedDecision, match=f"decision {apart.id}") as refused:
        archive.merge(venn, ode, reason="the same")
    assert refused.value.decision == apart.id
    archive.undo(apart.id)
    assert archive.merge(venn, ode, reason="the same").kind == "merge"


def test_stands_for_is_decided_and_undone_in_turn(archive: Archive) -> None:
    fill(archive)
    number = id_of(archive, "Ode Kestrel")
    first = archive.set_stands_for(number, "the Harbour Board", reason="its speaker")
    second = archive.set_stands_for(number, "the Port of Halmark", reason="renamed")
    with pytest.raises(RefusedDecision, match=f"Decision {second.id}"):
        archive.undo(first.id)
    archive.undo(second.id)
    assert archive.speaker(number).stands_for == "the Harbour Board"
    archive.undo(first.id)
    assert archive.speaker(number).stands_for is None


REFUSED: list[Any] = [
    pytest.param(lambda a, v, f, d: a.merge(v, v, reason=""), "are one already", id="one-into-itself"),
    pytest.param(lambda a, v, f, d: a.undo(d.id), "is undone already", id="twice-undone"),
    pytest.param(lambda a, v, f, d: a.undo(d.undone_by), "undid another one", id="undoing-an-undo"),
    pytest.param(lambda a, v, f, d: a.split(v, reason=""), "Nothing is named", id="a-split-of-nothing"),
    pytest.param(
        lambda a, v, f, d: a.split(v, articles=[1, 2, 3, 4, 6, 7], reason=""), "all that", id="a-split-of-all"
    ),
]


@pytest.mark.parametrize("act, message", REFUSED)
def test_what_cannot_be_decided_is_refused(
    archive: Archive, act: Callable[[Archive, int, int, Decision], Any], message: str
) -> None:
    fill(archive)
    venn, fenn = id_of(archive, "Mara Venn"), id_of(archive, "Mara Fenn")
    made = archive.merge(venn, fenn, reason="a slip")
    archive.undo(made.id)
    # the goalkeeper of that name is another one
    for other in archive.speakers("Mara Venn"):
        if other.id != venn:
            archive.merge(venn, other.id, reason="the same")
    done = next(each for each in archive.decisions() if each.id == made.id)
    before = state(archive)
    with pytest.raises(RefusedDecision, match=message):
        act(archive, venn, fenn, done)
    assert state(archive) == before


def test_unknown_speakers_and_decisions_are_no_such_entries(archive: Archive) -> None:
    fill(archive)
    for act in (
        lambda: archive.merge(1, 999, reason=""),
        lambda: archive.undo(999),
        lambda: archive.split(1, articles=[999], reason=""),
        lambda: archive.speaker(999),
    ):
        with pytest.raises(NoSuchEntry):
            act()


def test_a_split_that_others_build_on_is_undone_last(archive: Archive) -> None:
    fill(archive)
    venn, ode = id_of(archive, "Mara Venn"), id_of(archive, "Ode Kestrel")
    first = archive.split(venn, articles=[3], reason="another one")
    second = archive.merge(ode, first.speakers[1], reason="that is Ode")
    with pytest.raises(RefusedDecision, match=rf"Decision {second.id} \(merge\) builds on decision {first.id}"):
        archive.undo(first.id)
    archive.undo(second.id)
    archive.undo(first.id)
    assert [each.undone_by is None for each in archive.decisions()] == [True, True, False, False]


@pytest.mark.parametrize("seed", range(6))
def test_undoing_all_gives_the_first_state_back(archive: Archive, seed: int) -> None:
    chosen = random.Random(seed)
    fill(archive)
    first = state(archive)
    for _ in range(14):
        try:
            _decide_at_random(archive, chosen)
        except RefusedDecision:
            continue
        check_index(archive)
    for _ in range(40):
        left = [each for each in archive.decisions() if each.kind != "undo" and each.undone_by is None]
        if not left:
            break
        # in any order that is not refused
        for each in chosen.sample(left, len(left)):
            try:
                archive.undo(each.id)
            except RefusedDecision as refused:
                assert refused.decision is not None
                continue
            break
        check_index(archive)
    found = state(archive)
    assert {name: found[name] for name in first} == first


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_in_between_decisions_is_left_as_if_they_had_never_been(archive: Archive, seed: int) -> None:
    chosen = random.Random(seed)
    fill(archive)
    names = ["Mara Venn", "Mara Fenn", "Ode Kestrel", "O. Kestrel"]
    for number in range(10):
        with contextlib.suppress(RefusedDecision):
            _decide_at_random(archive, chosen)
        one, other = chosen.sample(names, 2)
        guid = f"g{chosen.randrange(4)}"
        article = report(20 + number, says(one, f"sluice {number}", about=(other,)))
        article.mentioned[0].kind = "person"
        archive.save(article, given(f"more-{number}.txt", guid=guid))
        check_index(archive)
    for _ in range(40):
        for each in archive.decisions():
            if each.kind != "undo" and each.undone_by is None:
                try:
                    archive.undo(each.id)
                except RefusedDecision:
                    continue
                check_index(archive)
    found = state(archive)
    assert all(each.undone_by for each in archive.decisions() if each.kind != "undo")
    assert {row.decision_id for row in found["appearances"]} == {None}
    assert {row.found_id for row in found["appearances"]} == {None}
    assert not [key for key, _ in found["keys"] if key.startswith(("into:", "apart:"))]


def _decide_at_random(archive: Archive, chosen: random.Random) -> None:
    with archive.store.reading() as connection:
        rows = connection.execute(select(appearance.c.id, appearance.c.speaker_id)).all()
    numbers = sorted({row.speaker_id for row in rows})
    kind = chosen.choice(["merge", "merge", "split", "split", "apart", "stands for", "undo"])
    if kind == "merge":
        archive.merge(*chosen.sample(numbers, 2), reason="by chance")
    elif kind == "split":
        number = chosen.choice(numbers)
        own = [row.id for row in rows if row.speaker_id == number]
        archive.split(number, appearances=chosen.sample(own, chosen.randint(1, len(own))), reason="by chance")
    elif kind == "apart":
        archive.keep_apart(*chosen.sample(numbers, 2), reason="by chance")
    elif kind == "stands for":
        archive.set_stands_for(chosen.choice(numbers), chosen.choice([None, "the Harbour Board"]), reason="by chance")
    else:
        made = [each.id for each in archive.decisions()]
        archive.undo(chosen.choice(made or [0])) if made else None
