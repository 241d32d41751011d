"""When, where, in what and to whom something was said: what counts of the clause, and what does not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents import Article, Dateline, Span
from sayso.records import Attribution, Occasion
from sayso.statements.occasion import find_occasions
from tests.statements.articles import PUBLISHED, article_of, words

CLOSE = "[c1:the bridge must close]"


@pytest.mark.parametrize(
    "marked, expected",
    [
        pytest.param(f"[s1:Quill] [q1:said] on Monday that {CLOSE}.", ["on Monday"], id="between-cue-and-content"),
        pytest.param(f"[s1:Quill] [q1:said] Monday {CLOSE}.", ["Monday"], id="bare-weekday"),
        pytest.param(f"[s1:The ministry] on Monday [q1:said] {CLOSE}.", ["on Monday"], id="between-source-and-cue"),
        pytest.param(f"On Monday, [s1:Quill] [q1:said] {CLOSE}.", ["On Monday"], id="in-front"),
        pytest.param(f"In a statement [s1:it] [q1:said] {CLOSE}.", ["In a statement"], id="in-front-without-comma"),
        pytest.param("[c1:“It must close,”] [q1:said] [s1:Quill] in a statement.", ["in a statement"], id="at-the-end"),
        pytest.param(
            "[c1:The bridge must close], [s1:Quill] [q1:said] at a press conference ahead of the November 28-29 meeting"
            " of the union's ministers in Lund.",
            ["at a press conference ahead of the November 28-29 meeting of the union's ministers in Lund"],
            id="one-phrase-with-all-that-hangs-on-it",
        ),
        pytest.param(
            f"[s1:Quill] in an article published in the European edition of the Harbour Gazette [q1:argued]"
            f" that {CLOSE}.",
            ["in an article published in the European edition of the Harbour Gazette"],
            id="article-published-in",
        ),
        pytest.param(
            f"[s1:Quill] [q1:told] reporters in San Orelio that {CLOSE}.",
            ["reporters in San Orelio"],
            id="told-reporters",
        ),
        pytest.param("[c1:“It must close,”] [s1:Quill] [q1:wrote] on X.", ["on X"], id="platform"),
        pytest.param(
            f"[s1:Quill] [q1:said] on Monday, in a letter to members, that {CLOSE}.",
            ["on Monday", "in a letter to members"],
            id="two-phrases",
        ),
        pytest.param(
            f"Asked to comment on the collapse of the north pier and the crew's warnings, [s1:Quill] [q1:said]"
            f" {CLOSE}.",
            ["Asked to comment on the collapse of the north pier and the crew's warnings"],
            id="asked-to-comment",
        ),
        pytest.param(
            f"Meanwhile, responding to being laughed at in the chamber, [s1:she] [q1:hinted] that {CLOSE}.",
            ["responding to being laughed at in the chamber"],
            id="responding-to-after-a-connective",
        ),
        pytest.param(
            "[c1:“No,”] [s1:Quill] [q1:said] when asked whether she would stand again.",
            ["when asked whether she would stand again"],
            id="when-asked-at-the-end",
        ),
        pytest.param(
            f"[s1:Quill] [q1:said] at a shelter in Lund that {CLOSE}.", ["at a shelter in Lund"], id="unlisted-place"
        ),
        pytest.param(
            "[c1:“It must close,”] [s1:Quill] [q1:told] divers as he left the dock.",
            ["divers as he left the dock"],
            id="clause-of-time",
        ),
        pytest.param(
            f"Before he took the ferry, [s1:Quill] [q1:said] {CLOSE}.",
            ["Before he took the ferry"],
            id="clause-in-front",
        ),
        pytest.param(
            f"In a survey released Monday, [s1:Quill] [q1:said] {CLOSE}.",
            ["In a survey released Monday"],
            id="unlisted-medium-that-was-issued",
        ),
        pytest.param(
            f"In his letter to the port, read to the crew, [s1:Quill] [q1:said] {CLOSE}.",
            ["In his letter to the port, read to the crew"],
            id="how-a-medium-came-about",
        ),
        pytest.param(
            f"[s1:Quill] [q1:said] at a hastily called news conference that {CLOSE}.",
            ["at a hastily called news conference"],
            id="participle-before-its-noun",
        ),
        pytest.param(f"[s1:Quill] closed the pier on Friday and [q1:said] {CLOSE}.", ["on Friday"], id="same-source"),
        pytest.param(f"“In May [s1:Quill] [q1:said] {CLOSE},”", ["In May"], id="behind-a-quotation-mark"),
        pytest.param(f"[s1:Quill] [q1:has said] for decades that {CLOSE}.", ["for decades"], id="how-long"),
        pytest.param("[s1:Quill] [q1:read] me [c1:the letter].", ["me"], id="pronoun-after-any-verb"),
        pytest.param("[s1:Quill] [q1:suggested] to him [c1:a ferry].", ["to him"], id="to-a-pronoun"),
        pytest.param(
            f"[s1:Quill], asked about the pier, [q1:said] {CLOSE}.", ["asked about the pier"], id="asked-in-the-middle"
        ),
        pytest.param(
            f"[s1:Quill], speaking at a rally in Lund on Tuesday, [q1:said] {CLOSE}.",
            ["speaking at a rally in Lund on Tuesday"],
            id="speaking-at",
        ),
        pytest.param(
            f"Speaking outside the court, [s1:Quill] [q1:said] {CLOSE}.",
            ["Speaking outside the court"],
            id="speaking-front",
        ),
        pytest.param(f"[s1:Quill] [q1:said in a statement] {CLOSE}.", ["in a statement"], id="inside-the-cue"),
        pytest.param("[s1:It] [q1:rejected] [c1:the plan] on Friday.", ["on Friday"], id="date-after-the-content"),
        pytest.param(
            f"[s1:Quill] [q1:said] at the Corn Exchange in St. Ives, Cornwall, on Oct. 3 that {CLOSE}.",
            ["at the Corn Exchange in St. Ives, Cornwall", "on Oct. 3"],
            id="abbreviations-end-no-sentence",
        ),
    ],
)
def test_words(marked, expected):
    article = article_of(marked)
    find_occasions(article)
    assert words(article, article.attributions[0].occasion.words) == expected


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("[s1:Quill] [q1:said] [c1:the bridge must close on Monday].", id="inside-the-content"),
        pytest.param(f"Earlier, [s1:Quill] [q1:said] {CLOSE}.", id="earlier-alone-is-no-day"),
        pytest.param(f"[s1:Quill] [q1:said] in a low voice that {CLOSE}.", id="manner"),
        pytest.param(f"[s1:Quill] [q1:said] with a grin that {CLOSE}.", id="with-a-grin"),
        pytest.param("[s1:Quill] [q1:asked for] [c1:a ferry] before winter.", id="a-phrase-of-the-content"),
        pytest.param(f"A crowd met on Monday and [s1:Quill] [q1:said] {CLOSE}.", id="another-clause"),
        pytest.param(f"The crowd met on Monday. [s1:Quill] [q1:said] {CLOSE}.", id="another-sentence"),
        pytest.param(f"On Monday\n[s1:Quill] [q1:said] {CLOSE}.", id="another-paragraph"),
        pytest.param("[s1:It] [q1:plans] [c1:to close the bridge] on Friday.", id="the-day-of-the-plan"),
        pytest.param(f"[s1:Quill] [q1:said] {CLOSE} after the storm tore two cables.", id="behind-the-content"),
        pytest.param(
            "In response to [s1:a reader's] [q1:query] [c1:about the toll], nobody wrote.", id="into-the-source"
        ),
    ],
)
def test_no_occasion(marked):
    article = article_of(marked)
    find_occasions(article)
    assert article.attributions[0].occasion == Occasion()


@pytest.mark.parametrize(
    "phrase, date",
    [
        pytest.param("on Friday", "2026-05-29", id="the-last-such-day"),
        pytest.param("on Saturday", "2026-05-30", id="the-same-day"),
        pytest.param("late on Thursday night", "2026-05-28", id="part-of-the-day"),
        pytest.param("last Saturday", "2026-05-23", id="last-is-not-today"),
        pytest.param("yesterday", "2026-05-29", id="yesterday"),
        pytest.param("last night", "2026-05-29", id="last-night"),
        pytest.param("two days ago", "2026-05-28", id="days-ago"),
        pytest.param("on May 3", "2026-05-03", id="this-year"),
        pytest.param("on October 26", "2025-10-26", id="the-year-in-which-it-was-past"),
        pytest.param("on 3 March 2021", "2021-03-03", id="written-year"),
        pytest.param("in a statement on Tuesday", "2026-05-26", id="inside-a-phrase"),
        pytest.param("last week", None, id="last-week-is-no-day"),
        pytest.param("in 2019", None, id="a-year-is-no-day"),
        pytest.param("ahead of a vote on Tuesday", None, id="the-day-of-something-else"),
        pytest.param("at Tuesday's launch", "2026-05-26", id="at-an-event-of-a-day"),
        pytest.param("before Thursday's race", "2026-05-28", id="before-a-contest"),
        pytest.param("ahead of Tuesday's vote", None, id="possessive-day"),
    ],
)
def test_dates(phrase, date):
    article = article_of(f"[s1:Quill] [q1:said] {phrase} that {CLOSE}.")
    find_occasions(article)
    assert article.attributions[0].occasion.words
    assert article.attributions[0].occasion.date == date


def test_a_coming_day_is_ahead():
    article = article_of(f"[s1:Quill] [q1:will tell] MPs on Monday that {CLOSE}.")
    find_occasions(article)
    assert article.attributions[0].occasion.date == "2026-06-01"


def test_without_a_year_month_and_day_are_left():
    article = article_of(f"On October 26, [s1:Quill] [q1:said] {CLOSE}.", published=None)
    find_occasions(article)
    assert article.attributions[0].occasion.date == "10-26"


def test_the_datelines_day_counts_even_without_its_year():
    marked = f"LUND, November 27. /CWA/. [s1:Quill] [q1:said] yesterday that {CLOSE}."
    article = article_of(marked, published=None, dateline=Dateline(Span(0, len("LUND, November 27. /CWA/. ")), "Lund"))
    find_occasions(article)
    assert article.attributions[0].occasion.date == "11-26"


def test_a_day_earlier_is_counted_from_the_utterance_before():
    article = article_of(
        f"On May 20, [s1:Quill] [q1:said] {CLOSE}. A day earlier [s2:Hale] [q2:said] [c2:the cables were sound]."
    )
    find_occasions(article)
    assert [each.occasion.date for each in article.attributions] == ["2026-05-20", "2026-05-19"]


@pytest.mark.parametrize(
    "marked, place, medium, addressee",
    [
        pytest.param(f"[s1:Quill] [q1:told] Reuters that {CLOSE}.", None, "Reuters", "Reuters", id="agency"),
        pytest.param(f"[s1:Quill] [q1:told] the BBC that {CLOSE}.", None, "BBC", "the BBC", id="broadcaster"),
        pytest.param(
            f"[s1:Quill] [q1:told] the Harbour Gazette {CLOSE}.",
            None,
            "Harbour Gazette",
            "the Harbour Gazette",
            id="unlisted-paper",
        ),
        pytest.param(
            f"[s1:Quill] [q1:told] parliament that {CLOSE}.", None, "parliament", "parliament", id="parliament"
        ),
        pytest.param(
            f"[s1:Quill] [q1:told] reporters in San Orelio {CLOSE}.", "San Orelio", None, "reporters", id="reporters-in"
        ),
        pytest.param(
            f"[s1:Quill] [q1:said] in an interview with Radio Adria that {CLOSE}.",
            None,
            "interview with Radio Adria",
            None,
            id="interview",
        ),
        pytest.param(f"[s1:Quill] [q1:said] in a post on X that {CLOSE}.", None, "X", None, id="post-on-x"),
        pytest.param(
            f"[s1:Quill] [q1:said] in an open letter to the mayor that {CLOSE}.", None, "open letter", None, id="letter"
        ),
        pytest.param(
            f"[s1:Quill] [q1:told] a news conference in Lund that {CLOSE}.",
            "Lund",
            "news conference",
            None,
            id="told-a-conference",
        ),
        pytest.param(f"[s1:Quill] [q1:said] at the summit in Lund that {CLOSE}.", "Lund", None, None, id="summit"),
        pytest.param(f"[s1:Quill] [q1:said] ahead of talks in Lund that {CLOSE}.", None, None, None, id="elsewhere"),
        pytest.param(f"[s1:Quill] [q1:said] outside court that {CLOSE}.", "court", None, None, id="common-place"),
        pytest.param(
            f"Asked by a reader whether it would hold, [s1:Quill] [q1:said] {CLOSE}.",
            None,
            None,
            "a reader",
            id="asked-by",
        ),
    ],
)
def test_place_medium_addressee(marked, place, medium, addressee):
    article = article_of(marked)
    find_occasions(article)
    occasion = article.attributions[0].occasion
    assert (occasion.place, occasion.medium, occasion.addressee) == (place, medium, addressee)


@pytest.mark.parametrize(
    "cue", [pytest.param([], id="none"), pytest.param([Span(5, 10)], id="white-space-at-its-start")]
)
def test_odd_cues_are_borne(cue):
    article = article_of(f"[s1:Quill] [q1:said] on Monday that {CLOSE}.")
    article.attributions[0].cue = cue
    find_occasions(article)
    assert words(article, article.attributions[0].occasion.words) == (["on Monday"] if cue else [])


def test_the_question_is_kept_apart():
    article = article_of(f"On Friday, asked about the pier, [s1:Quill] [q1:said] {CLOSE}.")
    find_occasions(article)
    occasion = article.attributions[0].occasion
    assert words(article, occasion.words) == ["On Friday", "asked about the pier"]
    assert words(article, occasion.question) == ["asked about the pier"]


def test_what_was_asked_is_no_occasion_of_what_it_names():
    article = article_of(
        "Asked about [s1:the crew's] [q1:claim] [c1:that the cables were rotten], [s2:Quill] [q2:said] [c2:they"
        " were new]."
    )
    find_occasions(article)
    assert article.attributions[0].occasion == Occasion()
    assert words(article, article.attributions[1].occasion.question) == [
        "Asked about the crew's claim that the cables were rotten"
    ]


def test_an_adverbial_belongs_to_the_clause_it_stands_in():
    article = article_of(
        "On Monday, [s1:Quill] [q1:said] [c1:the bridge was safe], but on Friday [s2:Hale] [q2:told] the inquiry"
        " [c2:it was not]."
    )
    find_occasions(article)
    assert [words(article, each.occasion.words) for each in article.attributions] == [
        ["On Monday"],
        ["on Friday", "the inquiry"],
    ]


def test_what_one_source_goes_on_to_say_shares_the_occasion():
    article = article_of(
        "[s1:[s2:the firm]] [q1:confirmed] on Monday [c1:that the pier leaks] but [q2:stressed] [c2:that it stands]."
    )
    find_occasions(article)
    assert [each.occasion.date for each in article.attributions] == ["2026-05-25", "2026-05-25"]


def test_two_verbs_of_one_source_share_what_stands_before_it():
    article = article_of("On Monday [s1:[s2:the firm]] [q1:denied] [c1:the report] and [q2:said] [c2:it would sue].")
    find_occasions(article)
    assert [words(article, each.occasion.words) for each in article.attributions] == [["On Monday"], ["On Monday"]]


def test_a_nested_attribution_has_the_occasion_of_its_own_clause():
    article = article_of(
        "[s1:Quill] [q1:said] on Monday [c1:that [s2:Hale] [q2:had told] the crew [c2:the cables were new]]."
    )
    find_occasions(article)
    assert [words(article, each.occasion.words) for each in article.attributions] == [["on Monday"], ["the crew"]]


WORDS = (
    "on in at Monday Monday's May 3 last night yesterday told said asked about statement press conference the a Lund X"
    " Reuters , . “ ” ( ) : and but that when asked to comment responding reporters St. after before ahead of talks"
    " drew interview with parliament 2,100 ' — every"
).split()


@settings(max_examples=300, deadline=None)
@given(
    tokens=st.lists(st.sampled_from(WORDS), min_size=1, max_size=40),
    cuts=st.lists(st.integers(0, 40), min_size=6, max_size=12),
)
def test_any_text_has_occasions_outside_of_its_parts(tokens, cuts):
    text = " ".join(tokens)
    starts = [0, *(index + 1 for index, letter in enumerate(text) if letter == " "), len(text) + 1]
    article = Article("x", text, paragraphs=[Span(0, len(text))], published=PUBLISHED)
    for number in range(0, len(cuts) - 5, 6):
        spans = [
            [Span(starts[min(first, last, len(tokens) - 1)], starts[min(max(first, last) + 1, len(tokens))] - 1)]
            for first, last in zip(cuts[number : number + 6 : 2], cuts[number + 1 : number + 6 : 2], strict=True)
        ]
        article.attributions.append(Attribution(f"a{number}", *spans))
    find_occasions(article)
    for attribution in article.attributions:
        occasion = attribution.occasion
        for span in [*occasion.words, *occasion.question]:
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip() == span.of(text)
            parts = [*attribution.source, *attribution.content]
            assert not any(span.overlaps(part) for part in parts if not part.overlaps(attribution.cue[0]))
        assert occasion.date is None or occasion.words
        assert all(span in occasion.words for span in occasion.question)


def test_a_sentence_without_end_is_read_in_step_with_its_length() -> None:
    each, count = "On Monday, Vale said no and ", 2_000
    article = article_of(each * count)
    starts = range(0, len(each) * count, len(each))
    article.attributions = [
        Attribution(f"a{at}", [Span(at + 11, at + 15)], [Span(at + 16, at + 20)], [Span(at + 21, at + 23)])
        for at in starts
    ]
    began = time.process_time()
    find_occasions(article)
    assert time.process_time() - began < 5, "where each looks at all the others it takes some 20 s"
    assert [words(article, each.occasion.words) for each in article.attributions] == [["On Monday"]] * count
