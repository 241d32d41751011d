"""Act, stance and polarity of cues in their constructions. The markup is that of the gold set: source, cue, content."""

from __future__ import annotations

import re

import pytest

from sayso.documents import Article, Span
from sayso.records import Attribution
from sayso.statements.cues import judge_cues

_TAG = re.compile(r"<(/?)([sqc])(\d+)>")
ROLES = {"s": "source", "q": "cue", "c": "content"}


def marked(text: str) -> Article:
    """An article of one paragraph from a text with `<s1>`, `<q1>`, `<c1>` round sources, cues and contents."""
    plain, at, opened = "", 0, {}
    parts: dict[str, dict[str, list[Span]]] = {}
    for tag in _TAG.finditer(text):
        plain += text[at : tag.start()]
        at = tag.end()
        closing, role, number = tag.groups()
        if closing:
            roles = parts.setdefault(number, {"s": [], "q": [], "c": []})
            roles[role].append(Span(opened.pop((role, number)), len(plain)))
        else:
            opened[role, number] = len(plain)
    plain += text[at:]
    article = Article(id="t", text=plain, paragraphs=[Span(0, len(plain))])
    for number, roles in sorted(parts.items()):
        article.attributions.append(Attribution(number, roles["s"], roles["q"], roles["c"]))
    for each in article.attributions:
        holders = [
            other
            for other in article.attributions
            if other is not each and each.cue and any(span.contains(each.cue[0]) for span in other.content)
        ]
        each.inside = min(holders, key=lambda other: sum(b - a for a, b in other.content)).id if holders else None
    return article


def judged(text: str) -> list[Attribution]:
    article = marked(text)
    judge_cues(article)
    return article.attributions


def shown(text: str, each: Attribution) -> list[str]:
    plain = _TAG.sub("", text)
    return [span.of(plain) for span in each.stance.words]


@pytest.mark.parametrize(
    "cue, content, polarity",
    [
        pytest.param("did not say", "when", "denies", id="did-not-say"),
        pytest.param("didn’t say", "when", "denies", id="contraction"),
        pytest.param("cannot say", "when", "denies", id="cannot"),
        pytest.param("refused to say", "when", "denies", id="refused-to-say"),
        pytest.param("declined to comment on", "the sale", "denies", id="declined-to-comment"),
        pytest.param("declined", "to comment on the sale", "denies", id="refusal-alone-in-the-cue"),
        pytest.param("would not confirm", "that it had sold", "denies", id="would-not-confirm"),
        pytest.param("has yet to say", "when", "denies", id="has-yet-to-say"),
        pytest.param("never said", "so", "denies", id="never"),
        pytest.param("failed to mention", "the loan", "denies", id="failed-to-mention"),
        pytest.param("stopped short of calling", "it a crime", "denies", id="stopped-short"),
        pytest.param("said nothing about", "the loan", "denies", id="said-nothing"),
        pytest.param("had no comment on", "the loan", "denies", id="no-comment"),
        pytest.param("did not respond to", "the letter", "denies", id="no-response"),
        pytest.param("not only said", "so", "affirms", id="not-only-is-no-negation"),
        pytest.param("did not deny", "that it had sold", "affirms", id="two-negations"),
        pytest.param("has not ruled out", "a sale", "affirms", id="not-ruled-out"),
        pytest.param("denied", "the sale", "denies", id="denied"),
        pytest.param("brushed off", "the sale", "denies", id="brushed-off"),
        pytest.param("asked", "whether it had sold", "questions", id="asked-whether"),
        pytest.param("wants to know", "who sold it", "questions", id="wants-to-know"),
        pytest.param("is not sure", "who sold it", "questions", id="not-sure"),
        pytest.param("would say", "so", "affirms", id="modal"),
        pytest.param("was quoted as saying", "so", "affirms", id="passive"),
    ],
)
def test_polarity(cue: str, content: str, polarity: str) -> None:
    (each,) = judged(f"<s1>The mill</s1> <q1>{cue}</q1> <c1>{content}</c1>.")
    assert each.polarity == polarity
    assert each.act == ("control" if "ruled out" in cue else "attitude" if "sure" in cue else "communication")
    assert each.stance.value == "neutral"


