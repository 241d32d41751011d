"""Checking: article and transcript side by side, tied together by mouse and keys; transcripts given by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.desk.browsing import barriers, shoot
from tests.desk.test_read import ARTICLE

Opener = Callable[..., Page]
HEADLINE = "Crew ignored warnings, minister admits"
TRANSCRIPT = """Transcript of a press briefing, Halvern, 14 March 2026

MARA QUILL: Good morning. I do not think that anybody in this town wants to see it closed, and I have said so.

Q: Will there be a strike?

OTTO HALE: No strike is planned. I deny that.
"""


def _data(page: Page, address: str) -> Any:
    answer = page.request.get(address)
    assert answer.ok, answer.text()
    return answer.json()


def _article(page: Page, desk: str) -> str:
    items = _data(page, f"{desk}/articles.json?words=crew+ignored")["items"]
    return f"{desk}/articles/{next(each['id'] for each in items if each['headline'] == HEADLINE)}"


def test_the_report_says_what_fails_and_is_filtered(desk: str, open_page: Opener) -> None:
    page = open_page()
    page.goto(f"{_article(page, desk)}/check")
    expect(page.locator(".outcome")).to_contain_text("Fails the check")
    first = page.locator(".finding").first
    expect(first.locator(".verdict")).to_have_text("altered")
    expect(first.locator("mark").first).to_be_visible()
    shoot(page, "check")
    assert barriers(page) == []
    everything = page.locator(".finding:visible").count()
    page.locator(".chip", has_text="misattributed").click()
    expect(page.locator(".finding:visible")).to_have_count(1)
    # The view that is left can be shared, and works without scripts.
    assert page.url.endswith("?show=misattributed")
    plain = open_page(scripts=False)
    plain.goto(page.url)
    expect(plain.locator(".finding:visible")).to_have_count(1)
    plain.get_by_role("link", name="Show all").click()
    expect(plain.locator(".finding:visible")).to_have_count(everything)


def test_quote_and_passage_lead_to_one_another(desk: str, open_page: Opener) -> None:
    page = open_page()
    page.goto(f"{_article(page, desk)}/check")
    quote = page.locator(".side.article .judged.bad").first
    quote.click()
    number = quote.get_attribute("data-v")
    passage = page.locator(f".side.transcript .judged[data-p~='{number}']").first
    expect(passage).to_contain_class("on")
    expect(passage).to_be_in_viewport()
    shoot(page, "check-sides", full=False)
    page.keyboard.press("Escape")
    # And by keys alone.
    page.keyboard.press("j")
    page.keyboard.press("j")
    at = page.evaluate("document.activeElement.hash")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.p").split()[0] == at.removeprefix("#card")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.hash") == at


@pytest.mark.parametrize("phone, dark", [pytest.param(True, False, id="phone"), pytest.param(False, True, id="dark")])
def test_the_report_is_for_everybody(desk: str, open_page: Opener, phone: bool, dark: bool) -> None:
    page = open_page(phone=phone, dark=dark)
    page.goto(f"{_article(page, desk)}/check")
    shoot(page, "check-phone" if phone else "check-dark")
    assert barriers(page) == []
    width = page.viewport_size
    assert width is not None and page.evaluate("document.documentElement.scrollWidth") <= width["width"]


def test_an_article_and_a_transcript_are_checked_together_and_another_is_added(
    desk: str, open_page: Opener, tmp_path: Path
) -> None:
    page = open_page()
    page.goto(desk)
    page.get_by_role("link", name="Check", exact=True).first.click()
    assert barriers(page) == []
    page.locator("#text").fill(ARTICLE)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_text("Add a transcript to check the quotes")).to_be_visible()
    transcript = tmp_path / "briefing.txt"
    transcript.write_text(TRANSCRIPT, encoding="utf-8")
    page.locator("#transcript_file").set_input_files(transcript)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".side.transcript")).to_contain_text("anybody in this town")
    expect(page.locator(".finding .verdict").first).to_be_visible()
    data = _data(page, page.url + ".json")
    assert data["verdicts"] and data["transcripts"]
    report = page.request.get(page.url + "/page.html")
    assert "Check: Harbour to stay open" in report.text()


def test_an_article_of_the_archive_is_checked_beside_it_and_in_it(own_desk: str, open_page: Opener) -> None:
    page = open_page()
    address = _article(page, own_desk)
    before = _data(page, f"{address}/check.json")["verdicts"]
    page.goto(f"{address}/check")
    page.get_by_text("Add a transcript", exact=True).click()
    page.locator("#transcript_text").fill(TRANSCRIPT)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page).not_to_have_url(f"{address}/check")
    assert "/readings/" in page.url
    assert _data(page, f"{address}/check.json")["verdicts"] == before
    page.goto(f"{address}/check")
    page.get_by_role("button", name="Check against the archive").click()
    expect(page).to_have_url(f"{address}/check")
    assert _data(page, f"{address}/check.json")["verdicts"] == before


def test_a_transcript_that_is_none_is_refused_on_the_page(desk: str, open_page: Opener) -> None:
    page = open_page(quiet=False)
    page.goto(f"{_article(page, desk)}/check")
    page.get_by_text("Add a transcript", exact=True).click()
    page.locator("#transcript_url").fill("https://desk.invalid/briefing.txt")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("desk.invalid")
    expect(page.locator("#transcript_url")).to_have_value("https://desk.invalid/briefing.txt")
    expect(page.locator(".finding").first).to_be_visible()


def test_a_transcript_shows_who_quotes_what_of_it(desk: str, open_page: Opener) -> None:
    page = open_page()
    page.goto(f"{desk}/transcripts")
    shoot(page, "transcripts", full=False)
    assert barriers(page) == []
    page.get_by_role("link", name="news conference on the collision").click()
    passage = page.locator(".quotedby > ol > li", has_text="I do not know whether the crew ignored them")
    expect(passage).to_contain_text("The Ferryman's Post")
    expect(passage.locator(".verdict.bad")).to_have_text("altered")
    shoot(page, "transcript")
    assert barriers(page) == []
    passage.get_by_role("link", name="The Ferryman's Post").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Crew ignored warnings")
    expect(page.locator(".gloss.open")).to_have_count(1)
