"""The segments of a list of duties to a tree, whichever way the styles of labels are nested.

The order of the styles is read off the list itself: what goes on counting over another that begins
anew stands above it. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dutybook.importers import words
from dutybook.importers.labels import UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.segments import Segment

_HEADING_LENGTH: Final = 24
_ROW: Final = "row "  # of a table: it stands above what is listed inside its cells
_SENTENCE: Final = frozenset("。；;！？!?，,")


@dataclass(slots=True)
class Node:
    """A segment, the paragraphs that go on with it, and the parts below it."""

    segment: Segment
    paragraphs: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def own(self) -> list[str]:
        """What the node says itself, a text a paragraph."""
        return [text for text in (self.segment.text, *self.paragraphs) if text]


def build(segments: Sequence[Segment]) -> list[Node]:
    """Return the nodes at the top of a list of duties."""
    styles = _resolved(segments)
    above = _relation(segments, styles)
    top: list[Node] = []
    stack: list[tuple[str, int, Node]] = []
    for index, (segment, style) in enumerate(zip(segments, styles, strict=True)):
        node = Node(segment)
        rank = segment.values.get("rank", "")
        if segment.force == "duty" and not rank and stack and stack[0][0] == "group":
            stack = []
        if segment.force == "duty" and not segment.value:
            if rank == "inner":
                while stack and stack[-1][2].segment.values.get("rank") != "group":
                    stack.pop()
            else:
                stack = []
            (stack[-1][2].children if stack else top).append(node)
            stack.append((rank if rank == "group" else "row", 0, node))
        elif not segment.mark and not segment.value:
            if _heads(segments, index) and not _is_within(segments, styles, index, stack):
                top.append(node)
                stack = [("heading", 0, node)]
            elif _goes_on_above(segment, stack):
                top.append(node)
                stack = []
            elif stack and stack[-1][0] != "heading":
                stack[-1][2].paragraphs.append(segment.text)
            else:
                stack = stack[:1] if stack else []
                (stack[0][2].children if stack else top).append(node)
        else:
            _put(node, style, segments, index, stack, top, above)
    return top


def _put(
    node: Node, style: str, segments: Sequence[Segment], index: int,
    stack: list[tuple[str, int, Node]], top: list[Node], above: _Relation,
) -> None:  # fmt: skip
    number = _counted(segments[index], style)
    if not _is_nested(node.segment, number, style, stack):
        depths = [depth for depth, (one, _, _) in enumerate(stack) if one == style]
        if len(depths) > 1:  # a list inside a list of the same style: whichever goes on
            fitting = [one for one in depths if _goes_on(node.segment, number, stack[one])]
            level = [one for one in fitting if stack[one][2].segment.indent == node.segment.indent]
            del stack[(level or fitting or depths)[-1] + 1 :]
        while stack and stack[-1][0] != style and not above.holds(stack[-1][0], style):
            stack.pop()
        if stack and stack[-1][0] == style:
            stack.pop()
    (stack[-1][2].children if stack else top).append(node)
    stack.append((style, number, node))


def _is_nested(
    segment: Segment, number: int, style: str, stack: Sequence[tuple[str, int, Node]]
) -> bool:
    """Tell whether a list begins inside the last entry of one of the same style."""
    if not stack or stack[-1][0] != style:
        return False
    _, before, node = stack[-1]
    is_deeper = segment.indent > node.segment.indent
    if not segment.value:  # a bullet
        return is_deeper
    is_lead_in = "".join(node.own[-1:]).endswith((":", "："))
    return number == 1 and before >= 1 and (is_deeper or is_lead_in)


def _goes_on(segment: Segment, number: int, entry: tuple[str, int, Node]) -> bool:
    """Tell whether a label comes next after that of an entry of a list of its style."""
    _, before, node = entry
    if not segment.value:
        return segment.indent >= node.segment.indent
    return before + 1 == number


def _heads(segments: Sequence[Segment], index: int) -> bool:
    """Tell whether a text without label is the heading of a list of its own."""
    text = segments[index].text
    following = segments[index + 1] if index + 1 < len(segments) else None
    if following is None or not following.mark or len(text) > _HEADING_LENGTH:
        return False
    if _SENTENCE.intersection(text.rstrip(":：")):
        return False
    return following.is_first and bool(following.value) and segments[index].starts_line


def _goes_on_above(segment: Segment, stack: Sequence[tuple[str, int, Node]]) -> bool:
    """Tell whether a text goes on a list without labels, above that inside its last entry."""
    if len(stack) < 2 or stack[0][0] != "heading":
        return False
    lead_in = stack[0][2].segment.text
    return (
        lead_in.endswith((":", "：")) and words.begins_with_verb(lead_in)
        and lead_in[:2] == segment.text[:2] and segment.text[-1:] in tuple("。；;")
    )  # fmt: skip


def _is_within(
    segments: Sequence[Segment], styles: Sequence[str], index: int,
    stack: Sequence[tuple[str, int, Node]],
) -> bool:  # fmt: skip
    """Tell whether a text above a list stands inside the entry before: that one's list goes on."""
    if not stack or styles[index + 1] == stack[0][0]:
        return False
    style, number, _ = stack[0]
    for segment, one in zip(segments[index + 1 :], styles[index + 1 :], strict=True):
        if one == style:
            return _counted(segment, one) == number + 1
    return False