def test_a_negation_that_the_cue_leaves_out_counts() -> None:
    (each,) = judged("<s1>The mill</s1> did not <q1>say</q1> <c1>so</c1>.")
    assert each.polarity == "denies"


def test_nobody_denies_and_downing_street_does_not() -> None:
    nobody, street = judged("<s1>No one</s1> <q1>said</q1> <c1>so</c1>. <s2>No 10</s2> <q2>said</q2> <c2>so</c2>.")
    assert (nobody.polarity, street.polarity) == ("denies", "affirms")


@pytest.mark.parametrize(
    "sentence, act",
    [
        pytest.param("<q1>asked</q1> <c1>all drivers on the coast road to carry chains</c1>", "control", id="asked-to"),
        pytest.param("<q1>asked</q1> drivers <c1>to carry chains</c1>", "control", id="addressee-outside"),
        pytest.param("<q1>told</q1> <c1>residents not to drink it</c1>", "control", id="told-not-to"),
        pytest.param("<q1>told</q1> <c1>residents they had to boil it</c1>", "communication", id="told-they-had-to"),
        pytest.param("<q1>asked</q1> <c1>who wanted to speak</c1>", "communication", id="infinitive-of-another-verb"),
        pytest.param("<q1>agreed</q1> <c1>to reopen the pit</c1>", "control", id="agreed-to"),
        pytest.param("<q1>agreed</q1> <c1>that the pit was safe</c1>", "attitude", id="agreed-that"),
        pytest.param("<q1>asked</q1> <c1>the port for its tide tables</c1>", "control", id="asked-for"),
        pytest.param("<q1>asked</q1> <c1>who the tables were for</c1>", "communication", id="asked-who-it-was-for"),
        pytest.param("<q1>rejected</q1> <c1>the latest charge</c1>", "communication", id="rejected-a-charge"),
        pytest.param("<q1>rejected</q1> <c1>a fare of two crowns</c1>", "control", id="rejected-a-course"),
        pytest.param("<q1>rejects</q1> <c1>that</c1>", "communication", id="rejected-what-was-said"),
        pytest.param("<q1>estimates</q1> <c1>a loss of two crowns</c1>", "attitude", id="estimates"),
        pytest.param("<q1>conceded</q1> <c1>that the pit leaks</c1>", "communication", id="conceded"),
        pytest.param("<q1>asked</q1> <c1>that the pit be closed</c1>", "control", id="asked-that"),
        pytest.param("<q1>called for</q1> <c1>talks</c1>", "control", id="called-for"),
        pytest.param("<q1>called</q1> <c1>it late</c1>", "communication", id="called"),
        pytest.param("<q1>sees</q1> <c1>the rule as a gift</c1>", "attitude", id="sees-as"),
        pytest.param("<q1>sees</q1> <c1>that the rule is a gift</c1>", "factive", id="sees-that"),
        pytest.param("<q1>refused</q1> <c1>to sign it</c1>", "control", id="refused-to-act"),
        pytest.param("<q1>refused</q1> <c1>to discuss it</c1>", "communication", id="refused-to-speak"),
        pytest.param("<q1>did not know</q1> <c1>it</c1>", "factive", id="negated-knowledge"),
        pytest.param("<q1>did not admit</q1> <c1>it</c1>", "communication", id="negated-admission"),
    ],
)
def test_act(sentence: str, act: str) -> None:
    (each,) = judged(f"<s1>The council</s1> {sentence}.")
    assert each.act == act


def test_a_possessive_makes_the_cue_a_noun() -> None:
    (each,) = judged("<s1>Her</s1> <q1>call</q1> <c1>to arms</c1> went unheard.")
    assert each.act == "control"


