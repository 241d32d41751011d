"""What corrections mean: an article with them, and the article as it was read when they are gone again."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.archive.correcting.applying import apply
from sayso.archive.correcting.checking import before_and_after, nested_in_circles
from sayso.archive.correcting.forms import Correction
from sayso.archive.keeping.layers import layers_of
from sayso.documents import Article
from sayso.errors import BadRequest, NoSuchEntry
from sayso.records import article_to_json
from tests.archive.correcting.cases import article_to_correct, at

READ = article_to_correct()


def corrected(*wanted: tuple[str, str, Any], read: Article = READ) -> Article:
    """The article after some corrections, one after the other."""
    made: list[Correction] = []
    for field, target, after in wanted:
        now = apply(read, made).article
        before, value = before_and_after(now, read, field=field, target=target, after=after)
        made.append(Correction(len(made) + 1, 1, read.id, field, target, before, value, "", "ed", ""))
    return apply(read, made).article


def attribution(article: Article, name: str) -> Any:
    return next(each for each in article.attributions if each.id == name)


def test_spans_move_and_all_that_hangs_on_them() -> None:
    cue, content = at(READ, "claimed"), at(READ, "the ferry would sail on Monday")
    article = corrected(("spans", "at3", {"cue": [cue], "content": [content]}))
    found = attribution(article, "at3")
    assert [list(span) for span in (*found.cue, *found.content)] == [cue, content]
    assert (found.quotation, found.stance.value, found.confidence) == ("indirect", "distancing", 1.0)
    assert [each.text for each in article.statements if "at3" in each.attributions] == [
        "the ferry would sail on Monday"
    ]


@pytest.mark.parametrize(
    "words, quotation",
    [
        pytest.param('"the toll is ten crowns"', "direct", id="quoted-alone"),
        pytest.param('"the toll is ten crowns" a day', "mixed", id="with-words-outside"),
        pytest.param("it. The bridge", "indirect", id="no-marks"),
    ],
)
def test_how_much_is_quoted_follows_from_the_spans(words: str, quotation: str) -> None:
    article = corrected(("spans", "at5", {"content": [at(READ, words)]}))
    assert attribution(article, "at5").quotation == quotation


def test_what_somebody_said_of_the_quotation_stays_when_spans_move() -> None:
    article = corrected(("quotation", "at5", "direct"), ("spans", "at5", {"content": [at(READ, "Jo Berg")]}))
    assert attribution(article, "at5").quotation == "direct"


def test_an_attribution_of_another_speaker_leaves_its_statement() -> None:
    article = corrected(("speaker", "at5", {"name": "Jo  Berg", "kind": "person"}))
    assert {each.id: (each.speaker, each.attributions) for each in article.statements} == {
        "st1": ("s1", ["at1"]),
        "st2": ("s2", ["at2"]),
        "st3": ("s1", ["at3"]),
        "st4": ("s2", ["at4"]),
        "c-at5": ("c-s1", ["at5"]),
    }
    assert [(each.id, each.name) for each in article.speakers] == [
        ("s1", "Mara Venn"),
        ("s2", "Oskar Lind"),
        ("c-s1", "Jo Berg"),
    ]


def test_a_statement_goes_with_all_its_attributions() -> None:
    article = corrected(("speaker", "at1", {"speaker": "s2"}), ("speaker", "at5", {"speaker": "s2"}))
    first = article.statements[0]
    assert (first.id, first.speaker, first.attributions) == ("st1", "s2", ["at1", "at5"])


def test_who_speaks_no_more_is_still_mentioned() -> None:
    article = corrected(*(("speaker", name, {"speaker": "s2"}) for name in ("at1", "at3", "at5")))
    assert [each.id for each in article.speakers] == ["s2"]
    assert [each.id for each in article.mentioned] == ["s1"]


def test_what_is_removed_leaves_everything() -> None:
    article = corrected(("removed", "at2", None), ("removed", "at4", None))
    assert [each.id for each in article.attributions] == ["at1", "at3", "at5"]
    assert attribution(article, "at3").inside is None
    assert [each.id for each in article.statements] == ["st1", "st3"]
    assert article.verdicts == []


def test_an_added_one_is_read_as_any_other() -> None:
    after = {
        "source": [at(READ, "Jo Berg of the Port Board")],
        "cue": [at(READ, "denied")],
        "content": [at(READ, "it. The")],
        "name": "Jo Berg",
        "kind": "person",
    }
    article = corrected(("added", "c-a1", after))
    found = attribution(article, "c-a1")
    assert (found.act, found.polarity, found.speaker) == ("communication", "denies", "c-s1")
    assert [each.attributions for each in article.statements if each.speaker == "c-s1"] == [["c-a1"]]
    assert [each.name for each in article.speakers][-1] == "Jo Berg"


def test_a_verdict_of_somebody_stands_for_the_checks() -> None:
    article = corrected(("verdict", "v4", {"value": "verbatim"}))
    assert [(each.id, each.value, each.doubt) for each in article.verdicts] == [("v4", "verbatim", None)]
    assert READ.verdicts[0].value == "altered"


def test_a_verdict_on_what_is_anothers_now_is_doubted() -> None:
    article = corrected(("speaker", "at4", {"speaker": "s1"}))
    assert "speaker" in (article.verdicts[0].doubt or "")


@pytest.mark.parametrize(
    "field, target, after, error",
    [
        pytest.param("spans", "at1", {"content": [[5, 5]]}, BadRequest, id="an-empty-span"),
        pytest.param("spans", "at1", {"content": [[9, 4]]}, BadRequest, id="backwards"),
        pytest.param("spans", "at1", {"content": [[0, 10_000]]}, BadRequest, id="beyond-the-text"),
        pytest.param("spans", "at1", {"content": [[-4, 3]]}, BadRequest, id="before-the-text"),
        pytest.param("spans", "at1", {"content": [[0, 6], [3, 9]]}, BadRequest, id="overlapping"),
        pytest.param("spans", "at1", {"content": []}, BadRequest, id="no-content"),
        pytest.param("spans", "at1", {"content": [[26, 28]]}, BadRequest, id="white-space-alone"),
        pytest.param("spans", "at1", {"content": [[True, 4]]}, BadRequest, id="no-number"),
        pytest.param("spans", "at1", {"cue": [[28, 40]]}, BadRequest, id="a-cue-in-the-source"),
        pytest.param("spans", "at9", {"content": [[0, 5]]}, NoSuchEntry, id="nothing-of-that-id"),
        pytest.param("speaker", "at1", {"speaker": "s9"}, NoSuchEntry, id="nobody-of-that-id"),
        pytest.param("speaker", "at1", {"name": "  ", "kind": "person"}, BadRequest, id="a-name-without-letters"),
        pytest.param("speaker", "at1", {"name": "Jo", "kind": "wizard"}, BadRequest, id="no-kind-of-speaker"),
        pytest.param("speaker", "at1", {}, BadRequest, id="nothing-said-of-the-speaker"),
        pytest.param("inside", "at2", "at3", BadRequest, id="round-in-a-circle"),
        pytest.param("inside", "at2", "at2", BadRequest, id="inside-itself"),
        pytest.param("stance", "at1", {"value": "cheering"}, BadRequest, id="no-stance"),
        pytest.param("act", "at1", None, BadRequest, id="no-act"),
        pytest.param("verdict", "v4", {"value": "consistent"}, BadRequest, id="another-checks-verdict"),
        pytest.param("verdict", "v9", {"value": "verbatim"}, NoSuchEntry, id="no-such-verdict"),
        pytest.param("added", "x\0", {"content": [[0, 6]]}, BadRequest, id="an-id-of-another-form"),
        pytest.param("title", "at1", "x", BadRequest, id="no-such-field"),
    ],
)
def test_what_will_not_do_is_refused(field: str, target: str, after: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        before_and_after(READ, READ, field=field, target=target, after=after)


def test_a_marked_stretch_is_cut_at_lines_and_its_ends() -> None:
    start = READ.text.index(" as the\nTidewater Courier")
    article = corrected(("spans", "at1", {"content": [[start, start + 26]]}))
    assert [span.of(READ.text) for span in attribution(article, "at1").content] == ["as the", "Tidewater Courier "[:-1]]


SPANS = st.lists(
    st.tuples(st.integers(0, len(READ.text)), st.integers(1, 40)).map(lambda pair: [pair[0], sum(pair)]), max_size=2
)
NAMES = st.sampled_from(["at1", "at2", "at3", "at4", "at5", "c-a1", "c-a2"])
STEPS = st.one_of(
    st.tuples(st.just("spans"), NAMES, st.fixed_dictionaries({}, optional={
        "source": SPANS, "cue": SPANS, "content": SPANS})),
    st.tuples(st.just("added"), st.sampled_from(["c-a1", "c-a2"]), st.fixed_dictionaries({"content": SPANS},
        optional={"cue": SPANS, "name": st.sampled_from(["Jo Berg", "Mara Venn"]), "inside": NAMES})),
    st.tuples(st.just("speaker"), NAMES, st.one_of(
        st.sampled_from(["s1", "s2", "c-s1", None]), st.just({"name": "Jo Berg", "kind": "person"}))),
    st.tuples(st.just("inside"), NAMES, st.one_of(st.none(), NAMES)),
    st.tuples(st.just("stance"), NAMES, st.sampled_from(["neutral", "endorsing", "distancing"])),
    st.tuples(st.just("verdict"), st.just("v4"), st.sampled_from(["verbatim", "tidied"])),
    st.tuples(st.sampled_from(["removed", "confirmed"]), NAMES, st.none()),
    st.tuples(st.just("undo"), st.integers(0, 20), st.none()),
)  # fmt: skip


def is_sound(article: Article) -> None:
    names = [each.id for each in article.attributions]
    assert len(set(names)) == len(names) and not nested_in_circles(article)
    for each in article.attributions:
        assert each.content and all(0 <= span.start < span.end <= len(article.text) for span in each.spans())
        assert each.inside is None or each.inside in names
    held = [name for each in article.statements for name in each.attributions]
    assert sorted(held) == sorted(names)
    people = [each.id for each in (*article.speakers, *article.mentioned)]
    assert len(set(people)) == len(people)
    assert {each.speaker for each in article.attributions} - {None} <= {each.id for each in article.speakers}
    assert {each.speaker for each in article.statements} - {None} <= {each.id for each in article.speakers}
    assert {each.attribution for each in article.verdicts} - {None} <= set(names)
    layers_of(article)
    article_to_json(article)


@settings(max_examples=150, deadline=None)
@given(steps=st.lists(STEPS, max_size=12))
def test_any_corrections_leave_a_sound_article_and_undone_leave_none(steps: list[tuple[str, Any, Any]]) -> None:
    before = deepcopy(READ)
    made: list[Correction] = []
    for field, target, after in steps:
        if field == "undo":
            if target < len(made):
                made[target] = Correction(*_fields(made[target], undone_by=99))
            continue
        now = apply(READ, made).article
        if field == "added" and any(each.id == target for each in now.attributions):
            continue
        try:
            was, value = before_and_after(now, READ, field=field, target=target, after=after)
        except (BadRequest, NoSuchEntry):
            continue
        made.append(Correction(len(made) + 1, 1, READ.id, field, target, was, value, "", "ed", ""))
        is_sound(apply(READ, made).article)
    is_sound(apply(READ, made).article)
    assert before == READ
    assert apply(READ, [Correction(*_fields(each, undone_by=99)) for each in made]).article == READ


def _fields(each: Correction, *, undone_by: int) -> tuple[Any, ...]:
    return (
        each.id, each.article, each.text_id, each.field, each.target, each.before, each.after, each.reason, each.by,
        each.at, undone_by,
    )  # fmt: skip
