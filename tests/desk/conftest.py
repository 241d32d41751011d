from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from sayso.archive import open_archive
from sayso.sampling import make_sample
from sayso.serving import make_app
from tests.desk.browsing import CHROMIUM, NONE_HERE, OPTIONS
from tests.serving import serving
from tests.sharing import made_once

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, read by the real model once for all processes that run tests; nobody writes to it."""
    return made_once(tmp_path_factory, "sample.db", lambda path: make_sample(path).close())


@pytest.fixture(scope="session")
def desk(sample_file: Path) -> Iterator[str]:
    """Address of a desk on the sample archive for tests that only look."""
    with open_archive(sample_file) as archive, serving(make_app(archive)) as address:
        yield address


@pytest.fixture
def own_desk(sample_file: Path, tmp_path: Path) -> Iterator[str]:
    """Address of a desk on a copy of the sample archive, for a test that changes it."""
    copy = tmp_path / "own.db"
    shutil.copy(sample_file, copy)
    with open_archive(copy) as archive, serving(make_app(archive)) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium.

    Not longer than for these tests: while Playwright is there, no other event loop can run in this thread.
    """
    if CHROMIUM is None:
        pytest.skip(NONE_HERE)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages: `open_page(phone=True, dark=True, scripts=False)`.

    At the end nothing may have been said on their consoles: no error of a script, no breach of the policy.
    """
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def make(*, phone: bool = False, dark: bool = False, scripts: bool = True, quiet: bool = True) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else WIDE,  # type: ignore[arg-type]
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            has_touch=phone,
        )
        contexts.append(context)
        page = context.new_page()

        def heard(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                said.append(message.text)

        if quiet:
            page.on("console", heard)
            page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert said == []
