"""What commands ask for alike: the book, a format, a position, a tag, with their completions."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dutybook import files
from dutybook.book import Book
from dutybook.cli import console, usage
from dutybook.cli.console import DocumentFormat, Format
from dutybook.errors import DutybookError, UsageError
from dutybook.messages import mark, tr
from dutybook.text import safe


def folder(context: typer.Context) -> Path:
    """Return the folder of the book that the command line, the environment or the place says.

    Raises:
        BookNotFoundError: there is none.
    """
    try:
        here = Path.cwd()
    except FileNotFoundError:  # deleted under the reader's feet
        here = Path()
    return files.find_book(usage.common(context, "book"), os.environ, here)


def open_book(context: typer.Context) -> Book:
    """Open the book, and say on stderr what is wrong with `dutybook.yaml`.

    Raises:
        DutybookError: there is no book, or nothing in it can be used.
    """
    book = Book(folder(context), console.progress(context))
    if not book.declared.valid:
        console.note(
            tr(
                "{settings} has errors and is passed over; `dutybook validate` shows them.",
                settings=files.SETTINGS,
            )
        )
    return book


def today() -> date:
    """Return the day that rules go by: $DUTYBOOK_TODAY, or this one.

    Raises:
        UsageError: the variable holds no date.
    """
    asked = os.environ.get("DUTYBOOK_TODAY")
    if not asked:
        return date.today()
    try:
        return date.fromisoformat(asked)
    except ValueError:
        raise UsageError(
            tr("DUTYBOOK_TODAY is no date: {value}.", value=safe(asked)),
            tr("Year-month-day: `2026-01-31`."),
        ) from None


def shown_path(root: Path, path: str) -> str:
    """Return a path of the book relative to the current folder, with `/`."""
    try:
        shown = os.path.relpath(root / path)
    except (OSError, ValueError):  # there is no current folder, or it is on another drive
        shown = str(root / path)
    return shown.replace(os.sep, "/")


# Typer's scripts put what is completed on the command line unquoted, bash expands it, and in zsh
# it passes through `eval`, where a backslash undoes the quoting.
_ACTIVE = re.compile(r"[\s!\"#$&'()*;<>?\[\\\]`{|}~]")
_ESCAPING = re.compile(r"[\\`$\"']")
_HELP_LENGTH = 32  # typer breaks a longer help into lines, which a shell takes for more words


def _offered(value: str) -> bool:
    """Tell whether a shell would take a word as it stands."""
    return safe(value) == value and not _ACTIVE.search(value) and not value.startswith("-")


def _help(text: str) -> str:
    """Return a text as the help of a word, which typer takes for markup and zsh evaluates."""
    shown = _ESCAPING.sub("", safe(text.replace("\n", " ")))[:_HELP_LENGTH]
    return shown.replace("[", "\\[")


def path_from_top(root: Path) -> Callable[[str], str]:
    """Return how to give a path of the book from the top of the git work tree it lies in."""
    folder = Path(os.path.realpath(root))
    top = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)
    prefix = folder.relative_to(top).as_posix()
    return lambda path: path if prefix == "." else f"{prefix}/{path}"


def complete_positions(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the positions of the book for completion, by id or title after what was begun."""
    with suppress(DutybookError):
        for row in Book(folder(context)).rows:
            value, about = (row.id, row.title) if incomplete.isascii() else (row.title, row.id)
            if value and _offered(value):
                yield value, _help(about)


def _complete_tags(context: typer.Context) -> list[str]:
    with suppress(DutybookError):
        book = Book(folder(context))
        tags = {*book.declared.tags, *(tag for row in book.rows for tag in row.tags)}
        return sorted(filter(_offered, tags))
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
RoleOption = Annotated[
    str | None,
    typer.Option(
        "--role",
        metavar="POSITION",
        autocompletion=complete_positions,
        help=mark("Only the duties of this position."),
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
