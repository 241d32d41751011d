"""Measures the headline check: on our own cases, on the gold articles, and on quotations in real headlines.

    python -m training.headlines                   our own cases: precision and recall of each kind of finding
    python -m training.headlines --show            and what went wrong in which
    python -m training.headlines --quotes FOLDER   quotations of headlines against their labels (FOLDER: the corpora)
    python -m training.headlines --list FILE...    every finding on the headlines of articles, to judge by reading

The cases stand in tests/gold-headlines: `case:`, `style:`, and for each finding to come `expect: KIND: WORDS` (several
stretches parted by `|`; `KIND or KIND` where either is right), or `expect?:` where a finding with a doubt does as well,
or none at all. A case without any is sound: every finding but a doubted word of the outlet's own accuses it falsely.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import sayso
from sayso.checks.headline import GRAVITY, check_headline
from sayso.checks.words import words_of
from sayso.documents import Article
from sayso.verdicts import Finding

HERE = Path(__file__).parent
CASES = HERE.parent / "tests" / "gold-headlines"
_PART = "\n=====\n"


@dataclass(slots=True)
class Expected:
    """A finding that is to come; `words` are its stretches, none where any will do."""

    kinds: list[str]
    words: list[str]
    doubted: bool
    """Whether a finding with a doubt, or none, does as well."""


@dataclass(slots=True)
class Case:
    """A headline over a body, and what is to be found of it."""

    id: str
    style: str
    text: str
    expected: list[Expected] = field(default_factory=list)


def read_cases(folder: Path = CASES) -> list[Case]:
    """The cases of all files of a folder, in the order of their names. Raises ValueError for a line that is none."""
    cases = []
    for path in sorted(folder.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split(_PART):
            head, _, text = part.strip().partition("\n\n")
            case = Case("", "", text.strip() + "\n")
            for line in head.splitlines():
                key, _, value = line.partition(": ")
                if key == "case":
                    case.id = value
                elif key == "style":
                    case.style = value
                elif key in ("expect", "expect?"):
                    kind, _, words = value.partition(": ")
                    kinds = kind.split(" or ")
                    if not set(kinds) <= set(GRAVITY):
                        raise ValueError(f"{path}: {case.id}: no such kind: {kind}")
                    stretches = [each.strip() for each in words.split(" | ") if each.strip()]
                    case.expected.append(Expected(kinds, stretches, doubted=key.endswith("?")))
                else:
                    raise ValueError(f"{path}: not a line of a case: {line}")
            cases.append(case)
    return cases


def found_in(article: Article) -> list[Finding]:
    """All findings on an article's headline and standfirst but `supported`."""
    return [each for verdict in check_headline(article) for each in verdict.findings if each.kind != "supported"]


def meets(finding: Finding, expected: Expected, text: str) -> bool:
    """Whether a finding is the one that is expected: the same kind, and words in common with it; of the outlet's own
    words all of them and no others.
    """
    if finding.kind not in expected.kinds:
        return False
    wanted = {form for each in expected.words for form in words_of(each).forms}
    found = {form for span in finding.spans for form in words_of(span.of(text)).forms}
    if finding.kind == "own words":
        return found == wanted
    return not wanted or bool(wanted & found)


@dataclass(slots=True)
class Result:
    """What came of a case: findings that were expected, that accuse falsely, and expectations that were not met."""

    right: list[tuple[str, bool]] = field(default_factory=list)
    """Kind, and whether it is without a doubt."""
    false: list[Finding] = field(default_factory=list)
    missed: list[Expected] = field(default_factory=list)


def judge(case: Case, article: Article) -> Result:
    """A case against what the check finds. Doubted words of the outlet's own accuse nobody and count for nothing."""
    result = Result()
    open_ = list(case.expected)
    for finding in found_in(article):
        matching = [each for each in case.expected if meets(finding, each, article.text)]
        if matching:
            result.right.append((finding.kind, finding.doubt is None))
            open_ = [each for each in open_ if each not in matching or (finding.doubt and not each.doubted)]
        elif finding.doubt is None:
            result.false.append(finding)
    result.missed = [each for each in open_ if not each.doubted]
    return result


