"""The role that each route needs, which no route can leave out.

Invariant: `build_app` refuses an application with a route whose role is not told by `needs`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from sayso.errors import NotAllowed, NotSignedIn
from sayso.web.roles import Principal, Role


@dataclass(frozen=True, slots=True)
class Needs:
    """The dependency of a route that only a role may ask; gives who asks."""

    role: Role
    heavy: bool = False
    """Whether it reads, checks or traces: such calls are limited by rate."""

    def __call__(self, request: Request) -> Principal | None:
        principal: Principal | None = getattr(request.state, "principal", None)
        if self.role == "anyone":
            return principal
        if principal is None:
            raise NotSignedIn()
        if not principal.may(self.role):
            raise NotAllowed(principal.name, principal.role, self.role)
        return principal


def needs(role: Role, *, heavy: bool = False) -> Any:
    """What a route's `dependencies` has, or the default of the parameter that takes the `Principal`."""
    return Depends(Needs(role, heavy))


@dataclass(frozen=True, slots=True)
class RouteRole:
    """One route with the role it needs; `role` is None where it does not say."""

    path: str
    methods: tuple[str, ...]
    role: Role | None
    heavy: bool = False


def route_roles(routes: Iterable[BaseRoute]) -> list[RouteRole]:
    """Every route of an application with its role, mounted files as `anyone`, in the order of their paths."""
    found: list[RouteRole] = []
    for route in routes:
        if isinstance(route, APIRoute):
            told = [each.call for each in _dependants(route.dependant) if isinstance(each.call, Needs)]
            role = max(told, key=lambda each: ("anyone", "reader", "editor", "admin").index(each.role), default=None)
            methods = tuple(sorted((route.methods or set()) - {"HEAD"}))
            found.append(RouteRole(route.path, methods, role.role if role else None, any(each.heavy for each in told)))
        elif isinstance(route, Mount):
            found.append(RouteRole(route.path + "/", ("GET",), "anyone"))
        else:
            found.append(RouteRole(getattr(route, "path", repr(route)), ("GET",), None))
    return sorted(found, key=lambda each: (each.path, each.methods))


def _dependants(dependant: Any) -> Iterable[Any]:
    for each in dependant.dependencies:
        yield each
        yield from _dependants(each)
