"""Rows of tables to lines that say what they are: forms, lists of duties, lists of positions.

Pure. A form has names of fields in its cells; a list has them in its first row.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dutybook.importers import labels, lexicon, words
from dutybook.importers.base import Dropped, Reason
from dutybook.importers.lines import Line, clean
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dutybook.importers.base import Block, Cell

    Row = tuple[Cell, ...]

_NAME_LENGTH: Final = 20
_ASIDE: Final = re.compile(r"(?<=.)\([^()]*\)$")
_AND: Final = re.compile("[/、及与和]")
_NUMBER: Final = re.compile(
    r"[(（\[]?\s?(?:\d{1,3}(?:[.．]\d{1,3}){0,4}|[一二三四五六七八九十]{1,3}|[①-⑳]|[A-Za-z])\s?[)）\]]?[、.．]?"
)


def without_rows(blocks: Iterable[Block], dropped: list[Dropped]) -> Iterator[Block | Line]:
    """Yield blocks, each table turned into lines."""
    rows: list[Row] = []
    for block in blocks:
        if block.kind == "row":
            if any(cell.text.strip() for cell in block.cells):
                rows.append(block.cells)
            continue
        if rows:
            yield from _table(rows, dropped)
            rows = []
        yield block
    if rows:
        yield from _table(rows, dropped)


def _table(rows: list[Row], dropped: list[Dropped]) -> Iterator[Line]:
    form = _Form()
    listed: list[Row] = []
    columns: _Columns | None = None
    for row in _upright(rows):
        header = _header(row)
        if columns and not header and not _is_form(row):
            listed.append(row)
            continue
        if columns:
            yield from columns.lines(listed)
            listed = []
        columns = header
        if header:
            dropped += [
                Dropped(cell.text.strip(), cell.place, Reason.HEADING) for cell in _filled(row)
            ]
        else:
            yield from form.lines(row)
    if columns:
        yield from columns.lines(listed)


def _upright(rows: list[Row]) -> list[Row]:
    """Return rows with the positions below each other where they stand side by side."""
    names = [cell.text.strip() for cell in rows[0]]
    values = names[1:]
    side_by_side = (
        len(rows) > 1 and len(values) > 1 and all(values) and len(set(values)) == len(values)
        and words.section_key(names[0], weak=True) == "title"
        and all(words.is_title(value) for value in values)
        and all(words.section_key(row[0].text, weak=True) is not None for row in rows)
    )  # fmt: skip
    if not side_by_side:
        return rows
    return [
        (row[0], row[column])
        for column in range(1, len(names))
        for row in rows
        if column < len(row) and row[column].text.strip()
    ]


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.text.strip()]


def _kind(text: str) -> str:
    """Return what a column holds by its heading, "" where the heading does not say."""
    name = _ASIDE.sub("", re.sub(r"\s", "", words.bare(text)))
    for one in (name, *_AND.split(name)):
        if one in lexicon.CELL_NAMES:
            return lexicon.CELL_NAMES[one]
    if words.section_key(text, weak=True) is not None or len(name) > _NAME_LENGTH:
        return ""
    return next((kind for kind, end in lexicon.CELL_ENDS if end.search(name)), "")


def _header(row: Row) -> _Columns | None:
    """Return what the columns are below a row that names them, None where it names none."""
    filled = [cell.text.strip() for cell in _filled(row)]
    kinds = [_kind(cell.text) for cell in row]
    known = sum(1 for kind in kinds if kind)
    named = known + sum(
        1
        for kind, cell in zip(kinds, row, strict=True)
        if not kind and words.section_key(cell.text, weak=True) is not None
    )
    if len(filled) < 2 or named < len(filled) * 0.6 or not known or len(set(filled)) < 2:
        return None
    if any(len(text) > _NAME_LENGTH for text in filled):
        return None
    found = set(kinds)
    if "role" not in found and not ({"abstract", "description"} & found):
        return None
    if "role" in found and len(filled) == 2 and "description" not in found:
        return None
    return _Columns(
        [kind or _kept(cell) for kind, cell in zip(kinds, row, strict=True)],
        [cell.text.strip() for cell in row],
    )  # fmt: skip


def _kept(cell: Cell) -> str:
    """Return how a column stays that is neither of duties nor names them."""
    is_unit = words.section_key(cell.text, weak=True) == "unit"
    return "unit" if is_unit else "section" if cell.text.strip() else ""


def _is_form(row: Row) -> bool:
    filled = _filled(row)
    return bool(filled) and words.section_key(filled[0].text, weak=False) is not None


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands in each column of a list, and what the column is called."""

    kinds: list[str]
    names: list[str]

    def lines(self, rows: list[Row]) -> Iterator[Line]:
        """Yield the lines of the rows below."""
        is_of_roles = "role" in self.kinds
        is_of_duties = not is_of_roles or self._has_a_row_a_duty(rows)
        last = ("", "")
        for row in rows:
            role = self._one(row, "role")
            named = (fold(self._text(row, "role")), fold(self._text(row, "unit")))
            if role and (not is_of_duties or (named[0], named[1] or last[1]) != last):
                title = role.text.strip().replace("\n", "")
                yield Line(title, role.place, force="position")
            if role:
                last = (named[0], named[1] or last[1])
            yield from self._of_row(row, is_of_duties=is_of_duties)

    def _has_a_row_a_duty(self, rows: list[Row]) -> bool:
        """Tell whether a position has several rows, a duty each."""
        last = ("", "")
        for row in rows:
            named = (fold(self._text(row, "role")), fold(self._text(row, "unit")))
            if last[0] and (not named[0] or (named[0], named[1] or last[1]) == last):
                return True
            last = named
        return False

    def _of_row(self, row: Row, *, is_of_duties: bool) -> Iterator[Line]:
        number = self._text(row, "number").rstrip("、.．")
        abstract = self._text(row, "abstract")
        cadence = self._text(row, "cadence")
        described = self._all(row, "description")
        is_duty = (is_of_duties or bool(abstract)) and bool(abstract or described)
        if is_duty:
            text = "\n".join(cell.text.strip() for cell in described)
            place = (self._all(row, "abstract") or described)[0].place
            values = {"label": number, "title": abstract, "cadence": cadence}
            yield Line(text, place, force="duty", values=values)
        else:
            for cell in described:
                yield from _paragraphs(cell)
        others = ["section", "other", "unit", ""]
        others += [] if is_duty else ["cadence", "number"]
        for kind, name, cell in zip(self.kinds, self.names, row, strict=False):
            if kind in others and cell.text.strip():
                yield Line(name or "—", cell.place, force="section")
                yield from _paragraphs(cell, force="" if kind == "section" else "text")
        for cell in _filled(row[len(self.kinds) :]):
            yield from _paragraphs(cell, force="text")

    def _all(self, row: Row, kind: str) -> list[Cell]:
        return [
            cell
            for one, cell in zip(self.kinds, row, strict=False)
            if one == kind and cell.text.strip()
        ]

    def _one(self, row: Row, kind: str) -> Cell | None:
        return next(iter(self._all(row, kind)), None)

    def _text(self, row: Row, kind: str) -> str:
        return " ".join(cell.text.strip() for cell in self._all(row, kind))


