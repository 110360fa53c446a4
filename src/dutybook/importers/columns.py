"""What the columns of a list hold, by the names above them and by what stands below. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dutybook.importers import cells, labels, lexicon, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.cells import Row

_NAME_LENGTH: Final = 20
_ASIDE: Final = re.compile(r"(?<=.)\([^()]*\)$")
_AND: Final = re.compile("[/、及与和]")


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column and what it is called; `field` is its name inside a section."""

    kind: str
    name: str
    field: str = ""


def at_row(rows: Sequence[Row], at: int) -> tuple[tuple[Column, ...], tuple[Row, ...]] | None:
    """Return what columns hold below a row that names them, and the one or two rows of names.

    None where the row names none.
    """
    row, below = rows[at], rows[at + 1 : at + 1 + cells.AHEAD]
    columns = _columns(row, below)
    if columns is None:
        return None
    second = _second(row, below, columns) if below else None
    return (second, (row, below[0])) if second else (columns, (row,))


def _columns(row: Row, below: Sequence[Row]) -> tuple[Column, ...] | None:
    """Return what the columns are below a row that names them."""
    names = [cells.said(cell) for cell in row]
    filled = [name for name in names if name]
    kinds = [_kind(name) for name in names]
    if "role" not in kinds and "description" in kinds:
        kinds = [kind or _role(index, row, below) for index, kind in enumerate(kinds)]
    known = [kind or _kept(name) for kind, name in zip(kinds, names, strict=True)]
    known = _settled(known, below)
    named = [one for one, name in zip(known, names, strict=True) if one and one != "called"]
    if len(filled) < 2 or len(named) < len(filled) * 0.6 or len(set(filled)) < 2:
        return None
    if not any(kinds) or any(map(cells.is_number, row)):
        return None
    if not all(map(_may_name, filled)):
        return None
    if "role" not in kinds and not {"abstract", "description"}.intersection(kinds):
        return None
    if "role" in kinds and len(filled) == 2 and "description" not in kinds:
        return None
    return tuple(
        Column("section" if one == "called" else one, name)
        for one, name in zip(known, names, strict=True)
    )


def _may_name(text: str) -> bool:
    """Tell whether a text can be the name of a column: no sentence, no entry of a list."""
    return (
        len(text) <= _NAME_LENGTH and text[-1] not in ":："
        and not cells.SENTENCE.intersection(text) and labels.at_start(text) is None
    )  # fmt: skip


def _settled(kinds: Sequence[str], below: Sequence[Row]) -> list[str]:
    """Return the kinds with one column of positions, and with that of the names of several duties.

    A column of duties that stand over those in the next one has fewer cells filled.
    """
    found = list(kinds)
    for index, kind in enumerate(kinds):
        if kind in {"other", "abstract"} and _are_fields(index, below):
            found[index] = "field"
    kinds = list(found)
    told = [
        index
        for index, kind in enumerate(kinds)
        if kind in {"abstract", "description"} or (kind == "other" and _is_numbered(index, below))
    ]
    if len(told) > 1 and _stands_over(told[0], told[1], kinds, below):
        found[told[0]] = "group"
        if told[0] and kinds[told[0] - 1] == "number":
            found[told[0] - 1] = "group number"
    roles = [index for index, kind in enumerate(kinds) if kind == "role"]
    for index in roles[1:]:
        found[index] = "section"
    return found


def _are_fields(index: int, below: Sequence[Row]) -> bool:
    """Tell whether what stands in a column names sections: 岗位职责, 任职要求."""
    said = [row[index] for row in below if cells.at(row, index)]
    return bool(said) and all(cells.key(cell) is not None for cell in said)


def _is_numbered(index: int, below: Sequence[Row]) -> bool:
    """Tell whether what stands in a column has labels."""
    said = [text for row in below if (text := cells.at(row, index))]
    return bool(said) and all(labels.at_start(text) is not None for text in said)


def _stands_over(one: int, other: int, kinds: Sequence[str], below: Sequence[Row]) -> bool:
    """Tell whether the duties of one column are over several of another: less is filled, in order.

    A row with a number of its own is a duty, whatever it is called.
    """
    empty = [row for row in below if not cells.at(row, one) and cells.at(row, other)]
    is_numbered = one > 0 and kinds[one - 1] == "number"
    return (
        bool(empty) and any(cells.at(row, one) for row in below)
        and not (is_numbered and any(cells.at(row, one - 1) for row in empty))
    )  # fmt: skip


def _kind(text: str) -> str:
    """Return what a column holds by its heading, "" where the heading does not say."""
    name = _ASIDE.sub("", re.sub(r"\s", "", words.bare(text)))
    for one in (name, *_AND.split(name)):
        if one in lexicon.CELL_NAMES:
            return lexicon.CELL_NAMES[one]
    if words.section_key(text, weak=True) is not None or len(name) > _NAME_LENGTH:
        return ""
    return next((kind for kind, end in lexicon.CELL_ENDS if end.search(name)), "")


def _kept(name: str) -> str:
    """Return how a column stays that is neither of duties nor names them."""
    key = words.section_key(name, weak=True)
    return "unit" if key == "unit" else "section" if key is not None else "called" if name else ""


def _role(index: int, row: Row, below: Sequence[Row]) -> str:
    """Tell by what stands in a column that it has positions, whatever it is called."""
    if not row[index].text.strip() or words.section_key(row[index].text, weak=True) is not None:
        return ""
    said = {cells.said(one[index]) for one in below} - {""}
    return "role" if len(said) > 1 and all(map(words.is_title, said)) else ""


def _second(row: Row, below: Sequence[Row], columns: Sequence[Column]) -> tuple[Column, ...] | None:
    """Return the columns where a second row of names stands below the wider ones of the first."""
    other, *rows = below
    filled = cells.filled(other)
    kinds = [_kind(cell.text) for cell in other]
    known = sum(
        bool(kind) or cells.key(cell) is not None
        for kind, cell in zip(kinds, other, strict=True)
        if cell.text.strip()
    )
    has_wide = any(not cells.at(row, index) and cells.at(other, index) for index in range(len(row)))
    if not has_wide or known < 2 or not all(map(cells.is_name, filled)):
        return None
    if any(cells.is_number(cell) or words.is_title(cell.text) for cell in filled):
        return None
    found: list[Column] = []
    above = Column("", "")
    for column, cell, kind in zip(columns, other, kinds, strict=True):
        above = column if column.name else above
        name = cells.said(cell)
        if not name:
            found.append(column)
        elif words.section_key(above.name, weak=True) == "qualifications" and not kind:
            found.append(Column("section", above.name, name))
        else:
            is_known = (
                cells.key(cell) is not None
                or above.kind in kinds
                or (above.kind == "role" and column != above)
            )
            found.append(Column(kind or ("" if is_known else above.kind) or "section", name))
    kinds = _settled([column.kind for column in found], rows)
    return tuple(replace(column, kind=kind) for column, kind in zip(found, kinds, strict=True))
