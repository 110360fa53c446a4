"""The terminal and the pipe: streams, colour, width, paging. The one door for output.

Data reaches rich as `Text` only, never as markup, and nothing unsafe reaches a terminal.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import shutil
import sys
import time
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol, TextIO

from dutybook.cli import usage
from dutybook.messages import tr
from dutybook.text import plain, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import typer
    from rich.console import Console, RenderableType
    from rich.progress import Progress


_PATIENCE_S: Final = 1.0
_EVERY_S: Final = 0.25


class Step(Protocol):
    """Tells which step a command is at, and how far; a total of 0 is not known."""

    def __call__(self, name: str, done: int = 0, total: int = 0) -> None:
        """Show a step."""


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"


class DocumentFormat(StrEnum):
    """How a result is written that can be a document too."""

    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"
    MARKDOWN = "markdown"


def prepare() -> None:
    """Make the standard streams fit for any text: nothing dies of a character."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller: `>&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def silence(stream: TextIO | None = None) -> None:
    """Send what a stream still holds for a closed pipe nowhere, so that the exit is quiet."""
    with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())


def is_output_error(error: OSError) -> bool:
    """Tell whether an error can only come from writing the result: a full disk, a closed pipe."""
    return error.filename is None and error.errno in {
        errno.ENOSPC,
        errno.EPIPE,
        errno.EBADF,
        errno.EIO,
        errno.EINVAL,
    }


def write(text: str) -> None:
    """Write text to stdout as it is."""
    sys.stdout.write(text)


def note(text: str) -> None:
    """Write a message to stderr; where that is closed or full, there is nobody to tell."""
    try:
        sys.stderr.write(safe(text) + "\n")
    except OSError:
        silence(sys.stderr)


def failure(message: str, hint: str = "") -> None:
    """Write a failure to stderr: what is wrong, and what to do."""
    note(tr("Error: {message}", message=message))
    if hint:
        note(tr("  {hint}", hint=hint))


def chosen(asked: Format | DocumentFormat | None) -> str:
    """Return the format asked for, else tables on a terminal and plain in a pipe."""
    return asked.value if asked else ("table" if sys.stdout.isatty() else "plain")


def write_json(value: dict[str, Any]) -> None:
    """Write a JSON document in UTF-8, keys sorted, to stdout."""
    write_report(json_text(value), utf8=True)


def json_text(value: dict[str, Any]) -> str:
    """Return a JSON document, keys sorted; only what a terminal must not get is escaped."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
    if safe(text) == text:
        return text
    return "".join(one if safe(one) == one else json.dumps(one)[1:-1] for one in text)


def write_report(text: str, *, utf8: bool) -> None:
    """Write text to stdout, in UTF-8 whatever the terminal's encoding where a program reads it."""
    if utf8 and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    write(text)


def write_plain(records: Iterable[Iterable[str]]) -> None:
    """Write records as tab-separated lines to stdout."""
    lines = []
    for record in records:
        values = list(record)
        whole = "".join(values)
        if not whole.isprintable() or "\\" in whole:  # which is seldom, and asked at once
            values = list(map(plain, values))
        lines.append("\t".join(values))
    write("".join(f"{line}\n" for line in lines))


class _Bar:
    """A bar on stderr, if that is a terminal, once what it is told of takes more than a second.

    It is drawn by what it is told, without a thread, so that work can be spread over processes.
    """

    def __init__(self) -> None:
        self.since = time.monotonic()
        self.shown: Progress | None = None
        self.drawn = ("", 0.0)

    def tell(self, name: str, done: int = 0, total: int = 0) -> None:
        """Show the step a command is at, and how many of how many are done."""
        now = time.monotonic()
        before, at = self.drawn
        if now - self.since < _PATIENCE_S or (name == before and now - at < _EVERY_S):
            return
        if not sys.stderr.isatty():
            self.drawn = (name, now)
            return
        if self.shown is None:
            self.shown = _new_bar()
            self.shown.start()
        self.drawn = (name, now)
        self.shown.update(
            self.shown.task_ids[0], description=safe(name), completed=done, total=total or None,
            refresh=True,
        )  # fmt: skip

    def close(self) -> None:
        """Take the bar away."""
        if self.shown is not None:
            self.shown.stop()
            self.shown = None


def _new_bar() -> Progress:
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        *Progress.get_default_columns()[1:],
        console=Console(stderr=True, markup=False, emoji=False),
        transient=True,
        auto_refresh=False,
    )
    bar.add_task("", total=None)
    return bar


def progress(context: typer.Context) -> Callable[[int, int], None]:
    """Return a function to tell how many of how many files of the book are read.

    Its bar goes when all is done, or the command ends.
    """
    bar = _Bar()
    context.call_on_close(bar.close)

    def tell(done: int, total: int) -> None:
        if done < total:
            bar.tell(tr("Reading the book"), done, total)
        else:
            bar.close()

    return tell


@contextlib.contextmanager
def steps() -> Iterator[Step]:
    """Give a function to tell which step a command is at, and how many of how many are done.

    Its bar goes where the steps end.
    """
    bar = _Bar()
    try:
        yield bar.tell
    finally:
        bar.close()


def width() -> int:
    """Return the width of the terminal in cells, $COLUMNS first, 80 where there is none."""
    return max(shutil.get_terminal_size().columns, 20)


def has_color(context: typer.Context) -> bool:
    """Tell whether to use colours: `--color`, then NO_COLOR and FORCE_COLOR, then the terminal."""
    asked = usage.common(context, "color") or "auto"
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def write_rich(context: typer.Context, *parts: RenderableType) -> None:
    """Render tables and texts to stdout, through $PAGER where they are taller than the terminal."""
    console = _console(context)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    lines = [line.rstrip(" ") for line in capture.get().split("\n")]
    text = "\n".join(lines)
    pager = os.environ.get("PAGER", "")
    if pager and sys.stdout.isatty() and len(lines) > shutil.get_terminal_size().lines:
        import pydoc

        os.environ.setdefault("LESS", "-R")
        pydoc.pipepager(text, pager)
    else:
        write(text)


def _console(context: typer.Context) -> Console:
    from rich.console import Console

    color = has_color(context)
    return Console(
        file=sys.stdout,
        width=width(),
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=color,
        color_system="standard" if color else None,
        legacy_windows=False,
        _environ={},
    )
