"""Problems since a revision: of changed files, and those that a change causes elsewhere."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import LOBBY_MANAGER, Book, Run

HEAD = "id: {id}\ntitle: {title}\nduties:\n  - {{id: a, title: 现金, text: 办理现金业务。{more}}}\n"


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture
def committed(book: Book) -> Path:
    """Return a book in a repository: 柜员 has a mistyped key, 出纳 works with 大堂经理."""
    root = book(
        {
            "roles/teller.yaml": HEAD.format(id="teller", title="柜员", more="") + "unti: 柜台\n",
            "roles/cashier.yaml": HEAD.format(
                id="cashier", title="出纳", more=", counterparts: [lobby-manager]"
            ),
            "roles/lobby-manager.yaml": LOBBY_MANAGER,
        }
    )
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    return root


def codes(out: str) -> list[str]:
    """Return `path code` of each problem of a text report."""
    lines = [line for line in out.splitlines() if line.startswith("roles/")]
    return [f"{line.split(':')[0]} {line.split()[2]}" for line in lines]


def test_nothing_is_new_in_an_unchanged_book(committed: Path, run: Run) -> None:
    assert codes(run("validate", "--ignore", "W", "--ignore", "B006", book=committed).out) == [
        "roles/teller.yaml S001"
    ]
    result = run("validate", "--since", "HEAD", "--ignore", "W", book=committed)
    assert (result.code, codes(result.out)) == (0, [])


def test_all_problems_of_a_changed_file_are_shown(committed: Path, run: Run) -> None:
    role = committed / "roles" / "teller.yaml"
    role.write_text(role.read_text(encoding="utf-8") + "# 改\n", encoding="utf-8")
    result = run("validate", "--since", "HEAD", "--ignore", "W", book=committed)
    assert (result.code, codes(result.out)) == (1, ["roles/teller.yaml S001"])


def test_a_problem_that_a_change_causes_in_another_file_is_shown(committed: Path, run: Run) -> None:
    (committed / "roles" / "lobby-manager.yaml").unlink()
    result = run("validate", "--since", "HEAD", "--ignore", "W", book=committed)
    assert (result.code, codes(result.out)) == (1, ["roles/cashier.yaml B003"])


def test_a_book_that_was_not_there_yet_is_new_as_a_whole(committed: Path, run: Run) -> None:
    git(committed, "rm", "-rq", "--cached", "roles")
    git(committed, "commit", "-qm", "none")
    result = run("validate", "--since", "HEAD", "--ignore", "W", book=committed)
    assert (result.code, codes(result.out)) == (1, ["roles/teller.yaml S001"])


def test_line_ends_of_windows_are_no_change(committed: Path, run: Run) -> None:
    role = committed / "roles" / "teller.yaml"
    role.write_bytes(role.read_bytes().replace(b"\n", b"\r\n"))
    assert run("validate", "--since", "HEAD", "--ignore", "W", book=committed).code == 0


@pytest.mark.parametrize(
    "revision", ["nowhere", "--output=pwned", "-h", "", "HEAD..HEAD", "HEAD:roles"]
)
def test_a_revision_that_is_none_is_said(committed: Path, run: Run, revision: str) -> None:
    result = run("validate", f"--since={revision}", book=committed)
    assert (result.code, result.out) == (2, "")
    assert "Error: " in result.err
    assert sorted(path.name for path in committed.iterdir()) == [".git", "roles"]


def test_a_book_outside_a_repository_is_said(book: Book, run: Run) -> None:
    result = run("validate", "--since", "HEAD", book=book())
    assert result.code == 2
    assert "not in a git repository" in result.err


def test_a_shallow_clone_that_lacks_the_base_is_said(
    committed: Path, tmp_path: Path, run: Run
) -> None:
    git(committed, "commit", "-qm", "two", "--allow-empty")
    git(tmp_path, "clone", "-q", "--depth", "1", committed.as_uri(), "shallow")
    result = run("validate", "--since", "HEAD~1", book=tmp_path / "shallow")
    assert result.code == 2
    assert "shallow" in result.err


def test_nothing_of_a_hostile_configuration_runs(committed: Path, run: Run) -> None:
    trap = f"sh -c 'touch {committed / 'pwned'}'"
    for key in ("core.fsmonitor", "diff.external", "core.sshCommand", "core.pager", "gpg.program"):
        git(committed, "config", key, trap)
    git(committed, "config", "filter.x.smudge", trap)
    (committed / ".git" / "info" / "attributes").write_text("* filter=x\n", encoding="utf-8")
    assert run("validate", "--since", "HEAD", "--ignore", "W", book=committed).code == 0
    assert not (committed / "pwned").exists()
