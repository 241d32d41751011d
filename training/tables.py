"""The accuracy figures as Markdown tables, for the terminal and for the pages alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

MAIN = (
    *("attribution", "strict", "content found", "source given"),
    *("source exact", "cue exact", "content exact"),
    *("source overlap", "cue overlap", "content overlap"),
)
TYPES = ("direct", "mixed", "indirect")
LEVELS = ("level 0", "level 1", "level 2+")

REFERENCES: dict[str, dict[str, float]] = {
    "two annotators": {"attribution": 0.734, "strict": 0.580, "content found": 0.796, "source given": 0.92},
    "best published": {"source exact": 0.832, "cue exact": 0.753, "content exact": 0.729},
    "Gender Gap Tracker": {"attribution": 0.39},
    "textacy": {"attribution": 0.14},
}
"""On PolNeAR: the agreement of its two trained annotators; a model of 110 M parameters, on the corpus's test half; two
systems of rules."""

NAMES = {
    "dev": "PolNeAR dev",
    "gold": "Our gold set",
    "news": "GUM news",
    "acceptance": "Acceptance case",
    "layers": "Our gold set, attributions given",
    "gum": "GUM",
}
STATEMENTS = {
    "act": ("communication", "attitude", "factive", "control"),
    "stance": ("neutral", "endorsing", "distancing"),
    "polarity": ("affirms", "denies", "questions"),
}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with its columns in line, so that it reads well as plain text too; figures to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        first, *rest = (
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "| " + " | ".join([first, *rest]) + " |"

    rule = "|".join(["", "-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:]), ""])
    return "\n".join([line(head), rule, *(line(row) for row in rows)])


def _with_interval(figure: dict[str, Any]) -> str:
    if figure["low"] is None:
        return _digits(figure["value"])
    return f"{figure['value']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})"


def _digits(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _main_table(figures: dict[str, Any], *, references: bool) -> str:
    peers = REFERENCES if references else {}
    names = [name for name in MAIN if name in figures]
    return table(
        ["", "F1 or share (95%)", "precision", "recall", *peers],
        [
            [
                name,
                _with_interval(figures[name]),
                _digits(figures[name]["precision"]),
                _digits(figures[name]["recall"]) if figures[name]["precision"] is not None else "",
                *(_digits(peer.get(name)) for peer in peers.values()),
            ]
            for name in names
        ],
    )


def _split_table(figures: dict[str, Any], kinds: Sequence[str]) -> str:
    return table(
        ["", "annotated", "attribution F1 (95%)", "precision", "recall", "content found, recall"],
        [
            [
                kind,
                str(figure["gold"]),
                _with_interval(figure),
                _digits(figure["precision"]),
                _digits(figure["recall"]),
                _digits(figures[f"content found, {kind}"]["recall"]),
            ]
            for kind in kinds
            if (figure := figures[f"attribution, {kind}"])["gold"]
        ],
    )


def _reliability_table(reliable: dict[str, Any]) -> str:
    rows = [
        [
            f"{each['from']:.1f} to {each['from'] + 0.1:.1f}",
            _digits(each["confidence"]),
            _digits(each["right"]),
            str(each["count"]),
        ]
        for each in reliable["bins"]
    ]
    error = f"Expected calibration error: {reliable['expected_calibration_error']:.3f}"
    return table(["confidence", "mean", "share right", "attributions"], rows) + "\n\n" + error


def accuracy_tables(measured: dict[str, Any]) -> dict[str, str]:
    """The tables by their titles, in order; sets that were not measured have none."""
    sets = measured["sets"]
    found: dict[str, str] = {}
    for name in ("dev", "gold"):
        if name not in sets:
            continue
        one = sets[name]
        figures = one["figures"]
        title = (
            f"{NAMES[name]}: {one['articles']} articles, {one['words']:,} words, {one['attributions']:,} attributions"
        )
        found[title] = _main_table(figures, references=name == "dev")
        if "figures_all" in one:
            found[f"{NAMES[name]}, nested predictions counted as well (the corpus has one layer)"] = _main_table(
                one["figures_all"], references=False
            )
        found[f"{NAMES[name]} by quotation type"] = _split_table(figures, TYPES)
        if name == "gold":
            found[f"{NAMES[name]} by nesting level"] = _split_table(figures, LEVELS)
            found[f"{NAMES[name]}: of the attributions found"] = table(
                ["", "share (95%)", "of"],
                [
                    [name, _with_interval(figures[name]), str(figures[name]["gold"])]
                    for name in ("quotation type given", "outer one given")
                ],
            )
        if "reliability" in one:
            found[f"{NAMES[name]}: does the confidence keep its word"] = _reliability_table(one["reliability"])
    if "news" in sets:
        one = sets["news"]
        found[f"{NAMES['news']}: {one['articles']} articles, recall"] = table(
            ["", "share (95%)", "of"],
            [[name, _with_interval(each), str(each["gold"])] for name, each in one["figures"].items()],
        )
    if "layers" in sets:
        found |= _layer_tables(sets["layers"])
    if "gum" in sets:
        one = sets["gum"]
        title = f"GUM: speakers in {one['articles']} news articles, coreference of speakers in {one['held out']} others"
        found[title] = table(
            ["", "share or F1 (95%)", "attributions or documents"],
            [[name, _with_interval(each), str(each["gold"])] for name, each in one["figures"].items()],
        )
    if "acceptance" in sets:
        one = sets["acceptance"]
        rows = [[layer, f"{right}/{everything}"] for layer, (right, everything) in one["layers"].items()]
        found[NAMES["acceptance"]] = table(["", "right"], [*rows, ["beyond the case", str(one["beyond"])]])
    return found


def _layer_tables(one: dict[str, Any]) -> dict[str, str]:
    """Speakers by how the source refers, statements by class."""
    figures, name = one["figures"], NAMES["layers"]
    kinds = [each for each in figures if each.startswith("speaker")]
    found = {
        f"{name}: {one['attributions']:,} in {one['articles']} articles: right speakers": table(
            ["", "share (95%)", "of"],
            [[each, _with_interval(figures[each]), str(figures[each]["gold"])] for each in kinds],
        ),
        f"{name}: does a speaker's score keep its word": _reliability_table(one["reliability"]),
    }
    rows = []
    for layer, classes in STATEMENTS.items():
        rows.append([layer, "", "", _with_interval(figures[layer]), str(figures[layer]["gold"])])
        rows += [_class_row(f"{layer}, {each}", figures[f"{layer}, {each}"]) for each in classes]
    rows.append(["occasion", "", "", _with_interval(figures["occasion"]), str(figures["occasion"]["gold"])])
    others = ("occasion, where there is one", "date", "same statement")
    others += tuple(each for each in figures if each.startswith("relation"))
    rows += [_class_row(each, figures[each]) for each in others]
    found[f"{name}: statements"] = table(["", "precision", "recall", "share or F1 (95%)", "annotated"], rows)
    return found


def _class_row(name: str, figure: dict[str, Any]) -> list[str]:
    precision, recall = _digits(figure["precision"]), _digits(figure["recall"])
    return [name, precision, recall, _with_interval(figure), str(figure["gold"])]


def summary_table(measured: dict[str, Any]) -> str:
    """The README's table: the three whole-attribution figures and the exact spans, beside people and peers."""
    figures = measured["sets"]["dev"]["figures"]
    names = ("attribution", "strict", "content found", "source exact", "cue exact", "content exact")
    return table(
        ["F1 on PolNeAR dev", "sayso (95%)", *REFERENCES],
        [
            [name, _with_interval(figures[name]), *(_digits(peer.get(name)) for peer in REFERENCES.values())]
            for name in names
        ],
    )


def comparison(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What rose and fell between two measurements: figures by 0.0005 or more, and articles by what is right in them."""
    lines = []
    for name, now in after["sets"].items():
        then = before["sets"].get(name)
        if then is None or "figures" not in now:
            continue
        for figure, value in now["figures"].items():
            change = value["value"] - then["figures"].get(figure, value)["value"]
            if abs(change) >= 0.0005:
                lines.append(f"{name}, {figure}: {value['value'] - change:.3f} -> {value['value']:.3f} ({change:+.3f})")
        moved = {
            key: right - then["right_by_article"].get(key, right) for key, right in now["right_by_article"].items()
        }
        gains = sorted((key for key in moved if moved[key] > 0), key=lambda key: -moved[key])
        losses = sorted((key for key in moved if moved[key] < 0), key=lambda key: moved[key])
        for word, keys in (("gained", gains), ("lost", losses)):
            if keys:
                lines.append(f"{name}, {word}: " + ", ".join(f"{key} {moved[key]:+d}" for key in keys))
    return "\n".join(lines) or "Nothing changed."
