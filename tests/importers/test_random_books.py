"""Books of every style of numbering, written to text and read back the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dutybook.importers import outcome, plan
from dutybook.importers.shelf import Shelf
from dutybook.numbering import RUNS, label, to_han
from tests.importers.manuals import lost, parsed, shape

Style = Callable[[int], tuple[str | None, str]]


def around(before: str, after: str, core: Callable[[int], str] = str) -> Style:
    return lambda number: (core(number), f"{before}{core(number)}{after}")


def roman(number: int) -> str:
    return label("small Roman", (number,))


def small(number: int) -> str:
    return chr(96 + number)


def bullet(mark: str) -> Style:
    return lambda number: (None, mark)


# How a number is printed, in families: no book mixes two of one family on two levels.
STYLES: dict[str, tuple[str, Style]] = {
    "1、": ("1", around("", "、")),
    "1.": ("1", around("", ".")),
    "1. ": ("1", around("", ". ")),
    "１、": ("１", around("", "、", lambda number: chr(0xFF10 + number))),
    "1)": ("1)", around("", ")")),
    "1）": ("1)", around("", "）")),
    "（1）": ("(1)", around("（", "）")),
    "(1)": ("(1)", around("(", ")")),
    "①": ("①", around("", "", lambda number: RUNS["circled"][number - 1])),
    "①、": ("①", around("", "、", lambda number: RUNS["circled"][number - 1])),
    "⑴": ("⑴", around("", "", lambda number: RUNS["parenthesized"][number - 1])),
    "⒈": ("⒈", around("", "", lambda number: RUNS["full stop"][number - 1])),
    "㈠": ("㈠", around("", "", lambda number: RUNS["parenthesized Han"][number - 1])),
    "a、": ("a", around("", "、", small)),
    "a.": ("a", around("", ".", small)),
    "a)": ("a)", around("", ")", small)),
    "(a)": ("(a)", around("(", ")", small)),
    "A.": ("A", around("", ".", lambda number: chr(64 + number))),
    "一、": ("一", around("", "、", to_han)),
    "一．": ("一", around("", "．", to_han)),
    "一：": ("一", around("", "：", to_han)),
    "（一）": ("(一)", around("（", "）", to_han)),
    "(一)": ("(一)", around("(", ")", to_han)),
    "第一条": ("条", around("第", "条 ", to_han)),
    "i.": ("a", around("", ". ", roman)),
    "(i)": ("(a)", around("(", ")", roman)),
    "I、": ("A", around("", "、", lambda number: roman(number).upper())),
    "Ⅰ、": ("Ⅰ", around("", "、", lambda number: RUNS["capital sign Roman"][number - 1])),
    "壹、": ("壹", around("", "、", lambda number: label("financial Han", (number,)))),
    "子、": ("子", around("", "、", lambda number: RUNS["earthly branches"][number - 1])),
    "ⓐ": ("ⓐ", around("", "", lambda number: RUNS["circled small"][number - 1])),
    "第1、": ("第1", around("第", "、")),
    "甲、": ("甲", around("", "、", lambda number: RUNS["heavenly stems"][number - 1])),
    "•": ("•", bullet("• ")),
    "-": ("-", bullet("- ")),
    "·": ("·", bullet("·")),
    "★": ("★", bullet("★")),
    "■": ("■", bullet("■ ")),
    "→": ("→", bullet("→")),
    "－": ("－", bullet("－")),
}
NUMBERED = [name for name, (_, style) in STYLES.items() if style(1)[0]]
CHAPTERS: dict[str, Style] = {
    "第一章": around("第", "章 ", to_han),
    "第1章": around("第", "章 "),
    "第一节": around("第", "节 ", to_han),
    "plain": lambda number: (None, ""),
    "岗位名称": lambda number: (None, "岗位名称："),
    "【】": lambda number: (None, "【"),
}
TOPS = [*CHAPTERS, *NUMBERED]

TITLES = ["客户经理", "大堂经理", "综合柜员", "网点负责人", "运营主管", "理财经理", "会计主管", "安全保卫员",
          "支行行长", "信贷员", "内勤岗", "档案管理员"]  # fmt: skip
VERBS = ["负责", "协助", "组织", "检查", "办理", "审核", "定期核对", "做好", "参与", "对柜员进行"]
MATTERS = ["现金收付", "客户维护", "凭证管理", "账务核对", "反洗钱登记", "营销活动", "安全检查", "报表编制",
           "档案保管", "培训工作", "印章保管", "贷后检查"]  # fmt: skip
ENDS = ["", "，确保无差错", "，保证网点正常营业", "，及时报告主管", "，每日登记", "；登记台账"]

sentences = st.builds(
    lambda verb, matter, end: f"{verb}{matter}{end}。",
    st.sampled_from(VERBS), st.sampled_from(MATTERS), st.sampled_from(ENDS),
)  # fmt: skip
bodies = st.builds(
    lambda matter, mark, sentence: f"{matter}{mark}{sentence}" if mark else sentence,
    st.sampled_from(MATTERS), st.sampled_from(["", "——", "：", "。"]), sentences,
)  # fmt: skip

Shape = list[tuple[str, list[tuple[str | None, list[str | None]]]]]


@st.composite
def books(draw: st.DrawFn) -> tuple[str, Shape]:
    """Return the text of a book and what is to be found in it."""
    top = draw(st.sampled_from(TOPS))
    duty = draw(st.sampled_from([name for name in NUMBERED if _family(name) != _family(top)]))
    item = draw(
        st.sampled_from(
            [name for name in STYLES if _family(name) not in {_family(top), _family(duty)}]
        )
    )
    style = CHAPTERS.get(top) or STYLES[top][1]
    suffix = draw(st.sampled_from(["", "岗位职责", "工作职责：", "职责", "："]))
    sections = draw(st.booleans())
    inline = draw(st.booleans()) and item in NUMBERED
    lines: list[str] = []
    expected: Shape = []
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=1, max_size=4, unique=True))
    for number, title in enumerate(titles, 1):
        heading = f"{style(number)[1]}{title}"
        if top == "plain":
            heading += suffix or "岗位职责"
        elif top == "【】":
            heading += "】"
        elif top != "岗位名称":
            heading += suffix
        lines.append(heading)
        if sections or top == "岗位名称":
            lines.append("岗位职责：")
        duties = []
        for index in range(1, draw(st.integers(1, 8)) + 1):
            printed, mark = STYLES[duty][1](index)
            count = draw(st.sampled_from([0, 0, 2, 3, 5]))
            found, parts = [], []
            for at in range(1, count + 1):
                printed_item, item_mark = STYLES[item][1](at)
                found.append(printed_item)
                parts.append(item_mark + draw(sentences))
            if not parts:
                lines.append(mark + draw(bodies))
            elif inline:
                lines.append(f"{mark}{draw(st.sampled_from(MATTERS))}：{''.join(parts)}")
            else:
                end = draw(st.sampled_from(["", "：", "。"]))
                lines += [f"{mark}{draw(st.sampled_from(MATTERS))}{end}", *parts]
            duties.append((printed, found))
        expected.append((title, duties))
        lines += [""] * draw(st.integers(0, 1))
    return "\n".join(lines), expected


def _family(name: str) -> str:
    return STYLES[name][0] if name in STYLES else name


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(books())
def test_a_book_of_any_numbering_is_read_back(book: tuple[str, Shape]) -> None:
    text, expected = book
    manual = parsed(text)
    assert shape(manual) == expected
    assert not lost(text, manual)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(books(), st.integers(24, 40))
def test_nothing_is_lost_of_wrapped_lines(book: tuple[str, Shape], width: int) -> None:
    text, expected = book
    wrapped = "\n".join(
        line[start : start + width]
        for line in text.split("\n")
        for start in range(0, max(len(line), 1), width)
    )
    manual = parsed(wrapped)
    assert not lost(wrapped, manual)
    assert [title for title, _ in shape(manual)] == [title for title, _ in expected]


PIECES = (
    *(
        "柜员",
        "客户经理",
        "岗位职责",
        "职责",
        "岗位名称：",
        "所属部门：营业部",
        "直接上级：行长",
        "内部：",
        "任职资格",
        "序号",
        "频次",
    ),
    *(
        "一是",
        "第一条",
        "第二章",
        "总则",
        "岗位一：",
        "职责1：",
        "1、",
        "2、",
        "3.",
        "1.1",
        "1.1.1 ",
        "（一）",
        "(1)",
        "①",
        "②",
    ),
    *(
        "a)",
        "i.",
        "I、",
        "甲、",
        "•",
        "- ",
        "★",
        "\n",
        "\n\n",
        "\t",
        "  ",
        "。",
        "；",
        "，",
        "：",
        "——",
        "负责办理业务",
        "每日登记",
    ),
    *(
        "5%",
        "3次以上",
        "A、B、C三类",
        "【",
        "】",
        "（",
        "…………3",
        "- 3 -",
        "第3页 共9页",
        "Officer",
        "|",
        "# ",
        "銀行",
        "\x0c",
    ),
)


@settings(max_examples=300, deadline=None)
@example("②\t甲、；第一条\t》", "手册.txt")
@example("岗位职责\n直接上级：行长\n(1)\n直接上级：行长", "手册.txt")
@example("★\n内部：\n。", "手册.txt")
@example("（一）1.1.1 ——", "手册.txt")
@example("(1)岗位名称：篇二：。岗位名称：甲、", "手册.md")
@given(
    st.lists(st.sampled_from(PIECES), max_size=80).map("".join),
    st.sampled_from(["手册.txt", "手册.md"]),
)
def test_nothing_is_lost_of_pieces_of_manuals_in_any_order(text: str, name: str) -> None:
    manual = parsed(text, name)
    assert not lost(text, manual)
    shelf = Shelf(Path("none"), is_new=True)
    made = plan.make([manual], shelf, {}, annotated=True)
    outcome.of_plan(made, shelf, "", date(2026, 1, 31), lambda *_: None)


ALPHABET = "客户经理岗位职责任资格负一二三1234567890、.：:()（）①②③④abc第章条【】 \n。；，—-•\t*#|"


@settings(max_examples=400, deadline=None)
@example("1)①")
@example("岗位名称：\n岗位职责")
@example("一、客户经理\n1、\n1、\n")
@given(st.text(st.sampled_from(ALPHABET), max_size=300))
def test_nothing_is_lost_of_any_text_and_all_of_it_can_be_written(text: str) -> None:
    manual = parsed(text)
    assert not lost(text, manual)
    shelf = Shelf(Path("none"), is_new=True)
    made = plan.make([manual], shelf, {}, annotated=True)
    outcome.of_plan(made, shelf, "", date(2026, 1, 31), lambda *_: None)  # reads each file back
