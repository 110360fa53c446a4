"""Printed labels: how they are written, what they count, and what only looks like one."""

from __future__ import annotations

import pytest

from dutybook.importers.labels import at_start, inside, is_bounded


@pytest.mark.parametrize(
    ("printed", "style", "core", "value"),
    [
        (("3、", "3﹑", "3。", "3；"), "digits 、", "3", (3,)),
        (("3.", "3．"), "digits .", "3", (3,)),
        (("3:", "3："), "digits :", "3", (3,)),
        (("3,", "3，"), "digits ,", "3", (3,)),
        (("3 ", "3\t", "3\u3000"), "digits blank", "3", (3,)),
        (("3)", "3）", "3〉", "3】"), "digits )", "3", (3,)),
        (("(3)", "（3）", "【3】", "〔 3 〕", "<3>、"), "digits ()", "3", (3,)),
        (("No.3 ", "NO3、", "§3 "), "digits No", "3", (3,)),
        (("３、",), "wide digits 、", "３", (3,)),
        (("十一、",), "Han 、", "十一", (11,)),
        (("一百零三．",), "Han .", "一百零三", (103,)),
        (("二 ",), "Han blank", "二", (2,)),
        (("贰、",), "financial Han 、", "贰", (2,)),
        (("乙、",), "heavenly stems 、", "乙", (2,)),
        (("丑、",), "earthly branches 、", "丑", (2,)),
        (("c）",), "small )", "c", (3,)),
        (("C．",), "capital .", "C", (3,)),
        (("ｃ、",), "wide small 、", "ｃ", (3,)),
        (("iv. ",), "small Roman .", "iv", (4,)),
        (("IV ",), "capital Roman blank", "IV", (4,)),
        (("ⅳ ",), "small sign Roman blank", "ⅳ", (4,)),
        (("Ⅻ、",), "capital sign Roman 、", "Ⅻ", (12,)),
        (("③", "③、", "③."), "circled single", "③", (3,)),
        (("㈢",), "parenthesized Han single", "㈢", (3,)),
        (("第三条", "第 三 条、"), "ordinal 条", "三", (3,)),
        (("第2部分：",), "ordinal 部分", "2", (2,)),
        (("Chapter 2 ", "Chapter 2. "), "ordinal 章", "2", (2,)),
        (("Part II: ", "Part II "), "ordinal 部分", "II", (2,)),
        (("xxxviii. ",), "small Roman .", "xxxviii", (38,)),
        (("岗位二：", "岗位二、"), "ordinal 岗位", "二", (2,)),
        (("职责2：",), "ordinal 职责", "2", (2,)),
        (("（篇二）", "篇二、"), "ordinal 篇", "二", (2,)),
        (("二是", "二是，"), "listed 是", "二", (2,)),
        (("其二，",), "listed 是", "二", (2,)),
        (("第二，", "第二："), "listed 第", "二", (2,)),
        (("1.2", "1.2、", "1.2)"), "decimal 2", "1.2", (1, 2)),
        (("１．２．３ ",), "decimal 3", "１．２．３", (1, 2, 3)),
        (("1-2 ",), "decimal 2", "1-2", (1, 2)),
        (("2.0",), "decimal 1", "2.0", (2,)),
    ],
)  # fmt: skip
def test_a_line_begins_with_a_label(
    printed: tuple[str, ...], style: str, core: str, value: tuple[int, ...]
) -> None:
    for one in printed:
        text = f"{one}清点尾箱"
        label = at_start(text)
        assert label, one
        assert (label.core, label.style, label.value) == (core, style, value)
        assert text[label.end :].strip() == "清点尾箱"


