"""sayso reads a news article and puts on record who said what.

>>> import sayso
>>> article = sayso.read("wire.txt", date="2026-03-14")            # doctest: +SKIP
>>> for attribution in article.attributions:                        # doctest: +SKIP
...     print([span.of(article.text) for span in attribution.source])
"""

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

__version__ = "0.1.0"

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
    "read",
    "read_many",
    "read_text",
    "read_transcript",
]
