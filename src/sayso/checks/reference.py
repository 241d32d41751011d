"""Values to hold figures against: the shipped table of countries, and the user's own tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import isfinite
from pathlib import Path

from sayso.checks.reckoning.amounts import Amount, Interval
from sayso.errors import UnreadableSource
from sayso.speakers.tables import plain_form, rows_of, without_article, without_possessive
from sayso.verdicts import Reference
from sayso.wordlists import read_rows

_DATA = Path(__file__).parent / "data"
_COLUMNS = ("name", "quantity", "value", "unit", "source", "year")
_YEARS_UNKNOWN = 10
"""How many years a value may be from an article without a date."""
_MAX_BYTES = 20_000_000
_OTHER_PLACE = re.compile(r"\balso\b.*\b(?:state|Republic|island|both|region|continent)\b")


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a table, with the share of it that a figure may be off."""

    reference: Reference
    quantity: str
    tolerance: float = 0.0
    drift: float = 0.0

    def amount(self, year: int | None) -> Amount:
        """The value as it may be in a year; None: unknown."""
        apart = 0
        if self.drift:
            apart = _YEARS_UNKNOWN if year is None or self.reference.year is None else abs(year - self.reference.year)
        off = min(self.tolerance + self.drift * apart, 0.9)
        return Amount.within(self.reference.value, self.reference.value * (1 - off), self.reference.value * (1 + off))


@dataclass(frozen=True, slots=True)
class Entry:
    """One quantity of one thing, as every source of a table has it."""

    name: str
    quantity: str
    rows: tuple[Row, ...]
    year: int | None = None
    """Of the article that it is held against."""
    unclear: bool = False
    """Whether the name that was used has other meanings too: "Georgia", "Congo"."""

    @property
    def unit(self) -> str:
        return self.rows[0].reference.unit

    def amounts(self) -> list[tuple[Amount, Row]]:
        """A row's own value is what a figure should be near; what lies between two rows' values is no error."""
        amounts = [row.amount(self.year) for row in self.rows]
        widest = Interval(min(each.hard.low for each in amounts), max(each.hard.high for each in amounts))
        return [(Amount(each.value, widest, each.near), row) for each, row in zip(amounts, self.rows, strict=True)]


@dataclass(slots=True)
class Table:
    """Values by the names of what they are of.

    `words` has, for each quantity, the words that an article may call it by.
    """

    name: str
    rows: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    """By name and quantity as they are written in the table."""
    names: dict[str, str] = field(default_factory=dict)
    """All names and aliases in plain form, and the name that each stands for."""
    words: dict[str, list[str]] = field(default_factory=dict)

    unclear: set[str] = field(default_factory=set)
    """Names, in plain form, that places of another size have as well."""

    def add(self, names: Sequence[str], row: Row) -> None:
        """Adds a value under a name and its aliases."""
        self.rows.setdefault((names[0], row.quantity), []).append(row)
        for name in names:
            self.names.setdefault(without_article(plain_form(name)), names[0])

    def find(self, name: str) -> str | None:
        """The table's name of what an article calls so; capitals count, as in "US" and "Chad"."""
        return self.names.get(without_article(without_possessive(plain_form(name))))

    def entry(self, name: str, quantity: str, *, year: int | None, unclear: bool = False) -> Entry | None:
        """The values of a quantity of a name as `find` gives it; quantities that share a word go together."""
        rows = [row for known in self._meant(quantity) for row in self.rows.get((name, known), ())]
        return Entry(name, quantity, tuple(rows), year, unclear) if rows else None

    def _meant(self, words: str) -> Iterator[str]:
        for quantity, known in self.words.items():
            if words in known:
                yield quantity


@cache
def countries() -> Table:
    """The shipped table: area, population and GDP of countries and territories, with their other names and peoples."""
    table = Table("countries")
    off: dict[str, tuple[float, float]] = {}
    for quantity, words, _, tolerance, drift in read_rows(_DATA / "quantities.tsv", heading=True):
        table.words[quantity] = words.lower().split(",")
        off[quantity] = float(tolerance), float(drift)
    for name, quantity, value, unit, source, year in read_rows(_DATA / "countries.tsv", heading=True):
        reference = Reference(name, float(value), unit, source, int(year))
        table.add([name], Row(reference, quantity, *off[quantity]))
    for form, _, stands_for, place, note in rows_of("metonyms.tsv"):
        if place == "country" and _OTHER_PLACE.search(note):
            table.unclear.add(without_article(plain_form(form)))
        if place == "country" and "until" not in note and form not in table.names:
            name = without_article(stands_for.removeprefix("the government of "))
            known = table.names.get(plain_form(name))
            if known:
                table.names.setdefault(without_article(plain_form(form)), known)
    return table


