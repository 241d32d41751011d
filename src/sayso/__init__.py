"""sayso reads a news article and puts on record who said what.

>>> import sayso
>>> article = sayso.read("wire.txt", date="2026-03-14")            # doctest: +SKIP
>>> for attribution in article.attributions:                        # doctest: +SKIP
...     print([span.of(article.text) for span in attribution.source])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.documents import (
    Article,
    Dateline,
    Document,
    OffsetMap,
    Piece,
    Section,
    Source,
    Span,
    Transcript,
    Turn,
)
from sayso.errors import (
    BadSetting,
    DamagedModel,
    EmptySource,
    FetchFailed,
    MissingPackage,
    NoSuchSource,
    NotEnglish,
    NotText,
    RefusedAddress,
    SaysoError,
    TookTooLong,
    TooLarge,
    UnreadableSource,
)
from sayso.pipeline import check, read, read_many, read_text, read_transcript
from sayso.records import (
    Attribution,
    Candidate,
    Chain,
    Occasion,
    Relation,
    Speaker,
    Stance,
    Statement,
    article_to_json,
    chain_of,
)
from sayso.verdicts import Figure, FigureVerdict, HeadlineVerdict, QuoteVerdict, Verdict

if TYPE_CHECKING:
    from sayso.client.remote import RemoteArchive

__version__ = "0.1.0"


def connect(url: str, token: str | None = None, *, timeout_s: float = 60.0) -> RemoteArchive:
    """The archive of a server (`sayso desk`, `sayso serve`) at its address, with the methods of one that is here.

    `token` is one of a user's, where the server asks who one is; over http:// others on the way can read it.
    `timeout_s` is how long the server may keep silent. Raises BadSetting for an address that is none.
    """
    from sayso.client import connect

    return connect(url, token, timeout_s=timeout_s)


__all__ = [
    "Article",
    "Attribution",
    "BadSetting",
    "Candidate",
    "Chain",
    "DamagedModel",
    "Dateline",
    "Document",
    "EmptySource",
    "FetchFailed",
    "Figure",
    "FigureVerdict",
    "HeadlineVerdict",
    "MissingPackage",
    "NoSuchSource",
    "NotEnglish",
    "NotText",
    "Occasion",
    "OffsetMap",
    "Piece",
    "QuoteVerdict",
    "RefusedAddress",
    "Relation",
    "SaysoError",
    "Section",
    "Source",
    "Span",
    "Speaker",
    "Stance",
    "Statement",
    "TooLarge",
    "TookTooLong",
    "Transcript",
    "Turn",
    "UnreadableSource",
    "Verdict",
    "__version__",
    "article_to_json",
    "chain_of",
    "check",
    "connect",
    "read",
    "read_many",
    "read_text",
    "read_transcript",
]
