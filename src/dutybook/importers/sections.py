"""What stands below a position, divided into sections: purpose, duties, qualifications and so on.

Pure. A heading is one by its words, or by the label it shares with headings that are.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dutybook.importers import lexicon, words
from dutybook.importers.base import Dropped, Reason, Unclear
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.outline import Position
    from dutybook.importers.segments import Segment

_COLON: Final = re.compile(r"\s*[:：]\s*")
_BRACKET: Final = re.compile(r"[【\[〖［]([^】\]〗］]{1,30})[】\]〗］][:：]?\s*")
_ENGLISH: Final = re.compile(r"([^\s:：()（）]{2,20})\s*[\(（][A-Za-z&.,' /-]+[\)）]\s*[:：]?\s*")
_BLANK: Final = re.compile(r"(\S{2,20})[ \t\u3000]+(?=\S)")
_HEADING_LENGTH: Final = 24
_FIELD_LENGTH: Final = 40


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


def divided(position: Position, dropped: list[Dropped], unclear: list[Unclear]) -> list[Part]:
    """Return the sections of what stands below a heading; what is in none is listed."""
    part = Part("duties")
    parts = [part]
    content = list(position.content)
    if position.rest:
        first = position.heading
        content.insert(0, type(first)(position.rest, first.place, gap=True))
    titles = [halves(one.text)[0] for one in content]
    keys = [words.section_key(title, weak=True) for title in titles]
    heading_levels = {
        one.level for one, key in zip(content, keys, strict=True) if one.level and key is not None
    }
    sure = [
        (one, key)
        for one, key, title in zip(content, keys, titles, strict=True)
        if key is not None and words.section_key(title, weak=False) is not None
    ]
    heading_styles = {one.style for one, _ in sure if one.style and one.value}
    announced = any(key == "duties" for _, key in sure)
    times = Counter(title for title, key in zip(titles, keys, strict=True) if key is not None)
    in_duties: set[str] = set()
    last: tuple[str, int] | None = None
    flat = False
    for number, segment in enumerate(content):
        if not segment.mark and not segment.force and words.are_columns(segment.text):
            part = Part("duties", segment, segment.text)
            parts.append(part)
            flat = True
            following = content[number + 1] if number + 1 < len(content) else None
            if following is not None and not following.mark:
                unclear.append(Unclear(following.text, following.place))
                following.text = ""
            continue
        if flat and segment.style == "digits blank":
            _without_category(segment, unclear)
        is_list = not announced and part.said and segment.mark and segment.is_first
        if part.key != "duties" and (segment.force == "duty" or is_list):
            announced = True
            part = Part("duties")
            parts.append(part)
        at_head = (part is parts[0] and not part.content) or part.said
        following = content[number + 1] if number + 1 < len(content) else None
        above = following is not None and bool(following.mark) and following.is_first
        found = _heading(
            segment, heading_styles - in_duties, part, at_head=at_head, above_list=above
        )
        if found is None and segment.level and segment.level in heading_levels:
            found = ("", segment.text, "")
        if (
            found is None and last and segment.style == last[0] and segment.style not in in_duties
            and segment.number == last[1] + 1
        ):  # fmt: skip
            name, value = halves(segment.text)
            if 0 < len(name) <= _HEADING_LENGTH and not re.search("[。；;，,]", name):
                found = ("", name, value)
        if found is None and part.key != "duties" and _begins_anew(content, number, part):
            found = ("", *halves(segment.text))
        if found is None:
            part.content.append(segment)
            if segment.style and part.key == "duties":
                in_duties.add(segment.style)
            continue
        key, title, value = found
        if key == part.key == "duties" and part.content and times[title] > 1 and not value:
            dropped.append(Dropped(segment.printed, segment.place, Reason.HEADING))
            continue
        part = Part(key, segment, title)
        parts.append(part)
        last = (segment.style, segment.number) if segment.style else None
        if value:
            part.content.append(type(segment)(value, segment.place, gap=True))
            part.said = not value.endswith((":", "："))
    return parts


def _begins_anew(content: Sequence[Segment], index: int, part: Part) -> bool:
    """Tell whether a text without label stands above a list of its own, after another list."""
    segment = content[index]
    following = content[index + 1] if index + 1 < len(content) else None
    return (
        not segment.mark and not segment.force and len(segment.text) <= _HEADING_LENGTH
        and halves(segment.text)[0] != ""
        and segment.starts_line and not re.search("[。；;，,]", segment.text)
        and following is not None and following.number == 1
        and any(one.style == following.style for one in part.content)
    )  # fmt: skip


def _without_category(segment: Segment, unclear: list[Unclear]) -> None:
    """Take the category of the next row of a table copied as text off the end of a duty."""
    found = re.fullmatch(r"(.*[。；;])\s+([^。；;]{1,12})", segment.text, re.DOTALL)
    if found:
        segment.text = found[1]
        unclear.append(Unclear(found[2], segment.place))


def halves(text: str) -> tuple[str, str]:
    """Return what stands before the first colon or blank of a field, and what after it."""
    text = text.strip()
    bracket = _BRACKET.match(text)
    if bracket:
        return bracket[1], text[bracket.end() :]
    english = _ENGLISH.match(text)
    if english and words.section_key(english[1], weak=True) is not None:
        return text[: english.end()].rstrip(": ："), text[english.end() :]
    colon = _COLON.search(text)
    name, value = (text[: colon.start()], text[colon.end() :]) if colon else (text, "")
    blank = _BLANK.match(text)
    if blank and words.section_key(blank[1], weak=False) is not None:
        return blank[1], text[blank.end() :].lstrip(":： ")
    return name, value


def _heading(
    segment: Segment, styles: set[str], part: Part, *, at_head: bool, above_list: bool
) -> tuple[str, str, str] | None:
    """Return key, title and value of a heading of a section, None where a segment is none."""
    if segment.force in {"duty", "text"}:
        return None
    name, value = halves(segment.text)
    if segment.force == "section":
        return words.section_key(name, weak=True) or "", name, value
    in_contacts = part.key.startswith("contacts")
    has_colon = bool(_COLON.search(segment.text)) and not value
    weak = (
        segment.style in styles if segment.style
        else bool(has_colon or segment.level or (in_contacts and value))
        or _ENGLISH.match(segment.text) is not None
        or (at_head and 0 < len(value) <= _FIELD_LENGTH and not re.search("[。；;]", value))
    )  # fmt: skip
    key = words.section_key(name, weak=True)
    if key and not segment.style:  # an ordinary word, and yet a heading where it stands
        weak = weak or (above_list and not value) or (at_head and key == "duties" and bool(value))
    if key is None or words.section_key(name, weak=weak or in_contacts) is None:
        return None
    if part.key == "qualifications" and key == "" and fold(name) in lexicon.OF_QUALIFICATIONS:
        return None
    if segment.style and segment.style.startswith("bullet") and part.key == "duties" and value:
        return None
    return key, name, value
