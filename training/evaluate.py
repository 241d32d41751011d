"""All accuracy figures in one command: `just evaluate`, or `python -m training.evaluate`.

    --shared DIR          where the corpora lie (default: SAYSO_SHARED, else ../shared); says which sets are not there
    --sets NAMES          some of dev, gold, news, acceptance, layers, gum (default: all)
    --predictions S=FILE  score these predictions (JSON lines) for set S instead of what sayso reads
    --json FILE           write the figures as data
    --compare FILE        what rose and fell since a file that --json wrote
    --raise-floors        lift the floors of tests/floors.toml to what was measured; --allow-lower to lower them as well
    --write-docs          write docs/measured/accuracy.json and the tables in the pages made from it

Texts go the user's way: `sayso.read_text`, then each span back to the text as annotated.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sayso
from sayso.documents import Article, Span
from sayso.records import Attribution
from training import floors, tables
from training.layers import measure_gum, measure_layers
from training.scoring import Judged, Tallies, figures_of, figures_to_json, reliability, tally_article, tally_recall

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SAYSO_SHARED") or ROOT.parent / "shared")
"""Where the corpora lie that do not ship with the project."""
SETS = ("dev", "gold", "news", "acceptance", "layers", "gum")
FILES = {
    "dev": "corpora/polnear/dev.jsonl",
    "news": "corpora/gum/news.jsonl",
    "acceptance": "acceptance/press-conference",
    "gum": "corpora/gum/other.jsonl",
}
LAYERS = (
    *("attribution", "source", "quotation", "nesting", "act", "stance", "polarity", "occasion"),
    *("speaker", "one speaker", "same statement", "relation"),
)
"""Layers of the acceptance case."""


@dataclass(slots=True)
class Annotated:
    """A text with its gold attributions."""

    id: str
    text: str
    attributions: list[Attribution]


Predictor = Callable[[Annotated], list[Attribution]]


def attribution_from_json(record: dict[str, Any], number: int) -> Attribution:
    """An attribution of a JSON form that may lack all but the three roles; GUM names them `cue_spans` and so on."""

    def spans(role: str) -> list[Span]:
        return [Span(*span) for span in record.get(role) or record.get(f"{role}_spans") or []]

    inside = record.get("inside") or next(iter(record.get("nested_in") or []), None)
    return Attribution(
        str(record.get("id", number)),
        spans("source"),
        spans("cue"),
        spans("content"),
        quotation=record.get("quotation") or "indirect",
        inside=None if inside is None else str(inside),
        confidence=float(record.get("confidence") or 0.0),
    )


def read_jsonl(path: Path) -> list[Annotated]:
    """The texts of a file with one `{"id", "text", "attributions"}` a line."""
    with path.open(encoding="utf-8") as lines:
        return [
            Annotated(
                record["id"],
                record.get("text", ""),
                [attribution_from_json(each, number) for number, each in enumerate(record["attributions"])],
            )
            for record in map(json.loads, lines)
        ]


def read_gold_set() -> list[Annotated]:
    """The project's own gold articles (tests/gold)."""
    from tests.gold.markup import gold_files, read_gold

    articles = [read_gold(path) for path in gold_files()]
    return [
        Annotated(each.id, each.text, [attribution_from_json(dict(a), n) for n, a in enumerate(each.attributions)])
        for each in articles
    ]


def find_set(name: str, shared: Path) -> list[Annotated] | None:
    """The texts of a set; None where its file is not there."""
    if name == "gold":
        return read_gold_set() or None
    path = shared / FILES[name]
    return read_jsonl(path) if path.is_file() else None


def predict(annotated: Annotated) -> list[Attribution]:
    """What sayso reads in the text, its spans counted in the text as given."""
    article = sayso.read_text(annotated.text, name=annotated.id, any_language=True)
    return [_carried_back(article, each) for each in article.attributions]


def _carried_back(article: Article, attribution: Attribution) -> Attribution:
    def carried(spans: Iterable[Span]) -> list[Span]:
        return [there for there in map(article.source_span, spans) if there is not None]

    return Attribution(
        attribution.id,
        carried(attribution.source),
        carried(attribution.cue),
        carried(attribution.content),
        quotation=attribution.quotation,
        inside=attribution.inside,
        confidence=attribution.confidence,
    )


def predictor_from(path: Path) -> Predictor:
    """Predictions made elsewhere, by text id; a text that the file lacks has none."""
    said = {each.id: each.attributions for each in read_jsonl(path)}
    return lambda annotated: said.get(annotated.id, [])


