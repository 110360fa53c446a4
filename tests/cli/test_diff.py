"""`dutybook diff` on real books and real repositories."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import LOBBY_MANAGER, Book, Git, Result, Run

Make = Callable[[Path], Git]

MANAGER = "roles/customer-manager.yaml"
LOBBY = "roles/lobby-manager.yaml"


@pytest.fixture
def repository(book: Book, git: Make) -> tuple[Git, Path]:
    """A repository that is a book, everything committed."""
    root = book()
    return git(root), root


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def changes(result: Result) -> list[dict[str, Any]]:
    assert result.code in (0, 1), result.err
    found: list[dict[str, Any]] = json.loads(result.out)["changes"]
    return found


def brief(result: Result) -> list[tuple[str, str, str | None, str | None]]:
    return [(one["kind"], one["role"], one["duty"], one["field"]) for one in changes(result)]


# Revisions ----------------------------------------------------------------------------------------


def test_nothing_changed(repository: tuple[Git, Path], run: Run) -> None:
    result = run("diff", "--exit-code", book=repository[1])
    assert (result.code, result.out) == (0, "")
    assert run("diff", "--format", "table").err == "No differences.\n"
    assert changes(run("diff", "--format", "json")) == []


def test_the_files_against_the_last_commit(repository: tuple[Git, Path], run: Run) -> None:
    git, root = repository
    edit(root, MANAGER, "长期关系", "稳定关系")
    result = run("diff", book=root)
    assert result == Result(
        0,
        "changed\tcustomer-manager\trelationship\t\ttext\t维护与管户客户的长期关系。"
        "\t维护与管户客户的稳定关系。\t\n",
        "",
    )
    assert run("diff", "--exit-code").code == 1
    document = json.loads(run("diff", "--format", "json").out)
    assert document == {
        "version": 1,
        "old": git("rev-parse", "HEAD").strip(),
        "new": "worktree",
        "summary": {"added": 0, "removed": 0, "renamed": 0, "renumbered": 0, "moved": 0,
                    "changed": 1},
        "changes": [
            {"kind": "changed", "role": "customer-manager", "duty": "relationship", "item": None,
             "field": "text", "old": "维护与管户客户的长期关系。",
             "new": "维护与管户客户的稳定关系。", "spans": [[8, 10, 8, 10]], "wording_only": False}
        ],
    }  # fmt: skip
    assert run("diff", "--format", "json").out == run("diff", "--format", "json").out


def test_the_ways_to_name_revisions(repository: tuple[Git, Path], run: Run) -> None:
    git, root = repository
    git("branch", "main-point")
    edit(root, MANAGER, "长期关系", "稳定关系")
    git.commit("two")
    git("checkout", "-q", "-b", "draft", "main-point")
    (root / LOBBY).unlink()
    git.commit("draft")
    edit(root, MANAGER, "客户关系管理", "客户关系")

    def run_json(*words: str) -> list[tuple[str, str, str | None, str | None]]:
        return brief(run("diff", "--format", "json", *words, book=root))

    text = ("changed", "customer-manager", "relationship", "text")
    title = ("changed", "customer-manager", "relationship", "title")
    gone = ("removed", "lobby-manager", None, None)
    assert run_json() == [title]
    assert run_json("--rev", "HEAD") == [title]
    assert run_json("--rev", "main-point") == [title, gone]
    assert run_json("--rev", "main-point..main") == [text]
    assert run_json("--rev", "main..draft") == [text, gone]
    assert run_json("--rev", "main...draft") == [gone]
    assert run_json("--rev", "main...") == [gone]
    assert run_json("--rev", "..main") == [text, ("added", "lobby-manager", None, None)]
    assert run_json("--staged") == []
    git("add", "-A")
    assert run_json("--staged") == [title]
    assert run_json("--staged", "customer-manager") == [title]
    assert run_json("--rev", "main..draft", "大堂经理") == [gone]
    assert run_json("--rev", "main..draft", "khjl") == [text]
    document = json.loads(run("diff", "--staged", "--format", "json").out)
    assert document["new"] == "index"


def test_a_book_in_a_folder_below_and_odd_names(book: Book, git: Make, run: Run) -> None:
    root = book(
        {
            "库 x/手册/dutybook.yaml": "title: 手册\n",
            "库 x/手册/roles/网点/a b/lobby-manager.yaml": LOBBY_MANAGER,
            "库 x/roles/other.yaml": LOBBY_MANAGER.replace("lobby-manager", "other"),
        }
    )
    made = git(root)
    inner = root / "库 x" / "手册"
    made("config", "core.quotePath", "true")
    edit(inner, "roles/网点/a b/lobby-manager.yaml", "引导客户", "引导来客")
    edit(root, "库 x/roles/other.yaml", "引导客户", "引导来客")
    result = run("diff", "--format", "json", "--book", str(inner))
    assert brief(result) == [("changed", "lobby-manager", "guide", "text")]
    made.commit("two")
    result = run("diff", "--format", "json", "--rev", "HEAD~1..HEAD", book=inner)
    assert brief(result) == [("changed", "lobby-manager", "guide", "text")]


def test_a_renamed_and_a_moved_file(repository: tuple[Git, Path], run: Run) -> None:
    git, root = repository
    (root / "roles" / "hall").mkdir()
    git("mv", LOBBY, "roles/hall/lobby-manager.yaml")
    assert run("diff", "--exit-code", book=root).code == 0
    git("mv", MANAGER, "roles/hall/relationship-manager.yaml")
    edit(root, "roles/hall/relationship-manager.yaml", "id: customer", "id: relationship")
    assert brief(run("diff", "--format", "json")) == [
        ("renamed", "relationship-manager", None, "id")
    ]
    assert run("diff", "--format", "plain", "relationship-manager").out.count("\n") == 1


def test_a_revision_without_a_book_is_an_empty_one(tmp_path: Path, git: Make, run: Run) -> None:
    root = tmp_path / "young"
    root.mkdir()
    (root / "README").write_text("soon")
    made = git(root)
    (root / "roles").mkdir()
    (root / LOBBY).write_text(LOBBY_MANAGER)
    assert brief(run("diff", "--format", "json", book=root)) == [
        ("added", "lobby-manager", None, None)
    ]
    made.commit("two")
    (document,) = changes(run("diff", "--format", "json", "--rev", "HEAD..HEAD~1"))
    assert document["kind"] == "removed"
    assert document["old"]["duties"][0]["text"] == "引导客户办理业务。"
    assert document["new"] is None


def test_a_file_that_is_only_announced_is_not_staged(
    repository: tuple[Git, Path], run: Run
) -> None:
    git, root = repository
    (root / "roles" / "new.yaml").write_text(LOBBY_MANAGER.replace("lobby-manager", "new"))
    git("add", "--intent-to-add", "roles/new.yaml")
    assert run("diff", "--staged", "--exit-code", book=root) == Result(0, "", "")
    assert brief(run("diff", "--format", "json")) == [("added", "new", None, None)]


def test_a_repository_with_longer_ids(book: Book, run: Run, git: Make) -> None:
    root = book()
    Git(root)("init", "-q", "--object-format=sha256")
    made = git(root)
    assert run("diff", "--exit-code", book=root).code == 0
    edit(root, MANAGER, "长期关系", "稳定关系")
    made.commit("two")
    result = run("diff", "--rev", "HEAD~1..HEAD", "--format", "json")
    assert brief(result) == [("changed", "customer-manager", "relationship", "text")]
    assert len(json.loads(result.out)["old"]) == 64


def test_settings_are_no_role(repository: tuple[Git, Path], run: Run) -> None:
    _, root = repository
    (root / "dutybook.yaml").write_text("title: 手册\n")
    (root / "roles" / ".hidden.yaml").write_text("x")
    (root / "roles" / "__pycache__").mkdir()
    (root / "roles" / "notes.txt").write_text("x")
    assert run("diff", "--exit-code", book=root).code == 0


def test_line_ends_that_git_converts_are_no_difference(
    repository: tuple[Git, Path], run: Run
) -> None:
    _, root = repository
    raw = (root / MANAGER).read_bytes().replace(b"\n", b"\r\n")
    (root / MANAGER).write_bytes(raw)
    assert run("diff", "--exit-code", book=root).code == 0


# What cannot be read ------------------------------------------------------------------------------


def test_a_side_with_errors_is_compared_as_far_as_it_can_be_read(
    repository: tuple[Git, Path], run: Run
) -> None:
    git, root = repository
    edit(root, MANAGER, "    involvement: responsible\n", "    involvment: responsible\n")
    edit(root, MANAGER, "长期关系", "稳定关系")
    result = run("diff", book=root)
    assert [line.split("\t")[4] for line in result.out.splitlines()] == ["text", "involvement"]
    assert "roles/customer-manager.yaml:10: has errors" in result.err
    assert "involvment" in result.err
    assert result.code == 0
    git.commit("wrong")
    result = run("diff", "--rev", "HEAD~1..HEAD", book=root)
    assert "roles/customer-manager.yaml (HEAD):10: has errors" in result.err


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04\x00\x00", "binary"),
        (b"\x00" * 100, "UTF-16"),
        ("title: 经理".encode("gbk"), "GBK"),
        (b"id: [\n", "bracket"),
        (b"<<<<<<< ours\nid: a\n=======\nid: b\n>>>>>>> theirs\n", "conflict of a merge"),
        (b"x" * (2 << 20), "too large"),
        (b"- a\n- b\n", "mapping"),
        (b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_compared(
    repository: tuple[Git, Path], run: Run, raw: bytes, said: str
) -> None:
    git, root = repository
    (root / MANAGER).write_bytes(raw)
    edit(root, LOBBY, "引导客户", "引导来客")
    result = run("diff", book=root)
    assert result.code == 2
    assert "roles/customer-manager.yaml" in result.err
    assert "cannot be compared" in result.err
    assert said in result.err
    assert result.out.splitlines()[0].startswith("changed\tlobby-manager\tguide")
    assert len(result.out.splitlines()) == 1
    assert run("diff", "lobby-manager", "--rev", "HEAD").code == 0
    assert run("diff", "customer-manager", "--rev", "HEAD").code == 2
    git.commit("bad")
    result = run("diff", "--rev", "HEAD~1..HEAD")
    assert result.code == 2
    assert "(HEAD)" in result.err


def test_the_middle_of_a_merge(repository: tuple[Git, Path], run: Run) -> None:
    git, root = repository
    git("checkout", "-q", "-b", "theirs")
    edit(root, MANAGER, "长期关系", "稳定关系")
    git.commit("theirs")
    git("checkout", "-q", "main")
    edit(root, MANAGER, "长期关系", "良好关系")
    git.commit("ours")
    git("merge", "theirs", check=False)
    result = run("diff", book=root)
    assert result.code == 2
    assert "A conflict of a merge" in result.err
    result = run("diff", "--staged")
    assert result.code == 2
    assert "a merge is not finished" in result.err


def test_submodules_and_links(repository: tuple[Git, Path], run: Run, tmp_path: Path) -> None:
    git, root = repository
    git("submodule", "--quiet", "add", str(root), "roles/sub")
    (root / "roles" / "link.yaml").symlink_to("lobby-manager.yaml")
    git.commit("links")
    result = run("diff", "--rev", "HEAD~1..HEAD", book=root)
    assert result.code == 2
    assert "roles/sub (HEAD): cannot be compared. This is a submodule" in result.err
    assert "roles/link.yaml (HEAD): cannot be compared. This is a link" in result.err
    result = run("diff")
    assert (result.code, result.out, result.err) == (0, "", "")


# Usage and git errors -----------------------------------------------------------------------------


def test_no_repository(book: Book, run: Run, git: Make) -> None:
    result = run("diff", book=book())
    assert result.code == 2
    assert "not in a git repository" in result.err


@pytest.mark.parametrize(
    "revision",
    ["nothing", "-x", "--output=pwned", "HEAD..nothing", "..-x", "", "^HEAD", "a..b..c", "HEAD:x"],
)
def test_revisions_that_are_none(repository: tuple[Git, Path], run: Run, revision: str) -> None:
    result = run("diff", f"--rev={revision}", book=repository[1])
    assert result.code == 2
    assert result.err.startswith("Error: ")
    assert result.err.count("\n") == 2
    assert not list(repository[1].rglob("pwned"))


def test_options_that_do_not_go_together(repository: tuple[Git, Path], run: Run) -> None:
    result = run("diff", "--rev", "HEAD", "--staged", book=repository[1])
    assert result.code == 2
    assert "--rev and --staged" in result.err
    assert run("diff", "--books", ".", ".", "--staged").code == 2
    assert run("diff", "--git-driver").code == 2


def test_a_position_that_does_not_exist(repository: tuple[Git, Path], run: Run) -> None:
    result = run("diff", "nobody", "--rev", "HEAD", book=repository[1])
    assert result.code == 2
    assert "No position is called nobody" in result.err


def test_revisions_given_as_positions(repository: tuple[Git, Path], run: Run) -> None:
    git, root = repository
    git.commit("two")
    result = run("diff", "HEAD~1", "HEAD", book=root)
    assert result.code == 2
    assert "dutybook diff --rev HEAD~1..HEAD" in result.err
    assert "--rev HEAD~1`" in run("diff", "HEAD~1").err


PLANTED = """\
[core]
\tfsmonitor = {run}
\thooksPath = {hooks}
\tpager = {run}
\teditor = {run}
\tsshCommand = {run}
\talternateRefsCommand = {run}
[diff]
\texternal = {run}
[diff "x"]
\ttextconv = {run}
\tcommand = {run}
[filter "x"]
\tsmudge = {run}
\tclean = {run}
\tprocess = {run}
\trequired = true
[gpg]
\tprogram = {run}
[log]
\tshowSignature = true
[alias]
\trev-parse = !{run}
\tls-tree = !{run}
\tlog = !{run}
[pager]
\tlog = {run}
\tls-tree = {run}
[credential]
\thelper = !{run}
"""


def test_a_hostile_repository_runs_nothing(
    repository: tuple[Git, Path], run: Run, tmp_path: Path
) -> None:
    git, root = repository
    edit(root, MANAGER, "长期关系", "稳定关系")
    git.commit("two")
    edit(root, MANAGER, "稳定关系", "良好关系")
    program = tmp_path / "planted"
    program.write_text(f"#!/bin/sh\necho ran >> '{tmp_path / 'marker'}'\nexit 1\n")
    program.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "post-checkout", "reference-transaction", "fsmonitor"):
        (hooks / name).write_bytes(program.read_bytes())
        (hooks / name).chmod(0o755)
    (root / ".git" / "info" / "attributes").write_text("*.yaml diff=x filter=x\n")
    (root / ".gitattributes").write_text("*.yaml diff=x filter=x\n")
    with (root / ".git" / "config").open("a") as file:
        file.write(PLANTED.format(run=program, hooks=hooks))
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    for words in ([], ["--rev", "HEAD~1..HEAD"], ["--rev", "HEAD~1...HEAD"], ["--staged"]):
        assert run("diff", *words, book=root).code == 0
    assert run("diff", "--rev", "HEAD~1", "客户经理").out
    assert run("log", "客户经理").out
    assert not (tmp_path / "marker").exists()
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


# Two books, two positions -------------------------------------------------------------------------


def test_two_books(book: Book, run: Run) -> None:
    old, new = book(name="old"), book({LOBBY: LOBBY_MANAGER}, name="new")
    result = run("diff", "--books", str(old), str(new), "--format", "json")
    assert brief(result) == [("removed", "customer-manager", None, None)]
    assert json.loads(result.out)["old"] == str(old)
    assert run("diff", "--books", str(old), str(new), "大堂经理", "--exit-code").code == 0
    assert run("diff", "--books", str(old), str(new), "客户经理", "--exit-code").code == 1
    assert run("diff", "--books", str(old), str(old / "nothing")).code == 2


def test_two_positions(book: Book, run: Run) -> None:
    root = book()
    edit(root, LOBBY, "引导客户办理业务。", "维护与管户客户的长期联系。")
    result = run("diff", "客户经理", "lobby-manager", "--format", "json", book=root)
    document = json.loads(result.out)
    assert document.keys() == {"version", "old", "new", "head", "pairs"}
    assert [one["kind"] for one in document["pairs"]] == ["similar", "only_old"]
    assert 0.5 < document["pairs"][0]["likeness"] < 1
    assert document["pairs"][1]["old"]["items"][1]["text"] == "在营业现场工作。"
    assert [one["field"] for one in document["head"]][:2] == ["title", "title_en"]
    assert run("diff", "khjl", "xyz").code == 2
    plain = [line.split("\t") for line in run("diff", "khjl", "dtjl").out.splitlines()]
    assert {len(line) for line in plain} == {6}
    assert [line[0] for line in plain][-2:] == ["similar", "only_old"]
    assert run("diff", "khjl", "dtjl", "--exit-code").code == 1


def test_role_files_need_no_book(book: Book, run: Run, tmp_path: Path) -> None:
    root = book()
    here = tmp_path / "elsewhere"
    here.mkdir()
    result = run("diff", str(root / MANAGER), str(root / LOBBY), "--format", "json", book=here)
    assert json.loads(result.out)["old"] == "customer-manager"
    result = run("diff", str(root / MANAGER), "nothing.yaml", book=here)
    assert result.code == 2
    assert "nothing.yaml" in result.err


def test_the_same_position_twice(book: Book, run: Run) -> None:
    root = book()
    for names in (["客户经理", "khjl"], ["customer-manager", MANAGER]):
        result = run("diff", *names, book=root)
        assert result.code == 2
        assert "are the same position" in result.err


def test_a_position_that_cannot_be_read(book: Book, run: Run) -> None:
    root = book()
    (root / LOBBY).write_bytes(b"PK\x03\x04")
    result = run("diff", "customer-manager", "lobby-manager", book=root)
    assert result.code == 2
    assert "lobby-manager.yaml:1: cannot be compared. This is a binary file" in result.err


# What it looks like -------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [20, 40, 80, 140])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("color", ["always", "never"])
def test_nothing_is_cut_off(
    repository: tuple[Git, Path], run: Run, monkeypatch: pytest.MonkeyPatch,
    width: int, language: str, color: str,
) -> None:  # fmt: skip
    _, root = repository
    monkeypatch.setenv("COLUMNS", str(width))
    edit(root, MANAGER, "长期关系", "稳定[bold]关系")
    edit(root, MANAGER, "在营业现场工作。", "每日在营业现场工作。")
    edit(root, MANAGER, "tags: [客户维护]", "tags: [服务]")
    edit(root, LOBBY, "引导客户办理业务。", "引导客户\\e[31m办理业务。")
    words = ("--format", "table", "--lang", language, "--color", color)
    for what in (["--rev", "HEAD"], ["客户经理", "dtjl"], ["--stat"]):
        result = run("diff", *what, *words, book=root)
        assert result.code == 0, result.err
        assert "\t" not in result.out
        if "--stat" not in what:
            assert "\x1b[31m办" not in result.out
            plain = "".join(result.out.split())
            if color == "never":
                assert "[bold]" in plain
                assert "\x1b" not in result.out
    result = run("diff", *words)
    if color == "never" and width == 80:
        assert "维护与管户客户的[-长期-]{+稳定[bold]+}关系。" in result.out


def test_markdown_is_a_comment_and_data_is_text_in_it(
    repository: tuple[Git, Path], run: Run
) -> None:
    _, root = repository
    edit(root, MANAGER, "长期关系", "稳定|<b>*关系* @all #12")
    result = run("diff", "--format", "markdown", book=root)
    lines = result.out.splitlines()
    assert lines[0] == "**1 position: changed 1**"
    assert lines[2] == "### 客户经理 (customer-manager)"
    assert lines[4] == "| Where | Change | Old text | New text |"
    assert lines[6].startswith(
        "| 1 客户关系管理 | Text: changed | 维护与管户客户的<del>长期</del>关系"
    )
    assert "<b>" not in result.out
    assert "\\|&lt;b&gt;\\*" in lines[6]
    assert "@all" not in result.out
    assert "#12" not in result.out
    assert run("diff", "--format", "markdown", "--lang", "zh").out.splitlines()[4] == (
        "| 位置 | 修订 | 原文 | 修订后 |"
    )


def test_long_sections_are_folded_away_and_a_comment_has_an_end(
    book: Book, git: Make, run: Run
) -> None:
    many = "".join(
        f"  - id: d{n}\n    title: 事{n}\n    text: 做好第{n}件事，{'很' * 60}认真。\n"
        for n in range(40)
    )
    texts = {f"roles/r{n}.yaml": f"id: r{n}\ntitle: 岗{n}\nduties:\n{many}" for n in range(30)}
    root = book(texts)
    git(root)
    for path in texts:
        edit(root, path, "认真。", "仔细。")
    out = run("diff", "--format", "markdown", book=root).out
    assert out.count("<details><summary>") == out.count("</details>") > 3
    assert len(out) < 65_000
    assert "Too long for a comment:" in out
    assert "- 岗9 (r9): changed 40" in out


def test_stat(repository: tuple[Git, Path], run: Run) -> None:
    _, root = repository
    edit(root, MANAGER, "长期关系", "稳定关系")
    assert run("diff", "--stat", book=root).out == "customer-manager\t0\t0\t0\t0\t0\t1\n"
    document = run("diff", "--stat", "--format", "json").out
    assert document == run("diff", "--format", "json").out
    assert json.loads(document)["summary"]["changed"] == 1
    assert "customer-manager" in run("diff", "--stat", "--format", "table").out
    assert "| 客户经理 (customer-manager) |" in run("diff", "--stat", "--format", "markdown").out
    assert run("diff", "khjl", "dtjl", "--stat").out.splitlines()[2] == "only_old\t2"


def test_every_message_has_its_chinese(repository: tuple[Git, Path], run: Run) -> None:
    _, root = repository
    edit(root, MANAGER, "长期关系", "稳定关系")
    out = run("diff", "--format", "table", "--lang", "zh", book=root).out
    assert "描述" in out
    assert "修改" in out


# git's own diff -----------------------------------------------------------------------------------


@pytest.fixture
def driver(tmp_path: Path) -> str:
    return f"'{sys.executable}' -m dutybook diff --git-driver"


def test_git_diff_calls_us(
    repository: tuple[Git, Path], driver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    git, root = repository
    git("config", "diff.dutybook.command", driver)
    (root / ".gitattributes").write_text("roles/**/*.yaml diff=dutybook\n")
    git.commit("attributes")
    monkeypatch.setenv("COLUMNS", "80")
    edit(root, MANAGER, "长期关系", "稳定关系")
    out = git("diff")
    assert out.splitlines()[0] == "dutybook diff roles/customer-manager.yaml"
    assert "维护与管户客户的[-长期-]{+稳定+}关系。" in out
    git("mv", LOBBY, "roles/hall-manager.yaml")
    edit(root, "roles/hall-manager.yaml", "id: lobby-manager", "id: hall-manager")
    git("add", "-A")
    out = git("diff", "--staged", "-M")
    assert "dutybook diff roles/lobby-manager.yaml → roles/hall-manager.yaml" in out
    assert "renamed" in out
    assert "Traceback" not in git("diff", "--staged", "--no-renames")
    git.commit("renamed")
    (root / "roles" / "hall-manager.yaml").unlink()
    assert "removed" in git("diff")


def test_git_diff_never_fails_of_what_a_file_holds(
    repository: tuple[Git, Path], driver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    git, root = repository
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", driver)
    (root / "README").write_text("one\n")
    (root / "-x").write_text("one\n")
    (root / "link").symlink_to("README")
    git.commit("more")
    (root / "README").write_text("two\x1b[31m")
    (root / "link").unlink()
    (root / "link").symlink_to("-x")
    (root / MANAGER).write_bytes(b"\xff\xfe\x00")
    (root / LOBBY).chmod(0o755)
    out = git("diff")
    assert "-one\n+two\\x1b[31m" in out
    assert "dutybook diff roles/lobby-manager.yaml\nNo differences." in out
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", f"{driver} --")
    (root / "-x").write_text("three\n")
    assert "+three" in git("diff")


def test_the_driver_is_for_git(run: Run, tmp_path: Path) -> None:
    result = run("diff", "--git-driver", "a", "b", book=tmp_path)
    assert result.code == 2
    assert "git" in result.err
    assert run("diff", "--git-driver", "roles/a.yaml").out == "roles/a.yaml: in conflict\n"


def test_two_revisions_load_neither_pydantic_nor_rich(repository: tuple[Git, Path]) -> None:
    git, root = repository
    edit(root, MANAGER, "长期关系", "稳定关系")
    git.commit("two")
    probe = (
        "import sys; from dutybook.cli.app import run; run(sys.argv[1:]);"
        "sys.stderr.write(' '.join(n for n in ('pydantic', 'rich', 'pypinyin', 'yaml')"
        " if n in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, "diff", "--rev", "HEAD~1..HEAD"],
        cwd=root, capture_output=True, text=True, encoding="utf-8", env=os.environ, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("changed\t")
    assert done.stderr == "yaml"


def test_completion_of_positions_and_help(repository: tuple[Git, Path], run: Run) -> None:
    result = run("diff", "--help", book=repository[1])
    for option in ("--rev", "--staged", "--books", "--stat", "--exit-code", "--format"):
        assert option in result.out
