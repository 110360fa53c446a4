"""Text in tables: Chinese in straight columns, nothing cut off, lines broken by its rules."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from dutybook import messages
from dutybook.cli.tables import Column, Grid, Prose, facts, table

LONG = (
    "每日营业前，组织柜员检查现金、凭证、印章（含重要空白凭证）及机具；发现短缺的，立即报告运营主管，"
    "不得自行补平。Internal Control & Compliance 系统（CFE）登记至少50%以上的客户：包括“金卡”、"
    "《制度》……最后，逐项核对！完毕？是。"
)
NEVER_FIRST = "，。；：、！？）》”…"
NEVER_LAST = "（《“"
WIDTHS = [*range(20, 60), 79, 80, 100, 139, 140]


def drawn(part: RenderableType, width: int, *, color: bool = False) -> list[str]:
    """Return the lines of a part on a terminal of this width, blanks at the end left out."""
    console = Console(
        width=width, force_terminal=color, color_system="standard" if color else None,
        legacy_windows=False, _environ={},
    )  # fmt: skip
    with console.capture() as capture:
        console.print(part)
    return [line.rstrip() for line in capture.get().split("\n")[:-1]]


def rows(*texts: list[str]) -> list[list[Prose]]:
    return [[Prose.of(text) for text in row] for row in texts]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


# Prose


@pytest.mark.parametrize("width", WIDTHS)
def test_long_chinese_wraps_whole_by_the_rules_of_setting(width: int) -> None:
    lines = drawn(Prose.of(LONG), width)
    assert all(cell_len(line) <= width for line in lines)
    assert squeezed("".join(lines)) == squeezed(LONG)
    assert not any(line[0] in NEVER_FIRST for line in lines)
    assert not any(line[-1] in NEVER_LAST for line in lines)
    assert sum(map(cell_len, lines)) / len(lines) > width * 0.5  # and lines are filled


def test_latin_words_stay_whole_where_they_fit() -> None:
    lines = drawn(Prose.of("Internal Control and Compliance 系统 PCRM"), 20)
    assert lines == ["Internal Control and", "Compliance 系统 PCRM"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("一\n二", ["一", "二"]),
        ("一\n\n二", ["一", "", "二"]),
        ("[red]一[/] :smile:", ["[red]一[/] :smile:"]),
        ("\x1b[31m\x07\u202e", ["\\x1b[31m\\x07\\u202e"]),
        ("a\tb", ["a b"]),
        ("\ud800", ["\\ud800"]),
    ],
)
def test_prose_is_text(text: str, lines: list[str]) -> None:
    assert drawn(Prose.of(text), 40) == lines


def test_parts_keep_their_styles_over_line_breaks() -> None:
    joined = Prose.joined([("一二三四五", "red"), ("六七\x1b", "")])
    assert drawn(joined, 8) == ["一二三四", "五六七", "\\x1b"]
    assert drawn(joined, 8, color=True)[:2] == [
        "\x1b[31m一二三四\x1b[0m", "\x1b[31m五\x1b[0m六七"
    ]  # fmt: skip


# Tables

COLUMNS = [
    Column("Id", fixed=True), Column("岗位"), Column("所属部门"), Column("数", number=True),
]  # fmt: skip
BANK = rows(
    ["teller", "综合柜员", "营业部", "2"],
    ["operations-manager", "运营经理", "", "13"],
    ["vault-keeper", "金库管理员，兼凭证保管与尾箱调拨", "滨江支行营业部现金中心", "1"],
)


def test_columns_of_chinese_are_straight() -> None:
    assert drawn(table(COLUMNS, BANK), 60) == [
        "Id                   岗位               所属部门          数",
        "─" * 60,
        "teller               综合柜员           营业部             2",
        "operations-manager   运营经理                             13",
        "vault-keeper         金库管理员，兼凭   滨江支行营业部     1",
        "                     证保管与尾箱调拨   现金中心",
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_off_at_any_width(width: int, language: messages.Language) -> None:
    messages.use(language)
    texts = [
        ["a-very-long-id-that-takes-all-of-the-sixty-four-characters-allowed", LONG, LONG, "1"],
        ["teller", "柜员", "", "1234"],
        ["", "", "滨江", ""],
    ]
    for columns, cells in ((COLUMNS, rows(*texts)), (COLUMNS, BANK)):
        lines = drawn(table(columns, cells), width)
        assert all(cell_len(line) <= width for line in lines)
        everything = squeezed("".join(lines))
        for row in cells:
            for cell in row:
                for character in set(squeezed(cell.text.plain)):
                    assert everything.count(character) >= sum(
                        squeezed(one.text.plain).count(character) for each in cells for one in each
                    ), character


def test_columns_that_are_empty_in_every_row_are_left_out() -> None:
    columns = [Column("一"), Column("二", fixed=True), Column("三")]
    lines = drawn(table(columns, rows(["a", "", "c"], ["d", "", ""])), 40)
    assert lines == ["一   三", "───────", "a    c", "d"]
    kept = drawn(table(columns, rows(["a", "", "c"], ["d", "x", ""])), 40)
    assert kept[0] == "一   二   三"


def test_a_fixed_column_wraps_last_of_all() -> None:
    columns = [Column("编号", fixed=True), Column("内容")]
    lines = drawn(table(columns, rows(["customer-manager", LONG])), 40)
    assert lines[2].startswith("customer-manager   ")
    assert all(line.startswith(" " * 19) for line in lines[3:])


def test_numbers_stand_at_the_right() -> None:
    columns = [Column("名"), Column("数目", number=True)]
    assert drawn(table(columns, rows(["a", "1"], ["b", "100"])), 40)[2:] == [
        "a       1",
        "b     100",
    ]


def test_lines_are_drawn_below_sections() -> None:
    columns = [Column("一"), Column("二")]
    lines = drawn(table(columns, rows(["a", "1"], ["b", "2"], ["c", "3"]), sections=[0]), 40)
    assert lines[2:] == ["a    1", "", "b    2", "c    3"]


def test_where_columns_do_not_fit_each_value_has_a_line() -> None:
    messages.use("zh")
    lines = drawn(table(COLUMNS, BANK[:2]), 20)
    assert lines == [
        "Id：teller", "岗位：综合柜员", "所属部门：营业部", "数：2", "",
        "Id：", "operations-manager", "岗位：运营经理", "数：13", "",
    ]  # fmt: skip


def test_headings_are_text_and_may_wrap() -> None:
    lines = drawn(table([Column("[bold]"), Column("数", number=True)], rows(["a", "1"])), 40)
    assert lines[0] == "[bold]   数"


def test_facts_stand_beside_their_names() -> None:
    messages.use("en")
    entries = [("部门", "营业部"), ("Reports to [x]", "支行行长\n副行长"), ("目的", LONG)]
    lines = drawn(facts(entries), 60)
    assert lines[:3] == [
        "部门            营业部", "Reports to [x]  支行行长", "                副行长",
    ]  # fmt: skip
    assert lines[3].startswith("目的            每日营业前")
    assert drawn(facts(entries[:2]), 20) == [
        "部门        营业部", "Reports to  支行行长", "[x]         副行长",
    ]  # fmt: skip


@pytest.mark.parametrize("part", [table(COLUMNS, []), facts([]), Grid([], [])])
def test_nothing_is_drawn_of_nothing(part: Grid) -> None:
    assert "".join(drawn(part, 40)).strip() == ""
