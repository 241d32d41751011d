"""The headline check: on hand-built articles what each part sees, on the cases of tests/gold-headlines the whole."""

from __future__ import annotations

import time

import pytest

import sayso
from sayso.checks.headline import GRAVITY, check_headline
from sayso.checks.headlines.claims import claims_of
from sayso.checks.headlines.modality import Tokens, described, mode_of
from sayso.checks.headlines.setting import Setting
from sayso.checks.headlines.terms import Body, terms_of
from sayso.checks.headlines.voices import voice_of
from sayso.checks.words import words_of
from sayso.documents import Article, Span
from sayso.records import Attribution, Speaker, Statement
from sayso.verdicts import Finding, HeadlineVerdict
from training.evaluate import SHARED
from training.headlines import Case, judge, read_cases

KNOWN_MISSES = {
    "promise-never-made": "only a doubt: one of three words of the headline comes back in the body",
}


def article_of(headline: str, body: str, standfirst: str | None = None) -> Article:
    """An article of a headline and one paragraph, with nothing extracted yet."""
    head = headline if standfirst is None else f"{headline}\n{standfirst}"
    text = f"{head}\n\n{body}"
    article = Article("a", text)
    article.headline = Span(0, len(headline))
    article.standfirst = None if standfirst is None else Span(len(headline) + 1, len(head))
    article.paragraphs = [Span(len(head) + 2, len(text))]
    return article


def span_of(article: Article, words: str, after: int = 0) -> Span:
    start = article.text.index(words, after)
    return Span(start, start + len(words))


def attribute(
    article: Article, source: str, cue: str, content: str, speaker: str, *, body: bool = True, polarity: str = "affirms"
) -> Attribution:
    """Adds an attribution by its words, in the body or the headline."""
    start = article.paragraphs[0].start if body else 0
    each = Attribution(
        f"a{len(article.attributions) + 1}",
        [span_of(article, source, start)],
        [span_of(article, cue, start)],
        [span_of(article, content, start)],
        speaker=speaker,
        polarity=polarity,  # type: ignore[arg-type]
        act="communication",
    )
    article.attributions.append(each)
    known = next((one for one in article.speakers if one.id == speaker), None)
    if known is None:
        known = Speaker(speaker, speaker)
        article.speakers.append(known)
    known.mentions.append(each.source[0])
    article.statements.append(Statement(f"st{each.id}", speaker, [each.id], content))
    return each


def findings_of(article: Article) -> list[Finding]:
    return [each for verdict in check_headline(article) for each in verdict.findings]


def found(article: Article) -> list[tuple[str, str, bool]]:
    """Kind, words and whether it is sure, of all findings that are not `supported`."""
    return [
        (each.kind, " | ".join(span.of(article.text) for span in each.spans), each.doubt is None)
        for each in findings_of(article)
        if each.kind != "supported"
    ]


@pytest.mark.parametrize("case", [pytest.param(each, id=each.id) for each in read_cases()])
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    """What is wrong in a headline is found, and nothing else is said without a doubt."""
    if case.id in KNOWN_MISSES:
        request.applymarker(pytest.mark.xfail(reason=KNOWN_MISSES[case.id], strict=True))
    article = sayso.read_text(case.text, name=case.id)
    result = judge(case, article)
    assert not [each.why for each in result.false]
    assert not result.missed


def test_case_names_are_unique_and_half_of_them_sound() -> None:
    cases = read_cases()
    assert len({each.id for each in cases}) == len(cases) >= 60
    sound = sum(1 for each in cases if not each.expected)
    assert abs(sound - len(cases) / 2) <= 0.1 * len(cases)


@pytest.mark.shared
def test_acceptance() -> None:
    """The outlet's own words in the headline of the press conference, and no others."""
    path = SHARED / "acceptance" / "press-conference" / "article.txt"
    if not path.exists():
        pytest.skip(f"{path} is absent")
    article = sayso.read(path)
    verdict = check_headline(article)[0]
    own = [span.of(article.text) for each in verdict.findings if each.kind == "own words" for span in each.spans]
    assert own == ["Failure", "offensive"]
    assert [each.kind for each in verdict.findings] == ["weaker", "own words"]
    speaker = next(each for each in article.speakers if each.id == verdict.speaker)
    assert speaker.name == "Jens Stoltenberg"


@pytest.mark.parametrize(
    ("text", "word", "mode"),
    [
        pytest.param("It may rain.", "rain", "may", id="modal-verb"),
        pytest.param("It can't rain.", "rain", "cannot", id="contraction-is-parted"),
        pytest.param("It should not have been ignored.", "ignored", "should not", id="auxiliaries-lie-between"),
        pytest.param("Russia is not to be ignored.", "ignored", "is to not", id="is-not-to"),
        pytest.param("It will probably close.", "close", "probably", id="hedge-weakens-its-modal"),
        pytest.param("He will not only close it.", "close", "will", id="not-only-negates-nothing"),
        pytest.param("They are considering closing it.", "closing", "is considering", id="considering-with-gerund"),
        pytest.param("He may go, the park closes.", "closes", "does", id="a-comma-ends-the-clause"),
        pytest.param("They do not have to close.", "close", "does not", id="not-have-to-is-no-ban"),
    ],
)
def test_mode(text: str, word: str, mode: str) -> None:
    words = words_of(text)
    assert described(mode_of(Tokens.of(words), words.forms.index(word))) == mode


