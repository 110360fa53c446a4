"""What commands ask for alike: the book, a format, a position, a tag, with their completions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from dutybook import files
from dutybook.book import Book
from dutybook.cli import console, usage
from dutybook.cli.console import DocumentFormat, Format
from dutybook.errors import DutybookError
from dutybook.messages import mark, tr


def folder(context: typer.Context) -> Path:
    """Return the folder of the book that the command line, the environment or the place says.

    Raises:
        BookNotFoundError: there is none.
    """
    return files.find_book(usage.common(context, "book"), os.environ, Path.cwd())


def open_book(context: typer.Context) -> Book:
    """Open the book, and say on stderr what is wrong with `dutybook.yaml`.

    Raises:
        DutybookError: there is no book, or nothing in it can be used.
    """
    book = Book(folder(context))
    if not book.declared.valid:
        console.note(
            tr(
                "{settings} has errors and is passed over; `dutybook validate` shows them.",
                settings=files.SETTINGS,
            )
        )
    return book


def shown_path(root: Path, path: str) -> str:
    """Return a path of the book relative to the current folder, with `/`."""
    return os.path.relpath(root / path).replace(os.sep, "/")


def complete_positions(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the positions of the book for completion, by id or title after what was begun."""
    with suppress(DutybookError):
        book = Book(folder(context))
        for row in book.rows:
            title = row.title.replace("[", "\\[")  # typer takes help for markup
            if incomplete.isascii():
                yield row.id, title
            elif row.title:
                yield row.title, row.id


def _complete_tags(context: typer.Context) -> list[str]:
    with suppress(DutybookError):
        book = Book(folder(context))
        return sorted({*book.declared.tags, *(tag for row in book.rows for tag in row.tags)})
    return []


FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help=mark("How to write the result; in a pipe it is plain.")),
]
DocumentFormatOption = Annotated[
    DocumentFormat | None,
    typer.Option("--format", help=mark("How to write the result; in a pipe it is plain.")),
]
PositionsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="POSITION",
        autocompletion=complete_positions,
        help=mark("Id, title, alias, English title, the beginning of one, or its pinyin (khjl)."),
    ),
]
TagOption = Annotated[
    str | None,
    typer.Option(
        "--tag", metavar="TAG", autocompletion=_complete_tags, help=mark("Only what has this tag.")
    ),
]
SuperiorOption = Annotated[
    str | None,
    typer.Option(
        "--reports-to",
        metavar="POSITION",
        autocompletion=complete_positions,
        help=mark("Only positions that report to this one."),
    ),
]
