"""What other sites can make a browser do to a server: nothing, by whatever name, method or form."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from sayso.errors import ArchiveBusy
from sayso.web.hosts import authority_of, plain_address
from tests.web.access import Guarded, sign_in

LOCAL = "http://127.0.0.1:8377"
PUBLIC = "https://desk.example"


@pytest.mark.parametrize(
    "host, base, public, status",
    [
        pytest.param("127.0.0.1:8377", LOCAL, "", 303, id="its-own-address"),
        pytest.param("localhost:8377", LOCAL, "", 303, id="localhost"),
        pytest.param("LocalHost:8377", LOCAL, "", 303, id="in-capitals"),
        pytest.param("[::1]:8377", LOCAL, "", 303, id="ipv6"),
        pytest.param("localhost", LOCAL, "", 421, id="another-port"),
        pytest.param("localhost:1", LOCAL, "", 421, id="the-port-of-another-program"),
        pytest.param("rebound.example:8377", LOCAL, "", 421, id="a-name-that-was-made-to-lead-here"),
        pytest.param("localhost.rebound.example:8377", LOCAL, "", 421, id="a-name-that-begins-like-ours"),
        pytest.param("127.0.0.1.nip.example:8377", LOCAL, "", 421, id="a-name-with-our-address-in-it"),
        pytest.param("127.0.0.1:8377@evil.example", LOCAL, "", 421, id="a-user-before-it"),
        pytest.param("10.0.0.7:8377", LOCAL, "", 421, id="another-address"),
        pytest.param("", LOCAL, "", 421, id="empty"),
        pytest.param("localhost:x", LOCAL, "", 421, id="no-port"),
        pytest.param("10.0.0.7:8377", "http://10.0.0.7:8377", "", 303, id="the-address-it-came-in-on"),
        pytest.param("localhost:8377", "http://10.0.0.7:8377", "", 421, id="localhost-from-elsewhere"),
        pytest.param("desk.example", LOCAL, PUBLIC, 303, id="the-public-name"),
        pytest.param("desk.example:443", LOCAL, PUBLIC, 303, id="the-public-name-with-its-port"),
        pytest.param("desk.example.", LOCAL, PUBLIC, 303, id="the-public-name-with-its-root"),
        pytest.param("desk.example:8080", LOCAL, PUBLIC, 421, id="the-public-name-with-another-port"),
        pytest.param("127.0.0.1:8377", LOCAL, PUBLIC, 303, id="as-a-proxy-asks-that-keeps-no-host"),
        pytest.param("desk.example.evil.example", LOCAL, PUBLIC, 421, id="a-name-that-begins-like-the-public-one"),
    ],
)
def test_a_server_answers_to_its_own_names_alone(
    guarded: Guarded, host: str, base: str, public: str, status: int
) -> None:
    client = guarded.client(public_url=public, base_url=base)
    answer = client.get("/search", headers={"Host": host})
    assert answer.status_code == status
    assert "content-security-policy" in answer.headers


def test_two_hosts_are_none(guarded: Guarded) -> None:
    client = guarded.client(base_url=LOCAL)
    answer = client.get("/", headers=[("Host", "127.0.0.1:8377"), ("Host", "evil.example")])  # type: ignore[arg-type]
    assert answer.status_code == 421


COOKIE = {"Cookie": "sayso=x"}
REFUSED = [
    pytest.param({"Origin": "https://evil.example"}, id="another-origin"),
    pytest.param({"Origin": "null"}, id="no-origin-a-sandboxed-frame"),
    pytest.param({"Origin": "http://testserver:81"}, id="another-port"),
    pytest.param({"Origin": "https://testserver"}, id="another-scheme"),
    pytest.param({"Origin": "http://testserver.evil.example"}, id="an-origin-that-begins-like-ours"),
    pytest.param({"Origin": ""}, id="an-empty-origin"),
    pytest.param({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, id="cross-site-whatever-the-origin"),
    pytest.param({"Sec-Fetch-Site": "same-site"}, id="a-neighbouring-host"),
    pytest.param({"Sec-Fetch-Site": "same-origin, cross-site"}, id="two-answers"),
    pytest.param(COOKIE, id="a-cookie-and-not-a-word-of-whence"),
    pytest.param({**COOKIE, "Authorization": "Bearer sayso_x"}, id="a-token-beside-a-cookie"),
    pytest.param({"Cookie": "__Host-sayso=x"}, id="the-other-cookie"),
]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "post", "PURGE"])
@pytest.mark.parametrize("headers", REFUSED)
def test_what_comes_from_elsewhere_is_refused_by_every_method(
    client: TestClient, headers: dict[str, str], method: str
) -> None:
    answer = client.request(method, "/api/v1/decisions/merge", headers=headers)
    assert (answer.status_code, answer.json()["error"]["type"]) == (403, "RefusedRequest")
    assert "another site" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Origin": "http://testserver"}, id="our-own-page"),
        pytest.param({"Origin": "http://testserver", **COOKIE}, id="our-own-page-with-a-cookie"),
        pytest.param({"Sec-Fetch-Site": "same-origin", "Origin": "null", **COOKIE}, id="the-browser-says-so"),
        pytest.param({"Sec-Fetch-Site": "none"}, id="the-user-typed-it"),
        pytest.param({"Authorization": "Bearer sayso_x"}, id="a-token"),
        pytest.param({"Authorization": "Bearer sayso_x", "Origin": "https://tool.example"}, id="a-token-from-anywhere"),
        pytest.param({}, id="no-browser"),
    ],
)
def test_what_comes_from_our_pages_or_from_programs_is_looked_into(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/api/v1/decisions/merge", headers=headers)
    assert answer.json()["error"]["type"] == "NotSignedIn"


def test_a_cross_site_form_signs_nobody_in_or_out(guarded: Guarded) -> None:
    """Signing a victim in as somebody else is a trick of its own."""
    client = guarded.client()
    form = {"name": "Ada", "password": "seven grey herons"}
    assert client.post("/login", data=form, headers={"Origin": "https://evil.example"}).status_code == 403
    assert sign_in(client) == 303
    assert client.post("/logout", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.get("/account").status_code == 200


def test_behind_a_proxy_the_public_origin_is_ours(guarded: Guarded) -> None:
    client = guarded.client(public_url=PUBLIC, base_url=LOCAL)
    for host in ("desk.example", "127.0.0.1:8377"):
        for origin, status in ((PUBLIC, 401), ("http://desk.example", 401 if host == "desk.example" else 403)):
            headers = {"Host": host, "Origin": origin}
            assert client.post("/api/v1/decisions/merge", headers=headers).status_code == status


@pytest.mark.parametrize(
    "headers, status",
    [
        pytest.param({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403, id="as-a-picture"),
        pytest.param({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403, id="by-a-script-next-door"),
        pytest.param({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200, id="by-a-link"),
        pytest.param({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200, id="by-our-own-script"),
        pytest.param({}, 200, id="by-a-program"),
    ],
)
def test_other_sites_may_link_to_pages_and_not_load_them(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    assert client.get("/login", headers=headers).status_code == status


def test_no_other_site_is_ever_told_that_it_may(client: TestClient) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = client.options("/api/v1/decisions/merge", headers=asked)
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "path, headers",
    [
        pytest.param("/login", {}, id="a-page"),
        pytest.param("/nowhere", {}, id="a-page-there-is-not"),
        pytest.param("/api/v1/info", {}, id="who-is-not-known"),
        pytest.param("/login", {"Host": "evil.example"}, id="another-host"),
        pytest.param("/login?next=%00", {}, id="a-character-that-is-none"),
    ],
)
def test_every_answer_has_the_headers(client: TestClient, path: str, headers: dict[str, str]) -> None:
    found = client.get(path, headers=headers).headers
    policy = found["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert (found["x-content-type-options"], found["referrer-policy"]) == ("nosniff", "same-origin")
    assert found["cache-control"] == "no-store"
    assert "strict-transport-security" not in found, "there is no TLS here"


def test_a_fault_of_ours_has_the_headers_and_none_of_its_words(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("the innermost of the server")

    monkeypatch.setattr("sayso.archive.accounts.accounts.Accounts.has_admin", broken)
    answer = client.get("/login")
    assert answer.status_code == 500 and "innermost" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "innermost" in caplog.text


@pytest.mark.parametrize("path", ["/login", "/api/v1/info", "/"])
def test_what_is_wrong_with_the_archive_says_not_where_it_lies(
    client: TestClient, guarded: Guarded, path: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise ArchiveBusy("/srv/news/desk.db", "its server does not answer (no route to 10.0.0.7)", "Try again later")

    monkeypatch.setattr("sayso.archive.accounts.accounts.Accounts.has_admin", busy)
    monkeypatch.setattr("sayso.archive.archive.Archive.info", busy)
    answer = client.get(path, headers=guarded.headers("admin") if path != "/login" else {})
    assert answer.status_code == 503
    assert "The archive: its server does not answer. Try again later" in answer.text
    assert "/srv" not in answer.text and "10.0.0.7" not in answer.text
    assert "/srv/news/desk.db" in caplog.text and "10.0.0.7" in caplog.text


@pytest.mark.parametrize("path", ["/index.json", "/api/v1/info"])
def test_where_the_archive_lies_is_for_admins(client: TestClient, guarded: Guarded, path: str) -> None:
    found = [client.get(path, headers=guarded.headers(role)).json() for role in ("reader", "editor", "admin")]
    assert [each.get("info", each)["where"] for each in found] == ["guarded.db", "guarded.db", guarded.archive.where]


def test_https_alone_once_it_is_served_so(guarded: Guarded) -> None:
    answer = guarded.client(public_url=PUBLIC, base_url=PUBLIC).get("/login")
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


def test_head_is_answered_wherever_get_is(client: TestClient, guarded: Guarded) -> None:
    headers = guarded.headers("admin")
    for path in ("/", "/users", "/api/v1/info", "/static/desk.css", "/nowhere", "/search?q=x"):
        head, get = client.head(path, headers=headers), client.get(path, headers=headers)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize(
    "value, expected",
    [
        ("desk.example", ("desk.example", 80)),
        ("[::1]:8377", ("::1", 8377)),
        ("a b", None),
        ("a/b", None),
        ("[::1", None),
        ("host:99999", None),
        (" host", None),
    ],
)
def test_a_host_header_is_read_as_it_is(value: str, expected: tuple[str, int] | None) -> None:
    assert authority_of(value, "http") == expected


def test_addresses_of_ipv4_in_the_clothes_of_ipv6() -> None:
    assert [plain_address(each) for each in ("::ffff:10.0.0.7", "[::1]", "desk")] == ["10.0.0.7", "::1", "desk"]
