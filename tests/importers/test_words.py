"""What the words of a heading say: a position, something that is done, or neither."""

from __future__ import annotations

import pytest

from dutybook.importers import candidates, words


@pytest.mark.parametrize(
    "text",
    [
        "客户经理", "对账员", "对帐岗", "对公客户经理", "应急管理岗", "应收账款专员", "当班主管", "当值经理", "按揭专员",
        "指挥员", "指导员", "在线客服", "保证金岗", "保证保险专员", "行政前台", "金库库管", "私人银行家", "评审专家", "总经理助理",
        "执行董事", "培训师", "理财师（一级）", "综合柜员A", "Teller",
    ],
)  # fmt: skip
def test_titles(text: str) -> None:
    assert words.is_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "对客户经理", "对柜员", "应当向主管", "当主管", "按柜员", "指派专员", "在柜员", "保证柜员", "其他人员", "各岗位",
        "第一责任人", "任职资格", "现场管理", "风险防控", "柜员；主管", "附表", "分行各职", "", "柜",
    ],
)  # fmt: skip
def test_no_titles(text: str) -> None:
    assert not words.is_title(text)


@pytest.mark.parametrize(
    "text", ["总则", "附 则", "前言", "附件：样表", "附表：定员一览", "附图一", "目录"]
)
def test_headings_that_are_about_no_position(text: str) -> None:
    assert candidates.is_general(text)
