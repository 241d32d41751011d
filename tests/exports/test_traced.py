"""One utterance traced through the archive, as lines for a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from sayso.archive.tracing.forms import Dispute, Occurrence, Source, Trace, Wording
from sayso.documents import Span
from sayso.exports.outline import columns
from sayso.exports.traced import render, render_disputes
from sayso.verdicts import Difference, QuoteVerdict

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
FIRST = Occurrence(
    statement=7, article=1, outlet="Coastal Wire", headline="Minister on the ferry", url=None,
    published="2026-03-14T13:40:00+01:00", speaker=1, speaker_name="Elin Askvold",
)  # fmt: skip
COPY = Occurrence(
    statement=9, article=2, outlet="The Halvern Gazette", headline=None, url=None, published="2026-03-15", speaker=1,
    speaker_name="Elin Askvold", copy_of=1,
)  # fmt: skip
NAMELESS = Occurrence(
    statement=11, article=3, outlet=None, headline=None, url=None, published=None, speaker=None, speaker_name=None,
    via=("Northern Ledger",),
)  # fmt: skip
DISPUTE = Dispute(
    kind="disputes", day="2026-03-16", article=7, outlet="Northern Ledger", headline="Northline rejects it", url=None,
    by="Jonas Rehme", by_speaker=6, statement=60, text="That is simply untrue", of="Sigrid Vold", of_speaker=5,
    of_statement=59, of_text="three calls went unanswered",
)  # fmt: skip


def wording(text: str = "the recorder will tell us", *occurrences: Occurrence, **more: Any) -> Wording:
    found = list(occurrences) or [FIRST]
    fields = {"kind": "exact", "score": 1.0, "reason": "", "witnesses": 1, **more}
    return Wording(text, occurrences=found, **fields)


def shown(found: Trace, *, width: int = 80, colour: bool = False) -> str:
    return "".join(render(found, width=width, colour=colour))


def traced(*wordings: Wording, **more: Any) -> Trace:
    return Trace("recorder", "“the recorder will tell us”", wordings=list(wordings), witnesses=1, first=FIRST, **more)


def test_a_trace_says_who_printed_which_words_and_when() -> None:
    altered = wording(
        "the recorder has told us", NAMELESS, kind="altered", reverses=["tense"],
        differences=[Difference("replaced", Span(13, 21), Span(14, 23))],
        verdict=QuoteVerdict("v1", [], "altered"),
    )  # fmt: skip
    source = Source(3, "News conference", "2026-03-14", None, "ELIN ASKVOLD", "The recorder will tell us.", Span(0, 26))
    assert (
        shown(traced(wording("the recorder will tell us", FIRST, COPY), altered, source=source, disputes=[DISPUTE]))
        == """\
“the recorder will tell us”
2 wordings in 3 articles, 1 independent witness; first seen 2026-03-14 13:40 in
Coastal Wire
as the transcript has it: ELIN ASKVOLD · News conference · 2026-03-14

  1. the same words
     the recorder will tell us
     Coastal Wire · 2026-03-14 13:40 · Elin Askvold · [article 1]
     The Halvern Gazette · 2026-03-15 · Elin Askvold · copy of article 1 ·
     [article 2]

  2. altered · changes the sense: tense · check: altered
     the recorder *has told* us
     instead of “will tell”
     undated · Northern Ledger › nobody named · [article 3]

Disputed or answered
  Jonas Rehme disputes Sigrid Vold
     said: three calls went unanswered
     against it: That is simply untrue
     Northern Ledger · 2026-03-16 · Northline rejects it [article 7]
"""
    )


def test_colours_change_no_word() -> None:
    found = traced(wording(differences=[Difference("added", Span(4, 12), Span(4, 4))]), disputes=[DISPUTE])
    coloured = shown(found, colour=True)
    assert "\x1b[" in coloured
    assert ESCAPE.sub("", coloured) == shown(found)


@pytest.mark.parametrize("width", [36, 50, 80])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    found = traced(wording("the recorder will tell us " * 5, FIRST, COPY), disputes=[DISPUTE], notes=["a note " * 20])
    assert max(map(columns, shown(found, width=width).splitlines())) <= width


def test_differences_of_typography_are_not_shown() -> None:
    same = Difference("replaced", Span(4, 12), Span(4, 12), class_="style")
    gone = Difference("omitted", Span(3, 3), Span(3, 9))
    assert "     the recorder will tell us\n" in shown(traced(wording(differences=[same, gone])))


def test_what_an_altered_wording_left_out_is_named() -> None:
    without = [Difference("omitted", Span(3, 3), Span(5, 13)), Difference("omitted", Span(3, 3), Span(14, 18))]
    assert "     without “recorder”, “will”\n" in shown(traced(wording("the", kind="altered", differences=without)))


def test_a_verdict_in_doubt_says_why() -> None:
    doubtful = QuoteVerdict("v1", [], "altered", doubt="the transcript is partial")
    assert "check: altered (in doubt: the transcript is partial)" in shown(traced(wording(verdict=doubtful)))


def test_one_who_is_said_to_have_borrowed_the_words_has_the_verdict_with_its_doubt() -> None:
    other = replace(COPY, verdict="misattributed", doubt="he may have said it elsewhere", copy_of=None)
    text = " ".join(shown(traced(wording("the recorder will tell us", FIRST, other))).split())
    assert "Elin Askvold · check: misattributed (in doubt: he may have said it elsewhere) · [article 2]" in text


def test_an_answer_is_not_called_an_objection() -> None:
    text = "".join(render_disputes([replace(DISPUTE, kind="responds to")]))
    assert "Jonas Rehme answers Sigrid Vold" in text
    assert "answer: That is simply untrue" in text
    assert "against it" not in text


def test_where_there_is_none_the_nearest_are_shown_as_what_they_are() -> None:
    nothing = Trace("recorder", "recorder", nearest=[FIRST], nearest_texts=["the radar will"], notes=["nothing has it"])
    assert (
        shown(nothing)
        == """\
No article of the archive carries this.
nothing has it

The nearest statements, which are something else:
     the radar will
     Coastal Wire · 2026-03-14 13:40 · Elin Askvold · [article 1]
"""
    )


def test_disputes_stand_one_below_the_other() -> None:
    text = "".join(render_disputes([DISPUTE, DISPUTE]))
    assert text.count("Jonas Rehme disputes Sigrid Vold") == 2
    assert "\n\n" in text


def test_no_dispute_says_so() -> None:
    assert "".join(render_disputes([])) == "no dispute\n"
