"""Every rule's bad and good example, with the exact place: the examples are the rule's tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dutybook import engine
from dutybook.problems import Problem
from dutybook.rules import RULES
from dutybook.rules.base import Example, Rule
from dutybook.verdicts import Verdicts
from tests.conftest import Book

# No text can show these: they are about names, links and rights; tests/test_files.py has them.
WITHOUT_EXAMPLE = {"F001", "F006", "F007"}


def problems(root: Path, rule: Rule) -> list[Problem]:
    """Return what is found with the rule switched on."""
    if rule.off:
        path = root / "dutybook.yaml"
        path.write_text(f"rules:\n  severity: {{{rule.kind.code}: warning}}\n", encoding="utf-8")
    report = engine.check(engine.of_folder(root), date(2026, 1, 31), Verdicts(None))
    return [problem for problem in report.problems if problem.kind.code == rule.kind.code]


def place(problem: Problem) -> tuple[str, int, int]:
    span = problem.span
    return (problem.path, span.line, span.column) if span else (problem.path, 0, 0)


def build(book: Book, example: Example) -> Path:
    return book(example.files)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind.code)
def test_the_bad_example_is_found_where_it_stands(rule: Rule, book: Book) -> None:
    if rule.kind.code in WITHOUT_EXAMPLE:
        assert not rule.bad.files
        return
    assert [place(problem) for problem in problems(build(book, rule.bad), rule)] == [rule.bad.at]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind.code)
def test_the_good_example_is_not_found(rule: Rule, book: Book) -> None:
    assert problems(build(book, rule.good), rule) == []


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.kind.code for rule in RULES]
    assert len(codes) > 60
    assert len(set(codes)) == len(codes)
    assert len({rule.kind.name for rule in RULES}) == len(codes)
    letters = "FYSBNWT"
    assert codes == sorted(codes, key=lambda code: (letters.index(code[0]), code))
