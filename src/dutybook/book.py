"""The book: its positions, found by any of their names, and what it declares.

Works on the index's rows, so that neither pydantic nor yaml is loaded until a role is read.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from dutybook import files, pinyin
from dutybook.errors import BookError, EmptyBookError, PositionError
from dutybook.index import Index
from dutybook.messages import listed, tr
from dutybook.problems import Problem
from dutybook.progress import nobody
from dutybook.text import fold, nearest, safe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dutybook.index import Found
    from dutybook.progress import Tell
    from dutybook.records import Record
    from dutybook.rows import Declared, Names, Row
    from dutybook.shelf import Shelf

FORMAT: Final = 1
_MANY: Final = 8


class Book:
    """A book in a folder, as it is now."""

    def __init__(self, root: Path, tell: Tell = nobody) -> None:
        """Open the book; `tell` is told how far the index is, where it takes long.

        Raises:
            BookError: it has no role files, or is written in a later format.
        """
        self.root = root
        self._index = Index(root, tell)
        version = self.declared.format
        if version > FORMAT:
            raise BookError(
                tr(
                    "The book is in format {version}; this dutybook knows formats up to {known}.",
                    version=version,
                    known=FORMAT,
                ),
                tr("Update dutybook."),
            )
        if not len(self._index):
            raise EmptyBookError(
                tr("The book in {folder} has no role files.", folder=safe(str(root))),
                tr("`dutybook new POSITION` starts one."),
            )

    def __len__(self) -> int:
        """Return the number of role files."""
        return len(self._index)

    @cached_property
    def rows(self) -> list[Row]:
        """The row of every role file, in the order of ids."""
        return self._index.rows()

    @cached_property
    def declared(self) -> Declared:
        """What `dutybook.yaml` declares; nothing where it is broken, and `valid` says so."""
        return self._index.declared()

    def search(self, look: Callable[[Shelf], Found]) -> Found:
        """Return what a function finds on the shelf with all parts of the book."""
        return self._index.search(look)

    def title(self, position: str) -> str:
        """Return a position's title, defined or declared, its id where it has none."""
        for row in self._index.rows_of(position):
            if row.title:
                return row.title
        return self.declared.positions.get(position, position)

    def find(self, name: str) -> Row:
        """Return the one position that a name means.

        Exact id first, then exact name, then pinyin, then a beginning: the first kind that fits
        decides.

        Raises:
            PositionError: none fits, several fit, or the position is only declared.
        """
        rows = self.fitting(name)
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise PositionError(
                tr(
                    "{name} may mean several positions: {positions}.",
                    name=safe(name),
                    positions=listed(_told_apart(sorted(rows, key=lambda row: row[:2])[:_MANY]))
                    + (" …" if len(rows) > _MANY else ""),
                ),
                tr("Write more of the name, or the id."),
            )
        raise self._unknown(name)

    def fitting(self, name: str) -> list[Row]:
        """Return all positions that a name may mean, by the first kind of name that fits any."""
        return self._index.rows_of(name.strip()) or [
            row
            for one in self._fitting(name)
            for row in self._index.rows_of(one.id)
            if row.path == one.path
        ]

    def _fitting(self, name: str) -> list[Names]:
        """Return the names of the positions that a name, which is no id, fits best."""
        folded = fold(name.strip())
        if not folded:
            return []
        exact = [one for one in self._index.names_like(folded) if folded in one.names]
        if exact:
            return exact
        every = self._index.names()
        exact = [one for one in every if folded in one.names]
        if exact or self._declared(folded):
            return exact
        spelling = folded.replace(" ", "").replace("'", "")
        if not (spelling.isascii() and spelling.isalnum()):
            spelling = ""
        spelt = [one for one in every if _is_spelt(spelling, one, whole=True)]
        return spelt or [
            one
            for one in every
            if any(known.startswith(folded) for known in (one.id, *one.names))
            or _is_spelt(spelling, one, whole=False)
        ]

    def _declared(self, folded: str) -> str | None:
        """Return the id of the declared position that a folded name names exactly."""
        for position, title in self.declared.positions.items():
            if folded in {position, fold(title)}:
                return position
        return None

    def _unknown(self, name: str) -> PositionError:
        position = self._declared(fold(name.strip()))
        if position is not None:
            return PositionError(
                tr(
                    "{title} is declared in {settings} and has no role file.",
                    title=safe(self.title(position)),
                    settings=files.SETTINGS,
                ),
                tr("Where it is mentioned: `dutybook search counterpart:{id}`.", id=position),
            )
        rows = {row.path: row for row in self.rows}
        known = {alias: rows[one.path] for one in self._index.names() for alias in one.names}
        known |= {name: row for row in self.rows for name in (row.id, row.title) if name}
        close = dict.fromkeys(_described(known[found]) for found in nearest(name, known))
        hint = (
            tr("Did you mean {positions}?", positions=listed(list(close)))
            if close
            else tr("`dutybook list` shows all positions.")
        )
        return PositionError(tr("No position is called {name}.", name=safe(name)), hint)

    def read(self, row: Row) -> Record | Problem:
        """Return what a row's file holds, or the problem of reading it."""
        from dutybook import records

        content = self._index.unlisted(row.path) or files.read(self.root, row.path)
        if isinstance(content, Problem):
            return content
        return records.read_role(content[0], row.path, files.stem(row.path))


def _is_spelt(spelling: str, names: Names, *, whole: bool) -> bool:
    return bool(spelling) and any(
        pinyin.matches(spelling, reading, whole=whole) for reading in names.readings
    )


def _told_apart(rows: list[Row]) -> list[str]:
    """Return what each of several positions is called, with the path where two share an id."""
    ids = [row.id for row in rows]
    return [
        _shown(f"{row.title} ({row.path})" if row.title else row.path)
        if ids.count(row.id) > 1
        else _described(row)
        for row in rows
    ]


def _described(row: Row) -> str:
    return _shown(f"{row.title} ({row.id})" if row.title else row.id)


def _shown(text: str) -> str:
    return safe(text).replace("\n", "\\n")
