from __future__ import annotations

from sayso.documents import Article, Span
from sayso.exports.groups import UNDECIDED, UNNAMED, groups, sayings
from sayso.exports.outline import outline
from sayso.exports.speakers import Cast
from sayso.records import Attribution, Candidate, Relation, Speaker, Statement


def attribution(name: str, start: int, length: int = 3, speaker: str | None = None) -> Attribution:
    return Attribution(name, [], [], [Span(start, start + length)], speaker=speaker)


def grouped(article: Article) -> list[tuple[str, list[list[str]]]]:
    """Each group's title with its statements, as ids."""
    said = sayings(article, outline(article))
    return [
        (group.title, [[entry.attribution.id for entry in each.entries] for each in group.said])
        for group in groups(article, said, Cast(article))
    ]


def test_statements_stand_under_their_speakers_the_fullest_wording_first(layered: Article) -> None:
    assert grouped(layered) == [
        ("Mara Quill", [["a2", "a1"], ["a3"]]),
        ("Otto Hale", [["a4"], ["a5"]]),
        ("senior official", [["a7"]]),
        ("Velmark", [["a8"]]),
        (UNDECIDED, [["a6"]]),
        (UNNAMED, [["a9"]]),
    ]


def test_nothing_is_lost_or_doubled_in_a_record_that_lacks_things() -> None:
    article = Article(
        "x",
        "a text of some words and more",
        attributions=[
            attribution("a", 0, speaker="ann"),
            attribution("b", 4, speaker="gone"),
            attribution("twice", 8, speaker="ann"),
            attribution("twice", 12, speaker="ann"),
            attribution("c", 16),
        ],
        speakers=[Speaker("ann", "Ann")],
        statements=[Statement("s1", "ann", ["a", "a", "gone"], "x"), Statement("s2", "ann", ["a", "lost"], "x")],
        relations=[Relation("disputes", "s1", "lost"), Relation("disputes", "s1", "s1")],
    )
    article.attributions[-1].candidates = [Candidate("ann", 0.4)]
    assert grouped(article) == [
        ("Ann", [["a"], ["twice"], ["twice"]]),
        (UNDECIDED, [["c"]]),
        (UNNAMED, [["b"]]),
    ]
    assert not any(said.links for said in sayings(article, outline(article)))


def test_relations_show_on_both_sides_and_once(layered: Article) -> None:
    layered.relations.append(layered.relations[0])
    links = {
        said.entry.number: [(link.words, link.entry.number) for link in said.links]
        for said in sayings(layered, outline(layered))
        if said.links
    }
    assert links == {
        "2": [("disputed by", "4")],
        "4": [("disputes", "2")],
        "7": [("disputed by", "8")],
        "8": [("disputes", "7")],
    }
