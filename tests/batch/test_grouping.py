"""Copies and utterances among a batch's articles: the cases that a newsroom knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sayso.batch.grouping import group
from tests.batch.grouped import Here, Printed, Said, batch_of, copies_of, told_of, utterances_of

PARAGRAPHS = (
    "The harbour board of Tidewater voted on Tuesday to close the old ferry pier for at least two winters while the "
    "pilings are replaced, a decision that ends a quarrel of eleven years between fishermen and the city.",
    '"We have patched this pier every spring since I came to office, and every autumn it has sunk again," said '
    "Ottoline Marsh, who chairs the board. She put the cost at 4.2 million crowns.",
    "Fishermen who land their catch there say that they were not heard. Their guild has asked a court in Nordham to "
    "halt the work until a second landing place has been dredged on the northern shore.",
    "The ministry of transport declined to comment on the vote. It had promised to bear a third of the cost in March, "
    "and has since said that the promise was made before its budget was cut.",
    "Work is to begin in October, when the last summer boat has left, and would go on through the frost. A footbridge "
    "of pontoons will carry passengers to the mail boat.",
)
QUOTE = "We have patched this pier every spring since I came to office, and every autumn it has sunk again"
WIRE = " ".join(PARAGRAPHS)
HEAD = "Readers of this paper saw it coming. For years we printed letters about the pier, and nobody read them."
OWN = (
    "In Nordham the fishermen's guild gathered on Tuesday night to decide what to do about a vote that many feared. "
    f'"{QUOTE}," the chairwoman of the board, Ottoline Marsh, had told reporters hours before. Old Henrik Brandt, who '
    "has landed cod there for forty years, would have none of it. He lifted his cup and said that boats go where the "
    "water is, not where a board wants them to go. The guild's lawyer expects a hearing within three weeks."
)
FOOT = (
    "This newspaper corrects its errors. Write to the readers' editor at the address below if you find one, and say "
    "where it stands. All rights are with the publisher, and no part may be printed again without its consent. "
)
LATER = date(2031, 5, 7)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(WIRE, "same", id="printed-as-it-came"),
        pytest.param(WIRE.replace('"', "”").replace("Tuesday to", "Tuesday\nto"), "same", id="own-typography"),
        pytest.param(" ".join(PARAGRAPHS[:2]), "cut", id="cut-from-below"),
        pytest.param(f"{HEAD} {WIRE}", "longer", id="own-head"),
        pytest.param(f"{HEAD} {' '.join(PARAGRAPHS[:3])}", "near", id="own-head-and-cut-from-below"),
        pytest.param(OWN, None, id="own-report-with-the-same-quote"),
        pytest.param(f"{QUOTE}.", None, id="the-quote-alone-is-no-report"),
    ],
)
def test_which_article_is_a_copy_of_an_agencys(tmp_path: Path, text: str, kind: str | None) -> None:
    folder = batch_of(tmp_path, [Printed("wire", WIRE, agency="Nordwire"), Printed("paper", text)])

    report = group(folder, Here())

    rows = copies_of(folder)
    assert report.copies == len(rows) == (2 if kind else 0)
    if kind:
        assert rows["paper"]["kind"] == kind
        assert rows["paper"]["original"] == rows["wire"]["original"] == "wire"
        assert rows["wire"]["kind"] == "first" and rows["wire"]["share"] == 1


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        pytest.param("4.2 million", "4.9 million", ["at 4.2 million → at 4.9 million"], id="a-corrected-figure"),
        pytest.param("two winters", "three winters", ["least two winters → least three winters"], id="in-words"),
        pytest.param("eleven years", "11 years", [], id="house-style-is-no-change"),
        pytest.param("Tuesday", "Wednesday", [], id="another-word-is-no-figure"),
    ],
)
def test_a_correction_is_a_near_copy_that_is_told_apart(
    tmp_path: Path, before: str, after: str, changed: list[str]
) -> None:
    folder = batch_of(tmp_path, [Printed("first", WIRE), Printed("second", WIRE.replace(before, after), day=LATER)])

    group(folder, Here())

    assert copies_of(folder)["second"]["kind"] == "near"
    assert copies_of(folder)["second"]["changed"] == changed


def items(count: int, *, days: int) -> list[Printed]:
    """Short items of one outlet, each on something else, with its imprint."""
    things = "ferry harbour pier boat mast anchor rudder tiller keel deck cabin galley sail rope".split()
    rest = (
        "the council of {0} has not said when {1} may be had again, nor what the {0} in {2} would then cost those who"
    )
    return [
        Printed(
            f"p{at}",
            f"{rest.format(things[at], things[at + 1].upper(), f'town{at}')} {FOOT}",
            day=date(2031, 5, 1 + at % days),
            outlet="The Tidewater Courier",
        )
        for at in range(count)
    ]


def test_a_standing_text_makes_no_copies_of_what_it_stands_under(tmp_path: Path) -> None:
    standing = items(12, days=12)
    again = replace(standing[3], key="elsewhere", outlet="The Nordham Mail", day=LATER)
    folder = batch_of(tmp_path / "many", [*standing, again])

    group(folder, Here())

    # But what somebody else prints word for word still is one.
    assert set(copies_of(folder)) == {"p3", "elsewhere"}

    updates = batch_of(tmp_path / "updates", items(12, days=2))
    assert group(updates, Here()).copies == 12


def test_of_one_day_the_agencys_own_goes_first_and_else_the_first_published(tmp_path: Path) -> None:
    day = date(2031, 5, 6)
    folder = batch_of(tmp_path / "a", [Printed("a", WIRE, day=day), Printed("b", WIRE, day=day, agency="Nordwire")])
    group(folder, Here())
    assert {row["original"] for row in copies_of(folder).values()} == {"b"}

    folder = batch_of(tmp_path / "b", [Printed("a", WIRE, day=LATER, agency="Nordwire"), Printed("b", WIRE, day=day)])
    group(folder, Here())
    assert {row["original"] for row in copies_of(folder).values()} == {"b"}


def said(key: str, words: str, speaker: str | None = "Ottoline Marsh", **more: object) -> Printed:
    """An article that has nothing but a quotation."""
    quotation = more.pop("quotation", "direct")
    return Printed(key, f"“{words}”", [Said(words, speaker, quotation)], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "wording", "reverses"),
    [
        pytest.param(said("b", QUOTE), "exact", [], id="the-same-words"),
        pytest.param(said("b", QUOTE, None), "exact", [], id="of-somebody-unnamed"),
        pytest.param(said("b", QUOTE.partition(", ")[0], "Marsh"), "cut", [], id="cut-and-by-surname"),
        pytest.param(
            said("b", QUOTE.replace("has sunk", "has not sunk")), "altered", ["negation"], id="with-a-not-of-its-own"
        ),
        pytest.param(said("b", QUOTE, quotation="indirect"), "reported", [], id="without-marks"),
        pytest.param(said("b", QUOTE, "Harald Quist", day=date(2031, 8, 9)), "exact", [], id="somebody-else-quotes-it"),
        pytest.param(said("b", "Every autumn the boats come home late"), None, [], id="something-else"),
    ],
)
def test_which_statements_are_of_one_utterance(
    tmp_path: Path, other: Printed, wording: str | None, reverses: list[str]
) -> None:
    folder = batch_of(tmp_path, [said("a", QUOTE), other])

    report = group(folder, Here())

    rows = {row["article"]: row for row in told_of(folder)}
    assert report.told == len(rows) == (2 if wording else 0)
    if wording:
        assert (rows["b"]["wording"], rows["b"]["reverses"]) == (wording, reverses)
        assert rows["a"]["utterance"] == rows["b"]["utterance"] == "a st1"


def test_everyday_words_of_two_speakers_in_other_weeks_are_two_utterances(tmp_path: Path) -> None:
    folder = batch_of(
        tmp_path, [said("a", "We will win"), said("b", "We will win", "Harald Quist", day=date(2031, 9, 1))]
    )

    assert group(folder, Here()).utterances == 0


def test_two_reports_of_one_press_conference_are_two_witnesses_and_copies_are_one(tmp_path: Path) -> None:
    quoted = [Said(QUOTE, "Ottoline Marsh")]
    folder = batch_of(
        tmp_path,
        [
            Printed("wire", WIRE, quoted, agency="Nordwire"),
            Printed("paper", f"{HEAD} {WIRE}", quoted, day=LATER),
            Printed("short", " ".join(PARAGRAPHS[:2]), quoted),
            Printed("own", OWN, quoted, day=LATER),
        ],
    )

    group(folder, Here())

    rows = {row["article"]: row for row in told_of(folder)}
    assert {row["utterance"] for row in rows.values()} == {"short st1"}
    assert {name: row["witness"] for name, row in rows.items()} == {
        "wire": "wire", "paper": "wire", "short": "wire", "own": "own"
    }  # fmt: skip
    assert {row["witnesses"] for row in rows.values()} == {2}
    assert {row["first_seen"] for row in rows.values()} == {"2031-05-06"}


def test_a_statement_that_runs_two_utterances_together_is_in_both(tmp_path: Path) -> None:
    other = "The guild may ask whichever court it likes, the pilings will not wait for the judge"
    folder = batch_of(
        tmp_path,
        [said("a", QUOTE), said("b", QUOTE), said("c", other), said("d", other), said("e", f"{QUOTE}. {other}")],
    )

    group(folder, Here())

    assert sorted(map(sorted, utterances_of(folder))) == [["a", "b", "e"], ["c", "d", "e"]]
    keys = {row["utterance"] for row in told_of(folder)}
    assert keys == {"a st1", "c st1"}


def test_more_wordings_than_can_all_be_compared_come_to_the_same(tmp_path: Path) -> None:
    words = QUOTE.split()
    printed = [
        said(f"{at:03}", " ".join(words[at % 7 : len(words) - at % 5]), day=date(2031, 5, 1) + timedelta(at % 6))
        for at in range(150)
    ]
    other = "The guild may ask whichever court it likes, the pilings will not wait for the judge"
    folder = batch_of(tmp_path, [*printed, *(said(f"x{at}", other) for at in range(3))], shard=40)

    group(folder, Here())

    assert sorted(map(len, utterances_of(folder))) == [3, 150]


@pytest.mark.parametrize("said_by", [pytest.param("Ottoline Marsh", id="named"), pytest.param(None, id="unnamed")])
def test_an_article_without_words_and_a_batch_without_articles_group_nothing(
    tmp_path: Path, said_by: str | None
) -> None:
    silent = batch_of(tmp_path / "a", [Printed("a", "", [Said("", said_by)]), Printed("b", "…", [Said("…", said_by)])])
    assert group(silent, Here()).utterances == 0
    assert group(batch_of(tmp_path / "b", []), Here()).articles == 0
