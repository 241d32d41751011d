"""News in forty encodings with wrong labels: `python -m benchmarks.encodings`.

English news with the names and marks that it has, as far as each encoding can write them, labelled as it is, not at
all, and as each of the other 39; and with two labels of which one is wrong, HTTP's and the page's own. How often all
letters are read as they were written, how often there is a warning where they are not, and how often there is none.
`--show` tells of each of those; `--write-docs` keeps the figures for docs/input.md.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from benchmarks.input_report import keep_part
from sayso import __version__
from sayso.errors import SaysoError
from sayso.reading import decoding
from training.tables import table

ENCODINGS = {
    "utf-8": "utf-8", "utf-8 with mark": "utf-8-sig", "utf-16 with mark": "utf-16", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "utf-32 with mark": "utf-32", "windows-1250": "cp1250", "windows-1251": "cp1251",
    "windows-1252": "cp1252", "windows-1253": "cp1253", "windows-1254": "cp1254", "windows-1255": "cp1255",
    "windows-1256": "cp1256", "windows-1257": "cp1257", "windows-1258": "cp1258", "windows-874": "cp874",
    "iso-8859-1": "iso8859-1", "iso-8859-2": "iso8859-2", "iso-8859-3": "iso8859-3", "iso-8859-4": "iso8859-4",
    "iso-8859-5": "iso8859-5", "iso-8859-7": "iso8859-7", "iso-8859-9": "iso8859-9", "iso-8859-10": "iso8859-10",
    "iso-8859-13": "iso8859-13", "iso-8859-15": "iso8859-15", "iso-8859-16": "iso8859-16", "koi8-r": "koi8-r",
    "koi8-u": "koi8-u", "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "ibm866": "cp866",
    "ibm850": "cp850", "ibm437": "cp437", "gb18030": "gb18030", "big5": "big5", "shift_jis": "cp932",
    "euc-jp": "euc-jp", "iso-2022-jp": "iso2022_jp", "euc-kr": "euc-kr",
}  # fmt: skip
"""Labels, and the codecs of Python that write them."""
_SENTENCES = (
    "“We will not sell the ferry,” the mayor said on Monday — “not this year, and not the next.”",
    "The harbour’s owners had asked for £3.5 million, or €4.1 million; nobody’s offer came near.",
    "Zoë Lindström, who runs the café on the quay, called it “a gift to nobody”.",
    "José Peña and François Lefèvre of the union said that they hadn’t been asked.",
    "Søren Ødegård, an engineer from Ålesund, put the temperature at 40° and the share at ½.",
    "Ayşe Şahin and Çağla Yıldız wrote that the bridge – built in 1931 – was safe.",
    "Dvořák’s neighbour, Łukasz Wiśniewski, told the Tidewater paper that it was too late.",
    "Its captain, Сергей Иванов (Sergei Ivanov), declined to comment; Юрий Жуков did not.",
    "The ship’s Greek name, Αθηνά Παπαδοπούλου, stands on its bow.",
    "A sign in Japanese, 東京都の港, and one in Chinese, 上海市的港口, hang side by side.",
    "Its Korean builder, 김철수, was said to be 71.",
)
_SIMPLER = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "—": "-", "–": "-", "€": "EUR ", "£": "GBP "})
Outcome = Literal["right", "right, with a warning", "wrong, with a warning", "refused", "wrong without a word"]
OUTCOMES: tuple[Outcome, ...] = (
    "right", "right, with a warning", "wrong, with a warning", "refused", "wrong without a word",
)  # fmt: skip


def text_in(codec: str) -> str:
    """What can be written in an encoding of the news; marks that it lacks as on a typewriter."""
    kept = []
    for sentence in _SENTENCES:
        for wording in (sentence, sentence.translate(_SIMPLER)):
            try:
                wording.encode(codec)
            except UnicodeEncodeError:
                continue
            kept.append(wording)
            break
    # Several texts in one have alphabets that no news has together: of each the encoding's own.
    return " ".join(kept)


def labelled() -> Iterator[tuple[str, str, bytes, str, str | None, str | None]]:
    """Encoding, what is wrong, the bytes, the text in them, and the labels: HTTP's, and the page's own."""
    for name, codec in ENCODINGS.items():
        text = text_in(codec)
        data = text.encode(codec)
        yield name, "the right label", data, text, name.removesuffix(" with mark"), None
        yield name, "no label", data, text, None, None
        for other in ENCODINGS:
            if other != name:
                label = other.removesuffix(" with mark")
                yield name, "another label", data, text, label, None
                yield name, "HTTP right, page wrong", data, text, name.removesuffix(" with mark"), label
                yield name, "HTTP wrong, page right", data, text, label, name.removesuffix(" with mark")


def outcome_of(data: bytes, text: str, sent: str | None, inside: str | None) -> Outcome:
    """What comes of reading it."""
    try:
        source = decoding.decode(data, "a.txt", charset=sent, inside=inside)
    except SaysoError:
        return "refused"
    warned = any("offsets" not in note for note in source.notes)
    if source.text == text:
        return "right, with a warning" if warned else "right"
    return "wrong, with a warning" if warned else "wrong without a word"


def encodings_table(measured: dict[str, Any]) -> str:
    """How often each came out how, as Markdown."""
    rows = []
    for what, found in measured["labels"].items():
        count = sum(found.values())
        rows.append([what, f"{count:,}", *(f"{100 * found.get(each, 0) / count:.1f}%" for each in OUTCOMES)])
    by_encoding = [
        [name, *(f"{found.get(each, 0)}" for each in OUTCOMES)] for name, found in measured["encodings"].items()
    ]
    heads = list(OUTCOMES)
    return (
        f"{table(['labelled', 'texts', *heads], rows)}\n\nWith a label of another encoding, for each of the 39:\n\n"
        + (table(["written in", *heads], by_encoding))
    )


def measure() -> tuple[dict[str, Any], list[str]]:
    """The figures, and what was read wrong without a word."""
    labels: dict[str, Counter[str]] = {}
    encodings: dict[str, Counter[str]] = {}
    shown = []
    for name, what, data, text, sent, inside in labelled():
        outcome = outcome_of(data, text, sent, inside)
        labels.setdefault(what, Counter())[outcome] += 1
        if what == "another label":
            encodings.setdefault(name, Counter())[outcome] += 1
        if outcome == "wrong without a word" or (what == "the right label" and outcome != "right"):
            shown.append(f"{name} as {sent}/{inside} ({what}): {outcome}")
    return {"labels": labels, "encodings": encodings}, shown


def main() -> None:
    """Measures, prints the table, and keeps it for the pages where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write-docs", action="store_true")
    told = parser.parse_args()
    measured, shown = measure()
    print(encodings_table(measured))
    if told.show:
        print("\n".join(shown), file=sys.stderr)
    if told.write_docs:
        keep_part("encodings", {"sayso": __version__, **measured})


if __name__ == "__main__":
    main()
