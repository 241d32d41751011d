"""Words that are picked in an article, and the form that they lead to."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.desk.browsing import barriers, shoot

Opener = Callable[..., Page]


def test_words_picked_in_an_article_lead_to_the_form_for_an_attribution(desk: str, open_page: Opener) -> None:
    page = open_page()
    items = page.request.get(f"{desk}/articles.json?words=written+assurances").json()["items"]
    page.goto(f"{desk}/articles/{items[0]['id']}")
    # From behind the first note's letters to the end of a line, so that letters of notes lie before and within.
    words = page.evaluate(
        """() => {
          const lines = [...document.querySelectorAll("p[data-at]")];
          const line = lines.find((each) => each.querySelectorAll(".ref").length > 1);
          const range = document.createRange();
          range.setStartAfter(line.querySelector(".ref"));
          range.setEndAfter(line.lastChild);
          document.getSelection().removeAllRanges();
          document.getSelection().addRange(range);
          const copy = range.cloneContents();
          for (const each of copy.querySelectorAll(".ref")) each.remove();
          return copy.textContent;
        }"""
    )
    offer = page.get_by_role("link", name="Add these words as said by somebody")
    expect(offer).to_be_visible()
    shoot(page, "article-picking", full=False)
    assert barriers(page) == []
    offer.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Add")
    picked = page.locator("#passage .content").all_inner_texts()
    assert "".join("".join(picked).split()) == "".join(words.split())
    page.go_back()
    page.evaluate("document.getSelection().removeAllRanges()")
    expect(offer).to_be_hidden()
