"""Blocks of a file as lines: a text with its place, and what a table says it is. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dutybook.characters import FORBIDDEN
from dutybook.importers.base import Dropped, Place, Reason

if TYPE_CHECKING:
    from dutybook.importers.base import Block

_LISTED: Final = {
    "head": Reason.RUNNING_HEAD, "hidden": Reason.HIDDEN, "comment": Reason.COMMENT,
}  # fmt: skip
TERMINAL: Final = frozenset("。！？!?.；;")
CLOSED: Final = frozenset("。！？!?.；;：:”’」』》】)）]")
_BREAKS: Final = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_WRITTEN_BLANKS: Final = re.compile("&(?:nbsp|e[mn]sp|thinsp|#160|#x[aA]0|#12288|#x3000);")
_WIDE: Final = " " * 8
_BLANKS: Final = re.compile("[ \u3000]{9,}")  # as wide as they may be, they only keep words apart
_BLANK_LINES: Final = re.compile(r"\n\s{32,}")
_UNSEEN: Final = re.compile("[\u200b-\u200d\u2060\ufeff\xad]")


@dataclass(slots=True)
class Line:
    """One paragraph, or before joining one line of it.

    `parts` are the places of the lines it is made of, each with the index where it begins.
    `indent` is how many cells it stands further in.
    `force` says what a table or a form makes of it, whatever it says.
    """

    text: str
    place: Place
    whole: bool = True
    gap: bool = False
    level: int = 0
    label: str = ""
    cell: bool = False
    indent: int = 0
    force: str = ""
    values: dict[str, str] = field(default_factory=dict)
    parts: list[tuple[int, Place]] = field(default_factory=list)
    broken: bool = False  # only what belongs to a page stood between this line and the one before
    is_open: bool = False

    def place_at(self, index: int) -> Place:
        """Return the place of the character at an index."""
        if not self.parts:
            return self.place
        found = bisect_right(self.parts, index, key=lambda part: part[0]) - 1
        return self.parts[max(found, 0)][1]


def of_block(block: Block | Line, dropped: list[Dropped]) -> list[Line]:
    """Return the lines of a block; what is in none is listed as dropped."""
    if isinstance(block, Line):
        return [block]
    text = clean(block.text, block.place, dropped)
    if block.kind in _LISTED:
        dropped.append(Dropped(text, block.place, _LISTED[block.kind]))
        return []
    kind = block.kind if block.kind in {"sheet", "note"} else ""
    return [
        Line(
            piece.strip(), block.place, whole=block.kind != "line", level=block.level, force=kind,
            label=block.label.lstrip() if index == 0 else "",
            indent=_indent(block.label or piece),
        )
        for index, piece in enumerate(_BREAKS.split(text))
    ]  # fmt: skip


def _indent(text: str) -> int:
    return width_of(text[: len(text) - len(text.lstrip())])


def width_of(text: str) -> int:
    """Return about how many cells of a line a text takes: two for a character that is not Latin."""
    return len(text.encode("gb18030", "ignore"))


def clean(text: str, place: Place, dropped: list[Dropped]) -> str:
    """Return a text without characters that a role file must not have; they are listed."""
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    text = _WRITTEN_BLANKS.sub(" ", text) if "&" in text else text
    text = _BLANK_LINES.sub("\n", _BLANKS.sub(_WIDE, text))
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    if FORBIDDEN.search(text):
        lost = "".join(FORBIDDEN.findall(text))
        dropped.append(Dropped(lost, place, Reason.UNPRINTABLE))
        text = FORBIDDEN.sub("", text)
    return text


def is_cut(text: str) -> bool:
    """Tell whether a line does not end as a sentence or a quotation does."""
    return bool(text) and text[-1] not in CLOSED
