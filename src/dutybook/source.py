"""YAML text to plain data with the place of every value: the one door to yaml.

Reads libyaml's events with a stack of its own instead of composing nodes: PyYAML's composer dies
by SIGSEGV on 25 kB of nested brackets and its constructors raise what is no YAMLError. Every
scalar stays text, for the schema to convert. Knows nothing of what the keys mean.
"""

from __future__ import annotations

import codecs
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import yaml

from dutybook import characters, syntax
from dutybook.document import Document, Place, span_of, within
from dutybook.messages import tr
from dutybook.problems import Kind, Problem, Related, Severity, Span
from dutybook.text import LINE_BREAK, safe

if TYPE_CHECKING:
    from dutybook.document import Mark, Route

MAX_DEPTH: Final = 16

_LOST: Final = -1
"""The step to a value whose key was refused: its route leads nowhere."""

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

_CONFLICT = re.compile(r"(?<![^\r\n])(?:<{7}|>{7})(?![^ \r\n])")
_TAG_DIRECTIVE = re.compile(r"(?<![^\r\n])%TAG")
_HASH = re.compile(r"\S[ \t]+#(?=\S)")
_COMMENT_AT = re.compile(r"[ \t]+#\S")

# What a plain scalar is to readers of YAML 1.2 where YAML 1.1, whose patterns PyYAML has, reads
# text.
_YAML_1_2 = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
)
_MARKED = frozenset("+-.0123456789").union(
    first for first in yaml.SafeLoader.yaml_implicit_resolvers if first
)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


class _Start:
    """The beginning of a file."""

    line = 0
    column = 0


_START = _Start()


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
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8")
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


class _List:
    """A list that is being read; the file itself is one, of a single value."""

    __slots__ = ("data", "place", "places", "route")

    def __init__(self, route: Route, place: Place) -> None:
        self.data: list[Any] = []
        self.places: list[Place] = []
        self.place = place
        self.route = route
        place.children = self.places

    def next_route(self) -> Route:
        """Return the route of the value that comes next."""
        return (*self.route, len(self.data))

    def put(self, data: Any, place: Place) -> None:
        """Take a finished value."""
        self.data.append(data)
        self.places.append(place)


class _Mapping:
    """A mapping that is being read: `key` waits for its value, None while a key comes next."""

    __slots__ = ("data", "key", "key_place", "place", "places", "route")

    def __init__(self, route: Route, place: Place) -> None:
        self.data: dict[str, Any] = {}
        self.places: dict[str, Place] = {}
        self.place = place
        self.route = route
        self.key: str | None = None
        self.key_place: tuple[Mark, Mark] | None = None
        place.children = self.places

    def next_route(self) -> Route:
        """Return the route of the value that comes next."""
        return (*self.route, _LOST if self.key is None or self.key_place is None else self.key)

    def put(self, data: Any, place: Place) -> None:
        """Take a finished value, unless its key was refused."""
        if self.key_place is not None:
            assert self.key is not None
            place.key = self.key_place
            self.data[self.key] = data
            self.places[self.key] = place
        self.key = None


