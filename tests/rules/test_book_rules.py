"""Rules over the whole book whose cases are few: B002 to B009, T003."""

from __future__ import annotations

import pytest

from dutybook.problems import Problem
from tests.checking import TELLER, book, check, found, place, role


def messages(problems: list[Problem]) -> list[str]:
    return [one.message for one in problems]


# B002 duplicate-title


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [
        ("title: 柜员", "title: 柜员", 2),
        ("title: 柜员", "title: 櫃員", 2),
        ("title: VIP 经理", "title: ｖｉｐ 经理", 2),
        ("title: 柜员", "title: 出纳\naliases: [高柜, 柜员]", 3),
        ("title: 柜员\naliases: [出纳]", "title: 出纳", 2),
        ("title: 柜员\naliases: [出纳]", "title: 高柜\naliases: [出纳]", 3),
        ("title: 柜员\nunit: 甲", "title: 柜员\nunit: 甲", 2),
        ("title: 柜员\nunit: 甲", "title: 柜员\nunit: 乙", None),
        ("title: 柜员\nunit: 甲", "title: 柜员", None),
        ("title: 柜员", "title: 低柜柜员", None),
        ("title: 柜员\naliases: [柜员, 柜员]", "title: 出纳", None),  # one's own
    ],
)
def test_duplicate_titles(first: str, second: str, line: int | None) -> None:
    duties = "\nduties:\n  - {id: a, title: b, text: 收付。}\n"
    texts = {"roles/a.yaml": f"id: a\n{first}{duties}", "roles/b.yaml": f"id: b\n{second}{duties}"}
    problems = found(check(texts), "B002")
    assert [place(one)[:2] for one in problems] == ([("roles/b.yaml", line)] if line else [])
    assert all(one.related[0].path == "roles/a.yaml" for one in problems)


# B003 unknown-position, T003 withdrawn-reference: every field that names a position

NAMING = role(
    head="reports_to: x1\nincompatible_with: [x2]\nbackup: [x3, x4]\n",
    duties="  - id: a\n    title: b\n    counterparts: [x5]\n    items:\n"
    "      - {text: 收付。, counterparts: [x6, head]}\n",
)
PLACES = [(3, 13), (4, 21), (5, 10), (5, 14), (9, 20), (11, 36)]


def test_every_field_that_names_a_position_is_looked_at() -> None:
    head = role("head", "主管")
    problems = found(check(book(NAMING, head)), "B003")
    assert [place(one)[1:] for one in problems] == PLACES
    assert messages(problems) == [f"There is no position x{number}." for number in range(1, 7)]
    withdrawn = [role(f"x{n}", f"岗{n}", "status: withdrawn\n") for n in range(1, 7)]
    problems = found(check(book(NAMING, head, *withdrawn)), "B003", "T003")
    assert [place(one)[1:] for one in problems] == PLACES
    assert {one.kind.code for one in problems} == {"T003"}
    assert problems[0].message == "岗1 (x1) is withdrawn."
    assert problems[0].related[0].path == "roles/x1.yaml"


def test_a_withdrawn_position_may_name_another() -> None:
    withdrawn = "status: withdrawn\n"
    texts = book(role("a", "甲", withdrawn), role("b", "乙", withdrawn + "reports_to: a\n"))
    assert found(check(texts), "T003") == []


@pytest.mark.parametrize(
    ("settings", "hint"),
    [
        ("positions: {lobby-manager: 大堂经理}\n", "Did you mean lobby-manager?"),
        (
            "positions: {far: 远}\n",
            "Declare it under `positions` in dutybook.yaml, or write its file.",
        ),
    ],
)
def test_the_nearest_position_is_named(settings: str, hint: str) -> None:
    texts = {TELLER: role(head="reports_to: loby-manager\n"), "dutybook.yaml": settings}
    (one,) = found(check(texts), "B003")
    assert one.hint == hint


def test_a_position_with_a_broken_file_is_no_unknown_one() -> None:
    texts = {**book(role(head="reports_to: head\n")), "roles/head.yaml": b"\xff"}
    assert found(check(texts), "B", "T") == []


# B006 one-at-the-top


