"""What a search finds is what looking at each statement finds, for queries of any kind; on both databases."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.archive.days import day_number
from sayso.archive.folding import BREAK, words_in
from sayso.archive.marks import FAMILIES, names_in
from sayso.archive.matching import And, Key, Not, Or, Phrase, Prefix, Word, holds
from sayso.archive.searching import ordering
from sayso.archive.searching.binding import words_match
from sayso.archive.searching.query import parse
from sayso.archive.searching.terms import Address, All, Any, Days, Id, Mark, Name, No, Words
from sayso.archive.stores.base import IndexRow
from tests.archive.built import Says, make_article
from tests.archive.built import given as given_of

SUSPENDED = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

# Many statements, in the tables alone: what a search needs of an archive.

WORDS = "bridge bridges toll tolls ferry ferries budget council café front line f 16 f16 colour color".split()
NAMES = ("Ana Kestrel", "Tom Kestrel", "Mara Venn")
OUTLETS = ("Halvern Post", "The Tidewater Courier", "Halvern Gazette")


@dataclass
class Row:
    id: int
    text: str
    others: list[str]
    speaker: str | None
    about: list[str]
    outlet: str | None
    published: date | None
    said: date | None
    marks: int
    article: int

    @property
    def words(self):
        wordings = (self.text, *self.others)
        joined = [word.replace("-", "") for each in wordings for word in re.findall(r"[a-z]+-[a-z]+", each.lower())]
        return [word for each in (*wordings, *joined) for word in (*words_in(each), BREAK)][:-1]


def fill(archive, articles):
    for number, (says, outlet, published) in enumerate(articles):
        url = f"https://paper{number % 3}.example/{number}"
        archive.save(
            make_article(*says, outlet=outlet, published=published, url=url, about_kind="person"), given_of(f"{number}")
        )


def rows_in(archive):
    """The statements as the plain reading of the archive's articles has them."""
    rows = []
    page = archive.search(limit=1000)
    for hit in page.hits:
        rows.append(
            Row(
                hit.statement,
                hit.text,
                hit.others,
                hit.speaker_name,
                hit.about,
                hit.outlet,
                date.fromisoformat(hit.published) if hit.published else None,
                date.fromisoformat(hit.said) if hit.said else None,
                hit.marks,
                hit.article,
            )
        )
    assert len(rows) == page.total
    return rows


def agrees(node, row):
    """Whether a statement is what a query asks for, looked at by itself."""
    if isinstance(node, All):
        return all(agrees(part, row) for part in node.parts)
    if isinstance(node, Any):
        return any(agrees(part, row) for part in node.parts)
    if isinstance(node, No):
        return not agrees(node.part, row)
    if isinstance(node, Words):
        return holds(words_match(node), row.words, ())
    if isinstance(node, Name):
        named = {"speaker": [row.speaker], "about": row.about, "outlet": [row.outlet]}[node.field]
        return any(set(words_in(node.value)) <= set(words_in(name)) for name in named if name)
    if isinstance(node, Days):
        day = row.published if node.field == "published" else row.said
        return day is not None and (node.first or day) <= day <= (node.last or day)
    if isinstance(node, Mark):
        return node.name in names_in(row.marks, node.family)
    if isinstance(node, Address):
        return node.value in f"https://paper{(row.article - 1) % 3}.example/{row.article - 1}"
    assert isinstance(node, Id)
    return node.value == (row.id if node.field == "statement" else row.article)


LEAVES = st.one_of(
    st.sampled_from(
        [*WORDS, '"toll"', '"bridge toll"', "fer*", '"front li*"', "front-line", "frontline", "f16", "f-16", "CAFE"]
    ),
    st.sampled_from(["speaker:kestrel", 'speaker:"Ana Kestrel"', "speaker:venn", "about:kestrel", "about:mara"]),
    st.sampled_from(
        ["outlet:halvern", 'outlet:"Halvern Post"', "outlet:courier", "url:paper1", "article:1", "article:2"]
    ),
    st.sampled_from(
        ["since:2024", "until:2023-12", "published:2023-12-15..2024-02-10", "published:2024-01", "said:2024"]
    ),
    st.sampled_from(
        ["said:..2023-12-30", "said:2024-01-01", "statement:3", "published:2019..2025", "since:2024-02-29"]
    ),
    st.sampled_from(
        [f"{family}:{name}" for family in ("stance", "quotation", "polarity") for name in FAMILIES[family]]
    ),
    st.sampled_from(["is:named", "is:unattributed", "is:headline", "verdict:unchecked", "stance:neutral,distancing"]),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        inner.filter(lambda part: part[0] != "-").map(lambda part: f"-{part}"),
    ),
    max_leaves=6,
)