@pytest.mark.parametrize(
    "sentence, polarity",
    [
        pytest.param('<q1>called</q1> <c1>the claims "a pack of lies"</c1>', "denies", id="pack-of-lies"),
        pytest.param("<q1>called</q1> <c1>the charge pure speculation</c1>", "denies", id="pure-speculation"),
        pytest.param("<q1>described</q1> <c1>the accusations as groundless</c1>", "denies", id="described-as"),
        pytest.param("<q1>branded</q1> <c1>the story without foundation</c1>", "denies", id="without-foundation"),
        pytest.param("<q1>called</q1> <c1>the idea absurd</c1>", "denies", id="what-somebody-thinks-is-absurd"),
        pytest.param("<q1>called</q1> <c1>the fare absurd</c1>", "affirms", id="what-somebody-does-is-absurd"),
        pytest.param("<q1>called</q1> <c1>the fake tyres a danger</c1>", "affirms", id="attribute-of-the-object"),
        pytest.param("<q1>called</q1> <c1>the spread of lies a danger</c1>", "affirms", id="part-of-the-object"),
        pytest.param(
            "<q1>found</q1> <c1>that the witness told lies</c1>", "affirms", id="a-that-clause-judges-nothing"
        ),
        pytest.param("<q1>said</q1> <c1>it was a lie</c1>", "affirms", id="a-negative-content-is-affirmed"),
    ],
)
def test_a_rejecting_judgement_denies(sentence: str, polarity: str) -> None:
    (each,) = judged(f"<s1>The mayor</s1> {sentence}.")
    assert each.polarity == polarity


def test_a_judgement_inside_the_claim_is_not_the_speakers() -> None:
    called, claims = judged(
        "<s1>The mayor</s1> <q1>called</q1> <c1><s2>her</s2> <q2>claims</q2> <c2>that the vote was a lie</c2> sad</c1>."
    )
    assert called.polarity == "affirms"
    assert claims.stance.value == "distancing"


@pytest.mark.parametrize(
    "sentence, value, words",
    [
        pytest.param("<s1>He</s1> <q1>has claimed</q1> <c1>it</c1>.", "distancing", ["claimed"], id="claimed"),
        pytest.param("<s1>He</s1> <q1>pointed out</q1> <c1>it</c1>.", "endorsing", ["pointed out"], id="pointed-out"),
        pytest.param("<s1>He</s1> <q1>did not reveal</q1> <c1>it</c1>.", "neutral", [], id="what-is-not-revealed"),
        pytest.param("<s1>He</s1> <q1>confirmed</q1> <c1>it</c1>.", "endorsing", ["confirmed"], id="confirmed"),
        pytest.param("<s1>He</s1> <q1>knew</q1> <c1>it</c1>.", "neutral", [], id="knew"),
        pytest.param("<s1>He</s1> <q1>insisted</q1> <c1>it was</c1>.", "neutral", [], id="insisted"),
        pytest.param(
            "<s1>He</s1> <q1>claimed</q1> <c1>that it was allegedly full</c1>.",
            "distancing",
            ["claimed", "allegedly"],
            id="adverb-in-the-content",
        ),
        pytest.param(
            '<s1>He</s1> <q1>said</q1> <c1>the so-called "war chest" was full</c1>.',
            "distancing",
            ["so-called"],
            id="so-called",
        ),
        pytest.param(
            "<s1>He</s1> reportedly <q1>told</q1> <c1>them so</c1>.", "distancing", ["reportedly"], id="before-the-cue"
        ),
        pytest.param(
            "<s1>He</s1> <q1>falsely claimed</q1> <c1>so</c1>.", "distancing", ["falsely", "claimed"], id="falsely"
        ),
        pytest.param(
            "<s1>He</s1> <q1>said</q1> <c1>he was falsely accused</c1>.", "neutral", [], id="a-verdict-in-the-content"
        ),
        pytest.param(
            '<s1>He</s1> <q1>said</q1> <c1>it was "an alleged theft"</c1>.', "neutral", [], id="the-speakers-own-hedge"
        ),
        pytest.param(
            "<s1>The so-called guild</s1> <q1>said</q1> <c1>so</c1>.", "distancing", ["so-called"], id="hedged-source"
        ),
        pytest.param(
            "<s1>He</s1> <q1>said</q1> <c1>it was supposed to be full</c1>.", "neutral", [], id="supposed-to-is-a-duty"
        ),
        pytest.param(
            "<s1>He</s1> <q1>noted</q1> <c1>the alleged theft</c1>.",
            "distancing",
            ["alleged"],
            id="distance-outweighs-endorsement",
        ),
        pytest.param(
            "<c1>The thief</c1> <q1>reportedly</q1> <c1>left</c1>.", "distancing", ["reportedly"], id="cue-is-adverb"
        ),
    ],
)
def test_stance_with_its_words(sentence: str, value: str, words: list[str]) -> None:
    (each,) = judged(sentence)
    assert (each.stance.value, shown(sentence, each)) == (value, words)


