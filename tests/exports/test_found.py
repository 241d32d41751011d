"""What a search finds, as lines for a terminal."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sayso.archive.forms import Count, Hit, Page
from sayso.archive.marks import bits_of
from sayso.documents import Span
from sayso.exports.found import marked, render
from sayso.exports.outline import columns

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
HIT = Hit(
    statement=39, text="that the recorder will tell", others=[], speaker=1, speaker_name="Elin Askvold",
    speaker_kind="person", outlet="The Sandrey Mail", article=4, version=1, headline="Trust in the recorder",
    url="https://mail.example/4", published="2026-03-14T17:20:00+01:00", said="2026-03-14",
    marks=bits_of([("quotation", "direct"), ("stance", "neutral"), ("is", "named"), ("verdict", "verbatim")]),
    snippet="that the recorder will tell", found=[Span(9, 17)],
)  # fmt: skip


def shown(page: Page, *, width: int = 80, colour: bool = False) -> str:
    return "".join(render(page, width=width, colour=colour))


def page(*hits: Hit, **more: Any) -> Page:
    return Page(**{"query": "recorder", "hits": list(hits), "total": len(hits), "sort": "relevance", **more})


def hit(**changes: Any) -> Hit:
    return Hit(**{**{name: getattr(HIT, name) for name in HIT.__dataclass_fields__}, **changes})


def test_a_hit_says_who_where_when_what_and_how() -> None:
    assert (
        shown(page(HIT))
        == """\
1 statement · recorder

  1. Elin Askvold · The Sandrey Mail · 2026-03-14
     that the *recorder* will tell
     quoted · verbatim · Trust in the recorder [article 4, statement 39]
"""
    )


def test_colours_change_no_word() -> None:
    found = page(HIT, facets={"outlet": [Count("The Sandrey Mail", 1, "")]}, notes=["a note"])
    coloured = shown(found, colour=True)
    assert "\x1b[" in coloured
    assert ESCAPE.sub("", coloured) == shown(found)


@pytest.mark.parametrize("width", [36, 50, 80])
def test_no_line_is_wider_than_the_page_and_none_falls_left_of_its_number(width: int) -> None:
    text = shown(page(hit(outlet="The Very Long Name of an Outlet in the North", via=["Northern Ledger"])), width=width)
    lines = text.splitlines()
    assert max(map(columns, lines)) <= width
    assert lines[2].startswith("  1. Northern Ledger › Elin Askvold")
    assert all(line.startswith("     ") for line in lines[3:])


@pytest.mark.parametrize(
    "changes, expected",
    [
        pytest.param({"speaker": None, "speaker_name": None}, "  1. nobody named ·", id="no-speaker"),
        pytest.param({"outlet": None, "published": None}, "  1. Elin Askvold\n", id="neither-outlet-nor-day"),
        pytest.param({"headline": None}, "https://mail.example/4 [article", id="no-headline-has-the-address"),
        pytest.param({"headline": None, "url": None}, "verbatim [article 4", id="nothing-to-call-it-by"),
        pytest.param({"said": "2026-03-12"}, "said 2026-03-12", id="said-on-another-day"),
        pytest.param({"snippet": "\x1b[31mred", "found": []}, "�[31mred", id="no-escape-reaches-the-terminal"),
    ],
)
def test_what_is_not_known_leaves_no_hole(changes: dict[str, Any], expected: str) -> None:
    assert expected in shown(page(hit(**changes)))


def test_hits_are_numbered_through_the_pages() -> None:
    assert "\n 21. Elin" in shown(page(HIT, total=30, before=20))


def test_nothing_found_says_so_with_the_notes() -> None:
    assert shown(page(notes=["In no statement: recorder"])) == "no statement · recorder\nIn no statement: recorder\n"


def test_namesakes_are_told_apart() -> None:
    counts = [Count("Elin Askvold", 29, "speaker:#1"), Count("Elin Askvold", 2, "speaker:#38"),
              Count("Mara Quill", 1, "speaker:#4")]  # fmt: skip
    assert "speaker: Elin Askvold #1 (29), Elin Askvold #38 (2), Mara Quill (1)" in shown(
        page(facets={"speaker": counts})
    )


@pytest.mark.parametrize(
    "name, start, end",
    [
        pytest.param("outlet", "outlet: No 0 (40), No 1 (39),", "No 11 (29), and 28 more", id="the-most-frequent"),
        pytest.param("month", "month: 28 earlier, No 28 (12),", "No 39 (1)", id="the-latest"),
    ],
)
def test_a_long_tail_is_folded(name: str, start: str, end: str) -> None:
    counts = [Count(f"No {place}", 40 - place, "") for place in range(40)]
    lines = " ".join(shown(page(facets={name: counts})).split())
    assert start in lines and lines.endswith(end)


def test_counts_of_a_part_say_so() -> None:
    counts = {"outlet": [Count("A", 3, "")], "verdict": []}
    assert shown(page(facets=counts, facets_of=10_000)).endswith(
        "outlet: A (3)\n\nCounted are the 10,000 added last.\n"
    )


@pytest.mark.parametrize(
    "text, places, expected, styled",
    [
        pytest.param("a b c", [(2, 3)], "a *b* c", ["*b*"], id="a-word"),
        pytest.param("a b c d", [(2, 5)], "a *b c* d", ["*b", "c*"], id="some-words"),
        pytest.param("“F-16s” on", [(1, 5)], "“*F-16*s” on", ["“*F-16*s”"], id="inside-a-word"),
        pytest.param("a b", [(0, 1), (2, 3)], "*a* *b*", ["*a*", "*b*"], id="neighbours"),
        pytest.param("a b", [], "a b", [], id="none"),
    ],
)
def test_what_was_found_is_marked(text: str, places: list[tuple[int, int]], expected: str, styled: list[str]) -> None:
    words = marked(text, [Span(*place) for place in places])
    assert " ".join(word for word, _ in words) == expected
    assert [word for word, style in words if style == "changed"] == styled
