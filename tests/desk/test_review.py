"""Review: an item put right by mouse, by keys alone, and without scripts; undoing; who was faster; who may."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sayso.archive import open_archive
from sayso.serving import make_app
from tests.desk.browsing import barriers, shoot
from tests.serving import serving


def _data(page: Page, address: str) -> Any:
    answer = page.request.get(address)
    assert answer.ok, answer.text()
    return answer.json()


def _pick(page: Page, desk: str) -> tuple[str, dict[str, Any]]:
    """The address of an uncertain attribution that has a source and four words of content, with its data."""
    for each in _data(page, f"{desk}/review.json?kind=attribution")["items"]:
        url = str(each["url"]).partition("?")[0]
        data = _data(page, f"{desk}{url}.json")
        if data["words"]["source"] and len(data["words"]["content"].split()) >= 4 and len(data["now"]["content"]) == 1:
            return desk + url, data
    raise AssertionError("no such item in the sample")


def _words(page: Page, part: str) -> list[tuple[str, Any]]:
    # Handles, as a locator would look for the class again, which picking changes.
    return [(each.inner_text(), each) for each in page.query_selector_all(f"#passage .w.{part}")]


def _drag(page: Page, first: Any, last: Any) -> None:
    begin, end = first.bounding_box(), last.bounding_box()
    page.mouse.move(begin["x"] + 1, begin["y"] + begin["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] - 1, end["y"] + end["height"] / 2, steps=6)
    page.mouse.up()


def test_the_queue_has_the_most_uncertain_first_and_says_why(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{desk}/review")
    data = _data(page, f"{desk}/review.json")
    scores = [each["score"] for each in data["items"]]
    assert scores == sorted(scores, reverse=True)
    first = page.locator(".queue li").first
    expect(first).to_contain_text(data["items"][0]["why"])
    expect(first.locator(".asked")).to_contain_text(data["items"][0]["sentence"][:30])
    shoot(page, "review", full=False)
    assert barriers(page) == []
    page.get_by_role("link", name="Verdicts").click()
    assert {each["kind"] for each in _data(page, f"{desk}/review.json?kind=verdict")["items"]} == {"verdict"}
    expect(page.locator(".queue .tags").first).to_contain_text("verdict")


@pytest.mark.parametrize(
    "phone, dark", [pytest.param(False, True, id="wide-dark"), pytest.param(True, False, id="phone")]
)
def test_an_item_is_for_everybody(desk: str, open_page: Callable[..., Page], phone: bool, dark: bool) -> None:
    page = open_page(phone=phone, dark=dark)
    page.goto(_pick(page, desk)[0])
    expect(page.locator("#passage .content").first).to_be_visible()
    shoot(page, f"review-item-{'phone' if phone else 'dark'}", full=False)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main select, main label.tick')].filter((each) => each.offsetHeight"
        " && (each.offsetHeight < 24 || each.offsetWidth < 24)).map((each) => each.textContent)"
    )
    assert small == []


def test_an_item_is_put_right_by_mouse_and_every_correction_can_be_undone(
    own_desk: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    url, before = _pick(page, own_desk)
    page.goto(url)
    content = _words(page, "content")
    page.get_by_role("button", name="content").click()
    _drag(page, content[1][1], content[-1][1])
    expect(page.locator("#passage .w.content").first).to_have_text(content[1][0])
    assert [word for word, _ in _words(page, "content")] == [word for word, _ in content[1:]]
    # The same by two clicks, and back by a button.
    page.get_by_role("button", name="cue").click()
    cue = _words(page, "cue")
    content[1][1].click()
    content[2][1].click()
    assert [word for word, _ in _words(page, "cue")] == [word for word, _ in content[1:3]]
    page.get_by_role("button", name="As it was").click()
    assert [word for word, _ in _words(page, "cue")] == [word for word, _ in cue]
    page.get_by_label("Speaker").select_option("+")
    page.get_by_label("New name").fill("Osk Brandvik")
    page.get_by_role("radio", name="distancing").check()
    page.get_by_label("Reason").fill("as the paragraph before says")
    page.get_by_role("button", name="Save and go on").click()

    expect(page.locator(".saved")).to_contain_text("Osk Brandvik")
    expect(page.locator(".done")).to_contain_text("1 done today")
    assert page.url.partition("?")[0] != url
    after = _data(page, f"{url}.json")
    assert after["machine"] == before["machine"]
    assert after["words"]["content"] == before["words"]["content"].removeprefix(content[0][0]).strip()
    assert after["now"]["stance"]["value"] == "distancing"
    assert [each["in_words"]["after"] for each in after["history"] if each["field"] == "speaker"] == ["Osk Brandvik"]

    page.goto(url)
    page.locator(".history").get_by_role("button", name="Undo speaker").click()
    expect(page.locator(".saved")).to_contain_text("Taken back: speaker")
    assert _data(page, f"{url}.json")["now"]["speaker"] == before["now"]["speaker"]
    page.goto(f"{own_desk}/corrections")
    expect(page.locator(".corrections")).to_contain_text("as the paragraph before says")
    shoot(page, "corrections", full=False)
    assert barriers(page) == []
    page.get_by_role("button", name="Undo words").first.click()
    assert _data(page, f"{url}.json")["now"]["content"] == before["now"]["content"]


def test_an_item_is_put_right_by_keys_alone(own_desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    url, before = _pick(page, own_desk)
    key = page.keyboard.press
    page.goto(url)
    key("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    shoot(page, "review-keys", full=False)
    assert barriers(page) == []
    key("Escape")
    content = [word for word, _ in _words(page, "content")]
    key("3")
    key("ArrowLeft")
    key("Shift+ArrowRight")
    assert [word for word, _ in _words(page, "content")] == content[1:-1]
    key("1")
    key("Delete")
    assert _words(page, "source") == []
    key("+")
    assert len(_words(page, "source")) == 1
    key("t")
    key("ArrowRight")
    key("r")
    page.keyboard.type("by hand, n and u are letters here")
    key("Control+Enter")

    expect(page.locator(".saved")).to_contain_text("stance")
    after = _data(page, f"{url}.json")
    assert {each["field"] for each in after["history"]} == {"spans", "stance"}
    assert after["words"]["source"] != before["words"]["source"]
    key("u")
    expect(page.locator(".saved")).to_contain_text("Taken back")
    assert page.url.partition("?")[0] == url
    key("a")
    page.wait_for_url(lambda there: there.partition("?")[0] != url)
    assert _data(page, f"{url}.json")["confirmed"]
    here = page.url
    key("n")
    page.wait_for_url(lambda there: there != here)
    # Whoever dictates turns them off.
    key("?")
    page.get_by_label("Keys without Ctrl work").uncheck()
    key("Escape")
    here = page.url
    key("n")
    page.reload()
    assert page.url == here


def test_an_item_is_put_right_without_scripts(own_desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(scripts=False, quiet=False)
    url, before = _pick(page, own_desk)
    page.goto(url)
    said = before["words"]["content"].split()
    page.locator("#content").fill(" ".join(said[1:]))
    page.get_by_label("New name").fill("Osk Brandvik")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".saved")).to_contain_text("Osk Brandvik")
    after = _data(page, f"{url}.json")
    assert after["words"]["content"].split() == said[1:]
    assert "Osk Brandvik" in [each["name"] for each in after["speakers"] if each["id"] == after["now"]["speaker"]]
    page.goto(url)
    page.locator("#content").fill("words that nobody wrote")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("words that nobody wrote")
    expect(page.locator("#content")).to_have_value("words that nobody wrote")


def test_who_was_slower_is_told_and_keeps_what_he_filled_in(own_desk: str, open_page: Callable[..., Page]) -> None:
    page, other = open_page(quiet=False), open_page()
    url, _ = _pick(page, own_desk)
    page.goto(url)
    other.goto(url)
    other.get_by_role("radio", name="distancing").check()
    other.get_by_role("button", name="Save and go on").click()
    expect(other.locator(".saved")).to_contain_text("distancing")
    page.get_by_role("radio", name="endorsing").check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing of yours was saved")
    expect(page.get_by_role("radio", name="endorsing")).to_be_checked()
    assert _data(page, f"{url}.json")["now"]["stance"]["value"] == "distancing"
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".saved")).to_contain_text("endorsing")
    assert _data(page, f"{url}.json")["now"]["stance"]["value"] == "endorsing"


def test_what_was_not_found_is_added_and_what_is_none_taken_out(own_desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    url, before = _pick(page, own_desk)
    page.goto(url)
    page.get_by_role("link", name="add an attribution here").click()
    words = page.locator("#passage .w")
    page.get_by_role("button", name="content").click()
    words.nth(0).click()
    words.nth(3).click()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".saved")).to_contain_text("a new attribution")
    added = page.url.partition("?")[0]
    assert _data(page, f"{added}.json")["machine"] is None
    page.goto(url)
    page.get_by_role("button", name="Not an attribution").click()
    expect(page.locator(".saved")).to_contain_text("not an attribution")
    assert _data(page, f"{url}.json")["removed"]
    assert _data(page, f"{url}.json")["machine"] == before["machine"]


def test_readers_look_and_change_nothing(sample_file: Path, tmp_path: Path, open_page: Callable[..., Page]) -> None:
    shutil.copy(sample_file, tmp_path / "own.db")
    with open_archive(tmp_path / "own.db") as archive:
        archive.accounts.add_user("ada", "tin lantern under the pier", role="admin")
        archive.accounts.add_user("ida", "tin lantern under the pier", role="reader")
        with serving(make_app(archive, login=True)) as address:
            page = open_page(quiet=False)
            page.goto(f"{address}/login")
            page.get_by_label("Name").fill("ida")
            page.get_by_label("Password").fill("tin lantern under the pier")
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("link", name="Review", exact=True).first.click()
            page.locator(".queue a").first.click()
            expect(page.locator(".history")).to_contain_text("The machine")
            assert page.locator("#record, [data-tools], [data-moves]").count() == 0
            assert barriers(page) == []
            answer = page.request.post(page.url, form={"do": "confirm", "seen": "0"}, headers={"Origin": address})
            assert answer.status == 403
            page.goto(f"{address}/inbox")
            expect(page.get_by_role("heading", name="What came in")).to_be_visible()
            assert page.locator("#add").count() == 0
