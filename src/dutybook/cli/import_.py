"""`dutybook import`: from a manual in Word, Excel, PDF or text to the role files of a book."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dutybook import files, writing
from dutybook.cli import console, options
from dutybook.cli.console import DocumentFormat
from dutybook.errors import BookNotFoundError, DutybookError, UsageError
from dutybook.memory import without_collection
from dutybook.messages import listed, mark, tr
from dutybook.text import fold, safe

if TYPE_CHECKING:
    from dutybook.cli.console import Step
    from dutybook.cli.import_views import Report
    from dutybook.importers.base import Manual
    from dutybook.importers.outcome import Outcome
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
    from dutybook.cli.import_views import Report
    from dutybook.importers import outcome, reading, shelf
    from dutybook.importers.outcome import ClashError

    is_beside = len(paths) > 1 and reading.STDIN in paths
    if is_beside or [*paths, titles].count(reading.STDIN) > 1:
        raise UsageError(
            tr("Standard input cannot be read together with other files."),
            tr("Name files only, or give one on standard input."),
        )
    with console.steps() as tell, without_collection():
        into = into if into is not None else _folder(context)
        book = shelf.open_shelf(into, partial(tell, tr("Reading the book")))
        manuals = [_read(path, encoding, tell) for path in paths]
        plan = _plan(manuals, book, titles, annotated=not no_annotate)
        result: Outcome | None = None
        refusal = _refusal(plan, update=update)
        if refusal is None:
            try:
                checking = partial(tell, tr("Checking"))
                result = outcome.of_plan(plan, book, _title(paths), options.today(), checking)
            except DutybookError as error:
                refusal = error
    report = Report(plan, manuals, result if update else None)
    _write_report(context, report, console.chosen(format))
    if dry_run and isinstance(refusal, ClashError):
        console.note(refusal.message)
        console.note(tr("  {hint}", hint=refusal.hint))
    elif refusal is not None:
        raise refusal
    elif result is not None and not dry_run:
        _write(result, book)


def _folder(context: typer.Context) -> Path:
    """Return the book that is meant where nobody says."""
    try:
        return options.folder(context)
    except BookNotFoundError as error:
        hint = tr("Say with --into which folder the book is in, or is to be made in.")
        raise BookNotFoundError(error.message, hint) from None


def _plan(manuals: list[Manual], book: Shelf, titles: str | None, *, annotated: bool) -> Plan:
    """Return what becomes of the manuals; titles in the file of ids that they lack are told."""
    from dutybook.importers import plan, reading, txt
    from dutybook.importers.base import ImportFileError

    names = {}
    if titles:
        raw, name = reading.load(titles)
        try:
            text = txt.decode(raw, name, None)
        except ImportFileError as error:
            raise ImportFileError(error.message, tr("Save it as text in UTF-8.")) from None
        names = plan.read_titles(text, name)
    made = plan.make(manuals, book, names, annotated=annotated)
    found = {fold(one.draft.title) for one in made.roles}
    unknown = [title for title in names if fold(title) not in found]
    if unknown:
        console.note(
            tr(
                "No position of the manual has a title that {file} names: {titles}.",
                file=safe(str(titles)),
                titles=listed([safe(one) for one in unknown]),
            )
        )
    return made


def _refusal(plan: Plan, *, update: bool) -> DutybookError | None:
    """Return why nothing of a plan can be written, None where it can."""
    from dutybook.importers import outcome

    if not plan.roles:
        return DutybookError(
            tr("No position with duties was found."),
            tr("The report lists what was not understood; give positions a heading of their own."),
        )
    try:
        outcome.refuse_doubles(plan)
        if not update:
            outcome.refuse_clashes(plan)
    except DutybookError as error:
        return error
    return None


def _title(paths: list[str]) -> str:
    """Return what a new book is called: as its first manual."""
    from dutybook.importers import reading

    return reading.document(paths[0]) if paths[0] != reading.STDIN else ""


def _read(path: str, encoding: str | None, tell: Step) -> Manual:
    """Read and parse one file."""
    from dutybook.importers import parser, reading

    raw, name = reading.load(path)
    shown = name or tr("standard input")
    tell(tr("Reading {file}", file=shown))
    blocks = list(reading.blocks(raw, name, encoding))
    understanding = partial(tell, tr("Understanding {file}", file=shown))
    understanding(0, 0)
    return parser.parse(blocks, reading.document(name), understanding)


def _write(result: Outcome, book: Shelf) -> None:
    """Write all files or none, and say which."""
    new = {book.root / path: text for path, text in result.new.items()}
    changed = {book.root / path: texts for path, texts in result.changed.items()}
    with console.steps() as tell:
        writing.write_all(new, changed, partial(tell, tr("Writing")))
    for path in [*result.new, *result.changed]:
        if files.is_role_path(path):
            console.note(tr("{path} was written.", path=safe(options.shown_path(book.root, path))))
    if not new and not changed:
        console.note(tr("The book says all of it already; nothing was written."))


def _write_report(context: typer.Context, report: Report, chosen: str) -> None:
    """Write the report, before anything else is written."""
    from dutybook.cli import import_views

    if chosen == "json":
        console.write_json(import_views.document(report))
    elif chosen == "plain":
        console.write_plain(import_views.plain(report))
    elif chosen == "markdown":
        console.write(import_views.markdown(report))
    else:
        from dutybook.cli import import_tables

        color = console.has_color(context)
        parts = import_tables.render(report, console.width(), color=color)
        console.write_rich(context, *parts)
