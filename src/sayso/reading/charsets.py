"""How likely bytes are in an encoding, by how its letters and marks stand among those of English text.

Most encodings of one byte a letter can decode any bytes: only what comes out tells. A curly quote opens before a word,
an accented letter stands among letters of its alphabet and in their case, a currency sign before a number; in the wrong
encoding a quote is a capital in the middle of a word, and a Cyrillic name changes from small to capital inside.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CANDIDATES = (
    "cp1252", "mac-roman", "cp1251", "koi8-u", "cp866", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp1258", "cp850", "cp437", "cp852", "iso8859-15", "iso8859-2", "iso8859-5", "iso8859-7", "mac-cyrillic", "cp874",
    "gb18030", "cp932", "euc-jp", "cp949", "big5",
)  # fmt: skip
"""What bytes without a label that holds may be in, the likeliest for English news first."""
_MOST = 2_000
_ODD = re.compile("[^\x00-\x7f]")
# Cyrillic in a Western encoding is words of nothing but accented letters; Polish has words of four.
_RUN = re.compile("[\u00c0-\u024f]{5,}")
_OPENING, _CLOSING, _DASHES = "“„«‘‚‹", "”»’›", "–—―"
_MONEY, _AFTER_NUMBERS, _HARMLESS = "£€¥₤₺₪¢", "°%ºª²³½¼¾", "\u00a0\u00ad…•·′″−×©®™¿¡§\u200b\u200e\u200f\u2009\ufeff"


def faults_of(text: str) -> tuple[float, str]:
    """How many of the first characters beyond ASCII stand as in no text, weighted; and those, at most 8."""
    faults, shown = 0.0, ""
    for number, found in enumerate(_ODD.finditer(text)):
        if number == _MOST:
            break
        at = found.start()
        fault = _fault(text[at - 1 : at] if at else " ", found[0], text[at + 1 : at + 2] or " ")
        faults += fault
        if fault and found[0] not in shown and len(shown) < 8:
            shown += found[0]
    for run in _RUN.findall(text[:100_000]):
        faults += len(run)
        shown = shown or run[:8]
    return faults, shown


def likeliest(data: bytes) -> tuple[str, float, float] | None:
    """The encoding in which the bytes have the fewest faults, how many, and how many they have as windows-1252.

    Of several that are as good the likeliest counts. None where they are none of CANDIDATES.
    """
    best: tuple[str, float] | None = None
    western = float("inf")
    for name in CANDIDATES:
        try:
            faults, _ = faults_of(data.decode(name))
        except UnicodeDecodeError:
            continue
        western = faults if name == "cp1252" else western
        if best is None or faults < best[1] - 0.5:
            best = name, faults
    return best and (*best, western)


def _fault(before: str, character: str, after: str) -> float:
    kind, script = _kind_of(character)
    if kind == "none":
        return 3.0
    if kind == "letter":
        return _fault_of_letter(before, character, script, after)
    inside = before.isalpha() and after.isalpha()
    if character in "’‘":
        return 0.0 if before.isalpha() or before.isspace() or after.isalpha() else 0.3
    if character in _OPENING:
        return 1.0 if before.isalnum() or after.isspace() else 0.0
    if character in _CLOSING:
        return 1.0 if after.isalnum() or before.isspace() else 0.0
    if character in _DASHES or character in _HARMLESS:
        return 0.0
    if character in _MONEY:
        return 0.0 if after.isdigit() or before.isdigit() or after.isspace() else 1.0
    if character in _AFTER_NUMBERS:
        return 0.0 if before.isdigit() or (before.isspace() and character in "½¼¾") else 1.0
    return 1.5 if inside else 1.0 if kind == "symbol" else 0.5


def _fault_of_letter(before: str, character: str, script: str, after: str) -> float:
    faults = 0.0
    for neighbour in (before, after):
        if neighbour.isalpha() and _kind_of(neighbour)[1] != script:
            faults += 1.0
    if character.isupper() and before.islower():
        faults += 1.0
    if character.isupper() and before.isupper() and after.islower():
        faults += 0.5
    if character.islower() and before.isupper() and after.isupper():
        faults += 0.5
    if before in ',.!?”"' and before and script == "LATIN":
        faults += 1.0
    # A letter by itself, but for the few that are words.
    if script == "LATIN" and not before.isalpha() and not after.isalpha() and character not in "àáéèóöåÅÀÉÓÖ":
        faults += 1.0
    if before.isdigit() or after.isdigit():
        faults += 0.5
    return faults


@lru_cache(maxsize=4_096)
def _kind_of(character: str) -> tuple[str, str]:
    """Letter, mark, symbol or none; and of a letter its script, as its name begins."""
    category = unicodedata.category(character)
    if category in ("Cc", "Cn", "Co", "Cs"):
        return "none", ""
    if category[0] in "LM":
        name = unicodedata.name(character, "")
        script = name.partition(" ")[0]
        if script in ("HIRAGANA", "KATAKANA", "CJK", "FULLWIDTH", "HALFWIDTH", "KATAKANA-HIRAGANA"):
            # Half-width katakana are what other bytes look like in Japanese.
            return ("letter", "CJK") if script != "HALFWIDTH" else ("symbol", "")
        return "letter", script
    return ("symbol" if category[0] == "S" else "mark"), ""
