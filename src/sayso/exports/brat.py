"""brat standoff: a text file, and beside it an `.ann` file with one annotation a line (brat.nlplab.org/standoff.html).

An attribution is up to three text-bound annotations, `Source`, `Cue` and `Content`; relations tie source and cue to the
content (or, without one, source to cue), `Inside` ties it to the one it lies inside, and the article's own relations
(`Disputes`, ...) join the contents of two statements. The anchor, which is the first of content, cue and source that is
there, bears the attributes and the notes.

Offsets are Unicode code points, as brat counts them. brat allows no line break inside an annotation: one that goes over
several lines is written in as many fragments, and a note of type `Spans` keeps the undivided ones. brat and the
programs around it read line by line, each with its own idea of a line break, so characters that some of them take for
one (carriage return, line separator, ...) are written as a space each, and half surrogates as U+FFFD: offsets stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sayso.documents import Article, Span
from sayso.errors import UnreadableSource
from sayso.exports.tokens import attribution_of, parts_of
from sayso.records import Attribution

TYPES = {"source": "Source", "cue": "Cue", "content": "Content"}
_ROLES = {name: role for role, name in TYPES.items()}
_TIES = {"source": "SaidBy", "cue": "CuedBy"}
_RELATIONS = {"repeats": "Repeats", "disputes": "Disputes", "responds to": "RespondsTo", "supports": "Supports"}
_ATTRIBUTES = {
    "Quotation": ("direct", "indirect", "mixed"),
    "Act": ("communication", "attitude", "factive", "control"),
    "Stance": ("endorsing", "distancing"),
    "Polarity": ("denies", "questions"),
}
"""What is the rule (neutral, affirms) is not written: brat shows each attribute at its annotation."""
_BREAKS = re.compile(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_HALF = re.compile(r"[\ud800-\udfff]")
_SPANS = re.compile(r"\d+ \d+(?:;\d+ \d+)*")


def shown(text: str) -> str:
    """The text as the text file has it; every character keeps its offset."""
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", _BREAKS.sub(" ", text))


def configuration() -> str:
    """The `annotation.conf` by which brat knows the types."""
    anywhere = "|".join(TYPES.values())
    ties = [f"{name}\tArg1:{anywhere}, Arg2:{anywhere}" for name in (*_TIES.values(), "Inside", *_RELATIONS.values())]
    values = [f"{name}\tArg:{anywhere}, Value:{'|'.join(values)}" for name, values in _ATTRIBUTES.items()]
    overlap = "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>"
    sections = {
        "entities": list(TYPES.values()),
        "relations": [*ties, overlap],
        "events": [],
        "attributes": values,
    }
    return "\n".join("\n".join([f"[{name}]", *lines, ""]) for name, lines in sections.items())


def files_of(article: Article) -> Iterator[tuple[str, str]]:
    """The two files of an article: suffix and text of each."""
    yield ".txt", shown(article.text)
    yield ".ann", "".join(f"{line}\n" for line in _Writer(article).lines())


class _Writer:
    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = shown(article.text)
        self.counts = dict.fromkeys("TRA#", 0)
        self.anchors: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        for each in self.article.attributions:
            yield from self._attribution(each)
        for each in self.article.attributions:
            if each.inside in self.anchors and each.id in self.anchors:
                yield self._tie("Inside", self.anchors[each.id], self.anchors[each.inside])
        first = {each.id: each.attributions[0] for each in self.article.statements if each.attributions}
        for relation in self.article.relations:
            ends = [self.anchors.get(first.get(name, "")) for name in (relation.from_, relation.to)]
            if ends[0] and ends[1]:
                yield self._tie(_RELATIONS[relation.kind], ends[0], ends[1])

    def _attribution(self, attribution: Attribution) -> Iterator[str]:
        parts = parts_of(attribution)
        names: dict[str, str] = {}
        notes: list[str] = []
        for role in ("content", "cue", "source"):
            fragments = [piece for span in parts[role] for piece in self._unbroken(span)]
            if not fragments:
                continue
            names[role] = self._next("T")
            places = ";".join(f"{start} {end}" for start, end in fragments)
            yield f"{names[role]}\t{TYPES[role]} {places}\t{' '.join(span.of(self.text) for span in fragments)}"
            if fragments != parts[role]:
                undivided = ";".join(f"{start} {end}" for start, end in parts[role])
                notes.append(f"Spans {names[role]}\t{undivided}")
        if not names:
            return
        anchor = next(iter(names.values()))
        self.anchors[attribution.id] = anchor
        yield from (self._tie(_TIES[role], anchor, name) for role, name in names.items() if name != anchor)
        values = (attribution.quotation, attribution.act, attribution.stance.value, attribution.polarity)
        for (name, allowed), value in zip(_ATTRIBUTES.items(), values, strict=True):
            if value in allowed:
                yield f"{self._next('A')}\t{name} {anchor} {value}"
        key = {"id": attribution.id, "confidence": round(attribution.confidence, 3)}
        notes.append(f"Attribution {anchor}\t{json.dumps(key)}")
        if said := self._note(attribution):
            notes.append(f"AnnotatorNotes {anchor}\t{said}")
        yield from (f"{self._next('#')}\t{note}" for note in notes)

    def _note(self, attribution: Attribution) -> str:
        """What brat shows under the mouse: who, and when and where it was said."""
        people = {each.id: each for each in self.article.speakers}
        speaker = people.get(attribution.speaker or "")
        who = ", ".join([speaker.name, *speaker.titles]) if speaker else ""
        occasion = attribution.occasion
        when = ", ".join(part for part in (occasion.date, occasion.place, occasion.medium) if part)
        return " ".join(shown("; ".join(part for part in (who, when) if part)).split())

    def _unbroken(self, span: Span) -> list[Span]:
        return [Span(*line.span()) for line in re.compile(r"[^\n]+").finditer(self.text, span.start, span.end)]

    def _tie(self, name: str, one: str, other: str) -> str:
        return f"{self._next('R')}\t{name} Arg1:{one} Arg2:{other}"

    def _next(self, kind: str) -> str:
        self.counts[kind] += 1
        return f"{kind}{self.counts[kind]}"


def read(text: str, annotations: str, *, name: str) -> Article:
    """The article of a text file and its `.ann` file; `name` is the id it gets.

    Of files that others made, every `Content`, `Cue` or `Source` that no relation ties to another is an attribution.

    Raises UnreadableSource, with the line, for what is no standoff or points outside of the text.
    """
    reader = _Reader(text, name)
    # Not splitlines: an annotation's text may hold characters that it takes for the end of a line.
    for number, line in enumerate(annotations.split("\n"), 1):
        try:
            reader.take(line.rstrip("\r"))
        except (ValueError, KeyError, IndexError) as error:
            raise UnreadableSource(f"{name}.ann", f"line {number} is no brat annotation: {line[:80]!r}") from error
    return Article(name, text, attributions=reader.attributions())


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.parts: dict[str, tuple[str, list[Span]]] = {}
        self.ties: list[tuple[str, str, str]] = []
        self.values: dict[str, dict[str, str]] = {}
        self.keys: dict[str, dict[str, Any]] = {}

    def take(self, line: str) -> None:
        kind = line[:1]
        if kind == "T":
            name, spec, _ = line.split("\t", 2)
            label, places = spec.split(" ", 1)
            if label in _ROLES:
                self.parts[name] = (_ROLES[label], self._spans(places))
        elif kind == "R":
            spec = line.split("\t")[1]
            label, one, other = spec.split(" ")
            self.ties.append((label, one.split(":", 1)[1], other.split(":", 1)[1]))
        elif kind == "A":
            label, target, value = line.split("\t")[1].split(" ", 2)
            if label == "Quotation" and value not in _ATTRIBUTES[label]:
                raise ValueError(value)
            self.values.setdefault(target, {})[label] = value
        elif kind == "#":
            _, spec, note = line.split("\t", 2)
            label, target = spec.split(" ")
            if label == "Attribution":
                self.keys[target] = json.loads(note)
            elif label == "Spans" and target in self.parts:
                self.parts[target] = (self.parts[target][0], self._spans(note))
        elif line and kind not in "EMN*":
            raise ValueError(line)

    def _spans(self, places: str) -> list[Span]:
        if not _SPANS.fullmatch(places):
            raise ValueError(places)
        spans = [Span(*map(int, place.split(" "))) for place in places.split(";")]
        if any(not span.start < span.end <= len(self.text) for span in spans):
            raise ValueError(places)
        return spans

    def attributions(self) -> list[Attribution]:
        ties = [(one, other) for label, one, other in self.ties if label in _TIES.values()]
        tied = {other for _, other in ties}
        roles: dict[str, dict[str, list[Span]]] = {}
        for name, (role, spans) in self.parts.items():
            if name not in tied:
                roles[name] = {role: list(spans)}
        # One source may be tied to several contents.
        for one, other in ties:
            if one in roles and other in self.parts:
                role, spans = self.parts[other]
                roles[one].setdefault(role, []).extend(spans)
        outer = {one: other for label, one, other in self.ties if label == "Inside"}
        return [
            attribution_of(
                self._id(anchor),
                parts,
                quotation=self.values.get(anchor, {}).get("Quotation", "indirect"),
                inside=self._id(outer[anchor]) if anchor in outer else None,
                confidence=float(self.keys.get(anchor, {}).get("confidence", 1.0)),
            )
            for anchor, parts in roles.items()
        ]

    def _id(self, anchor: str) -> str:
        return str(self.keys.get(anchor, {}).get("id", anchor))
