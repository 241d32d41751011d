"""Hostile text is the daily input: whatever stands in an article, on no page does any of it run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import quote

import pytest
from playwright.sync_api import Dialog, Page

from sayso.archive import open_archive
from sayso.archive.forms import Problem
from sayso.documents import Article, Span
from sayso.serving import make_app
from sayso.verdicts import Passage, QuoteVerdict
from tests.archive.built import Says, given, make_article, make_transcript
from tests.desk.payloads import payloads
from tests.serving import serving

EACH = 25
"""So many texts go into one article."""
WORDS = (
    "amber bridge cedar dam eel ferry grain harbour ink jetty kiln lamp mill net oar pier quay reed sail tide"
    " urn veil weir yard zinc barge canal dune estuary"
).split()


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
                    # Each of other words: what is said everywhere in the same ones takes long to trace.
                    f"{WORDS[start // EACH]} {each} {WORDS[-place - 1]}",
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
            turns = [(each.speaker.replace("\n", " "), each.content) for each in says if each.speaker]
            transcript = make_transcript(*turns, url=some[10])
            article.transcripts = [transcript]
            for verdict, turn in zip(article.verdicts, transcript.turns, strict=True):
                assert isinstance(verdict, QuoteVerdict)
                verdict.passages = [Passage(transcript.id, turn.span, turn.speaker)]
                verdict.why = some[16]
            _give_layout(article)
            archive.save(article, given(some[9]))
            archive.save_transcript(transcript, given(some[11]))
            archive.note(Problem("unreadable", some[12], some[13], origin=some[14], advice=some[15]))
        speakers = archive.speakers(limit=6)
        archive.keep_apart(speakers[0].id, speakers[1].id, reason=texts[0], by=texts[1])
        archive.set_stands_for(speakers[2].id, texts[2], reason=texts[3], by=texts[4])
        with serving(make_app(archive)) as address:
            yield address


def _give_layout(article: Article) -> None:
    """The first three lines as headline, standfirst and byline."""
    headline, standfirst, byline = (len(each) for each in article.text.split("\n")[:3])
    article.headline = Span(0, headline)
    article.standfirst = Span(headline + 1, headline + 1 + standfirst)
    article.byline = Span(article.standfirst.end + 1, article.standfirst.end + 1 + byline)


@pytest.fixture
def watched(open_page: Callable[..., Page]) -> Iterator[Page]:
    """A page on which every call of a text from outside is heard, and everything that the policy had to stop.

    At the end there may have been none. What failed to load is no matter here: queries that cannot be read are asked.
    """
    page = open_page(quiet=False)
    calls: list[str] = []
    page.expose_function("hit", lambda number=None: calls.append(f"{page.url}: {number}"))

    def asked(dialog: Dialog) -> None:
        calls.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", asked)
    page.on("pageerror", lambda error: calls.append(str(error)))
    page.on("console", lambda message: calls.append(message.text) if STOPPED.search(message.text) else None)
    yield page
    assert calls == []


STOPPED = re.compile(r"Content Security Policy|Refused to|Trusted ?(Type|HTML|Script)", re.IGNORECASE)
"""What Chromium says of a script, a style, a frame or an address that the policy forbids."""
OTHERS = r"""() => [...document.querySelectorAll("*")].filter(each =>
    [...each.attributes].some(one => /^on/i.test(one.name)
        || /^(x?link:)?(href|src|action|formaction|data)$/i.test(one.name) && /^\s*(javascript|data):/i.test(one.value))
    || /^(SCRIPT|LINK|BASE|IFRAME|OBJECT|EMBED|META|STYLE|TEMPLATE)$/.test(each.tagName) && /hit\(/.test(each.outerHTML)
).map(each => each.outerHTML.slice(0, 200))"""
"""Elements that a text from outside has made. Nothing of ours is like them; that the policy stops them is too late."""


def look(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator("main").count() == 1
    assert page.evaluate(OTHERS) == []


VIEWS = (
    *("/", "/search", "/search?q=bridge", "/speakers", "/outlets", "/inbox", "/review", "/corrections", "/articles"),
    *("/transcripts", "/trace?q=amber dune"),
)


@pytest.mark.parametrize("view", VIEWS)
def test_no_text_of_the_archive_runs(view: str, hostile: str, watched: Page) -> None:
    look(watched, hostile + view)


@pytest.mark.parametrize("number", range(1, 501 // EACH + 1, 3))
def test_no_text_of_an_article_runs(number: int, hostile: str, watched: Page) -> None:
    for view in (
        f"/articles/{number}",
        f"/articles/{number}/check",
        f"/transcripts/{number}",
        f"/review?article={number}",
    ):
        look(watched, hostile + view)
    for each in (number * 7, number * 11):
        look(watched, f"{hostile}/speakers/{each}")
    look(watched, f"{hostile}/outlets/{number}")
    look(watched, f"{hostile}/trace?statement={number * 5}")


def test_no_query_runs(hostile: str, watched: Page) -> None:
    asked = {"/search": "q", "/speakers": "name", "/articles": "words", "/trace": "q"}
    for number, text in enumerate(payloads()[::20]):
        # A trace costs half a second, since most of what the archive has is like what is asked.
        for path, field in list(asked.items())[: None if number % 3 == 0 else -1]:
            answer = watched.request.get(f"{hostile}{path}", params={field: text})
            assert answer.status < 500, (path, text)
            assert not re.search(r"<script[^>]*>[^<]*hit|<\w+[^>&\"]*\son\w+=hit", answer.text(), re.IGNORECASE)
    for text in payloads()[5::40]:
        fields = "&".join(f"{name}={quote(text, safe='')}" for name in ("q", "sort", "after"))
        watched.goto(f"{hostile}/search?{fields}")
        assert watched.evaluate(OTHERS) == []


@pytest.mark.parametrize("start", [0, 120, 240, 360])
def test_no_pasted_text_runs(start: int, hostile: str, watched: Page) -> None:
    some = payloads()[start : start + 30]
    told = [
        f'"The old bridge over the river {each} will be closed in May," said Mara Venn, the mayor.' for each in some
    ]
    watched.goto(f"{hostile}/read")
    watched.locator("textarea[name=text]").fill(f"Bridge closes {some[0]}\n\n" + "\n\n".join(told))
    watched.locator("textarea[name=text]").evaluate("area => area.form.requestSubmit()")
    watched.wait_for_url(re.compile("/readings/"))
    assert watched.evaluate(OTHERS) == []
    look(watched, watched.url.partition("#")[0] + "/check")


def test_the_page_that_is_watched_would_hear_a_call(watched: Page) -> None:
    """What the tests above rest on: without our policy the very same texts run."""
    heard: list[int] = []
    page = watched.context.new_page()
    page.expose_function("hit", lambda number: heard.append(int(number)))
    page.set_content("<title>x</title><body>" + "".join([*payloads()[:1], "<img src=x onerror=hit(777)>"]))
    page.wait_for_timeout(300)
    assert 777 in heard