def test_a_cue_in_quotation_marks_is_not_the_outlets() -> None:
    _, inner = judged(
        '<c1>"<s2>They</s2> <q2>claim</q2> <c2>the pit leaks</c2>. It does not,"</c1> <s1>Hale</s1> <q1>said</q1>.'
    )
    assert (inner.stance.value, inner.stance.words) == ("neutral", [])


def test_what_a_court_hears_was_said_there() -> None:
    for sentence, act in (("A court", "communication"), ("The miller", "factive")):
        (each,) = judged(f"<s1>{sentence}</s1> <q1>heard</q1> <c1>that the pit leaks</c1>.")
        assert each.act == act


def test_a_hedge_belongs_to_the_innermost_attribution() -> None:
    sentence = "<s1>He</s1> <q1>brushed off</q1> <c1><q2>reports</q2> <c2>about alleged arms deliveries</c2></c1>."
    outer, inner = judged(sentence)
    assert (outer.stance.value, outer.polarity) == ("neutral", "denies")
    assert (inner.stance.value, shown(sentence, inner)) == ("distancing", ["alleged"])


def test_bare_marks_and_missing_cues_affirm_neutrally() -> None:
    article = marked('<s1>Mayor</s1><q1>:</q1> <c1>no new tram</c1>. <c2>"It is late."</c2>')
    judge_cues(article)
    for each in article.attributions:
        assert (each.act, each.stance.value, each.polarity) == ("communication", "neutral", "affirms")
        assert each.stance.confidence == 1.0


def test_an_unknown_cue_is_neutral_and_says_that_it_is_a_guess() -> None:
    (each,) = judged("<s1>He</s1> <q1>blorped</q1> <c1>it</c1>.")
    assert (each.act, each.stance.value, each.polarity) == ("communication", "neutral", "affirms")
    assert each.stance.confidence == 0.3


def test_a_learned_class_stands_in_where_the_lexicon_lacks_the_cue() -> None:
    article = marked("<s1>He</s1> <q1>blorped</q1> <c1>it</c1>. <s2>He</s2> <q2>said</q2> <c2>it</c2>.")
    judge_cues(article, learned={"1": ("attitude", "distancing"), "2": ("control", "endorsing")})
    unknown, known = article.attributions
    assert (unknown.act, unknown.stance.value, unknown.stance.confidence) == ("attitude", "distancing", 0.5)
    assert [span.of(article.text) for span in unknown.stance.words] == ["blorped"]
    assert (known.act, known.stance.value, known.stance.confidence) == ("communication", "neutral", 1.0)


def test_judging_twice_changes_nothing() -> None:
    article = marked("<s1>He</s1> <q1>claimed</q1> <c1>that it was allegedly full</c1>.")
    judge_cues(article)
    once = repr(article.attributions)
    judge_cues(article)
    assert repr(article.attributions) == once


def test_offsets_hold_where_small_letters_are_longer() -> None:
    sentence = "<s1>İİİ Bank</s1> <q1>said</q1> <c1>it was allegedly full</c1>."
    (each,) = judged(sentence)
    assert shown(sentence, each) == ["allegedly"]
