from __future__ import annotations

import pytest

from sayso.errors import NoSuchEntry
from tests.archive.built import Says, given, make_article


def test_a_statement_leads_to_its_place_and_back(town):
    for hit in town.search("crane OR harbour", limit=5).hits:
        place = town.statement_place(hit.statement)
        article = town.article(place.article)
        (told,) = [each for each in article.statements if each.id == place.local]
        assert (place.article, place.version, place.attributions) == (hit.article, 1, told.attributions)
        assert town.article_places(place.article)[place.local] == hit.statement
        assert town.article_speakers(place.article)[told.speaker] == hit.speaker


def test_a_statement_told_twice_has_both_its_places(archive):
    archive.save(make_article(Says("Mara Venn", "it is shut"), Says("Mara Venn", "shut", same_as=0)), given("a"))
    assert archive.statement_place(1).attributions == ["at1", "at2"]


def test_what_is_not_there_says_what_to_do(archive):
    for words in ("pier 4 is shut", "pier 5 is shut"):
        archive.save(make_article(Says("Mara Venn", words), url="https://pier.example"), given(words))
    with pytest.raises(NoSuchEntry, match="newer version"):
        archive.statement_place(1)
    with pytest.raises(NoSuchEntry, match="No statement '77'"):
        archive.statement_place(77)
    assert archive.article_places(1) == {"st1": 2}
    for ask in (archive.article_places, archive.article_speakers):
        with pytest.raises(NoSuchEntry, match="No article '9'"):
            ask(9)


def test_who_is_only_talked_about_has_a_place_and_a_merged_one_the_other_s(archive):
    archive.save(make_article(Says("Mara Venn", "it is shut", about=("Port Board",))), given("a"))
    archive.save(make_article(Says("M. Vennart", "it is open")), given("b"))
    assert set(archive.article_speakers(1)) == {"s1", "m2"}
    keep, other = archive.article_speakers(1)["s1"], archive.article_speakers(2)["s1"]
    archive.merge(keep, other, reason="a test", by="tester")
    assert archive.article_speakers(2) == {"s1": keep}
