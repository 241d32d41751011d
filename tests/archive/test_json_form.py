"""The archive's answers in JSON: the names of Python, every field, and nothing that JSON has not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.archive.browsing import forms as browsing
from sayso.archive.forms import (
    ArchiveSpeaker,
    ArticleVersion,
    Count,
    Decision,
    Hit,
    Info,
    Listing,
    Page,
    Problem,
    Saved,
    StatementChange,
    Suggestion,
)
from sayso.archive.json_form import as_json, hit_to_json, page_to_json
from sayso.archive.tracing.forms import Dispute, Occurrence, Source, Trace, Wording
from tests.archive.built import Says, given, make_article

FORMAT = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
ANSWERS = FORMAT.partition("\n## The archive's answers\n")[2]
FORMS = (ArchiveSpeaker, ArticleVersion, Count, Decision, Hit, Info, Listing, Page, Problem, Saved, StatementChange,
         Suggestion, Dispute, Occurrence, Source, Trace, Wording, browsing.ArticleRow,
         browsing.TranscriptRow, browsing.Arrival,
         browsing.Period, browsing.Timeline, browsing.OutletRow, browsing.SpeakerUse, browsing.OutletProfile,
         browsing.OutletUse, browsing.Topic, browsing.Chapter, browsing.SpeakerProfile,
         browsing.StatementPlace)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """On SQLite alone: the form does not know the database."""
    with open_archive(tmp_path / "archive.db", make=True) as made:
        yield made


@pytest.fixture
def some(archive: Archive) -> Archive:
    article = make_article(
        Says("Ana Kestrel", "the bridge is shut", "direct", about=("Harbour Board",), date="2026-03-12"),
        Says("Mara Venn", "no bridge is shut", polarity="denies", verdict="not found"),
        relations=[("disputes", 1, 0)],
        url="https://tidewater.example/1",
    )
    archive.save(article, given("one.txt"))
    return archive


def names_of(form: type) -> list[str]:
    return [each.name.rstrip("_") for each in fields(form)]


def test_a_page_has_the_names_of_python(some: Archive) -> None:
    page = page_to_json(some.search("bridge", facets=["speaker"], limit=1))
    assert list(page) == names_of(Page)
    assert [list(hit) for hit in page["hits"]] == [names_of(Hit)]
    assert [list(count) for count in page["facets"]["speaker"]] == [names_of(Count)] * 2
    assert (page["total"], page["before"], page["sort"]) == (2, 0, "relevance")
    assert json.loads(json.dumps(page)) == page


def test_the_next_page_counts_what_was_before(some: Archive) -> None:
    first = page_to_json(some.search("bridge", limit=1))
    second = page_to_json(some.search("bridge", limit=1, after=first["next"]))
    assert (second["before"], second["next"]) == (1, None)
    assert {hit["statement"] for page in (first, second) for hit in page["hits"]} == {1, 2}


def test_a_hit_has_its_marks_in_words_and_its_places_as_pairs(some: Archive) -> None:
    (hit,) = (hit_to_json(each) for each in some.search("speaker:venn bridge").hits)
    assert hit["marks"] == {
        "quotation": ["indirect"], "stance": ["neutral"], "act": ["communication"], "polarity": ["denies"],
        "is": ["named"], "verdict": ["not found"],
    }  # fmt: skip
    assert [hit["snippet"][start:end] for start, end in hit["found"]] == ["bridge"]
    assert (hit["speaker_name"], hit["article"], hit["published"]) == ("Mara Venn", 1, "2026-03-14")


def test_what_is_not_known_is_null_and_what_there_is_none_of_is_empty(archive: Archive) -> None:
    archive.save(make_article(Says(None, "a toll is due"), outlet=None, published=None), given("one.txt"))
    (hit,) = (hit_to_json(each) for each in archive.search("toll").hits)
    for name in ("speaker", "speaker_name", "speaker_kind", "outlet", "headline", "url", "published", "said"):
        assert hit[name] is None
    assert hit["via"] == hit["about"] == hit["others"] == []


def test_a_trace_has_the_names_of_python(some: Archive) -> None:
    trace = as_json(some.trace("the bridge is shut"))
    assert list(trace) == names_of(Trace)
    assert list(trace["wordings"][0]) == names_of(Wording)
    assert list(trace["wordings"][0]["occurrences"][0]) == names_of(Occurrence)
    assert json.loads(json.dumps(trace)) == trace


def test_the_other_answers_have_them_too(some: Archive) -> None:
    some.note(Problem("refused", "page.html", "too large"))
    answers: list[tuple[Any, type]] = [
        (some.info(), Info), (some.problems()[0], Problem), (some.versions(1)[0], ArticleVersion),
        (some.speakers()[0], ArchiveSpeaker), (some.disputes()[0], Dispute),
        (some.article_list(), Listing), (some.timeline(), browsing.Timeline), (some.outlet(1), browsing.OutletProfile),
        (some.speaker_profile(1), browsing.SpeakerProfile), (some.statement_place(1), browsing.StatementPlace),
        (some.set_stands_for(1, "the harbour", reason="she said so", by="ed"), Decision),
    ]  # fmt: skip
    for answer, form in answers:
        made = as_json(answer)
        assert list(made) == names_of(form)
        assert json.loads(json.dumps(made)) == made


def test_a_change_of_a_statement_is_written_out(archive: Archive) -> None:
    archive.save(make_article(Says("Mara Venn", "the bridge is shut")), given("one.txt", guid="g"))
    saved = archive.save(
        make_article(Says("Mara Venn", "the bridge is not shut"), published=date(2026, 3, 15)),
        given("one.txt", guid="g", digest="d2"),
    )
    (change,) = as_json(saved)["changes"]
    assert list(change) == names_of(StatementChange)
    assert (change["before"], change["after"]) == ("the bridge is shut", "the bridge is not shut")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_name_is_documented(form: type) -> None:
    written = set(re.findall(r'`\w+`|"\w+"', ANSWERS))
    missing = [name for name in names_of(form) if not {f"`{name}`", f'"{name}"'} & written]
    assert missing == []
