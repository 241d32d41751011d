"""Servers with users for the tests of who may: in this process, and real ones behind a socket."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import FastAPI
from fastapi.testclient import TestClient

from sayso.archive.archive import Archive
from sayso.serving import make_app

PASSWORD = "seven grey herons"
USERS = {"reader": "Rae", "editor": "Ed", "admin": "Ada"}


@dataclass
class Guarded:
    """An archive with a user and a token of each role, and an application on it in which users sign in."""

    archive: Archive
    tokens: dict[str, str] = field(default_factory=dict)
    """By role."""
    apps: dict[str, FastAPI] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for role, name in USERS.items():
            self.archive.accounts.add_user(name, PASSWORD, role=role)  # type: ignore[arg-type]
            self.tokens[role] = self.archive.accounts.add_token(name, "tests")[1]

    def client(self, *, public_url: str = "", base_url: str = "http://testserver") -> TestClient:
        """A client that has not signed in, and is led nowhere."""
        if public_url not in self.apps:
            self.apps[public_url] = make_app(self.archive, login=True, public_url=public_url)
        return TestClient(
            self.apps[public_url], base_url=base_url, follow_redirects=False, raise_server_exceptions=False
        )

    def headers(self, role: str) -> dict[str, str]:
        """Of a request as that role."""
        return {} if role == "nobody" else {"Authorization": f"Bearer {self.tokens[role]}"}


def sign_in(client: TestClient, name: str = "Ada", password: str = PASSWORD, **more: str) -> int:
    """The status of the answer to signing in; the client keeps the cookie."""
    return client.post("/login", data={"name": name, "password": password, **more}, headers=OURS).status_code


OURS = {"Origin": "http://testserver"}
"""What a browser says of a form on our own page."""


def raw(
    address: str, request: bytes, *, then: Callable[[socket.socket], None] | None = None
) -> tuple[int, dict[str, object]]:
    """What a server answers to these bytes: status and JSON body. `then` goes on with the socket before that."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(request)
        if then is not None:
            then(line)
        answer = b""
        while part := line.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)
