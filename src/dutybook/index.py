"""What `list` and `search` read: one plain row a file, kept between runs.

The index makes commands faster and never anything else: deleted, broken, locked or read-only, the
answers are the same. A row is believed while the file's size, times and inode are those it was
made from; a file that changed about when it was read is compared by content.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from functools import cached_property, partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from dutybook import __version__, files, manifest, parts, rows, shelf, store
from dutybook.memory import without_collection
from dutybook.problems import Problem, Severity
from dutybook.progress import nobody
from dutybook.rows import NOTHING_DECLARED, Declared, Names, Row
from dutybook.shelf import Shelf
from dutybook.store import OutdatedError, Store

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Container, Iterable, Iterator
    from pathlib import Path

    from dutybook.files import Signature, Stamp
    from dutybook.progress import Tell
    from dutybook.shelf import State

_LAYOUT: Final = f"{__version__}-3-{sys.byteorder}"
_SETTLED_NS: Final = 2_000_000_000  # the coarsest clock of a file system in use: FAT's
_BATCH: Final = 2000  # files taken in at a time
_TOLD: Final = 64  # files after which the progress is told again
_ATTEMPTS: Final = 8
_AT_ONCE: Final = 32  # files that are made ready for searches as they are read
_TABLES: Final = f"""
CREATE TABLE file (
    path TEXT PRIMARY KEY, digest BLOB, row TEXT, row_sum INTEGER, names TEXT, names_sum INTEGER
) WITHOUT ROWID;
{shelf.TABLES}
"""

Found = TypeVar("Found")


class _Entry(NamedTuple):
    """A file as it goes into the index; without a row, only its stamp is news."""

    path: str
    stamp: Stamp
    digest: bytes = b""
    row: str = ""
    names: str = ""
    parts: str = ""


class Index:
    """The rows of a book that is as the files are now."""

    def __init__(self, root: Path, tell: Tell = nobody) -> None:
        """Bring the index of the book in a folder up to date.

        `tell` is told how many of how many files are done, as often as that changes.

        Raises:
            BookError: the book has no folder of role files.
        """
        self._root = root
        self._tell = tell
        with without_collection():
            self._listing = files.list_book(root)
        self._unread = [
            rows.of_problem(problem) for problem in self._listing.problems if _is_role(problem)
        ]
        self._place = store.place(root, _LAYOUT)
        self._store: Store | None = None
        try:
            self._open()
        except store.DAMAGE as error:
            self._renew(error)

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

    def unlisted(self, path: str) -> Problem | None:
        """Return why a role file cannot be read, if listing the book has shown it."""
        problems = filter(_is_role, self._listing.problems)
        return next((problem for problem in problems if problem.path == path), None)

    def names(self) -> list[Names]:
        """Return the names of every position."""
        names = self._read("names", self._roles)
        return [*map(Names._make, names), *(rows.names_of(row, (), {}) for row in self._unread)]

    def names_like(self, beginning: str) -> list[Names]:
        """Return names of which one, or a reading, begins like this: fast, and no proof of absence.

        Names whose row is damaged are not among them; only `names` sees to that.
        """
        quoted = json.dumps(beginning, ensure_ascii=False)[:-1]
        with contextlib.suppress(*store.DAMAGE):
            texts = self._checked("names", "instr(names, ?)", quoted)
            return [*map(Names._make, _parsed(texts.values()))]
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
        wanted = set(paths)
        for _ in range(2):
            damage: BaseException | None = None
            try:
                texts = self._checked(column, *query)
                if wanted <= texts.keys():  # more of them, where another run has found new files
                    return _parsed(text for path, text in texts.items() if path in wanted)
            except store.DAMAGE as error:
                damage = error
            self._renew(damage)
        return _parsed(self._checked(column, *query).values())

    def _checked(self, column: str, condition: str, *values: str) -> dict[str, str]:
        """Return the texts of a column by path, each as it was written."""
        assert self._store is not None
        texts = {}  # a damaged table may give a row twice
        query = f"SELECT path, {column}, {column}_sum FROM file WHERE {condition}"  # noqa: S608 - ours
        checksum = store.checksum
        for path, text, expected in self._store.read(query, *values):
            if checksum(column, path, text) != expected:
                raise store.DamagedError
            texts[path] = text
        return texts

    def search(self, look: Callable[[Shelf], Found]) -> Found:
        """Return what a function finds on the shelf with all parts of the book.

        It may be called again where the index turns out to be damaged.
        """
        for _ in range(_ATTEMPTS):
            try:
                return self._searched(look)
            except OutdatedError:
                continue
            except store.DAMAGE as error:
                self._renew(error)
        return self._searched(look)

    def _searched(self, look: Callable[[Shelf], Found]) -> Found:
        assert self._store is not None
        Shelf(self._store).settle(self._tell)
        with self._store.snapshot(), without_collection():
            settled = Shelf(self._store)
            if settled.state.waiting:
                raise OutdatedError
            return look(settled)

    def _open(self) -> None:
        self._store = Store(self._place, _TABLES)
        for _ in range(_ATTEMPTS):
            try:
                self._update(self._store)
            except OutdatedError:  # another run has brought it up to date, or is about to
                continue
            return
        raise store.DamagedError

    def _update(self, rows_kept: Store) -> None:
        """Read the files that the index does not have as they are, and take them in.

        Raises:
            OutdatedError: another run has written meanwhile.
        """
        with rows_kept.snapshot():
            kept_parts = Shelf(rows_kept)
            kept = rows_kept.kept("manifest")
        listed = self._listing.files
        if manifest.pack(listed) == kept:
            return
        believed = manifest.unpack(kept)
        gone = believed.keys() - listed.keys()
        stale = [path for path, stamp in listed.items() if believed.get(path) != stamp]
        known = {path for path in stale if path in believed}
        done: dict[str, Stamp] = {}
        size = max(_BATCH, len(stale) // 8)
        for start in range(0, max(len(stale), 1), size):
            some = stale[start : start + size]
            with without_collection():
                entries = []
                for entry in self._entries(some, known, kept_parts.readings):
                    entries.append(entry)
                    if len(entries) % _TOLD == 0:
                        self._tell(start + len(entries), len(stale))
            done |= {entry.path: entry.stamp for entry in entries}
            if start + size >= len(stale):
                current = {**listed, **done}
            else:  # what is not read yet is as it was known, or unknown
                believed |= done
                current = {path: believed[path] for path in listed if path in believed}
            packed = manifest.pack(current)
            news = [entry for entry in entries if entry.row]
            if news or gone or packed != kept:
                kept_parts.change(partial(_change, kept_parts, news, gone, known, packed))
            gone, kept = set(), packed
            self._tell(start + len(some), len(stale))

    def _renew(self, error: BaseException | None = None) -> None:
        """Make the index anew, in memory where the damaged one cannot be replaced."""
        if self._store is not None:
            self._store.close()
        with contextlib.suppress(OSError):
            if self._place is not None and not (error and store.is_busy(error)):
                self._place.unlink(missing_ok=True)
                with contextlib.suppress(*store.DAMAGE):
                    self._open()
                    return
        self._place = None
        self._open()

    def _entries(
        self, stale: list[str], known: Collection[str], readings: dict[str, str]
    ) -> Iterator[_Entry]:
        """Yield an entry for each of these files; of those known, the row may still hold."""
        assert self._store is not None
        for path in stale:
            digest = b""
            if path in known:
                for (kept,) in self._store.read("SELECT digest FROM file WHERE path = ?", path):
                    digest = kept
            read_ns = time.time_ns()
            content = files.read(self._root, path)
            if isinstance(content, Problem):
                yield _entry_of_problem(path, content)
                continue
            raw, now = content
            found = blake2b(raw, digest_size=16).digest()
            stamp = _believed(now, read_ns)
            if found == digest:
                yield _Entry(path, stamp)
            else:
                yield _entry(path, stamp, found, raw, readings)


def _is_role(problem: Problem) -> bool:
    """Tell whether a problem stands for a role file that could not be read."""
    is_role = problem.path.lower().endswith((".yaml", ".yml"))
    return is_role and problem.path != files.SETTINGS and problem.kind.severity is Severity.ERROR


def _entry(path: str, stamp: Stamp, digest: bytes, raw: bytes, known: dict[str, str]) -> _Entry:
    """Make the entry of a file out of what it holds; `known` are readings of characters."""
    from dutybook import records

    if path == files.SETTINGS:
        return _Entry(path, stamp, digest, _compact(rows.declared(raw)), "[]")
    record = records.read_role(raw, path, files.stem(path))
    row, names = rows.of_record(path, record, known)
    root = record.document.root
    found = parts.of_role(record.role, path, root) if record.role and root else ""
    return _Entry(path, stamp, digest, _compact(row), _compact(names), found)


def _entry_of_problem(path: str, problem: Problem) -> _Entry:
    """Make the entry of a file that cannot be read; it is tried again at every run."""
    if path == files.SETTINGS:
        declared = NOTHING_DECLARED._replace(valid=False)
        return _Entry(path, manifest.NEVER, b"", _compact(declared), "[]")
    row = rows.of_problem(problem)
    names = rows.names_of(row, (), {})
    return _Entry(path, manifest.NEVER, b"", _compact(row), _compact(names))


def _parsed(texts: Iterable[str]) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(f"[{','.join(texts)}]")
    return found


def _compact(values: tuple[Any, ...]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _believed(now: Signature, read_ns: int) -> Stamp:
    """Return what a file's next signature must be for its row to be as the file still is.

    A file that changed about when it was read may change again without changing its signature.
    """
    settled = min(read_ns - now.mtime_ns, read_ns - now.ctime_ns) > _SETTLED_NS
    return now if settled else manifest.NEVER


def _change(
    kept_parts: Shelf,
    entries: list[_Entry],
    gone: Iterable[str],
    known: Container[str],
    packed: bytes,
    connection: sqlite3.Connection,
    state: State,
) -> State:
    """Take in entries with rows, and the manifest; take out what is gone."""
    for path in gone:
        connection.execute("DELETE FROM file WHERE path = ?", (path,))
        state = kept_parts.take(connection, state, path)
    connection.executemany(
        "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)",
        (
            (one.path, one.digest, one.row, store.checksum("row", one.path, one.row),
             one.names, store.checksum("names", one.path, one.names))
            for one in entries
        ),
    )  # fmt: skip
    store.keep(connection, "manifest", packed)
    changed = ((one.path, files.stem(one.path), one.parts) for one in entries)
    state = kept_parts.put(connection, state, changed, known)
    if state.waiting <= _AT_ONCE:  # to wait for the next search would cost more than it saves
        state = kept_parts.shelve(connection, state)
    return state
