"""Corrections come out of an archive and into the training examples as somebody made them, to the character."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.extraction import labels
from sayso.extraction.shipped import ENGLISH, VOCABULARY
from sayso.extraction.wordpiece import WordPieces
from tests.archive.built import given
from tests.archive.correcting.cases import article_to_correct, at
from training.corpora import read_polnear
from training.corrections import corrected_example, read_corrections
from training.examples import IGNORED, Example

TOLD = {"source": "He", "cue": "told us", "content": '"the toll is ten crowns"'}
READ = article_to_correct()
PIECES = WordPieces.from_file(ENGLISH / VOCABULARY)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db", make=True) as made:
        yield made


def exported(archive: Archive, path: Path) -> Path:
    file = path / "corrections.jsonl"
    lines = [json.dumps(each, ensure_ascii=False) for each in archive.export_corrections()]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def words(example: Example, targets: np.ndarray, wanted: set[int]) -> list[str]:
    spans = example.tokens.words
    return [spans[at].of(example.text.text) for at in np.flatnonzero(np.isin(targets, list(wanted)))]


@pytest.fixture
def number(archive: Archive) -> int:
    return archive.save(READ, given()).id


def test_what_was_corrected_comes_back_to_the_character(archive: Archive, number: int, tmp_path: Path) -> None:
    spans = {
        "source": [at(READ, "He")],
        "cue": [at(READ, "told us")],
        "content": [at(READ, '"the toll is ten crowns"')],
    }
    archive.correct(number, field="spans", target="at4", after=spans)
    inner = {"cue": [at(READ, "claimed")], "content": [at(READ, "the ferry would sail on Monday")]}
    archive.correct(number, field="spans", target="at3", after=inner | {"source": []})
    archive.correct(number, field="removed", target="at5")
    path = exported(archive, tmp_path)
    (text,) = read_corrections(path)
    found = {each.cue[0].of(text.text): each for each in text.attributions}
    assert {name: [list(span) for span in each.content] for name, each in found.items()} == {
        "claimed": inner["content"],
        "told us": spans["content"],
    }
    assert [list(span) for span in found["told us"].source] == spans["source"]
    assert (text.text, text.complete, text.classes) == (READ.text, False, [None, None])
    # Another reader of the corpora's form finds the same.
    (plain,) = read_polnear(path)
    assert [each.content for each in plain.attributions] == [each.content for each in text.attributions]


def test_only_what_somebody_vouched_for_is_learnt(archive: Archive, number: int, tmp_path: Path) -> None:
    spans = {
        "source": [at(READ, "He")],
        "cue": [at(READ, "told us")],
        "content": [at(READ, '"the toll is ten crowns"')],
    }
    archive.correct(number, field="spans", target="at4", after=spans)
    (text,) = read_corrections(exported(archive, tmp_path))
    example = corrected_example(text, PIECES)
    every = set(range(int(example.tags.max()) + 1))
    assert words(example, example.tags, {IGNORED})[:3] == ["Bridge", "shut", ":"]
    assert words(example, example.tags, every) == ["He", "told", "us", '"', "the", "toll", "is", "ten", "crowns", '"']
    assert words(example, example.cue_tags, {1, 2}) == ["told", "us"]
    assert words(example, example.cue_tags, {0}) == ["He"]
    assert words(example, example.roles[0], {3, 4}) == ['"', "the", "toll", "is", "ten", "crowns", '"']


def test_of_a_whole_article_what_is_not_marked_is_nothing(archive: Archive, number: int, tmp_path: Path) -> None:
    for name, cue in (("at1", "said"), ("at2", "said"), ("at3", "claimed"), ("at4", "told us")):
        start = READ.text.index(cue, READ.text.index("Oskar") if name == "at2" else 0)
        archive.correct(number, field="spans", target=name, after={"cue": [[start, start + len(cue)]], "source": []})
    archive.correct(number, field="removed", target="at5")
    archive.correct(number, field="stance", target="at1", after={"value": "endorsing"})
    archive.correct(number, field="confirmed", target="article")
    (text,) = read_corrections(exported(archive, tmp_path))
    assert (text.complete, len(text.attributions)) == (True, 4)
    assert [each.inside for each in text.attributions] == [None, None, 1, None]
    example = corrected_example(text, PIECES)
    assert IGNORED not in example.tags and IGNORED not in example.cue_tags
    assert words(example, example.cue_tags, {1}) == ["said", "said", "claimed", "told"]
    assert example.classes[0] == (labels.ACTS.index("communication"), labels.STANCES.index("endorsing"))


def test_words_that_are_no_cue_are_learnt_as_none(archive: Archive, number: int, tmp_path: Path) -> None:
    archive.correct(number, field="spans", target="at4", after={"cue": [at(READ, "told us")], "source": []})
    made = archive.correct(number, field="confirmed", target="at4")
    archive.correct(number, field="removed", target="at4")
    (line,) = archive.export_corrections()
    assert (line["attributions"], len(line["removed"])) == ([], 1)
    archive.undo_correction(made.id)
    (text,) = read_corrections(exported(archive, tmp_path))
    # What was removed is told as it was read, and it was read without a cue.
    assert (text.attributions, text.no_cues) == ([], [])


def test_an_article_with_nothing_to_learn_is_left_out(archive: Archive, number: int) -> None:
    archive.correct(number, field="verdict", target="v4", after="verbatim")
    assert list(archive.export_corrections()) == []
    archive.correct(number, field="confirmed", target="at1")
    (line,) = archive.export_corrections([number])
    assert line["attributions"][0]["known"] == [
        "spans", "speaker", "inside", "stance", "quotation", "act", "polarity",
    ]  # fmt: skip
    assert line["speakers"][0]["name"] == "Mara Venn"


def test_another_form_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "old.jsonl"
    file.write_text('{"id": "x", "text": ""}\n')
    with pytest.raises(ValueError, match=r"old\.jsonl:1"):
        list(read_corrections(tmp_path))
