"""Which labels of a line its neighbours bear out."""

from __future__ import annotations

import pytest

from dutybook.importers import labels
from dutybook.importers.bearing import Bearing


def accepted(*lines: str) -> list[list[str]]:
    """Return the labels of each line, as they are printed."""
    bearing = Bearing()
    starts = [labels.at_start(line) for line in lines]
    return [
        [
            line[one.start : one.end].strip()
            for one in bearing.accepted(line, starts[index], starts[index + 1 :])
        ]
        for index, line in enumerate(lines)
    ]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("1、开户", "2、销户"), [["1、"], ["2、"]]),
        (("30、开户", "31、销户"), [["30、"], ["31、"]]),
        (("618、双11期间促销",), [[]]),
        (("616、开户", "617、销户", "619、挂失"), [["616、"], ["617、"], ["619、"]]),
        (("3.15活动的策划", "3.15活动的总结"), [[], []]),
        (("3.14 开户", "3.15 销户"), [["3.14"], ["3.15"]]),
        (("3、柜面", "3.1 开户", "3.2 销户"), [["3、"], ["3.1"], ["3.2"]]),
        (("1.1 开户",), [["1.1"]]),
        (("一，开户", "二，销户"), [["一，"], ["二，"]]),
        (("二，三级机构的开户",), [[]]),
        (("2.1 开户", "2.4 销户", "2.9 挂失"), [["2.1"], ["2.4"], []]),
    ],
)
def test_what_a_line_begins_with_is_a_label_where_others_count_with_it(
    lines: tuple[str, ...], found: list[list[str]]
) -> None:
    assert accepted(*lines) == found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("办理：1、开户；2、销户。",), [["1、", "2、"]]),
        (("办理开户1、销户2、挂失",), [["1、", "2、"]]),
        (("办理1.开户",), [[]]),
        (("柜面。2、销户",), [[]]),
        (("1、开户", "挂失。2、销户"), [["1、"], ["2、"]]),
        (("1、开户。3、销户",), [["1、", "3、"]]),
        (("1、开户。9、销户",), [["1、"]]),
        (("一、（1）开户",), [["一、", "（1）"]]),
        (("一、（2）开户",), [["一、"]]),
        (("办理A、B类账户",), [[]]),
        (("清点 1 现金 2 凭证 3 印章",), [["1", "2", "3"]]),
        (("清点 1 现金",), [[]]),
        (("第一章 总则第一条 开户",), [["第一章", "第一条"]]),
        (("核对：i.清点；ii.登记",), [["i.", "ii."]]),
        (("核对1.1清点",), [["1.1"]]),
        (("核对2.2清点",), [[]]),
        (("2.1 核对", "登记2.2清点"), [["2.1"], ["2.2"]]),
    ],
)
def test_what_stands_inside_a_line_is_a_label_where_others_count_with_it(
    lines: tuple[str, ...], found: list[list[str]]
) -> None:
    assert accepted(*lines) == found


def test_each_file_counts_for_itself() -> None:
    assert accepted("1、开户", "挂失。2、销户") != [
        accepted("1、开户")[0],
        accepted("挂失。2、销户")[0],
    ]