@pytest.mark.parametrize(
    ("text", "style", "behind"),
    [
        ("●清点尾箱", "bullet ●", "清点尾箱"),
        ("-  清点尾箱", "bullet -", "清点尾箱"),
        ("* 清点尾箱", "bullet *", "清点尾箱"),
        ("l 清点尾箱", "bullet l", "清点尾箱"),
        ("\uf06c清点尾箱", "bullet \uf06c", "清点尾箱"),
        ("- 3 清点尾箱", "bullet -", "3 清点尾箱"),
        ("● 3、清点尾箱", "digits 、", "清点尾箱"),
        ("-（三）清点尾箱", "Han ()", "清点尾箱"),
    ],
)
def test_a_line_begins_with_a_bullet(text: str, style: str, behind: str) -> None:
    label = at_start(text)
    assert label
    assert (label.start, label.style, text[label.end :]) == (0, style, behind)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("", "  ", "清点尾箱", "二清点", "c清点", "第一名"), id="no mark around a number"),
        pytest.param(("零、清点", "0、清点", "十百、清点", "iix、清点", "（abc）清点", "1000、清点", "第零条"), id="no number"),
        pytest.param(("●", "-", "第一，", "二是"), id="nothing behind it"),
        pytest.param(("--清点", "●●清点", "***", "-5", "-12-"), id="a line drawn, a negative number, a page number"),
        pytest.param(("□是 √否", "√是□否", "☑有"), id="a box that is ticked"),
        pytest.param(("list of duties", "l清点"), id="a word that begins like a bullet of a symbol font"),
        pytest.param(("3%的备付金", "3 万元以下", "3 个工作日", "3 年以上", "3 次", "3 kB", "100 M带宽"), id="a count of things"),
        pytest.param(("1.5倍", "1.5 万元", "1.2%", "1.2-1.5", "1.2:3", "17.01.01版"), id="a decimal number, a code"),
        pytest.param(("2024、预算", "1.2024号文", "3,000元", "3：30", "（2024）3号文"), id="a year, a sum, a time, a file"),
        pytest.param(("1、2、3号窗口", "一、二、三级", "A、B、C三类", "a、b两类"), id="a list of numbers or letters"),
        pytest.param(("A.B两岗", "A.ATM", "A类户"), id="letters of a name"),
        pytest.param(("甲 清点", "c 清点", "iv 清点", "贰 清点", "XX 支行", "X 支行"), id="a blank is too little a mark"),
        pytest.param(("c，清点",), id="a comma is too little a mark"),
        pytest.param(("第一条责任线", "第一章责任制"), id="the first line of responsibility"),
        pytest.param(("其一清点", "其他，清点", "职责2、清点", "篇二清点"), id="half of a mark"),
    ],
)  # fmt: skip
def test_a_line_begins_with_none(lines: tuple[str, ...]) -> None:
    assert [one for one in lines if at_start(one)] == []


@pytest.mark.parametrize(
    "text", ["3 个人客户", "3 年终决算", "3 次日核对", "3 日终轧账", "1.2024年预算", "A.ATM机加钞"]
)
def test_a_word_that_begins_like_a_unit_counts_nothing(text: str) -> None:
    assert at_start(text)


def test_blanks_before_a_label_are_none_of_it() -> None:
    text = "\u3000\u30003、清点尾箱"
    label = at_start(text)
    assert label
    assert text[label.start : label.end] == "3、"


@pytest.mark.parametrize(
    ("text", "cores"),
    [
        ("负责：1、清点尾箱；2、保管钥匙 3 交接。4)登记", ["1", "2", "3", "4"]),
        ("清点尾箱①保管钥匙（二）交接2、登记A.签字", ["①", "二", "2", "A"]),
        ("清点。1、3万元以上查验。1.2保管", ["1", "1.2"]),
        ("要求：一是清点；二是保管。第三，登记", ["一", "二", "三"]),
        ("清点。第三条 保管。●登记。四：交接", ["三", "", "四"]),
    ],
)
def test_what_may_be_a_label_inside_a_line(text: str, cores: list[str]) -> None:
    assert [one.core for one in inside(text, 0)] == cores


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(("不满3、不得外借", "第3、清点", "清点十一、二号"), id="it counts, or is a part of a number"),
        pytest.param(("清点1、3万元以上", "清点20%、保管", "清点11.5万元", "清点1.2%"), id="a sum"),
        pytest.param(("清点一、二级库", "清点A、B、C三类", "清点。1、2、3类"), id="a list of numbers or letters"),
        pytest.param(("清点A.ATM", "清点：A.ATM机", "清点V1.2版"), id="a name"),
        pytest.param(("清点。1:保管", "清点。a:保管", "清点。1，保管"), id="a mark that only counts where a line begins"),
        pytest.param(("清点尾箱2 保管", "清点尾箱。2 个月", "清点尾箱●保管", "清点。·保管"), id="no blank before it, or a count"),
        pytest.param(("清点一是保管", "清点第一，保管", "见附件（一）"), id="in the middle of a clause, or nothing behind it"),
        pytest.param(("根据第三条办理", "违反第三条", "清点。第三条的规定", "清点。第三条和第四条"), id="a reference"),
        pytest.param(("1、清点", "①清点"), id="where the text begins"),
    ],
)  # fmt: skip
def test_what_is_none_inside_a_line(texts: tuple[str, ...]) -> None:
    assert [(one, list(inside(one, 0))) for one in texts if list(inside(one, 0))] == []


