"""`dutybook init`: a book of one's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from dutybook import files, writing
from dutybook.cli import console
from dutybook.errors import WriteError
from dutybook.messages import mark, tr
from dutybook.text import safe

_SETTINGS = mark("""\
format: 1
# title: the name of the book

# Positions that duties name and that have no role file (yet): id and title.
positions: {}

# Systems and tags that duties may name, each with a description.
systems: {}
tags: {}

# Words that mean the same in a search, a list each: [anti-money laundering, AML]
synonyms: []
""")


def init(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help=mark("The folder of the book; here if not given.")),
    ] = None,
) -> None:
    """Write `dutybook.yaml`, the schema for editors, and an empty `roles/`."""
    from dutybook import model

    root = folder or Path()
    settings = root / files.SETTINGS
    if os.path.lexists(settings):
        raise WriteError(
            tr("There is a book in {folder} already.", folder=safe(str(root))),
            tr("`dutybook new POSITION` starts a role file in it."),
        )
    schema = root / files.SCHEMA
    if os.path.lexists(schema):
        raise WriteError(
            tr("{path} is there already; nothing was written.", path=safe(str(schema))),
            tr("Choose another name, or delete it first."),
        )
    writing.make_folder(root / files.ROLES)
    writing.write_new({schema: model.schema_text("role"), settings: tr(_SETTINGS)})
    console.note(tr("A book was started in {folder}.", folder=safe(str(root.resolve()))))
    console.note(tr("Next: `dutybook new POSITION` there."))
