from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.archive import open_archive
from sayso.archive.days import day_number
from sayso.archive.folding import BREAK, words_in
from sayso.archive.marks import FAMILIES, marks_of, names_in
from sayso.archive.matching import And, Key, Not, Or, Phrase, Prefix, Word, holds
from sayso.archive.searching import ordering
from sayso.archive.searching.binding import words_match
from sayso.archive.searching.query import parse
from sayso.archive.searching.terms import Address, All, Any, Days, Id, Mark, Name, No, Words
from sayso.archive.stores.base import IndexRow
from sayso.errors import BadQuery, BadSetting
from tests.archive.built import Says, make_article
from tests.archive.built import given as given_of

SUSPENDED = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def world(request, tmp_path_factory):
    """A few articles from a small, invented world, which no test changes."""
    if request.param == "sqlite":
        place = str(tmp_path_factory.mktemp("world") / "archive.db")
    else:
        place = request.getfixturevalue("postgres_server").make_database("world")
    with open_archive(place, make=True) as archive:
        yield fill_world(archive)


def fill_world(archive):
    articles = [
        make_article(
            Says("Mara Venn", "the bridge will close in May", act="control", date="2026-03-12"),
            Says("Tom Kestrel", "“We are repaving the bridge’s deck”", quotation="direct", verdict="verbatim"),
            headline="Mara Venn says the bridge will close in May",
            url="https://courier.example/bridge",
            published=date(2026, 3, 14),
        ),
        make_article(
            Says("Harbour Board", "ferries will run twice an hour", kind="organisation", about=("Halvern Council",)),
            Says("Mara Venn", "the ferry’s colour was organised badly", stance="distancing", inside=0),
            outlet="Halvern Post",
            url="https://post.example/ferry",
            published=date(2025, 11, 2),
        ),
        make_article(
            Says(None, "the bud\u00adget of the café is naïve"),
            Says(
                "Ana Kestrel", "front-line crews flew an F-16", polarity="denies", verdict="not found", doubt="partial"
            ),
            outlet="Halvern Post",
            published=date(2024, 2, 29),
        ),
        make_article(Says("senior official", "tolls pay for a bridge", kind="anonymous"), outlet=None, published=None),
    ]
    for number, article in enumerate(articles):
        archive.save(article, given_of(f"{number}.txt"))
    return archive


def texts(page):
    return sorted(hit.text.replace("\u00ad", "").strip("“”") for hit in page.hits)


CLOSE, REPAVE = "the bridge will close in May", "We are repaving the bridge’s deck"
FERRIES, COLOUR = "ferries will run twice an hour", "the ferry’s colour was organised badly"
BUDGET, CREWS, TOLLS = "the budget of the café is naïve", "front-line crews flew an F-16", "tolls pay for a bridge"


