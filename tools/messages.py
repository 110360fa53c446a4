"""Keep the message catalogue in step with the code.

`python tools/messages.py` collects the messages of the code into `locale/zh/…/dutybook.po`,
keeping the translations that are there, and compiles the catalogue. It names what lacks a
translation and exits 1 if anything does.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "src" / "dutybook"
CATALOGUE = PACKAGE / "locale" / "zh" / "LC_MESSAGES" / "dutybook.po"
ONE_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # the same messages make the same file
KEYWORDS = {"tr": None, "mark": None, "ntr": (1, 2)}


class Plain(Catalog):
    """A catalogue that does not say which version of Babel wrote it: the same file for everyone."""

    def _headers(self) -> list[tuple[str, str]]:
        *headers, (name, value), _ = self._get_mime_headers()
        return [*headers, (name, f"{value}\n")]

    mime_headers = property(_headers, Catalog._set_mime_headers)


def empty() -> Catalog:
    """Return a catalogue without messages."""
    return Plain(
        locale="zh",
        domain="dutybook",
        header_comment="# The Chinese messages of dutybook; see tools/messages.py.",
        project="dutybook",
        version="1",
        msgid_bugs_address="none",
        creation_date=ONE_DAY,
        revision_date=ONE_DAY,
        last_translator="dutybook",
        language_team="dutybook",
        charset="utf-8",
        fuzzy=False,
    )


def collected() -> Catalog:
    """Return the messages of the code, without translations."""
    catalogue = empty()
    for _path, _line, message, _comments, _context in extract_from_dir(
        PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        if message:
            catalogue.add(message)
    return catalogue


def translated() -> Catalog:
    """Return the catalogue as it is kept."""
    catalogue = empty()
    with CATALOGUE.open("rb") as file:
        for message in read_po(file, locale="zh"):
            if message.id:
                catalogue[message.id] = message
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """Return the compiled form of a catalogue."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the messages that have no translation, or a doubtful one."""
    return [str(one.id) for one in catalogue if one.id and (one.fuzzy or not _complete(one.string))]


def _complete(translation: object) -> bool:
    return all(translation) if isinstance(translation, tuple) else bool(translation)


def main() -> int:
    """Write the catalogue and its compiled form."""
    kept = translated() if CATALOGUE.exists() else empty()
    current = empty()
    for message in collected():
        if message.id:
            known = kept.get(message.id if isinstance(message.id, str) else message.id[0])
            current.add(message.id, known.string if known else "")
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, current, sort_output=True, width=100, no_location=True)
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(current))
    missing = untranslated(current)
    for one in missing:
        sys.stderr.write(f"{one!r}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
