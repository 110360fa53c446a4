"""Lines as paragraphs: what was wrapped is joined, what begins anew is not."""

from __future__ import annotations

import pytest

from dutybook.importers.base import Block, BlockKind, Dropped, Place, Reason
from dutybook.importers.lines import Line
from dutybook.importers.paragraphs import of_blocks

WIDE = "按照网点的管理规定每日核对现金和重要空白凭证并登记账簿，发现"
"""A line as wide as its page."""


def joined(*texts: str, kind: BlockKind = "line") -> list[str]:
    blocks = [
        Block(kind, text, Place("手册.txt", line=number)) for number, text in enumerate(texts, 1)
    ]
    return [line.text for line in of_blocks(blocks)[0]]


@pytest.mark.parametrize(
    "texts",
    [
        ("1、办理个人开户和销户，核对", "身份证件。"),
        ("办理开户，", "销户。"),
        ("办理开户、", "销户"),
        ("办理开户，", "", "销户。"),
        ("核对库存（", "包括凭证）"),
        ("核对库存（1", "）现金"),
        ("登记“", "账簿”"),
        ("办理个人业务，核对客户", "资料并登记。"),
        ("办理个人业务，核对（客户）", "资料并登记。"),
        ("1、办理个人开户销户业务并逐笔核对客户提交的身份证", "件原件"),
    ],
)
def test_a_line_that_goes_on_is_joined(texts: tuple[str, ...]) -> None:
    assert joined(*texts) == ["".join(texts)]


@pytest.mark.parametrize(
    "texts",
    [
        ("办理开户。", "登记账簿。"),
        ("办理开户：", "登记账簿。"),
        ("1、办理开户，核对", "2、登记账簿。"),
        ("办理开户，核对客户", "资料并登记"),  # no sentence comes to an end
        ("柜员", "办理开户，登记账簿。"),
        ("任职资格", "大专学历，从业三年。"),
        ("办理开户，", "岗位职责"),
        ("办理开户，", "任职资格：大专"),
        ("办理开户，", "大堂经理"),
        ("办理开户，", "岗位：柜员"),
        ("办理开户，", "培训："),
        ("1、办理开户", "资料齐全。"),
        ("核对库存（", "", "包括凭证）"),
        ("办理个人业务，核对客户", "", "资料并登记。"),
        ("办理个人业务，核对客户", "资料", "", "登记。"),
        ("办理个人业务，核对客户", "资料", "1、登记。"),
        ("办理开户，", "大堂经理岗位职责"),
        ("编号：一号，甲", "地址：城东，南街。"),
        ("负责开户，核对证件", "协助登记，上锁。"),
        ("办理开户核对证件", "资料齐全。"),
    ],
)
def test_a_line_that_begins_anew_is_not(texts: tuple[str, ...]) -> None:
    assert joined(*texts) == [text for text in texts if text]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Open the", "accounts.", "Open the accounts."),
        ("Open accounts,", "then count.", "Open accounts, then count."),
        ("核对（a", "b）项", "核对（ab）项"),
        ("登记CRM，", "PCRM。", "登记CRM，PCRM。"),
    ],
)
def test_latin_words_stay_apart(first: str, second: str, whole: str) -> None:
    assert joined(first, second) == [whole]


def test_a_sentence_in_latin_letters_begins_anew() -> None:
    assert joined("Open the accounts", "Count the cash") == ["Open the accounts", "Count the cash"]


def test_whole_paragraphs_are_never_joined() -> None:
    assert joined("办理开户，", "销户。", kind="paragraph") == ["办理开户，", "销户。"]


@pytest.mark.parametrize(
    ("texts", "made"),
    [
        (("办理开", "第3页", "户和销户"), ["办理开户和销户"]),
        (("办理开户。", "第3页", "登记账簿。"), ["办理开户。", "登记账簿。"]),
        (("办理开户", "第3页", "2、登记账簿。"), ["办理开户", "2、登记账簿。"]),
        (("办理开户", "第3页", "任职资格"), ["办理开户", "任职资格"]),
    ],
)
@pytest.mark.parametrize("kind", ["line", "paragraph"])
def test_what_a_page_broke_is_joined(
    texts: tuple[str, ...], made: list[str], kind: BlockKind
) -> None:
    assert joined(*texts, kind=kind) == made


@pytest.mark.parametrize("kind", ["line", "paragraph"])
def test_a_page_breaks_no_heading(kind: BlockKind) -> None:
    texts = ("大堂经理岗位职责", "引导客户，答疑。")
    assert joined(texts[0], "第3页", texts[1], kind=kind) == list(texts)