def measure_set(name: str, texts: list[Annotated], predictor: Predictor = predict) -> dict[str, Any]:
    """All figures of one set as plain data.

    PolNeAR has one layer: there `figures` leaves out predictions that lie inside another, and `figures_all` counts
    them as well.
    """
    nested = name == "gold"
    main: list[Tallies] = []
    everything: list[Tallies] = []
    judged: list[Judged] = []
    for text in texts:
        said = predictor(text)
        if name == "news":
            main.append(tally_recall(text.text, text.attributions, said))
            continue
        kept = said if nested else [each for each in said if each.inside is None]
        tallies, verdicts = tally_article(text.text, text.attributions, kept, nested=nested)
        main.append(tallies)
        judged += verdicts
        if not nested:
            everything.append(tally_article(text.text, text.attributions, said)[0])
    measured: dict[str, Any] = {
        "articles": len(texts),
        "words": sum(len(text.text.split()) for text in texts),
        "attributions": sum(len(text.attributions) for text in texts),
        "figures": figures_to_json(figures_of(main)),
    }
    if everything:
        measured["figures_all"] = figures_to_json(figures_of(everything))
    if any(each.confidence for each in judged):
        measured["reliability"] = reliability(judged)
    right = "found" if name == "news" else "attribution"
    measured["right_by_article"] = {text.id: each[right].right_gold for text, each in zip(texts, main, strict=True)}
    return measured


def measure_acceptance(shared: Path) -> dict[str, Any] | None:
    """The acceptance case by its own scorer, run as it is; None where it is not there."""
    case, scorer = shared / FILES["acceptance"], shared / "evaluation/score_acceptance.py"
    if not (case / "expected.json").is_file() or not scorer.is_file():
        return None
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record.json"
        record.write_text(json.dumps(sayso.article_to_json(sayso.read(case / "article.txt"))), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(scorer), str(case / "expected.json"), str(record)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    found = {
        name: (int(right), int(all_)) for name, right, all_ in re.findall(r"(?m)^(\S.*?) +(\d+)/(\d+)$", done.stdout)
    }
    if not found:
        raise RuntimeError(f"The acceptance scorer printed no figure. It said: {done.stderr.strip()[-500:]}")
    beyond = re.search(r"beyond the case (\d+)", done.stdout)
    return {
        "layers": {layer: found.get(layer, (0, 0)) for layer in LAYERS},
        "beyond": int(beyond[1]) if beyond else None,
        "wrong": [line.strip() for line in done.stdout.splitlines() if line.strip().startswith(LAYERS) and ":" in line],
    }


def measure(
    names: Iterable[str], shared: Path, *, predictors: dict[str, Predictor] | None = None
) -> tuple[dict[str, Any], list[str]]:
    """The figures of the named sets, and why the ones left out were left out."""
    measured: dict[str, Any] = {"sayso": sayso.__version__, "model": model_name(), "sets": {}}
    absent = []
    for name in names:
        if name == "acceptance":
            found = measure_acceptance(shared)
        elif name == "layers":
            found = measure_layers(ROOT / "tests" / "gold")
        elif name == "gum":
            found = measure_gum(shared)
        else:
            texts = find_set(name, shared)
            found = None if texts is None else measure_set(name, texts, (predictors or {}).get(name, predict))
        if found is None:
            absent.append(f"{name}: not measured, {shared / FILES.get(name, '')} is not there")
        else:
            measured["sets"][name] = found
    return measured, absent


def model_name() -> str | None:
    """The first digits of the SHA-256 of the packaged weights: which model the figures are of. None without weights."""
    weights = sorted((Path(sayso.__file__).parent / "models/en").glob("*.onnx"))
    return hashlib.sha256(weights[0].read_bytes()).hexdigest()[:12] if weights else None


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="evaluate", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR")
    parser.add_argument("--sets", default=",".join(SETS), metavar="NAMES", help="some of " + ", ".join(SETS))
    parser.add_argument("--predictions", action="append", default=[], metavar="SET=FILE")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--compare", type=Path, metavar="FILE")
    parser.add_argument("--raise-floors", action="store_true")
    parser.add_argument("--allow-lower", action="store_true", help="with --raise-floors: lower floors as well")
    parser.add_argument("--write-docs", action="store_true")
    arguments = parser.parse_args()
    names = arguments.sets.split(",")
    if unknown := [name for name in names if name not in SETS]:
        parser.error(f"no set {', '.join(unknown)}; there are {', '.join(SETS)}")
    pairs = [each.partition("=") for each in arguments.predictions]
    if wrong := [name for name, _, path in pairs if name not in ("dev", "gold", "news") or not path]:
        parser.error(f"--predictions wants SET=FILE, for dev, gold or news; not {', '.join(wrong)}")
    before = json.loads(arguments.compare.read_text(encoding="utf-8")) if arguments.compare else None
    measured, absent = measure(
        names, arguments.shared, predictors={name: predictor_from(Path(path)) for name, _, path in pairs}
    )
    for title, table in tables.accuracy_tables(measured).items():
        print(f"\n{title}\n\n{table}")
    for line in (measured["sets"].get("acceptance") or {}).get("wrong", []):
        print(f"  {line}")
    if before:
        print("\nSince then\n\n" + tables.comparison(before, measured))
    for line in absent:
        print(line, file=sys.stderr)
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if arguments.raise_floors:
        print("\n".join(floors.raise_floors(measured, allow_lower=arguments.allow_lower)))
    if arguments.write_docs:
        from docs import pages

        if absent:
            sys.exit("--write-docs wants every set, so that the pages do not lose a table")
        pages.keep("accuracy", measured)
        pages.write()


if __name__ == "__main__":
    main()
