"""Tables of positions, of duties and of fields, whichever way they run."""

from __future__ import annotations

import pytest

from tests.importers.made_files import excel, joined
from tests.importers.manuals import read, shape


def test_a_row_a_position() -> None:
    rows = [
        ["岗位名称", "岗位职责", "任职资格"],
        ["柜员", "1、办理现金收付。\n2、保管凭证。", "专科"],
        ["大堂经理", "1、引导客户。", "本科"],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual) == [("柜员", [("1", []), ("2", [])]), ("大堂经理", [("1", [])])]
    assert manual.drafts[1].data["qualifications"] == ["本科"]
    assert shape(read(joined(rows), "手册.csv")) == shape(manual)


def test_a_row_a_duty() -> None:
    rows = [
        ["岗位", "职责编号", "职责名称", "职责内容", "频次"],
        ["柜员", "1", "现金", "收付现金。", "每日"],
        ["", "2", "凭证", "（1）领用；（2）保管。", ""],
        ["大堂经理", "1", "引导", "引导客户。", "每日"],
        ["大堂经理", "2", "秩序", "维护秩序。", ""],
    ]
    for manual in (read(excel(rows), "手册.xlsx"), read(joined(rows), "手册.csv")):
        assert shape(manual) == [
            ("柜员", [("1", []), ("2", ["1", "2"])]),
            ("大堂经理", [("1", []), ("2", [])]),
        ]
        assert manual.drafts[0].data["duties"][0]["cadence_note"] == "每日"


def test_several_columns_of_duties() -> None:
    rows = [
        ["条线", "岗位", "职责1", "职责2"],
        ["运营", "柜员", "收付现金", "保管凭证"],
        ["零售", "大堂经理", "引导客户", ""],
    ]
    assert shape(read(joined(rows), "手册.csv")) == [
        ("柜员", [(None, []), (None, [])]),
        ("大堂经理", [(None, [])]),
    ]


def test_positions_side_by_side() -> None:
    rows = [
        ["岗位名称", "柜员", "大堂经理"],
        ["职责", "1、收付现金。", "1、引导客户。"],
        ["任职资格", "专科", "本科"],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual) == [("柜员", [("1", [])]), ("大堂经理", [("1", [])])]
    assert manual.drafts[1].data["qualifications"] == ["本科"]


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


@pytest.mark.parametrize("heading", ["职务", "岗位/职务", "岗位名称（全称）", "岗位\n名称"])
def test_what_a_column_of_positions_may_be_called(heading: str) -> None:
    rows = [
        [heading, "职责及要求"],
        ["柜员", "1、收付现金。\n2、保管凭证。"],
        ["主管", "1、授权。"],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == [
        ("柜员", [("1", []), ("2", [])]),
        ("主管", [("1", [])]),
    ]


def test_the_name_of_a_field_may_be_broken_inside_its_cell() -> None:
    rows = [["岗位名称", "柜员"], ["岗\n位\n职\n责", "1、收付现金。"], ["任职\n资格", "专科"]]
    (draft,) = read(excel(rows), "手册.xlsx").drafts
    assert [duty["label"] for duty in draft.data["duties"]] == ["1"]
    assert draft.data["qualifications"] == ["专科"]
