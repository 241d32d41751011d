"""Reading and checking what is sent, without storing it."""

from __future__ import annotations

from typing import Any

from sayso.api.answering import Json
from sayso.api.bodies import CHECK, READ, Given, ToCheck, ToRead, body_of
from sayso.api.routing import Routes
from sayso.api.schemas import RECORD
from sayso.documents import Article
from sayso.exports.json import record_of
from sayso.web.state import Server, Serving

routes = Routes("reading")
FAILURES = (400, 403, 404, 413, 415, 502, 503)
"""What can be wrong with a source: its size, its address, what is at it."""


@routes.post("/read", heavy=True, gives=RECORD, body=body_of(READ), errors=FAILURES)
def read(server: Server, given: ToRead) -> Any:
    """The record of an article that is sent; nothing is stored.

    As a file, a text or an address.
    """
    return Json(record_of(_article(server, given)))


@routes.post("/check", heavy=True, gives=RECORD, body=body_of(CHECK), errors=FAILURES)
def check(server: Server, given: ToCheck) -> Any:
    """The record of an article that is sent, with the verdicts on it; nothing is stored.

    Its quotes are held against the transcripts that are sent beside it or named by their ids in the archive; without
    any, headline and figures are checked alone.
    """
    article = _article(server, given)
    transcripts = [server.workers.read_transcript(each, date=date) for each, date in given.transcripts]
    transcripts += [server.archive.transcript(each) for each in given.kept_transcripts]
    return Json(record_of(server.workers.check(article, transcripts)))


def _article(server: Serving, given: Given) -> Article:
    return server.workers.read(given.uploads[0], date=given.date, outlet=given.outlet, any_language=given.any_language)
