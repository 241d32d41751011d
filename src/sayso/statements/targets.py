"""Which words of somebody else a statement takes up, where it only points at them: "denied that", "her remarks",
"rejected the criticism", "denied selling it".

Precision first: where the noun that points has words beside it ("the sabotage theory"), they must come back in what is
meant, and where nothing but nearness speaks for a report, it must stand right before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator

from sayso.documents import Article
from sayso.extraction.sentences import Sentences
from sayso.statements.answering import class_stems, cue_stems, is_claim, name_stems, own_titles
from sayso.statements.merging import rarest
from sayso.statements.pointers import Pointer, classes_of_noun
from sayso.statements.reports import Report
from sayso.statements.wording import is_stopword, stem

_SHARE = 0.7
"""Of the stems of a denial or a confirmation, how many the other's words must have."""
RARE = 3
"""Contents that a word may stand in for it to tell by itself what is spoken of."""
_MOST_SHARED = 24
_CLOSE = 2
"""Blocks that an accusation in plain words may stand before its denial."""
_LIKELY = 2
"""Candidates that may be the speaker where nobody knows; the others trail."""
_EARLY = 4
"""Words of a denial among which the verb stands that is denied."""
_FARTHEST = 12
"""Reports that a pointing word reaches back over."""
_SENTENCE_OPENS = re.compile(r"(?:^|[.!?]\s+)(?:that\s+|[\"“‘']+)?$")
_CAPITALISED = re.compile(r"\b[A-Z]\w*")


