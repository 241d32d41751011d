"""Turns written anew in other layouts and formats, to see whether they are found again in each.

A rendering knows its own words in order, each with its speaker; those of labels have none.
"""

from __future__ import annotations

import html
import json
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Turns = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Rendering:
    """A file and the words in it: `(speaker, words)` in order, the speaker of a label empty."""

    data: bytes
    suffix: str
    stream: list[tuple[str, str]]


def _stream(turns: Turns, label: Callable[[str], str]) -> list[tuple[str, str]]:
    return [part for speaker, words in turns for part in (("", label(speaker)), (speaker, words))]


def _flat(words: str) -> str:
    return " ".join(words.split())


def _title_case(name: str) -> str:
    return " ".join(word[0] + word[1:].lower() if len(word) > 1 and word.isupper() else word for word in name.split())


def briefing(turns: Turns) -> Rendering:
    """As the White House has them: indented, "Q" without a colon, several spaces."""
    lines = [
        f"     {'Q   ' if name == 'Q' else name + ':'} {words.replace(chr(10), chr(10) * 2 + '     ')}\n"
        for name, words in turns
    ]
    text = "Press Briefing by the Press Office\n\nJames Hall\n\n1:10 P.M. EST\n\n" + "\n".join(lines)
    head = [("", "Press Briefing by the Press Office James Hall 1:10 P.M. EST")]
    return Rendering(text.encode(), ".txt", head + _stream(turns, lambda name: name))


def tight(turns: Turns) -> Rendering:
    """One line break between turns and between paragraphs alike."""
    text = "\n".join(f"{name}: {words}" for name, words in turns)
    return Rendering(text.encode(), ".txt", _stream(turns, lambda name: name))


def wrapped(turns: Turns) -> Rendering:
    """Wrapped at 72 columns, without blank lines."""
    lines = [line for name, words in turns for line in textwrap.wrap(f"{name}: {_flat(words)}", 72)]
    return Rendering("\n".join(lines).encode(), ".txt", _stream(turns, lambda name: name))


def title_case(turns: Turns) -> Rendering:
    """Names in small letters: "Ms. Holm:", "Question:"."""
    named = [(_title_case(name) if name != "Q" else "Question", words) for name, words in turns]
    text = "\n\n".join(f"{name}: {words}" for name, words in named)
    return Rendering(text.encode(), ".txt", _stream(named, lambda name: name))


def own_line(turns: Turns) -> Rendering:
    """The label on a line of its own."""
    text = "\n\n".join(f"{name}\n{words}" for name, words in turns)
    return Rendering(text.encode(), ".txt", _stream(turns, lambda name: name))


def dashes(turns: Turns) -> Rendering:
    """A dash behind the label."""
    text = "\n\n".join(f"{name} - {_flat(words)}" for name, words in turns)
    return Rendering(text.encode(), ".txt", _stream(turns, lambda name: name))


def timed(turns: Turns) -> Rendering:
    """As transcription services write it: the name, a time in brackets, the words below."""
    text = "\n\n".join(
        f"{_title_case(name)} ({7 * at // 60:02}:{7 * at % 60:02}):\n{words}" for at, (name, words) in enumerate(turns)
    )
    named = [(_title_case(name), words) for name, words in turns]
    stream = [
        part
        for at, (name, words) in enumerate(named)
        for part in (("", f"{name} {7 * at // 60:02} {7 * at % 60:02}"), (name, words))
    ]
    return Rendering(text.encode(), ".txt", stream)


def page(turns: Turns) -> Rendering:
    """A page with labels in bold, and other things around."""
    paragraphs = []
    for name, words in turns:
        first, *rest = [html.escape(line) for line in words.split("\n") if line.strip()] or [""]
        paragraphs.append(f"<p><strong>{html.escape(name)}:</strong> {first}</p>")
        paragraphs += [f"<p>{line}</p>" for line in rest]
    text = (
        "<!doctype html><html><head><title>A briefing</title></head><body><nav><a href='/'>Home</a><a href='/x'>News"
        "</a></nav><main><article><h1>A briefing</h1>" + "".join(paragraphs) + "</article></main><footer><p>All rights"
        " reserved</p></footer></body></html>"
    )
    return Rendering(text.encode(), ".html", [("", "A briefing"), *_stream(turns, lambda name: name)])


