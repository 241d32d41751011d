"""Hostile text is the daily input: whatever stands in an article, on no page does any of it run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page

from sayso.archive import open_archive
from sayso.archive.forms import Problem
from sayso.serving import make_app
from tests.archive.built import Says, given, make_article, make_transcript
from tests.desk.browsing import serving
from tests.desk.payloads import payloads

EACH = 25
"""So many texts go into one article."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a desk on an archive whose every field is a script, if it can be made one."""
    texts = payloads()
    with open_archive(tmp_path_factory.mktemp("hostile") / "hostile.db", make=True) as archive:
        for start in range(0, len(texts), EACH):
            some = texts[start : start + EACH]
            says = [
                Says(
                    each,
                    f"the bridge {each} closes",
                    quotation="direct",
                    titles=(each,),
                    about=(some[place - 1],),
                    verdict="altered" if place % 2 else "verbatim",
                    doubt=each,
                    stands_for=each,
                )
                for place, each in enumerate(some)
            ]
            body = "\n\n".join(f"{each.speaker} said {each.content}." for each in says)
            article = make_article(
                *says,
                text=f"{some[0]} {some[1]}\n{some[2]}\n{some[3]}\n\n{body}",
                outlet=some[4],
                url=f"https://hostile.example/{start}?{some[5]}",
                published=date(2026, 3, 1 + start // EACH),
                relations=[("disputes", 1, 0), ("responds to", 2, 1)],
            )
            article.warnings = some[6:9]
            lines = iter([len(each) for each in article.text.split("\n")[:3]])
            _give_layout(article, lines)
            archive.save(article, given(some[9]))
            turns = [(each.replace("\n", " "), f"the bridge {each} closes") for each in some]
            archive.save_transcript(make_transcript(*turns, url=some[10]), given(some[11]))
            archive.note(Problem("unreadable", some[12], some[13], origin=some[14], advice=some[15]))
        speakers = archive.speakers(limit=6)
        archive.keep_apart(speakers[0].id, speakers[1].id, reason=texts[0], by=texts[1])
        archive.set_stands_for(speakers[2].id, texts[2], reason=texts[3], by=texts[4])
        with serving(make_app(archive)) as address:
            yield address


def _give_layout(article, lines) -> None:  # type: ignore[no-untyped-def]
    from sayso.documents import Span

    start = 0
    for name in ("headline", "standfirst", "byline"):
        length = next(lines)
        setattr(article, name, Span(start, start + length))
        start += length + 1


@pytest.fixture
def watched(open_page: Callable[..., Page]) -> Iterator[Page]:
    """A page on which every call of a text from outside is heard; at the end there may have been none."""
    page = open_page()
    calls: list[str] = []
    page.expose_function("hit", lambda number=None: calls.append(f"{page.url}: {number}"))

    def asked(dialog: Dialog) -> None:
        calls.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", asked)
    yield page
    assert calls == []


OTHERS = """() => [...document.querySelectorAll("*")].filter(each =>
    [...each.attributes].some(one => /^on/i.test(one.name) || /^\\s*(javascript|data):/i.test(one.value) && /href|src|action|data/i.test(one.name))
    || ["SCRIPT", "LINK", "BASE", "IFRAME", "OBJECT", "EMBED", "META", "STYLE"].includes(each.tagName)
       && /hit\\(/.test(each.outerHTML)
).map(each => each.outerHTML.slice(0, 200))"""
"""Elements of a page that a text from outside has made: nothing of ours is like them, even where the policy stops it."""


def look(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator("main").count() == 1
    assert page.evaluate(OTHERS) == []


VIEWS = (
    *("/", "/search", "/search?q=bridge", "/speakers", "/outlets", "/inbox", "/review", "/corrections", "/articles"),
    *("/transcripts", "/trace?q=the bridge closes"),
)


@pytest.mark.parametrize("view", VIEWS)
def test_no_text_of_the_archive_runs(view: str, hostile: str, watched: Page) -> None:
    look(watched, hostile + view)


@pytest.mark.parametrize("number", range(1, 501 // EACH + 1, 3))
def test_no_text_of_an_article_runs(number: int, hostile: str, watched: Page) -> None:
    for view in (f"/articles/{number}", f"/articles/{number}/check", f"/transcripts/{number}", f"/review?article={number}"):
        look(watched, hostile + view)
    for each in (number * 7, number * 11):
        look(watched, f"{hostile}/speakers/{each}")
    look(watched, f"{hostile}/outlets/{number}")
    look(watched, f"{hostile}/trace?statement={number * 5}")


def test_no_query_runs(hostile: str, watched: Page) -> None:
    for text in payloads()[::6]:
        for path, field in (("/search", "q"), ("/trace", "q"), ("/speakers", "name"), ("/articles", "words")):
            answer = watched.request.get(f"{hostile}{path}", params={field: text})
            assert answer.status < 500, (path, text)
            if "text/html" in answer.headers.get("content-type", ""):
                assert "<script>hit" not in answer.text().lower()
    for text in payloads()[::25]:
        watched.goto(f"{hostile}/search?" + "&".join(f"{name}={_quoted(text)}" for name in ("q", "sort", "after")))
        assert watched.evaluate(OTHERS) == []


def test_no_pasted_text_runs(hostile: str, watched: Page) -> None:
    texts = payloads()
    for start in range(0, len(texts), 125):
        some = texts[start : start + 125]
        pasted = f"{some[0]}\n\n" + "\n\n".join(f'"The bridge {each} closes in May," said Mara Venn.' for each in some)
        watched.goto(f"{hostile}/read")
        watched.locator("textarea[name=text]").fill(pasted)
        watched.locator("textarea[name=text]").evaluate("area => area.form.requestSubmit()")
        watched.wait_for_url("**/readings/**")
        assert watched.evaluate(OTHERS) == []
        look(watched, watched.url.partition("#")[0] + "/check")


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


def test_the_page_that_is_watched_would_hear_a_call(watched: Page) -> None:
    """What the tests above rest on: without our policy the very same texts run."""
    heard: list[int] = []
    page = watched.context.new_page()
    page.expose_function("hit", lambda number: heard.append(number))
    page.set_content("<title>x</title><body>" + "".join(payloads()[:1] + ["<img src=x onerror=hit(777)>"]))
    page.wait_for_function("() => true")
    page.wait_for_timeout(300)
    assert 777 in heard
