"""Every format that can be read back gives back the same spans; what is written is there whole, or not at all."""

from __future__ import annotations

import io
import json
import random
import re
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import sayso
from sayso.documents import Article, Dateline, Section, Span, Transcript, Turn
from sayso.errors import BadSetting, NoSuchSource, SaysoError, UnreadableSource
from sayso.exports import brat, parc
from sayso.exports.interchange import INTERCHANGES, export, interchange_of, render
from sayso.exports.landing import safe_name
from sayso.exports.restoring import read
from sayso.verdicts import Difference, Figure, FigureVerdict, Passage, QuoteVerdict, Reference
from tests.exports.written import articles, form_of, joined, there_and_back, worded

READABLE = [each.name for each in INTERCHANGES.values() if each.readable]
WHOLE = ["json", "jsonl", "webannotation", "conll"]
"""Those that give back the text to the character, whatever is in it, and attributions without a word."""
PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
WIRE = Path(__file__).parents[2] / "examples" / "wire.txt"
FAST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("name", WHOLE)
@FAST
@given(article=articles(wild=True))
def test_text_and_spans_come_back_to_the_character(name: str, article: Article) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (back,) = there_and_back([article], name, Path(folder))
    assert (back.id, back.text) == (article.id, article.text)
    assert form_of(back) == form_of(article)
    assert [(each.id, each.inside, each.quotation, each.confidence) for each in back.attributions] == [
        (each.id, each.inside, each.quotation, each.confidence) for each in article.attributions
    ]


@FAST
@given(article=articles())
def test_brat_gives_back_the_spans(article: Article) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (back,) = there_and_back([article], "brat", Path(folder))
    assert back.text == brat.shown(article.text)
    assert len(back.text) == len(article.text)
    assert form_of(back) == worded(form_of(article))
    outer = {each.id: each.inside for each in article.attributions}
    assert all(
        each.inside == (outer[each.id] if outer[each.id] in form_of(back) else None) for each in back.attributions
    )


@FAST
@given(article=articles())
def test_parc_gives_back_the_spans(article: Article) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (back,) = there_and_back([article], "parc", Path(folder))
    assert back.text == parc.shown(article.text)
    assert form_of(back) == joined(worded(form_of(article)), article.text)
    assert {each.id: each.inside for each in back.attributions}.items() <= {
        each.id: each.inside for each in article.attributions
    }.items()


@pytest.mark.parametrize("name", ["brat", "parc"])
@FAST
@given(article=articles(wild=True))
def test_spans_of_blanks_alone_do_no_harm(name: str, article: Article) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (back,) = there_and_back([article], name, Path(folder))
    assert len(back.text) == len(article.text)
    covered = {each.id: each.content for each in article.attributions}
    for each in back.attributions:
        assert each.content == [] or (each.content[0].start, each.content[-1].end) == (
            covered[each.id][0].start,
            covered[each.id][-1].end,
        )


@pytest.fixture(scope="module")
def wire() -> Article:
    return sayso.read_text(WIRE.read_text(encoding="utf-8"), date="2026-03-14")


@pytest.mark.parametrize("name", READABLE)
def test_a_record_that_the_model_made_comes_back(wire: Article, tmp_path: Path, name: str) -> None:
    assert len(wire.attributions) > 20
    (back,) = there_and_back([wire], name, tmp_path)
    assert (back.id, back.text, form_of(back)) == (wire.id, wire.text, form_of(wire))


@pytest.mark.parametrize("name", READABLE)
def test_many_articles_come_back_in_order(wire: Article, tmp_path: Path, name: str) -> None:
    several = [Article(f"{place:03}", f"Number {place}.\n") for place in range(12)]
    back = there_and_back([*several, wire], name, tmp_path)
    assert [each.text for each in back] == [each.text for each in [*several, wire]]


@pytest.mark.parametrize("name", READABLE)
def test_no_article_is_no_error(tmp_path: Path, name: str) -> None:
    assert there_and_back([], name, tmp_path) == []


# What each format holds, as docs/exports.md says it.

