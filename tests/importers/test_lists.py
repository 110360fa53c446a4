"""Tables whose columns have names above them."""

from __future__ import annotations

import pytest

from dutybook.importers.base import Reason
from tests.importers.made_files import excel, joined, word_table
from tests.importers.manuals import Shape, read, shape

TWO = [("1", []), ("2", [])]
BOTH: Shape = [("柜员", TWO), ("大堂经理", TWO)]


def test_a_row_a_position() -> None:
    rows = [
        ["岗位名称", "岗位职责", "任职资格"],
        ["柜员", "1、办理现金收付。\n2、保管凭证。", "专科"],
        ["大堂经理", "1、引导客户。", "本科"],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual) == [("柜员", TWO), ("大堂经理", [("1", [])])]
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
            ("大堂经理", TWO),
        ]
        assert manual.drafts[0].data["duties"][0]["cadence_note"] == "每日"
        (repeated,) = (one for one in manual.dropped if one.reason is Reason.REPEATED)
        assert repeated.text == "大堂经理"


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


@pytest.mark.parametrize(
    "heading", ["职务", "岗位/职务", "岗位名称（全称）", "岗位\n名称", "人员分工"]
)
def test_what_a_column_of_positions_may_be_called(heading: str) -> None:
    rows = [
        [heading, "职责及要求"],
        ["柜员", "1、收付现金。\n2、保管凭证。"],
        ["主管", "1、授权。"],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == [("柜员", TWO), ("主管", [("1", [])])]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("1", "1.1", "1.2", "2", "2.1"), [("1", ["1.1", "1.2"]), ("2", ["2.1"])]),
        (("1", "1-1", "1-2", "2", "2-1"), [("1", ["1-1", "1-2"]), ("2", ["2-1"])]),
        (("一", "1", "2", "二", "1"), [("一", ["1", "2"]), ("二", ["1"])]),
        (("一、", "（一）", "（二）", "二、", "（一）"), [("一", ["一", "二"]), ("二", ["一"])]),
        (("1", "2", "3", "4", "5"), [(str(number), []) for number in range(1, 6)]),
    ],
)
def test_numbers_in_their_column_nest(numbers: tuple[str, ...], expected: Shape) -> None:
    texts = ["客户服务", "走访客户。", "推介产品。", "风险管理", "贷后检查。"]
    rows = [["序号", "职责内容"], *map(list, zip(numbers, texts, strict=True))]
    assert shape(read(excel(rows, "客户经理"), "手册.xlsx")) == [("客户经理", expected)]


def test_what_is_nested_keeps_its_name_and_cadence() -> None:
    rows = [
        ["编号", "职责名称", "职责内容", "频次"],
        ["1", "客户服务", "服务管户客户。", ""],
        ["1.1", "走访", "走访客户。", "每周"],
    ]
    (draft,) = read(excel(rows, "客户经理"), "手册.xlsx").drafts
    assert draft.data["duties"][0]["items"] == [
        {"label": "1.1", "text": "走访\n走访客户。", "cadence_note": "每周"}
    ]


def test_a_second_row_of_names() -> None:
    rows = [
        ["岗位", "工作职责", "", "任职资格", ""],
        ["", "序号", "内容", "学历", "经验"],
        ["柜员", "1", "收付现金。", "大专", "一年"],
        ["", "2", "保管凭证。", "", ""],
        ["大堂经理", "1", "引导客户。", "本科", "两年"],
        ["", "2", "维持秩序。", "", ""],
    ]
    for manual in (read(excel(rows), "手册.xlsx"), read(word_table(rows), "手册.docx")):
        assert shape(manual) == BOTH
        assert manual.drafts[0].data["qualifications"] == ["学历：大专", "经验：一年"]


def test_a_second_row_of_names_below_each_of_the_first() -> None:
    rows = [
        ["岗位", "", "职责", "", "", "考核"],
        ["名称", "编码", "编号", "内容", "时限", "权重"],
        ["柜员", "GY", "1", "收付现金。", "每日", "60"],
        ["", "", "2", "保管凭证。", "随时", "40"],
    ]
    (draft,) = read(excel(rows), "手册.xlsx").drafts
    assert draft.title == "柜员"
    assert draft.data["duties"][0] == {
        "label": "1",
        "title": "收付现金",
        "text": "收付现金。\n时限：每日\n权重：60",
    }
    assert draft.data["sections"] == [{"title": "编码", "text": "GY"}]


