from __future__ import annotations

from datetime import date

import pytest

from sayso.archive.archive import Archive
from sayso.archive.forms import Suggestion
from sayso.documents import Article
from tests.archive.built import Says, given, make_article


def report(number: int, *says: Says, outlet: str = "The Tidewater Courier") -> Article:
    named = [(" ".join((*each.titles, each.speaker or "")), each.content) for each in says]
    text = "\n\n".join(f"In report {number}, {name} said {content}." for name, content in named)
    return make_article(*says, text=text, outlet=outlet, published=date(2026, 3, 1 + number % 28))


def says(name: str, *titles: str, words: str = "", kind: str = "person") -> Says:
    content = words or f"the quay of {name} is closed"
    return Says(name, content, titles=titles, kind=kind)  # type: ignore[arg-type]


def keep(archive: Archive, *articles: Article) -> None:
    for at, each in enumerate(articles):
        archive.save(each, given(f"{at}-{each.id}.txt"))


def named(found: list[Suggestion]) -> set[frozenset[str]]:
    return {frozenset((each.one.name, each.other.name)) for each in found}


WORDS = "the eastern quay will stay closed until the autumn storms are over"


@pytest.mark.parametrize(
    "one, other, reason",
    [
        pytest.param(says("William Orme"), says("Bill Orme"), "have forms of one given name", id="a-short-form"),
        pytest.param(says("Mara Venn"), says("Mara Fenn"), "one letter parts", id="a-slip-of-the-pen"),
        pytest.param(says("Mara Venn"), says("Mara Venne"), "one letter parts", id="a-letter-too-many"),
        pytest.param(says("Mara Venn", "senator"), says("M. Venn"), "the same initial and surname", id="an-initial"),
        pytest.param(
            says("Northern Bureau of Weights", kind="organisation"), says("NBW", kind="organisation"),
            "the first letters of Northern Bureau of Weights are NBW", id="an-acronym",
        ),
        pytest.param(
            says("Halmark Herald", kind="organisation"), says("Halmark Herald", kind="document"),
            "as organisation and as document", id="two-kinds",
        ),
        pytest.param(
            says("Mara Venn", words=WORDS), says("Venn", words=WORDS), "both are given the same words",
            id="a-surname-with-the-same-words",
        ),
    ],
)  # fmt: skip
def test_names_alike_are_suggested_with_reasons(archive: Archive, one: Says, other: Says, reason: str) -> None:
    keep(archive, report(1, one), report(2, other))
    found = archive.suggestions()
    assert len(found) == 1 and found[0].kind == "merge"
    assert any(reason in each for each in found[0].reasons)


def test_what_speaks_against_is_told_and_lowers_the_score(archive: Archive) -> None:
    keep(
        archive,
        report(1, says("John Hallam", "Transport Minister")),
        report(2, says("John Hallam", "goalkeeper")),
        report(3, says("Ada Lund", "senator")),
        report(4, says("Ade Lund", "senator"), says("Ada Lunt", "senator")),
    )
    found = {frozenset((each.one.name, each.other.name)): each for each in archive.suggestions()}
    assert frozenset(("Ada Lund", "Ada Lunt")) in found
    assert found[frozenset(("Ada Lund", "Ada Lunt"))].score > 0.4
    namesakes = found.get(frozenset(("John Hallam",)))
    assert namesakes is None or "politics" in namesakes.against[0]


def test_shared_company_same_days_and_offices_raise_the_score(archive: Archive) -> None:
    plain = report(1, says("William Orme")), report(20, says("Bill Orme"), outlet="Halmark Echo")
    keep(archive, *plain)
    bare = archive.suggestions()[0].score
    beside = says("Ode Kestrel")
    keep(archive, report(3, says("William Orme"), beside), report(3, says("Bill Orme"), beside))
    found = archive.suggestions()[0]
    assert found.score > bare
    assert "both stand beside Ode Kestrel" in found.reasons
    assert "one outlet has both on the same day" in found.reasons


def test_one_article_with_both_speaks_against(archive: Archive) -> None:
    keep(
        archive,
        report(1, says("Mara Venn"), says("Mara Fenn")),
        report(2, says("William Orme")),
        report(3, says("Bill Orme")),
    )
    assert named(archive.suggestions()) == {frozenset(("William Orme", "Bill Orme"))}


def test_what_was_decided_is_not_suggested_again(archive: Archive) -> None:
    keep(archive, report(1, says("William Orme")), report(2, says("Bill Orme")), report(3, says("Will Orme")))
    before = archive.suggestions()
    assert len(before) == 2
    archive.keep_apart(before[0].one.id, before[0].other.id, reason="father and son")
    archive.merge(before[1].one.id, before[1].other.id, reason="the same")
    assert archive.suggestions() == []


def test_titles_that_clash_suggest_a_split_with_its_articles(archive: Archive) -> None:
    both = says("John Hallam", "Transport Minister", "Captain")
    keep(archive, report(1, both), report(2, both), report(3, says("John Hallam", "goalkeeper", "Captain")))
    (found,) = archive.suggestions()
    assert (found.kind, found.one, found.articles) == ("split", found.other, (3,))
    assert "goalkeeper" in found.reasons[0] and "minister" in found.reasons[0]
    archive.split(found.one.id, articles=found.articles, reason=found.reasons[0])
    assert archive.suggestions() == []


def test_strangers_are_not_suggested(archive: Archive) -> None:
    keep(archive, *(report(at, says(name)) for at, name in enumerate(["Mara Venn", "Ode Kestrel", "Ada Lund", "Venn"])))
    assert archive.suggestions() == []


def test_no_more_than_asked_for_and_the_likeliest_first(archive: Archive) -> None:
    keep(archive, *(report(at, says(f"{first} Orme{'x' * at}")) for at in range(6) for first in ("William", "Bill")))
    found = archive.suggestions(limit=3)
    assert len(found) == 3
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def union(words: str) -> Says:
    return says("Seafarers' union", words=words, kind="organisation")


@pytest.mark.parametrize(
    "words, beside, reason",
    [
        pytest.param(
            "the crew was too small for the crossing", ("Mara Venn", "Tom Kestrel"),
            "both stand beside Mara Venn, Tom Kestrel", id="two-others-beside-both",
        ),
        pytest.param("the crew was too small for the crossing", ("Mara Venn",), None, id="one-other-is-too-little"),
        pytest.param(WORDS, (), "both are given the same words", id="the-same-words"),
    ],
)  # fmt: skip
def test_what_has_only_common_nouns_for_a_name_is_suggested_by_its_company(
    archive: Archive, words: str, beside: tuple[str, ...], reason: str | None
) -> None:
    others = [says(each) for each in beside]
    elsewhere = report(2, union(words), *others, outlet="Halvern Post")
    keep(archive, report(1, union(WORDS), *others), elsewhere, report(3, union("no ship is safe")))
    found = archive.suggestions()
    assert [each.one.name for each in found] == ["Seafarers' union"] * (reason is not None)
    for each in found:
        assert each.reasons[0] == "both are called Seafarers' union" and str(reason) in each.reasons[1]
        archive.keep_apart(each.one.id, each.other.id, reason="a test", by="tester")
    assert archive.suggestions() == []


def test_another_half_of_a_double_name_is_no_surname(archive: Archive) -> None:
    keep(archive, report(1, says("Ana Marsh-Hale")), report(1, says("Bell-Hale")))
    assert archive.suggestions() == []
