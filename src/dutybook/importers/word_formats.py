"""How Word writes the numbers of its lists: a table of formats. Pure."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from dutybook.numbering import RUNS, label, to_han

if TYPE_CHECKING:
    from collections.abc import Callable

_ONES: Final = (
    "", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
    "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
)  # fmt: skip
_TENS: Final = (
    "",
    "",
    "Twenty",
    "Thirty",
    "Forty",
    "Fifty",
    "Sixty",
    "Seventy",
    "Eighty",
    "Ninety",
)
_ORDINALS: Final = {
    "One": "First", "Two": "Second", "Three": "Third", "Five": "Fifth", "Eight": "Eighth",
    "Nine": "Ninth", "Twelve": "Twelfth",
}  # fmt: skip
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}
_AIUEO: Final = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA: Final = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"


def _run(characters: str) -> tuple[int, Callable[[int], str]]:
    """Return the format that has one character for each number."""
    return len(characters), lambda number: characters[number - 1]


def _digits(characters: str) -> tuple[int, Callable[[int], str]]:
    """Return the format that writes the decimal digits in characters of its own, 0 first."""
    table = str.maketrans("0123456789", characters)
    return 9999, lambda number: str(number).translate(table)


def _legal(characters: str) -> tuple[int, Callable[[int], str]]:
    """Return the format of contracts: Han numerals in other characters, 10 as one ten."""
    table = str.maketrans("一二三四五六七八九十百", characters)

    def written(number: int) -> str:
        return ("一" if 10 <= number < 20 else "") + to_han(number)

    return 999, lambda number: written(number).translate(table)


def _letters(number: int) -> str:
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 20 else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def _cardinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number < len(_ONES):
        return _ONES[number]
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _ordinal_text(number: int) -> str:
    before, dash, last = _cardinal(number).rpartition("-")
    stem = last[:-1] + "ie" if last.endswith("y") else last
    return before + dash + _ORDINALS.get(last, f"{stem}th")


_HAN: Final = (999, to_han)
_HAN_DIGITS: Final = _digits("〇一二三四五六七八九")
_WIDE_DIGITS: Final = _digits("０１２３４５６７８９")
# The largest number that a format writes, and how; larger ones are printed in decimal digits.
_FORMATS: Final[dict[str, tuple[int, Callable[[int], str]]]] = {
    "decimalZero": (9, lambda number: f"{number:02}"),
    "chineseCounting": _HAN,
    "chineseCountingThousand": _HAN,
    "japaneseCounting": _HAN,
    "taiwaneseCounting": _HAN,
    "taiwaneseCountingThousand": _HAN,
    "ideographDigital": _HAN_DIGITS,
    "japaneseDigitalTenThousand": _HAN_DIGITS,
    "taiwaneseDigital": _HAN_DIGITS,
    "koreanDigital2": _HAN_DIGITS,
    "koreanDigital": _digits("영일이삼사오육칠팔구"),
    "chineseLegalSimplified": _legal("壹贰叁肆伍陆柒捌玖拾佰"),
    "ideographLegalTraditional": _legal("壹貳參肆伍陸柒捌玖拾佰"),
    "japaneseLegal": _legal("壱弐参四伍六七八九拾百"),
    "ideographTraditional": _run(RUNS["heavenly stems"]),
    "ideographZodiac": _run(RUNS["earthly branches"]),
    "ideographEnclosedCircle": _run(RUNS["parenthesized Han"]),  # whatever its name says
    "decimalEnclosedCircle": _run(RUNS["circled"]),
    "decimalEnclosedCircleChinese": _run(RUNS["circled"]),
    "decimalEnclosedParen": _run(RUNS["parenthesized"]),
    "decimalEnclosedFullstop": _run(RUNS["full stop"]),
    "decimalFullWidth": _WIDE_DIGITS,
    "decimalFullWidth2": _WIDE_DIGITS,
    "lowerLetter": (780, _letters),
    "upperLetter": (780, lambda number: _letters(number).upper()),
    "lowerRoman": (399, lambda number: label("small Roman", (number,))),
    "upperRoman": (399, lambda number: label("capital Roman", (number,))),
    "hex": (9999, lambda number: f"{number:X}"),
    "ordinal": (9999, _ordinal),
    "cardinalText": (99, _cardinal),
    "ordinalText": (99, _ordinal_text),
    "aiueo": _run(_AIUEO),
    "aiueoFullWidth": _run(unicodedata.normalize("NFKC", _AIUEO)),
    "iroha": _run(_IROHA),
    "irohaFullWidth": _run(unicodedata.normalize("NFKC", _IROHA)),
    "ganada": _run("가나다라마바사아자차카타파하"),
    "chosung": _run("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
}


def written(number: int, style: str) -> str:
    """Return a number in a format of Word, or in as many digits as `style` has where it is `001`.

    What a format cannot write, and one that is not known, comes out in decimal digits: so does
    `numberInDash`, whose dashes are no part of a label.
    """
    if style.isdecimal():
        return str(number).zfill(len(style))
    largest, write = _FORMATS.get(style, (0, str))
    return write(number) if 0 < number <= largest else str(number)
