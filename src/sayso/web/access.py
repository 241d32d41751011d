"""The role that each route needs, which no route can leave out.

Invariant: `build_app` refuses an application with a route whose role is not told by `needs`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from sayso.errors import NotAllowed, NotSignedIn
from sayso.web.roles import RANKS, Principal, Role


@dataclass(frozen=True, slots=True)
class Needs:
    """The dependency of a route that only a role may ask; gives who asks."""

    role: Role
    heavy: ClassVar[bool] = False
    """Whether it reads, checks or traces: such calls are limited by rate, and by how many go on at a time."""

    def refuse(self, request: Request) -> Principal | None:
        """Who asks. Raises NotSignedIn, NotAllowed."""
        principal: Principal | None = getattr(request.state, "principal", None)
        if self.role == "anyone":
            return principal
        if principal is None:
            raise getattr(request.state, "why_nobody", None) or NotSignedIn()
        if not principal.may(self.role):
            raise NotAllowed(principal.name, principal.role, self.role)
        return principal


class _Light(Needs):
    async def __call__(self, request: Request) -> Principal | None:
        return self.refuse(request)


class _Heavy(Needs):
    heavy = True

    async def __call__(self, request: Request) -> AsyncIterator[Principal | None]:
        principal = self.refuse(request)
        async with request.app.state.serving.limits.heavy(principal, request.client.host if request.client else ""):
            yield principal


def needs(role: Role, *, heavy: bool = False) -> Any:
    """What a route's `dependencies` has, or the default of the parameter that takes the `Principal`.

    `heavy` is over when the route's function has returned, not when the last byte has gone out.
    """
    return Depends(_Heavy(role), scope="function") if heavy else Depends(_Light(role))


@dataclass(frozen=True, slots=True)
class RouteRole:
    """One route with the role it needs; `role` is None where it does not say."""

    path: str
    methods: tuple[str, ...]
    role: Role | None
    heavy: bool = False


def role_of(route: BaseRoute) -> tuple[Role | None, bool]:
    """The role that a route needs, and whether it is heavy; None where it does not say."""
    if not isinstance(route, APIRoute):
        return None, False
    told = [each.call for each in _dependants(route.dependant) if isinstance(each.call, Needs)]
    highest = max(told, key=lambda each: RANKS[each.role], default=None)
    return (highest.role if highest else None), any(each.heavy for each in told)


def route_roles(routes: Iterable[BaseRoute]) -> list[RouteRole]:
    """Every route of an application with its role, mounted files as `anyone`, in the order of their paths."""
    found: list[RouteRole] = []
    for route in routes:
        if isinstance(route, Mount):
            found.append(RouteRole(route.path + "/", ("GET",), "anyone"))
            continue
        role, heavy = role_of(route)
        methods = tuple(sorted((getattr(route, "methods", None) or {"GET"}) - {"HEAD"}))
        found.append(RouteRole(getattr(route, "path", repr(route)), methods, role, heavy))
    return sorted(found, key=lambda each: (each.path, each.methods))


def _dependants(dependant: Any) -> Iterable[Any]:
    for each in dependant.dependencies:
        yield each
        yield from _dependants(each)