LAYERS: dict[str, Callable[[Article], object]] = {
    "text": lambda article: article.text.replace("\r", " "),
    "carriage returns in the text": lambda article: article.text,
    "id of the article": lambda article: article.id,
    "source, cue and content": form_of,
    "nesting": lambda article: {each.id: each.inside for each in article.attributions},
    "kind of quotation": lambda article: {each.id: each.quotation for each in article.attributions},
    "confidence": lambda article: {each.id: round(each.confidence, 3) for each in article.attributions},
    "act, stance, polarity": lambda article: {
        each.id: (each.act, each.stance, each.polarity) for each in article.attributions
    },
    "speakers": lambda article: (article.speakers, {each.id: each.speaker for each in article.attributions}),
    "who is talked about": lambda article: (article.mentioned, {each.id: each.about for each in article.attributions}),
    "occasion": lambda article: {each.id: each.occasion for each in article.attributions},
    "statements and relations": lambda article: (article.statements, article.relations),
    "figures": lambda article: article.figures,
    "verdicts": lambda article: article.verdicts,
    "address": lambda article: article.url,
    "language": lambda article: article.language,
    "outlet and date": lambda article: (article.outlet, article.published),
    "headline and layout": lambda article: (article.headline, article.dateline, article.sections, article.paragraphs),
    "name of the source file": lambda article: article.source and article.source.name,
    "text of the source file": lambda article: article.source,
    "text of the transcripts": lambda article: [each.text for each in article.transcripts],
}


@pytest.fixture
def full(layered: Article) -> Article:
    """An article with something in every layer, and a carriage return."""
    article = layered
    article.text = article.text.replace("“Nobody", "“Nobody", 1) + "\r\nEnd."
    article.id = "3f2a9c"
    article.url, article.published = "https://courier.example/cracks", datetime(2026, 3, 10, 6, 30, tzinfo=UTC)
    article.dateline = Dateline(Span(0, 7), "Port Ellery", date(2026, 3, 10), "CWA")
    article.sections = [Section(Span(0, 7), Span(8, 30))]
    article.attributions[3].inside = "a2"
    article.figures = [Figure("f1", Span(3, 9), "lower", 40.0, 40.0, None, inclusive=False, unit="percent")]
    text = "Q Did you sleep? MS. QUILL: We slept on it."
    article.transcripts = [
        Transcript(
            "t1", text, turns=[Turn(Span(28, 43), "MS. QUILL", Span(17, 27))], title="Questions", date=date(2026, 3, 9)
        )
    ]
    article.verdicts = [
        QuoteVerdict(
            "v1", [Span(5, 13)], "trimmed", "“on it” is cut off", None, "a3",
            passages=[Passage("t1", Span(28, 36), "MS. QUILL", question=Span(2, 16))],
            differences=[Difference("omitted", Span(13, 13), Span(37, 42), "wording")],
            speaker_agrees=True,
        ),
        FigureVerdict(
            "v2", [Span(3, 9)], "loose", "40 is about 41", "a rough guess", None, rule="share", figures=["f1"],
            references=[Reference("Port Ellery", 41.0, "percent", "Register", 2025)], expected=41.0,
        ),
    ]  # fmt: skip
    return article


def table() -> dict[str, dict[str, str]]:
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"(?m)^\|.*\|$", PAGE)]
    at = next(place for place, row in enumerate(rows) if row[0] == "what comes back")
    heads = [re.findall(r"`(\w+)`", cell) for cell in rows[at][1:]]
    return {
        row[0]: {name: cell for names, cell in zip(heads, row[1:], strict=True) for name in names}
        for row in rows[at + 2 : at + 2 + len(LAYERS)]
    }


def test_the_page_says_what_comes_back(full: Article, tmp_path: Path) -> None:
    found: dict[str, dict[str, str]] = {layer: {} for layer in LAYERS}
    for name in READABLE:
        (tmp_path / name).mkdir()
        (back,) = there_and_back([full], name, tmp_path / name)
        for layer, of in LAYERS.items():
            found[layer][name] = "yes" if of(back) == of(full) else "no"
    assert table() == found


def test_the_page_names_every_format() -> None:
    assert set(re.findall(r"(?m)^## `(\w+)`", PAGE)) | {"jsonl", "parquet"} == set(INTERCHANGES)


# The record's own form.


def test_a_record_read_back_is_written_as_it_was(full: Article, wire: Article, tmp_path: Path) -> None:
    for article in (full, wire):
        (back,) = there_and_back([article], "json", tmp_path)
        assert "".join(render([back], "json")) == "".join(render([article], "json"))


