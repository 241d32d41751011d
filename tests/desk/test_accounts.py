"""Signing in, one's account, users and the log, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sayso.archive import open_archive
from sayso.archive.accounts import passwords
from sayso.serving import make_app
from tests.archive.accounts.conftest import QUICK
from tests.desk.browsing import barriers, shoot
from tests.serving import serving

PASSWORD = "seven grey herons"
OTHER = "a kettle on the pier"


@pytest.fixture
def guarded_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of a desk with an admin and an editor, on an archive with nothing in it."""
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    with open_archive(tmp_path / "guarded.db", make=True) as archive:
        for name, role in (("Ada", "admin"), ("Ed", "editor")):
            archive.accounts.add_user(name, PASSWORD, role=role)  # type: ignore[arg-type]
        with serving(make_app(archive, login=True)) as address:
            yield address


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_somebody_signs_in_makes_a_token_and_signs_out(
    guarded_desk: str, open_page: Callable[..., Page], scripts: bool
) -> None:
    # A browser says so itself on its console where an answer is 401.
    page = open_page(phone=not scripts, dark=not scripts, scripts=scripts, quiet=False)
    page.goto(f"{guarded_desk}/outlets")
    expect(page).to_have_title("Sign in · sayso")
    sign_in(page, "Ed", OTHER)
    expect(page.get_by_role("alert")).to_have_text("The name or the password is wrong. Try again, or ask an admin")
    expect(page.get_by_label("Name")).to_have_value("Ed")
    if scripts:
        shoot(page, "login-wrong")
        assert barriers(page) == []
    sign_in(page, "Ed")
    expect(page).to_have_url(f"{guarded_desk}/outlets")
    page.get_by_role("link", name="Ed", exact=True).click()
    page.get_by_label("What it is for").fill("nightly import")
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_label("Copy it now")).to_have_value(re.compile(r"^sayso_[\w-]{43}$"))
    shoot(page, f"account-{'wide' if scripts else 'phone-dark'}")
    if scripts:
        assert barriers(page) == []
    page.get_by_role("button", name="Revoke nightly import").click()
    expect(page.get_by_role("cell", name=re.compile("revoked"))).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_title("Sign in · sayso")
    page.goto(f"{guarded_desk}/account")
    expect(page).to_have_title("Sign in · sayso")


def test_an_admin_adds_a_user_and_reads_the_log(guarded_desk: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{guarded_desk}/users")
    sign_in(page, "Ada")
    page.get_by_label("Name", exact=True).fill("Rae")
    page.get_by_label("Password, 12 characters").fill(PASSWORD)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Rae")).to_be_visible()
    page.get_by_text("Change Rae").click()
    page.locator("li", has_text="Rae").get_by_label("Role").select_option("editor")
    page.get_by_role("button", name="Set the role").locator("visible=true").click()
    expect(page.locator("li", has_text="Rae")).to_contain_text("editor")
    page.get_by_text("Change Rae").click()
    shoot(page, "users")
    assert barriers(page) == []
    page.goto(f"{guarded_desk}/audit")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Rae: reader to editor")
    shoot(page, "audit")
    assert barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert barriers(page) == []
    page.get_by_label("What").select_option("sign in")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row")).to_have_count(2)
