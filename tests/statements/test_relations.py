"""Who takes up whose words, and by which of the article's words that shows."""

from __future__ import annotations

import pytest

from sayso.statements.merging import compose_statements
from sayso.statements.occasion import find_occasions
from sayso.statements.relations import relate_statements
from tests.statements.articles import article_of, words


def related(marked, **options):
    """The relations as kind, first attribution of either side, and evidence."""
    article = article_of(marked, **options)
    find_occasions(article)
    article.statements = compose_statements(article)
    first = {each.id: each.attributions[0] for each in article.statements}
    return [
        (each.kind, first[each.from_], first[each.to], words(article, each.evidence))
        for each in relate_statements(article)
    ]


@pytest.mark.parametrize(
    "marked, options, expected",
    [
        pytest.param(
            "[s1:Quill] [q1:called] [c1:[s2:Lund's] [q2:claims] [c2:that the cables were rotten] pure speculation].",
            {"denies": (1,)},
            [("disputes", "a1", "a2", ["called", "pure speculation"])],
            id="called-the-claims-speculation",
        ),
        pytest.param(
            "[s1:Quill] [q1:brushed off] [c1:[q2:reports] [c2:about alleged rust]].",
            {"denies": (1,)},
            [("disputes", "a1", "a2", ["brushed off"])],
            id="reports-of-nobody",
        ),
        pytest.param(
            "[s1:Quill] [q1:said] [c1:[s2:the crew's] [q2:claim] [c2:of rust] was nonsense].",
            {},
            [("disputes", "a1", "a2", ["nonsense"])],
            id="said-it-was-nonsense",
        ),
        pytest.param(
            "[s1:The crew] [q1:said] [c1:the north cables had been cut to save money].\nMore.\n"
            "[s2:Quill] [q2:denied] [c2:cutting the north cables to save money].",
            {"denies": (2,)},
            [("disputes", "a2", "a1", ["denied"])],
            id="same-content-elsewhere",
        ),
        pytest.param(
            "[s1:The crew] [q1:accused] [c1:Quill of hiding the survey]. [s3:A guide] [q3:said] [c3:it rained].\n"
            "[s2:Quill] [q2:denied] [c2:the accusation].",
            {"denies": (2,)},
            [("disputes", "a2", "a1", ["denied"])],
            id="denied-the-accusation",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the survey was lost]. [s2:Quill] [q2:disputed] [c2:that].",
            {"denies": (2,)},
            [("disputes", "a2", "a1", ["disputed"])],
            id="disputed-that",
        ),
        pytest.param(
            "Asked to comment on the storm and [s1:the crew's] [q1:accusations] [c1:that the survey was hidden],"
            " [s2:Quill] [q2:said] [c2:it had been published].",
            {},
            [("responds to", "a2", "a1", ["Asked to comment on"])],
            id="asked-about-accusations",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the survey was lost].\n[s2:Quill] [q2:retorted] [c2:that he had never"
            " asked for it].",
            {},
            [("responds to", "a2", "a1", ["retorted"])],
            id="retorted",
        ),
        pytest.param(
            "[s1:Quill] [q1:backed] [c1:[s2:the crew's] [q2:call] [c2:for a new survey]].",
            {},
            [("supports", "a1", "a2", ["backed"])],
            id="backed-a-call",
        ),
        pytest.param(
            "[s1:The crew] [q1:said] [c1:two north cables had snapped]. [s2:Quill] [q2:confirmed] [c2:that two"
            " north cables"
            " had snapped].",
            {},
            [("supports", "a2", "a1", ["confirmed"])],
            id="confirmed",
        ),
        pytest.param(
            "[c1:“We will not be the last to cross it,”] [s1:Hale] [q1:said]. [s2:Quill] [q2:told] the crew"
            " [c2:“we will not be the last to cross it”].",
            {},
            [("repeats", "a2", "a1", ["“we will not be the last to cross it”"])],
            id="the-same-words-from-another",
        ),
        pytest.param(
            "[s1:Hale] [q1:called for] [c1:a new survey of the bridge]. [s2:Quill] [q2:echoed] [c2:the call].",
            {},
            [("repeats", "a2", "a1", ["echoed"])],
            id="echoed-the-call",
        ),
    ],
)
def test_related(marked, options, expected):
    assert related(marked, **options) == expected


@pytest.mark.parametrize(
    "marked, options",
    [
        pytest.param(
            "[s1:Quill] [q1:declined to comment on] [c1:[s2:the crew's] [q2:claim] [c2:of rust]].",
            {"denies": (1,)},
            id="no-comment-disputes-nothing",
        ),
        pytest.param(
            "[s1:Quill] [q1:denied] [c1:that [s2:Hale] [q2:had told] her [c2:to wait]].",
            {"denies": (1,)},
            id="the-saying-is-denied",
        ),
        pytest.param(
            "[s1:Quill] [q1:said] [c1:[s2:the crew's] [q2:claims] [c2:of rust] were not false].",
            {},
            id="not-false",
        ),
        pytest.param(
            "[s1:Quill] [q1:said] [c1:the survey was lost]. [s2:Quill] [q2:denied] [c2:the survey was lost twice].",
            {"denies": (2,)},
            id="one-speaker-twice",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:it rained]. [s2:Quill] [q2:denied] [c2:the accusation].",
            {"denies": (2,)},
            id="no-accusation-before",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the survey was lost]. [s2:Quill] [q2:refused to answer] [c2:questions].",
            {"denies": (2,)},
            id="refused-to-answer",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the survey was lost]. [s2:Quill] [q2:walked back] [c2:the remark].",
            {},
            id="walked-back-is-no-backing",
        ),
        pytest.param(
            "[s1:The paper] [q1:reported], [q2:citing] [s2:a guide], [c1:[c2:“that it will not be the last to fall”]].",
            {},
            id="one-content-of-two",
        ),
    ],
)
def test_not_related(marked, options):
    assert related(marked, **options) == []


def test_the_nearest_accuser_of_this_speaker_is_meant():
    assert related(
        "[s1:The crew] [q1:accused] [c1:Quill of hiding the survey]. [s2:A guide] [q2:accused] [c2:Hale of sleeping].\n"
        "[s3:Quill] [q3:denied] [c3:the accusations].",
        denies=(3,),
    ) == [("disputes", "a3", "a1", ["denied"])]


def test_a_relation_is_between_statements():
    """Headline and body are one statement, so one relation comes of two reports of the denial."""
    assert related(
        "[s1:Quill] [q1:denies] [c1:[q2:reports] [c2:of rusty north cables]]\n"
        "[s3:Quill] [q3:denied] [c3:[q4:reports] [c4:of rusty north cables]].",
        denies=(1, 3),
        headline=True,
        speakers={2: "reports", 4: "reports"},
    ) == [("disputes", "a1", "a2", ["denies", "denied"])]


def test_a_denial_without_a_cue_is_shown_by_its_content():
    article = article_of("[s1:Quill] [q1:x] [c1:[s2:Lund's] [q2:claims] [c2:of rust] a lie].", denies=(1,))
    article.attributions[0].cue = []
    article.attributions[1].inside = "a1"
    article.statements = compose_statements(article)
    (relation,) = relate_statements(article)
    assert words(article, relation.evidence) == ["a lie"]
