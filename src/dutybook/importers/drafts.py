"""Positions to drafts of role files: sections to keys, duties with titles and items, gaps.

Pure. Each piece of a position goes into the draft, or into the list of what was taken out or not
understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from dutybook.importers import duties, sections, tree, words
from dutybook.importers.base import Draft, Dropped, Reason, Unclear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.outline import Position
    from dutybook.importers.sections import Part
    from dutybook.importers.segments import Segment
    from dutybook.importers.tree import Node

_VALUE_LENGTH: Final = 200
_POSITIONS: Final = frozenset(("reports_to", "backup", "incompatible_with"))
_LISTS: Final = frozenset(("authorities", "qualifications", "basis", "aliases"))
_ONE_LINE: Final = frozenset(("unit", "title_en", "version", "approved_by"))
_DATES: Final = frozenset(("effective", "review_by"))
_TERMINAL: Final = frozenset("。！？!?.；;）)】］]”’」』》…")
_ENGLISH: Final = re.compile(r"[\(（]\s*(?P<name>[A-Za-z][A-Za-z&/.,' -]{2,60}?)\s*[\)）]")
_HEADING_LENGTH: Final = 24
_NAME_LENGTH: Final = 16
_SHORT: Final = 12  # so little, without a mark inside, is often all of it
_ANNOUNCING: Final = re.compile("职责|任务|工作|如下|包括|以下")
_LEAD_IN: Final = re.compile("(?:包括|如下|以下|职责|任务|内容)(?:工作|职责|任务|内容)?[:：]$")
_ALL_ASIDE: Final = re.compile("[（(][^（）()]*[）)]")
_INNER: Final = re.compile("[，,、；;：:]")

_APART: Final = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_ENGLISH_AFTER: Final = re.compile(
    r"(?<=[^\x00-\x7f])\s*[ \u3000/|]\s*(?P<name>[A-Za-z][A-Za-z&/.,'() -]{3,60})$"
)


@dataclass(slots=True)
class Result:
    """What came of one position; no draft where it has no duties."""

    draft: Draft | None
    dropped: list[Dropped] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)


def of_position(
    position: Position, document: str, before: Draft | None = None, *, is_last: bool
) -> Result:
    """Return the draft of a position; `before` is that of the position before it."""
    result = Result(None)
    maker = _Maker(position, document, result)
    first, *others = sections.divided(position, result.dropped, result.unclear)
    if _is_purpose(first, others):
        first.key = "purpose"
    for part in (first, *others):
        maker.take(part)
    maker.finish(before.labels if before else [], is_last=is_last)
    return result


def _is_purpose(first: Part, others: Sequence[Part]) -> bool:
    """Tell whether what stands above the heading of the duties says what the position is for."""
    text = "".join(one.text for one in first.content)
    return (
        first.heading is None and 0 < len(text) <= _VALUE_LENGTH
        and not any(one.mark or one.force for one in first.content)
        and any(part.key == "duties" and part.heading and part.content for part in others)
        and not any(part.key == "purpose" for part in others)
    )  # fmt: skip


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
        self.last: Segment | None = None
        self.ends_in_duties = False
        self.has_articles = False
        self.is_named = False  # by a field of its own

    def take(self, part: Part) -> None:
        """Put one section where it belongs."""
        if part.content:
            self.last = part.content[-1]
            self.ends_in_duties = part.key == "duties"
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
        else:
            title = part.heading.printed if part.heading and not part.heading.text else part.title
            heading = part.heading
            if heading is not None and heading.mark:
                title = heading.mark + title
            if not self._keep(title.strip(), "\n".join(lines)):
                self._head(part)

    def _keep(self, title: str, text: str) -> bool:
        """Put a text into the section of its title; tell whether that is a new one."""
        kept = self.data.setdefault("sections", [])
        same = next((one for one in kept if one["title"] == title), None)
        if same is None:
            kept.append({"title": title, "text": text})
        else:
            same["text"] += f"\n{text}"
        return same is None

    def _head(self, part: Part) -> None:
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
            if len(lines) == 1 and len(joined) <= 40 and not self.is_named:
                self.is_named = True
                name = words.without_count(joined)
                data["title"], english = _names(name)
                if name != joined:
                    self._keep("定员", joined.removeprefix(name).strip())
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
            named = [name for line in lines for name in _listed(line)]
            data.setdefault("contacts", {}).setdefault(where, []).extend(named)
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

    def _duties(self, part: Part) -> None:
        segments = self._without_lead_in(part.content)
        for node in self._without_heading(tree.build(segments)):
            duty = duties.of_node(node)
            if duty is None:
                self.result.unclear.append(Unclear(node.segment.printed, node.segment.place))
            else:
                self.duties.append(duty)
        self.has_articles |= any(one.style.startswith("ordinal") for one in segments)

    def _without_heading(self, nodes: list[Node]) -> list[Node]:
        """Take out the one text without label that stands above all duties: it is their heading."""
        if len(nodes) != 1:
            return nodes
        (node,) = nodes
        segment = node.segment
        is_heading = (
            not segment.mark and not segment.force and not node.paragraphs
            and (segment.text.endswith((":", "：")) or _ALL_ASIDE.fullmatch(segment.text))
            and len(segment.text) <= _HEADING_LENGTH and len(node.children) > 1
            and not words.begins_with_verb(segment.text)
        )  # fmt: skip
        if not is_heading:
            return nodes
        self.result.dropped.append(Dropped(segment.text, segment.place, Reason.HEADING))
        return node.children

    def _without_lead_in(self, segments: list[Segment]) -> list[Segment]:
        """Take out `主要职责如下：` and the headings of a table of duties."""
        kept: list[Segment] = []
        for index, segment in enumerate(segments):
            text = segment.text.rstrip()
            following = segments[index + 1] if index + 1 < len(segments) else None
            is_first = following is not None and bool(following.mark or following.force)
            is_long = len(text) > _HEADING_LENGTH
            if (
                index == 0 and not segment.mark and not segment.force and is_first
                and text.endswith((":", "："))
                and (_LEAD_IN.search(text) if is_long else _ANNOUNCING.search(text))
                and not (is_long and "purpose" in self.data)
            ):  # fmt: skip
                if (words.begins_with_verb(text) or is_long) and "purpose" not in self.data:
                    self.data["purpose"] = text
                else:
                    self.result.dropped.append(Dropped(text, segment.place, Reason.HEADING))
            elif text or segment.mark or segment.force:
                kept.append(segment)
        return kept

    def finish(self, before: Sequence[str], *, is_last: bool) -> None:
        """Close the draft: gaps, a broken-off end, where it came from."""
        heading = self.position.heading
        if not self.duties:
            self._give_up()
            return
        duties.tell_twice_apart(self.duties, self.draft)
        self.data["duties"] = self.duties
        if self.position.unit:
            self.data.setdefault("unit", self.position.unit)
        source: dict[str, Any] = {}
        if self.document:
            source["document"] = self.document
        section = heading.printed[: len(heading.printed) - len(self.position.rest)].strip()
        section = section.rstrip("：: ") if section else ""
        if section:
            source["section"] = section.replace("\n", " ")
        missing = duties.missing_labels(self.draft.labels, before, counts_on=self.has_articles)
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
        if not self.ends_in_duties or (len(last) <= _SHORT and not _INNER.search(last)):
            return False
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


def _listed(line: str) -> list[str]:
    """Return the names that a line lists, the line itself where it says more than names."""
    names = [name.strip() for name in re.split("[、；;，,]", line.rstrip("。")) if name.strip()]
    return names if names and all(len(name) <= _NAME_LENGTH for name in names) else [line]


def _names(title: str) -> tuple[str, str]:
    """Return the title of a position, and its name in English where it stands beside it."""
    title = _APART.sub("", title)
    after = _ENGLISH_AFTER.search(title)
    if after:
        return title[: after.start()].strip(), after["name"]
    match = _ENGLISH.search(title)
    if match and match.end() == len(title.rstrip()) and len(match["name"]) > 3:
        return title[: match.start()].strip(), match["name"]
    return title.strip(), ""


def _texts(duties: Sequence[dict[str, Any]]) -> list[str]:
    texts: list[str] = []
    for duty in duties:
        texts += [item["text"] for item in duty.get("items", ())] or [duty.get("text", "")]
    return texts
