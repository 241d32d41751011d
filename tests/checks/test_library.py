"""A library on disk: what it keeps, how it grows, and that a damaged one is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from sayso.checks import folders, storing
from sayso.checks.library import Library
from sayso.checks.transcript_form import transcript_from_json, transcript_to_json
from sayso.documents import Correction, OffsetMap, Piece, Source, Span, Timecode, Transcript, Turn
from sayso.errors import DamagedIndex, SaysoError
from tests.checks.spoken import ALL, FERRY, HARBOUR, SCHOOLS, spoken

QUOTES = [
    "we will start with the eastern gate",
    "anybody who promises you is selling a boat",
    "thank you very much",
    "gate",
    "the fares may go up in the autumn",
    "volcano",
]
FULL = Transcript(
    id="full",
    text="Ben Ashe: We have [300] ships\ud800. Q: Why?",
    source=Source("full.html", "<p>Ben Ashe: We have [300] ships. Q: Why?", "utf-8", 3, ("encoding assumed",)),
    offsets=OffsetMap((Piece(0, 3, 41, 41),)),
    turns=[
        Turn(Span(10, 31), "Ben Ashe", Span(0, 8), interpreted=True),
        Turn(Span(35, 39), "Q", Span(32, 33), role="question"),
    ],
    directions=[Span(18, 23)],
    gaps=[Span(18, 23)],
    corrections=[Correction(Span(10, 12), Span(13, 17)), Correction(Span(13, 17), None)],
    inserts=[Span(18, 23)],
    timecodes=[Timecode(10, 1.5)],
    title="Ships",
    date=date(2026, 3, 14),
    url="https://example.org/ships",
    version="prepared",
    partial=Span(0, 3),
    language="en",
    warnings=["cut off"],
)


def many(count: int) -> list[Transcript]:
    return [
        spoken(f"t{number}", f"X: this is speech {number} of many, and so on to the end") for number in range(count)
    ]


def places(library: Library) -> list[object]:
    return [library.place(quote.split()) for quote in QUOTES]


def test_a_transcript_is_read_as_it_was_kept(tmp_path: Path) -> None:
    assert transcript_from_json(json.loads(json.dumps(transcript_to_json(FULL)))) == FULL
    assert Library.build(tmp_path, [FULL]).transcripts[0] == FULL


def test_every_field_of_a_transcript_is_kept() -> None:
    bare = Transcript("bare", "")
    for each in fields(Transcript):
        value = getattr(FULL, each.name)
        assert value != getattr(bare, each.name), f"FULL should have a {each.name} of its own"
    for each in fields(Turn):
        assert len({repr(getattr(turn, each.name)) for turn in FULL.turns}) == 2, each.name


def test_the_same_places_are_found_on_disk_as_in_memory(tmp_path: Path) -> None:
    built = Library.build(tmp_path, ALL)
    assert places(built) == places(Library.of(ALL)) == places(Library.open(tmp_path))
    assert built.cover(HARBOUR.text.lower().split()[:5]) == Library.of(ALL).cover(HARBOUR.text.lower().split()[:5])
    assert [built.words(number).forms for number in range(3)] == [Library.of(ALL).words(n).forms for n in range(3)]
    assert list(built.transcripts) == ALL
    assert built.transcripts[-1] == SCHOOLS
    assert built.transcripts[:2] == [HARBOUR, FERRY]


def test_what_is_added_later_is_found_as_if_it_had_been_there(tmp_path: Path) -> None:
    for transcript in ALL:
        library = Library.build(tmp_path, iter([transcript]))
    assert places(library) == places(Library.of(ALL))
    assert library.place(["roofs", "that", "leak"], within=2)[0].transcript == 2


def test_a_text_that_is_there_is_not_added_again(tmp_path: Path) -> None:
    Library.build(tmp_path, ALL)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.*")}
    renamed = spoken("another name", "X: words of its own")
    renamed.text = FERRY.text
    assert len(Library.build(tmp_path, [FERRY, renamed, FERRY]).transcripts) == 3
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.*")} == before


def test_added_to_often_it_stays_few_files_and_in_order(tmp_path: Path) -> None:
    transcripts = many(40)
    for transcript in transcripts:
        library = Library.build(tmp_path, [transcript])
    assert list(library.transcripts) == transcripts
    assert len(list(tmp_path.glob("segment-*.sayso"))) < 12
    assert library.place(["speech", "17", "of"])[0].transcript == 17


def test_a_large_build_is_written_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "SEGMENT_WORDS", 60)
    library = Library.build(tmp_path, many(40))
    assert len(list(tmp_path.glob("segment-*.sayso"))) > 5
    assert places(library) == places(Library.of(many(40)))
    assert library.place(["speech", "39", "of"], within=39)[0].transcript == 39


def test_a_reader_goes_on_while_others_add(tmp_path: Path) -> None:
    library = Library.build(tmp_path, many(3))
    for number in range(3, 12):
        Library.build(tmp_path, [many(12)[number]])
    assert library.place(["speech", "2", "of"])[0].transcript == 2
    assert library.transcripts[2] == many(3)[2]


def _failing() -> Iterator[Transcript]:
    yield SCHOOLS
    raise RuntimeError("unreadable")


def test_a_build_that_fails_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    Library.build(tmp_path, [HARBOUR, FERRY])
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(RuntimeError):
        Library.build(tmp_path, _failing())
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert len(Library.open(tmp_path).transcripts) == 2
    assert len(Library.build(tmp_path, [SCHOOLS]).transcripts) == 3


KILLED = """
import os, sys
from pathlib import Path
from sayso.checks.library import Library
from tests.checks.spoken import SCHOOLS
def dying():
    yield SCHOOLS
    os._exit(9)
