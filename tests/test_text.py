"""Folding, safe forms, wrapping and nearest names: what holds for every text, and examples."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutybook.text import (
    LINE_BREAK,
    cells,
    fold,
    fold_offsets,
    nearest,
    plain,
    safe,
    visible,
    wrap,
)

# Text with much in it that folding changes: length, width, case, script, marks that combine.
foldable = st.text(st.one_of(st.sampled_from("客戶經理①㈠ﬀß“—ａＡe\u0301\u0327İ"), st.characters()))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("客户经理", "客户经理"),
        ("客戶經理", "客户经理"),
        ("KYC", "kyc"),
        ("ＫＹＣ　系统", "kyc 系统"),
        ("①㈠", "1(一)"),
        ("Straße", "strasse"),
        ("“营业”—‘终了’", "\"营业\"-'终了'"),
        ("（一）：", "(一):"),
        ("cafe\u0301", "café"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("", [0]),
        ("柜员", [0, 1, 2]),
        ("㈠客戶", [0, 0, 0, 1, 2, 3]),  # (一)客户
        ("e\u0301a", [0, 2, 3]),  # éa
        ("①\u0301ﬀx", [0, 0, 2, 2, 3, 4]),
    ],
)
def test_fold_offsets(text: str, offsets: list[int]) -> None:
    assert fold_offsets(text) == offsets


@settings(deadline=None)
@given(foldable)
def test_fold_and_its_offsets_agree(text: str) -> None:
    folded, offsets = fold(text), fold_offsets(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    parts = [text[start:end] for start, end in pairwise(sorted(set(offsets)))]
    assert "".join(parts) == text
    assert "".join(fold(part) for part in parts) == folded


def is_unsafe(character: str) -> bool:
    code = ord(character)
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(character)
        in {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
        or character in "\u061c\u200e\u200f"  # the marks of a direction
        or 0xE0000 <= code <= 0xE007F  # tag characters
        or 0xFDD0 <= code <= 0xFDEF  # these and the next are no characters
        or code & 0xFFFE == 0xFFFE
    )


PLANES = range(0, 0x110000, 0x10000)
EVERYTHING = [
    *map(chr, range(0x20000)),
    *map(chr, range(0xE0000, 0xE0200)),
    *(chr(plane + end) for plane in PLANES for end in (0, 0xFFFD, 0xFFFE, 0xFFFF)),
]
SAFE = {character for character in EVERYTHING if not is_unsafe(character)}


def test_safe_leaves_what_is_safe_and_line_breaks_and_nothing_else() -> None:
    assert set(safe("".join(EVERYTHING))) == SAFE | {"\n"}


def test_plain_leaves_what_is_safe_and_nothing_else() -> None:
    assert set(plain("".join(EVERYTHING))) == SAFE


@pytest.mark.parametrize(
    ("text", "shown", "field"),
    [
        ("按[2024]号", "按[2024]号", "按[2024]号"),
        ("a\tb\nc", "a b\nc", r"a\tb\nc"),
        ("a\r\nb", "a\\x0d\nb", r"a\x0d\nb"),
        ("\x1b[2J", r"\x1b[2J", r"\x1b[2J"),
        ("\x9b\u202e", r"\x9b\u202e", r"\x9b\u202e"),
        ("\U000e0041", r"\U000e0041", r"\U000e0041"),
        (r"C:\temp", r"C:\temp", r"C:\\temp"),
    ],
)
def test_safe_and_plain(text: str, shown: str, field: str) -> None:
    assert safe(text) == shown
    assert plain(text) == field


def unplain(field: str) -> str:
    def character(match: re.Match[str]) -> str:
        what = match[1]
        return {"\\": "\\", "t": "\t", "n": "\n"}.get(what) or chr(int(what[1:], 16))

    return re.sub(r"\\(\\|t|n|x..|u.{4}|U.{8})", character, field)


@given(st.text(st.one_of(st.sampled_from("\\\t\n\r\x1b\u202eutnx0"), st.characters())))
def test_plain_can_be_turned_back(text: str) -> None:
    assert unplain(plain(text)) == text


@pytest.mark.parametrize(
    ("character", "shown"),
    [("\x00", r"\x00"), ("\ufffe", r"\ufffe"), ("\U0001ffff", r"\U0001ffff")],
)
def test_visible(character: str, shown: str) -> None:
    assert visible(character) == shown


def test_line_breaks_are_those_of_editors() -> None:
    assert LINE_BREAK.split("a\r\nb\rc\nd\x85e\u2028f\x0cg") == [
        "a",
        "b",
        "c",
        "d\x85e\u2028f\x0cg",
    ]


def wrapped(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width, cells)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("客户经理", 4, ["客户", "经理"]),
        ("客户经理", 5, ["客户", "经理"]),
        ("客户经理", 1, ["客", "户", "经", "理"]),
        ("ab cd ef", 5, ["ab cd", "ef"]),
        ("ab   cd", 2, ["ab", "cd"]),
        ("我们 abcd", 4, ["我们", "abcd"]),
        ("使用PCRM系统", 7, ["使用", "PCRM系", "统"]),
        ("abcdef", 4, ["abcd", "ef"]),
        ("办理业务，核对", 8, ["办理业", "务，核对"]),
        ("办理（一）项", 6, ["办理", "（一）", "项"]),
        ("，，，", 2, ["，", "，", "，"]),
        ("abcd ，客", 4, ["abcd", "，客"]),
        ("客e\u0301户", 2, ["客", "e\u0301", "户"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


HAN, CLOSING, LATIN = "客户经理", "，。）”、", "abc12"


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from(HAN + CLOSING + LATIN + "（“  ")), st.integers(1, 24))
def test_wrap_keeps_its_rules(text: str, width: int) -> None:
    lines = wrap(text, width, cells)
    assert lines[0][0] == 0
    for (start, end), (following, _) in pairwise([*lines, (len(text), 0)]):
        line = text[start:end]
        assert not text[end:following].strip(" ")  # only blanks are left out
        assert cells(line) <= width or len(line) == 1
        if following == len(text):
            continue
        before, after = text[following - 1], text[following]
        if after in CLOSING or (before in LATIN and after in LATIN):  # no better place to break
            assert not re.search(f"[{HAN}][{HAN}{LATIN}]", text[start:following])


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("客户", 4), ("①", 1), ("e\u0301", 1), ("，", 2), ("a\u200bb\ufe0f", 2)],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("name", "candidates", "found"),
    [
        ("titel", ["id", "title", "title_en", "duties"], ["title", "title_en"]),
        ("TITLE", ["title", "unit"], ["title"]),
        ("柜圆", ["柜员", "大堂经理"], ["柜员"]),
        ("客戶经理", ["大堂经理", "客户经理", "柜员"], ["客户经理"]),
        ("风险管理", ["柜员", "title"], []),
        ("", ["title"], []),
        ("title", [], []),
    ],
)
def test_nearest(name: str, candidates: list[str], found: list[str]) -> None:
    assert nearest(name, candidates) == found


def test_nearest_does_not_depend_on_the_order() -> None:
    names = ["abcx", "abcy", "abcz", "abcw"]
    assert nearest("abc", names) == nearest("abc", names[::-1]) == ["abcw", "abcx", "abcy"]
    assert nearest("abc", names, limit=1) == ["abcw"]
