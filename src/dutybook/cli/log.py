"""`dutybook log`: the history of a position or of one of its duties."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutybook import files
from dutybook.cli import console, options
from dutybook.errors import DutybookError, PositionError
from dutybook.messages import listed, mark, tr
from dutybook.problems import Problem
from dutybook.text import nearest, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dutybook.book import Book
    from dutybook.git import Repository
    from dutybook.history import Entry

_HEAD = "HEAD"


def log(
    context: typer.Context,
    position: Annotated[
        str,
        typer.Argument(
            metavar="POSITION",
            autocompletion=options.complete_positions,
            help=mark(
                "Id, title, alias, English title, the beginning of one, or its pinyin (khjl)."
            ),
        ),
    ],
    *,
    duty: Annotated[
        str | None,
        typer.Option(
            "--duty", metavar="ID|LABEL", help=mark("Only this duty, by its id or its number.")
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help=mark("At most N revisions."))
    ] = None,
    format: options.FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """Show who changed what in a position and when, the latest first."""
    from dutybook import history
    from dutybook.git import Repository

    repository = Repository.of(options.folder(context))
    head = repository.commit(_HEAD)
    path, book = _path(context, repository, head, position)
    found: Iterator[Entry] = history.entries(repository, head, path)
    duties = _duties(book, path) if duty is not None else {}
    if duty is not None:
        found = history.of_duty(found, _named(duties, duty))
    entries = list(islice(found, limit))
    if duty is not None and not entries:
        close = nearest(duty, duties)
        raise PositionError(
            tr("{positions}: no duty {duty}.", positions=safe(position), duty=safe(duty)),
            tr("Did you mean {name}?", name=listed(close))
            if close
            else tr("`dutybook show POSITION` shows what duties there are."),
        )
    if not entries:
        console.note(tr("Nothing of it has been committed yet."))
    _write(context, entries, console.chosen(format), book)


def _path(
    context: typer.Context, repository: Repository, head: str, name: str
) -> tuple[str, Book | None]:
    """Return the role file that a name means; one that is gone goes by its id.

    Raises:
        DutybookError: no position, or several have the name, now or in the past.
    """
    try:
        book = options.open_book(context)
        return book.find(name).path, book
    except DutybookError:
        path = f"{files.ROLES}/{name}.yaml"
        if files.is_role_path(path) and "\n" not in path and "\0" not in path:
            with_history = next(iter(repository.history(head, path)), None)
            if with_history is not None:
                return path, None
        raise


def _duties(book: Book | None, path: str) -> dict[str, str]:
    """Return the numbers of a position's duties as they are now, by id."""
    from dutybook import revisions

    content = files.read(book.root, path) if book else None
    if content is None or isinstance(content, Problem):
        return {}
    role, _ = revisions.read_role(content[0], path)
    return {duty.text("id"): duty.text("label") for duty in role.duties} if role else {}


def _named(duties: Mapping[str, str], name: str) -> str:
    """Return the id of the duty with an id or number; a name of none may be one that is gone."""
    labelled = [duty for duty, label in duties.items() if label == name]
    return labelled[0] if name not in duties and len(labelled) == 1 else name


def _write(
    context: typer.Context, entries: Sequence[Entry], chosen: str, book: Book | None
) -> None:
    from dutybook.cli import diff_views

    if chosen == "json":
        console.write_json({"version": 1, "entries": [_json(entry) for entry in entries]})
    elif chosen == "plain":
        console.write_plain(
            [entry.commit.id, entry.commit.date, entry.commit.author, *fields]
            for entry in entries
            for fields in (
                [diff_views.change_plain(change) for change in entry.changes]
                or [["unreadable", *[""] * 7]]
            )
        )
    elif entries:
        from dutybook.cli import diff_tables

        title_of = book.title if book else str
        console.write_rich(context, *diff_tables.render_log(entries, title_of))


def _json(entry: Entry) -> dict[str, Any]:
    from dutybook.cli import diff_views

    return {
        "revision": entry.commit.id,
        "date": entry.commit.date,
        "author": entry.commit.author,
        "changes": [diff_views.change_json(change) for change in entry.changes],
    }
