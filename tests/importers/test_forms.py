"""Forms: names of fields with what stands beside and below them."""

from __future__ import annotations

import pytest

from tests.importers.made_files import excel, word_table
from tests.importers.manuals import read, shape

TWO = [("1", []), ("2", [])]


def test_numbered_rows_below_a_field() -> None:
    rows = [
        ["岗位名称", "柜员"],
        ["岗位职责", "1", "收付现金。"],
        ["", "2", "保管凭证。"],
        ["任职资格", "学历", "专科"],
        ["", "经验", "一年"],
    ]
    (draft,) = read(excel(rows), "手册.xlsx").drafts
    assert [duty["label"] for duty in draft.data["duties"]] == ["1", "2"]
    assert draft.data["qualifications"] == ["学历：专科", "经验：一年"]


def test_the_name_of_a_field_may_be_broken_inside_its_cell() -> None:
    rows = [["岗位名称", "柜员"], ["岗\n位\n职\n责", "1、收付现金。"], ["任职\n资格", "专科"]]
    (draft,) = read(excel(rows), "手册.xlsx").drafts
    assert [duty["label"] for duty in draft.data["duties"]] == ["1"]
    assert draft.data["qualifications"] == ["专科"]


@pytest.mark.parametrize("text", ["收付现金，核对尾箱。", "1、收付现金。\n2、核对尾箱。"])
def test_names_of_duties_below_a_field(text: str) -> None:
    rows = [
        ["岗位名称", "柜员", ""],
        ["岗位职责", "现金管理", text],
        ["", "凭证管理", text.replace("现金", "凭证")],
        ["任职资格", "大专", ""],
    ]
    for manual in (read(excel(rows), "手册.xlsx"), read(word_table(rows), "手册.docx")):
        (draft,) = manual.drafts
        assert [duty["title"] for duty in draft.data["duties"]] == ["现金管理", "凭证管理"]


def test_several_fields_in_a_row() -> None:
    rows = [
        ["岗位名称", "柜员", "所属部门", "营业部"],
        ["直接上级", "营业主管", "岗位编号", "GY-01"],
        ["岗位职责", "1", "收付现金。", ""],
        ["", "2", "保管凭证。", ""],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual) == [("柜员", TWO)]
    (draft,) = manual.drafts
    assert (draft.data["unit"], draft.names["reports_to"]) == ("营业部", ["营业主管"])
    assert draft.data["sections"] == [{"title": "岗位编号", "text": "GY-01"}]


def test_two_forms_on_a_sheet() -> None:
    form = [
        ["岗位说明书", "", "", ""],
        ["岗位名称", "数据分析岗", "岗位编号", "KJ-05"],
        ["部门", "科技部", "直接上级", "科技部主任"],
        ["一、岗位目的", "", "", ""],
        ["支撑经营决策。", "", "", ""],
        ["二、工作职责", "", "", ""],
        ["1", "制作经营日报", "", ""],
        ["2", "核对报送口径", "", ""],
    ]
    other = [[cell.replace("数据分析岗", "系统运维岗") for cell in row] for row in form]
    manual = read(excel([*form, *other], "说明书"), "手册.xlsx")
    assert shape(manual) == [("数据分析岗", TWO), ("系统运维岗", TWO)]
    assert manual.drafts[1].data["unit"] == "科技部"


def test_positions_and_duties_numbered_in_one_column() -> None:
    rows = [
        ["信息中心岗位职责", ""],
        ["1", "网络管理员"],
        ["", "主要职责"],
        ["1.1", "配置防火墙策略"],
        ["1.2", "备份配置文件"],
        ["2", "开发工程师"],
        ["", "主要职责"],
        ["2.1", "修复线上缺陷"],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == [
        ("网络管理员", [("1.1", []), ("1.2", [])]),
        ("开发工程师", [("2.1", [])]),
    ]


def test_names_of_positions_beside_what_they_do() -> None:
    rows = [
        ["柜员", "收付现金，保管凭证。"],
        ["大堂经理", "引导客户，维持秩序。"],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == [
        ("柜员", [(None, [])]),
        ("大堂经理", [(None, [])]),
    ]


def test_what_announces_a_table_is_no_duty() -> None:
    rows = [
        ["岗位名称", "柜员"],
        ["岗位职责", "主要工作如下表："],
        ["序号", "内容"],
        ["1", "收付现金。"],
        ["2", "保管凭证。"],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == [("柜员", TWO)]


def test_a_name_may_be_broken_inside_its_cell() -> None:
    rows = [["岗位名称", "客户\n经理"], ["所属部门", "个人\n金融部"], ["岗位职责", "1、走访客户。"]]
    (draft,) = read(excel(rows), "手册.xlsx").drafts
    assert (draft.title, draft.data["unit"]) == ("客户经理", "个人金融部")
