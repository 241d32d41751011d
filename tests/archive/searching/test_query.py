from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.archive.marks import FAMILIES
from sayso.archive.searching.fields import FIELDS
from sayso.archive.searching.query import parse, pointed
from sayso.archive.searching.terms import Address, All, Any, Days, Id, Like, Mark, Name, No, Words, leaves
from sayso.errors import BadQuery

TODAY = date(2026, 3, 15)


def shape(node):
    """The tree without places."""
    if isinstance(node, All | Any):
        return (type(node).__name__.lower(), *map(shape, node.parts))
    if isinstance(node, No):
        return ("no", shape(node.part))
    if isinstance(node, Words):
        mark = '"' if node.exact else ""
        return f"{mark}{' '.join(node.parts)}{'*' * node.prefix}{mark}"
    if isinstance(node, Name):
        return f"{node.field}={node.value}"
    if isinstance(node, Days):
        return f"{node.field} {node.first or ''}..{node.last or ''}"
    if isinstance(node, Mark):
        return f"{node.family}={node.name}"
    if isinstance(node, Id):
        return f"{node.field}={node.value}"
    return f"like={node.text}" if isinstance(node, Like) else f"url={node.value}"


@pytest.mark.parametrize(
    "query, tree",
    [
        pytest.param("", ("all",), id="nothing-asks-for-everything"),
        pytest.param("bridge", "bridge", id="a-word"),
        pytest.param("bridge toll", ("all", "bridge", "toll"), id="words-all-of-them"),
        pytest.param("Bridge AND Toll", ("all", "bridge", "toll"), id="and-says-nothing-new"),
        pytest.param('"front line"', '"front line"', id="a-phrase"),
        pytest.param("“front line”", '"front line"', id="a-phrase-in-curly-marks"),
        pytest.param("front-line", "front line", id="a-hyphen-parts-words"),
        pytest.param("café", "cafe", id="accents-are-folded"),
        pytest.param("don’t", "dont", id="curly-apostrophe"),
        pytest.param("repav*", "repav*", id="the-start-of-a-word"),
        pytest.param('"toll roa*"', '"toll roa*"', id="the-start-of-a-phrase's-last-word"),
        pytest.param('"toll roa"*', '"toll roa*"', id="the-star-behind-the-marks"),
        pytest.param(
            "bridge OR ferry toll", ("any", "bridge", ("all", "ferry", "toll")), id="or-binds-less-than-words"
        ),
        pytest.param("(bridge OR ferry) toll", ("all", ("any", "bridge", "ferry"), "toll"), id="a-group"),
        pytest.param("bridge | ferry", ("any", "bridge", "ferry"), id="a-bar-is-or"),
        pytest.param("bridge or ferry", ("all", "bridge", "or", "ferry"), id="small-or-is-a-word"),
        pytest.param("bridge -f16", ("all", "bridge", ("no", "f16")), id="exclusion"),
        pytest.param("bridge NOT toll", ("all", "bridge", ("no", "toll")), id="not-is-exclusion"),
        pytest.param("-(toll OR ferry)", ("no", ("any", "toll", "ferry")), id="excluding-a-group"),
        pytest.param('-"toll road"', ("no", '"toll road"'), id="excluding-a-phrase"),
        pytest.param("speaker:kestrel", "speaker=kestrel", id="speaker"),
        pytest.param('Speaker:"Ana Kestrel"', "speaker=Ana Kestrel", id="speaker-with-several-words"),
        pytest.param("speaker:#12", "speaker=#12", id="speaker-by-id"),
        pytest.param("-outlet:courier", ("no", "outlet=courier"), id="excluding-an-outlet"),
        pytest.param("speaker:(kestrel OR marsh)", ("any", "speaker=kestrel", "speaker=marsh"), id="a-field's-group"),
        pytest.param("since:2026-03-01", "published 2026-03-01..", id="since-a-day"),
        pytest.param("since:2026-03", "published 2026-03-01..", id="since-a-month"),
        pytest.param("until:2025", "published ..2025-12-31", id="until-the-end-of-a-year"),
        pytest.param("published:2024-02", "published 2024-02-01..2024-02-29", id="a-leap-year's-month"),
        pytest.param("published:2026-03-01..2026-03-10", "published 2026-03-01..2026-03-10", id="a-range"),
        pytest.param("published:2025-11..2026-01", "published 2025-11-01..2026-01-31", id="a-range-of-months"),
        pytest.param("said:..2025", "said ..2025-12-31", id="a-range-open-at-its-start"),
        pytest.param("said:today", "said 2026-03-15..2026-03-15", id="today"),
        pytest.param('published:"March 2023"', "published 2023-03-01..2023-03-31", id="month-by-name"),
        pytest.param('since:"14 Sept. 2023"', "published 2023-09-14..", id="day-by-name"),
        pytest.param('said:"Feb 3, 2023"', "said 2023-02-03..2023-02-03", id="day-by-name-after-the-month"),
        pytest.param(
            'published:"may 2023..June 2023"', "published 2023-05-01..2023-06-30", id="stretch-of-months-by-name"
        ),
        pytest.param("since:7d", "published 2026-03-08..", id="days-ago"),
        pytest.param("published:1m", "published 2026-02-15..2026-03-15", id="the-last-month"),
        pytest.param("since:2026/3/1", "published 2026-03-01..", id="slashes"),
        pytest.param("stance:distancing", "stance=distancing", id="stance"),
        pytest.param('verdict:"not found"', "verdict=not found", id="a-value-of-two-words"),
        pytest.param("verdict:not-found", "verdict=not found", id="a-value-of-two-words-with-a-hyphen"),
        pytest.param("verdict:altered,spliced", ("any", "verdict=altered", "verdict=spliced"), id="values-with-commas"),
        pytest.param("in:headline", "is=headline", id="in-the-headline"),
        pytest.param("article:12", "article=12", id="an-article"),
        pytest.param("statement:#7", "statement=7", id="a-statement"),
        pytest.param("url:courier.example/news", "url=courier.example/news", id="an-address"),
        pytest.param('like:"the bridge will reopen"', "like=the bridge will reopen", id="meaning"),
        pytest.param("10:30", "10 30", id="a-time-is-no-field"),
        pytest.param("1,500", "1500", id="thousands"),
        pytest.param(
            'speaker:kestrel "front line" -f16 since:2025-11-01',
            ("all", "speaker=kestrel", '"front line"', ("no", "f16"), "published 2025-11-01.."),
            id="all-together",
        ),
    ],
)
def test_what_a_query_asks_for(query, tree):
    assert shape(parse(query, today=TODAY)) == tree