@pytest.mark.parametrize(
    ("heads", "message"),
    [
        ("a", None),
        ("a b>a c>a", None),
        ("a b", "2 positions are at the top: a, b."),
        ("a b>x", "2 positions are at the top: a, x."),
        ("a>x b>x", None),
        ("a>b b>a", "No position is at the top."),
        ("a>a b>a", "No position is at the top."),
        ("a b c d e f", "6 positions are at the top: a, b, c, d, e …."),
        ("a w!", None),  # withdrawn
        ("a>w b>w w!", None),
        ("a b>a c!>b", None),
    ],
)
def test_the_top(heads: str, message: str | None) -> None:
    texts = {}
    for line in heads.split():
        name, _, superior = line.partition(">")
        head = f"reports_to: {superior}\n" if superior else ""
        if name.endswith("!"):
            head += "status: withdrawn\n"
        texts |= book(role(name.rstrip("!"), f"岗位{name[0]}", head))
    assert messages(found(check(texts), "B006")) == ([message] if message else [])


@pytest.mark.parametrize("broken", ["unti: a\n", "reports_to: a\nreports_to: b\n"])
def test_nobody_knows_the_top_while_a_file_is_broken(broken: str) -> None:
    texts = book(role("a", "甲"), role("b", "乙", "reports_to: c\n"), role("c", "丙", broken))
    assert found(check(texts), "B006") == []


# B009 declared-unused

SETTINGS = """\
positions:
  guard: 押运
  head: 主管
systems: {核心: a, 影像: b}
tags:
  现金: a
  凭证: b
"""


def test_what_is_declared_and_not_used() -> None:
    duty = "  - {id: a, title: b, text: 收付。, tags: [现金], systems: [影像], counterparts: [guard]}\n"
    texts = {TELLER: role(duties=duty), "dutybook.yaml": SETTINGS}
    problems = found(check(texts), "B009")
    assert [place(one)[1:] for one in problems] == [(3, 3), (4, 11), (7, 3)]
    assert messages(problems)[0] == "head is declared and no role names it."
    # A position that has a file is told of by B004.
    with_file = check({**texts, **book(role("head", "主管"))})
    assert [place(one)[1:] for one in found(with_file, "B009")] == [(4, 11), (7, 3)]
    assert [place(one) for one in found(with_file, "B004")] == [("dutybook.yaml", 3, 3)]


@pytest.mark.parametrize("raw", [b"", b"\xff", b"id: bad\n", b"id: 'bad"])
def test_nothing_is_unused_while_a_file_is_broken(raw: bytes) -> None:
    texts = {TELLER: role(), "roles/bad.yaml": raw, "dutybook.yaml": SETTINGS}
    assert found(check(texts), "B009") == []


# B007 and B008: only where there is a dutybook.yaml, also of items


@pytest.mark.parametrize(("key", "code"), [("tags", "B007"), ("systems", "B008")])
def test_undeclared_names(key: str, code: str) -> None:
    text = role(
        duties=f"  - id: a\n    title: b\n    {key}: [反洗前]\n    items:\n"
        f"      - {{text: 收付。, {key}: [反洗钱, 全然不同]}}\n"
    )
    assert found(check({TELLER: text}), code) == []
    problems = found(check({TELLER: text, "dutybook.yaml": f"{key}: {{反洗钱: a}}\n"}), code)
    column = len(f"      - {{text: 收付。, {key}: [反洗钱, ") + 1
    assert [place(one)[1:] for one in problems] == [(6, 5 + len(key) + 3), (8, column)]
    assert problems[0].hint == "Did you mean 反洗钱?"
    assert problems[1].hint == f"Declare it under `{key}` in dutybook.yaml."


# B011 unknown-code


def test_codes_that_no_rule_has() -> None:
    rules = "rules:\n  ignore: [W001, W, X, W9]\n  severity:\n    T: info\n    N123: error\n"
    problems = found(check({TELLER: role(), "dutybook.yaml": rules}), "B011")
    assert [place(one)[1:] for one in problems] == [(2, 21), (2, 24), (5, 5)]


def test_errors_that_cannot_be_chosen() -> None:
    rules = "rules:\n  ignore: [S001, Y, Y014]\n  severity:\n    S: info\n    Y014: error\n"
    problems = found(check({TELLER: role(), "dutybook.yaml": rules}), "B011")
    assert [place(one)[1:] for one in problems] == [(2, 12), (4, 5)]
    assert problems[0].message == "S001 can be neither left out nor lowered."


# B001 duplicate-id


def test_every_file_after_the_first_is_told() -> None:
    texts: dict[str, str | bytes] = {f"roles/{one}/teller.yaml": role(title=one) for one in "abc"}
    texts["roles/d/teller.yaml"] = b"\xff"
    problems = found(check(texts), "B001")
    assert [place(one) for one in problems] == [
        ("roles/b/teller.yaml", 1, 5),
        ("roles/c/teller.yaml", 1, 5),
        ("roles/d/teller.yaml", 1, 1),
    ]
    assert {one.related[0].path for one in problems} == {"roles/a/teller.yaml"}
