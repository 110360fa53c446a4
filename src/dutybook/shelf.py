"""The parts of a book as a search asks for them: numbered, with postings, kept in the store.

Parts that came in last have no postings yet and are looked through one by one; from a certain
number on they are put into a segment with postings of its own. A number is never given twice:
the parts of a file that changed are dead, and are left out of what postings say until their
segment is made anew. Knows nothing of files; the index tells which have changed.
"""

from __future__ import annotations

import json
import zlib
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from dutybook import grams, parts, pinyin, store
from dutybook.store import DamagedError, OutdatedError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from dutybook.progress import Tell
    from dutybook.store import Store

TABLES: Final = """
CREATE TABLE waiting (path TEXT PRIMARY KEY, id TEXT, parts TEXT, sum INTEGER);
CREATE INDEX waiting_id ON waiting (id, path);
CREATE TABLE shelved (
    path TEXT PRIMARY KEY, first INTEGER, last INTEGER, sum INTEGER
) WITHOUT ROWID;
CREATE TABLE part (number INTEGER PRIMARY KEY, body BLOB, sum INTEGER);
CREATE TABLE segment (
    first INTEGER PRIMARY KEY, names TEXT, names_sum INTEGER, facets TEXT, facets_sum INTEGER
);
CREATE TABLE posting (
    segment INTEGER, bucket INTEGER, pairs BLOB, sum INTEGER, PRIMARY KEY (segment, bucket)
) WITHOUT ROWID;
"""
_LOOSE: Final = 2048
"""How many parts may go without postings: as many as are looked through in no time."""
_FILES: Final = 1024  # taken from those that wait at a time
_ASKED: Final = 500  # parts asked for at a time

Stretch = tuple[int, int]  # from a number up to and without another


class State(NamedTuple):
    """What is where: `next` is the number of the next part.

    `waiting` counts the files that are not shelved yet, `files` those that have parts.
    """

    generation: int = 0
    next: int = 0
    segments: tuple[Stretch, ...] = ()
    dead: tuple[Stretch, ...] = ()
    waiting: int = 0
    files: int = 0

    @property
    def loose(self) -> int:
        """The number from which on parts have no postings."""
        return self.segments[-1][1] if self.segments else 0


class Need(NamedTuple):
    """What a part must hold to come into question: a text, or a number of one of these."""

    text: str = ""
    numbers: tuple[Stretch, ...] | None = None


