"""What positions are called, and which of them a name in one department means. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dutybook.importers.annotate import Known
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


class Names:
    """The names of all positions of a book and of what comes into it.

    One name may mean several: a department has its own 主管.
    """

    def __init__(self) -> None:
        self._units: dict[str, dict[str, str]] = {}  # name to ids, each with its unit
        self._several: set[str] = set()  # the names that mean several positions
        self._known: dict[str, Known] = {}
        self.titles: dict[str, str] = {}
        """What each position is called, by id."""

    def add(self, names: Iterable[str], position: str, unit: str) -> None:
        """Take in what a position is called, its title first."""
        for name in names:
            found = self._units.setdefault(_key(name), {})
            found[position] = fold(unit)
            self._several |= {_key(name)} if len(found) > 1 else set()
            self.titles.setdefault(position, name)

    def find(self, name: str, unit: str) -> list[str]:
        """Return the ids that a name may mean in a unit: those of the unit, else all of them."""
        found = self._units.get(_key(name), {})
        own = [position for position, where in found.items() if where == fold(unit)]
        return own or list(found)

    def known(self, unit: str, systems: Iterable[str]) -> Known:
        """Return what the texts of a unit may name: positions that a name means alone."""
        unit = fold(unit) if self._several else ""
        if unit not in self._known:
            meant = ((name, self.find(name, unit)) for name in self._units)
            alone = [(name, ids[0]) for name, ids in meant if len(ids) == 1]
            self._known[unit] = Known.of(alone, systems)
        return self._known[unit]


def _key(name: str) -> str:
    return fold(name).strip().rstrip("。.")
