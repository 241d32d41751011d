"""What the API gives: the forms of the archive as the command line prints them, in pages, with tags, as streams."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

import sayso
from sayso.api.answering import answer
from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.archive.json_form import as_json, page_to_json
from sayso.exports.interchange import INTERCHANGES, render
from sayso.exports.json import record_of
from sayso.exports.restoring import read as read_back
from tests.api.archived import EXAMPLES
from tests.api.conftest import Asking

LISTS = {
    "/problems?all=true": "id",
    "/articles": "id",
    "/articles?sort=added": "id",
    "/articles/1/versions": "number",
    "/statements": "statement",
    "/statements?q=recorder": "statement",
    "/statements/ids": None,
    "/statements/found?q=recorder": "article",
    "/disputes": "statement",
    "/speakers": "id",
    "/speakers?kind=person": "id",
    "/suggestions": None,
    "/decisions": "id",
    "/outlets": "id",
    "/transcripts": "id",
    "/corrections?all=true": "id",
    "/review": None,
    "/jobs": "id",
}


@pytest.fixture(scope="module")
def archive(kept: Path) -> Iterator[Archive]:
    with open_archive(kept) as opened:
        yield opened


@pytest.mark.parametrize("path", LISTS)
def test_pages_make_up_the_whole_list(path: str, asking: Asking) -> None:
    """By twos or all at once: nothing comes twice, nothing is left out."""
    with_limit = f"{path}{'&' if '?' in path else '?'}limit="
    whole = asking.get(f"{with_limit}200").json()
    assert whole["next"] is None
    found, after = [], ""
    while True:
        page = asking.get(f"{with_limit}2{after}").json()
        assert len(page["items"]) <= 2
        assert page.get("total") == whole.get("total")
        found += page["items"]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    name = LISTS[path]
    assert [each[name] if name else each for each in found] == [each[name] if name else each for each in whole["items"]]
    assert whole.get("total", len(found)) == len(found)


def test_a_cursor_goes_on_behind_its_item_when_others_come_in(changing: Asking, own_archive: Archive) -> None:
    first = changing.get("/decisions?limit=1").json()
    own_archive.keep_apart(1, 2, reason="they are two")
    second = changing.get(f"/decisions?limit=1&after={first['next']}").json()
    assert second["items"][0]["id"] == first["items"][0]["id"] - 1


def test_a_search_is_the_page_of_the_command_line(asking: Asking, archive: Archive) -> None:
    given = asking.get("/statements", params={"q": "recorder", "facets": ["speaker", "year"]}).json()
    wanted = page_to_json(archive.search("recorder", facets=["speaker", "year"]))
    assert given == {**{name: value for name, value in wanted.items() if name != "hits"}, "items": wanted["hits"]}
    one = given["items"][0]
    assert {**one, "score": None, "snippet": "", "found": []} == {
        **asking.get(f"/statements/{one['statement']}").json(),
        "score": None,
        "snippet": "",
        "found": [],
    }


def test_a_record_is_the_one_that_reading_prints(asking: Asking, archive: Archive) -> None:
    given = asking.get("/articles/1").json()
    assert given == json.loads(json.dumps(record_of(archive.article(1))))
    schema = json.loads((Path(sayso.__file__).parent / "record.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(given, schema)
    assert given["verdicts"] == asking.get("/articles/1/checks").json()["verdicts"]


def test_corrections_stand_beside_what_was_read(asking: Asking) -> None:
    plain, corrected = asking.get("/articles/1").json(), asking.get("/articles/1?corrected=true").json()
    assert plain["attributions"][0]["stance"]["value"] != "endorsing"
    assert corrected["attributions"][0]["stance"]["value"] == "endorsing"


def test_where_an_articles_statements_are_in_the_archive(asking: Asking) -> None:
    places = asking.get("/articles/1/statements").json()
    record = asking.get("/articles/1").json()
    assert set(places["statements"]) == {each["id"] for each in record["statements"]}
    for local, number in list(places["statements"].items())[:3]:
        place = asking.get(f"/statements/{number}/place").json()
        assert (place["article"], place["local"]) == (1, local)


@pytest.mark.parametrize("path", ["/articles/1", "/articles/1?corrected=true", "/transcripts/1"])
def test_what_a_caller_has_already_is_not_sent_again(path: str, asking: Asking) -> None:
    first = asking.get(path)
    tag = first.headers["ETag"]
    again = asking.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert asking.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_check_that_is_kept_has_another_tag(changing: Asking, own_archive: Archive) -> None:
    tag = changing.get("/articles/1").headers["ETag"]
    article = own_archive.article(1)
    article.verdicts = article.verdicts[:-1]
    own_archive.keep_verdicts(1, article)
    assert changing.get("/articles/1", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("name", [name for name, form in INTERCHANGES.items() if not form.folder and not form.binary])
def test_an_export_is_that_of_the_command_line(name: str, asking: Asking, archive: Archive) -> None:
    given = asking.get(f"/exports/{name}")
    assert given.headers["Content-Type"].startswith(INTERCHANGES[name].media_type)
    assert given.text == "".join(render((each for _, each in archive.corrected_articles()), name))


def test_an_export_of_a_query_has_what_it_finds(asking: Asking) -> None:
    rows = list(csv.DictReader(io.StringIO(asking.get("/exports/csv?q=speaker:askvold").text)))
    assert {each["speaker"] for each in rows} >= {"Elin Askvold"}
    lines = asking.get("/exports/jsonl?article=2&article=3").text.splitlines()
    assert [json.loads(each)["article"]["id"] for each in lines] == [
        asking.get(f"/articles/{number}").json()["article"]["id"] for number in (2, 3)
    ]
    assert asking.get("/exports/json?q=nobodyeversaid").json() == []


@pytest.mark.parametrize("name", ["brat", "parc"])
def test_a_folder_comes_as_a_zip_file_that_is_read_back(name: str, asking: Asking, tmp_path: Path) -> None:
    given = asking.get(f"/exports/{name}?q=recorder")
    assert given.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(given.content)) as packed:
        packed.extractall(tmp_path)
    assert any(article.attributions for article in read_back(tmp_path))


def test_a_table_for_data_frames(asking: Asking) -> None:
    polars = pytest.importorskip("polars")
    given = asking.get("/exports/parquet")
    assert given.headers["Content-Disposition"] == 'attachment; filename="sayso.parquet"'
    assert polars.read_parquet(io.BytesIO(given.content)).height > 10


def test_an_export_holds_no_lock_while_somebody_reads_it_slowly(changing: Asking, own_archive: Archive) -> None:
    with changing.get("/exports/jsonl", stream=True) as slow:
        first = next(slow.iter_lines())
        own_archive.keep_apart(1, 2, reason="written meanwhile")
        assert json.loads(first)["sayso"] == "1"


def test_a_name_of_nothing_but_signs_is_nobodys(asking: Asking) -> None:
    found = asking.get("/traces", params={"q": "the recorder will tell us", "speaker": "?!"})
    assert (found.status_code, found.json()["wordings"]) == (200, [])
    assert asking.get("/speakers", params={"name": "?!"}).status_code == 404


def test_half_a_surrogate_pair_in_an_article_is_escaped() -> None:
    assert bytes(answer({"text": "a\ud800b"}).body) == b'{"text":"a\\ud800b"}'


def test_adding_is_a_job_that_tells_what_came_of_each(changing: Asking, own_archive: Archive) -> None:
    files = [
        ("file", ("hearing.txt", b'Hearing set\n\n"We will be there," harbour master Ilse Brandt said on Friday.\n')),
        ("file", ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
        ("transcript", ("words.txt", (EXAMPLES / "transcripts" / "halvern.txt").read_bytes())),
    ]
    job = changing.ended(changing.post("/articles", files=files, data={"date": "2026-03-20", "check": "true"}))
    assert (job["state"], job["error"], job["kind"]) == ("done", None, "add")
    results: list[dict[str, object]] = job["results"]  # type: ignore[assignment]
    assert sorted(str(each["outcome"]) for each in results) == ["added", "checked", "problem", "unchanged"]
    assert any(each.name.endswith("picture.png") for each in own_archive.problems())
    assert changing.get("/jobs").json()["items"][0]["id"] == job["id"]


def test_what_happens_to_a_job_comes_as_events(changing: Asking) -> None:
    job = changing.post("/articles", json={"text": "The bridge is unsafe, Mara Quill said.", "name": "bridge"}).json()
    with changing.get(f"/jobs/{job['id']}/events", stream=True) as events:
        assert events.headers["Content-Type"].startswith("text/event-stream")
        lines = [line.decode() for line in events.iter_lines()]
    assert "event: result" in lines
    last = json.loads([line for line in lines if line.startswith("data: ")][-1].removeprefix("data: "))
    assert last["state"] == "done"


def test_checking_a_kept_article_is_a_job(changing: Asking) -> None:
    job = changing.ended(changing.post("/articles/1/check"))
    (result,) = job["results"]  # type: ignore[misc]
    assert (result["article"], result["outcome"]) == (1, "checked")


def test_nothing_that_is_only_read_is_kept(changing: Asking, own_archive: Archive) -> None:
    before = as_json(own_archive.info())
    draft, briefing = EXAMPLES / "draft.txt", EXAMPLES / "transcripts" / "halvern.txt"
    files = [("file", draft.open("rb")), ("transcript", briefing.open("rb"))]
    checked = changing.post("/check", files=files).json()
    assert "misattributed" in {each["value"] for each in checked["verdicts"]}
    assert not changing.post("/read", files=[("file", draft.open("rb"))]).json()["verdicts"]
    assert as_json(own_archive.info()) == before
