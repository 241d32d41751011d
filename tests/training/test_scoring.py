"""Scores must be the field's own: held against the shared corpora's scorer, and against cases small enough to count."""

from __future__ import annotations

import importlib.util
import random
import re
from types import ModuleType

import pytest

from sayso.documents import Span
from sayso.records import Attribution
from training.evaluate import SHARED, Annotated, find_set, measure_set
from training.scoring import (
    Judged,
    Tally,
    figures_of,
    marks_of,
    reliability,
    tally_article,
    tally_recall,
)


def _shared_scorer() -> ModuleType:
    path = SHARED / "evaluation/score_attributions.py"
    if not path.is_file():
        pytest.skip("the shared corpora and their scorer are not beside the project")
    spec = importlib.util.spec_from_file_location("score_attributions", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _blurred(annotated: Annotated, chance: random.Random) -> list[Attribution]:
    """Predictions as a middling model makes them: some missing, some spans a word off, some sources lost or swapped."""
    said: list[Attribution] = []
    for each in annotated.attributions:
        if chance.random() < 0.15:
            continue
        content = [
            Span(start, max(start + 1, end - chance.choice((0, 0, 0, 1, 2, 9, (end - start) // 2))))
            for start, end in each.content
        ]
        source = each.source if chance.random() < 0.8 or not said else said[-1].source
        said.append(Attribution(each.id, source if chance.random() < 0.9 else [], each.cue, content))
        if chance.random() < 0.1:
            said.append(Attribution(each.id + "+", each.source, each.cue, content))
    return said


@pytest.mark.shared
def test_scores_equal_the_shared_scorer() -> None:
    scorer = _shared_scorer()
    gold = find_set("dev", SHARED)
    if gold is None:
        pytest.skip("PolNeAR dev is not beside the project")
    chance = random.Random(7)
    said = {annotated.id: _blurred(annotated, chance) for annotated in gold}
    ours = measure_set("dev", gold, lambda annotated: said[annotated.id])["figures"]

    def plain(attributions: list[Attribution]) -> list[dict[str, object]]:
        return [{"source": each.source, "cue": each.cue, "content": each.content} for each in attributions]

    tallies, source_given = scorer.score(
        {each.id: {"text": each.text, "attributions": plain(each.attributions)} for each in gold},
        {key: {"attributions": plain(attributions)} for key, attributions in said.items()},
    )
    theirs = {name: tally.figures() for name, tally in tallies.items()}
    assert {name: (ours[name]["precision"], ours[name]["recall"], ours[name]["value"]) for name in theirs} == {
        name: tuple(round(figure, 4) for figure in figures) for name, figures in theirs.items()
    }
    assert ours["source given"]["value"] == round(source_given, 4)
    assert 0.3 < ours["attribution"]["value"] < 0.9, "the blurred predictions should neither be right nor wrong"


TEXT = 'Ruta Almeida said "the ferry is late" and the crew believes that it sank.'


def _spans(*parts: str) -> list[Span]:
    found = []
    for part in parts:
        match = re.search(re.escape(part), TEXT)
        assert match
        found.append(Span(*match.span()))
    return found


OUTER = Attribution("1", _spans("Ruta Almeida"), _spans("said"), _spans('"the ferry is late"'), quotation="direct")
INNER = Attribution("2", _spans("the crew"), _spans("believes"), _spans("that it sank"), inside="1")


@pytest.mark.parametrize(
    ("said", "right"),
    [
        pytest.param([OUTER, INNER], {"attribution": 2, "strict": 2, "content found": 2}, id="all-right"),
        pytest.param(
            [Attribution("x", _spans("Almeida"), _spans("said"), _spans("the ferry is late"))],
            {"attribution": 1, "strict": 0, "content found": 1},
            id="half-the-source-is-lenient-only",
        ),
        pytest.param(
            [Attribution("x", [], _spans("said"), _spans("the ferry is late"))],
            {"attribution": 0, "strict": 0, "content found": 1},
            id="an-empty-source-finds-the-content-only",
        ),
        pytest.param(
            [Attribution("x", OUTER.source, OUTER.cue, _spans("late")), OUTER, OUTER],
            {"attribution": 1, "strict": 1, "content found": 1},
            id="one-gold-is-paired-once",
        ),
        pytest.param([], {"attribution": 0, "strict": 0, "content found": 0}, id="nothing-said"),
    ],
)
def test_whole_attributions(said: list[Attribution], right: dict[str, int]) -> None:
    tallies, _ = tally_article(TEXT, [OUTER, INNER], said)
    assert {name: tallies[name] for name in right} == {
        name: Tally(count, len(said), count, 2) for name, count in right.items()
    }


def test_levels_and_types_split_the_whole() -> None:
    flat = Attribution("y", INNER.source, INNER.cue, INNER.content)
    tallies, judged = tally_article(TEXT, [OUTER, INNER], [OUTER, flat], nested=True)
    assert tallies["attribution, level 0"] == Tally(2, 2, 1, 1)
    assert tallies["attribution, level 1"] == Tally(0, 0, 1, 1), "found, but not said to be nested"
    assert tallies["attribution, direct"] == Tally(1, 1, 1, 1)
    assert tallies["attribution, indirect"] == Tally(1, 1, 1, 1)
    assert tallies["outer one given"] == Tally(0, 0, 0, 1)
    assert [each.right for each in judged] == [True, True]


def test_recall_asks_for_overlap_of_the_same_role() -> None:
    long_content = Attribution("x", [], _spans("said"), [Span(0, len(TEXT))])
    tallies = tally_recall(TEXT, [OUTER, INNER], [long_content])
    assert tallies == {"found": Tally(0, 0, 2, 2), "cue found": Tally(0, 0, 1, 2)}
    swapped = Attribution("x", _spans("believes"), _spans("the crew"), _spans("and"))
    assert tally_recall(TEXT, [INNER], [swapped])["found"] == Tally(0, 0, 0, 1)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param('"We sail," ', "direct", id="straight-marks"),
        pytest.param("‘We don’t sail’", "direct", id="apostrophe-inside-single-marks"),
        pytest.param("that the crew’s boat isn't lost", "indirect", id="apostrophes-are-no-marks"),
        pytest.param("it was “a disgrace” and late", "mixed", id="scare-quote"),
        pytest.param("and we never will.”", "direct", id="closes-what-an-earlier-span-opened"),
        pytest.param("“We sail at dawn", "direct", id="paragraph-that-does-not-close"),
    ],
)
def test_quotation_type_by_marks(content: str, kind: str) -> None:
    assert marks_of(content, [Span(0, len(content))]) == kind


def test_intervals_are_seeded_and_hold_the_value() -> None:
    articles = [{"attribution": Tally(right, 10, right, 10)} for right in (2, 9, 5, 7, 7, 3, 8)]
    first, again = figures_of(articles)["attribution"], figures_of(articles)["attribution"]
    assert first == again
    assert first.low < first.value < first.high
    assert first.value == pytest.approx(41 / 70)
    one = figures_of(articles[:1])["attribution"]
    assert one.low == one.value == one.high, "one article leaves nothing to draw"


def test_reliability_counts_every_prediction_once() -> None:
    judged = [Judged(1.0, True), Judged(0.95, False), Judged(0.05, False), Judged(0.0, False)]
    reliable = reliability(judged)
    assert [each["count"] for each in reliable["bins"]] == [2, 2]
    assert reliable["expected_calibration_error"] == pytest.approx((abs(0.975 - 0.5) * 2 + abs(0.025 - 0) * 2) / 4)
