"""What is made to bring a reader down is refused by a real server, which goes on showing its pages meanwhile.

With a time limit of three seconds in place of ten; `benchmarks/bombs.py` measures all of them with the limits as they
are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web import bombs
from tests.web.besieged import SOUND, Besieged, Outcome, besieged

WITHIN_S = 10.0
PAGE_S = 2.0
"""A page takes a hundredth of that; the machine of the tests may have other things to do."""
MORE_MB = 150


def lean(table: dict[str, tuple[str, bombs.Build]]) -> list[Any]:
    return [pytest.param(*bomb, id=id) for id, bomb in table.items() if id not in bombs.SLOW]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Besieged]:
    archive = tmp_path_factory.mktemp("besieged") / "archive.db"
    with besieged(archive, {"SAYSO_PARSE_TIMEOUT_S": "3"}) as made:
        before = made.memory_mb()
        yield made
        assert made.peak_mb() - before < MORE_MB
        assert made.read("sound.txt", SOUND).told == f"read: {len(SOUND)} characters"


def hold(outcome: Outcome) -> None:
    assert outcome.took_s < WITHIN_S, outcome
    assert outcome.slowest_page_s < PAGE_S, outcome


@pytest.mark.parametrize("name, build", lean(bombs.ARTICLES))
def test_an_article_that_is_a_trap_is_refused(server: Besieged, name: str, build: bombs.Build) -> None:
    outcome = server.read(name, build())
    hold(outcome)
    assert 400 <= outcome.status < 500 and len(outcome.told) < 500, outcome


@pytest.mark.parametrize("name, build", lean(bombs.TRANSCRIPTS))
def test_a_transcript_that_is_a_trap_is_refused(server: Besieged, name: str, build: bombs.Build) -> None:
    outcome = server.check(name, build())
    hold(outcome)
    assert 400 <= outcome.status < 500 and len(outcome.told) < 500, outcome


@pytest.mark.parametrize("name, build", lean(bombs.CONTAINERS))
def test_a_container_that_is_a_trap_is_a_problem_of_the_archive(
    server: Besieged, name: str, build: bombs.Build
) -> None:
    outcome = server.add(name, build())
    hold(outcome)
    assert outcome.status == 202 and outcome.told.startswith("done: {'problem':"), outcome
