"""Quotes that are not as said: each verdict, each class of difference, each way to change the sense."""

from __future__ import annotations

import pytest

from tests.checks.judged import judged, transcript_of

CHANGED = [
    # negation
    pytest.param("We will raise it", "We will not raise it", "negation", id="not-dropped"),
    pytest.param("We will not raise it", "We will raise it", "negation", id="not-added"),
    pytest.param("We do raise rates here", "We don't raise rates here", "negation", id="contracted-not-dropped"),
    pytest.param("We can't raise rates here", "We can raise rates here", "negation", id="contracted-not-added"),
    pytest.param("We cannot raise it here", "We can raise it here", "negation", id="cannot-for-can"),
    pytest.param("I have said such a thing", "I have never said such a thing", "negation", id="never-dropped"),
    pytest.param("men you may meet, not only here", "men you may never meet, not only here", "negation", id="not-near"),
    pytest.param("Nobody in town wants it", "Everybody in town wants it", "negation", id="nobody-for-everybody"),
    pytest.param("There is evidence of it", "There is no evidence of it", "negation", id="no-dropped"),
    pytest.param("they came with a permit", "they came without a permit", "negation", id="with-for-without"),
    pytest.param("it is possible to do so", "it is impossible to do so", "negation", id="possible-for-impossible"),
    pytest.param("he was satisfied with it", "he was dissatisfied with it", "negation", id="dis-dropped"),
    pytest.param("it hardly changed at all here", "it changed at all here", "negation", id="hardly-added"),
    pytest.param("the harmful gas is gone", "the harmless gas is gone", "negation", id="harmful-for-harmless"),
    pytest.param("We … raise taxes on them", "We will not raise taxes on them", "negation", id="ellipsis-hides-a-not"),
    pytest.param("They … will sell it", "They do not think we will sell it", "negation", id="ellipsis-hides-more"),
    pytest.param("We will [not] sell it", "We will sell it", "negation", id="bracket-adds-a-not"),
    pytest.param("We [will] sell it all", "We won't sell it all", "negation", id="bracket-drops-a-not"),
    pytest.param("We will // sell it all", "We will not sell it all", "negation", id="interruption-hides-a-not"),
    # number
    pytest.param("we lost 46 ships", "we lost 45 ships", "number", id="other-digits"),
    pytest.param("we lost forty-six ships", "we lost forty-five ships", "number", id="other-number-words"),
    pytest.param("we lost 54 ships", "we lost forty-five ships", "number", id="digits-for-other-words"),
    pytest.param("the mayor has ships", "the mayor has three ships", "number", id="number-dropped"),
    pytest.param("one of the mayors, in 2017", "one of the mayors, in 2016", "number", id="other-year"),
    pytest.param("the third time we met", "the second time we met", "number", id="other-ordinal"),
    pytest.param("two-thirds of them went", "three-quarters of them went", "number", id="other-fraction"),
    pytest.param("it rose from 15 to 10 there", "it rose from 10 to 15 there", "number", id="numbers-turned-round"),
    pytest.param("we have [20] ships", "we have 10 ships", "number", id="bracket-changes-a-number"),
    # unit
    pytest.param("we owe 5 billion of it", "we owe 5 million of it", "unit", id="billion-for-million"),
    pytest.param("we owe $5 of it now", "we owe $5 million of it now", "unit", id="million-dropped"),
    pytest.param("we owe £5 million of it", "we owe $5 million of it", "unit", id="other-currency"),
    pytest.param("we walked ten miles today", "we walked ten kilometers today", "unit", id="miles-for-kilometers"),
    pytest.param("it fell by 5 percentage points", "it fell by 5 percent", "unit", id="points-for-percent"),
    pytest.param("it takes three weeks or so", "it takes three days or so", "unit", id="weeks-for-days"),
    # name
    pytest.param("I spoke to Anna Brandt today", "I spoke to Anna Keller today", "name", id="other-surname"),
    pytest.param("I spoke to Karl Brandt today", "I spoke to Anna Brandt today", "name", id="other-first-name"),
    pytest.param("we fly to Iran tomorrow", "we fly to Iraq tomorrow", "name", id="other-country"),
    pytest.param("the mayor of [Ostby] said so", "the mayor of Westby said so", "name", id="bracket-changes-a-name"),
    # modal
    pytest.param("We should do it soon", "We could do it soon", "modal", id="should-for-could"),
    pytest.param("We must do it soon", "We may do it soon", "modal", id="must-for-may"),
    pytest.param("We will do it soon", "We might do it soon", "modal", id="will-for-might"),
    pytest.param("We should not do it", "We cannot do it", "modal", id="should-not-for-cannot"),
    pytest.param("They'd do it soon", "They'll do it soon", "modal", id="would-for-will-contracted"),
    pytest.param("We have to do it soon", "We want to do it soon", "modal", id="have-to-for-want-to"),
    pytest.param("We do it in the spring", "We will do it in the spring", "modal", id="will-dropped"),
    pytest.param("We [must] do it soon", "We may do it soon", "modal", id="bracket-changes-a-modal"),
    # quantifier
    pytest.param("all of the houses burned", "some of the houses burned", "quantifier", id="all-for-some"),
    pytest.param("many people came there", "few people came there", "quantifier", id="many-for-few"),
    pytest.param("and few people came there", "and a few people came there", "quantifier", id="few-for-a-few"),
    pytest.param("we lost 40 ships", "we lost almost 40 ships", "quantifier", id="almost-dropped"),
    pytest.param("we lost 40 ships", "we lost about 40 ships", "quantifier", id="about-dropped"),
    pytest.param("we lost at most 40 ships", "we lost at least 40 ships", "quantifier", id="at-most-for-at-least"),
    pytest.param("we lost 40 ships", "we lost only 40 ships", "quantifier", id="only-dropped"),
    pytest.param("and the houses burned", "and some of the houses burned", "quantifier", id="some-of-dropped"),
    pytest.param("he is always late for it", "he is sometimes late for it", "quantifier", id="always-for-sometimes"),
    pytest.param("it is the cause of it", "it is perhaps the cause of it", "quantifier", id="perhaps-dropped"),
    pytest.param("it is the cause of it", "it is, perhaps, the cause of it", "quantifier", id="perhaps-between-commas"),
    # tense of a commitment
    pytest.param("We have built the bridge", "We will build the bridge", "tense", id="have-built-for-will-build"),
    pytest.param("We decided to build it", "We will decide to build it", "tense", id="decided-for-will-decide"),
    pytest.param("We are going to build the pier", "We have built the pier", "tense", id="going-to-for-have-built"),
    pytest.param("We paid the men each week", "We pay the men each week", "tense", id="paid-for-pay"),
    pytest.param("they were ready to go", "they are ready to go", "tense", id="were-for-are"),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "spoken", "sense"), CHANGED)
