"""JUnit XML, read by junitparser: a test case a problem, failed from the failing level on."""

from __future__ import annotations

import pytest
from junitparser import JUnitXml, TestSuite
from junitparser.junitparser import SystemOut

from dutybook import messages
from dutybook.problems import Kind, Problem, Report, Severity, Span
from dutybook.reports import junit
from tests.reports.reported import from_top, report


def read(found: Report, level: Severity = Severity.ERROR) -> TestSuite:
    """Return the one suite of a report, after comparing its counts with its cases."""
    text = junit.render(found, from_top, level)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')
    xml = JUnitXml.fromstring(text.encode())
    (suite,) = list(xml)
    cases = list(suite)
    failed = [case for case in cases if case.is_failure]
    for one in (xml, suite):
        assert (one.tests, one.failures, one.errors) == (len(cases), len(failed), 0)
    assert suite.skipped == 0
    return suite


@pytest.mark.parametrize("level", list(Severity))
def test_cases_fail_from_the_level_on(level: Severity) -> None:
    found = report()
    cases = list(read(found, level))
    assert len(cases) == len(found.problems)
    for case, problem in zip(cases, found.problems, strict=True):
        said = f"{problem.message} {problem.hint}".strip()
        span = problem.span
        place = from_top(problem.path) + (f":{span.line}:{span.column}" if span else "")
        assert case.classname == from_top(problem.path)
        assert case.name == f"{problem.kind.code} {problem.kind.name} {place}"
        assert case.is_failure == (problem.kind.severity >= level)
        if case.is_failure:
            (failure,) = case.result
            assert failure.type == problem.kind.severity.label
            assert failure.message == said
            assert failure.text == f"{place}: {problem.kind.code} {said}"
        else:
            assert case.system_out == f"{place}: {problem.kind.code} {said}"
            assert case.child(SystemOut) is not None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_found_is_one_case_that_passed(language: messages.Language) -> None:
    messages.use(language)
    (case,) = read(Report((), 17))
    assert case.is_passed
    assert "17" in case.name


def test_what_xml_cannot_hold_is_made_visible() -> None:
    odd = '<a> & "b" ]]> \x00\x07\x1b\x7f\x85\u2028\ufffe\uffff\ud800 😀 柜员\n二'
    problem = Problem(
        Kind("S001", "unknown-key", Severity.ERROR), odd, odd, f"roles/{odd}.yaml", Span(1, 2, 1, 3)
    )
    (case,) = read(Report((problem,), 1))
    (failure,) = case.result
    visible = '<a> & "b" ]]> \\x00\\x07\\x1b\\x7f\\x85\\u2028\\ufffe\\uffff\\ud800 😀 柜员 二'
    assert failure.message == f"{visible} {visible}"
    assert case.classname == from_top(f"roles/{visible}.yaml")
