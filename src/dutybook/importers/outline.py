"""Segments to positions: which headings name one, and what stands below each.

Pure. What stands before the first position, between and after them is given back too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from dutybook.importers import candidates, headings, lexicon, words
from dutybook.importers.base import Sureness
from dutybook.importers.candidates import Candidate, is_general, of_field
from dutybook.importers.labels import UNITS
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.segments import Segment

_COLON: Final = re.compile("[:：]")
_PARTS: Final = frozenset(("编", "篇", "部分", "章"))
_TITLE_LENGTH: Final = 40
_CONTINUED: Final = re.compile(r"\s*[（(]?[接续][续上]?[表页]?[）)]?$")
_EVERYBODY: Final = re.compile(
    "(?:各类|全体)?(?:工作人员|从业人员|员工|职工|人员|各?岗位)(?:分工)?$"
)
_FORM_TITLE: Final = re.compile(
    "(?:岗位|职位|职务)(?:职责)?说明|(?:岗位|职位|职务|工作)(?:职责)?(?:说明|描述)[表书]+"
)


@dataclass(slots=True)
class Position:
    """A position as it was found: its heading, and the segments below it."""

    title: str
    sure: Sureness
    heading: Segment
    variant: str = ""
    rest: str = ""
    content: list[Segment] = field(default_factory=list)
    collection: bool = False
    truncated: bool = False
    unit: str = ""


@dataclass(slots=True)
class Outline:
    """The positions of a file, the headings above them, and what belongs to none."""

    positions: list[Position]
    titles: list[Segment]
    outside: list[Segment]
    units: list[Segment] = field(default_factory=list)


def build(segments: Sequence[Segment]) -> Outline:
    """Return the positions of a file."""
    segments = _with_values(segments)
    possible = [candidates.of_segment(segment) for segment in segments]
    chosen = headings.chosen(segments, possible)
    _leave_unlabelled(segments, chosen)
    outline = _collected(segments, chosen)
    _settle(outline)
    outline.positions = [one for position in outline.positions for one in _apart(position)]
    return outline


def _apart(position: Position) -> list[Position]:
    """Return the positions that one heading names together, each with all that stands below it."""
    titles = [title.strip() for title in position.title.split("、")]
    if len(titles) < 2 or not all(map(words.is_title, titles)):
        return [position]
    return [replace(position, title=title, content=[*position.content]) for title in titles]


def _leave_unlabelled(segments: Sequence[Segment], chosen: Sequence[Candidate | None]) -> None:
    """Give `岗位一：` back to the text of what is no position after all: it numbers no duty."""
    for segment, one in zip(segments, chosen, strict=True):
        if one is None and segment.style in {"ordinal 岗位", "ordinal 职位"}:
            segment.text, segment.mark, segment.label = segment.printed, "", ""
            segment.style, segment.value = "", ()


def _with_values(segments: Sequence[Segment]) -> list[Segment]:
    """Join `岗位名称` and the title that stands in the next cell or line."""
    joined: list[Segment] = []
    for segment in segments:
        before = joined[-1] if joined else None
        if (
            before is not None and not segment.mark and len(segment.text) <= _TITLE_LENGTH
            and segment.force in {"", "text"} and before.force in {"", "section"}
            and not before.level
            and words.section_key(before.text, weak=before.force == "section") == "title"
            and words.section_key(segment.text, weak=True) is None
        ):  # fmt: skip
            before.text = f"{before.text.rstrip(':： ')}：{segment.text}"
            before.force = ""
        else:
            joined.append(segment)
    return joined


def _collected(segments: Sequence[Segment], chosen: Sequence[Candidate | None]) -> Outline:
    """Give every position the segments below it."""
    outline = Outline([], [], [])
    current: Position | None = None
    inside: set[str] = set()
    outer: dict[str, int] = {}
    unit: Segment | None = None
    is_below_title = False
    for segment, candidate in zip(segments, chosen, strict=True):
        if segment.force == "note":
            outline.outside.append(segment)
            continue
        if candidate is None and _is_title_of_form(segment):
            outline.titles.append(segment)
            is_below_title = True
            continue
        segment.gap = segment.gap or is_below_title
        is_below_title = False
        if candidate is not None and current is not None and _continues(candidate, current):
            outline.titles.append(segment)
            continue
        if candidate is not None:
            leading = _leading_fields(segment, current, outline)
            current = Position(
                candidate.title, _sureness(candidate), segment, candidate.variant, candidate.rest,
                collection=candidate.collection,
                unit=unit.text if unit and not _same_level(unit, segment) else "",
            )  # fmt: skip
            current.content = leading
            outline.positions.append(current)
            inside = set()
            continue
        if current is not None and _closes(segment, current, inside, outer):
            current = None
        if current is None:
            if unit is None or _same_level(unit, segment):
                unit = segment if _is_unit(segment) else None
            (outline.units if segment is unit else outline.outside).append(segment)
            if segment.style:
                outer[segment.style] = segment.number
        else:
            current.content.append(segment)
            if segment.style:
                inside.add(segment.style)
    return outline


def _continues(candidate: Candidate, position: Position) -> bool:
    """Tell whether a heading names the position above once more: 柜员（续）."""
    title = _CONTINUED.sub("", candidate.title)
    return title != candidate.title and fold(title) == fold(position.title)


def _is_title_of_form(segment: Segment) -> bool:
    title = "".join(words.bare(segment.text[:30]).split())
    return not segment.mark and _FORM_TITLE.fullmatch(title) is not None


def _is_unit(segment: Segment) -> bool:
    return bool((segment.mark and segment.value) or segment.level) and words.is_unit(segment.text)


def _same_level(one: Segment, other: Segment) -> bool:
    return one.style == other.style and one.level == other.level


def _leading_fields(segment: Segment, current: Position | None, outline: Outline) -> list[Segment]:
    """Take what a form says before the name of the position: its number, its department."""
    before = current.content if current is not None else outline.outside
    if not of_field(segment.text):
        return []
    start = len(before)
    while start and _leads(before[start - 1]):
        start -= 1
    if start >= len(before) or not (before[start].gap or not outline.positions):
        return []
    taken = before[start:]
    del before[start:]
    return taken


def _leads(segment: Segment) -> bool:
    name = _COLON.split(segment.text)[0].split(" ")[0]
    key = words.section_key(name, weak=True)
    is_head = key == "" and words.is_of_head(name)
    return len(segment.text) <= 60 and (is_head or (key == "unit" and not segment.mark))


def _sureness(candidate: Candidate) -> Sureness:
    return {3: Sureness.SURE, 2: Sureness.LIKELY}.get(candidate.strength, Sureness.GUESS)


def _closes(segment: Segment, position: Position, inside: set[str], outer: dict[str, int]) -> bool:
    """Tell whether a segment stands above the position that is open."""
    if segment.force == "sheet":
        return True
    if (
        is_general(segment.text) and (segment.mark or segment.level)
        and segment.style not in inside
        and (position.content or words.section_key(segment.text, weak=True) is None)
    ):  # fmt: skip
        return True
    level = position.heading.level
    if segment.level and level and segment.level <= level:
        return words.section_key(segment.text, weak=True) is None
    if not segment.style or segment.style in inside:
        return False
    if segment.style == position.heading.style and segment.number == position.heading.number + 1:
        name = _COLON.split(segment.text)[0]
        own = words.own_section_key(name, words.bare(position.title))
        return words.section_key(name, weak=False) is None and own is None
    kind, _, unit = segment.style.partition(" ")
    own_kind, _, own_unit = position.heading.style.partition(" ")
    if kind == own_kind == "ordinal":
        return UNITS.index(unit) < UNITS.index(own_unit)
    if kind == "ordinal" and unit in _PARTS and position.heading.mark and segment.starts_line:
        return True
    if kind == own_kind == "decimal":
        return len(segment.value) < len(position.heading.value)
    if segment.style not in outer or not segment.value or not position.heading.style:
        return False
    return segment.number == outer[segment.style] + 1


def _settle(outline: Outline) -> None:
    """Take headings that only stand above others for titles of the document."""
    kept: list[Position] = []
    positions = outline.positions
    for index, position in enumerate(positions):
        following = positions[index + 1] if index + 1 < len(positions) else None
        has_labels = any(one.mark or one.force for one in position.content)
        is_empty = not position.rest and all(_only_heads(one) for one in position.content)
        says_the_same = (
            following is not None
            and not position.variant
            and fold(following.title) == fold(position.title)
        )
        of_collection = position.collection and not any(
            one.force or candidates.SENTENCE.intersection(one.text) for one in position.content
        )
        is_of_manual = index == 0 and (_is_of_bank(position) or (not has_labels and says_the_same))
        if following is not None and (is_empty or of_collection or is_of_manual):
            outline.titles.append(position.heading)
            (outline.titles if is_empty else outline.outside).extend(position.content)
        else:
            kept.append(position)
    outline.positions = kept


def _is_of_bank(position: Position) -> bool:
    """Tell whether what looks like a position is the bank, with a few words below its name."""
    title = _EVERYBODY.sub("", position.title)
    sentences = sum(bool(candidates.SENTENCE.intersection(one.text)) for one in position.content)
    is_bank = lexicon.OF_BANK.search(title) is not None
    return (
        (is_bank or not words.is_title(title)) and sentences < 2
        and not any(one.mark or one.force in {"section", "duty"} for one in position.content)
    )  # fmt: skip


def _only_heads(segment: Segment) -> bool:
    text = segment.text
    if segment.mark or segment.force == "duty":
        return False
    return words.duties_of(text) is not None or words.section_key(text, weak=True) is not None
