"""The book: its positions, found by any of their names, and what it declares.

Works on the index's rows, so that neither pydantic nor yaml is loaded until a role is read.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from dutybook import files, index, pinyin
from dutybook.errors import BookError, PositionError
from dutybook.messages import listed, tr
from dutybook.problems import Problem
from dutybook.text import fold, nearest, safe

if TYPE_CHECKING:
    from pathlib import Path

    from dutybook.index import Declared, Row
    from dutybook.records import Record

FORMAT: Final = 1
_MANY: Final = 8


class Book:
    """A book in a folder, as it is now."""

    def __init__(self, root: Path) -> None:
        """Open the book.

        Raises:
            BookError: it has no role files, or is written in a later format.
        """
        self.root = root
        self._index = index.open_index(root)
        declared = self.declared
        if declared.format > FORMAT:
            raise BookError(
                tr(
                    "The book is in format {version}; this dutybook knows formats up to {known}.",
                    version=declared.format,
                    known=FORMAT,
                ),
                tr("Update dutybook."),
            )
        if not self.rows:
            raise BookError(
                tr("The book in {folder} has no role files.", folder=safe(str(root))),
                tr("`dutybook new POSITION` starts one."),
            )

    @cached_property
    def rows(self) -> list[Row]:
        """The row of every role file, in the order of ids."""
        return self._index.rows()

    @cached_property
    def declared(self) -> Declared:
        """What `dutybook.yaml` declares; nothing where it is broken, and `valid` says so."""
        return self._index.declared()

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every position by its id, defined or declared."""
        defined = {row.id: row.title for row in reversed(self.rows) if row.title}
        return self.declared.positions | defined

    def title(self, position: str) -> str:
        """Return a position's title, its id where it has none."""
        return self.titles.get(position, position)

    def find(self, name: str) -> Row:
        """Return the one position that a name means.

        Exact id first, then exact name, then pinyin, then a beginning: the first kind that fits
        decides.

        Raises:
            PositionError: none fits, several fit, or the position is only declared.
        """
        paths = self._fitting(name)
        rows = [row for row in self.rows if row.path in paths]
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise PositionError(
                tr(
                    "{name} may mean several positions: {positions}.",
                    name=safe(name),
                    positions=listed([_described(row) for row in rows[:_MANY]])
                    + (" …" if len(rows) > _MANY else ""),
                ),
                tr("Write more of the name, or the id."),
            )
        raise self._unknown(name)

    def _fitting(self, name: str) -> set[str]:
        """Return the paths of the positions that a name fits, by the first kind that fits any."""
        every = self._index.names()
        exact = {row.path for row in self.rows if row.id == name}
        if exact:
            return exact
        folded = fold(name.strip())
        if not folded:
            return set()
        by_name = {path for path, names in every if folded in names.names}
        if by_name:
            return by_name
        if self._declared(folded):
            return set()
        spelling = folded.replace(" ", "").replace("'", "")
        latin = spelling.isascii() and spelling.isalnum()
        if latin:
            spelt = {
                path
                for path, names in every
                if any(pinyin.matches(spelling, reading) for reading in names.readings)
            }
            if spelt:
                return spelt
        return {
            path
            for path, names in every
            if names.id.startswith(folded)
            or any(known.startswith(folded) for known in names.names)
            or (
                latin
                and any(
                    pinyin.matches(spelling, reading, whole=False) for reading in names.readings
                )
            )
        }

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
        known = {
            name: row for row in self.rows for name in (row.id, row.title, row.title_en) if name
        }
        paths = {row.path: row for row in self.rows}
        for path, names in self._index.names():
            known |= {
                alias: paths[path] for alias in names.names if alias not in known and path in paths
            }
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

        content = files.read(self.root, row.path)
        if isinstance(content, Problem):
            return content
        return records.read_role(content[0], row.path, files.stem(row.path))


def _described(row: Row) -> str:
    return safe(f"{row.title} ({row.id})" if row.title else row.id)
