"""The profile of an article as small plots: where each speaker is heard, and how much.

Drawn as SVG with attributes alone, since the page allows no `style` attribute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.documents import Span
from sayso.exports.htmlparts import Scene, badge, classes, escaped
from sayso.exports.profile import profile_of, quoted_share, sentences, stance_words
from sayso.exports.speakers import plural

if TYPE_CHECKING:
    from sayso.statements.profile import SpeakerProfile

_SCALE = 1000
_LEAST = 4
"""A short quotation in a long article is still a mark that can be seen."""


def profile_section(scene: Scene) -> str:
    """The section with the plots; "" where the article has no speakers."""
    profile = profile_of(scene.article)
    if profile is None:
        return ""
    most = max(each.words for each in profile.speakers) or 1
    rows = "\n".join(_row(scene, each, most) for each in profile.speakers)
    told = "".join(f"<p>{escaped(each)}</p>" for each in sentences(profile, scene.article, scene.cast))
    return (
        f'<section class="profile" aria-labelledby="profile{scene.index}">'
        f'<h2 id="profile{scene.index}">Who is heard</h2>'
        '<table><thead><tr><th scope="col">Speaker</th><th scope="col">Where in the article</th>'
        '<th scope="col">Words, <span class="quoted">quoted</span> and <span class="told">not</span></th>'
        '<th scope="col" class="figure">Words</th><th scope="col" class="figure">Quoted</th>'
        f'<th scope="col">Statements</th></tr></thead><tbody>\n{rows}\n</tbody></table>{told}</section>'
    )


def _row(scene: Scene, heard: SpeakerProfile, most: int) -> str:
    member = scene.cast.members.get(heard.speaker)
    name = escaped(scene.cast.name(heard.speaker)) + ("" if heard.named else ' <span class="unnamed">unnamed</span>')
    wording = stance_words(heard)
    return (
        f"<tr{classes(f'h{member.colour}' if member else '')}>"
        f'<th scope="row">{badge(member) if member else ""}{name}</th>'
        f'<td class="plot">{_lane(scene, heard.speaker)}</td>'
        f'<td class="plot">{_bar(heard, most)}</td>'
        f'<td class="figure">{heard.words}<span class="unit"> words</span></td>'
        f'<td class="figure">{quoted_share(heard):.0%}<span class="unit"> quoted</span></td>'
        f'<td class="wording">{plural(heard.statements, "statement")}'
        f"{f'<span>{escaped(wording)}</span>' if wording else ''}</td></tr>"
    )


def _lane(scene: Scene, speaker: str) -> str:
    article = scene.article
    spans = [
        span for entry in scene.outline if entry.attribution.speaker == speaker for span in entry.attribution.content
    ]
    return _svg("".join(_mark(span, len(article.text)) for span in spans), "lane")


def _mark(span: Span, length: int) -> str:
    start = round(span.start / length * _SCALE)
    width = max(round((span.end - span.start) / length * _SCALE), _LEAST)
    return f'<rect x="{start}" width="{width}" height="10"/>'


def _bar(heard: SpeakerProfile, most: int) -> str:
    quoted = round(heard.direct_words / most * _SCALE)
    told = round(heard.indirect_words / most * _SCALE)
    shapes = f'<rect class="quoted" width="{quoted}" height="10"/>'
    shapes += f'<rect class="told" x="{quoted}" width="{told}" height="10"/>'
    return _svg(shapes, "bar")


def _svg(shapes: str, kind: str) -> str:
    # Hidden from screen readers: the figures beside it say the same.
    return (
        f'<svg class="{kind}" viewBox="0 0 {_SCALE} 10" preserveAspectRatio="none" width="100%" height="10" '
        f'aria-hidden="true">{shapes}</svg>'
    )
