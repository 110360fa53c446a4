"""Blocks of a file to whole paragraphs: what belongs to pages taken out, wrapped lines joined.

Pure. Nothing is lost: what is taken out is listed with its place and the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from dutybook.characters import FORBIDDEN
from dutybook.importers import labels, words
from dutybook.importers.base import Dropped, Place, Reason
from dutybook.text import cells, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dutybook.importers.base import Block

TERMINAL: Final = frozenset("。！？!?.；;")
_CLOSED: Final = frozenset("。！？!?.；;：:”’」』》】)）]")
_INNER: Final = re.compile("[，,。；;：:、]")
_BREAKS: Final = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_UNSEEN: Final = re.compile("[\u200b-\u200d\u2060\ufeff\xad]")
_MOST_BOILERPLATE: Final = 400
_HEAD_LENGTH: Final = 60


@dataclass(slots=True)
class Line:
    """One paragraph, or before joining one line of it.

    `parts` are the places of the lines it is made of, each with the index where it begins.
    `force` says what a table or a form makes of it, whatever it says.
    """

    text: str
    place: Place
    whole: bool = True
    gap: bool = False
    level: int = 0
    label: str = ""
    force: str = ""
    values: dict[str, str] = field(default_factory=dict)
    parts: list[tuple[int, Place]] = field(default_factory=list)
    broken: bool = False  # only what belongs to a page stood between this line and the one before
    is_open: bool = False

    def place_at(self, index: int) -> Place:
        """Return the place of the character at an index."""
        if not self.parts:
            return self.place
        found = bisect_right(self.parts, index, key=lambda part: part[0]) - 1
        return self.parts[max(found, 0)][1]


def paragraphs(blocks: Iterable[Block | Line]) -> tuple[list[Line], list[Dropped]]:
    """Return the paragraphs of a file, without tables, and what was taken out."""
    dropped: list[Dropped] = []
    lines = [line for block in blocks for line in _lines(block, dropped)]
    lines = _without_page_marks(lines, dropped)
    lines = _without_boilerplate(lines, dropped)
    _take_out_page_labels(lines, dropped)
    return _joined(lines), dropped


def _lines(block: Block | Line, dropped: list[Dropped]) -> list[Line]:
    if isinstance(block, Line):
        return [block]
    text = clean(block.text, block.place, dropped)
    if block.kind == "head":
        dropped.append(Dropped(text, block.place, Reason.RUNNING_HEAD))
        return []
    kind = block.kind if block.kind in {"sheet", "note"} else ""
    return [
        Line(
            piece.strip(), block.place, whole=block.kind != "line", level=block.level, force=kind,
            label=block.label if index == 0 else "",
        )
        for index, piece in enumerate(_BREAKS.split(text))
    ]  # fmt: skip


def clean(text: str, place: Place, dropped: list[Dropped]) -> str:
    """Return a text without characters that a role file must not have; they are listed."""
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    if FORBIDDEN.search(text):
        lost = "".join(FORBIDDEN.findall(text))
        dropped.append(Dropped(lost, place, Reason.UNPRINTABLE))
        text = FORBIDDEN.sub("", text)
    return text


def _without_page_marks(lines: list[Line], dropped: list[Dropped]) -> list[Line]:
    """Take out blank lines, page numbers, and the headers and footers that stand beside them."""
    marked = _page_marks(lines)
    heads = _running_heads(lines, marked)
    kept: list[Line] = []
    gap = broken = False
    for index, line in enumerate(lines):
        if not line.text and not line.label:
            gap = True
        elif index in marked or index in heads:
            reason = Reason.PAGE_NUMBER if index in marked else Reason.RUNNING_HEAD
            dropped.append(Dropped(line.text, line.place, reason))
            broken = True
        else:
            line.gap, line.broken = gap or line.gap, broken
            kept.append(line)
            gap = broken = False
    return kept


def _page_marks(lines: list[Line]) -> set[int]:
    found = {
        index
        for index, line in enumerate(lines)
        if line.text and len(line.text) <= 20 and not line.force
        and words.PAGE_NUMBER.fullmatch(fold(line.text).strip())
    }  # fmt: skip
    bare = [
        index
        for index, line in enumerate(lines)
        if line.text.isdecimal() and len(line.text) <= 4 and not line.force and not line.label
    ]
    numbers = [int(lines[index].text) for index in bare]
    counts_up = len(bare) > 2 and numbers == list(range(1, len(bare) + 1))
    dense = counts_up and (bare[-1] - bare[0]) <= 6 * len(bare)
    if dense and not found:  # the numbers of a table that was copied as text
        for index in bare:
            following = next((one for one in lines[index + 1 :] if one.text), None)
            if following is not None:
                following.label = lines[index].text + " "
                lines[index].text = ""
        return found
    return found | set(bare)


def _running_heads(lines: list[Line], marks: set[int]) -> set[int]:
    """Return the lines that stand at the edge of several pages alike."""
    edges: list[int] = []
    filled = [index for index, line in enumerate(lines) if line.text]
    position = {index: number for number, index in enumerate(filled)}
    for index in marks:
        number = position.get(index)
        if number is not None:
            edges += [filled[near] for near in (number - 1, number + 1) if 0 <= near < len(filled)]
    for before, after in pairwise(filled):
        if lines[before].place.page != lines[after].place.page:
            edges += [before, after]
    if filled and lines[filled[0]].place.page:
        edges += [filled[0], filled[-1]]
    shapes = Counter(_shape(lines[index].text) for index in set(edges) - marks)
    return {
        index
        for index in set(edges) - marks
        if shapes[_shape(lines[index].text)] >= 3
        and len(lines[index].text) <= _HEAD_LENGTH
        and not labels.at_start(lines[index].text)
        and words.section_key(lines[index].text, weak=True) is None
    }


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", fold(text))


def is_boilerplate(text: str) -> bool:
    """Tell whether a line is the web page's own."""
    return bool(words.BOILERPLATE.search(fold(text).strip()))


