"""`dutybook new`: the role file of a position, from a template that validates."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from dutybook import files, pinyin, writing
from dutybook.book import Book
from dutybook.cli import console, options
from dutybook.errors import EmptyBookError, PositionError, UsageError
from dutybook.messages import mark, tr
from dutybook.problems import Problem
from dutybook.text import fold, safe

_TEMPLATE = mark("""\
# yaml-language-server: $schema=../{schema}
id: {id}
title: {title}
# title_en:
# aliases: []
# unit:
# reports_to:
# purpose:
duties:
  - id: first-duty
    label: "1"
    title: What it is about
    text: Say here what is done, to what, with what result.
    # involvement: responsible
    # cadence: daily
    # counterparts: []
    # systems: []
    # tags: []
""")


def new(
    context: typer.Context,
    position: Annotated[
        str, typer.Argument(metavar="POSITION", help=mark("The title of the position, or its id."))
    ],
    *,
    id: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option(
            "--id",
            metavar="ID",
            help=mark("The id, which is the file's name; else it is made from the title."),
        ),
    ] = None,
) -> None:
    """Write `roles/<id>.yaml`; a position that is there already is left as it is."""
    from dutybook import model, source

    root = options.folder(context)
    title = position.strip()
    if not title or not title.isprintable():
        raise UsageError(tr("{name} cannot be a title.", name=safe(position) or '""'))
    role_id = id or _declared_id(root, title) or _spelt(title)
    if not model.is_role_id(role_id):
        raise UsageError(
            tr("{id} cannot be an id.", id=safe(role_id) or '""'),
            tr("Give one with --id: small letters, digits and single hyphens, a letter first."),
        )
    _check_free(root, role_id, title)
    path = f"{files.ROLES}/{role_id}.yaml"
    values = {"schema": files.SCHEMA, "id": role_id, "title": source.scalar(title)}
    writing.write_new({root / path: tr(_TEMPLATE, **values)})
    console.note(tr("{path} was written.", path=safe(options.shown_path(root, path))))


def _declared_id(root: Path, title: str) -> str:
    """Return the id under which `dutybook.yaml` declares a position of this title."""
    from dutybook import records

    content = files.read(root, files.SETTINGS)
    if isinstance(content, Problem):
        return ""
    settings = records.read_settings(content[0], files.SETTINGS).settings
    declared = settings.positions if settings else {}
    return next((name for name, known in declared.items() if fold(known) == fold(title)), "")


def _spelt(title: str) -> str:
    """Return an id made of a title: its words, or its first readings in pinyin."""
    words = [group.partition("|")[0] for group in pinyin.readings(fold(title)).split(" ")]
    joined = "".join(words) if not title.isascii() else "-".join(fold(title).split())
    return re.sub(r"[^a-z0-9-]", "", joined)


def _check_free(root: Path, role_id: str, title: str) -> None:
    """Refuse a position that the book has, whatever its file."""
    try:
        rows = Book(root).rows
    except EmptyBookError:
        return
    for row in rows:
        if row.id == role_id or (row.title and fold(row.title) == fold(title)):
            raise PositionError(
                tr(
                    "The book has {title} ({id}) already: {path}.",
                    title=safe(row.title),
                    id=safe(row.id),
                    path=safe(options.shown_path(root, row.path)),
                ),
                tr("Edit that file, or choose another title."),
            )
