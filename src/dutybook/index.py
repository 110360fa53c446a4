"""What `list` and `search` read: one plain row a file, kept on disk between runs.

The index makes commands faster and never anything else: deleted, broken, locked or read-only, the
answers are the same. It holds the bank's text, so that only its owner may read it, and it is
SQLite with plain values, so that reading it executes nothing. A row is believed while the file's
size, times and inode are those it was made from; a file that changed about when it was read is
compared by content.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
import zlib
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dutybook import __version__, files, pinyin
from dutybook.files import Signature
from dutybook.problems import Problem, Severity
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dutybook.records import Record

_LAYOUT: Final = 1
_SETTLED_NS: Final = 2_000_000_000  # the coarsest clock of a file system in use: FAT's
_PATIENCE_S: Final = 2.0  # for another run that is writing
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER, inode INTEGER,
    read_ns INTEGER, digest BLOB, row TEXT, names TEXT
) WITHOUT ROWID
"""


class Row(NamedTuple):
    """A role file in a line: what it is called, where it stands, whether it is valid by itself."""

    path: str
    id: str
    title: str
    title_en: str | None
    unit: str | None
    reports_to: str | None
    duties: int
    tags: list[str]
    status: str
    valid: bool


class Names(NamedTuple):
    """All names of a position: its id, folded names, and the readings of the Chinese ones."""

    id: str
    names: list[str]
    readings: list[str]


class Declared(NamedTuple):
    """What `dutybook.yaml` declares, as far as commands need that do not load the format."""

    valid: bool
    format: int
    title: str | None
    positions: dict[str, str]
    tags: list[str]
    synonyms: list[list[str]]


NOTHING_DECLARED: Final = Declared(True, 1, None, {}, [], [])


class _Stored(NamedTuple):
    """How a file stands in the index: its signature, when it was read, the digest of its bytes."""

    signature: Signature
    read_ns: int
    digest: bytes


class _Entry(NamedTuple):
    """A file as it goes into the index."""

    path: str
    stored: _Stored
    row: str
    names: str


class Index:
    """The rows of a book that is as the files are now."""

    def __init__(self, root: Path, listing: files.Listing) -> None:
        self._root = root
        self._listing = listing
        self._place = _place(root)
        try:
            self._connection = _current(root, listing, self._place)
        except _DAMAGE:
            self._renew()

    def rows(self) -> list[Row]:
        """Return the row of every role file, in the order of ids."""
        rows = [Row._make(values) for _, values in self._values("row")]
        rows += [_unread(problem) for problem in self._listing.problems if _is_role(problem)]
        return sorted(rows, key=lambda row: (row.id, row.path))

    def names(self) -> list[tuple[str, Names]]:
        """Return path and names of every role file."""
        return [(path, Names._make(values)) for path, values in self._values("names")]

    def declared(self) -> Declared:
        """Return what `dutybook.yaml` declares."""
        found = self._values("row", settings=True)
        if found:
            return Declared._make(found[0][1])
        unreadable = any(problem.path == files.SETTINGS for problem in self._listing.problems)
        return NOTHING_DECLARED._replace(valid=not unreadable)

    def _values(self, column: str, *, settings: bool = False) -> list[tuple[str, list[Any]]]:
        """Return path and values of a column; on damage the index is made anew first."""
        try:
            return self._read(column, settings=settings)
        except _DAMAGE:
            self._renew()
            return self._read(column, settings=settings)

    def _read(self, column: str, *, settings: bool) -> list[tuple[str, list[Any]]]:
        paths, texts = [], []
        query = f"SELECT path, {column} FROM file WHERE path {'=' if settings else '!='} ?"  # noqa: S608 - ours
        for path, sealed in self._connection.execute(query, (files.SETTINGS,)):
            paths.append(path)
            texts.append(_unsealed(path, sealed))
        return list(zip(paths, json.loads(f"[{','.join(texts)}]"), strict=True))

    def _renew(self) -> None:
        """Make the index anew, in memory where the damaged one cannot be replaced."""
        if self._place is not None:
            try:
                self._place.unlink(missing_ok=True)
                self._connection = _current(self._root, self._listing, self._place)
            except _DAMAGE:
                self._place = None
        if self._place is None:
            self._connection = _current(self._root, self._listing, None)


