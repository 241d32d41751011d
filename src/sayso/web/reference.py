"""docs/routes.md, made from the routes themselves: `python -m sayso.web.reference > docs/routes.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fastapi import FastAPI

from sayso.web.access import RouteRole, route_roles
from sayso.web.building import API

ROLES = ("anyone", "reader", "editor", "admin")


def reference(routes: Sequence[RouteRole]) -> str:
    """The table of every route and the role that it needs, as Markdown."""
    return "\n".join(_lines(routes)) + "\n"


def all_routes() -> list[RouteRole]:
    """Every route of the desk with the API under it."""
    import tempfile

    from sayso.archive import open_archive
    from sayso.serving import make_app

    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "empty.db", make=True) as archive:
        app: FastAPI = make_app(archive)
        return route_roles(app.routes)


def _lines(routes: Sequence[RouteRole]) -> Iterator[str]:
    yield "# Routes, and who may ask them"
    yield ""
    yield "<!-- Made by: python -m sayso.web.reference > docs/routes.md -->"
    yield ""
    yield (
        "A mark stands where a role may ask. Whoever has not signed in gets 401 (a page leads to the sign-in page), a "
        "role without a mark gets 403. *Heavy* calls are limited by rate. A test asks every route here as every role, "
        "and a route without a role keeps the server from starting. HEAD is answered wherever GET is. "
        "[access.md](access.md) says the rest."
    )
    api = [each for each in routes if each.path.startswith(API)]
    behind = [each for each in routes if each not in api and each.path.endswith(".json")]
    pages = [each for each in routes if each not in api and each not in behind]
    yield from _table("The API", api)
    yield from _table("The desk's pages", pages)
    yield from _table("The data behind the pages", behind)


def _table(title: str, routes: Iterable[RouteRole]) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    yield f"| method | path | {' | '.join(ROLES)} | heavy |"
    yield f"|---|---|{':-:|' * (len(ROLES) + 1)}"
    for each in routes:
        marks = ["✓" if each.role and ROLES.index(role) >= ROLES.index(each.role) else "" for role in ROLES]
        path = each.path.replace("|", "\\|")
        yield f"| {' '.join(each.methods)} | `{path}` | {' | '.join(marks)} | {'heavy' if each.heavy else ''} |"


if __name__ == "__main__":
    # Not a line of its own may come between: what is printed is the page.
    sys.stdout.write(reference(all_routes()))
