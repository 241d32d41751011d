"""From scores to attributions, on scores made by hand."""

import numpy as np
import pytest

from sayso.extraction import labels
from sayso.extraction.confidence import FEATURES, Calibration
from sayso.extraction.decoding import Found, MentionScores, Scores, decode
from sayso.extraction.tagging import flat_spans

POSITIONS = "BIES"
SURE = np.log(0.97)
LITTLE = np.log(0.03 / (len(labels.TAGS) - 1))


def scores_of(tags: str, *, roles: dict[int, str] | None = None, cues: str | None = None) -> Scores:
    """Scores that are sure of what is written: one letter pair a word, as in "Bs Es Sq Bc Ec O".

    `roles` says for a cue's first word what each word is to it ("s s . c c"); `cues` marks the words of cues at
    any level ("B I .").
    """
    names = tags.split()
    count = len(names)
    table = np.full((count, len(labels.TAGS)), LITTLE, dtype=np.float32)
    for word, name in enumerate(names):
        number = 0 if name == "O" else labels.tag("sqc".index(name[1]), POSITIONS.index(name[0]))
        table[word, number] = SURE
    cue_tags = np.log(np.full((count, 3), 0.01, dtype=np.float32))
    for word, mark in enumerate((cues or " ".join("." * count)).split()):
        cue_tags[word, ".BI".index(mark)] = SURE
    from_cue = np.zeros((count, 5, labels.PAIR_WIDTH), dtype=np.float32)
    to_word = np.zeros((count, 5, labels.PAIR_WIDTH), dtype=np.float32)
    for dimension, (cue, view) in enumerate((roles or {}).items()):
        from_cue[cue, :, dimension] = np.sqrt(labels.PAIR_WIDTH)
        marks = view.split()
        for word, mark in enumerate(marks):
            begins = word == 0 or marks[word - 1] != mark
            role = {".": 0, "s": 1, "c": 3}[mark] + (mark != "." and not begins)
            to_word[word, role, dimension] = 8.0
    nothing = np.zeros((count, 1), dtype=np.float32)
    return Scores(
        table,
        cue_tags,
        from_cue,
        to_word,
        np.zeros((len(labels.DISTANCES) + 1, 5), dtype=np.float32),
        mentions=MentionScores(*[nothing] * 7),
        act=nothing,
        stance=nothing,
    )


def shape(found: list[Found]) -> list[tuple]:
    return [(each.cue, each.source, each.content, each.inside) for each in found]


def test_a_plain_statement():
    scores = scores_of("Bs Es Sq Bc Ic Ec O", roles={2: "s s . c c c ."})
    assert shape(decode(scores)) == [((2, 3), [(0, 2)], [(3, 6)], None)]


def test_content_on_both_sides_of_the_cue_is_one_content():
    scores = scores_of("Bc Ec Ss Sq Bc Ec", roles={3: "c c s . c c"})
    assert shape(decode(scores)) == [((3, 4), [(2, 3)], [(0, 2), (4, 6)], None)]


def test_two_cues_share_a_source():
    scores = scores_of("Ss Sq Sc O Sq Sc", roles={1: "s . c . . .", 4: "s . . . . c"})
    assert [each.source for each in decode(scores)] == [[(0, 1)], [(0, 1)]]


def test_a_cue_that_sees_no_source_has_none():
    scores = scores_of("Ss Sq Sc O Sq Sc", roles={1: "s . c . . .", 4: ". . . . . c"})
    assert [each.source for each in decode(scores)] == [[(0, 1)], []]


def test_a_cue_without_content_is_dropped():
    assert decode(scores_of("Ss Sq O O", roles={1: "s . . ."})) == []


def test_a_quotation_of_several_paragraphs_stays_with_its_cue():
    far = " ".join(["O"] * 60)
    nothing = " ".join(["."] * 60)
    scores = scores_of(f"Ss Sq Sc {far} Sc", roles={1: f"s . c {nothing} ."})
    assert decode(scores, continued=frozenset({63}))[0].content == [(2, 3), (63, 64)]
    assert decode(scores)[0].content == [(2, 3)]


