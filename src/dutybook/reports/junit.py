"""Problems for test viewers: JUnit XML, a test case for each problem."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from dutybook.messages import tr
from dutybook.reports.base import sentence
from dutybook.text import safe

if TYPE_CHECKING:
    from dutybook.problems import Problem, Report, Severity
    from dutybook.reports.base import ShownPath


def render(report: Report, shown_path: ShownPath, fail_on: Severity) -> str:
    """Return the report; problems below the failing level are cases that passed."""
    failing = sum(problem.kind.severity >= fail_on for problem in report.problems)
    cases = max(len(report.problems), 1)
    suites = ET.Element("testsuites", tests=str(cases), failures=str(failing), errors="0")
    suite = ET.SubElement(
        suites, "testsuite", name="dutybook validate", tests=str(cases), failures=str(failing),
        errors="0", skipped="0", time="0",
    )  # fmt: skip
    for problem in report.problems:
        _case(suite, problem, shown_path, failed=problem.kind.severity >= fail_on)
    if not report.problems:
        name = tr("{count} positions without a problem", count=report.roles)
        ET.SubElement(suite, "testcase", classname="dutybook", name=name, time="0")
    ET.indent(suites)
    xml = ET.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n'


def _case(suite: ET.Element, problem: Problem, shown_path: ShownPath, *, failed: bool) -> None:
    path = safe(shown_path(problem.path)).replace("\n", " ")
    place = f"{path}:{problem.span.line}:{problem.span.column}" if problem.span else path
    case = ET.SubElement(
        suite, "testcase", classname=path, name=f"{problem.kind.code} {problem.kind.name} {place}",
        time="0",
    )  # fmt: skip
    text = f"{place}: {problem.kind.code} {sentence(problem)}"
    if failed:
        failure = ET.SubElement(
            case, "failure", type=problem.kind.severity.label, message=sentence(problem)
        )
        failure.text = text
    else:
        ET.SubElement(case, "system-out").text = text
