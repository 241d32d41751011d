"""The links between wordings, measured: `python -m training.traces`; `--fit` fits what each piece of evidence tells.

Pairs are those of `quotations/across-outlets.jsonl` in `../shared` (or `--shared`) that were judged. There are few, and
many share a quotation: figures are of tenfold cross-validation in which all pairs that hang together stay in one fold,
drawn five times; beside them those of the weights that ship, which have seen all pairs. `--press` shows the groups that
the wordings of one press conference fall into.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from sayso.archive.tracing.forms import Utterance
from sayso.archive.tracing.grouping import group
from sayso.archive.tracing.kindred import KINDRED, kinship
from sayso.archive.tracing.linking import LINKED, Evidence, days_between, evidence_of, link, score_of
from sayso.archive.tracing.overlap import overlap, worded
from sayso.archive.tracing.rewording import is_english
from sayso.archive.tracing.voices import one_voice
from sayso.wordlists import read_rows
from training.evaluate import SHARED
from training.reworded import CASES, read_passages
from training.tune import fit_logistic

PAIRS = Path("corpora/quotations/across-outlets.jsonl")
PRESS = Path("acceptance/press-conference/wordings.json")
FOREIGN = Path(__file__).parent / "foreign" / "dev.tsv"
ARTICLES = Path("corpora/polnear/train.jsonl")
FOILS = 200
"""Pairs that cannot be of one utterance, for fitting: the corpus's own all share six words in a row."""
_APART = 60
"""Days between them."""
_FOLDS = 10
_DRAWS = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two quotations, and whether they are of one utterance (None: not judged)."""

    a: Utterance
    b: Utterance
    linked: bool | None
    keys: tuple[str, str]
    """By which each quotation is known in other pairs."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many links were found rightly and wrongly, and how many not."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of the links found, how many are."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of those that are, how many were found."""
        return self.right / max(1, self.right + self.missed)


def read_pairs(shared: Path) -> list[Pair]:
    """The pairs of the corpus; who speaks is no more than the words by which the article names the source."""
    pairs: list[Pair] = []
    with (shared / PAIRS).open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            sides = [_utterance(row[side], number) for number, side in enumerate("ab")]
            keys = tuple(f"{row[side]['article_id']}:{row[side]['b']}" for side in "ab")
            pairs.append(Pair(sides[0], sides[1], row["link"], (keys[0], keys[1])))
    return pairs


def _utterance(side: dict[str, str], article: int) -> Utterance:
    day = (date.fromisoformat(side["article_id"].split("_")[1]) - date(1970, 1, 1)).days
    return Utterance(side["quote"], speaker_name=side["source"], day=day, article=article)


def read_foils(shared: Path, count: int, *, skip: int = 0, articles: int | None = None) -> list[Pair]:
    """Pairs of contents, quoted or not, that share three words in a row, two months or more apart, not by one speaker.

    They are given days and speakers as if they could be of one utterance, so that what is learnt from them is which
    words are too few. `articles` are how many of the corpus are looked at, all by default.
    """
    told: list[Utterance] = []
    with (shared / ARTICLES).open(encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, islice(lines, articles))):
            day = (date.fromisoformat(row["date"][:10]) - date(1970, 1, 1)).days
            for each in row["attributions"]:
                if each["content"]:
                    text = row["text"][each["content"][0][0] : each["content"][-1][1]]
                    source = " ".join(row["text"][start:end] for start, end in each["source"] or [])
                    told.append(Utterance(text, is_quoted(text), speaker_name=source or None, day=day, article=number))
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, each in enumerate(told):
        keys = worded(each.text).keys
        for run in set(zip(keys, keys[1:], keys[2:], strict=False)):
            having[run].append(place)
    pairs = {
        (one, other)
        for places in having.values()
        if len(places) <= 60
        for at, other in enumerate(places)
        for one in places[:at]
        if abs((told[one].day or 0) - (told[other].day or 0)) >= _APART and not one_voice(told[one], told[other])
    }
    draw = random.Random(0)
    chosen = draw.sample(sorted(pairs), skip + count)[skip:]
    foils = []
    for one, other in chosen:
        names = draw.choice([(None, None), (None, None), ("Ada Brandt", "Ada Brandt")])
        later = draw.choice([0, 0, 1, 1, 2, 4, 7])
        a, b = replace(told[one], speaker_name=names[0], day=0), replace(told[other], speaker_name=names[1], day=later)
        foils.append(Pair(a, b, False, (f"{one}", f"{other}")))
    return foils


