"""`dutybook search` on the command line: what is written where, and with which exit code."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dutybook.cli import search_tables
from dutybook.text import cells
from tests.conftest import Book, Result, Run

ROOT = Path(__file__).parent.parent.parent

LONG = "甲" * 60 + "反洗钱" + "乙" * 60
TRICKY = f"""\
id: tricky
title: 特殊岗
aliases: ["[red]别名[/red]"]
duties:
  - id: one
    label: "1"
    title: "[bold]标题"
    text: "a\\\\b\\tc [/] 反洗錢"
  - id: two
    label: "2"
    title: 长文
    items:
      - {LONG}
  - id: three
    title: 两行
    text: |
      第一行
      第二行 反洗钱
"""
SETTINGS = "synonyms: [[反洗钱, AML]]\n"


@pytest.fixture
def tricky(book: Book) -> Path:
    return book({"roles/tricky.yaml": TRICKY, "dutybook.yaml": SETTINGS})


@pytest.mark.parametrize("word", ["反洗钱", "反洗錢", "AML", "fxq", "fanxiqian"])
def test_the_shipped_book(run: Run, word: str) -> None:
    result = run("search", word, book=ROOT)
    assert result.code == 0
    assert result.err == ""
    (line,) = result.out.splitlines()
    role, label, title, passage, place = line.split("\t")
    assert (role, label, title) == ("operations-supervisor", "5", "网点内控合规管理")
    assert "反洗钱" in passage
    path, number = place.split(":")
    assert "反洗钱" in (ROOT / path).read_text("utf-8").splitlines()[int(number) - 1]


def test_plain(run: Run, tricky: Path) -> None:
    result = run("search", "AML", book=tricky)
    assert result.out == (
        "tricky\t1\t[bold]标题\ta\\\\b\\tc [/] 反洗錢\troles/tricky.yaml:8\n"
        "tricky\t\t两行\t第一行\\n第二行 反洗钱\troles/tricky.yaml:16\n"
        f"tricky\t2\t长文\t{LONG}\troles/tricky.yaml:13\n"
    )


def test_paths_are_relative_to_the_current_folder(run: Run, tricky: Path) -> None:
    assert (
        run("search", "洗錢", book=tricky / "roles").out.splitlines()[0].endswith("\ttricky.yaml:8")
    )
    outside = run("search", "洗钱", "--book", "book", "--files", book=tricky.parent)
    assert outside.out == "book/roles/tricky.yaml\n"


def test_json(run: Run, tricky: Path) -> None:
    result = run("search", "反洗钱", "--format", "json", "--limit", "1", book=tricky)
    assert json.loads(result.out) == {
        "version": 1,
        "query": "反洗钱",
        "total": 3,
        "hits": [
            {
                "role": "tricky",
                "role_title": "特殊岗",
                "duty": "one",
                "label": "1",
                "title": "[bold]标题",
                "field": "text",
                "text": "a\\b\tc [/] 反洗錢",
                "spans": [[10, 13]],
                "path": "roles/tricky.yaml",
                "line": 8,
            }
        ],
    }
    assert result.out == run("search", "反洗钱", "--format", "json", "--limit", "1").out
    head = json.loads(run("search", "“别名”", "--format", "json").out)["hits"][0]
    assert [head[key] for key in ("duty", "label", "title", "field")] == [
        None,
        None,
        None,
        "role.aliases[0]",
    ]


def test_json_of_nothing_found_has_the_same_keys(run: Run, tricky: Path) -> None:
    result = run("search", "没有", "--format", "json", book=tricky)
    assert result.code == 1
    assert json.loads(result.out) == {"version": 1, "query": "没有", "total": 0, "hits": []}


@pytest.mark.parametrize("width", [45, 60, 80, 140])
def test_the_table_cuts_the_passage_round_the_match(
    run: Run, tricky: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    result = run("search", "反洗钱", "--format", "table", book=tricky)
    assert all(cells(line) <= width for line in result.out.splitlines())
    assert "[bold]标题" in result.out.replace("\n", "") or width < 80
    assert result.out.count("反洗钱") == 2
    assert "…" in result.out
    assert result.out.endswith("\n3 hits.\n")


def test_the_match_is_highlighted(run: Run, tricky: Path) -> None:
    result = run("search", "反洗钱", "--format", "table", "--color", "always", book=tricky)
    assert "\x1b[1;31m反洗錢\x1b[0m" in result.out
    assert "\x1b" not in run("search", "反洗钱", "--format", "table").out


@pytest.mark.parametrize(
    ("text", "at", "room", "shown"),
    [
        ("甲乙丙丁", 0, 8, "甲乙丙丁"),
        ("甲乙丙丁", 0, 7, "甲乙丙…"),
        ("甲乙丙丁", 3, 6, "…丙丁"),
        ("甲乙丙丁戊己庚辛", 4, 9, "…丁戊己…"),
        ("abcdefghij", 5, 6, "…defg…"),
        ("甲乙丙", 1, 2, "…"),
        ("甲乙", 0, 1, "…"),
    ],
)
def test_cutting(text: str, at: int, room: int, shown: str) -> None:
    from rich.text import Text

    cut = search_tables.cut(Text(text), at, room).plain
    assert cut == shown
    assert cells(cut) <= room


def test_limit_count_and_files(run: Run, tricky: Path) -> None:
    assert run("search", "反洗钱", "--count", book=tricky).out == "3\n"
    assert run("search", "反洗钱", "--count", "--files").out == "1\n"
    assert run("search", "反洗钱", "--files").out == "roles/tricky.yaml\n"
    assert len(run("search", "反洗钱", "--limit", "2").out.splitlines()) == 2
    table = run("search", "反洗钱", "--limit", "1", "--format", "table").out
    assert table.endswith("\n3 hits. The first is shown.\n")
    nothing = run("search", "没有", "--count")
    assert (nothing.out, nothing.code) == ("0\n", 1)
    refused = run("search", "反洗钱", "--files", "--format", "json")
    assert refused.code == 2
    assert run("search", "x", "--limit", "0").code == 2
    assert run("search", "x", "--limit", "-1").code == 2


def test_options_are_filters(run: Run, book: Book) -> None:
    root = book()
    assert len(run("search", "--tag", "客户维护", book=root).out.splitlines()) == 1
    assert len(run("search", "客户", "--role", "大堂经理").out.splitlines()) == 1
    assert run("search", "--unit", "营业室").code == 1
    assert run("search", "x", "--role", "nobody").code == 2


def test_an_exclusion_reaches_the_query(run: Run, book: Book) -> None:
    root = book()
    both = run("search", "客户", "--files", book=root).out.splitlines()
    assert len(both) == 2
    for arguments in (["-引导"], ["-引导", "--files"], ["－引导"]):
        result = run("search", "客户", *arguments, "--files")
        assert result.out.splitlines() == ["roles/customer-manager.yaml"]
    assert run("search", "-引导", "客户", "--files").out.splitlines() == both[:1]
    tagged = run("search", "客户", "tag:客户维护", "--count").out
    assert (tagged, run("search", "客户", "-tag:客户维护", "--count").out) == ("1\n", "2\n")
    assert run("search", "--", "客户", "-引导", "--count").code in {0, 1}
    unknown = run("search", "客户", "--引导")
    assert unknown.code == 2
    assert "--引导" in unknown.err


def test_what_is_near_is_named(run: Run) -> None:
    result = run("search", "反冼钱", book=ROOT)
    assert (result.code, result.out) == (1, "")
    assert "Nothing found." in result.err
    assert "Did you mean 反洗钱" in result.err


def test_a_filter_value_that_fits_nothing_is_said(run: Run) -> None:
    result = run("search", "客户", "tag:反洗线", book=ROOT)
    assert result.code == 1
    assert "Nothing in the book has tag:反洗线." in result.err
    assert "Did you mean 反洗钱?" in result.err


def test_files_with_errors_are_counted(run: Run, book: Book) -> None:
    root = book({"roles/a.yaml": "id: a\ntitle: 甲\nduties:\n  - {id: d, title: 一, text: 二}\n",
                 "roles/b.yaml": "id: b\n"})  # fmt: skip
    result = run("search", "一", book=root)
    assert result.code == 0
    assert "1 file has errors and is not searched" in result.err


def test_a_usage_error_points_into_the_query(run: Run) -> None:
    result = run("search", "客户", "“经理", book=ROOT)
    assert result.code == 2
    assert "\n  客户 “经理\n       ^\n" in result.err


@pytest.mark.parametrize(
    "text",
    [
        "客" * 10_000, "a" * 10_000, "ab " * 3_000, "客 户 " * 3_000, '"' + "a b" * 3_000 + '"',
        "\x00", "\x1b[31m", "a\x1fb", "“a\x1fb”", "\x1d\x1e", "\ud800", "“\udcff”", "tag:\udcff",
        "\u202e", ".*", "[", "(", "\\", "a|b", "%_", "'; DROP TABLE part; --", "|", "{}", "{count}",
        "-", "--x"[1:], "😀", "\U0010ffff", "tag:\x1f", "unit:\x02", "role:\ud800", "*?",
    ],
)  # fmt: skip
def test_odd_queries_are_answered(run: Run, text: str) -> None:
    for form in ("plain", "json", "table"):
        result = run("search", text, "--format", form, book=ROOT)
        assert result.code in {0, 1, 2}
        assert "bug" not in result.err
        assert "Traceback" not in result.err
        assert "\x1b" not in result.err
        result.out.encode()
        if form == "json" and result.code < 2:
            assert json.loads(result.out)["total"] == 0 or result.code == 0


def test_completion_knows_tags(book: Book, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = book()
    done = subprocess.run(
        [sys.executable, "-m", "dutybook"], capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "_DUTYBOOK_COMPLETE": "complete_bash", "DUTYBOOK_BOOK": str(root),
             "COMP_WORDS": "dutybook search --tag ", "COMP_CWORD": "3"},
    )  # fmt: skip
    assert "客户维护" in done.stdout


# -- the index, in processes of their own ---------------------------------------------------------


def searched(root: Path, *arguments: str) -> Result:
    done = subprocess.run(
        [sys.executable, "-m", "dutybook", "search", *arguments, "--book", str(root)],
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    return Result(done.returncode, done.stdout, done.stderr)


def test_two_searches_building_at_once(book: Book) -> None:
    text = TRICKY.replace("id: tricky", "id: {}")
    root = book({f"roles/r-{i}.yaml": text.replace("{}", f"r-{i}") for i in range(400)})
    command = [sys.executable, "-m", "dutybook", "search", "反洗钱", "--count", "--book", str(root)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [run.communicate()[0] for run in runs] == ["1200\n"] * 3
    (root / "roles" / "r-7.yaml").write_text("id: r-7\n", "utf-8")
    assert searched(root, "反洗钱", "--count").out == "1197\n"


def test_a_corrupt_index_and_one_of_a_newer_version(book: Book, tmp_path: Path) -> None:
    root = book()
    expected = searched(root, "客户")
    assert expected.code == 0
    (database,) = (tmp_path / "cache").glob("*.sqlite")
    assert stat.S_IMODE(database.stat().st_mode) == 0o600 or os.name == "nt"
    for content in (b"", b"noise" * 1000, database.read_bytes()[:5000]):
        database.write_bytes(content)
        assert searched(root, "客户") == expected
    database.with_name(database.name.replace("-3-", "-9-")).write_bytes(b"newer")
    assert searched(root, "客户") == expected


def test_a_cache_that_cannot_be_written(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book()
    expected = searched(root, "客户")
    (root / "roles" / "new.yaml").write_text(
        "id: new\ntitle: 新\nduties:\n  - {id: d, title: 新客户, text: 一}\n", "utf-8"
    )
    (database,) = (tmp_path / "cache").glob("*.sqlite")
    database.chmod(0o400)
    (tmp_path / "cache").chmod(0o500)
    try:
        found = searched(root, "客户")
    finally:
        (tmp_path / "cache").chmod(0o700)
    assert (found.code, found.err) == (0, "")
    assert sorted(found.out.splitlines()) == sorted(
        [*expected.out.splitlines(), f"new\t\t新客户\t新客户\t{place(root, 'new.yaml:4')}"]
    )
    monkeypatch.setenv("DUTYBOOK_CACHE_DIR", str(root / "dutybook.yaml" / "nowhere"))
    assert searched(root, "新客户").code == 0


def place(root: Path, name: str) -> str:
    return os.path.relpath(root / "roles" / name).replace(os.sep, "/")
