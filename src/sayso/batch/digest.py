"""One number for each table of a batch, by which two runs are compared: equal where they have the same rows.

    python -m sayso.batch.digest DIR...

The order of rows, parts and shards does not count, how often a row is there does. Each row is hashed (SHA-256 of its
canonical form, RFC 8785 in spirit: JSON with sorted names and nothing between), the hashes are sorted, and the sorted
hashes are hashed. So two tables with one digest and other rows would need a collision of SHA-256 itself. Sorting
hashes in place of rows takes 32 bytes for each, in files by their first bits, of which one at a time is in memory.
"""

from __future__ import annotations

import hashlib
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile

from sayso.batch.layout import is_batch
from sayso.batch.parquet import read_parts
from sayso.batch.tables import TABLES, Row
from sayso.errors import SaysoError, UnreadableSource

_SIZE = hashlib.sha256().digest_size
_PILES = 64
"""Files that the hashes of a table are sorted in; of 10^8 rows each has 50 MB."""


def digest_of(root: Path) -> dict[str, str]:
    """The SHA-256 of each table of a batch, in hexadecimal; of one without rows that of nothing.

    Raises UnreadableSource for a folder that is none of a batch, BatchFailed for a part that cannot be read.
    """
    if not is_batch(root):
        raise UnreadableSource(str(root), "this is no folder of a batch: it has no batch.json", "Name another")
    return {table: _digest_of(root, table) for table in TABLES}


def canonical(row: Row) -> bytes:
    """The one form of a row, for whoever wants to hash rows in another language.

    >>> canonical({"words": 3, "article": "wire.txt"})
    b'{"article":"wire.txt","words":3}'
    """
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _digest_of(root: Path, table: str) -> str:
    whole = hashlib.sha256()
    with ExitStack() as stack:
        piles = [stack.enter_context(TemporaryFile()) for _ in range(_PILES)]
        for row in read_parts(root, table):
            one = hashlib.sha256(canonical(row)).digest()
            piles[one[0] * _PILES // 256].write(one)
        for pile in piles:
            pile.seek(0)
            hashes = pile.read()
            whole.update(b"".join(sorted(hashes[at : at + _SIZE] for at in range(0, len(hashes), _SIZE))))
    return whole.hexdigest()


def _main(names: list[str]) -> int:
    try:
        for name in names:
            for table, digest in digest_of(Path(name)).items():
                print(f"{digest}  {name}/{table}")
    except SaysoError as error:
        print(f"sayso: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
