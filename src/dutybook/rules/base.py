"""What a rule is: its words, its examples, and what it looks at: one file, or the whole book.

A rule names a *route* into a file; the engine turns routes into lines and columns. Rules are pure:
they get frozen values and give findings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from dutybook.model import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from dutybook.document import Route
    from dutybook.model import Duty, Item, Role
    from dutybook.problems import Kind


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: words, and the route of the value (or its key) they are about.

    `path` is empty for the file that is being checked; a finding about the book as a whole has
    the path and route of nothing.
    """

    message: str
    hint: str = ""
    route: Route = ()
    path: str = ""
    related: tuple[tuple[str, Route], ...] = ()
    key: bool = False
    whole_book: bool = False


class Reference(NamedTuple):
    """A name that stands somewhere in a role file: what is named, and the field's route."""

    name: str
    route: str


class Passage(NamedTuple):
    """A text of a duty: where it stands, and the positions the duty is done with."""

    route: str
    text: str
    counterparts: list[str]


LIKENESS = 90.0
"""From which likeness on, in per cent, two texts say nearly the same."""

SHORTEST = 12
"""The characters of the shortest text of which that can be told."""


class Owned(NamedTuple):
    """A duty that may stand elsewhere too: one that the position owns, or with a twin in the role.

    Its place in the role, its whole text, the sketch of that text, and whether it is owned.
    """

    number: int
    text: str
    sketch: list[str]
    is_owner: bool = True


class Facts(NamedTuple):
    """What the rules over the whole book need of one file; plain, so that it can be kept."""

    path: str
    id: str
    valid: bool
    title: str = ""
    aliases: Sequence[str] = ()
    unit: str = ""
    status: str = ""
    reports_to: str = ""
    review_by: str = ""
    positions: Sequence[Reference] = ()
    tags: Sequence[Reference] = ()
    systems: Sequence[Reference] = ()
    passages: Sequence[Passage] = ()
    owned: Sequence[Owned] = ()
    terms: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Whole:
    """The book as its rules see it: facts in the order of paths, and what is declared.

    `broken_settings`: there is a dutybook.yaml, and what it declares cannot be read. `unlisted`:
    files of the book may be missing from the facts, since a folder or name cannot be read.
    """

    facts: tuple[Facts, ...]
    settings: Settings = field(default_factory=Settings)
    has_settings: bool = False
    broken_settings: bool = False
    unlisted: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether every file of the book can be read in full."""
        return not self.unlisted and all(one.valid for one in self.facts)

    @property
    def valid(self) -> tuple[Facts, ...]:
        """The facts of the files that can be read in full."""
        return tuple(one for one in self.facts if one.valid)


class Example(NamedTuple):
    """A small book, by path; in a bad one, where the rule reports: (path, line, column)."""

    files: Mapping[str, str | bytes]
    at: tuple[str, int, int] | None = None


@dataclass(frozen=True)
class Rule:
    """A rule: what it says, why, a bad and a good example, and how it finds out.

    `kind` is its code, name and severity. A rule of the reader has none of the functions: the
    reader reports by itself. `off` until `rules.severity` of the book names it.
    """

    kind: Kind
    what: str
    why: str
    bad: Example
    good: Example
    check: Callable[[Role], Iterator[Finding]] | None = None
    finish: Callable[[Whole], Iterator[Finding]] | None = None
    on_day: Callable[[Whole, date], Iterator[Finding]] | None = None
    off: bool = False


TELLER = "roles/teller.yaml"


def bad(text: str | bytes, line: int, column: int) -> Example:
    """Make a bad example of one role file, 柜员, and the place of the finding in it."""
    return Example({TELLER: text}, (TELLER, line, column))


def good(text: str | bytes) -> Example:
    """Make a good example of one role file, 柜员."""
    return Example({TELLER: text})


def parts(role: Role) -> Iterator[tuple[Route, Duty, Duty | Item, str]]:
    """Yield (route of the text, duty, duty or item, text) for every text of the duties."""
    for index, duty in enumerate(role.duties):
        if duty.text is not None:
            yield ("duties", index, "text"), duty, duty, duty.text
        for number, item in enumerate(duty.items):
            yield ("duties", index, "items", number, "text"), duty, item, item.text


def texts(role: Role) -> Iterator[tuple[Route, str]]:
    """Yield (route, text) for every text of a role but its sections, which no rule reads."""
    if role.purpose is not None:
        yield ("purpose",), role.purpose
    for route, _, _, text in parts(role):
        yield route, text
    for number, authority in enumerate(role.authorities):
        yield ("authorities", number, "text"), authority.text
    for number, qualification in enumerate(role.qualifications):
        yield ("qualifications", number), qualification
    for kind in ("internal", "external"):
        contacts: tuple[str, ...] = getattr(role.contacts, kind, ())
        for number, contact in enumerate(contacts):
            yield ("contacts", kind, number), contact


def route_of(name: str) -> Route:
    """Turn a field's name, `duties[2].tags[0]`, into its route."""
    steps: list[Any] = []
    for part in name.split("."):
        key, *indexes = part.split("[")
        steps += [key, *(int(index.rstrip("]")) for index in indexes)]
    return tuple(steps)
