"""Kinds that change the sense: negation, number, unit, name, modal, quantifier, the tense of a commitment."""

from __future__ import annotations

import random
import re

from benchmarks.mutations.cases import DATA
from benchmarks.mutations.edits import Edit, Finder, Maker, any_of, changes_of, edited, like, pairs_of, straight
from benchmarks.mutations.marking import ELLIPSES
from benchmarks.mutations.numbers import IN_WORDS, stands_alone, to_words, value_of
from benchmarks.mutations.passages import Passage
from sayso.verdicts import Sense
from sayso.wordlists import read_rows

# Not "not only ... but", "whether or not", "why not", "if not", nor "not" that ends its clause ("I hope not").
_NOT = re.compile(
    r"(?<!or )(?<!why )(?<!Why )(?<!if )(?<!hope )(?<!or)\b(?:not|never)(?= [a-z])(?! (?:only|just|merely|simply|least"
    r"|to mention|so much|that|unlike|once|mind)\b)"
)
_CANNOT = re.compile(r"\bcannot(?= [a-z])")
_NT = re.compile(
    r"\b(?:do|does|did|is|are|was|were|would|could|should|have|has|had|ca|wo)n['’]t\b(?! (?:only|just|we|you"
    r"|they|he|she|it|I|that|there|this)\b)(?= [a-z])",
    re.IGNORECASE,
)
_BASE = {"won't": "will", "can't": "can"}
_TAKES_NOT = re.compile(
    r"(?<!\w['’])\b(?:is|are|was|were|will|would|can|could|should|must|may|might|has|have|had)\b(?= (?:[a-z]+ing"
    r"|[a-z]+ed|be|been|have|a|the|in|to|going|do|get|see|make|take|give|pay|go|come|help|need|work)\b)(?! to\b)"
)
_DIGITS = re.compile(r"(?<![\w.,:/-])(?P<money>[$£€])?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?![\w:/]|[.,]\d|-\d)")
_MAGNITUDE = re.compile(r"(?<=[\d\w] )(?:thousand|million|billion|trillion)\b(?!s)")
_LARGER = {"thousand": "million", "million": "billion", "billion": "million", "trillion": "billion"}
_DAY = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December) $")


def _drop_not(passage: Passage, rng: random.Random) -> list[Edit]:
    found = [Edit(each.start(), each.end() + 1, "") for each in _NOT.finditer(passage.text)]
    return found + [Edit(*each.span(), "can") for each in _CANNOT.finditer(passage.text)]


def _drop_nt(passage: Passage, rng: random.Random) -> list[Edit]:
    return [
        Edit(*each.span(), like(each[0], _BASE.get(straight(each[0]).lower(), straight(each[0]).lower()[:-3])))
        for each in _NT.finditer(passage.text)
    ]


def _add_not(passage: Passage, rng: random.Random) -> list[Edit]:
    return [
        Edit(each.end(), each.end(), rng.choice((" not", " not", " never")))
        for each in _TAKES_NOT.finditer(passage.text)
        if not re.match(r" (?:not|never|no)\b", passage.text[each.end() :])
    ]


def other_number(number: str, rng: random.Random) -> str:
    """A number in digits that is another one, of the same form.

    >>> other_number("1,100", random.Random(0)) != "1,100"
    True
    """
    digits = [at for at, each in enumerate(number) if each.isdigit()]
    at = rng.choice(digits)
    other = number[:at] + rng.choice([each for each in "123456789" if each != number[at]]) + number[at + 1 :]
    if "," not in number and "." not in number and len(number) < 3 and rng.random() < 0.3:
        other = f"{number}0" if number != "0" else "5"
    return other


def _change_digits(passage: Passage, rng: random.Random) -> list[Edit]:
    return [
        Edit(*each.span("number"), other_number(each["number"], rng))
        for each in _DIGITS.finditer(passage.text)
        if not _DAY.search(passage.text[: each.start()])
    ]


