"""Problems for code scanning: SARIF 2.1.0."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dutybook import __version__
from dutybook.messages import tr
from dutybook.problems import Severity
from dutybook.reports.base import fingerprint, sentence
from dutybook.rules import RULES

if TYPE_CHECKING:
    from dutybook.problems import Problem, Report, Span
    from dutybook.reports.base import ShownPath

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, shown_path: ShownPath) -> str:
    """Return the report as one run; columns are code points, and the run says so."""
    used = {problem.kind.code for problem in report.problems}
    rules = [rule for rule in RULES if rule.kind.code in used]
    numbers = {rule.kind.code: number for number, rule in enumerate(rules)}
    seen: dict[str, int] = {}
    run = {
        "tool": {
            "driver": {
                "name": "dutybook",
                "version": __version__,
                "rules": [
                    {
                        "id": rule.kind.code,
                        "name": rule.kind.name,
                        "shortDescription": {"text": tr(rule.what)},
                        "fullDescription": {"text": tr(rule.why)},
                        "defaultConfiguration": {"level": _LEVELS[rule.kind.severity]},
                    }
                    for rule in rules
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": problem.kind.code,
                "ruleIndex": numbers[problem.kind.code],
                "level": _LEVELS[problem.kind.severity],
                "message": {"text": sentence(problem)},
                "locations": [_location(shown_path(problem.path), problem.span)],
                "relatedLocations": _related(problem, shown_path),
                "partialFingerprints": {"dutybook/v1": fingerprint(problem, seen)},
            }
            for problem in report.problems
        ],
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def _related(problem: Problem, shown_path: ShownPath) -> list[dict[str, Any]]:
    return [
        {"id": number, **_location(shown_path(one.path), one.span)}
        for number, one in enumerate(problem.related)
    ]


def _location(path: str, span: Span | None) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {
            "uri": quote(path.encode(errors="surrogateescape")),
            "uriBaseId": "%SRCROOT%",
        }
    }
    if span:
        place["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    return {"physicalLocation": place}
