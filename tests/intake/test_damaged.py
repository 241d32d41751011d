"""Damaged WARC files: what is undamaged comes out, what is lost is told, nothing comes that was not written."""

from __future__ import annotations

import gzip
import io
import zlib
from functools import cache
from pathlib import Path

import pytest

from benchmarks.damage import KINDS, PACKINGS, Part, parts_of_crawl
from benchmarks.mutated import Outcome, cases, measure, pages_of, tried
from sayso.intake import Failure, Item, items_of
from sayso.intake.stretches import items_in, scan
from sayso.intake.warc import warc_items
from sayso.reading import Limits
from tests.intake.making import SITE, page, record, response

FILES = len(KINDS) * len(PACKINGS) * 2 - 3


@cache
def pool() -> list[Part]:
    return parts_of_crawl(30)


def items(data: bytes) -> list[Item | Failure]:
    return list(warc_items(io.BytesIO(data), len(data), "crawl.warc.gz", limits=Limits()))


def test_of_damaged_files_all_that_is_undamaged_is_read() -> None:
    found = Outcome()
    pages = pages_of(pool())
    for number, (kind, packing, file) in enumerate(cases(FILES, pool(), seed=1, articles=12)):
        found.add(tried(file, pages, f"{number} ({kind}, {packing})"))
    assert found.shown == []
    assert found.files == FILES and found.undamaged > 6 * FILES
    assert (found.read, found.cut_told, found.hangs, found.crashes) == (found.undamaged, found.cut, 0, 0)


def test_of_undamaged_files_no_failure_is_told() -> None:
    measured, _ = measure(3, seed=2, pool=20)
    assert (measured["whole"], measured["whole_failed"]) == (3, 0)


def test_a_damaged_file_gives_the_same_item_by_item(tmp_path: Path) -> None:
    for number, (_, _, file) in enumerate(cases(len(KINDS) * len(PACKINGS), pool(), seed=3, articles=6)):
        path = tmp_path / f"{number}.warc.gz"
        path.write_bytes(file.data)
        parts = scan(path, spool=tmp_path / "spool")
        assert [each for part in parts for each in items_in(part)] == list(items_of([path]))


def one_member(count: int = 12, *, digests: bool = True) -> bytes:
    """A crawl packed as one gzip member, whose text is stored as it is: a changed byte in it is still unpacked."""
    made = b"".join(record(response(page(number)), url=f"{SITE}/{number}") for number in range(count))
    if not digests:
        made = made.replace(b"WARC-Block-Digest", b"X-Not-A-Digest-At")
    return gzip.compress(made, 0, mtime=0)


def test_a_changed_page_in_a_member_of_many_is_not_taken_for_whole() -> None:
    data = one_member().replace(b"Ferry number 3 to", b"Fairy number 3 to", 1)
    made = items(data)
    assert [each.url for each in made if isinstance(each, Item)] == [f"{SITE}/{n}" for n in range(12) if n != 3]
    told = [(each.kind, each.reason.split(";")[0]) for each in made if isinstance(each, Failure)]
    assert told == [
        ("damaged", "it is not as it was written: its digest differs"),
        ("damaged", "it does not unpack (incorrect data check)"),
    ]


def test_a_record_of_a_garbled_head_is_not_taken_for_whole() -> None:
    data = one_member().replace(b"WARC-Block-Digest", b"WARC-Bl{ck-Digest", 1)
    made = items(data.replace(b"Ferry number 0 to", b"Fairy number 0 to", 1))
    assert [each.url for each in made if isinstance(each, Item)] == [f"{SITE}/{n}" for n in range(1, 12)]
    assert isinstance(made[0], Failure) and made[0].reason.startswith("its header is not as it was written")


def test_a_member_of_many_without_digests_is_read() -> None:
    assert all(isinstance(each, Item) for each in items(one_member(digests=False)))


def test_what_a_member_holds_before_its_damage_comes_out() -> None:
    whole = b"".join(record(response(page(number)), url=f"{SITE}/{number}") for number in range(60))
    packed = gzip.compress(whole, 9, mtime=0)
    at = len(packed) // 2
    unpacked = len(zlib.decompressobj(31).decompress(packed[:at]))
    before = whole[:unpacked].count(b"</html>\r\n\r\n")
    made = items(packed[:at] + b"\xff" * 600 + packed[at + 600 :])
    assert before > 20
    assert sum(isinstance(each, Item) for each in made) >= before


@pytest.mark.parametrize("wrong", [
    pytest.param(b"zz\r\n" + b"5\r\n<html\r\n0\r\n\r\n", id="no-number"),
    pytest.param(b"6\r\r<html>\r\n0\r\n\r\n", id="no-line-end"),
    pytest.param(b"-5\r\n<html>\r\n0\r\n\r\n", id="less-than-nothing"),
])  # fmt: skip
def test_a_body_whose_first_chunk_is_broken_is_no_page(wrong: bytes) -> None:
    made = items(record(response(wrong, head="Content-Type: text/html\r\nTransfer-Encoding: chunked"), url=SITE))
    assert [type(each) for each in made] == [Failure]
    assert isinstance(made[0], Failure)
    assert (made[0].kind, made[0].reason) == ("damaged", "its body does not begin with a chunk")
