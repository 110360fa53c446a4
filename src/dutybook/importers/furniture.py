"""What belongs to pages and not to the manual, taken out: numbers, headers, boilerplate of sites.

Pure. What is taken out is listed with its place and the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from dutybook.importers import labels, lexicon, words
from dutybook.importers.base import Dropped, Reason
from dutybook.importers.lines import is_cut
from dutybook.text import fold

if TYPE_CHECKING:
    from dutybook.importers.lines import Line

_FURTHER_LENGTH: Final = 20
_MOST_BOILERPLATE: Final = 400
_HEAD_LENGTH: Final = 60
_CONTENTS_LENGTH: Final = 200
_ROW_LINES: Final = 6  # that stand between the numbers of two rows or entries
_BARE_NAME: Final = re.compile("(?:职责|任务)(?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})")
_BARE_NUMBER: Final = re.compile(
    r"([1-9]\d?)(?=[\u2e80-\u2fdf\u4e00-\u9fff])"
    "(?!号|个(?!人)|年(?!度|终)|月|日(?!常|终)|[次名天元级类岁倍万亿楼层室]|人(?![力员事民])|小时|分钟)"
)


def without_page_marks(lines: list[Line], dropped: list[Dropped]) -> list[Line]:
    """Take out blank lines, page numbers, and the headers and footers that stand beside them."""
    marked = _page_marks(lines)
    heads = _running_heads(lines, marked)
    kept: list[Line] = []
    gap, broken = True, False
    for index, line in enumerate(lines):
        if not line.text and not line.label:
            gap = True
        elif not line.force and lexicon.RULE.fullmatch(line.text):
            dropped.append(Dropped(line.text, line.place, Reason.RULE))
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


def without_contents(lines: list[Line], dropped: list[Dropped]) -> list[Line]:
    """Take out the lines of a table of contents: those that lead to a page by dots."""
    kept: list[Line] = []
    for line in lines:
        is_short = not line.force and len(line.text) <= _CONTENTS_LENGTH
        if is_short and lexicon.CONTENTS.fullmatch(line.text):
            dropped.append(Dropped(line.label + line.text, line.place, Reason.CONTENTS))
        else:
            kept.append(line)
    return kept


def _page_marks(lines: list[Line]) -> set[int]:
    found = {
        index
        for index, line in enumerate(lines)
        if line.text and not line.force and not line.cell
        and (
            (len(line.text) <= 20 and lexicon.PAGE_NUMBER.fullmatch(fold(line.text).strip()))
            or (
                ("页" in line.text or "頁" in line.text) and len(line.text) <= _HEAD_LENGTH
                and lexicon.PAGE_OF_FILE.search(fold(line.text))
            )
        )
    }  # fmt: skip
    bare = [
        (index, int(line.text))
        for index, line in enumerate(lines)
        if line.text.isdecimal() and len(line.text) <= 4
        and not line.force and not line.label and not line.cell
    ]  # fmt: skip
    below = {line.text for index, _ in bare for line in lines[index + 1 : index + 2]}
    if not found and len(below) > 1 and _count_up(bare):  # below those of pages is always the same
        for index, number in bare:  # they are of a table that was copied as text
            following = next((one for one in islice(lines, index + 1, None) if one.text), None)
            if following is None or following.force:
                found.add(index)
            else:
                following.label = f"{number} "
                lines[index].text = ""
        return found
    return found.union(index for index, _ in bare)


def take_bare_numbers(lines: list[Line]) -> None:
    """Take the numbers that begin lines without any mark for labels: 1负责…, 2办理…"""
    starts = [
        (index, int(match[1]))
        for index, line in enumerate(lines)
        if not line.force and not line.label and not line.cell
        and (match := _BARE_NUMBER.match(line.text))
    ]  # fmt: skip
    if _count_up(starts):
        for index, number in starts:
            line = lines[index]
            line.label, line.text = f"{number} ", line.text[len(str(number)) :]


def take_bare_names(lines: list[Line]) -> list[Line]:
    """Return lines with 职责一 on a line of its own as the label of the next one."""
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        is_label = (
            before is not None and not before.force and not before.label
            and _BARE_NAME.fullmatch(before.text) is not None
        )  # fmt: skip
        if is_label and before is not None and not line.force and not line.label and line.text:
            line.label, line.gap = f"{before.text} ", line.gap or before.gap
            kept.pop()
        kept.append(line)
    return kept


def _count_up(numbers: list[tuple[int, int]]) -> bool:
    """Tell whether numbers, with the lines they stand on, count what is listed.

    They count up from 1, once or again and again, and few lines stand between them.
    """
    steps = list(pairwise(numbers))
    near = [after[0] - before[0] for before, after in steps if after[1] == before[1] + 1]
    return (
        len(numbers) > 2 and numbers[0][1] == 1
        and all(after[1] in {1, before[1] + 1} for before, after in steps)
        and len(near) * 2 >= len(steps) and sum(near) <= _ROW_LINES * len(near)
    )  # fmt: skip


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
    free = {index for index in edges if not lines[index].force and not lines[index].cell} - marks
    shapes = Counter(_shape(lines[index].text) for index in free)
    pages = {lines[index].place.page for index in filled}
    enough = 2 if len(pages) == 2 else 3
    return {
        index
        for index in free
        if shapes[_shape(lines[index].text)] >= enough
        and len(lines[index].text) <= _HEAD_LENGTH
        and not labels.at_start(lines[index].text)
        and words.section_key(lines[index].text, weak=True) is None
    }


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", fold(text))


def without_boilerplate(lines: list[Line], dropped: list[Dropped]) -> list[Line]:
    """Take out the lines that a page of the web has around a document, numbered or not."""
    verdicts = [
        not line.force and len(line.text) <= _MOST_BOILERPLATE and is_boilerplate(line.text)
        for line in lines
    ]
    for start, end in _numbered_runs(lines):  # boilerplate may be numbered itself
        if sum(verdicts[start:end]) * 5 >= (end - start) * 3:
            verdicts[start:end] = [True] * (end - start)
    begin = _further_reading(lines)
    verdicts[begin:] = [True] * (len(lines) - begin)
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


def _further_reading(lines: list[Line]) -> int:
    """Return where a page begins to speak of others, to its end: that end where it does not."""
    found = [
        index for index, line in enumerate(lines)
        if len(line.text) < _FURTHER_LENGTH and not line.force
        and lexicon.FURTHER_READING.fullmatch(fold(line.text).strip())
    ]  # fmt: skip
    begin = found[-1] if found else len(lines)
    announced = (words.duties_of(line.text) for line in lines[begin:])
    is_of_it = any(line.force for line in lines[begin:]) or any(one and one[1] for one in announced)
    return len(lines) if is_of_it else begin


def is_boilerplate(text: str) -> bool:
    """Tell whether a line is the web page's own."""
    return bool(lexicon.BOILERPLATE.search(fold(text).strip()))


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


