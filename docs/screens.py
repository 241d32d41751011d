"""The pictures of the desk in README.md and docs/desk.md: `python -m docs.screens`, made anew from the sample.

Taken with the system's own Chromium, as the tests of the desk are (`tests/desk/browsing.py`).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from sayso.sampling import make_sample
from sayso.serving import make_app
from tests.desk.browsing import CHROMIUM, NONE_HERE, OPTIONS
from tests.serving import serving

DOCS = Path(__file__).parent
SIZE = {"width": 1200, "height": 760}
HEADLINES = {"desk-article": "Bridge answered two of three calls", "desk-check": "Crew ignored warnings"}


def main() -> None:
    if CHROMIUM is None:
        raise SystemExit(NONE_HERE)
    with (
        tempfile.TemporaryDirectory(prefix="sayso-screens-") as folder,
        make_sample(Path(folder) / "sample.db") as archive,
        serving(make_app(archive)) as address,
    ):
        rows = archive.article_list(limit=100).items
        found = {
            name: next(each.id for each in rows if (each.headline or "").startswith(headline))
            for name, headline in HEADLINES.items()
        }
        askvold = archive.speakers("Elin Askvold", kind="person")[0].id
        paths = {
            "desk-article": f"/articles/{found['desk-article']}",
            "desk-check": f"/articles/{found['desk-check']}/check",
            "desk-speaker": f"/speakers/{askvold}",
        }
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
            page = browser.new_page(viewport=SIZE, device_scale_factor=1)  # type: ignore[arg-type]
            page.goto(address)
            for name, path in paths.items():
                # Twice: fonts that come late are not waited for, and are there the second time.
                for _ in range(2):
                    page.goto(address + path, wait_until="networkidle")
                page.screenshot(path=DOCS / f"{name}.png")
            browser.close()


if __name__ == "__main__":
    main()
