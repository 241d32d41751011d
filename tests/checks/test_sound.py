"""Quotes that are sound: house style, fillers, contractions, marks. To call one altered is the worst fault."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents import Span
from tests.checks.judged import judged, said, transcript_of

STYLE = [
    pytest.param("WE WILL GO HOME", "we will go home.", id="capitals"),
    pytest.param("We will—go home", "We will -- go home", id="dashes"),
    pytest.param("we won’t go", "we won't go", id="curly-apostrophe"),
    pytest.param("we have 8 ships", "we have eight ships", id="number-in-words"),
    pytest.param("forty-five ships came in", "45 ships came in", id="hyphened-number-word"),
    pytest.param("forty five ships came in", "45 ships came in", id="number-words-without-a-hyphen"),
    pytest.param("it takes two hundred and fifty men", "it takes 250 men", id="number-with-and"),
    pytest.param("it takes two hundred fifty men", "it takes 250 men", id="number-without-and"),
    pytest.param("some 1,100 people came", "some 1100 people came", id="thousands-comma"),
    pytest.param("it cost 2.3bn in all", "it cost 2.3 billion in all", id="bn-for-billion"),
    pytest.param("it cost 5,000,000 in all", "it cost five million in all", id="millions-in-digits"),
    pytest.param("it cost $5 million in all", "it cost five million dollars in all", id="dollar-sign"),
    pytest.param("it cost $5m in all", "it cost $5 million in all", id="m-after-a-currency"),
    pytest.param("it cost US$5 million in all", "it cost $5 million in all", id="us-dollar-sign"),
    pytest.param("it cost 40 euros in all", "it cost €40 in all", id="euro-sign"),
    pytest.param("it cost £20 in all", "it cost twenty pounds in all", id="pound-sign"),
    pytest.param("$3 to $4 million of it", "three to four million dollars of it", id="currency-named-once-in-a-range"),
    pytest.param("a hundred people came", "100 people came", id="a-hundred"),
    pytest.param("one hundred people came", "a hundred people came", id="one-hundred-a-hundred"),
    pytest.param("half a million people came", "500,000 people came", id="half-a-million"),
    pytest.param("it grew by two and a half percent", "it grew by 2.5 percent", id="two-and-a-half"),
    pytest.param("it grew by two point five percent", "it grew by 2.5%", id="point-five"),
    pytest.param("it grew by 7 per cent", "it grew by 7 percent", id="per-cent"),
    pytest.param("it grew by 7%", "it grew by seven percent", id="percent-sign"),
    pytest.param("in 2016 we won", "in twenty sixteen we won", id="year-said-in-two-parts"),
    pytest.param("in 1905 it burned down", "in nineteen oh five it burned down", id="year-with-oh"),
    pytest.param("in the 1990s it was dear", "in the 1990's it was dear", id="decade-apostrophe"),
    pytest.param("the 3rd of them left", "the third of them left", id="ordinal-in-digits"),
    pytest.param("on Nov. 3 we vote", "on November 3rd we vote", id="month-short-day-ordinal"),
    pytest.param("on the twenty-first floor", "on the 21st floor", id="ordinal-in-words"),
    pytest.param("from 10-15 people came", "from ten to 15 people came", id="range-with-a-dash"),
    pytest.param("we met at 9:30 again", "we met at nine thirty again", id="clock-in-words"),
    pytest.param("we met at 9 a.m. again", "we met at nine AM again", id="am"),
    pytest.param("we met at 9 p.m. again", "we met at 9:00 PM again", id="full-hour"),
    pytest.param("two-thirds of it is gone", "2/3 of it is gone", id="fraction"),
    pytest.param("one-third of it is gone", "a third of it is gone", id="a-third-of"),
    pytest.param("Sen. Orley told me", "Senator Orley told me", id="senator"),
    pytest.param("Gov. Orley told me", "Governor Orley told me", id="governor"),
    pytest.param("Dr. Orley told me", "doctor Orley told me", id="doctor"),
    pytest.param("Lt. Gov. Orley told me", "Lieutenant Governor Orley told me", id="two-titles"),
    pytest.param("we live in St. Orley", "we live in Saint Orley", id="saint"),
    pytest.param("the U.S. is ready for it", "the US is ready for it", id="initials"),
    pytest.param("The U. S. is ready for it", "the U.S. is ready for it", id="initials-with-a-space"),
    pytest.param("THEY LET US GO", "they let us go", id="us-in-a-shouted-line"),
    pytest.param("OK, we will do it", "okay, we will do it", id="okay"),
    pytest.param("men & women of the port", "men and women of the port", id="ampersand"),
    pytest.param("the colour of our labour", "the color of our labor", id="our-or"),
    pytest.param("we organise and recognise it", "we organize and recognize it", id="ise-ize"),
    pytest.param("the centre of the theatre", "the center of the theater", id="re-er"),
    pytest.param("we travelled and cancelled it", "we traveled and canceled it", id="doubled-l"),
    pytest.param("a defence programme on a cheque", "a defense program on a check", id="words-spelt-apart"),
    pytest.param("we went towards it amongst friends", "we went toward it among friends", id="towards-amongst"),
    pytest.param("ten kilometres from here", "ten kilometers from here", id="kilometres"),
    pytest.param("ten km from here", "ten kilometers from here", id="km"),
    pytest.param("a naïve café owner", "a naive cafe owner", id="accents"),
    pytest.param("healthcare for the whole town", "health care for the whole town", id="joined"),
    pytest.param("a decision-making body of men", "a decisionmaking body of men", id="hyphen-or-joined"),
    pytest.param("we co-operate with them", "we cooperate with them", id="hyphen-in-a-word"),
    pytest.param("we cannot pay it", "we can not pay it", id="cannot"),
    pytest.param("President Zelensky said it", "President Zelenskyy said it", id="transcribed-name"),
    pytest.param("the mayor of Kyiv said it", "the mayor of Kiev said it", id="kyiv"),
    pytest.param("we have No. 1 of them", "we have number one of them", id="number-one"),
    pytest.param("we will not. No. And that is all", "we will not, no. And that is all", id="no-is-no-number"),
    pytest.param("the 9/11 attacks on us", "the nine eleven attacks on us", id="nine-eleven"),
    pytest.param("since World War II we pay", "since World War Two we pay", id="roman-numeral"),
    pytest.param("what a load of s**t it is", "what a load of shit it is", id="masked-word"),
    pytest.param("he is a f---ing fool", "he is a fucking fool", id="masked-with-dashes"),
    pytest.param("a billion dollars a day", "$1 billion a day", id="a-billion"),
]
TIDIED = [
    pytest.param("We do not know it", "We don't know it", id="contraction-spelt-out"),
    pytest.param("We don't know it", "We do not know it", id="contracted"),
    pytest.param("He is there, she has left", "He's there, she's left", id="is-and-has"),
    pytest.param("I would go if they had gone", "I'd go if they'd gone", id="would-and-had"),
    pytest.param("We will have gone by then", "We'll've gone by then", id="two-endings"),
    pytest.param("Everything is in order now", "Everything's in order now", id="noun-contracted"),
    pytest.param("We are going to win it", "We're gonna win it", id="gonna"),
    pytest.param("You have got to see it", "You gotta see it", id="gotta"),
    pytest.param("we are going home tonight", "we are goin' home tonight", id="dropped-g"),
    pytest.param("Let us see them off", "Let's see 'em off", id="let-us-them"),
    pytest.param("We will pay it back", "We will, um, pay it back", id="um"),
    pytest.param("We will pay it back", "We will, you know, pay it back", id="you-know"),
    pytest.param("We will pay it back", "I mean, we will, I mean, pay it back", id="i-mean"),
    pytest.param("We paid. We owe nothing", "We paid. And we owe nothing", id="and-at-a-sentence-start"),
    pytest.param("we paid and we owe nothing", "We paid. We owe nothing", id="and-joins-two-sentences"),
    pytest.param("We paid. We owe nothing", "we paid and we owe nothing", id="and-parted-without-punctuation"),
    pytest.param("We paid. But we owe it", "We paid. We owe it", id="but-put-in"),
    pytest.param("We paid. We owe it", "We paid. Well, look, we owe it", id="well-look"),
    pytest.param("We paid. So we owe it", "We paid. And so we owe it", id="and-so"),
    pytest.param("You got an A. Try again", "You got an A. So try again", id="so-after-a-letter"),
    pytest.param("It works for us and not just them", "It works for us not just them", id="and-before-not"),
    pytest.param("and we will pay it back", "and we — we will pay it back", id="word-repeated"),
    pytest.param("and we will pay it back", "and we will — we will pay it back", id="words-repeated"),
    pytest.param("and the programme goes on", "and the pro- — the programme goes on", id="word-broken-off"),
    pytest.param("now I will do it today", "now I was — I will do it today", id="false-start"),
    pytest.param("it is very bad for us", "it is very, very bad for us", id="very-very"),
    pytest.param("I am interested in it", "I am just interested in it", id="just-as-a-breath"),
]
MARKED = [
    pytest.param("We [the council] will pay", "We will pay", id="bracket-explains"),
    pytest.param("[The council] will pay it", "They will pay it", id="bracket-for-a-pronoun"),
    pytest.param("They told [Mayor Orley] to pay it", "They told him to pay it", id="bracket-names-whom"),
    pytest.param("it is in our [the port’s] interest", "it is in our interest", id="bracket-after-a-pronoun"),
    pytest.param("it is in our (the port’s) interest", "it is in our interest", id="round-bracket"),
    pytest.param("he know[s] the plan well", "he know the plan well", id="bracketed-ending"),
    pytest.param("We … will pay", "We, as the mayor told you, will pay", id="ellipsis"),
    pytest.param("We . . . will pay", "We, as the mayor told you, will pay", id="spaced-ellipsis"),
    pytest.param("We [...] will pay", "We, as the mayor told you, will pay", id="bracketed-ellipsis"),
    pytest.param("We will pay. ... It is fair", "We will pay. He would not. It is fair", id="ellipsis-of-a-sentence"),
    pytest.param("We … don't [the council] pay", "We, um, as you know, do not pay", id="marks-outweigh-a-contraction"),
    pytest.param("The plan … will work", "The plan, which is not new, will work", id="a-not-of-its-own-clause"),
]


@pytest.mark.parametrize(("quote", "spoken"), STYLE)
def test_house_style_is_verbatim(quote: str, spoken: str) -> None:
    for one, other in ((quote, spoken), (spoken, quote)):
        found = judged(one, other)
        assert found.judgement.value == "verbatim", found.differences
        assert {each.class_ for each in found.judgement.differences} <= {"style"}
        assert all(each.reason for each in found.judgement.differences)


@pytest.mark.parametrize(("quote", "spoken"), TIDIED)
def test_speech_is_tidied(quote: str, spoken: str) -> None:
    found = judged(quote, spoken)
    assert found.judgement.value == "tidied", found.differences
    assert {each.class_ for each in found.judgement.differences} <= {"filler", "stutter", "contraction", "style"}


@pytest.mark.parametrize(("quote", "spoken"), MARKED)
def test_marks_are_read(quote: str, spoken: str) -> None:
    found = judged(quote, spoken)
    assert found.judgement.value == "marked", found.differences
    assert not found.reverses


@pytest.mark.parametrize(
    ("quote", "spoken"),
    [
        pytest.param("[T]he plan is good", "the plan is good", id="bracketed-capital"),
        pytest.param("…we will pay it…", "we will pay it, I promise", id="ellipsis-at-the-edges"),
        pytest.param("We will pay it [sic]", "We will pay it", id="sic"),
        pytest.param("We will pay (laughter) it", "We will pay (laughter) it", id="direction-quoted"),
        pytest.param("We will pay it", "We will (applause) pay it", id="direction-inside"),
        pytest.param("It is 200 tons", "It is ~~200~~ [300] tons", id="as-first-said"),
        pytest.param("It is 300 tons", "It is ~~200~~ [300] tons", id="as-corrected"),
        pytest.param("It is 14 million tons", "It is ~~11~~ [14] million tons", id="corrected-million"),
        pytest.param("It is 11 million tons", "It is ~~11~~ [14] million tons", id="struck-million"),
        pytest.param(
            "It is the vice mayor's car", "It is ~~the mayor's~~ [the vice mayor's] car", id="words-corrected"
        ),
        pytest.param("will pay it", "They say that we will pay it back", id="cut-on-both-sides"),
        pytest.param("cut it by $70", "we cut it by $70 billion", id="cut-inside-a-number"),
    ],
)
def test_verbatim_all_the_same(quote: str, spoken: str) -> None:
    assert judged(quote, spoken).judgement.value == "verbatim"


PARAGRAPH = transcript_of(
    "CHAIR: Good morning. Q: Thank you.\n"
    "MAYOR ORLEY: Well, you know, we — we have spent $4.5 million on the harbour since March 3rd, and (applause) "
    "45 percent of the piers are done. It's not what I'd call cheap; it isn't. I told Sen. Brandt: “We can't, won't "
    "and shan't stop.” So, the U.S. Coast Guard came, and — I mean, they're — they were great. (Laughter.) In "
    "~~2019~~ [2018] there were, uh, two hundred and six boats — 206! — and today there are one thousand one hundred.\n"
    "Q: When will it be done?\n"
    "MAYOR ORLEY: Next year. I'm going to be honest: nobody knows. Maybe by the 2nd of May at 9:30 a.m., maybe not."
)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_words_of_a_passage_are_verbatim(data: st.DataObject) -> None:
    words = said(PARAGRAPH)
    turn = data.draw(st.sampled_from([turn for turn in PARAGRAPH.turns if len(turn.span.of(PARAGRAPH.text)) > 40]))
    own = [at for at in range(len(words)) if turn.span.start <= words.starts[at] < turn.span.end]
    first = data.draw(st.sampled_from(own[:-1]))
    last = data.draw(st.sampled_from([at for at in own if at > first]))
    span = Span(words.starts[first], words.ends[last])
    off = data.draw(st.integers(-5, 5))
    near = (max(first + off, 0), min(last + 1 + off, len(words)))
    found = judged(span.of(PARAGRAPH.text), PARAGRAPH, near if near[0] < near[1] else None)
    assert found.judgement.value == "verbatim", found.differences
    assert found.judgement.agreement == 1.0


@given(st.lists(st.sampled_from([*STYLE[3:20], *STYLE[35:60]]), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_house_style_never_accuses_in_company(cases: list[object]) -> None:
    quote = ". Also, ".join(str(case.values[0]) for case in cases)  # type: ignore[attr-defined]
    spoken = ". Also, ".join(str(case.values[1]) for case in cases)  # type: ignore[attr-defined]
    assert judged(quote, spoken).judgement.value in ("verbatim", "tidied")
