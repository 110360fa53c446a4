"""Every format of Word's lists, up to where it ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutybook.importers import word_formats
from dutybook.importers.word_formats import written

CASES = [
    ("decimal", 7, "7"),
    ("unheard of", 7, "7"),
    ("decimalZero", 7, "07"),
    ("decimalZero", 17, "17"),
    ("001", 7, "007"),
    ("001", 12345, "12345"),
    ("chineseCountingThousand", 103, "一百零三"),
    ("chineseCountingThousand", 1000, "1000"),
    ("chineseLegalSimplified", 10, "壹拾"),
    ("chineseLegalSimplified", 11, "壹拾壹"),
    ("chineseLegalSimplified", 20, "贰拾"),
    ("ideographLegalTraditional", 13, "壹拾參"),
    ("japaneseLegal", 3, "参"),
    ("ideographDigital", 10, "一〇"),
    ("koreanDigital", 12, "일이"),
    ("ideographTraditional", 10, "癸"),
    ("ideographTraditional", 11, "11"),
    ("ideographEnclosedCircle", 2, "㈡"),
    ("decimalEnclosedCircleChinese", 20, "⑳"),
    ("decimalFullWidth", 12, "１２"),
    ("lowerLetter", 26, "z"),
    ("lowerLetter", 27, "aa"),
    ("upperLetter", 54, "BBB"),
    ("upperRoman", 39, "XXXIX"),
    ("lowerRoman", 399, "cccxcix"),
    ("lowerRoman", 400, "400"),
    ("hex", 12, "C"),
    ("ordinal", 1, "1st"),
    ("ordinal", 12, "12th"),
    ("ordinal", 22, "22nd"),
    ("cardinalText", 3, "Three"),
    ("cardinalText", 40, "Forty"),
    ("cardinalText", 42, "Forty-Two"),
    ("ordinalText", 3, "Third"),
    ("ordinalText", 30, "Thirtieth"),
    ("ordinalText", 21, "Twenty-First"),
    ("aiueo", 2, "ｲ"),
    ("aiueoFullWidth", 2, "イ"),
    ("irohaFullWidth", 25, "ヰ"),
]


@pytest.mark.parametrize(("style", "number", "expected"), CASES)
def test_numbers_are_written_as_word_does(style: str, number: int, expected: str) -> None:
    assert written(number, style) == expected


@given(st.sampled_from(sorted(word_formats._FORMATS)), st.integers(-5, 2_000_000_000))
def test_no_number_is_too_large(style: str, number: int) -> None:
    assert 0 < len(written(number, style)) <= 30