@pytest.mark.parametrize(
    "query, at, reason, advice",
    [
        pytest.param("bridge speeker:kestrel", "speeker:", "No field 'speeker'", "Did you mean speaker:?", id="typo"),
        pytest.param("from:kestrel", "from:", "No field 'from'", "speaker:", id="another-programme's-name"),
        pytest.param("from:2026-03", "from:", "No field 'from'", "since:", id="another-programme's-day"),
        pytest.param("headline:toll", "headline:", "No field 'headline'", "in:headline", id="a-field-of-one-value"),
        pytest.param("speaker :venn", ":venn", "are apart", "Write speaker:venn", id="a-space-before-the-colon"),
        pytest.param("quot:direct", "quot:", "No field 'quot'", "quotation:", id="the-beginning-of-a-field"),
        pytest.param("xyzzy:1", "xyzzy:", "No field 'xyzzy'", "speaker:, about:", id="a-field-like-none"),
        pytest.param("http://a.example/b", "http:", "No field 'http'", 'url:"http://a.example/b"', id="an-address"),
        pytest.param("stance:distanced", "distanced", "No value 'distanced' of stance:", "distancing", id="value-typo"),
        pytest.param("stance:d", "d", "No value 'd' of stance:", "distancing", id="the-beginning-of-a-value"),
        pytest.param("act:zzz", "zzz", "No value 'zzz' of act:", "communication, attitude", id="a-value-like-none"),
        pytest.param("verdict:altered,zzz", "zzz", "No value 'zzz'", '"not found"', id="the-second-value"),
        pytest.param('bridge "front line', '"front line', "not closed", 'Put "', id="open-quotation-marks"),
        pytest.param('bridge ""', '""', "hold no word", "Take it out", id="empty-quotation-marks"),
        pytest.param("(bridge toll", "(", "not closed", "Put ')'", id="open-group"),
        pytest.param("bridge) toll", ")", "no '(' before", "Take it out", id="closed-without-opening"),
        pytest.param("bridge ()", "()", "nothing between", "Take them out", id="empty-group"),
        pytest.param("OR bridge", "OR", "nothing before OR", '"or"', id="or-at-the-start"),
        pytest.param("bridge OR", "OR", "nothing after OR", '"or"', id="or-at-the-end"),
        pytest.param("bridge - toll", "-", "nothing to exclude", "-word", id="a-dash-by-itself"),
        pytest.param("bridge --toll", "-", "nothing to exclude", "-word", id="two-dashes"),
        pytest.param("bridge NOT", "NOT", "nothing to exclude", "take it out", id="not-at-the-end"),
        pytest.param("AND bridge", "AND", "both sides", "Leave it out", id="and-at-the-start"),
        pytest.param("bridge &", "&", "no letter or digit", "Take it out", id="a-sign"),
        pytest.param("b*", "b*", "too much", "at least 2", id="too-short-a-prefix"),
        pytest.param("br*ge", "*", "end of a word only", "Write br*", id="a-star-inside"),
        pytest.param("*bridge", "*", "end of a word only", "Write bridge*", id="a-star-in-front"),
        pytest.param("in:body", "body", "No value 'body'", "There is headline", id="the-only-value"),
        pytest.param("since:march", "march", "no day, month or year", "2023-11", id="a-month-of-no-year"),
        pytest.param('said:"30 Feb 2023"', "30 Feb 2023", "no day 30 Feb 2023", "28 days", id="no-such-named-day"),
        pytest.param("speaker:", "speaker:", "has no value", "speaker:kestrel", id="no-value"),
        pytest.param("speaker: kestrel", "speaker:", "has no value", "right after the colon", id="a-space-after-colon"),
        pytest.param('speaker:""', 'speaker:""', "has no value", "speaker:kestrel", id="an-empty-value"),
        pytest.param("speaker:(kestrel stance:neutral)", "stance:", "inside speaker:", "Close", id="field-in-a-field"),
        pytest.param("since:2023-02-30", "2023-02-30", "no day 2023-02-30", "28 days", id="no-such-day"),
        pytest.param("since:2023-13", "2023-13", "no month 13", "2023-11", id="no-such-month"),
        pytest.param("since:11/01/2023", "11/01/2023", "two ways", "2023-01-11", id="day-or-month-first"),
        pytest.param("since:soon", "soon", "no day, month or year", "today", id="no-date"),
        pytest.param("since:2023..2024", "2023..2024", "takes one", "published:2023..2024", id="since-a-range"),
        pytest.param("published:2024..2023", "2024..2023", "is after", "2023..2024", id="a-range-turned-round"),
        pytest.param("published:..", "..", "either side", "2023", id="a-range-of-nothing"),
        pytest.param("article:first", "first", "needs a number", "article:12", id="no-number"),
        pytest.param("(" * 30 + "a", "(", "deep", "brackets", id="too-deep"),
        pytest.param("a " * 200, "a", "more than 128 terms", "Leave some out", id="too-many-terms"),
        pytest.param("a" * 5000, "a" * 1000, "longer than", "Shorten", id="too-long"),
    ],
)
def test_bad_syntax_is_answered_with_what_is_wrong_and_where(query, at, reason, advice):
    with pytest.raises(BadQuery) as caught:
        parse(query, today=TODAY)
    error = caught.value
    assert query[error.start : error.end] == at
    assert reason in error.reason
    assert advice in error.advice


