from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from sayso.documents import Article
from sayso.exports import render
from sayso.exports.speakers import COLOURS
from sayso.records import Occasion, Speaker, Statement

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


def page(*articles: Article, by_speaker: bool = False) -> Page:
    return Page(html(*articles, by_speaker=by_speaker))


def html(*articles: Article, by_speaker: bool = False) -> str:
    return "".join(render(articles, "html", by_speaker=by_speaker))


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


@pytest.mark.parametrize("by_speaker", [False, True], ids=["in-order", "by-speaker"])
def test_links_lead_somewhere_and_every_attribution_has_a_number_and_a_card(
    article: Article, layered: Article, by_speaker: bool
) -> None:
    elements = page(article, layered, by_speaker=by_speaker).elements
    ids = [attributes["id"] for _, attributes, _ in elements if "id" in attributes]
    links = [attributes["href"] for _, attributes, _ in elements if (attributes.get("href") or "").startswith("#")]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link} <= set(ids)
    assert {f"{kind}{number}" for kind in ("ref", "card") for number in range(1, 15)} <= set(ids)


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
    attribution = article.attributions[0]
    attribution.id = attribution.speaker = HOSTILE
    attribution.about = [HOSTILE, "gone"]
    attribution.occasion = Occasion([], HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    mentions = [article.paragraphs[0]]
    article.speakers = [Speaker(HOSTILE, HOSTILE, titles=[HOSTILE], stands_for=HOSTILE, mentions=mentions)]
    article.mentioned = [Speaker("other", HOSTILE, mentions=mentions)]
    article.statements = [Statement(HOSTILE, HOSTILE, [HOSTILE], HOSTILE)]
    plain = page(build("plain words here", ("plain", "words", "here")))
    shown = page(article)
    own = set("h1 b header div table thead tbody tr th td svg rect".split())
    assert {tag for tag, _, _ in shown.elements} <= {tag for tag, _, _ in plain.elements} | own
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
    assert page(article).texts(class_="unsure") == ["unsure (31%)"] * 2, "in each of the two lists"


def test_speaker_is_told_by_letters_as_well_as_by_colour(layered: Article) -> None:
    shown = page(layered)
    assert shown.texts(class_="s1", data_source="5") == ["he"]
    assert shown.texts(class_="c1", data_a="5") == ["“That is pure invention,”"]
    assert shown.texts(class_="h1", id="ref5") == ["OH5"]
    assert shown.texts(class_="h1", data_face="5")[0].startswith("5OHhe (Otto Hale) told")
    assert shown.texts(id="ref6") == ["6"], "nobody's letters where the speaker is undecided"
    assert "(Otto Hale 0.55 or Mara Quill 0.41)" in shown.texts(class_="meant")


def test_cards_say_what_is_out_of_the_ordinary(layered: Article) -> None:
    shown = page(layered)
    assert shown.texts(class_="loud")[:3] == ["denies", "unsure (45%)", "distancing (“claimed”)"]
    notes = shown.texts(class_="note")
    assert notes[:3] == [
        "same as 2",
        "at a press conference, on Monday · 9 March · about council, harbour bridge · disputed by 4 Otto Hale",
        "disputes 2 Mara Quill",
    ]
    assert shown.texts(href="#card4") == ["OH4", "4"]


def test_statements_stand_once_under_the_name_of_their_speaker(layered: Article) -> None:
    shown = page(layered)
    assert shown.texts(id="speaker1") == ["MQMara Quillperson · Mayor · 4 mentions"]
    group = shown.texts(class_="who")[0]
    assert group.count("The council knew for years") == 1
    assert "also in the headline (1)" in group and "disputed by 4 Otto Hale" in group
    assert shown.texts(href="#said4") == ["4"]
    assert [text for tag, _, text in map(flattened, shown.elements) if tag == "h3"][-2:] == [
        "Speaker undecided",
        "No speaker named",
    ]
    assert shown.texts(class_="others") == ["Only talked about: council (2), harbour bridge"]


def flattened(element: tuple[str, dict[str, str | None], list[str]]) -> tuple[str, dict[str, str | None], str]:
    return element[0], element[1], "".join(element[2])


def test_page_opens_with_the_list_that_was_asked_for(layered: Article) -> None:
    for by_speaker, opened in ((False, "pick-order"), (True, "pick-speakers")):
        elements = page(layered, by_speaker=by_speaker).elements
        assert [attributes["class"] for _, attributes, _ in elements if "checked" in attributes] == [opened]


def test_mentions_are_marked_with_their_speaker(layered: Article) -> None:
    shown = page(layered)
    assert "".join(shown.texts(data_m="1")) == "mayorMayor Mara QuillsheQuill"
    assert shown.texts(id="who1") == [""], "where the name in the list leads"


def test_profile_is_drawn_in_proportion(layered: Article) -> None:
    shown = page(layered)
    bars = [attributes for tag, attributes, _ in shown.elements if tag == "rect" and attributes.get("class")]
    widths = [(bar["class"], int(bar["width"] or 0)) for bar in bars]
    # Mara Quill's thirteen words are the most: two quoted; then Otto Hale's six, four of them quoted.
    assert widths[:4] == [("quoted", 154), ("told", 846), ("quoted", 308), ("told", 154)]
    lanes = [attributes for tag, attributes, _ in shown.elements if tag == "rect" and not attributes.get("class")]
    places = [
        round(1000 * span.start / len(layered.text)) for each in layered.attributions[:3] for span in each.content
    ]
    assert [int(lane["x"] or 0) for lane in lanes[:3]] == places
    assert not page(Article("x", "Rain.")).texts(class_="profile")


def styles(scheme: str) -> dict[str, str]:
    """The custom properties of the page in a colour scheme."""
    css = "".join(files("sayso.exports").joinpath(name).read_text("utf-8") for name in ("page.css", "speakers.css"))
    light = re.findall(r"(?s)^:root \{(.*?)\}", css, re.MULTILINE)
    dark = re.findall(r"(?s)prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", css)
    rules = "".join(light + (dark if scheme == "dark" else []))
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", rules))


def channels(colour: str) -> list[float]:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def mixed(colour: str, share: str, paper: str) -> list[float]:
    part = float(share.rstrip("%")) / 100
    return [part * one + (1 - part) * other for one, other in zip(channels(colour), channels(paper), strict=True)]


def contrast(one: list[float], other: list[float]) -> float:
    """As the Web Content Accessibility Guidelines count it (2.2, relative luminance)."""

    def luminance(colour: list[float]) -> float:
        parts = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_speaker_s_colour_can_be_read(scheme: str) -> None:
    style = styles(scheme)
    paper, hues = style["--paper"], [style[f"--h{place}"] for place in range(COLOURS)]
    for hue in hues:
        assert contrast(channels(hue), channels(paper)) >= 4.5, hue
        assert contrast(channels(hue), channels(style["--card"])) >= 4.5, hue
        for below in hues:
            assert contrast(channels(hue), mixed(below, style["--depth"], paper)) >= 4.5, (hue, below)
        for depth, least in (("--depth-inner", 7), ("--depth-innermost", 7), ("--depth-on", 5)):
            assert contrast(channels(style["--ink"]), mixed(hue, style[depth], paper)) >= least, (hue, depth)
