"""`dutybook completion`: the script that a shell reads to complete commands and positions."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dutybook.cli import console
from dutybook.messages import mark


class Shell(StrEnum):
    """The shells that can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def completion(
    shell: Annotated[
        Shell,
        typer.Argument(
            metavar="bash|zsh|fish|powershell",
            help=mark("The shell; put the script into its start file."),
        ),
    ],
) -> None:
    """Print the script."""
    from typer._completion_shared import get_completion_script

    script = get_completion_script(
        prog_name="dutybook", complete_var="_DUTYBOOK_COMPLETE", shell=shell.value
    )
    console.write(script + "\n")
