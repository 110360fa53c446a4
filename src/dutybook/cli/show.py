"""`dutybook show`: positions in full, the head and then the duties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dutybook.cli import console, options
from dutybook.errors import PositionError
from dutybook.messages import listed, mark, tr
from dutybook.problems import Problem
from dutybook.text import fold, nearest, safe

if TYPE_CHECKING:
    from dutybook.book import Book
    from dutybook.model import Duty, Role
    from dutybook.rows import Row

EXIT_FAULTY = 2


def show(
    context: typer.Context,
    positions: options.PositionsArgument,
    *,
    duty: Annotated[
        str | None,
        typer.Option(
            "--duty", metavar="ID|LABEL", help=mark("Only this duty, by its id or its number.")
        ),
    ] = None,
    tag: options.TagOption = None,
    format: options.DocumentFormatOption = None,  # noqa: A002 - the option's name
) -> int:
    """Show positions; a file with errors shows its problems instead, and the exit code is 2."""
    book = options.open_book(context)
    rows = {row.path: row for row in map(book.find, positions)}
    roles: list[Role] = []
    faulty = False
    for row in rows.values():
        role = _read(book, row)
        if role is None:
            faulty = True
        else:
            roles.append(role)
    if roles:
        _write(context, book, _narrowed(roles, duty, tag), console.chosen(format))
    return EXIT_FAULTY if faulty else 0


def _read(book: Book, row: Row) -> Role | None:
    """Return a role, or write the problems of its file to stderr."""
    from dutybook.reports import text

    record = book.read(row)
    problems: tuple[Problem, ...]
    if isinstance(record, Problem):
        problems, lines = (record,), []
    elif record.role is not None:
        return record.role
    else:
        problems, lines = record.problems, record.document.lines
    console.note(
        text.render(
            problems, {row.path: lines}, lambda path: options.shown_path(book.root, path)
        ).rstrip("\n")
    )
    return None


def _narrowed(roles: list[Role], duty: str | None, tag: str | None) -> list[Role]:
    """Return the roles with only the duties asked for.

    Raises:
        PositionError: no duty of them is asked for.
    """
    if duty is None and tag is None:
        return roles
    narrowed = [
        role.model_copy(
            update={"duties": tuple(one for one in role.duties if _fits(one, duty, tag))}
        )
        for role in roles
    ]
    if any(role.duties for role in narrowed):
        return [role for role in narrowed if role.duties]
    titles = listed([safe(role.title) for role in roles])
    if duty is not None and tag is None:
        known = [one.id for role in roles for one in role.duties]
        labels = [one.label for role in roles for one in role.duties if one.label]
        close = nearest(duty, known)
        raise PositionError(
            tr("{positions}: no duty {duty}.", positions=titles, duty=safe(duty)),
            tr("Did you mean {name}?", name=listed(close))
            if close
            else tr("Numbers there: {labels}.", labels=listed(list(map(safe, labels)))),
        )
    raise PositionError(tr("{positions}: no duty fits.", positions=titles))


def _fits(duty: Duty, asked: str | None, tag: str | None) -> bool:
    if asked is not None and asked not in {duty.id, duty.label}:
        return False
    tags = {*duty.tags, *(one for item in duty.items for one in item.tags)}
    return tag is None or fold(tag) in map(fold, tags)


def _write(context: typer.Context, book: Book, roles: list[Role], chosen: str) -> None:
    from dutybook.cli import role_views

    if chosen == "json":
        console.write_json(
            {"version": 1, "roles": [role.model_dump(mode="json") for role in roles]}
        )
    elif chosen == "plain":
        console.write_plain(line for role in roles for line in role_views.plain(role))
    elif chosen == "markdown":
        console.write("\n".join(role_views.markdown(role, book.title) for role in roles))
    else:
        from dutybook.cli import role_tables

        for role in roles:
            console.write_rich(context, *role_tables.render(role, book.title, console.width()))
