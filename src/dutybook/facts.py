"""What a role file says, as plain values: what comparing needs of the format, and no more.

Takes data as the YAML reader gives it and keeps whatever can be made sense of, so that a file that
does not validate can still be compared; whether all of it made sense is said beside. Does without
pydantic, whose start would take longer than comparing two revisions. `model` is the definition of
the format: a test holds the fields here to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from dutybook import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | tuple[str, ...] | None
"""What a field holds: nothing is None or an empty tuple."""


class Shape(Enum):
    """How a field is read, and how it is compared."""

    PROSE = "text that is compared character by character"
    WORD = "one of a few words, an id, a number in its source"
    FLAG = "true or false"
    NUMBER = "a whole number"
    DAY = "a date"
    SET = "a list in which order means nothing"


class Fields(dict[str, Shape]):
    """The fields of a kind, and what they hold where nothing is said."""

    def __init__(self, shapes: Mapping[str, Shape]) -> None:
        super().__init__(shapes)
        self.nothing: Final[dict[str, Value]] = {
            name: () if shape is Shape.SET else None for name, shape in shapes.items()
        }


PART: Final[Mapping[str, Shape]] = {
    "label": Shape.WORD,
    "title": Shape.PROSE,
    "text": Shape.PROSE,
    "involvement": Shape.WORD,
    "cadence": Shape.WORD,
    "cadence_note": Shape.PROSE,
    "counterparts": Shape.SET,
    "systems": Shape.SET,
    "tags": Shape.SET,
    "basis": Shape.SET,
}
DUTY: Final = Fields({"id": Shape.WORD, **PART})
ITEM: Final = Fields(
    {name: shape for name, shape in PART.items() if name not in {"title", "basis"}}
)
LISTS: Final[Mapping[str, Fields]] = {
    "authorities": Fields({"text": Shape.PROSE, "limit": Shape.PROSE}),
    "qualifications": Fields({"text": Shape.PROSE}),
    "sections": Fields({"title": Shape.PROSE, "text": Shape.PROSE}),
}
HEAD: Final = Fields(
    {
        "title": Shape.PROSE,
        "title_en": Shape.PROSE,
        "aliases": Shape.SET,
        "unit": Shape.PROSE,
        "reports_to": Shape.WORD,
        "purpose": Shape.PROSE,
        "contacts.internal": Shape.SET,
        "contacts.external": Shape.SET,
        "key_position": Shape.FLAG,
        "rotation.max_years": Shape.NUMBER,
        "rotation.mandatory_leave": Shape.FLAG,
        "rotation.exit_audit": Shape.FLAG,
        "incompatible_with": Shape.SET,
        "backup": Shape.SET,
        "basis": Shape.SET,
        "status": Shape.WORD,
        "version": Shape.PROSE,
        "effective": Shape.DAY,
        "review_by": Shape.DAY,
        "approved_by": Shape.PROSE,
        "source.document": Shape.PROSE,
        "source.section": Shape.PROSE,
        "source.missing": Shape.SET,
        "source.truncated": Shape.FLAG,
    }
)
_SLUGS: Final = frozenset(("id", "reports_to", "counterparts", "incompatible_with", "backup"))
_TEXTS: Final = frozenset(("purpose", "text"))  # these may have line breaks
_CHOICES: Final[Mapping[str, vocabulary.Words]] = {
    "involvement": vocabulary.INVOLVEMENTS,
    "cadence": vocabulary.CADENCES,
    "status": vocabulary.STATUSES,
}
_SLUG: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SLUG_LENGTH: Final = 64
_NESTED: Final = frozenset(("contacts", "rotation", "source"))
_KEYS: Final = frozenset(("id", "duties", *LISTS, *(name.partition(".")[0] for name in HEAD)))


@dataclass(frozen=True, slots=True)
class Part:
    """A duty, an item, or an entry of a list: every field of its kind, and the items of a duty."""

    values: Mapping[str, Value]
    items: tuple[Part, ...] = ()

    def text(self, name: str) -> str:
        """Return a field as text, an empty one for nothing."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def plain(self, *, is_duty: bool) -> dict[str, Any]:
        """Return it as JSON has it."""
        values = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in self.values.items()
        }
        return values | (
            {"items": [item.plain(is_duty=False) for item in self.items]} if is_duty else {}
        )


@dataclass(frozen=True, slots=True)
class Role:
    """A position: its id, every field of its head, its lists, its duties."""

    id: str
    head: Mapping[str, Value]
    lists: Mapping[str, tuple[Part, ...]]
    duties: tuple[Part, ...]

    @property
    def title(self) -> str:
        """What people call it, empty where the file does not say."""
        value = self.head["title"]
        return value if isinstance(value, str) else ""

    def plain(self) -> dict[str, Any]:
        """Return it as JSON has it: every key of the format."""
        made: dict[str, Any] = {"id": self.id}
        for name, value in self.head.items():
            outer, _, inner = name.partition(".")
            shown = list(value) if isinstance(value, tuple) else value
            if inner:
                made.setdefault(outer, {})[inner] = shown
            else:
                made[outer] = shown
        for name in _NESTED:
            if not any(made[name].values()):
                made[name] = None
        lists = {
            name: [entry.plain(is_duty=False) for entry in entries]
            for name, entries in self.lists.items()
        }
        lists["qualifications"] = [entry["text"] for entry in lists["qualifications"]]
        duties = [duty.plain(is_duty=True) for duty in self.duties]
        return made | lists | {"duties": duties}


