"""The inbox: files added while one looks, what is refused and why, and the same without scripts."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from sayso.archive import open_archive
from sayso.serving import make_app
from sayso.web.jobs import Job
from tests.desk.browsing import barriers, shoot
from tests.serving import serving

ARTICLE = """Harbour crane stands still for a third day

SKERRY BAY, May 3. The crane in Skerry Bay will stand still until its brakes have been replaced, harbour master \
Tove Ulrik said on Sunday.

"Nobody will lift a container with these brakes," Ulrik said. The dockers' union claimed that the port had known of \
the fault since March. "That is not so," Ulrik said.
"""
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def _file(name: str, data: str | bytes, kind: str) -> dict[str, object]:
    return {"name": name, "mimeType": kind, "buffer": data.encode() if isinstance(data, str) else data}


def test_files_come_in_while_one_looks_and_a_refused_one_says_why(
    own_desk: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{own_desk}/inbox")
    expect(page.locator("#problems")).to_contain_text("Everything that was given could be read")
    page.get_by_label("Articles").set_input_files(
        [_file("crane.txt", ARTICLE, "text/plain"), _file("crane.png", PICTURE, "image/png")]  # type: ignore[arg-type]
    )
    page.get_by_text("Where they do not say it themselves").click()
    page.get_by_label("Outlet").fill("The Skerry Bay Observer")
    page.get_by_label("Day of publication").fill("2026-05-03")
    page.get_by_role("button", name="Add to the archive").click()

    results = page.locator("[data-results] li")
    expect(results).to_have_count(3, timeout=60_000)
    expect(page.locator("[data-count]")).to_have_text("done")
    expect(page.locator("[data-outcome]")).to_have_text("1 added, 1 refused, 1 checked")
    expect(page.locator("[data-announce]")).to_contain_text("done. 1 added, 1 refused")
    expect(results.filter(has_text="crane.png")).to_contain_text("image")
    # It was told of what happened, and did not ask again and again.
    assert sum("/events" in url for url in asked) <= 2
    shoot(page, "inbox-job", full=False)
    assert barriers(page) == []

    page.get_by_role("link", name="crane.txt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour crane stands still for a third day")
    page.goto(f"{own_desk}/inbox")
    expect(page.locator("table")).to_contain_text("The Skerry Bay Observer")
    expect(page.locator("#problems")).to_contain_text("crane.png")
    shoot(page, "inbox", full=False)
    assert barriers(page) == []


def test_without_scripts_the_page_says_how_to_see_more(own_desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(scripts=False, phone=True)
    page.goto(f"{own_desk}/inbox")
    page.get_by_label("Articles").set_input_files([_file("crane.txt", ARTICLE, "text/plain")])  # type: ignore[arg-type]
    page.get_by_label("Check them").uncheck()
    page.get_by_role("button", name="Add to the archive").click()
    for _ in range(60):
        if page.locator("[data-count]").inner_text() == "done":
            break
        # Not by its text, for which Playwright does not look in there.
        expect(page.locator("noscript p")).to_be_visible()
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator("[data-results] li")).to_have_count(1)
    expect(page.locator("[data-outcome]")).to_have_text("1 added")


def test_the_inbox_is_for_everybody_on_a_phone_in_the_dark(desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page(phone=True, dark=True)
    page.goto(f"{desk}/inbox")
    shoot(page, "inbox-phone", full=False)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_job_is_followed_as_it_goes_on_and_stopped(
    sample_file: Path, tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    shutil.copy(sample_file, tmp_path / "own.db")
    with open_archive(tmp_path / "own.db") as archive:
        app = make_app(archive)
        go_on = threading.Event()

        def work(job: Job) -> Iterator[dict[str, Any]]:
            job.progress(1, 4, "texts")
            yield {"name": "one.txt", "outcome": "unchanged", "saved": None, "problem": None, "warnings": []}
            go_on.wait(30)
            job.progress(2, 4, "texts")
            yield {"name": "two.txt", "outcome": "unchanged", "saved": None, "problem": None, "warnings": ["<b>odd"]}
            job.stop.wait(30)

        with serving(app) as address:
            job = app.state.serving.jobs.start("add", work, by="somebody else", about="four files")
            page = open_page()
            page.goto(f"{address}/inbox")
            box = page.locator(".job")
            expect(box.locator("[data-count]")).to_have_text("1 of 4 texts")
            box.get_by_role("link", name="four files").click()
            expect(page.locator("[data-results] li")).to_have_count(1)
            top = page.locator("[data-results]").bounding_box()
            go_on.set()
            expect(page.locator("[data-results] li").nth(1)).to_contain_text("<b>odd")
            expect(page.locator("[data-count]")).to_have_text("2 of 4 texts")
            assert page.locator("progress").evaluate("(bar) => bar.value") == 2
            assert page.locator("[data-results]").bounding_box()["y"] == top["y"]  # type: ignore[index]
            page.get_by_role("button", name="Stop").click()
            expect(page.locator("[data-count]")).to_have_text("cancelled")
            assert job.state == "cancelled"
