"""The address of a reading, given to somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.archive import open_archive
from sayso.archive.accounts import passwords
from sayso.documents import Article
from sayso.serving import make_app
from sayso.web.workers import Upload
from tests.archive.accounts.conftest import QUICK

PASSWORD = "seven grey herons"


def test_whoever_has_the_address_of_a_reading_may_look_and_its_maker_or_an_editor_change_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    text = "It stays open, Mara Quill said."
    with open_archive(tmp_path / "shared.db", make=True) as archive:
        for name, role in (("Ro", "reader"), ("Rea", "reader"), ("Ed", "editor")):
            archive.accounts.add_user(name, PASSWORD, role=role)  # type: ignore[arg-type]
        app = make_app(archive, login=True)
        reading = app.state.serving.readings.keep(Article("a", text), Upload.of_text(text), by="Ro")
        address = f"http://127.0.0.1/readings/{reading.id}"
        found = {}
        for name in ("Ro", "Rea", "Ed"):
            client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
            assert client.get(f"{address}.json").status_code == 401
            client.headers["Authorization"] = f"Bearer {archive.accounts.add_token(name, 'tests')[1]}"
            looked = [client.get(f"{address}{view}").status_code for view in ("", ".json", "/check", "/page.html")]
            offered = "transcript_text" in client.get(f"{address}/check").text
            sent = {"transcript_url": "ftp://nothing.example"}
            added = client.post(f"{address}/check", data=sent).status_code
            found[name] = (looked, offered, added, "read, not kept" in client.get(address).text)
    assert found == {
        "Ro": ([200] * 4, True, 400, True),
        "Rea": ([200] * 4, False, 403, True),
        "Ed": ([200] * 4, True, 400, True),
    }
