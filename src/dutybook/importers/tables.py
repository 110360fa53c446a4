"""Rows of tables to lines that say what they are: forms, lists, positions side by side. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dutybook.importers import beside, lists
from dutybook.importers.base import Cell
from dutybook.importers.forms import Form
from dutybook.importers.lines import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dutybook.importers.base import Block, Dropped
    from dutybook.importers.cells import Row
    from dutybook.importers.lines import Line


def without_rows(blocks: Iterable[Block], dropped: list[Dropped]) -> Iterator[Block | Line]:
    """Yield blocks, each table turned into lines."""
    rows: list[Row] = []
    for block in blocks:
        if block.kind == "row":
            row = [
                replace(cell, text=clean(cell.text, cell.place, dropped)) for cell in block.cells
            ]
            if any(cell.text.strip() for cell in row):
                rows.append(row)
            continue
        yield from _table(rows, dropped)
        rows = []
        yield block
    yield from _table(rows, dropped)


def _table(rows: Sequence[Row], dropped: list[Dropped]) -> Iterator[Line]:
    """Yield the lines of a table: what has heads above it as these say, the rest as a form."""
    width = max(map(len, rows), default=0)
    rows = [(*row, *[Cell("", row[-1].place)] * (width - len(row))) for row in rows]
    form = Form()
    at = 0
    while at < len(rows):
        headed = beside.at_row(rows, at) or lists.at_row(rows, at)
        if headed is None:
            yield from form.lines(rows[at])
            at += 1
            continue
        begin = at + len(headed.heads)
        at = begin
        while at < len(rows) and headed.goes_on(rows, at):
            at += 1
        yield from headed.lines(rows[begin:at], dropped)
