"""One utterance through an archive, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.archive.archive import Archive
from sayso.archive.searching.meaning import gists_in
from sayso.archive.tracing.telling import trace
from sayso.errors import NoSuchEntry
from tests.archive.built import Says, given, make_article, make_transcript

FERRY = "We will not sell the ferry to anyone, and certainly not to a company that has never carried a passenger"
FILLER = [
    "the harbour board meets again in the autumn to look at the costs",
    "fishermen were told nothing until the pilings were already gone",
    "a court in the north has yet to hear the guild's complaint",
    "the old lighthouse keeper would rather paint than talk to reporters",
]


def put(
    archive: Archive,
    content: str,
    *,
    outlet: str,
    day: int,
    speaker: str | None = "Ottoline Marsh",
    quotation: str = "direct",
    more: tuple[str, ...] = (),
) -> int:
    """Saves an article that tells something, with an invented filler of its own; its id."""
    said = f"“{content}”" if quotation == "direct" else content
    article = make_article(
        Says(speaker, said, quotation=quotation),  # type: ignore[arg-type]
        *(Says("Henrik Brandt", each) for each in more),
        outlet=outlet,
        published=date(2031, 5, day),
        url=f"https://{outlet.replace(' ', '').lower()}.example/{day}",
    )
    return archive.save(article, given(f"{outlet}-{day}.txt")).id


def test_all_wordings_of_one_utterance_side_by_side(archive: Archive) -> None:
    whole = put(archive, FERRY, outlet="The Tidewater Courier", day=6, more=(FILLER[0],))
    put(archive, FERRY + ".", outlet="Nordham Post", day=7, more=(FILLER[1],))
    cut = put(archive, "not sell the ferry to anyone", outlet="Island Echo", day=7, more=(FILLER[2],))
    bent = put(archive, FERRY.replace("will not", "will gladly"), outlet="Skerry Times", day=8, more=(FILLER[3],))
    put(archive, "Everybody who has a boat may land at the northern steps", outlet="Island Echo", day=6)

    found = trace(archive.store, FERRY)

    kinds = {wording.occurrences[0].article: wording.kind for wording in found.wordings}
    assert kinds == {whole: "exact", cut: "cut", bent: "altered"}
    assert found.reference.strip("“”.") == FERRY
    assert found.first is not None and found.first.article == whole
    assert [len(wording.occurrences) for wording in found.wordings] == [2, 1, 1]
    assert found.witnesses == 4
    altered = next(wording for wording in found.wordings if wording.kind == "altered")
    assert "negation" in altered.reverses
    assert [each.article.of(altered.text) for each in altered.differences if each.reverses] == ["gladly"]


def test_one_agency_in_many_papers_is_one_witness(archive: Archive) -> None:
    body = (
        "Ottoline Marsh said “{quote}”.\n\nThe board of the harbour voted on Tuesday to keep all three of its boats "
        "for another ten years, after a quarrel that had split the island since the spring. Henrik Brandt, who has "
        "landed cod there for forty years, lifted his cup and said that boats go where the water is."
    )
    text = body.format(quote=FERRY)
    for day, outlet in enumerate(["Nordham Post", "Island Echo", "Skerry Times"], start=6):
        article = make_article(
            Says("Ottoline Marsh", f"“{FERRY}”", quotation="direct"),
            text=f"{text}\n\nPrinted by {outlet}.",
            outlet=outlet,
            published=date(2031, 5, day),
            url=f"https://{day}.example",
        )
        archive.save(article, given(f"{outlet}.txt"))
    own = put(archive, FERRY, outlet="The Tidewater Courier", day=9, more=tuple(FILLER))

    found = trace(archive.store, FERRY)

    assert [len(wording.occurrences) for wording in found.wordings] == [4]
    assert found.witnesses == found.wordings[0].witnesses == 2
    first, *copies, last = found.wordings[0].occurrences
    assert first.copy_of is None and [each.copy_of for each in copies] == [first.article] * 2
    assert (last.article, last.copy_of) == (own, None)


def test_the_same_words_by_somebody_else_in_another_year_are_another_utterance(archive: Archive) -> None:
    words = "Nobody will be left standing on the quay this winter"
    put(archive, words, outlet="Nordham Post", day=6)
    other = make_article(
        Says("Casimir Vale", f"“{words}”", quotation="direct"), outlet="Island Echo", published=date(2024, 2, 1)
    )
    archive.save(other, given("old.txt"))
    found = trace(archive.store, words, speaker="Ottoline Marsh")
    assert [wording.occurrences[0].speaker_name for wording in found.wordings] == ["Ottoline Marsh"]
    assert len(found.wordings[0].occurrences) == 1
    assert not trace(archive.store, words, since=date(2031, 5, 7)).wordings


def test_the_transcript_is_the_reference_and_each_wording_has_its_verdict(archive: Archive) -> None:
    spoken = make_transcript(
        ("OTTOLINE MARSH", f"Let me say this. {FERRY}. Thank you all for coming on such a cold morning."),
        ("Q", "What will it cost?"),
        ("OTTOLINE MARSH", "Four million crowns over two winters, as we have said before."),
        day=date(2031, 5, 5),
    )
    kept = archive.save_transcript(spoken, given("marsh.txt"))
    put(archive, FERRY, outlet="The Tidewater Courier", day=6, more=(FILLER[0],))
    put(archive, FERRY.replace("will not", "will"), outlet="Skerry Times", day=8, more=(FILLER[3],))

    found = trace(archive.store, "not sell the ferry to anyone")

    assert found.source is not None
    assert (found.source.transcript, found.source.speaker) == (kept.id, "OTTOLINE MARSH")
    assert found.source.span.of(spoken.text) == found.source.text == found.reference
    verdicts = [wording.verdict and wording.verdict.value for wording in found.wordings]
    assert verdicts == ["verbatim", "altered"]


def test_a_transcript_of_something_else_says_nothing(archive: Archive) -> None:
    archive.save_transcript(
        make_transcript(("HENRIK BRANDT", "Nobody has asked a passenger what the ferry company means to anyone.")),
        given("brandt.txt"),
    )
    put(archive, FERRY, outlet="The Tidewater Courier", day=6)
    found = trace(archive.store, FERRY)
    assert found.source is None
    assert [wording.verdict for wording in found.wordings] == [None]


@pytest.mark.parametrize(
    "spoken_on, day, verdict",
    [
        pytest.param(date(2031, 5, 5), 6, ("altered", True), id="the-day-before"),
        pytest.param(date(2031, 4, 20), 6, ("altered", False), id="weeks-before-with-a-doubt"),
        pytest.param(date(2031, 5, 11), 6, ("altered", False), id="dated-by-its-publication-with-a-doubt"),
        pytest.param(date(2031, 6, 1), 6, None, id="long-after-it-was-printed"),
    ],
)
def test_a_transcript_of_another_day_accuses_no_wording(
    archive: Archive, spoken_on: date, day: int, verdict: tuple[str, bool] | None
) -> None:
    archive.save_transcript(make_transcript(("OTTOLINE MARSH", f"{FERRY}."), day=spoken_on), given("marsh.txt"))
    put(archive, FERRY.replace("will not", "will"), outlet="Skerry Times", day=day)
    found = trace(archive.store, FERRY.replace("will not", "will"))
    assert [each.verdict and (each.verdict.value, each.verdict.doubt is None) for each in found.wordings] == [verdict]


def test_a_word_or_two_that_somebody_else_used_are_not_their_source(archive: Archive) -> None:
    archive.save_transcript(
        make_transcript(("HENRIK BRANDT", "They called it grossly careless, and it was."), day=date(2031, 5, 6)),
        given("brandt.txt"),
    )
    put(archive, "grossly careless", outlet="The Tidewater Courier", day=6)
    found = trace(archive.store, "grossly careless")
    assert found.source is None
    assert [wording.verdict for wording in found.wordings] == [None]


def test_where_only_one_is_said_to_have_borrowed_the_words_the_doubt_is_told(archive: Archive) -> None:
    archive.save_transcript(make_transcript(("OTTOLINE MARSH", f"{FERRY}."), day=date(2031, 5, 5)), given("marsh.txt"))
    put(archive, FERRY, outlet="The Tidewater Courier", day=6, more=(FILLER[0],))
    put(archive, FERRY, outlet="Skerry Times", day=6, speaker="Sigrid Vold", more=(FILLER[3],))
    (wording,) = trace(archive.store, FERRY).wordings
    assert wording.verdict is not None and wording.verdict.value == "verbatim"
    (other,) = [each for each in wording.occurrences if each.verdict]
    assert (other.verdict, other.doubt) == (
        "misattributed", "Sigrid Vold, who does not speak there, may have said it elsewhere."
    )  # fmt: skip


def test_the_transcript_that_has_everyday_words_together_is_found_among_those_that_have_them_apart(
    archive: Archive,
) -> None:
    for number in range(9):
        archive.save_transcript(
            make_transcript(
                ("HENRIK BRANDT", f"Smart ferries, smart boats: who makes smart boats makes {number} smart."),
                day=date(2031, 5, 5),
            ),
            given(f"brandt-{number}.txt"),
        )
    talk = " ".join(f"{each.capitalize()} and more." for each in FILLER * 20)
    spoken = make_transcript(("OTTOLINE MARSH", f"{talk} That makes me smart. {talk}"), day=date(2031, 5, 5))
    kept = archive.save_transcript(spoken, given("marsh.txt"))
    put(archive, "That makes me smart.", outlet="The Tidewater Courier", day=6)
    found = trace(archive.store, "That makes me smart")
    assert found.source is not None and found.source.transcript == kept.id
    assert [wording.verdict and wording.verdict.value for wording in found.wordings] == ["verbatim"]


def test_words_that_no_article_has_are_not_bent_to_fit_a_transcript(archive: Archive) -> None:
    archive.save_transcript(
        make_transcript(
            ("OTTOLINE MARSH", "Nobody here makes spare parts for that engine of ours."), day=date(2031, 5, 5)
        ),
        given("marsh.txt"),
    )
    told = "the ship's engine is 31 years old and spare parts for it are no longer manufactured"
    put(archive, told, outlet="B", day=6)
    found = trace(archive.store, "The engine on that vessel is thirty-one years old, and nobody makes parts for it")
    assert [wording.kind for wording in found.wordings] == ["translated"]
    assert found.source is None
    assert found.reference.strip("“”") == told


def test_in_other_words_by_the_same_speaker_in_the_same_days(archive: Archive) -> None:
    put(archive, "The engine on that vessel is thirty-one years old, and nobody makes parts for it", outlet="A", day=6)
    told = put(
        archive,
        "the ship's engine is 31 years old and spare parts for it are no longer manufactured",
        outlet="B",
        day=7,
        quotation="indirect",
    )
    put(archive, "The engine room was painted blue by schoolchildren", outlet="C", day=7)
    found = trace(archive.store, "The engine on that vessel is thirty-one years old, and nobody makes parts for it")
    assert [(wording.kind, wording.occurrences[0].article) for wording in found.wordings][1:] == [("paraphrased", told)]


def test_a_stock_phrase_links_nothing(archive: Archive) -> None:
    put(archive, "I want to be the next president of the United States, and I will work every day", outlet="A", day=6)
    put(
        archive,
        "Whoever is elected, the next president of the United States will have to read that report",
        outlet="B",
        day=7,
        speaker="Casimir Vale",
    )
    found = trace(archive.store, "I want to be the next president of the United States, and I will work every day")
    assert [wording.occurrences[0].outlet for wording in found.wordings] == ["A"]


def test_nothing_found_names_the_nearest(archive: Archive) -> None:
    put(archive, FERRY, outlet="The Tidewater Courier", day=6)
    found = trace(archive.store, "Anyone who wants to buy the old lighthouse may write to the board")
    assert not found.wordings and found.witnesses == 0 and found.first is None
    assert found.notes
    assert found.nearest_texts == [f"“{FERRY}”"]
    assert [each.outlet for each in found.nearest] == ["The Tidewater Courier"]
    assert not trace(archive.store, "").wordings


def test_by_a_statement(archive: Archive) -> None:
    put(archive, FERRY, outlet="The Tidewater Courier", day=6)
    one = trace(archive.store, FERRY)
    assert one.first is not None
    again = trace(archive.store, statement=one.first.statement)
    assert [wording.text for wording in again.wordings] == [wording.text for wording in one.wordings]
    with pytest.raises(NoSuchEntry):
        trace(archive.store, statement=10_000)


def test_what_changes_in_the_archive_changes_the_trace(archive: Archive) -> None:
    put(archive, FERRY, outlet="The Tidewater Courier", day=6)
    assert trace(archive.store, FERRY).witnesses == 1
    put(archive, FERRY, outlet="Nordham Post", day=7, more=tuple(FILLER))
    assert trace(archive.store, FERRY).witnesses == 2


def test_what_a_newer_version_replaced_is_no_longer_looked_through(archive: Archive) -> None:
    def ids() -> list[int]:
        with archive.store.reading() as connection:
            return list(gists_in(archive.store, connection)[1])

    put(archive, FERRY, outlet="Nordham Post", day=7)
    put(archive, FERRY, outlet="The Tidewater Courier", day=6)
    before = ids()
    put(archive, f"{FERRY}, ever", outlet="Nordham Post", day=7, more=(FILLER[0],))
    after = ids()
    assert len(before) == 2 and len(after) == 3
    assert before[1] in after and before[0] not in after
    assert trace(archive.store, FERRY).witnesses == 2


def test_disputes_of_what_is_traced(archive: Archive) -> None:
    article = make_article(
        Says("Ottoline Marsh", f"“{FERRY}”", quotation="direct"),
        Says("Casimir Vale", "that it was untrue and the ferry had been sold in March"),
        outlet="Island Echo",
        published=date(2031, 5, 9),
        relations=[("disputes", 1, 0)],
    )
    archive.save(article, given("dispute.txt"))
    (dispute,) = trace(archive.store, FERRY).disputes
    assert (dispute.by, dispute.of, dispute.day, dispute.outlet) == (
        "Casimir Vale",
        "Ottoline Marsh",
        "2031-05-09",
        "Island Echo",
    )
