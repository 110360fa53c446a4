"""The one door for output: streams, formats, colour, width, paging."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.text import Text

from dutybook import messages
from dutybook.cli import console
from dutybook.cli.console import DocumentFormat, Format


def context(color: str | None = None) -> Any:
    """Return what a command gets, with a colour chosen on the command line."""
    root = SimpleNamespace(meta={"dutybook.color": color} if color else {})
    return SimpleNamespace(find_root=lambda: root, call_on_close=[].append)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make stdout a terminal of 40 by 10."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "10")
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what took the place of the streams, and give them back as they were."""
    before = sys.stdout, sys.stderr
    opened: list[Any] = []

    def remembered(*arguments: Any, **more: Any) -> Any:
        opened.append(open(*arguments, **more))  # noqa: SIM115 - closed below
        return opened[-1]

    monkeypatch.setattr(console, "open", remembered, raising=False)
    yield
    sys.stdout, sys.stderr = before
    for stream in opened:
        stream.close()


def test_closed_streams_take_whatever_is_written(streams: None) -> None:
    sys.stdout = sys.stderr = None  # type: ignore[assignment]
    console.prepare()
    console.write("柜员\n")
    console.note("柜员")
    console.failure("柜员", "柜员")
    sys.stdout.flush()


def test_no_character_is_too_strange_for_a_stream(streams: None) -> None:
    raw = io.BytesIO()
    sys.stdout = io.TextIOWrapper(raw, encoding="ascii")
    console.prepare()
    console.write("a柜\udcff\n")
    sys.stdout.flush()
    assert raw.getvalue() == b"a??\n"


def test_a_stream_that_is_silenced_drops_what_it_holds(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w") as stream:
        stream.write("held back")
        console.silence(stream)
    assert (tmp_path / "out").read_bytes() == b""
    console.silence(io.StringIO())  # without a descriptor there is nothing to do


@pytest.mark.parametrize(
    ("error", "output"),
    [
        (OSError(errno.ENOSPC, "full"), True),
        (OSError(errno.EBADF, "closed"), True),
        (BrokenPipeError(errno.EPIPE, "pipe"), True),
        (OSError(errno.ENOSPC, "full", "roles/teller.yaml"), False),
        (FileNotFoundError(errno.ENOENT, "gone"), False),
        (OSError("x"), False),
    ],
)
def test_an_error_of_the_output_is_told_from_others(error: OSError, output: bool) -> None:
    assert console.is_output_error(error) == output


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Error: No \\x1b[1m.\n  Do [red] a b.\n"),
        ("zh", "错误：No \\x1b[1m.\n  Do [red] a b.\n"),
    ],
)
def test_a_failure_is_told_on_stderr_as_text(
    capsys: pytest.CaptureFixture[str], language: messages.Language, told: str
) -> None:
    messages.use(language)
    console.failure("No \x1b[1m.", "Do [red] a\tb.")
    console.failure("No.")
    out, err = capsys.readouterr()
    assert out == ""
    assert err == told + told.split("No")[0] + "No.\n"


def test_a_terminal_gets_tables_and_a_pipe_plain(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.chosen(None) == "plain"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert console.chosen(None) == "table"
    for format_ in (*Format, *DocumentFormat):
        assert console.chosen(format_) == format_.value


def test_json_is_utf_8_with_its_keys_in_order_whatever_the_encoding(streams: None) -> None:
    for encoding in ("utf-8", "ascii", "cp936"):
        raw = io.BytesIO()
        sys.stdout = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
        console.write_json({"b": ["柜员", "\x1b", "\u2028\x9b\udc80\U000e0041"], "a": None})
        sys.stdout.flush()
        text = raw.getvalue().decode("utf-8")
        assert text.startswith('{\n  "a": null,\n  "b": [\n    "柜员",')
        assert text.endswith("}\n")
        assert text.replace("\n", "").isprintable()
        assert json.loads(text)["b"] == ["柜员", "\x1b", "\u2028\x9b\udc80\U000e0041"]


def test_plain_is_a_line_a_record_and_can_be_turned_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    values = ["", "a\tb", "a\nb", "a\\b", "a\\tb", "\x1b[31m", "\u202e", "\x7f\x85\u2028", "柜员 "]
    console.write_plain([values, ["x"], []])
    lines = capsys.readouterr().out.split("\n")
    assert lines[1:] == ["x", "", ""]
    assert lines[0].isprintable() or "\t" in lines[0]
    assert lines[0].split("\t")[:5] == ["", "a\\tb", "a\\nb", "a\\\\b", "a\\\\tb"]
    back = [field.encode("raw_unicode_escape").decode("unicode_escape") for field in
            lines[0].split("\t")[:-1]]  # fmt: skip
    assert back == values[:-1]
    assert lines[0].endswith("\t柜员 ")


@pytest.mark.parametrize(("columns", "width"), [("100", 100), ("3", 20), ("x", 80), ("0", 80)])
def test_the_width_is_that_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: os.terminal_size((80, 24)))
    assert console.width() == width


