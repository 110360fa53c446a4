"""What is new in a book since a revision: its files as they were then, and the problems since.

A problem is new where its file changed, or where no problem like it was there before: an edit of
one file can break a rule in another.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dutybook import files
from dutybook.engine import Snapshot
from dutybook.git import blob_id, parsed
from dutybook.problems import Problem, Report

if TYPE_CHECKING:
    from dutybook.git import Repository


def then(repository: Repository, commit: str, now: Snapshot) -> tuple[Snapshot, frozenset[str]]:
    """Return the book as a commit has it, and the paths that are not the same now.

    Only blobs that differ from the files are read from the repository.

    Raises:
        GitError: an object is not there, as in a shallow or partial clone.
    """
    (lines,) = repository.listings([commit], [files.ROLES, files.SETTINGS])
    entries = {entry.path: entry for entry in map(parsed, lines) if entry.is_file}
    before = {
        path: entry
        for path, entry in entries.items()
        if path == files.SETTINGS or files.is_role_path(path)
    }
    same = {
        path for path in now.paths if path in before and _is_blob(now.read(path), before[path].id)
    }
    differing = sorted(before.keys() - same)
    blobs = repository.blobs((before[path].id for path in differing), files.MAX_BYTES)
    contents = {
        path: files.too_large(path, blob.size) if blob.raw is None else blob.raw
        for path, blob in zip(differing, blobs, strict=True)
    }

    def read(path: str) -> bytes | Problem:
        return contents[path] if path in contents else now.read(path)

    return Snapshot(sorted(before), read), frozenset(now.paths) - same


def _is_blob(content: bytes | Problem, name: str) -> bool:
    if isinstance(content, Problem):
        return False
    if blob_id(content, name) == name:
        return True
    return b"\r\n" in content and blob_id(content.replace(b"\r\n", b"\n"), name) == name


def news(before: Report, now: Report, changed: frozenset[str]) -> Report:
    """Return the problems of changed files, and those of other files that were not there before."""
    known = Counter(map(_likeness, before.problems))
    kept = []
    for problem in now.problems:
        likeness = _likeness(problem)
        known[likeness] -= 1
        if problem.path in changed or known[likeness] < 0:
            kept.append(problem)
    return Report(tuple(kept), now.roles, now.silenced)


def _likeness(problem: Problem) -> tuple[str, ...]:
    return (problem.kind.code, problem.path, problem.role, problem.duty, problem.field)