class Shelf:
    """The parts in a store; each change is made on the state that was read, or not at all."""

    def __init__(self, rows: Store) -> None:
        """Read the state.

        Raises one of DAMAGE where it cannot be trusted.
        """
        self._store = rows
        self._buckets: dict[tuple[int, int], grams.Bucket] = {}
        self.state = self._read_state()

    def _read_state(self) -> State:
        kept = self._store.kept("state")
        if not kept:
            return State()
        generation, following, segments, dead, waiting, files = json.loads(kept)
        return State(generation, following, _stretches(segments), _stretches(dead), waiting, files)

    @cached_property
    def readings(self) -> dict[str, str]:
        """How characters of names are read; what is added is kept with the next change."""
        kept = self._store.kept("readings")
        readings: dict[str, str] = json.loads(kept) if kept else {}
        self._readings_kept = len(readings)
        return readings

    _readings_kept = 0

    def change(self, make: Callable[[sqlite3.Connection, State], State]) -> None:
        """Make a change and keep the state it gives.

        Raises:
            OutdatedError: another run has written since the state was read.
        """
        changed = self.state

        def whole(connection: sqlite3.Connection) -> None:
            nonlocal changed
            if self._read_state().generation != self.state.generation:
                raise OutdatedError
            changed = make(connection, self.state)
            changed = changed._replace(generation=changed.generation + 1)
            store.keep(connection, "state", json.dumps(changed).encode())
            if "readings" in self.__dict__ and len(self.readings) > self._readings_kept:
                text = json.dumps(self.readings, ensure_ascii=False)
                store.keep(connection, "readings", text.encode())

        self._store.write(whole)
        self.state = changed
        self._readings_kept = len(self.readings)

    def put(
        self,
        connection: sqlite3.Connection,
        state: State,
        files: Iterable[tuple[str, str, str]],
        known: Container[str],
    ) -> State:
        """Within a change, replace the parts of files: (path, id, parts as `of_role` gives them).

        A file without parts is kept as one that has none. `known` are those put before.
        """
        for path, name, text in files:
            if path in known:
                state = self.take(connection, state, path)
            if text:
                connection.execute(
                    "INSERT INTO waiting VALUES (?, ?, ?, ?)",
                    (path, name, text, store.checksum(path, name, text)),
                )
                state = state._replace(waiting=state.waiting + 1, files=state.files + 1)
            else:
                _place(connection, path, 0, 0)
        return state

    def take(self, connection: sqlite3.Connection, state: State, path: str) -> State:
        """Within a change, take out the parts of a file that was put before."""
        gone = connection.execute("DELETE FROM waiting WHERE path = ?", (path,))
        if gone.rowcount:
            return state._replace(waiting=state.waiting - 1, files=state.files - 1)
        first, last = self.place(path)
        connection.execute("DELETE FROM shelved WHERE path = ?", (path,))
        if first == last:
            return state
        connection.execute("DELETE FROM part WHERE number >= ? AND number < ?", (first, last))
        return state._replace(dead=(*state.dead, (first, last)), files=state.files - 1)

    def settle(self, tell: Tell) -> None:
        """Shelve the files that wait.

        Raises:
            OutdatedError: another run has written meanwhile.
        """
        total = self.state.waiting
        while self.state.waiting:
            self.change(self.shelve)
            self._buckets.clear()
            tell(total - self.state.waiting, total)

    def shelve(self, connection: sqlite3.Connection, state: State) -> State:
        """Within a change, shelve some of the files that wait, in the book's order."""
        if not state.waiting:
            return state
        rows = connection.execute(
            "SELECT path, id, parts, sum FROM waiting ORDER BY id, path LIMIT ?", (_FILES,)
        ).fetchall()
        if not rows:
            raise DamagedError  # those that wait are lost
        number = state.next
        for path, name, text, expected in rows:
            if store.checksum(path, name, text) != expected:
                raise DamagedError
            first = number
            for body in parts.folded(text):
                packed = body.encode()
                connection.execute(
                    "INSERT INTO part VALUES (?, ?, ?)", (number, packed, _part_sum(number, packed))
                )
                self._learn(parts.names(body))
                number += 1
            _place(connection, path, first, number)
        connection.executemany("DELETE FROM waiting WHERE path = ?", ((row[0],) for row in rows))
        state = state._replace(next=number, waiting=state.waiting - len(rows))
        return self._tidied(connection, state)

    def _learn(self, names: Iterable[str]) -> None:
        readings = self.readings
        for character in {one for name in names for one in name if not one.isascii()}:
            if character not in readings:
                pinyin.of_character(character, readings)

    def _tidied(self, connection: sqlite3.Connection, state: State) -> State:
        """Give postings to loose parts that have become many, and again to segments half dead."""
        for first, last in state.segments:
            if 2 * _count(_within(state.dead, first, last)) > last - first:
                state = self._segmented(connection, state, first, last)
        while state.next - state.loose > _LOOSE:
            first = state.loose
            if state.segments and state.next - state.segments[-1][0] <= grams.MOST:
                first = state.segments[-1][0]
            state = self._segmented(connection, state, first, min(state.next, first + grams.MOST))
        return state

    def _segmented(
        self, connection: sqlite3.Connection, state: State, first: int, last: int
    ) -> State:
        """Make the segment of a stretch anew, without the dead, in place of those it covers."""
        texts: list[tuple[int, str]] = []
        names: dict[str, None] = {}
        facets: dict[str, None] = {}
        for number, body in self._stretch(state, first, last):
            text = body.decode()
            texts.append((number - first, parts.searched(text)))
            names |= dict.fromkeys(parts.names(text))
            facets |= dict.fromkeys(parts.facets(text))
        connection.execute("DELETE FROM segment WHERE first >= ? AND first < ?", (first, last))
        connection.execute("DELETE FROM posting WHERE segment >= ? AND segment < ?", (first, last))
        connection.executemany(
            "INSERT INTO posting VALUES (?, ?, ?, ?)",
            (
                (first, bucket, packed, _bucket_sum(first, bucket, packed))
                for bucket, packed in enumerate(grams.pack(texts))
            ),
        )
        said = parts.BETWEEN.join(names)
        asked = parts.BETWEEN.join(facets)
        connection.execute(
            "INSERT INTO segment VALUES (?, ?, ?, ?, ?)",
            (first, said, store.checksum(said), asked, store.checksum(asked)),
        )
        others = [one for one in state.segments if not first <= one[0] < last]
        return state._replace(
            segments=tuple(sorted([*others, (first, last)])),
            dead=(*_within(state.dead, 0, first), *_within(state.dead, last, state.next)),
        )

    def place(self, path: str) -> Stretch:
        """Return where the parts of a file stand; nowhere if it has none."""
        query = "SELECT first, last, sum FROM shelved WHERE path = ?"
        for first, last, expected in self._store.read(query, path):
            if _place_sum(path, first, last) == expected:
                return first, last
        raise DamagedError

    def candidates(self, needs: Sequence[Sequence[Need]]) -> Iterator[tuple[int, bytes]]:
        """Yield all parts that may hold, of each of these groups, at least one; others too."""
        if any(need.numbers is None for group in needs for need in group):
            yield from self._asked(list(self._narrowed(needs)))
            yield from self._stretch(self.state, self.state.loose, self.state.next)
        else:
            every = [set(_numbers(need.numbers for need in group)) for group in needs]
            yield from self._asked(sorted(set.intersection(*every)))

    def _narrowed(self, needs: Sequence[Sequence[Need]]) -> Iterator[int]:
        """Yield the numbers of parts that may fit, among those with postings."""
        dead = set(_numbers([self.state.dead]))
        for segment in self.state.segments:
            found: set[int] | None = None
            for group in needs:
                fitting: set[int] = set()
                for need in group:
                    fitting |= self._fitting(segment, need)
                found = fitting if found is None else found & fitting
                if not found:
                    break
            yield from sorted({segment[0] + number for number in found or ()} - dead)

    def _fitting(self, segment: Stretch, need: Need) -> set[int]:
        first, last = segment
        if need.numbers is not None:
            return {one - first for one in _numbers([need.numbers]) if first <= one < last}
        if len(need.text) == 1:
            return self._bucket(first, need.text).beginning(need.text)
        lists = [self._bucket(first, pair).holding(pair) for pair in grams.of_word(need.text)]
        lists.sort(key=len)
        found = set(lists[0])
        for numbers in lists[1:]:
            if not found:
                break
            found.intersection_update(numbers)
        return found

    def _bucket(self, segment: int, pair: str) -> grams.Bucket:
        key = segment, grams.bucket(pair)
        if key not in self._buckets:
            query = "SELECT pairs, sum FROM posting WHERE segment = ? AND bucket = ?"
            for packed, expected in self._store.read(query, *key):
                if _bucket_sum(*key, packed) != expected:
                    raise DamagedError
                self._buckets[key] = grams.Bucket(packed)
                break
            else:
                raise DamagedError
        return self._buckets[key]

    def _asked(self, numbers: list[int]) -> Iterator[tuple[int, bytes]]:
        """Yield the parts with these numbers, in their order."""
        for start in range(0, len(numbers), _ASKED):
            some = numbers[start : start + _ASKED]
            listed = ",".join(map(str, some))
            query = f"SELECT number, body, sum FROM part WHERE number IN ({listed}) ORDER BY number"  # noqa: S608 - numbers
            yield from _whole(self._store.read(query), len(some))

    def _stretch(self, state: State, first: int, last: int) -> Iterator[tuple[int, bytes]]:
        """Yield the parts of a stretch."""
        alive = last - first - _count(_within(state.dead, first, last))
        query = "SELECT number, body, sum FROM part WHERE number >= ? AND number < ?"
        yield from _whole(self._store.read(f"{query} ORDER BY number", first, last), alive)

    def names(self) -> str:
        """Return the folded names of all parts, one after another, and of some that are gone."""
        return parts.BETWEEN.join((*self._of_segments("names"), *self._loose(parts.names)))

    def facets(self) -> list[str]:
        """Return the folded facets of all parts, and of some that are gone."""
        every = parts.BETWEEN.join((*self._of_segments("facets"), *self._loose(parts.facets)))
        return list(dict.fromkeys(every.split(parts.BETWEEN)))

    def _of_segments(self, column: str) -> list[str]:
        found = []
        query = f"SELECT {column}, {column}_sum FROM segment"  # noqa: S608 - ours
        for text, expected in self._store.read(query):
            if store.checksum(text) != expected:
                raise DamagedError
            found.append(text)
        if len(found) != len(self.state.segments):
            raise DamagedError
        return found

    def _loose(self, of_part: Callable[[str], list[str]]) -> dict[str, None]:
        found: dict[str, None] = {}
        for _, body in self._stretch(self.state, self.state.loose, self.state.next):
            found |= dict.fromkeys(of_part(body.decode()))
        return found


