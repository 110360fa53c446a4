"""Completion: the scripts of the shells, and what they are given to choose from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import BRANCH, Book, Run

DUTIES = "duties:\n  - {id: one, title: 事, text: 做事。}\n"
TITLES = {
    "plain": "综合柜员",
    "markup": "[red]岗[/red] :boom:",
    "escape": "\\x1b]0;owned\\x07岗",
    "shell": "岗`id`$(id)",
    "zsh": "岗\\\\$(id)\\\\`id`",
    "quotes": "岗'; id; '\\\"",
    "blank": "客户 经理",
    "glob": "岗*",
    "long": "岗" * 60,
    "lines": "岗\\n位",
}

Complete = Callable[..., list[str]]


@pytest.fixture
def complete(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Complete:
    """Return what a shell gets to choose from for the line that a person has typed so far."""

    def ask(typed: str, shell: str = "bash", book: Path = BRANCH) -> list[str]:
        monkeypatch.setenv("_DUTYBOOK_COMPLETE", f"complete_{shell}")
        monkeypatch.setenv("DUTYBOOK_BOOK", str(book))
        monkeypatch.setenv("COMP_WORDS", f"dutybook {typed}")
        monkeypatch.setenv("COMP_CWORD", str(len(typed.split(" "))))
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", f"dutybook {typed}")
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        monkeypatch.setenv("_TYPER_COMPLETE_WORD_TO_COMPLETE", typed.split(" ")[-1])
        capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            run()
        assert caught.value.code == 0
        out, err = capsys.readouterr()
        assert err == ""
        return [line for line in out.splitlines() if line]

    return ask


@pytest.fixture
def hostile(book: Book) -> Path:
    """Return a book of titles that mean something to a shell; some of its files have errors."""
    texts = {
        f"roles/{name}.yaml": f'id: {name}\ntitle: "{title}"\n{DUTIES}'
        for name, title in TITLES.items()
    }
    tag = "{id: one, title: 事, text: 做事。, tags: ['$(id)', 'a b', 现金, \"\\\\\", '[x]']}"
    texts["roles/tags.yaml"] = f"id: tags\ntitle: 标签\nduties:\n  - {tag}\n"
    if os.name == "posix":
        texts |= {
            f"roles/{name}.yaml": "[" for name in ("$(id)", "`id`", "a b", "-rf", "x;y", "\x1b")
        }
    return book(texts)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_script_of_each_shell(run: Run, shell: str, language: str) -> None:
    result = run("completion", shell, "--lang", language)
    assert (result.code, result.err) == (0, "")
    assert f"complete_{shell}" in result.out
    assert "dutybook" in result.out


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes_with_its_script(run: Run, tmp_path: Path) -> None:
    program = tmp_path / "dutybook"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dutybook "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = run("completion", "bash").out + (
        "\nCOMP_WORDS=(dutybook show 综); COMP_CWORD=2\n_dutybook_completion dutybook\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, encoding="utf-8", timeout=60,
        env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
             "DUTYBOOK_BOOK": str(BRANCH)},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("综合柜员\n", "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("li", ["list"]),
        ("show t", ["teller", "typist"]),
        ("show 综", ["综合柜员"]),
        ("show 运", ["运营经理"]),
        ("show teller v", ["vault-keeper"]),
        ("show xyzzy", []),
        ("list --reports-to op", ["operations-manager"]),
        ("list --tag ", ["信贷", "凭证", "服务", "现金"]),
        ("show --tag 现", ["现金"]),
        ("list --status ", ["draft", "in-force", "withdrawn"]),
        ("list --format ", ["table", "plain", "json"]),
        ("show --format m", ["markdown"]),
        ("list --st", ["--status"]),
        ("--lang ", ["zh", "en"]),
        ("list --color a", ["auto", "always"]),
        ("completion z", ["zsh"]),
        ("schema ", ["role", "book"]),
    ],
)
def test_what_is_offered(complete: Complete, typed: str, offered: list[str]) -> None:
    assert complete(typed) == offered


def test_every_position_is_offered_with_its_title(complete: Complete) -> None:
    lines = dict(line.split("\t") for line in complete("show ", "fish"))
    assert len(lines) == 8
    assert lines["teller"] == "综合柜员"
    assert dict(line.split("\t") for line in complete("show 综", "fish")) == {"综合柜员": "teller"}
    assert complete("show te", "powershell") == ["teller:::综合柜员"]
    assert "".join(complete("show te", "zsh")) == '_arguments \'*: :(("teller":"综合柜员"))\''


@pytest.mark.parametrize("option", ["--book {} show ", "show --book {} ", "show --book={} "])
def test_the_book_that_is_named_on_the_line_is_the_one_completed(
    complete: Complete, book: Book, option: str
) -> None:
    root = book()
    assert complete(option.format(root)) == ["customer-manager", "lobby-manager"]


@pytest.mark.parametrize("texts", [{}, {"dutybook.yaml": "format: 2\n"}, {"roles/x.yaml": "["}])
def test_without_a_book_that_can_be_used_completion_is_quiet(
    complete: Complete, book: Book, texts: dict[str, str]
) -> None:
    root = book(texts)
    for typed in ("show ", "show 客", "list --tag "):
        assert complete(typed, book=root) in ([], ["x"])
    assert complete("show ", book=root / "nowhere") == []


# What is offered is pasted into a command line, and in zsh it passes through eval.


@pytest.mark.parametrize(
    "typed", ["show ", "show 岗", "show 客", "show [", "show $", "list --tag "]
)
@pytest.mark.parametrize("shell", ["bash", "fish", "powershell"])
def test_no_word_means_anything_to_a_shell(
    complete: Complete, hostile: Path, typed: str, shell: str
) -> None:
    words = [
        line.partition("\t")[0].partition(":::")[0] for line in complete(typed, shell, hostile)
    ]
    assert not set("".join(words)).intersection("\x1b\x07 \\$`'\"*?[](){};&|<>!#~")
    assert not any(word.startswith("-") for word in words)
    if typed == "show ":
        assert set(words) == {*TITLES, "tags"}
    if typed == "list --tag ":
        assert words == ["现金"]


@pytest.mark.parametrize("shell", ["fish", "powershell"])
def test_a_title_with_markup_is_shown_as_text(
    complete: Complete, hostile: Path, shell: str
) -> None:
    separator = "\t" if shell == "fish" else ":::"
    helps = dict(line.split(separator) for line in complete("show ", shell, hostile))
    assert helps["markup"].startswith("[red]岗[/red] ")
    assert helps["plain"] == "综合柜员"
    assert helps["escape"] == "x1b]0;owned" + "x07岗"
    assert helps["lines"] == "岗 位"
    assert helps["long"] == "岗" * 32
    assert not set("".join(helps.values())).intersection("\x1b\x07\\$`'\"")


def test_what_zsh_evaluates_runs_nothing(complete: Complete, hostile: Path) -> None:
    """Between double quotes a shell reads a backslash, a dollar and a backquote."""
    script = "\n".join(complete("show ", "zsh", hostile))
    assert script.startswith("_arguments '*: :((")
    assert script.endswith("))'")
    inside = script.removeprefix("_arguments '*: :((").removesuffix("))'")
    assert "'" not in inside
    assert "$" not in inside
    assert "`" not in inside
    for line in inside.split("\n"):
        value, help_ = line.split('":"', 1)
        assert value.startswith('"')
        assert help_.endswith('"')
        assert '"' not in value[1:] + help_[:-1]
        assert not help_[:-1].endswith("\\")
