"""What belongs to pages is taken out and listed; what only looks like it stays."""

from __future__ import annotations

from typing import Any

import pytest

from dutybook.importers import furniture
from dutybook.importers.base import Dropped, Place, Reason
from dutybook.importers.lines import Line


def lines(*texts: str, page: int = 0) -> list[Line]:
    return [
        Line(text, Place("手册.txt", line=number, page=page), whole=False)
        for number, text in enumerate(texts, 1)
    ]


def texts(found: list[Line]) -> list[str]:
    return [line.label + line.text for line in found]


def listed(dropped: list[Dropped], reason: Reason) -> list[str]:
    assert {one.reason for one in dropped} <= {reason}
    return [one.text for one in dropped]


@pytest.mark.parametrize(
    "text",
    ["第1页", "第 2 页 共 9 页", "- 3 -", "— 5 —", "－ 6 －", "3/12", "Page 4 of 9", "p. 3", "·7·", "[8]", "9", "１２"],
)  # fmt: skip
def test_page_numbers_go(text: str) -> None:
    dropped: list[Dropped] = []
    kept = furniture.without_page_marks(lines("办理开", text, "户和销户。"), dropped)
    assert texts(kept) == ["办理开", "户和销户。"]
    assert listed(dropped, Reason.PAGE_NUMBER) == [text]
    assert [(line.gap, line.broken) for line in kept] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    "line",
    [
        Line("详见第3页", Place("手册.txt")),
        Line("第三页", Place("手册.txt")),
        Line("20240", Place("手册.txt")),
        Line("3", Place("手册.txt"), cell=True),
        Line("3", Place("手册.txt"), force="text"),
        Line("3", Place("手册.txt"), label="（一）"),
    ],
)
def test_other_numbers_stay(line: Line) -> None:
    dropped: list[Dropped] = []
    assert furniture.without_page_marks([*lines("办理开户。"), line], dropped)[1:] == [line]
    assert dropped == []


@pytest.mark.parametrize("text", ["----------", "= = = = = =", "＊＊＊＊＊＊"])
def test_a_drawn_line_keeps_apart_what_stands_around_it(text: str) -> None:
    dropped: list[Dropped] = []
    kept = furniture.without_page_marks(lines("办理开户", text, "办理销户"), dropped)
    assert listed(dropped, Reason.RULE) == [text]
    assert [line.gap for line in kept] == [True, True]


@pytest.mark.parametrize("text", ["……", "----", "-----以下空白-----", "-=-=-=-="])
def test_other_dashes_are_text(text: str) -> None:
    kept = furniture.without_page_marks(lines("办理开户", text, "办理销户"), [])
    assert texts(kept) == ["办理开户", text, "办理销户"]
    assert [line.gap for line in kept] == [True, False, False]


def test_a_blank_line_is_a_gap() -> None:
    found = lines("办理开户", "", "", "办理销户", "登记", "核对")
    found[-1].gap = True
    kept = furniture.without_page_marks(found, [])
    assert [line.gap for line in kept] == [True, True, False, True]


def test_a_number_is_there_though_nothing_stands_behind_it() -> None:
    found = [Line("", Place("手册.txt"), label="1、"), *lines("办理开户")]
    assert furniture.without_page_marks(found, []) == found


@pytest.mark.parametrize("text", ["第1页", "----------", "柜员职责.....12", "成为VIP后下载"])
def test_what_a_table_says_stays(text: str) -> None:
    found = [Line(text, Place("手册.docx"), force="duty"), *lines("办理开户")]
    dropped: list[Dropped] = []
    for take in (
        furniture.without_page_marks,
        furniture.without_contents,
        furniture.without_boilerplate,
    ):
        assert take(found, dropped) == found
    assert dropped == []


@pytest.mark.parametrize(
    ("head", "count", "goes"),
    [
        ("某某支行岗位手册", 2, True),
        ("某某支行岗位手册", 3, True),
        ("岗位手册 第{}版", 3, True),  # only its number differs
        ("{}、柜员", 3, False),
        ("岗位职责", 3, False),
        ("某某支行" * 16, 3, False),
        ("某某支行岗位手册", 1, False),
    ],
)
def test_what_stands_at_the_edge_of_pages_alike_goes(head: str, count: int, goes: bool) -> None:
    heads = [head.format(page) for page in range(1, count + 1)]
    found = [
        line
        for page, one in enumerate(heads, 1)
        for line in lines(one, f"办理{'甲乙丙'[page - 1]}类账户", "登记账簿", f"核对{'甲乙丙'[page - 1]}类库存", page=page)
    ]  # fmt: skip
    dropped: list[Dropped] = []
    kept = furniture.without_page_marks(found, dropped)
    assert listed(dropped, Reason.RUNNING_HEAD) == (heads if goes else [])
    assert "登记账簿" in texts(kept)  # alike, and not at an edge
    assert len(kept) == count * (3 if goes else 4)