@pytest.mark.parametrize(
    "query, below",
    [
        pytest.param("bridge speeker:kestrel", "       ^^^^^^^^", id="a-field"),
        pytest.param("bridge (toll", "       ^", id="a-bracket"),
        pytest.param("bridge\n(toll", "       ^", id="a-line-break-in-the-query"),
        pytest.param("bridge OR", "       ^^", id="the-end"),
    ],
)
def test_carets_stand_below_what_is_wrong(query, below):
    with pytest.raises(BadQuery) as caught:
        parse(query)
    assert pointed(caught.value).splitlines() == [query.replace("\n", " "), below]


def test_carets_of_a_long_query_stand_below_the_place():
    query = "bridge " * 100 + "speeker:kestrel " + "toll " * 20
    with pytest.raises(BadQuery) as caught:
        parse(query)
    shown, carets = pointed(caught.value).splitlines()
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "speeker:"
    assert len(shown) < 110


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_of_each_field_can_be_read(name):
    assert parse(FIELDS[name].example, today=TODAY) is not None


PIECES = ["bridge", "-", '"', "(", ")", "OR", "AND", "NOT", "*", ":", "speaker:", "since:", "2026-03", "stance:neutral"]


@given(st.lists(st.sampled_from([*PIECES, " ", " "]) | st.text(max_size=3), max_size=14).map("".join))
def test_any_text_is_read_or_refused_with_a_place_in_it(query):
    try:
        node = parse(query, today=TODAY)
    except BadQuery as error:
        assert 0 <= error.start < error.end <= len(query)
        assert error.reason
        assert "^" in pointed(error)
        return
    for leaf in leaves(node):
        assert query[leaf.start : leaf.end].strip() == query[leaf.start : leaf.end] != ""
    assert not isinstance(node, Address) or node.value


SEARCH_PAGE = (Path(__file__).parents[3] / "docs/search.md").read_text(encoding="utf-8")
FIRST_COLUMN = [line.split(" | ")[0].lstrip("| ") for line in SEARCH_PAGE.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize(
    "query",
    [
        *(cell.strip("`").replace("\\|", "|") for cell in FIRST_COLUMN if ":" not in cell),
        *(
            example
            for line in SEARCH_PAGE.splitlines()
            if "|" in line
            for example in re.findall(r"`([a-z]+:[^`]+)`", line)
        ),
    ],
)
def test_the_examples_of_the_page_can_be_read(query):
    parse(query, today=TODAY)


def test_the_page_names_each_field_and_value():
    for field in FIELDS:
        assert f"`{field}:" in SEARCH_PAGE, field
    for family, names in FAMILIES.items():
        for name in names:
            assert re.search(rf"[`:]{name}`", SEARCH_PAGE), (family, name)


def test_the_page_shows_what_a_bad_query_is_answered_with():
    query = "bridge speeker:quill"
    with pytest.raises(BadQuery) as caught:
        parse(query)
    assert f"{pointed(caught.value)}\n{caught.value}\n" in SEARCH_PAGE
