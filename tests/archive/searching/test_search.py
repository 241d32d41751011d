from __future__ import annotations

from datetime import date

import pytest

from sayso.archive import open_archive
from sayso.archive.marks import marks_of
from sayso.errors import BadQuery, BadSetting
from tests.archive.built import Says, make_article
from tests.archive.built import given as given_of


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