@pytest.mark.parametrize(
    ("asked", "variables", "on_terminal", "colored"),
    [
        (None, {}, False, False),
        (None, {}, True, True),
        ("auto", {}, True, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        (None, {"NO_COLOR": "1"}, True, False),
        (None, {"NO_COLOR": ""}, True, True),
        (None, {"FORCE_COLOR": "1"}, False, True),
        (None, {"TERM": "dumb"}, True, False),
    ],
)
def test_colour_is_asked_for_or_the_terminals(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    asked: str | None,
    variables: dict[str, str],
    on_terminal: bool,
    colored: bool,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: on_terminal)
    assert console.has_color(context(asked)) == colored
    console.write_rich(context(asked), Text("柜员", style="red"))
    assert capsys.readouterr().out == ("\x1b[31m柜员\x1b[0m\n" if colored else "柜员\n")


def test_rich_output_is_text_and_ends_no_line_with_blanks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    text = Text("[red]a[/] :smile: 2026 'x'  ")
    console.write_rich(context(), text, Text("b   "))
    assert capsys.readouterr().out == "[red]a[/] :smile: 2026 'x'\nb\n"


@pytest.mark.parametrize(
    ("lines", "pager", "on_terminal", "paged"),
    [
        (30, "cat", True, True),
        (3, "cat", True, False),
        (30, "", True, False),
        (30, "cat", False, False),
    ],
)
def test_what_is_taller_than_the_terminal_goes_through_the_pager(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    terminal: None,
    lines: int,
    pager: str,
    on_terminal: bool,
    paged: bool,
) -> None:
    given: list[tuple[str, str]] = []
    monkeypatch.setattr(sys.stdout, "isatty", lambda: on_terminal)
    monkeypatch.setenv("PAGER", pager)
    monkeypatch.setattr("pydoc.pipepager", lambda text, program: given.append((text, program)))
    monkeypatch.setenv("LESS", "-X")
    console.write_rich(context("never"), *(Text(f"柜员{number}") for number in range(lines)))
    text = "".join(f"柜员{number}\n" for number in range(lines))
    assert given == ([(text, pager)] if paged else [])
    assert capsys.readouterr().out == ("" if paged else text)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "patience", "shown"), [
    (Terminal, 0, True), (Terminal, 60, False), (io.StringIO, 0, False),
])  # fmt: skip
def test_steps_show_a_bar_on_a_terminal_once_they_take_long(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], patience: float, shown: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", stream())
    monkeypatch.setattr(console, "_PATIENCE_S", patience)
    with console.steps() as tell:
        tell("Checking\x1b[1m [/a] {b}", 1, 2)
        assert threading.active_count() == 1  # a program with threads does not fork
    said = sys.stderr.getvalue()
    assert ("[/a] {b}" in said, "50%" in said) == (shown, shown)
    assert shown or not said
    assert "Checking\x1b[1m" not in said


@pytest.mark.parametrize(("every", "times"), [(0, 3), (60, 1)])
def test_a_bar_is_drawn_so_often_and_not_more(
    monkeypatch: pytest.MonkeyPatch, every: float, times: int
) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(console, "_PATIENCE_S", 0)
    monkeypatch.setattr(console, "_EVERY_S", every)
    monkeypatch.setattr(
        "rich.progress.Progress.update", lambda *_, completed, **__: drawn.append(completed)
    )
    with console.steps() as tell:
        for done in range(3):
            tell("Checking", done, 3)
    assert drawn == list(range(times))


def test_the_bar_of_the_book_goes_when_all_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(console, "_PATIENCE_S", 0)
    tell = console.progress(context())
    tell(1, 4)
    assert "25%" in sys.stderr.getvalue()
    before = len(sys.stderr.getvalue())
    tell(4, 4)
    assert sys.stderr.getvalue()[before:].endswith("\x1b[2K")
