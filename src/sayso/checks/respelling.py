"""The words of a quote as the transcript may write them: contracted or in full, numbers in digits or in words.

Places are found by written words. A short quote that the outlet's house style writes otherwise shares too few of them
with its place, so it is looked for again in the other writing; the judge then compares it as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.checks.numerals import numeral_at
from sayso.checks.words import words_of

_ENDINGS = {"will": "'ll", "have": "'ve", "are": "'re", "am": "'m", "is": "'s", "has": "'s", "would": "'d", "had": "'d"}
_FULL = {"'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'s": "is", "'d": "would"}
_PRONOUNS = frozenset("i you he she it we they that there who what".split())
_ODD = {"can't": ["can", "not"], "won't": ["will", "not"], "let's": ["let", "us"]}
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()


def respelt(forms: Sequence[str]) -> list[list[str]]:
    """Other writings of a quote's words, those that differ.

    >>> respelt(["i", "will", "not", "pay", "forty", "five"])
    [["i'll", 'not', 'pay', 'forty', 'five'], ['i', 'will', 'not', 'pay', '45']]
    >>> respelt(["they", "don't", "pay"])
    [['they', 'do', 'not', 'pay']]
    """
    found: list[list[str]] = []
    for other in (_contracted(forms), _in_full(forms), _in_digits(forms), _in_words(forms)):
        if other != list(forms) and other not in found:
            found.append(other)
    return found


def _contracted(forms: Sequence[str]) -> list[str]:
    found: list[str] = []
    for form in forms:
        before = found[-1] if found else ""
        if form == "not" and before in ("do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "would",
                                        "could", "should", "can", "will"):  # fmt: skip
            found[-1] = {"can": "can't", "will": "won't"}.get(before, f"{before}n't")
        elif form in _ENDINGS and before in _PRONOUNS:
            found[-1] = before + _ENDINGS[form]
        else:
            found.append(form)
    return found


def _in_full(forms: Sequence[str]) -> list[str]:
    found: list[str] = []
    for form in forms:
        head, mark, tail = form.partition("'")
        if form in _ODD:
            found += _ODD[form]
        elif form.endswith("n't"):
            found += [form[:-3], "not"]
        elif mark + tail in _FULL and (head in _PRONOUNS or tail != "s"):
            found += [head, _FULL[mark + tail]]
        else:
            found.append(form)
    return found


def _in_digits(forms: Sequence[str]) -> list[str]:
    words = words_of(" ".join(forms))
    found: list[str] = []
    at = 0
    while at < len(words):
        numeral = numeral_at(words, at, len(words))
        if numeral and not numeral.kind and not words.forms[at][0].isdigit() and numeral.value == int(numeral.value):
            found.append(f"{int(numeral.value):,}")
            at = max(numeral.end, at + 1)
        else:
            found.append(words.forms[at])
            at += 1
    return found


def _in_words(forms: Sequence[str]) -> list[str]:
    return [_SMALL[int(form)] if form.isdecimal() and int(form) < len(_SMALL) else form for form in forms]