@dataclass(slots=True)
class _Reading:
    """The reading of one file: whether something in it made no sense."""

    is_odd: bool = False
    ids: set[str] = field(default_factory=set)

    def value(self, name: str, shape: Shape, raw: Any) -> Value:
        """Return what a field holds, as far as it is what it should be."""
        if shape is Shape.SET:
            return self.texts(name, raw)
        if not isinstance(raw, str):
            self.is_odd |= raw is not None
            return None
        if shape is Shape.PROSE:
            text = raw.strip()
            if not text or (("\n" in text or "\r" in text) and name not in _TEXTS):
                self.is_odd = True
            return text or None
        if shape is Shape.FLAG:
            self.is_odd |= raw not in {"true", "false"}
            return raw == "true"
        if shape is Shape.NUMBER:
            if re.fullmatch("[1-9][0-9]{0,8}", raw):
                return int(raw)
            self.is_odd = True
            return raw
        self.is_odd |= not _is_sound(name, shape, raw)
        return raw.strip() or None

    def texts(self, name: str, raw: Any) -> tuple[str, ...]:
        """Return a list of texts; a bare text is taken for a list of one."""
        if raw is None:
            return ()
        if not isinstance(raw, list):
            self.is_odd = True
            raw = [raw]
        for entry in raw:
            if not isinstance(entry, str) or not _is_sound(name, Shape.SET, entry):
                self.is_odd = True
        return tuple(entry.strip() for entry in raw if isinstance(entry, str) and entry.strip())

    def part(self, raw: Any, fields: Fields) -> Part | None:
        """Return an entry of a list; a bare text is short for one with that text."""
        if isinstance(raw, str):
            raw = {"text": raw}
        elif not isinstance(raw, dict):
            self.is_odd = True
            return None
        if raw.get("text") is None or ("title" in fields and raw.get("title") is None):
            self.is_odd = True
        return Part(self.values(raw, fields))

    def values(self, raw: dict[str, Any], fields: Fields) -> dict[str, Value]:
        """Return every field of a kind, those that a mapping has as it has them."""
        values = fields.nothing.copy()
        for name, value in raw.items():
            shape = fields.get(name)
            if shape is None:
                self.is_odd = True
            else:
                values[name] = self.value(name, shape, value)
        return values

    def parts(self, raw: Any, fields: Fields) -> tuple[Part, ...]:
        """Return the entries of a list."""
        if raw is None:
            return ()
        if not isinstance(raw, list):
            self.is_odd = True
            raw = [raw]
        made = (self.part(entry, fields) for entry in raw)
        return tuple(one for one in made if one is not None)

    def duty(self, raw: Any) -> Part | None:
        """Return a duty with its items."""
        if not isinstance(raw, dict):
            self.is_odd = True
            return None
        values = self.values({key: raw[key] for key in raw if key != "items"}, DUTY)
        items = self.parts(raw.get("items"), ITEM)
        name = values["id"]
        self.is_odd |= (
            raw.get("title") is None
            or (raw.get("text") is None and not items)
            or not isinstance(name, str)
            or name in self.ids
        )
        self.ids.add(str(name))
        return Part(values, items)


def read(data: Any, name: str) -> tuple[Role | None, bool]:
    """Return the position that plain data describes, and whether all of it made sense.

    `name` is the position's id, as its file is called. Data that describe no position at all give
    None.
    """
    if not isinstance(data, dict) or not data.keys() & {"duties", "title"}:
        return None, False
    reading = _Reading(data.get("id") != name or not data.keys() <= _KEYS)
    flat = {key: value for key, value in data.items() if key in HEAD}
    for outer in _NESTED & data.keys():
        inner = data[outer]
        if isinstance(inner, dict):
            flat |= {f"{outer}.{key}": value for key, value in inner.items()}
        else:
            reading.is_odd |= inner is not None
    head = reading.values(flat, HEAD)
    if head["status"] is None:
        head["status"] = "in-force"
    lists = {key: reading.parts(data.get(key), fields) for key, fields in LISTS.items()}
    reading.is_odd |= any(isinstance(one, dict) for one in data.get("qualifications") or ())
    raw_duties = data.get("duties")
    reading.is_odd |= head["title"] is None or not isinstance(raw_duties, list) or not raw_duties
    made = (reading.duty(raw) for raw in (raw_duties if isinstance(raw_duties, list) else ()))
    duties = tuple(duty for duty in made if duty is not None)
    return Role(name, head, lists, duties), not reading.is_odd


def _is_sound(name: str, shape: Shape, raw: str) -> bool:
    if name in _SLUGS:
        return len(raw) <= _SLUG_LENGTH and _SLUG.fullmatch(raw) is not None
    if name in _CHOICES:
        return raw in _CHOICES[name]
    if shape is Shape.DAY:
        return _is_day(raw)
    if not raw.strip():
        return False
    return name in _TEXTS or ("\n" not in raw and "\r" not in raw)


def _is_day(raw: str) -> bool:
    try:
        return date.fromisoformat(raw).isoformat() == raw
    except ValueError:
        return False