def broken_lines(turns: Turns) -> Rendering:
    """A page with all in one paragraph and line breaks between the turns."""
    text = "<br>\n".join(f"<b>{html.escape(name)}</b>: {html.escape(_flat(words))}" for name, words in turns)
    text = f"<html><body><div><h1>A briefing</h1><p>{text}</p></div></body></html>"
    return Rendering(text.encode(), ".html", [("", "A briefing"), *_stream(turns, lambda name: name)])


def definition_list(turns: Turns) -> Rendering:
    """A page with a definition list."""
    text = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(_flat(words))}</dd>" for name, words in turns)
    text = f"<html><body><main><h1>A briefing</h1><dl>{text}</dl></main></body></html>"
    return Rendering(text.encode(), ".html", [("", "A briefing"), *_stream(turns, lambda name: name)])


def markdown(turns: Turns) -> Rendering | None:
    """Markdown with labels in bold."""
    if any(mark in words for _, words in turns for mark in "*_\\<>#`["):
        return None
    text = "# A briefing\n\n" + "\n\n".join(f"**{name}:** {_flat(words)}" for name, words in turns)
    return Rendering(text.encode(), ".md", [("", "A briefing"), *_stream(turns, lambda name: name)])


def _cues(turns: Turns) -> list[tuple[str, str, bool]]:
    return [
        (name, line, not number)
        for name, words in turns
        for number, line in enumerate(textwrap.wrap(_flat(words), 40) or [""])
    ]


def _code(second: int, comma: str = ".") -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}{comma}000"


def voices(turns: Turns) -> Rendering:
    """WebVTT with voice tags."""
    cues = [
        f"{_code(at)} --> {_code(at + 1)}\n<v {name}>{html.escape(line, quote=False)}</v>"
        for at, (name, line, _) in enumerate(_cues(turns))
    ]
    return Rendering(("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode(), ".vtt", list(turns))


def meeting(turns: Turns) -> Rendering:
    """WebVTT as meeting software writes it: the name in front of every cue."""
    cues = [
        f"{_code(at)} --> {_code(at + 1)}\n{name}: {html.escape(line, quote=False)}"
        for at, (name, line, _) in enumerate(_cues(turns))
    ]
    text = "WEBVTT\n\n" + "\n\n".join(cues) + "\n"
    stream = []
    for at, (name, words) in enumerate(turns):
        stream += [("", name)] if not at or turns[at - 1][0] != name else []
        stream.append((name, words))
    return Rendering(text.encode(), ".vtt", stream)


def broadcast(turns: Turns) -> Rendering:
    """SRT of broadcast captions: capitals, and arrows where the speaker changes."""
    cues = [
        f"{at + 1}\n{_code(at, ',')} --> {_code(at + 1, ',')}\n{'>> ' + name + ': ' if first else ''}{line}".upper()
        for at, (name, line, first) in enumerate(_cues(turns))
    ]
    return Rendering("\n\n".join(cues).encode(), ".srt", _stream(turns, lambda name: name))


def segments(turns: Turns) -> Rendering:
    """JSON segments."""
    data = [{"speaker": name, "start": float(at), "text": words} for at, (name, words) in enumerate(turns)]
    return Rendering(json.dumps(data).encode(), ".json", list(turns))


def hearing(turns: Turns) -> Rendering | None:
    """As the US Congress prints hearings: "Senator Holm. Thank you." Only of speakers who have titles."""
    titled = re.compile(r"(?:MR|MS|DR|SENATOR|GOVERNOR|SECRETARY|MAYOR|REPRESENTATIVE)\b\.? [A-Z’'\-]+$")
    named = [(_title_case(name), words) for name, words in turns if titled.match(name) and words[:1].isupper()]
    if len(named) < 6 or len(Counter(name for name, _ in named)) < 2:
        return None
    text = "\n".join(f"    {name}. {_flat(words)}" for name, words in named)
    return Rendering(text.encode(), ".txt", _stream(named, lambda name: name))


LAYOUTS: dict[str, Callable[[Turns], Rendering | None]] = {
    each.__name__: each
    for each in (
        briefing, tight, wrapped, title_case, own_line, dashes, timed, page, broken_lines, definition_list, markdown,
        voices, meeting, broadcast, segments, hearing,
    )
}  # fmt: skip
