"""YAML text to plain data with the place of every value: the one door to yaml.

Reads libyaml's events with a stack of its own instead of composing nodes: PyYAML's composer dies
by SIGSEGV on 25 kB of nested brackets and its constructors raise what is no YAMLError. Every
scalar stays text, for the schema to convert. Knows nothing of what the keys mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol

import yaml

from dutybook import characters, syntax
from dutybook.messages import mark, tr
from dutybook.problems import Kind, Problem, Related, Severity, Span
from dutybook.text import LINE_BREAK, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

Route = tuple[str | int, ...]
"""Where a value stands in the data: keys and indexes from the root."""

MAX_DEPTH: Final = 16

NOT_UTF8 = Kind("F004", "not-utf8", Severity.ERROR)
SYNTAX = Kind("Y001", "syntax", Severity.ERROR)
DUPLICATE_KEY = Kind("Y002", "duplicate-key", Severity.ERROR)
ANCHOR = Kind("Y003", "anchor-or-alias", Severity.ERROR)
TAG = Kind("Y004", "tag", Severity.ERROR)
MERGE_KEY = Kind("Y005", "merge-key", Severity.ERROR)
TOO_DEEP = Kind("Y006", "too-deep", Severity.ERROR)
SECOND_DOCUMENT = Kind("Y007", "second-document", Severity.ERROR)
FULL_WIDTH = Kind("Y008", "full-width-mark", Severity.ERROR)
RETYPED = Kind("Y014", "retyped-value", Severity.WARNING)
CUT_BY_COMMENT = Kind("Y015", "cut-by-comment", Severity.WARNING)
CONFLICT = Kind("Y016", "conflict-marker", Severity.ERROR)
KEY_NOT_TEXT = Kind("Y017", "key-not-text", Severity.ERROR)
EMPTY = Kind("Y018", "empty-document", Severity.ERROR)
TAB = Kind("Y019", "tab-in-value", Severity.WARNING)

_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: |$)", re.MULTILINE)
_TAG_DIRECTIVE = re.compile(r"^%TAG", re.MULTILINE)
_HASH = re.compile(r"\S[ \t]+#(?=\S)")
_COMMENT_AT = re.compile(r"[ \t]+#\S")

# What a plain scalar is to readers of YAML 1.2 where YAML 1.1, whose patterns PyYAML has, reads
# text.
_YAML_1_2 = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


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
    style: str | None = None


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
        place = self._place(route)
        if place.key is not None and (
            key or place.children is not None or place.start == place.end
        ):
            return self._between(*place.key)
        if isinstance(place.children, dict) and place.children:
            first = next(iter(place.children.values()))
            if first.key is not None:
                return self._between(*first.key)
        return self._between(place.start, place.end)

    def line(self, route: Route) -> int:
        """Return the line on which the value at a route begins."""
        return self._place(route).start.line + 1 if self.root else 1

    def _place(self, route: Route) -> Place:
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
        line, column = start.line, start.column
        end_line, end_column = end.line, end.column
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


def read(raw: bytes, path: str) -> Document:
    """Read the bytes of a YAML file; whatever is wrong with them is in the document's problems."""
    text = _decode(raw, path)
    if isinstance(text, Problem):
        return Document(path, "", problems=(text,))
    return _Reader(path, text).read()


def _decode(raw: bytes, path: str) -> str | Problem:
    """Return the text of UTF-8 bytes without their byte order mark, or the problem with them."""
    nuls = raw[:4096].count(0)
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x7fELF", b"\x89PNG")):
        return _not_text(path, tr("This is a binary file (Word, Excel, PDF …), not a text."), 1)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or nuls > len(raw[:4096]) // 4:
        return _not_text(path, tr("The file is in UTF-16, not in UTF-8."), 1)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = len(re.findall(b"\r\n|\r|\n", before)) + 1
        start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
        column = len(before[start:].decode("utf-8", "replace")) + 1
        try:
            raw.decode("gb18030")
            guess = tr(" It looks like GBK (GB18030).")
        except UnicodeDecodeError:
            guess = ""
        message = tr("The file is not UTF-8: byte 0x{byte:02X}.", byte=raw[error.start]) + guess
        return _not_text(path, message, line, column)


