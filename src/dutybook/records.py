"""A YAML document to a role, or to problems with their places: pydantic's errors in our words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from dutybook import characters, model, source
from dutybook.messages import listed, mark, tr
from dutybook.problems import Kind, Problem, Related, Severity, in_order
from dutybook.text import nearest, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from dutybook.document import Document, Route

UNKNOWN_KEY = Kind("S001", "unknown-key", Severity.ERROR)
MISSING_KEY = Kind("S002", "missing-key", Severity.ERROR)
WRONG_TYPE = Kind("S003", "wrong-type", Severity.ERROR)
BAD_SLUG = Kind("S004", "bad-slug", Severity.ERROR)
NOT_FILE_NAME = Kind("S005", "id-is-not-the-file-name", Severity.ERROR)
EMPTY_TEXT = Kind("S006", "empty-text", Severity.ERROR)
DUPLICATE_DUTY = Kind("S007", "duplicate-duty-id", Severity.ERROR)
EMPTY_DUTY = Kind("S008", "duty-says-nothing", Severity.ERROR)
BAD_CHOICE = Kind("S009", "bad-choice", Severity.ERROR)
BAD_VALUE = Kind("S010", "bad-value", Severity.ERROR)
LINE_BREAK = Kind("S011", "line-break", Severity.ERROR)
TOO_NEW = Kind("S012", "format-too-new", Severity.ERROR)

_SLUG_HINT: Final = mark(
    "Small letters, digits and single hyphens, a letter first, at most 64: `customer-manager`."
)

# What pydantic can find wrong with the models: kind, message, hint. `{key}` is the key or place,
# `{value}` the value as it stands in the file.
WORDS: Final[Mapping[str, tuple[Kind, str, str]]] = {
    "missing": (MISSING_KEY, mark("The key {key} is missing."), mark("Add `{key}: …`.")),
    "extra_forbidden": (UNKNOWN_KEY, mark("There is no key {key} here."), ""),
    "string_type": (
        WRONG_TYPE,
        mark("{key} must be a text."),
        mark("Write it on the line of the key."),
    ),
    "string_too_short": (
        EMPTY_TEXT,
        mark("{key} is empty."),
        mark("Write the text, or delete the key."),
    ),
    "string_too_long": (BAD_SLUG, mark("{key} is too long."), _SLUG_HINT),
    "string_pattern_mismatch": (
        BAD_SLUG,
        mark("{key} cannot be written like this: {value}"),
        _SLUG_HINT,
    ),
    "literal_error": (BAD_CHOICE, mark("{key} cannot be {value}."), mark("One of: {choices}.")),
    "model_type": (
        WRONG_TYPE,
        mark("{key} must be a mapping: keys with values."),
        mark("Put `key: value` lines below it."),
    ),
    "dict_type": (
        WRONG_TYPE,
        mark("{key} must be a mapping: keys with values."),
        mark("Put `key: value` lines below it."),
    ),
    "tuple_type": (
        WRONG_TYPE,
        mark("{key} must be a list."),
        mark("Begin each entry with `- ` on a line of its own."),
    ),
    "too_short": (
        EMPTY_TEXT,
        mark("{key} has too few entries."),
        mark("Add an entry, or delete the key."),
    ),
    "device_name": (
        BAD_SLUG,
        mark("{key} cannot be {value}: Windows keeps the name for a device."),
        mark("Choose another name."),
    ),
    "flag": (BAD_VALUE, mark("{key} must be true or false."), mark("Write `true` or `false`.")),
    "whole_number": (
        BAD_VALUE,
        mark("{key} must be a whole number from 1."),
        mark("Write digits only."),
    ),
    "iso_date": (
        BAD_VALUE,
        mark("{key} must be a date that exists."),
        mark("Year-month-day: `2026-01-31`."),
    ),
    "duty_empty": (
        EMPTY_DUTY,
        mark("The duty says nothing: it has neither text nor items."),
        mark("Add `text: …` or `items:`."),
    ),
}

_LINE_BREAK_WORDS: Final = (
    LINE_BREAK,
    mark("{key} must stand on one line."),
    mark("Join its lines."),
)
_CODE_WORDS: Final = (
    BAD_VALUE,
    mark("{value} is no code of a rule."),
    mark("As in W, or W003: see `dutybook rule`."),
)


Case = TypeVar("Case")


@dataclass(frozen=True, slots=True)
class Record:
    """What one role file holds: the role, or None where it has an error; problems in order."""

    role: model.Role | None
    problems: tuple[Problem, ...]
    document: Document


def read_role(raw: bytes, path: str, stem: str) -> Record:
    """Read the bytes of a role file.

    `path` is what problems name, `stem` the file's name without its ending, which the id equals.
    """
    document = source.read(raw, path)
    problems = list(document.problems)
    role: model.Role | None = None
    if document.data is not None:
        checked = model.check(document.data)
        found = _Translator(document, model.Role)
        if isinstance(checked, model.Role):
            role = checked
        else:
            problems += found.problems(checked)
        problems += found.retyped()
        problems += _identity(found, stem)
    if any(problem.kind.severity is Severity.ERROR for problem in problems):
        role = None
    return Record(role, in_order(problems), document)


@dataclass(frozen=True, slots=True)
class SettingsRecord:
    """What `dutybook.yaml` holds: the settings, or None where it has an error."""

    settings: model.Settings | None
    problems: tuple[Problem, ...]
    document: Document


def read_settings(raw: bytes, path: str) -> SettingsRecord:
    """Read the bytes of `dutybook.yaml`."""
    document = source.read(raw, path)
    problems = [_of_settings(problem) for problem in document.problems]
    settings: model.Settings | None = None
    if document.data is not None:
        checked = model.check_settings(document.data)
        found = _Translator(document, model.Settings)
        if isinstance(checked, model.Settings):
            settings = checked
            if settings.format > model.FORMAT:
                problems.append(
                    found.problem(
                        TOO_NEW, ("format",), too_new(settings.format), tr("Update dutybook.")
                    )
                )
        else:
            problems += found.problems(checked)
        problems += found.retyped()
    if any(problem.kind.severity is Severity.ERROR for problem in problems):
        settings = None
    return SettingsRecord(settings, in_order(problems), document)


def _of_settings(problem: Problem) -> Problem:
    """Return a problem of reading with a hint that is about no role file."""
    if problem.kind is not source.EMPTY:
        return problem
    return replace(problem, hint=tr("Declare something, as in `title: 手册`, or delete the file."))


def too_new(version: int) -> str:
    """Return the message that a book is of a later format."""
    return tr(
        "The book is in format {version}; this dutybook knows formats up to {known}.",
        version=version,
        known=model.FORMAT,
    )


def _identity(found: _Translator, stem: str) -> list[Problem]:
    """Return what is wrong with ids beyond their form: the role's and those of the duties."""
    data = found.document.data
    if not isinstance(data, dict):
        return []
    problems = []
    name = data.get("id")
    if isinstance(name, str) and name.strip() and name != stem and ("id",) not in found.faulty:
        problems.append(
            found.problem(
                NOT_FILE_NAME,
                ("id",),
                tr("The id {id} is not the file's name, {stem}.", id=safe(name), stem=safe(stem)),
                tr("Rename the file, or correct the id."),
            )
        )
    duties = data.get("duties")
    first: dict[str, int] = {}
    again: list[tuple[int, int]] = []
    for index, duty in enumerate(duties if isinstance(duties, list) else ()):
        name = duty.get("id") if isinstance(duty, dict) else None
        if isinstance(name, str) and first.setdefault(name, index) != index:
            again.append((index, first[name]))
    return problems + found.told(again, found.duplicate_duty)


