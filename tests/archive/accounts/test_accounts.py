"""Users, sessions, tokens and the log, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type
from sqlalchemy import select, update

from sayso.archive import open_archive, restore_archive, schema
from sayso.archive.accounts import passwords
from sayso.archive.accounts.accounts import Accounts
from sayso.archive.accounts.forms import Actor
from sayso.archive.accounts.secrets import digest, in_time
from sayso.archive.archive import Archive
from sayso.errors import BadRequest, NoSuchEntry, NotSignedIn, RefusedChange, TooManyRequests

PASSWORD = "seven grey herons"
OTHER = "a kettle on the pier"
DESK = Actor("ada", "session", "10.0.0.7")


@pytest.fixture
def accounts(archive: Archive) -> Accounts:
    """Those of an archive with an admin, Ada, and an editor, Bo."""
    archive.accounts.add_user("Ada", PASSWORD, role="admin", actor=Actor("setup"))
    archive.accounts.add_user("Bo", PASSWORD, role="editor", actor=DESK)
    return archive.accounts


def rows(archive: Archive, table: Any) -> list[dict[str, Any]]:
    with archive.store.reading() as connection:
        return [dict(row._mapping) for row in connection.execute(select(table).order_by(table.c.id))]


def change(archive: Archive, table: Any, **values: Any) -> None:
    with archive.store.writing() as connection:
        connection.execute(update(table).values(values))


def test_whoever_signs_in_is_known_by_the_session_until_it_is_ended(accounts: Accounts) -> None:
    user, secret = accounts.sign_in("ada", PASSWORD, address="10.0.0.7")
    known = accounts.of_session(secret)
    assert known is not None and (known.user.name, known.role, known.is_due) == ("Ada", "admin", False)
    assert (user.id, user.signed_in_at is not None) == (known.user.id, True)
    accounts.sign_out(secret, actor=DESK)
    assert accounts.of_session(secret) is None


@pytest.mark.parametrize(
    "name, password",
    [
        pytest.param("Ada", OTHER, id="wrong-password"),
        pytest.param("Zoe", PASSWORD, id="no-such-user"),
        pytest.param("Ada", "", id="no-password"),
        pytest.param("Cy", PASSWORD, id="disabled"),
        pytest.param("x" * 5000, "y" * 5000, id="far-too-long"),
    ],
)
def test_who_may_not_sign_in_is_told_the_same_whatever_was_wrong(accounts: Accounts, name: str, password: str) -> None:
    accounts.add_user("Cy", PASSWORD)
    accounts.disable_user("Cy")
    with pytest.raises(NotSignedIn, match=r"^The name or the password is wrong"):
        accounts.sign_in(name, password)
    last = accounts.audit_log(action="sign in").items[0]
    assert last.outcome == "refused"
    assert last.by == (name if name in ("Ada", "Cy") else ""), "what is no user's name may be a password"


def test_an_unknown_user_costs_the_same_work(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda *given: tried.append(given[1]) or verify(*given))
    for name in ("Ada", "Zoe"):
        with pytest.raises(NotSignedIn):
            accounts.sign_in(name, OTHER)
    one, other = map(extract_parameters, tried)
    assert one == other


@pytest.mark.parametrize(
    "seen, ends, stands",
    [
        pytest.param(in_time(hours=-23), in_time(days=1), True, id="in-use"),
        pytest.param(in_time(hours=-25), in_time(days=1), False, id="idle"),
        pytest.param(in_time(hours=-1), in_time(minutes=-1), False, id="too-old"),
    ],
)
def test_a_session_ends_by_itself(archive: Archive, accounts: Accounts, seen: str, ends: str, stands: bool) -> None:
    _, secret = accounts.sign_in("Bo", PASSWORD)
    change(archive, schema.account_session, seen_at=seen, ends_at=ends)
    known = accounts.of_session(secret)
    assert (known is not None) == stands
    if known:
        assert known.is_due
        accounts.saw_session(known.id)
        again = accounts.of_session(secret)
        assert again is not None and not again.is_due
    accounts.sign_in("Ada", PASSWORD)
    assert len(rows(archive, schema.account_session)) == 1 + stands, "what has ended is swept out"


@pytest.mark.parametrize("what", ["password", "disable", "remove"])
def test_all_sessions_end_when_a_user_changes(accounts: Accounts, what: str) -> None:
    secrets = [accounts.sign_in("Bo", PASSWORD)[1] for _ in range(2)]
    mine = accounts.of_session(secrets[0])
    assert mine is not None
    if what == "password":
        accounts.set_password("Bo", OTHER, keep=mine.id)
        assert accounts.of_session(secrets[0]) is not None, "the one in which it was changed goes on"
        secrets = secrets[1:]
        assert accounts.right_password("bo", OTHER) and not accounts.right_password("bo", PASSWORD)
        assert not accounts.right_password("nobody", PASSWORD)
    elif what == "disable":
        accounts.disable_user("Bo")
    else:
        accounts.remove_user("Bo")
    assert [accounts.of_session(each) for each in secrets] == [None] * len(secrets)


def test_a_role_holds_at_once(accounts: Accounts) -> None:
    _, secret = accounts.sign_in("Bo", PASSWORD)
    _, token = accounts.add_token("Bo", "nightly import")
    accounts.set_role("Bo", "reader")
    session, program = accounts.of_session(secret), accounts.of_token(token)
    assert session is not None and program is not None
    assert (session.role, program.role) == ("reader", "reader")


def test_the_last_admin_stays(accounts: Accounts) -> None:
    for act in (accounts.remove_user, accounts.disable_user, lambda name: accounts.set_role(name, "editor")):
        with pytest.raises(RefusedChange, match="last admin"):
            act("ada")
    accounts.set_role("Bo", "admin")
    accounts.disable_user("Ada")
    with pytest.raises(RefusedChange, match="Bo is the last admin"):
        accounts.remove_user("Bo")
    accounts.enable_user("Ada")
    accounts.remove_user("Bo")
    assert [(each.name, each.role) for each in accounts.users()] == [("Ada", "admin")]


def test_an_archive_without_users_has_no_admin(archive: Archive) -> None:
    assert not archive.accounts.has_admin()
    archive.accounts.add_user("Cy", PASSWORD)
    assert not archive.accounts.has_admin()
    archive.accounts.add_user("Ada", PASSWORD, role="admin")
    assert archive.accounts.has_admin()


def test_a_token_works_until_it_is_revoked_or_ends(archive: Archive, accounts: Accounts) -> None:
    made, secret = accounts.add_token("bo", "nightly  import", role="reader", days=30)
    assert secret.startswith("sayso_") and len(secret) > 40
    assert (made.user, made.name, made.role, made.used_at) == ("Bo", "nightly import", "reader", None)
    known = accounts.of_token(secret)
    assert known is not None and (known.user.name, known.role, known.is_due) == ("Bo", "reader", True)
    accounts.saw_token(known.id)
    assert accounts.tokens("Bo")[0].used_at is not None
    change(archive, schema.account_token, ends_at=in_time(minutes=-1))
    assert accounts.of_token(secret) is None
    change(archive, schema.account_token, ends_at=None)
    assert accounts.of_token(secret) is not None
    with pytest.raises(NoSuchEntry):
        accounts.revoke_token(made.id, user="Ada")
    assert accounts.revoke_token(made.id, user="bo").revoked_at is not None
    assert accounts.of_token(secret) is None
    assert [accounts.of_token(each) for each in ("", "sayso_", secret[:-1], secret[6:], "sayso_" + "x" * 999)] == [
        None
    ] * 5


def test_tokens_of_a_disabled_user_rest(accounts: Accounts) -> None:
    _, secret = accounts.add_token("Bo", "import")
    accounts.disable_user("Bo")
    assert accounts.of_token(secret) is None
    accounts.enable_user("Bo")
    assert accounts.of_token(secret) is not None


def test_a_token_may_do_no_more_than_its_user(accounts: Accounts) -> None:
    with pytest.raises(RefusedChange, match="role editor"):
        accounts.add_token("Bo", "import", role="admin")


@pytest.mark.parametrize(
    "name, password",
    [
        pytest.param("Cy", "heron", id="short"),
        pytest.param("Cy", "x" * 201, id="endless"),
        pytest.param("Cy", "aaaaaaaaaaaaaa", id="one-letter"),
        pytest.param("Cyrus.Overton", "cyrus.overton", id="the-name-itself"),
        pytest.param("Cy", "Password 2026!", id="password"),
        pytest.param("", PASSWORD, id="no-name"),
        pytest.param("<script>", PASSWORD, id="no-letters"),
        pytest.param("c" * 41, PASSWORD, id="long-name"),
        pytest.param("a\nb", PASSWORD, id="two-lines"),
    ],
)
def test_names_and_passwords_that_will_not_do(shared_archive: Archive, name: str, password: str) -> None:
    with pytest.raises(BadRequest) as caught:
        shared_archive.accounts.add_user(name, password)
    assert password not in str(caught.value)
    assert shared_archive.accounts.users() == []


def test_a_name_is_taken_whatever_its_capitals(accounts: Accounts) -> None:
    with pytest.raises(RefusedChange, match="user 'ADA' already"):
        accounts.add_user("ADA", OTHER)
    with pytest.raises(NoSuchEntry, match="Nearest: 'Ada'"):
        accounts.user("Adda")


def test_the_log_says_who_did_what_from_where(accounts: Accounts) -> None:
    accounts.sign_in("Bo", PASSWORD, address="10.0.0.9", browser="a browser")
    accounts.set_role("Bo", "reader", actor=DESK)
    accounts.audit("merge", "speakers 3, 4", actor=Actor("Bo", "token", "10.0.0.9"))
    page = accounts.audit_log(limit=3)
    assert [(each.by, each.via, each.address, each.action, each.about, each.outcome) for each in page.items] == [
        ("Bo", "token", "10.0.0.9", "merge", "speakers 3, 4", "ok"),
        ("ada", "session", "10.0.0.7", "set role", "Bo: editor to reader", "ok"),
        ("Bo", "session", "10.0.0.9", "sign in", "", "ok"),
    ]
    rest = accounts.audit_log(after=page.next)
    assert [each.about for each in rest.items] == ["Bo (editor)", "Ada (admin)"] and rest.next is None
    assert [each.action for each in accounts.audit_log(by="ada").items] == ["set role", "add user"]
    assert accounts.audit_actions() == ["add user", "merge", "set role", "sign in"]


def test_nothing_that_is_secret_is_kept(archive: Archive, accounts: Accounts) -> None:
    _, session = accounts.sign_in("Bo", PASSWORD)
    _, token = accounts.add_token("Bo", "import")
    accounts.set_password("Ada", OTHER)
    everything = repr([rows(archive, table) for table in schema.metadata.sorted_tables if "account" in table.name])
    everything += repr([rows(archive, schema.audit), accounts.users(), accounts.tokens(), accounts.of_token(token)])
    for secret in (PASSWORD, OTHER, session, token, token.removeprefix("sayso_")):
        assert secret not in everything
    assert digest(token) in everything, "so it was looked at the right place"


def test_passwords_are_hashed_as_the_standard_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    found = extract_parameters(passwords.hash_password(PASSWORD))
    assert (found.type, found.memory_cost, found.time_cost, found.salt_len) == (Type.ID, 65536, 3, 16)


def test_a_hash_is_made_anew_when_the_parameters_rise(
    archive: Archive, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(archive, schema.account)[1]["password"]
    accounts.sign_in("Bo", PASSWORD)
    assert rows(archive, schema.account)[1]["password"] == before
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    accounts.sign_in("Bo", PASSWORD)
    after = rows(archive, schema.account)[1]["password"]
    assert extract_parameters(after).time_cost == 2
    assert accounts.sign_in("Bo", PASSWORD)


def test_only_a_few_passwords_are_worked_on_at_a_time(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE_S", 0.01)
    taken = [passwords._ROOM.acquire() for _ in range(passwords.AT_ONCE)]
    try:
        with pytest.raises(TooManyRequests):
            accounts.sign_in("Ada", PASSWORD)
    finally:
        for _ in taken:
            passwords._ROOM.release()


@pytest.fixture(params=["sqlite", "postgres"])
def other_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an archive may be restored to: on the same database as it was on, and on the other."""
    if request.param == "sqlite":
        yield str(tmp_path / "restored.db")
        return
    server = request.getfixturevalue("postgres_server")
    name = f"a{tmp_path.name[-20:].lower().replace('-', '_')}{id(tmp_path)}"
    yield server.make_database(name)
    server.drop_database(name)


