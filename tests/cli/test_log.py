"""`dutybook log` through changes, renames, merges and files that could not be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Book, Git, Run

Make = Callable[[Path], Git]

MANAGER = "roles/customer-manager.yaml"
RENAMED = "roles/relationship-manager.yaml"


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def story(book: Book, git: Make) -> tuple[Git, Path]:
    """A position that was added, changed, moved, renamed with a duty's id, and changed again."""
    root = book()
    made = git(root)
    edit(root, MANAGER, "长期关系", "稳定关系")
    made.commit("two")
    (root / "roles" / "front").mkdir()
    made("mv", MANAGER, "roles/front/customer-manager.yaml")
    made.commit("moved")
    made("mv", "roles/front/customer-manager.yaml", RENAMED)
    edit(root, RENAMED, "id: customer-manager", "id: relationship-manager")
    edit(root, RENAMED, "id: relationship\n", "id: keeping\n")
    made.commit("renamed")
    edit(root, "roles/lobby-manager.yaml", "引导客户", "引导来客")
    made.commit("another position")
    edit(root, RENAMED, "稳定关系", "良好关系")
    edit(root, RENAMED, "involvement: support", "involvement: review")
    made.commit("last")
    return made, root


def told(out: str) -> list[list[str]]:
    document: dict[str, Any] = json.loads(out)
    assert document.keys() == {"version", "entries"}
    return [
        [f"{one['kind']} {one['duty'] or one['role']} {one['field'] or ''}".strip()
         for one in entry["changes"]]
        for entry in document["entries"]
    ]  # fmt: skip


def test_the_history_follows_renames(story: tuple[Git, Path], run: Run) -> None:
    git, root = story
    result = run("log", "客户经理", "--format", "json", book=root)
    assert told(result.out) == [
        ["changed keeping text", "changed on-site involvement"],
        ["renamed relationship-manager id", "renamed keeping id"],
        ["changed relationship text"],
        ["added customer-manager"],
    ]
    entry = json.loads(result.out)["entries"][0]
    assert entry["revision"] == git("rev-parse", "HEAD").strip()
    assert entry["author"] == "张三"
    assert entry["date"] == git("log", "-1", "--format=%aI").strip()
    assert run("log", "客户经理", "--format", "json").out == result.out


def test_a_duty_through_its_ids(story: tuple[Git, Path], run: Run) -> None:
    _, root = story
    expected = [
        ["changed keeping text"],
        ["renamed keeping id"],
        ["changed relationship text"],
        ["added customer-manager"],
    ]
    for name in ("keeping", "1"):
        result = run("log", "客户经理", "--duty", name, "--format", "json", book=root)
        assert told(result.out) == expected
    result = run("log", "客户经理", "--duty", "nothing")
    assert result.code == 2
    assert "no duty nothing" in result.err


def test_limit_and_plain_and_table(story: tuple[Git, Path], run: Run) -> None:
    git, root = story
    assert len(told(run("log", "khjl", "--limit", "2", "--format", "json", book=root).out)) == 2
    assert run("log", "khjl", "--limit", "0").code == 2
    lines = [line.split("\t") for line in run("log", "khjl").out.splitlines()]
    assert {len(line) for line in lines} == {11}
    assert lines[0][3:7] == ["changed", "relationship-manager", "keeping", ""]
    for language in ("zh", "en"):
        out = run("log", "khjl", "--format", "table", "--lang", language).out
        assert git("rev-parse", "--short=10", "HEAD").strip() in out
        assert "- 稳定  + 良好" in out


def test_a_position_that_is_gone(story: tuple[Git, Path], run: Run) -> None:
    git, root = story
    (root / "roles" / "lobby-manager.yaml").unlink()
    git.commit("gone")
    assert told(run("log", "lobby-manager", "--format", "json", book=root).out) == [
        ["removed lobby-manager"],
        ["changed guide text"],
        ["added lobby-manager"],
    ]
    assert run("log", "nobody").code == 2
    assert run("log", "../x").code == 2


def test_not_committed_yet(story: tuple[Git, Path], run: Run) -> None:
    _, root = story
    (root / "roles" / "new.yaml").write_text("id: new\ntitle: 新岗\nduties: []\n")
    result = run("log", "new", book=root)
    assert (result.code, result.out) == (0, "")
    assert "committed" in result.err


def test_a_merge_shows_what_it_changed_itself(book: Book, git: Make, run: Run) -> None:
    root = book()
    made = git(root)
    made("checkout", "-q", "-b", "theirs")
    edit(root, MANAGER, "长期关系", "稳定关系")
    made.commit("theirs")
    made("checkout", "-q", "main")
    edit(root, MANAGER, "involvement: support", "involvement: review")
    made.commit("ours")
    made("merge", "-q", "--no-ff", "-m", "merge", "theirs")
    assert len(told(run("log", "khjl", "--format", "json", book=root).out)) == 3
    edit(root, MANAGER, "在营业现场工作", "每日在营业现场工作")
    made("commit", "-q", "-a", "--amend", "--no-edit")
    assert told(run("log", "khjl", "--format", "json").out)[0] == ["changed on-site text"]


def test_a_state_that_could_not_be_read(story: tuple[Git, Path], run: Run) -> None:
    git, root = story
    good = (root / RENAMED).read_bytes()
    (root / RENAMED).write_bytes(b"PK\x03\x04")
    git.commit("broken")
    (root / RENAMED).write_bytes(good)
    git.commit("mended")
    result = run("log", "khjl", "--format", "json", book=root)
    assert told(result.out)[:3] == [[], [], ["changed keeping text", "changed on-site involvement"]]
    assert "could not be read" in run("log", "khjl", "--format", "table").out
    assert run("log", "khjl").out.splitlines()[0].split("\t")[3] == "unreadable"


def test_no_repository(book: Book, run: Run, git: Make) -> None:
    assert run("log", "khjl", book=book()).code == 2
