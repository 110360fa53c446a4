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
import threading
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


def progress(context: typer.Context) -> Callable[[int, int], None]:
    """Return a function to tell how many of how many are done.

    Once that takes more than a second a bar appears on stderr, if that is a terminal; it goes
    again when all is done, or the command ends.
    """
    start = time.monotonic()
    bars: list[Progress] = []

    def tell(done: int, total: int) -> None:
        if bars:
            bars[0].update(bars[0].task_ids[0], completed=done, total=total)
        elif done < total and sys.stderr.isatty() and time.monotonic() - start > _PATIENCE_S:
            bars.append(_bar(context))
        if bars and done >= total:
            bars.pop().stop()

    return tell


def _bar(context: typer.Context) -> Progress:
    bar = _new_bar(tr("Reading the book"))
    context.call_on_close(bar.stop)
    bar.start()
    return bar


def _new_bar(about: str) -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True, markup=False, emoji=False), transient=True)
    bar.add_task(about, total=None)
    return bar


def _no_step(name: str, done: int = 0, total: int = 0) -> None:
    """Show no step."""


@contextlib.contextmanager
def steps() -> Iterator[Step]:
    """Give a function to tell which step a command is at, and how many of how many are done.

    Once the steps take more than a second a bar appears on stderr, if that is a terminal, even
    while a step says nothing; it is gone where they end.
    """
    if not sys.stderr.isatty():
        yield _no_step
        return
    bar = _new_bar("")
    timer = threading.Timer(_PATIENCE_S, bar.start)
    timer.daemon = True

    def tell(name: str, done: int = 0, total: int = 0) -> None:
        bar.update(bar.task_ids[0], description=safe(name), completed=done, total=total or None)

    timer.start()
    try:
        yield tell
    finally:
        timer.cancel()
        timer.join()
        bar.stop()


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