def test_a_changed_sense_is_altered_and_named(quote: str, spoken: str, sense: str) -> None:
    found = judged(quote, spoken)
    assert found.judgement.value == "altered", found.differences
    assert sense in found.reverses, found.judgement.differences


SAME_SENSE = [
    pytest.param("I wasn't satisfied with it", "I was unsatisfied with it", id="not-satisfied-unsatisfied"),
    pytest.param("We have to pay it back", "We must pay it back", id="have-to-must"),
    pytest.param("He will come back to us", "He is going to come back to us", id="will-going-to"),
    pytest.param("almost 40 ships were lost", "nearly 40 ships were lost", id="almost-nearly"),
    pytest.param("and each of them was here", "and every one of them was here", id="each-every-one"),
    pytest.param("Mrs. Brandt told us so", "Senator Brandt told us so", id="title-for-title"),
    pytest.param("a catastrophe for the town", "a disaster for the town", id="synonym"),
    pytest.param("the behavior of the banks", "the behaviors of the banks", id="plural"),
    pytest.param("the town told him so", "the town told her so", id="pronoun"),
    pytest.param(
        "the fishermen mended the harbour by themselves", "the fishermen mended the harbour on their own", id="phrase"
    ),
    pytest.param("he stole it from the town", "he took it from the town", id="stronger-verb"),
    pytest.param("it may be that we go", "it maybe that we go", id="may-be-is-not-maybe"),
    pytest.param("he told us all of it", "he told US all of it", id="us-is-not-the-us"),
]


@pytest.mark.parametrize(("quote", "spoken"), SAME_SENSE)
def test_other_words_are_altered(quote: str, spoken: str) -> None:
    found = judged(quote, spoken)
    assert found.judgement.value == "altered", found.differences
    assert any(each.class_ == "wording" for each in found.judgement.differences)


@pytest.mark.parametrize(
    ("quote", "spoken"),
    [case for case in SAME_SENSE if case.id not in ("may-be-is-not-maybe", "us-is-not-the-us")],
)
def test_other_words_for_the_same_reverse_nothing(quote: str, spoken: str) -> None:
    assert not judged(quote, spoken).reverses


