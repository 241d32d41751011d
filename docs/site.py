"""The documentation as one site, in build/site: it asks no other server for anything and works from a folder.

    python -m docs.site             build it and look through it; exit 1 with what is wrong

Which pages it has, in which order and under which headings, docs/index.md says: a list of links below each heading.
The pages stay as they are and where they are; what is built is a copy in which links between them lead to pages of the
site. Warnings of Sphinx are errors, and so are a page that is in no list, a link that leads nowhere, and whatever a
browser would ask another host for.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from docs.looking import faults_of

ROOT = Path(__file__).resolve().parent.parent
INDEX = ROOT / "docs" / "index.md"
PAGES = ROOT / "build" / "pages"
SITE = ROOT / "build" / "site"
NAMES = {
    "README.md": "start",
    "docs/search.md": "searching",
    "CHANGELOG.md": "changelog",
    "CONTRIBUTING.md": "contributing",
    "training/README.md": "training",
    "src/sayso/models/en/README.md": "model-card",
}
"""What pages are called on the site whose own name will not do there."""
_SPHINX = ("index", "search", "genindex")
"""Pages that Sphinx makes, or that is made of the contents; one of ours by that name would be lost without a word."""
_FENCE = re.compile(r"(?ms)^```.*?^```$")
_LINK = re.compile(r"(\]\()([^)\s]+)(\))")
_SESSION = re.compile(r"(?m)^(?: {4}>>> .*\n(?: {4}.*\n)*)")
"""A Python session as the tests run it: indented, as what follows the prompts ends with the indent."""
_ENTRY = re.compile(r"(?m)^- \[([^\]]+)\]\(([^)#\s]+\.md)\)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the contents, and what stands below it."""

    title: str
    pages: tuple[tuple[str, Path], ...]
    """The label and the file of each."""


def contents(index: Path = INDEX) -> list[Section]:
    """What docs/index.md lists."""
    parts = re.split(r"(?m)^## +(.+)$", index.read_text(encoding="utf-8"))
    return [
        Section(title, tuple((label, (index.parent / target).resolve()) for label, target in _ENTRY.findall(body)))
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
        if _ENTRY.search(body)
    ]


def unlisted(sections: list[Section], folder: Path = ROOT / "docs") -> list[str]:
    """The pages in a folder that no section lists, and those that are listed more than once or are not there."""
    listed = [path for section in sections for _, path in section.pages]
    pages = [path for path in sorted(folder.glob("*.md")) if path.name != "index.md"]
    missing = [f"{path.name}: not in the contents" for path in pages if path not in listed]
    twice = [f"{path.name}: twice in the contents" for path in dict.fromkeys(listed) if listed.count(path) > 1]
    lost = [f"{path.name}: the site has a page of its own by that name" for path in listed if _name(path) in _SPHINX]
    return missing + twice + lost + [f"{path}: there is no such page" for path in listed if not path.is_file()]


def put_together(sections: list[Section]) -> None:
    """The pages as Sphinx takes them, in `PAGES`."""
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    staged = {path: _name(path) for section in sections for _, path in section.pages}
    staged[INDEX] = "index"
    for path, name in staged.items():
        text = _relinked(path.read_text(encoding="utf-8"), path, staged)
        if path == INDEX:
            text += "".join(_toctree(section, staged) for section in sections)
        (PAGES / f"{name}.md").write_text(text, encoding="utf-8")


def _name(path: Path) -> str:
    return NAMES.get(Path(os.path.relpath(path, ROOT)).as_posix(), path.stem)


def _toctree(section: Section, staged: dict[Path, str]) -> str:
    entries = "".join(f"{label} <{staged[path]}>\n" for label, path in section.pages)
    return f"\n```{{toctree}}\n:hidden:\n:caption: {section.title}\n\n{entries}```\n"


def _relinked(text: str, page: Path, staged: dict[Path, str]) -> str:
    """A page with its links to others as they are on the site; other files come along, to be looked at or kept."""

    def link(match: re.Match[str]) -> str:
        target, mark, anchor = match[2].partition("#")
        if not target or re.match(r"[a-z]+:", match[2]):
            return match[0]
        found = Path(os.path.normpath(page.parent / target))
        if found in staged:
            return f"{match[1]}{staged[found]}.md{mark}{anchor}{match[3]}"
        if not found.is_file():
            return match[0]
        inside = found.relative_to(ROOT).as_posix()
        # A page that is not of the site is a file to look at.
        place = Path("files", f"{inside}.txt" if found.suffix == ".md" else inside)
        (PAGES / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(found, PAGES / place)
        return f"{match[1]}{place.as_posix()}{match[3]}"

    return "".join(part if part.startswith("```") else fenced(_LINK.sub(link, part)) for part in _parted(text))


def fenced(text: str) -> str:
    """A text whose Python sessions have a fence with their language, by which Sphinx colours and tidies them."""
    return _SESSION.sub(lambda found: f"```pycon\n{dedent(found[0])}```\n", text)


def _parted(text: str) -> Iterator[str]:
    at = 0
    for fence in _FENCE.finditer(text):
        yield text[at : fence.start()]
        yield fence[0]
        at = fence.end()
    yield text[at:]


def build() -> int:
    """Have Sphinx make the site; its exit status."""
    shutil.rmtree(SITE, ignore_errors=True)
    sphinx = [
        sys.executable,
        "-m",
        "sphinx",
        "-b",
        "html",
        "-q",
        "-W",
        "--keep-going",
        "-d",
        str(ROOT / "build/doctrees"),
    ]
    return subprocess.run([*sphinx, "-c", str(ROOT / "docs"), str(PAGES), str(SITE)], check=False).returncode


def main() -> int:
    """Build the site and tell what is wrong with it; 1 where anything is."""
    sections = contents()
    faults = unlisted(sections)
    if not faults:
        put_together(sections)
        if build():
            return 1
        (SITE / ".buildinfo").unlink(missing_ok=True)
        faults = faults_of(SITE)
    print("\n".join(faults) or f"The site is in {SITE.relative_to(ROOT)}; open {SITE.relative_to(ROOT)}/index.html.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
