"""What is decided, corrected, read, checked and added through a server."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from sayso import check, read, read_transcript
from sayso.archive.archive import Archive
from sayso.client.remote import RemoteArchive
from sayso.errors import BadSetting, EmptySource, NoSuchSource, RefusedAddress, RefusedDecision
from sayso.exports.json import record_of
from tests.api.archived import EXAMPLES


def test_decisions_are_signed_by_who_asks_and_undone(own: RemoteArchive, own_archive: Archive) -> None:
    one, other = [each.id for each in own.speakers(limit=2)]
    made = own.merge(one, other, reason="the same person")
    assert (made.kind, made.speakers, made.by) == ("merge", (one, other), getpass.getuser())
    assert own_archive.speaker(other).id == one
    with pytest.raises(RefusedDecision) as refused:
        own.merge(one, other, reason="again")
    assert refused.value.decision == made.id
    assert own.undo(made.id, reason="a mistake").kind == "undo"
    assert own.keep_apart(one, other, reason="two").kind == "apart"
    assert own.set_stands_for(one, "Halvern", reason="speaks for it").kind == "stands for"
    assert own.speaker(one).stands_for == "Halvern"
    assert own_archive.decisions() == own.decisions()


def test_a_speaker_is_split_by_articles(own: RemoteArchive) -> None:
    speaker = next(each for each in own.speakers() if each.articles > 1)
    article = own.search(f"speaker:#{speaker.id}", limit=1).hits[0].article
    made = own.split(speaker.id, articles=[article], name="Somebody Else", reason="another one")
    assert own.speaker(made.speakers[1]).name == "Somebody Else"


def test_a_correction_is_kept_and_undone(own: RemoteArchive, own_archive: Archive) -> None:
    quote = own.article(3).attributions[0].id
    made = own.correct(3, field="stance", target=quote, after={"value": "distancing"}, reason="so-called")
    assert made.by == getpass.getuser()
    assert own.corrected(3).attributions[0].stance.value == "distancing"
    assert own_archive.article(3).attributions[0].stance.value != "distancing"
    own.undo_correction(made.id)
    assert own.corrected(3).attributions[0].stance.value != "distancing"


def test_reading_there_is_reading_here(there: RemoteArchive) -> None:
    draft = EXAMPLES / "draft.txt"
    assert record_of(there.read(draft, date="2026-03-15")) == record_of(read(draft, date="2026-03-15")) | {
        "article": record_of(there.read(draft, date="2026-03-15"))["article"]
    }
    said = there.read_text("The bridge is unsafe, Mara Quill said.")
    assert [each.name for each in said.speakers] == ["Mara Quill"]


def test_checking_there_is_checking_here(there: RemoteArchive) -> None:
    draft, briefing = EXAMPLES / "draft.txt", EXAMPLES / "transcripts" / "halvern.txt"
    article = read(draft)
    check(article, [read_transcript(briefing)])
    values = [(each.check, each.value) for each in article.verdicts]
    assert [(each.check, each.value) for each in there.check(draft, [briefing]).verdicts] == values
    kept = next(number for number, each in there.transcripts() if each.source and "halvern" in each.source.name)
    assert [(each.check, each.value) for each in there.check(draft, [kept]).verdicts] == values


def test_adding_waits_and_tells_what_came_of_each(own: RemoteArchive, own_archive: Archive, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text('Ferry hearing set\n\n"We will be there," harbour master Ilse Brandt said on Friday.\n')
    told: list[int] = []
    results = list(own.add([note], date="2026-03-20", check=True, on_progress=lambda done, *_: told.append(done)))
    assert [each["outcome"] for each in results] == ["added", "checked"]
    added = results[0]["saved"]["id"]
    assert own_archive.article(added).published is not None
    assert told
    assert [each["outcome"] for each in own.add([note])] == ["unchanged"]
    assert own.check_article(added)[0]["article"] == added


def test_an_export_is_written_to_a_file(there: RemoteArchive, tmp_path: Path) -> None:
    there.export("csv", tmp_path / "recorder.csv", "recorder")
    assert (tmp_path / "recorder.csv").read_text(encoding="utf-8").startswith("article,")
    with pytest.raises(BadSetting):
        there.export("word", tmp_path / "x")


@pytest.mark.parametrize(
    "source, error",
    [
        pytest.param("no-such-file.txt", NoSuchSource, id="no such file here"),
        pytest.param("http://127.0.0.1:9/", RefusedAddress, id="an address inside of the server's network"),
        pytest.param(b"", EmptySource, id="an empty file"),
    ],
)
def test_what_cannot_be_read_raises_what_reading_raises(
    source: str | bytes, error: type[Exception], there: RemoteArchive, tmp_path: Path
) -> None:
    path: str | Path = tmp_path / "given.txt"
    if isinstance(source, bytes):
        Path(path).write_bytes(source)
    else:
        path = source
    with pytest.raises(error) as raised:
        there.read(path)
    assert getattr(raised.value, "reason", None)
