"""sayso index: transcripts made ready to be searched, in a folder that `sayso check` takes for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from sayso.cli.messages import complain, reason
from sayso.cli.progress import Bar
from sayso.cli.running import EXIT_UNREADABLE
from sayso.documents import Transcript
from sayso.errors import UnreadableSource
from sayso.pipeline import read_limits


@click.command(
    epilog="""\b
Examples:
  sayso index transcripts/ -o transcripts.index
  sayso index today.vtt -o transcripts.index
  sayso check draft.txt --transcript transcripts.index
"""
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The index: a folder, made where there is none; transcripts that it has already are passed over.",
)
def index(*, sources: tuple[str, ...], output: Path) -> int:
    """Index transcripts, so that a quote is found in thousands of them at once.

    SOURCE is a transcript (text, Markdown, HTML, WebVTT, SRT, PDF, Word or JSON), a folder of them, or a URL. One that
    cannot be read gets a line on standard error; the others go on, and the exit code is 2.
    """
    from sayso.checks.library import Library
    from sayso.transcripts import transcript_names

    run = _Run(transcript_names(list(sources)))
    with run.bar:
        library = Library.build(output, run.transcripts())
    count = len(library.transcripts)
    complain(f"{output} holds {count:,} transcript{'s'[: count != 1]}")
    return EXIT_UNREADABLE if run.failed else 0


class _Run:
    """The reading of all transcripts, one at a time: the index takes them as they come."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.failed = False
        self.bar = Bar(len(names), wanted=True)

    def transcripts(self) -> Iterator[Transcript]:
        from sayso.transcripts import read_transcripts

        for name in self.names:
            self.bar.step()
            # one file in JSON Lines has many
            for found in read_transcripts([name], limits=read_limits()):
                if isinstance(found, UnreadableSource):
                    self.failed = True
                    self.bar.say(reason(found.name, found))
                    continue
                for warning in found.warnings:
                    self.bar.say(f"{found.source.name if found.source else name}: warning: {warning}")
                yield found
