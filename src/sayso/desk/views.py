"""A view of the desk: one URL, a page for people, and the same data as JSON behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from sayso.desk.rendering import render
from sayso.web.access import needs
from sayso.web.roles import Role

Method = Literal["GET", "POST"]


@dataclass(slots=True)
class View:
    """What a view shows."""

    title: str
    """Of the browser's window, without the product's name."""
    data: dict[str, Any]
    """The JSON behind the page; its template has it as `data`."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What the template has beside it: objects that make no sense as JSON, under their own names."""
    status: int = 200
    cache_s: int = 0


class Views(APIRouter):
    """The routes of some pages: each registered once, asked for as a page and as `.json`."""

    def view(
        self, path: str, template: str, *, role: Role = "reader", heavy: bool = False
    ) -> Callable[[Callable[..., View]], Callable[..., View]]:
        """For `@views.view("/search", "search.html")` over a function whose parameters are those of a route.

        The function is called in a thread; its data are also at `/search.json` (of `/` at `/index.json`).
        """

        def register(function: Callable[..., View]) -> Callable[..., View]:
            given = Depends(function)

            def page(request: Request, view: View = given) -> Response:
                return render(request, template, view.title, {"data": view.data, **view.more}, status=view.status)

            def data(view: View = given) -> Response:
                return JSONResponse(view.data, status_code=view.status)

            name = function.__name__
            guard = [needs(role, heavy=heavy)]
            # First, as `/articles/{id}` would take "3.json" for an id.
            self.add_api_route(
                "/index.json" if path == "/" else f"{path}.json",
                data,
                name=f"{name}_json",
                methods=["GET"],
                dependencies=guard,
                include_in_schema=False,
            )
            self.add_api_route(path, page, name=name, methods=["GET"], dependencies=guard, include_in_schema=False)
            return function

        return register
