"""A real desk for the tests: the sample archive served on a free port, and a headless Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
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


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address under which an application is served, in a thread, until the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def shoot(page: Page, name: str, *, full: bool = True) -> None:
    """Keeps a screenshot of a page, as one that people look at after a run."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=full)


def barriers(page: Page) -> list[str]:
    """What axe finds on a page against WCAG 2.2 A and AA, one line each."""
    found = Axe().run(
        page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    )
    return [
        f"{each['id']}: {each['help']}: {'; '.join(str(node['html'])[:160] for node in each['nodes'][:3])}"
        for each in found.response["violations"]
    ]
