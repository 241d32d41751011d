"""Which candidates are labels: settled over the whole document, since no single line tells.

"Remember: ..." and "Lund: ..." look alike. What tells them apart is that a label comes back, stands at the start of
paragraphs, is written like the other labels, and is not a word that the text also writes in small letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.documents import Span
from sayso.transcripts.labels import Candidate, Mark
from sayso.transcripts.lists import is_function_word, is_no_label, label_classes
from sayso.transcripts.scarce import FEW, are_labels, lone_label
from sayso.transcripts.shapes import Shape

_LABEL_OR_BRACKET = re.compile(r"(?m)^[^:\n]{1,60}:|[(\[][^()\[\]\n]*[)\]]")
_SMALL_WORD = re.compile(r"(?<![\w'’.\-])[a-z][a-z]+(?![\w.]*\w)")
_BASE: dict[Shape, int] = {"role": 3, "titled": 2, "capitals": 2, "name": 1, "word": 0}
_SURE = 3


@dataclass(slots=True)
class _Group:
    """All candidates with one key and one kind of mark."""

    key: str
    mark: Mark
    members: list[Candidate] = field(default_factory=list)
    score: float = 0.0

    @property
    def shape(self) -> Shape:
        order: tuple[Shape, ...] = ("role", "titled", "capitals", "name", "word")
        return min((each.shape for each in self.members), key=order.index)


def choose(text: str, candidates: list[Candidate], lines: Sequence[Span]) -> list[Candidate]:
    """The candidates that are speakers' labels, in text order; `lines` are those of the text that are not blank."""
    if not candidates:
        return []
    groups: dict[tuple[str, Mark], _Group] = {}
    for each in candidates:
        groups.setdefault((each.key, each.mark), _Group(each.key, each.mark)).members.append(each)
    doc = _Document(text, list(groups.values()), len(lines))
    accepted: set[tuple[str, Mark]] = set()
    marks: tuple[Mark, ...] = ("colon", "bold", "letter", "stop", "dash", "line")
    for mark in marks:
        accepted |= doc.accept(mark, accepted)
    arrows = groups.get((">>", "arrows"))
    if arrows and (accepted or len(arrows.members) > 1):
        accepted.add((">>", "arrows"))
    chosen = _one_per_place(_behind_arrows([each for key in accepted for each in groups[key].members]))
    if len(chosen) > 1:
        return chosen if len(chosen) > FEW or are_labels(text, lines, chosen) else []
    alone = None if doc.in_capitals else lone_label(text, lines, candidates)
    return [alone] if alone else []


def _behind_arrows(chosen: list[Candidate]) -> list[Candidate]:
    """The labels of captions that set every speaker off with arrows, without words before colons that have none."""
    named = [each for each in chosen if each.mark == "colon"]
    marked = {each.key for each in named if each.arrows}
    if 2 * sum(each.arrows for each in named) < len(named) or len(marked) < 2:
        return chosen
    return [each for each in chosen if each.mark != "colon" or each.arrows or each.key in marked]


def _one_per_place(chosen: list[Candidate]) -> list[Candidate]:
    found: list[Candidate] = []
    for each in sorted(chosen, key=lambda candidate: (candidate.span.start, -candidate.body)):
        if not found or each.span.start >= found[-1].span.end:
            found.append(each)
    return found


