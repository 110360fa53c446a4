"""Merging a draft into a role file that is there: splices, so that what a person wrote stays.

Duties and items are paired by label, then by title or text. Of a pair, title and text follow the
manual; ids, comments and annotations stay. What the manual has not is kept and told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dutybook import model, records, source
from dutybook.errors import WriteError
from dutybook.importers import ids, write
from dutybook.messages import tr
from dutybook.text import LINE_BREAK, fold, safe

if TYPE_CHECKING:
    from dutybook.importers.shelf import Existing
    from dutybook.source import Document, Route


@dataclass(slots=True)
class Merged:
    """The text of the file as it will be, and what of it the manual does not have."""

    text: str
    kept: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Lines to put in place of lines: from `first` up to, but not with, `end`; from 0."""

    first: int
    end: int
    lines: tuple[str, ...]


def into(existing: Existing, data: dict[str, Any]) -> Merged:
    """Return a role file with a draft merged into it.

    Raises:
        WriteError: the file does not validate, or is written so that it cannot be done safely.
    """
    raise NotImplementedError