def _resolved(segments: Sequence[Segment]) -> list[str]:
    """Return the style of each label; the sequence tells Roman numerals and slips of the marks."""
    styles: list[str] = []
    last: dict[str, int] = {}
    families: dict[str, tuple[str, int]] = {}
    for segment in segments:
        style = segment.style
        if not segment.value:
            styles.append(style)
            continue
        if segment.roman:
            roman = style if " Roman" in style else style.replace(" ", " Roman ", 1)
            as_letter = last.get(style, 0) + 1 == segment.number
            follows = segment.roman in {1, last.get(roman, 0) + 1}
            if " Roman" in style or (not as_letter and follows):
                style = roman
        number = _counted(segment, style)
        family = _family(style)
        known, count = families.get(family, (style, 0))
        is_slip = style not in last or (count + 1 == number and last[style] != number - 1)
        if known != style and number > 1 and is_slip:
            style = known  # `2.` after `1、` is one
        elif style not in last and number > 1 and not segment.value[1:] and "ordinal" not in style:
            kind = style.rpartition(" ")[0]  # and so is `3)`
            alike = [one for one in last if one.rpartition(" ")[0] == kind]
            style = next((one for one in alike if last[one] == number - 1), style)
        families[family] = (style, number)
        last[style] = number
        styles.append(style)
    return styles


def _counted(segment: Segment, style: str) -> int:
    return segment.roman if " Roman" in style and segment.roman else segment.number


def _family(style: str) -> str:
    kind, _, wrapper = style.rpartition(" ")
    return f"{kind} plain" if wrapper in {"、", ".", ":", ",", "blank"} else style


class _Relation:
    """Which style stands above which."""

    def __init__(self, order: dict[str, int], over: dict[tuple[str, str], int]) -> None:
        self.order = order
        self.over = over

    def holds(self, outer: str, inner: str) -> bool:
        """Tell whether labels of one style stand above those of another."""
        if outer in {"heading", "group"}:
            return True
        if outer == "row":
            return not inner.startswith(_ROW)
        if outer.startswith(_ROW) != inner.startswith(_ROW):
            return outer.startswith(_ROW)
        kind, _, unit = outer.removeprefix(_ROW).partition(" ")
        other_kind, _, other_unit = inner.removeprefix(_ROW).partition(" ")
        if kind == other_kind == "ordinal":
            return UNITS.index(unit) < UNITS.index(other_unit)
        if kind == other_kind == "decimal":
            return int(unit) < int(other_unit)
        difference = self.over[outer, inner] - self.over[inner, outer]
        if difference:
            return difference > 0
        return self.order[outer] < self.order[inner]


def _relation(segments: Sequence[Segment], styles: Sequence[str]) -> _Relation:
    order: dict[str, int] = {}
    over: dict[tuple[str, str], int] = defaultdict(int)
    last: dict[str, int] = {}
    since: dict[str, set[str]] = {}
    restarted: dict[str, set[str]] = {}
    for segment, style in zip(segments, styles, strict=True):
        if not segment.mark and not segment.value:
            continue
        order.setdefault(style, len(order))
        number = _counted(segment, style)
        is_bullet = not segment.value
        if style in last:
            if is_bullet:
                for other in restarted.get(style, ()):
                    over[style, other] += 1
            elif number > last[style]:  # it goes on over those
                for other in since[style]:
                    over[style, other] += 1
        last[style] = number
        since[style] = set()
        restarted[style] = set()
        for other in since:
            if other != style:
                since[other].add(style)
                if number == 1:
                    restarted[other].add(style)
    return _Relation(order, over)
