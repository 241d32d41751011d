"""What is traced is the stretch that is asked for, whatever else a statement says; on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.archive.archive import Archive
from sayso.archive.tracing.cutting import cut_to
from sayso.archive.tracing.differing import judged, kind_beside
from sayso.archive.tracing.forms import Trace, Utterance, Wording
from sayso.archive.tracing.telling import trace
from tests.archive.built import Says, given, make_article, make_transcript

PROMISE = "The company has promised us in writing that the pilot answered every call"
RECORDER = "Whether that is so, the recorder will tell us"
TWO = f"“{PROMISE},” “{RECORDER}.”"
SPOKEN = make_transcript(
    ("OTTOLINE MARSH", f"Good morning. {PROMISE}. {RECORDER}. We meet again on Monday."),
    ("Q", "And the pilot?"),
    ("CASIMIR VALE", "He sleeps badly, as anybody would, and he wants to go back to sea."),
    title="News conference at the harbour",
    day=date(2031, 5, 5),
)


def put(archive: Archive, outlet: str, day: int, *says: Says, text: str | None = None) -> int:
    """Saves an article in which some say something; its id."""
    article = make_article(
        *says, text=text, outlet=outlet, published=date(2031, 5, day), url=f"https://{outlet.lower()}.example/{day}"
    )
    return archive.save(article, given(f"{outlet}-{day}.txt")).id


def quote(content: str, speaker: str = "Ottoline Marsh") -> Says:
    return Says(speaker, content, quotation="direct")


def report(content: str) -> Says:
    return Says("Ottoline Marsh", content)


def of_article(found: Trace, article: int) -> Wording:
    """The one wording that an article has in a trace."""
    (wording,) = [each for each in found.wordings if article in {one.article for one in each.occurrences}]
    return wording


def test_the_sentence_asked_for_is_all_that_is_traced(archive: Archive) -> None:
    archive.save_transcript(SPOKEN, given("spoken.txt"))
    both = put(archive, "Courier", 6, quote(TWO))
    own = put(archive, "Post", 7, quote(f"“{RECORDER}.”"))
    put(archive, "Echo", 7, quote(f"“{PROMISE}.”"))

    found = trace(archive.store, RECORDER)

    assert found.reference == RECORDER
    (wording,) = found.wordings
    assert {each.article for each in wording.occurrences} == {both, own}
    assert (wording.kind, wording.differences, wording.reverses) == ("exact", [], [])
    assert wording.verdict is not None and wording.verdict.value == "verbatim"
    assert wording.text == f"“{RECORDER}.”"
    assert wording.whole == TWO and [each.of(TWO) for each in wording.stretch] == [wording.text]
    assert wording.covers is not None and wording.covers.of(found.reference) == RECORDER


def test_without_a_transcript_the_reference_is_the_earliest_with_all_of_the_stretch(archive: Archive) -> None:
    put(archive, "Echo", 5, quote("“the recorder will tell us”"))
    put(archive, "Courier", 6, quote(TWO))
    found = trace(archive.store, RECORDER)
    assert found.source is None
    assert found.reference == f"“{RECORDER}.”"
    assert {each.occurrences[0].outlet: each.kind for each in found.wordings} == {"Echo": "cut", "Courier": "exact"}


def test_a_wording_that_runs_two_together_is_in_both_traces(archive: Archive) -> None:
    both = put(archive, "Courier", 6, quote(TWO))
    one = put(archive, "Post", 7, quote(f"“{RECORDER}.”"))
    other = put(archive, "Echo", 7, quote(f"“{PROMISE}.”"))
    assert {each.article for word in trace(archive.store, RECORDER).wordings for each in word.occurrences} == {
        both,
        one,
    }
    assert {each.article for word in trace(archive.store, PROMISE).wordings for each in word.occurrences} == {
        both,
        other,
    }


def test_a_statement_is_traced_with_all_its_sentences(archive: Archive) -> None:
    both = put(archive, "Courier", 6, quote(TWO))
    one = put(archive, "Post", 7, quote(f"“{RECORDER}.”"))
    other = put(archive, "Echo", 7, quote(f"“{PROMISE}.”"))
    first = trace(archive.store, RECORDER).first
    assert first is not None and first.article == both
    found = trace(archive.store, statement=first.statement)
    assert {each: of_article(found, each).kind for each in (both, one, other)} == {
        both: "exact",
        one: "cut",
        other: "cut",
    }
    narrower = trace(archive.store, RECORDER, statement=first.statement)
    assert {each.article for word in narrower.wordings for each in word.occurrences} == {both, one}


BRIDGE = "We will not open the bridge before the last bolt has been tested"


CASES = {
    "other-sentences-round-it": (quote(f"“Patience. {BRIDGE}. Ask Brandt.”"), "exact", []),
    "half-left-out": (quote("“not open the bridge before the last bolt has been tested”"), "cut", []),
    "a-word-left-out": (quote(f"“{BRIDGE.replace('last ', '')}”"), "cut", []),
    "a-not-left-out": (quote(f"“{BRIDGE.replace('not ', '')}”"), "altered", ["negation"]),
    "a-word-exchanged": (quote(f"“{BRIDGE.replace('bolt', 'plate')}”"), "altered", []),
    "what-a-bracket-marks": (quote(f"“{BRIDGE.replace('last ', '[very] last ')}”"), "exact", []),
    "reported-word-for-word": (report(f"that w{BRIDGE[1:]}"), "reported", []),
    "a-report-is-no-altered-quote": (
        report("that they would open the bridge before the last bolt has been tested"),
        "reported",
        [],
    ),
    "only-what-is-quoted-is-compared": (
        Says(
            "Ottoline Marsh",
            "the board would open no bridge “before the last bolt has been tested”",
            quotation="mixed",
        ),
        "cut",
        [],
    ),
}


@pytest.fixture(scope="module")
def bridge(shared_archive: Archive) -> Trace:
    """The trace of one sentence that every case tells in its own way."""
    put(shared_archive, "Courier", 6, quote(f"“{BRIDGE}.”"))
    for name, (told, _, _) in CASES.items():
        put(shared_archive, name, 7, told)
    return trace(shared_archive.store, BRIDGE)


@pytest.mark.parametrize("name", CASES)
def test_how_a_wording_stands_to_the_words_asked_for(bridge: Trace, name: str) -> None:
    _, kind, reverses = CASES[name]
    (wording,) = [each for each in bridge.wordings if name in {one.outlet for one in each.occurrences}]
    assert (wording.kind, wording.reverses) == (kind, reverses)
    if kind in ("exact", "reported"):
        assert not [each for each in wording.differences if each.class_ == "wording"]


def test_a_changed_word_at_the_edge_is_seen(archive: Archive) -> None:
    put(archive, "Courier", 6, quote(f"“{BRIDGE}.”"))
    bent = put(archive, "Post", 7, quote(f"“{BRIDGE.replace('not open', 'gladly open')}.”"))
    wording = of_article(trace(archive.store, "not open the bridge before the last bolt has been tested"), bent)
    assert (wording.kind, wording.reverses) == ("altered", ["negation"])
    assert wording.text.startswith("gladly open")


def test_who_asks_for_an_altered_wording_gets_the_words_as_they_were_said(archive: Archive) -> None:
    archive.save_transcript(SPOKEN, given("spoken.txt"))
    put(archive, "Courier", 6, quote(TWO))
    bent = put(archive, "Post", 7, quote("“Whether that is so, the recorder will never tell us.”"))
    found = trace(archive.store, "Whether that is so, the recorder will never tell us")
    assert found.reference == RECORDER
    wording = of_article(found, bent)
    assert (wording.kind, wording.verdict and wording.verdict.value) == ("altered", "altered")


def test_the_same_words_given_to_somebody_else_are_one_wording_with_two_verdicts(archive: Archive) -> None:
    archive.save_transcript(SPOKEN, given("spoken.txt"))
    words = "He sleeps badly, as anybody would, and he wants to go back to sea"
    right = put(archive, "Courier", 6, quote(f"“{words}.”", "Casimir Vale"))
    wrong = put(archive, "Post", 7, quote(f"“{words}.”"))
    (wording,) = trace(archive.store, words).wordings
    assert wording.verdict is not None and wording.verdict.value == "verbatim"
    assert {each.article: each.verdict for each in wording.occurrences} == {right: None, wrong: "misattributed"}


def test_a_headline_without_marks_is_no_quote_though_the_body_quotes(archive: Archive) -> None:
    archive.save_transcript(SPOKEN, given("spoken.txt"))
    head = "recorder will tell whether pilot answered calls"
    text = f"Ottoline Marsh: {head}\n\nOttoline Marsh said {TWO}"
    article = make_article(
        quote(TWO),
        Says("Ottoline Marsh", head, same_as=0),
        text=text,
        outlet="Courier",
        published=date(2031, 5, 6),
    )
    archive.save(article, given("courier.txt"))
    found = trace(archive.store, "the recorder will tell whether the pilot answered the calls")
    assert found.wordings
    for wording in found.wordings:
        assert wording.kind != "altered"
        assert wording.quoted or wording.verdict is None


def test_what_they_told_her_is_not_listed_beside_what_she_said(archive: Archive) -> None:
    article = make_article(
        quote(TWO),
        Says("Harbour Lines", "the pilot answered every call", inside=0),
        text=f"Ottoline Marsh said {TWO}\n\nHarbour Lines runs the boats.",
        outlet="Courier",
        published=date(2031, 5, 6),
    )
    archive.save(article, given("courier.txt"))
    found = trace(archive.store, "the pilot answered every call")
    assert [(each.text, each.occurrences[0].speaker_name) for each in found.wordings] == [
        ("the pilot answered every call", "Ottoline Marsh")
    ]


@pytest.mark.parametrize(
    ("text", "asked", "stretch", "quoted"),
    [
        pytest.param(TWO, RECORDER, f"“{RECORDER}.”", [f"{RECORDER}."], id="the-second-of-two-quotations"),
        pytest.param(
            f"“The fog came. {RECORDER}. We wait.”", RECORDER, f"{RECORDER}.", [f"{RECORDER}."], id="inside-one"
        ),
        pytest.param(
            "Marsh thinks “the recorder” will tell us",
            RECORDER,
            "“the recorder” will tell us",
            ["the recorder"],
            id="half-quoted",
        ),
        pytest.param(
            f"“{PROMISE}. The fog came in from the north. {RECORDER}.”",
            f"{PROMISE}. {RECORDER}",
            f"{PROMISE}. ... {RECORDER}.",
            [f"{PROMISE}.", f"{RECORDER}."],
            id="parted-by-another-sentence",
        ),
        pytest.param("“The fog came in from the north.”", RECORDER, None, [], id="another-sentence"),
        pytest.param("“Whether they come is up to them.”", RECORDER, None, [], id="everyday-words-are-no-stretch"),
    ],
)
def test_the_stretch_of_a_wording(text: str, asked: str, stretch: str | None, quoted: list[str]) -> None:
    cut = cut_to(Utterance(text), asked)
    assert (cut and cut.text) == stretch
    assert [each.of(cut.text) for each in cut.quoted] == quoted if cut else not quoted


def test_kinds_are_those_of_the_check() -> None:
    assert kind_beside("", BRIDGE, judged("", BRIDGE)) == "altered"
    assert kind_beside(BRIDGE.upper(), BRIDGE, judged(BRIDGE.upper(), BRIDGE)) == "exact"
    tidied = "Um, we will not, uh, open the bridge"
    assert kind_beside("will not open the bridge", tidied, judged("will not open the bridge", tidied)) == "cut"


def test_others_who_are_said_to_say_some_of_the_words_tell_something_else(archive: Archive) -> None:
    put(archive, "Courier", 6, quote("“Nobody in this office had been told about a defective radar.”"))
    put(archive, "Post", 6, Says("Casimir Vale", "reports about a defective radar were groundless"))
    found = trace(archive.store, "Nobody in this office had been told about a defective radar")
    assert [each.occurrences[0].outlet for each in found.wordings] == ["Courier"]
