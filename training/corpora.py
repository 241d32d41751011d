"""Readers of the training corpora, all into one plain form. No corpus text lives in the project.

PolNeAR (Newell, Margolin and Ruths, LREC 2018) as JSON lines; our own texts as marked-up files (training/texts).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.documents import Span

ROLES = ("source", "cue", "content")


@dataclass(slots=True)
class GoldAttribution:
    """One annotated attribution; `inside` is the index of the one whose content holds it."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    inside: int | None = None


@dataclass(slots=True)
class GoldText:
    """An annotated text. `nested` says that attributions inside contents were annotated too."""

    id: str
    text: str
    attributions: list[GoldAttribution] = field(default_factory=list)
    nested: bool = False
    doubted: list[Span] = field(default_factory=list)
    """Cues that may or may not be nested ones: nothing is learnt there."""


def read_polnear(path: Path) -> Iterator[GoldText]:
    """The articles of one PolNeAR file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            attributions = []
            for each in record["attributions"]:
                source, cue, content = ([Span(*span) for span in each[role]] for role in ROLES)
                attributions.append(GoldAttribution(source, cue, content))
            yield GoldText(record["id"], record["text"], [each for each in attributions if each.cue and each.content])


def add_silver(texts: list[GoldText], path: Path) -> None:
    """Add to flat texts the nested attributions that `training.silver` wrote for them."""
    with path.open(encoding="utf-8") as lines:
        found = {record["id"]: record["nested"] for record in map(json.loads, lines)}
    for text in texts:
        if text.nested or text.id not in found:
            continue
        for each in found[text.id]:
            source, cue, content = ([Span(*span) for span in each[role]] for role in ROLES)
            if each["sure"]:
                text.attributions.append(GoldAttribution(source, cue, content, inside=each["outer"]))
            else:
                text.doubted.extend(cue)
        text.nested = True


_TAG = re.compile(r"<(/?)([sqc])(\d+)>")


def parse_markup(marked: str, *, id: str) -> GoldText:
    """A text with `<s1>`, `<q1>`, `<c1>` tags round the sources, cues and contents of its attributions.

    >>> parse_markup("<s1>She</s1> <q1>said</q1> <c1>no</c1>.", id="t").attributions[0].cue
    [Span(start=4, end=8)]

    Raises ValueError where a tag is not closed or an attribution lacks its cue or content.
    """
    text: list[str] = []
    length = at = 0
    opened: dict[tuple[str, str], int] = {}
    parts: dict[str, dict[str, list[Span]]] = {}
    for match in _TAG.finditer(marked):
        text.append(marked[at : match.start()])
        length += match.start() - at
        at = match.end()
        closing, role, number = match.groups()
        if not closing:
            if (role, number) in opened:
                raise ValueError(f"{id}: <{role}{number}> opened twice")
            opened[role, number] = length
        else:
            start = opened.pop((role, number), None)
            if start is None:
                raise ValueError(f"{id}: </{role}{number}> without its opening")
            parts.setdefault(number, {"s": [], "q": [], "c": []})[role].append(Span(start, length))
    if opened:
        raise ValueError(f"{id}: never closed: {sorted(opened)}")
    text.append(marked[at:])
    attributions = []
    for number, roles in sorted(parts.items(), key=lambda item: int(item[0])):
        if not roles["q"] or not roles["c"]:
            raise ValueError(f"{id}: attribution {number} lacks its cue or its content")
        attributions.append(GoldAttribution(sorted(roles["s"]), sorted(roles["q"]), sorted(roles["c"])))
    for each in attributions:
        holders = [
            index
            for index, other in enumerate(attributions)
            if other is not each and any(span.contains(each.cue[0]) for span in other.content)
        ]
        each.inside = min(
            holders, key=lambda index: sum(len(range(*s)) for s in attributions[index].content), default=None
        )
    joined = "".join(text)
    if re.search(r"</?[a-z]\d*>", joined):
        raise ValueError(f"{id}: a stray tag is left in the text")
    return GoldText(id, joined, attributions, nested=True)


def read_own(folder: Path) -> Iterator[GoldText]:
    """Our own training texts below a folder: several pieces a file, `=====` between them."""
    for path in sorted(folder.rglob("*.txt")):
        for number, piece in enumerate(re.split(r"(?m)^=====[ \t]*$", path.read_text(encoding="utf-8"))):
            if piece.strip():
                yield parse_markup(piece.strip(), id=f"{path.parent.name}/{path.stem}/{number}")


def join_texts(texts: list[GoldText], *, id: str) -> GoldText:
    """Short texts as one, a blank line between them: a window of one short text trains as long as a full one."""
    joined: list[str] = []
    attributions: list[GoldAttribution] = []
    length = 0
    for text in texts:
        shift, base = length, len(attributions)
        for each in text.attributions:
            source, cue, content = (
                [Span(a + shift, b + shift) for a, b in spans] for spans in (each.source, each.cue, each.content)
            )
            attributions.append(
                GoldAttribution(source, cue, content, None if each.inside is None else each.inside + base)
            )
        joined.append(text.text)
        length += len(text.text) + 2
    return GoldText(id, "\n\n".join(joined), attributions, nested=all(text.nested for text in texts))


def packed(texts: list[GoldText], *, characters: int, shuffle: random.Random) -> list[GoldText]:
    """Short texts in random order, joined until each has about so many characters."""
    ordered = texts.copy()
    shuffle.shuffle(ordered)
    found: list[GoldText] = []
    group: list[GoldText] = []
    for text in ordered:
        group.append(text)
        if sum(len(each.text) for each in group) >= characters:
            found.append(join_texts(group, id=f"packed/{len(found)}"))
            group = []
    return found + ([join_texts(group, id=f"packed/{len(found)}")] if group else [])
