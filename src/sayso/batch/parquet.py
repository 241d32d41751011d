"""The parts of a batch's tables as Parquet files: written whole or not at all, the same bytes for the same rows."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sayso.batch.layout import Folder, put
from sayso.batch.tables import TABLES, Column, Row
from sayso.errors import BatchFailed, MissingPackage

ROWS_A_GROUP = 122_880
"""At most so many rows in a group, as many as a thread of DuckDB takes at a time ("Parquet tips" in its manual); a
shard's part has fewer, and so a single group."""


def write_part(table: str, rows: Iterable[Row], target: Path) -> None:
    """Writes rows of a table, in their order, to a Parquet file: whole or not at all, also where two do so at once.

    The same rows give the same bytes, with the same version of polars. Raises MissingPackage without it.
    """
    polars = _polars()
    columns = TABLES[table].columns
    given = list(rows)
    types = _types(polars)
    days = [each.name for each in columns if each.type == "day"]
    frame = polars.DataFrame(
        {each.name: _values(given, each) for each in columns},
        schema={each.name: polars.String if each.type in _AS_TEXT else types[each.type] for each in columns},
    ).with_columns(
        *(polars.col(name).str.to_date("%Y-%m-%d") for name in days),
        *(polars.col(each.name).str.json_decode(types[each.type]) for each in columns if each.type in _AS_JSON),
    )
    written = io.BytesIO()
    frame.write_parquet(written, compression="zstd", compression_level=3, statistics=True, row_group_size=ROWS_A_GROUP)
    put(target, written.getvalue())


_AS_JSON = frozenset({"texts", "span", "spans"})
"""Lists that polars is given as JSON: it takes lists in lists apart at a tenth of that speed."""
_AS_TEXT = frozenset({"day", *_AS_JSON})


def _values(rows: list[Row], column: Column) -> list[Any]:
    """A column's values, as polars is given them."""
    values = [row[column.name] for row in rows]
    if column.type not in _AS_JSON:
        return values
    return [None if each is None else json.dumps(each) for each in values]


def read_part(path: Path, *, columns: Sequence[str] | None = None, sha256: str | None = None) -> list[Row]:
    """The rows of a part as `write_part` was given them; of `columns` alone where they are named.

    `sha256` is what the manifest says of the file: without it a bit that was changed may not show.

    Raises BatchFailed, naming the file, where it is damaged, gone, or of another form; MissingPackage without polars.
    """
    polars = _polars()
    try:
        # As bytes: of a file that is changed while it is mapped into memory, nothing could be said.
        data = path.read_bytes()
        if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
            raise BatchFailed(str(path), "this part of the batch is not as it was written (SHA-256)", AGAIN)
        frame = polars.read_parquet(io.BytesIO(data), columns=columns and list(columns))
        days = [name for name, kind in frame.schema.items() if kind == polars.Date]
        frame = frame.with_columns(polars.col(name).dt.to_string("%Y-%m-%d") for name in days)
        # Column by column: half the time of polars' own rows.
        names, values = frame.columns, [column.to_list() for column in frame.get_columns()]
        rows = [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]
    except FileNotFoundError as error:
        raise BatchFailed(str(path), "this part of the batch is gone", AGAIN) from error
    except OSError as error:
        raise BatchFailed(str(path), f"this part of the batch cannot be read ({error.strerror or error})") from error
    except (MemoryError, BatchFailed):
        raise
    except (Exception, polars.exceptions.PanicException) as error:
        # What polars does not expect in a damaged file is a panic, which is no Exception.
        reason = str(error).partition("\n")[0]
        raise BatchFailed(str(path), f"this part of the batch is damaged ({reason})", AGAIN) from error
    return rows


def read_parts(root: Path, table: str, *, columns: Sequence[str] | None = None) -> Iterator[Row]:
    """The rows of all parts of a table, shard after shard; one part is in memory at a time. Raises as `read_part`."""
    for path in Folder(root).parts(table):
        yield from read_part(path, columns=columns)


AGAIN = "Run sayso batch --verify with the batch's folder as its --output: what is damaged is read anew"


def _types(polars: Any) -> dict[str, Any]:
    span = polars.List(polars.Int32)
    return {
        "text": polars.String,
        "texts": polars.List(polars.String),
        "integer": polars.Int32,
        "number": polars.Float64,
        "numbers": polars.List(polars.Float64),
        "truth": polars.Boolean,
        "day": polars.Date,
        "span": span,
        "spans": polars.List(span),
    }


def need_polars() -> None:
    """Raises MissingPackage where polars is not installed; nothing is imported."""
    if find_spec("polars") is None:
        raise MissingPackage("sayso batch", ("sayso[parquet]",))


def _polars() -> Any:
    need_polars()
    return import_module("polars")
