"""Routes that say once what they take, give, refuse and ask for; the description of the API is made from that."""

from __future__ import annotations

import difflib
import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from sayso.api.answering import Json, answer
from sayso.api.schemas import schema_of
from sayso.errors import BadRequest
from sayso.web.access import needs
from sayso.web.building import API
from sayso.web.roles import Principal, Role

Function = TypeVar("Function", bound=Callable[..., Any])


def _who(request: Request) -> Principal:
    principal: Principal = request.state.principal
    return principal


Who = Annotated[Principal, Depends(_who)]
"""For the parameter of a route that signs what it does with the asker's name; the route's role says who may."""


class Routes(APIRouter):
    """The routes of one resource under `/api/v1`."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag

    def get(self, path: str, **told: Any) -> Callable[[Function], Function]:
        """A route that only looks; see `route`."""
        return self.route("GET", path, **told)

    def post(self, path: str, **told: Any) -> Callable[[Function], Function]:
        """A route that does something; see `route`."""
        return self.route("POST", path, **told)

    def delete(self, path: str, **told: Any) -> Callable[[Function], Function]:
        """A route that takes something away; see `route`."""
        return self.route("DELETE", path, **told)

    def route(  # type: ignore[override]
        self,
        method: str,
        path: str,
        *,
        gives: Any,
        role: Role = "reader",
        heavy: bool = False,
        status: int = 200,
        errors: Sequence[int] = (),
        body: dict[str, Any] | None = None,
        media: Sequence[str] = ("application/json",),
        headers: dict[str, str] | None = None,
        tagged: bool = False,
    ) -> Callable[[Function], Function]:
        """For a function whose name is the operation's and whose docstring describes it.

        `gives` is the form it returns, or a schema; `errors` the statuses beside those that follow from the rest;
        `body` what it takes where it reads the body itself; `media` of what it gives where that is not JSON;
        `headers` are those of its answer, with what each says; `tagged` has an ETag and can answer 304.
        """

        def register(function: Function) -> Function:
            signature = inspect.signature(function, eval_str=True)
            known = _query_names(signature)

            @functools.wraps(function)
            def endpoint(*args: Any, **kwargs: Any) -> Response:
                return answer(function(*args, **kwargs), status=status)

            # What FastAPI asks for; written out, since it would look up names among those of this module.
            endpoint.__signature__ = signature  # type: ignore[attr-defined]
            content = {each: {"schema": schema_of(gives)} for each in media} if gives is not None else {}
            responses: dict[int | str, dict[str, Any]] = {
                status: {
                    "description": "What was asked for." if method == "GET" else "What came of it.",
                    "content": content,
                    "headers": {
                        name: {"schema": {"type": "string"}, "description": text}
                        for name, text in {
                            **(headers or {}),
                            **({"ETag": "Of this content."} if tagged else {}),
                        }.items()
                    },
                }
            }
            if tagged:
                responses[304] = {"description": "The caller has it already (`If-None-Match`)."}
            summary, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\n")
            extra: dict[str, Any] = {"x-role": role, "x-heavy": heavy, "x-errors": sorted(errors)}
            if body is not None:
                extra["requestBody"] = body
            self.add_api_route(
                API + path,
                endpoint,
                methods=[method],
                status_code=status,
                response_model=None,
                response_class=Json if "application/json" in media else StreamingResponse,
                responses=responses,
                operation_id=function.__name__,
                name=function.__name__,
                summary=summary.strip().rstrip("."),
                description=rest.strip() or summary.strip(),
                tags=[self.tag],
                dependencies=[needs(role, heavy=heavy), Depends(_OnlyKnown(known))],
                openapi_extra=extra,
            )
            return function

        return register


def _query_names(signature: inspect.Signature) -> frozenset[str]:
    """The query parameters of a route, by the names under which they are sent."""
    names = set()
    for name, parameter in signature.parameters.items():
        for each in getattr(parameter.annotation, "__metadata__", ()):
            if type(each).__name__ == "Query":
                names.add(each.alias or name)
    return frozenset(names)


class _OnlyKnown:
    """A dependency that refuses query parameters that a route does not know: a misspelt one would find too much."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known

    def __call__(self, request: Request) -> None:
        unknown = [name for name in request.query_params if name not in self.known]
        if not unknown:
            return
        fields = []
        for name in unknown:
            near = difflib.get_close_matches(name, self.known, 1)
            known = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(self.known)) or 'none'}"
            fields.append({"field": f"query.{name[:60]}", "reason": f"there is no such parameter; {known}"})
        told = "; ".join(f"{each['field']}: {each['reason']}" for each in fields[:3])
        raise BadRequest(f"The request cannot be read: {told}", fields=tuple(fields))