def test_bare_infinitive_of_a_headline_is_the_future() -> None:
    words = words_of("Park to close")
    assert mode_of(Tokens.of(words), 2, headline=True)[:3] == (2, 3, "to")
    assert not mode_of(Tokens.of(words), 2).marked


@pytest.mark.parametrize(
    ("headline", "body", "terms"),
    [
        pytest.param("Mayor's victory", "The mayor was victorious.", ["mayor", "victory"], id="forms"),
        pytest.param("Quake shows danger", "It confirmed the risk.", ["shows", "danger"], id="synonyms"),
        pytest.param("Failure of plan", "Their inability was seen.", [], id="no-synonym-of-failure"),
        pytest.param("Troop build-up", "The troops will build.", ["troop", "build"], id="hyphen-joins-one-term"),
    ],
)
def test_terms_come_back(headline: str, body: str, terms: list[str]) -> None:
    words = words_of(headline)
    index = Body.of(words_of(body))
    assert [each.form for each in terms_of(words, range(len(words)), index) if each.matches] == terms


@pytest.mark.parametrize(
    ("headline", "source", "content"),
    [
        pytest.param("Dam is safe, says Osk", "Osk", "Dam is safe", id="says-x"),
        pytest.param("Dam is safe, Osk says", "Osk", "Dam is safe", id="x-says"),
        pytest.param("Dam is safe, according to Lidia Osk", "Lidia Osk", "Dam is safe", id="according-to"),
        pytest.param("Osk: dam is safe", "Osk", "dam is safe", id="colon"),
        pytest.param("Dam is safe — mayor", "mayor", "Dam is safe", id="dash-and-title"),
        pytest.param("Osk says dam is safe", "Osk", "dam is safe", id="says-in-between"),
        pytest.param("Live: dam is safe", None, None, id="a-label-is-nobody"),
        pytest.param("Parking charges: what was said", None, None, id="a-topic-is-nobody"),
    ],
)
def test_claims_by_layout(headline: str, source: str | None, content: str | None) -> None:
    """Where extraction finds no attribution the layout gives one."""
    article = article_of(headline, "The dam is safe.")
    assert article.headline is not None
    claims = claims_of(article, article.headline)
    got = [(each.source[0].of(article.text), each.content[0].of(article.text)) for each in claims]
    assert got == ([] if source is None else [(source, content)])


@pytest.mark.parametrize(
    ("source", "presence"),
    [
        pytest.param("Marsk", "named", id="surname"),
        pytest.param("Prime minister", "likely", id="title-of-somebody-there"),
        pytest.param("Premier", "likely", id="another-word-for-the-title"),
        pytest.param("Velloso", "absent", id="name-without-a-trace"),
        pytest.param("Astronaut", "unsure", id="role-that-nobody-fills"),
    ],
)
def test_who_is_named(source: str, presence: str) -> None:
    article = article_of(f"{source}: dam is safe", "Prime minister Ada Marsk said the dam was safe.")
    attribute(article, "Prime minister Ada Marsk", "said", "the dam was safe", "Ada Marsk")
    assert article.headline is not None
    claim = claims_of(article, article.headline)
    setting = Setting(article)
    if not claim:
        attribute(article, source, ":", "dam is safe", source, body=False)
        claim = claims_of(article, article.headline)
    assert voice_of(claim[0], setting).presence == presence


@pytest.mark.parametrize(
    ("headline", "body", "findings"),
    [
        pytest.param("'We are done', they say", "“We’re done,” they said.", [], id="contraction-is-style"),
        pytest.param("'Grey skies' ahead", "He spoke of “gray skies”.", [], id="spelling-is-style"),
        pytest.param("'I left ... at once'", "“I left the house at once.”", [], id="ellipsis-leaves-out"),
        pytest.param("'We won the cup'", "“We won,” she said, “the cup.”", [], id="across-the-cue"),
        pytest.param("Fans of 'The Long Weir'", "Fans like The Long Weir.", [], id="name-of-a-work"),
        pytest.param("A '60s singer's return", "The singer is back.", [], id="apostrophes-are-no-marks"),
        pytest.param(
            "He is 'out of money'", "He is out of money.", [("unquoted", "out of money", False)], id="no-marks-below"
        ),
        pytest.param(
            "'poison pills' in bill", "It has a “poison pill”.", [("unquoted", "poison pills", False)], id="other-form"
        ),
        pytest.param(
            "'We never lie about our costs'",
            "“We lie about our costs,” he said.",
            [("unquoted", "We never lie about our costs", True)],
            id="a-word-put-in",
        ),
        pytest.param(
            "They 'never saw it coming at all'",
            "Nothing of the kind.",
            [("unquoted", "never saw it coming at all", True)],
            id="not-in-the-body",
        ),
    ],
)
def test_quotation_marks(headline: str, body: str, findings: list[tuple[str, str, bool]]) -> None:
    assert [each for each in found(article_of(headline, body)) if each[0] == "unquoted"] == findings


