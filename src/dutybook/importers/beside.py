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

_CORNERS: Final = frozenset((None, "title", "duties"))


@dataclass(frozen=True, slots=True)
class Beside:
    """The titles above the columns, each with those that it spans, and the row they stand in.

    The first column names what stands in the others where there is a `corner`.
    """

    titles: tuple[tuple[slice, Cell], ...]
    corner: Cell | None
    heads: tuple[Row, ...]

    def goes_on(self, rows: Sequence[Row], at: int) -> bool:
        """Tell whether a row still belongs to the table."""
        row = rows[at]
        stands_alone = self.corner is not None and not cells.filled(row[1:])
        return at_row(rows, at) is None and not (stands_alone and cells.key(row[0]) is None)

    def lines(self, rows: Sequence[Row], dropped: list[Dropped]) -> Iterator[Line]:
        """Yield the lines of the rows below, one position after the other."""
        if self.corner is not None and self.corner.text.strip():
            dropped.append(Dropped(cells.said(self.corner), self.corner.place, Reason.HEADING))
        is_form = self.corner is not None and any(cells.key(row[0]) is not None for row in rows)
        for columns, title in self.titles:
            yield Line(cells.said(title), title.place, force="position")
            form = Form()
            for row in rows:
                if self.corner is None:
                    yield from form.lines(row[columns])
                else:
                    yield from _named(row[0], row[columns], form, is_form=is_form)


def _named(name: Cell, said: Row, form: Form, *, is_form: bool) -> Iterator[Line]:
    """Yield the lines of what is said of one position under a name."""
    row = cells.filled(said)
    key = cells.key(name)
    if not name.text.strip() or key is not None:
        yield from form.lines((name, *row)) if row or key is not None else ()
    elif not row:
        return
    elif is_form and not cells.is_number(name):
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
    corner = row[0] if found[:1] == [1] else None
    count = len(cells.filled(row[1:] if corner else row))
    if len(found) < 2 or len(found) < count or len({cells.said(row[one]) for one in found}) < count:
        return None
    if corner is not None and cells.key(corner) not in _CORNERS:
        return None
    titles = tuple(
        (slice(start, end), row[start])
        for start, end in zip(found, [*found[1:], None], strict=True)
    )
    below = [cells.filled(one[columns]) for one in rows[at + 1 :] for columns, _ in titles]
    if all(_is_title(cell) for row in below for cell in row):
        return None  # 负责人, 协办人 with positions below them, or nothing
    if corner is None and sum(map(bool, below[: len(titles)])) < 2:
        return None
    return Beside(titles, corner, (row,))


def _is_title(cell: Cell) -> bool:
    """Tell whether a cell names a position, be it by its duties: 柜员岗位职责."""
    text = cells.said(cell)
    of_duties = words.duties_of(text)
    return words.is_title(text) or (of_duties is not None and of_duties[1])
