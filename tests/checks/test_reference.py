"""Reference values: the shipped table, whose quantity words mean, and the user's own tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sayso.checks.figures import check_figures
from sayso.checks.reckoning.lookup import References
from sayso.checks.reference import countries, read_table
from sayso.documents import Article
from sayso.errors import UnreadableSource
from sayso.figures import extract_figures


@pytest.mark.parametrize(
    ("base", "name", "quantity"),
    [
        pytest.param("Ukraine's territory", "Ukraine", "territory", id="possessive"),
        pytest.param("Ukraine’s territory", "Ukraine", "territory", id="curly-possessive"),
        pytest.param("the area of Spain", "Spain", "area", id="of"),
        pytest.param("the area of Spain and more", "Spain", "area", id="of-and-words-behind"),
        pytest.param("Syrian territory", "Syria", "territory", id="adjective"),
        pytest.param("the Netherlands' land area", "Netherlands", "land area", id="plural-possessive"),
        pytest.param("the UK's population", "United Kingdom", "population", id="other-name"),
        pytest.param("the world's population", "world", "population", id="world"),
        pytest.param("the population of the United States", "United States", "population", id="of-with-article"),
    ],
)
def test_whose_quantity_is_meant(base: str, name: str, quantity: str) -> None:
    entry = References(Article("a", base)).named_in(base.replace("’", "'"), 0)
    assert entry and (entry.name, entry.quantity) == (name, quantity)


@pytest.mark.parametrize(
    "base",
    [
        pytest.param("Ukraine's population growth", id="another-thing-of-the-country"),
        pytest.param("Ruritania's territory", id="no-such-country"),
        pytest.param("the territory", id="nobody's"),
        pytest.param("Italy's prison population", id="a-part-of-it"),
        pytest.param("the country's territory", id="no-country-spoken-of"),
    ],
)
def test_what_is_not_in_the_table(base: str) -> None:
    assert References(Article("a", base)).named_in(base, 0) is None


def test_the_country_is_the_one_spoken_of() -> None:
    text = "Fires swept Greece for a week. Some 1,300 square kilometres, or 1% of the country's area, burnt."
    entry = References(Article("a", text)).named_in("the country's area", text.index("the country's"))
    assert entry and entry.name == "Greece"


def test_two_countries_spoken_of_are_one_too_many() -> None:
    text = "Fires swept Greece and Italy. Some 1,300 square kilometres, or 1% of the country's area, burnt."
    assert References(Article("a", text)).named_in("the country's area", text.index("the country's")) is None


def test_every_value_has_a_source_and_a_year() -> None:
    rows = [row for rows in countries().rows.values() for row in rows]
    assert len(rows) > 1800
    assert all(row.reference.source and row.reference.year and row.reference.value > 0 for row in rows)


def test_sources_that_differ_both_count() -> None:
    entry = References(Article("a", "")).find("Serbia", "area")
    assert entry and {round(amount.value) for amount, _ in entry.amounts()} >= {77474, 88361}


TABLE = """name,quantity,value,unit,source,year,tolerance
Orvik|Orvik Paper,staff|workforce,"2,150",,Annual report,2025,2%
Lund Bridge,length,1640,metre,Roads Agency,2019,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("The Lund Bridge has a length of 1,640 metres.", "consistent", id="right"),
        pytest.param("The Lund Bridge has a length of 1,460 metres.", "inconsistent", id="wrong"),
        pytest.param("The Lund Bridge, with a length of 1.64 km, is closed.", "consistent", id="other-unit"),
        pytest.param("Orvik Paper has a workforce of 2,140.", "consistent", id="alias-and-tolerance"),
        pytest.param("Orvik has a workforce of 3,150.", "inconsistent", id="alias-of-quantity"),
        pytest.param("Orvik cut 300 posts, or 14% of Orvik's workforce.", "consistent", id="share-of-it"),
        pytest.param("Orvik cut 300 posts, or 40% of Orvik's workforce.", "inconsistent", id="share-of-it-wrong"),
        pytest.param("Orvik has 40 lorries and a workforce that likes them.", None, id="other-thing"),
        pytest.param("The Varde Bridge has a length of 1,460 metres.", None, id="not-in-the-table"),
    ],
)
def test_own_table(table: Path, text: str, value: str | None) -> None:
    article = Article("a", text, published=date(2026, 3, 1))
    article.figures = extract_figures(article)
    verdicts = check_figures(article, [read_table(table)])
    assert [verdict.value for verdict in verdicts] == ([value] if value else [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("name,value\nA,1\n", "line 1: no column quantity, unit", id="columns"),
        pytest.param("name,quantity,value,unit\nA,area,many,km\n", "line 2: the value 'many' is no number", id="value"),
        pytest.param("name,quantity,value,unit\nA,area,nan,km\n", "line 2: the value 'nan' is no number", id="nan"),
        pytest.param("name,quantity,value,unit\n,area,1,km\n", "line 2: no name", id="name"),
        pytest.param("name,quantity,value,unit\n|,area,1,km\n", "line 2: no name or no quantity", id="empty-aliases"),
        pytest.param(
            "name,quantity,value,unit,source,year\nA,area,1,km,B,20\n", "line 2: the year '20' is none", id="year"
        ),
        pytest.param("name,quantity,value,unit\nA,area,1,500,km\n", "line 2: more values than columns", id="comma"),
        pytest.param(
            "name,quantity,value,unit,tolerance\nA,area,1,km,lots\n",
            "line 2: the tolerance 'lots' is none",
            id="tolerance",
        ),
        pytest.param('name,quantity,value,unit\n"A,area,1,km\n', "line 2: ", id="open-quotation-mark"),
        pytest.param("", "line 1: no column name", id="empty"),
    ],
)
def test_a_bad_table_says_where(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableSource) as raised:
        read_table(path)
    assert message in str(raised.value)


def test_no_table_at_all(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource):
        read_table(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes("name,quantity,value,unit\nCuraçao,area,1,km".encode("latin-1"))
    with pytest.raises(UnreadableSource, match="UTF-8"):
        read_table(tmp_path / "latin.csv")
