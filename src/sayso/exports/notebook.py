"""An article as a notebook shows it: one fragment with its styles in place, no script, and no colour of its own behind
it, so that it sits on a light page and on a dark one.

Invariant: every character from outside passes `escaped`.
"""

from __future__ import annotations

from sayso.documents import Article
from sayso.exports.htmlparts import escaped, line
from sayso.exports.outline import Entry, flat, imprint, outline, summary, title_of, words
from sayso.exports.speakers import Cast, Member, describe
from sayso.exports.tags import occasion_line, tags

MOST_ROWS = 50
"""More would bury the notebook; the frame or the page has them all."""
_LONGEST = 400
_COLOURS = ("#3f7cb4", "#bd5b49", "#478a5c", "#8a69b8", "#99721a", "#2a8688", "#b4568b", "#76823f")
"""One a speaker, of a lightness on which the white letters of a badge can be read."""

_SANS = "font:13px/1.45 system-ui,sans-serif;text-align:left"
_CELL = "padding:5px 10px 5px 0;vertical-align:top;text-align:left;border-top:1px solid rgba(128,128,128,.3)"
_SOFT = "opacity:.7;font-size:12px"


def fragment(article: Article) -> str:
    """The article's speakers and attributions in one `div`, the first MOST_ROWS attributions of them."""
    cast = Cast(article)
    entries = list(flat(outline(article)))
    speakers = " ".join(_chip(cast.members[each.id]) for each in article.speakers if each.id in cast.members)
    rows = "".join(_row(entry, article, cast) for entry in entries[:MOST_ROWS])
    rest = len(entries) - MOST_ROWS
    parts = [
        f'<div style="font:700 17px/1.3 Georgia,serif">{escaped(title_of(article))}</div>',
        f'<div style="{_SOFT}">{escaped(imprint(article))}</div>',
        f'<div style="margin:6px 0">{speakers}</div>' if speakers else "",
        f'<table style="border-collapse:collapse;color:inherit;font:inherit;max-width:60em;margin:6px 0">{rows}</table>'
        if rows
        else "",
        f'<div style="{_SOFT}">and {rest} more</div>' if rest > 0 else "",
        f'<div style="{_SOFT}">{escaped(summary(article))}</div>',
    ]
    return f'<div style="{_SANS}">{"".join(parts)}</div>'


def _chip(member: Member) -> str:
    return (
        f'<span style="white-space:nowrap;margin-right:12px" title="{escaped(describe(member.speaker))}">'
        f"{_badge(member)} {escaped(member.name)}</span>"
    )


def _badge(member: Member) -> str:
    return (
        f'<b style="background:{_COLOURS[member.colour]};color:#fff;border-radius:3px;padding:1px 5px;font-size:11px">'
        f"{escaped(member.badge)}</b>"
    )


def _row(entry: Entry, article: Article, cast: Cast) -> str:
    attribution, text = entry.attribution, article.text
    member = cast.speaker_of(attribution)
    meant = cast.aside(attribution)
    source = escaped(line(attribution.source, text)) or '<i style="opacity:.7">no source named</i>'
    source = f"{_badge(member) if member else ''} <b>{source}</b>" + (f" ({escaped(meant)})" if meant else "")
    told = [tag.text for tag in tags(attribution, article)] + [occasion_line(attribution.occasion, text)]
    notes = escaped(" · ".join(each for each in told if each))
    edge = _COLOURS[member.colour] if member else "rgba(128,128,128,.6)"
    said = words(attribution.content, text)
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return (
        f'<tr style="background:none"><td style="{_CELL};opacity:.7">{escaped(entry.number)}</td>'
        f'<td style="{_CELL}">{source} <i>{escaped(line(attribution.cue, text))}</i></td>'
        f'<td style="{_CELL}"><div style="border-left:3px solid {edge};padding-left:8px">{escaped(said)}</div>'
        f'<div style="{_SOFT};padding-left:11px">{notes}</div></td></tr>'
    )
