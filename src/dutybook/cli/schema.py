"""`dutybook schema`: the JSON Schema of the two kinds of file, for editors."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dutybook.cli import console
from dutybook.messages import mark


class Subject(StrEnum):
    """What has a schema."""

    ROLE = "role"
    BOOK = "book"


def schema(
    subject: Annotated[
        Subject, typer.Argument(metavar="role|book", help=mark("Role files, or dutybook.yaml."))
    ] = Subject.ROLE,
) -> None:
    """Print the JSON Schema."""
    from dutybook import model

    console.write(model.schema_text(subject.value))