def is_quoted(text: str) -> bool:
    """Whether a content has quotation marks."""
    return any(mark in text for mark in ('"', "“", "''"))


def evidence(pair: Pair) -> Evidence:
    """What is known of a pair."""
    shared = overlap(worded(pair.a.text), worded(pair.b.text))
    return evidence_of(shared, one_voice(pair.a, pair.b), days_between(pair.a, pair.b))


def groups_of(pairs: Sequence[Pair]) -> list[int]:
    """By pair, the number of the group that it hangs together with."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for pair in pairs:
        parent[root(pair.keys[0])] = root(pair.keys[1])
    roots = sorted({root(pair.keys[0]) for pair in pairs})
    return [roots.index(root(pair.keys[0])) for pair in pairs]


def fitted(pairs: Sequence[Pair]) -> tuple[float, Evidence]:
    """Bias and weights."""
    bias, *weights = fit_logistic([list(evidence(pair)) for pair in pairs], [bool(pair.linked) for pair in pairs])
    return bias, Evidence(*weights)


def cross_validate(pairs: Sequence[Pair], foils: Sequence[Pair], *, draws: int = _DRAWS) -> list[Score]:
    """The scores of each draw of folds; the foils help in fitting each time."""
    rows, groups = [list(evidence(pair)) for pair in pairs], groups_of(pairs)
    scores = []
    for draw in range(draws):
        order = sorted(set(groups))
        random.Random(draw).shuffle(order)
        fold = {group: place % _FOLDS for place, group in enumerate(order)}
        found: list[bool] = [False] * len(pairs)
        for held in range(_FOLDS):
            seen = [pair for pair, number in zip(pairs, groups, strict=True) if fold[number] != held]
            bias, weights = fitted([*seen, *foils])
            for at, number in enumerate(groups):
                if fold[number] == held:
                    found[at] = bias + sum(map(float.__mul__, weights, rows[at])) >= math.log(LINKED / (1 - LINKED))
        scores.append(_score(pairs, found))
    return scores


def measure(pairs: Sequence[Pair]) -> tuple[Score, list[Pair]]:
    """The score of the links that ship, and the pairs that they get wrong."""
    found = [link(pair.a, pair.b) is not None for pair in pairs]
    return _score(pairs, found), [pair for pair, each in zip(pairs, found, strict=True) if each != pair.linked]


def _score(pairs: Sequence[Pair], found: Sequence[bool]) -> Score:
    answers = [(pair.linked, each) for pair, each in zip(pairs, found, strict=True)]
    return Score(answers.count((True, True)), answers.count((False, True)), answers.count((True, False)))


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that the wordings of a press conference fall into, beside the sentences that they are of."""

    wordings: list[tuple[str, Utterance]]
    """Each with its sentence."""
    groups: list[list[int]]

    @property
    def whole(self) -> list[str]:
        """The sentences of which one group has all wordings."""
        return [name for name, mine in self._sentences().items() if any(mine <= set(each) for each in self.groups)]

    @property
    def strangers(self) -> list[int]:
        """The wordings in a group that is mostly of another sentence, and in none of their own.

        One that runs two sentences together is rightly in both groups.
        """
        names = [name for name, _ in self.wordings]
        own = set[int]()
        for each in self.groups:
            most = Counter(names[at] for at in each).most_common(1)[0][0]
            own |= {at for at in each if names[at] == most}
        return sorted(set(range(len(names))) - own)

    def pairs(self, *, english: bool) -> Score:
        """Of any two wordings, whether they are in one group and of one sentence; `english`: of English ones alone."""
        places = [place for place, (_, each) in enumerate(self.wordings) if not english or is_english(each.text)]
        together = {(a, b) for group in self.groups for a in group for b in group if a < b}
        answers = [
            (self.wordings[a][0] == self.wordings[b][0], (a, b) in together) for a in places for b in places if a < b
        ]
        return Score(answers.count((True, True)), answers.count((False, True)), answers.count((True, False)))

    def _sentences(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for place, (name, _) in enumerate(self.wordings):
            found[name].add(place)
        return found


def read_press(shared: Path, *, grouped: bool = True) -> Groups | None:
    """The groups that the wordings of the press conference fall into; None where it is not there.

    Each is taken as an archive would have it: with its day and its one speaker, told apart as quoted or not.
    """
    path = shared / PRESS
    if not path.is_file():
        return None
    wordings = []
    for sentence in json.loads(path.read_text(encoding="utf-8"))["sentences"]:
        for each in sentence["versions"]:
            day = (date.fromisoformat(each["date"]) - date(1970, 1, 1)).days
            quoted = not any(word in each["kind"] for word in ("indirect", "paraphrase"))
            told = Utterance(each["text"], quoted, 1, day=day, outlet=each["outlet"])
            wordings.append((sentence["id"], told))
    return Groups(wordings, group([each for _, each in wordings]) if grouped else [])


def foreign() -> Score:
    """How many translations into other languages are known by kindred words, and how many others are taken for one."""
    passages = {path.stem: read_passages(path) for path in (CASES / "dev").glob("*.txt")}
    right = wrong = missed = 0
    for name, number, _, text in read_rows(FOREIGN):
        for other, passage in passages[name].items():
            found = kinship(text, passage) >= KINDRED
            right += found and other == number
            wrong += found and other != number
            missed += not found and other == number
    return Score(right, wrong, missed)


def wilson(right: int, total: int) -> tuple[float, float]:
    """The interval that holds a share with a chance of 95% (Wilson 1927)."""
    z, share = 1.96, right / max(1, total)
    middle, spread = (
        share + z * z / (2 * total),
        z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)),
    )
    return (middle - spread) / (1 + z * z / total), (middle + spread) / (1 + z * z / total)


