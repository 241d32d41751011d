from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import Any

import pytest

from sayso.documents import Article
from sayso.errors import BadSetting, MissingPackage
from sayso.exports import frame
from sayso.exports.frame import COLUMNS, ENGINES


def cells(table: Any, engine: str) -> list[dict[str, Any]]:
    """The rows of a frame with None for what is missing, whichever library made it."""
    if engine == "polars":
        return list(table.to_dicts())
    missing = table.isna().to_dict("records")
    return [
        {name: None if gone[name] else value for name, value in row.items()}
        for row, gone in zip(table.to_dict("records"), missing, strict=True)
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_row_an_attribution(layered: Article, engine: str) -> None:
    pytest.importorskip(engine)
    found = cells(layered.to_frame(engine), engine)
    assert [tuple(row) for row in found] == [COLUMNS] * 9
    assert list(found[1].values()) == [
        "layered", "a2", "Mara Quill", "person", "Mayor Mara Quill", "said",
        "The council knew for years that the harbour bridge was cracked", "indirect", "communication", "neutral",
        "affirms", "03-09", None, "a press conference", "s1", None, 0.9,
    ]  # fmt: skip
    assert [row["speaker_kind"] for row in found][5:8] == [None, "anonymous", "government"]
    assert [row["source"] for row in found][-1] is None


@pytest.mark.parametrize("engine", ENGINES)
def test_content_in_pieces_is_one_cell_and_inside_names_a_row(article: Article, engine: str) -> None:
    pytest.importorskip(engine)
    found = cells(article.to_frame(engine), engine)
    assert found[1]["content"] == "The bridge … must close"
    assert (found[3]["attribution"], found[3]["inside"], found[3]["statement"]) == ("union", "hale", None)


def test_frames_of_articles_stack_whatever_they_lack(layered: Article) -> None:
    polars = pytest.importorskip("polars")
    bare = Article("x", "")
    assert bare.to_frame("polars").schema == layered.to_frame("polars").schema
    assert polars.concat([bare.to_frame("polars"), layered.to_frame("polars")]).height == 9


def test_pandas_types_are_the_same_for_an_empty_article(layered: Article) -> None:
    pytest.importorskip("pandas")
    empty, full = Article("x", "").to_frame("pandas"), layered.to_frame("pandas")
    assert list(empty.dtypes) == list(full.dtypes)


@pytest.mark.parametrize(
    "installed, chosen", [(("polars", "pandas"), "polars"), (("pandas",), "pandas"), (("polars",), "polars")]
)
def test_engine_is_the_one_that_is_installed(
    layered: Article, monkeypatch: pytest.MonkeyPatch, installed: tuple[str, ...], chosen: str
) -> None:
    pytest.importorskip(chosen)
    monkeypatch.setattr(frame, "find_spec", lambda name: importlib.util.find_spec(name) if name in installed else None)
    assert type(layered.to_frame()).__module__.split(".")[0] == chosen


@pytest.mark.parametrize(
    "engine, message",
    [
        pytest.param(
            None, "to_frame: neither polars nor pandas is installed. Install it: pip install polars", id="any"
        ),
        pytest.param("pandas", "to_frame: pandas is not installed. Install it: pip install pandas", id="the-one-named"),
    ],
)
def test_missing_engine_says_what_to_install(
    layered: Article, monkeypatch: pytest.MonkeyPatch, engine: str | None, message: str
) -> None:
    monkeypatch.setattr(frame, "find_spec", lambda name: None)
    with pytest.raises(MissingPackage) as caught:
        layered.to_frame(engine)
    assert str(caught.value) == message


def test_other_engine_is_refused(layered: Article) -> None:
    with pytest.raises(BadSetting, match="'polars' or 'pandas'"):
        layered.to_frame("dask")


def test_neither_library_is_imported_before_it_is_needed() -> None:
    program = "import sys, sayso, sayso.exports.frame; print(*{'pandas', 'polars', 'spacy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
