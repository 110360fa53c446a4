"""Tables whose columns have names above them: a row is a position, or a duty. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dutybook.importers import cells, columns, labels, words
from dutybook.importers.base import Cell, Dropped, Reason
from dutybook.importers.lines import Line
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dutybook.importers.cells import Row
    from dutybook.importers.columns import Column

_COUNTING: Final = frozenset(("序号", "no", "no."))
_OF_A_DUTY: Final = frozenset(("other", "section", "involvement", ""))


@dataclass(frozen=True, slots=True)
class List:
    """The columns of a list, and the rows that name them."""

    columns: tuple[Column, ...]
    heads: tuple[Row, ...]

    def goes_on(self, rows: Sequence[Row], at: int) -> bool:
        """Tell whether a row belongs to the list, be it one of its heads once more."""
        row = rows[at]
        if self._is_head(row):
            return True
        across = _across(self.columns, row)
        if across is not None:
            return cells.key(across) is None
        first = cells.filled(row)[0].text
        name, colon, _ = first.replace(":", "：").partition("：")
        is_field = bool(colon) and words.section_key(name, weak=True) is not None
        return (
            at_row(rows, at) is None
            and not is_field
            and words.section_key(first, weak=False) is None
        )

    def lines(self, rows: Sequence[Row], dropped: list[Dropped]) -> Iterator[Line]:
        """Yield the lines of the rows below."""
        for row in (*self.heads, *filter(self._is_head, rows)):
            dropped += [
                Dropped(cell.text.strip(), cell.place, Reason.HEADING) for cell in cells.filled(row)
            ]
        body = [row for row in rows if not self._is_head(row)]
        return _Reader(self.columns, body, dropped).lines()

    def _is_head(self, row: Row) -> bool:
        said = [cell.text.strip() for cell in row]
        return any(said == [cell.text.strip() for cell in head] for head in self.heads)


def at_row(rows: Sequence[Row], at: int) -> List | None:
    """Return the list that begins with a row, None where the row names no columns."""
    found = columns.at_row(rows, at)
    return List(*found) if found else None


def _across(columns: Sequence[Column], row: Row) -> Cell | None:
    """Return the only cell of a row where it stands above or below others, not in its column."""
    first, *others = cells.filled(row)
    if others or len(columns) < 2:
        return None
    index = row.index(first)
    kind = columns[index].kind
    named = _named(first)
    is_title = words.is_title(named)
    if kind == "number":
        is_own = cells.is_number(first)
    elif kind == "role":
        is_own = cells.is_name(first) and (is_title or not words.is_unit(named))
    elif kind in {"abstract", "description"}:
        is_own = index > 0 or not (is_title or cells.key(first) is not None)
    else:
        is_own = index > 0
    return None if is_own else first


def _named(cell: Cell) -> str:
    """Return what a cell says behind its label, the label itself where there is nothing else."""
    text = cells.said(cell)
    label = labels.at_start(text)
    return (text[label.end :] if label else text) or text


class _Reader:
    """Reads the rows of one list; what is true of all of them tells what each is."""

    def __init__(
        self, columns: tuple[Column, ...], rows: Sequence[Row], dropped: list[Dropped]
    ) -> None:
        self.columns = columns
        self.rows = rows
        self.dropped = dropped
        self.above: dict[int, str] = {}  # what was said of the position, by column
        self.is_of_roles = any(column.kind == "role" for column in columns)
        self.first = self._first_of_each()
        continued = [row for row, first in zip(rows, self.first, strict=True) if first is False]
        self.has_groups = any(column.kind == "group" for column in columns)
        self.is_of_duties = not self.is_of_roles or bool(continued) or self.has_groups
        self.is_in_group = False
        self.key = "duties"  # of the field that the rows are of
        self.has_numbered_roles = (
            self.is_of_roles
            and not any(self._text(row, "number") for row in continued)
            and all(fold(column.name) in _COUNTING for column in columns if column.kind == "number")
        )
        self.of_a_duty = {
            index for index, column in enumerate(columns)
            if column.kind in _OF_A_DUTY and not words.section_key(column.name, weak=True)
            and sum(bool(cells.at(row, index)) for row in rows) > max(self.first.count(True), 1)
        }  # fmt: skip

    def _first_of_each(self) -> list[bool | None]:
        """Tell of each row whether a position begins with it, None where it is below none."""
        found: list[bool | None] = []
        last = ("", "")
        for row in self.rows:
            role, unit = fold(self._text(row, "role")), fold(self._text(row, "unit"))
            if _across(self.columns, row) is not None:
                found.append(None)
                continue
            named = (role, unit or last[1])
            found.append(named != last if role else False if last[0] else None)
            last = named if role else last
        return found

    def lines(self) -> Iterator[Line]:
        """Yield the lines of all rows."""
        for row, is_first in zip(self.rows, self.first, strict=True):
            across = _across(self.columns, row)
            if across is not None:
                yield from self._above(across)
                continue
            for cell in self._all(row, "field"):
                yield Line(cells.said(cell), cell.place, force="section")
                self.key = cells.key(cell) or ""
            groups = self._all(row, "group")
            number = self._text(row, "number") or (
                self._text(row, "group number") if not groups else ""
            )
            if is_first:
                self.above = {}
                role = self._all(row, "role")[0]
                label = number if self.has_numbered_roles else ""
                yield Line(cells.said(role), role.place, force="position", values={"label": label})
                self.is_in_group = False
            for cell in groups:
                label, text = _peeled(self._text(row, "group number"), cell.text.strip())
                yield cells.duty(cell, text, label=label, rank="group")
                self.is_in_group = True
            is_of_role = bool(is_first) and self.has_numbered_roles
            yield from self._of_row(row, "" if is_of_role else number, is_counted=is_of_role)

    def _above(self, cell: Cell) -> Iterator[Line]:
        """Yield the lines of a cell that stands above the rows below it, or is a note on them."""
        named = _named(cell)
        duties = words.duties_of(named)
        if words.is_title(named) or words.is_unit(named) or (duties and duties[1]):
            yield Line(cells.said(cell), cell.place, force="sheet", level=1)
            self.is_in_group = False
        elif self.is_of_roles:
            yield from cells.lines(cell, force="note")
        elif cells.is_name(cell):
            label = cells.said(cell).removesuffix(named)
            yield cells.duty(cell, named, label=label, rank="group")
            self.is_in_group = True
        else:
            yield from cells.lines(cell)

    def _of_row(self, row: Row, number: str, *, is_counted: bool) -> Iterator[Line]:
        has_group = bool(self._all(row, "group"))
        abstract = self._text(row, "abstract")
        described = self._all(row, "description")
        is_duty = (
            (self.is_of_duties or bool(abstract)) and bool(abstract or described)
            and self.key == "duties"
        )  # fmt: skip
        of_duty = self.of_a_duty if is_duty else set()
        notes = [
            f"{name}：{said}" if (name := self.columns[index].name) else said
            for index in sorted(of_duty)
            if (said := cells.at(row, index))
        ]
        text = "\n".join(cell.text.strip() for cell in described)
        is_list = not number and not abstract and "\n" in text and labels.at_start(text)
        if is_duty and not is_list:
            number, text = _peeled(number, text) if not abstract else (number, text)
            yield cells.duty(
                (self._all(row, "abstract") or described)[0], text or abstract, label=number,
                title=abstract if text else "",
                cadence=self._text(row, "cadence"), notes="\n".join(notes),
                rank="inner" if self.is_in_group else "",
            )  # fmt: skip
            passed = {"abstract", "description", "number", "cadence"}
        else:
            for cell in described:
                if self.key != "duties" and labels.alone(number):
                    yield Line(cell.text.strip(), cell.place, label=f"{number} ", cell=True)
                elif self.key != "duties" and number:
                    yield Line(f"{number} {cell.text.strip()}", cell.place, cell=True)
                else:
                    yield from cells.lines(cell)
            for note in notes:
                yield Line(note, described[0].place, force="text", cell=True)
            is_numbered = is_counted or (self.key != "duties" and bool(described))
            passed = {"description", "number"} if is_numbered else {"description"}
        passed |= {"role", "group", "field"} | (
            {"group number"} if "number" in passed or has_group else set()
        )
        for index, (column, cell) in enumerate(zip(self.columns, row, strict=True)):
            text = cell.text.strip()
            if index in of_duty or not text:
                continue
            if self._is_repeated(index, cell):
                self.dropped.append(Dropped(text, cell.place, Reason.REPEATED))
            elif column.kind not in passed:
                yield Line(column.name or "—", cell.place, force="section")
                text = cells.said(cell) if column.kind == "unit" else text
                text = f"{column.field}：{text}" if column.field else text
                force = "" if column.kind == "section" else "text"
                yield from cells.lines(Cell(text, cell.place), force)

    def _is_repeated(self, index: int, cell: Cell) -> bool:
        """Tell whether a cell says of the position what one above it said."""
        if self.columns[index].kind not in {"role", "unit", "section"}:
            return False
        said = fold(cell.text.strip())
        is_known = self.above.get(index) == said
        self.above[index] = said
        return is_known

    def _all(self, row: Row, kind: str) -> list[Cell]:
        return [
            cell
            for column, cell in zip(self.columns, row, strict=True)
            if column.kind == kind and cell.text.strip()
        ]

    def _text(self, row: Row, kind: str) -> str:
        return " ".join(map(cells.said, self._all(row, kind)))


def _peeled(number: str, text: str) -> tuple[str, str]:
    """Return the number of a duty and its text, the number out of the text where it is there."""
    label = labels.at_start(text) if not number and "\n" not in text else None
    rest = text[label.end :].strip() if label else ""
    if label is None or not rest:
        return number, text
    return text[: label.end] if label.value else "", rest