def shown(name: str, score: Score) -> str:
    """A score in words, with the intervals that hold its figures with a chance of 95%."""
    low, high = wilson(score.right, score.right + score.wrong)
    bottom, top = wilson(score.right, score.right + score.missed)
    return (
        f"{name}: precision {score.precision:.3f} ({low:.3f} to {high:.3f}), recall {score.recall:.3f} "
        f"({bottom:.3f} to {top:.3f}); {score.right} right, {score.wrong} wrong, {score.missed} missed"
    )


def show_press(press: Groups | None) -> None:
    """Prints the groups and their figures."""
    if press is None:
        print(f"no {PRESS}")
        return
    for each in press.groups:
        print(" | ".join(f"{press.wordings[at][0]} {press.wordings[at][1].outlet}" for at in each))
    sentences = len({name for name, _ in press.wordings})
    print(
        f"{len(press.whole)} of {sentences} sentences whole in one group; "
        f"{len(press.strangers)} wordings in a group of another alone"
    )
    print(shown("pairs, English wordings", press.pairs(english=True)))
    print(shown("pairs, all wordings", press.pairs(english=False)))


def main() -> None:
    """Prints the figures, or the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR")
    parser.add_argument("--fit", action="store_true", help="print the weights fitted on all judged pairs")
    parser.add_argument("--press", action="store_true", help="show the groups of the press conference")
    arguments = parser.parse_args()
    if arguments.press:
        show_press(read_press(arguments.shared))
        return
    pairs = [pair for pair in read_pairs(arguments.shared) if pair.linked is not None]
    foils = read_foils(arguments.shared, FOILS)
    if arguments.fit:
        bias, weights = fitted([*pairs, *foils])
        print(f"BIAS = {bias:.2f}\nWEIGHTS = {Evidence(*(round(weight, 2) for weight in weights))}")
        return
    for draw, score in enumerate(cross_validate(pairs, foils), 1):
        print(shown(f"held out, draw {draw}", score))
    score, wrong = measure(pairs)
    print(shown("as it ships", score))
    more = read_foils(arguments.shared, 10_000, skip=FOILS)
    taken = sum(link(pair.a, pair.b) is not None for pair in more)
    print(shown("translations by kindred words, dev", foreign()))
    print(f"false links among {len(more)} pairs that share three words, as if of one week: {taken}")
    for pair in wrong:
        print(f"  {pair.linked}, {score_of(evidence(pair)):.2f}: {pair.a.text[:100]} | {pair.b.text[:100]}")


if __name__ == "__main__":
    main()
