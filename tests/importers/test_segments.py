"""Paragraphs as segments: a new one at each label that its neighbours bear out, and at headings."""

from __future__ import annotations

import pytest

from dutybook.importers.base import Place
from dutybook.importers.lines import Line
from dutybook.importers.segments import Segment, is_heading, split


def pieces(*texts: str) -> list[str]:
    """Return what the segments of lines say, a bar behind each label."""
    found = split(
        [Line(text, Place("手册.txt", line=number)) for number, text in enumerate(texts, 1)]
    )
    return [f"{one.mark}|{one.text}" if one.mark else one.text for one in found]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("1、办理开户。2、办理销户。", ["1、|办理开户。", "2、|办理销户。"]),
        (" 1、办理开户。", ["1、|办理开户。"]),
        ("1、办理开户2、办理销户3、登记", ["1、|办理开户", "2、|办理销户", "3、|登记"]),
        ("办理业务：（1）开户；（2）销户。", ["办理业务：", "（1）|开户；", "（2）|销户。"]),
        ("办理①开户②销户。", ["办理", "①|开户", "②|销户。"]),
        ("职责：一是开户；二是销户。", ["职责：", "一是|开户；", "二是|销户。"]),
        ("A、办理开户。B、办理销户。", ["A、|办理开户。", "B、|办理销户。"]),
        ("1、核对：i.清点；ii.登记。2、上锁。", ["1、|核对：", "i.|清点；", "ii.|登记。", "2、|上锁。"]),
        ("1.1 柜面。1.2 现金。", ["1.1|柜面。", "1.2|现金。"]),
        ("第一章 总则第一条 为明确职责。第二条 适用网点。", ["第一章|总则", "第一条|为明确职责。", "第二条|适用网点。"]),
        ("一、（一）开户。（二）销户。", ["一、|", "（一）|开户。", "（二）|销户。"]),
        ("1、开户。3、销户。", ["1、|开户。", "3、|销户。"]),  # a number is missing
        ("开户 • 销户", ["开户", "•|销户"]),
        ("一、（1）开户。", ["一、|", "（1）|开户。"]),
        ("办理。 1 开户。 2 销户。 3 登记。", ["办理。", "1|开户。", "2|销户。", "3|登记。"]),
        ("第三章 附则第九条 本手册下月起施行。", ["第三章|附则", "第九条|本手册下月起施行。"]),
        ("柜面1、开户1、收款2、付款", ["柜面1、开户", "1、|收款", "2、|付款"]),
        ("柜面1.1开户", ["柜面", "1.1|开户"]),
    ],
)  # fmt: skip
def test_a_segment_begins_at_each_label(text: str, made: list[str]) -> None:
    assert pieces(text) == made


@pytest.mark.parametrize(
    "text",
    [
        "按附件（1）的格式登记。",
        "根据第三条规定办理。",
        "客户分为A、B、C三类。",
        "核对3.5万元现金。",
        "联系柜面2.3现金组。",
        "每日2次核对、3次登记。",
        "负责二、三级支行。",
        "接待客户。一是核对证件。",
        "办理开户。二、办理销户。",
        "1、3、开户",
        "填写表格（一）",
        "核对（1）（2）（3）联。",
        "办理。 1 开户。 2 销户。",
    ],
)
def test_what_no_neighbour_bears_out_is_no_label(text: str) -> None:
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    ("texts", "made"),
    [
        (["柜面业务1、开户。", "2、销户。"], ["柜面业务", "1、|开户。", "2、|销户。"]),
        (["柜面业务1、开户。", "二、销户。"], ["柜面业务1、开户。", "二、|销户。"]),
        (["1、开户。", "办理销户，2、登记"], ["1、|开户。", "办理销户，", "2、|登记"]),
        (["1、开户。", "办理销户，9、登记"], ["1、|开户。", "办理销户，9、登记"]),
        (["1、开户。9、销户。"], ["1、|开户。9、销户。"]),
        (["1、开户。", "办理销户。4、登记"], ["1、|开户。", "办理销户。4、登记"]),
        (["1.开户，联系2.销户"], ["1.|开户，联系2.销户"]),
        (["一、（3）开户"], ["一、|（3）开户"]),
        (["2、柜面", "业务2.1开户"], ["2、|柜面", "业务", "2.1|开户"]),
        (["1.1 柜面", "现金1.2收付"], ["1.1|柜面", "现金", "1.2|收付"]),
        (["1.1 柜面", "现金1.3收付"], ["1.1|柜面", "现金1.3收付"]),
    ],
)
def test_labels_of_other_lines_bear_one_out(texts: list[str], made: list[str]) -> None:
    assert pieces(*texts) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("办理开户。岗位职责：1、核对。2、登记。", ["办理开户。", "岗位职责：", "1、|核对。", "2、|登记。"]),
        ("1、办理开户。任职资格：大专。", ["1、|办理开户。", "任职资格：大专。"]),
        ("1、办理开户。 客户经理岗位职责 1、营销。2、维护。", ["1、|办理开户。", "客户经理岗位职责", "1、|营销。", "2、|维护。"]),
        ("岗位名称：柜员 所属部门：营业部", ["岗位名称：柜员", "所属部门：营业部"]),
        ("岗位名称 柜员 部门：营业部 直接上级 主管", ["岗位名称 柜员", "部门：营业部", "直接上级 主管"]),
        ("岗位名称 柜员 岗位编号 01 所属部门 营业部 编号 岗位职责 频次 1 开户",
         ["岗位名称 柜员", "岗位编号 01", "所属部门 营业部", "编号 岗位职责 频次", "1 开户"]),
        ("岗位名称 柜员 所属部门 营业部", ["岗位名称 柜员", "所属部门 营业部"]),
        ("岗位名称：柜员 部门：营业部", ["岗位名称：柜员 部门：营业部"]),
        ("1、开户。 客户经理岗位职责 2、营销。", ["1、|开户。 客户经理岗位职责", "2、|营销。"]),
        ("岗位名称（Position）：柜员", ["岗位名称（Position）：柜员"]),
        ("按任职资格办理。", ["按任职资格办理。"]),
        ("负责开户。培训：新员工。", ["负责开户。培训：新员工。"]),  # an ordinary word
        ("负责开户。任职资格由主管核对。", ["负责开户。任职资格由主管核对。"]),
        ("1、任职资格：大专。", ["1、|任职资格：大专。"]),
    ],
)  # fmt: skip
def test_a_segment_begins_at_headings_and_fields_inside_a_line(text: str, made: list[str]) -> None:
    assert pieces(text) == made


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("任职资格", True),
        ("任职资格：", True),
        ("培训：", True),
        ("培训", False),
        ("柜员岗位职责", True),
        (" 大堂经理 ", True),
        ("负责个人业务的大堂经理", False),
        ("城东支行营业室个人业务部值班大堂经理", False),
        ("办理开户", False),
    ],
)
def test_a_heading_at_the_end_of_a_line(text: str, is_one: bool) -> None:
    assert is_heading(text) is is_one


