"""Text and Markdown files as blocks, one a line; the encoding as said, or found, not guessed."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from dutybook.importers import words
from dutybook.importers.base import Block, Cell, ImportFileError, Place
from dutybook.messages import tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_USUAL: Final = frozenset(
    "的一是在不了有和人大中为以上个国我到要他时来用们生作地于出会可也你对能而子那得着下自之年过发后行里工经同位主任理事务业户客员部门"
    "岗职责办理管负贷款账单证银柜风险报表审核金融营网点保密安全培训检查組織為時來國個們這對會過發後經務業戶員門崗職責辦貸帳單證銀櫃風險報審核營網點"
)
_ODD: Final = 4  # so many control characters may stray into any text
_BREAK: Final = re.compile("\r\n|[\r\n\x0c\x85\u2028\u2029]")
_MD_HEADING: Final = re.compile(r"(#{1,6})\s+(.*)")
_MD_RULE: Final = re.compile(r"\s{0,3}(?:[-*_]\s*){3,}$")
_MD_EMPHASIS: Final = re.compile(r"(\*\*|__|(?<![\w*])[*_](?![\s*_]))(?=\S)(.{1,200}?)(?<=\S)\1")
_MD_ROW: Final = re.compile(r"\s*\|.*\|\s*$")
_MD_ROW_RULE: Final = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
_MD_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


def decode(raw: bytes, name: str, encoding: str | None) -> str:
    """Return the text of bytes.

    Raises:
        ImportFileError: it is no text, or not in the encoding that was said.
    """
    if encoding:
        try:
            text = raw.decode(encoding)
        except LookupError:
            raise ImportFileError(
                tr("There is no encoding {name}.", name=safe(encoding)),
                tr("Such as utf-8, gb18030, big5 or utf-16."),
            ) from None
        except (UnicodeError, ValueError):
            raise ImportFileError(
                tr("{file} is not in {encoding}.", file=safe(name), encoding=safe(encoding)),
                tr("Leave --encoding out, or name the right one."),
            ) from None
        return _checked(text.removeprefix("\ufeff"), name)
    for bom, said in _BOMS:
        if raw.startswith(bom):
            try:
                return _checked(raw.decode(said).removeprefix("\ufeff"), name)
            except UnicodeError:
                raise _no_text(name) from None
    for tried in ("utf-8", "gb18030"):
        try:
            text = _checked(raw.decode(tried), name)
        except UnicodeDecodeError:
            continue
        if tried != "gb18030" or not _is_big5(raw, text):
            return text
    raise ImportFileError(
        tr("{file} is neither UTF-8 nor GB18030.", file=safe(name)),
        tr("Name its encoding with --encoding, such as big5 or utf-16-le."),
    )


def _is_big5(raw: bytes, text: str) -> bool:
    """Tell whether bytes make more sense as Big5 than as the text that GB18030 makes of them."""
    for tried in ("cp950", "big5hkscs"):
        try:
            return _sense(raw.decode(tried)) > 2 * _sense(text)
        except UnicodeDecodeError:
            continue
    return False


def _sense(text: str) -> float:
    """Return how many of the Chinese characters of a text are among the most usual ones."""
    characters = [one for one in text[:20_000] if "\u3400" <= one <= "\u9fff"]
    return sum(one in _USUAL for one in characters) / max(len(characters), 1)


def _checked(text: str, name: str) -> str:
    """Refuse what decodes and is no text all the same."""
    sample = text[:65536]
    odd = sum(character < " " and character not in "\t\n\r\x0b\x0c" for character in sample)
    if "\0" in text or odd > max(len(sample) // 50, _ODD):
        raise _no_text(name)
    return text


def _no_text(name: str) -> ImportFileError:
    return ImportFileError(
        tr("{file} is no text.", file=safe(name)),
        tr("Import reads txt, md, docx, xlsx, csv and pdf."),
    )


def read(raw: bytes, name: str, encoding: str | None) -> Iterator[Block]:
    """Yield the blocks of a text file.

    Raises:
        ImportFileError: the bytes are no text.
    """
    text = decode(raw, name, encoding)
    markdown = name.lower().endswith((".md", ".markdown"))
    page = 1 if "\x0c" in text else 0
    number = 0
    start = 0
    width = 0
    while start <= len(text):
        found = _BREAK.search(text, start)
        end = found.start() if found else len(text)
        number += 1
        place = Place(name, line=number, page=page)
        line = text[start:end]
        is_row = "\t" in line or ("|" in line and not markdown)
        cells = _cells(line, width) if is_row else []
        width = len(cells)
        if is_row and _MD_ROW_RULE.match(line):
            width = line.count("|") - 1
        elif cells:
            yield Block("row", "", place, cells=tuple(Cell(cell, place) for cell in cells))
        elif markdown:
            yield from _of_markdown(line, place)
        else:
            yield Block("line", line, place)
        if not found:
            return
        if found.group() == "\x0c":
            page += 1
            number -= 1
        start = found.end()


def _cells(line: str, width: int) -> list[str]:
    """Return the cells of a row of a table that was pasted as text, [] where a line is none.

    Two cells are a row below one of two, or beside the name of a field: a tab may also stand after
    a label, or before the text.
    """
    if "\t" in line:
        cells = [cell.strip() for cell in line.rstrip().split("\t")]
    else:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    if not cells[0] and not width:
        return []
    filled = sum(map(bool, cells))
    if "\t" in line and (filled > 2 or not cells[0]):  # what is empty at the end was cut off
        cells += [""] * (width - len(cells))
    is_field = words.section_key(cells[0], weak=True) is not None
    goes_on = width == len(cells) and (filled > 1 or ("\t" in line and not cells[0]))
    return cells if filled > 2 or goes_on or (filled > 1 and is_field) else []


def _of_markdown(line: str, place: Place) -> Iterator[Block]:
    if _MD_ROW_RULE.match(line):
        return
    if _MD_RULE.match(line):
        yield Block("line", "", place)
        return
    heading = _MD_HEADING.match(line.strip())
    if heading:
        text = heading[2].rstrip()
        bare = text.rstrip("#")
        text = _plain(bare.rstrip() if bare[-1:].isspace() else text)
        yield Block("heading", text, place, level=len(heading[1]))
        return
    if _MD_ROW.match(line):
        parts = re.split(r"(?<!\\)\|", line.strip()[1:-1])
        cells = tuple(Cell(_plain(part.strip()).replace("<br>", "\n"), place) for part in parts)
        yield Block("row", "", place, cells=cells)
        return
    text = re.sub(r"^\s*>\s?", "", line)
    yield Block("line", _plain(text), place)


def _plain(text: str) -> str:
    return _MD_ESCAPE.sub(r"\1", _MD_EMPHASIS.sub(r"\2", text))
