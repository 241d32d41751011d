"""The description of the API, OpenAPI 3.1: made from the routes, the forms and the errors that each may answer with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from sayso.api.schemas import components, record
from sayso.web.building import API
from sayso.web.cookies import cookie_name

ERROR = "Error"
ABOUT = """What `sayso` knows of an archive of news: who said what, where, as reported by whom, and whether it was so.

Lists come in pages: `next` of a page is the `after` of the page behind it. Whatever goes wrong is told in one form of
body, `Error`. Long work is a job, which is asked how far it is. Roles: a *reader* looks, searches, traces, and has
texts read and checked without storing them; an *editor* adds, corrects and decides; an *admin* keeps users and the
archive.
docs/api.md begins at the beginning.
"""
_REASONS = {
    400: "A query, a setting or a cursor cannot be read.",
    401: "Nobody is signed in, and no token was sent.",
    403: "The role does not do for this, or an address may not be fetched.",
    404: "There is no such thing; `details.nearest` has the nearest.",
    409: "It cannot be done as things stand.",
    413: "It is too large.",
    415: "The body is of a type that is not read here.",
    422: "A parameter, a field or a source is not as it should be; `details.fields` names them.",
    429: "Too many calls of this kind; `details.retry_after_s` says when the next may come.",
    500: "A fault of ours; the message has a number to ask for it by.",
    501: "A package that is needed for this is not installed on the server.",
    502: "The address did not deliver.",
    503: "The archive is held by another process, or the server has no room; try again later.",
    507: "No space is left to write.",
}


def document(app: FastAPI) -> dict[str, Any]:
    """The description of the API of an application; made once."""
    known: dict[str, Any] | None = getattr(app.state, "openapi", None)
    if known is None:
        serving = app.state.serving
        known = app.state.openapi = description(app.routes, login=bool(serving.login), https=serving.https)
    return known


def description(routes: Iterable[BaseRoute], *, login: bool = False, https: bool = False) -> dict[str, Any]:
    """The description of those of the routes that are the API's, where users sign in or not."""
    ours = [each for each in routes if isinstance(each, APIRoute) and each.path.startswith(API + "/")]
    made = get_openapi(
        title="sayso",
        version="1",
        openapi_version="3.1.0",
        description=ABOUT,
        routes=ours,
        separate_input_output_schemas=False,
    )
    schemas = {**made.get("components", {}).get("schemas", {}), **components(), ERROR: _error()}
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for method, operation in _operations(made):
        for each in operation.get("parameters", ()):
            each["schema"] = _without_null(each["schema"])
        _tell_errors(method, operation, login)
        # Without login whoever reaches the server is its one user.
        if login and operation["x-role"] != "anyone":
            operation["security"] = [{"token": []}, {"session": []}]
    made["components"] = {
        "schemas": dict(sorted(schemas.items())),
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "A token of your own: docs/api.md."},
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": cookie_name(https),
                "description": "Of who signed in at the desk.",
            },
        },
    }
    return made


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter, which is left out rather than null."""
    choices = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "title")}
    return {**choices[0], **rest} if len(choices) == 1 else schema


def _operations(made: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in made["paths"].values():
        yield from path.items()


def _tell_errors(method: str, operation: dict[str, Any], login: bool) -> None:
    """Puts every status that an operation can answer with into its responses, with the one body of all errors."""
    statuses = {*operation.pop("x-errors", ()), 500, 503}
    if login and operation["x-role"] != "anyone":
        statuses |= {401, 403}
    if operation["x-heavy"] or operation["x-role"] != "reader":
        statuses.add(429)
    if method != "get":
        # What another site has a browser send is not looked into.
        statuses.add(403)
    if "requestBody" in operation:
        # Of a JSON body that the framework takes in, what is no JSON at all is a 400.
        statuses |= {400, 413}
    if any(each.get("name") == "after" for each in operation.get("parameters", ())):
        statuses.add(400)
    # A parameter that there is not is refused too.
    statuses.add(422)
    responses = operation["responses"]
    for status in sorted(statuses):
        responses[str(status)] = {
            "description": _REASONS[status],
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{ERROR}"}}},
        }
    operation["responses"] = dict(sorted(responses.items()))


def _error() -> dict[str, Any]:
    return record(
        {
            "error": record(
                {
                    "type": {"type": "string", "description": "Name of the error, as in `sayso.errors`."},
                    "status": {"type": "integer", "description": "The status of this answer."},
                    "message": {"type": "string", "description": "What is wrong, with what, and what to do next."},
                    "details": {
                        "type": "object",
                        "additionalProperties": True,
                        "description": "What it speaks of: `start` and `end` in a query, `nearest` names, `fields`.",
                    },
                }
            )
        },
        "What went wrong, whatever it was.",
    )