def test_the_way_to_a_source_that_is_not_there_is_none(full: Article, tmp_path: Path) -> None:
    (back,) = there_and_back([full], "jsonl", tmp_path)
    assert back.source_span(Span(0, 7)) is None


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda record: record.update(sayso="2"), id="another-version"),
        pytest.param(lambda record: record.pop("sayso"), id="no-record"),
        pytest.param(lambda record: record.pop("relations"), id="layer-missing"),
        pytest.param(lambda record: record["attributions"][0].update(cue=[[5, 100_000]]), id="span-beyond-the-text"),
        pytest.param(lambda record: record["attributions"][0].update(cue=[[-3, 5]]), id="negative-span"),
        pytest.param(lambda record: record["attributions"][0].update(cue=[[5.0, 6]]), id="span-of-fractions"),
        pytest.param(lambda record: record["attributions"][0].update(cue=7), id="number-for-spans"),
        pytest.param(lambda record: record["article"].update(text=None), id="no-text"),
        pytest.param(lambda record: record["article"].update(published="yesterday"), id="date-in-words"),
        pytest.param(lambda record: record["verdicts"][0].update(check="smell"), id="unknown-check"),
        pytest.param(
            lambda record: record["verdicts"][0]["passages"][0].update(span=[0, 10**12]), id="passage-of-a-terabyte"
        ),
        pytest.param(lambda record: record["speakers"].append(None), id="null-for-a-speaker"),
    ],
)
def test_a_damaged_record_is_refused_by_name(full: Article, tmp_path: Path, damage: Callable[[dict], object]) -> None:  # type: ignore[type-arg]
    record = json.loads("".join(render([full], "json", many=False)))
    damage(record)
    path = tmp_path / "cut.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(UnreadableSource, match=r"^cut.jsonl#1: "):
        list(read(path))


HEAD = b"# newdoc id = x\n# columns = ID FORM START END MISC\n"


@pytest.mark.parametrize(
    "name, content",
    [
        pytest.param("a.json", b"", id="empty-json"),
        pytest.param("a.json", b"[", id="array-that-only-begins"),
        pytest.param("a.json", b"[1 2]", id="array-without-comma"),
        pytest.param("a.json", b"[] []", id="two-arrays"),
        pytest.param("a.json", b'{"sayso": "1"', id="object-cut-off"),
        pytest.param("a.json", b"[" * 100_000, id="nested-too-deep"),
        pytest.param("a.jsonl", b"[" * 100_000, id="line-nested-too-deep"),
        pytest.param("a.json", b"\xff\xfe{", id="no-utf-8"),
        pytest.param("a.jsonl", b'{"sayso": "1"}\n\xff', id="lines-without-article"),
        pytest.param("a.anno.json", b'{"items": []}', id="page-without-text"),
        pytest.param("a.conll", b"1\tThe\n", id="row-before-a-document"),
        pytest.param("a.conll", HEAD + b"1\tThe\t4\t7\t_\n", id="gap-in-tokens"),
        pytest.param("a.conll", HEAD + b"1\tThe\t0\n", id="row-too-short"),
        pytest.param("a.conll", b"# newdoc id = \\q\n", id="escape-that-is-none"),
        pytest.param("a.xml", b"<root><SENTENCE>", id="xml-cut-off"),
        pytest.param("a.xml", b"<root><SENTENCE><WORD text='a'/></SENTENCE></root>", id="word-without-a-place"),
    ],
)  # fmt: skip
def test_what_is_none_of_the_format_is_refused_by_name(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableSource, match=r"^a\."):
        list(read(tmp_path / name))


def test_reading_needs_a_format_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("")
    with pytest.raises(BadSetting, match="jsonl"):
        list(read(tmp_path / "a.csv"))
    with pytest.raises(BadSetting):
        list(read(tmp_path))
    with pytest.raises(NoSuchSource):
        list(read(tmp_path / "nowhere.json"))


@pytest.mark.parametrize(
    "name, expected",
    [
        ("a.JSONL", "jsonl"),
        ("a.anno.json", "webannotation"),
        ("a.jsonld", "schemaorg"),
        ("a.conll", "conll"),
        ("a", None),
    ],
)
def test_format_of_a_suffix(name: str, expected: str | None) -> None:
    assert interchange_of(name) == expected


