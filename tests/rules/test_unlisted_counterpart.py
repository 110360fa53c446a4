"""B010: titles in the text of a duty; the longest wins, and the time grows with the texts."""

from __future__ import annotations

import re

import pytest

from dutybook.rules import unlisted_counterpart
from dutybook.rules.base import Facts, Passage, Whole
from tests.checking import TELLER, book, check, found, place, role

SETTINGS = """\
positions:
  manager: 经理
  lobby-manager: 大堂经理
  lobby-desk: 大堂
  governor: 行长
  deputy-governor: 副行长
  guard: 押
  branch: 支行或分行相关部门
"""


def said(text: str, more: str = "") -> list[str]:
    """Return the titles that are found in the text of a duty of 柜员, with what to add."""
    duty = f"  - id: a\n    title: 现金\n    text: {text}\n{more}"
    report = check({
        "dutybook.yaml": SETTINGS,
        **book(
            role("teller", "柜员", "aliases: [综合柜员, 出纳]\n", duty),
            role("head", "主管", "aliases: [会计主管, 结算主管（兼）]\n"),
            role("auditor", "稽核.员[甲]"),
        ),
    })  # fmt: skip
    problems = found(report, "B010")
    assert all(place(one)[:2] == (TELLER, 7) for one in problems)
    return [f"{one.message.split(' stands')[0]} {one.hint[20:-3]}" for one in problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收付现金。", []),
        ("协助大堂经理引导客户。", ["大堂经理 lobby-manager"]),
        ("经理", ["经理 manager"]),
        ("向经理报告。", ["经理 manager"]),
        ("在大堂引导客户。", ["大堂 lobby-desk"]),
        ("协助大堂经、理。", ["大堂 lobby-desk"]),
        ("副行长", ["副行长 deputy-governor"]),
        ("行长、副行长", ["副行长 deputy-governor", "行长 governor"]),
        ("副行长和副行长", ["副行长 deputy-governor"]),
        ("大堂经理和经理", ["大堂经理 lobby-manager", "经理 manager"]),
        ("支行或分行相关部门", ["支行或分行相关部门 branch"]),
        ("支行或分行", []),
        # aliases
        ("与会计主管对账", ["会计主管 head"]),
        ("结算主管（兼）", ["结算主管（兼） head"]),
        # what is no pattern, and too short a title
        ("稽核.员[甲]", ["稽核.员[甲] auditor"]),
        ("稽核x员[甲]", []),
        ("押送款箱", []),
        # one's own names
        ("柜员和综合柜员、出纳", []),
        ("大", []),
    ],
)
def test_titles(text: str, expected: list[str]) -> None:
    assert said(f"'{text}'") == expected


@pytest.mark.parametrize(
    ("counterparts", "expected"),
    [
        ("lobby-manager", []),
        ("manager", ["大堂经理 lobby-manager"]),
        ("manager, lobby-manager", []),
    ],
)
def test_counterparts(counterparts: str, expected: list[str]) -> None:
    assert said("协助大堂经理。", f"    counterparts: [{counterparts}]\n") == expected


def test_items_have_the_counterparts_of_their_duty_and_their_own() -> None:
    duty = (
        "  - id: a\n    title: b\n    counterparts: [lobby-manager]\n    items:\n"
        "      - 协助大堂经理。\n"
        "      - {text: 协助副行长和大堂经理。, counterparts: [deputy-governor]}\n"
        "      - 协助副行长。\n"
    )
    report = check({"dutybook.yaml": SETTINGS, TELLER: role(duties=duty)})
    assert [place(one) for one in found(report, "B010")] == [(TELLER, 10, 9)]


def test_a_title_of_two_positions_asks_for_one_of_them() -> None:
    texts = book(
        role("a", "主管", "unit: 甲\n"),
        role("b", "主管", "unit: 乙\n"),
        role("c", "甲", duties="  - {id: x, title: y, text: 协助主管。}\n"
                              "  - {id: z, title: y, text: 协助主管。, counterparts: [b]}\n"),
        role("d", "主管", "unit: 丙\n", "  - {id: x, title: y, text: 主管现金。}\n"),
    )  # fmt: skip
    assert [(one.path, one.hint) for one in found(check(texts), "B010")] == [
        ("roles/c.yaml", "Add `counterparts: [a]`.")
    ]


class Text(str):
    """A text that counts how much of it is looked at beyond the search for beginnings."""

    looked = 0

    def __getitem__(self, key: object) -> str:
        Text.looked += 1
        return str.__getitem__(self, key)  # type: ignore[index]


@pytest.mark.parametrize("count", [10, 1000, 10_000])
def test_ten_thousand_titles_cost_no_more_than_ten(count: int) -> None:
    """Titles of one beginning, in a text that is full of it."""
    titles = tuple(
        Facts(f"roles/p{n}.yaml", f"p{n}", True, f"支行柜员{n:05}") for n in range(count)
    )
    text = Text("支行柜员99999、支行经理" * 50)
    Text.looked = 0
    passage = Passage("duties[0].text", text, [])
    list(
        unlisted_counterpart.finish(
            Whole((*titles, Facts("a", "a", True, "甲", passages=[passage])))
        )
    )
    assert Text.looked == 100
    assert re.compile("支行").findall(text)[99:]
