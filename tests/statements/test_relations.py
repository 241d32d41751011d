"""Who takes up whose words, and by which of the article's words that shows."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents import Article, Span
from sayso.records import Attribution, Speaker
from sayso.statements import compose
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
        pytest.param(
            "[s1:Hale] [q1:said] [c1:[s2:Quill] [q2:had asked] [c2:him to wait]]. [s3:Quill] [q3:denied] [c3:it].",
            {"denies": (3,)},
            [("disputes", "a3", "a2", ["denied"])],
            id="denied-what-another-has-him-say",
        ),
        pytest.param(
            "[s1:The guild] [q1:warned] [c1:of rust]. [s2:Hale] [q2:said] [c2:it rained].\n"
            "[s3:Quill] [q3:questioned] [c3:the guild's figures].",
            {"asks": (3,)},
            [("disputes", "a3", "a1", ["questioned"])],
            id="whose-figures",
        ),
        pytest.param(
            "[s1:Hale] [q1:would not discuss] [c1:[q2:rumours of] [c2:a sale]].\n[s3:Quill] [q3:laughed off]"
            " [c3:the gossip].",
            {"denies": (1, 3)},
            [("disputes", "a3", "a2", ["laughed off"])],
            id="gossip-means-rumours",
        ),
        pytest.param(
            "[s1:The paper] [q1:claimed] [c1:that Quill had sold the pier].\n"
            "[c2:“This is fantasy, start to end,”] [s2:Quill] [q2:said].",
            {},
            [("disputes", "a2", "a1", ["fantasy"])],
            id="this-is-fantasy",
        ),
        pytest.param(
            "[s1:The paper] [q1:alleged] [c1:that Quill had copied the plans].\n[s2:A lawyer for Quill] [q2:said]"
            " [c2:his client had done nothing wrong].",
            {},
            [("disputes", "a2", "a1", ["his client had done nothing wrong"])],
            id="nothing-wrong",
        ),
        pytest.param(
            "[c1:“[s2:They] [q2:say] [c2:I sold the pier]. I never owned it,”] [s1:Quill] [q1:said].",
            {},
            [("disputes", "a1", "a2", ["“They say I sold the pier. I never owned it,”"])],
            id="they-say-of-me",
        ),
        pytest.param(
            "[c1:“[s2:They] [q2:promised] us [c2:that fares would fall]. They have doubled,”] [s1:Quill] [q1:said].",
            {},
            [("disputes", "a1", "a2", ["“They promised us that fares would fall. They have doubled,”"])],
            id="a-broken-promise",
        ),
        pytest.param(
            "[s1:Police] [q1:said] [c1:30 divers were held]. [s2:Hale] [q2:put] [c2:the number at 110].",
            {},
            [("disputes", "a2", "a1", ["put", "the number at 110"])],
            id="another-number",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:that Quill had seen the lamp]. [s2:Quill] [q2:called] [c2:that an insult].",
            {},
            [("disputes", "a2", "a1", ["called"])],
            id="called-that",
        ),
        pytest.param(
            "[s1:Hale] [q1:asked] [c1:who had cut the cable]. [s2:Quill] [q2:said] [c2:a storm had].",
            {"asks": (1,)},
            [("responds to", "a2", "a1", ["a storm had"])],
            id="a-question-and-its-answer",
        ),
        pytest.param(
            "[s2:Quill] [q2:insisted] [c2:that the pier was safe], hours after [s1:a paper] [q1:reported] [c1:rust].",
            {},
            [("responds to", "a2", "a1", ["hours after"])],
            id="after-a-report",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the port would cut forty berths].\nAsked about the cuts,"
            " [s2:Quill] [q2:said] [c2:nothing was decided].",
            {},
            [("responds to", "a2", "a1", ["Asked about"])],
            id="asked-about-what-another-said",
        ),
        pytest.param(
            "[s1:Hale] [q1:offered] [c1:to open the files]. [s2:Quill] [q2:accepted] [c2:the offer].",
            {},
            [("responds to", "a2", "a1", ["accepted"])],
            id="accepted-an-offer",
        ),
        pytest.param(
            "[s1:A crew] [q1:reported] [c1:rust in the north pier]. [s3:Orr] [q3:sang] [c3:on].\n[s2:Quill]"
            " [q2:welcomed] [c2:the findings].",
            {},
            [("supports", "a2", "a1", ["welcomed"])],
            id="welcomed-findings",
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
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the survey was lost]. [s2:Quill] [q2:would not release] [c2:it].",
            {"denies": (2,)},
            id="what-is-not-done-disputes-nothing",
        ),
        pytest.param(
            "Asked [q1:if] [c1:he would go], [s2:Quill] [q2:said] [c2:it rained].", {}, id="a-question-of-nobody"
        ),
        pytest.param(
            "[c1:“[s2:The guild] [q2:says] [c2:it watches]. Watching stops nothing,”] [s1:Quill] [q1:said].",
            {},
            id="irony",
        ),
        pytest.param(
            "[c1:“[s2:They] [q2:told] us [c2:it would hold]. Who are they?”] [s1:Quill] [q1:said].",
            {},
            id="a-question-contradicts-nothing",
        ),
        pytest.param(
            "[s1:Lund] [q1:accuses] [c1:Hale of waste], while [s2:Hale] [q2:accuses] [c2:Lund of sloth].",
            {},
            id="two-accusations-in-one-breath",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:it rained].\n[s2:Quill] [q2:questioned] [c2:the rust theory].",
            {"asks": (2,)},
            id="what-stands-beside-the-noun-must-come-back",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the pier was old]. [s2:Quill] [q2:described] [c2:the talks as useful].",
            {},
            id="a-judgement-of-no-words",
        ),
        pytest.param(
            "[s1:Hale] [q1:accused] [c1:the port of letting Quill down]. [s2:Quill] [q2:denied] [c2:selling the pier].",
            {"denies": (2,)},
            id="another-is-accused",
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


def test_what_follows_a_denial_in_quotation_marks_disputes_too():
    assert related(
        "[s1:Hale] [q1:accused] [c1:Quill of hiding the survey].\n[s2:Quill] [q2:denied] [c2:the accusation]."
        " [c3:“It is on my desk,”] [s3:Quill] [q3:said].",
        denies=(2,),
    ) == [
        ("disputes", "a2", "a1", ["denied"]),
        ("disputes", "a3", "a1", ["“It is on my desk,”"]),
    ]


def test_an_accusation_is_taken_up_where_its_speaker_began():
    assert related(
        "[s1:Hale] [q1:said] [c1:the survey was lost]. [s2:Hale] [q2:added] [c2:that it was late].\n"
        "[s3:Quill] [q3:retorted] [c3:that he had never asked for it]."
    ) == [("responds to", "a3", "a1", ["retorted"])]


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


_WORDS = (
    "they say I sold it . We never did , he denied that the claims were a lie called this nonsense asked whether"
    " rumours of told us would 30 put the figure at “ ” after a paper revealed accepted offer confirmed replied \n"
).split(" ")
_SPAN = st.tuples(st.integers(0, 39), st.integers(1, 12))


@settings(max_examples=200, deadline=None)
@given(
    tokens=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=40),
    drawn=st.lists(
        st.tuples(
            *(st.lists(_SPAN, max_size=2) for _ in range(3)),
            st.sampled_from(["ann", "bo", None]),
            st.integers(0, 5),
        ),
        max_size=6,
    ),
)
def test_any_article_has_relations_between_its_statements(tokens, drawn):
    text = " ".join(tokens)
    starts = [0, *(found.end() for found in re.finditer(" ", text)), len(text) + 1]
    article = Article("x", text, paragraphs=[Span(0, len(text))], published=None)
    article.speakers = [Speaker("ann", "Ann Lee"), Speaker("bo", "Bo Lee")]
    for number, (*parts, speaker, holder) in enumerate(drawn):
        spans = [
            sorted(
                Span(starts[min(first, len(tokens) - 1)], starts[min(first + size, len(tokens))] - 1)
                for first, size in part
                if first < len(tokens)
            )
            for part in parts
        ]
        inside = f"a{holder}" if holder < number else None
        article.attributions.append(Attribution(f"a{number}", *spans, speaker=speaker, inside=inside))
    compose(article)
    ids = {each.id for each in article.statements}
    for relation in article.relations:
        assert relation.from_ != relation.to
        assert {relation.from_, relation.to} <= ids
        assert relation.evidence
        assert all(0 <= span.start <= span.end <= len(text) for span in relation.evidence)
