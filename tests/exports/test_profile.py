from __future__ import annotations

import pytest

from sayso.documents import Article, Span
from sayso.exports import render
from sayso.statements import profile as statements_profile
from sayso.statements.profile import Profile, SpeakerProfile, Stretch


def heard(speaker: str, statements: int, words: int, direct: int, share: float, *, named: bool = True, **stances: int):  # type: ignore[no-untyped-def]
    counts = {"neutral": 0, "endorsing": 0, "distancing": 0, **stances}
    return SpeakerProfile(speaker, speaker, named, words, direct, words - direct, statements, counts, share)


@pytest.fixture
def profiled(layered: Article, monkeypatch: pytest.MonkeyPatch) -> Article:
    """The article with a profile that is given, not counted."""
    body = Span(layered.paragraphs[1].start, layered.paragraphs[3].end)
    profile = Profile(
        [
            heard("quill", 7, 130, 65, 0.617, neutral=6, endorsing=1),
            heard("hale", 2, 40, 0, 0.19, neutral=1, distancing=3),
            heard("official", 1, 40, 40, 0.19, named=False, neutral=1),
            heard("gone", 0, 0, 0, 0.0),
        ],
        400, 210, 0.525, 12, 1, 3, 2, [Stretch("hale", 3, body)],
    )  # fmt: skip
    monkeypatch.setattr(statements_profile, "profile_of", lambda article: profile)
    return layered


def shown(article: Article, width: int = 76) -> str:
    return "".join(render([article], "text", width=width)).split("\n\n", 1)[1].partition("Who is heard")[2]


def test_profile_at_the_end_of_a_record(profiled: Article) -> None:
    assert (
        shown(profiled)
        == """\
                             statements   words   share   quoted
Mara Quill                                        7     130     62%      50%
  1 of 7 in endorsing words
Otto Hale                                         2      40     19%       0%
  3 of 4 in distancing words
senior official (unnamed)                         1      40     19%     100%
gone                                              0       0      0%       0%

52% of the article's words are attributed: 12 attributions to named
speakers, 1 to anonymous or unnamed ones, 3 to nobody known.
2 quotations without a known speaker.
Otto Hale is the only voice in paragraphs 2 to 4.
"""
    )


def test_profile_on_a_narrow_terminal_keeps_its_columns(profiled: Article) -> None:
    lines = shown(profiled, width=36).splitlines()
    assert lines[0] == "" and lines[1] == " statements   words   share   quoted"
    assert lines[2:4] == ["Mara Quill", "          7     130     62%      50%"]


def test_article_without_speakers_has_nothing_to_compare(article: Article) -> None:
    assert shown(article) == ""
