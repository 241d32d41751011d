"""A view of the desk: one URL, a page for people, and the same data as JSON behind it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from sayso.desk.rendering import render
from sayso.web.access import needs
from sayso.web.keeping import kept
from sayso.web.roles import Role


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


class Views(APIRouter):
    """The routes of some pages: each registered once, asked for as a page and as `.json`."""

    def view(
        self, path: str, template: str, *, role: Role = "reader", heavy: bool = False, keep: bool = False
    ) -> Callable[[Callable[..., View]], Callable[..., View]]:
        """For `@views.view("/search", "search.html")` over a function whose parameters are those of a route.

        The function is called in a thread; its data are also at `/search.json` (of `/` at `/index.json`). `keep` is for
        what depends on nothing but the archive, the address, who asks, and the day: it is made once for each state of
        the archive.
        """

        def register(function: Callable[..., View]) -> Callable[..., View]:
            def page_of(request: Request, view: View) -> Response:
                return render(request, template, view.title, {"data": view.data, **view.more}, status=view.status)

            def data_of(request: Request, view: View) -> Response:
                return JSONResponse(view.data, status_code=view.status)

            page = _route(function, page_of, "text/html" if keep else None)
            data = _route(function, data_of, "application/json" if keep else None)
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


def _route(
    function: Callable[..., View], answer: Callable[[Request, View], Response], kept_as: str | None
) -> Callable[..., Response]:
    """A view's function with its answer as one route, so that one thread does it all, or finds it done."""
    signature = inspect.signature(function, eval_str=True)
    parameters = list(signature.parameters.values())
    # FastAPI gives the request to one parameter alone.
    own = next((each.name for each in parameters if each.annotation is Request), None)
    if own is None:
        parameters.append(inspect.Parameter("asked", inspect.Parameter.KEYWORD_ONLY, annotation=Request))

    def route(**given: Any) -> Response:
        request: Request = given[own] if own else given.pop("asked")
        if kept_as is None:
            return answer(request, function(**given))
        return kept(request, lambda: answer(request, function(**given)), media_type=kept_as)

    # What FastAPI asks for; written out, since it would look up names among those of this module.
    route.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=parameters, return_annotation=Response
    )
    return route
