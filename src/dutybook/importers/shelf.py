"""The book that an import goes into: what it has, what it declares, and whether it is there yet."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dutybook import files, records
from dutybook.errors import BookError, EmptyBookError
from dutybook.messages import tr
from dutybook.problems import Problem
from dutybook.text import fold, safe

if TYPE_CHECKING:
    from pathlib import Path

    from dutybook.model import Role, Settings


@dataclass(frozen=True, slots=True)
class Existing:
    """A role file of the book; `role` is None where it does not validate."""

    id: str
    path: str
    raw: bytes
    role: Role | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A book in a folder, or the folder where one will be."""

    root: Path
    is_new: bool
    roles: dict[str, Existing] = field(default_factory=dict)
    settings: Settings | None = None
    paths: dict[str, bytes] = field(default_factory=dict)

    def named(self, title: str, unit: str) -> Existing | None:
        """Return the role that is called so: title or alias, the unit deciding among several."""
        wanted = fold(title).strip()
        found = [
            one
            for one in self.roles.values()
            if one.role and wanted in {fold(name) for name in (one.role.title, *one.role.aliases)}
        ]
        same = [one for one in found if one.role and fold(one.role.unit or "") == fold(unit)]
        if same or len(found) == 1:
            return (same or found)[0]
        return None


def open_shelf(root: Path) -> Shelf:
    """Read the book in a folder; where there is none yet, it is empty and new.

    Raises:
        BookError: something stands there that is no folder, or cannot be read.
    """
    if os.path.lexists(root) and not root.is_dir():
        raise BookError(
            tr("{path} is not a folder.", path=safe(str(root))), tr("Name a folder with --into.")
        )
    for name in (files.ROLES, files.SETTINGS):
        if (root / name).is_symlink():
            raise BookError(
                tr("{path} is a link; nothing is written through it.", path=safe(str(root / name))),
                tr("Put the folder or file itself there."),
            )
    is_new = not os.path.lexists(root / files.SETTINGS) and not os.path.lexists(root / files.ROLES)
    try:
        listing = files.list_book(root)
    except EmptyBookError:
        return Shelf(root, is_new)
    roles: dict[str, Existing] = {}
    settings = None
    paths: dict[str, bytes] = {}
    for path in sorted(listing.files):
        content = files.read(root, path)
        if isinstance(content, Problem):
            continue
        paths[path] = content[0]
        if path == files.SETTINGS:
            settings = records.read_settings(content[0], path).settings
            continue
        stem = files.stem(path)
        role = records.read_role(content[0], path, stem).role
        roles[stem] = Existing(stem, path, content[0], role)
    return Shelf(root, is_new, roles, settings, paths)
