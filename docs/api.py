"""The table of docs/api.md, made from the API's own description.

python -m docs.api              write it anew
python -m docs.api --check      exit 1 where it is stale
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from sayso.api import routers
from sayso.api.document import description
from sayso.web.building import API

PAGE = Path(__file__).parent / "api.md"
PART = re.compile(r"(?s)(?<=<!-- made by: python -m docs\.api -->\n).*?(?=<!-- end of it -->)")


def table() -> str:
    """A line for each operation: method and path, what it gives, what it takes, and the least role that may ask."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "| | path | what it is for | parameters | role |"
    yield "|---|---|---|---|---|"
    described = description(route for router in routers() for route in router.routes)
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            asked = [each["name"] for each in told.get("parameters", ()) if each["in"] == "query"]
            names = ", ".join(f"`{name}`" for name in asked)
            if "requestBody" in told:
                names = f"{names}, a body" if names else "a body"
            role = told["x-role"] + (", heavy" if told["x-heavy"] else "")
            summary = told["summary"].replace("|", "\\|")
            yield f"| {method.upper()} | `{path.removeprefix(API)}` | {summary} | {names} | {role} |"


def page() -> str:
    """The page with the table as it is now."""
    text = PAGE.read_text(encoding="utf-8")
    written, count = PART.subn(lambda _: table(), text)
    assert count == 1
    return written


def main(arguments: list[str]) -> int:
    """Writes the page, or says whether it is stale."""
    if "--check" in arguments:
        return int(page() != PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
