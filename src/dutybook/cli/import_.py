"""`dutybook import`: from a manual in Word, Excel, PDF or text to the role files of a book."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dutybook import files
from dutybook.cli import console, import_views, options
from dutybook.cli.console import DocumentFormat
from dutybook.errors import DutybookError, UsageError
from dutybook.memory import without_collection
from dutybook.messages import mark, tr
from dutybook.text import safe

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dutybook.importers.base import Manual
    from dutybook.importers.plan import Plan
    from dutybook.importers.shelf import Shelf


def import_(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help=mark("Manuals: txt, md, docx, xlsx, csv, pdf; - is standard input."),
        ),
    ],
    *,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="DIR", help=mark("The book to write to, made where there is none.")
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=mark("Report what was understood, and write nothing."))
    ] = False,
    update: Annotated[
        bool,
        typer.Option(
            "--update",
            help=mark("Merge into positions that are there; ids, comments and annotations stay."),
        ),
    ] = False,
    no_annotate: Annotated[
        bool,
        typer.Option(
            "--no-annotate",
            help=mark("Leave out part, cadence, counterparts and systems found in the words."),
        ),
    ] = False,
    titles: Annotated[
        str | None,
        typer.Option("--map", metavar="CSV", help=mark("A file of titles and the ids they get.")),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="E", help=mark("The encoding of text files.")),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        DocumentFormat | None,
        typer.Option("--format", help=mark("How to write the report; in a pipe it is plain.")),
    ] = None,
) -> None:
    """Read manuals, report what was understood, and write all of their positions or none."""
    from dutybook.importers import plan as planning
    from dutybook.importers import reading, shelf, txt

    if len(paths) > 1 and reading.STDIN in paths:
        raise UsageError(tr("Standard input cannot be read together with other files."))
    book = shelf.open_shelf(into if into is not None else options.folder(context))
    names = {}
    if titles:
        raw, name = reading.load(titles)
        names = planning.read_titles(txt.decode(raw, name, None), name)
    with without_collection():
        manuals = [_read(path, encoding) for path in paths]
        plan = planning.make(manuals, book, names, annotated=not no_annotate)
    failed: DutybookError | None = None
    settings = None
    if plan.roles and not dry_run:
        try:
            with without_collection():
                settings = _prepared(plan, book, update=update, paths=paths)
        except DutybookError as error:
            failed = error
    _report(context, plan, manuals, format)
    if failed:
        raise failed
    if not plan.roles:
        raise DutybookError(
            tr("No position with duties was found."),
            tr("The report lists what was not understood; give positions a heading of their own."),
        )
    if not dry_run:
        for path in _write(plan, book, settings):
            console.note(tr("{path} was written.", path=safe(options.shown_path(book.root, path))))


def _read(path: str, encoding: str | None) -> Manual:
    """Read and parse one file, with a bar where it takes long."""
    from dutybook.importers import parser, reading

    raw, name = reading.load(path)
    with _progress(name or tr("standard input")) as advance:
        blocks = list(reading.blocks(raw, name, encoding))
        advance(0.3)
        return parser.parse(blocks, Path(name).stem)


@contextmanager
def _progress(name: str) -> Iterator[Callable[[float], None]]:
    """Show a bar on a terminal while a file is read."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(safe(name), total=1.0)
        yield lambda done: bar.update(task, completed=done)


def _prepared(plan: Plan, book: Shelf, *, update: bool, paths: list[str]) -> str | None:
    """Make the text of every file and check it; return that of `dutybook.yaml` for a new book.

    Raises:
        DutybookError: something of it cannot be written.
    """
    from dutybook.importers import plan as planning

    if not update:
        planning.refuse_clashes(plan)
    planning.render(plan)
    settings = None
    if book.is_new:
        title = Path(paths[0]).stem if paths[0] != "-" else ""
        settings = planning.settings_text(title, plan.declared)
    planning.check(plan, book, settings, date.today())
    return settings


def _write(plan: Plan, book: Shelf, settings: str | None) -> list[str]:
    """Write all files of a plan or none, and return their paths."""
    from dutybook import model

    fresh = {book.root / one.path: one.text for one in plan.roles if one.existing is None}
    if settings is not None:
        fresh[book.root / files.SETTINGS] = settings
        if not (book.root / files.SCHEMA).exists():
            fresh[book.root / files.SCHEMA] = model.schema_text("role")
    changed = {
        book.root / one.path: one.text
        for one in plan.clashes
        if one.existing and one.text.encode() != one.existing.raw
    }
    files.write_all(fresh, changed)
    return [one.path for one in plan.roles if book.root / one.path in {**fresh, **changed}]


def _report(
    context: typer.Context,
    plan: Plan,
    manuals: list[Manual],
    format: DocumentFormat | None,  # noqa: A002 - the option's name
) -> None:
    """Write the report, before anything else is written."""
    chosen = console.chosen(format)
    if chosen == "json":
        console.write_json(import_views.document(plan, manuals))
    elif chosen == "plain":
        console.write_plain(import_views.plain(plan, manuals))
    elif chosen == "markdown":
        console.write(import_views.markdown(plan, manuals))
    else:
        _tables(context, plan, manuals)


def _tables(context: typer.Context, plan: Plan, manuals: list[Manual]) -> None:
    from rich.text import Text

    from dutybook.cli.tables import Column, Prose, table

    headings = import_views.role_headings()
    columns = [Column(name, number=index in {2, 3}) for index, name in enumerate(headings)]
    rows = [[Prose.of(cell) for cell in import_views.role_row(one)] for one in plan.roles]
    dropped = [
        [
            Prose.of(one.reason.words),
            Prose.of(import_views.shortened(one.text)),
            Prose.of(one.place.shown()),
        ]
        for manual in manuals
        for one in manual.dropped
    ]
    unclear = [
        [Prose.of(import_views.shortened(one.text)), Prose.of(one.place.shown())]
        for manual in manuals
        for one in manual.unclear
    ]
    parts: list[RenderableType] = []
    if rows:
        parts += [table(columns, rows), Text()]
    if dropped:
        names = [Column(tr("Why"), fixed=True), Column(tr("Text")), Column(tr("Place"))]
        parts += [Prose.of(tr("Dropped"), "bold"), table(names, dropped), Text()]
    if unclear:
        names = [Column(tr("Text")), Column(tr("Place"))]
        parts += [Prose.of(tr("Not understood"), "bold"), table(names, unclear), Text()]
    console.write_rich(context, *parts, Prose.of(import_views.summary(plan, manuals)))
