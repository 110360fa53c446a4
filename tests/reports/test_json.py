"""The JSON of version 1: the same keys every time, null for what there is not."""

from __future__ import annotations

import json

from dutybook.problems import Kind, Problem, Related, Report, Severity, Span
from dutybook.reports.json import document
from tests.reports.reported import report

KEYS = {
    "code", "name", "severity", "message", "hint", "path", "line", "column", "end_line", "end_column",
    "role", "duty", "related",
}  # fmt: skip
KIND = Kind("N001", "duplicate-label", Severity.ERROR)


def test_a_problem_with_everything() -> None:
    problem = Problem(
        KIND, "有问题", "改正", "roles/甲.yaml", Span(1, 2, 3, 4), "甲", "现金", "duties[0].label",
        (Related("roles/乙.yaml", Span(5, 6, 7, 8)),),
    )  # fmt: skip
    assert document(Report((problem,), 2, 3)) == {
        "version": 1,
        "problems": [
            {
                "code": "N001", "name": "duplicate-label", "severity": "error", "message": "有问题",
                "hint": "改正", "path": "roles/甲.yaml", "line": 1, "column": 2, "end_line": 3,
                "end_column": 4, "role": "甲", "duty": "现金",
                "related": [{"path": "roles/乙.yaml", "line": 5, "column": 6}],
            }
        ],
        "summary": {"roles": 2, "errors": 1, "warnings": 0, "infos": 0, "silenced": 3},
    }  # fmt: skip


def test_a_problem_with_nothing() -> None:
    (one,) = document(Report((Problem(KIND, "有问题", path="roles"),), 0))["problems"]
    assert set(one) == KEYS
    given = {key for key, value in one.items() if value is not None}
    assert given == {"code", "name", "severity", "message", "path", "related"}
    assert one["related"] == []


def test_a_whole_report() -> None:
    found = report()
    shown = document(found)
    assert all(set(one) == KEYS for one in shown["problems"])
    assert {one["severity"] for one in shown["problems"]} == {"error", "warning", "info"}
    counted = [one["severity"] for one in shown["problems"]]
    assert shown["summary"] == {
        "roles": 5, "silenced": 0, "errors": counted.count("error"),
        "warnings": counted.count("warning"), "infos": counted.count("info"),
    }  # fmt: skip
    assert json.loads(json.dumps(shown)) == shown


def test_only_words_depend_on_the_language() -> None:
    english, chinese = document(report("en")), document(report("zh"))
    assert english != chinese
    for one in (*english["problems"], *chinese["problems"]):
        del one["message"], one["hint"]
    order = [
        (one["path"], one["line"] or 0, one["column"] or 0, one["code"])
        for one in english["problems"]
    ]
    assert order == sorted(order)
    assert english == chinese
