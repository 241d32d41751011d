"""The gold set's parser, and the soundness of every file in the set."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gold.markup import MarkupError, gold_files, parse_marked, quotation_of, read_gold

HEADER = "id: x\noutlet: The Test\nstyle: wire\ncountry: Nowhere\n\n"


@pytest.mark.parametrize(
    "marked, parts",
    [
        pytest.param(
            '<c1>"Yes,"</c1> <s1>she</s1> <q1>said</q1>. <c1>"Now."</c1>',
            [(None, ["she"], ["said"], ['"Yes,"', '"Now."'])],
            id="content-in-two-spans",
        ),
        pytest.param(
            "<s1><s2>Ms. Ro</s2></s1> <q1>said</q1> <c1>no</c1> and <q2>insisted</q2> <c2>never</c2>.",
            [(None, ["Ms. Ro"], ["said"], ["no"]), (None, ["Ms. Ro"], ["insisted"], ["never"])],
            id="two-cues-share-a-source",
        ),
        pytest.param(
            "<q1>said</q1> <c1><s2>B</s2> <q2>fears</q2> <c2><s3>C</s3> <q3>wants</q3> <c3>it</c3></c2></c1>",
            [
                (None, [], ["said"], ["B fears C wants it"]),
                ("g1", ["B"], ["fears"], ["C wants it"]),
                ("g2", ["C"], ["wants"], ["it"]),
            ],
            id="three-deep",
        ),
        pytest.param(
            "It <q1>was alleged</q1> <c1>that he fled</c1>.",
            [(None, [], ["was alleged"], ["that he fled"])],
            id="no-source",
        ),
        pytest.param(
            "<s1>Envoy</s1><q1>:</q1> <c1>Talks over</c1>",
            [(None, ["Envoy"], [":"], ["Talks over"])],
            id="colon-as-cue",
        ),
    ],
)
def test_parse_marked(marked, parts):
    text, attributions = parse_marked(marked)
    assert [
        (each["inside"], *([text[s:e] for s, e in each[role]] for role in ("source", "cue", "content")))
        for each in attributions
    ] == parts


@pytest.mark.parametrize(
    "body, line, reason",
    [
        pytest.param("One.\n\n<c1>a <s1>b</c1></s1> <q1>c</q1>", 8, "closes where <s1>", id="crossing-tags"),
        pytest.param("<c1>a</c1>\n<q1>b", 7, "never closed", id="left-open"),
        pytest.param("<c1>a</c1> b</q1>", 6, "closes where no tag", id="closed-but-never-opened"),
        pytest.param("<c1>a <c1>b</c1></c1> <q1>c</q1>", 6, "opens inside itself", id="inside-itself"),
        pytest.param("<c1>a </c1><q1>b</q1>", 6, "white space", id="white-space-at-the-edge"),
        pytest.param("<c1></c1><q1>b</q1>", 6, "empty", id="empty-span"),
        pytest.param("\n<c1>a</c1> <x1>b</x1>", 7, "no tag", id="unknown-role"),
        pytest.param("<c1>a</c1> <s1>b</s1>", 6, "no cue", id="no-cue"),
        pytest.param("<q1>a</q1> <s1>b</s1>", 6, "no content", id="no-content"),
        pytest.param("<c1>a <q1>b</q1></c1>", 6, "own content", id="cue-in-its-own-content"),
        pytest.param("<c2>a</c2> <q2>b</q2>", 6, "1 is not", id="number-left-out"),
    ],
)
def test_broken_markup_names_file_and_line(tmp_path, body, line, reason):
    path = tmp_path / "x.txt"
    path.write_text(HEADER + body, encoding="utf-8")
    with pytest.raises(MarkupError, match=reason) as caught:
        read_gold(path)
    assert (caught.value.path, caught.value.line) == (path, line)
    assert str(caught.value).startswith(f"{path}:{line}: ")


@pytest.mark.parametrize(
    "raw, line",
    [
        pytest.param("id: x\noutlet: y\nstyle: wire\n\nText.", 3, id="header-missing"),
        pytest.param("id: x\nThe article at once.", 2, id="no-header"),
        pytest.param(HEADER.replace("wire", "gossip") + "Text.", 4, id="unknown-style"),
    ],
)
def test_broken_header(tmp_path, raw, line):
    path = tmp_path / "x.txt"
    path.write_text(raw, encoding="utf-8")
    with pytest.raises(MarkupError) as caught:
        read_gold(path)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param('"All of it,"', "direct", id="straight"),
        pytest.param("‘It’s all of it’,", "direct", id="single-with-apostrophe-and-comma-after"),
        pytest.param("«All of it»", "direct", id="guillemets"),
        pytest.param("„All of it“", "direct", id="low-opening"),
        pytest.param("“Left open to the end", "direct", id="paragraph-that-does-not-close"),
        pytest.param("that it was “finished”", "mixed", id="part-quoted"),
        pytest.param("that the crew's pay isn't in", "indirect", id="apostrophes-only"),
    ],
)
def test_quotation_of(text, expected):
    assert quotation_of(text, [[0, len(text)]]) == expected


def test_one_span_quoted_and_one_not_is_mixed():
    assert quotation_of('"No" is not enough', [[0, 4], [5, 18]]) == "mixed"


@pytest.mark.parametrize("path", gold_files(), ids=lambda path: path.stem)
def test_gold_file_is_sound(path: Path):
    article = read_gold(path)
    assert article.id == path.stem
    assert article.attributions
    ids = [each["id"] for each in article.attributions]
    for each in article.attributions:
        assert each["cue"] and each["content"]
        assert each["inside"] is None or each["inside"] in ids
        for role in ("source", "cue", "content"):
            for start, end in each[role]:
                part = article.text[start:end]
                assert part and part == part.strip() and "\n\n" not in part


def test_the_set_is_large_and_varied_enough_to_be_a_gate():
    articles = [read_gold(path) for path in gold_files()]
    attributions = [each for article in articles for each in article.attributions]
    assert len(articles) >= 40
    assert len({article.outlet for article in articles}) >= 30
    assert len({article.style for article in articles}) >= 10
    assert sum(each["inside"] is not None for each in attributions) >= 80
    assert any(not each["source"] for each in attributions)
    assert {each["quotation"] for each in attributions} == {"direct", "indirect", "mixed"}


def test_the_set_has_chains_of_three():
    def depth(each, by_id):
        return 1 if each["inside"] is None else 1 + depth(by_id[each["inside"]], by_id)

    articles = [read_gold(path) for path in gold_files()]
    depths = [
        depth(each, {other["id"]: other for other in article.attributions})
        for article in articles
        for each in article.attributions
    ]
    assert sum(value >= 3 for value in depths) >= 8
