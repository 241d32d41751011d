"""Outlets: how each quotes, and some of them beside each other."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.desk.browsing import barriers, shoot


def test_outlets_are_sorted_and_held_against_each_other(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(scripts=False)
    page.goto(f"{desk}/outlets")
    page.get_by_role("link", name="Endorsing").click()
    expect(page.get_by_role("columnheader", name="Endorsing")).to_have_attribute("aria-sort", "descending")
    shares = [int(each.rstrip("%")) for each in page.locator(".outlets tbody td:last-child .num").all_inner_texts()]
    assert shares == sorted(shares, reverse=True) and shares[0] > shares[-1]
    page.get_by_label("Compare Coastal Wire").check()
    page.get_by_label("Compare The Ferryman's Post").check()
    page.get_by_role("button", name="Compare those").click()
    expect(page.locator(".multiples section")).to_have_count(2)
    row = page.locator(".matrix tbody tr").filter(has=page.get_by_role("rowheader", name="Elin Askvold")).first
    expect(row.locator("td").first).to_contain_text("neutral")
    shoot(page, "outlets-compared")
    # A number leads to the statements that it counts.
    count = row.locator("td a").last.inner_text()
    row.locator("td a").last.click()
    expect(page.locator("#total")).to_have_text(count)


def test_an_outlet_is_held_against_all(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{desk}/outlets")
    page.locator(".outlets").get_by_role("link", name="The Ferryman's Post").click()
    data = page.request.get(f"{page.url}.json").json()
    shown = page.locator(".shares tbody tr").first.locator("td").first
    expect(shown).to_contain_text(f"{data['row']['quoted_share']:.0%}")
    expect(page.locator(".uses tbody tr")).to_have_count(len(data["speakers"]))
    shoot(page, "outlet")
    assert barriers(page) == []


def test_outlets_can_be_read_on_a_phone_in_the_dark(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(phone=True, dark=True)
    page.goto(f"{desk}/outlets?compare=1,2,3")
    shoot(page, "outlets-phone-dark")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for wrong in ("compare=x", "compare=1,2,3,4,5", "sort=colour"):
        assert page.request.get(f"{desk}/outlets?{wrong}").status == 400
