"""Cells of a row of a table: which are filled, which is a number, the lines they hold. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dutybook.importers import labels, words
from dutybook.importers.lines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.base import Cell

    Row = Sequence[Cell]

SENTENCE: Final = frozenset("。；;！？!?，,")
AHEAD: Final = 200
"""So many rows below one tell what it is."""
_NAME_LENGTH: Final = 20


def filled(row: Row) -> list[Cell]:
    """Return the cells of a row that say something."""
    return [cell for cell in row if cell.text.strip()]


def at(row: Row, index: int) -> str:
    """Return what a row says in a column."""
    return row[index].text.strip()


def said(cell: Cell) -> str:
    """Return what a cell says on one line: a name may be broken inside it."""
    text = cell.text.strip()
    return text if "\n" not in text else "".join(text.split())


def key(cell: Cell) -> str | None:
    """Return the key of the section that a cell names, be it numbered; None where it names none."""
    text = cell.text.strip()
    found = words.section_key(text, weak=True)
    label = labels.at_start(text) if found is None else None
    return words.section_key(text[label.end :], weak=True) if label else found


def is_number(cell: Cell) -> bool:
    """Tell whether a cell holds a label and nothing else."""
    return labels.alone(cell.text) is not None


def is_name(cell: Cell) -> bool:
    """Tell whether a cell may name what stands beside it."""
    text = said(cell)
    return 0 < len(text) <= _NAME_LENGTH and not SENTENCE.intersection(text)


def lines(cell: Cell, force: str = "") -> list[Line]:
    """Return the lines of a cell."""
    return [
        Line(piece.strip(), cell.place, force=force, cell=True)
        for piece in cell.text.split("\n")
        if piece.strip()
    ]


def duty(
    cell: Cell, text: str, *, label: str = "", title: str = "", cadence: str = "", notes: str = "",
    rank: str = "",
) -> Line:  # fmt: skip
    """Return the line of a duty whose parts stand in cells of their own; it is where `cell` is.

    Its `rank` is `group` where it stands over others, and `inner` where it is one of those.
    """
    values = {"label": label.strip(), "title": title, "cadence": cadence, "notes": notes,
              "rank": rank}  # fmt: skip
    return Line(text, cell.place, force="duty", values=values)
