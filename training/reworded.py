"""Passages that say much the same: `python -m training.reworded` measures, `--fit` fits what each feature counts for.

Cases stand in `training/reworded`: invented transcripts with passages marked `{1 ...}`, and below `=====` a line each:
`1 = a quote that tells passage 1 as a retranslation would`, `1 ~ the same as an indirect statement`, `- a quote on the
same topic that nobody said`, `! one that says the contrary`. `dev` is for fitting and choosing, `test` for measuring.
Each true quote is also a false one: with its passage taken out of the transcript. For fitting, each passage is a true
quote of itself: without that, words that both have literally would speak against them as much as in these pairs.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.checks import likeness
from sayso.checks.likeness import Features, Likeness
from sayso.checks.meaning import REWORDED, Meaning, Window
from sayso.documents import Span, Transcript, Turn
from training.tune import fit_logistic

CASES = Path(__file__).parent / "reworded"
_LABEL = re.compile(r"^([A-Z][A-Za-z.\- ]{0,30}): ", re.MULTILINE)
_MARK = re.compile(r"\{(\d+) |\}")
_LINE = re.compile(r"(?:(\d+) )?([=~!-]) (.*)")
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A quote or an indirect statement, and where it was said."""

    kind: str
    text: str
    transcript: int
    said: Span | None


@dataclass(frozen=True, slots=True)
class Trial:
    """The nearest passage that was found for a case."""

    group: int
    """The transcript, which is fitted or measured as a whole"""
    kind: str
    """As in the files; `removed` is a true quote without its passage, `verbatim` the passage itself"""
    right: bool
    features: Features


def read_cases(split: str) -> tuple[list[Transcript], list[Case]]:
    """The transcripts of a split and their cases."""
    transcripts: list[Transcript] = []
    cases: list[Case] = []
    for path in sorted((CASES / split).glob("*.txt")):
        marked, _, lines = path.read_text(encoding="utf-8").partition("\n=====\n")
        marked = "\n".join(line for line in marked.splitlines() if not line.startswith("#"))
        text, said = _unmarked(marked)
        transcripts.append(Transcript(path.stem, text, turns=_turns(text)))
        for line in lines.splitlines():
            found = _LINE.fullmatch(line)
            if found is None:
                raise ValueError(f"{path.name}: {line}")
            cases.append(Case(found[2], found[3], len(transcripts) - 1, said[int(found[1])] if found[1] else None))
    return transcripts, cases


def read_passages(path: Path) -> dict[str, str]:
    """The marked passages of one file, by their numbers."""
    marked = path.read_text(encoding="utf-8").partition("\n=====\n")[0]
    text, said = _unmarked("\n".join(line for line in marked.splitlines() if not line.startswith("#")))
    return {str(number): span.of(text) for number, span in said.items()}


def _unmarked(marked: str) -> tuple[str, dict[int, Span]]:
    """A text without its marks, and the marked passages."""
    text, at, opened = "", 0, [(0, 0)]
    said: dict[int, Span] = {}
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1]:
            opened.append((int(mark[1]), len(text)))
        else:
            number, start = opened.pop()
            said[number] = Span(start, len(text))
    return text + marked[at:], said