def _without_boilerplate(lines: list[Line], dropped: list[Dropped]) -> list[Line]:
    verdicts = [
        not line.force and len(line.text) <= _MOST_BOILERPLATE and is_boilerplate(line.text)
        for line in lines
    ]
    for start, end in _numbered_runs(lines):  # boilerplate may be numbered itself
        if sum(verdicts[start:end]) * 5 >= (end - start) * 3:
            verdicts[start:end] = [True] * (end - start)
    kept: list[Line] = []
    broken = False
    for line, is_page in zip(lines, verdicts, strict=True):
        if is_page:
            dropped.append(Dropped(line.label + line.text, line.place, Reason.BOILERPLATE))
            broken = True
        else:
            line.broken = line.broken or broken
            broken = False
            kept.append(_trimmed(line, dropped))
    return kept


def _trimmed(line: Line, dropped: list[Dropped]) -> Line:
    """Cut the web page's sentences off the ends of a very long line."""
    if len(line.text) <= _MOST_BOILERPLATE or not is_boilerplate(line.text):
        return line
    pieces = re.findall(r"[^。！!；;\n]*[。！!；;\n]?", line.text)[:-1]
    start, end = 0, len(pieces)
    while start < end and len(pieces[start]) < _MOST_BOILERPLATE and is_boilerplate(pieces[start]):
        start += 1
    while end > start and len(pieces[end - 1]) < 200 and is_boilerplate(pieces[end - 1]):
        end -= 1
    cuts = ("".join(pieces[:start]).strip(), "".join(pieces[end:]).strip())
    dropped += [Dropped(cut, line.place, Reason.BOILERPLATE) for cut in cuts if cut]
    line.text = "".join(pieces[start:end]).strip()
    return line


def _numbered_runs(lines: list[Line]) -> list[tuple[int, int]]:
    """Return the runs of neighbouring lines that count up in one style, as (start, end)."""
    runs: list[tuple[int, int]] = []
    start, style, last = 0, "", 0
    for index, line in enumerate([*lines, None]):
        label = labels.at_start(line.text) if line else None
        if label and label.style == style and label.number == last + 1:
            last = label.number
            continue
        if style and index - start > 2:
            runs.append((start, index))
        start, style, last = (index, label.style, label.number) if label else (index, "", 0)
    return runs


