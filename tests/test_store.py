"""The database in the cache folder: private, all or nothing, and mended by doing without."""

from __future__ import annotations

import errno
import gc
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dutybook import store
from dutybook.store import DAMAGE, Store

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")
TABLES = "CREATE TABLE word (text TEXT PRIMARY KEY);"


def words(one: Store) -> list[str]:
    return [text for (text,) in one.read("SELECT text FROM word ORDER BY text")]


def put(one: Store, *texts: str) -> None:
    one.write(
        lambda connection: connection.executemany(
            "INSERT INTO word VALUES (?)", [(text,) for text in texts]
        )
    )  # type: ignore[func-returns-value]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[sqlite3.Connection]]:
    """Collect every connection that is made; at the end each of them is closed."""
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def remembered(*arguments: Any, **more: Any) -> sqlite3.Connection:
        made.append(connect(*arguments, **more))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", remembered)
    yield made
    gc.collect()
    assert made
    for connection in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


# Its place


def test_the_place_is_in_the_users_cache_folder_and_says_book_and_version(tmp_path: Path) -> None:
    one = store.place(tmp_path / "book", "1")
    assert one is not None
    assert one.parent == tmp_path / "cache"
    assert one.name.endswith("-1.sqlite")
    others = {store.place(tmp_path / "book", "2"), store.place(tmp_path / "other", "1")}
    assert len({one, *others}) == 3
    assert store.place(tmp_path / "x" / ".." / "book", "1") == one


@POSIX
def test_folder_and_file_are_for_the_owner_alone(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        place = store.place(tmp_path, "1")
        assert place is not None
        put(Store(place, TABLES), "一")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_without_a_variable_the_system_says_where_caches_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DUTYBOOK_CACHE_DIR")
    monkeypatch.setattr(store, "_user_cache", lambda: str(tmp_path / "user" / "dutybook"))
    place = store.place(tmp_path, "1")
    assert place is not None
    assert place.parent == tmp_path / "user" / "dutybook"


@pytest.mark.parametrize("said", ["~/.cache/dutybook", RuntimeError("no home"), OSError("no home")])
def test_without_a_home_there_is_no_place_and_no_folder_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | Exception
) -> None:
    def user_cache_dir(*_: Any, **__: Any) -> str:
        if isinstance(said, Exception):
            raise said
        return said

    monkeypatch.delenv("DUTYBOOK_CACHE_DIR")
    monkeypatch.setattr("platformdirs.user_cache_dir", user_cache_dir)
    monkeypatch.chdir(tmp_path)
    assert store.place(tmp_path, "1") is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("folder", ["file", "file/below", "a\0b"])
def test_a_folder_that_cannot_be_made_is_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(os, "environ", {"DUTYBOOK_CACHE_DIR": str(tmp_path / folder)})
    assert store.place(tmp_path, "1") is None


# What is in it


@pytest.mark.parametrize("kept", [True, False], ids=["in-a-file", "in-memory"])
def test_what_is_written_is_read(file: Path, kept: bool) -> None:
    one = Store(file if kept else None, TABLES)
    put(one, "一", "'; DROP TABLE word; --")
    assert words(one) == ["'; DROP TABLE word; --", "一"]
    assert list(one.read("SELECT text FROM word WHERE text = ?", "一")) == [("一",)]
    one.close()
    again = Store(file if kept else None, TABLES)
    assert words(again) == (["'; DROP TABLE word; --", "一"] if kept else [])


def test_a_change_is_made_whole_or_not_at_all(file: Path) -> None:
    one = Store(file, TABLES)
    put(one, "一")
    for texts in (("二", "一"), ("三", None)):
        with pytest.raises((sqlite3.IntegrityError, TypeError)):
            one.write(lambda connection, texts=texts: [_insert(connection, one) for one in texts])  # type: ignore[misc]
    assert words(one) == ["一"]
    put(one, "四")
    assert words(Store(file, TABLES)) == ["一", "四"]


