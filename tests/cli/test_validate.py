"""`dutybook validate`: exit codes, choices, paths, outputs, and input of every hostile kind."""

from __future__ import annotations

import json
import os
import socket
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutybook import files, writing
from tests.checking import CASH, TELLER, role
from tests.checking import book as by_path
from tests.conftest import BRANCH, Book, Result, Run

POSIX = pytest.mark.skipif(os.name != "posix", reason="links, pipes, devices and modes")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes, /dev/full")
NOT_ROOT = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads and writes everything"
)

ERROR = role("error", "错", "unti: a\n")
WARNING = role("warning", "警", "unit: 010\nreports_to: info\n")
INFO = role("info", "提", duties="  - {id: a, title: b, text: 完成交办的其他工作。}\n")
GOOD = role(head="reports_to: info\n")


def found(result: Result) -> list[str]:
    """Return `code path:line` of what the JSON of a run says."""
    return [
        f"{one['code']} {one['path']}" + (f":{one['line']}" if one["line"] else "")
        for one in json.loads(result.out)["problems"]
    ]


def tree(root: Path) -> dict[str, Any]:
    """Return what stands in a folder: kinds, contents and times."""
    return {
        str(path.relative_to(root)): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            path.read_bytes() if _is_small(path) else None,
        )
        for path in root.rglob("*")
    }


def _is_small(path: Path) -> bool:
    about = path.lstat()
    return stat.S_ISREG(about.st_mode) and about.st_size < 1 << 21


# What it says and the exit code


def test_a_report_for_people(run: Run, book: Book) -> None:
    root = book({TELLER: role(head="unti: 营业部\n") + "effective: 2026-02-30\n"})
    result = run("validate", book=root)
    assert result.err == ""
    assert result.code == 1
    assert result.out == (
        "roles/teller.yaml:3:1: error S001 There is no key unti here.\n"
        "    unti: 营业部\n"
        "    ^^^^\n"
        "    Did you mean unit?\n"
        "roles/teller.yaml:6:12: error S010 effective must be a date that exists.\n"
        "    effective: 2026-02-30\n"
        "               ^^^^^^^^^^\n"
        "    Year-month-day: `2026-01-31`.\n"
        "1 position: 2 errors, 0 warnings, 0 infos\n"
    )


def test_a_report_in_chinese(run: Run, book: Book) -> None:
    result = run("validate", "--lang", "zh", book=book(by_path(ERROR)))
    assert result.code == 1
    head, line, caret, hint, counts = result.out.splitlines()
    assert head.startswith("roles/error.yaml:3:1: 错误 S001 ")
    assert (line, caret) == ("    unti: a", "    ^^^^")
    assert "unit" in hint
    assert counts == "1 个岗位：1 个错误、0 个警告、0 条提示"


@pytest.mark.parametrize(
    ("line", "blanks", "carets"),
    [
        ("aliases: 出纳", 9, 4),
        ("aliases: [甲, '', 乙]", 14, 2),
        ("客户经理: a", 0, 8),
        ("contacts: {internal: [a], 对外: b}", 26, 4),
        ("aliases: [👩🏽, ﾃﾗｰ, ａｂ, '']", 10 + 6 + 5 + 6, 2),
        ("aliases: ['e\u0301\u0308', 'ä', '']", 10 + 5 + 5, 2),
        ("aliases: ['𠮷', '\u3000全', '']", 10 + 6 + 8, 2),
    ],
)
def test_the_caret_stands_under_the_place(
    run: Run, book: Book, line: str, blanks: int, carets: int
) -> None:
    result = run(
        "validate", book=book({TELLER: f"id: teller\ntitle: 柜员\n{line}\nduties:\n{CASH}"})
    )
    lines = result.out.splitlines()
    number = next(n for n, one in enumerate(lines) if set(one) == {" ", "^"})
    assert lines[number - 1] == f"    {line}"
    assert lines[number] == " " * (4 + blanks) + "^" * carets


