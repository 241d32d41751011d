"""What did not come in whole is listed until it does."""

from __future__ import annotations

import pytest

from sayso.archive.archive import Archive
from sayso.archive.forms import Problem
from tests.archive.built import Says, given, make_article

PROBLEM = Problem("refused", "page.html", "too large", origin="pages/", advice="Raise the limit", digest="d1")


def test_a_problem_is_listed_with_its_reason(archive: Archive) -> None:
    archive.note(PROBLEM)
    (found,) = archive.problems()
    assert (found.kind, found.name, found.reason, found.origin) == ("refused", "page.html", "too large", "pages/")
    assert (found.advice, found.digest, found.times, found.repaired_at) == ("Raise the limit", "d1", 1, None)
    assert found.first_at == found.last_at != ""


def test_the_same_again_counts_once_more(archive: Archive) -> None:
    archive.note(PROBLEM)
    archive.note(Problem("refused", "page.html", "too large", digest="d2"))
    archive.note(Problem("damaged", "page.html", "a gap in the middle"))
    damaged, refused = archive.problems()
    assert (damaged.kind, damaged.times) == ("damaged", 1)
    assert (refused.times, refused.digest) == (2, "d2")
    assert refused.first_at <= refused.last_at


@pytest.mark.parametrize(
    "problem, digest, repaired",
    [
        pytest.param(PROBLEM, "d1", True, id="a-limit-was-raised"),
        pytest.param(PROBLEM, "d2", True, id="the-source-was-mended"),
        pytest.param(Problem("truncated", "page.html", "ends early", digest="d1"), "d1", False, id="still-truncated"),
        pytest.param(Problem("damaged", "page.html", "a gap", digest="d1"), "d2", True, id="damaged-and-now-whole"),
        pytest.param(Problem("refused", "other.html", "too large"), "d1", False, id="another-source"),
    ],
)
def test_a_later_success_repairs_it(archive: Archive, problem: Problem, digest: str, repaired: bool) -> None:
    archive.note(problem)
    archive.save(make_article(Says("Mara Venn", "it rains")), given("page.html", digest=digest))
    assert (archive.problems() == []) == repaired
    (found,) = archive.problems(all=True)
    assert (found.repaired_at is not None) == repaired


def test_what_was_repaired_can_fail_again(archive: Archive) -> None:
    archive.note(PROBLEM)
    archive.save(make_article(Says("Mara Venn", "it rains")), given("page.html"))
    archive.note(PROBLEM)
    (found,) = archive.problems()
    assert (found.times, found.repaired_at) == (2, None)