@pytest.mark.parametrize(
    ("label", "mark", "core", "style"),
    [
        ("1.", "1.", "1", "digits ."),
        ("（二）", "（二）", "二", "Han ()"),
        ("●", "●", "", "bullet ●"),
        ("步骤A", "步骤A", "步骤A", "text auto"),
        ("~~", "~~", "", "bullet auto"),
    ],
)
def test_an_automatic_number_is_a_label_whatever_it_is(
    label: str, mark: str, core: str, style: str
) -> None:
    (made,) = split([Line("办理开户。", Place("手册.docx"), label=label)])
    assert (made.mark, made.label, made.style, made.text) == (mark, core, style, "办理开户。")


def test_an_automatic_number_may_stand_alone() -> None:
    (made,) = split([Line("", Place("手册.docx"), label="●")])
    assert (made.mark, made.style, made.text) == ("●", "bullet ●", "")


def test_the_first_segment_has_what_its_line_has_and_each_its_place() -> None:
    first, second = (Place("手册.txt", line=number) for number in (1, 2))
    line = Line(
        "1、开户。2、销户。", first, gap=True, level=2, indent=3, parts=[(0, first), (5, second)]
    )  # fmt: skip
    made = split([line])
    assert [(one.place, one.starts_line) for one in made] == [(first, True), (second, False)]
    assert [(one.gap, one.level, one.indent) for one in made] == [(True, 2, 3), (False, 0, 0)]
    assert [(one.number, one.is_first) for one in made] == [(1, True), (2, False)]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("办理开户。", ["办理开户。"]),
        ("办理：1、开户。2、销户。", ["办理：", "1、|开户。", "2、|销户。"]),
        ("1、开户。2、销户。", ["", "1、|开户。", "2、|销户。"]),
    ],
)
def test_a_row_of_a_table_may_have_a_list_inside(text: str, made: list[str]) -> None:
    values = {"label": "3", "title": "柜面", "cadence": "每日", "notes": ""}
    found = split([Line(text, Place("手册.xlsx"), force="duty", values=values)])
    assert [f"{one.mark}|{one.text}" if one.mark else one.text for one in found] == made
    assert (found[0].label, found[0].force, found[0].values) == ("3", "duty", values)


def test_the_name_of_a_sheet_may_begin_with_a_number() -> None:
    (made,) = split([Line("1、柜员", Place("手册.xlsx"), force="sheet")])
    assert (made.text, made.mark, made.force) == ("1、柜员", "", "sheet")


def test_the_text_of_a_cell_stays_whole() -> None:
    (made,) = split([Line("1、开户。2、销户。", Place("手册.xlsx"), force="text")])
    assert (made.text, made.mark, made.force) == ("1、开户。2、销户。", "", "text")


@pytest.mark.parametrize(
    ("mark", "text", "printed"),
    [
        ("1、", "办理开户", "1、办理开户"),
        ("1.1", "办理开户", "1.1 办理开户"),
        ("第一条", "办理开户", "第一条 办理开户"),
        ("A.", "Open accounts", "A. Open accounts"),
        ("1、", "Open accounts", "1、Open accounts"),
        ("第一条", "", "第一条"),
        ("", "办理开户", "办理开户"),
    ],
)
def test_a_segment_as_it_is_printed(mark: str, text: str, printed: str) -> None:
    assert Segment(text, Place("手册.txt"), mark, mark).printed == printed


def test_a_row_as_it_is_printed() -> None:
    values = {"title": "柜面", "cadence": "", "notes": ""}
    row = Segment("办理开户", Place("手册.xlsx"), "3", force="duty", values=values)
    assert row.printed == "3 柜面 办理开户"
