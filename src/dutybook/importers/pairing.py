"""Which part of a role that is there a part of a manual is: by words and numbers. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dutybook import numbering
from dutybook.changes import matching, words
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

ALIKE: Final = 0.75
"""From which likeness on a part of the book is one of the manual, reworded."""
ALIKE_IN_PLACE: Final = 0.4
"""The same where both have one number: unlike texts have 0.1, rewritten ones from 0.4 on."""

_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0xFF61: "。"}


def paired(
    olds: Sequence[dict[str, Any]],
    news: Sequence[dict[str, Any]],
    keys: Sequence[Callable[[int, Any], Hashable]],
    *,
    likeness: bool = True,
    by_label: bool = False,
) -> dict[int, int]:
    """Return for parts of the manual, by index, the part of the book that each is.

    By the keys one after the other, then what is alike, then what has the same number and is not
    altogether different: that would put one text over another that has nothing to do with it.
    """
    found: dict[int, int] = {}
    matching.by_keys(news, olds, keys, found)
    if likeness:
        taken = set(found.values())
        left = {there: wording(one) for there, one in enumerate(news) if there not in found}
        free = {here: wording(one) for here, one in enumerate(olds) if here not in taken}
        if left and free:
            found |= matching.by_likeness(left, free, words.likeness, ALIKE)
    if by_label:
        matching.by_keys(news, olds, [_number], in_place := dict(found))
        found |= {
            there: here
            for there, here in in_place.items()
            if there not in found
            and words.likeness(wording(olds[here]), wording(news[there])) >= ALIKE_IN_PLACE
        }
    return dict(sorted(found.items()))


def _number(_: int, part: dict[str, Any]) -> Hashable:
    return counted(part["label"]) if part.get("label") else None


def key(*names: str) -> Callable[[int, Any], Hashable]:
    """Return what pairs parts by some of their keys, None where one of those is not there."""

    def of(_: int, part: dict[str, Any]) -> Hashable:
        values = [part.get(name) if name == "label" else plain(part.get(name)) for name in names]
        return tuple(values) if all(values) else None

    return of


def counted(label: str) -> Hashable:
    """Return what a label counts, itself where it counts nothing: 02 is 2."""
    return numbering.parse(label) or label


def wording(part: dict[str, Any]) -> str:
    """Return what a part says, without what is a matter of writing, for its likeness."""
    texts = [part.get("title"), part.get("text")]
    texts += [one["text"] for one in parts(part.get("items"))]
    return "\n".join(words.skeleton(text) for text in texts if text)


def parts(values: Any) -> list[dict[str, Any]]:
    """Return the entries of a list, bare texts as parts with that text."""
    return [one if isinstance(one, dict) else {"text": one} for one in values or ()]


def plain(text: Any) -> str:
    """Return a text as parts are paired by it: without blanks, folded."""
    return "".join(fold(text).split()) if isinstance(text, str) else ""


def _narrow(text: str) -> str:
    return "".join(text.translate(_NARROW).split())


def same(old: Any, new: Any) -> bool:
    """Tell whether two values are the same but for blanks and width."""
    if isinstance(old, str) and isinstance(new, str):
        return _narrow(old) == _narrow(new)
    return bool(old == new)


DUTY_KEYS: Final = (
    key("label", "title", "text"), key("label", "text"), key("title", "text"), key("text"),
    key("label", "title"), key("title"),
)  # fmt: skip
"""What is the same in more comes first, so that a manual that comes again finds what it made."""
ITEM_KEYS: Final = (key("label", "text"), key("text"))
"""The same for the parts of a duty."""