def _turns(text: str) -> list[Turn]:
    labels = list(_LABEL.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    return [
        Turn(Span(label.end(), len(text[:end].rstrip())), label[1], Span(*label.span(1)))
        for label, end in zip(labels, ends, strict=True)
    ]


def trials_of(
    meaning: Meaning, transcripts: Sequence[Transcript], cases: Sequence[Case], *, beside: int
) -> list[Trial]:
    """The nearest passage of each case, and of each true quote also without its own.

    Looked for in the case's transcript and in `beside` others of the split.
    """
    trials: list[Trial] = []
    for case in cases:
        around = [transcripts[(case.transcript + step) % len(transcripts)] for step in range(beside + 1)]
        windows, found = meaning.compare(case.text, around)
        spans = [meaning.span_of(around[window.transcript], window) for window in windows]
        own = [
            case.said is not None and window.transcript == 0 and case.said.overlaps(span)
            for window, span in zip(windows, spans, strict=True)
        ]
        best, features = _best(windows, found)
        trials.append(Trial(case.transcript, case.kind, own[best], features))
        if case.kind == "=" and case.said is not None:
            spoken = case.said.of(transcripts[case.transcript].text)
            trials.append(Trial(case.transcript, "verbatim", True, _best(*meaning.compare(spoken, around))[1]))
            rest = [number for number in range(len(windows)) if not own[number]]
            trials.append(Trial(case.transcript, "removed", False, _best(windows, found, rest)[1]))
    return trials


def _best(windows: Sequence[Window], found: Likeness, among: Sequence[int] | None = None) -> tuple[int, Features]:
    """The passage nearest of some (None: of all), and what is known of it."""
    order = sorted(range(len(windows)) if among is None else among, key=lambda number: -found.ranks[number])
    best = order[0]
    others = [float(found.ranks[number]) for number in order if not windows[number].overlaps(windows[best])]
    return best, found.features(best, others)


def fit(trials: Sequence[Trial]) -> tuple[float, Features]:
    """Bias and weights: whether the passage found is the right one."""
    used = [each for each in trials if each.kind != "~" and (each.right or each.kind != "=")]
    rows = np.array([each.features for each in used], dtype=np.float64)
    spread = rows.std(axis=0) + 1e-6
    bias, *weights = fit_logistic((rows / spread).tolist(), [each.right for each in used])
    return bias, Features(*(weight / scale for weight, scale in zip(weights, spread.tolist(), strict=True)))


def scores(trials: Sequence[Trial], bias: float, weights: Features) -> Floats:
    """[trials] how likely each passage is the right one."""
    rows = np.array([each.features for each in trials], dtype=np.float64)
    return np.asarray(1 / (1 + np.exp(-(bias + rows @ np.array(weights)))))


def held_out(trials: Sequence[Trial]) -> Floats:
    """[trials] scores by weights fitted to the other transcripts."""
    found = np.zeros(len(trials))
    groups = np.array([each.group for each in trials])
    for group in np.unique(groups):
        bias, weights = fit([each for each in trials if each.group != group])
        found[groups == group] = scores([each for each in trials if each.group == group], bias, weights)
    return found


def report(name: str, trials: Sequence[Trial], found: Floats, threshold: float) -> None:
    """Print how many passages are found, and how many quotes are called reworded at a threshold."""
    kinds = np.array([each.kind for each in trials])
    right = np.array([each.right for each in trials])
    called = found >= threshold
    true = kinds == "="
    shown = [
        f"found {right[true].mean():.3f} of {true.sum()}, indirect {right[kinds == '~'].mean():.2f}",
        f"reworded {(called & right)[true].mean():.3f}",
    ]
    for kind, label in (("-", "same topic"), ("removed", "removed"), ("!", "contrary")):
        shown.append(f"{label} {called[kinds == kind].mean():.3f} of {(kinds == kind).sum()}")
    false = found[(kinds == "-") | (kinds == "removed")]
    above = np.where(right[true], found[true], -1)
    for share in (0.02, 0.05):
        bar = np.quantile(false, 1 - share)
        shown.append(f"{(above > bar).mean():.3f} at {share:.0%} false (from {bar:.2f})")
    print(f"{name}: " + "; ".join(shown))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--fit", action="store_true", help="print weights fitted to dev")
    parser.add_argument("--test", action="store_true", help="measure test as well")
    arguments = parser.parse_args()
    meaning = Meaning()
    transcripts, cases = read_cases("dev")
    settings = (0, 3)
    dev = {beside: trials_of(meaning, transcripts, cases, beside=beside) for beside in settings}
    every = [each for beside in settings for each in dev[beside]]
    bias, weights = likeness.BIAS, likeness.WEIGHTS
    if arguments.fit:
        bias, weights = fit(every)
        listed = ", ".join(f"{name}={value:.3f}" for name, value in weights._asdict().items())
        print(f"BIAS = {bias:.3f}\nWEIGHTS = Features({listed})")
        held = held_out(every)
        report("dev, held out by transcript", every, held, REWORDED)
    for beside in settings:
        report(f"dev, {beside} transcripts beside", dev[beside], scores(dev[beside], bias, weights), REWORDED)
    if arguments.test:
        transcripts, cases = read_cases("test")
        for beside in settings:
            test = trials_of(meaning, transcripts, cases, beside=beside)
            report(f"test, {beside} transcripts beside", test, scores(test, bias, weights), REWORDED)


if __name__ == "__main__":
    main()
