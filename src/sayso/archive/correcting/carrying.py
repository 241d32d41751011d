"""Corrections that hold on in a new version of their article, or after it was checked anew.

What is found again, word for word, is a row again there, signed and dated as it was, that names the one it comes from.
What is not stays with the old version and is listed so: nothing is lost, and nothing is put where it does not belong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, update

from sayso.archive.clock import now_text
from sayso.archive.correcting.anchors import Anchors, found_again
from sayso.archive.correcting.applying import apply, in_force
from sayso.archive.correcting.checking import PARTS, spans_from_json
from sayso.archive.correcting.following import judge
from sayso.archive.correcting.forms import FIELDS, WHOLE, Correction
from sayso.archive.correcting.rows import of_version, put_in
from sayso.archive.schema import correction
from sayso.documents import Article, Span
from sayso.records import Attribution
from sayso.verdicts import Verdict

NOBODY = "sayso"
"""Who signs what follows from a check alone."""


def carry_on(connection: Connection, *, before: int, old: Article, after: int, new: Article, article_id: int) -> bool:
    """Puts the corrections of a version that are found again into the one that replaces it; whether there are any.

    `before` and `after` are the versions' ids.
    """
    made = of_version(connection, before)
    if not made:
        return False
    rows = [
        {
            "article_id": article_id,
            "version_id": after,
            "field": field,
            "target": target,
            "before": each.before,
            "after": value,
            "reason": each.reason,
            "by": each.by,
            "at": each.at,
            "carried_from": each.id,
        }
        for each, (field, target, value) in carried(made, old, new)
    ]
    put_in(connection, rows)
    return bool(rows)


def carried(
    made: Sequence[Correction], old: Article, new: Article
) -> list[tuple[Correction, tuple[str, str, dict[str, Any]]]]:
    """Of the corrections of an old version those that hold in a new one, each with field, target and value there."""
    carrying = _Carrying(made, old, new)
    found = []
    for each in made:
        if each.undone_by is None and each.field in FIELDS:
            there = carrying.there(each)
            if there is not None:
                found.append((each, there))
    return found


class _Carrying:
    def __init__(self, made: Sequence[Correction], old: Article, new: Article) -> None:
        self.new = new
        self.anchors = Anchors(old.text, new.text)
        self.corrected = apply(old, made).article
        self.old = {each.id: each for each in old.attributions}
        self.now = {each.id: each for each in self.corrected.attributions}
        self.old_article = old
        self.targets: dict[str, str | None] = {}
        self.added: set[str] = set()

    def there(self, each: Correction) -> tuple[str, str, dict[str, Any]] | None:
        if each.field == "added":
            return self._added(each)
        if each.target == WHOLE:
            return (each.field, WHOLE, {}) if self._is_whole() else None
        verdict = next((one for one in self.old_article.verdicts if one.id == each.target), None)
        if verdict is not None and each.field in ("verdict", "confirmed"):
            again = same_verdict(verdict, self.new.verdicts, self.anchors.spans, self._target)
            return None if again is None else (each.field, again.id, each.after)
        target = self._target(each.target)
        if target is None:
            return None
        value = _VALUES.get(each.field, _as_it_is)(self, each.after)
        return None if value is None else (each.field, target, value)

    def _target(self, name: str | None) -> str | None:
        """The id in the new version of an attribution of the old one."""
        if name is None or name in self.added:
            return name
        if name not in self.targets:
            contents = [one[name].content for one in (self.old, self.now) if name in one]
            again = (found_again(self.anchors, self.new.attributions, each) for each in contents)
            self.targets[name] = next((each.id for each in again if each is not None), None)
        return self.targets[name]

    def _is_whole(self) -> bool:
        """Whether nothing but head or source changed: what was confirmed as a whole is the same whole."""
        one, other = self.old_article, self.new
        return self.anchors.same and [_bare(each) for each in one.attributions] == [
            _bare(each) for each in other.attributions
        ]

    def _added(self, each: Correction) -> tuple[str, str, dict[str, Any]] | None:
        content = spans_from_json(each.after)["content"]
        again = found_again(self.anchors, self.new.attributions, content)
        if again is not None:
            # By now it is read: what is left of having added it is that somebody says it is one.
            self.targets[each.target] = again.id
            return "confirmed", again.id, {}
        value = self.spans(each.after)
        if value is None:
            return None
        if "speaker" in each.after:
            speaker = self.speaker(each.after["speaker"])
            value |= {} if speaker is None else {"speaker": speaker}
        inside = self._target(each.after.get("inside"))
        value |= {} if inside is None else {"inside": inside}
        self.added.add(each.target)
        return "added", each.target, value

    # values, by field

    def spans(self, after: dict[str, Any]) -> dict[str, Any] | None:
        found: dict[str, list[Span]] = {}
        for part, spans in spans_from_json(after).items():
            moved = self.anchors.spans(spans)
            if moved is None:
                return None
            found[part] = moved
        judged = {**after.get("judged", {}), "quotation": judge(self.new, None, found)["quotation"]}
        if "stance" in judged:
            judged["stance"] = self.stance(judged["stance"])
        return {**{part: [list(span) for span in found[part]] for part in PARTS}, "judged": judged}

    def speaker(self, after: dict[str, Any]) -> dict[str, Any] | None:
        name = after["speaker"]
        if name is None:
            return after
        people = (*self.corrected.speakers, *self.corrected.mentioned)
        who = next((each for each in people if each.id == name), None)
        shown, kind = (after["name"], after["kind"]) if "name" in after else (who and who.name, who and who.kind)
        for each in (*self.new.speakers, *self.new.mentioned):
            if (each.name, each.kind) == (shown, kind):
                return {"speaker": each.id}
        return after if "name" in after else None

    def inside(self, after: dict[str, Any]) -> dict[str, Any] | None:
        if after["inside"] is None:
            return after
        outer = self._target(after["inside"])
        return None if outer is None else {"inside": outer}

    def stance(self, after: dict[str, Any]) -> dict[str, Any]:
        words = self.anchors.spans([Span(*span) for span in after.get("words", ())])
        return {"value": after["value"], "words": [list(span) for span in words or ()]}


def _as_it_is(_: _Carrying, after: dict[str, Any]) -> dict[str, Any]:
    return after


_VALUES: dict[str, Callable[[_Carrying, dict[str, Any]], dict[str, Any] | None]] = {
    "spans": _Carrying.spans,
    "speaker": _Carrying.speaker,
    "inside": _Carrying.inside,
    "stance": _Carrying.stance,
}


def _bare(each: Attribution) -> tuple[Any, ...]:
    return each.source, each.cue, each.content, each.speaker, each.stance.value, each.act, each.polarity


def same_verdict(
    verdict: Verdict,
    others: Sequence[Verdict],
    spans: Callable[[Sequence[Span]], list[Span] | None],
    target: Callable[[str | None], str | None],
) -> Verdict | None:
    """The verdict among others that says the same of the same words."""
    there, judged = spans(verdict.spans), target(verdict.attribution)
    for each in others:
        same = (each.check, each.value, each.attribution) == (verdict.check, verdict.value, judged)
        if same and each.spans == there:
            return each
    return None


def carry_verdicts(connection: Connection, version_id: int, article_id: int, old: Article, new: Article) -> None:
    """After another check of the same version: what was decided on a verdict that says the same again goes to that one;
    where the check comes to something else, it is undone in the name of sayso, with the reason."""
    known = {each.id: each for each in old.verdicts}
    attributions = {each.id for each in old.attributions}
    for each in in_force(of_version(connection, version_id)):
        if each.field not in ("verdict", "confirmed") or each.target not in known or each.target in attributions:
            continue
        again = same_verdict(known[each.target], new.verdicts, list, lambda name: name)
        if again is not None and again.id == each.target:
            continue
        told = "with another result" if again is None else f"it is {again.id} now"
        row = {
            "article_id": article_id,
            "version_id": version_id,
            "field": "undo",
            "target": str(each.id),
            "before": each.after,
            "after": None,
            "reason": f"the article was checked again, {told}",
            "by": NOBODY,
            "at": now_text(),
        }
        (number,) = put_in(connection, [row])
        connection.execute(update(correction).where(correction.c.id == each.id).values(undone_by=number))
        if again is not None:
            same = {"field": each.field, "target": again.id, "before": each.before, "after": each.after}
            signed = {"reason": each.reason, "by": each.by, "at": each.at, "carried_from": each.id}
            put_in(connection, [{**row, **same, **signed}])


def mark_checked(connection: Connection, version_id: int, *, at: str | None) -> None:
    """Says of a version's corrections whether its verdicts were made with them: those in force, where `at` is given."""
    of_these = correction.c.version_id == version_id
    connection.execute(update(correction).where(of_these).values(checked_at=None))
    if at is not None:
        ids = [each.id for each in in_force(of_version(connection, version_id))]
        connection.execute(update(correction).where(correction.c.id.in_(ids)).values(checked_at=at))