def test_the_names_come_again_on_the_next_page() -> None:
    head = ["岗位", "序号", "职责"]
    rows = [
        head,
        ["柜员", "1", "收付现金。"],
        head,
        ["", "2", "保管凭证。"],
        ["大堂经理", "1", "引导客户。"],
        head,
        ["大堂经理", "2", "维持秩序。"],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == BOTH


def test_a_position_over_the_whole_width() -> None:
    rows = [
        ["序号", "职责", "频次"],
        ["柜员", "", ""],
        ["1", "收付现金。", "每日"],
        ["2", "保管凭证。", ""],
        ["大堂经理", "", ""],
        ["1", "引导客户。", ""],
        ["2", "维持秩序。", ""],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == BOTH


def test_a_department_over_the_whole_width() -> None:
    rows = [
        ["岗位", "职责"],
        ["营业部", ""],
        ["柜员", "1、收付现金。\n2、保管凭证。"],
        ["信贷部", ""],
        ["大堂经理", "1、引导客户。\n2、维持秩序。"],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual) == BOTH
    assert [draft.data.get("unit") for draft in manual.drafts] == ["营业部", "信贷部"]


def test_a_field_over_the_whole_width_ends_the_list() -> None:
    rows = [
        ["岗位名称", "柜员", ""],
        ["二、岗位职责", "", ""],
        ["序号", "职责", "频次"],
        ["1", "收付现金。", "每日"],
        ["2", "保管凭证。", ""],
        ["三、任职资格", "", ""],
        ["学历要求", "大专", ""],
    ]
    (draft,) = read(excel(rows), "手册.xlsx").drafts
    assert [duty["label"] for duty in draft.data["duties"]] == ["1", "2"]
    assert draft.data["qualifications"] == ["学历要求：大专"]


def test_a_kind_of_duties_over_the_whole_width() -> None:
    rows = [
        ["序号", "职责", "频次"],
        ["现金管理", "", ""],
        ["1", "收付现金。", "每日"],
        ["2", "核对尾箱。", "每日"],
        ["凭证管理", "", ""],
        ["1", "保管凭证。", ""],
    ]
    (draft,) = read(excel(rows, "柜员"), "手册.xlsx").drafts
    assert [(one["title"], len(one["items"])) for one in draft.data["duties"]] == [
        ("现金管理", 2),
        ("凭证管理", 1),
    ]


def test_names_of_several_duties_in_a_column() -> None:
    rows = [
        ["岗位", "编号", "一级职责", "子编号", "二级职责", "权重"],
        ["柜员", "1", "现金管理", "1.1", "收付现金", "40%"],
        ["", "", "", "1.2", "核对尾箱", "20%"],
        ["", "2", "凭证管理", "2.1", "保管凭证", "40%"],
        ["", "", "", "2.2", "登记领用", ""],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual) == [("柜员", [("1", ["1.1", "1.2"]), ("2", ["2.1", "2.2"])])]
    assert manual.drafts[0].data["duties"][0]["items"][0]["text"] == "收付现金\n权重：40%"


def test_names_of_sections_in_a_column() -> None:
    rows = [
        ["岗位：个人客户经理", "", ""],
        ["类别", "序号", "内容"],
        ["岗位职责", "1", "完成储蓄存款、理财、保险的营销任务"],
        ["", "2", "建立客户台账"],
        ["任职要求", "1", "取得理财资格"],
        ["", "2", "能外出营销"],
    ]
    manual = read(word_table(rows), "手册.docx")
    assert shape(manual) == [("个人客户经理", TWO)]
    assert manual.drafts[0].data["qualifications"] == ["1 取得理财资格", "2 能外出营销"]


def test_a_name_that_is_left_empty_is_no_kind_of_duties() -> None:
    rows = [
        ["序号", "职责名称", "职责内容"],
        ["1", "现金", "收付现金。"],
        ["2", "", "保管凭证。"],
    ]
    assert shape(read(excel(rows, "柜员"), "手册.xlsx")) == [("柜员", TWO)]


def test_what_else_is_said_of_a_duty_stays_with_it() -> None:
    rows = [
        ["岗位", "序号", "职责", "权重", "参与方式", "任职资格"],
        ["柜员", "1", "收付现金。", "60%", "负责", "专科"],
        ["", "2", "保管凭证。", "40%", "配合", ""],
    ]
    (draft,) = read(excel(rows), "手册.xlsx").drafts
    assert [duty["text"] for duty in draft.data["duties"]] == [
        "收付现金。\n权重：60%\n参与方式：负责",
        "保管凭证。\n权重：40%\n参与方式：配合",
    ]
    assert draft.data["qualifications"] == ["专科"]


def test_what_is_said_again_of_a_position_is_said_once() -> None:
    rows = [
        ["部门", "岗位", "职责", "任职资格"],
        ["营业部", "柜员", "收付现金。", "专科"],
        ["营业部", "柜员", "保管凭证。", "专科"],
    ]
    (draft,) = read(joined(rows), "手册.csv").drafts
    assert (draft.data["unit"], draft.data["qualifications"]) == ("营业部", ["专科"])
    assert "sections" not in draft.data


def test_numbers_that_count_positions_are_not_those_of_duties() -> None:
    rows = [
        ["序号", "岗位名称", "岗位职责"],
        ["1", "柜员", "1、收付现金。\n2、保管凭证。"],
        ["2", "大堂经理", "1、引导客户。\n2、维持秩序。"],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual) == BOTH
    assert manual.drafts[1].data["source"]["section"] == "2 大堂经理"
    rows = [
        ["序号", "岗位", "职责"],
        ["1", "柜员", "收付现金。"],
        ["", "", "保管凭证。"],
        ["2", "大堂经理", "引导客户。"],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == [
        ("柜员", [(None, []), (None, [])]),
        ("大堂经理", [(None, [])]),
    ]


def test_labels_in_the_text_of_a_row() -> None:
    rows = [
        ["岗位", "类别", "职责"],
        ["柜员", "现金", "1、收付现金。"],
        ["", "凭证", "2、保管凭证。"],
    ]
    (draft,) = read(excel(rows), "手册.xlsx").drafts
    assert [duty["label"] for duty in draft.data["duties"]] == ["1", "2"]
    assert draft.data["duties"][1]["text"] == "保管凭证。\n类别：凭证"


def test_a_note_below_is_about_no_position() -> None:
    rows = [
        ["岗位", "职责"],
        ["柜员", "1、收付现金。\n2、保管凭证。"],
        ["大堂经理", "1、引导客户。\n2、维持秩序。"],
        ["注：本表由运营部负责解释。", ""],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual) == BOTH
    assert [one.text for one in manual.unclear] == ["注：本表由运营部负责解释。"]


def test_two_columns_of_positions_lose_nothing() -> None:
    rows = [["岗位", "职务", "职责"], ["柜员", "综合柜员", "收付现金。"]]
    assert [draft.title for draft in read(excel(rows), "手册.xlsx").drafts] == ["柜员"]


@pytest.mark.parametrize("mark", ["\u200e", "\u202c", "\a"])
def test_what_cannot_be_printed_is_listed(mark: str) -> None:
    rows = [["岗位", "职责"], [f"柜员{mark}", f"收付{mark}现金。"], ["柜员", "保管凭证。"]]
    manual = read(joined(rows), "手册.csv")
    assert [draft.title for draft in manual.drafts] == ["柜员"]
    assert manual.drafts[0].data["duties"][0]["text"] == "收付现金。"
    assert [one.text for one in manual.dropped if one.reason is Reason.UNPRINTABLE] == [mark] * 2


def test_what_is_broken_inside_its_cell_is_one() -> None:
    rows = [
        ["岗\n位", "部门", "序\n号", "职责", "频\n次", "考核\n标准"],
        ["柜\n员", "个人\n金融部", "1\n", "收付现金。", "每\n日", "无差错"],
        ["", "", "2", "保管凭证。", "", ""],
    ]
    (draft,) = read(excel(rows), "手册.xlsx").drafts
    assert (draft.title, draft.data["unit"]) == ("柜员", "个人金融部")
    assert [duty["label"] for duty in draft.data["duties"]] == ["1", "2"]
    assert draft.data["duties"][0]["cadence_note"] == "每日"
    assert [one["title"] for one in draft.data["sections"]] == ["考核标准"]
