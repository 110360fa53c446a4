"""Writing files whole or not at all: what stands there, what the system refuses, what is undone."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dutybook import writing
from dutybook.errors import DutybookError, WriteError

POSIX = pytest.mark.skipif(os.name != "posix", reason="links and modes as POSIX has them")


def refuse(*_arguments: Any, **_more: Any) -> Any:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_files_are_written_whole_with_the_folders_above(tmp_path: Path) -> None:
    writing.write_new({tmp_path / "a/b/x": "一\n二\n", tmp_path / "y": ""})
    assert contents(tmp_path) == {"a/b/x": "一\n二\n".encode(), "y": b""}


@POSIX
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)])
def test_files_have_the_mode_that_the_mask_leaves(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        writing.write_new({tmp_path / "x": "x"})
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == mode


@pytest.mark.parametrize("links", [True, False], ids=["hard-links", "no-hard-links"])
def test_what_stands_there_stays_and_nothing_else_is_written(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "z").write_text("old", encoding="utf-8")
    with pytest.raises(WriteError, match="is there already; nothing was written") as caught:
        writing.write_new({tmp_path / "a": "new", tmp_path / "z": "new"})
    assert str(tmp_path / "z") in caught.value.message
    assert contents(tmp_path) == {"z": b"old"}
    writing.write_new({tmp_path / "a": "new"})
    assert contents(tmp_path) == {"a": b"new", "z": b"old"}


@POSIX
def test_a_dangling_link_stands_there_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").symlink_to("outside")
    for _ in range(2):
        with pytest.raises(WriteError, match="is there already"):
            writing.write_new({tmp_path / "x": "new"})
        monkeypatch.setattr(os, "link", refuse)
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full."),
        (errno.EROFS, "The disk is read-only."),
        (errno.EACCES, "You may not"),
    ],
)
def test_a_refusal_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    (tmp_path / "y").write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", fail)
    for write in (
        lambda: writing.write_new({tmp_path / "x": "new"}),
        lambda: writing.write_over(tmp_path / "y", "new"),
    ):
        with pytest.raises(WriteError, match=words) as caught:
            write()
        assert caught.value.hint == "Nothing was written."
    assert contents(tmp_path) == {"y": b"old"}


def test_an_interruption_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = writing._name

    def interrupted(temporary: str, path: Path) -> None:
        name(temporary, path)
        if path.name == "b":
            raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_name", interrupted)
    with pytest.raises(KeyboardInterrupt):
        writing.write_new({tmp_path / "a": "1", tmp_path / "b": "2", tmp_path / "c": "3"})
    assert set(contents(tmp_path)) <= {"b"}  # named in the instant of the interruption


def test_writing_over_replaces_the_whole_text(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("old and long", encoding="utf-8")
    writing.write_over(tmp_path / "x", "新")
    assert contents(tmp_path) == {"x": "新".encode()}


def test_new_and_changed_files_are_written_together(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"one\r\n")
    (tmp_path / "old").chmod(0o640)
    writing.write_all({tmp_path / "a/new": "新"}, {tmp_path / "old": (b"one\r\n", "two\r\n")})
    assert contents(tmp_path) == {"a/new": "新".encode(), "old": b"two\r\n"}
    assert os.name == "nt" or stat.S_IMODE((tmp_path / "old").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda path: path.write_text("by another hand"),
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), path.symlink_to("first")),
    ],
    ids=["edited", "deleted", "folder", "link"],
)
def test_what_was_changed_meanwhile_is_not_written_over(
    tmp_path: Path, meanwhile: Callable[[Path], object]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("1")
    second.write_text("2")
    meanwhile(second)
    before = contents(tmp_path)
    with pytest.raises(WriteError, match="was changed meanwhile; nothing was written") as caught:
        writing.write_all({tmp_path / "a/b/new": "3"}, {first: (b"1", "x"), second: (b"2", "x")})
    assert str(second) in caught.value.message
    assert contents(tmp_path) == before
    assert not (tmp_path / "a").exists()


def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old").write_text("1")
    asked: list[int] = []

    def full(descriptor: int) -> None:
        asked.append(descriptor)
        if len(asked) == 3:
            raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="The disk is full"):
        writing.write_all({tmp_path / "a/new": "2"}, {tmp_path / "old": (b"1", "x")})
    assert contents(tmp_path) == {"old": b"1"}
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("path", ["file/below", "a\0b"])
def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WriteError) as caught:
        writing.make_folder(tmp_path / path)
    assert isinstance(caught.value, DutybookError)
    writing.make_folder(tmp_path / "one/two")
    writing.make_folder(tmp_path / "one/two")
    assert (tmp_path / "one/two").is_dir()
    shutil.rmtree(tmp_path / "one")
