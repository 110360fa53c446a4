"""CSV and TSV files as blocks: rows of one width, quoted as they should be."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING, Final

from dutybook.importers import txt
from dutybook.importers.base import Block, Cell, ImportFileError, Place
from dutybook.messages import tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

csv.field_size_limit(2**31 - 1)  # what is read is bounded already
_HEAD: Final = 20  # so many lines tell what stands between the fields


def read(raw: bytes, name: str, encoding: str | None) -> Iterator[Block]:
    """Yield the rows of a table of text.

    Raises:
        ImportFileError: it is no text, quotes do not close, or rows differ in width.
    """
    text = txt.decode(raw, name, encoding)
    head = "".join(islice(io.StringIO(text), _HEAD))
    delimiter = max("\t;,，", key=lambda one: (head.count(one), one == ","))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    width = 0
    line = 1
    try:
        for row in reader:
            place = Place(name, line=line)
            line = reader.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            width = width if width > 1 else len(row)  # a title of the whole is a field by itself
            if len(row) != width and any(cell.strip() for cell in row[width:] or [" x"]):
                raise ImportFileError(
                    tr("{file}, line {line}: {count} fields, where the first row has {width}.",
                       file=safe(name), line=place.line, count=len(row), width=width),
                    tr("Quote fields with commas or line breaks in them, and fill in empty ones."),
                )  # fmt: skip
            cells = tuple(Cell(cell.strip(), place) for cell in row)
            yield Block("row", "", place, cells=cells)
    except csv.Error:
        raise ImportFileError(
            tr("{file}, line {line}: a quote that does not open or close a field.",
               file=safe(name), line=line),
            tr("Double a quote inside a field, and close every field that is quoted."),
        ) from None  # fmt: skip
