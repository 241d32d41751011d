"""Who asks for a page, as the type of a route's parameter: `principal: Editor`."""

from __future__ import annotations

from typing import Annotated

from sayso.web.access import needs
from sayso.web.roles import Principal

Reader = Annotated[Principal, needs("reader")]
Editor = Annotated[Principal, needs("editor")]
Admin = Annotated[Principal, needs("admin")]
HeavyReader = Annotated[Principal, needs("reader", heavy=True)]
"""Of a route that reads or checks."""
HeavyEditor = Annotated[Principal, needs("editor", heavy=True)]
