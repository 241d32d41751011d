"""Whose words an article is made of: counted by hand."""

from __future__ import annotations

import pytest

from sayso.records import Stance
from sayso.statements.merging import compose_statements
from sayso.statements.profile import profile_of, profile_to_json
from tests.statements.articles import article_of

MARKED = """[s1:Quill] [q1:said] [c1:the bridge “must close at once”].
[c2:“It must close at once or it will fall,”] [s2:Quill] [q2:said].
[s3:A guide] [q3:claimed] [c3:that [s4:Quill] [q4:had said] [c4:nothing]]. [c5:“Shame!”][q5:.]"""


@pytest.fixture
def article():
    article = article_of(MARKED)
    article.speakers[1].kind = "anonymous"
    article.attributions[2].stance = Stance("distancing")
    article.statements = compose_statements(article)
    return article


def test_words_are_counted_once_a_statement(article):
    quill = profile_of(article).speakers[0]
    assert (quill.speaker, quill.words, quill.direct_words, quill.indirect_words) == ("quill", 9, 9, 0)
    assert quill.statements == 1


def test_stances_are_counted_for_every_attribution(article):
    quill, guide = profile_of(article).speakers
    assert quill.stances == {"neutral": 2, "endorsing": 0, "distancing": 0}
    assert guide.stances == {"neutral": 0, "endorsing": 0, "distancing": 1}


def test_shares(article):
    profile = profile_of(article)
    assert profile.attributed_words == 9 + 5 + 1
    assert [each.share for each in profile.speakers] == [9 / 15, 5 / 15]
    assert profile.words == 28
    assert profile.attributed_share == (6 + 9 + 5 + 1) / 28


def test_named_anonymous_and_missing(article):
    profile = profile_of(article)
    assert (profile.named_attributions, profile.anonymous_attributions) == (2, 1)
    assert (profile.attributions_without_speaker, profile.quotes_without_speaker) == (1, 1)


@pytest.mark.parametrize(
    "kind, name, named",
    [
        pytest.param("person", "Mara Quill", True, id="person"),
        pytest.param("anonymous", "a European diplomat", False, id="anonymous"),
        pytest.param("group", "the two senators", False, id="described-group"),
        pytest.param("group", "the Harbour Four", True, id="named-group"),
    ],
)
def test_named(kind, name, named):
    article = article_of("[s1:Quill] [q1:said] [c1:no].")
    article.speakers[0].kind, article.speakers[0].name = kind, name
    assert profile_of(article).speakers[0].named is named


@pytest.mark.parametrize(
    "speakers, expected",
    [
        pytest.param("QQQ", [("q", 3)], id="three-in-a-row"),
        pytest.param("QQ", [], id="two-are-too-few"),
        pytest.param("QQHQQQQ", [("q", 4)], id="after-another"),
        pytest.param("QQ-Q", [], id="a-paragraph-without-attribution-ends-it"),
        pytest.param("QQQHHH", [("q", 3), ("h", 3)], id="one-after-the-other"),
        pytest.param("QQ?Q", [], id="an-unknown-speaker-ends-it"),
    ],
)
def test_stretches(speakers, expected):
    lines = [
        "Nobody spoke." if letter == "-" else f"[s{n}:{letter}] [q{n}:said] [c{n}:no]."
        for n, letter in enumerate(speakers, 1)
    ]
    unknown = {n: None for n, letter in enumerate(speakers, 1) if letter == "?"}
    article = article_of("\n".join(lines), speakers=unknown)
    stretches = profile_of(article).stretches
    assert [(each.speaker, each.paragraphs) for each in stretches] == expected
    for each in stretches:
        assert each.span.of(article.text).count("\n") == each.paragraphs - 1


def test_json_is_plain(article):
    found = profile_to_json(profile_of(article))
    assert found["speakers"][0] == {
        "speaker": "quill",
        "name": "Quill",
        "named": True,
        "words": 9,
        "direct_words": 9,
        "indirect_words": 0,
        "statements": 1,
        "stances": {"neutral": 2, "endorsing": 0, "distancing": 0},
        "share": 0.6,
    }
    assert found["attributed_share"] == 0.75
    assert found["stretches"] == []


def test_an_article_without_attributions():
    profile = profile_of(article_of("Nobody spoke."))
    assert (profile.words, profile.attributed_words, profile.attributed_share, profile.speakers) == (2, 0, 0.0, [])
