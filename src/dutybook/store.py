"""A small database per book in the user's cache folder: the one door to SQLite.

It holds the bank's text, so that only its owner may read it; plain values, so that reading it
executes nothing; and nothing that cannot be made again, so that whatever is wrong with it is
mended by doing without. Knows nothing of what the tables hold.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PATIENCE_S: Final = 2.0  # for another run that is writing


class DamagedError(Exception):
    """What is stored is not what was written."""


class OutdatedError(Exception):
    """Another run has written since this one read what its change rests on."""


DAMAGE: Final = (sqlite3.Error, OSError, ValueError, TypeError, DamagedError)
"""What reading a damaged store may raise."""

_KEPT: Final = """
CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB, sum INTEGER) WITHOUT ROWID;
"""


class Store:
    """A database that can be written, if only in memory."""

    def __init__(self, place: Path | None, tables: str) -> None:
        """Open the database in a file, a copy in memory where the file cannot be written.

        `tables` creates what is not there. Raises one of DAMAGE where the file is no database.
        """
        self._tables = tables
        self._connection = _connect(place)
        try:
            self._make_ready()
        except BaseException:
            self.close()
            raise

    def __del__(self) -> None:
        with contextlib.suppress(AttributeError):  # it was never opened
            self.close()

    def _make_ready(self) -> None:
        self._connection.execute("PRAGMA trusted_schema = OFF")
        if not self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            # At once, so that no other run sees half of them.
            self._connection.executescript(f"BEGIN IMMEDIATE;{_KEPT}{self._tables}COMMIT;")

    def read(self, query: str, *values: Any) -> Iterable[tuple[Any, ...]]:
        """Return the rows that a query of ours answers; values are bound, never spliced."""
        return self._connection.execute(query, values)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state of the database, whatever other runs write meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def kept(self, key: str) -> bytes:
        """Return the value kept under a key, nothing where there is none.

        Raises:
            DamagedError: it is not what was kept.
        """
        for value, expected in self.read("SELECT value, sum FROM kept WHERE key = ?", key):
            if zlib.crc32(value, zlib.crc32(key.encode())) != expected:
                raise DamagedError
            return bytes(value)
        return b""

    def write(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """Make a change, all of it or nothing; where the file refuses, in a copy in memory."""
        try:
            _transact(self._connection, change)
        except sqlite3.OperationalError:  # locked for too long, a full disk, read-only
            with contextlib.closing(self._connection) as refused:
                self._connection = _in_memory(refused)
            self._make_ready()
            _transact(self._connection, change)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def keep(connection: sqlite3.Connection, key: str, value: bytes) -> None:
    """Keep a value under a key, within a change."""
    checksum = zlib.crc32(value, zlib.crc32(key.encode()))
    connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (key, value, checksum))


def is_busy(error: BaseException) -> bool:
    """Tell whether a store is not damaged but taken up by another run for too long."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def place(root: Path, version: str) -> Path | None:
    """Return the file for a book's database, None where there is no place for one.

    Its folder is DUTYBOOK_CACHE_DIR or the user's cache folder. The name tells the book's folder
    and the version, so that no version reads what another wrote.
    """
    try:
        folder = Path(os.environ.get("DUTYBOOK_CACHE_DIR") or _user_cache())
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = blake2b(os.fsencode(os.path.realpath(root)), digest_size=16).hexdigest()
        return folder.absolute() / f"{name}-{version}.sqlite"
    except (OSError, ValueError, RuntimeError):  # no home, no right, a file in its place
        return None


def _user_cache() -> str:
    from platformdirs import user_cache_dir

    folder = user_cache_dir("dutybook", appauthor=False)
    if not Path(folder).is_absolute():  # what older versions say where there is no home
        raise OSError
    return folder


def checksum(*texts: str) -> int:
    """Return what is stored beside texts to see damage when they are read."""
    return zlib.crc32("\0".join(texts).encode())


def _connect(place: Path | None) -> sqlite3.Connection:
    if place is None:
        return sqlite3.connect(":memory:", isolation_level=None)
    try:
        os.close(os.open(place, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except OSError:
        address = f"{place.as_uri()}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            return _in_memory(connection)
    return sqlite3.connect(place, timeout=_PATIENCE_S, isolation_level=None)


def _in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of a database that can be changed where the original cannot."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    with contextlib.suppress(sqlite3.Error):
        connection.backup(copy, progress=_refuse_to_wait)
    return copy


def _refuse_to_wait(status: int, _remaining: int, _total: int) -> None:
    """End a copy that another run's lock holds up; Python would try again for ever."""
    if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        raise sqlite3.OperationalError


def _transact(
    connection: sqlite3.Connection, change: Callable[[sqlite3.Connection], object]
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        change(connection)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
