"""The published pre-commit hook, run by pre-commit itself on a scratch repository.

Needs pre-commit and a package index, so that it is marked and runs only where it is asked for
(`pytest -m network`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Book

PROJECT = Path(__file__).parent.parent

pytestmark = pytest.mark.network


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_the_hook_stops_a_bad_commit_and_lets_a_good_one_pass(book: Book, tmp_path: Path) -> None:
    root = book()
    git(root, "init", "-q")
    hook = f"repos:\n- repo: {PROJECT}\n  rev: {git(PROJECT, 'rev-parse', 'HEAD')}\n  hooks: [{{id: dutybook-validate}}]\n"
    (root / ".pre-commit-config.yaml").write_text(hook, encoding="utf-8")
    (root / "dutybook.yaml").write_text("tags: {客户维护: 关系}\n", encoding="utf-8")
    git(root, "add", "-A")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "pre-commit")}
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    passed = subprocess.run(
        command, cwd=root, capture_output=True, text=True, env=environment, timeout=600, check=False
    )
    assert passed.returncode == 0, passed.stdout + passed.stderr
    role = root / "roles" / "lobby-manager.yaml"
    role.write_text(
        role.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8"
    )
    git(root, "add", "-A")
    refused = subprocess.run(
        command, cwd=root, capture_output=True, text=True, env=environment, timeout=600, check=False
    )
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "S001" in refused.stdout
