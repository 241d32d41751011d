"""An article as its page shows it: its lines in pieces with their marks, and the notes that stand beside each line.

Everything here is plain text that the template escapes; numbers of attributions are unique on the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sayso.desk.article_forms import Judged, Line, Link, Note, Piece, Ref, judged
from sayso.desk.corrected import Remark
from sayso.documents import Article
from sayso.exports.checkparts import shortened
from sayso.exports.groups import elsewhere
from sayso.exports.htmlparts import Scene, line
from sayso.exports.marking import Marking, numbers_of, ref_at
from sayso.exports.outline import Entry, printable, title_of, words
from sayso.exports.segments import Segment, blocks, cut, share_out
from sayso.exports.tags import occasion_line, tags
from sayso.verdicts import FigureVerdict, HeadlineVerdict, QuoteVerdict, Verdict

_SIGNS = {"bad": "✕", "doubt": "?", "note": "·", "good": "✓"}
_LONGEST_TRACED = 300
"""Characters of a statement that an address carries to the page that traces it."""
_LOUD = {"stance", "polarity", "unsure"}


class ArticlePage:
    """The lines of an article; `places` and `remarks` come from the archive, where the article is in it."""

    def __init__(
        self,
        article: Article,
        *,
        places: Mapping[str, int] | None = None,
        remarks: Mapping[str, Sequence[Remark]] | None = None,
    ) -> None:
        self.article = article
        self.scene = Scene(article, 1, first=1, first_member=1, by_speaker=False)
        self.marking = Marking(self.scene)
        self.places = places or {}
        self.remarks = remarks or {}
        self._statements = {name: each.id for each in article.statements for name in each.attributions}
        self._judged: dict[str, list[Judged]] = {}
        self._decided: dict[str, list[Remark]] = {}
        for verdict in article.verdicts:
            if verdict.attribution is None:
                continue
            self._decided.setdefault(verdict.attribution, []).extend(self.remarks.get(verdict.id, ()))
            if _is_shown(verdict):
                self._judged.setdefault(verdict.attribution, []).append(judged(verdict))
        self.title = title_of(article)
        self.lines = self._lines()

    def _lines(self) -> list[Line]:
        scene, layout = self.scene, blocks(self.article)
        tops = {id(inner): entry for entry in scene.outline for inner in _within(entry)}
        waiting = sorted(((ref_at(entry), order, entry) for order, entry in enumerate(scene.entries)), reverse=True)
        noted: set[int] = set()
        lines: list[Line] = []
        for block, own in zip(layout, share_out(self.marking.marks, layout), strict=True):
            found = Line(block.kind, [], start=block.span.start)
            end = len(self.article.text) if block is layout[-1] else block.span.end
            segments = cut(block.span, own)
            for segment in segments:
                until = end if segment is segments[-1] else segment.span.end
                refs: list[Ref] = []
                while waiting and waiting[-1][0] <= until:
                    entry = waiting.pop()[2]
                    refs.append(self._ref(entry))
                    top = tops.get(id(entry), entry)
                    if id(top) not in noted:
                        noted.add(id(top))
                        found.notes.append(self.note(top))
                found.pieces.append(self._piece(segment, refs))
            lines.append(found)
        return _with_headline(lines, self.title) if self.article.headline is None else lines

    def _piece(self, segment: Segment, refs: Sequence[Ref]) -> Piece:
        text = printable(segment.span.of(self.article.text))
        if not segment.marks:
            return Piece(text, refs=refs)
        return Piece(
            text,
            " ".join(self.marking.classes_of(segment)),
            _listed(numbers_of(segment)),
            _listed(segment.numbers("source")),
            _listed(segment.numbers("cue")),
            _listed(segment.numbers("mention")),
            refs,
        )

    def _ref(self, entry: Entry) -> Ref:
        attribution, member = entry.attribution, self.scene.member(entry)
        verdicts = self._judged.get(attribution.id, [])
        gravest = min(verdicts, key=lambda each: list(_SIGNS).index(each.weight), default=None)
        cue = line(attribution.cue, self.article.text)
        label = f"Statement {entry.number}: {self.scene.who(attribution)}, {cue}".rstrip(", ")
        label += f"; {gravest.value}" if gravest else ""
        said = self.scene.statement_of[id(entry)]
        return Ref(
            self.scene.number(entry),
            attribution.id,
            self.scene.hue(entry),
            member.badge if member else "",
            entry.number,
            printable(label),
            gravest.weight if gravest else "",
            _SIGNS[gravest.weight] if gravest else "",
            self._statements.get(attribution.id, "") if said.entry is entry else "",
        )

    def note(self, entry: Entry) -> Note:
        """The note of an attribution, with those inside it."""
        scene, attribution, text = self.scene, entry.attribution, self.article.text
        member, said = scene.member(entry), scene.statement_of[id(entry)]
        source, meant = printable(line(attribution.source, text)), scene.cast.aside(attribution)
        content = printable(words(attribution.content, text))
        statement = self._statements.get(attribution.id, "")
        about = ", ".join(scene.cast.name(each) for each in dict.fromkeys(attribution.about))
        is_fullest = entry is said.entry
        links = [self._link(each.words, each.entry) for each in said.links] if is_fullest else []
        links += [
            self._link(f"also in the {place}", each) for place, each in elsewhere(said, self.article)
        ] * is_fullest
        return Note(
            number=scene.number(entry),
            id=attribution.id,
            shown=entry.number,
            hue=scene.hue(entry),
            badge=member.badge if member else "",
            who=member.name if member else meant or source or "no source named",
            known=member is not None,
            source=source,
            hidden=bool(source and meant),
            cue=printable(line(attribution.cue, text)),
            words=content,
            tags=[(each, each.kind in _LOUD) for each in tags(attribution, self.article)],
            verdicts=_counted(self._judged.get(attribution.id, [])),
            occasion=occasion_line(attribution.occasion, text),
            about=about,
            links=links,
            same_as=None if is_fullest else self._link("same as", said.entry),
            trace=shortened(content, _LONGEST_TRACED).removesuffix(" …"),
            statement=statement,
            member=scene.member_number(member) if member else 0,
            speaker=attribution.speaker or "",
            remarks=[*self.remarks.get(attribution.id, ()), *self._decided.get(attribution.id, ())],
            inner=[self.note(each) for each in entry.inner],
        )

    def _link(self, told: str, entry: Entry) -> Link:
        member = self.scene.member(entry)
        who = member.name if member else self.scene.cast.undecided(entry.attribution)
        return Link(told, self.scene.number(entry), entry.attribution.id, entry.number, who)


def _counted(verdicts: Sequence[Judged]) -> list[Judged]:
    """Each verdict once, with how often it was given."""
    return [replace(each, count=verdicts.count(each)) for each in dict.fromkeys(verdicts)]


def _is_shown(verdict: Verdict) -> bool:
    if isinstance(verdict, QuoteVerdict):
        return not verdict.indirect and verdict.value != "unchecked"
    # Of the headline the page tells above the article, where it is.
    return isinstance(verdict, FigureVerdict) and not isinstance(verdict, HeadlineVerdict)


def _within(entry: Entry) -> list[Entry]:
    return [found for each in entry.inner for found in (each, *_within(each))]


def _listed(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers))


def _with_headline(lines: list[Line], title: str) -> list[Line]:
    return [Line("headline", [Piece(title)]), *lines]
