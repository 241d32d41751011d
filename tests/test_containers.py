"""Dockerfile and compose.yaml, as far as they can be tried without an engine: what they call is there, and answers."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from sayso import cli
from sayso.archive import open_archive
from sayso.serving import make_app
from sayso.settings import SETTINGS, TEXT_SETTINGS
from tests.serving import serving

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}
PINNED = re.compile(r"[\w/.-]+:\d+\.\d+(\.\d+)?[\w.-]*")
SECRET = "/run/secrets/database"


def instructions(name: str, stage: int = -1) -> list[str]:
    """The arguments of the Dockerfile's instructions of that name in a stage, the last by itself."""
    lines = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", DOCKERFILE)).splitlines()
    stages: list[list[str]] = []
    for line in lines:
        if line.startswith("FROM "):
            stages.append([])
        if line.strip():
            stages[-1].append(line)
    return [line.partition(" ")[2] for line in stages[stage] if line.startswith(f"{name} ")]


def interpolated(value: str) -> str:
    """A value as compose hands it over where none of its variables is set."""
    return re.sub(r"\$\{(\w+):-([^}]*)\}", r"\2", value).replace("$$", "$")


def command_line(service: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The entry point of a service and its command."""
    entry = service.get("entrypoint") or json.loads(instructions("ENTRYPOINT")[0])
    return [interpolated(each) for each in entry], [interpolated(each) for each in service["command"]]


def parsed(arguments: list[str]) -> click.Context:
    """The command of sayso that these arguments are of. Raises click.UsageError where they are none."""
    command = cli.commands.get_command(click.Context(cli.commands), arguments[0])
    assert command is not None, arguments
    return command.make_context(arguments[0], arguments[1:])


def test_images_are_pinned() -> None:
    bases = [line.split()[0] for stage in (0, 1) for line in instructions("FROM", stage)]
    images = [service["image"] for service in COMPOSE["services"].values()]
    assert len(set(bases)) == 1
    assert not [each for each in bases + images if not PINNED.fullmatch(each)]


def test_it_runs_as_nobody_in_particular() -> None:
    user = instructions("USER")[0]
    assert re.fullmatch(r"([1-9]\d+):\1", user)
    assert f"--uid {user.split(':')[0]} " in instructions("RUN")[0]


def test_what_is_copied_is_there_and_not_left_out() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [name for line in instructions("COPY", 0) for name in line.split()[:-1]]
    assert copied
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in ignored
        assert not [each for each in ignored if each not in ("*", f"!{name}") and fnmatch(name, each)]


def pins(name: str) -> set[str]:
    return set(re.findall(r"(?m)^([\w.-]+==\S+)", (ROOT / name).read_text(encoding="utf-8")))


def test_what_is_installed_is_locked_and_is_all_that_a_server_needs() -> None:
    assert pins("requirements.lock") < pins("requirements-server.lock") <= pins("requirements-dev.lock")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in ("postgres", "parquet") for each in project["optional-dependencies"][extra]),
    ]
    locked = {re.sub(r"[-_.]+", "-", each.partition("==")[0]).lower() for each in pins("requirements-server.lock")}
    assert {re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", each)[0]).lower() for each in wanted} <= locked
    install = [shlex.split(line) for line in instructions("RUN", 0) if " install " in line]
    assert ["--require-hashes" in line or "--no-deps" in line for line in install] == [True, True]


@pytest.mark.parametrize("name", OURS)
def test_a_service_can_do_little_harm(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] is True
    assert (service["cap_drop"], service["security_opt"]) == (["ALL"], ["no-new-privileges:true"])
    assert not service.get("privileged")
    assert all(each.startswith("127.0.0.1:") for each in service.get("ports", []))


def test_no_password_stands_in_the_file() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert not re.search(r"://[^/\s:]+:[^/\s]+@", text)
    assert {
        service["environment"].get("POSTGRES_PASSWORD")
        for service in COMPOSE["services"].values()
        if "environment" in service
    } == {None}


@pytest.mark.parametrize("name", OURS)
def test_settings_of_a_service_are_settings_of_sayso(name: str) -> None:
    known = {each.name for each in (*SETTINGS, *TEXT_SETTINGS)}
    given = [line.split("=")[0] for each in instructions("ENV") for line in each.split()]
    given += OURS[name].get("environment", {})
    assert {each for each in given if each.startswith("SAYSO_")} <= known
    for each in re.findall(r"\$\$(\w+)", " ".join(OURS[name].get("entrypoint", []))):
        assert each in OURS[name]["environment"]


@pytest.mark.parametrize("name", OURS)
def test_the_command_of_a_service_is_one_of_sayso(name: str) -> None:
    _, command = command_line(OURS[name])
    given = [*command, "https://outlet.example/feed.xml"] if "--" in command else command
    assert parsed(given).params
    with pytest.raises(click.UsageError, match="No such option"):
        parsed([command[0], "--no-such-option", *command[1:]])


def test_the_command_of_the_image_is_one_of_sayso() -> None:
    assert parsed(json.loads(instructions("CMD")[0])).params["host"] == "0.0.0.0"


@pytest.mark.parametrize("name", OURS)
def test_the_entry_point_of_a_service_reaches_its_command(name: str, tmp_path: Path) -> None:
    """Run for real, with a sayso that shows what it was called with."""
    (tmp_path / "sayso").write_text('#!/bin/sh\nprintf "%s\\n" "$PGPASSWORD" "$@"\n')
    (tmp_path / "sayso").chmod(0o755)
    (tmp_path / "database").write_text("seven grey herons\n")
    entry, command = command_line(OURS[name])
    has_secret = any(SECRET in each for each in entry)
    assert has_secret == ("database" in OURS[name].get("secrets", []))
    done = subprocess.run(
        [*(each.replace(SECRET, str(tmp_path / "database")) for each in entry), *command],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "FEEDS": "https://a.example/f https://b.example/f"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    feeds = ["https://a.example/f", "https://b.example/f"] if name == "worker" else []
    assert done.stdout.splitlines() == ["seven grey herons" if has_secret else "", *command, *feeds]


def test_services_wait_for_a_database_that_answers() -> None:
    database = COMPOSE["services"]["database"]
    assert database["healthcheck"]["test"][1] == "pg_isready"
    for service in OURS.values():
        where = service.get("environment", {}).get("SAYSO_ARCHIVE")
        if where:
            user, host, name = re.fullmatch(r"postgresql://(\w+)@(\w+)/(\w+)", where).groups()  # type: ignore[union-attr]
            assert COMPOSE["services"][host] == database
            assert (user, name) == (database["environment"]["POSTGRES_USER"], database["environment"]["POSTGRES_DB"])
            assert service["depends_on"] == {host: {"condition": "service_healthy"}}


def test_volumes_and_secrets_that_are_named_are_there() -> None:
    for service in COMPOSE["services"].values():
        named = [each.split(":")[0] for each in service.get("volumes", [])]
        assert {each for each in named if re.fullmatch(r"\w+", each)} <= set(COMPOSE["volumes"])
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])


@pytest.mark.parametrize("name", [name for name in OURS if "healthcheck" in OURS[name]])
def test_a_server_says_that_it_is_well(name: str, tmp_path: Path) -> None:
    """The service's own health check, against the application that its command serves, and when that is gone."""
    _, command = command_line(OURS[name])
    port = parsed(command).params["port"]
    check = OURS[name]["healthcheck"]["test"][1:]
    assert check[0] == "python" and f":{port}/" in check[-1]

    def is_well(address: str) -> bool:
        asked = [each.replace(f"http://127.0.0.1:{port}", address) for each in check[1:]]
        return subprocess.run([sys.executable, *asked], capture_output=True, check=False).returncode == 0

    with open_archive(tmp_path / "news.db", make=True) as archive:
        archive.accounts.add_user("Ada", "seven grey herons", role="admin")
        with serving(make_app(archive, desk=command[0] == "desk")) as address:
            assert is_well(address)
    assert not is_well(address)