class Targets:
    """The reports of an article, looked through for the one that another takes up."""

    def __init__(self, article: Article, reports: list[Report]) -> None:
        self.text = article.text
        self.reports = reports
        self.ordered = sorted(self.reports, key=lambda each: (each.start, each.number))
        self.starts = [each.start for each in self.ordered]
        self.place = {each.number: place for place, each in enumerate(self.ordered)}
        self.by_id = {each.attribution.id: each for each in self.reports}
        self.children: dict[str, list[Report]] = defaultdict(list)
        for each in self.ordered:
            if each.attribution.inside is not None:
                self.children[each.attribution.inside].append(each)
        self.lead = [each for each in self.ordered if each.zone == 1]
        self.sentences = Sentences(article)
        self.block = {each.number: self.sentences.block_at(each.start) for each in self.reports}
        self.counts = Counter(one for each in self.reports for one in each.wording.stems)
        self.sharing: dict[str, list[Report]] = defaultdict(list)
        for each in self.ordered:
            for one in each.wording.stems:
                self.sharing[one].append(each)
        self.names = {each.id: name_stems(each.name) for each in article.speakers}
        # Of "an officer of the council" the council's words can be meant, of one Morgan those of another cannot.
        self.common = {each.id: name_stems(_CAPITALISED.sub("", each.name)) for each in article.speakers}
        self.titles = own_titles(article)
        self.told: dict[str, frozenset[str]] = {}
        for statement in article.statements:
            stems = frozenset(one for name in statement.attributions for one in self.by_id[name].wording.stems)
            self.told |= dict.fromkeys(statement.attributions, stems)

    def name_of(self, report: Report) -> frozenset[str]:
        """The stems of the name of a report's speaker."""
        return self.names.get(report.attribution.speaker or "", frozenset())

    def titles_of(self, report: Report) -> list[frozenset[str]]:
        """The stems of each title of a report's speaker."""
        return self.titles.get(report.attribution.speaker or "", [])

    def words(self, report: Report, *, first: bool = False) -> str:
        """A report's content in small letters; with `first` only its first span."""
        spans = report.attribution.content[:1] if first else report.attribution.content
        return " ".join(" ".join(span.of(self.text).lower().split()) for span in spans)

    def cue(self, report: Report) -> str:
        """A report's cue in small letters."""
        return " ".join(" ".join(span.of(self.text).lower().split()) for span in report.attribution.cue)

    def encloses(self, outer: Report, inner: Report) -> bool:
        """Whether one report lies inside another, at any depth."""
        name = inner.attribution.inside
        for _ in range(inner.depth + 1):
            if name is None or name not in self.by_id:
                return False
            if name == outer.attribution.id:
                return True
            name = self.by_id[name].attribution.inside
        return False

    def is_others(self, report: Report, other: Report) -> bool:
        """Whether two reports are known not to be of one speaker, and neither lies inside the other."""
        a, b = report.attribution.speaker, other.attribution.speaker
        apart = a is not None and a != b and (b is not None or is_claim(self.cue(other)))
        apart = apart or self._of_others(report, other) or self._of_others(other, report)
        return apart and not self.encloses(report, other) and not self.encloses(other, report)

    def _of_others(self, doubtful: Report, other: Report) -> bool:
        """Whether nobody knows which of several a report is by, and the speaker of another is none of them."""
        may_be = {each.speaker for each in doubtful.attribution.candidates[:_LIKELY]}
        speaker, one = other.attribution.speaker, doubtful.attribution.speaker
        return one is None and len(may_be) > 0 and speaker is not None and speaker not in may_be

    def is_about(self, report: Report, other: Report) -> bool:
        """Whether other words speak of a report's speaker, as far as the record or the names show."""
        speaker = report.attribution.speaker
        named = self.name_of(report) & other.wording.stems
        return speaker is not None and (
            speaker in other.attribution.about
            or bool(named)
            or any(title and title <= other.wording.stems for title in self.titles_of(report))
        )

    def before(self, report: Report) -> Iterator[Report]:
        """The reports that begin before a report, the nearest first, as far back as a pointing word reaches."""
        place = self.place[report.number]
        return reversed(self.ordered[max(0, place - _FARTHEST) : place])

    def between(self, one: Report, other: Report) -> list[Report]:
        """The reports that begin between two."""
        return self.ordered[self.place[one.number] + 1 : self.place[other.number]]

    def last(self, report: Report, *, blocks: int = 1) -> Report | None:
        """The nearest report of somebody else before this one that lies in no other, at most some blocks away."""
        for other in self.before(report):
            if other.depth == 0 and self.is_others(report, other) and other.zone == min(report.zone, other.zone):
                near = 0 <= self.block[report.number] - self.block[other.number] <= blocks
                return other if near and (other.zone == 0) == (report.zone == 0) else None
        return None

    def run_start(self, report: Report) -> Report:
        """The first of the unbroken run of reports that its speaker has in its block."""
        first = report
        for other in self.before(report):
            if other.depth or self.block[other.number] != self.block[report.number]:
                continue
            if other.attribution.speaker != report.attribution.speaker:
                break
            first = other
        return first

    def said_of(self, report: Report, outer: Report | None) -> Report | None:
        """What an outer report has this report's speaker, or one of his side, say or do: "Rita said [Paula had asked
        her to wait]".
        """
        speaker, none = report.attribution.speaker, frozenset[str]()
        if outer is None or speaker is None:
            return None
        side = self.common.get(speaker, none)
        inner = [
            each
            for each in self.children[outer.attribution.id]
            if each.start < report.start
            and (each.attribution.speaker == speaker or self.common.get(each.attribution.speaker or "", none) & side)
        ]
        return inner[-1] if inner else None

    def told_last(self, report: Report, outer: Report | None) -> Report | None:
        """The saying or doing of others that the last sentence of an outer report consists of: where that is denied
        right after, it is meant and not that somebody told it.
        """
        if outer is None or not outer.attribution.content:
            return None
        whole = max(outer.attribution.content)
        for inner in self.children[outer.attribution.id]:
            spans = inner.attribution.spans()
            if not spans or inner.attribution.speaker == outer.attribution.speaker:
                continue
            opens = _SENTENCE_OPENS.search(self.text[whole.start : spans[0].start])
            closes = not self.text[max(span.end for span in spans) : whole.end].strip(" .,!;\"'”’")
            if opens and closes:
                return inner
        return None

    def told_act(self, report: Report, outer: Report | None) -> Report | None:
        """What an outer report has somebody do, by the verb with which that is denied: "never ordered any of it"."""
        inner = self.children[outer.attribution.id] if outer is not None else []
        return next((each for each in inner if each.cue & report.wording.stems), None)

    def done_by(self, report: Report) -> Report | None:
        """What others have this report's speaker say or do, where he denies that very act: "denied having asked"."""
        words = [word for word in report.wording.words[:_EARLY] if not is_stopword(word)]
        acts = {stem(word) for word in words}
        speaker = report.attribution.speaker
        for other in self.before(report):
            outer = self.by_id.get(other.attribution.inside or "")
            if outer is None or not acts & other.cue or speaker is None or outer.attribution.speaker == speaker:
                continue
            right_before = other.attribution.speaker is None and outer is self.last(report)
            if other.attribution.speaker == speaker or right_before or self.is_about(report, outer):
                return other
        return None

    def pointed_at(self, report: Report, pointer: Pointer) -> Report | None:
        """The words of somebody else that a pointer means."""
        last = self.last(report)
        if pointer.noun is None:
            return self.said_of(report, last) or self.told_last(report, last) or last
        kinds = classes_of_noun(pointer.noun)
        wanted = frozenset(one for label in kinds for one in class_stems(label))
        near = [each for each in self.before(report) if self.may_be_meant(report, each)]
        owners = pointer.owner or frozenset({stem(pointer.noun)})
        owned = [each for each in near if self.name_of(each) & owners]
        if owned or pointer.owner:
            return self.run_start(owned[0]) if owned else None
        fitting = [each for each in near if cue_stems(self.cue(each)) & wanted]
        if pointer.beside:
            shared = [(len(pointer.beside & (each.wording.stems | each.wording.numbers)), each) for each in near]
            most = max(shared, key=lambda item: item[0], default=None)
            return most[1] if most is not None and most[0] else None
        if "accusing" in kinds:
            fitting = [each for each in fitting if each.zone or not report.zone]
            accusers = [each for each in fitting if self.is_about(report, each)] or (
                fitting if len(fitting) == 1 else []
            )
            first = [each for each in accusers if self._accuses_first(report, each)]
            if accusers:
                return (first or accusers)[0]
            if last is not None and last in fitting:
                return last
            told = next((each for each in near if each.depth == 0 and each.zone and self.is_about(report, each)), None)
            if not fitting and told is not None and self.block[report.number] - self.block[told.number] <= _CLOSE:
                return told
            fault = last is not None and (self.finds_fault(last) or last.attribution.polarity != "affirms")
            return self.run_start(last) if last is not None and fault and not fitting else None
        if "finding" in kinds and pointer.noun.startswith(("result", "finding", "study", "research")):
            main = [each for each in self.lead if self.may_be_meant(report, each)]
            return next((each for each in main if cue_stems(self.cue(each)) & wanted), fitting[0] if fitting else None)
        if fitting:
            return fitting[0]
        if not kinds:
            named = [each for each in near if stem(pointer.noun) in each.wording.stems]
            last = named[0] if named else last
        if "explaining" in kinds or last is None or last.zone == 0:
            return None
        if stem(pointer.noun) in class_stems("tally") and last.wording.numbers:
            return last
        return self.run_start(last)

    def finds_fault(self, report: Report) -> bool:
        """Whether a cue accuses, blames or rules against somebody."""
        return bool(cue_stems(self.cue(report)) & class_stems("accusing"))

    def _accuses_first(self, report: Report, other: Report) -> bool:
        """Whether a content begins with the name of who denies it: "accused [Orrin of stealing ...]"."""
        first = {stem(word) for word in other.wording.words[:4]}
        return bool(first & self.name_of(report)) or any(title and title <= first for title in self.titles_of(report))

    def tells_of(self, report: Report, other: Report) -> bool:
        """Whether other words tell something of a report's speaker; of an accusation, whether he is the accused."""
        return self.is_about(report, other) and (not self.finds_fault(other) or self._accuses_first(report, other))

    def accuser(self, report: Report, *, blocks: int = 3, plain: bool = False, later: bool = False) -> Report | None:
        """The nearest report before that accuses this report's speaker, or says of him what the outlet doubts.

        With `plain` any report about him counts, with `later` those that follow are looked through.
        """
        place = self.place[report.number]
        for other in self.ordered[place + 1 : place + _FARTHEST] if later else self.before(report):
            if abs(self.block[report.number] - self.block[other.number]) > blocks:
                return None
            accuses = other.attribution.stance.value == "distancing" or self.finds_fault(other)
            if (
                (plain or accuses)
                and other.depth == 0
                and self.may_be_meant(report, other)
                and self.tells_of(report, other)
            ):
                return other
        return None

    def sharing_rarely(self, report: Report) -> Report | None:
        """The first report of somebody else before this one with a word that hardly any other has."""
        rare = [one for one in report.wording.stems if 1 < self.counts[one] <= RARE]
        found = [
            other
            for one in rare
            for other in self.sharing[one]
            if other.depth == 0 and other.start < report.start and self.may_be_meant(report, other)
        ]
        return min(found, key=lambda each: each.start, default=None)

    def twin(self, report: Report, *, earlier: bool = False) -> Report | None:
        """The affirmed words of somebody else that share most with a content; None if none share enough.

        With `earlier` only those count that stand before it: what confirms comes after what it confirms.
        """
        stems = report.wording.stems - self.name_of(report)
        if len(stems) < 2:
            return None
        best: tuple[float, int] | None = None
        twin: Report | None = None
        seen: set[int] = set()
        for one in rarest(stems, self.counts):
            for other in self.sharing[one][:_MOST_SHARED]:
                if other.number in seen or not self.may_be_meant(report, other):
                    continue
                seen.add(other.number)
                away = self.place[report.number] - self.place[other.number]
                if earlier and away < 0:
                    continue
                shared = len(stems & other.wording.stems)
                near = -abs(away)
                enough = shared >= 3 and shared >= _SHARE * len(stems)
                enough = enough or (shared == len(stems) == 2 and near >= -_FARTHEST)
                if enough and (best is None or (shared, near) > best):
                    best, twin = (shared, near), other
        return twin

    def may_be_meant(self, report: Report, other: Report) -> bool:
        """Whether other words are somebody else's and affirmed."""
        return self.is_others(report, other) and other.attribution.polarity != "denies"

    def within(self, start: int, end: int) -> list[Report]:
        """The reports that begin in a stretch of the text."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return self.ordered[first:last]
