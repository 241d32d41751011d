"""What a container says of an article fills in what the article does not say itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sayso.documents import Article, Transcript
from sayso.intake import Item, read_item
from tests.intake.making import SITE, page, sentences

TEXT = "\n\n".join(sentences(1))


def article_of(data: bytes, **said: object) -> Article:
    given = {key: said.pop(key) for key in ("published_by_user", "outlet_by_user") if key in said}
    item = Item("a", "a", data, **said)  # type: ignore[arg-type]
    article = read_item(item, published=given.get("published_by_user"), outlet=given.get("outlet_by_user"))  # type: ignore[arg-type]
    assert isinstance(article, Article)
    return article


def test_what_the_article_does_not_say_is_the_containers() -> None:
    moment = datetime(2024, 5, 4, 8, tzinfo=UTC)
    article = article_of(TEXT.encode(), media_type="text/plain", outlet="The Ferry Post", published=moment, url=SITE)
    assert (article.outlet, article.published, article.url) == ("The Ferry Post", moment, SITE)


def test_the_pages_own_date_and_outlet_go_first() -> None:
    head = (
        '<meta property="article:published_time" content="2024-05-03T08:00:00+00:00">'
        '<meta property="og:site_name" content="The Tidewater Courier">'
    )
    article = article_of(
        page(1, head=head), media_type="text/html", outlet="The Ferry Post", published=date(2024, 5, 4)
    )
    assert (article.outlet, str(article.published)[:10]) == ("The Tidewater Courier", "2024-05-03")


def test_the_users_word_goes_before_all() -> None:
    article = article_of(
        page(1), media_type="text/html", outlet="The Ferry Post", published=date(2024, 5, 4),
        published_by_user=date(2024, 6, 1), outlet_by_user="The Harbour Mail",
    )  # fmt: skip
    assert (article.outlet, article.published) == ("The Harbour Mail", date(2024, 6, 1))


@pytest.mark.parametrize("media_type, data", [
    pytest.param("text/plain", f"OSLO, May 2 (NTB) - {TEXT}".encode(), id="text"),
    pytest.param("text/html", page(1).replace(b"<p>", b"<p>OSLO, May 2 (NTB) - ", 1), id="page"),
])  # fmt: skip
def test_a_dateline_without_a_year_is_completed(media_type: str, data: bytes) -> None:
    article = article_of(data, media_type=media_type, published=date(2024, 5, 4))
    assert article.dateline is not None
    assert article.dateline.date == date(2024, 5, 2)


@pytest.mark.parametrize("stated, fetched, kept", [
    pytest.param(f"{SITE}/ferry", f"{SITE}/ferry?utm_source=feed", f"{SITE}/ferry", id="without-what-counts-readers"),
    pytest.param("https://www.tidewater.example/ferry", "https://m.tidewater.example/ferry",
                 "https://www.tidewater.example/ferry", id="the-page-for-telephones"),
    pytest.param(f"{SITE}/", f"{SITE}/ferry", f"{SITE}/ferry", id="front-page-for-every-article"),
    pytest.param("https://agency.example/ferry", f"{SITE}/ferry", f"{SITE}/ferry", id="taken-over-from-another-site"),
])  # fmt: skip
def test_which_address_is_the_articles(stated: str, fetched: str, kept: str) -> None:
    head = f'<link rel="canonical" href="{stated}">'
    assert article_of(page(1, head=head), media_type="text/html", url=fetched).url == kept


def test_a_headline_that_the_text_opens_with_is_found() -> None:
    article = article_of(f"Nothing is sure.\n\n{TEXT}".encode(), media_type="text/plain", headline="Nothing Is Sure")
    assert article.headline is not None
    assert article.headline.of(article.text) == "Nothing is sure."
    assert [span.of(article.text) for span in article.paragraphs] == sentences(1)


def test_a_transcript_with_its_day() -> None:
    item = Item(
        "talk.txt", "talk.txt", b"MS. LEE: No.\n\nQ: Why?\n", "transcript", published=date(2024, 5, 4), url=SITE
    )
    transcript = read_item(item)
    assert isinstance(transcript, Transcript)
    assert (transcript.date, transcript.url) == (date(2024, 5, 4), SITE)
