"""Corrections in an archive: signed rows that supersede one another, with all that is searched following them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from sayso.archive import schema
from sayso.archive.archive import Archive
from sayso.archive.correcting.forms import Correction
from sayso.documents import Span
from sayso.errors import BadRequest, BadSetting, NoSuchEntry, RefusedDecision
from tests.archive.built import given, make_transcript
from tests.archive.correcting.cases import article_to_correct, at

READ = article_to_correct()


def rows(archive: Archive) -> dict[str, list[Any]]:
    """What is searched, without the ids of rows that nobody names."""
    with archive.store.reading() as connection:
        tables = (schema.statement, schema.about, schema.appearance)
        found = {each.name: sorted(map(str, connection.execute(select(each)))) for each in tables}
        for table in (schema.relation, schema.verdict, schema.uncertain):
            named = [column for column in table.c if column.name != "id"]
            found[table.name] = sorted(map(str, connection.execute(select(*named))))
    return found


def texts(archive: Archive, query: str) -> list[str]:
    return [each.text for each in archive.search(query, sort="oldest").hits]


def test_a_later_correction_goes_before_and_undoing_brings_the_earlier_back(archive: Archive) -> None:
    number = archive.save(READ, given()).id
    before = rows(archive)
    first = archive.correct(number, field="stance", target="at1", after="endorsing", reason="so it reads", by="Ada")
    second = archive.correct(number, field="stance", target="at1", after={"value": "distancing"}, by="Ben")
    assert (first.before["value"], first.after, first.by, first.reason) == (
        "neutral", {"value": "endorsing", "words": []}, "Ada", "so it reads",
    )  # fmt: skip
    assert second.before["value"] == "endorsing"
    assert [each.id for each in archive.corrections().items] == [second.id]
    assert texts(archive, "stance:distancing bridge") == ["the bridge closes in May"]
    undone = archive.undo_correction(second.id, by="Cid")
    assert (undone.field, undone.target, undone.after["value"]) == ("undo", str(second.id), "endorsing")
    assert archive.corrected(number).attributions[0].stance.value == "endorsing"
    assert texts(archive, "stance:distancing bridge") == []
    listed = archive.corrections(all=True, article=number).items
    assert [(each.field, each.by, each.standing) for each in listed] == [
        ("undo", "Cid", "in force"),
        ("stance", "Ben", "undone"),
        ("stance", "Ada", "in force"),
    ]
    archive.undo_correction(first.id)
    assert (archive.corrected(number), rows(archive)) == (READ, before)
    assert archive.article(number) == READ
    assert archive.verify() == []


def test_what_is_searched_follows_and_statements_keep_their_ids(archive: Archive) -> None:
    number = archive.save(READ, given()).id
    before, ids = rows(archive), list(archive.statement_ids())
    made = [
        archive.correct(number, field="speaker", target="at5", after={"name": "Jo Berg", "kind": "person"}),
        archive.correct(number, field="spans", target="at4", after={"content": [at(READ, '"the toll is ten crowns"')]}),
        archive.correct(number, field="removed", target="at2"),
        archive.correct(number, field="verdict", target="v4", after={"value": "verbatim"}),
        archive.correct(
            number,
            field="added",
            after={"source": [at(READ, "the Port Board")], "cue": [at(READ, "denied")], "content": [at(READ, "it")],
                   "name": "Port Board", "kind": "organisation"},
        ),
    ]  # fmt: skip
    assert made[-1].target == "c-a1"
    assert archive.verify() == []
    assert texts(archive, 'speaker:"Jo Berg"') == ["The bridge closes"]
    assert texts(archive, "quotation:direct") == ['"the toll is ten crowns"']
    assert texts(archive, "verdict:verbatim") == ['"the toll is ten crowns"']
    assert texts(archive, "verdict:altered") == []
    assert texts(archive, "claimed") == []
    assert archive.speakers("Port Board")[0].statements == 1
    assert set(ids[:1] + ids[2:]) < set(archive.statement_ids()) and ids[1] not in archive.statement_ids()
    assert archive.statement_place(archive.article_places(number)["c-c-a1"]).attributions == ["c-a1"]
    near = [each.text for each in archive.search('like:"the toll costs ten crowns"').hits]
    assert '"the toll is ten crowns"' in near
    for each in reversed(made):
        archive.undo_correction(each.id)
    # A statement that was taken out comes back as another one: no id is given twice.
    assert archive.corrected(number) == READ
    assert archive.verify() == []
    assert sorted(archive.statement_ids())[:3] == [ids[0], *ids[2:]]
    assert {name: len(some) for name, some in rows(archive).items()} == {
        name: len(some) for name, some in before.items()
    }


def test_decisions_about_who_is_whom_hold_in_a_corrected_article(archive: Archive) -> None:
    number = archive.save(READ, given()).id
    archive.correct(number, field="speaker", target="at5", after={"name": "Jo Berg", "kind": "person"})
    mara, jo = archive.speakers("Mara Venn")[0].id, archive.speakers("Jo Berg")[0].id
    merged = archive.merge(mara, jo, reason="one woman", by="a desk")
    archive.correct(number, field="stance", target="at1", after="endorsing")
    assert archive.speaker(jo).id == mara
    assert archive.verify() == []
    archive.undo(merged.id)
    assert texts(archive, f"speaker:#{jo}") == ["The bridge closes"]
    assert archive.verify() == []


def test_the_notes_say_what_was_corrected_by_whom(archive: Archive) -> None:
    number = archive.save(READ, given()).id
    archive.correct(number, field="act", target="at1", after="attitude", by="Ada")
    archive.correct(number, field="confirmed", target="at2", by="Ben")
    added = archive.correct(number, field="added", after={"content": [at(READ, "told us")]}, by="Ada")
    archive.correct(number, field="polarity", target=added.target, after="denies", by="Ada")
    form = archive.corrected_form(number)
    assert {name: [(each.field, each.by) for each in some] for name, some in form.notes.items()} == {
        "at1": [("act", "Ada")],
        "at2": [("confirmed", "Ben")],
        "c-a1": [("added", "Ada"), ("polarity", "Ada")],
    }
    assert (form.confirmed("at2"), form.confirmed()) == (True, False)
    archive.undo_correction(added.id)
    assert [each.field for each in archive.corrected_form(number).idle] == ["polarity"]
    assert [each.target for each in archive.corrections(by="Ben").items] == ["at2"]


@pytest.mark.parametrize(
    "wanted, error",
    [
        pytest.param({"field": "stance", "target": "at1", "after": "neutral"}, RefusedDecision, id="it-is-so-already"),
        pytest.param({"field": "act", "target": "at1", "after": "shouting"}, BadRequest, id="no-such-act"),
        pytest.param({"field": "act", "target": "at8", "after": "attitude"}, NoSuchEntry, id="no-such-attribution"),
        pytest.param({"field": "added", "target": "at1", "after": {"content": [[0, 6]]}}, RefusedDecision, id="taken"),
        pytest.param({"field": "confirmed", "target": "at1", "reason": "x" * 6000}, BadRequest, id="too-long"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_leaves_nothing(archive: Archive, wanted: dict[str, Any], error: type[Exception]) -> None:
    number = archive.save(READ, given()).id
    with pytest.raises(error):
        archive.correct(number, **wanted)
    assert archive.corrections(all=True).total == 0


def test_what_cannot_be_undone_says_why(archive: Archive) -> None:
    number = archive.save(READ, given()).id
    made = archive.correct(number, field="confirmed", target="article")
    with pytest.raises(RefusedDecision, match="so already"):
        archive.correct(number, field="confirmed", target="article")
    undone = archive.undo_correction(made.id)
    with pytest.raises(RefusedDecision, match="undone already"):
        archive.undo_correction(made.id)
    with pytest.raises(RefusedDecision, match="undoes correction"):
        archive.undo_correction(undone.id)
    with pytest.raises(NoSuchEntry):
        archive.undo_correction(99)
    with pytest.raises(NoSuchEntry):
        archive.corrected(99)


def test_corrections_come_in_pages(archive: Archive) -> None:
    number = archive.save(READ, given()).id
    for name in ("at1", "at2", "at3", "at4", "at5"):
        archive.correct(number, field="confirmed", target=name)
    found: list[Correction] = []
    after: str | None = None
    while True:
        page = archive.corrections(limit=2, after=after)
        found += page.items
        after = page.next
        if after is None:
            break
    assert [each.target for each in found] == ["at5", "at4", "at3", "at2", "at1"]
    assert page.total == 5
    for wrong in ("x", "-1", "9" * 30):
        with pytest.raises(BadSetting):
            archive.corrections(after=wrong)


def test_what_somebody_said_of_a_verdict_holds_as_long_as_the_check_says_the_same(archive: Archive) -> None:
    read = replace(READ, transcripts=[make_transcript(("LIND", "The toll is ten crowns."))])
    number = archive.save(read, given()).id
    archive.correct(number, field="verdict", target="v4", after={"value": "tidied"}, by="Ada")
    moved = archive.article(number)
    moved.verdicts = [replace(moved.verdicts[0], id="v1")]
    archive.keep_verdicts(number, moved)
    assert [(each.id, each.value) for each in archive.corrected(number).verdicts] == [("v1", "tidied")]
    assert archive.verify() == []
    moved.verdicts = [replace(moved.verdicts[0], value="verbatim")]
    archive.keep_verdicts(number, moved)
    assert [(each.id, each.value) for each in archive.corrected(number).verdicts] == [("v1", "verbatim")]
    last = archive.corrections(all=True).items[0]
    assert (last.field, last.by) == ("undo", "sayso")
    assert "another result" in last.reason
    assert archive.verify() == []


def test_another_check_is_of_the_corrected_article(archive: Archive) -> None:
    number = archive.save(READ, given()).id
    moved = archive.correct(number, field="speaker", target="at4", after={"speaker": "s1"})
    words = at(READ, "the toll is ten crowns")
    archive.correct(number, field="removed", target="at4")
    added = archive.correct(number, field="added", after={"content": [words]})
    archive.undo_correction(archive.corrections(article=number).items[1].id)
    assert [(each.value, each.doubt is None) for each in archive.corrected(number).verdicts] == [("altered", False)]
    ((_, checked),) = archive.corrected_articles([number])
    verdict = replace(checked.verdicts[0], doubt=None)
    checked.verdicts = [verdict, replace(verdict, id="v5", attribution=added.target, spans=[Span(*words)])]
    archive.keep_verdicts(number, checked)
    found = [(each.attribution, each.doubt) for each in archive.corrected(number).verdicts]
    assert found == [("at4", None), (added.target, None)]
    assert [each.attribution for each in archive.article(number).verdicts] == ["at4", None]
    # The check was of another speaker's words than those that it is read as again.
    archive.undo_correction(moved.id)
    assert [each.doubt is None for each in archive.corrected(number).verdicts] == [False, True]
    archive.keep_verdicts(number, archive.article(number))
    assert archive.corrected(number).verdicts[0].doubt is None
    assert archive.verify() == []
