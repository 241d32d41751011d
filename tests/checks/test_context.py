"""Words cut off next to a quote that change its sense, and what stands round a passage."""

from __future__ import annotations

import pytest

from sayso.checks.context import context_of, cut_off
from sayso.documents import Span
from tests.checks.judged import transcript_of


def cut(quote: str, spoken: str, article: str = "“{}”") -> list[tuple[str, str]]:
    """The kinds and words of the context of a quote that is said word by word."""
    transcript = transcript_of(spoken)
    start = spoken.index(quote)
    text = article.format(quote)
    at = text.index(quote)
    passage = Span(start, start + len(quote))
    return [(each.kind, each.span.of(spoken)) for each in cut_off(transcript, passage, text, Span(at, at + len(quote)))]


@pytest.mark.parametrize(
    ("quote", "spoken", "context"),
    [
        pytest.param("we should sell the port", "I do not think that we should sell the port.",
                     ("negation", "I do not think that"), id="do-not-think"),
        pytest.param("a disaster for the town", "It is not a disaster for the town.",
                     ("negation", "is not"), id="not-a"),
        pytest.param("we will sell the port", "It is not true that we will sell the port.",
                     ("negation", "It is not true that"), id="not-true-that"),
        pytest.param("evidence of any fraud here", "There is no evidence of any fraud here.",
                     ("negation", "There is no"), id="there-is-no"),
        pytest.param("The port will be sold", "The port will be sold is not true at all.",
                     ("negation", "is not true"), id="is-not-true-after"),
        pytest.param("we will close the port", "If they strike again, we will close the port.",
                     ("condition", "If they strike again"), id="if-before"),
        pytest.param("We will close the port", "We will close the port if they strike again.",
                     ("condition", "if they strike again"), id="if-after"),
        pytest.param("We will close the port", "We will close the port unless the county pays.",
                     ("condition", "unless the county pays"), id="unless-after"),
        pytest.param("we will close the port", "As long as I am mayor, we will close the port.",
                     ("condition", "As long as I am mayor"), id="as-long-as"),
        pytest.param("we should sell the port", "Some people say that we should sell the port.",
                     ("hearsay", "Some people say that"), id="some-say"),
        pytest.param("the port is bankrupt today", "My opponent claims that the port is bankrupt today.",
                     ("hearsay", "My opponent claims that"), id="my-opponent-claims"),
        pytest.param("the port is bankrupt today", "Anna Brandt said the port is bankrupt today.",
                     ("hearsay", "Anna Brandt said"), id="as-somebody-said"),
        pytest.param("the port is bankrupt today", "According to the bank, the port is bankrupt today.",
                     ("hearsay", "According to the bank"), id="according-to"),
        pytest.param("the port is bankrupt today", "There is this rumour that the port is bankrupt today.",
                     ("hearsay", "this rumour that"), id="rumour"),
        pytest.param("I never lost a vote", "I would be lying if I said I never lost a vote.",
                     ("hypothetical", "I would be lying if I said"), id="lying-if-i-said"),
        pytest.param("the port burns down tonight", "Suppose the port burns down tonight.",
                     ("hypothetical", "Suppose"), id="suppose"),
        pytest.param("the port should be sold now", "Do you think the port should be sold now?",
                     ("question", "Do you think"), id="question"),
    ],
)  # fmt: skip
def test_words_that_change_the_sense(quote: str, spoken: str, context: tuple[str, str]) -> None:
    assert cut(quote, spoken) == [context]


@pytest.mark.parametrize(
    ("quote", "spoken"),
    [
        pytest.param("we should sell the port", "I do think that we should sell the port.", id="affirmed"),
        pytest.param("we should sell the port", "I say that we should sell the port.", id="says-so-himself"),
        pytest.param("We will close it", "We will close it. If they strike, we will not.", id="other-sentence"),
        pytest.param("we will close the port", "I do not like it, but we will close the port.", id="other-clause"),
        pytest.param("a good plan but a cheap one", "It is not only a good plan but a cheap one.", id="not-only"),
        pytest.param("we will win this race", "There is no doubt that we will win this race.", id="no-doubt"),
        pytest.param("what the plan will cost us", "I do not know what the plan will cost us.", id="indirect-question"),
        pytest.param("We will close the port", "We will close the port even if they strike.", id="even-if"),
        pytest.param("it costs us nothing now", "If you look at the books, it costs us nothing now.", id="if-you-look"),
        pytest.param("the port", "I do not think the port is lost.", id="too-few-words"),
        pytest.param("We went to the port", "We went to the port and had a drink.", id="cut-without-harm"),
        pytest.param("so we paid the men", "They asked us, so we paid the men.", id="reason-before"),
    ],
)
def test_words_that_do_not(quote: str, spoken: str) -> None:
    assert cut(quote, spoken) == []


@pytest.mark.parametrize(
    ("article", "spoken"),
    [
        pytest.param("He does not think “{}”.", "I do not think we should sell the port.", id="denied-by-the-article"),
        pytest.param(
            "If they strike, “{}”.", "If they strike, we should sell the port.", id="condition-told-by-the-article"
        ),
        pytest.param("Critics say “{}”, he said.", "Some say we should sell the port.", id="hearsay-told-as-such"),
        pytest.param(
            "Asked whether “{}”, he laughed.", "Do you think we should sell the port?", id="told-as-a-question"
        ),
    ],
)
def test_nothing_where_the_article_tells_so(article: str, spoken: str) -> None:
    assert cut("we should sell the port", spoken, article) == []


BRIEFING = transcript_of(
    "MAYOR ORLEY: Good morning. We sold the port. It was cheap.\n"
    "Q: Are you sorry?\n"
    "AUDIENCE: Yes!\n"
    "MAYOR ORLEY: Well, I am not sorry, since it was cheap. Nobody wept. That is all.\n"
)


@pytest.mark.parametrize(
    ("words", "before", "after", "question"),
    [
        pytest.param("We sold the port.", "Good morning.", "It was cheap.", None, id="whole-sentence"),
        pytest.param("Good morning.", None, "We sold the port.", None, id="first-sentence"),
        pytest.param("Nobody wept.", "Well, I am not sorry, since it was cheap.", "That is all.", "Are you sorry?",
                     id="answer"),
        pytest.param("I am not sorry", "Well,", "since it was cheap.", "Are you sorry?", id="inside-a-sentence"),
        pytest.param("Are you sorry?", None, None, None, id="the-question-itself"),
    ],
)  # fmt: skip
def test_what_stands_round_a_passage(words: str, before: str | None, after: str | None, question: str | None) -> None:
    start = BRIEFING.text.index(words)
    found = context_of(BRIEFING, Span(start, start + len(words)))
    assert [each and each.of(BRIEFING.text) for each in found] == [before, after, question]
