"""Tables with a column for each position."""

from __future__ import annotations

import pytest

from tests.importers.made_files import excel, joined, word_table
from tests.importers.manuals import Shape, read, shape

TWO = [("1", []), ("2", [])]
BOTH: Shape = [("客户经理", TWO), ("大堂经理", TWO)]


@pytest.mark.parametrize("corner", ["", "项目", "内容", "类别", "岗位", "岗位名称", "岗位职责"])
def test_whatever_stands_in_the_corner(corner: str) -> None:
    rows = [
        [corner, "客户经理", "大堂经理"],
        ["主要职责", "1、走访客户。\n2、推介产品。", "1、引导客户。\n2、维持秩序。"],
        ["任职资格", "本科", "专科"],
    ]
    for manual in (read(excel(rows), "手册.xlsx"), read(word_table(rows), "手册.docx")):
        assert shape(manual) == BOTH
        assert manual.drafts[1].data["qualifications"] == ["专科"]


def test_below_a_title_of_the_whole() -> None:
    rows = [
        ["网点岗位职责一览", "", ""],
        ["项目", "客户经理", "大堂经理"],
        ["职责", "1、走访客户。\n2、推介产品。", "1、引导客户。\n2、维持秩序。"],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == BOTH


@pytest.mark.parametrize(
    "rows",
    [
        [["1、走访客户。", "1、引导客户。"], ["2、推介产品。", "2、维持秩序。"]],
        [["1、走访客户。\n2、推介产品。", "1、引导客户。\n2、维持秩序。"]],
    ],
)
def test_without_names_before_the_rows(rows: list[list[str]]) -> None:
    heads = ["客户经理岗位职责", "大堂经理岗位职责"]
    assert shape(read(excel([heads, *rows]), "手册.xlsx")) == BOTH


def test_numbers_before_the_rows() -> None:
    rows = [
        ["序号", "客户经理", "大堂经理"],
        ["1", "走访客户。", "引导客户。"],
        ["2", "推介产品。", "维持秩序。"],
        ["3", "", "安抚投诉的客户。"],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == [
        ("客户经理", TWO),
        ("大堂经理", [*TWO, ("3", [])]),
    ]


def test_what_is_done_before_the_rows() -> None:
    rows = [
        ["事项", "客户经理", "柜员"],
        ["贷前调查", "负责", ""],
        ["凭证保管", "", "负责"],
        ["开户核实", "协助", "负责"],
    ]
    manual = read(joined(rows), "手册.csv")
    assert shape(manual) == [("客户经理", [(None, []), (None, [])]), ("柜员", [(None, [])] * 2)]
    duty = manual.drafts[0].data["duties"][1]
    assert (duty["title"], duty["text"]) == ("开户核实", "协助")


def test_rows_named_by_a_numbered_field() -> None:
    rows = [
        ["项目", "药剂师", "收费员"],
        ["所属部门", "药剂科", "财务科"],
        ["工作职责1", "审核处方", "收取费用"],
        ["工作职责2", "调配药品", ""],
    ]
    manual = read(joined(rows), "手册.csv")
    assert shape(manual) == [("药剂师", [(None, []), (None, [])]), ("收费员", [(None, [])])]
    assert [draft.data["unit"] for draft in manual.drafts] == ["药剂科", "财务科"]


def test_a_position_may_have_several_columns() -> None:
    rows = [
        ["柜员", "", "大堂经理", ""],
        ["1", "收付现金。", "1", "引导客户。"],
        ["2", "保管凭证。", "2", "维持秩序。"],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == [("柜员", TWO), ("大堂经理", TWO)]


def test_who_takes_part_is_no_position_of_its_own() -> None:
    rows = [
        ["工作内容", "负责人", "经办人"],
        ["收付现金。", "运营主管", "柜员"],
        ["引导客户。", "网点主任", "大堂经理"],
    ]
    assert [draft.title for draft in read(excel(rows, "日常"), "手册.xlsx").drafts] != [
        "负责人",
        "经办人",
    ]


def test_a_note_below_ends_the_table() -> None:
    rows = [
        ["项目", "客户经理", "大堂经理"],
        ["职责", "1、走访客户。\n2、推介产品。", "1、引导客户。\n2、维持秩序。"],
        ["本表由运营部负责解释。", "", ""],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual)[0] == BOTH[0]
