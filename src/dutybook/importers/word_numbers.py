"""Automatic numbers of Word, computed as Word prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dutybook.numbering import label, to_han

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _run(name: str) -> Callable[[int], str]:
    return lambda number: label(name, (number,))


def _letters(number: int) -> str:
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "chineseCounting": to_han,
    "chineseCountingThousand": to_han,
    "japaneseCounting": to_han,
    "taiwaneseCounting": to_han,
    "taiwaneseCountingThousand": to_han,
    "ideographDigital": to_han,
    "japaneseDigitalTenThousand": to_han,
    "ideographTraditional": _run("heavenly stems"),
    "decimalEnclosedCircle": _run("circled"),
    "decimalEnclosedCircleChinese": _run("circled"),
    "decimalEnclosedParen": _run("parenthesized"),
    "decimalEnclosedFullstop": _run("full stop"),
    "decimalFullWidth": lambda number: "".join(chr(0xFF10 + int(one)) for one in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(0xFF10 + int(one)) for one in str(number)),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": lambda number: label("small Roman", (number,)),
    "upperRoman": lambda number: label("capital Roman", (number,)),
    "chineseLegalSimplified": _run("financial Han"),
    "ideographZodiac": _run("earthly branches"),
}
BULLET: Final = "•"


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    is_legal: bool


class Numbers:
    """The counters of a document's lists."""

    def __init__(self, numbering: Element | None) -> None:
        """Read the definitions of the lists from `numbering.xml`."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._list_of: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is None:
            return
        by_style: dict[str, str] = {}
        links: dict[str, str] = {}
        for one in numbering.iter(f"{W}abstractNum"):
            name = one.get(f"{W}abstractNumId", "")
            self._levels[name] = dict(map(_level, one.findall(f"{W}lvl")))
            for link, table in (("styleLink", by_style), ("numStyleLink", links)):
                found = one.find(f"{W}{link}")
                if found is not None:
                    value = found.get(f"{W}val", "")
                    table[value if link == "styleLink" else name] = (
                        name if link == "styleLink" else value
                    )
        for name, style in links.items():
            if style in by_style:
                self._levels[name] = self._levels[by_style[style]]
        for one in numbering.findall(f"{W}num"):
            number = one.get(f"{W}numId", "")
            abstract = one.find(f"{W}abstractNumId")
            self._list_of[number] = abstract.get(f"{W}val", "") if abstract is not None else ""
            for override in one.findall(f"{W}lvlOverride"):
                at = _int(override.get(f"{W}ilvl"))
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._starts.setdefault(number, {})[at] = _int(start.get(f"{W}val"))
                level = override.find(f"{W}lvl")
                if level is not None:
                    own = f"{self._list_of[number]} of {number}"
                    self._levels[own] = {
                        **self._levels.get(self._list_of[number], {}), at: _level(level)[1]
                    }  # fmt: skip
                    self._list_of[number] = own

    def next(self, number: str, at: int) -> str:
        """Count on in a list and return what Word prints before the paragraph, "" for nothing."""
        name = self._list_of.get(number)
        levels = self._levels.get(name or "", {})
        level = levels.get(at)
        if name is None or level is None or number == "0":
            return ""
        counts = self._counts.setdefault(name, {})
        overrides = self._starts.get(number, {})
        if at in overrides and (number, at) not in self._begun:
            counts[at] = overrides[at] - 1
        self._begun.add((number, at))
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [one for one in counts if one > at]:
            del counts[deeper]
        if level.format == "bullet":
            return BULLET
        if level.format == "none":
            return level.text if "%" not in level.text else ""
        text = level.text
        for one in range(at, -1, -1):
            if f"%{one + 1}" in text:
                of = levels.get(one, level)
                count = counts.setdefault(one, of.start)
                kind = "decimal" if level.is_legal and one < at else of.format
                text = text.replace(f"%{one + 1}", _FORMATS.get(kind, str)(count))
        return text


def _level(element: Element) -> tuple[int, _Level]:
    def value(name: str, default: str = "") -> str:
        found = element.find(f"{W}{name}")
        return default if found is None else found.get(f"{W}val", "1")

    level = _Level(
        value("numFmt", "decimal"), value("lvlText"), _int(value("start", "1")),
        element.find(f"{W}isLgl") is not None,
    )  # fmt: skip
    return _int(element.get(f"{W}ilvl")), level


def _int(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdecimal() else 0
