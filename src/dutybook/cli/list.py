"""`dutybook list`: the positions of the book, a line each, or as a tree of reporting lines."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from dutybook import vocabulary
from dutybook.cli import console, options
from dutybook.errors import PositionError
from dutybook.messages import listed, mark, ntr, tr
from dutybook.text import fold, nearest, safe

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dutybook.book import Book
    from dutybook.rows import Row


_BRANCH: Final = 4  # cells of a tree's line, a level
_LABEL: Final = 16  # cells that a label needs


class Status(StrEnum):
    """The statuses of a position."""

    DRAFT = "draft"
    IN_FORCE = "in-force"
    WITHDRAWN = "withdrawn"


def positions(
    context: typer.Context,
    *,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", metavar="UNIT", help=mark("Only positions of this department or branch.")
        ),
    ] = None,
    tag: options.TagOption = None,
    reports_to: options.SuperiorOption = None,
    status: Annotated[
        Status | None, typer.Option("--status", help=mark("Only positions of this status."))
    ] = None,
    tree: Annotated[bool, typer.Option("--tree", help=mark("Draw who reports to whom."))] = False,
    format: options.FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """List the positions of the book that fit the filters."""
    book = options.open_book(context)
    rows = _filtered(book, unit, tag, _superior(book, reports_to), status)
    chosen = console.chosen(format)
    if chosen == "json":
        console.write_json({"version": 1, "roles": [_json(row) for row in rows]})
    elif chosen == "plain":
        console.write_plain(_plain_tree(rows) if tree else map(_plain, rows))
    elif tree:
        console.write_rich(context, _tree(book, rows))
    elif rows:
        console.write_rich(context, _table(book, rows))
    _tell(book, rows, unit, tag)


def _superior(book: Book, name: str | None) -> str | None:
    """Return the id of the position that others report to, defined or declared."""
    if name is None:
        return None
    for position, title in book.declared.positions.items():
        if fold(name) in {position, fold(title)}:
            return position
    return book.find(name).id


def _filtered(
    book: Book, unit: str | None, tag: str | None, superior: str | None, status: Status | None
) -> list[Row]:
    return [
        row
        for row in book.rows
        if (unit is None or fold(unit) in fold(row.unit or ""))
        and (tag is None or fold(tag) in map(fold, row.tags))
        and (superior is None or row.reports_to == superior)
        and (status is None or row.status == status)
    ]


def _tell(book: Book, rows: list[Row], unit: str | None, tag: str | None) -> None:
    """Say on stderr what the result does not show: broken files, a filter that fits nothing."""
    broken = sum(not row.valid for row in book.rows)
    if broken:
        console.note(
            ntr(
                "{count} file has errors; `dutybook validate` shows them.",
                "{count} files have errors; `dutybook validate` shows them.",
                broken,
            )
        )
    if rows:
        return
    known = {
        "unit": {row.unit for row in book.rows if row.unit},
        "tag": {one for row in book.rows for one in row.tags},
    }
    for name, value in (("unit", unit), ("tag", tag)):
        if value is not None and not any(fold(value) in fold(one) for one in known[name]):
            close = nearest(value, known[name])
            hint = tr("Did you mean {name}?", name=listed(close)) if close else ""
            raise PositionError(
                tr("No position has --{option} {value}.", option=name, value=safe(value)), hint
            )
    console.note(tr("No position fits."))


def _json(row: Row) -> dict[str, Any]:
    return row._asdict()


def _plain(row: Row) -> list[str]:
    return [
        row.id,
        row.title,
        row.unit or "",
        row.reports_to or "",
        str(row.duties),
        row.status,
        "valid" if row.valid else "invalid",
    ]


def _table(book: Book, rows: list[Row]) -> RenderableType:
    from dutybook.cli.tables import Column, Prose, table

    columns = [
        Column(tr("Id"), fixed=True),
        Column(tr("Position")),
        Column(tr("Department")),
        Column(tr("Reports to")),
        Column(tr("Duties"), number=True),
        Column(tr("Note")),
    ]
    return table(
        columns,
        [
            [
                Prose.of(_one_line(row.id), "cyan"),
                Prose.of(_one_line(row.title), "bold"),
                Prose.of(_one_line(row.unit or "")),
                Prose.of(_one_line(book.title(row.reports_to) if row.reports_to else "")),
                Prose.of(str(row.duties)),
                Prose.joined(_notes(row)),
            ]
            for row in rows
        ],
    )


def _one_line(text: str) -> str:
    """Return a text that cannot pass for a row of its own: a file with errors may hold any."""
    return text.replace("\n", "\\n")


def _notes(row: Row) -> list[tuple[str, str]]:
    notes = []
    if row.status != "in-force":
        notes.append((vocabulary.word(vocabulary.STATUSES, row.status), "yellow"))
    if not row.valid:
        notes.append((tr("has errors"), "red"))
    return notes if len(notes) < 2 else [notes[0], (" ", ""), notes[1]]


def _tree(book: Book, rows: list[Row]) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.tree import Tree

    from dutybook.cli.tables import Prose

    made = Tree("", hide_root=True)
    nodes = [made]
    plain = []
    width = console.width()
    for depth, row, position in _in_tree(rows):
        title = row.title if row else book.title(position)
        parts = [(title, "bold" if row else "dim"), (f"  {position}", "cyan" if row else "dim")]
        if row and row.unit:
            parts.append((f"  {row.unit}", "dim"))
        label = Prose.joined((_one_line(part), style) for part, style in parts)
        del nodes[depth + 1 :]
        nodes.append(nodes[depth].add(label))
        plain.append((depth, label))
    if max((depth for depth, _ in plain), default=0) * _BRANCH + _LABEL <= width:
        return made
    # Lines of a tree this deep would leave no room for the labels.
    return Group(*(Padding(label, (0, 0, 0, min(depth, width - _LABEL))) for depth, label in plain))


def _plain_tree(rows: list[Row]) -> list[list[str]]:
    return [
        [str(depth), position, row.title if row else ""] for depth, row, position in _in_tree(rows)
    ]


def _in_tree(rows: list[Row]) -> list[tuple[int, Row | None, str]]:
    """Return (depth, row, id) from the top down: superiors without a row first appear as heads.

    Positions whose reporting line runs in a circle hang below the first of them; files that share
    an id stand together.
    """
    by_id: dict[str, list[Row]] = {}
    below: dict[str | None, set[str]] = {}
    for row in rows:
        by_id.setdefault(row.id, []).append(row)
        below.setdefault(row.reports_to, set()).add(row.id)
    heads = sorted({superior for superior in below if superior and superior not in by_id})
    starts: list[str] = [*heads, *sorted(below.get(None, ()))]
    placed: set[str] = set()
    result: list[tuple[int, Row | None, str]] = []
    for start in [*starts, *sorted(by_id)]:
        waiting = [(0, start)]
        while waiting:
            depth, position = waiting.pop()
            if position in placed:
                continue
            placed.add(position)
            result += [(depth, row, position) for row in by_id.get(position, [None])]
            lower = sorted(below.get(position, ()), reverse=True)
            waiting += [(depth + 1, one) for one in lower]
    return result
