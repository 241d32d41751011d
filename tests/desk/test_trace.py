"""The trace page: an utterance's wordings beside each other, who printed them, and what differs."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from sayso.archive.tracing.forms import Occurrence, Trace, Wording
from sayso.desk.aligning import aligned, prints, rows
from sayso.documents import Span
from sayso.verdicts import Difference
from tests.desk.browsing import barriers, shoot

WORDS = "Nobody in this ministry had been told about a defective radar"


def test_the_wordings_of_one_utterance_are_aligned_with_what_was_said(
    desk: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{desk}/trace")
    page.get_by_label("Words to trace").fill(WORDS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS.replace("Nobody", "nobody"))
    # The source is the transcript, with what stands round the words.
    expect(page.locator(".source mark")).to_have_text(WORDS.replace("Nobody", "nobody"))
    expect(page.locator(".source")).to_contain_text("Nobody.")
    # Another outlet's words in quotation marks: told as struck and as added, and by the check.
    altered = page.locator(".wordings > li.altered").filter(has_text="faulty").first
    assert altered.locator("del").all_text_contents() == ["left out: this", "left out: defective"]
    expect(altered.locator("ins").last).to_contain_text("faulty")
    expect(altered.locator(".verdict.bad, .verdict.doubt").first).to_be_visible()
    # Copies of one report are folded, and unfold.
    exact = page.locator(".wordings > li.exact").first
    exact.get_by_text("of the same report").click()
    expect(exact.locator(".reports ul li").first).to_be_visible()
    expect(page.locator("#prints")).to_be_visible()
    shoot(page, "trace")
    assert barriers(page) == []
    data = page.request.get(page.url.replace("/trace?", "/trace.json?")).json()
    assert len(data["wordings"]) == page.locator(".wordings > li").count()


def test_a_trace_can_be_read_on_a_phone_in_the_dark(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(phone=True, dark=True)
    page.goto(f"{desk}/trace?q={WORDS}")
    shoot(page, "trace-phone-dark")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_search_result_is_traced(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(scripts=False)
    page.goto(f"{desk}/search?q=%22the+recorder+will+tell%22")
    page.get_by_role("link", name="Trace this statement").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("recorder will tell")


def test_what_nobody_said_has_the_nearest_instead(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{desk}/trace?q=The+lighthouse+keeper+sold+nine+brass+telescopes")
    expect(page.get_by_role("heading", name="No article of the archive carries this")).to_be_visible()
    assert barriers(page) == []


def test_aligned_shows_what_was_said_where_it_is_lacking() -> None:
    reference, text = "We will never sell the old ferry", "We will sell the ship"
    differences = [
        Difference("omitted", Span(8, 8), Span(8, 14), reverses="negation"),
        Difference("replaced", Span(17, 21), Span(23, 32)),
        Difference("replaced", Span(0, 2), Span(0, 2), class_="style"),
    ]
    found = aligned(text, reference, _wording(text, differences=differences))
    assert [(each.kind, each.text, each.reverses) for each in found] == [
        ("same", "We will ", ""),
        ("omitted", "never ", "negation"),
        ("same", "sell the ", ""),
        ("omitted", "old ferry", ""),
        ("added", "ship", ""),
    ]


def test_copies_are_folded_into_the_report_that_they_copy() -> None:
    wire, copy, other = _printed(1, "Coastal Wire"), _printed(2, "Gull Post", copy_of=1), _printed(3, "The Tide")
    altered = [_printed(4, "Ebb News", copy_of=1)]
    trace = Trace("ship", "ship", wordings=[_wording("ship", [wire, copy, other]), _wording("boat", altered)])
    first, second = rows(trace)
    assert [(each.first, each.copies, each.original) for each in first.reports] == [
        (wire, [copy], None),
        (other, [], None),
    ]
    # Where the copied report has another wording, it is named.
    assert [(each.first, each.original) for each in second.reports] == [(altered[0], "Coastal Wire")]
    assert [(each.occurrence.article, each.x) for each in prints(trace)] == [
        (1, 0),
        (2, 333.33),
        (3, 666.67),
        (4, 1000),
    ]


def _wording(
    text: str, occurrences: list[Occurrence] | None = None, differences: list[Difference] | None = None
) -> Wording:
    return Wording(text, "altered", 1.0, "", occurrences or [], 1, differences=differences or [])


def _printed(article: int, outlet: str, *, copy_of: int | None = None) -> Occurrence:
    published = f"2026-03-1{article}"
    return Occurrence(article, article, outlet, None, None, published, None, None, copy_of=copy_of)
