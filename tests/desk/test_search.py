"""The search page: a query, what narrows it, what is found, and what is said where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sayso.archive import open_archive
from sayso.desk.narrowing import field, instead, terms, with_term, without
from sayso.serving import make_app
from tests.desk.browsing import barriers, shoot
from tests.serving import serving


def test_a_search_is_narrowed_by_facets_and_days_and_leads_to_the_article(
    desk: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{desk}/search")
    page.keyboard.press("/")
    expect(page.get_by_label("Search statements")).to_be_focused()
    page.keyboard.type("ferry")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk}/search?q=ferry")
    expect(page.locator(".said mark").first).to_have_text(re.compile("^ferr", re.IGNORECASE))
    shoot(page, "search")
    assert barriers(page) == []

    # A facet says how many there are, and leads to just these; its chip leads back.
    choice = page.locator("#facets").get_by_role("link", name="Coastal Wire")
    count = choice.locator(".num").inner_text()
    choice.click()
    expect(page).to_have_url(f"{desk}/search?q=ferry+outlet%3A%22Coastal+Wire%22")
    expect(page.locator("#total")).to_contain_text(count)
    assert {each.split(" · ")[0] for each in page.locator(".found .imprint").all_inner_texts()} == {"Coastal Wire"}
    page.get_by_role("link", name="outlet: Coastal Wire").click()
    expect(page).to_have_url(f"{desk}/search?q=ferry")

    # The plot's bars are in a table as well, whose links narrow to the days.
    page.locator("summary", has_text="When published").click()
    row = page.locator("table.narrow tbody tr").first
    count = row.locator("td").inner_text()
    row.get_by_role("link").click()
    expect(page.locator("#total")).to_contain_text(count)
    expect(page.get_by_role("link", name="All days")).to_be_visible()

    page.locator(".said blockquote a").first.click()
    expect(page).to_have_url(re.compile(r"/articles/\d+#s-\w+$"))
    expect(page.locator(f"[id='{page.url.partition('#')[2]}']")).to_have_count(1)


def test_a_search_can_be_used_on_a_phone_in_the_dark(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(phone=True, dark=True)
    page.goto(f"{desk}/search?q=minister")
    for summary in page.locator("details > summary").all():
        summary.click()
    shoot(page, "search-phone-dark")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_fields_of_the_form_make_the_query_without_scripts(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(scripts=False)
    page.goto(f"{desk}/search?q=radar+since%3A2026-01")
    page.get_by_text("Narrow by speaker, outlet, days").click()
    page.locator("#speaker").fill("Elin Askvold")
    page.get_by_label("Published since").fill("2026-03-01")
    page.get_by_role("combobox", name="Quotation").select_option("direct")
    page.get_by_role("button", name="Add to the search").click()
    expect(page.get_by_label("Search statements")).to_have_value(
        'radar speaker:"Elin Askvold" since:2026-03-01 quotation:direct'
    )
    expect(page.locator(".said mark").first).to_be_visible()


def test_a_query_that_cannot_be_read_is_pointed_at(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(quiet=False)
    answer = page.goto(f"{desk}/search?q=bridge+speeker%3Aquill")
    assert answer is not None and answer.status == 400
    expect(page.get_by_role("alert")).to_contain_text("Did you mean speaker:?")
    assert page.locator(".wrongquery pre").inner_text().rstrip().splitlines() == [
        "bridge speeker:quill",
        "       ^^^^^^^^",
    ]
    error = page.request.get(f"{desk}/search.json?q=bridge+speeker%3Aquill").json()["error"]
    assert (error["type"], error["details"]["start"], error["details"]["end"]) == ("BadQuery", 7, 15)
    assert page.request.get(f"{desk}/search?q=%00").status == 422


def test_pages_follow_each_other_without_a_gap(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{desk}/search?q=crew+OR+decision&sort=newest")
    total = page.request.get(f"{desk}/search.json?q=crew+OR+decision").json()["total"]
    assert total > 20
    seen: list[str] = []
    while True:
        seen += [str(each.get_attribute("href")) for each in page.locator(".said blockquote a").all()]
        if not page.get_by_role("link", name="Next page").count():
            break
        page.get_by_role("link", name="Next page").click()
    assert len(seen) == len(set(seen)) == total


def test_an_empty_archive_says_what_to_do_first(tmp_path: Path, open_page: Callable[..., Page]) -> None:
    with open_archive(tmp_path / "empty.db", make=True) as archive, serving(make_app(archive)) as address:
        page = open_page()
        for path in ("search", "speakers", "trace", "outlets"):
            page.goto(f"{address}/{path}")
            expect(page.locator(".empty").get_by_role("link").first).to_have_attribute("href", "/inbox")
            assert barriers(page) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param('speaker:"Mara Quill"  -ferry', ['speaker:"Mara Quill"', "-ferry"], id="a-name-is-one-term"),
        pytest.param("ferry AND NOT (toll OR fare)", ["ferry", "NOT (toll OR fare)"], id="and-is-none"),
        pytest.param("ferry|toll boat", ["ferry|toll boat"], id="alternatives-stay-together"),
        pytest.param('"this OR that"', ['"this OR that"'], id="or-in-a-phrase-is-a-word"),
        pytest.param('ferry "toll', ["ferry", '"toll'], id="what-is-not-closed-stays-as-it-is"),
    ],
)
def test_terms(query: str, found: list[str]) -> None:
    assert terms(query) == found


def test_a_term_is_put_in_once_and_taken_out_again() -> None:
    narrowed = with_term("bridge OR ferry", "stance:distancing")
    assert with_term(narrowed, "stance:distancing") == narrowed == "(bridge OR ferry) stance:distancing"
    assert without(narrowed, "stance:distancing") == "(bridge OR ferry)"
    assert instead(f"{narrowed} since:2026", ("since", "until"), "until:2026-03") == f"{narrowed} until:2026-03"
    assert field("speaker", 'the "Gull" (ferry)') == 'speaker:"the Gull (ferry)"'
