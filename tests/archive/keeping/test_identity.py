"""By what an article is known again."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.archive.forms import Given
from sayso.archive.keeping.identity import canonical_url, key_of
from sayso.documents import Article


@pytest.mark.parametrize(
    "url, same",
    [
        pytest.param("HTTPS://Tidewater.Example/Bridge", "https://tidewater.example/Bridge", id="case-of-host-only"),
        pytest.param("http://tidewater.example/a", "https://tidewater.example/a", id="both-schemes"),
        pytest.param("https://tidewater.example:443/a/", "https://tidewater.example/a", id="port-and-slash"),
        pytest.param("https://tidewater.example:8443/a", "https://tidewater.example:8443/a", id="a-port-of-its-own"),
        pytest.param("https://tidewater.example/a?id=7&utm_campaign=x", "https://tidewater.example/a?id=7", id="utm"),
        pytest.param("https://tidewater.example/?fbclid=x#top", "https://tidewater.example", id="nothing-left"),
        pytest.param("https://tidewater.example/a?utmost=1", "https://tidewater.example/a?utmost=1", id="not-utm_"),
        pytest.param("https://[::1", "https://[::1", id="not-an-address"),
        pytest.param("not an address", "not an address", id="words"),
        pytest.param("https://tidewater.example:99999/a", "https://tidewater.example:99999/a", id="no-such-port"),
    ],
)
def test_canonical_url(url: str, same: str) -> None:
    assert canonical_url(url) == same
    assert canonical_url(same) == same


@pytest.mark.parametrize(
    "url, given, key",
    [
        pytest.param("https://t.example/a", Given("a.html", guid="g"), "url:https://t.example/a", id="address-first"),
        pytest.param(None, Given("a.xml", guid="urn:wire:1"), "guid:urn:wire:1", id="then-the-publishers-identifier"),
        pytest.param(None, Given("https://t.example/a#1"), "url:https://t.example/a", id="fetched-from-an-address"),
        pytest.param(None, Given("a.txt"), f"file:{Path('a.txt').absolute()}", id="then-the-file-in-full"),
        pytest.param(None, Given("-"), "text:a1", id="piped-in"),
        pytest.param(None, Given(""), "text:a1", id="a-text"),
    ],
)
def test_key_of(url: str | None, given: Given, key: str) -> None:
    assert key_of(Article("a1", "Text", url=url), given) == key
