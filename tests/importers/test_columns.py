"""What the columns of a list hold."""

from __future__ import annotations

import pytest

from dutybook.importers import columns
from dutybook.importers.base import Cell, Place


def kinds(*rows: list[str]) -> list[str] | None:
    """Return what the columns hold below the first row, None where it names none."""
    table = [tuple(Cell(text, Place("手册.xlsx")) for text in row) for row in rows]
    found = columns.at_row(table, 0)
    return [column.kind for column in found[0]] if found else None


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["序号", "职责"], ["number", "description"]),
        (["岗位", "部门", "工作职责"], ["role", "unit", "description"]),
        (["岗位/职务", "主要职责与任务"], ["role", "description"]),
        (
            ["职责编号", "职责名称", "职责内容", "频次"],
            ["number", "abstract", "description", "cadence"],
        ),
        (["岗位（全称）", "职责描述", "任职资格"], ["role", "description", "section"]),
        (["岗位", "职责", "考核人"], ["role", "description", "section"]),
        (["岗位", "职务", "职责"], ["role", "section", "description"]),
        (["No.", "Duty"], ["number", "description"]),
    ],
)
def test_the_names_of_columns_say_what_they_hold(names: list[str], found: list[str]) -> None:
    assert kinds(names, ["甲"] * len(names)) == found


@pytest.mark.parametrize(
    "names",
    [
        ["岗位", "柜员"],
        ["岗位名称", "柜员", "所属部门", "营业部"],
        ["部门", "人数"],
        ["职责", "职责"],
        ["收付现金。", "保管凭证。"],
        ["岗位职责", ""],
        ["岗位", "职责", "甲", "乙", "丙", "丁"],
        ["岗位", "按照制度规定办理现金收付和重要空白凭证保管的职责"],
    ],
)
def test_a_row_that_names_no_columns(names: list[str]) -> None:
    assert kinds(names, ["甲"] * len(names)) is None


def test_what_stands_below_says_that_a_column_has_positions() -> None:
    assert kinds(["谁", "职责"], ["柜员", "收款。"], ["会计", "记账。"]) == ["role", "description"]
    assert kinds(["谁", "职责"], ["上午", "收款。"], ["下午", "记账。"]) is None


def test_a_column_with_less_stands_over_the_next() -> None:
    head = ["编号", "职责名称", "职责内容"]
    assert kinds(head, ["1", "现金", "收款。"], ["", "", "付款。"]) == [
        "group number",
        "group",
        "description",
    ]
    assert kinds(head, ["1", "现金", "收款。"], ["2", "", "付款。"]) == [
        "number",
        "abstract",
        "description",
    ]


@pytest.mark.parametrize(
    ("second", "found"),
    [
        (["名称", "编号", "内容", "学历"], ["role", "number", "description", "section"]),
        (["", "序号", "内容", "经验"], ["role", "number", "description", "section"]),
        (["柜员", "1", "收款。", "大专"], None),
        (["", "1", "收款。", ""], None),
    ],
)
def test_a_second_row_of_names(second: list[str], found: list[str] | None) -> None:
    first = ["岗位", "职责", "", "任职资格"]
    expected = found or ["role", "description", "", "section"]
    assert kinds(first, second, ["会计", "1", "记账。", "本科"]) == expected