def test_what_stands_at_the_edge_of_two_pages_of_three_alike_stays() -> None:
    heads = ("开户", "开户", "销户")
    found = [
        line
        for page, one in enumerate(heads)
        for line in lines(one, f"核对{page}级", page=page + 1)
    ]
    found += lines("上锁", page=3)
    assert "开户" in texts(furniture.without_page_marks(found, []))


@pytest.mark.parametrize("look", [{"cell": True}, {"force": "duty"}])
def test_what_tables_say_alike_at_the_end_of_pages_stays(look: dict[str, Any]) -> None:
    found: list[Line] = []
    for number in range(1, 4):
        found.append(Line("大专以上学历", Place("手册.docx"), **look))
        found.append(Line(f"— {number} —", Place("手册.docx")))
    assert texts(furniture.without_page_marks(found, [])) == ["大专以上学历"] * 3


def test_what_stands_beside_page_numbers_alike_goes() -> None:
    found = lines(
        "引导客户。",
        "营业部",
        "第1页",
        "办理开户。",
        "营业部",
        "第2页",
        "办理销户。",
        "营业部",
        "第3页",
    )
    assert texts(furniture.without_page_marks(found, [])) == [
        "引导客户。",
        "办理开户。",
        "办理销户。",
    ]


def test_names_of_duties_on_lines_of_their_own_are_labels() -> None:
    found = furniture.take_bare_names(lines("职责一", "编制预算", "工作任务", "职责2", "管理开支"))
    assert [(line.label, line.text) for line in found] == [
        ("职责一 ", "编制预算"), ("", "工作任务"), ("职责2 ", "管理开支"),
    ]  # fmt: skip
    assert texts(furniture.take_bare_names(lines("编制预算", "职责一"))) == ["编制预算", "职责一"]


def test_numbers_on_lines_of_their_own_that_count_what_follows_are_labels() -> None:
    found = lines("1", "办理开户。", "2", "办理销户。", "3", "登记账簿。")
    dropped: list[Dropped] = []
    kept = furniture.without_page_marks(found, dropped)
    assert texts(kept) == ["1 办理开户。", "2 办理销户。", "3 登记账簿。"]
    assert dropped == []


def test_a_number_before_a_row_of_a_table_is_no_label_of_it() -> None:
    found = lines("1", "办理开户。", "2", "办理销户。", "3", "登记账簿。")
    found[1].force = "duty"
    dropped: list[Dropped] = []
    kept = furniture.without_page_marks(found, dropped)
    assert texts(kept) == ["办理开户。", "2 办理销户。", "3 登记账簿。"]
    assert listed(dropped, Reason.PAGE_NUMBER) == ["1"]


@pytest.mark.parametrize(
    "found",
    [
        ["办理开户。", "1", "办理销户。", "2"],
        ["2", "办理开户。", "3", "办理销户。", "4", "登记账簿。"],
        ["1", "营业部", "2", "营业部", "3", "营业部"],
        ["1", *["登记账簿。"] * 9, "2", *["核对。"] * 9, "3", "上锁。"],
        ["第9页", "1", "办理开户。", "2", "办理销户。", "3", "登记账簿。"],
    ],
)
def test_numbers_that_do_not_are_those_of_pages(found: list[str]) -> None:
    dropped: list[Dropped] = []
    kept = furniture.without_page_marks(lines(*found), dropped)
    assert not any(line.label for line in kept)
    assert {"1", "2", "3", "4"}.intersection(found) <= {one.text for one in dropped}