class _BrokenError(Exception):
    """What is stored is not what was written."""


_DAMAGE: Final = (sqlite3.Error, OSError, ValueError, TypeError, _BrokenError)


def open_index(root: Path) -> Index:
    """Return the index of the book in a folder, brought up to date.

    Raises:
        BookError: the book has no folder of role files.
    """
    return Index(root, files.list_book(root))


def _current(root: Path, listing: files.Listing, place: Path | None) -> sqlite3.Connection:
    """Return a connection to an index that is as the files are."""
    connection = _connect(place)
    stored = _stored(connection)
    entries = list(_changed(root, listing, stored))
    gone = [path for path in stored if path not in listing.files]
    if entries or gone:
        connection = _written(connection, entries, gone)
    return connection


def _sealed(path: str, text: str) -> str:
    """Return text with a checksum before it, by which damage is seen when it is read."""
    return f"{zlib.crc32((path + text).encode()):08x}{text}"


def _unsealed(path: str, sealed: str) -> str:
    text = sealed[8:]
    if f"{zlib.crc32((path + text).encode()):08x}" != sealed[:8]:
        raise _BrokenError
    return text


def _place(root: Path) -> Path | None:
    """Return the file that keeps the index of a book, None where there is no place for one."""
    try:
        folder = os.environ.get("DUTYBOOK_CACHE_DIR") or _user_cache()
        name = blake2b(os.fsencode(os.path.realpath(root)), digest_size=16).hexdigest()
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        return Path(folder) / f"{name}-{__version__}-{_LAYOUT}.sqlite"
    except (OSError, ValueError, RuntimeError):  # no home, no right, a file in its place
        return None


def _user_cache() -> str:
    from platformdirs import user_cache_dir

    return user_cache_dir("dutybook", appauthor=False)


