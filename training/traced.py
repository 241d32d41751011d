"""What a trace finds, measured through an archive: `python -m training.traced`.

The wordings of one press conference (`acceptance/press-conference/wordings.json` in `../shared`, or `--shared`) and the
judged pairs of `quotations/across-outlets.jsonl` are put into archives of their own, one article each, and each is
traced: is what it finds of the same sentence, and does it find all that is?
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sayso.archive import open_archive
from sayso.archive.forms import Given
from sayso.archive.tracing.forms import Utterance
from sayso.archive.tracing.pieces import pieces_of
from sayso.archive.tracing.rarity import frequencies
from sayso.archive.tracing.rewording import is_english
from sayso.documents import Article, Span
from sayso.records import Attribution, Quotation, Speaker, Statement
from training.evaluate import SHARED
from training.traces import Score, is_quoted, read_pairs, read_press, shown


def found_by(wordings: Sequence[Utterance], folder: Path, asked: Sequence[int] | None = None) -> list[set[int]]:
    """By wording, which of all the trace of its words finds; `asked` are the places of those to trace, or all."""
    with open_archive(folder / "traced.db", make=True) as archive:
        articles = {
            archive.save(_article(each), Given(f"{place}.txt", digest=f"{place:064}")).id: place
            for place, each in enumerate(wordings)
        }
        found = []
        for place in range(len(wordings)) if asked is None else asked:
            trace = archive.trace(wordings[place].text)
            found.append({articles[each.article] for wording in trace.wordings for each in wording.occurrences})
        return found


def _article(told: Utterance) -> Article:
    """An article that tells one thing, as a reader of it would mark it up."""
    name = told.speaker_name or "Somebody"
    content = told.text if is_quoted(told.text) or not told.quoted else f"“{told.text}”"
    text = f"{name} said: {content}\n"
    span = Span(len(name) + 7, len(name) + 7 + len(content))
    quotation: Quotation = "direct" if told.quoted and content != told.text else "mixed" if told.quoted else "indirect"
    article = Article(f"a{abs(hash((text, told.outlet, told.day))):x}", text, paragraphs=[Span(0, len(text) - 1)])
    article.language, article.outlet = "en", told.outlet or f"Outlet {told.article}"
    article.published = date(1970, 1, 1) + timedelta(days=told.day or 0)
    if told.speaker_name:
        article.speakers = [Speaker("s1", name, "person", [], [Span(0, len(name))])]
    speaker = "s1" if told.speaker_name else None
    article.attributions = [
        Attribution(
            "at1", [Span(0, len(name))], [Span(len(name) + 1, len(name) + 5)], [span], quotation, speaker=speaker
        )
    ]
    article.statements = [Statement("st1", speaker, ["at1"], content)]
    return article


def press_scores(shared: Path, folder: Path) -> dict[str, Score]:
    """Of each wording of the press conference and each other one, whether its trace has it; by what both are in."""
    press = read_press(shared, grouped=False)
    if press is None:
        return {}
    names = [name for name, _ in press.wordings]
    told = [replace(each, speaker=None, speaker_name=_speaker(press.wordings)) for _, each in press.wordings]
    found = found_by(told, folder)
    english = {place for place, each in enumerate(told) if is_english(each.text)}
    places = set(range(len(told)))
    # One that runs two sentences together is rightly in the traces of both.
    single = {place for place in english if len(pieces_of(told[place].text)) == 1}
    return {
        "English, of one sentence each": _score(names, found, single, single),
        "English": _score(names, found, english, english),
        "all": _score(names, found, places, places),
        "English, tracing what is not": _score(names, found, places - english, english),
    }


def _speaker(wordings: Sequence[tuple[str, Utterance]]) -> str:
    """The speaker's surname, the word of no other use with which most wordings begin; in full, as an article has it."""
    first = (each.text.split()[0].strip(":,") for _, each in wordings)
    names = Counter(word for word in first if word.casefold() not in frequencies())
    return f"Ottoline {names.most_common(1)[0][0]}"


def _score(names: Sequence[str], found: Sequence[set[int]], asked: set[int], among: set[int]) -> Score:
    answers = [(names[one] == names[other], other in found[one]) for one in asked for other in among if one != other]
    return Score(answers.count((True, True)), answers.count((False, True)), answers.count((True, False)))


def pairs_score(shared: Path, folder: Path) -> Score:
    """Of the judged pairs across outlets, whether the trace of the one has the other."""
    pairs = [pair for pair in read_pairs(shared) if pair.linked is not None]
    told: dict[str, Utterance] = {}
    for pair in pairs:
        told |= dict(zip(pair.keys, (pair.a, pair.b), strict=True))
    places = {key: place for place, key in enumerate(told)}
    found = found_by(list(told.values()), folder)
    answers = [(pair.linked, places[pair.keys[1]] in found[places[pair.keys[0]]]) for pair in pairs]
    return Score(answers.count((True, True)), answers.count((False, True)), answers.count((True, False)))


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR")
    arguments = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sayso-") as place:
        for name, score in press_scores(arguments.shared, Path(place)).items():
            print(shown(f"press conference, {name}", score))
    with tempfile.TemporaryDirectory(prefix="sayso-") as place:
        print(shown("pairs across outlets", pairs_score(arguments.shared, Path(place))))
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