@pytest.mark.parametrize(
    ("roles", "arguments", "code"),
    [
        ([GOOD, INFO], "", 0),
        ([WARNING, INFO], "", 0),
        ([ERROR], "", 1),
        ([GOOD, INFO], "--fail-on error", 0),
        ([WARNING, INFO], "--fail-on error", 0),
        ([WARNING, INFO], "--fail-on warning", 1),
        ([GOOD, INFO], "--fail-on warning", 0),
        ([GOOD, INFO], "--fail-on info", 1),
        ([role()], "--fail-on info", 0),
        ([ERROR], "--fail-on info", 1),
        ([WARNING, INFO], "--fail-on warning --ignore Y014", 0),
        ([WARNING, INFO], "--fail-on info --ignore Y --ignore W001", 0),
        ([WARNING, INFO], "--fail-on info --ignore Y", 1),
        ([ERROR], "--max 0", 1),
    ],
)
def test_the_exit_code(run: Run, book: Book, roles: list[str], arguments: str, code: int) -> None:
    root = book(by_path(*roles))
    for format_ in ("text", "json", "github", "gitlab", "sarif", "junit"):
        result = run("validate", *arguments.split(), "--format", format_, book=root)
        assert (result.code, result.err) == (code, "")


@pytest.mark.parametrize("code", ["S", "S001", "S00"])
def test_an_error_that_cannot_be_left_out(run: Run, book: Book, code: str) -> None:
    root = book(by_path(ERROR))
    result = run("validate", "--ignore", code, book=root)
    assert (result.code, result.out) == (1, run("validate", book=root).out)
    assert result.err.startswith(f"{code} can be neither left out nor lowered.")


@pytest.mark.parametrize(
    ("settings_", "arguments", "code"),
    [
        ("rules: {fail_on: warning}\n", "", 1),
        ("rules: {fail_on: warning}\n", "--fail-on error", 0),
        ("rules: {fail_on: info}\n", "--ignore Y --ignore W", 0),
        ("rules: {fail_on: info, ignore: [Y, W]}\n", "", 0),
        ("rules: {severity: {W001: error}}\n", "", 1),
        ("rules: {severity: {W001: error}}\n", "--ignore W001", 0),
        ("rules: {fail_on: warning, severity: {Y014: info}}\n", "", 0),
        ("rules: {fail_on: never}\n", "", 1),
    ],
)
def test_the_book_chooses_the_level(
    run: Run, book: Book, settings_: str, arguments: str, code: int
) -> None:
    root = book({**by_path(WARNING, INFO), "dutybook.yaml": settings_})
    assert run("validate", *arguments.split(), book=root).code == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--ignore W999", "No rule has the code W999."),
        ("--ignore w001", "No rule has the code w001."),
        ("--ignore W0011", "No rule has the code W0011."),
        ("--ignore=", 'No rule has the code "".'),
        ("--ignore W001,W002", "No rule has the code W001,W002."),
        ("--fail-on never", "--fail-on"),
        ("--format xml", "--format"),
        ("--max -1", "--max"),
        ("--max x", "--max"),
        ("nothing.yaml", "There is no file nothing.yaml."),
        ("roles/teller.yaml roles/nothing.yaml", "There is no file roles/nothing.yaml."),
        ("../beside.yaml", "../beside.yaml is not in the book."),
        ("..", ".. is not in the book."),
        ("--outptu x", "--output"),
    ],
)
def test_usage_errors(run: Run, book: Book, arguments: str, words: str) -> None:
    root = book({**by_path(GOOD, INFO), "../beside.yaml": ""})
    result = run("validate", *arguments.split(), book=root)
    assert (result.code, result.out) == (2, "")
    assert words in result.err
    assert len(result.err.splitlines()) == 2 or "There is no file" in words
    assert "Traceback" not in result.err


def test_what_leaves_nothing_to_do(run: Run, book: Book, tmp_path: Path) -> None:
    empty = book({"roles/notes.txt": "a"})
    for root in (empty, tmp_path):
        result = run("validate", book=root)
        assert (result.code, result.out) == (2, "")
        assert len(result.err.splitlines()) == 2


# The day


@pytest.mark.parametrize(
    ("day", "late"), [("2026-01-31", False), ("2026-02-01", True), (None, True)]
)
def test_the_day(
    run: Run, book: Book, monkeypatch: pytest.MonkeyPatch, day: str | None, late: bool
) -> None:
    root = book(
        {TELLER: role(head=f"review_by: {'2020-01-01' if day is None else '2026-01-31'}\n")}
    )
    for _ in range(2):
        if day:
            monkeypatch.setenv("DUTYBOOK_TODAY", day)
        result = run("validate", "--format", "json", book=root)
        assert found(result) == ["T001 roles/teller.yaml:3"] * late


