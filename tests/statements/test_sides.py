"""Whose side is taken, what is told otherwise, and which of the words before a denial or a judgement means."""

from __future__ import annotations

import pytest

from sayso.records import Candidate
from sayso.statements import merging, occasion, relations
from tests.statements.articles import article_of


def related(marked, *, candidates=None, acts=None, **options):
    """The relations as kind and first attribution of either side; `candidates` are those of unknown speakers."""
    article = article_of(marked, **options)
    for number, names in (candidates or {}).items():
        article.attributions[number - 1].candidates = [Candidate(name, 0.4) for name in names]
    for number, act in (acts or {}).items():
        article.attributions[number - 1].act = act
    occasion.find_occasions(article)
    article.statements = merging.compose_statements(article)
    first = {each.id: each.attributions[0] for each in article.statements}
    return [(each.kind, first[each.from_], first[each.to]) for each in relations.relate_statements(article)]


@pytest.mark.parametrize(
    "marked, options, expected",
    [
        pytest.param(
            "[s1:Hale] [q1:said] [c1:[s2:the crew] [q2:had begged] [c2:for a second rope]].\n"
            "[s3:The harbour] [q3:denied] [c3:that].",
            {"denies": (3,)},
            ("disputes", "a3", "a2"),
            id="denied-is-what-somebody-tells-of-others",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:[s2:Quill] [q2:had asked for] [c2:more money]].\n"
            "[s3:A guide] [q3:said] [c3:the pier was shut].\n[s4:Quill] [q4:denied] [c4:asking for anything].",
            {"denies": (4,)},
            ("disputes", "a4", "a2"),
            id="the-verb-that-is-denied",
        ),
        pytest.param(
            "[s1:Hale] [q1:told] us [c1:Quill had called the crew lazy]. [c2:“My brother fell,”] [s2:Lund] [q2:said].\n"
            "[s3:Quill] [q3:rejected] [c3:the accusation].",
            {"denies": (3,)},
            ("disputes", "a3", "a1"),
            id="an-accusation-in-plain-words",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the records were lost].\n[s2:Quill] [q2:called] [c2:that “a leaf with a hole”].",
            {},
            ("disputes", "a2", "a1"),
            id="called-that-in-more-than-two-words",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the records were lost]. [s2:Hale] [q2:promised] [c2:to look for them].\n"
            "[s3:Quill] [q3:called] [c3:that an insult].",
            {"acts": {2: "control"}},
            ("disputes", "a3", "a1"),
            id="no-promise-is-an-insult",
        ),
        pytest.param(
            "[c1:“[s2:The owners] [q2:say] [c2:nine hundred]. [s3:Our count] [q3:says] [c3:four hundred],”] [s1:Quill]"
            " [q1:said].",
            {},
            ("disputes", "a3", "a2"),
            id="one-count-against-another",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the wall was sound]. [s2:A guide] [q2:told] us otherwise: [c2:“It leaks.”]",
            {},
            ("disputes", "a2", "a1"),
            id="told-otherwise",
        ),
        pytest.param(
            "[s1:The council] [q1:said] [c1:it had sent two letters]. [s2:Quill] [q2:swears] [c2:none ever came].",
            {},
            ("disputes", "a2", "a1"),
            id="swears-it-was-not-so",
        ),
        pytest.param(
            "[s1:The council] [q1:announced] [c1:the pier would close in May].\n[s2:A guide] [q2:spoke] [c2:of rain].\n"
            "[s3:Quill] [q3:welcomed] [c3:the decision].",
            {},
            ("supports", "a3", "a1"),
            id="welcomed-the-decision",
        ),
        pytest.param(
            "[s1:The harbour] [q1:ordered] [c1:the pier to close].\n[s2:Quill] [q2:called] [c2:the ban absurd].",
            {},
            ("responds to", "a2", "a1"),
            id="called-the-ban",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the pier was unsafe].\n[s2:The union] [q2:sided with] [c2:Hale].",
            {},
            ("supports", "a2", "a1"),
            id="sided-with-somebody",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the crew had lied].\n[s2:They] [q2:denied] [c2:that].",
            {"denies": (2,), "speakers": {2: None}, "candidates": {2: ["crew", "owners"]}},
            ("disputes", "a2", "a1"),
            id="one-of-two-who-are-both-somebody-else",
        ),
    ],
)
def test_found(marked, options, expected):
    assert expected in related(marked, **options)


@pytest.mark.parametrize(
    "marked, options",
    [
        pytest.param(
            "[c1:“[s2:The owners] [q2:say] [c2:nine hundred]. [s3:The crew] [q3:says] [c3:so as well],”] [s1:Quill]"
            " [q1:said].",
            {},
            id="who-says-so-as-well",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the pier was unsafe].\n[s2:The union] [q2:backed] [c2:higher wages].",
            {},
            id="backed-a-thing-of-which-nobody-spoke",
        ),
        pytest.param(
            "[s1:Hale] [q1:said] [c1:the crew had lied].\n[s2:They] [q2:denied] [c2:that].",
            {"denies": (2,), "speakers": {2: None}, "candidates": {2: ["crew", "hale"]}},
            id="perhaps-the-same-speaker",
        ),
        pytest.param(
            "[s1:The council] [q1:said] [c1:it had sent two letters]. [s2:Quill] [q2:insists] [c2:the pier is safe].",
            {},
            id="insists-on-something-else",
        ),
    ],
)
def test_not_found(marked, options):
    assert related(marked, **options) == []
