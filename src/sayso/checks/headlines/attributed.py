"""The findings on what a headline says that somebody said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.checks.headlines.carrying import Judged, carrying, not_carried, quoted_from, said_by_another, unknown
from sayso.checks.headlines.claims import Claim
from sayso.checks.headlines.modality import Tokens, few_before, is_modal, negations_in, turns_away
from sayso.checks.headlines.quoting import marked_in
from sayso.checks.headlines.setting import Passage, Setting
from sayso.checks.headlines.strength import Claimed, Told, strength_of
from sayso.checks.headlines.support import Support, own_words, statements_with
from sayso.checks.headlines.terms import Term, is_loaded, terms_of
from sayso.checks.headlines.voices import Voice, voice_of
from sayso.checks.words import Words, words_of
from sayso.documents import Span
from sayso.verdicts import Finding, HeadlineVerdict

_CLEAR = 0.6
"""Of a claim's terms, how many a statement must have in order to speak for a source that is not known for sure."""
_SUMMED = 0.6
"""Of a claim's terms, how many may be the outlet's own where the headline does not sum up."""


def judge(claim: Claim, line: Span, setting: Setting, verdict: HeadlineVerdict) -> Iterator[Finding]:
    """The findings on one attribution of the headline; the first one gives the verdict speaker and statement."""
    voice = voice_of(claim, setting) if claim.source else Voice("likely")
    words = words_of(setting.text, [line])
    inside = _positions(claim, words)
    terms = [term for term in terms_of(words, inside, setting.body) if not is_modal(term.form)]
    marked = [each for each in marked_in(line, setting.text) if any(span.contains(each) for span in claim.content)]
    judged = Judged(claim, voice, words, [words.forms[at] for at in inside], terms, marked)
    first = verdict.attribution is None
    if first:
        verdict.attribution = claim.attribution
        verdict.speaker = voice.speakers[0] if voice.speakers else None
    for finding in _judged(judged, inside, first, setting, verdict):
        if finding.kind != "supported":
            finding.doubt = finding.doubt or claim.doubt
        yield finding


def _judged(
    judged: Judged, inside: Sequence[int], first: bool, setting: Setting, verdict: HeadlineVerdict
) -> Iterator[Finding]:
    claim, voice = judged.claim, judged.voice
    if voice.presence == "absent":
        yield unknown(judged, setting)
        return
    passages, support = carrying(judged, setting)
    stranger = quoted_from(judged, support, setting) or said_by_another(judged, support, setting)
    if stranger is not None:
        yield stranger
        return
    if voice.presence == "unsure" and support.share < _CLEAR:
        yield unknown(judged, setting, doubt="another word in the body may stand for the same")
        return
    if not support.is_enough:
        finding = not_carried(judged, support, setting)
        if finding is not None:
            yield finding
            return
    elif first:
        verdict.statement = _statement_of(support, setting)
    findings = list(_findings(judged, inside, passages, support, setting))
    yield from findings
    if support.best and all(each.kind == "own words" and each.doubt for each in findings):
        yield Finding("supported", list(claim.content), support.evidence, "The body has the speaker say so.")


def _positions(claim: Claim, words: Words) -> list[int]:
    """The words of a line that a claim has the speaker say; a question before his answer is the outlet's."""
    inside = [at for at, start in enumerate(words.starts) if any(s.start <= start < s.end for s in claim.content)]
    asked = max((words.text.rfind("?", *each) for each in claim.content), default=-1)
    return [at for at in inside if words.starts[at] > asked] or inside


def _findings(
    judged: Judged, inside: Sequence[int], passages: Sequence[Passage], support: Support, setting: Setting
) -> Iterator[Finding]:
    turned = _turned(judged, passages, setting)
    if turned is not None:
        yield turned
        return
    tokens = Tokens.of(judged.words)
    around = [*judged.words.forms, *("?" for each in judged.claim.content if "?" in each.of(setting.text))]
    predicates = [
        term
        for term in predicates_of(tokens, judged.words, inside, judged.terms, setting)
        if not any(each.contains(term.span) for each in judged.marked)
    ]
    told = Told(setting.words, setting.tokens, [(each.first, each.end) for each in passages])
    yield from strength_of(Claimed(judged.words, tokens, predicates, around), told)
    some = _some_of(judged, setting)
    if some is not None:
        yield some
    if support.is_enough:
        yield from _own_words(judged, passages, support, setting)


