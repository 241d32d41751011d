"""The description of the API: whole, in good order, and held to what the server does by made-up requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.serving import make_app
from sayso.web.access import route_roles
from tests.api.conftest import Asking
from tests.api.fuzzing import Found, ask, made_up, operations
from tests.serving import serving

EXAMPLES = 3
"""Requests of each kind to each operation: a longer run is `python -m tests.api.fuzzing --examples 200`."""


@pytest.fixture(scope="module")
def described(address: str) -> dict[str, Any]:
    found: dict[str, Any] = Asking(address).get("/openapi.json").json()
    return found


def every(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_every_operation_says_what_it_is_for_and_who_may(described: dict[str, Any], kept: Path) -> None:
    with open_archive(kept) as archive:
        roles = {
            (method.lower(), each.path): (each.role, each.heavy)
            for each in route_roles(make_app(archive, desk=False).routes)
            for method in each.methods
        }
    names = [operation["operationId"] for _, _, operation in every(described)]
    assert len(names) == len(set(names)) > 50
    for method, path, operation in every(described):
        assert (operation["x-role"], operation["x-heavy"]) == roles[method, path], path
        assert operation["description"].endswith("."), path
        assert {"422", "500"} <= set(operation["responses"]), path
        assert any(status.startswith("2") for status in operation["responses"]), path
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                schema = answer["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Error"}, (path, status)


def test_every_reference_leads_to_a_component(described: dict[str, Any]) -> None:
    text = str(described)
    for name in set(re.findall(r"#/components/schemas/([\w.-]+)", text)):
        assert name in described["components"]["schemas"]


def test_what_a_field_says_comes_from_the_archives_own_forms(described: dict[str, Any]) -> None:
    trace = described["components"]["schemas"]["Trace"]
    assert trace["properties"]["wordings"]["description"] == "The first published first."
    assert set(trace["required"]) == set(trace["properties"])
    difference = described["components"]["schemas"]["Difference"]
    assert "class" in difference["properties"]


def test_made_up_requests_find_no_fault(own_archive: Archive) -> None:
    found = Found()
    with serving(make_app(own_archive, desk=False)) as at:
        for operation in operations(at):
            ask(at, made_up(operation, examples=EXAMPLES), found)
    assert not found.wrong, "\n\n".join(found.wrong.values())
    assert found.calls > 250
    assert {200, 404, 422} <= set(found.statuses)
    assert not [status for status in found.statuses if status >= 500]


@pytest.fixture(scope="module")
def requests_made_up(kept: Path) -> list[list[tuple[Any, bool]]]:
    """By operation, one of each kind, where users sign in; making them takes longer than answering them."""
    with open_archive(kept) as archive, serving(make_app(archive, desk=False, login=True)) as at:
        return [made_up(operation, examples=1) for operation in operations(at)]


@pytest.mark.parametrize("role", ["reader", "admin"])
def test_made_up_requests_find_no_fault_where_users_sign_in(
    role: str, requests_made_up: list[list[tuple[Any, bool]]], own_archive: Archive
) -> None:
    accounts = own_archive.accounts
    accounts.add_user("ada", "a long enough passphrase", role="admin")
    accounts.add_user("ben", "a long enough passphrase", role="reader")
    token = accounts.add_token("ada" if role == "admin" else "ben", "tests")[1]
    found = Found()
    with serving(make_app(own_archive, desk=False, login=True)) as at:
        assert Asking(at).get("/info").status_code == 401
        assert Asking(at, token).get("/info").ok
        for cases in requests_made_up:
            ask(at, cases, found, token=token)
    assert not found.wrong, "\n\n".join(found.wrong.values())
    assert not [status for status in found.statuses if status >= 500]
    assert (found.statuses[403] > 20) == (role == "reader")