@pytest.mark.parametrize(
    "query, found",
    [
        pytest.param("bridges", [CLOSE, REPAVE, TOLLS], id="number"),
        pytest.param("closed", [CLOSE], id="tense"),
        pytest.param("color organizing", [COLOUR], id="american-spelling"),
        pytest.param('"ferries"', [FERRIES], id="quoted-word-as-it-is"),
        pytest.param('"the bridge"', [CLOSE, REPAVE], id="phrase-with-a-possessive"),
        pytest.param('"bridge deck"', [REPAVE], id="phrase-over-a-curly-apostrophe"),
        pytest.param("budget", [BUDGET], id="soft-hyphen"),
        pytest.param("cafe naive", [BUDGET], id="accents-in-the-text"),
        pytest.param("CAFÉ", [BUDGET], id="accents-in-the-query"),
        pytest.param("frontline", [CREWS], id="one-word-finds-what-a-hyphen-parts"),
        pytest.param("linecrews", [], id="one-word-does-not-find-two"),
        pytest.param('"line frontline"', [], id="no-phrase-runs-into-a-joined-word"),
        pytest.param("front-line", [CREWS], id="hyphen"),
        pytest.param("f16", [CREWS], id="letters-and-digits"),
        pytest.param("bridge -toll", [CLOSE, REPAVE], id="exclusion"),
        pytest.param("repav*", [REPAVE], id="prefix"),
        pytest.param('"twice an hou*"', [FERRIES], id="prefix-in-a-phrase"),
        pytest.param("ferry OR budget", [BUDGET, COLOUR, FERRIES], id="or"),
        pytest.param("speaker:kestrel", [CREWS, REPAVE], id="surname"),
        pytest.param('speaker:"Tom Kestrel"', [REPAVE], id="full-name"),
        pytest.param("speaker:VÉNN", [CLOSE, COLOUR], id="name-with-other-accents"),
        pytest.param("speaker:mara", [CLOSE, COLOUR], id="given-name"),
        pytest.param('speaker:"Harbour Board"', [FERRIES], id="organisation"),
        pytest.param("speaker:nobody", [], id="unknown-name"),
        pytest.param("-speaker:nobody speaker:tom", [REPAVE], id="excluding-an-unknown-name"),
        pytest.param('about:"Halvern Council"', [FERRIES], id="about"),
        pytest.param('outlet:"halvern post"', [BUDGET, COLOUR, CREWS, FERRIES], id="outlet"),
        pytest.param("outlet:courier", [CLOSE, REPAVE], id="part-of-an-outlet"),
        pytest.param("since:2025-11-03", [CLOSE, REPAVE], id="since"),
        pytest.param("until:2025-11-02", [BUDGET, COLOUR, CREWS, FERRIES], id="until"),
        pytest.param("published:2024-02", [BUDGET, CREWS], id="published-in-a-month"),
        pytest.param("-published:2000..", [TOLLS], id="not-dated"),
        pytest.param("said:2026-03-12", [CLOSE], id="said-on-a-day"),
        pytest.param("said:2026..", [CLOSE], id="said-since"),
        pytest.param("stance:distancing", [COLOUR], id="stance"),
        pytest.param("act:control", [CLOSE], id="act"),
        pytest.param("polarity:denies", [CREWS], id="polarity"),
        pytest.param("quotation:direct", [REPAVE], id="quotation"),
        pytest.param("verdict:verbatim,not-found", [CREWS, REPAVE], id="verdicts"),
        pytest.param("is:anonymous", [TOLLS], id="anonymous"),
        pytest.param("is:unattributed", [BUDGET], id="unattributed"),
        pytest.param("is:nested", [COLOUR], id="nested"),
        pytest.param("in:headline", [CLOSE], id="headline"),
        pytest.param("is:doubtful", [CREWS], id="doubtful"),
        pytest.param("url:POST.example", [COLOUR, FERRIES], id="address"),
        pytest.param("url:100%_", [], id="address-with-a-wildcard-of-the-database"),
        pytest.param("bridge OR url:post.example", [CLOSE, COLOUR, FERRIES, REPAVE, TOLLS], id="or-with-an-address"),
        pytest.param("bridge -url:courier.example", [TOLLS], id="excluding-an-address"),
        pytest.param("zzz", [], id="a-word-in-no-statement"),
    ],
)
def test_what_is_found(world, query, found):
    page = world.search(query)
    assert texts(page) == sorted(found)
    assert page.total == len(found)
    assert page.next is None


def test_everything_is_found_by_nothing(world):
    assert world.search().total == 7
    assert world.search().sort == "newest"


def test_ids(world):
    hit = world.search('speaker:"Tom Kestrel"').hits[0]
    assert texts(world.search(f"statement:{hit.statement}")) == [REPAVE]
    assert texts(world.search(f"article:{hit.article}")) == sorted([CLOSE, REPAVE])
    assert texts(world.search(f"speaker:#{hit.speaker}")) == [REPAVE]
    assert world.search("article:2147483648999").total == 0
    assert world.search("speaker:#999").notes == ["speaker:#999: the archive has no speaker with that number"]


def test_a_hit_says_who_through_whom_and_about_whom(world):
    hit = world.search("colour").hits[0]
    assert (hit.speaker_name, hit.speaker_kind, hit.via) == ("Mara Venn", "person", ["Harbour Board"])
    assert (hit.outlet, hit.published, hit.url) == ("Halvern Post", "2025-11-02", "https://post.example/ferry")
    assert ("stance", "distancing") in marks_of(hit.marks)
    assert world.search("ferries -colour").hits[0].about == ["Halvern Council"]
    assert world.search("said:2026").hits[0].said == "2026-03-12"


@pytest.mark.parametrize(
    "query, marked",
    [
        pytest.param("bridges", ["bridge"], id="another-form"),
        pytest.param("budgets", ["bud\u00adget"], id="a-soft-hyphen-inside"),
        pytest.param("naive", ["naïve"], id="accents"),
        pytest.param('"bridge deck"', ["bridge’s deck"], id="a-phrase-over-a-possessive"),
        pytest.param("f16", ["F-16"], id="written-with-a-hyphen"),
        pytest.param("repav*", ["repaving"], id="a-prefix"),
        pytest.param("deck -toll", ["deck"], id="what-is-excluded-is-not-sought"),
        pytest.param("speaker:tom", [], id="no-words"),
    ],
)
def test_what_was_found_is_marked_as_the_text_has_it(world, query, marked):
    hit = world.search(query).hits[0]
    assert [span.of(hit.snippet) for span in hit.found] == marked


