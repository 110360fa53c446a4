"""Positions to drafts of role files: sections to keys, duties with titles and items, gaps.

Pure. Each piece of a position goes into the draft, or into the list of what was taken out or not
understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from dutybook import numbering
from dutybook.importers import tree, words
from dutybook.importers.base import Draft, Dropped, Reason, Unclear
from dutybook.importers.titles import beginning, titled
from dutybook.messages import tr
from dutybook.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.outline import Position
    from dutybook.importers.segments import Segment
    from dutybook.importers.tree import Node

_COLON: Final = re.compile(r"\s*[:：]\s*")
_VALUE_LENGTH: Final = 200
_POSITIONS: Final = frozenset(("reports_to", "backup", "incompatible_with"))
_LISTS: Final = frozenset(("authorities", "qualifications", "basis", "aliases"))
_ONE_LINE: Final = frozenset(("unit", "title_en", "version", "approved_by"))
_DATES: Final = frozenset(("effective", "review_by"))
_TERMINAL: Final = frozenset("。！？!?.；;）)】］]”’」』》…")
_ENGLISH: Final = re.compile(r"[\(（]\s*(?P<name>[A-Za-z][A-Za-z&/.,' -]{2,60}?)\s*[\)）]")
_HEADING_LENGTH: Final = 24


@dataclass(slots=True)
class _Part:
    """A section of a position: its key, how its heading is printed, and what stands in it."""

    key: str
    heading: Segment | None = None
    title: str = ""
    content: list[Segment] = field(default_factory=list)


@dataclass(slots=True)
class Result:
    """What came of one position; no draft where it has no duties."""

    draft: Draft | None
    dropped: list[Dropped] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)


def of_position(position: Position, document: str, *, is_last: bool) -> Result:
    """Return the draft of a position."""
    result = Result(None)
    parts = _parts(position, result)
    maker = _Maker(position, document, result)
    for part in parts:
        maker.take(part)
    maker.finish(is_last=is_last)
    return result


def _parts(position: Position, result: Result) -> list[_Part]:
    """Divide what stands below a heading into sections."""
    part = _Part("duties")
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
            part = _Part("duties", segment, segment.text)
            parts.append(part)
            flat = True
            following = content[number + 1] if number + 1 < len(content) else None
            if following is not None and not following.mark:
                result.unclear.append(Unclear(following.text, following.place))
                following.text = ""
            continue
        if flat and segment.style == "digits blank":
            _without_category(segment, result)
        found = _heading(segment, heading_styles - in_duties, part)
        if found is None and segment.level and segment.level in heading_levels:
            found = ("", segment.text, "")
        if (
            found is None and last and segment.style == last[0] and segment.style not in in_duties
            and segment.number == last[1] + 1
        ):  # fmt: skip
            name, value = _halves(segment.text)
            if len(name) <= _HEADING_LENGTH and not re.search("[。；;，,]", name):
                found = ("", name, value)
        if found is None:
            part.content.append(segment)
            if segment.style and part.key == "duties":
                in_duties.add(segment.style)
            continue
        key, title, value = found
        part = _Part(key, segment, title)
        parts.append(part)
        last = (segment.style, segment.number) if segment.style else None
        if value:
            part.content.append(type(segment)(value, segment.place, gap=True))
    return parts


def _without_category(segment: Segment, result: Result) -> None:
    """Take the category of the next row of a table copied as text off the end of a duty."""
    found = re.fullmatch(r"(.*[。；;])\s+([^。；;]{1,12})", segment.text, re.DOTALL)
    if found:
        segment.text = found[1]
        result.unclear.append(Unclear(found[2], segment.place))


def _heading_styles(content: Sequence[Segment]) -> set[str]:
    """Return the styles of labels that sections have, for headings that are ordinary words too."""
    return {
        one.style
        for one in content
        if one.style and not one.style.startswith("bullet") and _key(one, weak=False) is not None
    }


def _key(segment: Segment, *, weak: bool) -> str | None:
    return words.section_key(_halves(segment.text)[0], weak=weak)


def _halves(text: str) -> tuple[str, str]:
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


def _heading(segment: Segment, styles: set[str], part: _Part) -> tuple[str, str, str] | None:
    """Return key, title and value of a heading of a section, None where a segment is none."""
    if segment.force == "duty":
        return None
    name, value = _halves(segment.text)
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
    if part.key == "qualifications" and key == "" and fold(name) in words.OF_QUALIFICATIONS:
        return None
    if segment.style and segment.style.startswith("bullet") and part.key == "duties" and value:
        return None
    return key, name, value


class _Maker:
    """Fills one draft, section by section."""

    def __init__(self, position: Position, document: str, result: Result) -> None:
        self.result = result
        self.position = position
        title, english = _names(position.title)
        self.data: dict[str, Any] = {"title": title}
        if english:
            self.data["title_en"] = english
        self.duties: list[dict[str, Any]] = []
        self.draft = Draft(self.data, position.heading.place, position.sure)
        self.document = document
        self.kept: list[Segment] = []
        self.last: Segment | None = None

    def take(self, part: _Part) -> None:
        """Put one section where it belongs."""
        if part.content:
            self.last = part.content[-1]
        if part.key == "duties":
            self._head(part)
            self._duties(part)
            return
        lines = [text for one in part.content if (text := one.printed if one.label else one.text)]
        if not lines:
            if part.heading is not None:
                self._head(part)
            return
        if self._fits(part.key, lines):
            self._head(part)
            self.kept += part.content
        else:
            title = part.heading.printed if part.heading and not part.heading.text else part.title
            heading = part.heading
            if heading is not None and heading.mark:
                title = heading.mark + title
            text = "\n".join(lines)
            self.data.setdefault("sections", []).append({"title": title.strip(), "text": text})
            self.kept += part.content

    def _head(self, part: _Part) -> None:
        """List the heading of a section that its key stands for."""
        heading = part.heading
        if heading is None:
            return
        own = heading.mark + part.title
        self.result.dropped.append(Dropped(own, heading.place, Reason.HEADING))

    def _fits(self, key: str, lines: list[str]) -> bool:
        """Put a section under its key, if it has one that is free and that its text fits."""
        data = self.data
        joined = "\n".join(lines)
        if key == "title":
            if len(lines) == 1 and len(joined) <= 40:
                data["title"], english = _names(joined)
                if english:
                    data.setdefault("title_en", english)
                return True
            return False
        if key in _LISTS:
            data.setdefault(key, []).extend(lines)
            return True
        if key.startswith("contacts"):
            where = key.partition(".")[2]
            if not where:
                return False
            data.setdefault("contacts", {}).setdefault(where, []).extend(lines)
            return True
        if key in _POSITIONS:
            if len(lines) == 1 and key not in self.draft.names and len(joined) <= _VALUE_LENGTH:
                self.draft.names[key] = [joined]
                return True
            return False
        if key in data or not key:
            return False
        if key == "purpose" or (
            key in _ONE_LINE and len(lines) == 1 and len(joined) <= _VALUE_LENGTH
        ):
            data[key] = joined
            return True
        if key in _DATES and re.fullmatch(r"\d{4}-\d{2}-\d{2}", joined):
            data[key] = joined
            return True
        if key == "key_position" and joined in {"是", "否"}:
            data[key] = "true" if joined == "是" else "false"
            return True
        return False

    def _duties(self, part: _Part) -> None:
        segments = self._without_lead_in(part.content)
        for node in tree.build(segments):
            duty = _duty(node)
            if duty is None:
                self.result.unclear.append(Unclear(node.segment.printed, node.segment.place))
            else:
                self.duties.append(duty)
        self.kept += segments

    def _without_lead_in(self, segments: list[Segment]) -> list[Segment]:
        """Take out `主要职责如下：` and the headings of a table of duties."""
        kept: list[Segment] = []
        for index, segment in enumerate(segments):
            text = segment.text.rstrip()
            is_first = index + 1 < len(segments) and bool(segments[index + 1].mark)
            if (
                index == 0 and not segment.mark and not segment.force and is_first
                and text.endswith((":", "："))
                and len(text) <= _HEADING_LENGTH
                and re.search("职责|任务|工作|如下|包括|以下", text)
            ):  # fmt: skip
                self.result.dropped.append(Dropped(text, segment.place, Reason.HEADING))
            elif text or segment.mark or segment.force:
                kept.append(segment)
        return kept

    def finish(self, *, is_last: bool) -> None:
        """Close the draft: gaps, a broken-off end, where it came from."""
        heading = self.position.heading
        if not self.duties:
            self._give_up()
            return
        _tell_twice_apart(self.duties, self.draft)
        self.data["duties"] = self.duties
        source: dict[str, Any] = {}
        if self.document:
            source["document"] = self.document
        section = heading.printed[: len(heading.printed) - len(self.position.rest)].strip()
        section = section.rstrip("：: ") if section else ""
        if section:
            source["section"] = section.replace("\n", " ")
        missing = missing_labels([str(duty.get("label", "")) for duty in self.duties])
        if missing:
            source["missing"] = missing
        if self.position.truncated or self._is_broken_off(is_last=is_last):
            source["truncated"] = "true"
        if source:
            self.data["source"] = source
        self.result.draft = self.draft

    def _is_broken_off(self, *, is_last: bool) -> bool:
        last = self.last.text.rstrip() if self.last else ""
        if not last:
            return False
        if last[-1] in "，、,（(":
            return True
        ends = [text.rstrip()[-1] in _TERMINAL for text in _texts(self.duties) if text.strip()]
        others = ends[:-1]
        are_closed = sum(others) * 2 > len(others) if others else "，" in last or "," in last
        return is_last and last[-1] not in _TERMINAL and are_closed

    def _give_up(self) -> None:
        """Without duties there is no role: everything is given back as not understood."""
        heading = self.position.heading
        self.result.dropped.clear()
        self.result.unclear.clear()
        self.result.unclear.append(Unclear(heading.printed, heading.place))
        for segment in self.position.content:
            self.result.unclear.append(Unclear(segment.printed, segment.place))


def _names(title: str) -> tuple[str, str]:
    """Return the title of a position, and its name in English where it stands in brackets."""
    match = _ENGLISH.search(title)
    if match and match.end() == len(title.rstrip()) and len(match["name"]) > 3:
        return title[: match.start()].strip(), match["name"]
    return title.strip(), ""


def _texts(duties: Sequence[dict[str, Any]]) -> list[str]:
    texts: list[str] = []
    for duty in duties:
        texts += [item["text"] for item in duty.get("items", ())] or [duty.get("text", "")]
    return texts


def _duty(node: Node) -> dict[str, Any] | None:
    """Return one duty with its items, None where it says nothing."""
    segment = node.segment
    duty: dict[str, Any] = {}
    if segment.label:
        duty["label"] = segment.label
    if segment.force == "duty":
        values = segment.values
        title, text = titled(
            [values["title"]] if values.get("title") else [segment.text], bool(node.children)
        )
        text = segment.text if values.get("title") else text
        cadence = values.get("cadence", "")
        if cadence:
            duty["cadence_note"] = cadence
    else:
        title, text = titled(node.own, bool(node.children))
    items = [_item(child) for child in node.children]
    if not title:
        if not items:
            return None
        title = beginning(items[0]["text"])
    duty["title"] = title
    if text:
        duty["text"] = text
    items = [item for item in items if item["text"]]
    if items:
        duty["items"] = items
    if not text and not items:
        duty["text"] = title
    return duty


def _item(node: Node) -> dict[str, Any]:
    """Return one item; what is nested deeper stays in its text, a line each."""
    item: dict[str, Any] = {}
    if node.segment.label:
        item["label"] = node.segment.label
    lines = list(node.own)
    for child in node.children:
        lines += _deeper(child)
    item["text"] = "\n".join(lines) or node.segment.mark
    return item


def _deeper(node: Node) -> list[str]:
    first = node.segment.printed
    lines = [first] if first else []
    lines += node.paragraphs
    for child in node.children:
        lines += _deeper(child)
    return lines


def depth(nodes: Sequence[Node]) -> int:
    """Return how many levels of labels a tree has."""
    return 1 + max((depth(node.children) for node in nodes), default=0) if nodes else 0


def _tell_twice_apart(duties: list[dict[str, Any]], draft: Draft) -> None:
    """Move a label that was there before into the text: a number has to lead to one place."""
    for parts in (duties, *(duty.get("items", []) for duty in duties)):
        seen: set[str] = set()
        for part in parts:
            label = part.get("label")
            if label is None:
                continue
            if label in seen:
                del part["label"]
                part["text"] = f"{label}、{part['text']}" if "text" in part else f"{label}、"
                draft.notes.append(
                    tr(
                        "The label {label} is there twice; the second is in the text.",
                        label=safe(label),
                    )
                )
            seen.add(label)


def missing_labels(found: Sequence[str]) -> list[str]:
    """Return the labels that a list skips, in order."""
    counted = numbering.series(tuple(label for label in found if label))
    by_style: dict[str, list[int]] = {}
    for one in counted:
        if one is not None and len(one[1]) == 1:
            by_style.setdefault(one[0], []).append(one[1][0])
    missing: list[str] = []
    for style, numbers in by_style.items():
        present = set(numbers)
        top = max(numbers)
        if top - len(present) <= 20:
            missing += [
                numbering.label(style, (number,))
                for number in range(1, top)
                if number not in present
            ]
    return missing