@pytest.mark.parametrize(
    ("found", "labels"),
    [
        (["1负责开户", "2办理销户", "3登记账簿"], ["1 ", "2 ", "3 "]),
        (["1负责开户", "2办理销户", "1登记账簿", "2核对库存"], ["1 ", "2 ", "1 ", "2 "]),
        (["1负责开户", "2个月盘点一次", "2办理销户", "3登记账簿"], ["1 ", "", "2 ", "3 "]),
        (["1负责开户", "2个人业务办理", "3年终决算"], ["1 ", "2 ", "3 "]),
        (["1负责开户", "2办理销户"], ["", ""]),
        (["1负责开户", "3办理销户", "4登记账簿"], ["", "", ""]),
        (["2负责开户", "3办理销户", "4登记账簿"], ["", "", ""]),
        (["1负责开户", *["核对"] * 9, "2办理销户", *["核对"] * 9, "3登记账簿"], [""] * 21),
        (["1 teller", "2 tellers", "3 tellers"], ["", "", ""]),
    ],
)
def test_numbers_without_marks_are_labels_where_they_count_up(
    found: list[str], labels: list[str]
) -> None:
    made = lines(*found)
    furniture.take_bare_numbers(made)
    assert [line.label for line in made] == labels
    assert [(line.label.strip() + line.text) for line in made] == found


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        ("第一章 总则……………3", True),
        ("柜员职责.........12", True),
        ("柜员职责 . . . . . 12", True),
        ("柜员职责-----7", True),
        ("柜员职责……", False),
        ("办理开户......等业务", False),
        ("柜员职责 12", False),
        ("柜员" * 40 + ".....12", False),
    ],
)
def test_lines_of_a_table_of_contents_go(text: str, goes: bool) -> None:
    dropped: list[Dropped] = []
    kept = furniture.without_contents(lines("柜员职责", text), dropped)
    assert texts(kept) == ["柜员职责", *([] if goes else [text])]
    assert listed(dropped, Reason.CONTENTS) == ([text] if goes else [])


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("已阅读3页，还剩9页未读", True),
        ("如有侵权，请告知", True),
        ("编辑：某某", True),
        ("下载", True),
        ("下载凭证影像", False),
        ("核对凭证来源：柜面或自助设备", False),
        ("编辑每月简报", False),
        ("目 录", True),
        ("编制目录", False),
        ("", False),
    ],
)
def test_boilerplate(text: str, page: bool) -> None:
    assert furniture.is_boilerplate(text) is page


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (["办理开", "已阅读3页，还剩9页未读", "户和销户。"], ["办理开", "户和销户。"]),
        (["1、本文档共9页", "2、成为VIP后下载", "3、请勿外传", "办理开户。"], ["办理开户。"]),
        (["1、本文档共9页", "2、成为VIP后下载", "3、办理开户。", "4、办理销户。"], ["3、办理开户。", "4、办理销户。"]),
        (["1、成为VIP后下载", "2、办理开户。"], ["2、办理开户。"]),
    ],
)  # fmt: skip
def test_boilerplate_goes_numbered_or_not(found: list[str], kept: list[str]) -> None:
    dropped: list[Dropped] = []
    made = furniture.without_boilerplate(lines(*found), dropped)
    assert texts(made) == kept
    assert listed(dropped, Reason.BOILERPLATE) == [text for text in found if text not in kept]


def test_boilerplate_is_listed_with_its_number() -> None:
    dropped: list[Dropped] = []
    furniture.without_boilerplate([Line("下载本文档", Place("手册.docx"), label="1、")], dropped)
    assert listed(dropped, Reason.BOILERPLATE) == ["1、下载本文档"]


def test_boilerplate_breaks_no_paragraph() -> None:
    found = lines("办理开", "已阅读3页，还剩9页未读", "户和销户。", "登记账簿。")
    made = furniture.without_boilerplate(found, [])
    assert [line.broken for line in made] == [False, True, False]


def test_boilerplate_is_cut_off_the_ends_of_a_long_line() -> None:
    (line,) = lines("成为VIP后下载本文档。" + "核对库存并登记账簿；" * 40 + "如有侵权，请告知。")
    dropped: list[Dropped] = []
    assert texts(furniture.without_boilerplate([line], dropped)) == ["核对库存并登记账簿；" * 40]
    assert listed(dropped, Reason.BOILERPLATE) == ["成为VIP后下载本文档。", "如有侵权，请告知。"]


def test_numbers_of_pages_that_look_like_labels_go() -> None:
    found = lines(
        "1、柜员职责1、办理开户;2、办理销户;3、登记账", "2、簿;4、核对现", "3、金;5、上锁。", "核对无误。"
    )  # fmt: skip
    for line in found:
        line.whole = True
    dropped: list[Dropped] = []
    furniture.take_out_page_labels(found, dropped)
    assert texts(found) == [
        "柜员职责1、办理开户;2、办理销户;3、登记账", "簿;4、核对现", "金;5、上锁。", "核对无误。",
    ]  # fmt: skip
    assert listed(dropped, Reason.PAGE_NUMBER) == ["1、", "2、", "3、"]
    assert [line.is_open for line in found] == [True, True, False, False]
    assert [(line.broken, line.whole) for line in found] == [(True, False)] * 3 + [(False, True)]


@pytest.mark.parametrize(
    "found",
    [
        ["1、办理开户;", "2、办理销户;", "3、登记账簿。"],
        ["1、办理开户和销", "2、登记账", "3、核对库存"],
        ["1、柜员职责1、办理开户。", "2、主管职责1、复核。", "3、上锁。"],
        ["1、柜员职责1、办理开户;2、登记账", "3、簿;3、上锁。"],
        ["1、柜员职责1、办理开户;2、办理销户;3、登记账", "3、簿;4、核对现", "4、金;5、上锁。"],
        [
            "1、柜员职责1、办理开户;2、登记账",
            "2、簿;3、上锁。",
            "3、核对。",
            "4、签字。",
            "5、归档。",
            "6、交接。",
        ],
        ["1、柜员职责1、办理开户;2、登记账簿。", "2、核对库存;3、上锁。"],
        ["一、柜员职责1、办理开户;2、登记账", "二、簿;3、上锁。"],
    ],
)
def test_labels_of_a_list_stay(found: list[str]) -> None:
    made = lines(*found)
    dropped: list[Dropped] = []
    furniture.take_out_page_labels(made, dropped)
    assert texts(made) == found
    assert dropped == []
