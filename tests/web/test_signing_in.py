"""Signing in and out: what the browser gets, how long it counts, and what a thief or a guesser can make of it."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from tests.web.access import OURS, PASSWORD, Guarded, sign_in

PUBLIC = "https://desk.example"
OTHER = "a kettle on the pier"


def test_signing_in_leads_to_the_page_that_was_asked_for(client: TestClient) -> None:
    asked = client.get("/search?q=ferry%20radar&sort=newest")
    assert asked.status_code == 303
    form = client.get(asked.headers["location"]).text
    found = re.search(r'name="next" value="([^"]*)"', form)
    assert found
    answer = client.post(
        "/login",
        data={"name": "rae", "password": PASSWORD, "next": found[1].replace("&amp;", "&")},
        headers=OURS,
    )
    assert answer.headers["location"] == "/search?q=ferry%20radar&sort=newest"
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    "next",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/%09/evil.example\n",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/login?next=/x",
        "/logout",
        "/ //evil.example",
        "/" * 3000,
    ],
)
def test_nobody_is_led_away_from_here(client: TestClient, next: str) -> None:
    answer = client.post("/login", data={"name": "Rae", "password": PASSWORD, "next": next}, headers=OURS)
    assert answer.headers["location"] == "/"
    assert client.get("/login", params={"next": next}).headers["location"] == "/"


def test_of_two_sessions_at_once_none_counts(client: TestClient) -> None:
    """A program at another port of this host can put a cookie of its own beside ours."""
    sign_in(client)
    mine = client.cookies["sayso"]
    client.cookies.clear()
    for cookies in (f"sayso=another; sayso={mine}", f"sayso={mine}; a=b; sayso=another"):
        assert client.get("/account", headers={"Cookie": cookies}).status_code == 303
    assert client.get("/account", headers={"Cookie": f"a=b; sayso={mine}; c=d"}).status_code == 200


def test_the_cookie_is_for_this_browser_and_host_alone(guarded: Guarded) -> None:
    plain = guarded.client()
    sign_in(plain)
    secure = guarded.client(public_url=PUBLIC, base_url=PUBLIC)
    answer = secure.post("/login", data={"name": "Ada", "password": PASSWORD}, headers={"Origin": PUBLIC})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-sayso=")
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert secure.get("/account").status_code == 200
    stolen = dict(plain.cookies)["sayso"]
    assert (
        guarded.client(public_url=PUBLIC, base_url=PUBLIC)
        .get("/account", headers={"Cookie": f"sayso={stolen}"})
        .status_code
        == 303
    ), "one that was given without TLS does not count under TLS"


def test_a_session_that_somebody_else_chose_is_not_taken_over(client: TestClient) -> None:
    client.cookies.set("sayso", "chosen-by-somebody-else")
    sign_in(client)
    assert client.get("/account", headers={"Cookie": "sayso=chosen-by-somebody-else"}).status_code == 303
    given = [value for value in client.cookies.jar if value.value != "chosen-by-somebody-else"]
    assert given and len(given[0].value or "") > 40


def test_a_new_session_ends_the_one_before(client: TestClient) -> None:
    sign_in(client, "Rae")
    before = client.cookies["sayso"]
    sign_in(client, "Ada")
    assert client.cookies["sayso"] != before
    client.cookies.clear()
    assert client.get("/account", headers={"Cookie": f"sayso={before}"}).status_code == 303


def test_two_cookies_are_none(client: TestClient) -> None:
    """A neighbouring host can put a cookie of its own before ours; which of the two is ours cannot be told."""
    sign_in(client)
    mine = client.cookies["sayso"]
    client.cookies.clear()
    assert client.get("/account", headers={"Cookie": f"sayso={mine}"}).status_code == 200
    doubled = [("Cookie", f"sayso={mine}"), ("Cookie", "sayso=other")]
    assert client.get("/account", headers=doubled).status_code == 303  # type: ignore[arg-type]


def test_after_signing_out_the_cookie_is_worth_nothing(client: TestClient) -> None:
    sign_in(client)
    stolen = client.cookies["sayso"]
    answer = client.post("/logout", headers=OURS)
    assert answer.headers["location"] == "/login" and "sayso" not in client.cookies
    assert client.get("/account", headers={"Cookie": f"sayso={stolen}"}).status_code == 303


def test_a_wrong_password_shows_the_form_again_and_no_password(client: TestClient) -> None:
    answer = client.post("/login", data={"name": "Ada", "password": OTHER}, headers=OURS)
    assert answer.status_code == 401
    assert "The name or the password is wrong" in answer.text and 'value="Ada"' in answer.text
    assert OTHER not in answer.text and "set-cookie" not in answer.headers


def test_who_goes_on_guessing_waits(own: Guarded) -> None:
    client = own.client()
    statuses = [sign_in(client, "Ada", OTHER) for _ in range(8)]
    assert statuses == [401] * 5 + [429] * 3
    refused = client.post("/login", data={"name": "ADA ", "password": PASSWORD}, headers=OURS)
    assert refused.status_code == 429, "the right one is not looked at either"
    assert 1 <= int(refused.headers["retry-after"]) <= 60 and "Try again in" in refused.text
    assert sign_in(client, "Rae") == 303, "others can sign in from the same address"


def test_guessing_many_names_ends_too(own: Guarded) -> None:
    client = own.client()
    statuses = [sign_in(client, f"user{number}", OTHER) for number in range(32)]
    assert statuses[:30] == [401] * 30 and statuses[30:] == [429] * 2


def test_a_right_password_forgets_the_wrong_ones(own: Guarded) -> None:
    client = own.client()
    for _ in range(3):
        assert [sign_in(client, "Ada", OTHER) for _ in range(4)] == [401] * 4
        assert sign_in(client, "Ada") == 303


def test_a_password_is_changed_with_the_old_one(own: Guarded) -> None:
    client, elsewhere = own.client(), own.client()
    sign_in(client, "Ed")
    sign_in(elsewhere, "Ed")

    def change(current: str, new: str, again: str) -> tuple[int, str]:
        form = {"current": current, "password": new, "again": again}
        answer = client.post("/account/password", data=form, headers=OURS)
        return answer.status_code, answer.text

    assert change(OTHER, OTHER, OTHER)[0] == 422
    assert change(PASSWORD, OTHER, OTHER + "x")[0] == 422
    assert change(PASSWORD, "short", "short")[0] == 422
    status, page = change(PASSWORD, OTHER, OTHER)
    assert status == 200 and "was changed" in page and OTHER not in page
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert (sign_in(elsewhere, "Ed"), sign_in(elsewhere, "Ed", OTHER)) == (401, 303)


def test_a_token_is_shown_once_and_revoked_at_once(own: Guarded) -> None:
    client = own.client()
    sign_in(client, "Ed")
    page = client.post("/account/tokens", data={"name": "import", "role": "reader", "days": "30"}, headers=OURS).text
    found = re.search(r"sayso_[\w-]{40,}", page)
    assert found
    headers = {"Authorization": f"Bearer {found[0]}"}
    program = own.client()
    assert program.get("/api/v1/info", headers=headers).status_code == 200
    assert found[0] not in client.get("/account").text + client.get("/account.json").text
    number = client.get("/account.json").json()["tokens"][0]["id"]
    assert client.post(f"/account/tokens/{number}/revoke", headers=OURS).status_code == 303
    refused = program.get("/api/v1/info", headers=headers)
    assert refused.status_code == 401 and "revoked" in refused.json()["error"]["message"]
    assert refused.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", ["/account/tokens", "/account/password"])
def test_a_token_makes_no_tokens_and_changes_no_password(own: Guarded, path: str) -> None:
    form = {"name": "another", "current": PASSWORD, "password": OTHER, "again": OTHER}
    answer = own.client().post(path, data=form, headers=own.headers("admin"))
    assert answer.status_code == 403 and "not with a token" in answer.text
    assert own.archive.accounts.right_password("Ada", PASSWORD) and len(own.archive.accounts.tokens("Ada")) == 1


def test_who_is_disabled_is_out_at_once(own: Guarded) -> None:
    client, admin = own.client(), own.client()
    sign_in(client, "Ed")
    sign_in(admin, "Ada")
    assert admin.post("/users/disable", data={"name": "Ed"}, headers=OURS).status_code == 303
    assert client.get("/account").status_code == 303
    assert client.get("/api/v1/info", headers=own.headers("editor")).status_code == 401
    assert sign_in(client, "Ed") == 401
    last = admin.post("/users/remove", data={"name": "Ada"}, headers=OURS)
    assert last.status_code == 409 and "last admin" in last.text


def test_heavy_calls_of_one_user_are_counted(own: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    from limits import parse_many

    monkeypatch.setattr("sayso.web.limiting.HEAVY", parse_many("3/minute"))
    client = own.client()
    ask = lambda role: client.get("/api/v1/corrections/export", headers=own.headers(role))  # noqa: E731
    assert [ask("reader").status_code == 429 for _ in range(5)] == [False] * 3 + [True] * 2
    refused = ask("reader")
    assert int(refused.headers["retry-after"]) >= 1 and refused.json()["error"]["type"] == "TooManyRequests"
    assert ask("editor").status_code != 429
    assert client.get("/api/v1/info", headers=own.headers("reader")).status_code == 200, "looking goes on"