@pytest.mark.parametrize("day", ["today", "2026-02-30", "2026-1-1", "20260230", "\x1b[31m"])
def test_a_day_that_is_none(
    run: Run, book: Book, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setenv("DUTYBOOK_TODAY", day)
    result = run("validate", book=book())
    assert (result.code, result.out) == (2, "")
    assert "DUTYBOOK_TODAY" in result.err
    assert "\x1b" not in result.err


# PATHs, counts


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ("", "abcd"),
        (".", "abcd"),
        ("roles", "abc"),
        ("roles/", "abc"),
        ("roles/a.yaml", "a"),
        ("roles/a.yaml roles/deep/c.yaml", "ac"),
        ("roles/deep", "c"),
        ("roles/dee/../deep/", "c"),
        ("./roles//a.yaml", "a"),
        ("dutybook.yaml", "d"),
        ("roles/de", ""),
        ("roles/good.yaml", ""),
        ("roles/notes.txt", ""),
        ("{root}/roles/a.yaml", "a"),
    ],
)
def test_paths(run: Run, book: Book, paths: str, expected: str) -> None:
    bad = "  - {id: x, title: y, text: 完成交办的其他工作。}\n"
    root = book({
        "roles/a.yaml": role("a", "甲", "reports_to: good\n", bad),
        "roles/b.yaml": role("b", "乙", "reports_to: good\n", bad),
        "roles/deep/c.yaml": role("c", "丙", "reports_to: good\n", bad),
        "roles/good.yaml": role("good", "丁"),
        "roles/dee/e.yaml": role("e", "戊", "reports_to: good\n"),
        "roles/de": "", "roles/notes.txt": "",
        "dutybook.yaml": "tags: {无: 无}\n",
    })  # fmt: skip
    result = run("validate", *paths.format(root=root).split(), "--format", "json", book=root)
    names = {"a": "W001 roles/a.yaml:4", "b": "W001 roles/b.yaml:4", "c": "W001 roles/deep/c.yaml:4",
             "d": "B009 dutybook.yaml:1"}  # fmt: skip
    # `reports_to` moves the duty down by a line.
    assert sorted(one.replace(":5", ":4") for one in found(result)) == sorted(
        names[one] for one in expected
    )
    shown = json.loads(result.out)
    assert shown["summary"]["roles"] == 5
    assert shown["summary"]["infos"] == sum(one in "abc" for one in expected)


def test_a_path_is_checked_against_the_whole_book(run: Run, book: Book) -> None:
    root = book(
        by_path(role("a", "甲", "reports_to: b\n"), role("b", "乙", "reports_to: a\n"), ERROR)
    )
    assert found(run("validate", "roles/b.yaml", "--format", "json", book=root)) == [
        "B005 roles/b.yaml:3"
    ]
    assert run("validate", "roles/a.yaml", book=root).code == 0
    inner = run("validate", "b.yaml", "--format", "text", book=root / "roles")
    assert inner.out.startswith("b.yaml:3:13: error B005 ")


@POSIX
def test_paths_through_links(run: Run, book: Book, tmp_path: Path) -> None:
    root = book(by_path(ERROR))
    (tmp_path / "link").symlink_to(root)
    for path in (tmp_path / "link" / "roles" / "error.yaml", root / "roles" / "error.yaml"):
        for folder in (root, tmp_path / "link"):
            result = run("validate", str(path), "--book", str(folder), "--format", "json")
            assert found(result) == ["S001 roles/error.yaml:3"]
    (root / "roles" / "out.yaml").symlink_to("/etc/passwd")
    for path in ("roles/out.yaml", str(tmp_path / "link" / "roles" / "out.yaml")):
        result = run("validate", path, "--format", "json", book=root)
        assert found(result) == ["F002 roles/out.yaml"]


