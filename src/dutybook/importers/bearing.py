"""Which labels of a line its neighbours bear out: what counts on is one, a number in a text is not.

Pure. What may be a label by itself is told by `labels`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dutybook.importers import labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.labels import Label

AHEAD: Final = 40
"""So many labels ahead bear out one."""
_GREATEST_GAP: Final = 3
_LIKELY: Final = 30  # so many duties a list may have
_TELLING: Final = frozenset(("、", "()", ")", "single", "是"))  # that few numbers in a text have
_TITLE_LENGTH: Final = 10  # of a chapter, before its first article
_FIRST: Final = frozenset(((1, 1), (1, 1, 1)))


class Bearing:
    """Goes through the lines of a file, and knows how far each style of labels has counted."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, ...]] = {}

    def accepted(
        self, text: str, start: Label | None, upcoming: Sequence[Label | None]
    ) -> list[Label]:
        """Return the labels of a line, of which `start` may be the one that it begins with.

        `upcoming` are those that the lines below begin with, None for a line without.
        """
        found: list[Label] = []
        if start and self._may_begin(start, upcoming):
            found.append(start)
            self._carry(start)
        candidates = list(labels.inside(text, start.end if start else 0))
        for index, label in enumerate(candidates):
            if found and label.start < found[-1].end:
                continue
            later = candidates[index + 1 : index + AHEAD]
            if self._is_label(text, label, later, upcoming, found):
                found.append(label)
                self._carry(label)
        return found

    def _carry(self, label: Label) -> None:
        self._last[label.style] = label.value
        if label.roman_style:
            self._last[label.roman_style] = (label.roman,)

    def _may_begin(self, start: Label, upcoming: Sequence[Label | None]) -> bool:
        """Tell whether what a line begins with is no number of its text: 3.15活动, 618促销."""
        kind, _, wrapper = start.style.rpartition(" ")
        is_doubtful = kind == "decimal" or wrapper == "," or (
            kind == "digits" and start.number > _LIKELY
        )  # fmt: skip
        if not is_doubtful or start.number == 1 or self._succeeds(start):
            return True
        mates = (one for one in upcoming if one and one.family == start.family)
        return _goes_on(self._last.get(start.style, ()), start.value) or any(
            _goes_on(start.value, one.value) for one in mates
        )

    def _is_label(
        self, text: str, label: Label, later: list[Label], upcoming: Sequence[Label | None],
        found: list[Label],
    ) -> bool:  # fmt: skip
        """Tell whether what stands inside a line is a label."""
        kind, _, wrapper = label.style.rpartition(" ")
        if kind == "bullet":
            return True
        styles = {label.style, label.roman_style or label.style}
        mates = [one for one in later if one.style in styles or one.roman_style in styles]
        if mates and mates[0].start - label.end < 2:
            return False  # A、B、C of a list of letters, not of paragraphs
        if len(found) == 1 and label.start == found[0].end and _starts(text, found[0]):
            return label.number == 1
        bounded = labels.is_bounded(text, label)
        if kind == "decimal":
            return bounded or self._succeeds(label)
        last = self._last.get(label.style, ())
        number = label.number
        run = _run(label, mates, upcoming)
        is_first = number == 1 or label.roman == 1
        follows = len(last) == 1 and number == last[0] + 1
        skips = bool(last) and last[0] + 1 < number <= last[0] + 1 + _GREATEST_GAP
        if label.roman and not follows:
            as_roman = self._last.get(label.roman_style)
            follows = as_roman is not None and label.roman == as_roman[0] + 1
        if wrapper == "blank":
            return bounded and ((is_first and run >= 2) or (follows and number > 1))
        if kind == "ordinal":
            after_heading = bool(found) and label.start - found[-1].end <= _TITLE_LENGTH
            bounded = bounded or after_heading
            return is_first or follows or (bounded and not last) or (bounded and skips)
        if is_first:
            if bounded:
                return run >= 1 or wrapper in {"、", "()", "single"}
            return run >= (1 if wrapper in _TELLING else 2)
        if follows:
            return bounded or wrapper in _TELLING
        before = text[max(label.start - 8, 0) : label.start].rstrip()
        return skips and before[-1:] in tuple("。；;！!") and bool(found)

    def _succeeds(self, label: Label) -> bool:
        """Tell whether a decimal number comes next after one that was seen."""
        value = label.value
        return value in _FIRST or any(
            value == (*known, 1)
            or (
                len(known) >= len(value) > 1
                and known[: len(value) - 1] == value[:-1]
                and value[-1] == known[len(value) - 1] + 1
            )
            for known in self._last.values()
        )


def _goes_on(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Tell whether a number comes some after another of the same list."""
    return before[:-1] == after[:-1] and bool(before) and (
        0 < after[-1] - before[-1] <= _GREATEST_GAP
    )  # fmt: skip


def _run(label: Label, mates: list[Label], upcoming: Sequence[Label | None]) -> int:
    """Return how many labels count on from one, on its line and at the start of those below."""
    wanted = label.number + 1
    by_roman = (label.roman or -1) + 1
    run = 0
    for one in [*mates, *(one for one in upcoming if one and _is_mate(one, label))]:
        if one.number == 1 or (one.roman == 1 and by_roman):
            break
        if one.number == wanted or (by_roman and one.roman == by_roman):
            run += 1
            wanted, by_roman = wanted + 1, by_roman + 1
    return run


def _is_mate(one: Label, label: Label) -> bool:
    return one.family == label.family or bool(label.roman and one.roman_style == label.roman_style)


def _starts(text: str, label: Label) -> bool:
    """Tell whether nothing but blanks stands before a label."""
    return label.start == 0 or (text[0].isspace() and not text[: label.start].strip())