Library.build(Path(sys.argv[1]), dying())
"""


def test_a_build_that_is_killed_leaves_the_index_whole_and_the_next_clears_up(tmp_path: Path) -> None:
    Library.build(tmp_path, [HARBOUR, FERRY])
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=root, check=False).returncode == 9
    assert len(list(tmp_path.glob("segment-*"))) == 2
    assert list(Library.open(tmp_path).transcripts) == [HARBOUR, FERRY]
    assert list(Library.build(tmp_path, [SCHOOLS]).transcripts) == ALL
    assert len(list(tmp_path.glob("segment-*"))) == 2


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    Library.build(tmp_path, ALL)
    Library.build(tmp_path, many(2))
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_two_builds_do_not_work_at_once(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")

    def twice() -> Iterator[Transcript]:
        yield HARBOUR
        Library.build(tmp_path, [FERRY])

    with pytest.raises(DamagedIndex, match="another build"):
        Library.build(tmp_path, twice())


def test_an_index_of_nothing_can_be_kept(tmp_path: Path) -> None:
    library = Library.build(tmp_path, [])
    assert library.place(["word"]) == []
    assert len(library.transcripts) == 0
    assert len(Library.build(tmp_path, ALL).transcripts) == 3


def _use(folder: Path) -> None:
    """Read all that an index has."""
    library = Library.open(folder)
    for number in range(len(library.transcripts)):
        library.place(library.words(number).forms[:400], limit=3)
        library.place(library.words(number).forms[:3], within=number, prefer=lambda label: label == "Q")


def _segment(folder: Path) -> Path:
    return next(folder.glob("segment-*.sayso"))


def test_no_byte_can_be_changed_unseen(tmp_path: Path) -> None:
    """Each byte of the file in turn: the index is refused, or what is found is what was there."""
    library = Library.build(tmp_path, [FERRY, SCHOOLS])
    forms = library.words(0).forms
    expected = (library.place(forms), library.place(["teacher"]), list(library.transcripts))
    path = _segment(tmp_path)
    whole = path.read_bytes()
    refused = 0
    for at in range(0, len(whole), 13):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            damaged = Library.open(tmp_path)
            assert (damaged.place(forms), damaged.place(["teacher"]), list(damaged.transcripts)) == expected
        except DamagedIndex:
            refused += 1
    # The bytes that fill up between two rows are of no account.
    assert refused > 0.9 * len(range(0, len(whole), 13))


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7, 0.99, 0.9999])
def test_a_file_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    Library.build(tmp_path, ALL)
    path = _segment(tmp_path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(DamagedIndex):
        Library.open(tmp_path)
    with pytest.raises(DamagedIndex):
        Library.build(tmp_path, many(1))


def _newer_list(folder: Path) -> None:
    path = folder / folders.LIST
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"sayso_index": 2}), encoding="utf-8")


def _newer_segment(folder: Path) -> None:
    path = _segment(folder)
    path.write_bytes(storing.HEAD.pack(storing.MAGIC, 2) + path.read_bytes()[storing.HEAD.size :])


def _other_file(folder: Path) -> None:
    _segment(folder).write_bytes(b"PK\x03\x04" + b"\0" * 500)


def _other_segment(folder: Path) -> None:
    Library.build(folder / "other", many(1))
    _segment(folder / "other").rename(_segment(folder))


def _edited_list(folder: Path) -> None:
    path = folder / folders.LIST
    path.write_text(path.read_text(encoding="utf-8").replace('"bytes": ', '"bytes": 1'), encoding="utf-8")


@pytest.mark.parametrize(
    "harm, reason",
    [
        pytest.param(lambda folder: (folder / folders.LIST).unlink(), "there is none", id="no-list"),
        pytest.param(lambda folder: (folder / folders.LIST).write_text("{"), "damaged", id="list-cut-off"),
        pytest.param(lambda folder: (folder / folders.LIST).write_text("[]"), "damaged", id="list-of-another-form"),
        pytest.param(_edited_list, "damaged", id="list-edited"),
        pytest.param(_newer_list, "version 2", id="newer-list"),
        pytest.param(_newer_segment, "version 2", id="newer-segment"),
        pytest.param(lambda folder: _segment(folder).unlink(), "is missing", id="no-segment"),
        pytest.param(_other_file, "no index", id="another-file-in-its-place"),
        pytest.param(_other_segment, "not the file", id="another-segment-in-its-place"),
    ],
)
def test_an_index_that_cannot_be_used_is_refused_with_the_reason(tmp_path: Path, harm: object, reason: str) -> None:
    Library.build(tmp_path, ALL)
    assert callable(harm)
    harm(tmp_path)
    with pytest.raises(DamagedIndex, match=reason) as refusal:
        Library.open(tmp_path)
    assert isinstance(refusal.value, SaysoError)
    assert str(tmp_path) in str(refusal.value)


def test_an_index_of_other_words_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Library.build(tmp_path, ALL)
    monkeypatch.setattr(folders, "PROBE", "other words than before")
    with pytest.raises(DamagedIndex, match="divides a text into other words"):
        Library.open(tmp_path)


def test_damage_is_found_where_it_is_read(tmp_path: Path) -> None:
    Library.build(tmp_path, ALL)
    path = _segment(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:60] + b"\0\0\0" + whole[63:])
    library = Library.open(tmp_path)
    assert library.place(["roofs", "that", "leak"])
    with pytest.raises(DamagedIndex, match="transcript 0"):
        _use(tmp_path)


@pytest.mark.parametrize("number", [3, -4, 99])
def test_a_transcript_that_is_not_there(tmp_path: Path, number: int) -> None:
    with pytest.raises(IndexError):
        Library.build(tmp_path, ALL).transcripts[number]
