"""Excel files as blocks: a sheet is a heading and its rows; merged cells and formulas as shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dutybook.importers import excel_formats
from dutybook.importers.base import Block, Cell, ImportFileError, Place
from dutybook.importers.office import damaged
from dutybook.messages import tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from dutybook.importers.base import BlockKind
    from dutybook.importers.office import Package

_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MOST_COLUMNS: Final = 256
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_USUAL_NAME: Final = re.compile(r"(?:sheet|工作表|表)\s*\d*$", re.IGNORECASE)


def read(package: Package) -> Iterator[Block]:
    """Yield the blocks of an Excel file.

    Raises:
        ImportFileError: a part is damaged, or a formula has no value.
    """
    workbook = package.part("xl/workbook.xml")
    targets = _targets(package)
    shared = _shared(package.part("xl/sharedStrings.xml"))
    formats = _formats(package.part("xl/styles.xml"))
    if workbook is None:
        raise damaged(package.name)
    for sheet in workbook.iter(f"{_S}sheet"):
        title = sheet.get("name", "")
        path = targets.get(sheet.get(f"{_R}id", ""), "")
        part = package.part(path)
        if part is None:
            raise damaged(package.name)
        if part.tag != f"{_S}worksheet":
            continue  # a sheet that is a chart
        rows = list(_rows(part, package.name, title, shared, formats))
        if sheet.get("state", "visible") != "visible":
            for row in rows:
                said = " ".join(cell.text for cell in row.cells if cell.text)
                yield Block("hidden", said, row.place)
        elif rows:
            kind: BlockKind = "sheet" if not _USUAL_NAME.match(title) else "head"
            yield Block(kind, title, Place(package.name, sheet=title), level=1)
            yield from rows


def _targets(package: Package) -> dict[str, str]:
    relations = package.part("xl/_rels/workbook.xml.rels")
    found = {}
    for one in relations if relations is not None else ():
        target = one.get("Target", "").lstrip("/")
        found[one.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return found


def _shared(part: Element | None) -> list[str]:
    return ["".join(_texts(one)) for one in part.iter(f"{_S}si")] if part is not None else []


def _texts(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_S}t":
            yield _unescaped(child.text or "")
        elif child.tag != f"{_S}rPh":  # how it is read aloud
            yield from _texts(child)


def _unescaped(text: str) -> str:
    """Return a text with the characters that Excel writes as `_x000D_`; no more than those."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _formats(part: Element | None) -> list[str]:
    """Return the format code of each style of a cell, "" for what is shown as it is."""
    if part is None:
        return []
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in part.iter(f"{_S}numFmt")}
    styles = part.find(f"{_S}cellXfs")
    numbers = [one.get("numFmtId", "0") for one in (styles if styles is not None else ())]
    built_in = {str(number): code for number, code in excel_formats.BUILT_IN.items()}
    return [own.get(number, built_in.get(number, "")) for number in numbers]


def _rows(
    part: Element, name: str, title: str, shared: list[str], formats: list[str]
) -> Iterator[Block]:
    for row in part.iter(f"{_S}row"):
        cells: dict[int, Cell] = {}
        column = -1
        for cell in row.iter(f"{_S}c"):
            reference = cell.get("r", "")
            letters = re.match("[A-Z]{1,3}", reference)
            column = _column(letters.group()) if letters else column + 1
            text = _value(cell, name, title, shared, formats)
            if text and column < _MOST_COLUMNS:
                cells[column] = Cell(text, Place(name, sheet=title, cell=reference))
            elif text:
                raise ImportFileError(
                    tr("{file}, {sheet}: {cell} is too far to the right.",
                       file=safe(name), sheet=safe(title), cell=reference),
                    tr("At most {count} columns are read.", count=_MOST_COLUMNS),
                )  # fmt: skip
        if cells:
            width = max(cells) + 1
            place = next(iter(cells.values())).place
            empty = Cell("", place)
            yield Block("row", "", place, cells=tuple(cells.get(at, empty) for at in range(width)))


def _column(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value - 1


def _value(cell: Element, name: str, title: str, shared: list[str], formats: list[str]) -> str:
    """Return what a cell shows."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_S}is")
        return "".join(_texts(inline)).strip() if inline is not None else ""
    found = cell.find(f"{_S}v")
    value = (found.text or "") if found is not None else ""
    if cell.find(f"{_S}f") is not None and not value and kind != "str":
        raise ImportFileError(
            tr("{file}, {sheet}, {cell}: a formula without a value.",
               file=safe(name), sheet=safe(title), cell=cell.get("r", "")),
            tr("Open it in Excel or WPS and save it, or put the text itself there."),
        )  # fmt: skip
    if kind == "s":
        if not (value.isdecimal() and int(value) < len(shared)):
            raise damaged(name)
        return shared[int(value)].strip()
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, "")
    if kind in {"str", "e", "d"}:
        return _unescaped(value).strip()
    style = cell.get("s", "")
    code = formats[int(style)] if style.isdecimal() and int(style) < len(formats) else ""
    return excel_formats.shown(value, code)