def _change_number_words(passage: Passage, rng: random.Random) -> list[Edit]:
    found = []
    for each in IN_WORDS.finditer(passage.text):
        if stands_alone(passage.text, *each.span()):
            value = value_of(each[0])
            other = rng.choice([one for one in (value - 1, value + 1, value + 10, value * 10) if 1 < one < 100])
            new = to_words(other) if rng.random() < 0.7 else str(other)
            found.append(Edit(*each.span(), like(each[0], new)))
    return found


def _change_magnitude(passage: Passage, rng: random.Random) -> list[Edit]:
    return [Edit(*each.span(), _LARGER[each[0]]) for each in _MAGNITUDE.finditer(passage.text)]


def _units() -> dict[str, list[str]]:
    rows = [row[0].split(",") for row in read_rows(DATA / "units.tsv")]
    found: dict[str, list[str]] = {}
    for row in rows:
        for word in row:
            found.setdefault(word, []).extend(other for other in row if other != word)
    return found


_UNITS = _units()
_UNIT = re.compile(
    rf"(?i)(?<![\w-])((?:\d[\d,.]*|{IN_WORDS.pattern[4:]}|hundred|thousand|million|billion|few|several|many)[ -])"
    rf"({'|'.join(sorted(_UNITS, key=len, reverse=True))})\b(?!-)"
)
_SIGN = re.compile(r"[$£€](?=\d)")


def _change_unit(passage: Passage, rng: random.Random) -> list[Edit]:
    found = [Edit(*each.span(2), rng.choice(_UNITS[each[2].lower()])) for each in _UNIT.finditer(passage.text)]
    found += [
        Edit(*each.span(), rng.choice([one for one in "$£€" if one != each[0]]))
        for each in _SIGN.finditer(passage.text)
    ]
    return found


_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z]+ )?[A-Z][a-z]{2,}\b(?![ -][A-Z])")


def _change_name(passage: Passage, rng: random.Random) -> list[Edit]:
    names = passage.desk.names
    known = set(names)
    found = []
    for each in _NAME.finditer(passage.text):
        last = each[0].split()[-1]
        if last in known:
            other = rng.choice(names)
            if other not in passage.text and other[:4] != last[:4]:
                found.append(Edit(each.end() - len(last), each.end(), other))
    return found


_MODALS = changes_of("modals")
_MODAL = re.compile(any_of(list(_MODALS)).pattern.removeprefix("(?i)") + r"(?= [a-z])(?! not\b)")
_QUANTIFIERS = changes_of("quantifiers")
_QUANTIFIER = re.compile(any_of(list(_QUANTIFIERS)).pattern + r"(?= [a-z])")
_CONTRACTED = {"'ll": ("might", "could", "would", "must"), "'d": ("will", "might", "could")}
_SHORT = re.compile(
    r"\b(I|we|they|you|he|she|it|We|They|You|He|She|It)(['’]ll|['’]d)(?= [a-z])(?!['’]d (?:better|rather|been|\w+ed))"
)


def _change_modal(passage: Passage, rng: random.Random) -> list[Edit]:
    found = [
        Edit(*each.span(), like(each[0], rng.choice(_MODALS[each[0].lower()])))
        for each in _MODAL.finditer(passage.text)
        if each[0] not in ("May", "Will", "Might", "Must")
    ]
    for each in _SHORT.finditer(passage.text):
        found.append(Edit(*each.span(), f"{each[1]} {rng.choice(_CONTRACTED[straight(each[2])])}"))
    return found


def _change_quantifier(passage: Passage, rng: random.Random) -> list[Edit]:
    return [
        Edit(*each.span(), like(each[0], rng.choice(_QUANTIFIERS[each[0].lower()])))
        for each in _QUANTIFIER.finditer(passage.text)
        if not re.search(
            r"(?i)\b(?:at|not|as|so|too|how|first of|after|above|that's|that’s) $", passage.text[: each.start()]
        )
        and (each[0].lower() != "up to" or re.match(r" [$£€]?\d", passage.text[each.end() :]))
        and not re.match(r" (?:right|the time|due|along|else|time|a sudden)\b", passage.text[each.end() :])
    ]


