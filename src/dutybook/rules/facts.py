"""What the rules over the whole book need of one role: facts made once, and kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dutybook import vocabulary
from dutybook.records import field_name
from dutybook.rules.base import SHORTEST, Facts, Owned, Passage, Reference, parts
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dutybook.model import Role

_GRAM: Final = 4  # characters of a gram
_FEW: Final = 40  # duties of a role of which each is compared with each
_NEIGHBOURS: Final = 8  # in the order of texts, where there are more
_LIKELY: Final = 85.0  # from which likeness on, in per cent, the bare texts may be alike
_LONGER: Final = 1.36  # times as long a text cannot be as alike as that
_NOT_TEXT = re.compile(r"[\W_]+")
_SPELT = re.compile("|".join(sorted({word for words in vocabulary.SPELLINGS for word in words})))
_OWNER: Final = frozenset(("accountable", "responsible"))


def of_role(path: str, role: Role, *, is_brief: bool = False) -> Facts:
    """Return the facts of a valid role; in brief without what only near-duplicates need."""
    passages = [
        Passage(field_name(route), text, sorted({*duty.counterparts, *part.counterparts}))
        for route, duty, part, text in parts(role)
    ]
    return Facts(
        path,
        role.id,
        True,
        role.title,
        list(role.aliases),
        role.unit or "",
        role.status,
        role.reports_to or "",
        role.review_by.isoformat() if role.review_by else "",
        list(_positions(role)),
        list(_named(role, "tags")),
        list(_named(role, "systems")),
        passages,
        [] if is_brief else list(_owned(role)),
        _terms(passages),
    )


def kept(facts: Facts) -> list[Any]:
    """Return facts as plain lists, for keeping."""
    return [*facts[:-1], dict(facts.terms)]


def again(values: list[Any]) -> Facts:
    """Return facts from what was kept."""
    facts = Facts(*values)
    return facts._replace(
        positions=[Reference(*one) for one in facts.positions],
        tags=[Reference(*one) for one in facts.tags],
        systems=[Reference(*one) for one in facts.systems],
        passages=[Passage(*one) for one in facts.passages],
        owned=[Owned(*one) for one in facts.owned],
    )


def _positions(role: Role) -> Iterator[Reference]:
    if role.reports_to:
        yield Reference(role.reports_to, "reports_to")
    yield from _named(role, "counterparts")
    for key in ("incompatible_with", "backup"):
        for number, name in enumerate(getattr(role, key)):
            yield Reference(name, f"{key}[{number}]")


def _named(role: Role, key: str) -> Iterator[Reference]:
    """Yield what the lists of one name in duties and items hold."""
    for index, duty in enumerate(role.duties):
        for number, name in enumerate(getattr(duty, key)):
            yield Reference(name, field_name(("duties", index, key, number)))
        for place, item in enumerate(duty.items):
            for number, name in enumerate(getattr(item, key)):
                yield Reference(name, field_name(("duties", index, "items", place, key, number)))


def _owned(role: Role) -> Iterator[Owned]:
    texts = [
        "".join([duty.text or "", *(item.text for item in duty.items)]) for duty in role.duties
    ]
    twins = _twins(texts)
    for index, duty in enumerate(role.duties):
        is_owner = duty.involvement in _OWNER or any(
            item.involvement in _OWNER for item in duty.items
        )
        if is_owner or index in twins:
            text = bare(texts[index])
            yield Owned(index, text, sketch(text), is_owner)


def _twins(texts: list[str]) -> set[int]:
    """Return the numbers of the texts that may be nearly those of others, marks and all."""
    from rapidfuzz import fuzz

    long = [(text, index) for index, text in enumerate(texts) if len(text) >= SHORTEST]
    is_few = len(long) <= _FEW
    long.sort(key=lambda one: len(one[0]) if is_few else one)
    found: set[int] = set()
    for place, (text, index) in enumerate(long):
        for other, twin in long[place + 1 : None if is_few else place + 1 + _NEIGHBOURS]:
            if is_few and len(other) > len(text) * _LONGER:
                break
            if fuzz.ratio(text, other, score_cutoff=_LIKELY):
                found |= {index, twin}
    return found


def bare(text: str) -> str:
    """Return a text without what two writers would mark differently."""
    return _NOT_TEXT.sub("", fold(text))


# A fixed shuffle of the characters, so that the least gram of a text is as good as a random one:
# by code point it would be the same few common characters in every text.
_SHUFFLES: Final = (40503, 48271)


class _Shuffle(dict[int, int]):
    """Maps characters to others, each text's in the same way, as `str.translate` asks for them."""

    def __init__(self, factor: int) -> None:
        super().__init__()
        self._factor = factor

    def __missing__(self, code: int) -> int:
        shuffled = code * self._factor % 65521 % 0xD7FF + 1
        self[code] = shuffled
        return shuffled


_tables: Final = tuple(_Shuffle(factor) for factor in _SHUFFLES)


def sketch(text: str) -> list[str]:
    """Return a few grams that near-duplicates of a text are likely to share (min-hash).

    For each of two fixed shuffles of the alphabet the least gram of four characters, for the first
    the greatest too: two texts of which nine grams in ten are the same share at least one with a
    probability of 0.999.
    """
    if len(text) <= _GRAM:
        return [text] if text else []
    found = []
    for table in _tables:
        shuffled = text.translate(table)
        grams = list(zip(shuffled, shuffled[1:], shuffled[2:], shuffled[3:], strict=False))
        found.append("".join(min(grams)))
        if len(found) == 1:
            found.append("".join(max(grams)))
    return found


def _terms(passages: list[Passage]) -> dict[str, str]:
    """Return the words that have several spellings, as they are spelt here, and where first."""
    found: dict[str, str] = {}
    for passage in passages:
        for match in _SPELT.finditer(passage.text):
            found.setdefault(match.group(), passage.route)
    return found
