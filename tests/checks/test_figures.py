"""Figures against arithmetic and references: the sentences of reckoning.jsonl, and what a verdict shows."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sayso.checks.figures import check_figures
from sayso.documents import Article, Span
from sayso.records import Attribution
from sayso.verdicts import Figure, FigureVerdict
from training.evaluate import SHARED
from training.reckoning import article_of, cases_of, mistakes_in

CASES = cases_of(Path(__file__).with_name("reckoning.jsonl"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_sentence_is_judged_as_it_should_be(case: dict[str, Any]) -> None:
    assert mistakes_in(case) == []


def test_cases_are_enough_and_of_all_kinds() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 200
    kinds = [case["expect"][0]["value"] if case["expect"] else None for case in CASES]
    assert min(kinds.count("consistent"), kinds.count("inconsistent"), kinds.count(None)) >= 55


@pytest.mark.parametrize("joint", [", and ", ", while ", "; ", ", ", " — "])
def test_two_sound_sentences_in_one_accuse_nobody(joint: str) -> None:
    dated = ("published", "headline")
    sound = [case["text"] for case in CASES if not case["expect"] and not any(name in case for name in dated)]
    accused = []
    for one, two in pairwise(sound):
        text = one.rstrip(".") + joint + two
        verdicts = check_figures(article_of({"text": text}))
        accused += [(text, each.why) for each in verdicts if each.value == "inconsistent" and not each.doubt]
    assert len(sound) > 150
    assert accused == []


def judged(text: str, *figures: Figure, published: date | None = None) -> FigureVerdict:
    article = Article("a", text, figures=list(figures), published=published)
    (verdict,) = check_figures(article)
    return verdict


def figure(id_: str, text: str, words: str, value: float, unit: str | None = None, **more: Any) -> Figure:
    at = text.index(words)
    return Figure(id_, Span(at, at + len(words)), value=value, unit=unit, **more)


TERRITORY = "The front has moved over less than 500 square kilometres, which is less than 0.2% of Ukraine's territory."


def test_a_loose_bound_shows_the_share_and_what_the_bound_would_be() -> None:
    verdict = judged(
        TERRITORY,
        figure(
            "f1", TERRITORY, "less than 500 square kilometres", 500, "square kilometre", kind="upper", inclusive=False
        ),
        figure("f2", TERRITORY, "less than 0.2%", 0.2, "percent", kind="upper", inclusive=False),
    )
    assert (verdict.value, verdict.rule, verdict.figures) == ("loose", "share", ["f2", "f1"])
    assert [span.of(TERRITORY) for span in verdict.spans] == ["less than 0.2%"]
    assert "500 km2 is 0.08% of 603,550 km2 (Ukraine, area, CIA World Factbook 2025)" in verdict.why
    assert "0.2% would be 1,207 km2" in verdict.why
    assert verdict.expected == pytest.approx(0.0828, abs=0.001)
    (reference,) = verdict.references
    assert (reference.name, reference.unit, reference.year) == ("Ukraine", "square kilometre", 2025)


def test_a_sum_shows_its_parts() -> None:
    text = "The bus carried 12 men and 8 women, 21 in all."
    figures = [figure("f1", text, "12 men", 12, "man"), figure("f2", text, "8 women", 8, "woman")]
    verdict = judged(text, *figures)
    assert (verdict.value, verdict.expected) == ("inconsistent", 20)
    assert verdict.why == "12 + 8 is 20, not 21."
    assert verdict.figures == ["f1", "f2"]


def test_the_innermost_attribution_is_named() -> None:
    text = "Ms Alder said the clerk counted 12 men and 8 women, 20 in all."
    article = Article("a", text, figures=[figure("f1", text, "12 men", 12), figure("f2", text, "8 women", 8)])
    article.attributions = [
        Attribution("a1", [Span(0, 8)], [Span(9, 13)], [Span(14, len(text))]),
        Attribution("a2", [Span(14, 23)], [Span(24, 31)], [Span(32, len(text))], inside="a1"),
    ]
    (verdict,) = check_figures(article)
    assert verdict.attribution == "a2"


def test_a_backward_range_accuses_nobody() -> None:
    (verdict,) = check_figures(article_of({"text": "Between 60 and 40 people were in the hall."}))
    assert (verdict.value, bool(verdict.doubt)) == ("inconsistent", True)


def test_per_cent_for_points_says_so() -> None:
    (verdict,) = check_figures(article_of({"text": "Unemployment went from 4% to 5%, a rise of 1%."}))
    assert (
        verdict.why == "4% and 5% are 1 percentage point apart, which is 25% of the first: per cent stands for points."
    )


def test_what_only_rounding_could_make_right_says_how_far_rounding_goes() -> None:
    (verdict,) = check_figures(article_of({"text": "Support rose by 5 percentage points to 45% from 41%."}))
    assert verdict.value == "loose"
    assert "45% less 41% is 4 percentage points, by rounding anything from 3 to 5 percentage points" in verdict.why


@pytest.mark.parametrize(
    "body, doubt",
    [
        pytest.param("Seven people were killed in Orvik on Monday.", None, id="one-figure-contradicts"),
        pytest.param("Seven people were killed in Orvik on Monday, police said.", None, id="one-source"),
        pytest.param("Police said eight people were killed, the hospital said seven.", "sources", id="two-sources"),
        pytest.param(
            "A blast killed seven people. The mayor said that eight people were killed.", "more than one", id="two"
        ),
        pytest.param("A blast in Orvik killed 12 soldiers on Monday.", None, id="more-than-all-of-them"),
        pytest.param("A blast in Orvik killed 40 people on Monday.", "far apart", id="far-apart"),
        pytest.param("Police at first reported seven people killed.", "revised", id="revised"),
    ],
)
def test_a_headline_that_the_body_may_not_contradict_is_in_doubt(body: str, doubt: str | None) -> None:
    head = "Nine dead in blast"
    (verdict,) = check_figures(article_of({"text": f"{head}\n{body}", "headline": head}))
    assert (verdict.rule, verdict.value) == ("repeat", "inconsistent")
    assert doubt in verdict.doubt if doubt and verdict.doubt else verdict.doubt == doubt


def test_a_headline_with_a_source_of_its_own_is_in_doubt() -> None:
    head = "Nine dead in blast, says mayor"
    (verdict,) = check_figures(
        article_of({"text": f"{head}\nPolice said seven people were killed in Orvik.", "headline": head})
    )
    assert verdict.doubt == "The headline may rest on another source than the body."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("No number here.", id="no-figure"),
        pytest.param("‹C0› of the ‹C1› members, or ‹P2›.", id="text-that-looks-like-slots"),
        pytest.param("0 of the 0 members, or 0%.", id="nothing-of-nothing"),
        pytest.param("Sales rose 40% to $0 from $0.", id="from-nothing"),
        pytest.param(f"{'9' * 400} of the {'9' * 400} people, or 30%, left.", id="numbers-past-all-bounds"),
        pytest.param("Between " + "12 men, " * 3000 + "and 3 women, 20 in all.", id="a-table-in-one-sentence"),
        pytest.param("It fell from 0 to 0, down 100%, over 0 days, or 0 a day.", id="zeros-all-the-way"),
    ],
)
def test_odd_texts_are_no_trouble(text: str) -> None:
    assert [
        verdict.value for verdict in check_figures(article_of({"text": text})) if verdict.value == "inconsistent"
    ] == []


def test_ids_and_order_are_those_of_the_text() -> None:
    text = (
        "Police made 720 arrests in 12 months, an average of 60 a month. The bus carried 12 men and 8 women, 20 in all."
    )
    verdicts = check_figures(article_of({"text": text}))
    assert [(verdict.id, verdict.rule) for verdict in verdicts] == [("figure-1", "rate"), ("figure-2", "sum")]


@pytest.mark.shared
def test_the_press_conference_comes_out_loose() -> None:
    folder = SHARED / "acceptance" / "press-conference"
    if not folder.is_dir():
        pytest.skip(f"No {folder}: the shared corpora are not beside the project")
    text = (folder / "article.txt").read_text(encoding="utf-8")
    wanted = next(each for each in json.loads((folder / "expected.json").read_text())["figures"] if "verdict" in each)
    verdicts = check_figures(article_of({"text": text}))
    assert [(each.spans[0].of(text), each.value) for each in verdicts] == [(wanted["text"], wanted["verdict"])]
