"""Excel files as blocks: a sheet is a heading and its rows; merged cells and formulas as shown."""

from __future__ import annotations

import posixpath
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


def read(package: Package, workbook: Element, path: str) -> Iterator[Block]:
    """Yield the blocks of an Excel file, of its main part and of those that this refers to.

    Raises:
        ImportFileError: a part is damaged, or a formula has no value.
    """
    targets = _targets(package, path)
    related = package.related(path)
    shared = _shared(_one(package, related, "sharedStrings"))
    formats = _formats(_one(package, related, "styles"))
    for sheet in workbook.iter(f"{_S}sheet"):
        title = sheet.get("name", "")
        at = targets.get(sheet.get(f"{_R}id", ""), "")
        part = package.part(at)
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
            yield from _comments(package, at, title)
            kind: BlockKind = "sheet" if not _USUAL_NAME.match(title) else "head"
            yield Block(kind, title, Place(package.name, sheet=title), level=1)
            yield from rows


def _one(package: Package, related: dict[str, list[str]], kind: str) -> Element | None:
    """Return the part of a kind that the main part refers to, None where there is none."""
    return next((package.part(path) for path in related.get(kind, ())), None)


def _targets(package: Package, path: str) -> dict[str, str]:
    """Return the parts that a part refers to by the names that it has for them."""
    folder, name = posixpath.split(path)
    relations = package.part(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        one.get("Id", ""): posixpath.normpath(
            posixpath.join("/", folder, one.get("Target", ""))
        ).lstrip("/")
        for one in (relations if relations is not None else ())
    }


def _comments(package: Package, path: str, title: str) -> Iterator[Block]:
    """Yield what was said of cells of a sheet."""
    for part in package.related(path).get("comments", ()):
        root = package.part(part)
        for one in root.iter(f"{_S}comment") if root is not None else ():
            text = "".join(_texts(one)).strip()
            if text:
                yield Block(
                    "comment", text, Place(package.name, sheet=title, cell=one.get("ref", ""))
                )


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
