"""Changes on a terminal: side by side where it is wide, one below the other where it is narrow.

Old is red and struck, new is green; without colours, `[-old-]` and `{+new+}` say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.text import Text

from dutybook.changes.base import Kind
from dutybook.cli import diff_views
from dutybook.cli.tables import Column, Prose, table
from dutybook.messages import tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from dutybook.changes.base import Change, Place, Spans
    from dutybook.changes.pairs import Comparison
    from dutybook.cli.diff_views import Piece, Row
    from dutybook.history import Entry

_WIDE: Final = 110
_OLD: Final = "red strike"
_NEW: Final = "green"


def render(
    changes: Sequence[Change], title_of: Callable[[str], str], width: int, *, color: bool
) -> Iterator[RenderableType]:
    """Yield the parts of a list of changes, by position."""
    for place, group in diff_views.by_role(changes):
        yield _heading(place, group)
        rows = [diff_views.row(change, title_of) for change in group]
        if width >= _WIDE:
            yield _side_by_side(rows, color=color)
        else:
            yield from _stacked(rows, color=color)
        yield Text()
    yield Prose.of(diff_views.summary(changes), "bold")


def _heading(place: Place, changes: Iterable[Change]) -> RenderableType:
    said = diff_views.counts_in_words(changes)
    return Prose.joined(
        [
            (place.role_title or place.role, "bold"),
            (f"  {place.role}", "cyan"),
            (f"  {said}", "dim"),
        ]
    )


def _side_by_side(rows: Iterable[Row], *, color: bool) -> RenderableType:
    columns = [
        Column(tr("Where")),
        Column(tr("Change")),
        Column(tr("Old text")),
        Column(tr("New text")),
    ]
    return table(
        columns,
        [
            [
                Prose.of(row.where),
                Prose.of(row.what, "dim"),
                side(row.old, _OLD, "[-", "-]", marks=bool(row.spans), color=color),
                side(row.new, _NEW, "{+", "+}", marks=bool(row.spans), color=color),
            ]
            for row in rows
        ],
    )


def side(
    pieces: Iterable[Piece], style: str, start: str, end: str, *, marks: bool, color: bool
) -> Prose:
    """Return one side of a change: what differs is styled, or marked where there are no colours.

    Where nothing is equal there is nothing to mark off.
    """
    quiet = color or not marks
    return Prose.joined(
        (text if quiet or not differs else f"{start}{text}{end}", style if differs else "")
        for text, differs in pieces
    )


def _stacked(rows: Iterable[Row], *, color: bool) -> Iterator[RenderableType]:
    for row in rows:
        heading = [(row.where, "bold"), ("  " if row.where else "", ""), (row.what, "dim")]
        yield Padding(Prose.joined(heading), (0, 0, 0, 2))
        if row.spans:
            merged = _merged(row.old, row.new, row.spans, color=color)
            yield Padding(Prose.joined(merged), (0, 0, 0, 4))
            continue
        for sign, pieces, style in (("- ", row.old, _OLD), ("+ ", row.new, _NEW)):
            text = "".join(text for text, _ in pieces)
            if text:
                yield Padding(_signed(sign, text, style), (0, 0, 0, 4))


def _signed(sign: str, text: str, style: str) -> RenderableType:
    lines = safe(text).split("\n")
    color = style.partition(" ")[0]
    return Prose.joined(
        part
        for number, line in enumerate(lines)
        for part in ((("\n" if number else "") + sign, color), (line, style))
    )


def _merged(
    olds: Iterable[Piece], news: Iterable[Piece], spans: Spans, *, color: bool
) -> Iterator[tuple[str, str]]:
    """Yield both texts in one: what is equal once, what went and then what came in its place."""
    old, new = ("".join(text for text, _ in pieces) for pieces in (olds, news))
    at = 0
    for start, end, other, other_end in spans:
        yield old[at:start], ""
        if end > start:
            yield (old[start:end] if color else f"[-{old[start:end]}-]"), _OLD
        if other_end > other:
            yield (new[other:other_end] if color else f"{{+{new[other:other_end]}+}}"), _NEW
        at = end
    yield old[at:], ""


def render_pairs(
    comparison: Comparison, title_of: Callable[[str], str], width: int, *, color: bool
) -> Iterator[RenderableType]:
    """Yield two positions beside each other: the difference of their heads, then the duties."""
    old, new = diff_views.names(comparison)
    heads = list(diff_views.head_rows(comparison, title_of))
    besides = [diff_views.beside(pair) for pair in comparison.pairs]
    if width >= _WIDE:
        if heads:
            yield table(
                [Column(tr("Field")), Column(safe(old)), Column(safe(new))],
                [[Prose.of(field), _text(row.old), _text(row.new)] for row, field in heads],
            )
            yield Text()
        yield table(
            [
                Column(tr("Fit")),
                Column(tr("No."), fixed=True),
                Column(safe(old)),
                Column(tr("No."), fixed=True),
                Column(safe(new)),
            ],
            [
                [
                    Prose.of(one.fit, "dim"),
                    Prose.of(one.old_label),
                    side(one.old, _OLD, "[-", "-]", marks=bool(one.spans), color=color),
                    Prose.of(one.new_label),
                    side(one.new, _NEW, "{+", "+}", marks=bool(one.spans), color=color),
                ]
                for one in besides
            ],
            range(len(besides)),
        )
    else:
        for row, field in heads:
            yield Prose.of(field, "bold")
            yield from _both(old, new, row.old, row.new, marks=False, color=color)
        for one in besides:
            labels = [label for label in (one.old_label, one.new_label) if label]
            yield Prose.joined([(one.fit, "bold"), ("  " + " / ".join(labels), "dim")])
            if one.is_close:
                merged = _merged(one.old, one.new, one.spans, color=color)
                yield Padding(Prose.joined(merged), (0, 0, 0, 2))
            else:
                yield from _both(old, new, one.old, one.new, marks=bool(one.spans), color=color)
    yield Text()
    yield Prose.of(diff_views.pairs_summary(comparison), "bold")


def _text(pieces: Iterable[Piece]) -> Prose:
    return Prose.of("".join(text for text, _ in pieces))


def _both(
    old: str,
    new: str,
    olds: Sequence[Piece],
    news: Sequence[Piece],
    *,
    marks: bool,
    color: bool,
) -> Iterator[RenderableType]:
    """Yield both sides below each other, each under the name of its position; equal ones once."""
    if olds == news:
        yield Padding(side(olds, "", "", "", marks=False, color=color), (0, 0, 0, 2))
        return
    for name, pieces, style, start, end in (
        (old, olds, _OLD, "[-", "-]"),
        (new, news, _NEW, "{+", "+}"),
    ):
        if pieces:
            yield Padding(Prose.of(name, "cyan"), (0, 0, 0, 2))
            yield Padding(side(pieces, style, start, end, marks=marks, color=color), (0, 0, 0, 4))


def stat(changes: Sequence[Change]) -> RenderableType:
    """Return the counts of changes by position as a table."""
    columns = [Column(tr("Position")), Column(tr("Id"), fixed=True)]
    columns += [Column(tr(diff_views.KINDS[kind]), number=True) for kind in Kind]
    return table(
        columns,
        [
            [Prose.of(place.role_title), Prose.of(place.role, "cyan")]
            + [Prose.of(str(count) if count else "") for count in counts.values()]
            for place, counts in diff_views.stat(changes)
        ],
    )


def render_log(
    entries: Iterable[Entry], title_of: Callable[[str], str]
) -> Iterator[RenderableType]:
    """Yield the history of a position: a heading a commit, and below it a line a change."""
    for entry in entries:
        commit = entry.commit
        yield Prose.joined(
            [
                (commit.date[:10], "bold"),
                (f"  {commit.id[:10]}", "cyan"),
                (f"  {_one_line(commit.author)}", ""),
            ]
        )
        if not entry.is_readable:
            yield Padding(Prose.of(tr("The file could not be read then."), "dim"), (0, 0, 0, 4))
        for change in entry.changes:
            row = diff_views.row(change, title_of)
            parts = [(f"{row.where}  " if row.where else "", ""), (row.what, "dim")]
            yield Padding(Prose.joined(parts + _from_to(row)), (0, 0, 0, 4))


def _from_to(row: Row) -> list[tuple[str, str]]:
    """Return what went and what came, on one line; of a long text only what differs."""
    parts: list[tuple[str, str]] = []
    for sign, pieces, style in (("  -", row.old, _OLD), ("  +", row.new, _NEW)):
        said = " … ".join(_one_line(text) for text, differs in pieces if differs)
        if said:
            parts += [(f"{sign} ", ""), (said, style)]
    return parts


def _one_line(text: str) -> str:
    return " ".join(text.split())
