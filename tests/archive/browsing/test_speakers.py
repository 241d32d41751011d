from __future__ import annotations

import pytest

from sayso.archive.browsing import topics
from sayso.errors import NoSuchEntry
from tests.archive.browsing.conftest import COURIER, GAZETTE
from tests.archive.built import Says, given, make_article


def profile_of(archive, name):
    return archive.speaker_profile(archive.speakers(name)[0].id)


def test_a_profile_counts_how_somebody_is_told(town):
    venn = profile_of(town, "Mara Venn")
    assert (venn.speaker.name, venn.speaker.statements, venn.undated, venn.step) == ("Mara Venn", 13, 1, "week")
    assert venn.quotation == {"direct": 6, "indirect": 7, "mixed": 0}
    assert venn.stance == {"neutral": 7, "endorsing": 6, "distancing": 0}
    assert venn.polarity["affirms"] == venn.act["communication"] == 13
    assert profile_of(town, "Oskar Lind").verdict["altered"] == 6
    assert [(each.name, each.statements, each.quoted_share) for each in venn.outlets] == [
        (GAZETTE, 10, 0.3),
        (COURIER, 3, 1.0),
    ]


def test_all_queries_find_what_is_counted(town):
    for name in ("Mara Venn", "Oskar Lind", "senior official"):
        profile = profile_of(town, name)
        assert town.search(profile.query).total == profile.speaker.statements
        for each in (*profile.periods, *profile.topics, *profile.chapters):
            assert town.search(each.query).total == each.count, each
        for each in (topic for chapter in profile.chapters for topic in chapter.topics):
            assert town.search(each.query).total == each.count, each
        for each in profile.outlets:
            assert town.search(each.query).total == each.statements, each


def test_topics_are_what_others_do_not_say(town):
    venn = profile_of(town, "Mara Venn")
    words = {each.word: each for each in venn.topics}
    assert {"toll bridge", "piers", "harbour wall"} <= words.keys()
    # Both talk of leaks, and "the" is everybody's.
    assert not {"the", "leaks", "places", "venn", "toll"} & words.keys()
    assert words["toll bridge"].count == sum(words["toll bridge"].over_time) == 6
    assert [bool(each) for each in words["harbour wall"].over_time] == [*[False] * 9, True]


def test_chapters_tell_how_the_words_change(town):
    early, late = profile_of(town, "Mara Venn").chapters
    assert (early.count, late.count) == (6, 6)
    assert "toll bridge" in [each.word for each in early.topics]
    assert "harbour wall" in [each.word for each in late.topics]
    assert early.end < late.start


def test_of_very_many_statements_some_are_looked_at_and_the_counts_stay_whole(town, monkeypatch):
    monkeypatch.setattr(topics, "LOOKED_AT", 8)
    venn = profile_of(town, "Mara Venn")
    assert venn.topics_of == 6
    assert venn.topics
    for each in (*venn.topics, *venn.chapters, *(topic for chapter in venn.chapters for topic in chapter.topics)):
        assert town.search(each.query).total == each.count, each


def test_disputes_on_either_side_the_latest_first(town):
    venn, lind = profile_of(town, "Mara Venn"), profile_of(town, "Oskar Lind")
    assert venn.disputes == lind.disputes
    assert [each.day for each in venn.disputes] == [f"2026-01-{day:02}" for day in range(10, 4, -1)]
    assert {(each.by, each.of) for each in venn.disputes} == {("Oskar Lind", "Mara Venn")}
    assert profile_of(town, "Ilo Brandt").disputes == []


def test_articles_without_an_outlet_are_told_apart(town):
    (use,) = profile_of(town, "Ilo Brandt").outlets
    assert (use.outlet, use.name, use.statements, use.query) == (None, None, 1, None)


def test_a_merged_speaker_is_the_one_that_it_went_into(archive):
    for name in ("Mara Venn", "M. Vennart"):
        archive.save(make_article(Says(name, f"pier {name} is shut")), given(name))
    keep, other = (archive.speakers(name)[0].id for name in ("Mara Venn", "M. Vennart"))
    archive.merge(keep, other, reason="a test", by="tester")
    assert archive.speaker_profile(other) == archive.speaker_profile(keep)
    assert archive.speaker_profile(other).speaker.statements == 2


def test_a_speaker_that_is_none_is_refused(town):
    with pytest.raises(NoSuchEntry, match="No speaker '999'"):
        town.speaker_profile(999)


def test_one_who_is_only_talked_about_has_an_empty_profile(archive):
    archive.save(make_article(Says("Mara Venn", "it is shut", about=("Port Board",))), given("a"))
    board = profile_of(archive, "Port Board")
    assert (board.periods, board.topics, board.chapters, board.outlets) == ([], [], [], [])


def test_what_a_wire_report_carries_everywhere_is_no_topic(archive):
    for number in range(5):
        wire = Says("Mara Venn", "the lighthouse lamp is broken")
        own = Says("Mara Venn", f"ballast water is the {number}. worry")
        other = Says("Oskar Lind", f"ferry {number} sails")
        archive.save(make_article(wire, own, other, outlet=f"Post {number}"), given(f"{number}"))
    words = [each.word for each in profile_of(archive, "Mara Venn").topics]
    assert "ballast water" in words
    assert not {"lighthouse", "lamp", "lighthouse lamp"} & set(words)
