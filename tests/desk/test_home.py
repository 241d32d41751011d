"""The first page, and what every page shares."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.desk.browsing import barriers, shoot


def test_the_first_page_says_what_the_archive_holds(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(desk)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    shoot(page, "home")
    assert barriers(page) == []
