"""Reads the gold layers: beside an article `X.txt`, `X.layers` with who speaks and how (README.md has the guide).

    python -m tests.gold.layers tests/gold/FILE.layers...     each file's layers as a table, to proofread by

Invariant: what comes out is sound. Every attribution of the article has its layer, every span slices the clean text to
the words that the file gives, and a speaker that a layer names is there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from sayso.documents import Span
from tests.gold.markup import GoldArticle, GoldAttribution, read_gold

SPEAKER_KINDS = ("person", "organisation", "government", "document", "group", "anonymous", "author")
ACTS = ("communication", "attitude", "factive", "control")
STANCES = ("neutral", "endorsing", "distancing")
POLARITIES = ("affirms", "denies", "questions")
RELATIONS = {"disputes": "disputes", "responds-to": "responds to", "supports": "supports"}
HARD_KINDS = (
    *("name", "pronoun", "surname", "title", "role", "apposition", "cataphora", "same-surname", "womans-title"),
    *("quoted-i", "the-company", "spokesman-for", "group", "organisation", "metonym", "document", "anonymous"),
    *("author", "missing", "couple"),
)
FIELDS = 9
NONE = "-"


@dataclass(slots=True)
class GoldSpeaker:
    """Somebody whom at least one attribution of the article reports."""

    key: str
    kind: str
    name: str
    stands_for: str | None
    titles: list[str]


@dataclass(slots=True)
class GoldLayer:
    """What is said of one attribution; the spans are of the article's clean text."""

    attribution: str
    speaker: str | None
    """A speaker's key; None where nobody can be known."""
    act: str
    stance: str
    stance_words: list[Span]
    polarity: str
    occasion: list[Span]
    date: str | None
    """`2026-05-29`, or `05-29` where no year follows."""
    kinds: list[str]
    """How the source refers, for accuracy by kind."""


@dataclass(slots=True)
class GoldLayers:
    """The layers of one article, in the order of its attributions."""

    published: date | None = None
    """The date of publication that goes to the reader with the article."""
    speakers: list[GoldSpeaker] = field(default_factory=list)
    layers: list[GoldLayer] = field(default_factory=list)
    same: list[list[str]] = field(default_factory=list)
    """Ids of attributions that report one utterance; an attribution is in one list at most."""
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind as in the JSON form, id from which, id to which."""


class LayersError(ValueError):
    """A layers file that cannot be read; names the file and the line."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        super().__init__(f"{path}:{line}: {reason}")


def read_layers(path: Path | str, article: GoldArticle) -> GoldLayers:
    """The layers of one file over the article that it belongs to.

    Words that the article has several times are taken where they stand nearest to the attribution's cue.

    Raises LayersError, with file and line, for a speaker, class or kind that is unknown, a speaker whom nobody names,
    an attribution without its line or with two, words that the article does not have, and words of the occasion that
    lie in the attribution's own source, cue or content or in another paragraph than its cue.
    """
    path = Path(path)
    reader = _Reader(path, article)
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            reader.take(number, line.strip())
    return reader.done(len(lines))


