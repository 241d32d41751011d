"""Values that no page sends and anybody can: refused as what they are, and no mistake of ours (500)."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.web.access import Guarded, sign_in

HUGE, ENDLESS = "9" * 30, "9" * 5000


@pytest.mark.parametrize(
    "path, status",
    [
        (f"/articles?outlet={HUGE}", 400),
        (f"/articles?outlet={ENDLESS}", 400),
        ("/articles?outlet=²", 400),
        (f"/corrections?article={HUGE}", 404),
        (f"/review?saved={HUGE}-1", 200),
        (f"/review?saved=1-{ENDLESS}", 200),
        ("/review?saved=²-²", 200),
        (f"/outlets?compare={HUGE}", 400),
        ("/audit?by=%00", 422),
        ("/audit?action=%00", 422),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_page_is_asked_with(guarded: Guarded, path: str, status: int) -> None:
    assert guarded.client().get(path, headers=guarded.headers("admin")).status_code == status


@pytest.mark.parametrize("path", [f"/account/tokens/{HUGE}/revoke", f"/users/tokens/{HUGE}/revoke"])
def test_no_token_has_an_id_without_end(client: TestClient, path: str) -> None:
    assert sign_in(client) == 303
    assert client.post(path, headers={"Origin": "http://testserver"}).status_code == 422


def test_who_signs_in_has_no_nul_in_the_name(client: TestClient) -> None:
    """Which one of the two databases would not even look for."""
    assert sign_in(client, "Ada\0") == 422