class _Translator:
    """Turns pydantic's errors about one document into problems."""

    def __init__(self, document: Document, root: type[BaseModel]) -> None:
        self.document = document
        self.root = root
        self.faulty: set[Route] = set()

    def problems(self, errors: list[ErrorDetails]) -> list[Problem]:
        """Return a problem for each error that the reader has not been told of already."""
        above = {
            route[:end]
            for route in (*self.document.broken, *(error["loc"] for error in errors))
            for end in range(len(route))
        }
        news = [error for error in errors if not self._known(error, above)]
        return self.told(news, self._from_error)

    def told(self, cases: Sequence[Case], tell: Callable[[Case], Problem]) -> list[Problem]:
        """Return the problems of the cases, told one by one up to a number and counted beyond."""
        problems = [tell(case) for case in cases[: characters.MOST]]
        left_out = len(cases) - len(problems)
        if left_out:
            problems.append(characters.too_many(left_out, self.document.path))
        return problems

    def retyped(self) -> list[Problem]:
        """Return a warning for each unquoted text that other YAML readers take for no text."""
        routes = [
            route
            for route in self.document.retyped
            if not model.NO_TEXT.intersection(route[-1:]) and not self._is_moot(route)
        ]
        return self.told(routes, self._retyped)

    def duplicate_duty(self, places: tuple[int, int]) -> Problem:
        """Return the problem of a duty with the id of an earlier one; both by index."""
        index, other = places
        route = ("duties", index, "id")
        first = self.document.span(("duties", other, "id"))
        return self.problem(
            DUPLICATE_DUTY,
            route,
            tr(
                "Two duties have the id {id}; the first is on line {line}.",
                id=safe(str(self._value(route))),
                line=first.line,
            ),
            tr("Give one of them another id."),
            related=(Related(self.document.path, first),),
        )

    def _retyped(self, route: Route) -> Problem:
        value = safe(str(self._value(route)))
        return self.problem(
            source.RETYPED,
            route,
            tr("Other programs do not read {value} as a text.", value=value),
            tr('Put quotes round it: "{value}".', value=value),
        )

    def problem(
        self,
        kind: Kind,
        route: Route,
        message: str,
        hint: str = "",
        related: tuple[Related, ...] = (),
        *,
        key: bool = False,
    ) -> Problem:
        """Return a problem at a route of the document."""
        data = self.document.data
        role = data.get("id") if isinstance(data, dict) and self.root is model.Role else None
        return Problem(
            kind,
            message,
            hint,
            self.document.path,
            self.document.span(route, key=key),
            role if isinstance(role, str) else "",
            self._duty(route),
            field_name(route),
            related,
        )

    def _from_error(self, error: ErrorDetails) -> Problem:
        route = error["loc"]
        about_key = route[-1:] == ("[key]",) and not self._has(route)
        if about_key:
            route = route[:-1]
        context = error.get("ctx", {})
        value = route[-1] if about_key else self._value(route)
        is_text = isinstance(value, str) or error["type"] != "literal_error"
        kind, message, hint = WORDS[error["type"] if is_text else "string_type"]
        if kind is not EMPTY_DUTY:  # its parts may be faulty besides
            self.faulty.add(route)
        pattern = context.get("pattern")
        if pattern == model.ONE_LINE:
            kind, message, hint = _LINE_BREAK_WORDS
        elif pattern == model.RULE_CODE:
            kind, message, hint = _CODE_WORDS
        missing = error["type"] == "missing"
        if missing and self._has(route):
            message, hint = mark("{key} has no value."), mark("Write the value after the colon.")
        key = self._name(route)
        values = {
            "key": key,
            "value": safe(value) if isinstance(value, str) else "",
            "choices": context.get("expected", "").replace("'", "").replace(" or ", ", "),
        }
        hint = tr(hint, **values) if hint else ""
        if kind is BAD_CHOICE and isinstance(value, str):
            hint = _nearest_first(value, hint, values["choices"].split(", "))
        elif kind is UNKNOWN_KEY:
            hint = self._nearest_key(route)
        return self.problem(
            kind,
            route,
            tr(message, **values),
            hint,
            key=kind is UNKNOWN_KEY or about_key,
        )

    def _nearest_key(self, route: Route) -> str:
        """Return the hint of an unknown key: the nearest legal one, letters that only look so."""
        names = model.keys_at(self.root, route[:-1])
        by_name = {name: name for name in names} | {
            chinese: name for name, chinese in names.items()
        }
        key = str(route[-1])
        strange = [
            character
            for character in key
            if not character.isascii()
            and unicodedata.category(character) in {"Ll", "Lu", "Zs", "Cf"}
        ]
        said = [
            tr(
                "It has the letter U+{code} {name}.",
                code=f"{ord(character):04X}",
                name=unicodedata.name(character, "?"),
            )
            for character in strange[:1]
        ]
        found = nearest(key, by_name)
        if found:
            return " ".join([*said, tr("Did you mean {name}?", name=by_name[found[0]])])
        return " ".join([*said, tr("The keys here: {names}.", names=listed(list(names)))])

    def _known(self, error: ErrorDetails, above: set[Route]) -> bool:
        """Tell whether a refusal of the reader, or an error further down, accounts for an error.

        `above` are the places that have a refusal or an error further down.
        """
        route, kind = error["loc"], error["type"]
        broken, incomplete = self.document.broken, self.document.incomplete
        if kind == "missing" and route[:-1] in incomplete:
            return True
        if kind == "duty_empty" and (route in incomplete or route in above):
            return True
        if kind == "too_short" and route in above:
            return True
        return bool(broken) and any(route[:end] in broken for end in range(len(route) + 1))

    def _is_moot(self, route: Route) -> bool:
        """Tell whether a value, or what it is a part of, is refused already."""
        parents = [route[:end] for end in range(len(route) + 1)]
        return not (self.faulty.isdisjoint(parents) and self.document.broken.isdisjoint(parents))

    def _has(self, route: Route) -> bool:
        data: Any = self.document.data
        for step in route[:-1]:
            data = _child(data, step)
        return isinstance(data, dict) and route[-1] in data

    def _value(self, route: Route) -> object:
        data: Any = self.document.data
        for step in route:
            data = _child(data, step)
        return data

    def _name(self, route: Route) -> str:
        """Return what a message calls the place: the key, or the entry of a list."""
        if not route:
            return tr("the file")
        last = route[-1]
        if isinstance(last, int):
            return tr("entry {number} of {key}", number=last + 1, key=self._name(route[:-1]))
        return safe(last) or '""'

    def _duty(self, route: Route) -> str:
        if len(route) < 2 or route[0] != "duties":
            return ""
        name = self._value((*route[:2], "id"))
        return name if isinstance(name, str) else ""


def _child(data: Any, step: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return data if step == "text" else None


def _nearest_first(value: str, hint: str, choices: list[str]) -> str:
    found = nearest(value, choices, limit=1)
    return " ".join([tr("Did you mean {name}?", name=found[0]), hint]) if found else hint


@lru_cache(maxsize=1 << 14)  # roles are built alike, and so are the routes into them
def field_name(route: Route) -> str:
    """Return a route as JSON and messages write it: `duties[2].items[0].text`."""
    name = ""
    for step in route:
        name += f"[{step}]" if isinstance(step, int) else f".{step}"
    return name.removeprefix(".")
