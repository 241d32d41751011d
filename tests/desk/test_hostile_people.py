"""Hostile text from those who may sign in, or try to: names, reasons, files, what the log tells."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from sayso.archive import open_archive
from sayso.archive.accounts import passwords
from sayso.archive.accounts.forms import Actor
from sayso.serving import make_app
from tests.archive.accounts.conftest import QUICK
from tests.archive.built import Says, given, make_article, make_transcript
from tests.desk.payloads import payloads
from tests.desk.test_hostile import look, watched
from tests.serving import serving

__all__ = ["watched"]

SOME = [each for each in payloads()[::23] if "\0" not in each]
TURNED = "\u202ethe turned council"
"""Of a reading direction that goes on after it."""
PASSWORD = "seven grey herons"


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a desk on an archive of people who sign everything with a script; Ada is its admin."""
    with (
        pytest.MonkeyPatch.context() as patch,
        open_archive(tmp_path_factory.mktemp("p") / "p.db", make=True) as archive,
    ):
        patch.setattr(passwords, "_HASHER", QUICK)
        archive.accounts.add_user("Ada", PASSWORD, role="admin")
        named = [" ".join(each.split()) for each in SOME]
        for each in [each for each in named if each.isprintable() and len(each) <= 60]:
            archive.accounts.add_token("Ada", each)
        says = [Says("Tom Ashe", "it is so")] + [
            Says("Mara Venn", f"the bridge will be closed on day {place}") for place in range(len(SOME))
        ]
        archive.save(make_article(*says), given("a.html"))
        targets = [each.id for each in archive.article(1).attributions][1:]
        for target, one, other in zip(targets, SOME, reversed(SOME), strict=True):
            archive.correct(1, field="stance", target=target, after={"value": "distancing"}, reason=one, by=other)
            archive.accounts.audit(one, other, actor=Actor(one, address=other))
            archive.save_transcript(make_transcript(("Venn", f"day {target}"), title=one, url=other), given(other))
        # Of the speaker on the page of the decision: what it says and who says it.
        archive.set_stands_for(1, SOME[0], reason=SOME[1], by=SOME[2])
        archive.set_stands_for(2, TURNED, reason=TURNED, by=TURNED)
        with serving(make_app(archive, login=True)) as address:
            yield address


@pytest.fixture
def signed_in(watched: Page, peopled: str) -> Page:
    answer = watched.request.post(f"{peopled}/login", form={"name": "Ada", "password": PASSWORD}, max_redirects=0)
    assert answer.status == 303
    return watched


VIEWS = (
    "/account",
    "/users",
    "/audit",
    "/corrections",
    "/articles/1",
    "/review",
    "/transcripts",
    "/speakers/1",
    "/read",
)


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_that_somebody_typed_runs(view: str, peopled: str, signed_in: Page) -> None:
    look(signed_in, peopled + view)


def test_nobody_turns_the_page_around(peopled: str, signed_in: Page) -> None:
    signed_in.goto(f"{peopled}/speakers/2")
    assert "turned council" in signed_in.content()
    assert "\u202e" not in signed_in.content()


def test_no_item_of_the_review_runs(peopled: str, signed_in: Page) -> None:
    items = signed_in.request.get(f"{peopled}/corrections.json").json()["items"]
    for each in items[::4]:
        look(signed_in, peopled + each["url"])
        look(signed_in, f"{peopled}{each['url']}?saved=1-{each['id']}")


def test_no_address_runs(peopled: str, signed_in: Page) -> None:
    for each in map(quote, SOME[::4]):
        for path in (
            f"/nothing/{each}",
            f"/static/{each}",
            f"/readings/{each.replace('/', '')}",
            f"/review/1/{each.replace('/', '')}",
            f"/audit?by={each}&action={each}",
            f"/corrections?by={each}",
            f"/search/narrow?q={each}&speaker={each}&outlet={each}",
            f"/articles?sort={each}",
        ):
            look(signed_in, peopled + path)


def test_no_name_at_the_door_runs(peopled: str, watched: Page) -> None:
    for each in SOME[3:8]:
        watched.goto(f"{peopled}/login?next={quote('/search?q=' + each)}")
        watched.get_by_label("Name").fill(each)
        watched.get_by_label("Password").fill(each)
        watched.get_by_role("button", name="Sign in").click()
        assert watched.get_by_role("alert").count() == 1
        look(watched, watched.url)


def test_no_name_of_a_file_runs(peopled: str, signed_in: Page) -> None:
    """While it comes in, by script, and afterwards."""
    signed_in.goto(f"{peopled}/inbox")
    files = [{"name": each, "mimeType": "text/plain", "buffer": each.encode()} for each in SOME[::2]]
    signed_in.locator("input[name=files]").set_input_files(files)
    signed_in.locator("#add").evaluate("form => form.requestSubmit()")
    signed_in.wait_for_url("**/inbox/*")
    signed_in.locator("[data-results] > *").nth(len(files) - 1).wait_for(timeout=60_000)
    look(signed_in, signed_in.url)
    look(signed_in, f"{peopled}/inbox")
