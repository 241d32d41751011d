from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from sayso.documents import Article
from sayso.exports import render

VOID = {"meta", "br", "img", "link", "input"}


class Page(HTMLParser):
    """A page as its elements: name, attributes and the text within, and a check that all are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open[-1][0]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        for _, _, text in self.open:
            text.append(data)

    def texts(self, **wanted: str) -> list[str]:
        """The text of the elements that have these attributes, a value among several of them included."""
        return [
            "".join(text)
            for _, attributes, text in self.elements
            if all(
                value in (attributes.get(name.strip("_").replace("_", "-")) or "").split()
                for name, value in wanted.items()
            )
        ]


def page(*articles: Article) -> Page:
    return Page(html(*articles))


def html(*articles: Article) -> str:
    return "".join(render(articles, "html"))


def test_the_article_is_all_there_once(article: Article) -> None:
    shown = page(article)
    lines = shown.texts(class_="text")
    without_numbers = [re.sub(r"(learns|said|According to|claim|added)\d(\.\d)?", r"\1", line) for line in lines]
    assert without_numbers == article.text.splitlines()


def test_discontinuous_content_is_one_attribution(article: Article) -> None:
    assert page(article).texts(data_a="2") == ["The bridge", "Mara Quill", "said", "must close"]


def test_nested_attribution_shows_inside_the_outer_one(article: Article) -> None:
    shown = page(article)
    assert shown.texts(data_a="4") == ["the union's", "claim", "that the council slept"]
    assert shown.texts(class_="source", data_source="4") == ["the union's"]
    assert shown.texts(class_="said2") == ["that the council slept"]
    assert (
        "".join(shown.texts(data_a="3"))
        == 'According toOtto Halethe union\'s claim that the council slept is "mere noise"'
    )


def test_overlapping_contents_are_cut_at_their_bounds(build: Callable[..., Article]) -> None:
    shown = page(build("A says one two three B says", ("A", "says", "one two"), ("B", "", "two three")))
    assert shown.texts(data_a="1") == ["A", "says", "one ", "two"]
    assert shown.texts(data_a="2") == ["two", " three", "B"]
    assert shown.texts(class_="opens") == ["one ", "two", "what is said"]
    assert shown.texts(class_="closes") == ["two", " three", "what is said"]


def test_every_attribution_has_one_number_and_one_card_that_lead_to_each_other(article: Article) -> None:
    elements = page(article, article).elements
    ids = [attributes["id"] for _, attributes, _ in elements if "id" in attributes]
    links = [attributes["href"] for _, attributes, _ in elements if (attributes.get("href") or "").startswith("#")]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link} <= set(ids)
    assert {f"{kind}{number}" for kind in ("ref", "card") for number in range(1, 11)} <= set(ids)


def test_number_is_kept_when_its_place_lies_between_two_blocks(build: Callable[..., Article]) -> None:
    article = build("One.\nTwo.", ("", "", "One.\n"))
    article.paragraphs = [article.paragraphs[0]._replace(end=4), article.paragraphs[0]._replace(start=5)]
    assert page(article).texts(id="ref1") == ["1"]


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onmouseover='x' </style></title><!--"


def test_hostile_text_stays_text_everywhere(build: Callable[..., Article]) -> None:
    article = build(HOSTILE, (HOSTILE[:20], HOSTILE[20:40], HOSTILE[40:]))
    article.headline = article.paragraphs[0]
    article.outlet = article.language = article.url = HOSTILE
    article.warnings = [HOSTILE]
    article.attributions[0].id = HOSTILE
    plain = page(build("plain words here", ("plain", "words", "here")))
    shown = page(article)
    assert {tag for tag, _, _ in shown.elements} <= {tag for tag, _, _ in plain.elements} | {"h1", "div"}
    assert sum(tag == "script" for tag, _, _ in shown.elements) == 1
    assert not [
        name for _, attributes, _ in shown.elements for name in attributes if name.startswith("on") or name == "style"
    ]


@pytest.mark.parametrize(
    "url, linked",
    [
        pytest.param("https://courier.example/a?b=1&c=2", True, id="https"),
        pytest.param("javascript:alert(1)", False, id="javascript"),
        pytest.param("data:text/html,x", False, id="data"),
        pytest.param(" javascript:alert(1)//https://", False, id="javascript-after-a-space"),
    ],
)
def test_only_web_addresses_become_links(article: Article, url: str, linked: bool) -> None:
    article.url = url
    links = [attributes.get("href") for tag, attributes, _ in page(article).elements if tag == "a"]
    assert (url in links) == linked
    assert linked or not [link for link in links if not (link or "").startswith("#")]


def test_policy_lets_the_page_run_its_own_script_and_style_alone(article: Article) -> None:
    shown = page(article)
    policy = next(a["content"] for _, a, _ in shown.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        body = next("".join(text) for name, _, text in shown.elements if name == tag)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_page_asks_for_nothing_from_elsewhere(article: Article) -> None:
    text = html(article)
    assert not re.search(r"""(?i)\bsrc\s*=|url\(|@import|<link|fetch\(|XMLHttpRequest""", text)
    assert "http://" not in text and "https://" not in text


def test_several_articles_have_a_table_of_contents(article: Article, build: Callable[..., Article]) -> None:
    shown = page(article, build("Rain."))
    assert "Harbour bridge to close, Courier learns" in shown.texts(href="#article1")
    assert shown.texts(class_="record")[1].count("No attributions found") == 1


def test_low_confidence_is_told_in_words(article: Article) -> None:
    assert page(article).texts(class_="unsure") == ["unsure, 31%"]
