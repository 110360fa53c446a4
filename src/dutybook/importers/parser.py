"""The one parser for all formats: blocks to drafts, with a list of all that is in none of them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from dutybook.importers import drafts, lines, outline, paragraphs, segments, tables, words
from dutybook.importers.base import Dropped, Manual, Reason, Sureness, Unclear
from dutybook.progress import nobody
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dutybook.importers.base import Block, Draft
    from dutybook.importers.outline import Outline
    from dutybook.importers.segments import Segment
    from dutybook.progress import Tell

_TITLE_LENGTH = 60


def parse(blocks: Iterable[Block], document: str, tell: Tell = nobody) -> Manual:
    """Return what the blocks of a file say.

    `document` is what the file is called; `tell` is told how many of how many positions are made.
    """
    dropped: list[Dropped] = []
    found, taken = paragraphs.of_blocks(tables.without_rows(blocks, dropped))
    dropped += taken
    pieces = segments.split(found)
    shape = outline.build(pieces)
    if not shape.positions:
        shape = _as_one(pieces, document)
    unclear: list[Unclear] = []
    _sort_out(shape, pieces, dropped, unclear)
    made: list[tuple[outline.Position, Draft]] = []
    for index, position in enumerate(shape.positions):
        tell(index, len(shape.positions))
        is_last = index + 1 == len(shape.positions)
        before = made[-1][1] if made else None
        result = drafts.of_position(position, document, before, is_last=is_last)
        if not made or made[-1][0].heading is not position.heading:  # which two may share
            dropped += result.dropped
            unclear += result.unclear
        if result.draft:
            made.append((position, result.draft))
    _name_apart(made)
    dropped.sort(key=lambda one: one.place.order)
    unclear.sort(key=lambda one: one.place.order)
    return Manual([draft for _, draft in made], dropped, unclear)


def _as_one(pieces: list[Segment], document: str) -> Outline:
    """Take a file in which no position is named for the description of one, if it lists duties."""
    listed = [index for index, piece in enumerate(pieces) if piece.mark or piece.force == "duty"]
    if not listed:
        return outline.Outline([], [], pieces)
    first = listed[0]
    heads = [
        index
        for index, piece in enumerate(pieces[:first])
        if len(piece.text) <= _TITLE_LENGTH and not piece.text.endswith(("。", "；", ";"))
        and words.section_key(piece.text, weak=True) is None
    ]  # fmt: skip
    at = heads[-1] if heads else None
    title = pieces[at].text.rstrip("：: ") if at is not None else document
    if not title:
        return outline.Outline([], [], pieces)
    heading = pieces[at] if at is not None else type(pieces[0])("", pieces[0].place)
    content = pieces[at + 1 :] if at is not None else pieces
    position = outline.Position(_short(title), Sureness.GUESS, heading, content=list(content))
    return outline.Outline([position], [], pieces[:at] if at is not None else [])


def _short(title: str) -> str:
    found = words.duties_of(title)
    return found[0] if found else title[:40]


def _sort_out(
    shape: Outline, pieces: list[Segment], dropped: list[Dropped], unclear: list[Unclear]
) -> None:
    """List what belongs to no position: titles of the document, and what was not understood."""
    first = shape.positions[0].heading if shape.positions else None
    before: set[int] = set()
    for piece in pieces if first is not None else ():
        if piece is first:
            break
        before.add(id(piece))
    dropped += [Dropped(piece.printed, piece.place, Reason.TITLE) for piece in shape.titles]
    dropped += [Dropped(piece.printed, piece.place, Reason.HEADING) for piece in shape.units]
    for piece in shape.outside:
        is_title = (
            id(piece) in before and len(piece.text) <= _TITLE_LENGTH and piece.text
            and not set("。；;！!").intersection(piece.text) and piece.style != "digits 、"
        )  # fmt: skip
        if is_title and (not piece.mark or piece.style.startswith("ordinal")):
            dropped.append(Dropped(piece.printed, piece.place, Reason.TITLE))
        else:
            unclear.append(Unclear(piece.printed, piece.place))
    _take_fragment(shape, unclear)


def _take_fragment(shape: Outline, unclear: list[Unclear]) -> None:
    """Take the beginning of something that breaks off out of the last duty of the file."""
    if not shape.positions or len(shape.positions[-1].content) < 2:
        return
    *before, last = shape.positions[-1].content
    is_fragment = (
        not last.mark and not last.force and last.starts_line and 0 < len(last.text) <= 12
        and last.text[-1] not in lines.TERMINAL and last.text[-1] not in "：:)）"
        and not re.search(r"[:：\s]", last.text)
        and before[-1].mark and before[-1].text.rstrip()[-1:] in tuple("。！!")
    )  # fmt: skip
    if is_fragment:
        shape.positions[-1].content.pop()
        shape.positions[-1].truncated = True
        unclear.append(Unclear(last.text, last.place))


def _name_apart(made: list[tuple[outline.Position, Draft]]) -> None:
    """Give positions of one unit that are called the same different titles."""
    seen: set[tuple[str, str]] = set()
    counts: Counter[tuple[str, str]] = Counter()
    titles = [_name(draft) for _, draft in made]
    times = Counter(titles)
    for (position, draft), name in zip(made, titles, strict=True):
        if times[name] > 1 and position.variant:
            draft.data["title"] = f"{draft.title}{position.variant}"
        title, alike = draft.title, _name(draft)
        while _name(draft) in seen:
            counts[alike] += 1
            draft.data["title"] = f"{title}（{counts[alike] + 1}）"
        seen.add(_name(draft))


def _name(draft: Draft) -> tuple[str, str]:
    return fold(draft.title), fold(draft.data.get("unit", ""))
