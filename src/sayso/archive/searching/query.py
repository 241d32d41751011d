"""Reading a query: words, "phrases", prefix*, OR, -exclusion, (groups) and field:value.

Nothing here knows an archive; docs/search.md describes the language. What cannot be read raises BadQuery, which says
where it stands, what is wrong and what to write instead.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NoReturn

from sayso.archive.folding import words_in
from sayso.archive.searching.fields import FIELDS, fields_like, leaf_of
from sayso.archive.searching.terms import All, Any, No, Node, Words
from sayso.errors import BadQuery

LONGEST = 4_000
MOST_TERMS = 128
DEEPEST = 24
SHORTEST_PREFIX = 2
"""A single letter and a star would find every other word."""
QUOTES = '"“”„‟«»＂'
"""Any of them opens a quoted value, and any closes it."""
_MINUS = "-−–"
_TOKEN = re.compile(rf"\s*(?:([()|])|([{QUOTES}])|([^\s(){QUOTES}|]+))")
_QUOTE = re.compile(f"[{QUOTES}]")
_FIELD = re.compile(r"([A-Za-z][A-Za-z_]*):")


def parse(query: str, *, today: date | None = None) -> Node:
    """What a query asks for; an empty one asks for everything.

    `today` is what "today" and "7d" count from; None takes the day that it is here.

    >>> parse('bridge -"toll road"')
    All(parts=(Words(parts=('bridge',), start=0, end=6, exact=False, prefix=False), \
No(part=Words(parts=('toll', 'road'), start=8, end=19, exact=True, prefix=False))))

    Raises BadQuery.
    """
    if len(query) > LONGEST:
        raise BadQuery(query, LONGEST, len(query), f"The query is longer than {LONGEST:,} characters", "Shorten it")
    return _Parser(query, today or date.today()).parse()


def pointed(error: BadQuery) -> str:
    """The query with a line of carets below what is wrong in it, two lines; long queries are cut round the place.

    >>> try:
    ...     parse("bridge speeker:kestrel")
    ... except BadQuery as error:
    ...     print(pointed(error))
    bridge speeker:kestrel
           ^^^^^^^^
    """
    query = re.sub(r"\s", " ", error.query)
    start, end = error.start, max(min(error.end, len(query)), error.start + 1)
    shift = max(0, start - 60)
    shown = query[shift : shift + 100]
    head = "..." if shift else ""
    tail = "..." if shift + 100 < len(query) else ""
    width = min(end, shift + len(shown) + 1) - start
    return f"{head}{shown}{tail}\n{' ' * (len(head) + start - shift)}{'^' * max(width, 1)}"


class _Parser:
    """Reads one query from left to right; `at` is the next character."""

    def __init__(self, query: str, today: date) -> None:
        self.query = query
        self.today = today
        self.at = 0
        self.terms = 0

    def parse(self) -> Node:
        node = self._either(None, 0)
        if (rest := self._peek()) is not None:
            self._fail(*rest, "There is no '(' before this ')'", "Take it out, or put '(' where the group begins")
        return node if node is not None else All(())

    def _fail(self, start: int, end: int, reason: str, advice: str = "") -> NoReturn:
        raise BadQuery(self.query, start, end, reason, advice)

    def _peek(self) -> tuple[int, int] | None:
        """Where the next token stands; None at the end."""
        match = _TOKEN.match(self.query, self.at)
        return (match.start(match.lastindex or 0), match.end()) if match else None

    def _token(self) -> str:
        place = self._peek()
        return self.query[slice(*place)] if place else ""

    def _either(self, field: str | None, depth: int) -> Node | None:
        """Parts with OR between them; None where there is nothing at all."""
        parts: list[Node] = []
        waiting: tuple[int, int] | None = None
        while True:
            part = self._both(field, depth)
            if part is not None:
                parts.append(part)
            elif waiting is not None or self._token() in ("OR", "|"):
                start, end = waiting or self._peek() or (0, 0)
                side = "after" if waiting is not None else "before"
                self._fail(
                    start, end, f"There is nothing {side} OR", 'Put a term on both sides, or "or" for the word itself'
                )
            if self._token() not in ("OR", "|"):
                break
            waiting = self._peek()
            self.at = waiting[1] if waiting else self.at
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _both(self, field: str | None, depth: int) -> Node | None:
        parts: list[Node] = []
        while True:
            token = self._token()
            if token in ("", ")", "OR", "|"):
                break
            if token == "AND" and (place := self._peek()):
                self.at = place[1]
                if not parts or self._token() in ("", ")", "OR", "|", "AND"):
                    self._fail(
                        *place, "AND needs a term on both sides", 'Leave it out, or write "and" for the word itself'
                    )
                continue
            parts.append(self._unary(field, depth))
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _unary(self, field: str | None, depth: int) -> Node:
        place = self._peek()
        assert place is not None
        start = place[0]
        sign = self.query[start]
        if self._token() == "NOT" or sign in _MINUS:
            self.at = place[1] if self._token() == "NOT" else start + 1
            after = self._peek()
            apart = sign in _MINUS and after is not None and after[0] != self.at
            if after is None or apart or self._token() in (")", "OR", "|", "AND", "NOT") or self._token()[0] in _MINUS:
                name = "NOT" if sign not in _MINUS else sign
                self._fail(
                    start,
                    self.at,
                    f"There is nothing to exclude after '{name}'",
                    "Put it right before a word: -word, or take it out",
                )
            return No(self._primary(field, depth))
        return self._primary(field, depth)

    def _primary(self, field: str | None, depth: int) -> Node:
        place = self._peek()
        assert place is not None
        start, end = place
        self.terms += 1
        if self.terms > MOST_TERMS:
            self._fail(start, end, f"The query has more than {MOST_TERMS} terms", "Leave some out, or search twice")
        if self.query[start] == "(":
            return self._group(field, depth, start)
        if self.query[start] in QUOTES:
            text, text_start, end = self._quoted(start)
            return self._valued(field, text, start, end, text_start) if field else self._phrase(text, start, end)
        self.at = end
        bare = self.query[start:end]
        named = _FIELD.match(bare)
        if named is None:
            return self._valued(field, bare, start, end, start) if field else self._word(bare, start, end)
        if field is not None:
            self._fail(
                start, start + named.end(), f"A field inside {field}:( )", f"Close the group of {field}: before it"
            )
        return self._field(named[1], start, start + named.end(), end)

    def _group(self, field: str | None, depth: int, start: int) -> Node:
        if depth >= DEEPEST:
            self._fail(
                start, start + 1, f"Groups lie more than {DEEPEST} deep", "Take out brackets that are not needed"
            )
        self.at = start + 1
        node = self._either(field, depth + 1)
        if self._token() != ")":
            self._fail(start, start + 1, "This '(' is not closed", "Put ')' where the group ends, or take it out")
        place = self._peek()
        self.at = place[1] if place else self.at
        if node is None:
            self._fail(
                start, self.at, "There is nothing between '(' and ')'", "Take them out, or put a term between them"
            )
        return node

    def _quoted(self, start: int) -> tuple[str, int, int]:
        """What stands in the quotation marks that open at `start`, where that begins, and where the marks end."""
        close = _QUOTE.search(self.query, start + 1)
        if close is None:
            self._fail(start, len(self.query), "The quotation mark is not closed", 'Put " where the phrase ends')
        self.at = close.end()
        return self.query[start + 1 : close.start()], start + 1, close.end()

    def _field(self, written: str, start: int, value_start: int, end: int) -> Node:
        name = written.lower()
        if name not in FIELDS:
            near = fields_like(name, self.query[value_start:end], today=self.today)
            advice = f"Did you mean {' or '.join(near)}?" if near else _all_fields()
            if self.query[value_start : value_start + 2] == "//":
                advice = f'For an address write url:"{self.query[start:end]}"'
            elif value_start < end or not near:
                advice += f' For the words themselves: "{self.query[start:end]}"'
            self._fail(start, value_start, f"No field '{written}'", advice)
        if value_start < end:
            return self._valued(name, self.query[value_start:end], start, end, value_start)
        self.at = value_start
        following = self.query[value_start : value_start + 1]
        if following == "(":
            return self._group(name, 1, value_start)
        if not following or following not in QUOTES:
            how = f"Write it right after the colon: {FIELDS[name].example}"
            self._fail(start, value_start, f"{name}: has no value", how)
        text, text_start, end = self._quoted(value_start)
        return self._valued(name, text, start, end, text_start)

    def _valued(self, field: str, value: str, start: int, end: int, value_start: int) -> Node:
        def fail(first: int, last: int, reason: str, advice: str) -> NoReturn:
            self._fail(value_start + first, value_start + last, reason, advice)

        if not value.strip():
            self._fail(start, end, f"{field}: has no value", f"For example: {FIELDS[field].example}")
        return leaf_of(field, value, start, end, today=self.today, fail=fail)

    def _phrase(self, text: str, start: int, end: int) -> Node:
        star = text.rstrip().endswith("*")
        if self.query[end : end + 1] == "*":
            star, end = True, end + 1
            self.at = end
        return self._words(text.rstrip().removesuffix("*"), start, end, exact=True, prefix=star)

    def _word(self, bare: str, start: int, end: int) -> Node:
        before = self.query[:start].split()
        if bare.startswith(":") and before and before[-1].lstrip("(-").lower() in FIELDS:
            field = before[-1].lstrip("(-")
            self._fail(start, end, f"{field} and its colon are apart", f"Write {field}:{bare[1:]} without a space")
        return self._words(bare.removesuffix("*"), start, end, exact=False, prefix=bare.endswith("*"))

    def _words(self, text: str, start: int, end: int, *, exact: bool, prefix: bool) -> Node:
        if "*" in text:
            place = self.query.index("*", start)
            self._fail(place, place + 1, "'*' stands at the end of a word only", f"Write {words_of(text)}*")
        parts = tuple(words_in(text))
        if not parts:
            what = "The quotation marks hold no word" if exact else f"'{self.query[start:end]}' has no letter or digit"
            self._fail(start, end, what, "Take it out, or put a word there")
        if prefix and len(parts[-1]) < SHORTEST_PREFIX:
            self._fail(
                start, end, f"'{parts[-1]}*' would find too much", f"Give at least {SHORTEST_PREFIX} letters before '*'"
            )
        return Words(parts, start, end, exact=exact, prefix=prefix)


def words_of(text: str) -> str:
    """What stands before the first star of a word, or behind it."""
    return text.partition("*")[0] or text.strip("*").partition("*")[0]


def _all_fields() -> str:
    return f"There are {', '.join(f'{each}:' for each in FIELDS)}."
