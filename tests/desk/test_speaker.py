"""Speakers: the list, one of them over time, and decisions about who is whom."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.desk.browsing import barriers, shoot


def _of(page: Page, desk: str, name: str, number: int = 0) -> int:
    """Id of a speaker of a name, the one with most statements first."""
    return int(page.request.get(f"{desk}/speakers.json?name={name}").json()["items"][number]["id"])


def test_a_speaker_is_found_and_seen_over_time(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{desk}/speakers")
    assert barriers(page) == []
    page.keyboard.press("/")
    page.keyboard.type("askvold")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Elin Askvold").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Elin Askvold")
    data = page.request.get(f"{page.url}.json").json()
    # The plot has every statement with a day, once.
    page.locator("summary", has_text="When published").click()
    counts = [int(each) for each in page.locator("table.narrow td.num").all_inner_texts()]
    assert sum(counts) + data["undated"] == data["speaker"]["statements"]
    assert page.locator(".topics li").count() == len(data["topics"]) > 0
    assert page.locator(".uses tbody tr").count() == len(data["outlets"]) > 1
    expect(page.locator(".disputes li").first).to_be_visible()
    shoot(page, "speaker")
    assert barriers(page) == []
    # A word leads to the statements that have it.
    count = page.locator(".topics li .num").first.inner_text()
    page.locator(".topics li a").first.click()
    expect(page.locator("#total")).to_contain_text(re.match(r"\d+", count)[0])  # type: ignore[index]


def test_a_speaker_can_be_read_on_a_phone_in_the_dark(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(phone=True, dark=True)
    page.goto(f"{desk}/speakers/{_of(page, desk, 'askvold')}")
    for summary in page.locator("details > summary").all():
        summary.click()
    shoot(page, "speaker-phone-dark")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nobody_of_a_name_has_the_nearest_ones(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(quiet=False)
    answer = page.goto(f"{desk}/speakers?name=Eline+Askvolt")
    assert answer is not None and answer.status == 404
    page.locator(".empty").get_by_role("link", name="Elin Askvold").first.click()
    expect(page.locator(".speakers").get_by_role("link", name="Elin Askvold").first).to_be_visible()


def test_who_is_whom_is_decided_signed_and_undone(own_desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(scripts=False, quiet=False)
    one, other = _of(page, own_desk, "Elin Askvold"), _of(page, own_desk, "Elin Askvold", 1)
    page.goto(f"{own_desk}/speakers/{one}")
    page.get_by_text("It is the same as another one").click()
    page.locator("#merge-other").fill(f"#{other}")
    page.locator("#merge-reason").fill("the goalkeeper went into politics")
    page.get_by_role("button", name="Merge into").click()
    expect(page).to_have_url(f"{own_desk}/speakers/{one}#identity")
    expect(page.locator(".decisions")).to_contain_text("the goalkeeper went into politics")
    expect(page.locator(".decisions")).to_contain_text(re.compile(r"\w+, \d+ \w+ \d{4}, \d\d:\d\d"))
    assert barriers_without_scripts(open_page, page.url) == []

    # Whoever was merged is shown as the one that it went into, and cannot be merged again.
    page.goto(f"{own_desk}/speakers/{other}")
    expect(page.get_by_text("This speaker was merged")).to_be_visible()
    page.goto(f"{own_desk}/speakers/{one}")
    page.get_by_text("It is the same as another one").click()
    page.locator("#merge-other").fill(f"#{other}")
    page.locator("#merge-reason").fill("once more")
    page.get_by_role("button", name="Merge into").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing has changed")

    page.goto(f"{own_desk}/speakers/{one}")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator(".decisions .undone")).to_contain_text("the goalkeeper went into politics")
    assert page.request.get(f"{own_desk}/speakers/{other}.json").json()["speaker"]["id"] == other


def barriers_without_scripts(open_page: Callable[..., Page], address: str) -> list[str]:
    """Of a page with what axe needs itself."""
    page = open_page()
    page.goto(address)
    return barriers(page)


def test_suggestions_come_with_their_reasons_and_a_decision(own_desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{own_desk}/speakers/suggestions")
    shoot(page, "suggestions")
    assert barriers(page) == []
    had = page.request.get(f"{own_desk}/speakers/suggestions.json").json()["items"]
    first = page.locator(".suggestions > li").filter(has=page.get_by_role("button", name="They are two")).first
    expect(first.locator(".reasons .for").first).to_be_visible()
    first.get_by_label("Why").fill("two towns, two unions")
    first.get_by_role("button", name="They are two").click()
    expect(page.locator(".decisions")).to_contain_text("two towns, two unions")
    expect(page.locator(".decisions")).to_contain_text("are two")
    assert len(page.request.get(f"{own_desk}/speakers/suggestions.json").json()["items"]) == len(had) - 1