def test_a_name_of_several_is_all_of_them_with_a_note(world):
    page = world.search("speaker:kestrel")
    assert len({hit.speaker for hit in page.hits}) == 2
    (note,) = page.notes
    assert "is 2 speakers" in note
    assert "Ana Kestrel (#" in note and "Tom Kestrel (#" in note


def test_a_name_of_nobody_is_answered_with_the_nearest(world):
    assert "Nearest: Tom Kestrel" in world.search('speaker:"Tom Kestral"').notes[0]
    assert "Nearest: Halvern Post" in world.search('outlet:"Halvorn Post"').notes[0]


def test_a_word_that_is_nowhere_is_named(world):
    assert world.search("bridge zzz").notes == ["In no statement: zzz"]
    (note,) = world.search("bridge ferry").notes
    assert "none has all" in note
    assert world.search("bridge speaker:nobody").notes[0].startswith("speaker:nobody")
    assert world.search("bridge is:disputed").notes == []


@pytest.mark.parametrize(
    "query, hint",
    [
        pytest.param("speaker:Tom Kestrel", 'speaker:"Tom Kestrel"', id="a-shell-took-the-quotation-marks"),
        pytest.param("speaker:venn,kestrel", "speaker:(venn OR kestrel)", id="commas-between-names"),
        pytest.param('outlet:"halvern post,courier"', 'outlet:("halvern post" OR courier)', id="names-of-outlets"),
    ],
)
def test_what_was_meant_is_said_where_nothing_is_found(world, query, hint):
    page = world.search(query)
    assert page.total == 0
    assert hint in page.notes[-1]


CALLED = [
    Says("Police", "the road is shut", kind="organisation"),
    Says("Railway police", "the line is shut", kind="organisation"),
    Says("Sinéad Maren", "the ferry is late", titles=("Transport Minister",)),
    Says("transport minister's office", "the bus is late", kind="group"),
]


@pytest.mark.parametrize(
    "query, found",
    [
        pytest.param("speaker:police", ["Police"], id="whoever-is-called-just-that"),
        pytest.param("speaker:polic*", ["Police", "Railway police"], id="a-star-finds-all-with-the-word"),
        pytest.param('speaker:"railway polic*"', ["Railway police"], id="a-star-after-two-words"),
        pytest.param("speaker:railway", ["Railway police"], id="a-part-of-a-name"),
        pytest.param("speaker:sinead", ["Sinéad Maren"], id="a-given-name-without-its-accent"),
    ],
)
def test_who_is_meant(archive, query, found):
    archive.save(make_article(*CALLED), given_of("1.txt"))
    assert sorted(hit.speaker_name for hit in archive.search(query).hits) == found


def test_who_else_has_it_in_the_name_is_told(archive):
    archive.save(make_article(*CALLED), given_of("1.txt"))
    (note,) = archive.search("speaker:police").notes
    assert "Railway police (#" in note and note.endswith("For all: speaker:police*")


def test_words_beside_what_the_index_has_not_are_marked_and_the_last_added_come_first(world):
    page = world.search("tolls OR article:1")
    assert page.sort == "relevance"
    assert [hit.article for hit in page.hits] == [4, 1, 1]
    assert [span.of(page.hits[0].snippet) for span in page.hits[0].found] == ["tolls"]
    assert [hit.article for hit in world.search("bridge -url:courier.example").hits] == [4]


def test_whose_title_was_asked_for_is_told(archive):
    text = (
        "Transport Minister Sinéad Maren said the ferry is late. The transport minister's office said the bus is late."
    )
    archive.save(make_article(*CALLED[2:], text=text), given_of("1.txt"))
    page = archive.search('speaker:"transport minister"')
    assert [hit.speaker_name for hit in page.hits] == ["transport minister's office"]
    (note,) = page.notes
    assert "With the title transport minister: Sinéad Maren (#" in note
    assert archive.search('speaker:"defence minister"').notes[0].startswith("speaker:defence minister: the archive has")


def test_the_nearest_names_have_more_than_a_few_letters_in_common(archive):
    archive.save(make_article(Says("Elin Askvold", "it is shut"), Says("Old", "it is open")), given_of("1.txt"))
    assert archive.search("speaker:askwold").notes[0].endswith("Nearest: Elin Askvold")


