"""Problems for GitLab: a code quality report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from dutybook.problems import Severity
from dutybook.reports.base import fingerprint, sentence

if TYPE_CHECKING:
    from dutybook.problems import Report
    from dutybook.reports.base import ShownPath

_SEVERITIES: Final = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, shown_path: ShownPath) -> str:
    """Return the report as GitLab documents it: an array, a fingerprint for each problem."""
    seen: dict[str, int] = {}
    found = [
        {
            "description": f"{problem.kind.code} {sentence(problem)}",
            "check_name": problem.kind.name,
            "fingerprint": fingerprint(problem, seen),
            "severity": _SEVERITIES[problem.kind.severity],
            "location": {
                "path": shown_path(problem.path),
                "lines": {"begin": problem.span.line if problem.span else 1},
            },
        }
        for problem in report.problems
    ]
    return json.dumps(found, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
