"""Sound kinds: what a reporter changes and says so, with brackets and ellipses."""

from __future__ import annotations

import random
import re

from benchmarks.mutations.cases import DATA, Draft
from benchmarks.mutations.edits import WORD, Edit, Finder, Maker, edited, is_harmless
from benchmarks.mutations.passages import Passage, World
from sayso.checks.words import words_of
from sayso.wordlists import classes_of

ELLIPSES = ("...", "…", ". . .", "[...]", "[…]", "....")
_HE = re.compile(r"\b(?:he|she|they|it)(?= (?:will|would|has|have|had|is|are|was|were|said|did|does|can|could)\b)")
_PRONOUN = re.compile(r"\b(?:him|them|his|their|its|he|she|they|it)\b(?!['’])")
_AFTER_DETERMINER = re.compile(r"(?<=\bthe )(?=[a-z]{4,})|(?<=\bour )(?=[a-z]{4,})|(?<=\btheir )(?=[a-z]{4,})")
_NOUNS = (
    "the minister", "the mayor", "the company", "the governor", "the union", "the report", "the bill", "the candidate",
    "the committee", "the ministry", "the bank", "the court", "the police", "the agency",
)  # fmt: skip
_ADJECTIVES = (
    "proposed",
    "regional",
    "local",
    "former",
    "economic",
    "military",
    "public",
    "foreign",
    "current",
    "city",
)
_PLACES = (" [of the government]", " [in the region]", " [here]", " [from abroad]", " [on the coast]")
_END_OF_NOUN = re.compile(r"(?<=\w\w\w\w)(?=[,;.] )")


_TURNS = re.compile(
    r"(?i)n['’]t\b|\b(?:not?|never|none|nobody|nothing|nor|neither|cannot|without|un\w+|if|but|however)\b"
)


def _add_brackets(passage: Passage, rng: random.Random) -> list[Edit]:
    text = passage.text
    found = [Edit(each.end(), each.end(), f" [{rng.choice(_NOUNS)}]") for each in _HE.finditer(text)]
    found += [
        Edit(each.start(), each.start(), f"[{rng.choice(_ADJECTIVES)}] ") for each in _AFTER_DETERMINER.finditer(text)
    ]
    found += [Edit(each.start(), each.start(), rng.choice(_PLACES)) for each in _END_OF_NOUN.finditer(text)]
    if rng.random() < 0.15:
        found = [each._replace(new=each.new.replace("[", "(").replace("]", ")")) for each in found]
    return found


def _replace_pronoun(passage: Passage, rng: random.Random) -> list[Edit]:
    found = []
    for each in _PRONOUN.finditer(passage.text):
        name = rng.choice([*passage.desk.names[:200], *_NOUNS] or list(_NOUNS))
        if each[0] in ("his", "their", "its"):
            name += "’" if name.endswith("s") else "’s"
        new = f"[{name}]"
        if rng.random() < 0.2:
            new = f"{each[0]} {new}"
        found.append(Edit(*each.span(), new))
    return found


def bracketed_capital(rng: random.Random, world: World) -> Draft | None:
    """A quote whose first letter was changed, and the brackets say so."""
    passage = world.draw(rng, WORD)
    if passage is None:
        return None
    words = [*re.finditer(r"[A-Za-z][\w'’]*", passage.text)]
    later = [each for each in words[1:] if each[0].islower() and len(passage.text[each.start() :].split()) >= 5]
    if rng.random() < 0.7 and later:
        start = rng.choice(later).start()
    elif passage.opens and words and words[0].start() == 0 and not re.match(r"I\b|[A-Z][a-z]+ [A-Z]", passage.text):
        start = 0
    else:
        return None
    text = passage.text[start:]
    if len(words_of(text)) < 4:
        return None
    return Draft((f"[{text[0].swapcase()}]{text[1:]}",), (passage.gold,), passage.speaker, "first letter in brackets")


def harmless_runs(passage: Passage, most: int, *, inside: int = 3) -> list[tuple[int, int]]:
    """Runs of up to `most` words whose loss changes no sense, with `inside` words left on either side."""
    words = [*re.finditer(r"\S+", passage.text)]
    fit = [is_harmless(each[0]) and bool(words_of(each[0]).forms) for each in words]
    runs = []
    for first in range(inside, len(words) - inside):
        if not can_go(words[first - 1][0], words[first][0]):
            continue
        for last in range(first, min(first + most, len(words) - inside)):
            if not fit[last]:
                break
            if words[last][0].lower() not in ("a", "an") or is_harmless(words[last + 1][0]):
                runs.append((words[first].start(), words[last].end()))
    return runs


_LEANED_ON = frozenset({"negation", "condition", "modal", "quantifier", "number"})


def can_go(before: str, first: str) -> bool:
    """Whether what starts with a word may be left out after another: not after "more", "a lot", "nothing", "have"."""
    listed = classes_of(DATA / "sense.tsv")
    leans = any("'" in form or listed.get(form, frozenset()) & _LEANED_ON for form in words_of(before).forms)
    return not leans and first.lower() != "to"


def _leave_out(passage: Passage, rng: random.Random) -> list[Edit]:
    mark = rng.choice(ELLIPSES)
    return [Edit(start, end, f" {mark} ") for start, end in harmless_runs(passage, 15)]


def _leave_out_more(passage: Passage, rng: random.Random) -> list[Edit]:
    """A whole sentence left out, whatever is in it but a negation."""
    mark = rng.choice(ELLIPSES)
    stops = [each.end() for each in re.finditer(r"[a-z]{4}[.?!] (?=[A-Z])", passage.text)]
    return [
        Edit(first, second, f"{mark} ")
        for first in stops
        for second in stops
        if first < second and not _TURNS.search(passage.text[first:second])
    ]


def ellipsis_at_ends(rng: random.Random, world: World) -> Draft | None:
    """A quote with an ellipsis before or after it, or both."""
    passage = world.draw(rng, WORD)
    if passage is None:
        return None
    before, after = rng.choice(((True, False), (False, True), (True, True)))
    mark = rng.choice(ELLIPSES[:3])
    text = passage.text.rstrip(".,;") if after else passage.text
    text = f"{mark} {text}" if before else text
    text = f"{text} {mark}" if after else text
    return Draft((text,), (passage.gold,), passage.speaker, "ellipsis at the ends")


FINDERS: tuple[Finder, ...] = (_add_brackets, _replace_pronoun, _leave_out)

MAKERS: dict[str, Maker] = {
    "bracket adds": edited(WORD, _add_brackets, most=2, sound=True),
    "bracket replaces": edited(_PRONOUN, _replace_pronoun, most=2, sound=True),
    "bracketed letter": bracketed_capital,
    "ellipsis, harmless": edited(WORD, _leave_out, sound=True),
    "ellipsis, a sentence": edited(re.compile(r"[.?!](?=\s+[A-Z])"), _leave_out_more, inside=3, sound=True),
    "ellipsis at the ends": ellipsis_at_ends,
}
