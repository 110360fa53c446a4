"""Forms: names of fields with what stands beside and below them. Pure."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from dutybook.importers import cells, labels, lexicon, words
from dutybook.importers.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dutybook.importers.base import Cell
    from dutybook.importers.cells import Row


_ONE_LINE: Final = frozenset(("title", "unit", "title_en"))
_MOST_BESIDE: Final = 3  # cells, and one more, that a number may not have beside it


class Form:
    """Reads a form row by row; it knows under which field it is."""

    def __init__(self) -> None:
        self.key = ""
        self.at = -1  # the column of the last name that had something beside it

    def lines(self, row: Row) -> Iterator[Line]:
        """Yield the lines of a row."""
        rest = cells.filled(row)
        if self._is_field(row, rest):
            self.key = ""
            yield Line(cells.said(rest[0]), rest[0].place, force="section")
            yield from cells.lines(rest[1])
            return
        if len(rest) > 1 and cells.key(rest[0]) is not None:
            self.at = next(index for index, cell in enumerate(row) if cell is rest[0])
        if not self._is_duty(rest) and _is_prose(rest):
            text = " ".join(cell.text.strip() for cell in rest)
            yield Line(text, rest[0].place, cell=True)
            return
        waiting = deque(rest)
        while waiting:
            cell = waiting.popleft()
            rest = [*waiting] if len(waiting) < _MOST_BESIDE else []
            if self._is_qualification(cell) and waiting:
                text = f"{cell.text.strip().rstrip('：:')}：{waiting.popleft().text.strip()}"
                yield from cells.lines(type(cell)(text, cell.place))
            elif words.section_key(cell.text, weak=True) is not None:
                self.key = cells.key(cell) or ""
                yield Line(cells.said(cell), cell.place, force="section")
            elif rest and cells.is_number(cell):
                yield self._numbered(cell, rest)
                waiting.clear()
            elif self._is_duty([cell, *rest]):
                yield cells.duty(cell, rest[0].text.strip(), title=cells.said(cell))
                waiting.clear()
            elif self.key in _ONE_LINE and cells.is_name(cell) and cells.key(cell) is None:
                yield Line(cells.said(cell), cell.place, cell=True)
            else:
                self.key = cells.key(cell) or self.key
                yield from cells.lines(cell)

    def _is_field(self, row: Row, rest: Sequence[Cell]) -> bool:
        """Tell whether a row is a field of a name that is not known, below those of others."""
        if len(rest) != 2 or not 0 <= self.at < len(row) or row[self.at] is not rest[0]:
            return False
        name, said = rest
        return (
            cells.is_name(name) and not cells.is_number(name) and cells.key(name) is None
            and not words.is_title(name.text) and labels.at_start(name.text) is None
            and cells.key(said) is None and not self._is_qualification(name)
        )  # fmt: skip

    def _is_qualification(self, cell: Cell) -> bool:
        return self.key == "qualifications" and words.folded(cell.text) in lexicon.OF_QUALIFICATIONS

    def _is_duty(self, row: Sequence[Cell]) -> bool:
        return self.key == "duties" and len(row) == 2 and _is_named(*row)

    def _numbered(self, number: Cell, rest: list[Cell]) -> Line:
        """Return the line of a row that begins with a number: the title and the text beside it."""
        *title, text = [cell.text.strip() for cell in rest]
        if len(rest) == 1 and words.is_title(text):
            return Line(text, number.place, label=f"{number.text.strip()} ")
        if self.key in {"", "duties"}:
            return cells.duty(rest[0], text, label=number.text, title=" ".join(title))
        text = "\n".join([*title, text])
        return Line(text, number.place, label=f"{number.text.strip()} ", cell=True)


def _is_prose(row: Sequence[Cell]) -> bool:
    """Tell whether cells say something together: none is a name, a number or a list."""
    return (
        len(row) > 1
        and not (len(row) == 2 and words.is_title(row[0].text))
        and not cells.is_number(row[0])
        and not any(
            "\n" in cell.text.strip()
            or labels.at_start(cell.text)
            or words.section_key(cell.text, weak=True) is not None
            for cell in row
        )
    )


def _is_named(cell: Cell, other: Cell) -> bool:
    """Tell whether a cell is what the duty in the next one is called."""
    text = other.text.strip()
    says_more = "\n" in text or cells.SENTENCE.intersection(text) or labels.at_start(text)
    return (
        cells.is_name(cell) and labels.at_start(cell.text) is None
        and len(text) > len(cells.said(cell)) and bool(says_more)
        and words.section_key(text, weak=True) is None
    )  # fmt: skip
