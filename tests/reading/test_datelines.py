"""Datelines of wire reports and papers, and openings that only look like one."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.documents import Span
from sayso.reading.datelines import find_dateline
from sayso.reading.dates import parse_published

PUBLISHED = date(2023, 11, 28)


@pytest.mark.parametrize(
    "opening, place, day, agency",
    [
        pytest.param("BRUSSELS, November 27. /TASS/. ", "BRUSSELS", (11, 27), "TASS", id="slashes"),
        pytest.param("LONDON (AP) - ", "LONDON", None, "AP", id="hyphen"),
        pytest.param("LONDON (AP) — ", "LONDON", None, "AP", id="em-dash"),
        pytest.param("WASHINGTON, Nov 8 (Reuters) - ", "WASHINGTON", (11, 8), "Reuters", id="date-then-agency"),
        pytest.param("WASHINGTON (Reuters, Nov 8) - ", "WASHINGTON", (11, 8), "Reuters", id="date-inside-the-brackets"),
        pytest.param("PARIS — ", "PARIS", None, None, id="place-alone"),
        pytest.param("Paris — ", "Paris", None, None, id="known-city-in-small-letters"),
        pytest.param("London: ", "London", None, None, id="known-city-and-colon"),
        pytest.param("ROME/BERLIN, 3 May (AFP) – ", "ROME/BERLIN", None, "AFP", id="two-places"),
        pytest.param("KYIV, Ukraine (AP) — ", "KYIV, Ukraine", None, "AP", id="with-country"),
        pytest.param("HEMPSTEAD, N.Y., Sept. 26 (UPI) — ", "HEMPSTEAD, N.Y.", (9, 26), "UPI", id="with-state-and-date"),
        pytest.param("DES MOINES, Iowa, Aug. 10 (UPI) — ", "DES MOINES, Iowa", (8, 10), "UPI", id="two-words"),
        pytest.param("ST. LOUIS — ", "ST. LOUIS", None, None, id="stop-inside-the-place"),
        pytest.param("MOSCOW. Nov 27 (Interfax) - ", "MOSCOW", (11, 27), "Interfax", id="stop-after-the-place"),
        pytest.param("UNITED NATIONS, Nov. 8 (Xinhua) -- ", "UNITED NATIONS", (11, 8), "Xinhua", id="double-hyphen"),
        pytest.param("TARVO, May 9 (Meridian) -- ", "TARVO", (5, 9), "Meridian", id="unknown-agency"),
        pytest.param("SPRINGFIELD, Ill., March 3, 2022 /PRNewswire/ -- ", "SPRINGFIELD, Ill.", (3, 3), "PRNewswire",
                     id="press-release"),
        pytest.param("Washington (AFP) – ", "Washington", None, "AFP", id="small-letters-with-agency"),
        pytest.param("Nov 8 (Reuters) - ", None, (11, 8), "Reuters", id="no-place"),
        pytest.param("(Reuters) - ", None, None, "Reuters", id="agency-alone"),
        pytest.param("Brussels, 27 November 2023 – ", "Brussels", (11, 27), None, id="small-letters-with-date"),
        pytest.param("ABOARD AIR FORCE ONE (AP) — ", "ABOARD AIR FORCE ONE", None, "AP", id="aboard"),
    ],
)  # fmt: skip
def test_find_dateline(opening: str, place: str | None, day: tuple[int, int] | None, agency: str | None) -> None:
    text = opening + "The talks began on Monday."
    dateline = find_dateline(text, Span(0, len(text)), published=PUBLISHED)
    assert dateline is not None
    assert (dateline.span.of(text), dateline.place, dateline.agency) == (opening, place, agency)
    if day:
        assert dateline.date is not None
        assert (dateline.date.month, dateline.date.day) == day


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Stoltenberg — the NATO chief — said so.", id="name-and-dashes"),
        pytest.param("PENCE: We will go.", id="speaker-label"),
        pytest.param("BREAKING — The mill has closed.", id="label"),
        pytest.param("NASA said on Monday that it would go.", id="acronym-opens-a-sentence"),
        pytest.param("London is full. The city said so.", id="city-opens-a-sentence"),
        pytest.param("On Nov 8, the mill closed.", id="date-in-a-sentence"),
        pytest.param("The mill (AP) — once the largest — closed.", id="not-a-place"),
        pytest.param("", id="empty"),
    ],
)
def test_openings_without_a_dateline(text: str) -> None:
    assert find_dateline(text, Span(0, len(text)), published=PUBLISHED) is None


@pytest.mark.parametrize(
    "opening, published, day",
    [
        pytest.param("OSLO, May 3 (NTB) - ", None, None, id="no-year-is-no-date"),
        pytest.param("OSLO, May 3, 2021 (NTB) - ", None, date(2021, 5, 3), id="year-given"),
        pytest.param("OSLO, Dec 31 (NTB) - ", date(2024, 1, 2), date(2023, 12, 31), id="year-turned"),
        pytest.param("OSLO, Monday (NTB) - ", date(2023, 11, 28), date(2023, 11, 27), id="weekday-before"),
        pytest.param("OSLO, Feb 29 (NTB) - ", date(2023, 3, 1), date(2024, 2, 29), id="leap-day-nearest-that-exists"),
    ],
)
def test_year_of_a_dateline(opening: str, published: date | None, day: date | None) -> None:
    text = opening + "It rained."
    dateline = find_dateline(text, Span(0, len(text)), published=published)
    assert dateline is not None
    assert dateline.date == day


@pytest.mark.parametrize(
    "stated, day",
    [
        pytest.param("2031-02-03T17:45:00Z", "2031-02-03T17:45:00+00:00", id="rfc-3339"),
        pytest.param("2031-02-03", "2031-02-03", id="day"),
        pytest.param("3 February 2031, 17.45", "2031-02-03", id="written-out"),
        pytest.param("3 February", None, id="no-year"),
        pytest.param(20310203, None, id="number"),
    ],
)
def test_parse_published(stated: object, day: str | None) -> None:
    found = parse_published(stated)
    assert (found.isoformat() if found else None) == day
