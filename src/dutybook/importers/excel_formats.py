"""What a number in a cell of Excel is shown as: its format says how. Pure.

The formats are those of ECMA-376 part 1, 18.8.30 and 18.8.31: built in by number, or a code.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", **dict.fromkeys((15, 16, 17, *range(27, 32), 36, *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, *range(32, 36)), "h:mm"),
}  # fmt: skip
"""The code of the formats that a file refers to by number; dates as ISO 8601 has them."""
_FIRST_DAY: Final = date(1899, 12, 30)
_LAST: Final = 2_958_466  # 9999-12-31
_SPECIAL: Final = re.compile(r"\[[^\]]*\]|_.|\*.")  # a colour, the width of a character, filling
_UNUSUAL: Final = re.compile("[Ee][+-]|/|!")  # 1.2E+04, 1 1/2, what is written as it is
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)'
    r"|(?P<number>(?P<whole>[#0?,]+)(?:\.(?P<places>[#0?]+))?|\.(?P<only>[#0?]+))"
)
_DATE: Final = re.compile("[yd年日]", re.IGNORECASE)
_CLOCK: Final = re.compile("[h时]", re.IGNORECASE)


def shown(value: str, code: str) -> str:
    """Return what a cell shows that holds a number, as its format code has it.

    A value that is no number, and a code that is not understood, leave it as it is.
    """
    try:
        number = float(value)
    except ValueError:
        return value.strip()
    plain = f"{number:.15g}" if abs(number) < 1e15 else value.strip()
    code = _SPECIAL.sub("", code.partition(";")[0])
    unquoted = _TOKEN.sub(lambda match: match["number"] or "", code)
    if _DATE.search(unquoted) or _CLOCK.search(unquoted):
        return _moment(number, unquoted) if 0 <= number < _LAST else plain
    groups = [match["number"] for match in _TOKEN.finditer(code) if match["number"]]
    if len(groups) != 1 or _UNUSUAL.search(unquoted):
        return plain
    whole = groups[0].partition(".")[0]  # a comma behind it divides by a thousand
    number /= 1000 ** (len(whole) - len(whole.rstrip(",")))
    if "%" in unquoted:
        number *= 100

    def part(match: re.Match[str]) -> str:
        if match["number"]:
            return _digits(number, match["whole"] or "", match["places"] or match["only"] or "")
        return match["quoted"] or match["escaped"] or ""

    return _TOKEN.sub(part, code).strip()


def _digits(number: float, whole: str, places: str) -> str:
    """Return a number with as many digits as the code has places before and after the point."""
    text = f"{abs(number):{',' if ',' in whole.rstrip(',') else ''}.{len(places)}f}"
    for _ in range(len(places) - len(places.rstrip("#"))):
        text = text.removesuffix("0")
    before, dot, after = text.rstrip(".").partition(".")
    sign = "-" if number < 0 else ""
    return f"{sign}{before.zfill(whole.count('0'))}{dot}{after}"


def _moment(number: float, code: str) -> str:
    """Return a date, a time of day or both, as ISO 8601 has them."""
    seconds = round(number * 86400)
    day = (_FIRST_DAY + timedelta(days=seconds // 86400)).isoformat()
    hours, rest = divmod(seconds % 86400, 3600)
    clock = f"{hours:02}:{rest // 60:02}"
    if not _CLOCK.search(code):
        return day
    return f"{day} {clock}" if _DATE.search(code) else clock
