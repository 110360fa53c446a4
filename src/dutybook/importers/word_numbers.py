"""Automatic numbers of Word, computed as Word prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dutybook.importers.word_formats import written

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET: Final = "•"
_DEPTHS: Final = range(9)  # of a list
_LONGEST: Final = 100  # what is printed around numbers
_OFF: Final = frozenset(("0", "false", "off"))


def value(element: Element | None, name: str) -> str:
    """Return the value of a child, "" where there is no such child or it has none."""
    found = element.find(f"{W}{name}") if element is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def number(text: str) -> int | None:
    """Return the number that an attribute has, None for none or one beyond all sense."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,10}", text) else None


def switched(element: Element | None, name: str) -> bool | None:
    """Tell whether a child switches something on or off, None where there is no such child."""
    found = element.find(f"{W}{name}") if element is not None else None
    return None if found is None else found.get(f"{W}val", "1") not in _OFF


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list; it restarts after a level below `restarts_after` was used."""

    format: str
    text: str
    start: int
    is_legal: bool
    style: str
    restarts_after: int
    indent: int  # in twips


@dataclass(frozen=True, slots=True)
class _List:
    """What paragraphs refer to: lists with the same `counter` go on counting one another."""

    counter: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbers:
    """The counters of a document's lists."""

    def __init__(self, numbering: Element | None) -> None:
        """Read the definitions of the lists from `numbering.xml`."""
        self._lists = _lists(numbering) if numbering is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def depth_of(self, name: str, style: str) -> int | None:
        """Return the level of a list that is tied to a style, None where none is."""
        levels = self._lists[name].levels if name in self._lists else {}
        return next((at for at, level in levels.items() if style and level.style == style), None)

    def indent(self, name: str, at: int) -> int:
        """Return how far in, in twips, paragraphs at a level of a list stand."""
        levels = self._lists[name].levels if name in self._lists else {}
        return levels[at].indent if at in levels else 0

    def next(self, name: str, at: int) -> str:
        """Count on in a list and return what Word prints before the paragraph, "" for nothing."""
        one = self._lists.get(name)
        if one is None or at not in one.levels:
            return ""
        counts = self._counts.setdefault(one.counter, {})
        self._count(name, one, at, counts)
        level = one.levels[at]
        if level.format == "bullet":
            return BULLET
        if level.format == "none":
            return level.text if "%" not in level.text else ""

        def printed(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            of = one.levels.get(depth, level)
            count = counts.setdefault(depth, of.start)
            return written(count, "decimal" if level.is_legal and depth < at else of.format)

        return re.sub(f"%([1-{at + 1}])", printed, level.text)

    def _count(self, name: str, one: _List, at: int, counts: dict[int, int]) -> None:
        """Count one paragraph, and have the deeper levels begin anew that do so after it."""
        is_first = (name, at) not in self._begun
        self._begun.add((name, at))
        if is_first and at in one.starts:
            counts[at] = one.starts[at]
        else:
            counts[at] = counts.get(at, one.levels[at].start - 1) + 1
        for deeper in [depth for depth in counts if depth > at]:
            if deeper not in one.levels or at < one.levels[deeper].restarts_after:
                del counts[deeper]


def _lists(numbering: Element) -> dict[str, _List]:
    """Return the lists of a document by the number that paragraphs refer to them with."""
    abstract = {
        one.get(f"{W}abstractNumId", ""): one for one in numbering.findall(f"{W}abstractNum")
    }
    by_style = {style: one for one in abstract.values() if (style := value(one, "styleLink"))}
    levels = {
        name: _levels(by_style.get(value(one, "numStyleLink"), one))
        for name, one in abstract.items()
    }
    found: dict[str, _List] = {}
    for one in numbering.findall(f"{W}num"):
        counter = value(one, "abstractNumId")
        own = dict(levels.get(counter, {}))
        starts: dict[int, int] = {}
        for override in one.findall(f"{W}lvlOverride"):
            own |= _levels(override)
            start = number(value(override, "startOverride"))
            if start is not None:
                starts[number(override.get(f"{W}ilvl", "")) or 0] = start
        found[one.get(f"{W}numId", "")] = _List(counter, own, starts)
    found.pop("0", None)  # says that a paragraph has no number
    return found


def _levels(element: Element) -> dict[int, _Level]:
    """Return the levels that a list, or an override of one, defines."""
    found = {}
    for one in element.findall(f"{W}lvl"):
        at = number(one.get(f"{W}ilvl", "")) or 0
        if at in _DEPTHS:
            found[at] = _level(one, at)
    return found


def _level(element: Element, at: int) -> _Level:
    start = number(value(element, "start"))
    after = number(value(element, "lvlRestart"))
    return _Level(
        _format(element), value(element, "lvlText")[:_LONGEST], 1 if start is None else start,
        bool(switched(element, "isLgl")), value(element, "pStyle"),
        at if after is None else min(after, at), _indent(element),
    )  # fmt: skip


def _indent(element: Element) -> int:
    """Return how far in, in twips, the paragraphs of a level stand."""
    found = element.find(f"{W}pPr/{W}ind")
    left = found.get(f"{W}left", found.get(f"{W}start", "")) if found is not None else ""
    return max(number(left) or 0, 0)


def _format(element: Element) -> str:
    """Return the format of a level; `001` where it is one with leading zeros."""
    for one in element.iter(f"{W}numFmt"):
        name = one.get(f"{W}val", "")
        if name != "custom":
            return name
        first = one.get(f"{W}format", "").partition(",")[0]
        if re.fullmatch("0{1,9}1", first):
            return first
    return "decimal"