class _Document:
    """The evidence of one text."""

    def __init__(self, text: str, groups: list[_Group], lines: int) -> None:
        self.text = text
        self.groups = groups
        self.lines = lines
        self._small: set[str] | None = None
        self.in_capitals = _mostly_capitals(text)
        for group in groups:
            group.score = self._score(group)

    def small_words(self) -> set[str]:
        """The words that the text also writes in small letters."""
        if self._small is None:
            self._small = set(_SMALL_WORD.findall(self.text))
        return self._small

    def _score(self, group: _Group) -> float:
        members, shape = group.members, group.shape
        if shape == "capitals" and self.in_capitals:
            shape = "name" if " " in group.key else "word"
        count = len(members)
        score = float(_BASE[shape])
        if shape == "titled" and any(each.name.isupper() for each in members):
            score += 1
        score += (count >= 2) + (count >= 4) + (count >= 10)
        score += any(each.aside and each.aside[0].isalpha() for each in members) + 2 * any(
            each.seconds is not None for each in members
        )
        score += any(each.bold for each in members) + 3 * any(each.named for each in members)
        if sum(each.opens for each in members) * 2 > count:
            score += 1
        elif shape in ("word", "name"):
            score -= 2
        why = is_no_label(group.key)
        if why and not (why == "furniture" and self._asks(group)):
            score -= 4
        words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", group.key)
        if shape in ("word", "name") and words:
            if is_function_word(words[0]) and (count < 4 or (shape == "word" and len(group.key) > 1)):
                score -= 3
            common = sum(word in self.small_words() for word in words if not label_classes(word) & {"particle"})
            score -= 3 if shape == "word" and common else 2 if common == len(words) else 1 if common else 0
        elif shape == "capitals" and count == 1 and len(words) == 1 and words[0] in self.small_words():
            score -= 1
        if shape in ("word", "name", "capitals") and group.mark in ("colon", "bold", "dash"):
            lower = sum(self.text[each.body : each.body + 1].islower() for each in members)
            if lower * 2 > count:
                score -= 2
        return score

    def _asks(self, group: _Group) -> bool:
        """Whether questions stand behind it again and again: "TIME:" and "The Post:" are interviewers, then."""
        asked = sum("?" in self.text[each.body : each.body + 400].split("\n", 1)[0] for each in group.members)
        return len(group.members) >= 4 and asked * 2 >= len(group.members)

    def accept(self, mark: Mark, before: set[tuple[str, Mark]]) -> set[tuple[str, Mark]]:
        """The groups with one kind of mark that are labels."""
        groups = [group for group in self.groups if group.mark == mark]
        if not groups:
            return set()
        if mark == "letter":
            return self._letters(groups, before)
        if mark in ("stop", "dash", "line"):
            return self._rarer(mark, groups, before)
        sure = [group for group in groups if group.score >= _SURE]
        if not sure:
            return self._one_each(groups)
        style = Counter[Shape]()
        for group in sure:
            style[group.shape] += len(group.members)
        names = {name_words(group.key)[-1] for group in sure if group.shape != "role"}
        found: set[tuple[str, Mark]] = set()
        for group in groups:
            if group.score >= _SURE or self._fits(group, style, names):
                found.add((group.key, mark))
        return found

    def _one_each(self, groups: list[_Group]) -> set[tuple[str, Mark]]:
        """The groups where nearly every line begins with another name, as where many people say a word each."""
        found = [group for group in groups if group.score >= 2]
        count = sum(len(group.members) for group in found)
        return {(group.key, group.mark) for group in found} if count > 3 and count * 10 >= self.lines * 6 else set()

    def _fits(self, group: _Group, style: Counter[Shape], names: set[str]) -> bool:
        """Whether a rare label is one in the light of the sure ones: written like them, or a name among theirs."""
        total = sum(style.values())
        shape = group.shape
        words = name_words(group.key)
        if group.score >= 0 and words[-1] in names and is_no_label(group.key) is None:
            return True
        like = style[shape] + (style["name"] if shape == "word" else style["word"] if shape == "name" else 0)
        if shape in ("capitals", "titled"):
            like = style["capitals"] + style["titled"] + style["role"]
        if group.score >= 2 and like * 4 >= total >= 3:
            return True
        return (
            group.score >= 1
            and shape != "word"
            and len(words) <= 4
            and like * 2 >= total
            and total >= 8
            and (all(each.opens for each in group.members))
        )

    def _letters(self, groups: list[_Group], before: set[tuple[str, Mark]]) -> set[tuple[str, Mark]]:
        by_key = {group.key: group for group in groups}
        found: set[tuple[str, Mark]] = set()
        for key in ("q", "question"):
            group = by_key.get(key)
            if group and (len(group.members) >= 2 or before or any(each.letters for each in group.members)):
                found.add((key, "letter"))
        asked = sum(len(by_key[key].members) for key, _ in found)
        asked += sum(len(group.members) for group in self.groups if group.mark == "colon" and group.key == "q")
        for key in ("a", "answer"):
            group = by_key.get(key)
            if not group or not asked:
                continue
            # "A" is also the article: only one set off by a point or a gap is a label.
            group.members = [each for each in group.members if each.letters]
            if len(group.members) * 3 >= asked:
                found.add((key, "letter"))
        return found

    def _rarer(self, mark: Mark, groups: list[_Group], before: set[tuple[str, Mark]]) -> set[tuple[str, Mark]]:
        known = {key for key, _ in before}
        if mark == "line":
            for group in groups:
                group.members = [each for each in group.members if self._is_followed(each)]
                if group.members and group.shape in ("word", "name") and self._is_thin(group):
                    group.members = []
        total = sum(
            len(each.members) for each in self.groups if (each.key, each.mark) in before and each.mark != "letter"
        )
        once: set[Shape] = {"titled", "capitals"} if mark == "stop" else {"titled"} if mark == "line" else set()
        strong = [
            group
            for group in groups
            if group.members
            and group.score >= _SURE
            and (len(group.members) >= 2 or group.shape == "role" or group.shape in once)
        ]
        count = sum(len(group.members) for group in strong)
        found = {(group.key, mark) for group in groups if group.members and group.key in known}
        if total >= max(6, count):
            # The transcript has its labels already: what looks like another kind of them is a heading or a list.
            return found
        if mark == "dash" and not total:
            # Nearly every line begins so: it is a dialogue, not a list.
            repeated = [group for group in groups if group.score >= 1 and (len(group.members) > 1 or group in strong)]
            if len(repeated) > 1 and sum(len(group.members) for group in repeated) * 10 >= self.lines * 6:
                return {(group.key, mark) for group in groups if group.score >= 1 and len(name_words(group.key)) <= 4}
        timed = sum(each.seconds is not None for group in strong for each in group.members)
        if (len(strong) >= 2 and count >= 4) or (strong and timed >= 2) or (strong and count >= 2 and before):
            names = {name_words(group.key)[-1] for group in strong}
            for group in groups:
                if not group.members:
                    continue
                near = mark != "dash" and group.score >= 2 and any(name_words(group.key)[-1] == name for name in names)
                timed_one = any(each.seconds is not None for each in group.members)
                if group in strong or near or (timed and timed_one) or (mark == "stop" and group.score >= 2):
                    found.add((group.key, mark))
        return found

    def _is_thin(self, group: _Group) -> bool:
        """Whether names on lines of their own are too few for a dialogue: "Mhm" and "Oh yeah" among many lines."""
        if any(each.seconds is not None or each.bold for each in group.members):
            return False
        alike = [
            each for each in self.groups if each.mark == "line" and each.members and each.shape in ("word", "name")
        ]
        return sum(len(each.members) for each in alike if len(each.members) > 1) * 8 < self.lines

    def _is_followed(self, candidate: Candidate) -> bool:
        """Whether words come below a label that stands on a line of its own, and end like a sentence."""
        below = self.text[candidate.body : candidate.body + 600].lstrip()
        line = below.split("\n", 1)[0].rstrip()
        return len(line.split()) >= 4 or line[-1:] in '.?!…)]"”'


def name_words(key: str) -> list[str]:
    """The words of a label that name its bearer: without title, post and what stands in brackets.

    >>> name_words("gov. mika dahl"), name_words("the president"), name_words("kaja berg, high representative")
    (['mika', 'dahl'], ['the', 'president'], ['kaja', 'berg'])
    """
    words = re.findall(r"[^\s,]+", key.split(",", 1)[0]) or [key]
    short = [
        word for word in words if "title" not in label_classes(word) and word not in ("jr.", "jr", "sr.", "the", "of")
    ]
    return short or words


def _mostly_capitals(text: str) -> bool:
    """Whether the text itself is written in capitals, as captions often are: then capitals tell nothing."""
    sample = _LABEL_OR_BRACKET.sub("", text[:20_000])
    big = sum(map(str.isupper, sample))
    return big > 0.6 * max(sum(map(str.isalpha, sample)), 1)