class _File(_List):
    """The file: its one value has the empty route."""

    __slots__ = ()

    def next_route(self) -> Route:
        """Return the empty route."""
        return ()


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
        self.left_out = 0  # problems that are counted only
        self.skipping = 0  # how deep in a mapping or list that stands as a key
        self.stack: list[_List | _Mapping] = []
        self.unusual = False  # whether values need a closer look

    def read(self) -> Document:
        clean, self.problems = characters.check(self.text, self.path)
        if self._refused_outright():
            return self._document()
        self.unusual = (
            "\\" in clean or "\t" in clean or (" #" in clean and _HASH.search(clean) is not None)
        )
        try:
            self._read_events(clean)
        except _TooDeepError as error:
            self._too_deep(error.mark)
        except yaml.MarkedYAMLError as error:
            if error.problem == _LIBYAML_TOO_DEEP:
                self._too_deep(error.problem_mark or _START)
            else:
                self._syntax(error)
        except yaml.YAMLError:
            self._add(SYNTAX, Span(1, 1, 1, 1), tr("This is not YAML."))
        else:
            if self.data is None and () not in self.broken:
                self._add(
                    EMPTY,
                    Span(1, 1, 1, 1),
                    tr("The file is empty."),
                    tr("A role file has at least id, title and duties; see `dutybook new`."),
                )
        if self.left_out:
            self.problems.append(characters.too_many(self.left_out, self.path))
        if any(problem.kind in _ENDS_READING for problem in self.problems):
            self.data, self.root = None, None
        return self._document()

    def _too_deep(self, mark: Mark) -> None:
        self._report(
            TOO_DEEP,
            mark,
            tr("Nested too deeply: more than {limit} levels.", limit=MAX_DEPTH),
            tr("A role needs four levels; look for a bracket that was not closed."),
        )

    def _document(self) -> Document:
        return Document(
            self.path,
            self.text,
            self.data,
            self.root,
            tuple(self.problems),
            frozenset(self.broken),
            frozenset(self.incomplete),
            tuple(route for route in self.retyped if _LOST not in route),
        )

    def _refused_outright(self) -> bool:
        """Report what makes reading on pointless or dangerous; tell whether there is any."""
        text = self.text
        if ("<<<<<<<" in text or ">>>>>>>" in text) and (found := _CONFLICT.search(text)):
            self._add(
                CONFLICT,
                self._line_of(found),
                tr("A conflict of a merge was left in the file."),
                tr("Choose one side, delete the other and the lines of <, = and >."),
            )
            return True
        if "%TAG" in text and (found := _TAG_DIRECTIVE.search(text)):  # quadratic in libyaml
            message = tr("A %TAG directive is not allowed.")
            self._add(TAG, self._line_of(found), message, tr("Delete the line."))
            return True
        return False

    def _line_of(self, match: re.Match[str]) -> Span:
        line = len(LINE_BREAK.findall(self.text, 0, match.start())) + 1
        return Span(line, 1, line, 1 + len(match.group()))

    def _read_events(self, text: str) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        try:
            self._build(loader)
        finally:
            loader.dispose()

    def _build(self, loader: Any) -> None:
        get_event = loader.get_event
        file = _File((), Place(_START, _START))
        stack = self.stack = [file]
        documents = 0
        while True:
            event = get_event()
            kind = type(event)
            top = stack[-1]
            if self.skipping:
                self._skip(event, kind, len(stack) - 1)
            elif kind is yaml.ScalarEvent:
                if type(top) is _Mapping and top.key is None:
                    self._key(event, top)
                else:
                    self._value(event, top)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._open(event, stack, _Mapping if kind is yaml.MappingStartEvent else _List)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
                top.place.end = event.end_mark
                stack[-1].put(top.data, top.place)
            elif kind is yaml.AliasEvent:
                self._alias(event, top)
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
            elif kind is yaml.DocumentEndEvent and file.data:
                self.data, self.root = file.data[0], file.places[0]
            elif kind is yaml.StreamEndEvent:
                return

    def _value(self, event: Any, top: _List | _Mapping) -> None:
        """Take a scalar as a value."""
        value: str | None = event.value
        assert value is not None
        style = event.style
        if self.unusual:
            self._check_value(event, top)
        if not style:
            if value in _NULLS:
                value = None
            elif value[0] in _MARKED and _looks_otherwise(value):
                self.retyped.append(top.next_route())
        if event.tag is not None or event.anchor is not None:
            self._refuse_decoration(event, top)
        top.put(value, Place(event.start_mark, event.end_mark))

    def _check_value(self, event: Any, top: _List | _Mapping) -> None:
        """Report what an escape brought into a value, a tab, and a comment that cuts it off."""
        value = event.value
        if self._check_escapes(event):
            self.broken.add(top.next_route())
        if "\t" in value:
            self._report(
                TAB, event.start_mark, tr("A tab inside a text."), tr("Use blanks."), event.end_mark
            )
        if not event.style and value:
            self._check_comment(event)

    def _check_escapes(self, event: Any) -> bool:
        """Report a forbidden character that an escape brought in; tell whether there is one."""
        found = characters.FORBIDDEN.search(event.value) if event.style == '"' else None
        if found:
            span = span_of(event.start_mark, event.end_mark)
            self.problems.append(characters.forbidden(found.group(), self.path, span))
        return found is not None

    def _key(self, event: Any, top: _Mapping) -> None:
        """Take a scalar as the key of the value that comes next."""
        key = top.key = event.value
        top.key_place = (event.start_mark, event.end_mark)
        if event.tag is not None or event.anchor is not None:
            self._refuse_decoration(event, top)
        if self.unusual and self._check_escapes(event):
            self.incomplete.add(top.route)
        elif key in top.places:
            first = top.places[key].key
            assert first is not None
            self._add(
                DUPLICATE_KEY,
                span_of(event.start_mark, event.end_mark),
                tr(
                    "The key {key} is there twice; the first is on line {line}.",
                    key=safe(key),
                    line=first[0].line + 1,
                ),
                tr("Delete one of the two."),
                related=(Related(self.path, span_of(*first)),),
            )
        elif key == "<<" and not event.style:
            self._report(
                MERGE_KEY,
                event.start_mark,
                tr("A merge key (`<<`) is not allowed."),
                tr("Write the keys out."),
                event.end_mark,
            )
            self.incomplete.add(top.route)
        elif key in _NULLS and not event.style:
            self._report(
                KEY_NOT_TEXT,
                event.start_mark,
                tr("A key is missing before the colon."),
                tr("Write the key, as in `title: 客户经理`."),
            )
            self.incomplete.add(top.route)
        else:
            return
        top.key_place = None

    def _open(
        self,
        event: Any,
        stack: list[_List | _Mapping],
        container: type[_List | _Mapping],
    ) -> None:
        """Begin a mapping or list; one that stands as a key is passed over."""
        top = stack[-1]
        if len(stack) > MAX_DEPTH:
            raise _TooDeepError(event.start_mark)
        if type(top) is _Mapping and top.key is None:
            self._report(
                KEY_NOT_TEXT,
                event.start_mark,
                tr("A key must be a word, not a list or mapping."),
                tr("Put quotes round a value that begins with [ or {."),
            )
            top.key, top.key_place = "", None
            self.incomplete.add(top.route)
            self.skipping = 1
            return
        route = top.next_route()
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event, top)
        stack.append(container(route, Place(event.start_mark, event.end_mark)))

    def _skip(self, event: Any, kind: type, depth: int) -> None:
        """Pass over a mapping or list that stands as a key."""
        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.skipping += 1
            if depth + self.skipping > MAX_DEPTH:
                raise _TooDeepError(event.start_mark)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.skipping -= 1

    def _alias(self, event: Any, top: _List | _Mapping) -> None:
        self._report(
            ANCHOR,
            event.start_mark,
            tr("An alias (*{name}) is not allowed.", name=safe(event.anchor)),
            tr("Write the value out."),
            event.end_mark,
        )
        if type(top) is _Mapping and top.key is None:
            top.key, top.key_place = "", None
            self.incomplete.add(top.route)
            return
        self.broken.add(top.next_route())
        top.put(None, Place(event.start_mark, event.end_mark))

    def _refuse_decoration(self, event: Any, top: _List | _Mapping) -> None:
        """Report the anchor and the tag of a key or value; a value with a tag is broken."""
        if event.anchor is not None:
            self._report(
                ANCHOR,
                event.start_mark,
                tr("An anchor (&{name}) is not allowed.", name=safe(event.anchor)),
                tr("Delete it."),
            )
        if event.tag is not None:
            self.broken.add(top.next_route())
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
        problem, context = error.problem or "", error.context or ""
        place: Mark = error.problem_mark or _START
        last, _ = within(place, self._lines)
        if context.startswith(_UNCLOSED):
            place = error.context_mark or place
        if problem.startswith(_NOT_IN_BRACKETS):
            bracket = self._open_bracket()
            if bracket and bracket.line < place.line:
                place, problem = bracket, "did not find expected ',' or"
        line, column = within(place, self._lines)
        mistyped = syntax.mistyped(self._lines, line, last)
        if mistyped:
            line, column, wrong, right = mistyped
            self._add(
                FULL_WIDTH,
                Span(line + 1, column + 1, line + 1, column + 2),
                tr(
                    "A full-width mark ({wrong}) stands where YAML needs a half-width one.",
                    wrong=wrong,
                ),
                tr("Type `{right}` and a blank.", right=right),
            )
            return
        if self._lines[line][column : column + 1] == "\t":
            problem = "found a tab character"
        message, hint = syntax.worded(problem, context)
        self._add(SYNTAX, Span(line + 1, column + 1, line + 1, column + 2), tr(message), tr(hint))

    def _open_bracket(self) -> Mark | None:
        """Return where the outermost bracket that is open at the end of reading stands."""
        starts = (container.place.start for container in self.stack[1:])
        return next((at for at in starts if self._lines[at.line][at.column] in "[{"), None)

    def _report(
        self, kind: Kind, start: Mark, message: str, hint: str = "", end: Mark | None = None
    ) -> None:
        self._add(kind, span_of(start, end), message, hint)

    def _add(
        self,
        kind: Kind,
        span: Span,
        message: str,
        hint: str = "",
        related: tuple[Related, ...] = (),
    ) -> None:
        if len(self.problems) < characters.MOST:
            self.problems.append(Problem(kind, message, hint, self.path, span, related=related))
        else:
            self.left_out += 1


