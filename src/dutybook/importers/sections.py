"""What stands below a position, divided into sections: purpose, duties, qualifications and so on.

Pure. A heading is one by its words, or by the label it shares with headings that are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dutybook.importers import lexicon, words
from dutybook.importers.base import Unclear
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.outline import Position
    from dutybook.importers.segments import Segment

_COLON: Final = re.compile(r"\s*[:：]\s*")
_HEADING_LENGTH: Final = 24


@dataclass(slots=True)
class Part:
    """A section of a position: its key, how its heading is printed, and what stands in it."""

    key: str
    heading: Segment | None = None
    title: str = ""
    content: list[Segment] = field(default_factory=list)


def divided(position: Position, unclear: list[Unclear]) -> list[Part]:
    """Return the sections of what stands below a heading; what fits in none joins the unclear."""
    part = Part("duties")
    parts = [part]
    content = list(position.content)
    if position.rest:
        first = position.heading
        content.insert(0, type(first)(position.rest, first.place, gap=True))
    heading_styles = _heading_styles(content)
    heading_levels = {
        one.level for one in content if one.level and _key(one, weak=True) is not None
    }
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
        found = _heading(segment, heading_styles - in_duties, part)
        if found is None and segment.level and segment.level in heading_levels:
            found = ("", segment.text, "")
        if (
            found is None and last and segment.style == last[0] and segment.style not in in_duties
            and segment.number == last[1] + 1
        ):  # fmt: skip
            name, value = halves(segment.text)
            if len(name) <= _HEADING_LENGTH and not re.search("[。；;，,]", name):
                found = ("", name, value)
        if found is None:
            part.content.append(segment)
            if segment.style and part.key == "duties":
                in_duties.add(segment.style)
            continue
        key, title, value = found
        part = Part(key, segment, title)
        parts.append(part)
        last = (segment.style, segment.number) if segment.style else None
        if value:
            part.content.append(type(segment)(value, segment.place, gap=True))
    return parts


def _without_category(segment: Segment, unclear: list[Unclear]) -> None:
    """Take the category of the next row of a table copied as text off the end of a duty."""
    found = re.fullmatch(r"(.*[。；;])\s+([^。；;]{1,12})", segment.text, re.DOTALL)
    if found:
        segment.text = found[1]
        unclear.append(Unclear(found[2], segment.place))


def _heading_styles(content: Sequence[Segment]) -> set[str]:
    """Return the styles of labels that sections have, for headings that are ordinary words too."""
    return {
        one.style
        for one in content
        if one.style and not one.style.startswith("bullet") and _key(one, weak=False) is not None
    }


def _key(segment: Segment, *, weak: bool) -> str | None:
    return words.section_key(halves(segment.text)[0], weak=weak)


def halves(text: str) -> tuple[str, str]:
    """Return what stands before the first colon or blank of a field, and what after it."""
    text = text.strip()
    bracket = re.match(r"[【\[〖［]([^】\]〗］]{1,30})[】\]〗］][:：]?\s*", text)
    if bracket:
        return bracket[1], text[bracket.end() :]
    english = re.match(r"([^\s:：()（）]{2,20})\s*[\(（][A-Za-z&.,' /-]+[\)）]\s*[:：]?\s*", text)
    if english and words.section_key(english[1], weak=True) is not None:
        return text[: english.end()].rstrip(": ："), text[english.end() :]
    colon = _COLON.search(text)
    name, value = (text[: colon.start()], text[colon.end() :]) if colon else (text, "")
    blank = re.match(r"(\S{2,20})[ \t\u3000]+(?=\S)", text)
    if blank and words.section_key(blank[1], weak=False) is not None:
        return blank[1], text[blank.end() :].lstrip(":： ")
    return name, value


def _heading(segment: Segment, styles: set[str], part: Part) -> tuple[str, str, str] | None:
    """Return key, title and value of a heading of a section, None where a segment is none."""
    if segment.force == "duty":
        return None
    name, value = halves(segment.text)
    if segment.force == "section":
        return words.section_key(name, weak=True) or "", name, value
    in_contacts = part.key.startswith("contacts")
    has_colon = bool(_COLON.search(segment.text)) and not value
    weak = (
        segment.style in styles if segment.style
        else bool(has_colon or segment.level or (in_contacts and value))
    )  # fmt: skip
    key = words.section_key(name, weak=weak or in_contacts)
    if key is None:
        return None
    if in_contacts or not key.startswith("contacts.") or part.key.startswith("contacts"):
        pass
    if part.key == "qualifications" and key == "" and fold(name) in lexicon.OF_QUALIFICATIONS:
        return None
    if segment.style and segment.style.startswith("bullet") and part.key == "duties" and value:
        return None
    return key, name, value
