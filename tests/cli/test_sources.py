from __future__ import annotations

from pathlib import Path

import pytest

from sayso.cli.sources import expand


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.txt", "a/z.HTML", "a/deep/er.md", "photo.png", ".hidden.txt", ".git/config.txt", "c.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "arguments, names, many",
    [
        pytest.param(["."], ["a/deep/er.md", "a/z.HTML", "b.txt"], True, id="folder-sorted-no-hidden"),
        pytest.param(["a/"], ["a/deep/er.md", "a/z.HTML"], True, id="folder-with-a-slash"),
        pytest.param(["photo.png"], ["photo.png"], False, id="named-file-whatever-its-suffix"),
        pytest.param(["b.txt", "a"], ["b.txt", "a/deep/er.md", "a/z.HTML"], True, id="order-of-the-arguments"),
        pytest.param(["-"], ["-"], False, id="standard-input"),
        pytest.param(["https://a.example/b"], ["https://a.example/b"], False, id="address"),
        pytest.param(["gone.txt"], ["gone.txt"], False, id="missing-file-is-for-the-reader-to-say"),
    ],
)
def test_expand(folder: Path, arguments: list[str], names: list[str], many: bool) -> None:
    sources = expand(arguments)
    assert (sources.names, sources.many, sources.complaints) == (names, many, [])


def test_folder_without_articles_is_a_complaint(folder: Path) -> None:
    sources = expand(["empty", "b.txt"])
    assert sources.names == ["b.txt"]
    assert sources.complaints[0].startswith("empty: there is no article in this folder")


def test_the_file_to_write_is_left_out_of_a_folder(folder: Path) -> None:
    assert "b.txt" not in expand(["."], leave_out=(folder / "b.txt").resolve()).names


def test_links_that_lead_in_a_circle_are_not_followed(folder: Path) -> None:
    (folder / "a" / "again").symlink_to(folder)
    assert expand(["a"]).names == ["a/deep/er.md", "a/z.HTML"]