def predicates_of(
    tokens: Tokens, words: Words, inside: Sequence[int], terms: Sequence[Term], setting: Setting
) -> list[Term]:
    """The terms, and besides them what a modal or "to" governs, however little it says ("will last", "to go")."""
    known = {term.number for term in terms}
    found = list(terms)
    for at in inside:
        place = tokens.places[at]
        if at in known or place == 0 or place - 1 in tokens.breaks or is_modal(words.forms[at]):
            continue
        before = tokens.forms[place - 1]
        if (is_modal(before) or before in ("to", "not")) and words.forms[at] not in ("be", "have", "not", "been"):
            form = words.forms[at]
            span = Span(words.starts[at], words.ends[at])
            found.append(Term(at, form, span, setting.body.matches(form)))
    return sorted(found, key=lambda term: term.number)


def _statement_of(support: Support, setting: Setting) -> str | None:
    wanted = support.best[0].attribution.id
    return next((each.id for each in setting.article.statements if wanted in each.attributions), None)


def _turned(judged: Judged, passages: Sequence[Passage], setting: Setting) -> Finding | None:
    """That the speaker denies what the headline has him say, or says what it has him deny, wherever he speaks of it.

    Only the verbs that report it are held against each other, and only over the same words.
    """
    claim = judged.claim
    text = setting.text
    if len(judged.terms) < 2 or not any(each.of(text)[:1].isalpha() for each in claim.cue) or _turns(judged.forms):
        return None
    same = [each for share, each in statements_with(judged.terms, passages) if share == 1]
    if not same or any(_turns(setting.words.forms[each.first : each.end]) for each in same):
        return None
    opposite = {"affirms": "denies", "denies": "affirms"}.get(claim.polarity)
    if any(each.attribution.polarity != opposite or each.attribution.inside for each in same):
        return None
    here, there = ("deny", "says") if claim.polarity == "denies" else ("say", "denies")
    why = f"The headline has the speaker {here} what he {there} in the body."
    return Finding("unsupported", list(claim.content), [same[0].span], why)


def _turns(forms: Sequence[str]) -> bool:
    """Whether words negate or turn away what they stand by."""
    return bool(negations_in(forms)) or turns_away(forms)


def _some_of(judged: Judged, setting: Setting) -> Finding | None:
    """That the body has only some of those say so whom the headline names without bounds."""
    source = words_of(setting.text, judged.claim.source)
    for at, form in enumerate(source.forms):
        if not form.endswith("s") or form.endswith("ss") or few_before(Tokens.of(source), at) is not None:
            continue
        places = [place for place, how in setting.body.matches(form).items() if how == "form"]
        if not places:
            continue
        few = [few_before(setting.tokens, place) for place in places]
        if few[0] is not None and all(each is not None for each in few):
            evidence = setting.words.span(few[0], places[0] + 1)
            word = setting.words.forms[few[0]]
            return Finding(
                "hedge dropped",
                [Span(source.starts[at], source.ends[at])],
                [evidence],
                f'The body has it with "{word}"; the headline leaves that out.',
            )
    return None


def _own_words(judged: Judged, passages: Sequence[Passage], support: Support, setting: Setting) -> Iterator[Finding]:
    """The words that are the outlet's, those without a doubt together and those with one together. What stands in
    quotation marks is judged as a quotation.
    """
    terms = [term for term in judged.terms if not any(each.contains(term.span) for each in judged.marked)]
    found = own_words(terms, passages, support.best, setting)
    voice = judged.voice
    # Where most words are others a headline sums up. Where several may speak for one, or the body may have another name
    # for him, it may be they who have the word.
    sums_up = len(found) > _SUMMED * len(judged.terms) and not support.same_words
    known = bool(voice.speakers) and setting.is_named(voice.speakers[0])
    if voice.is_body or sums_up or not known:
        found = [(term, sure and is_loaded(term.form)) for term, sure in found]
    for sure in (True, False):
        own = [term for term, each in found if each == sure]
        if not own:
            continue
        listed = ", ".join(f'"{term.span.of(setting.text)}"' for term in own)
        evidence = [
            setting.words.span(place, place + 1)
            for term in own
            for place in [at for at, how in term.matches.items() if how == "form"][:1]
        ]
        why = f"No statement of that speaker in the body has {listed}: the outlet's own word{'s' * (len(own) > 1)}."
        doubt = None if sure else "it may stand for a word of the speaker's"
        yield Finding("own words", [term.span for term in own], evidence, why, doubt)