def _take_out_page_labels(lines: list[Line], dropped: list[Dropped]) -> None:
    """Take out page numbers that look like labels: 1、 2、 3、 before the text of each page.

    They count the paragraphs of the file, and at least one stands inside a sentence, where the
    numbers of the list that goes on do not lead to it.
    """
    starts = [
        (line, label)
        for line in lines
        if not line.label and not line.force
        and (label := labels.at_start(line.text)) and label.style.startswith("digits ")
    ]  # fmt: skip
    count = len(starts)
    if count < 2 or [label.number for _, label in starts] != list(range(1, count + 1)):
        return
    before = {id(line): previous for previous, line in pairwise(lines)}
    broken = 0
    counted = 0
    for line, label in starts:
        inner = [
            one.number
            for one in labels.inside(line.text, label.end)
            if one.style.startswith("digits ")
        ]
        previous = before.get(id(line))
        if previous and _is_cut(previous.text) and counted + 1 != label.number:
            broken += 1
        counted = inner[-1] if inner else counted
    if not broken or broken * 3 < count - 1:
        return
    for line, label in starts:
        dropped.append(Dropped(line.text[: label.end].strip(), line.place, Reason.PAGE_NUMBER))
        line.text = line.text[label.end :].strip()
        previous = before.get(id(line))
        line.broken = True
        line.gap = not (previous and _is_cut(previous.text))
        line.whole = False
        if previous and not line.gap:
            previous.is_open = True


def _is_cut(text: str) -> bool:
    return bool(text) and text[-1] not in _CLOSED


def _joined(lines: list[Line]) -> list[Line]:
    """Join lines that were wrapped to paragraphs."""
    width = _wrap_width(lines)
    heading = [_is_heading(line.text) if not line.whole or line.broken else False for line in lines]
    paragraphs: list[Line] = []
    previous = None
    for index, line in enumerate(lines):
        if (
            previous is not None
            and not line.force and not line.label and not line.level and not previous.force
            and not heading[index] and not heading[index - 1]
            and _goes_on(lines, index, paragraphs[-1], width)
        ):  # fmt: skip
            _append(paragraphs[-1], line)
        else:
            line.parts = [(0, line.place)]
            paragraphs.append(replace(line))
        previous = lines[index]
    return paragraphs


def _append(paragraph: Line, line: Line) -> None:
    text = paragraph.text
    is_latin = text[-1:].isascii() and line.text[:1].isascii()
    glue = " " if is_latin and text[-1:].isalnum() and line.text[:1].isalnum() else ""
    paragraph.parts.append((len(text) + len(glue), line.place))
    paragraph.text = text + glue + line.text


def _wrap_width(lines: list[Line]) -> int:
    """Return the width in cells at which lines were wrapped, 0 where they were not."""
    widths = sorted(cells(line.text) for line in lines if not line.whole)
    if len(widths) < 4:
        return 0
    width = widths[int(len(widths) * 0.9)]
    full = [line for line in lines if not line.whole and width - 6 <= cells(line.text) <= width + 4]
    is_wrapped = (
        width >= 40
        and len(full) >= max(3, len(widths) * 0.15)
        and sum(_is_cut(line.text) for line in full) * 5 >= len(full) * 2
    )
    return width if is_wrapped else 0


def _is_heading(text: str) -> bool:
    label = labels.at_start(text)
    title = text[label.end :] if label else text
    if len(title) > _HEAD_LENGTH:
        return False
    name, colon, rest = title.partition("：" if "：" in title else ":")
    return (
        words.section_key(title, weak=False) is not None
        or words.is_title(title)
        or words.duties_of(title) is not None
        or bool(colon and not rest and words.section_key(name, weak=True) is not None)
        or bool(colon and rest and words.section_key(name, weak=False) is not None and not label)
    )


def _goes_on(lines: list[Line], index: int, paragraph: Line, width: int) -> bool:
    """Tell whether a line goes on with the paragraph before it."""
    line, previous = lines[index], lines[index - 1]
    if previous.is_open:
        return True
    if (line.whole or previous.whole) and not (line.broken and _is_cut(previous.text)):
        return False
    if labels.at_start(line.text) or not previous.text:
        return False
    end = previous.text[-1]
    if line.gap and not line.broken:
        return end in "，、,"
    if end in "，、,（(《“—" and end:
        return True
    wide = cells(previous.text)
    is_full = bool(width) and wide >= width - 6
    if end in _CLOSED and end not in ")）]”’」』》】":
        return is_full and (end in "；;：:" or labels.at_start(paragraph.text) is not None)
    if is_full or line.broken:
        return True
    if words.begins_with_verb(line.text) and words.begins_with_verb(previous.text):
        return False
    if not _INNER.search(paragraph.text) and len(previous.text) <= 24:
        return False
    return _comes_to_an_end(lines, index)


def _comes_to_an_end(lines: list[Line], index: int) -> bool:
    """Tell whether a sentence ends before the next label, heading or blank line."""
    for offset, line in enumerate(lines[index : index + 12]):
        if offset and (line.gap or labels.at_start(line.text) or line.whole):
            return False
        if line.text and line.text[-1] in TERMINAL:
            return True
    return False
