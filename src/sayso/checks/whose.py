"""Whether a speaker of the article is the one whom a transcript's label names.

True and False are said only where names or titles show it; else None, which accuses nobody.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.documents import Transcript, Turn
from sayso.records import Speaker
from sayso.speakers.lists import is_title_word
from sayso.speakers.names import SUFFIXES, folded, one_letter_apart, same_given

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SMALL = frozenset("the of for to and at in a an on".split())
_NOBODY = frozenset(
    "q a question answer speaker moderator reporter press journalist audience participant participants member male"
    " female unidentified unknown voice voices crowd all interpreter translator operator host interviewer man"
    " woman".split()
)
"""Labels that name no one."""


@lru_cache(maxsize=4096)
def parse_label(label: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a person's name in a label, and those of titles, all folded.

    >>> parse_label("DR. WALENSKY"), parse_label("THE VICE PRESIDENT")[0]
    ((('walensky',), frozenset({'dr'})), ())
    >>> parse_label("Jens Stoltenberg (NATO Secretary General)")[0]
    ('jens', 'stoltenberg')
    """
    main = _ASIDE.sub(" ", label)
    aside = " ".join(found.group() for found in _ASIDE.finditer(label))
    if main.count(",") == 1 and all(part.strip() for part in main.split(",")):
        # "STOLTENBERG, Jens", but "Ann Lee, chief economist" and "Ann Lee, Reuters" have the name first
        first, second = main.split(",")
        one_each = len(first.split()) == 1 == len(second.split())
        main, aside = (f"{second} {first}", aside) if one_each else (first, f"{aside} {second}")
    words = [folded(found.group()) for found in _NAME_WORD.finditer(main)]
    titles = {word for word in words if _is_title(word)}
    titles |= {folded(found.group()) for found in _NAME_WORD.finditer(aside)} - _SMALL
    name = [word for word in words if word not in titles and word not in _SMALL and word not in _NOBODY]
    while len(name) > 1 and name[-1] in SUFFIXES:
        name.pop()
    return tuple(name), frozenset(titles)


def _is_title(word: str) -> bool:
    # The lists have titles as they are printed: "Dr".
    return is_title_word(word.capitalize())


def agrees(speaker: Speaker, turn: Turn, transcript: Transcript) -> bool | None:
    """Whether the article's speaker spoke that turn; None where that cannot be told."""
    if speaker.kind != "person":
        return None
    own = _name_of(speaker)
    if turn.speaker is None:
        return _titled(speaker, own, transcript) if _is_alone(transcript) else None
    name, titles = parse_label(turn.speaker)
    if not name and not titles and turn.role == "speaker" and _is_alone(transcript):
        # "A" of an interview: whom its title names
        return _titled(speaker, own, transcript)
    if name:
        if not own:
            return True if titles and titles <= _title_words(speaker) else None
        return _same_person(own, name)
    if titles and titles <= _title_words(speaker) and not _other_named(own, titles, transcript):
        return True
    if titles and own and _named_with(own, titles, transcript):
        return True
    return None


def speaks(speaker: Speaker, transcript: Transcript) -> bool | None:
    """Whether the speaker has a turn in the transcript: None where a turn may be his."""
    answers: set[bool | None] = set()
    seen: set[str | None] = set()
    for turn in transcript.turns:
        if turn.role != "editor" and turn.speaker not in seen:
            seen.add(turn.speaker)
            answers.add(
                agrees(speaker, turn, transcript)
                if turn.role == "speaker"
                else _false_unless_named(speaker, turn, transcript)
            )
    if True in answers:
        return True
    return None if None in answers or not answers else False


def _false_unless_named(speaker: Speaker, turn: Turn, transcript: Transcript) -> bool:
    """Of the press and of crowds: nobody's turn unless the label has the name."""
    return agrees(speaker, turn, transcript) is True


def _name_of(speaker: Speaker) -> tuple[str, ...]:
    words = [folded(found.group()) for found in _NAME_WORD.finditer(speaker.name)]
    if speaker.name[:1].islower() or all(_is_title(word) or word in _SMALL for word in words):
        return ()
    name = [word for word in words if not _is_title(word)] or words
    while len(name) > 1 and name[-1] in SUFFIXES:
        name.pop()
    return tuple(name)


def _same_person(own: tuple[str, ...], name: tuple[str, ...]) -> bool | None:
    """By surname, then by what comes before it: "JEAN-PIERRE" is Karine Jean-Pierre, "HARRIS" is no Lind."""
    if own[-1] == name[-1]:
        return True if same_given(list(own[:-1]), list(name[:-1])) else None
    if own[-1] in name or name[-1] in own:
        # a first name alone, or "the Quill campaign"
        return None
    # a slip of the pen, or another way to write a foreign name
    return None if one_letter_apart(own[-1], name[-1]) or own[-1][:4] == name[-1][:4] else False


def _title_words(speaker: Speaker) -> frozenset[str]:
    titles = [*speaker.titles, *([speaker.name] if not _name_of(speaker) else [])]
    return frozenset(folded(found.group()) for title in titles for found in _NAME_WORD.finditer(title)) - _SMALL


def _other_named(own: tuple[str, ...], titles: frozenset[str], transcript: Transcript) -> bool:
    """Whether the transcript's title gives that title to somebody else: "Remarks by President Lund"."""
    named = _titled_name(titles, transcript)
    return bool(named and own and own[-1] not in named)


def _named_with(own: tuple[str, ...], titles: frozenset[str], transcript: Transcript) -> bool:
    named = _titled_name(titles, transcript)
    return bool(named and own[-1] in named)


def _titled_name(titles: frozenset[str], transcript: Transcript) -> tuple[str, ...]:
    """The capitalised words that follow the title in the transcript's own title."""
    words = [found.group() for found in _NAME_WORD.finditer(transcript.title or "")]
    plain = [folded(word) for word in words]
    for start in range(len(plain)):
        end = start
        while end < len(plain) and plain[end] in titles:
            end += 1
        if end > start and set(plain[start:end]) == titles and (start == 0 or not _is_title(plain[start - 1])):
            named = []
            while end < len(words) and words[end][0].isupper():
                named.append(plain[end])
                end += 1
            return tuple(named)
    return ()


def _titled(speaker: Speaker, own: tuple[str, ...], transcript: Transcript) -> bool | None:
    """Of a speech without labels: whether its title names the speaker."""
    words = [folded(found.group()) for found in _NAME_WORD.finditer(transcript.title or "")]
    return True if own and own[-1] in words else None


def _is_alone(transcript: Transcript) -> bool:
    return len({turn.speaker for turn in transcript.turns if turn.role == "speaker"}) == 1
