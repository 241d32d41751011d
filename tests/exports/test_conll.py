from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings

from sayso.documents import Article, Dateline, Span
from sayso.errors import UnreadableSource
from sayso.exports.conll import escaped, read, render, unescaped
from tests.exports.written import articles


def lines(article: Article) -> list[str]:
    return "".join(render([article])).split("\n")


def rows(article: Article) -> list[list[str]]:
    return [line.split("\t") for line in lines(article) if line and not line.startswith("# ")]


def test_one_token_a_line_with_labels_and_offsets(build: Callable[..., Article]) -> None:
    article = build("“No,” said Mara Quill.\nRain fell.", ("Mara Quill", "said", "“No,”"))
    assert lines(article) == [
        "# newdoc id = x",
        "# characters = 33",
        "# columns = ID FORM START END PART ATTRIBUTION MISC",
        '# attribution = {"id": "a1", "quotation": "indirect", "inside": null, "confidence": 0.9, "speaker": null}',
        "",
        "# text = “No,” said Mara Quill.",
        "1\t“\t0\t1\tB-CONTENT\ta1\tSpaceAfter=No",
        "2\tNo\t1\t3\tI-CONTENT\ta1\tSpaceAfter=No",
        "3\t,\t3\t4\tI-CONTENT\ta1\tSpaceAfter=No",
        "4\t”\t4\t5\tE-CONTENT\ta1\t_",
        "5\tsaid\t6\t10\tS-CUE\ta1\t_",
        "6\tMara\t11\t15\tB-SOURCE\ta1\t_",
        "7\tQuill\t16\t21\tE-SOURCE\ta1\tSpaceAfter=No",
        "8\t.\t21\t22\tO\t_\tSpacesAfter=\\n",
        "",
        "# text = Rain fell.",
        "1\tRain\t23\t27\tO\t_\t_",
        "2\tfell\t28\t32\tO\t_\tSpaceAfter=No",
        "3\t.\t32\t33\tO\t_\tSpaceAfter=No",
        "",
        "",
    ]


def test_what_is_nested_stands_further_right(article: Article) -> None:
    found = {row[1]: row[4:8] for row in rows(article)}
    assert found["slept"] == ["I-CONTENT", "hale", "E-CONTENT", "union"]
    assert found["mere"] == ["I-CONTENT", "hale", "O", "_"]


def test_a_dateline_stands_by_itself(article: Article) -> None:
    texts = [line.removeprefix("# text = ") for line in lines(article) if line.startswith("# text = ")]
    assert texts[1:4] == ["By Edda Marsh", "PORT ELLERY, March 12. /CWA/.", "The bridge, Mara Quill said, must close."]


@settings(max_examples=100, deadline=None)
@given(article=articles(wild=True))
def test_columns_are_sound_whatever_the_text(article: Article) -> None:
    document = "".join(render([article]))
    # Whoever reads lines by another idea of a line's end reads the same ones.
    assert document.splitlines() == document.split("\n")[:-1]
    (columns,) = re.findall(r"(?m)^# columns = (.*)$", document)
    before: dict[int, tuple[str, str, str]] = {}
    for row in rows(article):
        assert len(row) == len(columns.split())
        assert all(cell and not re.search(r"\s", cell) for cell in row)
        assert unescaped(row[1]) == article.text[int(row[2]) : int(row[3])]
        for layer, place in enumerate(range(4, len(row) - 1, 2)):
            prefix, _, role = row[place].partition("-")
            assert (prefix == "O") == (row[place + 1] == "_") or row[place + 1] == escaped("_")
            if prefix in "IE":
                assert before[layer][0] in "BI"
                assert before[layer][1:] == (role, row[place + 1])
            before[layer] = (prefix, role, row[place + 1])


def test_two_spans_side_by_side_stay_two(build: Callable[..., Article]) -> None:
    article = build("Quill said yes no.", ("Quill", "said", ["yes", "no"]))
    (back,) = read("".join(render([article])).splitlines(keepends=True), name="x")
    assert back.attributions[0].content == [Span(11, 14), Span(15, 17)]


@pytest.mark.parametrize("text", ["", "\n\n", " \t\r\n"])
def test_an_article_without_a_token(text: str) -> None:
    (back,) = read("".join(render([Article("x", text)])).splitlines(keepends=True), name="x")
    assert back.text == text


def test_a_dateline_before_the_first_sentence() -> None:
    text = "PORT ELLERY. Rain fell."
    article = Article("x", text, dateline=Dateline(Span(0, 12)), paragraphs=[Span(0, len(text))])
    assert [line for line in lines(article) if line.startswith("# text")] == [
        "# text = PORT ELLERY.",
        "# text = Rain fell.",
    ]


def test_a_document_that_is_cut_off_at_the_end_of_a_line_is_refused(article: Article) -> None:
    whole = "".join(render([article, Article("y", "Rain fell.")])).splitlines(keepends=True)
    cut = [line for number, line in enumerate(whole) if number != whole.index("\n", 30) - 1]
    with pytest.raises(UnreadableSource, match=r"characters|token at"):
        list(read(cut, name="cut.conll"))
    back = read(whole[:-3], name="cut.conll")
    assert next(back).id == "a0"
    with pytest.raises(UnreadableSource, match="of 10 characters of document 'y'"):
        next(back)
