"""The generated archives: seeded, sound in every span, like news in what counts, and asked only what can be asked."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import islice

import pytest

from benchmarks.archives import Made, Material, articles
from benchmarks.archives.asking import Mix
from benchmarks.archives.building import archive_path, build
from sayso.archive import open_archive
from sayso.archive.searching.query import parse

STATEMENTS = 2_500


@cache
def material() -> Material:
    return Material()


@cache
def made() -> tuple[Made, ...]:
    return tuple(articles(material(), statements=STATEMENTS, seed=3))


def texts(some):
    return [each.article.text for each in some]


def test_a_seed_gives_the_same_articles():
    assert texts(islice(articles(Material(), statements=STATEMENTS, seed=3), 20)) == texts(made()[:20])
    assert texts(islice(articles(material(), statements=STATEMENTS, seed=4), 20)) != texts(made()[:20])


def test_a_larger_archive_begins_as_a_small_one():
    assert texts(islice(articles(material(), statements=40 * STATEMENTS, seed=3), len(made()))) == texts(made())


def test_no_more_articles_are_made_than_are_needed():
    counts = [len(each.article.statements) for each in made()]
    assert sum(counts) >= STATEMENTS > sum(counts[:-1])


def test_every_span_is_what_it_says():
    for each in made():
        article = each.article
        words = {
            attribution: statement.text for statement in article.statements for attribution in statement.attributions
        }
        names = {speaker.id: speaker for speaker in [*article.speakers, *article.mentioned]}
        for attribution in article.attributions:
            assert attribution.content[0].of(article.text) == words[attribution.id]
            assert attribution.cue[0].of(article.text) == "said"
            assert attribution.source[0].of(article.text) in names[attribution.speaker].name
            for name in attribution.about:
                assert names[name].name in words[attribution.id]
        for speaker in names.values():
            assert speaker.mentions
            assert all(span.of(article.text) in speaker.name for span in speaker.mentions)
        for figure in article.figures:
            assert float(figure.span.of(article.text)) == figure.value


def test_articles_are_like_those_that_are_read():
    count = len(made())
    statements = [statement.text for each in made() for statement in each.article.statements]
    said = sum(map(len, statements))
    assert 20 < len(statements) / count < 32
    assert 85 < said / len(statements) < 125
    assert 0.4 < said / sum(len(each.article.text) for each in made()) < 0.6


def test_utterances_come_back_in_other_outlets_in_other_words():
    outlets: dict[str, set[str]] = {}
    wordings: dict[str, set[str]] = {}
    for each in made():
        for told in each.told:
            outlets.setdefault(told.utterance.words, set()).add(each.article.outlet)
            wordings.setdefault(told.utterance.words, set()).add(told.words)
    assert sum(len(some) > 1 for some in outlets.values()) > len(outlets) / 5
    assert sum(len(some) > 1 for some in wordings.values()) > len(wordings) / 20


def test_an_agency_is_carried_by_several_outlets():
    bodies = Counter(each.article.text.split(" - ", 1)[1] for each in made() if each.article.dateline is not None)
    assert max(bodies.values()) > 1


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("archives")
    build(place, (300, 900), seed=5)
    return place


def test_a_small_archive_is_the_beginning_of_the_large_one(folder):
    told = build(folder, (300, 900), seed=5)
    ids = {}
    for size in (300, 900):
        with open_archive(archive_path(folder, size)) as archive:
            ids[size] = [article.id for _, article in archive.articles()]
            assert archive.search("", limit=0).total == told["sizes"][str(size)]["statements"] >= size
            assert len(ids[size]) == told["sizes"][str(size)]["articles"]
    assert ids[900][: len(ids[300])] == ids[300]
    assert len(ids[900]) > len(ids[300])


def test_an_archive_grows_by_less_than_six_times_its_text(folder):
    small, large = build(folder, (300, 900), seed=5)["sizes"].values()
    grown = large["file_bytes"] - small["file_bytes"]
    assert grown < 6 * (large["text_bytes"] - small["text_bytes"])


def test_what_is_built_is_not_built_again(folder):
    before = archive_path(folder, 900).stat().st_mtime_ns
    build(folder, (300, 900), seed=5)
    assert archive_path(folder, 900).stat().st_mtime_ns == before


def test_other_seeds_are_not_taken_for_what_is_built(folder, tmp_path):
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = archive_path(tmp_path, 300).read_bytes()
    build(tmp_path, (300,), seed=6)
    assert archive_path(tmp_path, 300).read_bytes() != before


def test_every_quote_that_is_asked_for_is_traced(folder):
    asked = build(folder, (300, 900), seed=5)["asked"]
    with open_archive(archive_path(folder, 300)) as archive:
        for each in asked[:5]:
            assert archive.trace(each["words"]).wordings, each["words"]


def test_every_query_of_the_mix_can_be_asked():
    told = [told for each in made() for told in each.told]
    mix = Mix(
        [each.words for each in told], [each.utterance.voice.name for each in told], ["The Tidewater Courier"], seed=1
    )
    asked = list(mix.queries(320))
    for each in asked:
        parse(each.query)
    assert set(Counter(each.kind for each in asked).values()) == {20}
    assert 0.15 < sum(bool(each.facets) for each in asked) / len(asked) < 0.35