def _insert(connection: sqlite3.Connection, text: str | None) -> None:
    if text is None:
        raise TypeError
    connection.execute("INSERT INTO word VALUES (?)", (text,))


@pytest.mark.parametrize(
    "noise",
    [b"noise" * 1000, b"SQLite format 3\0" + b"\xff" * 4080, b"\0" * 4096, b"PK\x03\x04"],
    ids=["text", "header", "nothing", "archive"],
)
def test_a_file_that_is_no_database_is_damage(
    file: Path, noise: bytes, connections: list[sqlite3.Connection]
) -> None:
    file.write_bytes(noise)
    with pytest.raises(DAMAGE):
        words(Store(file, TABLES))


def test_an_empty_file_becomes_a_database(file: Path) -> None:
    file.write_bytes(b"")
    put(Store(file, TABLES), "一")
    assert words(Store(file, TABLES)) == ["一"]


def test_a_text_cannot_move_over_to_its_neighbour() -> None:
    assert store.checksum("ab", "c") != store.checksum("a", "bc")
    assert store.checksum("row", "a") != store.checksum("names", "a")
    assert store.checksum("一") == store.checksum("一")


# Where the file refuses


def test_behind_a_lock_a_copy_takes_the_change(
    file: Path, monkeypatch: pytest.MonkeyPatch, connections: list[sqlite3.Connection]
) -> None:
    monkeypatch.setattr(store, "_PATIENCE_S", 0.01)
    one = Store(file, TABLES)
    put(one, "一")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        put(one, "二")
        assert words(one) == ["一", "二"]
    put(one, "三")
    assert words(one) == ["一", "三", "二"]
    one.close()
    again = Store(file, TABLES)
    assert words(again) == ["一"]
    again.close()


def test_where_not_even_reading_is_possible_the_change_stands_alone(
    file: Path, monkeypatch: pytest.MonkeyPatch, connections: list[sqlite3.Connection]
) -> None:
    monkeypatch.setattr(store, "_PATIENCE_S", 0.01)
    one = Store(file, TABLES)
    put(one, "一")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        put(one, "二")
    assert words(one) == ["二"]


def test_a_reader_waits_for_no_lock_for_ever(
    file: Path, monkeypatch: pytest.MonkeyPatch, connections: list[sqlite3.Connection]
) -> None:
    monkeypatch.setattr(store, "_PATIENCE_S", 0.01)
    put(Store(file, TABLES), "一")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DAMAGE):
            Store(file, TABLES)


@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS])
def test_a_file_that_cannot_be_written_is_read_and_copied(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: int,
    connections: list[sqlite3.Connection],
) -> None:
    def fail(*_: Any) -> int:
        raise OSError(error, os.strerror(error))

    first = Store(file, TABLES)
    put(first, "一")
    first.close()
    before = file.read_bytes()
    monkeypatch.setattr(os, "open", fail)
    one = Store(file, TABLES)
    assert words(one) == ["一"]
    put(one, "二")
    assert words(one) == ["一", "二"]
    one.close()
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    with pytest.raises(DAMAGE):
        Store(file.with_name("absent"), TABLES)


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_in_a_folder_that_is_read_only_a_copy_takes_the_change(file: Path) -> None:
    put(Store(file, TABLES), "一")
    gc.collect()
    file.parent.chmod(0o500)
    try:
        one = Store(file, TABLES)
        put(one, "二")
        assert words(one) == ["一", "二"]
    finally:
        file.parent.chmod(0o700)


@POSIX
def test_a_link_in_its_place_is_not_written_through(file: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    put(Store(outside, TABLES), "一")
    before = outside.read_bytes()
    file.symlink_to(outside)
    put(Store(file, TABLES), "二")
    assert outside.read_bytes() == before


def test_a_store_that_is_let_go_of_lets_go_of_its_file(
    file: Path, connections: list[sqlite3.Connection]
) -> None:
    put(Store(file, TABLES), "一")
