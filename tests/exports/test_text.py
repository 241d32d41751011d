from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from sayso.documents import Article
from sayso.exports import render
from sayso.exports.outline import columns

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def shown(*articles: Article, width: int = 80, colour: bool = False, by_speaker: bool = False) -> str:
    return "".join(render(articles, "text", width=width, colour=colour, by_speaker=by_speaker))


def test_record_reads_as_a_page(article: Article) -> None:
    rule = "─" * 64
    assert (
        shown(article, width=64)
        == f"""\
Harbour bridge to close, Courier learns
The Tidewater Courier · Port Ellery · CWA
By Edda Marsh
{rule}

  1  Courier › learns                        headline · indirect
     Harbour bridge to close

  2  Mara Quill › said                                  indirect
     The bridge … must close

On the money

  3  Otto Hale › According to                              mixed
     the union's claim that the council slept is "mere noise"

    3.1  the union's › claim                            indirect
         that the council slept

  4  (no source) › added                   direct · unsure (31%)
     “We knew nothing,”

{rule}
5 attributions, 1 nested, 1 without a source
"""
    )


@pytest.mark.parametrize("width", [20, 36, 50, 80, 100, 300])
@pytest.mark.parametrize("colour", [False, True], ids=["plain", "colour"])
def test_no_line_is_wider_than_the_page(article: Article, width: int, colour: bool) -> None:
    lines = ESCAPE.sub("", shown(article, width=width, colour=colour)).splitlines()
    assert max(columns(line) for line in lines) <= min(max(width, 36), 100)


def test_colours_change_nothing_but_colours(article: Article) -> None:
    coloured = shown(article, colour=True)
    assert ESCAPE.sub("", coloured) == shown(article)
    assert "\x1b[1mMara Quill\x1b[0m" in coloured
    assert "\x1b[3msaid\x1b[0m" in coloured


def test_hostile_text_cannot_steer_the_terminal(build: Callable[..., Article]) -> None:
    article = build("\x1b[2Jwe go, Bob said", ("Bob", "said", "\x1b[2Jwe go"))
    assert "\x1b" not in shown(article)


def test_paragraphs_of_a_long_quotation_stay_apart(build: Callable[..., Article]) -> None:
    article = build("Bob said: “One.\n“Two.”", ("Bob", "said", "“One.\n“Two.”"))
    assert "     “One.\n     “Two.”\n" in shown(article)


def test_article_without_attributions_says_so() -> None:
    assert shown(Article("x", "Rain.")).endswith("No attributions found\n")


def test_each_article_comes_when_it_is_read(article: Article) -> None:
    def articles() -> object:
        yield article
        raise AssertionError("the second article was asked for before the first was shown")

    assert next(iter(render(articles(), "text"))).startswith("Harbour bridge")


def test_among_many_each_names_its_source(article: Article) -> None:
    assert "\nbridge.txt\n───" in "".join(render([article], "text", many=True))
    assert "bridge.txt" not in shown(article)


def test_layers_show_where_they_are_out_of_the_ordinary(layered: Article) -> None:
    assert (
        shown(layered, width=76).split("─" * 76)[1]
        == """

  1  mayor (Mara Quill) › says                           headline · indirect
     Council knew of cracks
     same as 2

  2  Mayor Mara Quill › said                                        indirect
     The council knew for years that the harbour bridge was cracked
     at a press conference, on Monday · 9 March
     disputed by 4

  3  she (Mara Quill) › said                                          direct
     “We slept,”

  4  The port authority's chief engineer, Otto Hale › rejected
                                                denies · attitude · indirect
     the claim
     disputes 2

  5  he (Otto Hale) › told                                            direct
     “That is pure invention,”
     to the Courier

  6  he (Otto Hale 0.55 or Mara Quill 0.41) › said   indirect · unsure (45%)
     he had not been told of any cracks

  7  A senior official › claimed           distancing (“claimed”) · indirect
     that Velmark had offered to pay
     disputed by 8

  8  Velmark › denied                                      denies · indirect
     any offer
     disputes 7

  9  (no source) › (no cue)                                           direct
     “Nobody asked us.”

"""
    )


def test_by_speaker_each_says_a_thing_once(layered: Article) -> None:
    grouped = shown(layered, width=76, by_speaker=True)
    body = grouped.split("─" * 76)[1]
    assert (
        body
        == """

Mara Quill
person · Mayor

  2  Mayor Mara Quill › said                                        indirect
     The council knew for years that the harbour bridge was cracked
     also in the headline (1)
     at a press conference, on Monday · 9 March
     disputed by 4, Otto Hale

  3  she (Mara Quill) › said                                          direct
     “We slept,”

Otto Hale
person · port authority's chief engineer

  4  The port authority's chief engineer, Otto Hale › rejected
                                                denies · attitude · indirect
     the claim
     disputes 2, Mara Quill

  5  he (Otto Hale) › told                                            direct
     “That is pure invention,”
     to the Courier

senior official
anonymous

  7  A senior official › claimed           distancing (“claimed”) · indirect
     that Velmark had offered to pay
     disputed by 8, Velmark

Velmark
government · stands for the government of Velmark

  8  Velmark › denied                                      denies · indirect
     any offer
     disputes 7, senior official

Speaker undecided

  6  he (Otto Hale 0.55 or Mara Quill 0.41) › said   indirect · unsure (45%)
     he had not been told of any cracks

No speaker named

  9  (no source) › (no cue)                                           direct
     “Nobody asked us.”

"""
    )


def test_inner_attribution_keeps_its_place_under_its_speaker(article: Article) -> None:
    assert "3.1  the union's › claim" in shown(article, by_speaker=True)
    assert "     inside 3\n" in shown(article, by_speaker=True)


def test_each_speaker_has_a_colour_and_no_colour_is_the_only_sign(layered: Article) -> None:
    coloured = shown(layered, colour=True)
    assert ESCAPE.sub("", coloured) == shown(layered)
    hale, quill = "1;38;5;131", "1;38;5;67"
    assert f"\x1b[{quill}mshe (Mara Quill)\x1b[0m" in coloured
    assert f"\x1b[{hale}mhe (Otto Hale)\x1b[0m" in coloured
    assert "\x1b[1mhe\x1b[0m \x1b[35m(Otto Hale 0.55 or Mara Quill 0.41)\x1b[0m" in coloured


@pytest.mark.parametrize("width", [20, 36, 50, 80, 300])
@pytest.mark.parametrize("by_speaker", [False, True], ids=["in-order", "by-speaker"])
def test_no_line_of_a_full_record_is_wider_than_the_page(layered: Article, width: int, by_speaker: bool) -> None:
    lines = ESCAPE.sub("", shown(layered, width=width, colour=True, by_speaker=by_speaker)).splitlines()
    assert max(columns(line) for line in lines) <= min(max(width, 36), 100)


def test_hostile_speaker_cannot_steer_the_terminal(layered: Article) -> None:
    for speaker in layered.speakers:
        speaker.name = speaker.titles = speaker.stands_for = "\x1b[2J\n"  # type: ignore[assignment]
        speaker.titles = ["\x1b[2J\u202e"]
    layered.attributions[1].occasion.date = layered.attributions[1].occasion.medium = "\x1b[2J"
    for by_speaker in (False, True):
        assert "\x1b" not in shown(layered, by_speaker=by_speaker)
