"""A YAML file as read: plain data, and the place of every value and key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from dutybook.problems import Problem, Span
from dutybook.text import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator

Route = tuple[str | int, ...]
"""Where a value stands in the data: keys and indexes from the root."""


class Mark(Protocol):
    """A place as libyaml gives it: line and column from 0, in code points."""

    line: int
    column: int


@dataclass(slots=True)
class Place:
    """Where a value, and the key it stands under, begin and end; children by key or index."""

    start: Mark
    end: Mark
    key: tuple[Mark, Mark] | None = None
    children: dict[str, Place] | list[Place] | None = None


@dataclass(frozen=True)
class Document:
    """One YAML file as read.

    `data` is made of dict, list, str and None. `broken` are routes whose value was refused,
    `incomplete` the mappings that lost a key by a refusal: what the schema says of these would
    repeat the refusal. `retyped` are the unquoted values that other readers take for no text.
    """

    path: str
    text: str
    data: Any = None
    root: Place | None = None
    problems: tuple[Problem, ...] = ()
    broken: frozenset[Route] = frozenset()
    incomplete: frozenset[Route] = frozenset()
    retyped: tuple[Route, ...] = ()

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file as an editor counts them."""
        return LINE_BREAK.split(self.text)

    def span(self, route: Route, *, key: bool = False) -> Span:
        """Return where the value at a route stands, or its key.

        Elements of the route that are not in the data are passed over, so that the location of
        a pydantic error can be used as it is. A mapping or list stands at its key, in a list at
        its first line.
        """
        if self.root is None:
            return Span(1, 1, 1, 1)
        place = self.place(route)
        if place.key is not None and (
            key or place.children is not None or _is_empty(place.start, place.end)
        ):
            return self._between(*place.key)
        if isinstance(place.children, dict) and place.children:
            first = next(iter(place.children.values()))
            if first.key is not None:
                return self._between(*first.key)
        return self._between(place.start, place.end)

    def line(self, route: Route) -> int:
        """Return the line on which the value at a route begins."""
        return self.place(route).start.line + 1 if self.root else 1

    def place(self, route: Route) -> Place:
        """Return the place of the value at a route; what is not in the data is passed over."""
        assert self.root is not None
        place = self.root
        for step in route:
            children = place.children
            if isinstance(children, dict):
                place = children.get(step, place) if isinstance(step, str) else place
            elif isinstance(children, list) and isinstance(step, int) and step < len(children):
                place = children[step]
        return place

    def _between(self, start: Mark, end: Mark) -> Span:
        line, column = within(start, self.lines)
        end_line, end_column = within(end, self.lines)
        while end_line > line and not self.lines[end_line][:end_column].strip():
            end_line -= 1  # a block ends where the next token begins
            end_column = len(self.lines[end_line])
        return Span(line + 1, column + 1, end_line + 1, end_column + 1)

    def scalars(self) -> Iterator[Place]:
        """Yield the place of every scalar value."""
        waiting = [self.root] if self.root else []
        while waiting:
            place = waiting.pop()
            if place.children is None:
                yield place
            else:
                children = place.children
                waiting.extend(children.values() if isinstance(children, dict) else children)


def within(place: Mark, lines: list[str]) -> tuple[int, int]:
    """Return a mark's line and column; libyaml ends a file with a line break of its own."""
    last = len(lines) - 1
    return (place.line, place.column) if place.line <= last else (last, len(lines[last]))


def _is_empty(start: Mark, end: Mark) -> bool:
    return (end.line, end.column) <= (start.line, start.column)


def span_of(start: Mark, end: Mark | None = None) -> Span:
    """Return the span between two marks; a single character where they are one or none ends it."""
    if end is None or _is_empty(start, end):
        return Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
