"""Word files as blocks: as printed, tracked changes accepted, text boxes, nested tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dutybook.importers.base import Block, Cell, Place
from dutybook.importers.office import damaged
from dutybook.importers.word_numbers import BULLET, Numbers, W, number, switched, value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from dutybook.importers.base import BlockKind
    from dutybook.importers.office import Package

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What was deleted, what stands behind a field, and how things look.
_PASSED_OVER: Final = frozenset(
    W + name
    for name in ("del", "moveFrom", "delText", "instrText",
                 "pPr", "rPr", "tblPr", "tblGrid", "sectPr", "rt")
)  # fmt: skip
_PARAGRAPH: Final = f"{W}p"
_TAKEN: Final = ("del", "moveFrom")
_BOX: Final = f"{W}txbxContent"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXTS: Final = frozenset((f"{W}t", f"{_MATH}t"))
_SIGNS: Final = {
    f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
# What a formula has as lines and heights, written around the part.
_AROUND: Final = {
    f"{_MATH}den": ("/", ""), f"{_MATH}sup": ("^", ""), f"{_MATH}rad": ("√(", ")"),
    f"{_MATH}d": ("(", ")"),
}  # fmt: skip
_SYMBOLS: Final = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
                   0xAE: "→", 0xB0: "°", 0xA5: "∞", 0xD7: "·"}  # fmt: skip
"""The second half of the codes in the font Symbol."""
_BLANK: Final = 120  # twips, about the width of one
_MOST_BLANKS: Final = 80
_HEADING: Final = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str = ""
    number: str = ""
    at: int | None = None
    outline: int | None = None
    is_contents: bool = False
    is_hidden: bool | None = None


def read(package: Package, document: Element, related: dict[str, list[str]]) -> Iterator[Block]:
    """Yield the blocks of a Word file: its main part, and the parts that this refers to by kind.

    Raises:
        ImportFileError: a part of it is damaged.
    """
    body = document.find(f"{W}body")
    if body is None:
        raise damaged(package.name)

    def parts(*kinds: str) -> Iterator[Element]:
        paths = dict.fromkeys(path for kind in kinds for path in sorted(related.get(kind, ())))
        return (part for path in paths if (part := package.part(path)) is not None)

    numbering, styles = next(parts("numbering"), None), next(parts("styles"), None)
    reader = _Reader(package.name, Numbers(numbering), styles)
    for part in parts("header", "footer"):
        yield from reader.aside(part, "head")
    yield from reader.blocks(body)
    for part in parts("footnotes", "endnotes"):
        yield from reader.aside(part, "note")
    for part in parts("comments"):
        yield from reader.aside(part, "comment")
    for part in parts("diagramData"):
        for paragraph in part.iter(f"{_DRAWING}p"):
            text = "".join(one.text or "" for one in paragraph.iter(f"{_DRAWING}t")).strip()
            if text:
                yield Block("note", text, Place(package.name))


_MOST_COLUMNS: Final = 63  # that Word makes


class _Reader:
    """Walks one document in reading order."""

    def __init__(self, name: str, numbers: Numbers, styles: Element | None) -> None:
        self.name = name
        self.numbers = numbers
        self.styles = dict(map(_style, styles.findall(f"{W}style"))) if styles is not None else {}
        self.count = 0
        self.page = 1

    def aside(self, part: Element, kind: BlockKind) -> Iterator[Block]:
        """Yield the paragraphs of headers, footers and notes."""
        for paragraph in part.iter(_PARAGRAPH):
            text = "".join(piece for _, piece in _pieces(paragraph)).strip()
            if text:
                yield Block(kind, text, Place(self.name))

    def blocks(self, container: Element) -> Iterator[Block]:
        """Yield the blocks of a body, a cell or a text box."""
        for first, *others in _joined(container):
            if first.tag == _PARAGRAPH:
                yield from self._paragraph([first, *others])
            elif first.tag == f"{W}tbl":
                yield from self._table(first)
            elif first.tag not in _PASSED_OVER:
                yield from self.blocks(_chosen(first))

    def _paragraph(self, elements: list[Element]) -> Iterator[Block]:
        """Yield the blocks of a paragraph, made of several whose ends were deleted or of one.

        What is hidden is listed only. A paragraph of which nothing is printed has no number.
        """
        for element in elements:
            self.count += 1
            self.page += sum(1 for _ in element.iter(f"{W}lastRenderedPageBreak"))
            self.page += sum(1 for one in element.iter(f"{W}br") if one.get(f"{W}type") == "page")
        place = self._place()
        text, hidden = self._texts(elements)
        if hidden:
            yield Block("hidden", hidden, place)
        if text or not self._is_gone(elements[-1]):
            name, at, level, is_contents = self._look(elements[-1])
            label = self.numbers.next(name, at)
            if label == BULLET:
                label = " " * min(self.numbers.indent(name, at) // _BLANK, _MOST_BLANKS) + label
            if is_contents:
                yield Block("head", label + text, place)
            elif text:
                yield Block("heading" if level else "paragraph", text, place, label, level)
            else:
                yield Block("paragraph", "", place)
        for element in elements:
            for box in _boxes(element):
                yield from self.blocks(box)

    def _place(self) -> Place:
        return Place(self.name, paragraph=self.count, page=self.page if self.page > 1 else 0)

    def _texts(self, paragraphs: list[Element]) -> tuple[str, str]:
        """Return the text that is printed, and the one that is hidden."""
        texts: dict[bool, list[str]] = {False: [], True: []}
        for paragraph in paragraphs:
            style = value(paragraph.find(f"{W}pPr"), "pStyle")
            for run, piece in _pieces(paragraph):
                look = run.find(f"{W}rPr") if run is not None else None
                texts[self._is_hidden(look, style)].append(piece)
        return "".join(texts[False]).strip(), "".join(texts[True]).strip()

    def _is_hidden(self, look: Element | None, style: str) -> bool:
        """Tell whether a run that looks so is hidden, in a paragraph of a style."""
        own = switched(look, "vanish")
        for name in (value(look, "rStyle"), style):
            for _, one in self._styles(name):
                own = one.is_hidden if own is None else own
        return bool(own)

    def _is_gone(self, paragraph: Element) -> bool:
        """Tell whether the end of a paragraph is not printed."""
        style = value(paragraph.find(f"{W}pPr"), "pStyle")
        return _runs_on(paragraph) or self._is_hidden(_end(paragraph), style)

    def _look(self, element: Element) -> tuple[str, int, int, bool]:
        """Return the list of a paragraph and the depth in it, its level as a heading."""
        properties = element.find(f"{W}pPr")
        numbered = properties.find(f"{W}numPr") if properties is not None else None
        name, at = value(numbered, "numId"), number(value(numbered, "ilvl"))
        outline = number(value(properties, "outlineLvl"))
        is_contents = False
        for style, look in self._styles(value(properties, "pStyle")):
            name = name or look.number
            at = look.at if at is None else at
            at = self.numbers.depth_of(name, style) if at is None else at
            outline = look.outline if outline is None else outline
            is_contents = is_contents or look.is_contents
        level = outline + 1 if outline is not None and outline < 9 else 0
        return name, at or 0, level, is_contents

    def _styles(self, name: str) -> Iterator[tuple[str, _Style]]:
        """Yield a style and those that it is based on, the nearest first."""
        seen: set[str] = set()
        while name in self.styles and name not in seen:
            seen.add(name)
            yield name, self.styles[name]
            name = self.styles[name].based_on

    def _table(self, element: Element) -> Iterator[Block]:
        """Yield the rows of a table; a table inside a cell comes after the row.

        What is only listed comes after all of them.
        """
        listed: list[Block] = []
        for row in _own(element, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            before = number(value(row.find(f"{W}trPr"), "gridBefore")) or 0
            cells = [Cell("", self._place())] * min(max(before, 0), _MOST_COLUMNS)
            nested: list[Block] = []
            for cell in _own(row, f"{W}tc"):
                blocks = list(self.blocks(cell))
                nested += [block for block in blocks if block.kind == "row"]
                listed += [block for block in blocks if block.kind in {"head", "hidden"}]
                said = [one for one in blocks if one.text and one.kind not in {"head", "hidden"}]
                place = self._place()
                cells.append(Cell("\n".join(one.label + one.text for one in said), place))
                cells += [Cell("", place)] * (_columns(cell) - 1)
            place = cells[0].place if cells else Place(self.name)
            yield Block("row", "", place, cells=tuple(cells))
            yield from nested
        yield from listed


def _columns(cell: Element) -> int:
    """Return how many columns of the table a cell takes up."""
    span = number(value(cell.find(f"{W}tcPr"), "gridSpan")) or 1
    return min(max(span, 1), _MOST_COLUMNS)


def _own(container: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table, or cells of a row, wrapped in controls or insertions or not."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag not in _PASSED_OVER and child.tag not in {f"{W}tbl", f"{W}p", f"{W}tc"}:
            yield from _own(child, tag)


def _chosen(element: Element) -> Element:
    """Return the first of several versions of the same thing."""
    if element.tag == f"{_MC}AlternateContent":
        for name in ("Choice", "Fallback"):
            found = element.find(f"{_MC}{name}")
            if found is not None:
                return found
    return element


def _joined(container: Element) -> Iterator[list[Element]]:
    """Yield what stands in a container, a paragraph whose end was deleted with the next one."""
    group: list[Element] = []
    for child in container:
        if child.tag == _PARAGRAPH:
            group.append(child)
            if not _runs_on(child):
                yield group
                group = []
        elif len(child):  # a bookmark has nothing in it
            if group:
                yield group
                group = []
            yield [child]
    if group:
        yield group


def _end(paragraph: Element) -> Element | None:
    """Return how the end of a paragraph looks."""
    return paragraph.find(f"{W}pPr/{W}rPr")


def _runs_on(paragraph: Element) -> bool:
    """Tell whether the end of a paragraph was deleted or moved away."""
    end = _end(paragraph)
    return end is not None and any(end.find(f"{W}{name}") is not None for name in _TAKEN)


def _pieces(element: Element, run: Element | None = None) -> Iterator[tuple[Element | None, str]]:
    """Yield the text of a paragraph, without text boxes, and the run that each piece is in."""
    for child in _chosen(element):
        tag = child.tag
        if tag in _PASSED_OVER or tag == _BOX:
            continue
        if tag in _TEXTS:
            yield run, child.text or ""
        elif tag in _SIGNS:
            yield run, _SIGNS[tag]
        elif tag == f"{W}sym":
            yield run, _symbol(child)
        else:
            before, after = _AROUND.get(tag, ("", ""))
            before = _operator(child) if tag == f"{_MATH}nary" else before
            yield run, before
            yield from _pieces(child, child if tag == f"{W}r" else run)
            yield run, after


def _symbol(element: Element) -> str:
    """Return the character that a sign of a font of symbols shows, a bullet where none is known."""
    code = element.get(f"{W}char", "")
    at = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{2,4}", code) else 0
    if element.get(f"{W}font", "").lower() == "symbol":
        return _SYMBOLS.get(at & 0xFF, BULLET)
    return chr(at) if 0x20 < at < 0xD800 else BULLET


def _operator(element: Element) -> str:
    """Return the sign of a sum or an integral; the latter where none is said."""
    sign = element.find(f"{_MATH}naryPr/{_MATH}chr")
    return sign.get(f"{_MATH}val", "") if sign is not None else "∫"


def _boxes(element: Element) -> Iterator[Element]:
    for child in _chosen(element):
        if child.tag == _BOX:
            yield child
        elif child.tag not in _PASSED_OVER:
            yield from _boxes(child)


def _style(element: Element) -> tuple[str, _Style]:
    properties = element.find(f"{W}pPr")
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    name = value(element, "name")
    outline = number(value(properties, "outlineLvl"))
    if outline is None:
        heading = _HEADING.fullmatch(name.strip())
        outline = int(heading[1]) - 1 if heading else 0 if name.lower() == "title" else None
    return element.get(f"{W}styleId", ""), _Style(
        value(element, "basedOn"), value(numbered, "numId"), number(value(numbered, "ilvl")),
        outline, name.lower().startswith("toc "), switched(element.find(f"{W}rPr"), "vanish"),
    )  # fmt: skip