def test_what_follows_a_heading_of_a_level_is_not_its_end() -> None:
    place = Place("手册.docx")
    blocks = [Block("heading", "厅堂管理", place, level=1), Block("paragraph", "第3页", place),
              Block("paragraph", "引导客户。", place)]  # fmt: skip
    assert [one.text for one in of_blocks(blocks)[0]] == ["厅堂管理", "引导客户。"]


@pytest.mark.parametrize(
    "texts",
    [
        (WIDE, WIDE, WIDE, WIDE, "差错"),
        ("\u3000\u3000" + WIDE[:-4], WIDE, WIDE, WIDE, "差错"),
        (WIDE, WIDE, WIDE, WIDE[:-1] + "；", "及时报告。"),
        ("1、" + WIDE[:-2], WIDE, WIDE, WIDE[:-1] + "。", "及时报告。"),
    ],
)
def test_a_full_line_goes_on(texts: tuple[str, ...]) -> None:
    assert joined(*texts) == ["".join(texts).strip()]


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ((WIDE, WIDE, WIDE, WIDE[:20], "差错"), 2),
        ((WIDE, WIDE, WIDE, WIDE[:-1] + "。", "及时报告。"), 2),  # in a list it may go on
        ((WIDE, "差错上报", "现金清点", "资料整理"), 4),
        (("现金清点归集", "凭证登记保管", "资料整理归档", "设备巡查上锁"), 4),
        ((*(f"{number}、{WIDE[:-3]}。" for number in range(1, 5)), "另附说明。"), 5),
    ],
)  # fmt: skip
def test_a_line_that_is_not_full_ends_a_paragraph(texts: tuple[str, ...], count: int) -> None:
    found = joined(*texts)
    assert len(found) == count
    assert found[-1] == texts[-1]


@pytest.mark.parametrize("force", ["duty", "text", "section"])
def test_what_a_table_says_is_joined_with_nothing(force: str) -> None:
    place = Place("手册.docx")
    cell = Line("办理开户，", place, whole=False, force=force)
    after = Line("销户，", place, whole=False)
    last = Line("挂失，", place, whole=False, force=force)
    assert [line.text for line in of_blocks([cell, after, last])[0]] == [
        "办理开户，",
        "销户，",
        "挂失，",
    ]


def test_automatic_numbers_and_levels_begin_a_paragraph() -> None:
    place = Place("手册.docx")
    numbered = Line("销户，", place, whole=False, label="2.")
    heading = Line("挂失，", place, whole=False, level=1)
    found, _ = of_blocks([Line("办理开户，", place, whole=False), numbered, heading])
    assert [line.text for line in found] == ["办理开户，", "销户，", "挂失，"]


def test_numbers_that_are_no_part_of_the_text_begin_or_break_no_paragraph() -> None:
    assert joined("1负责开户", "2办理销户，", "3登记账簿") == ["负责开户", "办理销户，", "登记账簿"]
    assert joined(
        "1、柜员职责1、办理开户;2、办理销户;3、登记账", "2、簿;4、核对现", "3、金;5、上锁。"
    ) == ["柜员职责1、办理开户;2、办理销户;3、登记账簿;4、核对现金;5、上锁。"]


def test_a_line_that_is_open_goes_on_with_whatever_follows() -> None:
    place = Place("手册.txt")
    found, _ = of_blocks([Line("办理开户", place, is_open=True), Line("2、登记", place)])
    assert [line.text for line in found] == ["办理开户2、登记"]


def test_each_part_of_a_paragraph_keeps_its_place() -> None:
    places = [Place("手册.txt", line=number) for number in (1, 2, 3)]
    texts = ("Open the", "accounts，", "核对。")
    blocks = [Block("line", text, place) for text, place in zip(texts, places, strict=True)]
    (line,), _ = of_blocks(blocks)
    assert line.parts == [(0, places[0]), (9, places[1]), (18, places[2])]
    assert [line.place_at(index) for index in (0, 9, 18)] == places


def test_what_is_no_part_of_the_manual_is_listed() -> None:
    place = Place("手册.txt", line=1)
    texts = ("某行手册.......3", "第3页", "如有侵权，请告知", "办理开户。")
    found, dropped = of_blocks(
        [Block("head", "页眉", place), *(Block("line", text, place) for text in texts)]
    )
    assert [line.text for line in found] == ["办理开户。"]
    assert dropped == [
        Dropped("页眉", place, Reason.RUNNING_HEAD),
        Dropped("第3页", place, Reason.PAGE_NUMBER),
        Dropped("某行手册.......3", place, Reason.CONTENTS),
        Dropped("如有侵权，请告知", place, Reason.BOILERPLATE),
    ]
