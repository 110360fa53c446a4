"""A query against the parts of a book: hits in order, and what may have been meant if none.

Postings say which parts may fit; each of those is looked through, so that what is found is what
holds the query. Knows the book and nothing of the terminal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from dutybook import parts, pinyin
from dutybook.query import PHRASE, WORD
from dutybook.shelf import Need
from dutybook.text import fold, fold_offsets, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dutybook.book import Book
    from dutybook.parts import Hit
    from dutybook.query import Query, Term
    from dutybook.rows import Row
    from dutybook.shelf import Shelf

_KINDS: Final = {
    "tag": parts.TAG,
    "system": parts.SYSTEM,
    "cadence": parts.CADENCE,
    "involvement": parts.INVOLVEMENT,
}
_FOLDED: Final = -1  # the section of folded texts
_FACETS: Final = 1


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found: hits in order, and the folded words that they hold.

    `unsearched` counts the role files that have errors; `missed` is empty where there are hits.
    """

    hits: list[Hit]
    words: tuple[str, ...]
    unsearched: int
    missed: tuple[Missed, ...] = ()


class Missed(NamedTuple):
    """A term that nothing in the book holds, and what of the book is near to it."""

    term: Term
    near: tuple[str, ...]


class _Test(NamedTuple):
    """What a term asks of a part: bytes that a section holds, or that the part begins with."""

    needle: bytes
    need: Need
    section: int = _FOLDED
    within: bytes = b""  # the value that holds the needle begins like this
    starts: bool = False
    names_only: bool = False


@dataclass(frozen=True)
class _Plan:
    """A query made ready for parts."""

    groups: list[list[_Test]]
    excluded: list[_Test]
    words: list[_Test] = field(default_factory=list)  # those that decide on the best passage


def find(book: Book, query: Query) -> Result:
    """Return what a query finds in a book.

    Raises:
        PositionError: a filter names no position, or several.
    """
    resolved = _Resolver(book)
    resolved.positions(query)
    return book.search(lambda shelf: _find(shelf, query, resolved, len(book)))


def _find(shelf: Shelf, query: Query, resolver: _Resolver, files: int) -> Result:
    plan = resolver.plan(shelf, query)
    hits = _hits(shelf, plan)
    if not hits:
        spelt = _spelt(shelf, query, resolver)
        if spelt is not None:
            plan = spelt
            hits = _hits(shelf, plan)
    words = tuple(dict.fromkeys(test.needle.decode() for test in plan.words))
    missed = () if hits else tuple(_missed(shelf, query, resolver))
    return Result(hits, words, files - shelf.state.files, missed)


