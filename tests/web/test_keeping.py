"""Whole answers that are kept: made once for each state of the archive, and for each of those who ask."""

from __future__ import annotations

from sayso.archive import open_archive
from sayso.archive.remembering import Memory
from tests.archive.built import given
from tests.archive.filled import fill, news
from tests.web.access import Guarded

KEPT = ("/", "/search?q=ferry", "/articles", "/articles/2", "/articles/2.json", "/speakers", "/speakers/1", "/outlets",
        "/outlets/1", "/trace?q=the+bridge+closes", "/review", "/corrections", "/transcripts")  # fmt: skip

CORRECT = '<a class="button" href="/review/2">'
"""What an article's page offers to editors."""


def test_every_kept_page_changes_with_the_archive_and_not_without(own: Guarded) -> None:
    fill(own.archive)
    client, asker = own.client(), own.headers("editor")
    first = {url: client.get(url, headers=asker) for url in KEPT}
    assert {url: each.status_code for url, each in first.items()} == dict.fromkeys(KEPT, 200)
    pages = client.app.state.serving.pages  # type: ignore[attr-defined]
    size = pages.bytes
    again = {url: client.get(url, headers=asker) for url in KEPT}
    assert pages.bytes == size > 0
    for url in KEPT:
        assert again[url].content == first[url].content, url
        assert again[url].headers == first[url].headers, url
    # By another process.
    with open_archive(own.archive.where) as other:
        other.save(news(60), given("60.html"))
        other.correct(2, field="confirmed", target=other.article(2).verdicts[0].id, by="Ed")
    after = {url: client.get(url, headers=asker).content for url in KEPT}
    client.app.state.serving.pages = Memory(0)  # type: ignore[attr-defined]
    client.app.state.serving.archive.store.memory = None  # type: ignore[attr-defined]
    assert after == {url: client.get(url, headers=asker).content for url in KEPT}, "as if nothing were kept"
    assert "confirmed" in client.get("/corrections", headers=asker).text.casefold()
    assert client.get("/search.json?q=60", headers=asker).json()["total"] > 0


def test_each_role_has_its_own_and_nobody_none(own: Guarded) -> None:
    fill(own.archive)
    client = own.client()
    pages = {role: client.get("/articles/2", headers=own.headers(role)) for role in ("editor", "reader", "editor")}
    assert CORRECT in pages["editor"].text
    assert CORRECT not in pages["reader"].text
    assert client.get("/articles/2", headers=own.headers("nobody")).status_code != 200
    assert ">Ed</a>" not in pages["reader"].text
    assert ">Rae</a>" in pages["reader"].text


def test_what_was_refused_is_not_kept(own: Guarded) -> None:
    client, asker = own.client(), own.headers("reader")
    assert client.get("/articles/1", headers=asker).status_code == 404
    assert client.get("/search?q=%22open", headers=asker).status_code == 400
    assert client.app.state.serving.pages.bytes == 0  # type: ignore[attr-defined]
