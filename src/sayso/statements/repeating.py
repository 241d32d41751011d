"""The same quoted words from two speakers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sayso.statements.reports import Report
from sayso.statements.targets import Targets
from sayso.statements.wording import contains

_SAME_WORDS = 6
"""Words of a quoted stretch that two speakers do not choose alike by chance."""
_MOST_SHARED = 24


def repeated(targets: Targets) -> Iterator[tuple[Report, Report]]:
    """Each report that quotes words which another speaker has said before, with the earlier one."""
    first: dict[tuple[str, ...], list[Report]] = defaultdict(list)
    for report in targets.ordered:
        words = report.wording.words
        for at in range(len(words) - _SAME_WORDS + 1):
            first[words[at : at + _SAME_WORDS]].append(report)
    for report in targets.ordered:
        if report.attribution.polarity == "denies":
            continue
        for stretch in report.wording.quoted:
            if len(stretch) < _SAME_WORDS:
                continue
            for other in first[stretch[:_SAME_WORDS]][:_MOST_SHARED]:
                earlier = targets.place[other.number] < targets.place[report.number]
                if earlier and targets.may_be_meant(report, other) and contains(other.wording.words, stretch):
                    # Of "Tass reported, citing a source" both have the one content.
                    here, there = report.attribution.content, other.attribution.content
                    if not any(span.overlaps(each) for span in here for each in there):
                        yield report, other
                    break