@pytest.mark.parametrize("name", READABLE)
def test_a_damaged_file_is_an_error_of_ours_or_still_sound(full: Article, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"whole{'' if INTERCHANGES[name].folder else INTERCHANGES[name].suffixes[0]}"
    export([full], name, target)
    path = next(target.glob(f"*{INTERCHANGES[name].suffixes[0]}")) if target.is_dir() else target
    whole = path.read_bytes()
    refused = 0
    for seed in range(150):
        chance = random.Random(f"{name} {seed}")
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(damaged))
            match chance.randrange(4):
                case 0:
                    damaged[at] = chance.choice(b'\x00\xff\xc3"{}[]<>\t\n ;:0129-\\')
                case 1:
                    del damaged[at : at + chance.randrange(1, 40)]
                case 2:
                    damaged[at:at] = damaged[at : at + chance.randrange(1, 40)]
                case _:
                    del damaged[max(at, 1) :]
        path.write_bytes(damaged)
        try:
            for each in read(path):
                spans = [span for attribution in each.attributions for span in attribution.spans()]
                assert all(0 <= span.start <= span.end <= len(each.text) for span in spans)
        except SaysoError:
            refused += 1
    assert refused > 30


# Where it lands.


def failing(article: Article) -> Iterator[Article]:
    yield article
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", INTERCHANGES)
def test_after_an_error_nothing_is_there(article: Article, tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match="space"):
        export(failing(article), name, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [each.name for each in INTERCHANGES.values() if not each.folder])
def test_an_error_leaves_what_was_there(article: Article, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out"
    target.write_text("before")
    with pytest.raises(OSError, match="space"):
        export(failing(article), name, target)
    assert target.read_text() == "before"
    export([article], name, target)
    assert target.read_bytes() != b"before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["brat", "parc"])
def test_a_folder_with_something_in_it_is_left_alone(article: Article, tmp_path: Path, name: str) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(BadSetting, match="something in it"):
        export([article], name, tmp_path)
    with pytest.raises(BadSetting, match="a folder"):
        export([article], name, None)
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.doc"]


def test_names_that_will_not_do(article: Article, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="parquet"):
        export([article], "word", tmp_path / "x")
    with pytest.raises(BadSetting, match="folder that exists"):
        export([article], "json", tmp_path / "no" / "x.json")
    with pytest.raises(BadSetting, match="this is a folder"):
        export([article], "json", tmp_path)
    with pytest.raises(BadSetting):
        render([article], "brat")


HOSTILE = [
    "../../../etc/passwd", "..", ".", "", "/abs/olute", "C:\\Windows\\x", "a/b", "nul", "CON", "com1", "a\nb", "-rf",
    ".bashrc", "x" * 500, "~root", "a\x00b", "ünïcødé", "A", "a", "a ", "https://evil.example/?q=<script>", "\ud800",
    "%2e%2e", "a.txt",
]  # fmt: skip


def test_hostile_names_stay_in_the_folder(tmp_path: Path) -> None:
    ids = [*HOSTILE, *HOSTILE]
    several = [Article(name, f"Text {place}.") for place, name in enumerate(ids)]
    for name in ("brat", "parc"):
        (tmp_path / name).mkdir()
        back = there_and_back(several, name, tmp_path / name)
        assert sorted(each.text for each in back) == sorted(each.text for each in several)
    names = [each.name for each in (tmp_path / "brat" / "out").glob("*.ann")]
    assert len({each.lower() for each in names}) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,99}\.ann", each) for each in names)
    assert {each.name for each in tmp_path.iterdir()} == {"brat", "parc"}
    assert not {each.split(".")[0] for each in names} & {"nul", "con", "com1"}


def test_a_safe_name_names_one_string() -> None:
    names = [safe_name(each) for each in HOSTILE]
    assert len(set(names)) == len(HOSTILE)


@pytest.mark.parametrize("name", [each.name for each in INTERCHANGES.values() if not each.folder])
def test_standard_output_has_what_the_file_has(
    article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    export([article], name)
    export([article], name, tmp_path / "out")
    assert raw.getvalue() == (tmp_path / "out").read_bytes()


@pytest.mark.parametrize("name", [each for each in INTERCHANGES if each != "parquet"])
def test_memory_does_not_grow_with_the_number_of_articles(
    build: Callable[..., Article], tmp_path: Path, name: str
) -> None:
    def stream(count: int) -> Iterator[Article]:
        for place in range(count):
            made = build("“No,” said Quill, who left. " * 8, ("Quill", "said", "“No,”"))
            made.id = f"{place}"
            yield made

    peaks = []
    # The first fills what is kept for good: modules, compiled patterns.
    for number, count in enumerate((30, 30, 240)):
        tracemalloc.start()
        export(stream(count), name, tmp_path / f"{number}")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        if INTERCHANGES[name].readable:
            assert sum(1 for _ in read(tmp_path / f"{number}", name)) == count
    # An article that is kept takes nearly 2,000 bytes; cycles that wait to be collected take some as well.
    assert peaks[2] < peaks[1] + 210 * 500
