"""Every route asked as every role: 401 and 403 exactly where the table of docs/routes.md says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from sayso.archive import open_archive
from sayso.web.access import RouteRole, needs, route_roles
from sayso.web.building import build_app
from sayso.web.reference import all_routes, reference
from sayso.web.roles import RANKS
from sayso.web.state import Serving
from tests.web.access import OURS, USERS, Guarded, sign_in

ROOT = Path(__file__).parents[2]


def test_the_page_on_routes_is_up_to_date() -> None:
    written = (ROOT / "docs" / "routes.md").read_text(encoding="utf-8")
    assert written == reference(all_routes()), "make it anew: python -m sayso.web.reference > docs/routes.md"


@pytest.mark.parametrize("role", ["nobody", "reader", "editor", "admin"])
def test_every_route_lets_in_whom_the_table_says_and_nobody_else(guarded: Guarded, role: str) -> None:
    client = guarded.client()
    wrong: list[str] = []
    refused = 0
    for route in route_roles(client.app.routes):  # type: ignore[attr-defined]
        for method in route.methods:
            client.cookies.clear()
            if method == "POST" and route.path in ("/login", "/logout"):
                # Open to anyone, as the table says: one says 401 itself, one ends the session of this walk.
                assert route.role == "anyone"
                continue
            cookie = {"Cookie": f"sayso={session_of(guarded, role)}"} if role != "nobody" else {}
            answer = client.request(method, filled(route.path), headers={**OURS, **cookie})
            expected = wanted(route, role)
            refused += expected is not None
            if found_out(answer.status_code, answer.headers.get("location", "")) != expected:
                wrong.append(
                    f"{method} {route.path} as {role}: {answer.status_code}, expected {expected or 'to be let in'}"
                )
            elif answer.status_code >= 500 and answer.status_code != 501:
                wrong.append(f"{method} {route.path} as {role}: {answer.status_code}: {answer.text[:300]}")
    assert wrong == []
    assert refused > 5 or role == "admin", "so the walk came past doors that are closed"


_SESSIONS: dict[tuple[int, str], str] = {}


def session_of(guarded: Guarded, role: str) -> str:
    """The secret of a session of the user of that role."""
    key = (id(guarded), role)
    if key not in _SESSIONS:
        _SESSIONS[key] = guarded.archive.accounts.sign_in(USERS[role], "seven grey herons")[1]
    return _SESSIONS[key]


def filled(path: str) -> str:
    """A route's path with something in its places that is nowhere in the archive."""
    return re.sub(r"\{(\w+)(:\w+)?\}", "7", path)


def wanted(route: RouteRole, role: str) -> int | None:
    """The status by which a role is kept out; None where it is let in."""
    assert route.role is not None
    if route.role == "anyone":
        return None
    if role == "nobody":
        return 401
    return None if RANKS[role] >= RANKS[route.role] else 403  # type: ignore[index]


def found_out(status: int, location: str) -> int | None:
    """How somebody was kept out: a page leads whoever is not known to where to sign in."""
    if status == 303 and location.startswith("/login?next="):
        return 401
    return status if status in (401, 403) else None


def test_a_token_has_its_role_and_no_more(client: TestClient, guarded: Guarded) -> None:
    for path, statuses in {"/api/v1/info": (200, 200, 200), "/api/v1/users": (403, 403, 200)}.items():
        found = tuple(client.get(path, headers=guarded.headers(role)).status_code for role in USERS)
        assert found == statuses


def nothing() -> dict[str, str]:
    return {}


@pytest.mark.parametrize(
    "add",
    [
        pytest.param(lambda router: router.get("/quiet")(nothing), id="no-role"),
        pytest.param(lambda router: router.add_route("/bare", lambda request: None), id="a-bare-route"),
        pytest.param(lambda router: router.add_websocket_route("/line", lambda line: None), id="a-web-socket"),
        pytest.param(
            lambda router: router.include_router(_told(), prefix="/hidden"), id="a-router-in-a-router-hides-its-routes"
        ),
    ],
)
def test_a_route_that_does_not_say_its_role_stops_the_server(tmp_path: Path, add: object) -> None:
    router = APIRouter()
    router.get("/told", dependencies=[needs("reader")])(nothing)
    with open_archive(tmp_path / "a.db", make=True) as archive:
        assert build_app(Serving(archive), [router])
        add(router)  # type: ignore[operator]
        with pytest.raises(AssertionError, match="routes without a role"):
            build_app(Serving(archive), [router])


def _told() -> APIRouter:
    router = APIRouter()
    router.get("/told", dependencies=[needs("reader")])(nothing)
    return router


def test_the_highest_role_of_a_route_counts() -> None:
    app = FastAPI()
    app.get("/one", dependencies=[needs("reader"), needs("admin")])(nothing)

    def inner(who: object = needs("editor", heavy=True)) -> None: ...

    app.get("/two", dependencies=[needs("anyone")])(inner)
    found = {each.path: (each.role, each.heavy) for each in route_roles(app.routes) if each.path in ("/one", "/two")}
    assert found == {"/one": ("admin", False), "/two": ("editor", True)}


def test_without_login_whoever_is_at_this_machine_may_do_everything(guarded: Guarded) -> None:
    from sayso.serving import make_app

    with TestClient(make_app(guarded.archive)) as client:
        assert client.get("/users").status_code == 200
        assert client.get("/login", follow_redirects=False).headers["location"] == "/"
        assert client.get("/account").status_code == 200
        for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
            answer = client.get("/api/v1/info", headers={name: "203.0.113.9"})
            assert answer.status_code == 403, "others that come through a proxy would be admins"


def test_what_editors_and_admins_change_is_in_the_log(own: Guarded) -> None:
    """By itself, once, whether a route says more of it or not; and what they were kept from as well."""
    client = own.client()
    sign_in(client, "Ed")
    assert client.post("/api/v1/decisions/merge", headers=OURS, json={}).status_code >= 400
    assert client.post("/users/disable", data={"name": "Rae"}, headers=OURS).status_code == 403
    sign_in(client, "Ada")
    assert client.post("/users/disable", data={"name": "Rae"}, headers=OURS).status_code == 303
    found = [(each.by, each.action, each.outcome) for each in own.archive.accounts.audit_log(limit=5).items]
    # Who signs in where somebody was signed in already ends that session.
    assert found[:3] == [("Ada", "disable user", "ok"), ("Ed", "sign out", "ok"), ("Ada", "sign in", "ok")]
    assert ("Ed", "disable user", "refused") in found
    assert all(each[1] != "merge" for each in found), "nothing came of that"