@pytest.mark.parametrize("most", [0, 1, 7, 299, 300, 1000])
def test_the_counts_are_true_however_few_are_shown(run: Run, book: Book, most: int) -> None:
    root = book({TELLER: role(head="".join(f"key{n}: a\n" for n in range(300)))})
    shown = json.loads(run("validate", "--max", str(most), "--format", "json", book=root).out)
    assert len(shown["problems"]) == min(most, 300)
    assert shown["summary"]["errors"] == 300
    text = run("validate", "--max", str(most), book=root).out.splitlines()
    assert text[-1] == "1 position: 300 errors, 0 warnings, 0 infos"
    assert sum("error S001" in line for line in text) == min(most, 300)
    assert (f"… {300 - most} more" in text) == (most < 300)
    assert [one["line"] for one in shown["problems"]] == list(range(3, 3 + min(most, 300)))


def test_hundreds_of_errors_of_many_kinds_in_one_file(run: Run, book: Book) -> None:
    duty = "  - {id: Bad Id, title: '', text: [a], cadence: dayly, cadance: b, tags: a}\n"
    root = book({TELLER: role(duties=duty * 100 + "  - {id: a\n    title: b\n")})
    (only,) = found(run("validate", "--format", "json", book=root))
    assert only.startswith("Y001 ")
    (root / TELLER).write_text(role(duties=duty * 100), encoding="utf-8")
    shown = json.loads(run("validate", "--format", "json", book=root).out)
    assert shown["summary"]["errors"] == len(shown["problems"]) == 699  # S007 but for the first
    assert {one["code"] for one in shown["problems"]} == {
        "S001", "S003", "S004", "S006", "S007", "S009",
    }  # fmt: skip


# Formats and outputs

READERS: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "json": json.loads,
    "github": str.splitlines,
    "gitlab": json.loads,
    "sarif": json.loads,
    "junit": lambda text: ET.fromstring(text.encode()),
}


