"""What readers, parser and writers of an import pass on: blocks with their place, drafts, a report.

Values only; knows neither formats nor what makes a position.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from dutybook.errors import DutybookError
from dutybook.messages import mark, tr
from dutybook.text import safe

BlockKind = Literal[
    "line", "paragraph", "heading", "sheet", "row", "head", "hidden", "comment", "note"
]


class ImportFileError(DutybookError):
    """A file to import cannot be read; nothing was written."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file something stands; 0 and "" where a format has no such thing."""

    file: str
    line: int = 0
    paragraph: int = 0
    page: int = 0
    sheet: str = ""
    cell: str = ""

    @property
    def order(self) -> tuple[int, int, int]:
        """What places of one file are sorted by; cells of a sheet stay as they were read."""
        return self.page, self.line, self.paragraph

    def shown(self) -> str:
        """Return the place in words."""
        parts = [safe(self.file)]
        if self.page:
            parts.append(tr("page {number}", number=self.page))
        if self.line:
            parts.append(tr("line {number}", number=self.line))
        if self.paragraph:
            parts.append(tr("paragraph {number}", number=self.paragraph))
        if self.sheet:
            parts.append(safe(self.sheet))
        if self.cell:
            parts.append(self.cell)
        return tr(", ").join(parts)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row; its text may have several lines."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file in reading order.

    A `line` may be a part of a paragraph that was wrapped, a `paragraph` is whole; a `heading`
    has a level from 1; a `sheet` is a heading that may be no more than a name; a `row` has cells; a
    `head` is the header or footer of pages, a `note` stands below them, `hidden` is not printed,
    and a `comment` is what somebody said of the text.
    `label` is an automatic number as it is printed, marks included, which `text` does not have.
    """

    kind: BlockKind
    text: str
    place: Place
    label: str = ""
    level: int = 0
    cells: tuple[Cell, ...] = ()


class Reason(Enum):
    """Why a piece of a file is in no role and is no loss."""

    PAGE_NUMBER = "page-number"
    RUNNING_HEAD = "running-head"
    BOILERPLATE = "boilerplate"
    CONTENTS = "contents"
    RULE = "rule"
    TITLE = "title"
    HEADING = "heading"
    HIDDEN = "hidden"
    COMMENT = "comment"
    REPEATED = "repeated"
    UNPRINTABLE = "unprintable"

    @property
    def words(self) -> str:
        """What a person calls it."""
        return tr(_REASONS[self])


_REASONS = {
    Reason.PAGE_NUMBER: mark("page number"),
    Reason.RUNNING_HEAD: mark("header or footer"),
    Reason.BOILERPLATE: mark("boilerplate of a web page"),
    Reason.CONTENTS: mark("table of contents"),
    Reason.RULE: mark("drawn line"),
    Reason.TITLE: mark("title of the document"),
    Reason.HEADING: mark("heading, told by its key"),
    Reason.HIDDEN: mark("hidden text"),
    Reason.COMMENT: mark("comment on the text"),
    Reason.REPEATED: mark("the same as in the row above"),
    Reason.UNPRINTABLE: mark("characters that cannot be printed"),
}


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece that was left out, and why."""

    text: str
    place: Place
    reason: Reason


@dataclass(frozen=True, slots=True)
class Unclear:
    """A piece that was not understood."""

    text: str
    place: Place


class Sureness(Enum):
    """How sure it is that a piece is a position of its own."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"

    @property
    def words(self) -> str:
        """What a person calls it."""
        return tr(_SURENESS[self])


_SURENESS = {
    Sureness.SURE: mark("sure"),
    Sureness.LIKELY: mark("likely"),
    Sureness.GUESS: mark("a guess"),
}


@dataclass(slots=True)
class Draft:
    """A position on its way into a role file: data by the keys of the format, without ids.

    `names` are positions that are named where the format wants ids: key to names.
    """

    data: dict[str, Any]
    place: Place
    sure: Sureness
    names: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title of the position."""
        return str(self.data["title"])

    @property
    def labels(self) -> list[str]:
        """The labels of its duties, "" for one without."""
        return [str(duty.get("label", "")) for duty in self.data.get("duties", ())]


@dataclass(frozen=True, slots=True)
class Manual:
    """What one file was understood to say."""

    drafts: list[Draft]
    dropped: list[Dropped]
    unclear: list[Unclear]
