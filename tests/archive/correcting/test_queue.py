"""What should be looked at: kept with each article, the most uncertain first, and gone once somebody did."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, insert

from sayso.archive import schema
from sayso.archive.archive import Archive
from sayso.archive.correcting.doubts import doubts_of
from sayso.archive.correcting.forms import Corrected, Uncertain
from sayso.archive.correcting.queue import look_for_doubts
from sayso.documents import Article
from sayso.errors import BadSetting, NoSuchEntry
from sayso.records import Candidate, Stance
from tests.archive.built import Says, given, make_article


def doubtful(number: int = 0) -> Article:
    """An article with something of each kind to look at, and something sure."""
    article = make_article(
        Says("Mara Venn", f"the bridge {number} closes"),
        Says("Oskar Lind", f"ferry {number} sails"),
        Says("Mara Venn", f"toll {number} is due", verdict="altered"),
        Says("Oskar Lind", f"pier {number} is open", verdict="not found", doubt="So few words may have been said."),
        Says("Mara Venn", f"nobody {number} knows"),
        headline=f"News of day {number}",
    )
    first, second, _, _, last = article.attributions
    first.confidence = 0.4
    second.candidates = [Candidate("s2", 0.5), Candidate("s1", 0.45)]
    last.stance = Stance(confidence=0.3)
    last.confidence = 0.7
    return article


def told(items: list[Uncertain]) -> list[tuple[str, str]]:
    return [(each.kind, each.target) for each in items]


def test_the_most_uncertain_comes_first_and_says_why(archive: Archive) -> None:
    number = archive.save(doubtful(), given()).id
    page = archive.review_queue()
    assert told(page.items) == [
        ("verdict", "v3"), ("attribution", "at1"), ("attribution", "at2"), ("attribution", "at5"), ("verdict", "v4"),
    ]  # fmt: skip
    assert page.items[0].why == "altered, and nobody has confirmed it"
    assert "Oskar Lind or Mara Venn" in page.items[2].why
    assert "stance" in page.items[3].why
    first = page.items[1]
    assert (first.article, first.text, first.headline, first.outlet) == (
        number, "the bridge 0 closes", "News of day 0", "The Tidewater Courier",
    )  # fmt: skip


def test_what_was_corrected_or_confirmed_leaves_and_comes_back(archive: Archive) -> None:
    number = archive.save(doubtful(), given()).id
    archive.correct(number, field="confirmed", target="v3")
    archive.correct(number, field="speaker", target="at2", after={"speaker": "s1"})
    assert [each.target for each in archive.review_queue().items] == ["at1", "at5", "v4"]
    whole = archive.correct(number, field="confirmed", target="article")
    assert told(archive.review_queue().items) == [("verdict", "v4")]
    archive.undo_correction(whole.id)
    assert archive.review_queue().total == 3
    # Another check asks anew of what it found; what was said of an attribution holds.
    checked = archive.article(number)
    checked.verdicts = [replace(checked.verdicts[0], value="verbatim"), checked.verdicts[1]]
    archive.keep_verdicts(number, checked)
    assert [each.target for each in archive.review_queue().items] == ["at1", "at5", "v4"]


def test_pages_and_articles(archive: Archive) -> None:
    numbers = [archive.save(doubtful(each), given(f"{each}.txt")).id for each in range(3)]
    found: list[Uncertain] = []
    after: str | None = None
    while True:
        page = archive.review_queue(limit=4, after=after)
        found += page.items
        after = page.next
        if after is None:
            break
    assert len(found) == page.total == 15
    assert len({(each.article, each.target) for each in found}) == 15
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert {each.article for each in archive.review_queue(article=numbers[1]).items} == {numbers[1]}
    with pytest.raises(NoSuchEntry):
        archive.review_queue(article=99)
    for wrong in ("x", "12", "1-y", "-"):
        with pytest.raises(BadSetting):
            archive.review_queue(after=wrong)


def test_a_newer_version_takes_the_place_of_the_older(archive: Archive) -> None:
    url = "https://tidewater.example/day"
    old, new = (replace(doubtful(each), url=url) for each in (1, 2))
    archive.save(old, given())
    archive.save(new, given("later.txt"))
    assert {each.text[-6:] for each in archive.review_queue().items if each.kind == "attribution"} == {
        "closes", " sails", " knows",
    }  # fmt: skip
    assert all("2" in each.text for each in archive.review_queue().items)
    assert archive.verify() == []


def test_articles_of_before_there_was_a_queue_are_looked_through_in_steps(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.archive.correcting.queue._STEP", 2)
    for each in range(5):
        archive.save(doubtful(each), given(f"{each}.txt"))
    whole = [(each.article, each.target, each.score) for each in archive.review_queue(limit=100).items]
    with archive.store.writing() as connection:
        connection.execute(delete(schema.uncertain))
        connection.execute(insert(schema.about_archive), {"name": "doubts_left", "value": "5"})
    assert look_for_doubts(archive.store, patience_s=-1) == 5
    assert sorted((each.article, each.target, each.score) for each in archive.review_queue(limit=100).items) == sorted(
        whole
    )
    assert look_for_doubts(archive.store) == 0


def test_what_is_sure_is_not_asked_for() -> None:
    article = make_article(Says("Mara Venn", "the bridge closes", verdict="verbatim"), Says(None, "it rains"))
    assert doubts_of(Corrected(article, article)) == []
