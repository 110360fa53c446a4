"""Tables with a column for each position, side by side below their titles. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dutybook.importers import cells, words
from dutybook.importers.base import Dropped, Reason
from dutybook.importers.forms import Form
from dutybook.importers.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dutybook.importers.base import Cell
    from dutybook.importers.cells import Row

_AHEAD: Final = 20  # so many rows tell whether names are heads
_MOST_NAMES: Final = 2  # columns that name the rows: a field, and a number
_CORNERS: Final = frozenset((None, "title", "duties"))


@dataclass(frozen=True, slots=True)
class Beside:
    """The titles above the columns, each with those that it spans, and the row they stand in.

    What stands before the first of these names the rows; `corner` is above it.
    """

    titles: tuple[tuple[slice, Cell], ...]
    corner: Row
    heads: tuple[Row, ...]

    def goes_on(self, rows: Sequence[Row], at: int) -> bool:
        """Tell whether a row still belongs to the table."""
        row = rows[at]
        names, said = row[: len(self.corner)], row[len(self.corner) :]
        is_field = any(cells.key(cell) is not None for cell in names)
        return at_row(rows, at) is None and (is_field or bool(cells.filled(said)))

    def lines(self, rows: Sequence[Row], dropped: list[Dropped]) -> Iterator[Line]:
        """Yield the lines of the rows below, one position after the other."""
        dropped += [
            Dropped(cells.said(cell), cell.place, Reason.HEADING)
            for cell in cells.filled(self.corner)
        ]
        names = slice(0, len(self.corner))
        is_form = any(cells.key(cell) is not None for row in rows for cell in row[names])
        for columns, title in self.titles:
            yield Line(cells.said(title), title.place, force="position")
            form = Form()
            for row in rows:
                yield from _named(row[names], row[columns], form, is_form=is_form)


def _named(names: Row, said: Row, form: Form, *, is_form: bool) -> Iterator[Line]:
    """Yield the lines of what is said of one position under a name."""
    row = cells.filled(said)
    called = cells.filled(names)
    is_field = any(cells.key(cell) is not None for cell in called)
    if is_field or len(called) != 1:
        yield from form.lines((*names, *row)) if row or is_field else ()
        return
    (name,) = called
    if not row:
        return
    if is_form and not cells.is_number(name):
        yield Line(cells.said(name), name.place, force="section")
        yield from form.lines(row)
    else:
        text = " ".join(cell.text.strip() for cell in row)
        label, title = (name.text, "") if cells.is_number(name) else ("", cells.said(name))
        yield cells.duty(row[0], text, label=label, title=title)


def at_row(rows: Sequence[Row], at: int) -> Beside | None:
    """Return the columns of a table that begins with a row, None where none does."""
    row = rows[at]
    found = [index for index, cell in enumerate(row) if _is_title(cell)]
    if len(found) < 2:
        return None
    corner = row[: found[0]]
    count = len(cells.filled(row[found[0] :]))
    if len(found) < count or len({cells.said(row[one]) for one in found}) < count:
        return None
    if len(corner) > _MOST_NAMES or any(cells.key(cell) not in _CORNERS for cell in corner):
        return None
    titles = tuple(
        (slice(start, end), row[start])
        for start, end in zip(found, [*found[1:], None], strict=True)
    )
    ahead = rows[at + 1 : at + 1 + _AHEAD]
    below = [cells.filled(one[columns]) for one in ahead for columns, _ in titles]
    if all(_is_title(cell) for row in below for cell in row):
        return None  # 负责人, 协办人 with positions below them, or nothing
    if not corner and sum(map(bool, below[: len(titles)])) < 2:
        return None
    return Beside(titles, corner, (row,))


def _is_title(cell: Cell) -> bool:
    """Tell whether a cell names a position, be it by its duties: 柜员岗位职责."""
    text = cells.said(cell)
    if words.is_title(text):
        return True
    of_duties = words.duties_of(text)
    return of_duties is not None and of_duties[1]
