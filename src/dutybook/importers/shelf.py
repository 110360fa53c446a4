"""The book that an import goes into: what it has, what it declares, and whether it is there yet."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dutybook import facts, files, records
from dutybook.errors import BookError, EmptyBookError
from dutybook.messages import tr
from dutybook.problems import Problem
from dutybook.progress import nobody
from dutybook.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dutybook.model import Role, Settings
    from dutybook.progress import Tell


@dataclass(frozen=True, slots=True)
class Existing:
    """A role file of the book; `role` is None where it does not validate.

    Names, unit and source (document and section) are those that it gives as far as it can be read.
    """

    id: str
    path: str
    raw: bytes
    role: Role | None
    names: tuple[str, ...] = ()
    unit: str = ""
    source: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A book in a folder, or the folder where one will be."""

    root: Path
    is_new: bool
    roles: dict[str, Existing] = field(default_factory=dict)
    settings: Settings | None = None
    contents: dict[str, bytes | Problem] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    by_name: dict[str, list[Existing]] = field(default_factory=dict)

    def called(self, title: str) -> list[Existing]:
        """Return the roles that have a title or alias, whatever their unit."""
        return self.by_name.get(_name(title), [])

    def named(self, title: str, unit: str) -> Existing | None:
        """Return the role with this title or alias, in this unit or where no unit is said.

        None too where two could be meant.
        """
        found = self.called(title)
        same = [one for one in found if fold(one.unit) == fold(unit)]
        open_ = [one for one in found if not (one.unit and unit)]
        if same or len(open_) == 1:
            return (same or open_)[0]
        return None


def _name(text: str) -> str:
    return fold(text).strip()


def open_shelf(root: Path, tell: Tell = nobody) -> Shelf:
    """Read the book in a folder; where there is none yet, it is empty and new.

    Raises:
        BookError: something stands there that is no folder, or cannot be read.
    """
    above = next((one for one in (root, *root.parents) if os.path.lexists(one)), root)
    if os.path.lexists(above) and not above.is_dir():
        raise BookError(
            tr("{path} is not a folder.", path=safe(str(above))), tr("Name a folder with --into.")
        )
    for name in (files.ROLES, files.SETTINGS):
        if (root / name).is_symlink():
            raise BookError(
                tr("{path} is a link; nothing is written through it.", path=safe(str(root / name))),
                tr("Put the folder or file itself there."),
            )
    is_new = not os.path.lexists(root / files.SETTINGS) and not os.path.lexists(root / files.ROLES)
    settings = None
    contents: dict[str, bytes | Problem] = {}
    if os.path.lexists(root / files.SETTINGS):
        content = files.read(root, files.SETTINGS)
        contents[files.SETTINGS] = content if isinstance(content, Problem) else content[0]
        settings = _settings(root, contents[files.SETTINGS])
    try:
        listing = files.list_book(root)
    except EmptyBookError:
        return Shelf(root, is_new, settings=settings, contents=contents)
    roles: dict[str, Existing] = {}
    by_name: dict[str, list[Existing]] = {}
    paths = sorted(listing.files.keys() - {files.SETTINGS})
    for number, path in enumerate(paths):
        tell(number, len(paths))
        content = files.read(root, path)
        contents[path] = content if isinstance(content, Problem) else content[0]
        found = roles[files.stem(path)] = _existing(path, contents[path])
        for name in {_name(one) for one in found.names}:
            by_name.setdefault(name, []).append(found)
    return Shelf(root, is_new, roles, settings, contents, listing.problems, by_name)


def _settings(root: Path, content: bytes | Problem) -> Settings | None:
    """Return what `dutybook.yaml` says.

    Raises:
        BookError: it cannot be read, so that nobody knows what the book declares.
    """
    problem = content if isinstance(content, Problem) else None
    if not isinstance(content, Problem):
        record = records.read_settings(content, files.SETTINGS)
        if record.settings is not None:
            return record.settings
        problem = next(iter(record.problems), None)
    raise BookError(
        tr(
            "{path} has errors: {message}",
            path=safe(str(root / files.SETTINGS)),
            message=problem.message if problem else "",
        ),
        tr("`dutybook validate` shows them; nothing was written."),
    )


def _existing(path: str, content: bytes | Problem) -> Existing:
    stem = files.stem(path)
    if isinstance(content, Problem):
        return Existing(stem, path, b"", None)
    record = records.read_role(content, path, stem)
    role = record.role
    if role is not None:
        names = (role.title, *role.aliases)
        taken = (role.source.document or "", role.source.section or "") if role.source else ("", "")
        return Existing(stem, path, content, role, names, role.unit or "", taken)
    said, _ = facts.read(record.document.data, stem)
    if said is None:
        return Existing(stem, path, content, None)
    aliases, unit = said.head["aliases"], said.head["unit"]
    names = (said.title, *(aliases if isinstance(aliases, tuple) else ()))
    return Existing(stem, path, content, None, names, unit if isinstance(unit, str) else "")
