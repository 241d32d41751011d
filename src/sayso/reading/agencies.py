"""What news agencies send, XML or JSON: the stories of a document, and the one that is meant where one is asked for."""

from __future__ import annotations

from sayso.errors import UnreadableSource
from sayso.reading.formats import Format
from sayso.reading.jsonscan import BrokenJson, scan_json
from sayso.reading.limits import Limits
from sayso.reading.stories import Story

_ADD = "Keep them all in an archive: sayso add FILE"


def stories_in(text: str, kind: Format, name: str, limits: Limits) -> list[Story] | None:
    """The items of an XML or a JSON text; None where it is JSON but no ninjs.

    Raises UnreadableSource where it is damaged, or XML without a news item, and TooLarge.
    """
    if kind == "xml":
        from sayso.reading.newsml import stories_in_xml

        return stories_in_xml(text, name, limits)
    from sayso.reading.ninjs import stories_in_ninjs

    try:
        root = scan_json(text, name, limits)
    except BrokenJson as broken:
        raise json_refusal(broken, text, name) from None
    return stories_in_ninjs(root, text, name, limits) or None


def one_story(stories: list[Story], name: str) -> Story:
    """The story to read where one article is asked for.

    An item's own story goes before those that are associated with it. Raises UnreadableSource where there is none, or
    several side by side.
    """
    told = [story for story in stories if not story.refused]
    if not told:
        first = next((story for story in stories if story.is_text), stories[0])
        many = f"none of its {len(stories):,} items is an article: " if len(stories) > 1 else ""
        raise UnreadableSource(name, many + first.refused, first.advice)
    first, *others = told
    outside = [story for story in others if not _inside(story, first)]
    if outside:
        raise UnreadableSource(name, f"it holds {len(outside) + 1:,} articles, and one is read at a time", _ADD)
    if others:
        first.warnings.append(f"articles that go with this one and are articles of their own: {len(others)}")
    return first


def json_refusal(broken: BrokenJson, text: str, name: str) -> UnreadableSource:
    """What to raise for text that is no JSON: what is wrong and in which line."""
    line = text.count("\n", 0, broken.at) + 1
    what = "cut off" if broken.cut_off else "damaged"
    return UnreadableSource(name, f"its JSON is {what} at line {line:,}: {broken.reason}", "Ask for a whole copy")


def _inside(story: Story, other: Story) -> bool:
    return other.span.contains(story.span)
