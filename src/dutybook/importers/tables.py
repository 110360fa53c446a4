"""Rows of tables to lines that say what they are: forms, lists of duties, lists of positions.

Pure. A form has names of fields in its cells; a list has them in its first row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dutybook.importers import lexicon, words
from dutybook.importers.base import Dropped, Reason
from dutybook.importers.lines import Line, clean
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dutybook.importers.base import Block, Cell

_NAME_LENGTH = 20


def without_rows(blocks: Iterable[Block], dropped: list[Dropped]) -> Iterator[Block | Line]:
    """Yield blocks, each table turned into lines."""
    rows: list[tuple[Cell, ...]] = []
    for block in blocks:
        if block.kind == "row":
            rows.append(block.cells)
            continue
        if rows:
            yield from _table(rows, dropped)
            rows = []
        yield block
    if rows:
        yield from _table(rows, dropped)


def _table(rows: list[tuple[Cell, ...]], dropped: list[Dropped]) -> Iterator[Line]:
    columns: dict[int, str] = {}
    names: dict[int, str] = {}
    last = ""
    for row in rows:
        header = _header(row)
        if header:
            columns = header
            names = {index: cell.text.strip() for index, cell in enumerate(row)}
            dropped += [
                Dropped(cell.text.strip(), cell.place, Reason.HEADING)
                for cell in row
                if cell.text.strip()
            ]
            continue
        if columns and not _is_form(row):
            made, last = _listed(row, columns, names, last)
            yield from made
        else:
            columns = {}
            yield from _form(row)


def _kind(text: str) -> str | None:
    return lexicon.CELL_NAMES.get(words.bare(text).replace(" ", "").replace("\n", ""))


def _header(row: tuple[Cell, ...]) -> dict[int, str]:
    """Return what the columns are below a row that names them, {} where it names none."""
    filled = [cell.text.strip() for cell in row if cell.text.strip()]
    kinds = {index: _kind(cell.text) or "" for index, cell in enumerate(row)}
    known = sum(1 for kind in kinds.values() if kind)
    keyed = {
        index: words.section_key(cell.text, weak=True)
        for index, cell in enumerate(row)
        if not kinds[index] and cell.text.strip()
    }
    named = known + sum(1 for key in keyed.values() if key is not None)
    if len(filled) < 2 or named < len(filled) * 0.6 or not known or len(set(filled)) < 2:
        return {}
    if any(len(text) > _NAME_LENGTH for text in filled):
        return {}
    found = set(kinds.values())
    if "role" not in found and not ({"abstract", "description"} & found):
        return {}
    if found & {"role"} and len(filled) == 2 and "description" not in found:
        return {}
    return {
        index: kind or ("section" if cell.text.strip() else "")
        for (index, kind), cell in zip(kinds.items(), row, strict=True)
    }


def _is_form(row: tuple[Cell, ...]) -> bool:
    filled = [cell for cell in row if cell.text.strip()]
    return bool(filled) and words.section_key(filled[0].text, weak=False) is not None


def _listed(
    row: tuple[Cell, ...], columns: dict[int, str], names: dict[int, str], last: str
) -> tuple[list[Line], str]:
    """Return the lines of a row below a header, and the position it is about."""
    by_kind: dict[str, list[Cell]] = {}
    for index, cell in enumerate(row):
        if cell.text.strip():
            by_kind.setdefault(columns.get(index, ""), []).append(cell)
    lines: list[Line] = []
    is_of_roles = "role" in columns.values()
    if is_of_roles and "role" in by_kind:
        cell = by_kind["role"][0]
        title = cell.text.strip().replace("\n", "")
        if fold(title) != fold(last):
            lines.append(Line(title, cell.place, force="position"))
        last = title
    number = " ".join(cell.text.strip() for cell in by_kind.get("number", ()))
    abstract = " ".join(cell.text.strip() for cell in by_kind.get("abstract", ()))
    cadence = " ".join(cell.text.strip() for cell in by_kind.get("cadence", ()))
    described = by_kind.get("description", [])
    text = "\n".join(cell.text.strip() for cell in described)
    is_duty = bool(abstract) or (not is_of_roles and bool(text)) or bool(cadence and text)
    if is_duty and (abstract or text):
        place = (by_kind.get("abstract") or described)[0].place
        values = {"label": number.rstrip("、.．"), "title": abstract, "cadence": cadence}
        lines.append(Line(text, place, force="duty", values=values))
    else:
        if number and not is_of_roles:
            described = [*by_kind.get("number", []), *described]
        if described:
            lines += [line for cell in described for line in _paragraphs(cell)]
    for index, cell in enumerate(row):
        kind = columns.get(index, "")
        if cell.text.strip() and kind in {"section", "other", "involvement", ""}:
            name = names.get(index, "")
            lines.append(Line(name or "—", cell.place, force="section"))
            lines += _paragraphs(cell)
    if is_of_roles and number and lines:
        lines.append(Line("序号", row[0].place, force="section"))
        lines.append(Line(number, row[0].place, force="text"))
    return lines, last


def _form(row: tuple[Cell, ...]) -> Iterator[Line]:
    """Yield the lines of a row of a form: names of fields, and what stands beside them."""
    for cell in row:
        text = cell.text.strip()
        if not text:
            continue
        key = words.section_key(text, weak=True)
        if key is not None:
            yield Line(text, cell.place, force="section")
        else:
            yield from _paragraphs(cell)


def _paragraphs(cell: Cell) -> list[Line]:
    dropped: list[Dropped] = []
    return [
        Line(piece.strip(), cell.place)
        for piece in clean(cell.text, cell.place, dropped).split("\n")
        if piece.strip()
    ]
