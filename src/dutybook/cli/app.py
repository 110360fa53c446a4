"""The commands together, and the way in: language, usage errors, exit codes, broken pipes."""

from __future__ import annotations

import copy
import os
import sys
import traceback
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutybook import __version__, messages
from dutybook.cli import completion, console, init, new, rule, schema, search, usage, validate
from dutybook.cli import diff as diff_command
from dutybook.cli import import_ as import_command
from dutybook.cli import list as list_command
from dutybook.cli import log as log_command
from dutybook.cli import show as show_command
from dutybook.errors import DutybookError
from dutybook.messages import mark, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

EXIT_FAILURE = 2
EXIT_INTERRUPTED = 130

app = typer.Typer(
    cls=usage.Group,
    help=mark("Question a duty manual that is kept as files: who does what, how often, with whom."),
    epilog=mark(
        "Examples: `dutybook list`, `dutybook show 客户经理`. More: `dutybook COMMAND --help`."
    ),
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for name, function, summary in (
    ("list", list_command.positions, mark("List the positions of the book.")),
    (
        "show",
        show_command.show,
        mark("Show positions: the head, then the duties with their items."),
    ),
    ("search", search.search, mark("Search duties and positions; pinyin and synonyms count too.")),
    ("diff", diff_command.diff, mark("Compare positions, revisions or books by what they say.")),
    ("log", log_command.log, mark("Show the history of a position, or of one of its duties.")),
    ("validate", validate.validate, mark("Check the book: all problems of all files in one run.")),
    ("rule", rule.rule, mark("List the rules of validation, or explain one.")),
    ("init", init.init, mark("Start a book of one's own.")),
    ("new", new.new, mark("Start the role file of a position from a template.")),
    (
        "import",
        import_command.import_,
        mark("Read a manual from Word, Excel, PDF or text into role files."),
    ),
    ("schema", schema.schema, mark("Print the JSON Schema of role files or of dutybook.yaml.")),
    ("completion", completion.completion, mark("Print the completion script of a shell.")),
):
    kind = usage.QueryCommand if name == "search" else usage.Command
    app.command(name, cls=kind, help=summary)(function)


@app.callback()
def main(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help=mark("Print the version."))] = False,
) -> None:
    """Print the version or the help; commands run by themselves."""
    if version:
        console.write(f"dutybook {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        console.write(context.get_help() + "\n")
        raise typer.Exit


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return the exit code; every failure is told on stderr."""
    console.prepare()
    messages.use(messages.choose(arguments, os.environ))
    if "_DUTYBOOK_COMPLETE" in os.environ:
        from typer._completion_classes import completion_init

        completion_init()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough: `dutybook list | head`
        console.silence()
        return 0
    except KeyboardInterrupt:
        console.silence()
        return EXIT_INTERRUPTED
    except OSError as error:
        console.silence()
        console.failure(tr("The output cannot be written: {reason}", reason=error.strerror or ""))
        return EXIT_FAILURE
    return code


def _run(arguments: Sequence[str]) -> int:
    completing = "_DUTYBOOK_COMPLETE" in os.environ
    command = _parser(None if completing else usage.first_word(arguments))
    try:
        if completing:
            return command.main(list(arguments), prog_name="dutybook", standalone_mode=False) or 0
        # Not main(), which makes of a closed pipe the exit code 1.
        with command.make_context("dutybook", list(arguments)) as context:
            return command.invoke(context) or 0
    except typer.Exit as done:
        return done.exit_code
    except DutybookError as error:
        console.failure(error.message, error.hint)
        return error.exit_code
    except usage.PARSER_ERRORS as error:
        console.failure(*usage.worded(error))
        return EXIT_FAILURE
    except OSError as error:
        if console.is_output_error(error):
            raise
        return _bug(error)
    except Exception as error:  # noqa: BLE001 - the last resort: a traceback helps no reader
        return _bug(error)


@cache
def _parser(asked: str | None) -> Any:
    """Return the parser of the one command that is asked for, of all where none is.

    Typer takes as long to make a dozen commands as to run one.
    """
    registered = [one for one in app.registered_commands if one.name == asked]
    if not registered:
        return typer.main.get_command(app)
    narrowed = copy.copy(app)
    narrowed.registered_commands = registered
    return typer.main.get_command(narrowed)


def _bug(error: Exception) -> int:
    """Tell of an error that nobody expected."""
    if os.environ.get("DUTYBOOK_DEBUG"):
        traceback.print_exception(error)
    console.failure(
        tr(
            "This is a bug in dutybook: {kind}: {reason}",
            kind=type(error).__name__,
            reason=" ".join(str(error).split())[:500],
        ),
        tr(
            "Please report it with the command you typed; DUTYBOOK_DEBUG=1 shows where it happened."
        ),
    )
    return EXIT_FAILURE