@pytest.mark.parametrize(
    ("quote", "spoken", "difference"),
    [
        pytest.param(
            "the old plan is fine", "the old harbour plan is fine", ("omitted", "wording", "harbour", ""), id="one-word"
        ),
        pytest.param(
            "We saw the men go home",
            "We saw the men who work at the mill go home",
            ("omitted", "wording", "who work at the mill", ""),
            id="clause",
        ),
        pytest.param(
            "The plan will work here",
            "The plan, which is not new, will work here",
            ("omitted", "wording", "which is not new", ""),
            id="a-not-of-its-own-clause",
        ),
        pytest.param(
            "We went there with friends of ours",
            "We went there in 2010 with friends of ours",
            ("omitted", "wording", "in 2010", ""),
            id="a-date",
        ),
        pytest.param(
            "all these reports of yours", "all of these reports of yours", ("omitted", "wording", "of", ""), id="all-of"
        ),
    ],
)  # fmt: skip
def test_words_left_out_are_trimmed(quote: str, spoken: str, difference: tuple[str, ...]) -> None:
    found = judged(quote, spoken)
    assert found.judgement.value == "trimmed", found.differences
    assert found.differences == [difference]


@pytest.mark.parametrize(
    ("quote", "spoken", "difference"),
    [
        pytest.param("the very old plan", "the old plan", ("added", "wording", "", "very"), id="added"),
        pytest.param("the old plan", "the new plan", ("replaced", "wording", "new", "old"), id="replaced"),
        pytest.param(
            "today we will go to town", "we will go to town today", ("moved", "wording", "today", "today"), id="moved"
        ),
        pytest.param(
            "the men and women here", "the women and men here", ("moved", "wording", "women and", "and women"), id="two"
        ),
        pytest.param("we don't pay", "we do not pay", ("replaced", "contraction", "do not", "don't"), id="contraction"),
        pytest.param("eight ships", "8 ships", ("replaced", "style", "8", "eight"), id="style"),
        pytest.param("we will pay", "we will, uh, pay", ("omitted", "filler", "uh", ""), id="filler"),
        pytest.param("and we pay", "and we we pay", ("omitted", "stutter", "we", ""), id="stutter"),
        pytest.param("it is [a town’s] duty", "it is our duty", ("replaced", "bracket", "our", "[a town’s]"), id="["),
        pytest.param("we … pay", "we, as you know well, pay", ("omitted", "ellipsis", "as you know well", ""), id="e"),
        pytest.param("it is 300 tons", "it is ~~200~~ [300] tons", ("omitted", "correction", "200", ""), id="struck"),
    ],
)  # fmt: skip
def test_differences_are_typed_and_slice(quote: str, spoken: str, difference: tuple[str, ...]) -> None:
    assert judged(quote, spoken).differences == [difference]


def test_an_ellipsis_says_how_much_it_leaves_out() -> None:
    found = judged("We pay … each week", "We pay the men of the mill each week")
    assert [each.reason for each in found.judgement.differences] == ["5 words left out at an ellipsis"]


def test_marks_do_not_excuse_other_changes() -> None:
    assert judged("We [the town] will pay for it all", "We will pay for it soon").judgement.value == "altered"


@pytest.mark.parametrize(
    ("quote", "spoken"),
    [
        pytest.param("The weather is lovely in spring", "We will pay for the new pier in June", id="nothing-in-common"),
        pytest.param("and that is what it is for us", "so that we do what it takes for them", id="small-words-alone"),
        pytest.param("pay up", "We will pay for the pier", id="one-word-of-two"),
    ],
)
def test_unlike_passages_are_not_found(quote: str, spoken: str) -> None:
    found = judged(quote, spoken)
    assert found.judgement.value == "not found"
    assert not found.judgement.differences


def test_empty_sides_are_not_found() -> None:
    assert judged("—", "We will pay").judgement.value == "not found"
    assert judged("We will pay", transcript_of("…")).judgement.value == "not found"


@pytest.mark.parametrize(
    ("quote", "spoken", "value"),
    [
        pytest.param("We [would] go home then", "We will go home then", "altered", id="will-would"),
        pytest.param("They [could] go home then", "They can go home then", "altered", id="can-could"),
    ],
)
def test_a_bracket_that_shifts_the_tense_is_doubted(quote: str, spoken: str, value: str) -> None:
    found = judged(quote, spoken)
    assert found.judgement.value == value
    assert found.reverses == ["modal"]
    assert found.judgement.doubt is not None
