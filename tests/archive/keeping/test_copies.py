"""Wire copy and syndication: one agency's text in many papers is one witness."""

from __future__ import annotations

import pytest

from sayso.archive.keeping.copies import SIZE, Text, are_copies, contained, fold, resemblance, signature_of

PARAGRAPHS = [
    "The harbour board of Tidewater voted on Tuesday to close the old ferry pier for at least two winters "
    "while the pilings are replaced, a decision that ends a quarrel of eleven years between fishermen and "
    "the city.",
    '"We have patched this pier every spring since I came to office, and every autumn it has sunk again," '
    "said Ottoline Marsh, who chairs the board. She put the cost at 4.2 million crowns.",
    "Fishermen who land their catch there say that they were not heard. Their guild has asked a court in "
    "Nordham to halt the work until a second landing place has been dredged on the northern shore.",
    "The ministry of transport declined to comment on the vote. It had promised to bear a third of the "
    "cost in March, and has since said that the promise was made before its budget was cut.",
    "Work is to begin in October, when the last summer boat has left, and would go on through the frost. "
    "A footbridge of pontoons will carry passengers to the mail boat.",
]
OTHER = [
    "In Nordham the fishermen's guild gathered on Tuesday night to decide what to do about a vote that "
    "many had feared.",
    '"We have patched this pier every spring since I came to office, and every autumn it has sunk again," '
    "the chairwoman of the board, Ottoline Marsh, had told reporters hours before.",
    "Old Henrik Brandt, who has landed cod there for forty years, would have none of it. He lifted his "
    "cup and said that boats go where the water is, not where a board wants them to go.",
    "The guild's lawyer expects a hearing within three weeks. Should it fail, he said, the boats will use "
    "the steps below the customs house, law or no law.",
]


def text(article: int, words: str, *, seen: str = "2031-05-06", agency: str | None = None) -> Text:
    return Text(article, signature_of(words), len(words.split()), seen, agency)


REPORT = " ".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(REPORT, REPORT, True, id="printed-as-it-came"),
        pytest.param(REPORT, "PIER TO CLOSE\n" + REPORT.replace('"', "”"), True, id="own-headline-and-typography"),
        pytest.param(REPORT, " ".join(PARAGRAPHS[:3]), True, id="cut-from-the-end"),
        pytest.param(REPORT, " ".join(PARAGRAPHS[:2]), True, id="only-the-first-two-paragraphs"),
        pytest.param(
            REPORT, " ".join([*PARAGRAPHS[:4], *OTHER[2:]]), True, id="a-paper-that-adds-paragraphs-of-its-own"
        ),
        pytest.param(REPORT, " ".join(OTHER), False, id="another-report-with-the-same-quote"),
        pytest.param(REPORT, " ".join(OTHER[2:]), False, id="another-report"),
        pytest.param("Ottoline Marsh in May", "Ottoline Marsh in May.", True, id="the-same-caption"),
        pytest.param("Ottoline Marsh in May", "Ottoline Marsh in June", False, id="another-caption"),
        pytest.param("", "", False, id="nothing-is-no-copy-of-nothing"),
    ],
)
def test_which_texts_are_copies(one: str, other: str, expected: bool) -> None:
    assert are_copies(text(1, one), text(2, other)) is expected
    assert are_copies(text(2, other), text(1, one)) is expected


def test_a_signature_is_short_and_always_the_same() -> None:
    assert len(signature_of(REPORT)) == SIZE == 128
    # Kept in archives: another release of what makes them has to make the same.
    assert signature_of("The ferry did not sail on Tuesday.").hex().startswith("e911362a20970a67e7bc3162")


def test_resemblance_is_near_what_it_estimates() -> None:
    words = REPORT.split()
    half = " ".join(words[: len(words) // 2])
    assert resemblance(signature_of(REPORT), signature_of(REPORT)) == 1
    assert resemblance(signature_of(REPORT), signature_of(half)) == pytest.approx(0.5, abs=0.2)
    assert contained(signature_of(REPORT), len(words), signature_of(half), len(words) // 2) > 0.7


def test_one_agency_in_fifty_papers_is_one_witness() -> None:
    papers = [
        text(
            number,
            f"Paper {number} headline {number * 7}. " + " ".join(PARAGRAPHS[: 3 + number % 3]),
            seen="2031-05-07",
        )
        for number in range(2, 52)
    ]
    agency = text(1, REPORT, seen="2031-05-06T08:00:00", agency="Nordwire")
    own = text(99, " ".join(OTHER), seen="2031-05-08")
    witnesses = fold([*papers, own, agency])
    assert [len(each) for each in witnesses] == [51, 1]
    assert witnesses[0][0] == agency
    assert witnesses[1] == [own]


def test_the_agency_goes_before_a_paper_of_the_same_day() -> None:
    paper = text(1, REPORT, seen="2031-05-06")
    agency = text(2, REPORT, seen="2031-05-06T14:00:00", agency="Nordwire")
    earlier = text(3, REPORT, seen="2031-05-05")
    assert [each.article for each in fold([paper, agency, earlier])[0]] == [3, 2, 1]
