"""A built site, looked through: where its links lead, and what a browser would fetch for it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_FETCHED = {
    "img": "src", "script": "src", "iframe": "src", "source": "src", "audio": "src", "video": "src", "embed": "src",
    "object": "data", "input": "src", "image": "href", "use": "href", "link": "href",
}  # fmt: skip
"""What of a page a browser gets by itself; a link is only followed by who clicks on it."""
_SILENT = ("canonical", "next", "prev", "index", "search", "author", "license", "help", "glossary", "genindex")
"""Kinds of <link> that fetch nothing."""
_IN_STYLES = re.compile(r"(?:url\(|@import)\s*[\"']?\s*((?:https?:)?//[^\"')\s]+)")


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)
        self.fetched += _IN_STYLES.findall(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.update(given[name] for name in ("id", "name") if name in given)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        where = _FETCHED.get(tag)
        silent = tag == "link" and any(each in _SILENT for each in given.get("rel", "").split())
        if where and given.get(where) and not silent:
            self.fetched.append(given[where])
        self.fetched += [each.split()[0] for each in given.get("srcset", "").split(",") if each.split()]


def faults_of(site: Path) -> list[str]:
    """What is wrong with the pages of a site, a line each: dead links, and what would be had from another host."""
    pages = {path: _Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    faults = [] if pages else [f"{site}: there is no page in it"]
    for path, page in pages.items():
        name = path.relative_to(site).as_posix()
        for target in dict.fromkeys(page.fetched):
            if _elsewhere(target):
                faults.append(f"{name}: fetches {target}")
            elif not target.startswith(("data:", "#")) and not _file(path, target, site).is_file():
                faults.append(f"{name}: {target} is not there")
        faults += [
            f"{name}: {target} leads nowhere"
            for target in dict.fromkeys(page.links)
            if _dead(path, target, site, pages)
        ]
    for path in sorted(site.rglob("*.css")):
        found = _IN_STYLES.findall(path.read_text(encoding="utf-8"))
        faults += [f"{path.relative_to(site).as_posix()}: fetches {target}" for target in found]
    return faults


def _elsewhere(target: str) -> bool:
    return bool(re.match(r"(?:https?:)?//", target))


def _file(page: Path, target: str, site: Path) -> Path:
    path = unquote(urlsplit(target).path)
    return (site / path.lstrip("/") if path.startswith("/") else page.parent / path).resolve()


def _dead(page: Path, target: str, site: Path, pages: dict[Path, _Page]) -> bool:
    if re.match(r"[a-z]+:", target) or _elsewhere(target):
        return False
    parts = urlsplit(target)
    path = _file(page, target, site) if parts.path else page
    anchor = unquote(parts.fragment)
    return not path.is_file() or (path in pages and bool(anchor) and anchor not in pages[path].ids)
