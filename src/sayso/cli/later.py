"""Commands that are imported when they are asked for, so that none waits at its start for the modules of the others."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module

import click


class Later(MutableMapping[str, click.Command]):
    """The commands of a group by name, from the modules that hold them: each is called there as on the command line."""

    def __init__(self, modules: dict[str, str]) -> None:
        self._modules = modules
        self._commands: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._commands:
            self._commands[name] = getattr(import_module(self._modules[name]), name.replace("-", "_"))
        return self._commands[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._modules[name] = command.__module__
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._modules[name]
        self._commands.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)
