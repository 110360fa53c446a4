"""Printed labels as numbers: every style, there and back, and letters that may be Roman."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutybook import numbering

PARSED = {
    "1": ("digits", (1,)),
    "07": ("digits", (7,)),
    "0": ("digits", (0,)),
    "99999": ("digits", (99999,)),
    "１２": ("digits", (12,)),
    "1.2": ("decimal", (1, 2)),
    "1.10.3": ("decimal", (1, 10, 3)),
    "１．２": ("decimal", (1, 2)),
    "一": ("Han", (1,)),
    "十": ("Han", (10,)),
    "十一": ("Han", (11,)),
    "二十": ("Han", (20,)),
    "九十九": ("Han", (99,)),
    "一百": ("Han", (100,)),
    "一百零三": ("Han", (103,)),
    "二百一十": ("Han", (210,)),
    "九百九十九": ("Han", (999,)),
    "壹": ("financial Han", (1,)),
    "拾": ("financial Han", (10,)),
    "贰拾叁": ("financial Han", (23,)),
    "參": ("financial Han", (3,)),
    "ⓑ": ("circled small", (2,)),
    "亥": ("earthly branches", (12,)),
    "①": ("circled", (1,)),
    "⑳": ("circled", (20,)),
    "㉑": ("circled", (21,)),
    "㊿": ("circled", (50,)),
    "⑴": ("parenthesized", (1,)),
    "⒛": ("full stop", (20,)),
    "❿": ("dingbat", (10,)),
    "㊀": ("circled Han", (1,)),
    "㈩": ("parenthesized Han", (10,)),
    "癸": ("heavenly stems", (10,)),
    "ⅲ": ("small sign Roman", (3,)),
    "Ⅲ": ("capital sign Roman", (3,)),
    "a": ("small", (1,)),
    "z": ("small", (26,)),
    "Z": ("capital", (26,)),
    "ｂ": ("small", (2,)),
    "i": ("small", (9,)),
    "ii": ("small Roman", (2,)),
    "iv": ("small Roman", (4,)),
    "XIV": ("capital Roman", (14,)),
    "lxxxviii": ("small Roman", (88,)),
}  # fmt: skip

COUNT_NOTHING = (
    "", " ", ".", "1.", ".1", "1..2", "-1", "1a", "aa", "ab", "100000", "零", "〇", "百", "一百三", "一百十", "一百零十", "一百零", "百一", "一百百", "一零三", "佰",
    "一一", "十十", "十零", "零十", "一十一二", "第三", "（一）", "1、", "iiii", "vx", "Iv", "iV", "ic",
    "mm", "柜", "①②", "c" * 1000, "1" * 1000, "٣", "²", "½",
)  # fmt: skip


@pytest.mark.parametrize(("label", "expected"), PARSED.items())
def test_a_label_counts(label: str, expected: tuple[str, tuple[int, ...]]) -> None:
    assert numbering.parse(label) == expected


@pytest.mark.parametrize("label", COUNT_NOTHING)
def test_what_is_no_number_counts_nothing(label: str) -> None:
    assert numbering.parse(label) is None


def test_every_style_is_among_the_cases() -> None:
    styles = {style for style, _ in PARSED.values()}
    assert styles == {
        *numbering.RUNS,
        "digits",
        "decimal",
        "Han",
        "financial Han",
        "small Roman",
        "capital Roman",
    }


@given(st.sampled_from(sorted(numbering.RUNS)), st.data())
def test_labels_of_single_characters_come_back(style: str, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(numbering.RUNS[style])))
    label = numbering.label(style, (number,))
    assert len(label) == 1
    assert numbering.parse(label) == (style, (number,))


@given(st.integers(1, 999))
def test_han_numerals_come_back(number: int) -> None:
    for style in ("Han", "financial Han"):
        label = numbering.label(style, (number,))
        assert numbering.parse(label) == (style, (number,))
    assert numbering.from_han(numbering.to_han(number)) == number


@given(st.integers(1, 89), st.sampled_from(["small Roman", "capital Roman"]))
def test_roman_numerals_come_back_in_a_series(number: int, style: str) -> None:
    label = numbering.label(style, (number,))
    assert label.islower() == style.startswith("small")
    two = numbering.label(style, (2,))  # `ii`, which is no letter
    assert numbering.series((two, label))[1] == (style, (number,))


@given(st.lists(st.integers(0, 99999), min_size=1, max_size=5).map(tuple))
def test_decimals_come_back(counted: tuple[int, ...]) -> None:
    style = "decimal" if len(counted) > 1 else "digits"
    assert numbering.parse(numbering.label(style, counted)) == (style, counted)


@given(st.text(max_size=12))
def test_any_text_is_a_label_or_none(text: str) -> None:
    parsed = numbering.parse(text)
    assert parsed is None or (parsed[0] and all(number >= 0 for number in parsed[1]))


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        # letters, since some are no Roman numerals
        ("a b c d", "1 2 3 4"),
        ("g h i j", "7 8 9 10"),
        ("i j", "9 10"),
        ("c d", "3 4"),
        ("c", "3"),
        ("v", "22"),
        # Roman: the first is i, or a longer numeral stands with them
        ("i", "1"),
        ("i ii iii iv v vi", "1 2 3 4 5 6"),
        ("I II III", "1 2 3"),
        ("i v x", "1 5 10"),
        ("v vi", "5 6"),
        ("ix x xi l c", "9 10 11 50 100"),
        # small and capital letters and other styles do not disturb one another
        ("A B C ii", "1 2 3 2"),
        ("a I b II", "1 1 2 2"),
        ("1 i 2 ii ①", "1 1 2 2 1"),
        ("i 二 x", "1 2 10"),
        # a letter that is no Roman numeral keeps the others letters
        ("a i ii", "1 9 2"),
        ("（一） i", "- 1"),
        ("", ""),
    ],
)
def test_single_letters_in_a_series(labels: str, numbers: str) -> None:
    counted = numbering.series(tuple(labels.split()))
    assert [str(one[1][0]) if one else "-" for one in counted] == numbers.split()


@given(st.lists(st.sampled_from([*PARSED, *COUNT_NOTHING]), max_size=8))
def test_a_series_says_something_of_each_label(labels: list[str]) -> None:
    counted = numbering.series(tuple(labels))
    assert len(counted) == len(labels)
    for label, one in zip(labels, counted, strict=True):
        assert (one is None) == (numbering.parse(label) is None)