_VERBS = {row[0]: (row[1], row[2]) for row in read_rows(DATA / "verbs.tsv")}
_PAST = {past: base for base, (past, _) in _VERBS.items() if past != base}
_DONE = {done: base for base, (_, done) in _VERBS.items()}
_SUBJECT = r"(?P<who>\b(?:I|we|they|We|They))"
_WILL_DO = re.compile(
    rf"{_SUBJECT}(?: will|['’]ll|['’]re going to|['’]m going to| are going to) (?P<verb>{'|'.join(_VERBS)})\b"
)
_HAVE_DONE = re.compile(rf"{_SUBJECT}(?: have|['’]ve) (?P<verb>{'|'.join(_DONE)})\b(?! to\b)")
_DID = re.compile(rf"{_SUBJECT} (?P<verb>{'|'.join(_PAST)})\b")


def _change_tense(passage: Passage, rng: random.Random) -> list[Edit]:
    text = passage.text
    found = []
    for each in _WILL_DO.finditer(text):
        past, done = _VERBS[each["verb"]]
        found.append(Edit(*each.span(), f"{each['who']} {rng.choice((past, f'have {done}'))}"))
    for each in _HAVE_DONE.finditer(text):
        found.append(Edit(*each.span(), f"{each['who']} {rng.choice(('will', 'are going to'))} {_DONE[each['verb']]}"))
    for each in _DID.finditer(text):
        base = _PAST[each["verb"]]
        found.append(Edit(*each.span(), f"{each['who']} {rng.choice((f'will {base}', base))}"))
    return [each._replace(new=each.new.replace("I are going", "I am going")) for each in found]


_HEDGES = dict(pairs_of("hedges"))
_HEDGE = re.compile(rf"(?i)(?<![\w'’-])(?<!not )(?:{'|'.join(_HEDGES)})(?![\w'’-])(?= [\w$£€])")


def _drop_hedge(passage: Passage, rng: random.Random) -> list[Edit]:
    found = []
    for each in _HEDGE.finditer(passage.text):
        if passage.text.lower().count(each[0].lower()) > 1:
            continue
        sense = next(
            value for hedge, value in _HEDGES.items() if re.fullmatch(f"{hedge.partition(' (?=')[0]}", each[0].lower())
        )
        right = {"modal": ("modal", "quantifier"), "negation": ("negation", "quantifier")}.get(
            sense, ("quantifier", "number")
        )
        found.append(Edit(each.start(), each.end() + 1, "", right))  # type: ignore[arg-type]
    return found


_BEFORE_NUMBER = re.compile(r"(?<=[a-z] )(?=\d[\d,.]* (?!percent\b)[a-z]{3,})(?<!\babout )(?<!\baround )(?<!\bof )")
_BEFORE_VERB = re.compile(
    r"(?<=\bwill )(?=[a-z]{3,})(?!not\b|never\b)|(?<=\bhave )(?=[a-z]+ed\b)|(?<=\bis )(?=the\b|a\b)"
)


def _add_hedge(passage: Passage, rng: random.Random) -> list[Edit]:
    found = [
        Edit(each.start(), each.start(), rng.choice(("almost ", "nearly ", "more than ", "up to ", "at least ")))
        for each in _BEFORE_NUMBER.finditer(passage.text)
    ]
    return found + [
        Edit(each.start(), each.start(), rng.choice(("probably ", "possibly ", "perhaps ")))
        for each in _BEFORE_VERB.finditer(passage.text)
    ]


def _hide_not(passage: Passage, rng: random.Random) -> list[Edit]:
    mark = rng.choice(ELLIPSES)
    found = []
    for each in _NOT.finditer(passage.text):
        more = re.match(r"(?: [a-z]+){0,2}", passage.text[each.end() :]) if rng.random() < 0.3 else None
        found.append(Edit(each.start(), each.end() + (len(more[0]) if more else 0), mark))
    found += [
        Edit(each.end() - 3, each.end(), f" {mark}")
        for each in _NT.finditer(passage.text)
        if each[0][:2] not in ("wo", "ca")
    ]
    return found


