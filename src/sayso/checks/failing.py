"""What `--fail-on` names: which verdicts make a check fail."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from sayso.checks.contract import DOUBTFUL, FAIL_ON, FIGURES, HEADLINES, INCOMPLETE, QUOTES
from sayso.errors import BadSetting
from sayso.verdicts import HeadlineVerdict, QuoteVerdict, Verdict

NAMES = (*QUOTES, *HEADLINES, *FIGURES, INCOMPLETE, DOUBTFUL)


def names_of(given: str) -> tuple[str, ...]:
    """The names in a list like "altered,not-found"; none for "none".

    Raises BadSetting for a name that no verdict has.

    >>> names_of("altered, not-found")
    ('altered', 'not found')
    """
    if given.strip().lower() == "none":
        return ()
    names = [" ".join(each.replace("-", " ").replace("_", " ").lower().split()) for each in given.split(",")]
    for name in names:
        if name not in NAMES:
            near = difflib.get_close_matches(name, NAMES, 1)
            raise BadSetting(
                "--fail-on", name, f"'{near[0]}', perhaps" if near else f"some of: {', '.join(NAMES)}; or none"
            )
    return tuple(names)


def failing(verdicts: Iterable[Verdict], names: Sequence[str] = FAIL_ON) -> list[Verdict]:
    """The verdicts that the names stand for. One with a doubt fails only by `doubtful` or `incomplete`."""
    return [each for each in verdicts if _fails(each, frozenset(names))]


def _fails(verdict: Verdict, names: frozenset[str]) -> bool:
    if isinstance(verdict, QuoteVerdict) and verdict.indirect:
        return False
    values = {verdict.value}
    if isinstance(verdict, HeadlineVerdict):
        values |= {finding.kind for finding in verdict.findings if finding.doubt is None or DOUBTFUL in names}
    if isinstance(verdict, QuoteVerdict) and verdict.incomplete and INCOMPLETE in names:
        return True
    if verdict.doubt is not None:
        return DOUBTFUL in names and bool(values & (names | set(FAIL_ON)))
    return bool(values & names)
