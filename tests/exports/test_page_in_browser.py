"""The page under a real browser's pointer, finger and keyboard, with its own Content-Security-Policy in force."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sayso.documents import Article
from sayso.exports import render

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
pytestmark = pytest.mark.skipif(not BROWSER, reason="needs Chromium")

TOOLS = """
const part = (number, role) => document.querySelector(`[data-${role}~="${number}"]`);
const point = (element, kind) => element.dispatchEvent(new PointerEvent(kind, {bubbles: true, pointerType: "mouse"}));
const hover = (element) => point(element, "pointerover");
const leave = (element) => point(element, "pointerout");
const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", {key}));
"""
REPORT = """
const words = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
const peek = document.getElementById("peek");
document.title = [
  words("[data-a].on").join("|"), words(".on-source").join("|"), words(".on-cue").join("|"),
  words(".attributions .face.on .number").join("|"), peek.hidden ? "" : peek.querySelector(".number").textContent,
].join(";");
"""
NOTHING = ";;;;"
UNION = "the union's|claim|that the council slept;the union's;claim;3.1;"
OUTER = (
    'According to|Otto Hale|the union\'s| |claim| |that the council slept| is "mere noise";Otto Hale;According to;3;'
)


def after(article: Article, folder: Path, does: str) -> str:
    """What the page shows as chosen once a visitor has done something."""
    script = f"{TOOLS}{does}{REPORT}"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = "".join(render([article], "html")).replace("script-src '", f"script-src 'sha256-{digest}' '")
    (folder / "page.html").write_text(page.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    done = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
            "--dump-dom",
            (folder / "page.html").as_uri(),
        ],
        capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title, done.stderr
    return html.unescape(title[1])


@pytest.mark.parametrize(
    "does, shown",
    [
        pytest.param("", NOTHING, id="at-rest"),
        pytest.param("hover(part(4, 'cue'))", UNION, id="hover-ties-source-cue-and-content"),
        pytest.param("hover(part(4, 'cue')); leave(part(4, 'cue'))", NOTHING, id="leaving-ends-it"),
        pytest.param("part(4, 'source').click()", f"{UNION}3.1", id="tap-opens-the-card-on-a-phone"),
        pytest.param("part(4, 'source').click(); part(4, 'source').click()", f"{OUTER}3", id="tap-again-moves-outward"),
        pytest.param("part(4, 'cue').click(); document.body.click()", NOTHING, id="tap-elsewhere-closes"),
        pytest.param("part(4, 'cue').click(); press('Escape')", NOTHING, id="escape-closes"),
        pytest.param(
            "part(4, 'cue').click(); hover(part(1, 'cue')); leave(part(1, 'cue'))", f"{UNION}3.1", id="tapped-stays"
        ),
        pytest.param("hover(document.querySelector('[data-face=\"4\"]'))", UNION, id="hover-on-the-card"),
        pytest.param("document.getElementById('ref4').click()", f"{UNION}3.1", id="number-in-the-text"),
    ],
)  # fmt: skip
def test_visitor(article: Article, tmp_path: Path, does: str, shown: str) -> None:
    assert after(article, tmp_path, does) == shown
