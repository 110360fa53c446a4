"""Blocks as lines: broken where they break, without what cannot be printed, each with its place."""

from __future__ import annotations

import pytest

from dutybook.importers.base import Block, BlockKind, Dropped, Place, Reason
from dutybook.importers.lines import Line, clean, is_cut, of_block, width_of

HERE = Place("手册.txt", line=3)


def taken(block: Block) -> tuple[list[Line], list[Dropped]]:
    dropped: list[Dropped] = []
    return of_block(block, dropped), dropped


@pytest.mark.parametrize("mark", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_block_is_broken_at_its_line_breaks(mark: str) -> None:
    made, dropped = taken(Block("paragraph", f"办理开户{mark}办理销户", HERE))
    assert [(line.text, line.place) for line in made] == [("办理开户", HERE), ("办理销户", HERE)]
    assert dropped == []


def test_an_automatic_number_stays_with_the_first_line() -> None:
    made, _ = taken(Block("paragraph", "办理开户\n办理销户", HERE, label="（一）"))
    assert [line.label for line in made] == ["（一）", ""]


@pytest.mark.parametrize(
    ("kind", "whole", "force"),
    [
        ("line", False, ""),
        ("paragraph", True, ""),
        ("heading", True, ""),
        ("sheet", True, "sheet"),
        ("note", True, "note"),
    ],
)
def test_the_kind_of_a_block_tells_what_its_line_is(
    kind: BlockKind, whole: bool, force: str
) -> None:
    (line,), dropped = taken(Block(kind, "现金管理", HERE, level=2))
    assert (line.whole, line.force, line.level) == (whole, force, 2)
    assert dropped == []


def test_headers_and_footers_of_pages_are_in_no_line() -> None:
    assert taken(Block("head", "某某支行岗位手册", HERE)) == (
        [],
        [Dropped("某某支行岗位手册", HERE, Reason.RUNNING_HEAD)],
    )


def test_what_is_a_line_already_stays_as_it_is() -> None:
    line = Line(" 办理\n开户 ", HERE)
    assert of_block(line, []) == [line]
    assert line.text == " 办理\n开户 "


@pytest.mark.parametrize(
    ("text", "indent"),
    [("办理开户", 0), ("  办理开户", 2), ("\u3000\u3000办理开户", 4), (" \u3000办理开户  ", 3), ("", 0)],
)  # fmt: skip
def test_blanks_before_a_line_are_its_indent(text: str, indent: int) -> None:
    (line,), _ = taken(Block("line", text, HERE))
    assert (line.text, line.indent) == (text.strip(), indent)


@pytest.mark.parametrize(
    ("text", "made", "lost"),
    [
        ("办理开户。", "办理开户。", ""),
        ("办理\x07开户\x1b", "办理开户", "\x07\x1b"),
        ("办理\u202e开户", "办理开户", "\u202e"),
        ("办\u200b理\xad开\ufeff户", "办理开户", ""),  # they are not seen and not missed
        ("办理\t开户", "办理 开户", ""),
        ("岗位" + "\u3000" * 8 + "柜员", "岗位" + "\u3000" * 8 + "柜员", ""),
        ("岗位" + " " * 30 + "柜员", "岗位" + " " * 8 + "柜员", ""),
        ("岗位" + "\u3000" * 9 + "柜员", "岗位" + " " * 8 + "柜员", ""),
        ("岗位" + "\t" * 12 + "柜员", "岗位" + " " * 8 + "柜员", ""),
        ("一\r\n二\u2028三", "一\n二\n三", ""),
    ],
)
def test_clean(text: str, made: str, lost: str) -> None:
    dropped: list[Dropped] = []
    assert clean(text, HERE, dropped) == made
    assert dropped == ([Dropped(lost, HERE, Reason.UNPRINTABLE)] if lost else [])


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("ATM", 3), ("柜员", 4), ("，。", 4), ("柜员A岗", 7)]
)
def test_a_character_that_is_not_latin_takes_two_cells(text: str, count: int) -> None:
    assert width_of(text) == count


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("办理开", True),
        ("办理开户，", True),
        ("现金、", True),
        ("办理开户。", False),
        ("包括：", False),
        ("核对（日终）", False),
        ("称为“双人”", False),
        ("Count the cash.", False),
        ("", False),
    ],
)
def test_a_line_is_cut_where_no_sentence_ends(text: str, cut: bool) -> None:
    assert is_cut(text) is cut


def test_a_place_of_a_line_is_that_of_the_part_it_came_from() -> None:
    first, second = Place("手册.txt", line=7), Place("手册.txt", line=8)
    line = Line("办理开户和销户", HERE, parts=[(0, first), (4, second)])
    assert [line.place_at(index) for index in (0, 3, 4, 6)] == [first, first, second, second]
    assert Line("办理开户", HERE).place_at(2) == HERE
