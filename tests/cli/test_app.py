"""The way in: help, usage errors, common options, exit codes, and streams that refuse."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from dutybook import __version__, messages
from dutybook.cli import console, usage
from dutybook.cli import list as list_command
from dutybook.cli.app import app
from dutybook.text import cells
from tests.conftest import BRANCH, LOBBY_MANAGER, Book, Result, Run

POSIX = pytest.mark.skipif(os.name != "posix", reason="shells and streams as POSIX has them")
COMMANDS = {"list", "show", "init", "new", "schema", "completion"}
CHINESE = re.compile("[\u4e00-\u9fff]")


def spawn(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, with buffers as users have them."""
    options = {"capture_output": True, "timeout": 60, **options}
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    variables |= options.pop("env", {})
    return subprocess.run([sys.executable, "-m", "dutybook", *arguments], env=variables, **options)


def shell(command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which `dutybook` is the program."""
    own = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    return subprocess.run(
        ["/bin/sh", "-c", f'dutybook() {{ "{sys.executable}" -m dutybook "$@"; }}; {command}'],
        capture_output=True, encoding="utf-8", errors="replace", timeout=60,
        env={**own, **variables},
    )  # fmt: skip


# Help and version


def test_the_version(run: Run) -> None:
    assert run("--version") == Result(0, f"dutybook {__version__}\n", "")


def test_no_command_is_help(run: Run) -> None:
    assert run().out == run("--help").out
    assert run().code == 0
    assert set(re.findall(r"^  (\w+)", run().out, re.MULTILINE)) >= COMMANDS


@pytest.mark.parametrize("command", ["", *sorted(COMMANDS)])
@pytest.mark.parametrize("columns", ["20", "80", "200"])
def test_help_is_in_both_languages_and_fits(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    arguments = [command] if command else []
    english = run(*arguments, "--help")
    chinese = run(*arguments, "--lang", "zh", "--help")
    assert (english.code, chinese.code, english.err, chinese.err) == (0, 0, "", "")
    assert not CHINESE.search(english.out.replace("show 客户经理", ""))
    assert english.out.startswith(f"Usage: dutybook {command}".rstrip())
    assert chinese.out.startswith(f"用法：dutybook {command}".rstrip())
    for heading in ("选项：", "--help", "--book DIR", "--lang zh|en", "--color auto|always|never"):
        assert heading in chinese.out
    about = [line for line in chinese.out.splitlines()[1:] if not line.startswith(" ")]
    assert CHINESE.search("".join(about))
    if columns == "80":
        assert all(cells(line) <= 80 for line in chinese.out.splitlines())
    assert not any(
        line.lstrip()[:1] in "，。、）" for line in chinese.out.splitlines() if line.strip()
    )


def test_every_option_and_argument_is_explained() -> None:
    import typer

    group: Any = typer.main.get_command(app)
    explained = 0
    messages.use("zh")
    for command in (group, *group.commands.values()):
        for parameter in command.params:
            if parameter.name != "help":
                assert CHINESE.search(messages.tr(parameter.help)), (command.name, parameter.name)
                explained += 1
    assert explained > 30


# Usage errors


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ("lst", "There is no command lst.", "Did you mean list?"),
        ("xyzzy", "There is no command xyzzy.", "Commands: list, show"),
        ("--nope", "There is no option --nope.", "See `dutybook --help`."),
        ("list --nope", "There is no option --nope.", "See `dutybook list --help`."),
        ("list --formt json", "There is no option --formt.", "Did you mean --format?"),
        ("list -x", "There is no option -x.", "See `dutybook list --help`."),
        ("list x y", "Too many arguments: x y.", "See `dutybook list --help`."),
        ("show", "POSITION is missing.", "See `dutybook show --help`."),
        ("list --unit", "The option --unit needs a value.", "--help"),
        ("list --tree=x", "The option --tree takes no value.", "--help"),
        ("--version=1", "The option --version takes no value.", "--help"),
        ("list --format xml", "This is no value for --format.", "One of: table, plain, json."),
        ("show x --format xml", "This is no value", "One of: table, plain, json, markdown."),
        ("list --status x", "This is no value", "One of: draft, in-force, withdrawn."),
        ("schema x", "This is no value for role|book.", "One of: role, book."),
        ("completion", "bash|zsh|fish|powershell is missing.", "--help"),
        ("list --lang fr", "--lang cannot be fr.", "One of: zh, en."),
        ("--color red list", "--color cannot be red.", "One of: auto, always, never."),
        ("list \x1b[31m", "Too many arguments: \\x1b[31m.", "--help"),
        ("\x1b[31m", "There is no command \\x1b[31m.", "Commands:"),
        ("--lang \x1b", "--lang cannot be \\x1b.", "One of: zh, en."),
    ],
)
def test_usage_errors_are_in_our_words(run: Run, arguments: str, message: str, hint: str) -> None:
    result = run(*arguments.split(" "))
    first, *rest = result.err.splitlines()
    assert (result.code, result.out) == (2, "")
    assert first.startswith(f"Error: {message}")
    assert hint in rest[0]
    assert len(rest) == 1
    if "--lang" not in arguments:
        chinese = run(*arguments.split(" "), "--lang", "zh")
        assert chinese.code == 2
        assert chinese.err.startswith("错误：")
        assert "Error" not in chinese.err


def test_every_error_of_the_parser_is_known() -> None:
    """An error that typer learns to raise would be told in its own English words."""
    kinds = {kind.__name__ for base in usage.PARSER_ERRORS for kind in _below(base)}
    assert {"NoSuchOption", "MissingParameter", "BadOptionUsage", "BadParameter"} <= kinds
    assert kinds <= {
        "NoSuchOption", "MissingParameter", "BadOptionUsage", "BadParameter", "ClickException",
        "UsageError", "BadArgumentUsage", "FileError", "NoArgsIsHelpError",
    }  # fmt: skip


def _below(kind: type) -> set[type]:
    return {kind}.union(*(_below(one) for one in kind.__subclasses__()))


# Common options


@pytest.mark.parametrize("line", ["--book {} list", "list --book {}", "list --book={}"])
def test_the_book_is_named_before_and_after_the_command(
    run: Run, book: Book, tmp_path: Path, line: str
) -> None:
    root = book()
    result = run(*line.format("book").split(), book=tmp_path)
    assert result.code == 0
    assert result.out.startswith("customer-manager\t客户经理\t")
    absolute = run(*line.format(root).split(), book=root / "roles")
    assert absolute.out == result.out


def test_the_option_after_the_command_wins(run: Run, book: Book, tmp_path: Path) -> None:
    book()
    assert run("--book", "nowhere", "list", "--book", "book", book=tmp_path).code == 0
    assert run("--book", "book", "list", "--book", "nowhere", book=tmp_path).code == 2
    assert run("--book", str(BRANCH), "list", "--book", "book", book=tmp_path).out.count("\n") == 2
    assert "错误" in run("--lang", "en", "show", "--lang", "zh").err


@pytest.mark.parametrize("line", ["--lang zh list", "list --lang zh", "list --lang=zh"])
def test_the_language_is_chosen_before_and_after_the_command(run: Run, line: str) -> None:
    result = run("--book", str(BRANCH), *line.split(), "--format", "table")
    assert "所属部门" in result.out
    assert "Department" not in result.out


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "fr_FR"}, False),
        ({"LANG": "zh_CN.UTF-8", "DUTYBOOK_LANG": "en"}, False),
        ({"LANG": "C", "DUTYBOOK_LANG": "zh"}, True),
        ({"LANG": "zh_CN.UTF-8", "DUTYBOOK_LANG": "fr"}, True),
        ({"LANG": "fr_FR"}, False),
    ],
)
def test_the_locale_decides_the_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], chinese: bool
) -> None:
    monkeypatch.delenv("DUTYBOOK_LANG")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("用法：" in run("--help").out) == chinese


@pytest.mark.parametrize(
    ("option", "variables", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "auto"], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": ""}, False),
    ],
)
def test_colours_are_asked_for_or_not(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    option: list[str],
    variables: dict[str, str],
    colored: bool,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for line in (["list", *option], [*option, "list"], ["show", "teller", *option]):
        table = run("--book", str(BRANCH), *line, "--format", "table")
        assert ("\x1b[" in table.out) == colored
        for plain in ("plain", "json"):
            assert "\x1b" not in run("--book", str(BRANCH), *line, "--format", plain).out


# Where there is no book, or none that can be used


@pytest.mark.parametrize("command", ["list", "show x", "new x"])
def test_without_a_book_the_message_says_how_to_get_one(
    run: Run, tmp_path: Path, command: str
) -> None:
    result = run(*command.split(), book=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Error: No book here or in the folders above.\n")
    assert "--book DIR" in result.err
    assert "`dutybook init`" in result.err
    named = run(*command.split(), "--book", "nowhere", book=tmp_path)
    assert named.code == 2
    assert named.err.startswith("Error: There is no book in ")


@POSIX
def test_a_current_folder_that_is_gone(run: Run, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    here = Path.cwd()
    os.chdir(gone)
    try:
        gone.rmdir()
        assert run("list").err.startswith("Error: No book here")
        assert run("new", "x").code == 2
        assert run("init").code == 2
        assert run("list", "--book", str(BRANCH)).code == 0
        assert "is a bug" not in run("show", "nix", "--book", str(BRANCH)).err
    finally:
        os.chdir(here)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({"dutybook.yaml": ""}, "has no role files"),
        ({"roles/.x.yaml": ""}, "has no role files"),
        ({"dutybook.yaml": "format: 2", "roles/x.yaml": LOBBY_MANAGER}, "in format 2"),
        ({"dutybook.yaml": "format: 2\nnew: {}", "roles/x.yaml": ""}, "in format 2"),
    ],
)
def test_a_book_of_which_nothing_can_be_used(
    run: Run, book: Book, texts: dict[str, str], message: str
) -> None:
    root = book(texts)
    for command in ("list", "show x"):
        result = run(*command.split(), book=root)
        assert (result.code, result.out) == (2, "")
        assert message in result.err
        assert len(result.err.splitlines()) == 2


def test_a_book_without_roles(run: Run, book: Book) -> None:
    root = book({"dutybook.yaml": ""})
    (root / "roles").rmdir()
    result = run("list", book=root)
    assert result.code == 2
    assert "has no folder `roles`" in result.err
    assert "`dutybook new POSITION`" in result.err


@pytest.mark.parametrize("text", ["[", "positions: 1", "\x00", "name: x", "a: 1\na: 2"])
def test_broken_settings_are_said_and_passed_over(run: Run, book: Book, text: str) -> None:
    root = book({"dutybook.yaml": text, "roles/lobby-manager.yaml": LOBBY_MANAGER})
    for command in ("list", "show 大堂经理"):
        result = run(*command.split(), book=root)
        assert result.code == 0
        assert result.out.startswith("lobby-manager\t")
        assert result.err.startswith("dutybook.yaml has errors and is passed over")


def test_reading_writes_nothing_into_the_book(run: Run, book: Book) -> None:
    root = book({"roles/broken.yaml": "[", "roles/lobby-manager.yaml": LOBBY_MANAGER,
                 "dutybook.yaml": "title: 手册\n"})  # fmt: skip

    def state() -> list[tuple[str, int, str]]:
        return [
            (str(path), path.stat().st_mtime_ns,
             hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "")
            for path in sorted(root.rglob("*"))
        ]  # fmt: skip

    before = state()
    for line in ("list", "list --tree", "show lobby-manager", "show broken", "show nix", "schema",
                 "validate", "completion bash", "--help"):  # fmt: skip
        run(*line.split(), book=root)
    assert state() == before


# What nobody expected


def test_a_bug_is_one_line_and_its_traceback_is_for_those_who_ask(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ValueError("one\ntwo\x1b[31m {x} [red]")

    monkeypatch.setattr(list_command, "_filtered", fail)
    result = run("list", "--book", str(BRANCH))
    assert (result.code, result.out) == (2, "")
    first, second = result.err.splitlines()
    assert first == "Error: This is a bug in dutybook: ValueError: one two\\x1b[31m {x} [red]"
    assert "DUTYBOOK_DEBUG=1" in second
    assert run("list", "--book", str(BRANCH), "--lang", "zh").err.startswith("错误：")
    monkeypatch.setenv("DUTYBOOK_DEBUG", "1")
    traced = run("list", "--book", str(BRANCH))
    assert traced.code == 2
    assert "Traceback" in traced.err
    assert "This is a bug" in traced.err


@pytest.mark.parametrize(
    "error", [RecursionError(), MemoryError(), OSError(2, "x", "file"), OSError("x")]
)
def test_any_exception_is_told_as_a_bug(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(list_command, "_filtered", fail)
    result = run("list", "--book", str(BRANCH))
    assert result.code == 2
    assert f"a bug in dutybook: {type(error).__name__}" in result.err


def test_an_interruption_exits_130_and_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(console, "silence", lambda: None)  # stdout is pytest's
    monkeypatch.setattr(list_command, "_filtered", interrupt)
    assert run("list", "--book", str(BRANCH)) == Result(130, "", "")


@POSIX
def test_ctrl_c_exits_130_and_is_quiet(book: Book) -> None:
    """Whenever it comes: while modules load, and while the book is read."""
    root = book({f"roles/role-{number}.yaml": LOBBY_MANAGER for number in range(2000)})
    start = "import dutybook.__main__ as program; print('ready', flush=True); program.main()"
    for delay in (0.02, 0.3):
        program = subprocess.Popen(
            [sys.executable, "-c", start, "list", "--book", str(root)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert program.stdout is not None
        program.stdout.readline()
        time.sleep(delay)
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=60)
        assert (program.returncode, out, err) == (130, b"", b"")


# Streams


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EBADF])
@pytest.mark.parametrize("command", ["list", "show teller", "--version", "--help", "list --help"])
def test_output_that_cannot_be_written_is_said(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: int, command: str
) -> None:
    def fail(_: str) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(console, "silence", lambda: None)
    monkeypatch.setattr(sys.stdout, "write", fail)
    result = run("--book", str(BRANCH), *command.split())
    assert result.code == 2
    assert result.err == f"Error: The output cannot be written: {os.strerror(error)}\n"


@pytest.mark.parametrize("command", ["list", "show teller", "--version", "--help", "list --help"])
def test_a_reader_that_has_seen_enough_ends_it_quietly(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def fail(_: str) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr(console, "silence", lambda: None)
    monkeypatch.setattr(sys.stdout, "write", fail)
    result = run("--book", str(BRANCH), *command.split())
    assert (result.code, result.err) == (0, "")


@POSIX
def test_pipes_that_are_closed_end_it_quietly(book: Book) -> None:
    title = "大堂" * 50_000  # more than a pipe holds
    root = book({"roles/lobby-manager.yaml": LOBBY_MANAGER.replace("大堂经理", title),
                 "roles/teller.yaml": "[", "roles/head.yaml": "["})  # fmt: skip
    done = shell(f"{{ dutybook list --book {root}; echo $? >&3; }} 3>&2 | head -1")
    assert re.sub("2 files have errors.*\n", "", done.stderr) == "0\n"
    assert len(done.stdout.splitlines()) == 1
    done = shell("{ dutybook --help; echo $? >&3; } 3>&2 | true")
    assert done.stderr == "0\n"


@POSIX
@pytest.mark.parametrize(
    ("line", "code", "err"),
    [
        ("dutybook list >&-", 0, ""),
        ("dutybook show nix 2>&-", 2, ""),
        ("dutybook list >&- 2>&-", 0, ""),
        ("dutybook list </dev/null 1</dev/null", 2, "The output cannot be written"),
        ("dutybook list >/dev/full", 2, "The output cannot be written"),
        ("dutybook show nix 2>/dev/full", 2, ""),
    ],
)
def test_streams_that_are_closed_or_full(line: str, code: int, err: str) -> None:
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = shell(line, DUTYBOOK_BOOK=str(BRANCH))
    assert (done.returncode, done.stdout) == (code, "")
    assert err in done.stderr
    assert "Traceback" not in done.stderr
    assert bool(err) == bool(done.stderr)


@pytest.mark.parametrize(
    ("encoding", "format_"),
    [("ascii", "plain"), ("ascii", "json"), ("cp936", "table"), ("cp936", "plain")],
)
def test_a_terminal_of_any_encoding_shows_what_it_can(
    book: Book, encoding: str, format_: str
) -> None:
    root = book({"roles/lobby-manager.yaml": LOBBY_MANAGER.replace("大堂经理", "大堂😀经理"),
                 "roles/broken.yaml": "["})  # fmt: skip
    done = spawn(
        "list", "--lang", "zh", "--format", format_, "--book", str(root),
        env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr.decode(encoding).startswith("1 ??" if encoding == "ascii" else "1 个文件")
    shown = done.stdout.decode("utf-8" if format_ == "json" else encoding)
    title = "大堂😀经理"
    assert (
        title if format_ == "json" else title.encode(encoding, "replace").decode(encoding)
    ) in shown
