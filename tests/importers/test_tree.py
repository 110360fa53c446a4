"""Labels of a list as a tree: which style stands above which is read off the list."""

from __future__ import annotations

import pytest

from dutybook.importers import labels
from dutybook.importers.base import Place
from dutybook.importers.segments import Segment
from dutybook.importers.tree import Node, build


def segment(text: str) -> Segment:
    place = Place("手册.txt")
    indent = len(text) - len(text.lstrip())
    text = text.strip()
    label = labels.at_start(text)
    if label is None:
        return Segment(text, place, indent=indent)
    return Segment(
        text[label.end :], place, label.core, text[: label.end].strip(), label.style, label.value, label.roman,
        indent=indent,
    )  # fmt: skip


def outline(nodes: list[Node]) -> str:
    """Return the marks of a tree, what is below one in brackets, a + for each paragraph."""
    return " ".join(
        (node.segment.mark or node.segment.text)
        + "+" * len(node.paragraphs)
        + (f"[{outline(node.children)}]" if node.children else "")
        for node in nodes
    )


def built(*texts: str) -> str:
    return outline(build([segment(text) for text in texts]))


@pytest.mark.parametrize(
    ("found", "tree"),
    [
        (["1、开户", "2、销户"], "1、 2、"),
        (["一、柜面", "1、开户", "2、销户", "二、现金", "1、收款"], "一、[1、 2、] 二、[1、]"),
        (["1、柜面", "一、开户", "二、销户", "2、现金", "一、收款"], "1、[一、 二、] 2、[一、]"),
        (["一、柜面", "1、开户", "2、销户", "二、现金", "3、收款"], "一、[1、 2、] 二、[3、]"),
        (["1、柜面", "（1）开户", "①核对", "②登记", "（2）销户", "2、现金"], "1、[（1）[① ②] （2）] 2、"),
        (["1、柜面", "• 开户", "• 销户", "2、现金", "• 收款"], "1、[• •] 2、[•]"),
        (["• 柜面", "1、开户", "2、销户", "• 现金", "1、收款"], "•[1、 2、] •[1、]"),
        (["1.1 柜面", "1.1.1 开户", "1.1.2 销户", "1.2 现金"], "1.1[1.1.1 1.1.2] 1.2"),
        (["第一条 柜面", "第一款 开户", "第二款 销户", "第二条 现金"], "第一条[第一款 第二款] 第二条"),
        (["第一款 柜面", "第一条 开户", "第二条 销户"], "第一款 第一条 第二条"),
        (["2.1.1 开户", "3.1 现金", "3.1.1 收款"], "2.1.1 3.1[3.1.1]"),
        (["1.1.1 开户", "1.2 现金", "1.2.1 收款"], "1.1.1 1.2[1.2.1]"),
        (["第一条 开户", "第二款 核对", "第二条 登记"], "第一条[第二款] 第二条"),
        (["（1）柜面", "一、开户", "（1）核对", "（2）登记", "二、销户", "（1）核对"], "（1） 一、[（1） （2）] 二、[（1）]"),
        (["1、开户", "• 柜面", "1、收款", "2、付款", "• 现金", "1、清点"], "1、 •[1、 2、] •[1、]"),
        (["• 开户", "1、柜面", "• 收款", "2、现金", "• 清点", "3、档案"], "• 1、[•] 2、[•] 3、"),
    ],
)  # fmt: skip
def test_styles_are_nested_as_they_count(found: list[str], tree: str) -> None:
    assert built(*found) == tree


@pytest.mark.parametrize(
    ("found", "tree"),
    [
        (["1、柜面", "2.现金", "3、档案"], "1、 2. 3、"),
        (["1）柜面", "2、现金", "3)档案"], "1） 2、 3)"),
        (["一、柜面", "1.开户", "2、销户", "二、现金"], "一、[1. 2、] 二、"),
        (["1、柜面", "1.开户", "2、现金"], "1、[1.] 2、"),
        (["1、柜面", "1.开户", "2.销户", "3、挂失", "2、现金"], "1、[1. 2. 3、] 2、"),
    ],
)
def test_a_slip_of_the_mark_begins_no_list(found: list[str], tree: str) -> None:
    assert built(*found) == tree


