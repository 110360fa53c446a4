"""`dutybook init`: a book of one's own, that overwrites nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml

from dutybook import model
from dutybook.records import read_settings
from tests.conftest import Run


def tree(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*")}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("folder", ["", "deep/手册"])
def test_a_book_is_started_that_new_list_and_show_work_in(
    run: Run, tmp_path: Path, language: str, folder: str
) -> None:
    arguments = [folder] if folder else []
    here = tmp_path / "here"
    here.mkdir()
    result = run("init", *arguments, "--lang", language, book=here)
    root = here / folder
    assert (result.code, result.out) == (0, "")
    assert str(root.resolve()) in result.err.splitlines()[0]
    assert "`dutybook new POSITION`" in result.err.splitlines()[1]
    assert tree(root) == {"dutybook.yaml", "role.schema.json", "roles"}
    assert run("list", book=root).code == 2  # no role file yet
    assert run("new", "客户经理", book=root).code == 0
    assert run("list", book=root).out.startswith("kehujingli\t客户经理\t")
    shown = run("show", "khjl", book=root)
    assert (shown.code, shown.err) == (0, "")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_written_is_valid_and_says_itself(run: Run, tmp_path: Path, language: str) -> None:
    run("init", "--lang", language, book=tmp_path)
    raw = (tmp_path / "dutybook.yaml").read_bytes()
    record = read_settings(raw, "dutybook.yaml")
    assert record.settings is not None
    assert not record.problems
    assert ("岗位" in raw.decode()) == (language == "zh")
    assert b"\r" not in raw
    assert set(yaml.safe_load(raw)) == {"format", "positions", "systems", "tags", "synonyms"}
    schema = (tmp_path / "role.schema.json").read_text(encoding="utf-8")
    assert schema == model.schema_text("role")
    assert json.loads(schema)["$id"].endswith("role/1")


@pytest.mark.parametrize("existing", ["dutybook.yaml", "role.schema.json"])
def test_nothing_is_overwritten(run: Run, tmp_path: Path, existing: str) -> None:
    (tmp_path / existing).write_text("mine", encoding="utf-8")
    for line in (["init"], ["init", "."], ["init", str(tmp_path)]):
        result = run(*line, book=tmp_path)
        assert (result.code, result.out) == (2, "")
        assert "already" in result.err.splitlines()[0]
        assert len(result.err.splitlines()) == 2
        assert tree(tmp_path) == {existing}
        assert (tmp_path / existing).read_text(encoding="utf-8") == "mine"


def test_role_files_that_are_there_become_part_of_the_book(run: Run, tmp_path: Path) -> None:
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles/x.yaml").write_text("mine", encoding="utf-8")
    assert run("init", book=tmp_path).code == 0
    assert (tmp_path / "roles/x.yaml").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "dutybook.yaml").exists()


@pytest.mark.parametrize("folder", ["file", "file/below", "a" * 300, "book"])
def test_where_no_book_can_be_started_that_is_said(run: Run, tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "book").mkdir()
    (tmp_path / "book/roles").write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    result = run("init", folder, book=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Error: ")
    assert "is a bug" not in result.err
    assert tree(tmp_path) == before


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
@pytest.mark.parametrize("name", ["dutybook.yaml", "role.schema.json"])
def test_a_dangling_link_is_not_written_through(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / name).symlink_to("../outside")
    assert run("init", "book", book=tmp_path).code == 2
    assert not (tmp_path / "outside").exists()
