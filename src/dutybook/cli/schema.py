"""`dutybook schema`: the JSON Schema of the two kinds of file, for editors."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from dutybook.cli import console
from dutybook.messages import mark


class Subject(StrEnum):
    """What has a schema."""

    ROLE = "role"
    BOOK = "book"


def text(subject: Subject) -> str:
    """Return the schema as it is printed, and as `init` writes it."""
    from dutybook import model

    return json.dumps(model.json_schema(subject.value), ensure_ascii=False, indent=2) + "\n"


def schema(
    subject: Annotated[
        Subject, typer.Argument(metavar="role|book", help=mark("Role files, or dutybook.yaml."))
    ] = Subject.ROLE,
) -> None:
    """Print the JSON Schema."""
    console.write(text(subject))
