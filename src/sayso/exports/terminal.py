"""Lines of words for a terminal: broken at its width, styled where it shows colours."""

from __future__ import annotations

import re

from sayso.exports.outline import columns, printable

STYLES = {
    "title": "1",
    "nobody": "1",
    "cue": "3",
    "dim": "2",
    "warn": "35",
    "good": "32",
    "bad": "1;31",
    "changed": "1;4",
    # One for each speaker, of the 256 colours: the middle of the scale, which reads on light and on dark alike.
    **{f"speaker{place}": f"1;38;5;{code}" for place, code in enumerate((67, 131, 65, 97, 136, 30, 168, 101))},
}
NARROWEST = 36
WIDEST = 100
"""A line longer than this is hard to read, however wide the terminal."""

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")

Word = tuple[str, str]
"""A word and its style."""


class Page:
    """Lines of a given width, with colours or without."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = min(max(width, NARROWEST), WIDEST)
        self.colour = colour

    def styled(self, text: str, style: str) -> str:
        """The text in that style, if there are colours."""
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.colour and style and text else text

    def rule(self) -> str:
        """A line across the page."""
        return self.styled("─" * self.width, "dim")

    def lines(self, wrapped: list[Word], indent: int) -> list[str]:
        """The words broken into lines that start after `indent` columns."""
        lines: list[list[Word]] = [[]]
        used = indent
        for word, style in wrapped:
            wide = columns(word)
            if lines[-1] and used + 1 + wide > self.width:
                lines.append([])
                used = indent
            used += wide + bool(lines[-1])
            lines[-1].append((word, style))
        return [" " * indent + self._join(line) for line in lines if line]

    def with_note(self, lines: list[str], note: list[Word], indent: int) -> list[str]:
        """The lines with a note at the right end of the last one, or below them where there is no room for it."""
        wide = sum(columns(word) for word, _ in note) + len(note) - 1
        room = self.width - self.bare_columns(lines[-1]) - wide
        if room >= 2:
            return [*lines[:-1], lines[-1] + " " * room + self._join(note)]
        if wide <= self.width - indent:
            return [*lines, " " * (self.width - wide) + self._join(note)]
        return [*lines, *self.lines(note, indent)]

    def bare_columns(self, line: str) -> int:
        """How many columns a styled line takes."""
        return columns(_ESCAPES.sub("", line) if self.colour else line)

    def _join(self, line: list[Word]) -> str:
        """The words of a line with spaces; neighbours of one style are styled as one run."""
        runs: list[Word] = []
        for word, style in line:
            if runs and runs[-1][1] == style:
                runs[-1] = (f"{runs[-1][0]} {word}", style)
            else:
                runs.append((word, style))
        return " ".join(self.styled(text, style) for text, style in runs)


def worded(text: str, style: str = "") -> list[Word]:
    """The text as words of one style, fit to be shown."""
    return [(word, style) for word in printable(text).split()]
