"""The list beside the article: a card for each attribution in text order, or what each speaker says, once."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.exports.groups import Group, Link, Said, elsewhere, groups
from sayso.exports.htmlparts import Scene, badge, classes, data, escaped, line
from sayso.exports.outline import Entry, summary, words
from sayso.exports.speakers import Member, describe, plural
from sayso.exports.tags import Tag, occasion_line, tags

_KEY = (
    '<p class="key"><span class="source">source</span> <span class="cue">cue</span> '
    '<span class="said opens closes">what is said</span></p>'
)
_LOUD = {"stance", "polarity", "unsure"}


def aside(scene: Scene) -> str:
    """The whole list of an article."""
    heading = f"<h2>{escaped(summary(scene.article))}</h2>"
    if not scene.entries:
        return f'<aside class="attributions" aria-label="Attributions">{heading}</aside>'
    return (
        f'<aside class="attributions" aria-label="Attributions">{heading}{_switch(scene)}{_KEY}'
        f'<div class="in-order">{_cards(scene, scene.outline)}</div>'
        f'<div class="by-speaker">{_speakers(scene)}</div></aside>'
    )


def _switch(scene: Scene) -> str:
    # Plain radio buttons, hidden behind their labels: CSS shows one of the two lists, with or without scripts.
    shown = ""
    for name, label, checked in (
        ("order", "In text order", not scene.by_speaker),
        ("speakers", "By speaker", scene.by_speaker),
    ):
        mark = f"{name}{scene.index}"
        shown += (
            f'<input class="pick-{name}" type="radio" name="view{scene.index}" id="{mark}"{" checked" * checked}>'
            f'<label for="{mark}">{label}</label>'
        )
    return shown


def _cards(scene: Scene, entries: list[Entry]) -> str:
    cards = [_card(scene, entry) for entry in entries]
    return "<ol>\n" + "\n".join(cards) + "\n</ol>" if cards else ""


def _card(scene: Scene, entry: Entry) -> str:
    number, said = scene.number(entry), scene.statement_of[id(entry)]
    member = scene.member(entry)
    notes = [_occasion(scene, entry), _about(scene, entry)]
    if entry.depth:
        notes.append(f"inside {escaped(entry.number.rpartition('.')[0])}")
    if entry is said.entry:
        notes += [_link(scene, link, "card") for link in said.links]
    else:
        notes.append(f"same as {_jump(scene, said.entry, 'card')}")
    return (
        f'<li{classes("card", "inner" if entry.depth else "")} id="card{number}">'
        f"<div{classes('face', scene.hue(entry))}{_face(scene, member, number)}>"
        f"<p>{_number(scene, entry)}{_source(scene, entry)}</p>"
        f'<p class="words">{escaped(words(entry.attribution.content, scene.article.text))}</p>'
        f"{_tags(scene, entry)}{_notes(notes)}</div>"
        f"{_cards(scene, entry.inner)}</li>"
    )


def _speakers(scene: Scene) -> str:
    shown = [_group(scene, group) for group in groups(scene.article, scene.said, scene.cast)]
    spoken = {speaker.id for speaker in scene.article.speakers}
    others = [member for member in scene.cast if member.speaker.id not in spoken and member.speaker.mentions]
    if others:
        named = ", ".join(_mentioned(scene, member) for member in others)
        shown.append(f'<p class="others">Only talked about: {named}</p>')
    return "\n".join(shown)


def _group(scene: Scene, group: Group) -> str:
    member = group.member
    if member is None:
        head = f'<header class="person"><h3>{escaped(group.title)}</h3></header>'
    else:
        mentions = plural(len(member.speaker.mentions), "mention")
        head = (
            f'<header class="person" id="speaker{scene.member_number(member)}"{_speaker(scene, member)}>'
            f"<h3>{badge(member)}{_name(scene, member)}</h3>"
            f"<p>{escaped(describe(member.speaker))} · {mentions}</p></header>"
        )
    statements = "\n".join(_statement(scene, said) for said in group.said)
    return f"<section{classes('who', f'h{member.colour}' if member else '')}>{head}<ol>\n{statements}\n</ol></section>"


def _statement(scene: Scene, said: Said) -> str:
    entry = said.entry
    number, outer = scene.number(entry), scene.outer.get(id(entry))
    places = [f"{escaped(place)} ({_jump(scene, each, 'ref')})" for place, each in elsewhere(said, scene.article)]
    notes = [f"also in the {', '.join(places)}"] if places else []
    notes += [_occasion(scene, entry), _about(scene, entry)]
    notes += [f"inside {_jump(scene, outer, 'ref')}"] if outer else []
    notes += [_link(scene, link, "said") for link in said.links]
    others = [scene.number(each) for each in said.others]
    return (
        f'<li class="card" id="said{number}">'
        f'<div class="face"{_face(scene, scene.member(entry), number)}{data(also=others)}>'
        f"<p>{_number(scene, entry)}{_source(scene, entry, under_name=True)}</p>"
        f'<p class="words">{escaped(words(entry.attribution.content, scene.article.text))}</p>'
        f"{_tags(scene, entry)}{_notes(notes)}</div></li>"
    )


def _face(scene: Scene, member: Member | None, number: int) -> str:
    return data(
        face=number,
        who=scene.member_number(member) if member else None,
        hue=member.colour if member else None,
    )


def _speaker(scene: Scene, member: Member) -> str:
    return data(speaker=scene.member_number(member), hue=member.colour)


def _name(scene: Scene, member: Member) -> str:
    number = scene.member_number(member)
    name = escaped(member.name)
    return f'<a href="#who{number}">{name}</a>' if number in scene.shown_mentions else f"<span>{name}</span>"


def _mentioned(scene: Scene, member: Member) -> str:
    count = len(member.speaker.mentions)
    times = f" ({count})" if count > 1 else ""
    return f"<span{_speaker(scene, member)}>{_name(scene, member)}{times}</span>"


def _number(scene: Scene, entry: Entry) -> str:
    return (
        f'<a class="number" href="#ref{scene.number(entry)}" aria-label="{escaped(entry.number)}, to the text">'
        f"{escaped(entry.number)}</a>"
    )


def _source(scene: Scene, entry: Entry, *, under_name: bool = False) -> str:
    """Source and cue; with `under_name` the speaker's badge and name stand above already."""
    attribution, text = entry.attribution, scene.article.text
    member, meant = scene.member(entry), scene.cast.aside(attribution)
    source = escaped(line(attribution.source, text))
    shown = f'<span class="source">{source}</span>' if source else '<span class="nobody">no source named</span>'
    known = member is not None and under_name
    if meant and not known:
        shown += f' <span class="meant">({escaped(meant)})</span>'
    cue = escaped(line(attribution.cue, text))
    return (badge(member) if member and not known else "") + shown + (f' <span class="cue">{cue}</span>' if cue else "")