def measure_cases(*, show: bool = False) -> dict[str, dict[str, int]]:
    """Counts by kind: `right` and `false` findings without a doubt, `missed` expectations, and articles cleared."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seconds = []
    for case in read_cases():
        article = sayso.read_text(case.text, name=case.id)
        start = perf_counter()
        result = judge(case, article)
        seconds.append(perf_counter() - start)
        for kind, sure in result.right:
            counts[kind]["right" if sure else "doubted"] += 1
        for finding in result.false:
            counts[finding.kind]["false"] += 1
        for expected in result.missed:
            counts[expected.kinds[0]]["missed"] += 1
        if not case.expected:
            counts["sound"]["cases"] += 1
            counts["sound"]["accused"] += bool(result.false)
            verdicts = check_headline(article)
            counts["sound"]["supported"] += bool(verdicts) and all(each.value == "supported" for each in verdicts)
        else:
            counts["faulty"]["cases"] += 1
            counts["faulty"]["all found, nothing else"] += not result.false and not result.missed
        if show and (result.false or result.missed):
            print(f"{case.id}: {case.text.splitlines()[0]}")
            for finding in result.false:
                print(f"    false: {describe(finding, article)}")
            for expected in result.missed:
                print(f"    missed: {' or '.join(expected.kinds)}: {' | '.join(expected.words)}")
    counts["time"]["mean microseconds"] = round(1e6 * sum(seconds[1:]) / max(len(seconds) - 1, 1))
    return {kind: dict(each) for kind, each in counts.items()}


def describe(finding: Finding, article: Article) -> str:
    """One finding in a line, to judge by reading."""
    words = " | ".join(span.of(article.text) for span in finding.spans)
    evidence = " | ".join(" ".join(span.of(article.text).split())[:160] for span in finding.evidence)
    return f"{finding.kind}: {words} <- {evidence}. {finding.why}" + (f" Doubt: {finding.doubt}" * bool(finding.doubt))


def measure_quotes(corpora: Path) -> Counter[tuple[str, str]]:
    """How often a headline's quotation is found or not, by its label."""
    rows = [json.loads(line) for line in (corpora / "quotations" / "headlines.jsonl").open(encoding="utf-8")]
    texts = {}
    for split in ("train", "dev"):
        for line in (corpora / "polnear" / f"{split}.jsonl").open(encoding="utf-8"):
            article = json.loads(line)
            texts[article["id"]] = article
    counts: Counter[tuple[str, str]] = Counter()
    read: dict[str, Article] = {}
    for row in rows:
        name = row["article_id"]
        if name not in read:
            head, _, body = texts[name]["text"].partition("\n\n")
            read[name] = sayso.read_text(f"{texts[name]['headline']}\n\n{body or head}", name=name)
        article = read[name]
        words = words_of(row["quoted_in_headline"]).forms
        hits = [
            each
            for each in found_in(article)
            if each.kind == "unquoted" and any(words_of(span.of(article.text)).forms == words for span in each.spans)
        ]
        label = "quoted" if row["inside_body_quotation"] else "in body" if row["exact_in_body"] else "absent"
        counts[label, "none" if not hits else "doubted" if hits[0].doubt else "unquoted"] += 1
    return counts


def _list(names: list[str]) -> Iterator[str]:
    for name in names:
        article = sayso.read(name)
        if article.headline is None:
            continue
        yield f"{name}: {article.headline.of(article.text)}"
        for verdict in check_headline(article):
            yield f"  {verdict.value}" + (f" (doubt: {verdict.doubt})" if verdict.doubt else "")
            yield from (f"    {describe(each, article)}" for each in verdict.findings)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the headline check.")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--quotes", type=Path, metavar="FOLDER")
    parser.add_argument("--list", nargs="+", metavar="FILE")
    options = parser.parse_args()
    if options.quotes:
        for (label, outcome), count in sorted(measure_quotes(options.quotes).items()):
            print(f"{label:10} {outcome:10} {count}")
    elif options.list:
        print("\n".join(_list(options.list)))
    else:
        for kind, counts in measure_cases(show=options.show).items():
            print(f"{kind:16} {counts}")


if __name__ == "__main__":
    main()
