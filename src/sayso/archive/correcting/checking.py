"""What a correction may say: looked at before it is kept, and put into the one form that is kept.

Spans come in as somebody marked them: white space at their ends is taken off, and one over several lines becomes one
for each, as those that sayso reads are.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import Any, NoReturn, get_args

from sayso.archive.correcting.following import judge
from sayso.archive.correcting.forms import FIELDS, WHOLE
from sayso.archive.keeping.layers import storable
from sayso.documents import Article, Span
from sayso.errors import BadRequest, NoSuchEntry
from sayso.records import Act, Attribution, Commitment, Polarity, Quotation, SpeakerKind, depths_of
from sayso.verdicts import FigureValue, HeadlineFinding, QuoteValue, Verdict

PARTS = ("source", "cue", "content")
_MOST_SPANS = 100
_MOST_LETTERS = 500
_ALLOWED: dict[str, tuple[str, ...]] = {
    "stance": get_args(Commitment),
    "quotation": get_args(Quotation),
    "act": get_args(Act),
    "polarity": get_args(Polarity),
}
_VERDICTS: dict[str, tuple[str, ...]] = {
    "quote": get_args(QuoteValue),
    "headline": get_args(HeadlineFinding),
    "figure": get_args(FigureValue),
}
SPEAKER_KINDS: tuple[str, ...] = get_args(SpeakerKind)
_NEW_ID = re.compile(r"c-[a-z0-9]{1,12}", re.ASCII)
_LINE = re.compile(r"[^\n]+")


def before_and_after(article: Article, read: Article, *, field: str, target: str, after: Any) -> tuple[Any, Any]:
    """What stands there and what shall stand there, both in the form that is kept.

    `article` has the corrections so far, `read` has none. Raises NoSuchEntry for a target, speaker or attribution that
    is not there; BadRequest for a value that will not do.
    """
    if field not in FIELDS:
        _refuse("field", f"{field!r} is none; one of {', '.join(FIELDS)}")
    if field == "added":
        if not _NEW_ID.fullmatch(target):
            _refuse(
                "target", f"{target[:40]!r} will not do for a new attribution; leave it empty, or take one like c-a1"
            )
        return None, _added(article, target, after)
    if field == "verdict" or (field == "confirmed" and any(each.id == target for each in article.verdicts)):
        return _verdict(_verdict_of(article, target), field, after)
    if field == "confirmed" and target == WHOLE:
        return None, {}
    attribution = attribution_of(article, target)
    if field == "spans":
        first = next((each for each in read.attributions if each.id == target), None)
        return spans_to_json(attribution), _spans(article, after, now=attribution, first=first)
    if field == "speaker":
        return {"speaker": attribution.speaker}, _speaker(article, after)
    if field == "inside":
        return {"inside": attribution.inside}, {"inside": _inside(article, target, after)}
    if field == "stance":
        words = [list(span) for span in attribution.stance.words]
        return {"value": attribution.stance.value, "words": words}, _stance(article, after)
    if field in _ALLOWED:
        return {"value": getattr(attribution, field)}, {"value": _value(field, after)}
    return (spans_to_json(attribution) if field == "removed" else None), {}


def attribution_of(article: Article, target: str) -> Attribution:
    """The attribution of that id. Raises NoSuchEntry."""
    found = next((each for each in article.attributions if each.id == target), None)
    if found is None:
        raise NoSuchEntry("attribution", target, advice="Its id is the one in the article's record")
    return found


def spans_to_json(attribution: Attribution) -> dict[str, Any]:
    """The spans of an attribution, by part."""
    return {part: [list(span) for span in getattr(attribution, part)] for part in PARTS}


def spans_from_json(after: dict[str, Any]) -> dict[str, list[Span]]:
    """The same back."""
    return {part: [Span(*span) for span in after[part]] for part in PARTS}


def _verdict_of(article: Article, target: str) -> Verdict:
    found = next((each for each in article.verdicts if each.id == target), None)
    if found is None:
        advice = "" if article.verdicts else "The article was not checked: sayso archive check"
        raise NoSuchEntry("verdict", target, advice=advice)
    return found


def _verdict(verdict: Verdict, field: str, after: Any) -> tuple[Any, Any]:
    before = {"value": verdict.value, "doubt": verdict.doubt}
    if field == "confirmed":
        return before, {}
    value = after.get("value") if isinstance(after, dict) else after
    allowed = _VERDICTS[verdict.check]
    if value not in allowed:
        _refuse("after.value", f"{value!r} is no verdict on a {verdict.check}; one of {', '.join(allowed)}")
    return before, {"value": value}


def _value(field: str, after: Any) -> str:
    value = after.get("value") if isinstance(after, dict) else after
    if value not in _ALLOWED[field]:
        _refuse("after.value", f"{value!r} is no {field}; one of {', '.join(_ALLOWED[field])}")
    return str(value)


def _stance(article: Article, after: Any) -> dict[str, Any]:
    value = _value("stance", after)
    words = after.get("words") if isinstance(after, dict) else None
    found = _read_spans(article, words, "after.words") if words and value != "neutral" else []
    return {"value": value, "words": [list(span) for span in found]}


def _spans(
    article: Article, after: Any, *, now: Attribution | None = None, first: Attribution | None = None
) -> dict[str, Any]:
    """`now` has the parts that are not given; `first` is the attribution as it was read, where it was."""
    if not isinstance(after, dict):
        _refuse("after", "it takes source, cue and content, each a list of [start, end]")
    found: dict[str, list[Span]] = {}
    for part in PARTS:
        if part in after or now is None:
            found[part] = _read_spans(article, after.get(part) or [], f"after.{part}")
        else:
            found[part] = list(getattr(now, part))
    if not found["content"]:
        _refuse("after.content", "it is empty: mark the words that are reported, or remove the attribution")
    _refuse_overlaps(found, {} if now is None else {part: getattr(now, part) for part in PARTS})
    judged = judge(article, first, found)
    return {**{part: [list(span) for span in spans] for part, spans in found.items()}, "judged": judged}


def _refuse_overlaps(found: dict[str, list[Span]], now: dict[str, list[Span]]) -> None:
    """Where parts share characters and did not before: a word is of the source, of the cue or of the content."""
    for one, other in combinations(PARTS, 2):
        if found[one] == now.get(one) and found[other] == now.get(other):
            continue
        for span in found[one]:
            if shared := next((each for each in found[other] if span.overlaps(each)), None):
                _refuse(f"after.{other}", f"{list(shared)} overlaps the {one}, {list(span)}")


def _read_spans(article: Article, some: Any, name: str) -> list[Span]:
    length = len(article.text)
    if not isinstance(some, list) or len(some) > _MOST_SPANS:
        _refuse(name, f"it takes a list of [start, end], at most {_MOST_SPANS}")
    spans = []
    for each in some:
        pair = each if isinstance(each, list | tuple) and len(each) == 2 else (None, None)
        start, end = pair
        if type(start) is not int or type(end) is not int:
            _refuse(name, f"{each!r} is no [start, end]")
        if not 0 <= start < end <= length:
            _refuse(name, f"[{start}, {end}] is not in the article, which has {length} characters")
        spans.append(Span(start, end))
    spans.sort()
    for one, other in pairwise(spans):
        if one.overlaps(other):
            _refuse(name, f"{list(one)} and {list(other)} overlap")
    found = [piece for span in spans for piece in _by_line(article.text, span)]
    if spans and not any(any(map(str.isalnum, span.of(article.text))) for span in found) and name != "after.cue":
        # A colon or a dash may attribute.
        _refuse(name, "there is no word in it")
    return found


def _by_line(text: str, span: Span) -> list[Span]:
    found = []
    for line in _LINE.finditer(text, span.start, span.end):
        words = line.group()
        start = line.start() + len(words) - len(words.lstrip())
        end = line.start() + len(words.rstrip())
        if start < end:
            found.append(Span(start, end))
    return found


def _speaker(article: Article, after: Any) -> dict[str, Any]:
    if after is None or isinstance(after, str):
        after = {"speaker": after}
    if not isinstance(after, dict) or not ("speaker" in after or "name" in after):
        _refuse("after", 'it takes {"speaker": id or null}, or {"name", "kind"} of one that the article does not have')
    wanted = after.get("speaker")
    if "name" in after and wanted is None:
        return _new_speaker(article, after)
    if wanted is None:
        return {"speaker": None}
    known = next((each for each in (*article.speakers, *article.mentioned) if each.id == wanted), None)
    if known is None:
        raise NoSuchEntry("speaker", str(wanted), tuple(each.id for each in article.speakers[:5]))
    if wanted.startswith("c-"):
        # Whole, so that it stands where the correction that first named it is undone.
        return {"speaker": wanted, "name": known.name, "kind": known.kind}
    return {"speaker": wanted}


def _new_speaker(article: Article, after: dict[str, Any]) -> dict[str, Any]:
    name, kind = after["name"], after.get("kind", "person")
    if not isinstance(name, str) or not any(map(str.isalnum, name)) or len(name) > _MOST_LETTERS:
        _refuse("after.name", f"a speaker needs a name with a letter in it, of at most {_MOST_LETTERS} characters")
    if kind not in SPEAKER_KINDS:
        _refuse("after.kind", f"{kind!r} is no kind of speaker; one of {', '.join(SPEAKER_KINDS)}")
    name = storable(" ".join(name.split()))
    for each in (*article.speakers, *article.mentioned):
        if each.name.casefold() == name.casefold() and each.kind == kind:
            found = {"speaker": each.id}
            return {**found, "name": each.name, "kind": kind} if each.id.startswith("c-") else found
    taken = {each.id for each in (*article.speakers, *article.mentioned)}
    number = next(number for number in range(1, len(taken) + 2) if f"c-s{number}" not in taken)
    return {"speaker": f"c-s{number}", "name": name, "kind": kind}


def _inside(article: Article, target: str, after: Any) -> str | None:
    outer = after.get("inside") if isinstance(after, dict) else after
    if outer is None:
        return None
    if not isinstance(outer, str):
        _refuse("after.inside", f"{outer!r} is no attribution's id")
    attribution_of(article, outer)
    inside = {each.id: each.inside for each in article.attributions}
    inside[target] = outer
    if goes_round(inside, target):
        _refuse("after.inside", f"{outer} lies inside {target} itself" if outer != target else "it is itself")
    return outer


def goes_round(inside: dict[str, str | None], start: str) -> bool:
    """Whether one comes back to an attribution from itself outwards."""
    seen: set[str] = set()
    name: str | None = start
    while name is not None and name not in seen:
        seen.add(name)
        name = inside.get(name)
    return name is not None


def _added(article: Article, target: str, after: Any) -> dict[str, Any]:
    found = _spans(article, after)
    if "speaker" in after or "name" in after:
        told = after.get("speaker")
        plain = {key: after[key] for key in ("speaker", "name", "kind") if key in after}
        found["speaker"] = _speaker(article, told if isinstance(told, dict) else plain)
    if after.get("inside") is not None:
        found["inside"] = _inside(article, target, after["inside"])
    return found


def _refuse(name: str, reason: str) -> NoReturn:
    raise BadRequest(f"The correction cannot be kept: {name}: {reason}", fields=({"field": name, "reason": reason},))


def nested_in_circles(article: Article) -> list[str]:
    """The attributions from which one comes back to themselves; none in a sound article."""
    inside = {each.id: each.inside for each in article.attributions}
    return [name for name in depths_of(article.attributions) if goes_round(inside, name)]