def test_bad_queries_and_settings_are_refused(world):
    with pytest.raises(BadQuery):
        world.search("speeker:venn")
    with pytest.raises(BadQuery):
        world.statement_ids("speeker:venn")
    for wrong in ({"sort": "loudest"}, {"limit": -1}, {"limit": 10**6}, {"facets": ["colour"]}, {"after": "zzz"}):
        with pytest.raises(BadSetting):
            world.search("bridge", **wrong)


def test_relevance_puts_what_has_the_words_often_first(archive):
    archive.save(
        make_article(
            Says("Mara Venn", "a bridge is one of many things that we have been talking about for a long time now"),
            Says("Mara Venn", "the bridge, the bridge and the bridge"),
        ),
        given_of(),
    )
    page = archive.search("bridge")
    assert page.sort == "relevance"
    assert page.hits[0].text.startswith("the bridge, the")
    assert page.hits[0].score > page.hits[1].score


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
        wanted = {row.id for row in rows if agrees(parse(query), row)}
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


def test_what_is_nested_deep_and_long_can_be_asked_of_both(archive):
    archive.save(make_article(Says("Mara Venn", "the bridge is closed")), given_of())
    deep = "(" * 20 + "bridge" + " OR toll)" * 20
    assert archive.search(deep).total == 1
    assert archive.search(" OR ".join(f"bridge{number}" for number in range(100)) + " OR bridge").total == 1
    assert archive.search("-" + " -".join(f"bridge{number}" for number in range(100))).total == 1
    assert archive.search(" ".join(["bridge"] * 100)).total == 1


MEANT = (
    "the bridge will reopen before the summer",
    "ferries will run twice an hour",
    "the budget was cut by a third",
    "taxes will rise next year",
)


@pytest.fixture
def meant(archive):
    archive.save(make_article(*(Says("Mara Venn", content) for content in MEANT[:2])), given_of("1.txt"))
    archive.save(make_article(*(Says("Tom Kestrel", content) for content in MEANT[2:])), given_of("2.txt"))
    return archive


@pytest.mark.parametrize(
    "query, found",
    [
        pytest.param('like:"the bridge is going to be opened again"', [MEANT[0]], id="other-words"),
        pytest.param('like:"higher taxes"', [MEANT[3]], id="no-word-in-common-but-one"),
        pytest.param('like:"higher taxes" speaker:venn', [], id="with-a-field"),
        pytest.param('like:"higher taxes" OR ferries', [MEANT[1], MEANT[3]], id="or-a-word"),
        pytest.param('-like:"higher taxes"', MEANT[:3], id="excluded"),
        pytest.param('like:"qqq zzz"', [], id="no-known-word"),
    ],
)
def test_what_means_much_the_same_is_found(meant, query, found):
    page = meant.search(query)
    assert texts(page) == sorted(found)
    assert page.total == len(found)


def test_what_is_nearest_in_meaning_comes_first_with_its_nearness(meant):
    page = meant.search('like:"the bridge will reopen" OR like:"higher taxes"')
    assert page.sort == "relevance"
    assert [hit.text for hit in page.hits] == [MEANT[0], MEANT[3]]
    assert 1 >= page.hits[0].score > page.hits[1].score > 0.4
    assert meant.search('like:"qqq zzz"').notes == ["Nothing is near in meaning to: qqq zzz"]


def test_an_older_version_is_no_longer_found(archive):
    for words in ("the bridge will reopen", "taxes will rise"):
        archive.save(make_article(Says("Mara Venn", words), url="https://courier.example/1"), given_of("1.txt"))
    assert archive.search("bridge").total == 0
    assert archive.search('like:"the bridge will reopen"').total == 0
    assert archive.search("article:1").hits[0].version == 2
    assert archive.search().total == 1


def test_whoever_was_merged_is_found_as_the_other_one(archive):
    archive.save(make_article(Says("Mara Venn", "the bridge will reopen")), given_of("1.txt"))
    archive.save(make_article(Says("Venn Harbour Works", "taxes will rise", kind="organisation")), given_of("2.txt"))
    one, other = (archive.search(word).hits[0].speaker for word in ("bridge", "taxes"))
    archive.merge(one, other, reason="a test", by="tester")
    for name in ('"Mara Venn"', '"Venn Harbour Works"', f"#{one}", f"#{other}"):
        assert archive.search(f"speaker:{name}").total == 2, name
