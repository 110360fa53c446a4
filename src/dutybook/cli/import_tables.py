"""The report of an import on a terminal: what was understood, what was not, what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.text import Text

from dutybook.cli import diff_tables, import_views
from dutybook.cli.tables import Column, Prose, table
from dutybook.messages import listed, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from dutybook.cli.import_views import Report
    from dutybook.importers.base import Place
    from dutybook.importers.plan import Planned

_SHOWN: Final = 120


def render(report: Report, width: int, *, color: bool) -> Iterator[RenderableType]:
    """Yield the parts of a report, file by file; in a book that is there, what changes in it."""
    for name in report.files:
        if len(report.files) > 1:
            yield Prose.of(name, "bold underline")
        yield from _of_file(report, name)
    yield Prose.of(import_views.summary(report), "bold")
    if report.update:
        yield Text()
        yield Prose.of(tr("What changes"), "bold")
        yield from diff_tables.render(report.changes, report.title_of, width, color=color)
        if report.absent:
            yield Text()
            yield Prose.of(import_views.absent(report))


def _of_file(report: Report, name: str) -> Iterator[RenderableType]:
    """Yield the positions of a file, notes, what was dropped, what was not understood."""
    positions = [one for one in report.plan.roles if one.draft.place.file == name]
    dropped = [one for one in report.dropped if one.place.file == name]
    unclear = [one for one in report.unclear if one.place.file == name]
    if positions:
        yield _positions(positions)
        yield Text()
    notes = [(one, said) for one in positions if (said := import_views.notes(report, one))]
    if notes:
        yield Prose.of(tr("Notes"), "bold")
        for planned, said in notes:
            yield Prose.of(planned.draft.title)
            yield Padding(Prose.of("\n".join(said), "dim"), (0, 0, 0, 2))
        yield Text()
    if dropped:
        yield Prose.of(tr("Dropped"), "bold")
        yield table(
            [Column(tr("What it says")), Column(tr("Why")), Column(tr("Place"), fixed=True)],
            [
                [_shortened(one.text), Prose.of(one.reason.words, "dim"), _place(one.place)]
                for one in dropped
            ],
        )
        yield Text()
    if unclear:
        yield Prose.of(tr("Not understood"), "bold")
        yield table(
            [Column(tr("What it says")), Column(tr("Place"), fixed=True)],
            [[_shortened(one.text), _place(one.place)] for one in unclear],
        )
        yield Text()


def _positions(positions: Sequence[Planned]) -> RenderableType:
    columns = [
        Column(tr("Position")),
        Column(tr("Id"), fixed=True),
        Column(tr("Duties"), number=True),
        Column(tr("Items"), number=True),
        Column(tr("Missing")),
        Column(tr("How sure"), fixed=True),
        Column(tr("Place"), fixed=True),
    ]
    return table(columns, map(_row, positions))


def _row(planned: Planned) -> list[Prose]:
    duties, items = import_views.counts(planned)
    return [
        Prose.of(planned.draft.title),
        Prose.of(planned.id, "cyan"),
        Prose.of(str(duties)),
        Prose.of(str(items) if items else ""),
        Prose.of(listed(import_views.missing(planned))),
        Prose.of(planned.draft.sure.words),
        _place(planned.draft.place),
    ]


def _place(place: Place) -> Prose:
    """Return a place in its file, which stands above the table or goes without saying."""
    return Prose.of(import_views.within(place), "dim")


def _shortened(text: str) -> Prose:
    """Return a text for a table, cut where it is very long: other formats have all of it."""
    one_line = text.replace("\n", " ")
    return Prose.of(one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1] + "…")
