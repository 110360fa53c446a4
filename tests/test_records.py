"""From bytes to a role, or to problems in the reader's words at their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings

from dutybook import messages
from dutybook.problems import Problem
from dutybook.records import field_name, read_role, read_settings
from tests.test_source import check_places, mutated

ROLE = """\
id: teller
title: 柜员
duties:
  - id: cash
    title: 现金
    text: 办理现金收付。
"""
SLUG = "Small letters, digits and single hyphens, a letter first, at most 64: `customer-manager`."
ROLE_KEYS = (
    "The keys here: id, title, title_en, aliases, unit, reports_to, purpose, duties, authorities, "
    "qualifications, contacts, key_position, rotation, incompatible_with, backup, basis, status, "
    "version, effective, review_by, approved_by, sections, source."
)


def problems(text: str) -> tuple[Problem, ...]:
    return read_role(text.encode(), "roles/teller.yaml", "teller").problems


def settings_problems(text: str) -> tuple[Problem, ...]:
    return read_settings(text.encode(), "dutybook.yaml").problems


def where(problem: Problem) -> tuple[int, int]:
    assert problem.span is not None
    return problem.span.line, problem.span.column


def brief(found: tuple[Problem, ...]) -> list[str]:
    """Return code and line of each problem: `S001@7`."""
    return [f"{problem.kind.code}@{where(problem)[0]}" for problem in found]


def changed(old: str, new: str) -> str:
    assert old in ROLE
    return ROLE.replace(old, new)


@dataclass
class Case:
    """A file with one thing wrong, and all that is said of it."""

    text: str
    code: str
    place: tuple[int, int]
    message: str
    hint: str
    field: str
    duty: str = ""


CASES = {
    "missing": Case(
        changed("title: 柜员\n", ""), "S002", (1, 1), "The key title is missing.",
        "Add `title: …`.", "title"
    ),
    "missing-in-duty": Case(
        changed("    title: 现金\n", ""), "S002", (4, 5), "The key title is missing.",
        "Add `title: …`.",
        "duties[0].title", "cash",
    ),
    "no-value": Case(
        changed("柜员", ""), "S002", (2, 1), "title has no value.",
        "Write the value after the colon.", "title"
    ),
    "null": Case(
        changed("柜员", "~"), "S002", (2, 8), "title has no value.",
        "Write the value after the colon.", "title"
    ),
    "no-duties": Case(
        ROLE[:ROLE.index("  - id")], "S002", (3, 1), "duties has no value.",
        "Write the value after the colon.", "duties",
    ),
    "slip": Case(
        ROLE + "uint: 运营部\n", "S001", (7, 1), "There is no key uint here.", "Did you mean unit?",
        "uint"
    ),
    "slip-without-value": Case(
        ROLE + "uint:\n", "S001", (7, 1), "There is no key uint here.", "Did you mean unit?", "uint"
    ),
    "chinese-key": Case(
        ROLE + "英文名称: Teller\n", "S001", (7, 1), "There is no key 英文名称 here.",
        "Did you mean title_en?", "英文名称",
    ),
    "cyrillic-letter": Case(
        ROLE + "st\u0430tus: draft\n", "S001", (7, 1), "There is no key st\u0430tus here.",
        "It has the letter U+0430 CYRILLIC SMALL LETTER A. Did you mean status?", "st\u0430tus",
    ),
    "full-width-letter": Case(
        ROLE + "uni\uff54: a\n", "S001", (7, 1), "There is no key uni\uff54 here.",
        "It has the letter U+FF54 FULLWIDTH LATIN SMALL LETTER T. Did you mean unit?", "uni\uff54",
    ),
    "unknown": Case(
        ROLE + "zzz: a\n", "S001", (7, 1), "There is no key zzz here.", ROLE_KEYS, "zzz"
    ),
    "boolean-key": Case(
        ROLE + "? on\n: a\n", "S001", (7, 3), "There is no key on here.", ROLE_KEYS, "on"
    ),
    "key-like-pydantic's": Case(
        ROLE + '"[key]": a\n', "S001", (7, 1), "There is no key [key] here.", ROLE_KEYS, "[key]"
    ),
    "empty-key": Case(ROLE + '"": a\n', "S001", (7, 1), 'There is no key "" here.', ROLE_KEYS, ""),
    "key-like-a-format": Case(
        ROLE + '"{value}{0}": a\n', "S001", (7, 1), "There is no key {value}{0} here.", ROLE_KEYS,
        "{value}{0}",
    ),
    "slip-in-duty": Case(
        ROLE + "    cadense: daily\n", "S001", (7, 5), "There is no key cadense here.",
        "Did you mean cadence?", "duties[0].cadense", "cash",
    ),
    "slip-in-item": Case(
        ROLE + "    items:\n      - text: 收付\n        labl: a\n", "S001", (9, 9),
        "There is no key labl here.", "Did you mean label?", "duties[0].items[0].labl", "cash",
    ),
    "no-text": Case(
        ROLE + "unit: [运营部]\n", "S003", (7, 1), "unit must be a text.",
        "Write it on the line of the key.", "unit"
    ),
    "entry-no-text": Case(
        ROLE + "aliases:\n  - 综合柜员\n  - {a: 12}\n", "S003", (9, 6),
        "entry 2 of aliases must be a text.",
        "Write it on the line of the key.", "aliases[1]",
    ),
    "no-mapping": Case(
        ROLE + "contacts: 运营部\n", "S003", (7, 11),
        "contacts must be a mapping: keys with values.",
        "Put `key: value` lines below it.", "contacts",
    ),
    "file-no-mapping": Case(
        "- 柜员", "S003", (1, 1), "the file must be a mapping: keys with values.",
        "Put `key: value` lines below it.", "",
    ),
    "duty-no-mapping": Case(
        ROLE + "  - 核对\n", "S003", (7, 5),
        "entry 2 of duties must be a mapping: keys with values.",
        "Put `key: value` lines below it.", "duties[1]",
    ),
    "no-list": Case(
        ROLE + "aliases: 综合柜员\n", "S003", (7, 10), "aliases must be a list.",
        "Begin each entry with `- ` on a line of its own.", "aliases",
    ),
    "empty-list": Case(
        "id: teller\ntitle: 柜员\nduties: []\n", "S006", (3, 1), "duties has too few entries.",
        "Add an entry, or delete the key.", "duties",
    ),
    "empty-text": Case(
        changed("办理现金收付。", '"\u3000 "'), "S006", (6, 11), "text is empty.",
        "Write the text, or delete the key.", "duties[0].text", "cash",
    ),
    "empty-item": Case(
        ROLE + '    items: [收付, ""]\n', "S006", (7, 17), "text is empty.",
        "Write the text, or delete the key.", "duties[0].items[1].text", "cash",
    ),
    "line-break": Case(
        changed("柜员", '"柜员\n\n  乙"'), "S011", (2, 8), "title must stand on one line.",
        "Join its lines.", "title"
    ),
    "slug": Case(
        changed("cash", "Cash"), "S004", (4, 9), "id cannot be written like this: Cash", SLUG,
        "duties[0].id", "Cash",
    ),
    "slug-with-escape": Case(
        ROLE + 'backup: ["a\\nb"]\n', "S004", (7, 10),
        "entry 1 of backup cannot be written like this: a\nb",
        SLUG, "backup[0]",
    ),
    "long-slug": Case(
        ROLE + f"reports_to: {'a' * 65}\n", "S004", (7, 13), "reports_to is too long.",
        SLUG, "reports_to"
    ),
    "device-name": Case(
        changed("teller", "nul"), "S004", (1, 5),
        "id cannot be nul: Windows keeps the name for a device.",
        "Choose another name.", "id",
    ),
    "choice": Case(
        ROLE + "status: inforce\n", "S009", (7, 9), "status cannot be inforce.",
        "Did you mean in-force? One of: draft, in-force, withdrawn.", "status",
    ),
    "far-choice": Case(
        ROLE + "    involvement: 负责\n", "S009", (7, 18), "involvement cannot be 负责.",
        "One of: accountable, responsible, review, approve, supervise, guide, support, inform.",
        "duties[0].involvement", "cash",
    ),
    "choice-no-text": Case(
        ROLE + "status: [draft]\n", "S003", (7, 1), "status must be a text.",
        "Write it on the line of the key.", "status",
    ),
    "flag": Case(
        ROLE + "key_position: yes\n", "S010", (7, 15), "key_position must be true or false.",
        "Write `true` or `false`.", "key_position",
    ),
    "flag-list": Case(
        ROLE + "key_position: [no]\n", "S010", (7, 1), "key_position must be true or false.",
        "Write `true` or `false`.", "key_position",
    ),
    "whole-number": Case(
        ROLE + "rotation:\n  max_years: 三\n", "S010", (8, 14),
        "max_years must be a whole number from 1.",
        "Write digits only.", "rotation.max_years",
    ),
    "date": Case(
        ROLE + "effective: 2026-02-30\n", "S010", (7, 12), "effective must be a date that exists.",
        "Year-month-day: `2026-01-31`.", "effective",
    ),
    "duty-says-nothing": Case(
        changed("    text: 办理现金收付。\n", "    label: a\n"), "S008", (4, 5),
        "The duty says nothing: it has neither text nor items.", "Add `text: …` or `items:`.",
        "duties[0]", "cash",
    ),
    "file-name": Case(
        changed("id: teller", "id: clerk"), "S005", (1, 5),
        "The id clerk is not the file's name, teller.", "Rename the file, or correct the id.", "id",
    ),
    "same-id": Case(
        ROLE + "  - id: cash\n    title: 核对\n    text: 核对现金。\n", "S007", (7, 9),
        "Two duties have the id cash; the first is on line 4.", "Give one of them another id.",
        "duties[1].id", "cash",
    ),
    "retyped": Case(
        ROLE + "version: 1.10\n", "Y014", (7, 10), "Other programs do not read 1.10 as a text.",
        'Put quotes round it: "1.10".', "version",
    ),
}  # fmt: skip

SETTINGS = {
    "too-new": Case(
        "title: a\nformat: 2\n", "S012", (2, 9),
        "The book is in format 2; this dutybook knows formats up to 1.", "Update dutybook.", "format",
    ),
    "format": Case(
        "format: 1.0\n", "S010", (1, 9), "format must be a whole number from 1.",
        "Write digits only.", "format"
    ),
    "slip": Case(
        "rules: {fail: error}\n", "S001", (1, 9), "There is no key fail here.",
        "Did you mean fail_on?",
        "rules.fail",
    ),
    "position-id": Case(
        "positions:\n  Vault Keeper: 金库\n", "S004", (2, 3),
        "Vault Keeper cannot be written like this: Vault Keeper", SLUG, "positions.Vault Keeper",
    ),
    "position-without-title": Case(
        "positions:\n  vault-keeper:\n", "S003", (2, 3), "vault-keeper must be a text.",
        "Write it on the line of the key.", "positions.vault-keeper",
    ),
    "no-mapping": Case(
        "systems: [PCRM]\n", "S003", (1, 1), "systems must be a mapping: keys with values.",
        "Put `key: value` lines below it.", "systems",
    ),
    "system-key": Case(
        'systems: {"a\\nb": x}\n', "S011", (1, 11), "a\nb must stand on one line.",
        "Join its lines.",
        "systems.a\nb",
    ),
    "system-like-pydantic's": Case(
        'systems: {"[key]": [a]}\n', "S003", (1, 11), "[key] must be a text.",
        "Write it on the line of the key.", "systems.[key]",
    ),
    "synonyms": Case(
        "synonyms:\n  - [反洗钱, AML]\n  - [KYC]\n", "S006", (3, 5),
        "entry 2 of synonyms has too few entries.",
        "Add an entry, or delete the key.", "synonyms[1]",
    ),
    "rule-ignored": Case(
        "rules: {ignore: [W001, w2]}\n", "S010", (1, 24), "w2 is no code of a rule.",
        "As in W, or W003: see `dutybook rule`.", "rules.ignore[1]",
    ),
    "rule-severity": Case(
        "rules: {severity: {w2: error}}\n", "S010", (1, 20), "w2 is no code of a rule.",
        "As in W, or W003: see `dutybook rule`.", "rules.severity.w2",
    ),
    "severity": Case(
        "rules: {severity: {W002: fatal}}\n", "S009", (1, 26), "W002 cannot be fatal.",
        "One of: error, warning, info, off.", "rules.severity.W002",
    ),
    "retyped": Case(
        "title: 2026\n", "Y014", (1, 8), "Other programs do not read 2026 as a text.",
        'Put quotes round it: "2026".', "title",
    ),
}  # fmt: skip


def check_case(problem: Problem, case: Case) -> None:
    assert problem.kind.code == case.code
    assert problem.message == case.message
    assert problem.hint == case.hint
    assert where(problem) == case.place
    assert (problem.field, problem.duty) == (case.field, case.duty)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_is_wrong_with_a_role(case: Case) -> None:
    record = read_role(case.text.encode(), "roles/teller.yaml", "teller")
    [problem] = record.problems
    check_case(problem, case)
    assert problem.path == "roles/teller.yaml"
    written = re.match(r"id: (\S+)", case.text)
    assert problem.role == (written[1] if written else "")
    assert (record.role is None) == (case.code != "Y014")


@pytest.mark.parametrize("case", SETTINGS.values(), ids=SETTINGS.keys())
def test_what_is_wrong_with_the_settings(case: Case) -> None:
    record = read_settings(case.text.encode(), "dutybook.yaml")
    [problem] = record.problems
    check_case(problem, case)
    assert (problem.path, problem.role) == ("dutybook.yaml", "")
    assert (record.settings is None) == (case.code != "Y014")


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_word_of_pydantic_is_shown(language: messages.Language) -> None:
    messages.use(language)
    found = [problem for case in CASES.values() for problem in problems(case.text)]
    found += [problem for case in SETTINGS.values() for problem in settings_problems(case.text)]
    assert len(found) >= len(CASES) + len(SETTINGS)
    for problem in found:
        said = f"{problem.message} {problem.hint}".replace("{value}{0}", "")  # it is in the file
        assert not re.search(r"\{\w*\}", said)
        assert not re.search(
            r"Input should|Field required|Extra inputs|String should|pydantic", said
        )
        assert problem.message


def test_both_duties_of_one_id_are_named() -> None:
    twice = ROLE + "  - id: cash\n    title: a\n    text: b\n"
    thrice = twice + "  - id: cash\n    title: a\n    text: b\n"
    found = problems(thrice)
    assert brief(found) == ["S007@7", "S007@10"]
    for problem in found:
        [first] = problem.related
        assert (first.path, first.span.line, first.span.column) == ("roles/teller.yaml", 4, 9)


def test_what_is_no_text_is_not_retyped() -> None:
    text = ROLE + (
        "key_position: true\neffective: 2026-01-31\nreview_by: 2027-01-31\nversion: 2\n"
        "rotation: {max_years: 3, mandatory_leave: true, exit_audit: false}\n"
        "source: {missing: [6], truncated: true}\naliases: [no, 'no']\n"
    )
    assert brief(problems(text)) == ["Y014@10", "Y014@12", "Y014@13"]
    assert brief(settings_problems("format: 1\nsystems: {a: 12, b: '12'}\n")) == ["Y014@2"]


REFUSED = {
    "alias-for-duties": ("id: teller\ntitle: 柜员\nduties: *a\n", "Y003@3"),
    "alias-for-duty": ("id: teller\ntitle: 柜员\nduties:\n  - *a\n", "Y003@4"),
    "alias-for-text": (changed("办理现金收付。", "*a"), "Y003@6"),
    "alias-as-key": ("*a : b\n", "Y003@1"),
    "alias-as-file": ("*a", "Y003@1"),
    "tag-on-mapping": (changed("办理现金收付。", "!a {b: 12}"), "Y004@6"),
    "tag-on-text": (changed("柜员", "! 12"), "Y004@2"),
    "tag-on-list": (changed("cash", "!a [b]"), "Y004@4"),
    "tag-on-file": ("!a b", "Y004@1"),
    "merge-in-duty": ("id: teller\ntitle: 柜员\nduties:\n  - <<: [a]\n", "Y005@4"),
    "merge-in-file": ("<<: 12\n", "Y005@1"),
    "key-list": ("? [a]\n: {b: 12}\n", "Y017@1"),
    "key-twice": (ROLE + "title: {a: 12}\n", "Y002@7"),
    "wrong-type": (ROLE + "unit: {a: 12}\n", "S003@7"),
    "unknown-key": (ROLE + "zzz: {a: 12}\n", "S001@7"),
    "unknown-key-in-duty": (ROLE + "    zzz: 1\n", "S001@7"),
    "escape": (changed("办理现金收付。", '"\\x07"'), "Y009@6"),
    "escape-in-key": (ROLE + '"a\\u202e": b\n', "Y010@7"),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_a_refusal_is_not_reported_twice(text: str, expected: str) -> None:
    assert brief(problems(text)) == [expected]


def test_a_refusal_hides_nothing_else() -> None:
    text = "id: &a teller\ntitle: *a\nzzz: 1\nduties:\n  - <<: *a\n    titel: b\n  - id: c\n"
    assert brief(problems(text)) == [
        "Y003@1",
        "Y003@2",
        "S001@3",
        "Y005@5",
        "Y003@5",
        "S001@6",
        "S002@7",
    ]
    empty = changed("    text: 办理现金收付。\n", "    label: 1\n")
    assert brief(problems(empty)) == ["S008@4", "Y014@6"]


def test_problems_are_in_order() -> None:
    text = "zzz: 1\nversion: 1.0\nid: clerk\nduties:\n  - id: a\n    title: b\n    text: \x07c\n"
    found = problems(text)
    assert brief(found) == ["S001@1", "S002@1", "Y014@2", "S005@3", "Y009@7"]


def test_a_warning_leaves_the_role() -> None:
    record = read_role((ROLE + "unit: 007\n").encode(), "roles/teller.yaml", "teller")
    assert brief(record.problems) == ["Y014@7"]
    assert record.role is not None
    assert (record.role.unit, record.role.duties[0].title) == ("007", "现金")


def test_an_empty_book_file_is_said_to_be_empty() -> None:
    for raw in (b"", b"# title: a\n"):
        record = read_settings(raw, "dutybook.yaml")
        assert brief(record.problems) == ["Y018@1"]
        assert "delete the file" in record.problems[0].hint
        assert record.settings is None


@pytest.mark.parametrize(
    ("route", "name"),
    [
        ((), ""),
        (("title",), "title"),
        (("duties", 2, "items", 0, "text"), "duties[2].items[0].text"),
        (("synonyms", 1, 0), "synonyms[1][0]"),
    ],
)
def test_field_name(route: tuple[str | int, ...], name: str) -> None:
    assert field_name(route) == name


@settings(deadline=None, max_examples=200)
@given(mutated())
def test_no_file_raises(raw: bytes) -> None:
    record = read_role(raw, "roles/customer-manager.yaml", "customer-manager")
    check_places(replace(record.document, problems=record.problems))
    assert record.role is not None or record.problems
    other = read_settings(raw, "dutybook.yaml")
    check_places(replace(other.document, problems=other.problems))
