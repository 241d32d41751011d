"""Articles to add that tell what should become of them, and a rule that takes the place of the model."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import sayso.adding
from sayso.adding import add_items
from sayso.archive.archive import Archive
from sayso.documents import Article, Span
from sayso.intake.items import Item
from sayso.records import Attribution, Speaker, Statement

SAID = re.compile(r"(?P<who>[A-Z]\w+ [A-Z]\w+) said (?P<what>[^.]+)\.")
BOARD = "Port Board"
NAMES = ("Mara Venn", "Oskar Lind", "Ilse Brandt", "Tomas Quill", "Nora Feld")
CHANGED = 3
"""Each article whose number this divides has a second version."""
Place = tuple[int, int]
"""An article's number and its edition, 1 or 2."""


def text_of(place: Place) -> str:
    """The text of an article: mostly some sentences, now and then so many that one transaction fills many pages."""
    number, edition = place
    sentences = 120 if number % 17 == 5 else 3 + number % 11
    return " ".join(
        f"{NAMES[(number + each) % len(NAMES)]} said the {BOARD} of ward {number} in its plan {each} closes the bridge "
        f"for {edition} days and the ferry at pier {number * each} sails at noon."
        for each in range(sentences)
    )


def item_of(place: Place) -> Item:
    """An article as a source gives it."""
    number, edition = place
    return Item(
        f"wire-{number}.txt",
        "wire",
        text_of(place).encode(),
        media_type="text/plain",
        url=f"https://tidewater.example/{number}",
        version=str(edition),
        outlet=f"Courier {number % 4}",
        published=date(2026, 1, 1) + timedelta(days=number % 60),
    )


def places(numbers: Iterable[int]) -> list[Place]:
    """The articles of some numbers, with the second versions after all of the first."""
    some = list(numbers)
    return [(number, 1) for number in some] + [(number, 2) for number in some if number % CHANGED == 0]


def extracted(article: Article) -> Article:
    """The article with its layers, found by a rule."""
    speakers: dict[str, Speaker] = {}
    mentions = [Span(*each.span()) for each in re.finditer(BOARD, article.text)]
    board = Speaker("m1", BOARD, "organisation", [], mentions)
    for number, found in enumerate(SAID.finditer(article.text), start=1):
        source, content = Span(*found.span("who")), Span(*found.span("what"))
        who = speakers.setdefault(found["who"], Speaker(f"s{len(speakers) + 1}", found["who"], "person", [], []))
        who.mentions.append(source)
        article.attributions.append(
            Attribution(
                f"at{number}", [source], [], [content], "indirect", confidence=0.9, speaker=who.id, about=[board.id]
            )
        )
        article.statements.append(Statement(f"st{number}", who.id, [f"at{number}"], found["what"]))
    article.speakers = list(speakers.values())
    article.mentioned = [board]
    return article


@contextmanager
def by_rule() -> Iterator[None]:
    """While it lasts, articles are read by the rule and not by the model."""
    module: Any = sayso.adding
    real = module.extracted
    module.extracted = extracted
    try:
        yield
    finally:
        module.extracted = real


def add(archive: Archive, some: Iterable[Place], *, acknowledge: int | None = None) -> Iterator[Place]:
    """Adds articles, each yielded when it is in; `acknowledge` is a file that is told of it, before anything else is.

    Raises ArchiveError.
    """
    waiting: list[Place] = []

    def items() -> Iterator[Item]:
        for place in some:
            waiting.append(place)
            yield item_of(place)

    with by_rule():
        for added in add_items(items(), archive):
            if added.problem is not None:
                raise AssertionError(f"{added.name}: {added.problem.reason}")
            place = waiting.pop(0)
            if acknowledge is not None:
                os.write(acknowledge, f"{place[0]} {place[1]}\n".encode())
            yield place


def acknowledged(data: bytes) -> set[Place]:
    """What a process told in whole lines."""
    lines = data.decode().split("\n")[:-1]
    return {(int(number), int(edition)) for number, edition in (line.split() for line in lines)}


def faults_of(archive: Archive, told: set[Place], begun: set[Place]) -> list[str]:
    """What is not as it should be: `told` must be in, nothing but `begun` may be, each article once and whole."""
    faults = archive.verify()
    found: dict[int, int] = {}
    for number, article in archive.articles():
        which = int((article.url or "/0").rsplit("/", maxsplit=1)[1])
        if which in found:
            faults.append(f"article {which} is in twice")
        versions = archive.versions(number)
        found[which] = int(versions[-1].edition or 0)
        if article.text != text_of((which, found[which])):
            faults.append(f"article {which} has another text")
        if len(article.statements) != len(SAID.findall(article.text)):
            faults.append(f"article {which} is halved")
        if len({each.text_id for each in versions}) != len(versions):
            faults.append(f"article {which} has a version twice")
        if (which, found[which]) not in begun:
            faults.append(f"article {which} was never added so")
    for which, edition in sorted(told):
        if found.get(which, 0) < edition:
            faults.append(f"article {which} was acknowledged in edition {edition} and is lost")
    return faults
