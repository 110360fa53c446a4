"""One file, or standard input, to the blocks of its format, which what is in it tells."""

from __future__ import annotations

import codecs
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dutybook import files
from dutybook.characters import FORBIDDEN
from dutybook.importers.base import ImportFileError
from dutybook.messages import tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dutybook.importers.base import Block

MAX_BYTES: Final = 100 << 20
STDIN: Final = "-"
_BLANK: Final = b" \t\r\n\x0b\x0c\0" + "\ufeff\u3000".encode() + codecs.BOM_UTF16
_WEB: Final = (
    b"<!doctype html", b"<html", b"<head", b"<table", b"mime-version:", b"from: <saved by",
)  # fmt: skip
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def load(path: str) -> tuple[bytes, str]:
    """Return the bytes of a file and its name.

    Raises:
        ImportFileError: it is no regular file, too large, empty, or cannot be read.
    """
    if path == STDIN:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        return _checked(raw, tr("standard input")), ""
    place = Path(path)
    try:
        mode = place.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise ImportFileError(
                tr("{path} is a link; it is not followed.", path=safe(path)),
                tr("Name the file itself."),
            )
        if stat.S_ISDIR(mode):
            raise ImportFileError(
                tr("{path} is a folder.", path=safe(path)), tr("Name the files in it.")
            )
        if not stat.S_ISREG(mode):
            raise ImportFileError(
                tr("{path} is a pipe or a device, not a file.", path=safe(path)),
                tr("Name a file, or - for standard input."),
            )
        with place.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            raise ImportFileError(
                tr("There is no file {path}.", path=safe(path)),
                tr("Check the name and the folder."),
            ) from None
        said = files.reason(path, error) if isinstance(error, OSError) else safe(str(error))
        raise ImportFileError(
            said, tr("See who may read it, and whether another program has it open.")
        ) from None
    return _checked(raw, os.path.basename(path)), os.path.basename(path)  # noqa: PTH119 - a name only


def document(name: str) -> str:
    """Return what a file is called, without its ending and what no role file may hold."""
    return " ".join(FORBIDDEN.sub("", Path(name).stem).split())


def _checked(raw: bytes, name: str) -> bytes:
    if len(raw) > MAX_BYTES:
        raise ImportFileError(
            tr(
                "{file} is too large; at most {limit} MB are read.",
                file=safe(name),
                limit=MAX_BYTES >> 20,
            ),
            tr("Split it."),
        )
    if not raw.strip(_BLANK):
        raise ImportFileError(
            tr("{file} is empty.", file=safe(name)),
            tr("Save the manual again, or name the file that has its text."),
        )
    return raw


def blocks(raw: bytes, name: str, encoding: str | None) -> Iterator[Block]:
    """Return the blocks of a file, by what is in it and then by its ending.

    Raises:
        ImportFileError: it is in no format that can be read, or damaged.
    """
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    shown = name or tr("standard input")
    _refuse_other_formats(raw, shown)
    if raw.startswith(_OLE):
        raise _ole(raw, shown, ending)
    if raw.startswith(b"%PDF") or ending == "pdf":
        from dutybook.importers import pdf

        return pdf.read(raw, shown)
    if raw.startswith(b"PK\x03\x04") or ending in {"docx", "docm", "xlsx", "xlsm"}:
        from dutybook.importers import office

        return office.read(raw, shown, ending)
    if ending == "csv" or ending == "tsv":
        from dutybook.importers import table_text

        return table_text.read(raw, shown, encoding)
    from dutybook.importers import txt

    return txt.read(raw, shown, encoding)


def _refuse_other_formats(raw: bytes, name: str) -> None:
    """Refuse what Word and Excel open, and call by their endings, and is something else.

    Raises:
        ImportFileError: it is a web page or rich text.
    """
    head = raw[:1024].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if head.startswith(_WEB):
        said = tr("{file} is a web page, whatever its name ends in.", file=safe(name))
    elif head.startswith(b"{\\rtf"):
        said = tr("{file} is in rich text format (RTF).", file=safe(name))
    else:
        return
    raise ImportFileError(said, tr("Open it in Word, Excel or WPS and save it as .docx or .xlsx."))


def _ole(raw: bytes, name: str, ending: str) -> ImportFileError:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return ImportFileError(
            tr("{file} is protected by a password.", file=safe(name)),
            tr("Open it, remove the password, and save it."),
        )
    return ImportFileError(
        tr(
            "{file} is in the old format of Word or Excel, whatever its name ends in.",
            file=safe(name),
        )
        if ending in {"docx", "xlsx"}
        else tr("{file} is in the old format of Word or Excel.", file=safe(name)),
        tr("Open it in Word, Excel or WPS and save it as .docx or .xlsx."),
    )
