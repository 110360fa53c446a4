"""Findings as values: their order and their severity."""

from __future__ import annotations

import pytest

from dutybook.problems import Kind, Problem, Report, Severity, Span, in_order, worst

INFO = Kind("T001", "note", Severity.INFO)
WARNING = Kind("T002", "doubt", Severity.WARNING)
ERROR = Kind("T003", "fault", Severity.ERROR)


def at(kind: Kind, path: str, line: int, column: int = 1, message: str = "") -> Problem:
    return Problem(kind, message, path=path, span=Span(line, column, line, column + 1))


@pytest.mark.parametrize(
    ("severity", "label"),
    [(Severity.INFO, "info"), (Severity.WARNING, "warning"), (Severity.ERROR, "error")],
)
def test_a_severity_has_a_word(severity: Severity, label: str) -> None:
    assert severity.label == label


@pytest.mark.parametrize(
    ("kinds", "severity"),
    [
        ([], None),
        ([INFO], Severity.INFO),
        ([WARNING, INFO], Severity.WARNING),
        ([INFO, ERROR, WARNING], Severity.ERROR),
    ],
)
def test_worst(kinds: list[Kind], severity: Severity | None) -> None:
    assert worst(Problem(kind, "") for kind in kinds) is severity


def test_the_order_is_path_place_code_words() -> None:
    expected = (
        Problem(ERROR, "a book has no place"),
        Problem(ERROR, "nor has a whole file", path="roles/a.yaml"),
        at(ERROR, "roles/a.yaml", 2, 10),
        at(WARNING, "roles/a.yaml", 10, 1),
        at(ERROR, "roles/a.yaml", 10, 1, "a"),
        at(ERROR, "roles/a.yaml", 10, 1, "b"),
        at(INFO, "roles/a.yaml", 10, 2),
        at(INFO, "roles/b.yaml", 1),
    )
    assert in_order(reversed(expected)) == expected


@pytest.mark.parametrize(
    ("kinds", "counts", "fails"),
    [
        ([], (0, 0, 0), (False, False, False)),
        ([INFO, WARNING, INFO], (2, 1, 0), (True, True, False)),
        ([ERROR], (0, 0, 1), (True, True, True)),
    ],
    ids=["none", "warning", "error"],
)
def test_a_report_counts_and_fails(
    kinds: list[Kind], counts: tuple[int, ...], fails: tuple[bool, ...]
) -> None:
    report = Report(tuple(Problem(kind, "") for kind in kinds), roles=1)
    assert tuple(report.count(severity) for severity in Severity) == counts
    assert tuple(report.fails(severity) for severity in Severity) == fails
