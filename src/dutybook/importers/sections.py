"""What stands below a position, divided into sections: purpose, duties, qualifications and so on.

Pure. A heading is one by its words, or by the label it shares with headings that are.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from dutybook.importers import lexicon, words
from dutybook.importers.base import Dropped, Reason, Unclear
from dutybook.text import fold

if TYPE_CHECKING:
    from dutybook.importers.outline import Position
    from dutybook.importers.segments import Segment

_COLON: Final = re.compile(r"\s*[:：]\s*")
_BRACKET: Final = re.compile(r"[【\[〖［]([^】\]〗］]{1,30})[】\]〗］][:：]?\s*")
_ENGLISH: Final = re.compile(r"([^\s:：()（）]{2,20})\s*[\(（][A-Za-z&.,' /-]+[\)）]\s*[:：]?\s*")
_BLANK: Final = re.compile(r"(\S{2,20})[ \t\u3000]+(?=\S)")
_CLAUSE: Final = re.compile("[。；;，,]")
_CATEGORY: Final = re.compile(r"(.*[。；;])\s+([^。；;]{1,12})", re.DOTALL)
_HEADING_LENGTH: Final = 24
_NAME_LENGTH: Final = 8  # of a field whatever it is called
_FIELD_LENGTH: Final = 40
NAMED: Final = frozenset(("ordinal 职责", "ordinal 任务"))
"""The styles of labels that say that they number duties: 职责一："""


@dataclass(slots=True)
class Part:
    """A section of a position: its key, how its heading is printed, and what stands in it.

    It has `said` its piece where that stands beside its heading.
    """

    key: str
    heading: Segment | None = None
    title: str = ""
    content: list[Segment] = field(default_factory=list)
    said: bool = False


class _Heading(NamedTuple):
    """What a heading says: the key it stands for, its name, and what stands beside it."""

    key: str
    title: str
    value: str


def divided(position: Position, dropped: list[Dropped], unclear: list[Unclear]) -> list[Part]:
    """Return the sections of what stands below a heading; what is in none is listed."""
    divider = _Divider(position, dropped, unclear)
    for index in range(len(divider.content)):
        divider.take(index)
    return divider.parts


class _Divider:
    """Goes through the segments of one position, and puts each into a section."""

    def __init__(self, position: Position, dropped: list[Dropped], unclear: list[Unclear]) -> None:
        self.dropped = dropped
        self.unclear = unclear
        self.own = words.bare(position.title)
        self.content = list(position.content)
        if position.rest:
            first = position.heading
            self.content.insert(0, type(first)(position.rest, first.place, gap=True))
        self.parts = [Part("duties")]
        self.has_duties = False
        self.in_duties: set[str] = set()  # the styles of labels that number duties
        self.last: tuple[str, int] | None = None  # the label of the last heading
        self.is_flat_table = False
        names = [halves(one.text)[0] for one in self.content]
        keys = [self._key(name, weak=True) for name in names]
        sure = [
            key if key is None else self._key(name, weak=False)
            for name, key in zip(names, keys, strict=True)
        ]
        self.levels = {
            one.level
            for one, key in zip(self.content, keys, strict=True)
            if one.level and key is not None
        }
        self.styles = {
            one.style for one, key in zip(self.content, sure, strict=True)
            if key is not None and one.style and one.value
        }  # fmt: skip
        for style in {one.style for one in self.content if one.value} - self.styles:
            of_style = [
                key for one, key in zip(self.content, keys, strict=True) if one.style == style
            ]
            if None not in of_style and "duties" in of_style and len(of_style) > 1:
                self.styles.add(style)  # ordinary words, all of which name sections
        self.announced = "duties" in sure
        self.times = Counter(name for name, key in zip(names, keys, strict=True) if key is not None)

    @property
    def part(self) -> Part:
        """The section that is open."""
        return self.parts[-1]

    def _key(self, name: str, *, weak: bool) -> str | None:
        """Return the key a heading stands for, be it of this position by name."""
        key = words.section_key(name, weak=weak)
        return words.own_section_key(name, self.own) if key is None else key

    def take(self, index: int) -> None:
        """Put one segment where it belongs."""
        segment = self.content[index]
        following = self.content[index + 1] if index + 1 < len(self.content) else None
        if not segment.mark and not segment.force and words.are_columns(segment.text):
            self._begin_flat_table(segment, index + 1)
            return
        if self.is_flat_table and segment.style == "digits blank":
            segment = self._without_category(segment)
        if self._begins_duties(segment):
            self.announced = True
            self.parts.append(Part("duties"))
        heading = self._heading(segment, following)
        if heading is not None:
            self._open(segment, heading)
            return
        self.part.content.append(segment)
        if self.part.key == "duties":
            self.has_duties = True
            self.in_duties |= {segment.style} if segment.style else set()

    def _open(self, segment: Segment, heading: _Heading) -> None:
        """Begin a section, unless the heading is one of several above the parts of one."""
        key, title, value = heading
        part = self.part
        is_of_part = part.key == key == "duties" and part.content and not value
        before = part.content[-1].style.removeprefix("row ") if part.content else ""
        if is_of_part and (self.times[title] > 1 or before in NAMED):
            self.dropped.append(Dropped(segment.printed, segment.place, Reason.HEADING))
            return
        self.parts.append(Part(key, segment, title))
        self.last = (segment.style, segment.number) if segment.style else None
        if value:
            self.part.content.append(type(segment)(value, segment.place, gap=True))
            self.part.said = not value.endswith((":", "："))

    def _begins_duties(self, segment: Segment) -> bool:
        """Tell whether the duties begin with a segment, though no heading says so."""
        if self.part.key == "duties":
            return False
        heading = self.part.heading
        in_form = (
            heading is not None and heading.force == "section"
            and bool(self.part.content) and not self.has_duties
        )  # fmt: skip
        begins_list = (self.part.said or in_form) and segment.mark and segment.is_first
        return (
            segment.force == "duty"
            or segment.style in NAMED
            or bool(not self.announced and begins_list)
        )

    def _begin_flat_table(self, segment: Segment, index: int) -> None:
        """Begin the duties below the headings of a table that was copied as text."""
        self.parts.append(Part("duties", segment, segment.text))
        self.is_flat_table = True
        if index < len(self.content) and not self.content[index].mark:
            category = self.content[index]
            self.unclear.append(Unclear(category.text, category.place))
            self.content[index] = replace(category, text="")

    def _without_category(self, segment: Segment) -> Segment:
        """Take the category of the next row of such a table off the end of a duty."""
        found = _CATEGORY.fullmatch(segment.text)
        if found is None:
            return segment
        self.unclear.append(Unclear(found[2], segment.place))
        return replace(segment, text=found[1])

    def _heading(self, segment: Segment, following: Segment | None) -> _Heading | None:
        """Return what a heading of a section says, None where a segment is none."""
        return (
            self._by_words(segment, following)
            or self._by_level(segment)
            or self._by_label(segment)
            or self._by_field(segment)
            or self._by_list(segment, following)
        )

    def _by_words(self, segment: Segment, following: Segment | None) -> _Heading | None:
        if segment.force in {"duty", "text"}:
            return None
        name, value = halves(segment.text)
        if segment.force == "section":
            return _Heading(self._key(name, weak=True) or "", name, value)
        key = self._key(name, weak=True)
        if key is None:
            return None
        part = self.part
        in_contacts = part.key.startswith("contacts")
        at_head = (part is self.parts[0] and not part.content) or part.said
        above_list = following is not None and bool(following.mark) and following.is_first
        has_colon = bool(_COLON.search(segment.text)) and not value
        weak = (
            segment.style in self.styles - self.in_duties if segment.style
            else bool(has_colon or segment.level or (in_contacts and value))
            or _ENGLISH.match(segment.text) is not None
            or (at_head and 0 < len(value) <= _FIELD_LENGTH and not re.search("[。；;]", value))
            or (part.key != "duties" and _COLON.match(segment.text, len(name)) is not None)
        )  # fmt: skip
        if key and not segment.style:  # an ordinary word, and yet a heading where it stands
            weak = (
                weak
                or (not value and (above_list or segment.gap))
                or (at_head and key == "duties" and (bool(value) or part is self.parts[0]))
            )
        if self._key(name, weak=weak or in_contacts) is None:
            return None
        if part.key == "qualifications" and key == "" and fold(name) in lexicon.OF_QUALIFICATIONS:
            return None
        if segment.style.startswith("bullet") and part.key == "duties" and value:
            return None
        return _Heading(key, name, value)

    def _by_level(self, segment: Segment) -> _Heading | None:
        if segment.level and segment.level in self.levels:
            return _Heading("", segment.text, "")
        return None

    def _by_label(self, segment: Segment) -> _Heading | None:
        """Take what goes on counting from the last heading for one."""
        if segment.force or segment.style in self.in_duties:
            return None
        if self.last is None:
            begins = segment.style in self.styles and segment.number == 1
            if not begins or self.part is not self.parts[0] or self.part.content:
                return None
        elif (segment.style, segment.number) != (self.last[0], self.last[1] + 1):
            return None
        name, value = halves(segment.text)
        is_name = 0 < len(name) <= _HEADING_LENGTH and not _CLAUSE.search(name)
        return _Heading("", name, value) if is_name else None

    def _by_field(self, segment: Segment) -> _Heading | None:
        """Take a name with a value for a field where the duties have a heading of their own."""
        if self.part is not self.parts[0] or not self.announced or segment.mark or segment.force:
            return None
        name, value = halves(segment.text)
        is_field = 2 <= len(name) <= _NAME_LENGTH and value and _COLON.search(segment.text)
        return _Heading("", name, value) if is_field and not _CLAUSE.search(name) else None

    def _by_list(self, segment: Segment, following: Segment | None) -> _Heading | None:
        """Take a text without label for a heading above a list of its own, after another list."""
        part = self.part
        if (
            part.key != "duties" and not segment.mark and not segment.force
            and len(segment.text) <= _HEADING_LENGTH
            and segment.starts_line and not _CLAUSE.search(segment.text)
            and following is not None and following.number == 1
            and any(one.style == following.style for one in part.content)
        ):  # fmt: skip
            name, value = halves(segment.text)
            return _Heading("", name, value) if name else None
        return None


@lru_cache(maxsize=1 << 12)  # a position asks twice for each of its texts
def halves(text: str) -> tuple[str, str]:
    """Return what stands before the first colon or blank of a field, and what after it."""
    text = text.strip()
    if words.section_key(text, weak=True) is not None:
        return text.rstrip(":："), ""
    bracket = _BRACKET.match(text)
    if bracket:
        return bracket[1], text[bracket.end() :]
    english = _ENGLISH.match(text)
    if english and words.section_key(english[1], weak=True) is not None:
        return text[: english.end()].rstrip(": ："), text[english.end() :]
    colon = _COLON.search(text)
    name, value = (text[: colon.start()], text[colon.end() :]) if colon else (text, "")
    blank = _BLANK.match(text)
    is_name = bool(colon) and words.section_key(name, weak=True) is not None
    if blank and not is_name and words.section_key(blank[1], weak=False) is not None:
        return blank[1], text[blank.end() :].lstrip(":： ")
    return name, value
