"""Hits as a rich table: position, number, duty, and the passage round its match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from dutybook import search
from dutybook.cli.tables import Column, Prose, table
from dutybook.messages import mark, tr
from dutybook.text import cells, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult

    from dutybook.cli.tables import Grid
    from dutybook.parts import Hit

_MATCH = "bold red"
_HEAD = {
    "title": mark("Position"),
    "title_en": mark("English title"),
    "aliases": mark("Also called"),
    "unit": mark("Department"),
    "purpose": mark("Purpose"),
    "qualifications": mark("Qualifications"),
    "authorities": mark("Authorities"),
    "sections": mark("Section"),
}


@dataclass(frozen=True, slots=True)
class Passage(Prose):
    """One line of text, cut round its first match where the room is too little."""

    at: int = 0  # where the match begins, in characters

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield cut(self.text, self.at, max(options.max_width, 2))


def render(hits: Sequence[Hit], words: Iterable[str]) -> Grid:
    """Return the table of hits; `words` are what is highlighted."""
    looked_for = tuple(words)
    columns = [
        Column(tr("Position")),
        Column(tr("No."), fixed=True),
        Column(tr("Duty")),
        Column(tr("Passage")),
    ]
    return table(
        columns,
        [
            [
                Prose.of(hit.role_title, "bold"),
                Prose.of(hit.label),
                _duty(hit),
                passage(hit, looked_for),
            ]
            for hit in hits
        ],
    )


def _duty(hit: Hit) -> Prose:
    if hit.duty:
        return Prose.of(hit.title)
    field = hit.field.split(".")[1].split("[")[0]
    return Prose.of(tr(_HEAD[field]), "dim")


def passage(hit: Hit, words: Iterable[str]) -> Passage:
    """Return the passage of a hit with its matches highlighted; lines of it become blanks."""
    shown = Text()
    first = -1
    position = 0
    for start, end in search.spans(hit.text, words):
        shown.append(_line(hit.text[position:start]))
        first = len(shown) if first < 0 else first
        shown.append(_line(hit.text[start:end]), style=_MATCH)
        position = end
    shown.append(_line(hit.text[position:]))
    return Passage(shown, max(first, 0))


def _line(text: str) -> str:
    return safe(" ".join(text.split("\n")))


def cut(text: Text, at: int, room: int) -> Text:
    """Return what fits of a text around a place, with … where something is left out."""
    plain = text.plain
    if cells(plain) <= room:
        return text
    start = at
    before = 0
    while start > 0 and before + cells(plain[start - 1]) <= room // 3:
        start -= 1
        before += cells(plain[start])
    end, used = start, int(start > 0)
    while end < len(plain) and used + cells(plain[end]) + int(end + 1 < len(plain)) <= room:
        used += cells(plain[end])
        end += 1
    if end == len(plain):  # there is room left before the match
        while start > 0 and used + cells(plain[start - 1]) <= room:
            start -= 1
            used += cells(plain[start])
    if start == end:
        return Text("…")
    parts = ["…" if start > 0 else "", text[start:end], "…" if end < len(plain) else ""]
    return Text.assemble(*(part for part in parts if part))
