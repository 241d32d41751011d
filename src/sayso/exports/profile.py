"""The profile of an article for people: who is heard, how much, and in which wording."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.documents import Article
from sayso.exports.speakers import Cast, plural
from sayso.exports.terminal import Page, worded

if TYPE_CHECKING:
    from sayso.statements.profile import Profile, SpeakerProfile

_HEADS = f"{'statements':>10}{'words':>8}{'share':>8}{'quoted':>9}"
_STANCES = ("endorsing", "distancing")


def profile_of(article: Article) -> Profile | None:
    """The article's profile; None where it has no speaker, so that there is nothing to compare."""
    if not article.speakers:
        return None
    # Statements come with their word lists: not before there is something to count.
    from sayso.statements import profile

    found = profile.profile_of(article)
    return found if found.speakers else None


def profile_lines(article: Article, cast: Cast, page: Page) -> Iterator[str]:
    """The profile at the end of a record on a terminal."""
    profile = profile_of(article)
    if profile is None:
        return
    yield ""
    yield from page.with_note([page.styled("Who is heard", "title")], [(_HEADS, "dim")], 0)
    for each in profile.speakers:
        row = f"{each.statements:>10}{each.words:>8}{each.share:>8.0%}{quoted_share(each):>9.0%}"
        style = f"speaker{cast.members[each.speaker].colour}" if each.speaker in cast.members else "nobody"
        name = cast.name(each.speaker) + ("" if each.named else " (unnamed)")
        yield from page.with_note(page.lines(worded(name, style), 0), [(row, "")], 0)
        wording = stance_words(each)
        if wording:
            yield from page.lines(worded(wording, "warn"), 2)
    yield ""
    for sentence in sentences(profile, article, cast):
        yield from page.lines(worded(sentence, "dim"), 0)


def quoted_share(speaker: SpeakerProfile) -> float:
    """How much of what a speaker says stands in quotation marks, 0 to 1."""
    return speaker.direct_words / speaker.words if speaker.words else 0.0


def stance_words(speaker: SpeakerProfile) -> str:
    """How often the outlet's wording takes a stance: "2 of 5 in distancing words"; "" if it never does."""
    total = sum(speaker.stances.values())
    taken = [f"{speaker.stances[each]} of {total} in {each} words" for each in _STANCES if speaker.stances.get(each)]
    return ", ".join(taken)


def sentences(profile: Profile, article: Article, cast: Cast) -> Iterator[str]:
    """What else the profile tells, a sentence each. Attributions inside others are not counted."""
    nobody = profile.attributions_without_speaker
    counts = [f"{plural(profile.named_attributions, 'attribution')} to named speakers"]
    counts += [f"{profile.anonymous_attributions} to anonymous or unnamed ones"] * bool(profile.anonymous_attributions)
    counts += [f"{nobody} to nobody known"] * bool(nobody)
    yield f"{profile.attributed_share:.0%} of the article's words are attributed: {', '.join(counts)}."
    if profile.quotes_without_speaker:
        yield f"{plural(profile.quotes_without_speaker, 'quotation')} without a known speaker."
    for stretch in profile.stretches:
        at = next((place for place, span in enumerate(article.paragraphs, 1) if span.start == stretch.span.start), 0)
        where = f"paragraphs {at} to {at + stretch.paragraphs - 1}"
        yield f"{cast.name(stretch.speaker)} is the only voice in {where}."