@pytest.mark.parametrize(
    ("found", "tree"),
    [
        (["i. 柜面", "ii. 现金", "iii. 档案", "iv. 安全", "v. 其他"], "i. ii. iii. iv. v."),
        (["g. 柜面", "h. 现金", "i. 档案", "j. 安全"], "g. h. i. j."),
        (["A. 柜面", "B. 现金", "X. 其他"], "A. B. X."),
        (["a. 柜面", "i. 开户", "ii. 销户", "b. 现金"], "a.[i. ii.] b."),
        (["a. 柜面", "i. 开户", "ii. 销户", "b. 现金", "i. 收款"], "a.[i. ii.] b.[i.]"),
    ],
)
def test_a_letter_is_a_roman_numeral_where_the_list_says_so(found: list[str], tree: str) -> None:
    assert built(*found) == tree


@pytest.mark.parametrize(
    ("found", "tree"),
    [
        (["1、柜面", "2、现金：", "1、收款", "2、付款"], "1、 2、[1、 2、]"),
        (["1、柜面", "2、现金", "1、收款", "2、付款"], "1、 2、 1、 2、"),
        (["1、柜面", "2、现金：", "3、收款"], "1、 2、 3、"),
        (["1、柜面", "2、现金", "  1、收款", "  2、付款", "3、档案"], "1、 2、[1、 2、] 3、"),
        (["1、柜面：", "1、开户", "2、销户", "3、挂失", "2、现金"], "1、[1、 2、 3、] 2、"),
        (["1、柜面：", "1、开户：", "1、核对", "2、登记", "3、归档", "2、销户"], "1、[1、[1、 2、 3、] 2、]"),
        (["• 柜面", "  • 开户", "  • 销户", "• 现金"], "•[• •] •"),
        (["• 柜面", "  • 开户", "    • 核对", "  • 销户", "• 现金"], "•[•[•] •] •"),
        (["• 柜面", "• 现金"], "• •"),
    ],
)  # fmt: skip
def test_a_list_inside_one_of_its_own_style(found: list[str], tree: str) -> None:
    assert built(*found) == tree


@pytest.mark.parametrize(
    ("found", "tree"),
    [
        (["柜面", "1、开户", "2、销户", "现金：", "1、收款"], "柜面[1、 2、] 现金：[1、]"),
        (["柜面，现金", "1、开户"], "柜面，现金 1、"),
        (["柜面业务" * 7, "1、开户"], "柜面业务" * 7 + " 1、"),
        (["柜面", "2、开户"], "柜面 2、"),
        (["柜面", "• 开户"], "柜面 •"),
        (["柜面", "1、开户", "现金"], "柜面[1、+]"),
        (["1、柜面", "收付现金", "（1）收款", "2、档案"], "1、+[（1）] 2、"),
        (["1、柜面", "2、现金", "档案", "（1）收集"], "1、 2、 档案[（1）]"),
        (["1、柜面", "2、现金", "档案", "1、收集"], "1、 2、 档案[1、]"),
    ],
)
def test_a_short_text_above_a_list_is_its_heading(found: list[str], tree: str) -> None:
    assert built(*found) == tree


@pytest.mark.parametrize(
    ("found", "tree"),
    [
        (["1、柜面", "核对证件。", "登记账簿。", "2、现金"], "1、++ 2、"),
        (["1、柜面", "（1）开户", "核对证件。"], "1、[（1）+]"),
        (["核对证件。", "1、柜面"], "核对证件。 1、"),
        (["柜面", "1、开户", "登记账簿。", "2、销户"], "柜面[1、+ 2、]"),
        ([], ""),
    ],
)
def test_a_text_without_label_goes_on_with_what_stands_before(found: list[str], tree: str) -> None:
    assert built(*found) == tree


def test_a_heading_begins_a_line() -> None:
    found = [segment(text) for text in ("1、开户", "现金", "1、收款")]
    found[1].starts_line = False
    assert outline(build(found)) == "1、+ 1、"


def test_the_rows_of_a_table_stand_at_the_top() -> None:
    found = [segment(text) for text in ("1、柜面", "现金", "1、收款", "档案", "及时归档。")]
    found[1].force = found[3].force = "duty"
    assert outline(build(found)) == "1、 现金[1、] 档案+"


def test_what_a_node_says_itself() -> None:
    (node,) = build([segment(text) for text in ("1、开户", "核对证件。", "（1）登记")])
    assert node.own == ["开户", "核对证件。"]
    assert Node(segment("1、"), ["核对证件。"]).own == ["核对证件。"]