def random_articles(seed=5, number=60):
    chance = random.Random(seed)

    def says():
        return Says(
            chance.choice([None, *NAMES, *NAMES]),
            " ".join(chance.choices(WORDS, k=chance.randint(1, 7))),
            quotation=chance.choice(FAMILIES["quotation"]),
            stance=chance.choice(FAMILIES["stance"]),
            polarity=chance.choice(FAMILIES["polarity"]),
            about=(chance.choice(NAMES),) if chance.random() < 0.3 else (),
            date=chance.choice([None, "2023-12-29", "2023-12-31", "2024-01-01", "2024-01-02"]),
        )

    def day():
        kind = chance.random()
        if kind < 0.1:
            return None
        if kind < 0.5:
            return date.fromordinal(date(2023, 11, 20).toordinal() + chance.randrange(100))
        return date.fromordinal(date(2019, 1, 1).toordinal() + chance.randrange(2500))

    return [
        ([says() for _ in range(chance.randint(1, 6))], chance.choice([None, *OUTLETS]), day()) for _ in range(number)
    ]


def test_search_agrees_with_looking_at_each_statement(archive, monkeypatch):
    fill(archive, random_articles())
    rows = rows_in(archive)
    by_id = {row.id: row for row in rows}
    assert len(rows) > 150

    @SUSPENDED
    @given(QUERIES, st.sampled_from(["newest", "oldest", "said", "speaker", "outlet", "relevance"]), st.booleans())
    def check(query, sort, much):
        # Both ways to an order: sorting all, and descending through years and months.
        monkeypatch.setattr(ordering, "SORTED", 2 if much else 4_000)
        asked = parse(query)
        wanted = {row.id for row in rows if agrees(asked, row)}
        page = archive.search(query, sort=sort, limit=1000)
        assert {hit.statement for hit in page.hits} == wanted
        assert page.total == len(wanted) == len(page.hits)
        assert list(archive.statement_ids(query)) == sorted(wanted)
        if sort in ("newest", "oldest", "said"):
            key = {"said": lambda row: row.said}.get(sort, lambda row: row.published)
            sign = 1 if sort == "oldest" else -1

            def order(number):
                day = key(by_id[number])
                return (day is None, sign * (day_number(day) if day else 0), sign * number)

            assert [hit.statement for hit in page.hits] == sorted(wanted, key=order)
        if sort in ("speaker", "outlet"):
            names = [
                (by_id[hit.statement].speaker if sort == "speaker" else by_id[hit.statement].outlet)
                for hit in page.hits
            ]
            known = [name for name in names if name]
            assert known == sorted(known, key=str.lower)
            assert names == known + [None] * (len(names) - len(known))
        for hit in page.hits:
            for span in hit.found:
                assert 0 <= span.start < span.end <= len(hit.snippet)

    check()


MATCHES = st.recursive(
    st.one_of(
        st.lists(st.sampled_from("abcé "), max_size=2).map(lambda some: Word(tuple(some))),
        st.lists(st.sampled_from("abc'"), max_size=3).map(lambda some: Phrase(tuple(some))),
        st.builds(
            Prefix, st.sampled_from(["a", "ab", "", "b*", "A"]), st.lists(st.sampled_from("ab"), max_size=1).map(tuple)
        ),
        st.sampled_from(["all", "x", "y1", "y", "none", "-", '"', ""]).map(Key),
        st.text(max_size=3).map(lambda text: Word((text,))),
        st.text(max_size=3).map(lambda text: Phrase(("a", text))),
        st.text(max_size=3).map(Prefix),
        st.text(max_size=3).map(Key),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda some: And(tuple(some))),
        st.lists(inner, max_size=3).map(lambda some: Or(tuple(some))),
        inner.map(Not),
    ),
    max_leaves=7,
)
ENTRIES = [
    (words.split(), keys.split())
    for words in ("", "a", "b", "a b", "b a", "ab", "abc a b", "a a a", "c ab", f"a {BREAK} b", "ba b c", "日本 δ")
    for keys in ("all", "all x", "all y1", "all x y1")
]


def test_both_indexes_hold_what_a_match_says(archive):
    rows = [IndexRow(number, words, keys) for number, (words, keys) in enumerate(ENTRIES, start=1)]
    archive.store.write(lambda connection: archive.store.index_words(connection, rows))

    @SUSPENDED
    @given(MATCHES)
    def check(match):
        with archive.store.reading() as connection:
            found = {row.id for row in connection.execute(archive.store.match(match))}
            number = archive.store.count(connection, match)
        assert found == {row.id for row in rows if holds(match, row.words, row.keys)}
        assert number == len(found)

    check()
