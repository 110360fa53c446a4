"""What `list` and `search` read: one plain row a file, kept between runs.

The index makes commands faster and never anything else: deleted, broken, locked or read-only, the
answers are the same. A row is believed while the file's size, times and inode are those it was
made from; a file that changed about when it was read is compared by content.
"""

from __future__ import annotations

import contextlib
import gc
import json
import re
import time
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dutybook import __version__, files, pinyin, store
from dutybook.problems import Problem, Severity
from dutybook.store import Store
from dutybook.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dutybook.files import Signature
    from dutybook.records import Record

_LAYOUT: Final = f"{__version__}-2"
_SETTLED_NS: Final = 2_000_000_000  # the coarsest clock of a file system in use: FAT's
_TABLES: Final = """
CREATE TABLE file (
    path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER, inode INTEGER,
    read_ns INTEGER, digest BLOB, row TEXT, row_sum INTEGER, names TEXT, names_sum INTEGER
) WITHOUT ROWID;
"""


class Row(NamedTuple):
    """A role file in a line: what it is called, where it stands, whether it is valid by itself."""

    id: str
    path: str
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
    path: str
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


class _Entry(NamedTuple):
    """A file as it goes into the index; without a row, only its signature is news."""

    path: str
    signature: Signature
    read_ns: int
    digest: bytes
    row: str
    names: str


class Index:
    """The rows of a book that is as the files are now."""

    def __init__(self, root: Path) -> None:
        """Bring the index of the book in a folder up to date.

        Raises:
            BookError: the book has no folder of role files.
        """
        self._root = root
        self._listing = files.list_book(root)
        self._unread = [_unread(problem) for problem in self._listing.problems if _is_role(problem)]
        self._place = store.place(root, _LAYOUT)
        self._store: Store | None = None
        try:
            self._open()
        except store.DAMAGE:
            self._renew()

    def __len__(self) -> int:
        """Return the number of role files."""
        settings = files.SETTINGS in self._listing.files
        return len(self._listing.files) - settings + len(self._unread)

    def rows(self) -> list[Row]:
        """Return the row of every role file, in the order of ids."""
        found = self._read("row", self._roles)
        return sorted([*map(Row._make, found), *self._unread], key=lambda row: row[:2])

    def rows_of(self, position: str) -> list[Row]:
        """Return the rows of the files that are named for a position's id."""
        found = [row for path in self._paths.get(position, ()) for row in self._read("row", [path])]
        return [*map(Row._make, found), *(row for row in self._unread if row.id == position)]

    def names(self) -> list[Names]:
        """Return the names of every position."""
        names = self._read("names", self._roles)
        return [*map(Names._make, names), *(_names(row, ()) for row in self._unread)]

    def names_like(self, beginning: str) -> list[Names]:
        """Return names of which one, or a reading, begins like this: fast, and no proof of absence.

        Names whose row is damaged are not among them; only `names` sees to that.
        """
        quoted = json.dumps(beginning, ensure_ascii=False)[:-1]
        with contextlib.suppress(*store.DAMAGE):
            return [*map(Names._make, self._checked("names", "instr(names, ?)", quoted))]
        return []

    def declared(self) -> Declared:
        """Return what `dutybook.yaml` declares."""
        if files.SETTINGS in self._listing.files:
            return Declared._make(self._read("row", [files.SETTINGS])[0])
        unreadable = any(problem.path == files.SETTINGS for problem in self._listing.problems)
        return NOTHING_DECLARED._replace(valid=not unreadable)

    @cached_property
    def _roles(self) -> list[str]:
        return [path for path in self._listing.files if path != files.SETTINGS]

    @cached_property
    def _paths(self) -> dict[str, list[str]]:
        """The paths of the role files by id, which is the file's name whatever the file says."""
        paths: dict[str, list[str]] = {}
        for path in self._roles:
            paths.setdefault(files.stem(path), []).append(path)
        return paths

    def _read(self, column: str, paths: list[str]) -> list[list[Any]]:
        """Return the values of a column for all these files; on damage the index is made anew."""
        query = ("path = ?", paths[0]) if len(paths) == 1 else ("path != ?", files.SETTINGS)
        for _ in range(2):
            try:
                found = self._checked(column, *query)
            except store.DAMAGE:
                found = []
            if len(found) == len(paths):
                return found
            self._renew()
        return self._checked(column, *query)

    def _checked(self, column: str, condition: str, *values: str) -> list[list[Any]]:
        assert self._store is not None
        texts = {}  # by path: a damaged table may give a row twice
        query = f"SELECT path, {column}, {column}_sum FROM file WHERE {condition}"  # noqa: S608 - ours
        checksum = store.checksum
        for path, text, expected in self._store.read(query, *values):
            if checksum(column, path, text) != expected:
                raise store.DamagedError
            texts[path] = text
        found: list[list[Any]] = json.loads(f"[{','.join(texts.values())}]")
        return found

    def _open(self) -> None:
        self._store = Store(self._place, _TABLES)
        stale = _stale(self._store, self._listing)
        with _without_collection():
            entries = list(self._entries(stale))
        gone = [path for path in stale if path not in self._listing.files]
        if entries or gone:
            self._store.write(lambda connection: _write(connection, entries, gone))

    def _renew(self) -> None:
        """Make the index anew, in memory where the damaged one cannot be replaced."""
        if self._store is not None:
            self._store.close()
        with contextlib.suppress(OSError):
            if self._place is not None:
                self._place.unlink(missing_ok=True)
                with contextlib.suppress(*store.DAMAGE):
                    self._open()
                    return
        self._place = None
        self._open()

    def _entries(self, stale: dict[str, bytes]) -> Iterator[_Entry]:
        """Yield an entry for each file that the index does not have as it is."""
        for path, digest in stale.items():
            signature = self._listing.files.get(path)
            if signature is None:
                continue
            read_ns = time.time_ns()
            content = files.read(self._root, path)
            if isinstance(content, Problem):
                yield _entry_of_problem(path, signature, content)
                continue
            raw, now = content
            found = blake2b(raw, digest_size=16).digest()
            if found == digest:
                yield _Entry(path, now, read_ns, digest, "", "")
            else:
                yield _Entry(path, now, read_ns, found, *_texts(path, raw))


