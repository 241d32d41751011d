"""What the journal of a shard has after its writers were cut off, and who is to blame for their ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.batch.deaths import Cause, Death, Deaths, judged
from sayso.batch.journal import Journal


def row(ordinal: int) -> dict[str, list[dict[str, object]]]:
    return {"articles": [{"article": f"wire.jsonl:{ordinal}", "text": "Tab\there, line\nthere, half \ud800"}]}


def files(place: Path) -> list[Path]:
    return sorted(place.glob("attempt-*.jsonl"))


def test_what_one_attempt_wrote_the_next_one_has(tmp_path: Path) -> None:
    with Journal(tmp_path) as first:
        first.write(3, {**row(3), "figures": []})
        first.write(1, {"failures": [{"article": "wire.jsonl:1"}]})
    with Journal(tmp_path) as second:
        assert second.done == {1, 3}
        second.write(0, row(0))
        assert list(second.rows("articles")) == [*row(0)["articles"], *row(3)["articles"]]
        assert list(second.rows("failures")) == [{"article": "wire.jsonl:1"}]
        assert list(second.rows("figures")) == []
    assert len(files(tmp_path)) == 2


def test_two_at_once_do_not_touch_one_another(tmp_path: Path) -> None:
    with Journal(tmp_path) as one, Journal(tmp_path) as other:
        one.write(0, row(0))
        other.write(0, row(0))
        other.write(1, row(1))
        # Whoever is done first takes the journal away; the other one has its own and what it had found.
        one.remove()
        assert (one.done, other.done) == ({0}, {0, 1})
        assert len(list(other.rows("articles"))) == 2
    with Journal(tmp_path) as after:
        assert after.done == set()


@pytest.mark.parametrize("cut", [pytest.param(cut, id=f"{cut}-bytes-short") for cut in (1, 2, 40, 10_000)])
def test_a_line_that_was_cut_off_is_none(tmp_path: Path, cut: int) -> None:
    with Journal(tmp_path) as journal:
        journal.write(0, row(0))
        journal.write(1, row(1))
    (file,) = files(tmp_path)
    data = file.read_bytes()
    file.write_bytes(data[: max(len(data) - cut, 0)])
    with Journal(tmp_path) as again:
        assert again.done == ({0} if cut < 100 else set())
        again.write(1, row(1))
        assert [each["article"] for each in again.rows("articles")][-1] == "wire.jsonl:1"


@pytest.mark.parametrize(
    "damage", [pytest.param(b"\0", id="zeros-where-power-went"), pytest.param(b"\n", id="a-line-in-the-middle")]
)
def test_a_damaged_line_is_none_and_the_others_stand(tmp_path: Path, damage: bytes) -> None:
    with Journal(tmp_path) as journal:
        for ordinal in range(3):
            journal.write(ordinal, row(ordinal))
    (file,) = files(tmp_path)
    first, second, third = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(first + second[:20] + damage * 9 + second[29:] + third)
    with Journal(tmp_path) as again:
        assert again.done == {0, 2}


def died(cause: Cause, *open: int) -> Death:
    return Death(cause, "SIGKILL", open)


TIMES = [died("time", 4, 5, 6)]


@pytest.mark.parametrize(
    "deaths, given_up, alone",
    [
        pytest.param([], [], [], id="none"),
        pytest.param(TIMES, [], [4, 5, 6], id="of-several-each-is-tried-alone"),
        pytest.param([*TIMES, died("memory", 5)], [5], [4, 6], id="the-one-that-kills-alone-as-well-did-it"),
        pytest.param([died("crash", 5), died("crash", 5)], [5], [], id="twice-alone"),
        pytest.param([died("crash", 5)], [], [5], id="once-is-no-proof"),
        pytest.param([died("time"), died("crash")], [], [], id="nothing-was-open"),
        pytest.param([died("killed", 1, 2)] * 2, [], [1, 2], id="killed-twice-running-is-tried-alone"),
        pytest.param([died("killed", 1, 2)] * 9, [], [1, 2], id="killed-beside-another-is-not-accused"),
        pytest.param([died("killed", 1)] * 4, [], [1], id="killed-four-times-running"),
        pytest.param([died("killed", 1)] * 5, [1], [], id="killed-five-times-running"),
        pytest.param([died("killed", 1)] * 4 + [died("killed", 2), died("killed", 1)], [], [], id="not-running"),
        pytest.param([died("killed", 1)] * 4 + [died("killed"), died("killed", 1)], [1], [], id="nothing-was-at-work"),
    ],
)
def test_who_is_to_blame(tmp_path: Path, deaths: list[Death], given_up: list[int], alone: list[int]) -> None:
    noted = Deaths(tmp_path / "journal" / "deaths.jsonl")
    for each in deaths:
        noted.note(each)
    for verdict in (judged(deaths), Deaths(tmp_path / "journal" / "deaths.jsonl").verdict()):
        assert (list(verdict.given_up), sorted(verdict.alone)) == (given_up, alone)


def test_a_note_of_a_death_that_was_cut_off_is_none(tmp_path: Path) -> None:
    file = tmp_path / "deaths.jsonl"
    Deaths(file).note(died("time", 1))
    with file.open("ab") as out:
        out.write(b'{"cause": "time", "how": "SIGPR')
    Deaths(file).note(died("time", 1))
    assert [each.open for each in Deaths(file).all()] == [(1,)], "the line after it is lost with it"
    Deaths(file).note(died("time", 1))
    assert list(Deaths(file).verdict().given_up) == [1]
