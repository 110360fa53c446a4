"""Lines to whole paragraphs: wrapped lines and what a page broke are joined. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dutybook.importers import furniture, labels, lines, words
from dutybook.importers.lines import CLOSED, TERMINAL, is_cut, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dutybook.importers.base import Block, Dropped
    from dutybook.importers.lines import Line

_OPEN: Final = re.compile(r"[（(][0-9A-Za-z一二三四五六七八九十]{0,3}$")
_LATIN_END: Final = re.compile("[A-Za-z]$")
_LATIN_START: Final = re.compile("[a-z]")
_INNER: Final = re.compile("[，,。；;：:、]")
_FIELD: Final = re.compile(r"[^\s，,。；;：:、（(]{2,8}[：:]\s*\S")
_HEAD_LENGTH: Final = 60
_LONGEST: Final = 20_000  # a paragraph grows no longer: each line that joins it is a copy
_NARROWEST: Final = 30
_LATIN_MARKS: Final = frozenset(",;:.!?)")  # a blank follows them


def of_blocks(blocks: Iterable[Block | Line]) -> tuple[list[Line], list[Dropped]]:
    """Return the paragraphs of a file, without tables, and what was taken out."""
    dropped: list[Dropped] = []
    found = [line for block in blocks for line in lines.of_block(block, dropped)]
    found = furniture.without_page_marks(found, dropped)
    found = furniture.without_contents(found, dropped)
    found = furniture.without_boilerplate(found, dropped)
    furniture.take_out_page_labels(found, dropped)
    furniture.take_bare_numbers(found)
    found = furniture.take_bare_names(found)
    return _joined(found), dropped


def _joined(lines: list[Line]) -> list[Line]:
    """Join lines that were wrapped to paragraphs."""
    width = _wrap_width(lines)
    paragraphs: list[Line] = []
    previous = None
    for index, line in enumerate(lines):
        if (
            previous is not None
            and not line.force and not line.label and not line.level
            and not previous.force and not previous.level
            and _goes_on(lines, index, paragraphs[-1], width)
            and not any(_is_heading(one, line) for one in (line, previous))
            and not _is_above_list(lines, index)
        ):  # fmt: skip
            _append(paragraphs[-1], line)
        else:
            line.parts = [(0, line.place)]
            paragraphs.append(line)
        previous = lines[index]
    return paragraphs


def _append(paragraph: Line, line: Line) -> None:
    text = paragraph.text
    is_latin = text[-1:].isascii() and line.text[:1].isascii() and not _OPEN.search(text[-8:])
    is_apart = text[-1:].isalnum() or text[-1:] in _LATIN_MARKS
    glue = " " if is_latin and is_apart and line.text[:1].isalnum() else ""
    paragraph.parts.append((len(text) + len(glue), line.place))
    paragraph.text = text + glue + line.text


def _wrap_width(lines: list[Line]) -> int:
    """Return the width in cells at which lines were wrapped, 0 where they were not."""
    loose = [(_width(line), line) for line in lines if not line.whole]
    widths = sorted(wide for wide, _ in loose)
    if len(widths) < 4:
        return 0
    width = widths[int(len(widths) * 0.9)]
    full = [line for wide, line in loose if width - 6 <= wide <= width + 4]
    is_wrapped = (
        width >= 40
        and len(full) >= max(3, len(widths) * 0.15)
        and sum(is_cut(line.text) for line in full) * 5 >= len(full) * 2
    )
    return width if is_wrapped else 0


def _width(line: Line) -> int:
    """Return how many cells of its line a text takes, from the edge of the page on."""
    return line.indent + width_of(line.text)


def _is_heading(line: Line, second: Line) -> bool:
    """Tell whether a line that may be a part of a paragraph is a heading.

    `second` is the later of the two that may be joined: whole ones are where a page broke them.
    """
    text = line.text
    if line.whole and not second.broken:
        return False
    label = labels.at_start(text)
    title = text[label.end :] if label else text
    if len(title) > _HEAD_LENGTH:
        return False
    name, colon, rest = title.partition("：" if "：" in title else ":")
    return (
        words.section_key(title, weak=False) is not None
        or words.is_title(title)
        or words.duties_of(title) is not None
        or bool(colon and rest and not label and words.section_key(name, weak=True) == "title")
        or bool(colon and not rest and words.section_key(name, weak=True) is not None)
        or bool(colon and rest and words.section_key(name, weak=False) is not None and not label)
    )


def _is_above_list(lines: list[Line], index: int) -> bool:
    """Tell whether a line is nothing but the name of a section, with a list below it."""
    following = labels.at_start(lines[index + 1].text) if index + 1 < len(lines) else None
    is_name = words.section_key(lines[index].text, weak=True) is not None
    return is_name and following is not None and following.number == 1


def _goes_on(lines: list[Line], index: int, paragraph: Line, width: int) -> bool:
    """Tell whether a line goes on with the paragraph before it."""
    line, previous = lines[index], lines[index - 1]
    if previous.is_open:
        return True
    if len(paragraph.text) > _LONGEST:
        return False
    if (line.whole or previous.whole) and not (line.broken and is_cut(previous.text)):
        return False
    if _OPEN.search(previous.text) and not line.gap:
        return True  # a label in brackets may be cut itself
    if labels.at_start(line.text) or not previous.text:
        return False
    end = previous.text[-1]
    if line.gap and not line.broken:
        return end in "，、,"
    if end in "，、,（(《“—" and end:
        return True
    if _LATIN_END.search(previous.text) and _LATIN_START.match(line.text):
        return True
    wide = _width(previous)
    is_full = bool(width) and wide >= width - 6
    if end in CLOSED and end not in ")）]”’」』》】":
        return is_full and (end in "；;：:" or labels.at_start(paragraph.text) is not None)
    if is_full or line.broken:
        return True
    if _FIELD.match(line.text) and _FIELD.match(previous.text):
        return False
    if words.begins_with_verb(line.text) and words.begins_with_verb(previous.text):
        return False
    label = labels.at_start(paragraph.text)
    if not _INNER.search(paragraph.text, label.end if label else 0) and len(previous.text) <= 24:
        return False
    in_list = label is not None and wide >= max(_NARROWEST, _width(line) - 8)
    return in_list or _comes_to_an_end(lines, index)


def _comes_to_an_end(lines: list[Line], index: int) -> bool:
    """Tell whether a sentence ends before the next label, heading or blank line."""
    for offset, line in enumerate(lines[index : index + 12]):
        if offset and (line.gap or labels.at_start(line.text) or line.whole):
            return False
        if line.text and line.text[-1] in TERMINAL:
            return True
    return False