# How libyaml's and PyYAML's contexts begin that name the beginning of what is not closed, and
# their words for what cannot stand in brackets, or not at the end of the file.
_UNCLOSED: Final = (
    "while scanning a quoted scalar",
    "while parsing a flow",
    "while scanning a simple key",
)
_LIBYAML_TOO_DEEP: Final = "exceeded maximum nesting depth"  # from 0.2.6 on: a thousand levels
_NOT_IN_BRACKETS: Final = (
    "block sequence entries are not allowed",
    "sequence entries are not allowed",
    "did not find expected node content",
    "expected the node content",
)
_ENDS_READING = frozenset((SYNTAX, FULL_WIDTH, SECOND_DOCUMENT, TOO_DEEP))


def _looks_otherwise(value: str) -> bool:
    """Tell whether other YAML readers take a plain scalar for a number, a date, a truth value."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(value[:1])
    if resolvers and any(pattern.match(value) for _, pattern in resolvers):
        return True
    return value[:1] in "+-.0123456789" and _YAML_1_2.fullmatch(value) is not None


def scalar(text: str) -> str:
    """Return a text as a YAML value on one line, quoted where a reader would take it otherwise."""
    style = '"' if _looks_otherwise(text) else None
    dumped: str = yaml.dump(text, allow_unicode=True, width=1 << 30, default_style=style)
    return dumped.removesuffix("\n").removesuffix("...").removesuffix("\n")
