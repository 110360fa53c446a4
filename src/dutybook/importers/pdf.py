"""PDF files with a text layer as blocks, a line each, page by page."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from dutybook.importers import labels
from dutybook.importers.base import Block, ImportFileError, Place
from dutybook.messages import tr
from dutybook.text import LINE_BREAK, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNREADABLE = 0.02


def read(raw: bytes, name: str) -> Iterator[Block]:
    """Return the lines of a PDF file.

    Raises:
        ImportFileError: it is damaged, protected, has no text, or one that cannot be read.
    """
    try:
        import pypdfium2
    except ImportError:
        raise ImportFileError(
            tr("Reading PDF needs a library that is not installed."),
            tr("Install it with `pip install 'dutybook[import]'`."),
        ) from None
    try:
        document = pypdfium2.PdfDocument(raw)
        pages = [_text(document, index) for index in range(len(document))]
        document.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ImportFileError(
                tr("{file} is protected by a password.", file=safe(name)),
                tr("Open it, remove the password, and save it."),
            ) from None
        raise ImportFileError(
            tr("{file} is damaged or cut off.", file=safe(name)), tr("Print it to PDF anew.")
        ) from None
    every = "".join(pages)
    if not every.strip():
        raise ImportFileError(
            tr("{file} has no text: it is scanned, or made of pictures.", file=safe(name)),
            tr("Run it through text recognition first, or import the Word file it came from."),
        )
    odd = sum(
        one == "\ufffd" or (unicodedata.category(one) == "Co" and one not in labels.BULLETS)
        for one in every
    )
    if odd > len(every) * _UNREADABLE:
        raise ImportFileError(
            tr(
                "The text of {file} cannot be read: "
                "its fonts do not say which characters they show.",
                file=safe(name),
            ),
            tr("Import the Word file it came from."),
        )
    return _blocks(pages, name)


def _text(document: Any, index: int) -> str:
    page = document[index]
    text: str = page.get_textpage().get_text_bounded()
    page.close()
    return text


def _blocks(pages: list[str], name: str) -> Iterator[Block]:
    for number, text in enumerate(pages, 1):
        for line, content in enumerate(LINE_BREAK.split(text), 1):
            yield Block("line", content.replace("\ufffe", ""), Place(name, line=line, page=number))
