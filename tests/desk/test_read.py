"""Reading: a form for a file, a text or an address; the article that comes of it; what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.desk.browsing import barriers, shoot

Opener = Callable[..., Page]

ARTICLE = """Harbour to stay open, mayor says

HALVERN, March 14 - The harbour of Halvern will stay open through the winter, Mayor Mara Quill said on Friday.

"Nobody in this town wants to see it closed," Quill told reporters. Otto Hale, who speaks for the dockers, denied \
that a strike was planned.
"""


def test_a_pasted_text_becomes_an_article_that_is_kept_when_asked(own_desk: str, open_page: Opener) -> None:
    page = open_page()
    page.goto(own_desk)
    page.get_by_role("link", name="Read", exact=True).first.click()
    shoot(page, "read")
    assert barriers(page) == []
    page.get_by_label("Or paste its text").fill(ARTICLE)
    page.get_by_text("Date, outlet, several files").click()
    page.get_by_label("Published on").fill("2026-03-14")
    page.get_by_label("Outlet").fill("The Halvern Gazette")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Harbour to stay open")
    expect(page.locator(".imprint")).to_contain_text("The Halvern Gazette")
    expect(page.locator(".imprint")).to_contain_text("not kept")
    expect(page.locator(".gloss .name", has_text="Mara Quill").first).to_be_visible()
    reading = page.url
    assert page.request.get(f"{reading}.json").json()["record"]["article"]["outlet"] == "The Halvern Gazette"
    page.goto(f"{own_desk}/read")
    page.get_by_role("link", name="Harbour to stay open, mayor says").click()
    assert page.url == reading
    page.get_by_role("button", name="Keep in the archive").click()
    expect(page).to_have_url(f"{own_desk}/articles/{page.url.rpartition('/')[2]}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Harbour to stay open")


def test_what_goes_wrong_is_said_on_the_form_and_nothing_has_to_be_typed_again(desk: str, open_page: Opener) -> None:
    # The browser itself tells of an answer that is no success.
    page = open_page(quiet=False)
    page.goto(f"{desk}/read")
    french = "Le port restera ouvert tout l'hiver, a déclaré vendredi la maire de la ville aux journalistes. " * 6
    page.get_by_label("Or paste its text").fill(french)
    page.get_by_text("Date, outlet, several files").click()
    page.get_by_label("Outlet").fill("The Halvern Gazette")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("English")
    expect(page.get_by_label("Or paste its text")).to_have_value(french.strip())
    expect(page.get_by_label("Outlet")).to_have_value("The Halvern Gazette")
    assert page.evaluate("document.activeElement.className") == "failed"
    shoot(page, "read-refused", full=False)
    assert barriers(page) == []
    page.get_by_label("Or paste its text").fill("")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("No article was given. Choose a file")
    page.get_by_label("Or paste its text").fill(
        "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\n<v Mara Quill>It stays open.\n"
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("as the transcript")


def test_a_dropped_file_is_read(desk: str, open_page: Opener) -> None:
    page = open_page(phone=True)
    page.goto(f"{desk}/read")
    page.evaluate(
        """text => {
          const files = new DataTransfer();
          files.items.add(new File([text], "harbour.txt", { type: "text/plain" }));
          const field = document.querySelector("[data-drop]");
          for (const kind of ["dragover", "drop"])
            field.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
        }""",
        ARTICLE,
    )
    expect(page.locator(".chosen")).to_have_text("harbour.txt")
    shoot(page, "read-phone")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Harbour to stay open")


@pytest.mark.parametrize(
    "choice, lands",
    [
        pytest.param("Read each, keep none", "/read#readings", id="to-look-at"),
        pytest.param("Add them to the archive", "/inbox/", id="into-the-archive"),
    ],
)
def test_several_files_without_scripts(
    own_desk: str, open_page: Opener, tmp_path: Path, choice: str, lands: str
) -> None:
    files = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for number, file in enumerate(files):
        file.write_text(ARTICLE.replace("Harbour to", f"Harbour {number} to"), encoding="utf-8")
    page = open_page(scripts=False)
    page.goto(f"{own_desk}/read")
    page.get_by_label("Files").set_input_files(files)
    page.get_by_text("Date, outlet, several files").click()
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Read it").click()
    assert lands in page.url
    if lands == "/read#readings":
        expect(page.get_by_role("link", name="Harbour 0 to stay open, mayor says")).to_be_visible()
        expect(page.get_by_role("link", name="Harbour 1 to stay open, mayor says")).to_be_visible()
