"""What can be wrong with a book, as frozen values: severity, place, problem.

Knows nothing of files, YAML or the terminal; every reader and every rule reports through here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(IntEnum):
    """How much harm a problem does; a greater value is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word that files, options and JSON use: `info`, `warning` or `error`."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: a code that is never reused, a readable name, its severity."""

    code: str
    name: str
    severity: Severity

    @property
    def is_fixed(self) -> bool:
        """Whether nothing can leave it out or change its level: errors of files, YAML, shape."""
        return self.code.startswith(("F", "Y", "S")) and self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: lines and columns from 1, columns in code points, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a problem speaks of."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: its kind, the words for the reader, and where it stands.

    `path` is relative to the book's folder with `/`; `role`, `duty` and `field` are ids and a
    field route (`duties[2].text`), empty where the finding is about something larger.
    """

    kind: Kind
    message: str
    hint: str = ""
    path: str = ""
    span: Span | None = None
    role: str = ""
    duty: str = ""
    field: str = ""
    related: tuple[Related, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Path, line, column, then code and words: the order of every report."""
        line, column = (self.span.line, self.span.column) if self.span else (0, 0)
        return (self.path, line, column, self.kind.code, self.message)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of every report."""
    return tuple(sorted(problems, key=lambda problem: problem.sort_key))


def worst(problems: Iterable[Problem]) -> Severity | None:
    """The worst severity among problems, None where there are none."""
    return max((problem.kind.severity for problem in problems), default=None)


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a book found: problems in order, and what was left out by comments."""

    problems: tuple[Problem, ...]
    roles: int
    silenced: int = 0

    def count(self, severity: Severity) -> int:
        """Return how many problems have exactly this severity."""
        return sum(problem.kind.severity is severity for problem in self.problems)

    def fails(self, level: Severity) -> bool:
        """Tell whether any problem is at or above a level."""
        return any(problem.kind.severity >= level for problem in self.problems)
