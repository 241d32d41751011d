"""An archive behind a server gives what the same archive gives as a file: each method, its forms and its errors."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from sayso.archive.archive import Archive
from sayso.archive.json_form import as_json
from sayso.client.remote import RemoteArchive
from sayso.documents import Article, Transcript
from sayso.errors import SaysoError
from sayso.exports.json import record_of
from sayso.transcript_form import transcript_to_json

Either = Any
"""An archive here or there."""
CASES = [
    pytest.param(call, id=name)
    for name, call in {
        "info": lambda a: a.info(),
        "problems": lambda a: a.problems(),
        "problems, repaired ones too": lambda a: a.problems(all=True),
        "article": lambda a: a.article(1),
        "article, by version": lambda a: a.article(1, version=1),
        "articles": lambda a: a.articles(),
        "articles, some": lambda a: a.articles([3, 1]),
        "versions": lambda a: a.versions(1),
        "transcript": lambda a: a.transcript(1),
        "transcripts": lambda a: a.transcripts(),
        "search for words": lambda a: a.search("recorder", facets=["speaker", "outlet"]),
        "search for everything, in order": lambda a: a.search(sort="oldest", limit=3),
        "search, counts alone": lambda a: a.search("speaker:askvold", limit=0, facets=["stance"]),
        "search, next page": lambda a: a.search(limit=2, after=a.search(limit=2).next),
        "statement ids": lambda a: a.statement_ids("recorder"),
        "found": lambda a: a.found("recorder"),
        "trace of words": lambda a: a.trace("Whether that is so, the recorder will tell us"),
        "trace of nothing": lambda a: a.trace("nobody ever said so"),
        "trace, narrowed": lambda a: a.trace("the recorder will tell", speaker="askvold", until=date(2026, 3, 14)),
        "trace of a statement": lambda a: a.trace(statement=next(iter(a.statement_ids("recorder")))),
        "disputes": lambda a: a.disputes(),
        "disputes of a query": lambda a: a.disputes("radar"),
        "speaker": lambda a: a.speaker(1),
        "speakers": lambda a: a.speakers(),
        "speakers, the first two": lambda a: a.speakers(limit=2),
        "speakers of a name": lambda a: a.speakers("askvold"),
        "speakers of a kind": lambda a: a.speakers(kind="person"),
        "decisions": lambda a: a.decisions(),
        "suggestions": lambda a: a.suggestions(),
        "article list": lambda a: a.article_list(limit=3),
        "article list, next page": lambda a: a.article_list(limit=3, after=a.article_list(limit=3).next),
        "article list, narrowed": lambda a: a.article_list(since=date(2026, 3, 1), words="collision", sort="added"),
        "transcript list": lambda a: a.transcript_list(),
        "outlet list": lambda a: a.outlet_list(),
        "outlet": lambda a: a.outlet(1),
        "speaker profile": lambda a: a.speaker_profile(1),
        "timeline": lambda a: a.timeline("recorder"),
        "statement place": lambda a: a.statement_place(1),
        "article places": lambda a: a.article_places(1),
        "article speakers": lambda a: a.article_speakers(1),
        "corrections": lambda a: a.corrections(),
        "corrections, all of an article": lambda a: a.corrections(article=1, all=True),
        "corrected": lambda a: a.corrected(1),
        "corrected articles": lambda a: a.corrected_articles([2, 1]),
        "review queue": lambda a: a.review_queue(limit=3),
        # and what goes wrong
        "no such article": lambda a: a.article(999),
        "no such version": lambda a: a.article(1, version=9),
        "no such transcript": lambda a: a.transcript(999),
        "no such speaker": lambda a: a.speaker(999),
        "nobody of that name": lambda a: a.speakers("Askwold"),
        "a query that cannot be read": lambda a: a.search("speeker:askvold"),
        "a group that is not closed": lambda a: a.disputes("(radar"),
        "a cursor of another query": lambda a: a.search("radar", after=a.search(limit=1).next),
        "no such statement to trace": lambda a: a.trace(statement=999_999),
    }.items()
]


def plain(value: Any) -> Any:
    """What came of a call, as far as JSON has it, with the names of its forms."""
    if isinstance(value, Iterator):
        return [plain(each) for each in value]
    if isinstance(value, Article):
        return record_of(value)
    if isinstance(value, Transcript):
        return transcript_to_json(value)
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return type(value).__name__, as_json(value)


def outcome(call: Callable[[Either], Any], archive: Either) -> Any:
    try:
        return plain(call(archive))
    except SaysoError as error:
        # A server says nothing of what is None or empty.
        told = {name: value for name, value in vars(error).items() if value not in (None, "", ())}
        return type(error).__name__, error.status, str(error), told


@pytest.mark.parametrize("call", CASES)
def test_a_server_gives_what_the_file_gives(call: Callable[[Either], Any], here: Archive, there: RemoteArchive) -> None:
    assert outcome(call, there) == outcome(call, here)


def test_a_method_takes_what_that_of_the_file_takes() -> None:
    """But for who signs: that is whose token it is."""
    shared = 0
    for name, method in inspect.getmembers(RemoteArchive, inspect.isfunction):
        if name.startswith("_") or not hasattr(Archive, name):
            continue
        wanted = [
            each
            for each in inspect.signature(getattr(Archive, name)).parameters.values()
            if each.name != "by" or name == "corrections"
        ]
        given = inspect.signature(method).parameters.values()
        assert [(each.name, each.kind, each.default) for each in given] == [
            (each.name, each.kind, each.default) for each in wanted
        ], name
        shared += 1
    assert shared >= 37