class _Resolver:
    """Turns terms into tests, with what the book says of them: synonyms, positions."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._roles: dict[Term, Row] = {}
        self._positions: dict[Term, tuple[str, ...]] = {}
        self._groups = [[fold(one) for one in group] for group in book.declared.synonyms]

    def positions(self, query: Query) -> None:
        """Find the positions that filters name.

        Raises:
            PositionError: one of them names none, or several.
        """
        for term in (*query.terms, *query.excluded):
            if term.kind == "role":
                self._roles[term] = self._book.find(term.value)
            elif term.kind == "counterpart":
                self._positions[term] = self._counterpart(term.value)

    def _counterpart(self, value: str) -> tuple[str, ...]:
        """Return the ids a counterpart may have: declared or defined, or only mentioned."""
        folded = fold(value.strip())
        declared = [
            position
            for position, title in self._book.declared.positions.items()
            if folded in {position, fold(title)}
        ]
        if declared:
            return tuple(declared)
        if self._book.fitting(value):
            return (self._book.find(value).id,)
        return (folded,)  # which a duty may mention though the book has no such position

    def plan(self, shelf: Shelf, query: Query) -> _Plan:
        """Return the tests of a query as it is written."""
        groups = [
            [test for term in group for test in self.tests(shelf, term)] for group in query.groups
        ]
        return self.of_groups(shelf, query, groups)

    def of_groups(self, shelf: Shelf, query: Query, groups: list[list[_Test]]) -> _Plan:
        """Return the plan for groups of tests."""
        excluded = [test for term in query.excluded for test in self.tests(shelf, term)]
        words = [
            test
            for group in groups
            for test in group
            if test.section == _FOLDED and not test.starts
        ]
        return _Plan(groups, excluded, words)

    def tests(self, shelf: Shelf, term: Term) -> list[_Test]:
        """Return what a term asks for: of several tests any one."""
        if term.kind == PHRASE:
            return _texts([fold(term.value)])
        if term.kind == WORD:
            folded = fold(term.value)
            same = [word for group in self._groups if folded in group for word in group]
            return _texts(dict.fromkeys([folded, *same]))
        if term.kind == "role":
            return [_role(shelf, self._roles[term])]
        if term.kind == "counterpart":
            return _facets(parts.COUNTERPART, self._positions[term])
        if term.kind == "unit":
            return _unit(fold(term.value.strip()))
        return _facets(_KINDS[term.kind], [fold(term.value.strip())])


def _texts(words: Iterable[str], *, names_only: bool = False) -> list[_Test]:
    return [
        _Test(word.encode(), Need(word), names_only=names_only)
        for word in words
        if word and _can_stand(word)
    ]


def _facets(kind: str, values: Iterable[str]) -> list[_Test]:
    wanted = [parts.facet(kind, value) for value in values if value and _can_stand(value)]
    return [_Test(text.encode(), Need(text), _FACETS) for text in wanted]


def _unit(value: str) -> list[_Test]:
    if not value or not _can_stand(value):
        return []
    start = parts.facet_start(parts.UNIT).encode()
    return [_Test(value.encode(), Need(value), _FACETS, within=start)]


def _role(shelf: Shelf, row: Row) -> _Test:
    start = f"{row.id}{parts.BETWEEN}{row.path}{parts.BETWEEN}".encode()
    return _Test(start, Need(numbers=(shelf.place(row.path),)), starts=True)


def _can_stand(text: str) -> bool:
    """Tell whether the text of a book can hold this: no lone surrogate, no mark of ours."""
    return parts.can_hold(text) and not any("\ud800" <= one <= "\udfff" for one in text)


def _hits(shelf: Shelf, plan: _Plan) -> list[Hit]:
    """Return the hits of a plan, in order."""
    if not all(plan.groups):
        return []
    needs = [[test.need for test in group] for group in plan.groups]
    found = []
    for number, body in shelf.candidates(needs):
        sections = parts.sections(body)
        if _fits(sections, plan):
            found.append(_hit(number, sections, plan.words))
    found.sort()
    return found


def _fits(sections: list[bytes], plan: _Plan) -> bool:
    for group in plan.groups:
        for test in group:
            if _holds(sections, test):
                break
        else:
            return False
    return not any(_holds(sections, test) for test in plan.excluded) if plan.excluded else True


def _holds(sections: list[bytes], test: _Test) -> bool:
    if test.starts:
        return sections[0].startswith(test.needle)
    if test.names_only:
        return _first(sections, test) >= 0
    section = sections[test.section]
    if not test.within:
        return test.needle in section
    start = section.find(test.within)
    return start >= 0 and test.needle in section[start + len(test.within) :].split(b"\x1f", 1)[0]


def _first(sections: list[bytes], test: _Test) -> int:
    """Return where in the folded texts a test first holds, -1 for nowhere."""
    folded = sections[_FOLDED]
    position = folded.find(test.needle)
    if test.names_only:
        fields = sections[2].split(b"\x1f")
        while position >= 0:
            if parts.is_name(fields[folded.count(b"\x1f", 0, position)].decode()):
                break
            position = folded.find(test.needle, position + 1)
    return position


def _hit(number: int, sections: list[bytes], words: Sequence[_Test]) -> Hit:
    """Return the hit that a part is: at the first of its passages that holds a word."""
    places = [place for word in words if (place := _first(sections, word)) >= 0]
    index = sections[_FOLDED].count(b"\x1f", 0, min(places)) if places else 0
    return parts.hit(number, sections, index)


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where a text holds folded words: code points, in order, none within another.

    A character that folds to several is within a span as a whole.
    """
    folded = fold(text)
    offsets = fold_offsets(text)
    found: list[tuple[int, int]] = []
    for word in words:
        start = folded.find(word) if word else -1
        while start >= 0:
            found.append((offsets[start], _end(offsets, start + len(word))))
            start = folded.find(word, start + 1)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _end(offsets: list[int], end: int) -> int:
    """Return where the character ends that the one before `end` of the folded text came from."""
    last = offsets[end - 1]
    while offsets[end] == last:
        end += 1
    return offsets[end]


def _spelt(shelf: Shelf, query: Query, resolver: _Resolver) -> _Plan | None:
    """Return the plan with Latin words taken for pinyin too, None where there are none."""
    if not any(_spelling(term) for term in query.terms):
        return None
    names = shelf.names()
    longest = max(map(len, names.split(parts.BETWEEN)), default=0)
    tried: dict[str, list[_Test]] = {}
    groups = []
    for group in query.groups:
        tests = []
        for term in group:
            tests += resolver.tests(shelf, term)
            spelling = _spelling(term)
            if spelling and len(spelling) <= longest * _LONGEST_READING:
                if spelling not in tried:
                    found = pinyin.spelt(spelling, names, shelf.readings)
                    tried[spelling] = _texts(sorted(found), names_only=True)
                tests += tried[spelling]
        if not tests:
            return None
        groups.append(tests)
    return resolver.of_groups(shelf, query, groups)


_LONGEST_READING: Final = len("zhuang")


def _spelling(term: Term) -> str:
    """Return the letters of a word that may be pinyin, nothing of any other term."""
    letters = fold(term.value).replace("'", "") if term.kind == WORD else ""
    return letters if letters.isascii() and letters.isalpha() else ""


def _missed(shelf: Shelf, query: Query, resolver: _Resolver) -> Iterable[Missed]:
    """Yield the terms that nothing holds by themselves, with what is near to them."""
    names: list[str] | None = None
    for term in dict.fromkeys(query.terms):
        tests = resolver.tests(shelf, term)
        if tests and _is_held(shelf, tests):
            continue
        if term.kind in {WORD, PHRASE}:
            if names is None:
                names = [*dict.fromkeys(shelf.names().split(parts.BETWEEN))]
            near = nearest(term.value, names) if len(term.value) <= _LONGEST_MISTYPED else []
        else:
            near = nearest(term.value, _values(shelf, term.kind))
        yield Missed(term, tuple(near))


_LONGEST_MISTYPED: Final = 64


def _values(shelf: Shelf, kind: str) -> list[str]:
    wanted = {**_KINDS, "unit": parts.UNIT, "counterpart": parts.COUNTERPART}.get(kind)
    found = (parts.kind_and_value(facet) for facet in shelf.facets())
    return [value for one, value in found if one == wanted]


def _is_held(shelf: Shelf, tests: list[_Test]) -> bool:
    """Tell whether any part holds any of these."""
    candidates = shelf.candidates([[test.need for test in tests]])
    return any(_holds(parts.sections(body), test) for _, body in candidates for test in tests)
