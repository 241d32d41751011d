"""What the tests of the desk look at pages with: a headless Chromium, axe, and screenshots for people."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

CHROMIUM = os.environ.get("SAYSO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
NONE_HERE = "no Chromium here: install the system's package chromium, or set SAYSO_CHROMIUM to a browser"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHOTS = Path(os.environ.get("SAYSO_SHOTS") or Path(__file__).parents[2] / "build" / "screenshots")


def shoot(page: Page, name: str, *, full: bool = True) -> None:
    """Keeps a screenshot of a page, as one that people look at after a run."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=full)


def barriers(page: Page) -> list[str]:
    """What axe finds on a page against WCAG 2.2 A and AA, one line each."""
    levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    # Of what is right only the number is of use, and telling all of it takes half the time.
    options = {"runOnly": {"type": "tag", "values": levels}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options)
    return [
        f"{each['id']}: {each['help']}: {'; '.join(str(node['html'])[:160] for node in each['nodes'][:3])}"
        for each in found.response["violations"]
    ]
