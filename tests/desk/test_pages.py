from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Page

from sayso import desk as pages
from tests.desk.browsing import barriers

PAGES = (
    "/", "/read", "/check", "/articles", "/articles?words=zeppelin", "/transcripts", "/search",
    "/search?q=zeppelin", "/search?q=nowhere:", "/speakers", "/speakers?name=zeppelin", "/speakers/suggestions",
    "/trace", "/trace?q=two+of+three+calls", "/trace?q=zeppelin", "/outlets", "/outlets?compare=1,2", "/inbox",
    "/review", "/corrections", "/account", "/users", "/audit", "/no-such-page",
)  # fmt: skip
BELOW = (
    "/articles/{articles}", "/articles/{articles}/check", "/articles/{articles}/versions", "/speakers/{speakers}",
    "/outlets/{outlets}", "/transcripts/{transcripts}",
)  # fmt: skip
ELSEWHERE = {"/login", "/search/narrow"}
"""Without users nobody signs in: tests/desk/test_accounts.py looks at that page. The other one only sends on."""

HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4')].map((each) => Number(each.tagName[1]))"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_no_page_is_forgotten() -> None:
    routes = {
        each.path
        for router in pages.routers()
        for each in router.routes
        if isinstance(each, APIRoute) and "GET" in each.methods and "{" not in each.path
    }
    known = {each.partition("?")[0] for each in PAGES} | ELSEWHERE
    assert {each for each in routes if not each.endswith(".json")} - known == set()


@pytest.mark.parametrize("address", [*PAGES, *BELOW])
def test_a_page_can_be_used_by_everybody(desk: str, open_page: Callable[..., Page], address: str) -> None:
    page = open_page(quiet=False)
    if "{" in address:
        kind = address[address.index("{") + 1 : address.index("}")]
        address = address.format_map({kind: page.request.get(f"{desk}/{kind}.json").json()["items"][0]["id"]})
    page.goto(desk + address)
    assert barriers(page) == []
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    page = open_page(phone=True, dark=True, quiet=False)
    page.goto(desk + address)
    if "?" not in address:  # The same style has been looked at there.
        assert barriers(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(TOO_WIDE) <= 0
