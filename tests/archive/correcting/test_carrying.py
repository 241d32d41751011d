"""What becomes of corrections when an article comes in with another text."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from sayso.archive.archive import Archive
from sayso.archive.correcting.anchors import Anchors
from sayso.archive.correcting.applying import apply
from sayso.archive.correcting.carrying import carried
from sayso.archive.correcting.checking import before_and_after
from sayso.archive.correcting.forms import Correction
from sayso.documents import Span
from sayso.errors import RefusedDecision
from sayso.records import Statement
from tests.archive.built import given
from tests.archive.correcting.cases import TEXT, article_to_correct, at
from tests.archive.correcting.test_applying import is_sound

READ = article_to_correct(url="https://tidewater.example/bridge")
LONGER = TEXT.replace("Mara Venn said", "It rained. Mara Venn said").replace("of the Port Board ", "")


def newer(text: str = LONGER):  # type: ignore[no-untyped-def]
    return article_to_correct(text, url="https://tidewater.example/bridge")


def test_what_is_found_again_holds_on_and_the_rest_is_listed(archive: Archive) -> None:
    number = archive.save(READ, given()).id
    spans = [at(READ, '"the toll is ten crowns"')]
    archive.correct(number, field="spans", target="at4", after={"content": spans}, by="Ada", reason="no more")
    archive.correct(number, field="speaker", target="at5", after={"name": "Jo Berg", "kind": "person"}, by="Ada")
    added = {
        "source": [at(READ, "Jo Berg of the Port Board")],
        "cue": [at(READ, "denied")],
        "content": [at(READ, "it")],
    }
    archive.correct(number, field="added", after=added, by="Ben")
    archive.correct(number, field="confirmed", target="at2", by="Ben")
    archive.correct(number, field="confirmed", target="article", by="Ben")
    saved = archive.save(newer(), given("later.html"))
    assert (saved.outcome, saved.id) == ("new version", number)
    form = archive.corrected_form(number)
    assert [span.of(form.article.text) for span in form.article.attributions[3].content] == ['"the toll is ten crowns"']
    assert form.article.attributions[4].speaker == "c-s1"
    listed = archive.corrections(all=True).items
    assert [(each.field, each.version, each.standing, each.by, each.carried_from) for each in listed] == [
        ("confirmed", 2, "in force", "Ben", 4),
        ("speaker", 2, "in force", "Ada", 2),
        ("spans", 2, "in force", "Ada", 1),
        ("confirmed", 1, "left behind", "Ben", None),
        ("confirmed", 1, "carried on", "Ben", None),
        ("added", 1, "left behind", "Ben", None),
        ("speaker", 1, "carried on", "Ada", None),
        ("spans", 1, "carried on", "Ada", None),
    ]
    assert [each.at for each in listed[:3]] == [listed[4].at, listed[6].at, listed[7].at]
    assert [each.id for each in archive.corrections().items] == [8, 7, 6, 5, 3]
    assert archive.verify() == []
    with pytest.raises(RefusedDecision, match="older version"):
        archive.undo_correction(3)
    for each in listed[:3]:
        archive.undo_correction(each.id)
    assert archive.corrected(number) == archive.article(number)
    assert archive.verify() == []


def test_the_same_text_read_with_other_eyes_is_matched_by_its_spans(archive: Archive) -> None:
    number = archive.save(READ, given()).id
    archive.correct(number, field="stance", target="at3", after="endorsing")
    added = archive.correct(number, field="added", after={"content": [at(READ, "Bridge shut")]})
    again = deepcopy(READ)
    again.outlet = "The Quay Gazette"
    for place, each in enumerate(again.attributions):
        each.id = f"a{9 - place}"
    again.attributions[2].inside = again.attributions[1].id
    for statement in again.statements:
        statement.attributions = [f"a{10 - int(name[2:])}" for name in statement.attributions]
    again.verdicts = []
    # What somebody had to add is read by now.
    again.attributions.append(replace(again.attributions[0], id="a1", content=[Span(*at(READ, "Bridge shut"))]))
    again.statements.append(replace(again.statements[0], id="st9", attributions=["a1"]))
    archive.save(again, given("later.html"))
    form = archive.corrected_form(number)
    assert {name: [each.field for each in some] for name, some in form.notes.items()} == {
        "a7": ["stance"],
        "a1": ["confirmed"],
    }
    assert archive.corrections(all=True).items[-1].standing == "carried on"
    assert added.target not in {each.id for each in form.article.attributions}
    assert archive.verify() == []


@settings(max_examples=60, deadline=None)
@hypothesis.given(data=st.data())
def test_whatever_becomes_of_the_text_what_is_carried_has_its_words(data: st.DataObject) -> None:
    words = TEXT.split(" ")
    kept = data.draw(st.lists(st.sampled_from([1, 1, 1, 1, 0, 2]), min_size=len(words), max_size=len(words)))
    text = " ".join(" ".join([word] * many) for word, many in zip(words, kept, strict=True) if many)
    read = replace(READ, text=READ.text)
    wanted = [
        ("spans", "at4", {"content": [at(read, '"the toll is ten crowns"')]}),
        ("speaker", "at5", {"name": "Jo Berg", "kind": "person"}),
        ("added", "c-a1", {"cue": [at(read, "denied")], "content": [at(read, "it. The")], "inside": "at2"}),
        ("stance", "at3", {"value": "endorsing", "words": [at(read, "claimed")]}),
        ("confirmed", "at1", None),
    ]
    made: list[Correction] = []
    for field, target, after in wanted:
        before, value = before_and_after(apply(read, made).article, read, field=field, target=target, after=after)
        made.append(Correction(len(made) + 1, 1, read.id, field, target, before, value, "", "ed", ""))
    # Read so that it finds what is there still, of the old attributions.
    new = replace(read, id="new", text=text, headline=None, paragraphs=[Span(0, len(text))], verdicts=[])
    moved = {each.id: Anchors(read.text, text).spans(each.content) for each in read.attributions}
    new.attributions = [
        replace(each, source=[], cue=[], content=moved[each.id] or [], inside=None)
        for each in read.attributions
        if moved[each.id]
    ]
    new.statements = [Statement(f"st-{each.id}", each.speaker, [each.id], "") for each in new.attributions]
    new.speakers = [replace(each, mentions=[]) for each in read.speakers]
    new.relations = []
    rows = [
        Correction(number, 1, "new", field, target, None, value, "", "ed", "")
        for number, (_, (field, target, value)) in enumerate(carried(made, read, new), 1)
    ]
    article = apply(new, rows).article
    is_sound(article)
    for each in rows:
        told = next(one for one in made if (one.field, one.target) == (each.field, each.target))
        for part in ("cue", "content") if each.field in ("spans", "added") else ():
            old = [read.text[start:end] for start, end in told.after[part]]
            assert [text[start:end] for start, end in each.after[part]] == old


@pytest.mark.parametrize(
    "old, new, words, place",
    [
        pytest.param("He said no.", "Well. He said no.", "said", 9, id="moved"),
        pytest.param("He said no. She said yes.", "Then he said no. She said yes.", "said yes", 21, id="longer-words"),
        pytest.param("Lind said no. Venn said no.", "Venn said no. And Lind said no.", "said no", 23, id="by-context"),
        pytest.param("He said no.", "He denied it.", "said", None, id="gone"),
        pytest.param("no", "no, no and no", "no", None, id="nothing-tells-which"),
    ],
)
def test_words_are_found_in_another_text(old: str, new: str, words: str, place: int | None) -> None:
    start = old.index(words)
    found = Anchors(old, new).span(Span(start, start + len(words)))
    assert (found and found.start) == place
    assert found is None or found.of(new) == words