def _stale(rows: Store, listing: files.Listing) -> dict[str, bytes]:
    """Return the paths to look at, each with the digest the index has of it (b"" for none).

    A row is as the file while the signature is, if the file had settled when it was read: a later
    change must then have changed the signature. What is gone is stale too.
    """
    stale: dict[str, bytes] = dict.fromkeys(listing.files, b"")
    known = listing.files.get
    unsettled = []
    query = "SELECT path, size, mtime_ns, ctime_ns, inode, read_ns FROM file"
    for path, size, mtime_ns, ctime_ns, inode, read_ns in rows.read(query):
        if (
            known(path) == (size, mtime_ns, ctime_ns, inode)
            and read_ns - mtime_ns > _SETTLED_NS
            and read_ns - ctime_ns > _SETTLED_NS
        ):
            stale.pop(path, None)
        else:
            unsettled.append(path)
    for path in unsettled:
        for (digest,) in rows.read("SELECT digest FROM file WHERE path = ?", path):
            stale[path] = digest
    return stale


@contextlib.contextmanager
def _without_collection() -> Iterator[None]:
    """Hold the garbage collector back: reading makes no cycles, and it takes time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _texts(path: str, raw: bytes) -> tuple[str, str]:
    """Return row and names of a file, as they are kept."""
    from dutybook import records

    if path == files.SETTINGS:
        return _compact(_declared(raw)), "[]"
    row, names = _row(path, records.read_role(raw, path, files.stem(path)))
    return _compact(row), _compact(names)


def _entry_of_problem(path: str, signature: Signature, problem: Problem) -> _Entry:
    """Make the entry of a file that cannot be read; it is tried again at every run."""
    if path == files.SETTINGS:
        declared = NOTHING_DECLARED._replace(valid=False)
        return _Entry(path, signature, 0, b"", _compact(declared), "[]")
    row = _unread(problem)
    return _Entry(path, signature, 0, b"", _compact(row), _compact(_names(row, ())))


def _row(path: str, record: Record) -> tuple[Row, Names]:
    """Return the row and the names of a record, as far as its file can be read."""
    role = record.role
    if role is None:
        row = _row_of_data(path, record.document.data)
        return row, _names(row, ())
    tags = dict.fromkeys(tag for duty in role.duties for tag in duty.tags)
    tags |= dict.fromkeys(tag for duty in role.duties for item in duty.items for tag in item.tags)
    row = Row(
        role.id,
        path,
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
        files.stem(path),
        path,
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
    is_role = problem.path.lower().endswith((".yaml", ".yml"))
    return is_role and problem.path != files.SETTINGS and problem.kind.severity is Severity.ERROR


def _names(row: Row, aliases: Iterable[str]) -> Names:
    chinese = [name for name in (row.title, *aliases) if name]
    names = [*chinese, row.title_en] if row.title_en else chinese
    return Names(
        row.id,
        row.path,
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
        is_number = isinstance(version, str) and re.fullmatch(r"[0-9]{1,9}", version)
        known = int(str(version)) if is_number else 1
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


def _write(connection: sqlite3.Connection, entries: list[_Entry], gone: list[str]) -> None:
    connection.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in gone))
    connection.executemany(
        "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (path, *signature, read_ns, digest, row, store.checksum("row", path, row),
             names, store.checksum("names", path, names))
            for path, signature, read_ns, digest, row, names in entries
            if row
        ),
    )  # fmt: skip
    connection.executemany(
        "UPDATE file SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ?, read_ns = ?"
        " WHERE path = ?",
        ((*entry.signature, entry.read_ns, entry.path) for entry in entries if not entry.row),
    )
