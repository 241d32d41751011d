"""Putting terms into a query and taking them out, as the links of a page do; docs/search.md has the language."""

from __future__ import annotations

import re

from sayso.archive.searching.query import QUOTES

_ALTERNATIVE = re.compile(r"\||(?<!\S)OR(?!\S)")
_PLAIN = re.compile(r"[\w#.-]+")


def terms(query: str) -> list[str]:
    """The terms of which a statement must have every one, in their order; a query of alternatives is a single one.

    >>> terms('speaker:"Mara Quill" -ferry (toll OR fare)'), terms("bridge OR ferry")
    (['speaker:"Mara Quill"', '-ferry', '(toll OR fare)'], ['bridge OR ferry'])
    """
    parts: list[str] = []
    depth, quoted, start = 0, False, 0
    for at, sign in enumerate(f"{query} "):
        if sign in QUOTES:
            quoted = not quoted
        elif not quoted:
            depth += (sign == "(") - (sign == ")")
        if sign.isspace() and not quoted and depth <= 0:
            parts.append(query[start:at])
            start = at + 1
    # What is not closed is for the search itself to complain of.
    parts = [each for each in (*parts, query[start:].strip()) if each]
    if any(not each.startswith(("(", *QUOTES)) and _ALTERNATIVE.search(_bare(each)) for each in parts):
        return [query.strip()]
    return _joined(parts)


def _bare(term: str) -> str:
    """A term without what stands in quotation marks or brackets."""
    return re.sub(rf"[{QUOTES}][^{QUOTES}]*[{QUOTES}]|\(.*\)", "", term)


def _joined(parts: list[str]) -> list[str]:
    """AND taken out, and NOT put to what it excludes."""
    found: list[str] = []
    negated = False
    for each in parts:
        if each == "AND":
            continue
        if each == "NOT":
            negated = True
            continue
        found.append(f"NOT {each}" if negated else each)
        negated = False
    return [*found, "NOT"] if negated else found


def with_term(query: str, *more: str) -> str:
    """The query narrowed by further terms; those that it has are not added again.

    >>> with_term("bridge OR ferry", "stance:distancing"), with_term("bridge stance:neutral", "stance:neutral")
    ('(bridge OR ferry) stance:distancing', 'bridge stance:neutral')
    """
    had = terms(query)
    wanted = [each for each in more if each and each not in had]
    if not wanted:
        return query.strip()
    if len(had) == 1 and _ALTERNATIVE.search(_bare(had[0])):
        had = [f"({had[0]})"]
    return " ".join([*had, *wanted])


def without(query: str, term: str) -> str:
    """The query without one of its terms.

    >>> without("bridge stance:neutral ferry", "stance:neutral")
    'bridge ferry'
    """
    return " ".join(each for each in terms(query) if each != term)


def instead(query: str, names: tuple[str, ...], *more: str) -> str:
    """The query with further terms in place of those of some fields: one stretch of days for another.

    >>> instead("ferry since:2026-01 until:2026-02", ("since", "until", "published"), "published:2026-03")
    'ferry published:2026-03'
    """
    kept = [each for each in terms(query) if each.partition(":")[0] not in names]
    return with_term(" ".join(kept), *more)


def field(name: str, value: str) -> str:
    """A field with its value as a query has it, "" without one; a quotation mark would end the value, and goes.

    >>> field("speaker", "Mara Quill"), field("since", "2026-03-01"), field("stance", "")
    ('speaker:"Mara Quill"', 'since:2026-03-01', '')
    """
    value = " ".join(re.sub(f"[{QUOTES}]", " ", value).split())
    if not value:
        return ""
    return f"{name}:{value}" if _PLAIN.fullmatch(value) else f'{name}:"{value}"'
