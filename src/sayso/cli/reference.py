"""docs/commands.md, made from the commands themselves: `python -m sayso.cli.reference > docs/commands.md`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from sayso.cli import commands
from sayso.settings import SETTINGS, TEXT_SETTINGS


def reference() -> str:
    """The whole command reference as Markdown, the same on every machine."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "<!-- Made by: python -m sayso.cli.reference > docs/commands.md -->"
    yield ""
    yield "Results go to standard output, everything else to standard error."
    yield ""
    yield "| exit code | when |"
    yield "|---|---|"
    yield "| 0 | done |"
    yield "| 1 | `sayso check` found a verdict that `--fail-on` names; `sayso archive verify` found damage |"
    yield "| 2 | wrong usage, or a source that could not be read (the others were) |"
    yield "| 130 | interrupted |"
    yield "| 141 | the program that read our output went away |"
    yield from _command("sayso", commands)
    yield from _inner("sayso", commands)
    yield ""
    yield "## Settings"
    yield ""
    yield "Environment variables; each that has a unit is a whole number."
    yield ""
    yield "| name | default | unit | what it sets |"
    yield "|---|---|---|---|"
    for setting in SETTINGS:
        yield f"| `{setting.name}` | {setting.default} | {setting.unit} | {setting.help} |"
    for text in TEXT_SETTINGS:
        yield f"| `{text.name}` | {text.default} | | {text.help} |"
    yield ""
    yield "`NO_COLOR` turns colours off; `COLUMNS` sets the width of the text format."


def _inner(name: str, group: click.Group) -> Iterator[str]:
    for inner_name, command in sorted(group.commands.items()):
        yield from _command(f"{name} {inner_name}", command)
        if isinstance(command, click.Group):
            yield from _inner(f"{name} {inner_name}", command)


def _command(name: str, command: click.Command) -> Iterator[str]:
    # Not click's own help page: its layout changes from version to version.
    yield ""
    yield f"## {name}"
    yield ""
    arguments = [each.metavar or "" for each in command.params if isinstance(each, click.Argument)]
    if isinstance(command, click.Group):
        arguments.append("COMMAND")
    yield f"`{' '.join([name, '[OPTIONS]', *arguments])}`"
    yield ""
    yield _plain(command.help or "")
    yield ""
    yield "| option | what it does |"
    yield "|---|---|"
    for option in command.params:
        if isinstance(option, click.Option):
            names = ", ".join(f"`{each}`" for each in option.opts)
            value = "" if option.is_flag else f" {_value(option)}"
            yield f"| {names}{value} | {_plain(option.help or '')} |"
    yield "| `-h`, `--help` | Show the help and exit. |"
    if command.epilog and "Examples:" in command.epilog:
        yield ""
        yield "```sh"
        yield from (line.strip() for line in command.epilog.splitlines() if line.startswith("  "))
        yield "```"


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return " or ".join(f"`{each}`" for each in option.type.choices)
    return option.metavar or ""


def _plain(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    click.echo(reference(), nl=False)