@cache
def peoples() -> dict[str, str]:
    """By adjective ("Ukrainian"): the name of the country in the shipped table."""
    names = countries().names
    found = {}
    for form, country, *_ in rows_of("demonyms.tsv"):
        known = names.get(plain_form(without_article(country)))
        if known:
            found[form] = known
    return found


def read_table(path: Path) -> Table:
    """The user's own values from a CSV file with the columns name, quantity, value, unit, source and year.

    A column `tolerance` (a share: 0.05, or 5%) is read where it is there. Aliases of a name or of a quantity are
    separated by "|". `unit` is in the singular and in full ("square kilometre", "person"), a currency's is its code.

    Raises UnreadableSource, with the line, where the file is none or a value in it is missing or wrong.
    """
    name = str(path)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnreadableSource(
                name, f"over {_MAX_BYTES // 1_000_000} MB", "Leave out what the articles cannot name"
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableSource(name, error.strerror or "not readable") from None
    except UnicodeDecodeError:
        raise UnreadableSource(name, "not UTF-8 text", "Save it as CSV UTF-8") from None
    reader = csv.DictReader(io.StringIO(text), strict=True)
    table = Table(path.name)
    try:
        columns = [(column or "").strip().lower() for column in reader.fieldnames or ()]
        missing = [column for column in _COLUMNS[:4] if column not in columns]
        if missing:
            raise UnreadableSource(
                name,
                f"line 1: no column {', '.join(missing)}",
                f"The first line names the columns: {','.join(_COLUMNS)}",
            )
        reader.fieldnames = columns
        for cells in reader:
            _add_row(table, name, reader.line_num, {key: value for key, value in cells.items() if key}, None in cells)
    except csv.Error as error:
        raise UnreadableSource(name, f"line {reader.line_num + 1}: {error}") from None
    return table


def _add_row(table: Table, path: str, line: int, cells: dict[str, str | None], surplus: bool) -> None:
    def fail(reason: str, advice: str = "") -> UnreadableSource:
        return UnreadableSource(path, f"line {line}: {reason}", advice)

    def cell(column: str) -> str:
        return (cells.get(column) or "").strip()

    if surplus:
        raise fail("more values than columns", 'Put a value with a comma in "quotation marks"')
    for column in _COLUMNS[:3]:
        if not cell(column):
            raise fail(f"no {column}")
    value = _number(cell("value"))
    if value is None:
        raise fail(f"the value {cell('value')!r} is no number", "Write it in digits: 603550 or 603,550")
    year = cell("year")
    if year and not re.fullmatch(r"\d{4}", year):
        raise fail(f"the year {year!r} is none", "Write four digits, or leave it empty")
    written = cell("tolerance")
    tolerance = _number(written.rstrip("% ") or "0")
    if tolerance is not None and written.endswith("%"):
        tolerance /= 100
    if tolerance is None or not 0 <= tolerance < 1:
        raise fail(f"the tolerance {written!r} is none", "Write a share between 0 and 1, or a percentage: 0.05 or 5%")
    names = [each.strip() for each in cell("name").split("|") if each.strip()]
    quantities = [each.strip() for each in cell("quantity").split("|") if each.strip()]
    if not names or not quantities:
        raise fail("no name or no quantity")
    reference = Reference(names[0], value, cell("unit"), cell("source") or table.name, int(year) if year else None)
    table.add(names, Row(reference, quantities[0], tolerance))
    known = table.words.setdefault(quantities[0], [])
    known += [each.lower() for each in quantities if each.lower() not in known]


def _number(written: str) -> float | None:
    try:
        value = float(re.sub(r"(?<=\d)[,  _](?=\d{3}\b)", "", written))
    except ValueError:
        return None
    return value if isfinite(value) else None
