"""What the reports for programs share: paths from the top of the work tree, stable fingerprints."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import TYPE_CHECKING

from dutybook.text import safe

if TYPE_CHECKING:
    from dutybook.problems import Problem

ShownPath = Callable[[str], str]
"""Gives a path of the book as the reader of a report has it."""


def fingerprint(problem: Problem, seen: dict[str, int]) -> str:
    """Return what stays the same while words and lines change.

    Made from code, path, role, duty and field; `seen` numbers those that are still alike, so that
    no two problems of a report have one fingerprint.
    """
    what = (problem.kind.code, problem.path, problem.role, problem.duty, problem.field)
    plain = "\0".join(what)
    number = seen[plain] = seen.get(plain, 0) + 1
    return blake2b(f"{plain}\0{number}".encode(errors="replace"), digest_size=16).hexdigest()


def sentence(problem: Problem) -> str:
    """Return message and hint as one line of safe text."""
    return " ".join(
        safe(part).replace("\n", " ") for part in (problem.message, problem.hint) if part
    )
