"""Who of an article's speakers is whom in the archive: found by name, told apart by titles, else a new one.

Invariants: nobody without a name is joined over articles; a surname alone is joined only with an office that one known
bearer has; decisions come before rules. A speaker that was merged into another keeps its keys: what is found by them
goes to the one that it was merged into, and comes back to it when that is undone.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from sayso.archive.people.identifying import Local, locals_of
from sayso.archive.people.known import Known, Register
from sayso.archive.people.naming import fold_name, persons_agree
from sayso.archive.people.profiles import agreement, contradiction
from sayso.archive.schema import appearance, version
from sayso.documents import Article

_PROOF = 2
"""Weight of what two profiles share from which on a short form or an initial is the same person's."""
_FAR_MORE = 3
"""Times as many articles, from which on a bearer of a name is meant where nothing tells which one is."""

_OF_COPIES = (
    select(appearance)
    .join(version, version.c.id == appearance.c.version_id)
    .where(version.c.text_id == bindparam("text_id"), version.c.newest)
    .order_by(appearance.c.id)
    .limit(500)
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Which speaker of the archive a speaker of an article is."""

    speaker_id: int
    reason: str
    """Why, in words."""
    found_id: int | None = None
    """The speaker that the rule found, where a merge leads on from it to `speaker_id`."""
    decision_id: int | None = None
    """The decision that it rests on; None where the rule found it."""


def resolve(
    connection: Connection, article: Article, *, outlet: str | None, before: int | None = None
) -> dict[str, Resolved]:
    """By the id of each speaker of an article, those talked about included: which speaker of the archive it is.

    Speakers that the archive does not have are put in, with their keys; appearances are not. `before` is the version
    (its id) of the same article that this one replaces, while its appearances are still there: what was decided for
    its speakers holds on.
    """
    return _Resolving(connection, locals_of(article, outlet=outlet)).run(article, before)


class _Resolving:
    def __init__(self, connection: Connection, speakers: list[Local]) -> None:
        self.connection = connection
        self.locals = speakers
        self.register = Register(connection)
        self.chosen: dict[str, tuple[Known, str, int | None]] = {}

    def run(self, article: Article, before: int | None) -> dict[str, Resolved]:
        self.register.load({key for each in self.locals for key in each.lookups})
        if before is not None:
            self._keep(before)
        elif any(each.may_be_copied for each in self.locals):
            self._take_from_copy(article)
        # full names first: a surname is never one who is named in full beside it
        for each in sorted(self.locals, key=lambda one: one.surname_only):
            if each.id not in self.chosen:
                self._choose(each)
        self.register.put_in(list({id(known): known for known, _, _ in self.chosen.values()}.values()))
        found = {}
        for each in self.locals:
            known, reason, decision = self.chosen[each.id]
            live, last = self.register.live(known)
            base = known.id if live is not known else None
            assert live.id is not None
            found[each.id] = Resolved(live.id, reason, base, last if last is not None else decision)
        return found

    # earlier decisions

    def _keep(self, before: int) -> None:
        """What the version before has: the same names, and a name now written in full where a decision stands."""
        rows = self.connection.execute(select(appearance).where(appearance.c.version_id == before)).all()
        self.register.fetch({row.found_id or row.speaker_id for row in rows} | {row.speaker_id for row in rows})
        left = list(rows)
        for each in self.locals:
            fitting = [r for r in left if r.kind == each.kind and fold_name(r.name) == fold_name(each.name)]
            if not fitting and each.kind == "person":
                fitting = [
                    r
                    for r in left
                    if r.decision_id and r.kind == "person" and persons_agree(r.name, each.name) != "contradict"
                ]
                fitting = fitting if len(fitting) == 1 else []
            if fitting:
                row = fitting[0]
                left.remove(row)
                self._join(each, self.register.by_id[row.found_id or row.speaker_id], row.reason, row.decision_id)

    def _take_from_copy(self, article: Article) -> None:
        """Those with a name only of a text that is in already: the same words, word for word, are of the same."""
        rows = self.connection.execute(_OF_COPIES, {"text_id": article.id}).all()
        if not rows:
            return
        names = {(row.kind, row.name): row for row in reversed(rows)}
        wanted = {
            each.id: row
            for each in self.locals
            if each.may_be_copied and (row := names.get((each.kind, each.name))) is not None
        }
        self.register.fetch({row.found_id or row.speaker_id for row in wanted.values()})
        for each in self.locals:
            if each.id in wanted:
                row = wanted[each.id]
                self._join(
                    each, self.register.by_id[row.found_id or row.speaker_id], "named so in a copy of this text", None
                )

    # the rules

    def _choose(self, each: Local) -> None:
        if not each.lookups:
            self._new(each, each.why_alone)
        elif each.surname_only:
            self._choose_by_surname(each)
        elif each.kind == "person":
            self._choose_person(each)
        else:
            self._choose_named(each)

    def _choose_person(self, each: Local) -> None:
        same: list[Known] = []
        close: list[Known] = []
        against = ""
        for known in self.register.with_keys(each.lookups):
            level = known.level(each.name)
            clash = None if level == "contradict" else contradiction(known.profile, each.profile)
            if level == "contradict":
                against = against or f"another than {known.name}: their names differ"
            elif clash is not None:
                against = f"another than the {known.name} known before: {clash}"
            else:
                (same if level == "same" else close).append(known)
        same, close = self.register.one_each(same), self.register.one_each(close)
        if len(same) == 1:
            self._join(each, same[0], _because("the same name", same[0], each))
        elif same:
            self._choose_among(each, same)
        else:
            self._choose_close(each, close, against)

    def _choose_among(self, each: Local, bearers: list[Known]) -> None:
        """Several bear the name: the one whose titles agree best, else the one of whom far more is heard."""
        weights = sorted(((known.weight(each.profile), at) for at, known in enumerate(bearers)), reverse=True)
        if weights[0][0] > weights[1][0]:
            best = bearers[weights[0][1]]
            self._join(each, best, _because("one of several of that name", best, each))
            return
        counts = sorted(((self.register.articles(known), at) for at, known in enumerate(bearers)), reverse=True)
        if counts[0][0] >= _FAR_MORE * max(1, sum(count for count, _ in counts[1:])):
            reason = f"the best known of {len(bearers)} of that name: nothing in the article tells which"
            self._join(each, bearers[counts[0][1]], reason)
            return
        self._new(each, f"one of {len(bearers)} of that name: nothing in the article tells which", unsure=True)

    def _choose_close(self, each: Local, close: list[Known], against: str) -> None:
        proven = [known for known in close if known.weight(each.profile) >= _PROOF]
        if len(proven) == 1:
            known = proven[0]
            reason = f"a form of the name {known.name}"
            self._join(each, known, _because(reason, known, each))
        else:
            self._new(each, against or "the first article with this name")

    def _choose_by_surname(self, each: Local) -> None:
        taken = {id(self.register.live(known)[0]) for known, _, _ in self.chosen.values()}
        bearers = [
            known
            for known in self.register.with_keys(each.lookups)
            if id(self.register.live(known)[0]) not in taken
            and known.level(each.name) != "contradict"
            and contradiction(known.profile, each.profile) is None
            and known.weight(each.profile) >= _PROOF
        ]
        live = {id(self.register.live(known)[0]) for known in bearers}
        if len(live) == 1:
            known = bearers[0]
            self._join(each, known, _because(f"the one {known.name} with that surname and office", known, each))
        elif live:
            self._new(each, f"a surname that {len(live)} bear with such an office")
        else:
            self._new(each, "a surname alone, with no office that a known bearer has")

    def _choose_named(self, each: Local) -> None:
        for key in each.lookups:
            bearers = self.register.one_each(
                [known for known in self.register.with_keys([key]) if known.kind == each.kind or key[:2] == "g:"]
            )
            if len(bearers) == 1:
                self._join(each, bearers[0], each.why_joined)
                return
            if bearers:
                self._choose_among(each, bearers)
                return
        self._new(each, "the first article with this name")

    # what comes of it

    def _join(self, each: Local, known: Known, reason: str, decision: int | None = None) -> None:
        self.chosen[each.id] = known, reason, decision
        known.learn(each.keys)

    def _new(self, each: Local, reason: str, *, unsure: bool = False) -> None:
        known = Known(None, each.shown, each.kind, stands_for=each.stands_for)
        known.learn(each.unsure_keys if unsure else each.keys)
        self.register.add(known)
        self.chosen[each.id] = known, reason, None


def _because(reason: str, known: Known, each: Local) -> str:
    return "; ".join([reason, *(words for words, _ in agreement(known.profile, each.profile))])