def _tags(scene: Scene, entry: Entry) -> str:
    return f'<p class="tags">{" ".join(_tag(tag) for tag in tags(entry.attribution, scene.article))}</p>'


def _tag(tag: Tag) -> str:
    return f"<span{classes('tag', tag.kind, 'loud' if tag.kind in _LOUD else '')}>{escaped(tag.text)}</span>"


def _notes(notes: Iterable[str]) -> str:
    shown = " · ".join(note for note in notes if note)
    return f'<p class="note">{shown}</p>' if shown else ""


def _occasion(scene: Scene, entry: Entry) -> str:
    return escaped(occasion_line(entry.attribution.occasion, scene.article.text))


def _about(scene: Scene, entry: Entry) -> str:
    names = [escaped(scene.cast.name(each)) for each in dict.fromkeys(entry.attribution.about)]
    return f"about {', '.join(names)}" if names else ""


def _link(scene: Scene, link: Link, kind: str) -> str:
    attribution = link.entry.attribution
    member = scene.member(link.entry)
    who = member.name if member else scene.cast.undecided(attribution)
    return f"{escaped(link.words)} {_jump(scene, link.entry, kind)}" + (f" {escaped(who)}" if who else "")


def _jump(scene: Scene, entry: Entry, kind: str) -> str:
    number = scene.number(entry)
    return f'<a href="#{kind}{number}"{data(to=number)}>{escaped(entry.number)}</a>'
