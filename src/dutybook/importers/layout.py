"""How a YAML file is written: where values, their lines, dashes and comments stand in its text.

Changes nothing, and does not know what the keys mean. Offsets are into `Layout.source`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final

from dutybook.text import LINE_BREAK

if TYPE_CHECKING:
    from dutybook.document import Document, Mark, Place, Route

_COMMENT: Final = re.compile(r"(?<!\S)#[^\r\n\0]*")
_NO_VALUE: Final = re.compile(r"[ \t]*(?:#[^\r\n]*)?")
_COLON: Final = re.compile(r"[ \t]*:")
_DASH: Final = re.compile(r"( *)-(?:[ \t]+(?:#[^\r\n]*)?)?")
_BREAK: Final = r"(?>\r\n|\r|\n)"
_EMPTY_LINE: Final = re.compile(rf"{_BREAK}[ \t]*{_BREAK}")


class Layout:
    """The layout of one file.

    `newline` is the line break that it has, `source` its text with one at the end.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        there = (one for one in ("\r\n", "\n", "\r") if one in document.text)
        self.newline = next(there, "\n")
        has_end = document.text.endswith(("\r", "\n"))
        self.source = document.text if has_end else document.text + self.newline
        self._starts = [0, *(found.end() for found in LINE_BREAK.finditer(self.source))]

    def is_flow(self, place: Place) -> bool:
        """Tell whether a value is a collection in brackets.

        An empty one is none: what is put into it is written in block style.
        """
        return bool(place.children) and self.source[self.offset(place.start)] in "{["

    def is_block(self, start: int) -> bool:
        """Tell whether a scalar that begins at an offset is a block of lines."""
        return self.source[start : start + 1] in {"|", ">"}

    def extent(self, place: Place) -> tuple[int, int]:
        """Return where the text of a value begins and ends."""
        start = self.offset(place.start)
        if place.children and not self.is_flow(place):
            children = place.children
            last = next(reversed(children.values() if isinstance(children, dict) else children))
            return start, self.extent(last)[1]
        if not self.is_block(start):
            return start, self.offset(place.end)
        head = self.line_end(start)
        body = self.source[head : self.offset(place.end)].rstrip(" \t\r\n")
        return start, self.line_end(head + len(body))

    def whole(self, place: Place) -> tuple[int, int]:
        """Return where an entry of a list, or a key with its value, begins and ends."""
        start, end = self.extent(place)
        return (self.offset(place.key[0]) if place.key else start), end

    def offset(self, mark: Mark) -> int:
        """Return the offset of a mark."""
        return self._starts[mark.line] + mark.column

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, before its break."""
        found = LINE_BREAK.search(self.source, offset)
        return found.start() if found else len(self.source)

    def next_line(self, offset: int) -> int:
        """Return where the line after that of an offset begins."""
        found = LINE_BREAK.search(self.source, offset)
        return found.end() if found else len(self.source)

    def indent(self, route: Route) -> str:
        """Return the blanks before the key of a value, or before the dash of an entry."""
        place = self.document.place(route)
        if place.key:
            return " " * place.key[0].column
        dash = self.dash(route)
        return " " * (dash - self.line_start(dash))

    def dash(self, route: Route) -> int:
        """Return where the dash of an entry stands: on its line, or above it and its comments."""
        end = self.offset(self.document.place(route).start)
        line = self.line_start(end)
        while line and _NO_VALUE.fullmatch(self.source, line, end):
            line = self.line_start(line - 1)
            end = self.line_end(line)
        found = _DASH.fullmatch(self.source, line, end)
        if found is None:
            raise ValueError
        return found.end(1)

    def after(self, route: Route, indent: str) -> int:
        """Return where the line after a value begins, comments that belong to it passed over."""
        at = self.next_line(self.extent(self.document.place(route))[1])
        deeper = re.compile(rf"(?:[ \t]*{_BREAK})*+{indent} +#[^\r\n]*+{_BREAK}")
        while found := deeper.match(self.source, at):
            at = found.end()
        return at

    def behind_colon(self, key_end: Mark) -> int:
        """Return the offset behind the colon of a key."""
        found = _COLON.match(self.source, self.offset(key_end))
        if found is None:
            raise ValueError
        return found.end()

    def lead(self, line: int) -> str:
        """Return the blanks that a line begins with."""
        rest = self.source[line : self.line_end(line)]
        return rest[: len(rest) - len(rest.lstrip(" "))]

    def has_empty_line(self, start: int, end: int) -> bool:
        """Tell whether an empty line stands between two offsets."""
        return _EMPTY_LINE.search(self.source, start, end) is not None

    def comments(self, start: int = 0, end: int | None = None) -> list[str]:
        """Return the comments between two offsets that are outside of all values."""
        found = _COMMENT.findall(self._bare, start, len(self.source) if end is None else end)
        return [one.strip() for one in found]

    @cached_property
    def _bare(self) -> str:
        """The text with all values blanked out: what looks like a comment in it is one.

        The first line of a block, behind whose style a comment can stand, stays.
        """
        pieces: list[str] = []
        at = 0
        for first, end in sorted(map(self.extent, self.document.scalars())):
            start = self.line_end(first) if self.is_block(first) else first
            pieces += (self.source[at:start], "\0" * (end - start))
            at = end
        return "".join((*pieces, self.source[at:]))