_BACKSHIFTED = {("will", "would"), ("can", "could"), ("may", "might"), ("shall", "should")}


def _bends_modal(passage: Passage, edit: Edit) -> bool:
    """Whether a modal in brackets is more than the tense of reported speech ("he said they [would] come")."""
    was = passage.text[edit.start : edit.end].lower()
    return " " not in edit.new and (was, edit.new.lower()) not in _BACKSHIFTED


def _bent_bracket(passage: Passage, rng: random.Random) -> list[Edit]:
    """A change of the sense with brackets round it, as if that made it sound."""
    ways = {
        "number": _change_digits(passage, rng) + _change_number_words(passage, rng),
        "name": _change_name(passage, rng),
        "modal": [each for each in _change_modal(passage, rng) if _bends_modal(passage, each)],
    }
    found = [
        each._replace(new=f"[{each.new}]", reverses=(sense,))  # type: ignore[arg-type]
        for sense, edits in ways.items()
        for each in edits
    ]
    for each in re.finditer(
        r"\b(will|would|can|could|should|must|may|is|are|was|were|do|did) (?:not|never) (?=[a-z])", passage.text
    ):
        found.append(Edit(each.start(), each.end(), f"[{each[1]}] ", ("negation",)))
    for each in _NT.finditer(passage.text):
        base = _BASE.get(straight(each[0]).lower(), straight(each[0]).lower()[:-3])
        found.append(Edit(*each.span(), f"[{base}]", ("negation",)))
    return found


def _all(*patterns: re.Pattern[str]) -> re.Pattern[str]:
    flags = [
        f"(?{'i' if each.flags & re.IGNORECASE else '-i'}:{each.pattern.removeprefix('(?i)')})" for each in patterns
    ]
    return re.compile("|".join(re.sub(r"\?P<\w+>", "", each).replace("(?-i:", "(?:") for each in flags))


BENDS: tuple[tuple[re.Pattern[str], Finder, tuple[Sense | None, ...]], ...] = (
    (_all(_NOT, _CANNOT), _drop_not, ("negation", "modal")),
    (_NT, _drop_nt, ("negation", "modal")),
    (_TAKES_NOT, _add_not, ("negation",)),
    (_DIGITS, _change_digits, ("number",)),
    (IN_WORDS, _change_number_words, ("number",)),
    (_all(_UNIT, _SIGN), _change_unit, ("unit", "number")),
    (_NAME, _change_name, ("name",)),
    (_all(_MODAL, _SHORT), _change_modal, ("modal", "tense")),
    (_QUANTIFIER, _change_quantifier, ("quantifier", "negation", "number")),
)
"""Where changes of the sense are found, how they are made, and what they may be called."""

MAKERS: dict[str, Maker] = {
    "not dropped": edited(_all(_NOT, _CANNOT), _drop_not, inside=2),
    "n't dropped": edited(_NT, _drop_nt, inside=1),
    "not added": edited(_TAKES_NOT, _add_not, inside=2),
    "number, digits": edited(_DIGITS, _change_digits, inside=1),
    "number, words": edited(IN_WORDS, _change_number_words, inside=1),
    "million, billion": edited(_MAGNITUDE, _change_magnitude, inside=1),
    "unit": edited(_all(_UNIT, _SIGN), _change_unit, inside=1),
    "name": edited(_NAME, _change_name, inside=1),
    "modal": edited(_all(_MODAL, _SHORT), _change_modal, inside=1),
    "quantifier": edited(_QUANTIFIER, _change_quantifier, inside=1),
    "tense": edited(_all(_WILL_DO, _HAVE_DONE, _DID), _change_tense, least=9),
    "hedge trimmed": edited(_HEDGE, _drop_hedge, inside=2),
    "hedge added": edited(_all(_BEFORE_NUMBER, _BEFORE_VERB), _add_hedge, inside=1),
    "ellipsis hides a not": edited(_all(_NOT, _NT), _hide_not, inside=2),
    "bracket bends": edited(_all(_NOT, _NT, _DIGITS, _MODAL, _NAME), _bent_bracket, inside=1),
}
