"""The batch that the grouping is measured with: what is known of it, and how well a grouping of it does."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks.groupings.building import build, read_truth
from benchmarks.groupings.judging import judge
from benchmarks.groupings.wording import Fresh
from sayso.batch.digest import digest_of
from sayso.batch.grouping import group
from sayso.batch.layout import Folder
from tests.batch.grouped import Here, copies_of

NEWS = (0.112, 0.031, 0.014)
"""Of the runs of three, four and five words of 2,000 marked statements of PolNeAR, drawn from all, those that another
article has."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made")
    assert build(made, 1_500, seed=3)["statements"] >= 1_500
    (made / "batch.json").write_text("{}")
    group(Folder(made), Here())
    return made


def test_the_same_seed_makes_the_same_batch(root: Path, tmp_path: Path) -> None:
    build(tmp_path, 300, seed=3)
    truth = list(read_truth(tmp_path))
    assert truth == list(read_truth(root))[: len(truth)]


def test_its_sentences_share_no_more_words_in_a_row_than_those_of_news() -> None:
    chance, words = random.Random(1), Fresh()
    sentences = [words.sentence(chance).lower().split() for _ in range(2_000)]
    for size, in_news in ((3, NEWS[0]), (4, NEWS[1]), (5, NEWS[2])):
        having: dict[tuple[str, ...], set[int]] = defaultdict(set)
        runs = [
            (tuple(its[at : at + size]), number)
            for number, its in enumerate(sentences)
            for at in range(len(its) - size + 1)
        ]
        for run, number in runs:
            having[run].add(number)
        assert 0 < sum(len(having[run]) > 1 for run, _ in runs) / len(runs) <= in_news


def test_agency_copies_are_found_and_nothing_else_is_one(root: Path) -> None:
    wires = {name: wire for name, wire, _ in read_truth(root)}
    found = copies_of(Folder(root))
    assert found
    assert all(wires[name] is not None and wires[name] == wires[row["original"]] for name, row in found.items())
    figures = judge(root)
    assert figures["copies"]["recall"] == figures["copies"]["precision"] == 1


def test_what_tells_one_utterance_is_found_as_far_as_tracing_links_it(root: Path) -> None:
    figures = judge(root)
    assert figures["utterances"]["precision"] > 0.97 and figures["utterances"]["recall"] > 0.95
    assert figures["across"]["precision"] > 0.9 and figures["across"]["recall"] > 0.9


def test_grouping_again_gives_the_same(root: Path) -> None:
    before = digest_of(root)
    (root / "grouping.json").unlink()
    group(Folder(root), Here(order=reversed))
    assert digest_of(root) == before