def test_a_copy_has_the_users_but_no_session_and_no_token(
    archive: Archive, accounts: Accounts, other_place: str, tmp_path: Path
) -> None:
    """What was ended or revoked after the copy was made would come back to life with it."""
    _, session = accounts.sign_in("Ada", PASSWORD)
    _, token = accounts.add_token("Ada", "import")
    archive.backup(tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    assert digest(session).encode() not in whole and digest(token).encode() not in whole
    with open_archive(tmp_path / "copy.db") as copy, restore_archive(tmp_path / "copy.db", other_place) as restored:
        for each in (copy, restored):
            assert each.accounts.users() == accounts.users()
            assert each.accounts.audit_log() == accounts.audit_log()
            assert (each.accounts.of_session(session), each.accounts.of_token(token)) == (None, None)
            assert each.verify() == []
        assert restored.accounts.sign_in("Ada", PASSWORD)
    assert accounts.of_session(session) and accounts.of_token(token), "those of the archive itself go on"


def test_a_plain_copy_of_the_file_brings_none_back_either(tmp_path: Path) -> None:
    with open_archive(tmp_path / "made.db", make=True) as made:
        made.accounts.add_user("Ada", PASSWORD, role="admin")
        _, token = made.accounts.add_token("Ada", "import")
    with restore_archive(tmp_path / "made.db", tmp_path / "restored.db") as restored:
        assert restored.accounts.of_token(token) is None
        assert restored.accounts.add_token("Ada", "import")[0].id == 2, "its number is not given twice"
