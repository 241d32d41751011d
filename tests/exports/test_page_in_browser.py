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
  words(".in-order .face.on .number").join("|"), peek.hidden ? "" : peek.querySelector(".number").textContent,
].join(";");
"""
SPEAKERS = """
const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
const shown = (selector) => document.querySelector(selector).offsetParent !== null;
document.title = [
  texts(".named").join("|"), texts(".by-speaker .face.on .number").join("|"), texts(".ref.on").join("|"),
  ["in-order", "by-speaker"].filter((view) => shown(`.${view}`)),
].join(";");
"""
NOTHING = ";;;;"
UNION = "the union's|claim|that the council slept;the union's;claim;3.1;"
OUTER = (
    'According to|Otto Hale|the union\'s| |claim| |that the council slept| is "mere noise";Otto Hale;According to;3;'
)


def after(article: Article, folder: Path, does: str, report: str = REPORT, *, by_speaker: bool = False) -> str:
    """What the page shows as chosen once a visitor has done something."""
    script = f"{TOOLS}{does}{report}"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = "".join(render([article], "html", by_speaker=by_speaker)).replace(
        "script-src '", f"script-src 'sha256-{digest}' '"
    )
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


HALE = "The port authority's chief engineer, Otto Hale|he|Hale"
QUILL = "mayor|Mayor Mara Quill|she|Quill"


@pytest.mark.parametrize(
    "does, shown",
    [
        pytest.param("", ";;;by-speaker", id="at-rest"),
        pytest.param("hover(part(1, 'speaker'))", f"{QUILL};;;by-speaker", id="name-shows-the-mentions"),
        pytest.param(
            "const name = part(1, 'speaker'); hover(name); leave(name)", ";;;by-speaker", id="leaving-the-name-ends-it"
        ),
        pytest.param(
            "hover(part(3, 'cue'))", f"{QUILL};3;MQ3;by-speaker", id="attribution-shows-its-speaker-s-mentions"
        ),
        pytest.param(
            "hover(document.querySelector('.by-speaker [data-face=\"2\"]'))", f"{QUILL};2;MQ1|MQ2;by-speaker",
            id="statement-shows-every-place-that-repeats-it",
        ),
        pytest.param("hover(part(1, 'cue'))", f"{QUILL};2;MQ1|MQ2;by-speaker", id="repeat-shows-the-statement"),
        pytest.param("hover(part(6, 'cue'))", ";6;6;by-speaker", id="undecided-speaker-has-no-mentions"),
        pytest.param("part(1, 'speaker').querySelector('a').click()", f"{QUILL};;;by-speaker", id="tap-on-a-name"),
        pytest.param("part(4, 'to').click()", f"{HALE};4;OH4;by-speaker", id="tap-on-a-relation"),
        pytest.param("document.querySelector('.pick-order').click()", ";;;in-order", id="switch-of-lists"),
        pytest.param("location.hash = '#card4'", ";;;in-order,by-speaker", id="link-into-the-hidden-list-shows-it"),
    ],
)  # fmt: skip
def test_visitor_of_speakers(layered: Article, tmp_path: Path, does: str, shown: str) -> None:
    assert after(layered, tmp_path, does, SPEAKERS, by_speaker=True) == shown
