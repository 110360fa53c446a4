"""The plain rows of the index: what commands ask of a role file, made of its record.

A row holds what tables and filters need, names what a position is called and how it is spelt,
and `Declared` what `dutybook.yaml` says. Knows nothing of where rows are kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dutybook import files, pinyin
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

    from dutybook.problems import Problem
    from dutybook.records import Record


class Row(NamedTuple):
    """A role file in a line: what it is called, where it stands, whether it is valid by itself."""

    id: str
    path: str
    title: str
    title_en: str | None
    unit: str | None
    reports_to: str | None
    duties: int
    tags: list[str]
    status: str
    valid: bool


class Names(NamedTuple):
    """All names of a position: its id, folded names, and the readings of the Chinese ones."""

    id: str
    path: str
    names: list[str]
    readings: list[str]


class Declared(NamedTuple):
    """What `dutybook.yaml` declares, as far as commands need that do not load the format."""

    valid: bool
    format: int
    title: str | None
    positions: dict[str, str]
    tags: list[str]
    synonyms: list[list[str]]


NOTHING_DECLARED: Final = Declared(True, 1, None, {}, [], [])


def of_record(path: str, record: Record, known: MutableMapping[str, str]) -> tuple[Row, Names]:
    """Return the row and the names of a record, as far as its file can be read.

    `known` holds readings of characters from earlier runs, and takes in those that are new.
    """
    role = record.role
    if role is None:
        row = _row_of_data(path, record.document.data)
        return row, names_of(row, (), known)
    tags = dict.fromkeys(tag for duty in role.duties for tag in duty.tags)
    tags |= dict.fromkeys(tag for duty in role.duties for item in duty.items for tag in item.tags)
    row = Row(
        role.id,
        path,
        role.title,
        role.title_en,
        role.unit,
        role.reports_to,
        len(role.duties),
        list(tags),
        role.status,
        valid=True,
    )
    return row, names_of(row, role.aliases, known)


def _row_of_data(path: str, data: Any) -> Row:
    values = data if isinstance(data, dict) else {}
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    duties = values.get("duties")
    return Row(
        files.stem(path),
        path,
        texts.get("title", ""),
        texts.get("title_en"),
        texts.get("unit"),
        texts.get("reports_to"),
        len(duties) if isinstance(duties, list) else 0,
        [],
        "in-force",
        valid=False,
    )


def of_problem(problem: Problem) -> Row:
    """Return the row of a file that cannot be read."""
    return _row_of_data(problem.path, None)


def names_of(row: Row, aliases: Iterable[str], known: MutableMapping[str, str]) -> Names:
    """Return the names of a row, and of aliases; `known` as in `of_record`."""
    chinese = [name for name in (row.title, *aliases) if name]
    names = [*chinese, row.title_en] if row.title_en else chinese
    return Names(
        row.id,
        row.path,
        [fold(name) for name in names],
        [pinyin.readings(fold(name), known) for name in chinese if not name.isascii()],
    )


def declared(raw: bytes) -> Declared:
    """Return what the bytes of `dutybook.yaml` declare."""
    from dutybook import records

    record = records.read_settings(raw, files.SETTINGS)
    settings = record.settings
    if settings is None:
        data = record.document.data
        version = data.get("format") if isinstance(data, dict) else None
        is_number = isinstance(version, str) and re.fullmatch(r"[0-9]{1,9}", version)
        known = int(str(version)) if is_number else 1
        return NOTHING_DECLARED._replace(valid=False, format=known)
    return Declared(
        True,
        settings.format,
        settings.title,
        dict(settings.positions),
        list(settings.tags),
        [list(group) for group in settings.synonyms],
    )
