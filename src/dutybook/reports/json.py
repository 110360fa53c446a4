"""Problems for programs: the JSON of interface version 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dutybook.problems import Severity

if TYPE_CHECKING:
    from dutybook.problems import Problem, Report


def document(report: Report) -> dict[str, Any]:
    """Return the report as plain values; the same keys every time, null for what there is not."""
    return {
        "version": 1,
        "problems": [_problem(problem) for problem in report.problems],
        "summary": {
            "roles": report.roles,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "infos": report.count(Severity.INFO),
            "silenced": report.silenced,
        },
    }


def _problem(problem: Problem) -> dict[str, Any]:
    span = problem.span
    return {
        "code": problem.kind.code,
        "name": problem.kind.name,
        "severity": problem.kind.severity.label,
        "message": problem.message,
        "hint": problem.hint or None,
        "path": problem.path,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "role": problem.role or None,
        "duty": problem.duty or None,
        "related": [
            {"path": one.path, "line": one.span.line, "column": one.span.column}
            for one in problem.related
        ],
    }