def test_a_label_that_the_text_begins_with_is_not_inside() -> None:
    assert [one.core for one in inside("①清点②保管", 0)] == ["②"]
    assert [one.core for one in inside("①清点②保管③交接", 4)] == ["③"]


@pytest.mark.parametrize(
    ("text", "bounded"),
    [
        ("清点。2、保管", True),
        ("清点 2、保管", True),
        ("（清点）2、保管", True),
        ("清点2、保管", False),
        ("清点，2、保管", False),
    ],
)
def test_a_label_stands_after_the_end_of_something(text: str, bounded: bool) -> None:
    (label,) = inside(text, 0)
    assert is_bounded(text, label) is bounded


@pytest.mark.parametrize(
    "lines",
    [
        ("1、清点", "2.保管", "3 交接", "4，登记", "5：签字"),
        ("一、清点", "二 保管", "三．交接"),
        ("（一）清点", "【二】保管", "(三)交接"),
        ("1）清点", "2)保管", "3〉交接"),
        ("①清点", "②、保管", "③.交接"),
        ("第一章 库房", "Chapter 2 Vault", "第3章 交接"),
        ("一是清点", "其二，保管", "三是交接"),
        ("ⅰ、清点", "ⅱ.保管", "ⅲ 交接"),
    ],
)
def test_labels_of_one_list_share_a_family_and_count_on(lines: tuple[str, ...]) -> None:
    found = [label for line in lines if (label := at_start(line))]
    assert len({label.family for label in found}) == 1
    assert [label.number for label in found] == [*range(1, len(lines) + 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1、清点", "2）保管"),
        ("1、清点", "（2）保管"),
        ("1、清点", "２、保管"),
        ("1、清点", "二、保管"),
        ("a、清点", "B、保管"),
        ("①清点", "⑵保管"),
        ("第一章 清点", "第二节 保管"),
        ("1.1 清点", "1.1.2 保管"),
        ("●清点", "■保管"),
    ],
)
def test_labels_of_two_lists_have_two_families(one: str, other: str) -> None:
    labels = at_start(one), at_start(other)
    assert labels[0]
    assert labels[1]
    assert labels[0].family != labels[1].family


@pytest.mark.parametrize(
    ("text", "value", "roman", "style"),
    [
        ("i、清点", 9, 1, "small Roman 、"),
        ("V.清点", 22, 5, "capital Roman ."),
        ("ii、清点", 2, 2, "small Roman 、"),
        ("Ⅱ、清点", 2, 2, "capital sign Roman 、"),
        ("a、清点", 1, 0, ""),
        ("1、清点", 1, 0, ""),
    ],
)
def test_a_letter_may_count_as_a_roman_numeral(
    text: str, value: int, roman: int, style: str
) -> None:
    label = at_start(text)
    assert label
    assert (label.number, label.roman, label.roman_style) == (value, roman, style)


def test_a_bullet_counts_nothing() -> None:
    label = at_start("●清点")
    assert label
    assert (label.value, label.number, label.roman_style) == ((), 0, "")
