"""Printed labels as numbers: `7`, `④`, `十一`, `贰`, `c`, `iv`, `1.2.3`. Pure, styles as data."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

_HAN_DIGITS: Final = "零一二三四五六七八九"
# As they are written in amounts of money, and what Word calls legal numbers.
_FINANCIAL: Final = "零壹贰叁肆伍陆柒捌玖拾佰"
_TO_FINANCIAL: Final = str.maketrans("零一二三四五六七八九十百", _FINANCIAL)
_FROM_FINANCIAL: Final = str.maketrans(_FINANCIAL + "貳參陸", "零一二三四五六七八九十百二三六")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LONGEST_ROMAN: Final = len("lxxxviii")
# Runs of single characters that count from 1, each a style of its own.
RUNS: Final = {
    "circled": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿",
    "parenthesized": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "full stop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "dingbat": "❶❷❸❹❺❻❼❽❾❿",
    "circled Han": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "parenthesized Han": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "circled small": "ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ",
    "heavenly stems": "甲乙丙丁戊己庚辛壬癸",
    "earthly branches": "子丑寅卯辰巳午未申酉戌亥",
    "small": "abcdefghijklmnopqrstuvwxyz",
    "capital": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "small sign Roman": "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ",
    "capital sign Roman": "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
}  # fmt: skip
PLAIN_RUNS: Final = frozenset(
    (
        "heavenly stems",
        "earthly branches",
        "small",
        "capital",
        "small sign Roman",
        "capital sign Roman",
    )
)
"""The runs whose characters stand in words too, and need marks around them to be a label."""
_HALF_WIDTH: Final = {0xFEE0 + code: code for code in range(ord("!"), ord("~") + 1)}
_SINGLE: Final = {
    character: (style, number)
    for style, run in RUNS.items()
    for number, character in enumerate(run, 1)
}


@cache
def parse(label: str) -> tuple[str, tuple[int, ...]] | None:
    """Return the style of a label and what it counts, None where it counts nothing.

    `1.2.3` counts (1, 2, 3); all others one number. A single letter is a letter, not a Roman
    numeral: the neighbours of `i` in a list tell which it is (see `series`).
    """
    label = label.translate(_HALF_WIDTH)
    if label in _SINGLE:
        style, number = _SINGLE[label]
        return style, (number,)
    parts = label.split(".")
    if all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        return "decimal" if len(parts) > 1 else "digits", tuple(map(int, parts))
    number = from_han(label)
    if number:
        return "Han", (number,)
    number = from_han(label.translate(_FROM_FINANCIAL))
    if number:
        return "financial Han", (number,)
    number = from_roman(label)
    if number:
        return "small Roman" if label.islower() else "capital Roman", (number,)
    return None


@lru_cache(maxsize=1024)  # lists are labelled alike more often than not
def series(labels: tuple[str, ...]) -> tuple[tuple[str, tuple[int, ...]] | None, ...]:
    """Return what each label of a list counts, single letters as Roman numerals where they are.

    They are where all of them can be, and the first is `i` or a longer numeral stands with them.
    """
    parsed = [parse(label) for label in labels]
    for letters in ("small", "capital"):
        roman = f"{letters} Roman"
        numbers = [
            from_roman(label)
            for label, one in zip(labels, parsed, strict=True)
            if one and one[0] == letters
        ]
        longer = any(one and one[0] == roman for one in parsed)
        if numbers and all(numbers) and (longer or numbers[0] == 1):
            parsed = [
                (roman, (from_roman(label),)) if one and one[0] == letters else one
                for label, one in zip(labels, parsed, strict=True)
            ]
    return tuple(parsed)


def label(style: str, counted: tuple[int, ...]) -> str:
    """Return the label that counts this in a style."""
    number = counted[-1]
    run = RUNS.get(style)
    if run and number <= len(run):
        return run[number - 1]
    if style == "Han":
        return to_han(number)
    if style == "financial Han":
        return to_han(number).translate(_TO_FINANCIAL)
    if style.endswith("Roman"):
        written = _to_roman(number)
        return written if style.startswith("small") else written.upper()
    return ".".join(map(str, counted))


def from_han(text: str) -> int:
    """Return the number up to 999 that Han numerals write (十一, 一百零三), 0 for anything else."""
    hundreds, hundred, rest = text.rpartition("百")
    if not hundred:
        return _tens(text)
    count = _HAN_DIGITS.find(hundreds) if len(hundreds) == 1 else 0
    if count < 1:
        return 0
    if not rest:
        return count * 100
    below = _tens(rest.removeprefix("零")) if rest[0] == "零" or "十" in rest else 0
    is_said = below and (below < 10) == (rest[0] == "零") and not rest.startswith("十")
    return count * 100 + below if is_said else 0


def _tens(text: str) -> int:
    """Return the number up to 99 that Han numerals write, 0 for anything else."""
    tens, ten, units = text.rpartition("十")
    if len(tens) > 1 or len(units) > 1 or not text:
        return 0
    value = _HAN_DIGITS.find(units) if units else 0
    if value < 0 or (units and value == 0):
        return 0
    if not ten:
        return value
    count = _HAN_DIGITS.find(tens) if tens else 1
    return count * 10 + value if count > 0 else 0


def to_han(number: int) -> str:
    """Return a number up to 999 in Han numerals."""
    hundreds, below = divmod(number, 100)
    tens, units = divmod(below, 10)
    written = f"{_HAN_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        written += ("" if tens == 1 and not hundreds else _HAN_DIGITS[tens]) + "十"
    elif hundreds and units:
        written += "零"
    return written + (_HAN_DIGITS[units] if units else "")


def from_roman(text: str) -> int:
    """Return the number that a Roman numeral writes, 0 for anything else."""
    lower = text.lower()
    if text not in {lower, text.upper()} or not lower or set(lower) - set(_ROMAN):
        return 0
    if len(lower) > _LONGEST_ROMAN:
        return 0
    values = [_ROMAN[letter] for letter in lower]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return total if _to_roman(total) == lower else 0


def _to_roman(number: int) -> str:
    written = ""
    for value, letters in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
                           (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        count, number = divmod(number, value)
        written += letters * count
    return written
