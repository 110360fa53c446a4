"""Changes of values made in the text of a YAML file: what is not concerned stays as it stands.

Knows where a role's keys belong, and not why anything is changed; `layout` finds the places.
Whoever asks reads the result back: what cannot be done safely does not read back as `changed`
says.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from dutybook.importers import write
from dutybook.importers.edits import Insert, Put, Remove, value_at
from dutybook.importers.layout import Layout
from dutybook.text import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from dutybook.document import Document, Place, Route
    from dutybook.importers.edits import Edit


def spliced(document: Document, edits: Sequence[Edit]) -> str:
    """Return the text of a document with edits made.

    Raises:
        ValueError: it is written in a way that is not provided for.
    """
    splicer = _Splicer(document, edits)
    inside: dict[Route, list[Edit]] = {}
    for edit in sorted(edits, key=_turn):
        owner = edit.route if isinstance(edit, Insert) else edit.route[:-1]
        if splicer.layout.is_flow(document.place(owner)):
            inside.setdefault(owner, []).append(edit)
        else:
            splicer.make(edit)
    for owner, some in inside.items():
        splicer.make_inside(owner, some)
    return splicer.text()


def comments(document: Document) -> Counter[str]:
    """Return the comments of a document."""
    return Counter(Layout(document).comments())


def _turn(edit: Edit) -> tuple[int, int]:
    """Return when an edit is made: of two at one place, the one of deeper lines comes first.

    Of new keys at one place, the one that the format has first.
    """
    *owner, key = edit.route
    order = write.ORDERS.get(_kind(owner), ())
    rank = order.index(str(key)) if isinstance(edit, Put) and key in order else 0
    return -len(edit.route) - isinstance(edit, Insert), rank


class _Splicer:
    """Collects the splices of one text; `gone` are the routes of what is taken out."""

    def __init__(self, document: Document, edits: Iterable[Edit]) -> None:
        self.document = document
        self.layout = Layout(document)
        self.source = self.layout.source
        self.gone = {edit.route for edit in edits if isinstance(edit, Remove)}
        self.splices: list[tuple[int, int, str]] = []

    def text(self) -> str:
        """Return the text with all splices made.

        Of those at one place the first comes first, and what replaces something last. A final
        line break that the layout added stays if something comes after it.
        """
        pieces: list[str] = []
        at = 0
        for start, end, made in sorted(self.splices, key=lambda one: (one[0], one[0] < one[1])):
            if start < at:
                raise ValueError
            pieces += (self.source[at:start], made.replace("\n", self.layout.newline))
            at = end
        return "".join((*pieces, self.document.text[at:]))

    def make(self, edit: Edit) -> None:
        """Make one edit in block style."""
        if isinstance(edit, Insert):
            self._insert(edit)
        elif isinstance(edit, Remove):
            self._remove(edit.route)
        elif not self._has(edit.route):
            self._add(edit.route, edit.value)
        else:
            self._replace(edit.route, edit.value)

    def make_inside(self, route: Route, edits: Sequence[Edit]) -> None:
        """Make edits of what stands in one collection in brackets."""
        place = self.document.place(route)
        children = place.children or {}
        entries: Iterable[tuple[str | int, Place]] = (
            children.items() if isinstance(children, dict) else enumerate(children)
        )
        named = dict(entries)
        numbers = {step: number for number, step in enumerate(named)}
        kind = _kind(route)
        gone: set[int] = set()
        new: list[tuple[int, str]] = []
        for edit in edits:
            step = edit.route[-1]
            if isinstance(edit, Insert):
                new.append((edit.after, _flow(edit.value, kind)))
            elif isinstance(edit, Remove):
                gone.add(numbers[step])
            elif step in named:
                self._replace_inside(named[step], edit.value, _kind(edit.route))
            else:
                after = numbers.get(_earlier(str(step), kind, named) or "", -1)
                new.append((after, f"{step}: {_flow(edit.value, str(step))}"))
        self._rejoin(place, [*named.values()], gone, sorted(new, key=lambda one: one[0]))

    def _has(self, route: Route) -> bool:
        owner = self.document.place(route[:-1]).children
        step = route[-1]
        if isinstance(owner, dict):
            return step in owner
        return isinstance(owner, list) and isinstance(step, int) and step < len(owner)

    def _splice_lines(self, at: int, lines: str) -> None:
        """Put whole lines where a line begins, or at the end."""
        if lines:
            self.splices.append((at, at, lines))

    def _insert(self, edit: Insert) -> None:
        key = str(edit.route[-1])
        count = len(value_at(self.document.data, edit.route))
        indent = self.layout.indent((*edit.route, 0))
        lines = write.sequence([edit.value], key, indent)
        gap = "\n" if self._has_gaps(edit.route, count) else ""
        if edit.after < 0:
            name = self.document.place(edit.route).key
            assert name is not None
            self._splice_lines(self.layout.next_line(self.layout.offset(name[1])), lines + gap)
        else:
            self._splice_lines(self.layout.after((*edit.route, edit.after), indent), gap + lines)

    def _has_gaps(self, route: Route, count: int) -> bool:
        """Tell whether empty lines stand between the entries of a list, or should."""
        if count < 2:
            return route[-1:] == ("duties",)
        end = self.layout.extent(self.document.place((*route, 0)))[1]
        return self.layout.has_empty_line(end, self.layout.dash((*route, 1)))

    def _add(self, route: Route, value: Any) -> None:
        """Write a key that is not there, after the one that it comes after by the format."""
        *owner, key = route
        kind = _kind(owner)
        children = self.document.place(tuple(owner)).children
        assert isinstance(children, dict)
        kept = [one for one in children if (*owner, one) not in self.gone]
        before = _earlier(str(key), kind, kept)
        beside = (*owner, before or next(iter(children)))
        indent = self.layout.indent(beside)
        lines = write.mapping({str(key): value}, kind, indent)
        if before:
            self._splice_lines(self.layout.after(beside, indent), lines)
            return
        name = self.document.place(beside).key
        assert name is not None
        first = self.layout.offset(name[0])
        line = self.layout.line_start(first)
        if self.source[line:first].strip():
            self.splices.append((first, first, lines[len(indent) :] + indent))
        else:
            self._splice_lines(line, lines)

    def _replace(self, route: Route, value: Any) -> None:
        """Write another value in place of one; comments that are in the way move above it."""
        place = self.document.place(route)
        start, end = self.layout.extent(place)
        key = str(route[-1]) if place.key else "text"
        indent = self.layout.indent(route)
        is_lines = self.layout.is_block(start)
        if isinstance(value, str):
            made = _restyled(key, value, self.source[start:end], indent)
        elif self.layout.is_flow(place):
            made = _flow(value, _kind(route))
        elif place.key:
            made = write.mapping({key: value}, _kind(route[:-1]), indent)
            made = made.removeprefix(f"{indent}{key}:")
            start = self.layout.behind_colon(place.key[1])
        else:
            inner = " " * place.start.column
            made = write.mapping(value, _kind(route), inner)[len(inner) :]
        made = made.removesuffix("\n")
        if self.source[start - 1] in ":-" and made[:1] != "\n":
            made = " " + made
        if is_lines or "\n" in made:
            end = self.layout.line_end(end)
        self._cut(start, end, start, made)

    def _replace_inside(self, place: Place, value: Any, kind: str) -> None:
        """Write another value in place of one in brackets."""
        start, end = self.layout.extent(place)
        is_quoted = isinstance(value, str) and self.source[start] in {'"', "'"}
        made = write.quoted(value) if is_quoted else _flow(value, kind)
        self._cut(start, end, start, " " + made if self.source[start - 1] == ":" else made)

    def _rejoin(
        self, place: Place, entries: list[Place], gone: set[int], new: list[tuple[int, str]]
    ) -> None:
        """Take entries out of brackets, by number, and put new ones after others, -1 for none."""
        begin, end = self.layout.extent(place)
        kept = [number for number in range(len(entries)) if number not in gone]
        if not kept:
            self._cut(begin + 1, end - 1, begin, ", ".join(text for _, text in new))
            return
        first = kept[0]
        spans = [self.layout.whole(one) for one in entries]
        comma = self._comma(spans)
        for after, text in new:
            if after < first:
                at = spans[first][0]
                self.splices.append((at, at, text + comma))
            else:
                at = spans[after][1]
                self.splices.append((at, at, comma + text))
        for number in sorted(gone):
            if number < first:
                self._cut(spans[number][0], spans[number + 1][0], begin)
            else:
                self._cut(spans[number - 1][1], spans[number][1], begin)

    def _comma(self, spans: Sequence[tuple[int, int]]) -> str:
        """Return what stands between the first two entries in brackets, or what should."""
        between = self.source[spans[0][1] : spans[1][0]] if len(spans) > 1 else ""
        return LINE_BREAK.sub("\n", between) if re.fullmatch(r",\s*", between) else ", "

    def _cut(self, start: int, end: int, beside: int, made: str = "") -> None:
        """Take a text out, for another; its comments move above the line of an offset."""
        line = self.layout.line_start(beside)
        kept = self.layout.comments(start, end)
        self._splice_lines(line, _lines(kept, self.layout.lead(line)))
        self.splices.append((start, end, made))

    def _remove(self, route: Route) -> None:
        """Take lines out."""
        place = self.document.place(route)
        if place.key and self._remove_behind_dash(route):
            return
        start = self.layout.offset(place.key[0]) if place.key else self.layout.dash(route)
        _, end = self.layout.extent(place)
        kept = self.layout.comments(start, self.layout.line_end(end))
        lines = _lines(kept, self.layout.indent(route))
        self.splices.append((self.layout.line_start(start), self.layout.next_line(end), lines))

    def _remove_behind_dash(self, route: Route) -> bool:
        """Take a key out that stands, or comes to stand, behind a dash; tell whether it does."""
        *owner, key = route
        children = self.document.place(tuple(owner)).children
        assert isinstance(children, dict)
        starts = [self.layout.offset(one.key[0]) for one in children.values() if one.key]
        number = [*children].index(str(key))
        before = [*children][:number]
        is_first = all((*owner, one) in self.gone for one in before)
        if not is_first or not self.source[self.layout.line_start(starts[0]) : starts[0]].strip():
            return False
        if number + 1 == len(starts):
            raise ValueError
        self._cut(starts[number], starts[number + 1], starts[0])
        return True


def _lines(texts: Iterable[str], indent: str) -> str:
    """Return texts as lines."""
    return "".join(f"{indent}{one}\n" for one in texts)


def _kind(route: Sequence[str | int]) -> str:
    """Return the kind of mapping that stands at a route: the nearest name on it."""
    return next((one for one in reversed(route) if isinstance(one, str)), "")


def _earlier(key: str, kind: str, there: Container[object]) -> str | None:
    """Return the key of a mapping that a new one comes after by the format, None for none."""
    order = write.ORDERS[kind]
    return next((one for one in reversed(order[: order.index(key)]) if one in there), None)


def _restyled(key: str, value: str, before: str, indent: str) -> str:
    """Return a text as a value, in the style that another one had where that suits it."""
    made = write.scalar(key, value, indent)
    if made.startswith("|"):
        return made
    if before[:1] in {"|", ">"} and key in write.BLOCKS and write.fits_block(value):
        return write.block(value, indent)
    return write.quoted(value) if before[:1] in {'"', "'"} else made


def _flow(value: Any, kind: str) -> str:
    """Return the value of a key, or an entry of its list, in brackets on one line."""
    if isinstance(value, dict):
        keys = sorted(value, key=write.ORDERS[kind].index)
        return "{" + ", ".join(f"{key}: {_flow(value[key], key)}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one, kind) for one in value) + "]"
    made = write.scalar(kind, value, "")
    is_plain = made[:1] not in {"'", '"'}
    return write.quoted(value) if is_plain and set(",[]{}\n").intersection(made) else made
