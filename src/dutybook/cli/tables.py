"""Chinese text in rich tables: cells that wrap by the rules of Chinese setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from dutybook.text import safe, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult

_NARROWEST = 8


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
        for line in self.text.split("\n", allow_blank=True):
            for start, end in wrap(line.plain, width, cell_len):
                yield line[start:end] if end > start else Text()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max((cell_len(line) for line in self.text.plain.split("\n")), default=0)
        return Measurement(min(widest, _NARROWEST), min(widest, options.max_width))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, whether it may wrap, whether it holds numbers."""

    heading: str
    fixed: bool = False
    number: bool = False


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[Prose]], sections: Iterable[int] = ()
) -> Table:
    """Make a table; columns that are empty in every row are left out.

    `sections` are the indexes of rows below which a line is drawn.
    """
    kept_rows = [list(row) for row in rows]
    kept = [
        index for index in range(len(columns)) if any(row[index].text.plain for row in kept_rows)
    ]
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for index in kept:
        column = columns[index]
        made.add_column(
            Text(column.heading),
            no_wrap=column.fixed,
            overflow="fold",
            justify="right" if column.number else "left",
            min_width=_widest(kept_rows, index) if column.fixed else None,
        )
    ends = set(sections)
    for number, row in enumerate(kept_rows):
        made.add_row(*(row[index] for index in kept), end_section=number in ends)
    return made


def _widest(rows: list[list[Prose]], index: int) -> int:
    return max(
        (cell_len(line) for row in rows for line in row[index].text.plain.split("\n")), default=0
    )
