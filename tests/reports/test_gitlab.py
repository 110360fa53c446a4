"""The code quality report: the fields that GitLab documents, and fingerprints that last."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from dutybook.problems import Report, Span
from dutybook.reports import gitlab, sarif
from tests.checking import check, role
from tests.reports.reported import TELLER, from_top, report


def read(found: Report) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(gitlab.render(found, from_top))
    return entries


def prints(found: Report) -> list[str]:
    return [one["fingerprint"] for one in read(found)]


def test_every_problem_has_the_documented_fields() -> None:
    found = report()
    entries = read(found)
    assert len(entries) == len(found.problems) > 10
    for entry, problem in zip(entries, found.problems, strict=True):
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert set(entry["location"]) == {"path", "lines"}
        assert entry["location"]["lines"] == {"begin": problem.span.line if problem.span else 1}
        assert entry["location"]["path"] == from_top(problem.path)
        assert not entry["location"]["path"].startswith(("./", "/"))
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["check_name"] == problem.kind.name
        assert entry["description"].startswith(f"{problem.kind.code} {problem.message}")
        assert re.fullmatch(r"[0-9a-f]{32}", entry["fingerprint"])
    assert {entry["severity"] for entry in entries} == {"info", "minor", "critical"}
    assert from_top(TELLER) in gitlab.render(found, from_top)  # as it is, not as \\u....


def test_an_empty_report_is_an_empty_array() -> None:
    assert gitlab.render(Report((), 3), str) == "[]\n"


def test_no_two_problems_have_one_fingerprint() -> None:
    alike = report().problems[0]
    found = Report((*report().problems, alike, alike), 5)
    assert len(set(prints(found))) == len(found.problems)


def test_fingerprints_do_not_depend_on_words_or_lines() -> None:
    expected = prints(report())
    assert prints(report("zh")) == expected
    moved = [
        replace(
            one,
            message="别的",
            hint="",
            span=Span(one.span.line + 7, 1, 99, 1) if one.span else None,
        )
        for one in report().problems
    ]
    assert prints(Report(tuple(moved), 5)) == expected


def test_fingerprints_last_while_the_file_around_them_changes() -> None:
    text = role(duties="  - {id: a, title: b, text: 完成交办的其他工作。}\n")
    before = prints(check(text))
    after = prints(
        check("# 注\n\n" + text.replace("  - {", "  -   {").replace("title: b", "title: 现金"))
    )
    assert before == after
    assert prints(check(role(head="unit: 甲\n", duties=text.partition("duties:\n")[2]))) == before
    other = prints(check(text.replace("id: a", "id: c")))
    assert not set(before) & set(other)


def test_fingerprints_are_told_apart_by_code_path_role_duty_and_field() -> None:
    one = report().problems[1]
    variants = [
        one,
        replace(one, path="roles/x.yaml"),
        replace(one, role="x"),
        replace(one, duty="x"),
        replace(one, field="x"),
        replace(one, kind=report().problems[0].kind),
        replace(one, role="x", duty=""),
        replace(one, role="", duty="x"),
    ]
    assert len({prints(Report((each,), 1))[0] for each in variants}) == len(variants)


def test_sarif_has_the_same_fingerprints() -> None:
    found = report()
    run = json.loads(sarif.render(found, from_top))["runs"][0]
    assert [one["partialFingerprints"]["dutybook/v1"] for one in run["results"]] == prints(found)
