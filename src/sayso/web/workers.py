"""Reading and checking for a server, away from the process that serves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.documents import Article, Transcript


@dataclass(frozen=True, slots=True)
class Upload:
    """Something that a user gave: the bytes of a file, a pasted text, or an address that is to be fetched."""

    name: str
    data: bytes = b""
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    """Set where the address itself was given; `data` is then empty."""

    @classmethod
    def of_text(cls, text: str, name: str = "pasted text") -> Upload:
        """A text that was pasted."""
        return cls(name, text.encode("utf-8", "surrogatepass"), "text/plain", "utf-8")

    @classmethod
    def of_url(cls, url: str) -> Upload:
        """An address."""
        return cls(url, url=url)


class Workers:
    """Reads and checks in a few child processes, each with its limits of time and memory."""

    def __init__(self, *, count: int | None = None, timeout_s: float = 60.0, memory_mb: int = 3000) -> None:
        self.count = count
        self.timeout_s = timeout_s
        self.memory_mb = memory_mb

    def read(
        self, given: Upload, *, date: str | None = None, outlet: str | None = None, any_language: bool = False
    ) -> Article:
        """The article in what was given, with all its layers. Raises UnreadableSource and its kinds, BadSetting."""
        from sayso.pipeline import extracted, read_limits
        from sayso.reading import read_bytes

        article = read_bytes(given.data, given.name, media_type=given.media_type, limits=read_limits())
        return extracted(article)

    def read_transcript(self, given: Upload, *, date: str | None = None) -> Transcript:
        """The transcript in what was given. Raises UnreadableSource and its kinds, BadSetting."""
        raise NotImplementedError

    def check(self, article: Article, transcripts: Sequence[Transcript] = ()) -> Article:
        """The article with the verdicts of a check against these transcripts in place of earlier ones."""
        from sayso.pipeline import check

        check(article, list(transcripts))
        return article

    def close(self) -> None:
        """Ends the children."""
