"""The reader of the gold layers, and the soundness of every layers file in the set."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sayso.documents import Span
from tests.gold.layers import LayersError, layers_files, read_layers
from tests.gold.markup import GoldArticle, parse_marked, read_gold

MARKED = (
    "<s1>Mayor</s1> <q1>denies</q1> <c1><q2>claims</q2> <c2>of waste</c2></c1>\n\n"
    "On Monday <s3>Ana\nRuiz, the mayor,</s3> <q3>said</q3> on Monday <c3>claims were cheap</c3>."
)
SPEAKER = "speaker ruiz | person | Ana Ruiz | - | the mayor"
LAYERS = (
    "1 | ruiz | communication | neutral | - | denies | - | - | title,cataphora",
    "2 | - | communication | distancing | claims | affirms | - | - | missing",
    "3 | ruiz | communication | neutral | - | affirms | on Monday | 2026-05-25 | name,apposition",
)


@pytest.fixture
def article():
    return GoldArticle("x", "The Test", "wire", *parse_marked(MARKED))


def read(tmp_path: Path, article: GoldArticle, *lines: str):
    path = tmp_path / "x.layers"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_layers(path, article)


def test_read_layers(tmp_path, article):
    layers = read(
        tmp_path, article, "published 2026-05-30", "# by hand", "", SPEAKER, *LAYERS, "same 1 3", "disputes 1 2"
    )
    assert layers.published == date(2026, 5, 30)
    assert [(each.key, each.name, each.titles) for each in layers.speakers] == [("ruiz", "Ana Ruiz", ["the mayor"])]
    assert [each.speaker for each in layers.layers] == ["ruiz", None, "ruiz"]
    assert layers.layers[2].date == "2026-05-25"
    assert layers.layers[0].kinds == ["title", "cataphora"]
    assert layers.same == [["g1", "g3"]]
    assert layers.relations == [("disputes", "g1", "g2")]


def test_words_stand_nearest_to_the_cue(tmp_path, article):
    layers = read(tmp_path, article, SPEAKER, *LAYERS)
    assert layers.layers[1].stance_words == [Span(13, 19)]
    (place,) = layers.layers[2].occasion
    assert place.of(article.text) == "on Monday"
    assert article.text[: place.start].endswith("said ")


def test_the_relation_has_the_name_of_the_json_form(tmp_path, article):
    layers = read(tmp_path, article, SPEAKER, *LAYERS, "responds-to 3 2")
    assert layers.relations == [("responds to", "g3", "g2")]


@pytest.mark.parametrize(
    "lines, line, reason",
    [
        pytest.param([SPEAKER, *LAYERS[:2]], 3, "attribution 3 has no line", id="attribution-without-its-line"),
        pytest.param([SPEAKER, *LAYERS, LAYERS[0]], 5, "already", id="attribution-with-two"),
        pytest.param([SPEAKER, LAYERS[0].replace("1 |", "9 |")], 2, "no attribution '9'", id="no-such-attribution"),
        pytest.param([SPEAKER, LAYERS[0].replace("ruiz", "riuz")], 2, "unknown speaker 'riuz'", id="unknown-key"),
        pytest.param([SPEAKER.replace("person", "mayor")], 1, "unknown kind of speaker", id="unknown-speaker-kind"),
        pytest.param([SPEAKER, SPEAKER], 2, "no new key", id="key-given-twice"),
        pytest.param([SPEAKER.replace("Ruiz", "Díaz")], 1, "'Ana Díaz' is not in", id="name-not-in-the-article"),
        pytest.param([SPEAKER + "; the premier"], 1, "'the premier' is not in", id="title-not-in-the-article"),
        pytest.param(
            [SPEAKER, SPEAKER.replace("ruiz", "other"), *LAYERS], 2, "no attribution has", id="speaker-who-never-speaks"
        ),
        pytest.param([SPEAKER, LAYERS[0].replace("communication", "speech")], 2, "unknown act", id="unknown-act"),
        pytest.param([SPEAKER, LAYERS[0].replace("neutral", "cold")], 2, "unknown stance", id="unknown-stance"),
        pytest.param([SPEAKER, LAYERS[0].replace("denies", "refuses")], 2, "unknown polarity", id="unknown-polarity"),
        pytest.param([SPEAKER, LAYERS[0].replace("title", "job")], 2, "unknown hard kind", id="unknown-hard-kind"),
        pytest.param([SPEAKER, LAYERS[1].replace("claims", "alleged")], 2, "'alleged' is not", id="words-not-there"),
        pytest.param([SPEAKER, LAYERS[1].replace("claims", "-")], 2, "no words", id="distancing-by-no-words"),
        pytest.param(
            [SPEAKER, LAYERS[0].replace("neutral | -", "neutral | claims")], 2, "with words", id="neutral-words"
        ),
        pytest.param(
            [SPEAKER, LAYERS[2].replace("on Mon", "on Tues")], 2, "not in the article", id="occasion-not-there"
        ),
        pytest.param(
            [SPEAKER, LAYERS[2].replace("on Monday", "were cheap")], 2, "own parts", id="occasion-inside-the-content"
        ),
        pytest.param(
            [SPEAKER, LAYERS[1].replace("affirms | -", "affirms | on Monday")], 2, "paragraph", id="occasion-elsewhere"
        ),
        pytest.param([SPEAKER, LAYERS[2].replace("05-25", "05-32")], 2, "no date", id="no-such-day"),
        pytest.param(["published in May"], 1, "no date", id="published-without-a-day"),
        pytest.param([SPEAKER, "published 2026-05-30"], 2, "first", id="published-not-first"),
        pytest.param([SPEAKER, LAYERS[0] + " | more"], 2, "10 fields", id="field-too-many"),
        pytest.param([SPEAKER, *LAYERS, "same 1"], 5, "two attributions", id="same-as-nothing"),
        pytest.param([SPEAKER, *LAYERS, "same 1 2"], 5, "different speakers", id="same-by-two-speakers"),
        pytest.param([SPEAKER, *LAYERS, "same 1 3", "same 3 1"], 6, "two lines", id="in-two-statements"),
        pytest.param([SPEAKER, *LAYERS, "supports 1 1"], 5, "two attributions", id="relation-to-itself"),
        pytest.param([SPEAKER, *LAYERS, "doubts 1 2"], 5, "'doubts'", id="unknown-relation"),
    ],
)
def test_broken_layers_name_file_and_line(tmp_path, article, lines, line, reason):
    with pytest.raises(LayersError, match=reason) as caught:
        read(tmp_path, article, *lines)
    assert (caught.value.path, caught.value.line) == (tmp_path / "x.layers", line)
    assert str(caught.value).startswith(f"{tmp_path / 'x.layers'}:{line}: ")


@pytest.mark.parametrize("path", layers_files(), ids=lambda path: path.stem)
def test_layers_file_is_sound(path: Path):
    article = read_gold(path.with_suffix(".txt"))
    layers = read_layers(path, article)
    assert [each.attribution for each in layers.layers] == [each["id"] for each in article.attributions]
    for each in layers.layers:
        assert all(span.of(article.text).strip() for span in [*each.stance_words, *each.occasion])
        assert each.date is None or each.occasion, f"{each.attribution} has a date that no words give"