class _Reader:
    def __init__(self, path: Path, article: GoldArticle) -> None:
        self.path = path
        self.text = article.text
        self.attributions = {each["id"]: each for each in article.attributions}
        self.found = GoldLayers()
        self.by_id: dict[str, GoldLayer] = {}
        self.lines: dict[str, int] = {}
        self.line = 0

    def take(self, number: int, line: str) -> None:
        self.line = number
        word, _, rest = line.partition(" ")
        if word == "published":
            self.take_published(rest)
        elif word == "speaker":
            self.take_speaker(rest)
        elif word == "same":
            self.take_same(rest.split())
        elif word in RELATIONS:
            self.take_relation(RELATIONS[word], rest.split())
        elif word.isdigit():
            self.take_layer(line)
        else:
            self.refuse(f"{line!r} is no line of a layers file; it begins with {word!r}")

    def done(self, last_line: int) -> GoldLayers:
        self.line = last_line
        for each in self.attributions:
            if each not in self.by_id:
                self.refuse(f"attribution {each[1:]} has no line")
        for key in sorted(self.named() - {each.speaker for each in self.by_id.values()}, key=self.lines.__getitem__):
            self.line = self.lines[key]
            self.refuse(f"no attribution has the speaker {key!r}")
        self.found.layers = [self.by_id[each] for each in self.attributions]
        for ids in self.found.same:
            self.line = self.lines[ids[0]]
            if len({self.by_id[each].speaker for each in ids}) > 1:
                self.refuse(f"the same statement by different speakers: {' '.join(ids)}")
        return self.found

    def take_published(self, rest: str) -> None:
        if self.found.published or self.found.speakers or self.by_id:
            self.refuse("the date of publication stands first, and once")
        self.found.published = self.day(rest.strip())

    def take_speaker(self, rest: str) -> None:
        key, kind, name, stands_for, titles = self.fields(rest, 5)
        if not re.fullmatch(r"[a-z][a-z0-9-]*", key) or key in self.named():
            self.refuse(f"{key!r} is no new key; a short word in small letters")
        self.one_of(kind, SPEAKER_KINDS, "kind of speaker")
        named = [] if titles == NONE else titles.split("; ")
        for words in [*([] if kind == "author" else [name]), *named]:
            if not list(self.occurrences(words)):
                self.refuse(f"{words!r} is not in the article")
        self.lines[key] = self.line
        self.found.speakers.append(GoldSpeaker(key, kind, name, None if stands_for == NONE else stands_for, named))

    def take_layer(self, line: str) -> None:
        number, key, act, stance, stance_words, polarity, occasion, day, kinds = self.fields(line, FIELDS)
        attribution = self.attributions[self.known(number)]
        if attribution["id"] in self.by_id:
            self.refuse(f"attribution {number} has a line already")
        if key != NONE and key not in self.named():
            self.refuse(f"unknown speaker {key!r}")
        self.one_of(act, ACTS, "act")
        self.one_of(stance, STANCES, "stance")
        self.one_of(polarity, POLARITIES, "polarity")
        if (stance == "neutral") != (stance_words == NONE):
            self.refuse(f"{stance} with {'no words' if stance_words == NONE else 'words'} to show it")
        hard = [each.strip() for each in kinds.split(",")]
        for each in hard:
            self.one_of(each, HARD_KINDS, "hard kind")
        if not re.fullmatch(r"\d\d-\d\d", day) and day != NONE:
            self.day(day)
        self.by_id[attribution["id"]] = GoldLayer(
            attribution=attribution["id"],
            speaker=None if key == NONE else key,
            act=act,
            stance=stance,
            stance_words=[self.nearest(words, attribution) for words in self.listed(stance_words)],
            polarity=polarity,
            occasion=[self.outside(words, attribution) for words in self.listed(occasion)],
            date=None if day == NONE else day,
            kinds=hard,
        )

    def take_same(self, numbers: list[str]) -> None:
        ids = [self.known(each) for each in numbers]
        if len(ids) < 2 or len(set(ids)) < len(ids):
            self.refuse("'same' takes two attributions or more, each once")
        for each in ids:
            if any(each in others for others in self.found.same):
                self.refuse(f"attribution {each[1:]} is in two lines of 'same'")
        self.lines[ids[0]] = self.line
        self.found.same.append(ids)

    def take_relation(self, kind: str, numbers: list[str]) -> None:
        ids = [self.known(each) for each in numbers]
        if len(ids) != 2 or ids[0] == ids[1]:
            self.refuse(f"{kind!r} takes two attributions: which, and which other")
        self.found.relations.append((kind, ids[0], ids[1]))

    def nearest(self, words: str, attribution: GoldAttribution) -> Span:
        """Where the words stand, nearest to the cue."""
        places = list(self.occurrences(words))
        if not places:
            self.refuse(f"{words!r} is not in the article")
        return min(places, key=lambda place: self.distance(place, attribution))

    def outside(self, words: str, attribution: GoldAttribution) -> Span:
        """Where the words stand, nearest to the cue, outside the attribution and in the cue's paragraph."""
        parts = [*attribution["source"], *attribution["cue"], *attribution["content"]]
        own = [Span(start, end) for start, end in parts]
        places = [each for each in self.occurrences(words) if not any(each.overlaps(part) for part in own)]
        if not places:
            there = "only inside the attribution's own parts" if list(self.occurrences(words)) else "not in the article"
            self.refuse(f"{words!r} is {there}")
        place = min(places, key=lambda each: self.distance(each, attribution))
        start, end = attribution["cue"][0]
        if "\n\n" in self.text[min(place.start, start) : max(place.end, end)]:
            self.refuse(f"{words!r} stands in another paragraph than the cue")
        return place

    def distance(self, place: Span, attribution: GoldAttribution) -> int:
        return min(max(start - place.end, place.start - end, 0) for start, end in attribution["cue"])

    def occurrences(self, words: str) -> Iterator[Span]:
        """Every place of the words as whole words; a line break counts as a space."""
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", self.text):
            yield Span(*match.span())

    def fields(self, line: str, count: int) -> list[str]:
        parts = [each.strip() for each in line.split(" | ")]
        if len(parts) != count or not all(parts):
            self.refuse(f"{len(parts)} fields, {count} are due, none of them empty ({NONE!r} for none)")
        return parts

    def listed(self, words: str) -> list[str]:
        return [] if words == NONE else [each.strip() for each in words.split(" ; ")]

    def named(self) -> set[str]:
        return {each.key for each in self.found.speakers}

    def known(self, number: str) -> str:
        if f"g{number}" not in self.attributions:
            self.refuse(f"the article has no attribution {number!r}")
        return f"g{number}"

    def day(self, text: str) -> date:
        try:
            return datetime.strptime(text, "%Y-%m-%d").date()
        except ValueError:
            self.refuse(f"{text!r} is no date; write 2026-05-29, or 05-29 where no year follows")

    def one_of(self, value: str, values: tuple[str, ...], what: str) -> None:
        if value not in values:
            self.refuse(f"unknown {what} {value!r}; one of {', '.join(values)}")

    def refuse(self, reason: str) -> NoReturn:
        raise LayersError(self.path, self.line, reason)


def layers_files() -> list[Path]:
    """The layers files that there are, by name."""
    return sorted(Path(__file__).parent.glob("*.layers"))


def _print_table(path: Path) -> None:
    article = read_gold(path.with_suffix(".txt"))
    layers = read_layers(path, article)
    print(f"== {article.id}, published {layers.published}, {len(layers.speakers)} speakers")
    for each, attribution in zip(layers.layers, article.attributions, strict=True):
        parts = [" … ".join(article.text[s:e] for s, e in attribution[role]) for role in ("source", "cue", "content")]
        words = [" … ".join(span.of(article.text) for span in spans) for spans in (each.stance_words, each.occasion)]
        classes = f"{each.act} {each.stance} [{words[0]}] {each.polarity} {','.join(each.kinds)}"
        print(f"{each.attribution:>4} {each.speaker} | {classes} | occasion [{words[1]}] {each.date}")
        print("     " + " | ".join(parts).replace("\n", " ⏎ "))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        _print_table(Path(name))