def take_out_page_labels(lines: list[Line], dropped: list[Dropped]) -> None:
    """Take out page numbers that look like labels: 1、 2、 3、 before the text of each page.

    They count the paragraphs of the file, and stand inside sentences of a list that goes on
    counting past them.
    """
    starts = [
        (line, label)
        for line in lines
        if not line.label and not line.force and not line.cell
        and (label := labels.at_start(line.text)) and label.style.startswith("digits ")
    ]  # fmt: skip
    count = len(starts)
    if count < 2 or [label.number for _, label in starts] != list(range(1, count + 1)):
        return
    before = {id(line): previous for previous, line in pairwise(lines)}
    broken = passed = counted = 0
    for line, label in starts:
        inner = [
            one.number
            for one in labels.inside(line.text, label.end)
            if one.style.startswith("digits ")
        ]
        previous = before.get(id(line))
        if previous and is_cut(previous.text) and counted + 1 != label.number:
            broken += 1
            passed += bool(counted and inner and inner[0] == counted + 1)
        counted = inner[-1] if inner else counted
    if not passed or broken * 3 < count - 1:
        return
    for line, label in starts:
        dropped.append(Dropped(line.text[: label.end].strip(), line.place, Reason.PAGE_NUMBER))
        line.text = line.text[label.end :].strip()
        previous = before.get(id(line))
        line.broken = True
        line.gap = not (previous and is_cut(previous.text))
        line.whole = False
        if previous and not line.gap:
            previous.is_open = True
