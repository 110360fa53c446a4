"""What a search looks through: the duties of a role and its head, each as one line of bytes.

A part holds what a hit shows, what filters ask for, and its passages twice: as the file has them
and folded. Sections and values stand between control characters, which no text of a valid role
holds. Knows nothing of where parts are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dutybook.model import Duty, Item, Role
    from dutybook.source import Route

BETWEEN: Final = "\x1f"  # values of a section
_SECTION: Final = "\x1e"
_PART: Final = "\x1d"
_KIND: Final = "\x02"  # after the letter of a facet
_MARKS: Final = frozenset((BETWEEN, _SECTION, _PART, _KIND))

TAG: Final = "t"
SYSTEM: Final = "s"
CADENCE: Final = "c"
INVOLVEMENT: Final = "i"
COUNTERPART: Final = "p"
UNIT: Final = "u"

TITLE, TEXT, ITEMS, TAGS, HEAD = range(5)
"""The ranks of fields: a hit stands where its best field does."""

_Passage = tuple[str, str, int]  # field, text, line


class Words(NamedTuple):
    """A part without what is only looked for: what a hit shows of it."""

    role: str
    path: str
    role_title: str
    duty: str
    label: str
    fields: list[str]
    texts: list[str]
    lines: list[str]


def of_role(role: Role, path: str, line: Callable[[Route], int]) -> str:
    """Return the parts of a role, not folded yet: its duties, then its head.

    `line` gives the line on which the value at a route of the file begins.
    """
    unit = [(UNIT, role.unit)] if role.unit else []
    made = []
    for index, duty in enumerate(role.duties):
        about = (role.id, path, role.title, duty.id, duty.label or "")
        passages = _of_duty(duty, ("duties", index), line)
        made.append(_part(about, [*unit, *_facets(duty)], passages))
    about = (role.id, path, role.title, "", "")
    made.append(_part(about, unit, _of_head(role, line)))
    return _PART.join(made)


def _part(
    about: Iterable[str], facets: Iterable[tuple[str, str]], passages: Iterable[_Passage]
) -> str:
    fields, texts, lines = zip(*passages, strict=True)
    return _SECTION.join(
        (
            BETWEEN.join(about),
            "".join(f"{BETWEEN}{kind}{_KIND}{value}" for kind, value in facets) + BETWEEN,
            BETWEEN.join(fields),
            BETWEEN.join(map(str, lines)),
            BETWEEN.join(texts),
        )
    )


def _of_duty(duty: Duty, route: Route, line: Callable[[Route], int]) -> list[_Passage]:
    found: list[_Passage] = [("title", duty.title, line((*route, "title")))]
    if duty.text is not None:
        found.append(("text", duty.text, line((*route, "text"))))
    found += [
        (f"items[{index}]", item.text, line((*route, "items", index, "text")))
        for index, item in enumerate(duty.items)
    ]
    found += [("tags", tag, line((*route, "tags", index))) for index, tag in enumerate(duty.tags)]
    found += [
        (f"items[{number}].tags", tag, line((*route, "items", number, "tags", index)))
        for number, item in enumerate(duty.items)
        for index, tag in enumerate(item.tags)
    ]
    return found


def _facets(duty: Duty) -> list[tuple[str, str]]:
    facets: dict[tuple[str, str], None] = {}
    bearers: list[Duty | Item] = [duty, *duty.items]
    for one in bearers:
        facets |= dict.fromkeys((TAG, tag) for tag in one.tags)
        facets |= dict.fromkeys((SYSTEM, system) for system in one.systems)
        facets |= dict.fromkeys((COUNTERPART, position) for position in one.counterparts)
        if one.cadence:
            facets[CADENCE, one.cadence] = None
        if one.involvement:
            facets[INVOLVEMENT, one.involvement] = None
    return list(facets)


def _of_head(role: Role, line: Callable[[Route], int]) -> list[_Passage]:
    found: list[_Passage] = [("role.title", role.title, line(("title",)))]
    if role.title_en is not None:
        found.append(("role.title_en", role.title_en, line(("title_en",))))
    found += _listed("aliases", role.aliases, line)
    if role.unit is not None:
        found.append(("role.unit", role.unit, line(("unit",))))
    if role.purpose is not None:
        found.append(("role.purpose", role.purpose, line(("purpose",))))
    found += _listed("qualifications", role.qualifications, line)
    for index, authority in enumerate(role.authorities):
        field, route = f"role.authorities[{index}]", ("authorities", index)
        found.append((field, authority.text, line((*route, "text"))))
        if authority.limit is not None:
            found.append((f"{field}.limit", authority.limit, line((*route, "limit"))))
    for index, section in enumerate(role.sections):
        field, route = f"role.sections[{index}]", ("sections", index)
        found.append((f"{field}.title", section.title, line((*route, "title"))))
        found.append((f"{field}.text", section.text, line((*route, "text"))))
    return found


def _listed(key: str, texts: Iterable[str], line: Callable[[Route], int]) -> Iterator[_Passage]:
    for index, text in enumerate(texts):
        yield f"role.{key}[{index}]", text, line((key, index))


def folded(parts: str) -> Iterator[str]:
    """Yield each part of a role with its passages folded beside them."""
    for part in parts.split(_PART):
        about, facets, fields, lines, texts = part.split(_SECTION)
        yield _SECTION.join((about, fold(facets), fields, lines, texts, fold(texts)))


def sections(body: bytes) -> list[bytes]:
    """Return the sections of a folded part: about, facets, fields, lines, texts, folded texts."""
    return body.split(b"\x1e")


def words(found: list[bytes]) -> Words:
    """Return what a hit shows, out of the sections of a part."""
    about, _, fields, lines, texts, _ = found
    role, path, title, duty, label = about.decode().split(BETWEEN)
    return Words(
        role,
        path,
        title,
        duty,
        label,
        fields.decode().split(BETWEEN),
        texts.decode().split(BETWEEN),
        lines.decode().split(BETWEEN),
    )


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
