"""What is sent as JSON to be read, checked or added."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from sayso.archive.bounds import MOST_ID, NO_NUL
from sayso.web.workers import Upload

MOST_FILES = 100
"""In one request."""
_NAME = Annotated[str, StringConstraints(pattern=NO_NUL, max_length=1000)]
_URL = Annotated[str, StringConstraints(pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[^\x00-\x20]+$", max_length=4000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


_LEFT_OUT: Any = None
"""Of fields that may be left out, though null is no value of theirs."""


class Source(_Strict):
    text: str = Field(_LEFT_OUT, min_length=1, description="The text itself.")
    url: _URL = Field(_LEFT_OUT, description="Its address, which the server fetches.")
    name: _NAME = Field(_LEFT_OUT, description="What messages and the record call a pasted text.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Source:
        if (self.text is None) == (self.url is None):
            raise ValueError("give either text or url")
        return self

    def upload(self) -> Upload:
        """What is to be read."""
        return Upload.of_url(self.url) if self.url else Upload.of_text(self.text or "", self.name or "pasted text")


class TranscriptSource(Source):
    """A transcript to be read."""

    date: _NAME = Field(_LEFT_OUT, description="Day of the event, where it does not say: 2026-03-14.")


class KeptTranscript(_Strict):
    """A transcript of the archive."""

    id: int = Field(ge=1, le=MOST_ID)


class ArticleSource(Source):
    """An article to be read."""

    date: _NAME = Field(_LEFT_OUT, description="Day of publication, where it does not say: 2026-03-14.")
    outlet: _NAME = Field(_LEFT_OUT, description="Name of the outlet, where it does not say.")
    any_language: bool = Field(False, description="Read it even where it is not in English.")


class CheckedSource(ArticleSource):
    """An article to be read and held against transcripts."""

    transcripts: list[TranscriptSource | KeptTranscript] = Field(
        default_factory=list, max_length=MOST_FILES, description="To be read, or of the archive, by id."
    )


class AddedSource(ArticleSource):
    """An article to be added to the archive."""

    check: bool = Field(False, description="Check it against the archive's transcripts of its days.")
