"""Which attributions become one statement, and which must not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents import Article, Span
from sayso.records import Attribution
from sayso.statements.merging import compose_statements
from tests.statements.articles import article_of


def merged(article):
    return [each.attributions for each in compose_statements(article) if len(each.attributions) > 1]


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(
            "[c1:“The bridge must close at once,”] [s1:Quill] [q1:said].\n[c2:“The bridge must close at once”],"
            " [s2:Quill] [q2:said] again.",
            id="same-words",
        ),
        pytest.param(
            "[s1:Quill] [q1:called] the bridge [c1:“a danger to every child in town”].\n"
            "[c2:“It is a danger to every child in town, and it has been for years,”] [s2:Quill] [q2:said].",
            id="part-of-a-longer-quote",
        ),
        pytest.param(
            "[c1:Bridge cables rotten], [s1:Quill] [q1:says]\n[s2:Quill] [q2:said] [c2:the cables of the bridge"
            " had been"
            " rotten for a decade].",
            id="headline-and-body",
        ),
        pytest.param(
            "[s1:Quill] [q1:scorns] [c1:'dockside gossip']\n[s2:Quill] [q2:called] [c2:the letter 'dockside gossip'].",
            id="headline-quotes-two-words",
        ),
        pytest.param(
            "[s1:Quill] [q1:accuses] [c1:port of breaking cable pact]\n[s2:Quill] [q2:accused] [c2:Hale of selling two"
            " cables that were promised to the bridge].",
            id="headline-accuses-in-other-words",
        ),
        pytest.param(
            "[c1:We got fog, not ferries], [s1:Quill] [q1:says]\n[c2:“We were promised ferries and we got fog,”]"
            " [s2:Quill] [q2:said].",
            id="headline-turns-a-quotation-round",
        ),
        pytest.param(
            "[c1:Letter is 'theatre'], [s1:Quill] [q1:says]\n[c2:“This is theatre, and a dear one,”] [s2:Quill]"
            " [q2:said].",
            id="headline-quotes-one-word",
        ),
        pytest.param(
            "[c1:Mayor 'sold pier for cash'], [s1:Quill] [q1:says]\n[s3:Hale] [q3:said] [c3:that [s2:Quill]"
            " [q2:suspected] [c2:the mayor of selling the old pier]].",
            id="headline-of-what-is-nested-below",
        ),
        pytest.param(
            "A line\n[s1:Quill] [q1:said] [c1:the north pier would be rebuilt by autumn].\nMore.\n[s2:Quill] [q2:said]"
            " [c2:that the north pier would be rebuilt by the autumn].",
            id="two-indirect-reports",
        ),
    ],
)
def test_merged(marked):
    assert merged(article_of(marked, headline=True)) == [["a1", "a2"]]


@pytest.mark.parametrize(
    "marked, options",
    [
        pytest.param(
            "[c1:“The bridge must close at once,”] [s1:Quill] [q1:said].\n[c2:“The bridge must close at once,”]"
            " [s2:Hale]"
            " [q2:said].",
            {},
            id="two-speakers",
        ),
        pytest.param(
            "[s1:Quill] [q1:said] [c1:the cables were rotten].\n[s2:Quill] [q2:denied] [c2:the cables were rotten].",
            {"denies": (2,)},
            id="polarity",
        ),
        pytest.param(
            "[c1:Bridge cables not rotten], [s1:Quill] [q1:says]\n[s2:Quill] [q2:said] [c2:the bridge had"
            " rotten cables].",
            {"headline": True},
            id="negation",
        ),
        pytest.param(
            "[c1:Twelve bridge cables rotten], [s1:Quill] [q1:says]\n[s2:Quill] [q2:said] [c2:14 bridge cables"
            " were rotten].",
            {"headline": True},
            id="number",
        ),
        pytest.param(
            "[s1:Quill] [q1:rejected] [c1:the claims].\n[s2:Quill] [q2:mocked] [c2:the claims].", {}, id="too-few-words"
        ),
        pytest.param(
            "[c1:More money for bridge], [s1:Quill] [q1:says]\n[s2:Hale] [q2:said] [c2:no]. [s3:Orr] [q3:said]"
            " [c3:yes]. [s4:Hale] [q4:said] [c4:never].\n[s5:Quill] [q5:said] [c5:the bridge had the best Danish"
            " cables]. [s6:Quill] [q6:said] [c6:they were new].",
            {"headline": True},
            id="headline-about-something-else",
        ),
        pytest.param(
            "[s1:Quill] [q1:said] [c1:[s2:Hale] [q2:had said] [c2:the north pier would be rebuilt by autumn]].",
            {"speakers": {1: "quill", 2: "quill"}},
            id="one-inside-the-other",
        ),
        pytest.param(
            "[c1:the north pier would be rebuilt], it was [q1:said].\n[s2:Quill] [q2:said] [c2:the north pier would be"
            " rebuilt].",
            {},
            id="unknown-speaker-and-no-quotation",
        ),
    ],
)
def test_kept_apart(marked, options):
    assert merged(article_of(marked, **options)) == []


def test_an_unknown_speaker_joins_whose_quoted_words_are_the_same():
    article = article_of(
        "[c1:'The bridge must close at once'][q1:.]\n[c2:“The bridge must close at once,”] [s2:Quill] [q2:said]."
    )
    (statement,) = compose_statements(article)
    assert (statement.speaker, statement.attributions) == ("quill", ["a1", "a2"])


def test_an_unknown_speaker_between_two_joins_neither():
    quote = "“The bridge must close at once,”"
    article = article_of(
        f"[c1:{quote}] [q1:came] a cry.\n[c2:{quote}] [s2:Quill] [q2:said].\n[c3:{quote}] [s3:Hale] [q3:said]."
    )
    assert merged(article) == []


def test_the_same_words_merge_across_depths():
    article = article_of(
        "[c1:“The bridge must close at once,”] [s1:Quill] [q1:said].\n[s3:The paper] [q3:reported] [c3:that [s2:Quill]"
        " [q2:said] [c2:“the bridge must close at once”]]."
    )
    assert merged(article) == [["a1", "a2"]]


def test_a_headline_joins_only_what_is_nearest_to_it():
    article = article_of(
        "[c1:North bridge cables unsafe], [s1:Quill] [q1:says]\n[s2:Quill] [q2:said] [c2:the cables of the north bridge"
        " were unsafe].\nMore.\n[s3:Quill] [q3:said] [c3:new cables for the north bridge would be here by May].",
        headline=True,
    )
    assert merged(article) == [["a1", "a2"]]


@pytest.mark.parametrize("speaker", [pytest.param(None, id="unknown"), pytest.param("owner", id="nowhere-else")])
def test_a_headline_of_a_speaker_unknown_below_goes_by_its_words(speaker):
    article = article_of(
        "[c1:Winter ferry in doubt], [s1:owner] [q1:warns]\n[s2:Quill] [q2:said] [c2:the winter ferry was in doubt"
        " until May].",
        headline=True,
        speakers={1: speaker},
    )
    (statement,) = compose_statements(article)
    assert (statement.speaker, statement.attributions) == ("quill", ["a1", "a2"])


def test_a_headline_of_an_unknown_speaker_joins_nobody_where_two_have_its_words():
    article = article_of(
        "[c1:Winter ferry in doubt], [s1:owner] [q1:warns]\n[s2:Quill] [q2:said] [c2:the winter ferry was in doubt].\n"
        "[s3:Hale] [q3:said] [c3:the winter ferry was in doubt].",
        headline=True,
        speakers={1: None},
    )
    assert merged(article) == []


def test_what_a_headline_quotes_is_what_it_is_about():
    article = article_of(
        "[c1:Ferry rule ‘a gift to thieves’], [s1:Quill] [q1:says]\n[s2:Quill] [q2:warned] [c2:that the new rule would"
        " cost a tenth of the crew].",
        headline=True,
    )
    assert merged(article) == []


def test_every_attribution_is_in_one_statement_in_text_order():
    article = article_of(
        "[c2:“No,”] [s2:Hale] [q2:said].\n[s1:Quill] [q1:said] [c1:that [s3:Hale] [q3:had told] her [c3:to wait]]."
    )
    statements = compose_statements(article)
    assert [(each.id, each.speaker, each.attributions) for each in statements] == [
        ("st1", "hale", ["a2"]),
        ("st2", "quill", ["a1"]),
        ("st3", "hale", ["a3"]),
    ]


def test_the_text_is_the_fullest_wording():
    article = article_of(
        "[c1:The bridge “must close at once”], [s1:Quill] [q1:said].\n[c2:“It must close at once,”] [s2:Quill]"
        " [q2:said],"
        " [c2:“or it\nwill fall.”]",
    )
    (statement,) = compose_statements(article)
    assert statement.text == "“It must close at once,” “or it will fall.”"


def test_an_article_without_attributions_has_no_statements():
    assert compose_statements(article_of("Nobody spoke.")) == []


@settings(max_examples=200, deadline=None)
@given(
    reports=st.lists(
        st.tuples(
            st.sampled_from(["quill", "hale", None]),
            st.sampled_from(["affirms", "denies"]),
            st.lists(st.sampled_from("the bridge must not close at once or cables fall 12 “ ”".split()), max_size=9),
        ),
        max_size=8,
    )
)
def test_whatever_is_reported_is_in_one_statement_of_one_speaker(reports):
    text = "\n".join(" ".join(content) + " said" for _, _, content in reports)
    article = Article("x", text)
    start = 0
    for number, (speaker, polarity, content) in enumerate(reports):
        end = start + len(" ".join(content))
        parts = [Span(start, end)] if content else []
        attribution = Attribution(f"a{number}", [], [Span(end + 1, end + 5)], parts)
        attribution.speaker, attribution.polarity = speaker, polarity
        article.attributions.append(attribution)
        article.paragraphs.append(Span(start, end + 5))
        start = end + 6
    statements = compose_statements(article)
    by_id = {each.id: each for each in article.attributions}
    names = [name for each in statements for name in each.attributions]
    assert sorted(names) == sorted(by_id)
    for statement in statements:
        members = [by_id[name] for name in statement.attributions]
        assert {each.speaker for each in members} - {None} <= {statement.speaker}
        assert len({each.polarity for each in members}) == 1