class _Form:
    """Names of fields with what stands beside and below them, row by row."""

    def __init__(self) -> None:
        self.key = ""

    def lines(self, row: Row) -> Iterator[Line]:
        """Yield the lines of a row."""
        filled = deque(_filled(row))
        if _is_prose(filled):
            yield Line(" ".join(cell.text.strip() for cell in filled), filled[0].place, cell=True)
            return
        while filled:
            cell = filled.popleft()
            key = words.section_key(cell.text, weak=True)
            name = fold(cell.text).strip()
            if self.key == "qualifications" and name in lexicon.OF_QUALIFICATIONS and filled:
                text = f"{cell.text.strip().rstrip('：:')}：{filled.popleft().text.strip()}"
                yield from _paragraphs(type(cell)(text, cell.place))
            elif key is not None:
                self.key = key
                name = cell.text.strip()
                yield Line(
                    name if "\n" not in name else "".join(name.split()), cell.place, force="section"
                )
            elif filled and len(filled) < 3 and _NUMBER.fullmatch(cell.text.strip()):
                yield _numbered(cell, list(filled), is_duty=self.key in {"", "duties"})
                filled.clear()
            else:
                yield from _paragraphs(cell)


def _is_prose(cells: Sequence[Cell]) -> bool:
    """Tell whether cells say something together: none is a name, a number or a list."""
    return (
        len(cells) > 1
        and _NUMBER.fullmatch(cells[0].text.strip()) is None
        and not any(
            "\n" in cell.text.strip()
            or labels.at_start(cell.text)
            or words.section_key(cell.text, weak=True) is not None
            for cell in cells
        )
    )


def _numbered(number: Cell, filled: list[Cell], *, is_duty: bool) -> Line:
    """Return the line of a row that begins with a number: the title and the text beside it."""
    *title, text = [cell.text.strip() for cell in filled]
    if is_duty:
        label = re.sub(r"[\s()（）\[\]、]", "", number.text).rstrip(".．")
        values = {"label": label, "title": " ".join(title), "cadence": ""}
        return Line(text, filled[0].place, force="duty", values=values)
    return Line("\n".join([*title, text]), number.place, label=f"{number.text.strip()} ", cell=True)


def _paragraphs(cell: Cell, force: str = "") -> list[Line]:
    dropped: list[Dropped] = []
    return [
        Line(piece.strip(), cell.place, force=force, cell=True)
        for piece in clean(cell.text, cell.place, dropped).split("\n")
        if piece.strip()
    ]