def test_words_out_of_reach_are_not_a_cues_own():
    far = " ".join(["O"] * 60)
    nothing = " ".join(["."] * 60)
    scores = scores_of(f"Ss {far} Ss Sq Sc", roles={62: f"s {nothing} s . c"})
    assert decode(scores)[0].source == [(61, 62)]
    assert decode(scores_of(f"Ss {far} Sq Sc", roles={61: f"s {nothing} . c"}))[0].source == []


def test_a_nested_attribution_lies_inside():
    # He said | Rome believes it is dead
    scores = scores_of("Ss Sq Bc Ic Ic Ic Ec", roles={1: "s . c c c c c", 3: ". . s . c c c"}, cues=". B . B . . .")
    assert shape(decode(scores)) == [
        ((1, 2), [(0, 1)], [(2, 7)], None),
        ((3, 4), [(2, 3)], [(4, 7)], 0),
    ]
    assert len(decode(scores, nested=False)) == 1


def test_three_levels():
    # A says | B hears | C claims | d d
    scores = scores_of(
        "Ss Sq Bc Ic Ic Ic Ic Ec",
        roles={1: "s . c c c c c c", 3: ". . s . c c c c", 5: ". . . . s . c c"},
        cues=". B . B . B . .",
    )
    assert [each.inside for each in decode(scores)] == [None, 0, 1]


def test_a_nested_attribution_stays_within_the_content():
    # the nested cue sees a source outside of the content that it lies in: it has none
    scores = scores_of("Ss Sq Bc Ic Ec", roles={1: "s . c c c", 2: "s . . c c"}, cues=". B B . .")
    _outer, inner = decode(scores)
    assert inner.source == []
    assert inner.content == [(3, 5)]


def test_of_two_nested_cues_with_one_content_the_surer_stays():
    # He said | the message is | it is over
    scores = scores_of(
        "Ss Sq Bc Ic Ic Ic Ec", roles={1: "s . c c c c c", 2: ". . . . c c c", 3: ". . . . c c c"}, cues=". B B B . . ."
    )
    scores.cue_tags[3, 1] = np.log(0.9)
    assert [each.cue for each in decode(scores)] == [(1, 2), (2, 3)]


def test_nothing_said():
    assert decode(scores_of("O O O")) == []
    empty = np.zeros((0, 13), dtype=np.float32)
    assert flat_spans(empty, (0.0, 0.0, 0.0)) == []


@pytest.mark.parametrize(
    "tags",
    [
        pytest.param([labels.tag(0, labels.INSIDE), labels.tag(0, labels.END)], id="starts-inside"),
        pytest.param([labels.tag(0, labels.BEGIN), labels.tag(2, labels.END)], id="changes-role-inside"),
        pytest.param([labels.tag(0, labels.BEGIN), 0], id="never-ends"),
    ],
)
def test_impossible_taggings_are_never_decoded(tags):
    table = np.full((2, len(labels.TAGS)), -4.0, dtype=np.float32)
    table[[0, 1], tags] = -0.1
    for _, first, last in flat_spans(table, (0.0, 0.0, 0.0)):
        assert 0 <= first < last <= 2


def test_a_higher_bonus_finds_more_spans():
    table = np.full((1, len(labels.TAGS)), -9.0, dtype=np.float32)
    table[0, 0], table[0, labels.tag(labels.CUE, labels.SINGLE)] = np.log(0.6), np.log(0.4)
    assert flat_spans(table, (0.0, 0.0, 0.0)) == []
    assert flat_spans(table, (0.0, 0.5, 0.0)) == [(labels.CUE, 0, 1)]


def test_confidence_is_a_chance_and_rises_with_the_evidence():
    calibration = Calibration(flat=(0.0, *[0.5] * len(FEATURES)), nested=(-3.0, *[0.0] * len(FEATURES)))
    weak, strong = (Found((0, 1), [(1, 2)], [(2, 3)], None, p, p, p, p) for p in (0.4, 1.0))
    assert 0 < calibration.confidence(weak) < calibration.confidence(strong) < 1
    nested = Found((0, 1), [], [(2, 3)], 0, 1.0, 1.0, 1.0, 1.0)
    assert calibration.confidence(nested) == pytest.approx(0.0474, abs=1e-4)
