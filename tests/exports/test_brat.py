"""What brat gets keeps to its grammar (brat.nlplab.org/standoff.html, brat.nlplab.org/configuration.html)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings

from sayso.documents import Article, Span
from sayso.errors import UnreadableSource
from sayso.exports.brat import configuration, files_of, read
from sayso.records import Attribution
from tests.exports.written import articles

NAME = r"[A-Za-z_-][A-Za-z0-9_-]*"
LINES = {
    "T": re.compile(rf"(T\d+)\t({NAME}) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL),
    "R": re.compile(rf"(R\d+)\t({NAME}) Arg1:(T\d+) Arg2:(T\d+)"),
    "A": re.compile(rf"(A\d+)\t({NAME}) (T\d+) ({NAME})"),
    "#": re.compile(rf"(#\d+)\t({NAME}) (T\d+)\t(.*)", re.DOTALL),
}


def sections() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in configuration().splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = section = {}
        elif line:
            name, _, rest = line.partition("\t")
            section[name] = rest
    return found


def check(text: str, annotations: str) -> None:
    """Raises AssertionError where brat would report an error."""
    conf = sections()
    known: set[str] = set()
    assert annotations == "" or annotations.endswith("\n")
    # brat reads lines by any line break that Python knows.
    assert annotations.splitlines() == annotations.split("\n")[:-1]
    for line in annotations.splitlines():
        found = LINES[line[0]].fullmatch(line)
        assert found, line
        name, kind, *rest = found.groups()
        assert name not in known
        known.add(name)
        if line[0] == "T":
            assert kind in conf["entities"]
            spans = [Span(*map(int, each.split())) for each in rest[0].split(";")]
            assert all(span.start < span.end for span in spans)
            assert spans == sorted(spans)
            assert rest[1] == " ".join(span.of(text) for span in spans)
            assert "\n" not in rest[1]
        elif line[0] == "R":
            assert kind in conf["relations"]
            assert set(rest) <= known
        elif line[0] == "A":
            assert rest[0] in known
            assert rest[1] in conf["attributes"][kind].split("Value:")[1].split("|")
        else:
            assert rest[0] in known


@settings(max_examples=80, deadline=None)
@given(article=articles(wild=True))
def test_any_article_keeps_to_the_grammar(article: Article) -> None:
    files = dict(files_of(article))
    check(files[".txt"], files[".ann"])


def test_layers_keep_to_the_grammar_and_are_all_there(layered: Article) -> None:
    layered.attributions[3].inside = "a2"
    files = dict(files_of(layered))
    check(files[".txt"], files[".ann"])
    lines = files[".ann"].splitlines()
    assert len([line for line in lines if re.fullmatch(r"A\d+\tPolarity T\d+ denies", line)]) == 2
    assert len([line for line in lines if "\tDisputes " in line]) == 2
    assert len([line for line in lines if "\tInside " in line]) == 1
    assert "Mara Quill, mayor, Mayor; 03-09, a press conference" in files[".ann"]


def test_offsets_are_code_points_and_divided_content_has_fragments(build: Callable[..., Article]) -> None:
    article = build("😀 “No,” said Quill, “never.”", ("Quill", "said", ["“No,”", "“never.”"]))
    lines = dict(files_of(article))[".ann"].splitlines()
    assert lines[:3] == [
        "T1\tContent 2 7;20 28\t“No,” “never.”",
        "T2\tCue 8 12\tsaid",
        "T3\tSource 13 18\tQuill",
    ]


def test_an_annotation_over_lines_is_in_fragments_and_comes_back_whole() -> None:
    text = "Quill said: “No.\n\nNever.”"
    article = Article("x", text, attributions=[Attribution("a1", [Span(0, 5)], [Span(6, 10)], [Span(12, 25)])])
    files = dict(files_of(article))
    assert files[".ann"].startswith("T1\tContent 12 16;18 25\t“No. Never.”\n")
    check(files[".txt"], files[".ann"])
    (back,) = read(files[".txt"], files[".ann"], name="x").attributions
    assert back.content == [Span(12, 25)]


def test_annotations_by_others_are_read() -> None:
    text = "The bridge must close, said Mara Quill."
    annotations = (
        "T1\tContent 0 10;11 21\tThe bridge must close\r\n"
        "T2\tCue 23 27\tsaid\n"
        "T3\tSource 28 38\tMara Quill\n"
        "T4\tPlace 4 10\tbridge\n"
        "R1\tSaidBy Arg1:T1 Arg2:T3\n"
        "R2\tCuedBy Arg1:T1 Arg2:T2\n"
        "E1\tEvent:T2\n"
        "*\tEquiv T1 T4\n"
        "#1\tAnnotatorNotes T1\tsure?\n\n"
    )
    (found,) = read(text, annotations, name="x").attributions
    assert (found.id, found.source, found.cue) == ("T1", [Span(28, 38)], [Span(23, 27)])
    assert found.content == [Span(0, 10), Span(11, 21)]


def test_a_source_that_two_contents_share_is_of_both() -> None:
    annotations = (
        "T1\tContent 0 2\tNo\nT2\tContent 4 9\tnever\nT3\tSource 16 21\tQuill\n"
        "R1\tSaidBy Arg1:T1 Arg2:T3\nR2\tSaidBy Arg1:T2 Arg2:T3\n"
    )
    found = read("No, never, said Quill.", annotations, name="x").attributions
    assert [(each.id, each.source) for each in found] == [("T1", [Span(16, 21)]), ("T2", [Span(16, 21)])]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("T1\tContent 0 99\tThe", id="beyond-the-text"),
        pytest.param("T1\tContent 5 5\t", id="empty"),
        pytest.param("T1\tContent 0,5\tThe", id="other-separator"),
        pytest.param("T1 Content 0 3 The", id="no-tabs"),
        pytest.param("R1\tSaidBy T1 T2", id="relation-without-arguments"),
        pytest.param("Hello", id="no-annotation"),
        pytest.param("T1\tContent 0 3\tThe\nA1\tQuotation T1 sung", id="unknown-value"),
    ],
)
def test_what_is_no_standoff_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(UnreadableSource, match=r"^x.ann: "):
        read("The bridge", line, name="x")
