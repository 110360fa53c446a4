"""Chinese text in rich tables: cells that wrap by the rules of Chinese setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from dutybook.messages import tr
from dutybook.text import safe, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult

_NARROWEST = 6  # cells: three Chinese characters
_GAP = 3  # what rich puts between the columns
_FACTS_GAP = 2


@dataclass(frozen=True, slots=True)
class Prose:
    """Text that wraps at its cell's width and is never cut off; lines of it stay lines."""

    text: Text

    @classmethod
    def of(cls, text: str, style: str = "") -> Prose:
        """Make prose of data: what is unsafe is made visible, and nothing is markup."""
        return cls(Text(safe(text), style=style))

    @classmethod
    def joined(cls, parts: Iterable[tuple[str, str]]) -> Prose:
        """Make prose of (text, style) parts."""
        text = Text()
        for part, style in parts:
            text.append(safe(part), style=style)
        return cls(text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(options.max_width, 2)
        plain = self.text.plain
        if "\n" not in plain and cell_len(plain) <= width:  # most cells of a long table
            yield self.text
            return
        for line in self.text.split("\n", allow_blank=True):
            for start, end in wrap(line.plain, width, cell_len):
                yield line[start:end] if end > start else Text()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, whether it wraps last of all, whether it holds numbers."""

    heading: str
    fixed: bool = False
    number: bool = False


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[Prose]], sections: Iterable[int] = ()
) -> Grid:
    """Make a table; columns that are empty in every row are left out.

    `sections` are the indexes of rows below which a line is drawn.
    """
    all_rows = [list(row) for row in rows]
    kept = [index for index in range(len(columns)) if any(row[index].text for row in all_rows)]
    return Grid(
        [columns[index] for index in kept],
        [[row[index] for index in kept] for row in all_rows],
        frozenset(sections),
    )


def facts(entries: Iterable[tuple[str, str]]) -> Grid:
    """Make a table without headings, of names and what they stand for."""
    rows = [[Prose.of(name, "dim"), Prose.of(words)] for name, words in entries]
    return Grid([Column("", fixed=True), Column("")], rows, headed=False)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows in columns; where the room is too little for columns, a line for each value."""

    columns: list[Column]
    rows: list[list[Prose]]
    sections: frozenset[int] = frozenset()
    headed: bool = True

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widths = self._widths(options.max_width)
        if widths:
            yield self._table(widths)
        else:
            yield from self._stacked()

    def _widths(self, room: int) -> list[int]:
        """Return the widths of the columns, none where they do not fit."""
        content = [
            max((_widest(row[index].text.plain) for row in self.rows), default=0)
            for index in range(len(self.columns))
        ]
        half = room // 2  # a fixed column gives way where it would take more
        room -= (_GAP if self.headed else _FACTS_GAP) * (len(self.columns) - 1)
        for widest in (room, half):
            least = [
                width if column.fixed and width <= widest else min(width, _NARROWEST)
                for width, column in zip(content, self.columns, strict=True)
            ]
            if sum(least) <= room:
                break
        else:
            return []
        wanted = [
            max(width, _widest(column.heading))
            for width, column in zip(content, self.columns, strict=True)
        ]
        widths = least
        while room > sum(widths) and widths != wanted:  # the narrowest grow first
            growing = [index for index, width in enumerate(widths) if width < wanted[index]]
            widths[min(growing, key=widths.__getitem__)] += 1
        return widths

    def _table(self, widths: list[int]) -> Table:
        made = Table(
            box=box.SIMPLE_HEAD if self.headed else None,
            pad_edge=False,
            header_style="bold",
            show_edge=False,
            show_header=self.headed,
            padding=(0, 1) if self.headed else (0, _FACTS_GAP, 0, 0),
        )
        for column, width in zip(self.columns, widths, strict=True):
            made.add_column(
                Prose.of(column.heading),
                width=max(width, 1),
                justify="right" if column.number else "left",
            )
        for number, row in enumerate(self.rows):
            made.add_row(*row, end_section=number in self.sections)
        return made

    def _stacked(self) -> Iterator[Prose]:
        for row in self.rows:
            for column, value in zip(self.columns, row, strict=True):
                if value.text:
                    start = (tr("{name}: {words}", name=column.heading, words=""), "dim")
                    yield Prose(Text.assemble(start, value.text))
            yield Prose.of("")


def _widest(text: str) -> int:
    return max(map(cell_len, text.split("\n")))