def _connect(place: Path | None) -> sqlite3.Connection:
    """Open the index, read-only where it cannot be written, in memory where there is none."""
    if place is None:
        return _ready(sqlite3.connect(":memory:", isolation_level=None))
    try:
        os.close(os.open(place, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except OSError:
        connection = sqlite3.connect(
            f"{place.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
        )
        return _ready(_in_memory(connection))
    return _ready(sqlite3.connect(place, timeout=_PATIENCE_S, isolation_level=None))


def _ready(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("PRAGMA trusted_schema = OFF")
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'file'").fetchone()
    if not found:
        connection.execute(_TABLE)
    return connection


def _in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of an index that can be changed where the original cannot."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    with contextlib.suppress(sqlite3.Error):
        connection.backup(copy)
    return copy


def _stored(connection: sqlite3.Connection) -> dict[str, _Stored]:
    query = "SELECT path, size, mtime_ns, ctime_ns, inode, read_ns, digest FROM file"
    return {
        path: _Stored(Signature(size, mtime_ns, ctime_ns, inode), read_ns, digest)
        for path, size, mtime_ns, ctime_ns, inode, read_ns, digest in connection.execute(query)
    }


def _changed(root: Path, listing: files.Listing, stored: dict[str, _Stored]) -> Iterator[_Entry]:
    """Yield an entry for each file that the index does not have as it is."""
    for path, signature in listing.files.items():
        known = stored.get(path)
        if known is not None and known.signature == signature and _settled(known):
            continue
        read_ns = time.time_ns()
        content = files.read(root, path)
        if isinstance(content, Problem):
            yield _entry_of_problem(path, signature, content)
            continue
        raw, now = content
        digest = blake2b(raw, digest_size=16).digest()
        state = _Stored(now, read_ns, digest)
        if known is not None and known.digest == digest:
            yield _Entry(path, state, "", "")
        else:
            yield _entry(path, state, raw)


def _settled(known: _Stored) -> bool:
    """Tell whether a later change of the file must have changed its signature."""
    latest = max(known.signature.mtime_ns, known.signature.ctime_ns)
    return known.read_ns - latest > _SETTLED_NS


def _entry(path: str, stored: _Stored, raw: bytes) -> _Entry:
    from dutybook import records

    if path == files.SETTINGS:
        return _Entry(path, stored, _compact(_declared(raw)), "[]")
    record = records.read_role(raw, path, files.stem(path))
    row, names = _row(path, record)
    return _Entry(path, stored, _compact(row), _compact(names))


def _entry_of_problem(path: str, signature: Signature, problem: Problem) -> _Entry:
    """Make the entry of a file that cannot be read; it is tried again at every run."""
    if path == files.SETTINGS:
        row, names = _compact(NOTHING_DECLARED._replace(valid=False)), "[]"
    else:
        row, names = _compact(_unread(problem)), _compact(_names(_unread(problem), []))
    return _Entry(path, _Stored(signature, 0, b""), row, names)


def _row(path: str, record: Record) -> tuple[Row, Names]:
    """Return the row and the names of a record, as far as its file can be read."""
    role = record.role
    if role is None:
        row = _row_of_data(path, record.document.data)
        return row, _names(row, [])
    tags = dict.fromkeys(tag for duty in role.duties for tag in duty.tags)
    tags |= dict.fromkeys(tag for duty in role.duties for item in duty.items for tag in item.tags)
    row = Row(
        path,
        role.id,
        role.title,
        role.title_en,
        role.unit,
        role.reports_to,
        len(role.duties),
        list(tags),
        role.status,
        valid=True,
    )
    return row, _names(row, role.aliases)


def _row_of_data(path: str, data: Any) -> Row:
    values = data if isinstance(data, dict) else {}
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    duties = values.get("duties")
    return Row(
        path,
        files.stem(path),
        texts.get("title", ""),
        texts.get("title_en"),
        texts.get("unit"),
        texts.get("reports_to"),
        len(duties) if isinstance(duties, list) else 0,
        [],
        "in-force",
        valid=False,
    )


def _unread(problem: Problem) -> Row:
    return _row_of_data(problem.path, None)


def _is_role(problem: Problem) -> bool:
    """Tell whether a problem stands for a role file that could not be read."""
    return (
        problem.path.lower().endswith((".yaml", ".yml"))
        and problem.path != files.SETTINGS
        and (problem.kind.severity is Severity.ERROR)
    )


def _names(row: Row, aliases: Iterable[str]) -> Names:
    chinese = [name for name in (row.title, *aliases) if name]
    names = [*chinese, row.title_en] if row.title_en else chinese
    return Names(
        row.id,
        [fold(name) for name in names],
        [pinyin.readings(fold(name)) for name in chinese if not name.isascii()],
    )


def _declared(raw: bytes) -> Declared:
    from dutybook import records

    record = records.read_settings(raw, files.SETTINGS)
    settings = record.settings
    if settings is None:
        data = record.document.data
        version = data.get("format") if isinstance(data, dict) else None
        known = int(version) if isinstance(version, str) and version.isdecimal() else 1
        return NOTHING_DECLARED._replace(valid=False, format=known)
    return Declared(
        True,
        settings.format,
        settings.title,
        dict(settings.positions),
        list(settings.tags),
        [list(group) for group in settings.synonyms],
    )


def _compact(values: tuple[Any, ...]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _written(
    connection: sqlite3.Connection, entries: list[_Entry], gone: list[str]
) -> sqlite3.Connection:
    """Write entries and return the connection to read from: a copy in memory if writing fails."""
    try:
        _write(connection, entries, gone)
    except sqlite3.OperationalError:  # locked by another run for too long, a full disk, read-only
        with contextlib.suppress(sqlite3.Error):
            connection.rollback()
        connection = _in_memory(connection)
        connection.execute(_TABLE)
        _write(connection, entries, gone)
    return connection


def _write(connection: sqlite3.Connection, entries: list[_Entry], gone: list[str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in gone))
    for path, (signature, read_ns, digest), row, names in entries:
        if row:
            connection.execute(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (path, *signature, read_ns, digest, _sealed(path, row), _sealed(path, names)),
            )
        else:
            connection.execute(
                "UPDATE file SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ?, read_ns = ?"
                " WHERE path = ?",
                (*signature, read_ns, path),
            )
    connection.execute("COMMIT")
