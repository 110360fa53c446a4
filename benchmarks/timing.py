"""Time whole processes against each other: interleaved, so that a slow minute hurts all alike.

Peak memory comes from the system's own account of a child (`wait4`), which counts from the moment
of the fork: it is never below the memory of the process that measures. Keep that one small, and
do large work (making books) in processes of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

# What would make a run depend on the terminal or the settings of the person who measures.
UNWANTED: Final = (
    "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "PAGER",
    "PYTHONDONTWRITEBYTECODE",  # compiling at every start is no one's daily wait
)  # fmt: skip
OWN_PREFIX: Final = "DUTYBOOK_"
_CHUNK: Final = 1 << 16
_STDERR_SHOWN: Final = 2000  # bytes, from the end


class UnexpectedExitError(Exception):
    """A measured command ended with another code than expected: its time means nothing."""


@dataclass(frozen=True)
class Terminal:
    """A pseudo-terminal of so many columns and lines as standard output (POSIX only)."""

    columns: int = 80
    lines: int = 24


@dataclass(frozen=True)
class Pipe:
    """A pipe as standard output, read to its end."""


Output = Path | Terminal | Pipe | None


@dataclass(frozen=True)
class Command:
    """A process to measure.

    `output` is where standard output goes: a file, a terminal, a pipe, or nowhere (None). `env`
    is set on top of the environment, `prepare` is called before each run, outside the timed part.
    """

    argv: Sequence[str | Path]
    output: Output = None
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    expected: int = 0
    prepare: Callable[[], object] | None = None


@dataclass(frozen=True)
class Sample:
    """What the runs of one command took: wall time in seconds, peak memory in bytes."""

    seconds: tuple[float, ...]
    peaks: tuple[int, ...] = ()  # empty where the system does not tell

    @property
    def median(self) -> float:
        """The middle wall time, in seconds."""
        return median(self.seconds)

    @property
    def peak(self) -> int | None:
        """The most memory that any run held, in bytes; None where the system does not tell."""
        return max(self.peaks, default=None)


def compare(commands: Mapping[str, Command], runs: int = 15, warmup: int = 2) -> dict[str, Sample]:
    """Run the commands in turn (A B C A B C …) and return each one's sample, under its name.

    `warmup` rounds come first and are not counted. Raises `UnexpectedExitError` on the first run
    that ends with another code than its command expects.
    """
    results: dict[str, list[tuple[float, int | None]]] = {name: [] for name in commands}
    for turn in range(-warmup, runs):
        for name, command in commands.items():
            result = run(command, name)
            if turn >= 0:
                results[name].append(result)
    return {
        name: Sample(
            tuple(seconds for seconds, _ in measured),
            tuple(peak for _, peak in measured if peak is not None),
        )
        for name, measured in results.items()
    }


def run(command: Command, name: str = "") -> tuple[float, int | None]:
    """Run a command once; return its wall time in seconds and its peak memory in bytes."""
    if command.prepare:
        command.prepare()
    with tempfile.TemporaryFile() as errors:
        if command.output is None:
            code, seconds, peak = _run_into(command, subprocess.DEVNULL, errors)
        elif isinstance(command.output, Path):
            with command.output.open("wb") as file:
                code, seconds, peak = _run_into(command, file.fileno(), errors)
        else:
            reader, writer = _channel(command.output)
            try:
                code, seconds, peak = _run_into(command, writer, errors, reader)
            finally:
                os.close(reader)
        if code != command.expected:
            raise UnexpectedExitError(_complaint(command, name, code, errors))
    return seconds, peak


def _run_into(
    command: Command, stdout: int, stderr: IO[bytes], reader: int | None = None
) -> tuple[int, float, int | None]:
    """Run with standard output to a descriptor; where it is a channel, close it and drain it."""
    argv = [str(part) for part in command.argv]
    env = environment(command)
    start = time.perf_counter()
    try:
        process = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=env, cwd=command.cwd
        )
    finally:
        if reader is not None:
            os.close(stdout)
    try:
        if reader is not None:
            _drain(reader)
        code, peak = _wait(process)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return code, time.perf_counter() - start, peak


def environment(command: Command) -> dict[str, str]:
    """Return the environment that a command runs in: no settings but the command's own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in UNWANTED and not name.startswith(OWN_PREFIX)
    }
    terminal = {"TERM": "xterm-256color"} if isinstance(command.output, Terminal) else {}
    return kept | terminal | dict(command.env)


def _channel(output: Terminal | Pipe) -> tuple[int, int]:
    """Return the descriptors to read and to write."""
    if isinstance(output, Pipe):
        return os.pipe()
    if sys.platform == "win32":
        message = "no pseudo-terminals on Windows"
        raise OSError(message)
    import fcntl
    import pty
    import struct
    import termios

    reader, writer = pty.openpty()
    size = struct.pack("HHHH", output.lines, output.columns, 0, 0)
    fcntl.ioctl(writer, termios.TIOCSWINSZ, size)
    return reader, writer


def _drain(reader: int) -> None:
    """Read until the other end is closed; Linux reports that as an error on a terminal."""
    try:
        while os.read(reader, _CHUNK):
            pass
    except OSError:
        pass


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, int | None]:
    """Wait for the end; return the exit code and the peak memory in bytes, where it is told."""
    if sys.platform == "win32":
        return process.wait(), None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return process.returncode, usage.ru_maxrss * unit


def _complaint(command: Command, name: str, code: int, errors: IO[bytes]) -> str:
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - _STDERR_SHOWN))
    said = errors.read().decode(errors="replace").rstrip()
    words = " ".join(str(part) for part in command.argv)
    return f"{name}: exit code {code}, not {command.expected}: {words}\n{said}"


def rows(samples: Mapping[str, Sample], base: str) -> Iterator[tuple[str, ...]]:
    """Give a heading and one row a sample.

    The columns: name, median, least and most in milliseconds, the ratio of the median to the
    base's, peak memory in megabytes (10^6 bytes).
    """
    yield ("", "median ms", "min", "max", f"/ {base}", "peak MB")
    for name, sample in samples.items():
        yield (
            name,
            f"{sample.median * 1e3:.1f}",
            f"{min(sample.seconds) * 1e3:.1f}",
            f"{max(sample.seconds) * 1e3:.1f}",
            f"{sample.median / samples[base].median:.2f}",
            "-" if sample.peak is None else f"{sample.peak / 1e6:.1f}",
        )


def table(samples: Mapping[str, Sample], base: str, file: IO[str] | None = None) -> None:
    """Print the rows in columns, names to the left and figures to the right."""
    lines = list(rows(samples, base))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        print("  ".join(cells).rstrip(), file=file)