def test_standfirst_is_judged_for_its_quotations_alone() -> None:
    article = article_of("Dam opens", "The dam was opened on Monday.", "Minister speaks of 'a blessing for all of us'")
    verdicts = check_headline(article)
    assert [(each.id, each.value) for each in verdicts if each.id == "h2"] == [("h2", "unquoted")]


def test_statement_and_speaker_are_named() -> None:
    article = article_of("Osk: dam is safe", "Lidia Osk said the dam was safe. Nils Orde said nothing of it.")
    attribute(article, "Osk", ":", "dam is safe", "Lidia Osk", body=False)
    attribute(article, "Lidia Osk", "said", "the dam was safe", "Lidia Osk")
    verdict = check_headline(article)[0]
    assert (verdict.value, verdict.speaker, verdict.statement, verdict.attribution) == (
        "supported",
        "Lidia Osk",
        "sta2",
        "a1",
    )


def test_words_of_another_are_laid_at_his_door() -> None:
    article = article_of(
        "Osk: dam will drown valley", "Lidia Osk said it was late. Nils Orde said the dam will drown the valley."
    )
    attribute(article, "Osk", ":", "dam will drown valley", "Lidia Osk", body=False)
    attribute(article, "Lidia Osk", "said", "it was late", "Lidia Osk")
    attribute(article, "Nils Orde", "said", "the dam will drown the valley", "Nils Orde")
    verdict = check_headline(article)[0]
    assert (verdict.value, verdict.doubt) == ("unsupported", None)
    assert "Nils Orde" in verdict.why


def test_one_place_that_agrees_clears_the_headline() -> None:
    """The speaker says both "may close" and "will close": the headline may have either."""
    article = article_of("Osk: mine will close", "Lidia Osk said the mine may close. It will close, Osk said.")
    attribute(article, "Osk", ":", "mine will close", "Lidia Osk", body=False)
    attribute(article, "Lidia Osk", "said", "the mine may close", "Lidia Osk")
    attribute(article, "Osk", "said", "It will close", "Lidia Osk")
    assert found(article) == []


def test_gravest_of_the_sure_findings_is_the_value() -> None:
    article = article_of("Osk calls plan 'a sham and a shame'", "Lidia Osk said the plan was late.")
    attribute(article, "Osk", "calls", "plan 'a sham and a shame'", "Lidia Osk", body=False)
    attribute(article, "Lidia Osk", "said", "the plan was late", "Lidia Osk")
    verdict = check_headline(article)[0]
    assert verdict.value == "unquoted"
    kinds = [GRAVITY.index(each.kind) for each in verdict.findings]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize(
    "article",
    [
        pytest.param(Article("a", ""), id="no-text"),
        pytest.param(Article("a", "Only a body."), id="no-headline"),
        pytest.param(Article("a", "Only a headline", headline=Span(0, 15)), id="no-body"),
        pytest.param(Article("a", "   \n\nBody.", headline=Span(0, 3)), id="blank-headline"),
    ],
)
def test_nothing_to_judge(article: Article) -> None:
    assert check_headline(article) == []


@pytest.mark.parametrize("headline", ["'", "''", "“", ": x", "- -", "A 'b", "X: 'y", "?!", "'…'", "Dr. O’Neil’s ‘’ 5'"])
def test_odd_headlines_break_nothing(headline: str) -> None:
    article = article_of(headline, "“What?” he asked. ‘No.’")
    for verdict in check_headline(article):
        assert verdict.value in GRAVITY


def test_spans_lie_where_they_should() -> None:
    """What is judged stands in the headline or standfirst, what it was held against below the headline."""
    for case in read_cases()[::6]:
        article = sayso.read_text(case.text)
        for verdict in check_headline(article):
            assert isinstance(verdict, HeadlineVerdict)
            for finding in verdict.findings:
                assert finding.why
                assert all(verdict.spans[0].contains(span) for span in finding.spans)
                assert all(span.start >= verdict.spans[0].end for span in finding.evidence)


def test_cost_grows_in_step_with_the_body() -> None:
    """Ten times the body takes about ten times as long, not a hundred."""

    def seconds(times: int) -> float:
        body = " ".join(["Lidia Osk said the dam was safe. “It will hold,” Osk said. Rain fell all night."] * times)
        article = article_of("Osk: dam 'will hold'", body)
        attribute(article, "Osk", ":", "dam 'will hold'", "Lidia Osk", body=False)
        attribute(article, "Lidia Osk", "said", "the dam was safe", "Lidia Osk")
        start = time.process_time()
        check_headline(article)
        return time.process_time() - start

    seconds(10)
    short, long = min(seconds(50) for _ in range(3)), min(seconds(500) for _ in range(3))
    assert long < 30 * short + 0.05
