"""The values that comparing gives: changes with their places, and pairs of duties."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dutybook.facts import Part, Role, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

Content = Value | Part | Role
"""What a change leads from or to: a field's value, a position in a list, or a whole."""

Spans = tuple[tuple[int, int, int, int], ...]
"""Where two texts differ: start and end in the old one, start and end in the new one."""


class Kind(StrEnum):
    """What happened to a position, a duty, an item, or a field of them."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands on one side, with what it is called there.

    `duty` is None for the position itself, `item` (an index from 0) for the duty itself; an entry
    of a list of the head has an item and no duty.
    """

    role: str
    role_title: str
    duty: str | None = None
    label: str | None = None
    title: str = ""
    item: int | None = None
    item_label: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what, where on both sides, from what to what.

    `before` and `after` are None where the side has nothing of it. `field` is the key in the role
    file, `source.missing` within the head, None where the whole is meant. A set (tags, systems …)
    has in `old` what went and in `new` what came; a move the indexes, from 0.
    """

    kind: Kind
    before: Place | None
    after: Place | None
    field: str | None
    old: Content
    new: Content
    spans: Spans = ()
    wording_only: bool = False

    @property
    def place(self) -> Place:
        """Where it stands now, or stood last."""
        place = self.after or self.before
        assert place is not None
        return place

    def mirrored(self) -> Change:
        """Return the change that takes this one back."""
        kinds = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
        return Change(
            kinds.get(self.kind, self.kind),
            self.after,
            self.before,
            self.field,
            self.new,
            self.old,
            tuple((c, d, a, b) for a, b, c, d in self.spans),
            self.wording_only,
        )


class Fit(StrEnum):
    """What two positions have of a duty."""

    SHARED = "shared"
    SIMILAR = "similar"
    ONLY_OLD = "only_old"
    ONLY_NEW = "only_new"


@dataclass(frozen=True, slots=True)
class Pair:
    """A duty of one position and the one of the other that is most like it, None for none."""

    kind: Fit
    likeness: float | None
    old: Part | None
    new: Part | None


def counted(changes: Iterable[Change]) -> dict[str, int]:
    """Return how many changes there are of each kind, every kind named."""
    counts = dict.fromkeys(map(str, Kind), 0)
    for change in changes:
        counts[change.kind] += 1
    return counts
