"""The parts of README.md and docs/*.md that are made from measurements: written here, never by hand.

    python -m docs.pages            write them anew from docs/measured/*.json
    python -m docs.pages --check    exit 1 where a page is stale

A part stands between `<!-- made from MEASUREMENT: NAME -->` and `<!-- end -->`; `<!-- made from columns: TABLE -->` is
made from the columns of a batch's table (src/sayso/batch/columns.tsv). The measurements come from the recipes of the
Justfile that take `--write-docs`, from `just fire NAME --keep` and from `just checks`; `checks.json` is put down by
hand from what the commands named in it print.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.archive_report import archive_tables
from benchmarks.batch_report import batch_tables, sizing_table
from benchmarks.encoder_report import encoder_tables
from benchmarks.encodings import encodings_table
from benchmarks.fire.report import fire_table
from benchmarks.fuzzing.printing import fuzzing_table
from benchmarks.grouping_report import grouping_tables
from benchmarks.load_report import load_tables
from benchmarks.mutated import mutated_table
from benchmarks.mutations import tables as mutations
from benchmarks.placing_report import placing_tables
from benchmarks.scanning import scanning_table
from benchmarks.taking import taking_table
from docs import checks, sizing
from sayso.batch.tables import TABLES
from training import tables

ROOT = Path(__file__).resolve().parent.parent
MEASURED = ROOT / "docs" / "measured"
CARD = ROOT / "src" / "sayso" / "models" / "en" / "README.md"
PAGES = (
    ROOT / "README.md",
    *(
        ROOT / "docs" / f"{name}.md"
        for name in (
            "accuracy",
            "archive-upkeep",
            "batch-grouping",
            "batch-tables",
            "desk",
            "input",
            "sizing",
            "speed",
            "quotes",
        )
    ),
    CARD,
)
PART = re.compile(r"(?s)(<!-- made from (\w+): (\w+) -->\n)(.*?)(<!-- end -->)")


def _accuracy(measured: dict[str, Any]) -> str:
    model = f"sayso {measured['sayso']}, weights {measured['model']}."
    return "\n\n".join([model, *(f"### {name}\n\n{each}" for name, each in tables.accuracy_tables(measured).items())])


def _part(name: str, table: Callable[[dict[str, Any]], str]) -> Callable[[dict[str, Any]], str]:
    """The table of one of several measurements that are kept together."""
    return lambda measured: table(measured[name]) if name in measured else "Not measured yet."


_INPUT = {"encodings": encodings_table, "fuzzing": fuzzing_table, "mutated": mutated_table}
PARTS: dict[tuple[str, str], Callable[[dict[str, Any]], str]] = {
    ("accuracy", "summary"): tables.summary_table,
    ("accuracy", "tables"): _accuracy,
    ("archive", "sizing"): sizing.archive_table,
    ("archive", "tables"): archive_tables,
    ("batch", "sizing"): sizing_table,
    ("batch", "tables"): batch_tables,
    **{("checks", name): checks.told(name) for name in checks.TOLD},
    ("encoder", "tables"): encoder_tables,
    ("figures", "tables"): checks.figures_table,
    ("fire", "table"): fire_table,
    ("grouping", "tables"): grouping_tables,
    **{("input", name): _part(name, table) for name, table in _INPUT.items()},
    ("load", "sizing"): sizing.desk_table,
    ("load", "tables"): load_tables,
    ("placing", "tables"): placing_tables,
    ("taking", "table"): taking_table,
    ("scanning", "table"): scanning_table,
    ("transcripts", "tables"): checks.transcripts_table,
    ("quotes", "kinds"): mutations.kinds_table,
    ("quotes", "summary"): mutations.summary_table,
    ("quotes", "tables"): mutations.page_tables,
    ("speed", "summary"): report.summary_table,
    ("speed", "tables"): report.speed_tables,
}


def _columns(table: str) -> str:
    kinds = {"texts": "list of texts", "numbers": "list of numbers", "spans": "list of spans", "truth": "true or false"}
    rows = [f"| `{each.name}` | {kinds.get(each.type, each.type)} | {each.about} |" for each in TABLES[table].columns]
    return "\n".join(["| column | type | what it is |", "|---|---|---|", *rows])


def keep(measurement: str, measured: dict[str, Any]) -> None:
    """Keep a measurement as what the pages are made from, and bring them up to date."""
    MEASURED.mkdir(exist_ok=True)
    (MEASURED / f"{measurement}.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    write()


def made(page: str) -> str:
    """The page with its made parts as they should be. A measurement not taken yet leaves its parts as they are."""

    def part(match: re.Match[str]) -> str:
        head, measurement, name, _, foot = match.groups()
        if measurement == "columns":
            return f"{head}\n{_columns(name)}\n\n{foot}"
        source = MEASURED / f"{measurement}.json"
        if not source.is_file():
            return match[0]
        return f"{head}\n{PARTS[measurement, name](json.loads(source.read_text(encoding='utf-8')))}\n\n{foot}"

    return PART.sub(part, page)


def write(*, check: bool = False) -> list[Path]:
    """Bring the pages up to date, or with `check` only look. The pages that were stale."""
    stale = []
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        if (fresh := made(page)) != page:
            stale.append(path)
            if not check:
                path.write_text(fresh, encoding="utf-8")
    return stale


if __name__ == "__main__":
    found = write(check="--check" in sys.argv)
    print("\n".join(f"{path.relative_to(ROOT)} was stale" for path in found) or "Every page is up to date.")
    sys.exit("--check" in sys.argv and bool(found))
