"""The text of an article as pages mark it: which stretches are whose words, and the classes that show it."""

from __future__ import annotations

from sayso.documents import Span
from sayso.exports.htmlparts import Scene
from sayso.exports.outline import Entry
from sayso.exports.segments import Mark, Role, Segment

_LETTERED: tuple[Role, ...] = ("source", "cue", "dateline")
"""The roles that show in the letters themselves; content shows behind and around them."""
_SAID = ("", "said", "said said2", "said said3")


class Marking:
    """The marks of one article, with the colours of its speakers."""

    def __init__(self, scene: Scene) -> None:
        # Outer before inner: the last number of a segment is then its innermost attribution.
        self.marks = [Mark(span, role, scene.number(entry)) for entry in scene.entries for role, span in _roles(entry)]
        if scene.article.dateline is not None:
            self.marks.append(Mark(scene.article.dateline.span, "dateline", 0))
        for member in scene.cast:
            number = scene.member_number(member)
            self.marks += [Mark(span, "mention", number) for span in member.speaker.mentions if span.start < span.end]
        self._hues = {scene.number(entry): scene.hue(entry)[1:] for entry in scene.entries}

    def classes_of(self, segment: Segment) -> list[str]:
        """The classes of a stretch of the text."""
        content = segment.numbers("content")
        contents = [mark.span for mark in segment.marks if mark.role == "content"]
        named = [_SAID[min(len(set(content)), 3)]]
        named += [role for role in _LETTERED if segment.numbers(role)]
        named += ["opens"] * any(span.start == segment.span.start for span in contents)
        named += ["closes"] * any(span.end == segment.span.end for span in contents)
        named += [self._hue("c", content), self._hue("s", segment.numbers("source"))]
        return [each for each in named if each]

    def _hue(self, letter: str, numbers: list[int]) -> str:
        colour = self._hues.get(numbers[-1]) if numbers else ""
        return f"{letter}{colour}" if colour else ""


def numbers_of(segment: Segment) -> list[int]:
    """The attributions that a stretch is of, in whichever role."""
    return sorted({mark.number for mark in segment.marks if mark.number and mark.role != "mention"})


def ref_at(entry: Entry) -> int:
    """Where an attribution's number stands in the text: behind its cue, or else its source, or else its content."""
    attribution = entry.attribution
    return next((min(each).end for each in (attribution.cue, attribution.source, attribution.content) if each), 0)


def _roles(entry: Entry) -> list[tuple[Role, Span]]:
    attribution = entry.attribution
    roles: tuple[tuple[Role, list[Span]], ...] = (
        ("content", attribution.content),
        ("cue", attribution.cue),
        ("source", attribution.source),
    )
    return [(role, span) for role, spans in roles for span in spans]
