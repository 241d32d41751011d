"""What holds of an archive on either database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from sayso.archive import migrations, schema
from sayso.archive.archive import Archive
from sayso.archive.forms import Problem
from sayso.archive.matching import And, Key, Not, Phrase, Prefix, Word
from sayso.documents import Source
from sayso.errors import NoSuchEntry
from tests.archive.built import Says, given, make_article, make_transcript

BRIDGE = make_article(
    Says("Mara Venn", "the bridge closes in May", about=("Port Board",), titles=("Mayor",), date="2026-03-12"),
    Says("Oskar Lind", "nobody had asked the ferrymen", stance="distancing", polarity="denies"),
    Says(None, "the pilings were rotten", verdict="altered", doubt="the transcript is partial"),
    headline="Bridge to close, mayor says",
    url="https://tidewater.example/bridge",
    relations=[("disputes", 1, 0)],
)


def count(archive: Archive, table: str) -> int:
    with archive.store.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(schema.metadata.tables[table])) or 0)


def matched(archive: Archive, match: object) -> list[str]:
    found = archive.store.match(match).subquery()  # type: ignore[arg-type]
    with archive.store.reading() as connection:
        rows = connection.execute(
            select(schema.statement.c.text)
            .join(found, found.c.id == schema.statement.c.id)
            .order_by(schema.statement.c.id)
        )
        return list(rows.scalars())


def test_what_is_saved_is_given_back(archive: Archive) -> None:
    saved = archive.save(BRIDGE, given("bridge.txt"))
    assert (saved.outcome, saved.kind, saved.version, saved.statements) == ("added", "article", 1, 3)
    assert archive.article(saved.id) == BRIDGE
    assert list(archive.articles()) == [(saved.id, BRIDGE)]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(None, id="no-source"),
        pytest.param(BRIDGE.text, id="the-text-itself"),
        pytest.param(f"<p>{BRIDGE.text}</p>\n\ud800\0", id="a-page-with-broken-characters"),
    ],
)
def test_the_source_is_kept_with_it(archive: Archive, source: str | None) -> None:
    made = make_article(Says("Mara Venn", "it rains"))
    made.source = None if source is None else Source("page.html", source, "utf-16", 2, ("assumed utf-16",))
    assert archive.article(archive.save(made, given()).id) == made


def test_a_text_that_no_database_can_keep_is_kept_all_the_same(archive: Archive) -> None:
    made = make_article(Says("Mara\0Venn", "the bridge \ud800closes", about=("Port\0Board",)), outlet="The\0Courier")
    number = archive.save(made, given()).id
    assert archive.article(number) == made
    assert archive.save(made, given()).outcome == "unchanged"


def test_statements_are_in_the_index_with_their_marks(archive: Archive) -> None:
    archive.save(BRIDGE, given())
    closes, asked, rotten = (each.text for each in BRIDGE.statements)
    assert matched(archive, Key("all")) == [closes, asked, rotten]
    assert matched(archive, Word(("bridge",))) == [closes]
    assert matched(archive, Phrase(("asked", "the", "ferrymen"))) == [asked]
    assert matched(archive, Phrase(("asked", "ferrymen"))) == []
    assert matched(archive, Prefix("piling")) == [rotten]
    assert matched(archive, And((Key("all"), Not(Key("isnamed"))))) == [rotten]
    assert matched(archive, Key("isdisputed")) == [closes]
    assert matched(archive, Key("verdictaltered")) == matched(archive, Key("isdoubtful")) == [rotten]
    assert matched(archive, Key("stancedistancing")) == matched(archive, Key("polaritydenies")) == [asked]
    assert matched(archive, Key("s20260312")) == [closes]
    with archive.store.reading() as connection:
        assert archive.store.count(connection, Key("outlet1")) == 3
        about = connection.execute(select(schema.about)).one()
    assert matched(archive, Key(f"about{about.speaker_id}")) == [closes]


def test_no_phrase_runs_from_one_wording_into_another(archive: Archive) -> None:
    made = make_article(
        Says("Mara Venn", "the bridge closes in May"),
        Says("Mara Venn", "work begins soon", same_as=0),
    )
    archive.save(made, given())
    assert matched(archive, Phrase(("work", "begins"))) == ["the bridge closes in May"]
    assert matched(archive, Phrase(("may", "work"))) == []


def test_a_nested_statement_knows_the_one_around_it(archive: Archive) -> None:
    made = make_article(
        Says("The Harbour Wire", "Mara Venn said the bridge closes", kind="organisation"),
        Says("Mara Venn", "the bridge closes", inside=0),
        text="The Harbour Wire reported that Mara Venn said the bridge closes.",
    )
    archive.save(made, given())
    with archive.store.reading() as connection:
        outer, inner = connection.execute(select(schema.statement).order_by(schema.statement.c.id)).all()
    assert (outer.outer_id, inner.outer_id) == (None, outer.id)
    assert matched(archive, Key("isnested")) == ["the bridge closes"]


def test_a_source_that_was_read_is_known(archive: Archive) -> None:
    assert archive.known(given()) is None
    saved = archive.save(BRIDGE, given())
    known = archive.known(given())
    assert known is not None
    assert (known.outcome, known.id, known.version, known.statements) == ("unchanged", saved.id, 1, 3)
    assert archive.known(given(digest="of other bytes")) is None
    assert archive.known(given(digest="", name="wire.txt")) is not None
    archive.save(make_article(Says("Mara Venn", "the bridge stays")), given(digest="of other bytes"))
    assert archive.known(given()) is None, "the source has other bytes by now"


def test_a_transcript_is_given_back_and_found_by_its_words(archive: Archive) -> None:
    made = make_transcript(("MAYOR VENN", "The bridge closes in May."), ("Q", "Who was asked?"))
    saved = archive.save_transcript(made, given("press.txt"))
    assert (saved.outcome, saved.kind) == ("added", "transcript")
    assert archive.transcript(saved.id) == made
    assert archive.save_transcript(made, given("press.txt")).outcome == "unchanged"
    known = archive.known(given("press.txt"))
    assert known is not None and (known.kind, known.id) == ("transcript", saved.id)
    with archive.store.reading() as connection:
        found = connection.execute(archive.store.match_transcripts(Phrase(("closes", "in", "may")))).all()
        assert [row.id for row in found] == [saved.id]
        assert connection.execute(archive.store.match_transcripts(Phrase(("closes", "may")))).all() == []


def test_a_long_transcript_is_searched_to_its_end(archive: Archive) -> None:
    made = make_transcript(("MAYOR VENN", "and so on " * 9_000 + "the last word is pontoon"))
    saved = archive.save_transcript(made, given("long.txt"))
    with archive.store.reading() as connection:
        found = connection.execute(archive.store.match_transcripts(Phrase(("word", "is", "pontoon")))).all()
    assert [row.id for row in found] == [saved.id]


def test_a_changed_transcript_leaves_the_old_one_to_its_verdicts(archive: Archive) -> None:
    old = make_transcript(("MAYOR VENN", "The bridge closes in May."), url="https://city.example/press")
    made = make_article(Says("Mara Venn", "the bridge closes in May", verdict="verbatim"))
    made.transcripts = [old]
    number = archive.save(made, given()).id
    new = make_transcript(("MAYOR VENN", "The bridge closes in June."), url="https://city.example/press")
    saved = archive.save_transcript(new, given("press"))
    assert (saved.outcome, saved.version) == ("new version", 2)
    assert [each for _, each in archive.transcripts()] == [new]
    assert archive.article(number).transcripts == [old]
    with archive.store.reading() as connection:
        assert connection.execute(archive.store.match_transcripts(Word(("may",)))).all() == []


def test_the_verdicts_of_a_later_check_are_kept(archive: Archive) -> None:
    made = make_article(
        Says("Mara Venn", "the bridge closes in May"), Says("Mara Venn", "the ferry sails", verdict="altered")
    )
    number = archive.save(made, given()).id
    checked = make_article(
        Says("Mara Venn", "the bridge closes in May", verdict="verbatim"), Says("Mara Venn", "the ferry sails")
    )
    checked.transcripts = [make_transcript(("MAYOR VENN", "The bridge closes in May."))]
    archive.keep_verdicts(number, checked)
    assert archive.article(number) == checked
    assert matched(archive, Key("verdictverbatim")) == ["the bridge closes in May"]
    assert matched(archive, Key("verdictaltered")) == []
    assert (count(archive, "verdict"), count(archive, "transcript")) == (1, 1)


def test_verdicts_on_another_text_are_refused(archive: Archive) -> None:
    number = archive.save(BRIDGE, given()).id
    with pytest.raises(NoSuchEntry, match="another text"):
        archive.keep_verdicts(number, make_article(Says("Mara Venn", "it rains")))
    with pytest.raises(NoSuchEntry):
        archive.keep_verdicts(99, BRIDGE)


@pytest.mark.parametrize("ask", ["article", "versions", "transcript"])
def test_what_is_not_there_is_said_to_be_missing(archive: Archive, ask: str) -> None:
    with pytest.raises(NoSuchEntry) as caught:
        getattr(archive, ask)(7)
    assert caught.value.name == "7"


def test_what_fails_leaves_nothing_behind(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.save(BRIDGE, given())
    before = {name: count(archive, name) for name in schema.metadata.tables}

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("in the middle")

    # The last thing that saving does.
    monkeypatch.setattr("sayso.archive.keeping.saving.repair", fail)
    with pytest.raises(RuntimeError):
        archive.save(make_article(Says("Nils Aker", "the ferry sails")), given("other.txt"))
    assert {name: count(archive, name) for name in schema.metadata.tables} == before
    assert matched(archive, Word(("ferry",))) == []


def test_what_the_archive_says_of_itself(archive: Archive) -> None:
    empty = archive.info()
    assert (empty.articles, empty.statements, empty.first, empty.schema) == (0, 0, None, migrations.HEAD)
    archive.save(BRIDGE, given())
    archive.save(make_article(Says("Mara Venn", "it rains"), published=datetime(2025, 1, 2, 23, tzinfo=UTC)), given())
    archive.note(Problem("refused", "huge.html", "too large"))
    info = archive.info()
    assert (info.articles, info.versions, info.statements, info.outlets, info.problems) == (2, 2, 4, 1, 1)
    assert (info.first, info.last) == ("2025-01-02", "2026-03-14")
    assert info.size > 0
    assert info.library.split()[0] == {"sqlite": "SQLite", "postgres": "PostgreSQL"}[info.kind]


def test_ids_are_never_given_twice(archive: Archive) -> None:
    for words in ("the bridge closes", "the bridge stays", "the bridge sways"):
        archive.save(make_article(Says("Mara Venn", words), url="https://tidewater.example/a"), given())
        archive.save(make_article(url="https://tidewater.example/a", text=f"Nothing of {words}."), given())
    archive.save(make_article(Says("Mara Venn", "it rains")), given("other.txt"))
    with archive.store.reading() as connection:
        assert connection.scalars(select(schema.statement.c.id)).one() > 3


def test_an_article_without_statements_is_one_all_the_same(archive: Archive) -> None:
    saved = archive.save(make_article(text="It rained all day."), given())
    assert (saved.outcome, saved.statements) == ("added", 0)
    assert archive.article(saved.id).text == "It rained all day."


def test_a_day_without_an_hour_stays_one(archive: Archive, tmp_path: Path) -> None:
    for published in (date(2026, 3, 14), datetime(2026, 3, 14), datetime(2026, 3, 14, 9, 30, tzinfo=UTC), None):
        made = make_article(Says("Mara Venn", f"it is {published}"), published=published)
        back = archive.article(archive.save(made, given(f"{published}.txt")).id)
        assert (type(back.published), back.published) == (type(published), published)


WORDS = st.lists(
    st.sampled_from("bridge ferry it's U.S. 1,500 café pier’s so- winter \u202e pon\u00adtoon".split()), min_size=1
)
SAYINGS = st.lists(
    st.builds(
        Says,
        st.none() | st.sampled_from(["Mara Venn", "Oskar Lind", "Port Board"]),
        WORDS.map(" ".join),
        st.sampled_from(["direct", "indirect", "mixed"]),
        st.sampled_from(["neutral", "endorsing", "distancing"]),
        about=st.sampled_from([(), ("Mara Venn",), ("The Harbour Guild", "Oskar Lind")]),
        date=st.sampled_from([None, "2026-03-12", "03-12", "2026-02-31"]),
        verdict=st.sampled_from([None, "verbatim", "not found"]),
        doubt=st.sampled_from([None, "it may be another bridge"]),
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@hypothesis.given(SAYINGS, st.sampled_from([None, "The Tidewater Courier"]), st.none() | st.text(max_size=60))
def test_any_article_is_given_back_whole(
    archive: Archive, sayings: list[Says], outlet: str | None, source: str | None
) -> None:
    made = make_article(*sayings, outlet=outlet, source=source)
    saved = archive.save(made, given(f"{made.id} {outlet}.txt"))
    # The same text of the same outlet is the article that is in, whatever was made of it.
    assert saved.outcome == "unchanged" or archive.article(saved.id) == made
    with archive.store.reading() as connection:
        rows = connection.execute(
            select(schema.statement.c.text)
            .join(schema.version, schema.version.c.id == schema.statement.c.version_id)
            .where(schema.version.c.article_id == saved.id)
            .order_by(schema.statement.c.id)
        )
        assert saved.outcome == "unchanged" or list(rows.scalars()) == [each.text for each in made.statements]
        assert archive.store.count(connection, Key("all")) == archive.info().statements
