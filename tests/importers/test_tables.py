"""Tables of whatever shape: nothing of them is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dutybook.importers import parser
from dutybook.importers.base import Block, Cell, Place
from tests.importers.manuals import lost, text_of

SAID = (
    "岗位", "岗位名称", "职责", "岗位职责", "序号", "编号", "职责名称", "职责内容", "频次", "权重", "备注", "部门", "任职资格",
    "直接上级", "参与方式", "一级职责", "类别", "柜员", "客户经理", "大堂经理", "营业部", "柜员岗位职责", "岗位说明书", "1", "2",
    "1.1", "一", "（一）", "①", "1-1", "GY-01", "每日", "40%", "负责", "收付现金。", "1、收付现金。\n2、保管凭证。", "保管凭证",
    "二、岗位职责", "三、任职资格", "注：由运营部解释。", "大专", "学历", "一、现金管理", "主要工作如下：", "工作职责1", "柜\n员", "",
)  # fmt: skip


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.integers(1, 6).flatmap(
        lambda width: st.lists(
            st.lists(st.one_of(st.just(""), st.sampled_from(SAID)), min_size=width, max_size=width),
            min_size=1,
            max_size=8,
        )
    )
)
def test_nothing_of_a_table_is_lost(rows: list[list[str]]) -> None:
    blocks = [
        Block("row", "", place, cells=tuple(Cell(text, place) for text in row))
        for number, row in enumerate(rows, 1)
        for place in (Place("手册.xlsx", sheet="一", cell=f"A{number}"),)
    ]
    assert not lost(text_of(blocks), parser.parse(blocks, "手册"))