@pytest.mark.parametrize("format_", READERS)
def test_two_runs_give_the_same_bytes(
    run: Run, book: Book, format_: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    texts = {
        path.relative_to(BRANCH).as_posix(): path.read_bytes() for path in BRANCH.rglob("*.yaml")
    }
    root = book({**texts, **by_path(ERROR, WARNING, INFO), "roles/bad.yaml": b"\xff"})
    first = run("validate", "--format", format_, book=root)
    READERS[format_](first.out)
    assert first.code == 1
    assert "S001" in first.out
    assert run("validate", "--format", format_, book=root) == first
    monkeypatch.setenv("DUTYBOOK_CACHE_DIR", str(tmp_path / "another"))
    assert run("validate", "--format", format_, book=root) == first
    target = tmp_path / f"report.{format_}"
    again = run("validate", "--format", format_, "--output", str(target), book=root)
    assert again == Result(1, "", "")
    assert target.read_bytes().decode() == first.out


@pytest.mark.parametrize("format_", ["github", "gitlab", "sarif", "junit"])
def test_paths_are_from_the_top_of_the_work_tree(run: Run, book: Book, format_: str) -> None:
    root = book(by_path(ERROR), name="银行/手册")
    top = root.parent.parent
    (top / ".git").mkdir()
    result = run("validate", "--format", format_, book=root / "roles")
    paths = {
        "github": lambda out: [out.partition("file=")[2].partition(",")[0]],
        "gitlab": lambda out: [one["location"]["path"] for one in json.loads(out)],
        "sarif": lambda out: [
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for one in json.loads(out)["runs"][0]["results"]
        ],
        "junit": lambda out: [one.get("classname") for one in ET.fromstring(out).iter("testcase")],
    }[format_](result.out)
    path = "银行/手册/roles/error.yaml"
    expected = (
        "%E9%93%B6%E8%A1%8C/%E6%89%8B%E5%86%8C/roles/error.yaml" if format_ == "sarif" else path
    )
    assert paths == [expected]
    (top / ".git").rmdir()
    assert path not in run("validate", "--format", format_, book=root).out


def test_the_output_takes_the_place_of_what_stood_there(
    run: Run, book: Book, tmp_path: Path
) -> None:
    root = book(by_path(GOOD, INFO))
    target = tmp_path / "报告" / "report.json"
    for before in (None, "x" * 100_000):
        if before:
            target.write_text(before, encoding="utf-8")
        assert run("validate", "--format", "json", "--output", str(target), book=root).code == 0
        assert json.loads(target.read_text(encoding="utf-8"))["version"] == 1
    assert [one.name for one in target.parent.iterdir()] == ["report.json"]


def test_output_that_cannot_be_written_leaves_what_stood_there(
    run: Run, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book(by_path(GOOD, INFO))
    target = tmp_path / "report.txt"
    target.write_text("before", encoding="utf-8")

    def full(*_arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("validate", "--output", str(target), book=root)
    assert (result.code, result.out) == (2, "")
    assert "The disk is full." in result.err
    assert target.read_text(encoding="utf-8") == "before"
    assert [
        one.name for one in tmp_path.iterdir() if "report" in one.name or "tmp" in one.name
    ] == ["report.txt"]


@pytest.mark.parametrize("where", ["folder", "file/report.txt", ""])
def test_output_where_none_can_be(run: Run, book: Book, tmp_path: Path, where: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("before", encoding="utf-8")
    root = book(by_path(GOOD, INFO))
    result = run("validate", "--output", str(tmp_path / where), book=root)
    assert (result.code, result.out) == (2, "")
    assert "bug" not in result.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "before"


@LINUX
def test_output_to_devices(run: Run, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """A device is written to; replaced by a file it would be lost, where root runs the program."""

    def replace(path: Path, _text: str) -> None:
        raise AssertionError(path)

    monkeypatch.setattr(writing, "write_over", replace)
    root = book(by_path(ERROR))
    full = run("validate", "--output", "/dev/full", book=root)
    assert (full.code, full.out) == (2, "")
    assert "No space left on device" in full.err
    assert run("validate", "--output", "/dev/null", book=root) == Result(1, "", "")
    assert run("validate", "--output", "/dev/../dev/null", book=root) == Result(1, "", "")


@POSIX
def test_output_through_a_link_and_a_pipe(run: Run, book: Book, tmp_path: Path) -> None:
    root = book(by_path(GOOD, INFO))
    target, link, pipe = (tmp_path / name for name in ("report.txt", "link.txt", "pipe"))
    target.write_text("before", encoding="utf-8")
    link.symlink_to(target)
    assert run("validate", "--output", str(link), book=root).code == 0
    assert link.is_symlink()
    assert "2 positions" in target.read_text(encoding="utf-8")
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("validate", "--output", str(pipe), book=root).code == 0
        assert b"2 positions" in os.read(reader, 10_000)
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


@POSIX
@NOT_ROOT
def test_output_into_a_folder_that_may_not_be_written(run: Run, book: Book, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked").chmod(0o500)
    result = run(
        "validate", "--output", str(tmp_path / "locked" / "a.txt"), book=book(by_path(GOOD, INFO))
    )
    assert result.code == 2
    assert "bug" not in result.err


# The job summary of GitHub


def test_the_job_summary_is_added(
    run: Run, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({TELLER: role(head="".join(f"key{n}: a\n" for n in range(30)))})
    summary = tmp_path / "summary.md"
    summary.write_text("# before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run("validate", book=root)
    assert summary.read_text(encoding="utf-8") == "# before\n"
    result = run("validate", "--format", "github", "--max", "5", book=root)
    assert result.out.count("::error ") == 5
    assert "::notice::25 more problems are in the job summary." in result.out
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("# before\n## dutybook validate: 1 position: 30 errors")
    assert text.count("| S001 |") == 30


def test_a_job_summary_that_cannot_be_written(
    run: Run, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    result = run("validate", "--format", "github", book=book(by_path(ERROR)))
    assert result.code == 2
    assert "::error " in result.out
    assert "bug" not in result.err


# What is kept between runs


def test_the_second_run_sees_what_changed(run: Run, book: Book, tmp_path: Path) -> None:
    root = book(by_path(GOOD, INFO))
    first = run("validate", "--format", "json", book=root)
    assert found(first) == ["W001 roles/info.yaml:4"]
    path = root / "roles" / "info.yaml"
    times = path.stat()
    path.write_text(INFO.replace("其他工作", "其它事项"), encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # what it says counts, not when
    assert run("validate", "--format", "json", book=root) == first
    path.write_text(INFO.replace("完成交办的其他工作。", "办结临时业务。"), encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert found(run("validate", "--format", "json", book=root)) == []
    (root / "dutybook.yaml").write_text("rules: {severity: {T002: info}}\n", encoding="utf-8")
    assert len(found(run("validate", "--format", "json", book=root))) == 2
    path.unlink()
    assert found(run("validate", "--format", "json", book=root)) == [
        "T002 roles/teller.yaml:1",
        "B003 roles/teller.yaml:3",
    ]
    assert list((tmp_path / "cache").iterdir())


def test_without_a_place_for_the_cache(
    run: Run, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    root = book(by_path(ERROR))
    expected = run("validate", book=root)
    monkeypatch.setenv("DUTYBOOK_CACHE_DIR", str(tmp_path / "file"))
    assert run("validate", book=root) == expected


# Input of every kind

OTHERS = {"roles/good.yaml": role("good", "好"), "roles/late.yaml": INFO.replace("info", "late").replace(
    "duties", "reports_to: good\nduties", 1)}  # fmt: skip
EXPECTED_OF_OTHERS = ["W001 roles/late.yaml:5"]


def check_beside(run: Run, root: Path, path: str, code: str, *arguments: str) -> None:
    """Check a book with a fault: it costs that finding, and the roles beside it are checked."""
    before = tree(root)
    result = run("validate", "--format", "json", *arguments, book=root)
    problems = found(result)
    # Who is at the top is told with the fault or without it, as the case may be.
    rest = [one for one in problems if not one.startswith(("B006", "B00"))]
    assert [one for one in rest if "late.yaml" in one] == EXPECTED_OF_OTHERS
    if code:
        assert any(one.startswith(f"{code} {path}") for one in rest), rest
    assert len(rest) == 1 + bool(code), rest
    assert run("validate", "--format", "json", *arguments, book=root) == result
    for format_ in ("text", "github", "gitlab", "sarif", "junit"):
        shown = run("validate", "--format", format_, *arguments, book=root)
        assert shown.err == ""
        assert shown.code == result.code
        READERS[format_](shown.out)
        assert "\x1b" not in shown.out
    assert tree(root) == before


TREES: dict[str, tuple[Callable[[Path], Any], str, str]] = {
    "pipe": (lambda roles: os.mkfifo(roles / "x.yaml"), "roles/x.yaml", "F002"),
    "folder": (lambda roles: (roles / "x.yaml").mkdir(), "roles/x.yaml", "F002"),
    "folder with a role": (
        lambda roles: ((roles / "x.yaml").mkdir(), (roles / "x.yaml" / "y.yaml").write_text("a: b")),
        "roles/x.yaml", "F002",
    ),
    "link out": (lambda roles: (roles / "x.yaml").symlink_to("/etc/passwd"), "roles/x.yaml", "F002"),
    "link to nowhere": (lambda roles: (roles / "x.yaml").symlink_to("no.yaml"), "roles/x.yaml", "F002"),
    "link to itself": (lambda roles: (roles / "x.yaml").symlink_to("x.yaml"), "roles/x.yaml", "F002"),
    "link to a device": (lambda roles: (roles / "x.yaml").symlink_to("/dev/zero"), "roles/x.yaml", "F002"),
    "link inside": (lambda roles: (roles / "x.yaml").symlink_to("good.yaml"), "roles/x.yaml", "F006"),
    "link to a folder": (lambda roles: (roles / "x").symlink_to(".."), "", ""),
    "sparse": (
        lambda roles: ((roles / "x.yaml").touch(), os.truncate(roles / "x.yaml", 5 << 30)),
        "roles/x.yaml", "F003",
    ),
    "line break in the name": (lambda roles: (roles / "a\nb.txt").touch(), "", ""),
    "hidden": (lambda roles: (roles / ".x.yaml").write_bytes(b"\xff"), "", ""),
    "backup": (lambda roles: (roles / "x.yaml~").write_bytes(b"\xff"), "", ""),
    "node_modules": (
        lambda roles: ((roles / "node_modules").mkdir(), (roles / "node_modules/x.yaml").touch()), "", "",
    ),
}  # fmt: skip


@POSIX
@pytest.mark.parametrize(("make", "path", "code"), TREES.values(), ids=TREES)
def test_faults_of_the_tree(
    run: Run, book: Book, make: Callable[[Path], Any], path: str, code: str
) -> None:
    root = book(OTHERS)
    make(root / "roles")
    check_beside(run, root, path, code)


@POSIX
def test_a_socket(run: Run, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    root = book(OTHERS)
    monkeypatch.chdir(root / "roles")  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("x.yaml")
        check_beside(run, root, "roles/x.yaml", "F002")


@LINUX
def test_a_name_that_is_not_utf8(run: Run, book: Book) -> None:
    root = book(OTHERS)
    (Path(os.fsdecode(os.fsencode(root / "roles") + b"/x\xff\xfe.yaml"))).write_text(role())
    check_beside(run, root, "roles/x", "F007")


@POSIX
@pytest.mark.parametrize(
    "name", ["a\nb", "esc\x1b[31m", "[red]x", "-rf", "--output=x", "柜 员", "a:b", "con"]
)
def test_odd_names_cost_the_finding_that_the_id_is_not_the_name(
    run: Run, book: Book, name: str
) -> None:
    root = book(OTHERS)
    (root / "roles" / f"{name}.yaml").write_text(
        role("odd", "怪", "reports_to: good\n"), encoding="utf-8"
    )
    check_beside(run, root, "", "S005")


@POSIX
@NOT_ROOT
@pytest.mark.parametrize("what", ["x.yaml", "x"])
def test_without_the_right_to_read(run: Run, book: Book, what: str) -> None:
    root = book({**OTHERS, f"roles/{what}" if what.endswith("yaml") else "roles/x/y.yaml": role()})
    (root / "roles" / what).chmod(0)
    try:
        result = run("validate", "--format", "json", book=root)
        assert f"F001 roles/{what}" in found(result)
        assert EXPECTED_OF_OTHERS[0] in found(result)
        assert run("validate", book=root).err == ""
    finally:
        (root / "roles" / what).chmod(0o700)


def test_a_file_that_the_system_refuses(
    run: Run, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({**OTHERS, "roles/x.yaml": role("x", "某", "reports_to: good\n")})
    real = os.open

    def refuse(path: Any, *more: Any) -> int:
        if str(path).endswith("x.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, *more)

    monkeypatch.setattr(os, "open", refuse)
    check_beside(run, root, "roles/x.yaml", "F001")


def test_a_file_that_vanishes_during_the_run(
    run: Run, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({**OTHERS, "roles/x.yaml": role("x", "某", "reports_to: nobody\n")})
    real = files.read
    for after in (0, 1, 2, 3):
        left = after

        def vanish(folder: Path, path: str) -> Any:
            nonlocal left
            if path.endswith("x.yaml"):
                left -= 1
                if left < 0:
                    return real(folder, "roles/gone.yaml")
            return real(folder, path)

        monkeypatch.setattr(files, "read", vanish)
        monkeypatch.setenv("DUTYBOOK_CACHE_DIR", str(root.parent / f"cache{after}"))
        result = run("validate", book=root)
        assert (result.code, result.err) == (1, "")
        assert "late.yaml:5" in result.out
        monkeypatch.setattr(files, "read", real)
        again = found(run("validate", "--format", "json", "--ignore", "B006", book=root))
        assert sorted(again) == ["B003 roles/x.yaml:3", *EXPECTED_OF_OTHERS]


CONTENTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "Y018"),
    "GBK": (role("x", "某").encode("gbk"), "F004"),
    "UTF-16": (role("x", "某").encode("utf-16"), "F004"),
    "binary": (b"PK\x03\x04" + bytes(range(256)), "F004"),
    "NULs": (bytes(5000), "F004"),
    "too large": (b"# " + b"x" * (1 << 20), "F003"),
    "no YAML": (b"id: 'x", "Y001"),
    "brackets": (b"[" * 25_000, "Y006"),
    "aliases": (b"a: &a [x]\n" + b"".join(b"k%d: [*a, *a]\n" % n for n in range(5)), "Y003"),
    "tag": (b"!!python/object/apply:os.system ['echo x']\n", "Y004"),
    "conflict": (b"<<<<<<< HEAD\nid: x\n", "Y016"),
    "two documents": (role("x", "某").encode() + b"---\nid: y\n", "Y007"),
    "list": (b"- a\n", "S003"),
    "text": ("岗位职责".encode(), "S003"),
    "escape": (role("x", '"\\e[2Jx"').encode(), "Y009"),
    "bidi": (role("x", "\u202e某").encode(), "Y010"),
    "other id": (role("y", "某", "reports_to: good\n").encode(), "S005"),
}


@pytest.mark.parametrize(("raw", "code"), CONTENTS.values(), ids=CONTENTS)
def test_faults_of_a_file(run: Run, book: Book, raw: bytes, code: str) -> None:
    root = book({**OTHERS, "roles/x.yaml": raw})
    for arguments in ((), ("--lang", "zh")):
        result = run("validate", "--format", "json", *arguments, book=root)
        assert result.code == 1
        problems = found(result)
        assert any(one.startswith(f"{code} roles/x.yaml") for one in problems), problems
        assert [one for one in problems if "late.yaml" in one] == EXPECTED_OF_OTHERS
        for format_ in READERS:
            shown = run("validate", "--format", format_, *arguments, book=root)
            assert (shown.code, shown.err) == (1, "")
            READERS[format_](shown.out)
            assert not {"\x1b", "\u202e"} & set(shown.out)


SETTINGS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "Y018"),
    "GBK": ("title: 手册\n".encode("gbk"), "F004"),
    "no YAML": (b"title: 'x", "Y001"),
    "a list": (b"- a\n", "S003"),
    "unknown key": (b"titel: a\n", "S001"),
    "a tag": (b"title: !!x a\n", "Y004"),
    "no code": (b"rules: {ignore: [w1]}\n", "S010"),
    "no level": (b"rules: {severity: {W: often}}\n", "S009"),
    "too new": (b"format: 99\n", "S012"),
    "too large": (b"# " + b"x" * (1 << 20), "F003"),
}


@pytest.mark.parametrize(("raw", "code"), SETTINGS.values(), ids=SETTINGS)
def test_faults_of_the_book_file(run: Run, book: Book, raw: bytes, code: str) -> None:
    """It is told, nothing that hangs on it is, and the roles are checked."""
    root = book({**OTHERS, TELLER: role(head="reports_to: declared\n"), "dutybook.yaml": raw})
    result = run("validate", "--format", "json", book=root)
    expected = 2 if code == "S012" else 1
    assert result.code == expected
    problems = [one for one in found(result) if not one.startswith("B006")]
    assert problems[0].startswith(f"{code} dutybook.yaml")
    assert problems[1:] == EXPECTED_OF_OTHERS
    for format_ in READERS:
        shown = run("validate", "--format", format_, book=root)
        assert (shown.code, shown.err) == (expected, "")


@POSIX
@pytest.mark.parametrize(
    "make",
    [
        os.mkfifo,
        Path.mkdir,
        lambda path: path.symlink_to("/etc/passwd"),
        lambda path: path.symlink_to("x"),
    ],
    ids=["pipe", "folder", "link out", "link to nowhere"],
)
def test_a_book_file_that_is_no_file(run: Run, book: Book, make: Callable[[Path], Any]) -> None:
    root = book({**OTHERS, TELLER: role(head="reports_to: declared\n")})
    make(root / "dutybook.yaml")
    result = run("validate", "--format", "json", "--book", str(root), "--ignore", "B006")
    assert result.code == 1
    assert found(result) == ["F002 dutybook.yaml", *EXPECTED_OF_OTHERS]


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    raw=st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda one: one.encode("utf-8", "replace"))),
    name=st.sampled_from(["roles/any.yaml", "dutybook.yaml"]),
    format_=st.sampled_from(sorted(READERS)),
)  # fmt: skip
def test_any_bytes_are_reported_in_any_format(
    run: Run, tmp_path: Path, raw: bytes, name: str, format_: str
) -> None:
    (tmp_path / "roles").mkdir(exist_ok=True)
    (tmp_path / "roles" / "good.yaml").write_text(role("good", "好"), encoding="utf-8")
    for path in ("roles/any.yaml", "dutybook.yaml"):
        (tmp_path / path).unlink(missing_ok=True)
    (tmp_path / name).write_bytes(raw)
    result = run("validate", "--format", format_, book=tmp_path)
    assert result.err == ""
    assert result.code in {0, 1}
    READERS[format_](result.out)
    assert (tmp_path / name).read_bytes() == raw
