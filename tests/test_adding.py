"""Adding: what users name comes into the archive once, or is a problem with its reason, and the rest goes on."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from sayso import adding
from sayso.adding import Added, add, add_items, check_kept
from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.archive.forms import Given
from sayso.documents import Article
from sayso.errors import ArchiveFull, DamagedModel, NoSuchEntry
from sayso.intake.items import Item
from sayso.verdicts import QuoteVerdict
from tests.archive.built import Says, given, make_article, make_transcript
from tests.intake.making import crawl
from tests.quoting import extract, story


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An empty archive, into which articles come without the model."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(adding, "extracted", extract)
    with open_archive(tmp_path / "archive.db", make=True) as made:
        yield made


def write(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def lines(name: str, *numbers: int, said: str = "The bridge is not safe") -> str:
    """A file of JSON Lines with these articles."""
    rows = [{"text": story(each, said=said), "url": f"https://tidewater.example/{each}"} for each in numbers]
    return write(name, "".join(json.dumps(row) + "\n" for row in rows))


def outcomes(results: Iterator[Added]) -> list[str]:
    return [each.outcome for each in results]


def test_each_source_is_told_in_its_order_and_kept(archive: Archive) -> None:
    results = list(add([write("one.txt", story(1)), lines("more.jsonl", 2, 3)], archive, jobs=3))
    assert [(each.name, each.outcome) for each in results] == [
        ("one.txt", "added"), ("more.jsonl:1", "added"), ("more.jsonl:2", "added"),
    ]  # fmt: skip
    assert [each.saved.id for each in results if each.saved] == [1, 2, 3]
    assert archive.search("bridge").total == 3


def test_what_is_in_is_not_read_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [write("one.txt", story(1)), lines("more.jsonl", 2)]
    list(add(sources, archive))
    monkeypatch.setattr(adding, "extracted", lambda article: pytest.fail("it was read again"))
    results = list(add(sources, archive))
    assert [each.outcome for each in results] == ["unchanged", "unchanged"]
    assert [each.saved.id for each in results if each.saved] == [1, 2]
    assert archive.info().articles == 2


def test_a_changed_file_is_a_new_version_with_what_changed(archive: Archive) -> None:
    list(add([write("one.txt", story(1))], archive))
    (again,) = add([write("one.txt", story(1, said="The bridge is safe by now"))], archive)
    assert again.saved is not None
    assert (again.outcome, again.saved.id, again.saved.version) == ("new version", 1, 2)
    assert [(each.before, each.after) for each in again.saved.changes] == [
        ('"The bridge is not safe,"', '"The bridge is safe by now,"')
    ]


def test_what_was_broken_off_goes_on_where_it_stopped(archive: Archive) -> None:
    source = lines("many.jsonl", *range(1, 11))
    results = add([source], archive, jobs=2)
    for _ in range(4):
        next(results)
    results.close()  # type: ignore[attr-defined]
    kept = archive.info().articles
    assert kept == 4
    assert outcomes(add([source], archive)) == ["unchanged"] * 4 + ["added"] * 6
    assert archive.info().articles == 10


@pytest.mark.parametrize(
    "name, data, kind, words",
    [
        pytest.param("gone.txt", None, "unreadable", "no such file", id="missing-file"),
        pytest.param("empty.txt", b"", "unreadable", "empty", id="empty-file"),
        pytest.param("cut.warc.gz", crawl(3, packed=True)[0][:-40], "truncated", "ends", id="truncated-crawl"),
        pytest.param("cut.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 9)[:-9], "truncated", "ends", id="cut-gzip"),
        pytest.param("german.txt", ("Die Brücke ist nicht sicher, sagte die Ministerin am Montag vor der Sitzung des "
                     "Stadtrats, und sie werde für ein ganzes Jahr geschlossen bleiben. " * 4).encode(), "refused",
                     "'de'", id="another-language"),
    ],
)  # fmt: skip
def test_a_problem_is_noted_and_the_rest_goes_on(
    archive: Archive, name: str, data: bytes | None, kind: str, words: str
) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    results = list(add([name, write("sound.txt", story())], archive))
    problems = [each.problem for each in results if each.problem]
    assert kind in [each.kind for each in problems]
    assert any(words in each.reason for each in problems if each.kind == kind)
    assert all(each.advice or each.reason for each in problems)
    assert results[-1].outcome == "added"
    assert {each.name for each in archive.problems()} == {each.name for each in problems}


def test_a_problem_is_repaired_when_the_same_source_comes_in_well(archive: Archive) -> None:
    Path("late.txt").write_bytes(b"")
    assert outcomes(add(["late.txt"], archive)) == ["problem"]
    assert outcomes(add([write("late.txt", story())], archive)) == ["added"]
    assert archive.problems() == []
    (repaired,) = archive.problems(all=True)
    assert repaired.repaired_at is not None


def test_a_fault_of_ours_is_a_problem_of_its_article_alone(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(article: Article) -> Article:
        if "number 2" in article.text:
            raise KeyError("weights")
        return extract(article)

    monkeypatch.setattr(adding, "extracted", faulty)
    results = list(add([lines("more.jsonl", 1, 2, 3)], archive))
    assert [each.outcome for each in results] == ["added", "problem", "added"]
    (problem,) = archive.problems()
    assert (problem.kind, problem.name) == ("failed", "more.jsonl:2")
    assert "KeyError" in problem.reason and "report" in problem.advice


def test_a_fault_in_keeping_is_no_different(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    save = archive.save

    def faulty(article: Article, known: Given) -> object:
        if "number 2" in article.text:
            raise IndexError("no such span")
        return save(article, known)

    monkeypatch.setattr(archive, "save", faulty)
    assert outcomes(add([lines("more.jsonl", 1, 2, 3)], archive)) == ["added", "problem", "added"]


@pytest.mark.parametrize("error", [DamagedModel("encoder", "a", "b"), ArchiveFull("a.db", "no space is left")])
def test_what_would_hit_every_source_ends_it(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    if isinstance(error, DamagedModel):
        monkeypatch.setattr(adding, "extracted", fail)
    else:
        monkeypatch.setattr(archive, "save", fail)
    with pytest.raises(type(error)):
        list(add([lines("more.jsonl", 1, 2)], archive))
    assert archive.problems() == []


def test_a_transcript_is_kept_as_one(archive: Archive) -> None:
    source = write("council.txt", "MARA QUILL: The bridge is not safe.\n\nTOM BRANN: We shall close it.\n")
    (added,) = add([], archive, transcripts=[source])
    assert added.saved is not None and added.saved.kind == "transcript"
    assert [turn.speaker for turn in archive.transcript(added.saved.id).turns] == ["MARA QUILL", "TOM BRANN"]


def test_what_came_in_as_a_transcript_is_no_article_of_its_folder(archive: Archive) -> None:
    Path("all").mkdir()
    said = write("all/said.txt", f"ELIN ASKVOLD: {story(1)}")
    write("all/told.txt", story(2))
    assert outcomes(add([], archive, transcripts=[said])) == ["added"]
    kept = list(add(["all"], archive))
    assert [(each.name, each.outcome, each.saved and each.saved.kind) for each in kept] == [
        ("all/said.txt", "unchanged", "transcript"), ("all/told.txt", "added", "article"),
    ]  # fmt: skip
    assert outcomes(add([said], archive)) == ["added"], "who names it as an article means it"


def test_what_the_source_does_not_say_is_taken_from_the_options(archive: Archive) -> None:
    list(add([write("one.txt", story())], archive, outlet="Coastal Wire", date="2026-03-14"))
    article = archive.article(1)
    assert (article.outlet, article.published) == ("Coastal Wire", date(2026, 3, 14))


def test_progress_counts_files(archive: Archive) -> None:
    told: list[tuple[int, int | None, str]] = []
    sources = [write(f"{number}.txt", story(number)) for number in (1, 2)]
    list(add(sources, archive, on_progress=lambda *each: told.append(each)))
    assert told == [(1, 2, "files"), (2, 2, "files")]


def test_only_a_little_is_read_ahead_of_what_is_kept(archive: Archive) -> None:
    taken = 0

    def endless() -> Iterator[Item]:
        nonlocal taken
        while True:
            taken += 1
            yield Item(f"{taken}.txt", f"{taken}.txt", story(taken).encode())

    results = add_items(endless(), archive, workers=2)
    assert next(results).name == "1.txt"
    assert taken <= 6
    results.close()  # type: ignore[attr-defined]


def test_articles_are_read_at_the_same_time(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(3, timeout=20)

    def wait(article: Article) -> Article:
        together.wait()
        return extract(article)

    monkeypatch.setattr(adding, "extracted", wait)
    assert outcomes(add([lines("more.jsonl", 1, 2, 3)], archive, jobs=3)) == ["added"] * 3


Check = Callable[[], dict[int, list[str]]]


@pytest.fixture
def check(archive: Archive) -> Check:
    """Checks all articles; their verdicts on quotes, by article."""

    def check_all() -> dict[int, list[str]]:
        return {
            number: [each.value for each in article.verdicts if isinstance(each, QuoteVerdict)]
            for number, article in check_kept(archive)
        }

    return check_all


def quoting(words: str, day: date | None) -> Article:
    text = f'"{words}," Mara Venn said.'
    return make_article(Says("Mara Venn", f'"{words},"', "direct"), text=text, published=day)


def test_articles_are_checked_against_what_was_said_about_then(archive: Archive, check: Check) -> None:
    spoken = "The bridge is not safe and it will be closed"
    archive.save_transcript(make_transcript(("MARA VENN", spoken + "."), day=date(2026, 3, 13)), given("talk.txt"))
    for number, day in enumerate((date(2026, 3, 14), date(2025, 1, 1), None)):
        archive.save(quoting(spoken, day), given(f"{number}.txt", guid=f"g{number}"))
    assert check() == {1: ["verbatim"], 2: [], 3: ["verbatim"]}
    assert [hit.article for hit in archive.search("verdict:verbatim", sort="oldest").hits] == [1, 3]
    # What is kept comes back.
    assert [each.value for each in archive.article(1).verdicts if isinstance(each, QuoteVerdict)] == ["verbatim"]


@pytest.mark.parametrize(
    "day, found",
    [
        pytest.param(date(2026, 3, 14), [("altered", True)], id="the-day-after"),
        pytest.param(date(2026, 4, 2), [("altered", False)], id="weeks-after-with-a-doubt"),
        pytest.param(date(2026, 3, 7), [("altered", False)], id="days-before-with-a-doubt"),
        pytest.param(date(2026, 2, 20), [], id="it-was-not-said-yet"),
    ],
)
def test_only_what_was_said_about_then_accuses(archive: Archive, day: date, found: list[tuple[str, bool]]) -> None:
    spoken = "The bridge is not safe and it will not be closed"
    archive.save_transcript(make_transcript(("MARA VENN", spoken + "."), day=date(2026, 3, 13)), given("talk.txt"))
    archive.save(quoting(spoken.replace(" not", ""), day), given("one.txt"))
    (article,) = (article for _, article in check_kept(archive))
    verdicts = [each for each in article.verdicts if isinstance(each, QuoteVerdict)]
    assert [(each.value, each.doubt is None) for each in verdicts] == found


def test_without_transcripts_quotes_stay_unchecked(archive: Archive, check: Check) -> None:
    archive.save(quoting("The bridge is not safe", date(2026, 3, 14)), given("one.txt"))
    assert check() == {1: []}


def test_an_article_that_changes_while_it_is_checked_is_left_out(archive: Archive) -> None:
    archive.save(quoting("The bridge is not safe", date(2026, 3, 14)), given("one.txt"))
    checking = adding.Checking(archive)
    old = archive.article(1)
    archive.save(quoting("The bridge is safe", date(2026, 3, 14)), given("one.txt", digest="d2"))
    assert not checking.check(1, old)
    assert checking.check(1, archive.article(1))


def test_checking_an_article_that_is_not_there_says_so(archive: Archive) -> None:
    with pytest.raises(NoSuchEntry, match="'7'"):
        list(check_kept(archive, [7]))


def test_the_examples_come_in_and_are_checked(tmp_path: Path) -> None:
    examples = Path(__file__).parents[1] / "examples"
    with open_archive(tmp_path / "examples.db", make=True) as archive:
        results = list(add([examples / "coverage.jsonl"], archive, transcripts=[examples / "transcripts"]))
        assert {each.outcome for each in results} == {"added"}
        verdicts = {each.value for _, article in check_kept(archive) for each in article.verdicts}
        assert {"verbatim", "altered"} <= verdicts
        page = archive.search("speaker:askvold recorder verdict:verbatim")
        assert {hit.outlet for hit in page.hits} >= {"Coastal Wire", "The Halvern Gazette"}
