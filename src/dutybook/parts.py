"""What a search looks through: the duties of a role and its head, each as one line of bytes.

A part holds what a hit shows, what filters ask for, and its passages twice: as the file has them
and folded. Sections and values stand between control characters, which no text of a valid role
holds. Knows nothing of where parts are kept.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dutybook.document import Place
    from dutybook.model import Duty, Item, Role

BETWEEN: Final = "\x1f"  # values of a section
_SECTION: Final = "\x1e"
_PART: Final = "\x1d"
_KIND: Final = "\x02"  # after the letter of a facet
_BETWEEN_BYTES: Final = BETWEEN.encode()
_MARKS: Final = frozenset((BETWEEN, _SECTION, _PART, _KIND))

TAG: Final = "t"
SYSTEM: Final = "s"
CADENCE: Final = "c"
INVOLVEMENT: Final = "i"
COUNTERPART: Final = "p"
UNIT: Final = "u"

TITLE, TEXT, ITEMS, TAGS, HEAD = range(5)
"""The ranks of fields: a hit stands where its best field does."""


class Hit(NamedTuple):
    """What is shown of a part that fits: whose it is, and its best passage; in order of hits.

    The head of a position has no duty, label and title.
    """

    rank: int
    role: str
    path: str
    number: int
    role_title: str
    duty: str
    label: str
    title: str
    field: str
    text: str
    line: int


class _Passages:
    """The passages of one part, as they are gathered."""

    def __init__(self) -> None:
        self.fields: list[str] = []
        self.texts: list[str] = []
        self.lines: list[str] = []

    def add(self, field: str, text: str, place: Place) -> None:
        self.fields.append(field)
        self.texts.append(text)
        self.lines.append(str(place.start.line + 1))


def of_role(role: Role, path: str, root: Place) -> str:
    """Return the parts of a role, not folded yet: its duties, then its head.

    `root` is the place of the whole document, in which each value has its own.
    """
    unit = [f"{UNIT}{_KIND}{role.unit}"] if role.unit else []
    made = []
    for duty, place in zip(role.duties, _below(root, "duties"), strict=True):
        about = (role.id, path, role.title, duty.id, duty.label or "")
        made.append(_part(about, [*unit, *_facets(duty)], _of_duty(duty, place)))
    about = (role.id, path, role.title, "", "")
    made.append(_part(about, unit, _of_head(role, root)))
    return _PART.join(made)


def _part(about: Iterable[str], facets: Iterable[str], passages: _Passages) -> str:
    return _SECTION.join(
        (
            BETWEEN.join(about),
            BETWEEN.join(("", *facets, "")),
            BETWEEN.join(passages.fields),
            BETWEEN.join(passages.lines),
            BETWEEN.join(passages.texts),
        )
    )


def _below(place: Place, key: str) -> list[Place]:
    """Return the places of the values in a list under a key."""
    within = _at(place, key).children
    return within if isinstance(within, list) else []


def _at(place: Place, key: str) -> Place:
    """Return the place under a key; a bare text stands for itself."""
    children = place.children
    return children[key] if isinstance(children, dict) else place


def _of_duty(duty: Duty, place: Place) -> _Passages:
    found = _Passages()
    found.add("title", duty.title, _at(place, "title"))
    if duty.text is not None:
        found.add("text", duty.text, _at(place, "text"))
    items = _below(place, "items") if duty.items else []
    for index, (item, within) in enumerate(zip(duty.items, items, strict=True)):
        found.add(f"items[{index}]", item.text, _at(within, "text"))
    if duty.tags:
        for tag, within in zip(duty.tags, _below(place, "tags"), strict=True):
            found.add("tags", tag, within)
    for index, item in enumerate(duty.items):
        if item.tags:
            for tag, within in zip(item.tags, _below(items[index], "tags"), strict=True):
                found.add(f"items[{index}].tags", tag, within)
    return found


def _facets(duty: Duty) -> dict[str, None]:
    facets: dict[str, None] = {}
    bearers: list[Duty | Item] = [duty, *duty.items]
    for one in bearers:
        for tag in one.tags:
            facets[f"{TAG}{_KIND}{tag}"] = None
        for system in one.systems:
            facets[f"{SYSTEM}{_KIND}{system}"] = None
        for position in one.counterparts:
            facets[f"{COUNTERPART}{_KIND}{position}"] = None
        if one.cadence:
            facets[f"{CADENCE}{_KIND}{one.cadence}"] = None
        if one.involvement:
            facets[f"{INVOLVEMENT}{_KIND}{one.involvement}"] = None
    return facets


def _of_head(role: Role, root: Place) -> _Passages:
    found = _Passages()
    found.add("role.title", role.title, _at(root, "title"))
    if role.title_en is not None:
        found.add("role.title_en", role.title_en, _at(root, "title_en"))
    _add_list(found, "aliases", role.aliases, root)
    if role.unit is not None:
        found.add("role.unit", role.unit, _at(root, "unit"))
    if role.purpose is not None:
        found.add("role.purpose", role.purpose, _at(root, "purpose"))
    _add_list(found, "qualifications", role.qualifications, root)
    authorities = _below(root, "authorities") if role.authorities else []
    for index, (authority, within) in enumerate(zip(role.authorities, authorities, strict=True)):
        field = f"role.authorities[{index}]"
        found.add(field, authority.text, _at(within, "text"))
        if authority.limit is not None:
            found.add(f"{field}.limit", authority.limit, _at(within, "limit"))
    sections = _below(root, "sections") if role.sections else []
    for index, (section, within) in enumerate(zip(role.sections, sections, strict=True)):
        field = f"role.sections[{index}]"
        found.add(f"{field}.title", section.title, _at(within, "title"))
        found.add(f"{field}.text", section.text, _at(within, "text"))
    return found


def _add_list(found: _Passages, key: str, texts: tuple[str, ...], root: Place) -> None:
    if texts:
        for index, (text, within) in enumerate(zip(texts, _below(root, key), strict=True)):
            found.add(f"role.{key}[{index}]", text, within)


def folded(parts: str) -> Iterator[str]:
    """Yield each part of a role with its passages folded beside them."""
    for part in parts.split(_PART):
        about, facets, fields, lines, texts = part.split(_SECTION)
        yield _SECTION.join((about, fold(facets), fields, lines, texts, fold(texts)))


def sections(body: bytes) -> list[bytes]:
    """Return the sections of a folded part: about, facets, fields, lines, texts, folded texts."""
    return body.split(b"\x1e")


def hit(number: int, found: list[bytes], index: int) -> Hit:
    """Return the hit that a part is at one of its passages; `found` are its sections."""
    about, _, fields, lines, texts, _ = found
    role, path, role_title, duty, label = about.decode().split(BETWEEN)
    passages = texts.split(_BETWEEN_BYTES)
    field = fields.split(_BETWEEN_BYTES)[index].decode()
    title = passages[0].decode() if duty else ""
    line = int(lines.split(_BETWEEN_BYTES)[index])
    text = passages[index].decode()
    return Hit(rank(field), role, path, number, role_title, duty, label, title, field, text, line)


def searched(part: str) -> str:
    """Return all of a folded part that a word or a filter can be found in."""
    _, facets, _, _, _, texts = part.split(_SECTION)
    return f"{BETWEEN}{texts}{facets}"


def names(part: str) -> list[str]:
    """Return the folded names of a part: titles, aliases, tags; what pinyin is tried on."""
    _, _, fields, _, _, texts = part.split(_SECTION)
    pairs = zip(fields.split(BETWEEN), texts.split(BETWEEN), strict=True)
    return [text for field, text in pairs if is_name(field)]


def facets(part: str) -> list[str]:
    """Return the folded facets of a part, each with its kind before it."""
    return part.split(_SECTION)[1].strip(BETWEEN).split(BETWEEN)


def kind_and_value(facet: str) -> tuple[str, str]:
    """Return the kind and the value of a folded facet."""
    kind, _, value = facet.partition(_KIND)
    return kind, value


def is_name(field: str) -> bool:
    """Tell whether a field is a title, an alias or a tag."""
    return field in _NAMES or field.startswith("role.aliases") or field.endswith(".tags")


_NAMES: Final = frozenset(("title", "tags", "role.title"))


@cache
def rank(field: str) -> int:
    """Return the rank of a field among those a hit can be found by."""
    if field.startswith("role."):
        return HEAD
    if field.endswith("tags"):
        return TAGS
    return {"title": TITLE, "text": TEXT}.get(field, ITEMS)


def facet(kind: str, value: str) -> str:
    """Return how a folded value of a facet stands in a part, whole."""
    return f"{BETWEEN}{kind}{_KIND}{value}{BETWEEN}"


def facet_start(kind: str) -> str:
    """Return how the facets of a kind begin in a part."""
    return f"{BETWEEN}{kind}{_KIND}"


def can_hold(text: str) -> bool:
    """Tell whether a text can stand in a part: it has none of the marks between values."""
    return _MARKS.isdisjoint(text)
