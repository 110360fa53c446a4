"""Zip packages of Word and Excel: checked for what can do harm before anything in them is read."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from dutybook.importers.base import ImportFileError
from dutybook.messages import tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dutybook.importers.base import Block

_MOST_ENTRIES: Final = 1000
_MOST_BYTES: Final = 100 << 20
_MOST_XML: Final = 20 << 20  # which takes twenty times as much memory
_MOST_RATIO: Final = 100
_SMALL: Final = 1 << 20
_DEEPEST: Final = 500  # elements in one another; a table in a table in a table has less than 20
_STRICT: Final = re.compile(r"\{http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL: Final = r"{http://schemas.openxmlformats.org/\1/2006/"


class Package:
    """The parts of a docx or xlsx file, read one by one under limits."""

    def __init__(self, raw: bytes, name: str) -> None:
        """Open and check the package.

        Raises:
            ImportFileError: it is damaged, too large, or made to do harm.
        """
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise (damaged(name) if raw.startswith(b"PK") else _neither(name)) from None
        names = [entry.filename for entry in entries]
        total = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if (
            len(entries) > _MOST_ENTRIES or total > _MOST_BYTES
            or (total > _SMALL and total > packed * _MOST_RATIO) or len(set(names)) < len(names)
        ):  # fmt: skip
            raise _too_large(name)
        if any(entry.flag_bits & 1 for entry in entries):
            raise ImportFileError(
                tr("{file} is protected by a password.", file=safe(name)),
                tr("Open it, remove the password, and save it."),
            )
        self.names = frozenset(names)
        self._left = _MOST_XML

    def part(self, path: str) -> ElementTree.Element | None:
        """Return a part as XML in the namespaces that Office writes, None where there is none.

        Raises:
            ImportFileError: the part is damaged, nested too deeply, or has a DOCTYPE.
        """
        if path not in self.names:
            return None
        try:
            with self._zip.open(path) as file:
                raw = file.read(self._left + 1)
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ):
            raise damaged(self.name) from None
        except Exception as error:  # zlib.error has no other base
            if type(error).__module__ != "zlib":
                raise
            raise damaged(self.name) from None
        self._left -= len(raw)
        if self._left < 0:
            raise _too_large(self.name)
        head = raw[:65536].replace(b"\0", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in raw.replace(b"\0", b""):
            raise ImportFileError(
                tr(
                    "{file} defines entities of its own, which no Office program does.",
                    file=safe(self.name),
                ),
                tr("Open it and save it anew."),
            )
        try:
            root = ElementTree.fromstring(raw)  # noqa: S314 - as above
        except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
            raise damaged(self.name) from None
        if _is_too_deep(root):
            raise ImportFileError(
                tr("{file} is nested too deeply to be read.", file=safe(self.name)),
                tr("Take the tables out of one another and save it anew."),
            )
        if _STRICT.match(root.tag):
            _name_as_usual(root)
        return root

    def related(self, path: str) -> dict[str, list[str]]:
        """Return the parts that a part, or "" for the package, refers to, by what they are.

        Only what is in the package is; where nothing is referred to, the names of parts tell.

        Raises:
            ImportFileError: the list of them is damaged.
        """
        folder, name = posixpath.split(path)
        relations = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        if relations is None:
            return self._by_name(folder)
        found: dict[str, list[str]] = {}
        for one in relations:
            target = posixpath.join("/", folder, one.get("Target", ""))
            part = posixpath.normpath(target).lstrip("/")
            if part in self.names and one.get("TargetMode") != "External":
                found.setdefault(posixpath.basename(one.get("Type", "")), []).append(part)
        return found

    def _by_name(self, folder: str) -> dict[str, list[str]]:
        """Return the parts in a folder by their names without numbers."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.names):
            stem, ending = posixpath.splitext(posixpath.basename(path))
            if posixpath.dirname(path) == folder and ending == ".xml":
                found.setdefault(stem.rstrip("0123456789"), []).append(path)
        return found


def _is_too_deep(root: ElementTree.Element) -> bool:
    """Tell whether elements stand in more others than a reader may follow."""
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
    return bool(level)


def _name_as_usual(root: ElementTree.Element) -> None:
    """Rename the elements and attributes of the strict standard to those that Office writes."""
    for element in root.iter():
        element.tag = _STRICT.sub(_USUAL, element.tag)
        for name in [name for name in element.attrib if _STRICT.match(name)]:
            element.set(_STRICT.sub(_USUAL, name), element.attrib.pop(name))


def _too_large(name: str) -> ImportFileError:
    return ImportFileError(
        tr("{file} unpacks to more than can be read safely.", file=safe(name)),
        tr("Open it, save it anew without pictures, or split it."),
    )


def damaged(name: str) -> ImportFileError:
    """Return the error that a file is broken."""
    return ImportFileError(
        tr("{file} is damaged or cut off.", file=safe(name)),
        tr("Open it in Word, Excel or WPS and save it anew."),
    )


def _neither(name: str) -> ImportFileError:
    """Return the error that a file is of neither kind, whatever it is called."""
    return ImportFileError(
        tr("{file} is neither a Word nor an Excel file.", file=safe(name)),
        tr("Give it the ending of what it is: txt, md, docx, xlsx, csv or pdf."),
    )


_MAIN_PARTS: Final = ("word/document.xml", "xl/workbook.xml")


def read(raw: bytes, name: str, ending: str) -> Iterator[Block]:
    """Return the blocks of a Word or Excel file, by what is in it whatever it is called.

    Raises:
        ImportFileError: it is damaged, or neither of the two.
    """
    package = Package(raw, name)
    named = package.related("").get("officeDocument", [])
    main = next((path for path in (*named, *_MAIN_PARTS) if path in package.names), "")
    root = package.part(main) if main.endswith(".xml") else None
    kind = root.tag.rpartition("}")[2] if root is not None else ""
    if root is not None and kind == "document":
        if ending.startswith("xls"):
            raise ImportFileError(
                tr("{file} is a Word file under a name of Excel.", file=safe(name)),
                tr("Rename it to .docx."),
            )
        from dutybook.importers import docx

        return docx.read(package, root, package.related(main))
    if root is not None and kind == "workbook":
        if ending.startswith("doc"):
            raise ImportFileError(
                tr("{file} is an Excel file under a name of Word.", file=safe(name)),
                tr("Rename it to .xlsx."),
            )
        from dutybook.importers import xlsx

        return xlsx.read(package, root, main)
    raise _neither(name)
