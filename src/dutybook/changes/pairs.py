"""Compare two positions: which duties they share, which are alike, which only one has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dutybook.changes import matching, words
from dutybook.changes.base import Change, Fit, Pair
from dutybook.changes.compare import heads, wording

if TYPE_CHECKING:
    from collections.abc import Hashable

    from dutybook.facts import Part, Role

ALIKE: Final = 0.5
_BESIDE: Final = frozenset(("id", "label", "tags", "basis"))  # of the position, not of the duty


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two positions side by side: the difference of their heads, and their duties in pairs."""

    old: Role
    new: Role
    head: tuple[Change, ...]
    pairs: tuple[Pair, ...]


def pair(old: Role, new: Role) -> Comparison:
    """Return two positions side by side, in the order of the first's duties, then the second's."""
    olds, news = old.duties, new.duties
    found: dict[int, int] = {}
    matching.by_keys(olds, news, [lambda _, duty: _said(duty)], found)
    shared = set(found)
    taken = set(found.values())
    left = {index: wording(duty) for index, duty in enumerate(olds) if index not in found}
    came = {index: wording(duty) for index, duty in enumerate(news) if index not in taken}
    found |= matching.by_likeness(left, came, words.likeness, ALIKE)
    pairs = [
        _paired(duty, news[found[index]], is_shared=index in shared)
        if index in found
        else Pair(Fit.ONLY_OLD, None, duty, None)
        for index, duty in enumerate(olds)
    ]
    taken = set(found.values())
    pairs += [
        Pair(Fit.ONLY_NEW, None, None, duty)
        for index, duty in enumerate(news)
        if index not in taken
    ]
    return Comparison(old, new, tuple(heads(old, new)), tuple(pairs))


def _paired(old: Part, new: Part, *, is_shared: bool) -> Pair:
    if is_shared:
        return Pair(Fit.SHARED, 1.0, old, new)
    alike = round(words.likeness(wording(old), wording(new)), 3)
    return Pair(Fit.SIMILAR, alike, old, new)


def _said(part: Part) -> Hashable:
    """Return what two duties must have in common to be one: all but their numbers and tags."""
    values = (
        words.skeleton(value)
        if isinstance(value, str)
        else tuple(sorted(set(value)))
        if isinstance(value, tuple)
        else value
        for name, value in part.values.items()
        if name not in _BESIDE
    )
    return (tuple(values), tuple(_said(item) for item in part.items))


def counted(comparison: Comparison) -> dict[str, int]:
    """Return how many pairs there are of each kind, every kind named."""
    counts = dict.fromkeys(map(str, Fit), 0)
    for one in comparison.pairs:
        counts[one.kind] += 1
    return counts


def said(duty: Part) -> str:
    """Return a duty's words, one line for its text and one for each item."""
    lines = [duty.text("text")] if duty.text("text") else []
    for item in duty.items:
        label = item.text("label")
        lines.append(f"{label} {item.text('text')}" if label else item.text("text"))
    return "\n".join(lines)