def _not_text(path: str, message: str, line: int, column: int = 1) -> Problem:
    return Problem(
        NOT_UTF8,
        message,
        tr("Save it as UTF-8 in your editor."),
        path,
        Span(line, column, line, column + 1),
    )


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    data: dict[str, Any] | list[Any]
    place: Place
    route: Route
    key: str | None = None  # the key whose value comes next
    key_place: Place | None = None
    seen: bool = False  # that key was there before: its value goes nowhere
    skipping: int = 0  # depth inside a key that is no text


class _TooDeepError(Exception):
    """Nesting beyond MAX_DEPTH, at a mark."""

    def __init__(self, place: Mark) -> None:
        self.mark = place


class _Reader:
    """Reads one text; used once."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.broken: set[Route] = set()
        self.incomplete: set[Route] = set()
        self.retyped: list[Route] = []
        self.data: Any = None
        self.root: Place | None = None

    def read(self) -> Document:
        clean, self.problems = characters.check(self.text, self.path)
        if self._refused_outright():
            return self._document()
        self.hashes = bool(_HASH.search(clean))
        try:
            self._read_events(clean)
        except _TooDeepError as error:
            self._report(
                TOO_DEEP,
                error.mark,
                tr("Nested too deeply: more than {limit} levels.", limit=MAX_DEPTH),
                tr("A role needs four levels; look for a bracket that was not closed."),
            )
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except yaml.YAMLError:
            self._add(SYNTAX, Span(1, 1, 1, 1), tr("This is not YAML."))
        else:
            if self.root is None or self.data is None:
                self._add(
                    EMPTY,
                    Span(1, 1, 1, 1),
                    tr("The file is empty."),
                    tr("A role file has at least id, title and duties; see `dutybook new`."),
                )
        if any(problem.kind in _ENDS_READING for problem in self.problems):
            self.data, self.root = None, None
        return self._document()

    def _document(self) -> Document:
        return Document(
            self.path,
            self.text,
            self.data,
            self.root,
            tuple(self.problems),
            frozenset(self.broken),
            frozenset(self.incomplete),
            tuple(self.retyped),
        )

    def _refused_outright(self) -> bool:
        """Report what makes reading on pointless or dangerous; tell whether there is any."""
        for pattern, kind, message, hint in (
            (
                _CONFLICT,
                CONFLICT,
                mark("A conflict of a merge was left in the file."),
                mark("Choose one side, delete the other and the lines of <, = and >."),
            ),
            (
                _TAG_DIRECTIVE,
                TAG,
                mark("A %TAG directive is not allowed."),
                mark("Delete the line."),
            ),
        ):
            match = pattern.search(self.text)
            if match:
                line = len(LINE_BREAK.findall(self.text, 0, match.start())) + 1
                self._add(kind, Span(line, 1, line, 1 + len(match.group())), tr(message), tr(hint))
                return True
        return False

    # -- events

    def _read_events(self, text: str) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        try:
            self._build(loader)
        finally:
            loader.dispose()

    def _build(self, loader: Any) -> None:
        get_event = loader.get_event
        stack: list[_Open] = []
        documents = 0
        while True:
            event = get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event, stack)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._open(event, stack, {} if kind is yaml.MappingStartEvent else [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(event, stack)
            elif kind is yaml.AliasEvent:
                self._alias(event, stack)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._report(
                        SECOND_DOCUMENT,
                        event.start_mark,
                        tr("A second document begins here; a file holds one position."),
                        tr("Delete the line `---`, or move what follows to a file of its own."),
                    )
                    return
            elif kind is yaml.StreamEndEvent:
                return

    def _scalar(self, event: Any, stack: list[_Open]) -> None:
        top = stack[-1] if stack else None
        if top is not None and top.skipping:
            return
        value: str = event.value
        style = event.style
        if event.anchor is not None or (event.tag is not None):
            self._refuse_decoration(event)
        if top is not None and top.key is None and type(top.data) is dict:
            self._key(event, top)
            return
        route = self._route(top)
        data: str | None = value
        if not style:
            if value in _NULLS:
                data = None
            elif _looks_otherwise(value):
                self.retyped.append(route)
            if self.hashes:
                self._check_comment(event)
        elif style == '"' and (found := characters.FORBIDDEN.search(value)):
            span = _span(event.start_mark, event.end_mark)
            self.problems.append(characters.forbidden(found.group(), self.path, span))
            self.broken.add(route)
        if "\t" in value:
            self._report(
                TAB, event.start_mark, tr("A tab inside a text."), tr("Use blanks."), event.end_mark
            )
        if event.tag is not None:
            self.broken.add(route)
        self._put(top, data, Place(event.start_mark, event.end_mark, style=style))

    def _key(self, event: Any, top: _Open) -> None:
        """Take the scalar as the key of the value that comes next."""
        key = event.value
        assert isinstance(top.place.children, dict)
        top.key_place = Place(event.start_mark, event.end_mark)
        top.key = key
        top.seen = False
        if key == "<<" and not event.style:
            self._report(
                MERGE_KEY,
                event.start_mark,
                tr("A merge key (`<<`) is not allowed."),
                tr("Write the keys out."),
                event.end_mark,
            )
            self.incomplete.add(top.route)
            top.seen = True
        elif not event.style and key in _NULLS:
            self._report(
                KEY_NOT_TEXT,
                event.start_mark,
                tr("A key is missing before the colon."),
                tr("Write the key, as in `title: 客户经理`."),
            )
            top.seen = True
        elif key in top.place.children:
            first = top.place.children[key].key
            assert first is not None
            self._add(
                DUPLICATE_KEY,
                _span(event.start_mark, event.end_mark),
                tr(
                    "The key {key} is there twice; the first is on line {line}.",
                    key=safe(key),
                    line=first[0].line + 1,
                ),
                tr("Delete one of the two."),
                related=(Related(self.path, _span(*first)),),
            )
            top.seen = True

    def _open(self, event: Any, stack: list[_Open], data: dict[str, Any] | list[Any]) -> None:
        top = stack[-1] if stack else None
        if top is not None and (top.skipping or (type(top.data) is dict and top.key is None)):
            if not top.skipping:
                self._report(
                    KEY_NOT_TEXT,
                    event.start_mark,
                    tr("A key must be a word, not a list or mapping."),
                    tr("Put quotes round a value that begins with [ or {."),
                )
            top.skipping += 1
            if len(stack) + top.skipping > MAX_DEPTH:
                raise _TooDeepError(event.start_mark)
            return
        if len(stack) >= MAX_DEPTH:
            raise _TooDeepError(event.start_mark)
        route = self._route(top)
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event)
            if event.tag is not None:
                self.broken.add(route)
        place = Place(event.start_mark, event.end_mark, children={} if type(data) is dict else [])
        stack.append(_Open(data, place, route))

    def _close(self, event: Any, stack: list[_Open]) -> None:
        top = stack[-1]
        if top.skipping:
            top.skipping -= 1
            if not top.skipping:
                top.key, top.key_place, top.seen = "", Place(event.start_mark, event.end_mark), True
            return
        stack.pop()
        top.place.end = event.end_mark
        self._put(stack[-1] if stack else None, top.data, top.place)

    def _alias(self, event: Any, stack: list[_Open]) -> None:
        top = stack[-1] if stack else None
        if top is not None and top.skipping:
            return
        self._report(
            ANCHOR,
            event.start_mark,
            tr("An alias (*{name}) is not allowed.", name=safe(event.anchor)),
            tr("Write the value out."),
            event.end_mark,
        )
        if top is not None and type(top.data) is dict and top.key is None:
            top.key, top.key_place, top.seen = "", Place(event.start_mark, event.end_mark), True
            return
        self.broken.add(self._route(top))
        self._put(top, None, Place(event.start_mark, event.end_mark))

    def _route(self, top: _Open | None) -> Route:
        if top is None:
            return ()
        if type(top.data) is list:
            return (*top.route, len(top.data))
        return (*top.route, top.key or "")

    def _put(self, top: _Open | None, data: Any, place: Place) -> None:
        """Put a finished value where it belongs."""
        if top is None:
            self.data, self.root = data, place
        elif type(top.data) is list:
            top.data.append(data)
            top.place.children.append(place)  # type: ignore[union-attr] # a list has a list
        else:
            key, key_place = top.key, top.key_place
            top.key = top.key_place = None
            if not top.seen:
                assert key is not None
                assert key_place is not None
                place.key = (key_place.start, key_place.end)
                top.data[key] = data  # type: ignore[call-overload] # a mapping by now
                top.place.children[key] = place  # type: ignore[index,call-overload] # likewise

    # -- problems

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor is not None:
            self._report(
                ANCHOR,
                event.start_mark,
                tr("An anchor (&{name}) is not allowed.", name=safe(event.anchor)),
                tr("Delete it."),
            )
        if event.tag is not None:
            self._report(
                TAG,
                event.start_mark,
                tr("A tag ({tag}) is not allowed.", tag=safe(event.tag)),
                tr("Delete it; put quotes round the value if it begins with `!`."),
            )

    def _check_comment(self, event: Any) -> None:
        end = event.end_mark
        rest = self._lines[end.line][end.column :]
        found = _COMMENT_AT.match(rest)
        if found and event.value:
            column = end.column + found.end() - 1
            self._add(
                CUT_BY_COMMENT,
                Span(end.line + 1, column, end.line + 1, end.column + len(rest) + 1),
                tr("The text is cut off here: ` #` begins a comment."),
                tr("Put quotes round the whole value, or a blank after the # of a comment."),
            )

    @cached_property
    def _lines(self) -> list[str]:
        return LINE_BREAK.split(self.text)

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        context = error.context or ""
        unclosed = context.startswith(
            (
                "while scanning a quoted scalar",
                "while parsing a flow",
                "while scanning a simple key",
            )
        )
        place = (error.context_mark if unclosed else None) or error.problem_mark
        line = place.line if place else 0
        last = error.problem_mark.line if error.problem_mark else line
        mistyped = syntax.mistyped(self._lines, line, last)
        if mistyped:
            number, column, wrong, right = mistyped
            self._add(
                FULL_WIDTH,
                Span(number + 1, column + 1, number + 1, column + 2),
                tr(
                    "A full-width mark ({wrong}) stands where YAML needs a half-width one.",
                    wrong=wrong,
                ),
                tr("Type `{right}` and a blank.", right=right),
            )
            return
        column = place.column if place else 0
        message, hint = syntax.worded(error.problem or "", context)
        self._add(SYNTAX, Span(line + 1, column + 1, line + 1, column + 2), tr(message), tr(hint))

    def _report(
        self, kind: Kind, start: Mark, message: str, hint: str = "", end: Mark | None = None
    ) -> None:
        self._add(kind, _span(start, end), message, hint)

    def _add(
        self,
        kind: Kind,
        span: Span,
        message: str,
        hint: str = "",
        related: tuple[Related, ...] = (),
    ) -> None:
        self.problems.append(Problem(kind, message, hint, self.path, span, related=related))


_ENDS_READING = frozenset((SYNTAX, FULL_WIDTH, SECOND_DOCUMENT, TOO_DEEP))


def _looks_otherwise(value: str) -> bool:
    """Tell whether other YAML readers take a plain scalar for a number, a date, a truth value."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(value[:1])
    if resolvers and any(pattern.match(value) for _, pattern in resolvers):
        return True
    return value[:1] in "+-.0123456789" and _YAML_1_2.fullmatch(value) is not None


def _span(start: Mark, end: Mark | None = None) -> Span:
    if end is None or (end.line, end.column) <= (start.line, start.column):
        return Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def scalar(text: str) -> str:
    """Return a text as a YAML value on one line, quoted where a reader would take it otherwise."""
    style = '"' if _looks_otherwise(text) else None
    dumped: str = yaml.dump(text, allow_unicode=True, width=1 << 30, default_style=style)
    return dumped.removesuffix("\n").removesuffix("...").removesuffix("\n")
