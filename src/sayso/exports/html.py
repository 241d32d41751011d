"""The record as one self-contained page: the article with its attributions marked, a list of them beside it, and who is
heard below.

Invariant: every character from outside passes `escaped`, and nothing on the page can load or run but the style and
the script whose hashes stand in its Content-Security-Policy. That rules out `style` and `on...` attributes here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from string import Template

from sayso import __version__
from sayso.documents import Article
from sayso.exports.htmlcards import aside
from sayso.exports.htmlparts import Scene, classes, data, escaped, hash_of, line, part
from sayso.exports.htmlprofile import profile_section
from sayso.exports.marking import Marking, numbers_of, ref_at
from sayso.exports.outline import imprint, summary, title_of
from sayso.exports.segments import Block, Mark, Segment, blocks, cut, share_out

_TAGS = {
    "headline": '<h1 class="text">{}</h1>',
    "standfirst": '<p class="standfirst text">{}</p>',
    "byline": '<p class="byline text">{}</p>',
    "heading": '<h2 class="text">{}</h2>',
    "paragraph": '<p class="text">{}</p>',
    "other": '<p class="text">{}</p>',
}
_MASTHEAD = ("headline", "standfirst", "byline")


def render(articles: Iterable[Article], *, by_speaker: bool = False) -> Iterator[str]:
    """The page of all the articles, one below the other, in one chunk.

    With `by_speaker` it opens with the list beside each article grouped by speaker; the reader can switch.
    """
    scenes: list[Scene] = []
    first = first_member = 1
    for article in articles:
        scene = Scene(article, len(scenes) + 1, first=first, first_member=first_member, by_speaker=by_speaker)
        scenes.append(scene)
        first += len(scene.entries)
        first_member += len(scene.cast.members)
    titles = [title_of(scene.article) for scene in scenes]
    title = titles[0] if len(titles) == 1 else f"{len(titles)} articles"
    count = summary(scenes[0].article) if len(scenes) == 1 else f"{len(scenes)} articles, {first - 1} attributions"
    style, script = f"{part('page.css')}\n{part('speakers.css')}", part("page.js")
    yield Template(part("page.html")).substitute(
        language=escaped((scenes[0].article.language if scenes else None) or "en"),
        version=escaped(__version__),
        title=escaped(title),
        style=style,
        style_hash=hash_of(style),
        script=script,
        script_hash=hash_of(script),
        contents=_contents(titles) if len(titles) > 1 else "",
        articles="\n".join(_Text(scene).html() for scene in scenes),
        summary=escaped(count),
    )


class _Text:
    """The text of one article, cut into segments with their roles, and what stands beside and below it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.article = scene.article
        self.marking = Marking(scene)
        self.firsts: dict[int, list[int]] = {}
        for member in scene.cast:
            mentions = [span for span in member.speaker.mentions if span.start < span.end]
            if mentions:
                self.firsts.setdefault(min(mentions).start, []).append(scene.member_number(member))
        self.refs = deque(sorted(((ref_at(entry), entry) for entry in scene.entries), key=lambda ref: ref[0]))

    def html(self) -> str:
        head: list[str] = []
        body: list[str] = []
        layout = blocks(self.article)
        for block, marks in zip(layout, share_out(self.marking.marks, layout), strict=True):
            shown = _TAGS[block.kind].format(self._segments(block, marks, last=block is layout[-1]))
            (head if block.kind in _MASTHEAD else body).append(shown)
        if self.article.headline is None:
            head.insert(0, _TAGS["headline"].format(escaped(title_of(self.article))))
        imprinted = self._imprint()
        if imprinted:
            head.insert(0, imprinted)
        if self.article.warnings:
            notes = "".join(f"<p>{escaped(warning)}</p>" for warning in self.article.warnings)
            body.insert(0, f'<div class="notes" role="note">{notes}</div>')
        return "\n".join(
            [
                f'<article class="record" id="article{self.scene.index}">',
                '<header class="masthead">',
                *head,
                "</header>",
                '<div class="body">',
                *body,
                "</div>",
                aside(self.scene),
                profile_section(self.scene),
                "</article>",
            ]
        )

    def _imprint(self) -> str:
        shown = escaped(imprint(self.article))
        url = self.article.url or ""
        # Any other scheme (javascript:, data:) would run or show what the article chose.
        if url.lower().startswith(("https://", "http://")):
            shown = f'<a href="{escaped(url)}" rel="noopener noreferrer">{shown or escaped(url)}</a>'
        return f'<p class="imprint">{shown}</p>' if shown else ""

    def _segments(self, block: Block, marks: list[Mark], *, last: bool) -> str:
        shown: list[str] = []
        for segment in cut(block.span, marks):
            shown.append(self._segment(segment))
            shown.append(self._refs_until(segment.span.end))
        if last:
            shown.append(self._refs_until(len(self.article.text)))
        return "".join(shown)

    def _segment(self, segment: Segment) -> str:
        text = escaped(segment.span.of(self.article.text))
        source, mentions = segment.numbers("source"), segment.numbers("mention")
        named = classes(*self.marking.classes_of(segment))
        attributes = named + data(a=numbers_of(segment), source=source, cue=segment.numbers("cue"), m=mentions)
        shown = f"<span{attributes}>{text}</span>" if attributes else text
        return self._first_mentions(segment.span.start) + shown if mentions else shown

    def _first_mentions(self, start: int) -> str:
        numbers = self.firsts.pop(start, [])
        self.scene.shown_mentions.update(numbers)
        return "".join(f'<span class="anchor" id="who{number}"></span>' for number in numbers)

    def _refs_until(self, offset: int) -> str:
        shown = ""
        while self.refs and self.refs[0][0] <= offset:
            entry = self.refs.popleft()[1]
            number = self.scene.number(entry)
            member = self.scene.member(entry)
            attribution = entry.attribution
            cue = line(attribution.cue, self.article.text)
            label = f"Attribution {entry.number}: {self.scene.who(attribution)}, {cue}".rstrip(", ")
            card = f"said{self.scene.number(self.scene.statement_of[id(entry)].entry)}"
            shown += (
                f'<a{classes("ref", self.scene.hue(entry))} id="ref{number}" '
                f'href="#{card if self.scene.by_speaker else f"card{number}"}" data-ref="{number}" '
                f'aria-label="{escaped(label)}">{f"<b>{escaped(member.badge)}</b>" if member else ""}{entry.number}</a>'
            )
        return shown


def _contents(titles: list[str]) -> str:
    items = "".join(f'<li><a href="#article{place}">{escaped(title)}</a></li>' for place, title in enumerate(titles, 1))
    return f'<nav class="contents" aria-label="Articles"><h2>{len(titles)} articles</h2><ol>{items}</ol></nav>'
