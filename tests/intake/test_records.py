"""WARC files that are damaged or cut off: every whole record comes out, and the rest is told."""

from __future__ import annotations

import gzip
import io
import random
import time
from itertools import pairwise

import pytest
from fastwarc.warc import ArchiveIterator

from sayso.intake.records import Loss, Record, records_of
from tests.intake.making import SITE, crawl, page, record, response

COUNT = 12


def read(data: bytes, *, most: int = 1_000_000) -> tuple[list[Record], list[Loss]]:
    found = list(records_of(io.BytesIO(data), len(data), most=most, wanted=lambda head: True))
    return [each for each in found if isinstance(each, Record)], [each for each in found if isinstance(each, Loss)]


def numbers(records: list[Record]) -> list[int]:
    return [int(each.head["warc-target-uri"].rsplit("/")[-1]) for each in records]


packings = pytest.mark.parametrize("packed", [pytest.param(False, id="plain"), pytest.param(True, id="gzip")])


@packings
def test_the_records_are_those_that_fastwarc_reads(packed: bool) -> None:
    data, places = crawl(COUNT, packed=packed)
    records, losses = read(data)
    theirs = [(each.stream_pos, each.reader.read()) for each in ArchiveIterator(io.BytesIO(data), parse_http=False)]
    assert [(each.offset, each.block) for each in records] == theirs
    assert [each.offset for each in records] == places[:-1]
    assert not losses


@packings
@pytest.mark.parametrize("seed", range(4))
def test_a_flipped_bit_costs_one_record_at_the_most(packed: bool, seed: int) -> None:
    data, places = crawl(COUNT, packed=packed)
    whole = {each.offset: each for each in read(data)[0]}
    chance = random.Random(seed)
    for _ in range(150):
        at = chance.randrange(len(data))
        broken = bytearray(data)
        broken[at] ^= 1 << chance.randrange(8)
        records, losses = read(bytes(broken))
        hit = max(place for place in places if place <= at)
        came = {each.offset: each for each in records if whole.get(each.offset) == each}
        assert set(whole) - {hit} <= set(came), (at, losses)
        if hit not in came and not any(loss.offset == hit for loss in losses):
            # The header of a plain record is under no checksum: a flipped letter of a field cannot be known.
            changed = next(each for each in records if each.offset == hit)
            assert changed.block == whole[hit].block or not packed


@packings
def test_a_file_that_is_cut_off_gives_the_records_before(packed: bool) -> None:
    data, places = crawl(COUNT, packed=packed)
    for cut in random.Random(7).sample(range(1, len(data)), 300):
        records, losses = read(data[:cut])
        before = sum(1 for end in places[1:] if end <= cut)
        # A record without the line breaks after it is whole all the same.
        assert numbers(records) in (list(range(before)), list(range(before + 1)))
        if len(records) == before and cut not in places:
            assert [loss.offset for loss in losses] == [max(place for place in places if place < cut)]
            assert losses[0].passed == cut - losses[0].offset


@packings
def test_a_stretch_of_rubbish_is_passed_over_and_measured(packed: bool) -> None:
    data, places = crawl(4, packed=packed)
    rubbish = random.Random(3).randbytes(100_000)
    records, losses = read(data[: places[2]] + rubbish + data[places[2] :])
    assert numbers(records) == [0, 1, 2, 3]
    assert [(loss.offset, loss.passed) for loss in losses] == [(places[2], len(rubbish))]


def test_a_length_far_too_large_does_not_swallow_what_follows() -> None:
    data, places = crawl(5, packed=False)
    head, colon, rest = data[places[1] :].partition(b"Content-Length: ")
    records, losses = read(data[: places[1]] + head + colon + b"9999999" + rest)
    assert numbers(records) == [0, 2, 3, 4]
    assert [loss.offset for loss in losses] == [places[1]]


@packings
def test_thousands_of_heads_that_break_off_take_no_time(packed: bool) -> None:
    heads = b"WARC/1.1\r\nWARC-Type: response\r\n" * 8_000
    data = heads + record(response(page(1)), url=f"{SITE}/1")
    begun = time.process_time()
    records, losses = read(gzip.compress(data) if packed else data)
    assert time.process_time() - begun < 3
    assert [each.head["warc-target-uri"] for each in records] == [f"{SITE}/1"]
    assert [(loss.offset, loss.reason) for loss in losses] == [(0, "another record begins in its header")]


def test_a_whole_file_packed_at_once_is_read_through() -> None:
    data, places = crawl(5, packed=False)
    records, losses = read(gzip.compress(data))
    assert (numbers(records), losses) == ([0, 1, 2, 3, 4], [])
    assert [each.place for each in records] == places[:-1]


def test_of_a_file_packed_at_once_that_is_cut_off_the_beginning_comes() -> None:
    data, _ = crawl(40, packed=False)
    packed = gzip.compress(data)
    records, losses = read(packed[: len(packed) // 2])
    assert len(records) >= 10
    assert numbers(records) == list(range(len(records)))
    assert [loss.kind for loss in losses] == ["truncated"]


def test_a_record_parted_in_two_members_is_one() -> None:
    made = [record(response(page(number)), url=f"{SITE}/{number}") for number in range(3)]
    end = made[1].index(b"<!doctype")
    parts = [made[0], made[1][:end], made[1][end:], made[2]]
    records, losses = read(b"".join(map(gzip.compress, parts)))
    assert (numbers(records), losses) == ([0, 1, 2], [])


def test_a_packed_page_inside_a_record_is_no_record() -> None:
    inner = gzip.compress(page(9))
    made = gzip.compress(record(response(inner, head="Content-Encoding: gzip"), url=f"{SITE}/0"), compresslevel=0)
    broken = bytearray(made)
    broken[-8] ^= 1
    records, losses = read(bytes(broken) + gzip.compress(record(response(page(1)), url=f"{SITE}/1")))
    # The first is whole by its digest, though its member's checksum is not.
    assert numbers(records) == [0, 1]
    assert [(loss.kind, loss.offset, loss.passed) for loss in losses] == [("damaged", 0, len(made))]


def test_a_bomb_is_not_unpacked_into_memory() -> None:
    bomb = gzip.compress(record(response(b"\0" * 30_000_000), url=f"{SITE}/0"))
    assert len(bomb) < 50_000
    records, losses = read(bomb + gzip.compress(record(response(page(1)), url=f"{SITE}/1")), most=100_000)
    assert not losses
    assert [(each.block is None, each.length > 30_000_000) for each in records] == [(True, True), (False, False)]


def test_offsets_partition_the_file() -> None:
    data, places = crawl(COUNT, packed=True)
    for start, end in pairwise(places):
        records, _ = read(data[start:end])
        assert len(records) == 1


def test_a_member_may_hold_more_than_one_record_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.streams.MOST_UNPACKED", 200_000)
    data, _ = crawl(1, packed=False)
    many = data * (400_000 // len(data))
    records, losses = read(gzip.compress(many))
    assert (len(records), losses) == (400_000 // len(data), [])
    bomb = record(response(page(1, padding=" " * 300_000)), url=f"{SITE}/bomb")
    records, losses = read(gzip.compress(data + bomb + data), most=100_000)
    assert [(loss.kind, loss.place) for loss in losses] == [("damaged", len(data))]
