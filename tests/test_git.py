"""Revisions and blobs of real repositories, hostile ones too."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dutybook.errors import GitError, RevisionError
from dutybook.git import Repository, blob_id, line_of, parsed
from tests.conftest import Git

Make = Callable[[Path], Git]

HOSTILE_REVISIONS = [
    "", "-", "--", "--output=pwned", "-o", "--all", "^HEAD", "HEAD^@", "HEAD^!", "HEAD..HEAD",
    "HEAD HEAD", "nothing", "HEAD:roles", "HEAD^{tree}", "$(touch pwned)", "`touch pwned`",
    "; touch pwned", "| touch pwned", "a\nb", "HEAD\n", "a\0b", "--end-of-options", "@{",
    "HEAD~999", "x" * 5000, "refs/heads/--output=pwned", "\udcff", "岗位", "ext::x",
]  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path, git: Make) -> tuple[Git, Path]:
    """A repository with a book in a folder of it, two commits, Chinese and odd names."""
    top = tmp_path / "仓库 x"
    book = top / "手册"
    (book / "roles" / "网点").mkdir(parents=True)
    (top / "README").write_text("not of the book")
    (book / "roles" / "a.yaml").write_text("one")
    (book / "roles" / "网点" / "柜 员\t.yaml").write_text("two")
    made = git(top)
    (book / "roles" / "a.yaml").write_text("three")
    made.commit("two")
    return made, book


def test_a_repository_knows_its_top_and_where_the_folder_is(repository: tuple[Git, Path]) -> None:
    made, book = repository
    opened = Repository.of(book)
    assert opened.top.resolve() == made.folder.resolve()
    assert opened.prefix == "手册/"
    assert Repository.of(made.folder).prefix == ""
    assert not opened.is_shallow


def test_trees_and_index_and_blobs(repository: tuple[Git, Path]) -> None:
    made, book = repository
    opened = Repository.of(book)
    head = opened.commit("HEAD")
    assert head == made("rev-parse", "HEAD").strip()
    tree = opened.tree(head)
    assert sorted(tree) == ["roles/a.yaml", "roles/网点/柜 员\t.yaml"]
    assert opened.tree(head, "roles/网点").keys() == {"roles/网点/柜 员\t.yaml"}
    assert opened.tree(head, "nothing") == {}
    assert [blob.raw for blob in opened.blobs(tree.values(), 100)] == [b"three", b"two"]
    lines, conflicts = opened.index(["roles"])
    assert {parsed(line).path for line in lines} == set(tree)
    assert conflicts == set()
    assert line_of("roles/a.yaml", blob_id(b"three", head)) in lines


def test_a_large_blob_is_not_kept(repository: tuple[Git, Path]) -> None:
    made, book = repository
    (book / "roles" / "big.yaml").write_bytes(b"x" * 200_000)
    made.commit("big")
    opened = Repository.of(book)
    tree = opened.tree(opened.commit("HEAD"))
    names = [tree["roles/big.yaml"], tree["roles/a.yaml"]]
    big, small = opened.blobs(names, 1000)
    assert (big.raw, big.size) == (None, 200_000)
    assert small.raw == b"three"


def test_many_blobs_in_one_process(repository: tuple[Git, Path]) -> None:
    made, book = repository
    for number in range(300):
        (book / "roles" / f"r{number}.yaml").write_text(f"{number}\n" * 500)
    made.commit("many")
    opened = Repository.of(book)
    tree = opened.tree(opened.commit("HEAD"))
    assert len([blob for blob in opened.blobs(tree.values(), 10_000) if blob.raw]) == 302
    some = opened.blobs(tree.values(), 10_000)
    assert next(some).raw
    some.close()  # type: ignore[attr-defined]  # a reader that has seen enough


def test_an_object_that_is_not_here(repository: tuple[Git, Path]) -> None:
    opened = Repository.of(repository[1])
    with pytest.raises(GitError, match="not in this repository"):
        list(opened.blobs(["0" * 39 + "1"], 100))
    with pytest.raises(GitError):
        list(opened.blobs([opened.commit("HEAD")], 100))  # no blob


def test_history_and_blobs_at(repository: tuple[Git, Path]) -> None:
    _, book = repository
    opened = Repository.of(book)
    found = list(opened.history(opened.commit("HEAD"), "roles/a.yaml"))
    assert [commit.author for commit in found] == ["张三", "张三"]
    assert found[0].parents == (found[1].id,)
    assert found[0].date[4] == "-"
    names = [commit.id for commit in found]
    blobs = opened.blobs_at(names, "roles/a.yaml", 100)
    assert [blob.raw if blob else None for blob in blobs] == [b"three", b"one"]
    assert list(opened.blobs_at(names, "roles/b.yaml", 100)) == [None, None]
    assert list(opened.history(names[0], "roles/nothing.yaml")) == []


def test_merge_base(repository: tuple[Git, Path]) -> None:
    made, book = repository
    made("checkout", "-q", "-b", "draft", "HEAD~1")
    made.commit("draft")
    opened = Repository.of(book)
    draft, main = opened.commit("draft"), opened.commit("main")
    assert opened.merge_base(main, draft) == opened.commit("main~1")
    made("checkout", "-q", "--orphan", "alone")
    made.commit("alone")
    with pytest.raises(RevisionError, match="no history in common"):
        opened.merge_base(main, opened.commit("alone"))


@pytest.mark.parametrize("revision", HOSTILE_REVISIONS)
def test_a_revision_is_a_commit_or_an_error(
    repository: tuple[Git, Path], revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, book = repository
    made("update-ref", "refs/heads/--output=pwned", "HEAD")
    monkeypatch.chdir(book)
    opened = Repository.of(book)
    before = sorted(made.folder.rglob("*"))
    if revision == "refs/heads/--output=pwned":  # a branch may be called so
        assert opened.commit(revision) == opened.commit("main")
    else:
        with pytest.raises(RevisionError) as caught:
            opened.commit(revision)
        assert caught.value.hint
    assert sorted(made.folder.rglob("*")) == before


def test_links_and_submodules_are_no_files(repository: tuple[Git, Path], tmp_path: Path) -> None:
    made, book = repository
    (book / "roles" / "link.yaml").symlink_to("a.yaml")
    made("submodule", "--quiet", "add", str(made.folder), "手册/roles/sub")
    made.commit("links")
    opened = Repository.of(book)
    head = opened.commit("HEAD")
    assert sorted(opened.tree(head)) == ["roles/a.yaml", "roles/网点/柜 员\t.yaml"]
    (listing,) = opened.listings([head], ["roles"])
    assert {entry.path for entry in map(parsed, listing) if entry.is_submodule} == {"roles/sub"}


def test_no_repository(tmp_path: Path, git: Make) -> None:
    with pytest.raises(GitError, match="not in a git repository") as caught:
        Repository.of(tmp_path)
    assert "git init" in caught.value.hint


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="not installed"):
        Repository.of(tmp_path)
    fake = tmp_path / "git"  # one that lies in the book is not taken
    fake.write_text("#!/bin/sh\ntouch pwned\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", ".")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GitError, match="not installed"):
        Repository.of(tmp_path)


def test_nothing_committed_yet(tmp_path: Path, git: Make) -> None:
    (tmp_path / "new").mkdir()
    Git(tmp_path / "new")("init", "-q")
    with pytest.raises(RevisionError, match="Nothing has been committed"):
        Repository.of(tmp_path / "new").commit("HEAD")


def test_a_bare_repository(repository: tuple[Git, Path], tmp_path: Path) -> None:
    made, _ = repository
    made("clone", "-q", "--bare", str(made.folder), str(tmp_path / "bare.git"))
    with pytest.raises(GitError, match="bare repository"):
        Repository.of(tmp_path / "bare.git")
    with pytest.raises(GitError):
        Repository.of(made.folder / ".git")


def test_a_shallow_clone_says_so(repository: tuple[Git, Path], tmp_path: Path) -> None:
    made, _ = repository
    made("clone", "-q", "--depth", "1", f"file://{made.folder}", str(tmp_path / "shallow"))
    opened = Repository.of(tmp_path / "shallow")
    assert opened.is_shallow
    with pytest.raises(RevisionError) as caught:
        opened.commit("HEAD~1")
    assert "--unshallow" in caught.value.hint


@pytest.mark.skipif(
    sys.platform == "win32" or os.getuid() != 0, reason="only root can give folders away"
)
def test_a_stranger_s_repository(repository: tuple[Git, Path]) -> None:
    made, book = repository
    for path in (made.folder, made.folder / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(GitError, match="does not trust") as caught:
        Repository.of(book)
    assert "safe.directory" in caught.value.hint


def test_variables_of_git_do_not_lead_elsewhere(
    repository: tuple[Git, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, git: Make
) -> None:
    (tmp_path / "other").mkdir()
    git(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no-index"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert Repository.of(repository[1]).prefix == "手册/"
    assert not (tmp_path / "trace").exists()


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
def test_a_damaged_repository(repository: tuple[Git, Path]) -> None:
    made, book = repository
    opened = Repository.of(book)
    head = opened.commit("HEAD")
    tree = made("rev-parse", "HEAD:手册/roles").strip()
    place = made.folder / ".git" / "objects" / tree[:2] / tree[2:]
    place.chmod(stat.S_IRUSR | stat.S_IWUSR)
    place.write_bytes(b"rubbish")
    with pytest.raises(GitError, match="cannot read"):
        opened.tree(head)
