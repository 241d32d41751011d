"""sayso users: who may use the desk and the API where users sign in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.cli.archived import answer_option, archive_option, opened, print_json
from sayso.cli.messages import complain

if TYPE_CHECKING:
    from sayso.archive.accounts.forms import Token, User

Command = TypeVar("Command", bound=Callable[..., Any])
ROLES = ("reader", "editor", "admin")


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  sayso users add Ada --role admin
  sayso users role Ada editor
  sayso users token add Ada "nightly import" --role editor --days 90
  sayso users token revoke 3
""",
)
@click.pass_context
def users(context: click.Context) -> None:
    """Look after who may use the desk and the API, and as what.

    A reader looks, reads and checks without storing; an editor adds, corrects and decides as well; an admin keeps
    users, tokens and the archive itself.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def _password_option(command: Command) -> Command:
    return click.option(
        "--password-stdin", is_flag=True, help="Take the password from standard input, to the end of the line."
    )(command)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask for the password at; hand it over with --password-stdin")
    found: str = click.prompt("Password", hide_input=True, confirmation_prompt="The same again", err=True)
    return found


@users.command("list")
@answer_option("text", "json", by_name=False)
@archive_option
def list_users(*, form: str, where: str | None) -> None:
    """List the users with their roles."""
    from sayso.archive.json_form import as_json

    with opened(where) as archive:
        found = archive.accounts.users()
    if form == "json":
        print_json(as_json(found))
        return
    for each in found:
        click.echo(_line(each))
    if not found:
        click.echo("no users")


@users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True, help="What the user may do.")
@_password_option
@archive_option
def add_user(*, name: str, role: Any, password_stdin: bool, where: str | None) -> None:
    """Add a user; the password is asked for twice."""
    with opened(where, make=True) as archive:
        click.echo(_line(archive.accounts.add_user(name, _password(password_stdin), role=role)))


@users.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@archive_option
def set_role(*, name: str, role: Any, where: str | None) -> None:
    """Give a user another role, at once."""
    with opened(where) as archive:
        click.echo(_line(archive.accounts.set_role(name, role)))


@users.command("password")
@click.argument("name")
@_password_option
@archive_option
def set_password(*, name: str, password_stdin: bool, where: str | None) -> None:
    """Give a user another password; all the user's sessions end."""
    with opened(where) as archive:
        user = archive.accounts.user(name)
        click.echo(_line(archive.accounts.set_password(user.name, _password(password_stdin))))


@users.command("disable")
@click.argument("name")
@archive_option
def disable_user(*, name: str, where: str | None) -> None:
    """Let a user neither sign in nor use tokens any more."""
    with opened(where) as archive:
        click.echo(_line(archive.accounts.disable_user(name)))


@users.command("enable")
@click.argument("name")
@archive_option
def enable_user(*, name: str, where: str | None) -> None:
    """Let a user sign in again."""
    with opened(where) as archive:
        click.echo(_line(archive.accounts.enable_user(name)))


@users.command("remove")
@click.argument("name")
@archive_option
def remove_user(*, name: str, where: str | None) -> None:
    """Take a user out, with sessions and tokens; what was signed stays signed."""
    with opened(where) as archive:
        user = archive.accounts.user(name)
        archive.accounts.remove_user(user.name)
        click.echo(f"{user.name}: removed")


@users.group("token", invoke_without_command=True)
@click.pass_context
def token(context: click.Context) -> None:
    """Look after the tokens by which programs act for users."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@token.command("add")
@click.argument("user")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), help="The most that it may do.  [default: as its user]")
@click.option("--days", type=click.IntRange(1, 3660), metavar="N", help="How long it works.  [default: until revoked]")
@archive_option
def add_token(*, user: str, name: str, role: Any, days: int | None, where: str | None) -> None:
    """Make a token of USER; NAME says what it is for. It is printed here and never again."""
    with opened(where) as archive:
        made, secret = archive.accounts.add_token(user, name, role=role, days=days)
    complain(f"token {made.id} of {made.user} ({made.role}); keep it, it is not shown again")
    click.echo(secret)


@token.command("list")
@click.argument("user", required=False)
@answer_option("text", "json", by_name=False)
@archive_option
def list_tokens(*, user: str | None, form: str, where: str | None) -> None:
    """List the tokens, or those of USER."""
    from sayso.archive.json_form import as_json

    with opened(where) as archive:
        found = archive.accounts.tokens(user)
    if form == "json":
        print_json(as_json(found))
        return
    for each in found:
        click.echo(_token_line(each))
    if not found:
        click.echo("no tokens")


@token.command("revoke")
@click.argument("id", type=click.IntRange(1))
@archive_option
def revoke_token(*, id: int, where: str | None) -> None:
    """Revoke a token by its number, at once."""
    with opened(where) as archive:
        click.echo(_token_line(archive.accounts.revoke_token(id)))


def _line(user: User) -> str:
    state = "disabled" if user.disabled_at else f"last signed in {_day(user.signed_in_at)}"
    return f"{user.name} · {user.role} · {state}"


def _token_line(token: Token) -> str:
    if token.revoked_at:
        state = f"revoked {_day(token.revoked_at)}"
    else:
        ends = f", ends {_day(token.ends_at)}" if token.ends_at else ""
        state = f"last used {_day(token.used_at)}{ends}"
    return f"{token.id:<4} {token.user} · {token.name} · {token.role} · {state}"


def _day(moment: str | None) -> str:
    return moment[:10] if moment else "never"