def _whole(
    rows: Iterable[tuple[int, bytes, int]], expected_count: int
) -> Iterator[tuple[int, bytes]]:
    """Yield the parts of rows, if all of them are there and as they were written."""
    count = 0
    crc32 = zlib.crc32
    for number, body, expected in rows:
        if crc32(body, number) != expected:
            raise DamagedError
        count += 1
        yield number, body
    if count != expected_count:
        raise DamagedError


def _part_sum(number: int, body: bytes) -> int:
    return zlib.crc32(body, number)


def _place(connection: sqlite3.Connection, path: str, first: int, last: int) -> None:
    connection.execute(
        "INSERT INTO shelved VALUES (?, ?, ?, ?)",
        (path, first, last, _place_sum(path, first, last)),
    )


def _place_sum(path: str, first: int, last: int) -> int:
    return store.checksum(path, str(first), str(last))


def _stretches(pairs: list[list[int]]) -> tuple[Stretch, ...]:
    return tuple((first, last) for first, last in pairs)


def _bucket_sum(segment: int, bucket: int, packed: bytes) -> int:
    return zlib.crc32(packed, segment * grams.BUCKETS + bucket)


def _numbers(stretches: Iterable[Iterable[Stretch] | None]) -> Iterator[int]:
    for some in stretches:
        for first, last in some or ():
            yield from range(first, last)


def _within(stretches: Iterable[Stretch], first: int, last: int) -> list[Stretch]:
    """Return what of stretches lies between two numbers."""
    clipped = ((max(start, first), min(end, last)) for start, end in stretches)
    return [(start, end) for start, end in clipped if start < end]


def _count(stretches: Iterable[Stretch]) -> int:
    return sum(last - first for first, last in stretches)
