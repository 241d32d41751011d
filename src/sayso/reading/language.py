"""Which language a text is in, as far as reading needs to know: English, or rather not.

Latin script: the share of words that are a language's function words; English news has 35 to 50 in a hundred. Other
scripts name the language, or a likely one. Foreign names do not move the share much, and foreign quotations have to be
most of the text to move it enough.
"""

from __future__ import annotations

import re
from collections import Counter

from sayso.reading.language_words import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE_CHARACTERS = 20_000
_FEW_WORDS = 25
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("\u0400\u052f", "ru"), ("\u0370\u03ff", "el"), ("\u0590\u05ff", "he"), ("\u0600\u06ff", "ar"),
    ("\u0900\u097f", "hi"), ("\u0980\u09ff", "bn"), ("\u0b80\u0bff", "ta"), ("\u0e00\u0e7f", "th"),
    ("\u10a0\u10ff", "ka"), ("\u0530\u058f", "hy"), ("\u3040\u30ff", "ja"), ("\u4e00\u9fff", "zh"),
    ("\uac00\ud7af", "ko"), ("\u1200\u137f", "am"),
)  # fmt: skip
_UKRAINIAN = re.compile(r"[іїєґ]")
_PAST_LATIN = re.compile(r"[^\u0000-\u0250]")
_KANA = re.compile(r"[\u3040-\u30ff]")


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the text's language; `und` where it is surely none of those known; None where the text is
    too short to tell, which is to be taken for English.

    >>> language_of("The minister said on Monday that the talks would go on until the end of the week.")
    'en'
    >>> language_of("Der Minister sagte am Montag, dass die Gespräche bis zum Ende der Woche weitergehen.")
    'de'
    """
    sample = _sample(text)
    script = _script(sample)
    if script:
        return script
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return None
    counts = Counter(words)
    hits = {code: sum(counts[word] for word in listed if word in counts) for code, listed in FUNCTION_WORDS.items()}
    english = hits["en"]
    best = max(hits, key=lambda code: (hits[code], code == "en"))
    if len(words) < _FEW_WORDS:
        if best == "en":
            return "en" if english >= 2 else None
        # A short line of names and foreign titles is not enough to call it foreign.
        return best if hits[best] >= 3 and hits[best] >= 0.25 * len(words) and hits[best] > 2 * english else None
    if best != "en" and hits[best] > 1.3 * english and hits[best] >= 0.12 * len(words):
        return best
    if english >= 0.12 * len(words):
        return "en"
    return "und" if len(words) >= 80 and english < 0.06 * len(words) else None


def _sample(text: str) -> str:
    """The whole of a short text; of a long one its beginning, middle and end."""
    if len(text) <= _SAMPLE_CHARACTERS:
        return text
    part = _SAMPLE_CHARACTERS // 3
    middle = len(text) // 2
    return " ".join((text[:part], text[middle : middle + part], text[-part:]))


def _script(sample: str) -> str | None:
    """The language that goes with a script other than Latin, where more than half of the letters are in it."""
    letters = Counter(letter for letter in _PAST_LATIN.findall(sample) if letter.isalpha())
    foreign = sum(letters.values())
    # few enough to be seen without counting every letter of an English text, which took longer than all else here
    if foreign < 0.05 * len(sample) or foreign <= 0.5 * sum(map(str.isalpha, sample)):
        return None
    shares = {
        code: sum(count for letter, count in letters.items() if reach[0] <= letter <= reach[1])
        for reach, code in _SCRIPTS
    }
    best = max(shares, key=lambda code: shares[code])
    if shares[best] < 0.3 * foreign:
        return None  # Latin letters with many accents (Vietnamese) lie past U+0250 as well.
    if best == "ru" and _UKRAINIAN.search(sample):
        return "uk"
    if best == "zh" and len(_KANA.findall(sample)) > 0.1 * foreign:
        return "ja"
    return best
