"""Readings: each for whoever made it, and never more of them than there is room for."""

from __future__ import annotations

import threading

import pytest

from sayso.documents import Article, Transcript
from sayso.errors import NoSuchEntry
from sayso.web.readings import Readings
from sayso.web.workers import Upload

TEXT = Upload.of_text("The mill will close.")


def article(size: int = 10) -> Article:
    return Article("a1", "x" * size)


def test_a_reading_is_for_whoever_made_it() -> None:
    readings = Readings()
    reading = readings.keep(article(), TEXT, by="mara")
    assert readings.get(reading.id, by="mara").article == article()
    for ask in (readings.get, readings.replace, readings.forget):
        with pytest.raises(NoSuchEntry, match="read the article again"):
            ask(reading.id, by="tom")
    assert (readings.all(by="mara"), readings.all(by="tom")) == ([reading], [])
    readings.forget(reading.id, by="mara")
    with pytest.raises(NoSuchEntry):
        readings.get(reading.id)


def test_another_article_takes_its_place_and_who_has_the_old_one_keeps_it() -> None:
    readings = Readings()
    old = readings.keep(article(), TEXT, by="mara")
    new = readings.replace(old.id, article=article(20), transcripts=[Transcript("t1", "No.")], by="mara")
    assert (new.id, new.given, len(new.article.text), len(new.transcripts)) == (old.id, TEXT, 20, 1)
    assert readings.get(old.id) is new
    assert (len(old.article.text), old.transcripts) == (10, [])


@pytest.mark.parametrize(
    "limits, left",
    [
        pytest.param({"most": 2}, 2, id="by-number"),
        pytest.param({"most_bytes": 40_000}, 3, id="by-size"),
        pytest.param({"most_bytes": 1}, 1, id="the-last-one-stays"),
        pytest.param({"keep_s": 2.5}, 3, id="by-age"),
    ],
)
def test_the_oldest_are_let_go(limits: dict[str, float], left: int) -> None:
    now = 0.0
    readings = Readings(**limits, clock=lambda: now)  # type: ignore[arg-type]
    made = []
    for second in range(5):
        now = float(second)
        made.append(readings.keep(article(1_000), TEXT, by="mara"))
    assert readings.all(by="mara") == made[::-1][:left]
    assert readings._bytes == sum(each.size for each in made[-left:])


def test_many_threads_keep_and_ask_at_once() -> None:
    readings = Readings(most=20)
    wrong: list[BaseException] = []

    def use() -> None:
        try:
            for _ in range(200):
                made = readings.keep(article(), TEXT, by="mara")
                try:
                    readings.replace(made.id, article=article(20))
                except NoSuchEntry:
                    continue
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not wrong
    assert len(readings.all(by="mara")) == 20
    assert readings._bytes == sum(each.size for each in readings.all(by="mara"))
