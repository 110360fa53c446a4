"""How Chinese names are typed in Latin letters: every reading of every character.

A character is matched by any of its readings, in full or by its first letter, so that 支行
answers to `zhihang` and `zhixing` and `zh`. Phrase dictionaries would be slower and wrong here:
they read 朝阳支行 as `zhao yang zhi xing`.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

Readings = str  # one group a character, `ke hu jing li`; the readings of a group joined by `|`


def readings(name: str, known: MutableMapping[str, str] | None = None) -> Readings:
    """Return the readings of a name, folded: Latin letters and digits stand for themselves.

    `known` holds readings of characters from earlier runs, and takes in those that are new.
    """
    return " ".join(
        of_character(character, known if known is not None else {})
        for character in name
        if not character.isspace() and character != "|"  # which stands between readings
    )


def of_character(character: str, known: MutableMapping[str, str]) -> str:
    """Return the readings of one character, joined by `|`; `known` as in `readings`."""
    if character.isascii():
        return character
    found = known.get(character)
    if found is None:
        found = known[character] = _look_up(character)
    return found


@cache
def _look_up(character: str) -> str:
    # pypinyin would load its phrases (100 ms) for what single characters answer.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return "|".join(found[0]) if found else character


def matches(query: str, name: Readings, *, whole: bool = True) -> bool:
    """Tell whether a folded Latin query spells a name, in full, by first letters or mixed.

    With `whole=False` the query may end before the name does.
    """
    groups = [group.split("|") for group in name.split(" ")]
    reached = {0}
    for group in groups:
        forward: set[int] = set()
        for position in reached:
            rest = query[position:]
            for reading in group:
                if rest.startswith(reading):
                    forward.add(position + len(reading))
                elif not whole and reading.startswith(rest):
                    return True
            if rest and rest[0] in {reading[:1] for reading in group}:
                forward.add(position + 1)
        if not whole and len(query) in forward:
            return True
        reached = forward
        if not reached:
            return False
    return len(query) in reached


def first_letters(name: Readings) -> str:
    """Return the letters a spelling of the name can begin with."""
    first = name.split(" ", 1)[0]
    return "".join(sorted({reading[0] for reading in first.split("|") if reading}))


def spelt(query: str, names: str, known: Mapping[str, str]) -> set[str]:
    """Return the stretches of names that a folded Latin query spells, in full or by first letters.

    `names` are folded names one after another with a character between them that has no reading
    and is no letter; `known` holds the readings of their characters.
    """
    speller = _Speller(query, known)
    first = speller.pattern()
    return {
        names[match.start() : end]
        for match in (first.finditer(names) if first else ())
        for end in speller.ends(names, match.start())
    }


class _Speller:
    """How far each character leads in a query: from a position to those after its readings."""

    def __init__(self, query: str, known: Mapping[str, str]) -> None:
        self._query = query
        self._known = known
        self._alphabet = [*known, *sorted(set(query))]
        self._steps: dict[tuple[str, int], tuple[int, ...]] = {}

    def after(self, character: str, position: int) -> tuple[int, ...]:
        """Return the positions that a character can lead to from one."""
        found = self._steps.get((character, position))
        if found is None:
            groups = self._known.get(character, character).split("|")
            spelt = {one for one in groups if one and self._query.startswith(one, position)}
            first = self._query[position : position + 1]
            ends = {position + len(one) for one in spelt}
            if first and any(one[:1] == first for one in groups):
                ends.add(position + 1)
            found = self._steps[character, position] = tuple(ends)
        return found

    def pattern(self) -> re.Pattern[str] | None:
        """Return what finds where a spelling can begin, by its first two characters."""
        starts: dict[int, list[str]] = {}
        for character in self._alphabet:
            for end in self.after(character, 0):
                starts.setdefault(end, []).append(character)
        parts = []
        for end, characters in sorted(starts.items()):
            if end == len(self._query):
                parts.append(_any_of(characters))
                continue
            following = [one for one in self._alphabet if self.after(one, end)]
            if following:
                parts.append(f"{_any_of(characters)}(?={_any_of(following)})")
        return re.compile("|".join(parts)) if parts else None

    def ends(self, names: str, start: int) -> list[int]:
        """Return where spellings that begin at a place in the names end."""
        found = []
        reached = {0}
        for index in range(start, len(names)):
            character = names[index]
            reached = {end for position in reached for end in self.after(character, position)}
            if len(self._query) in reached:
                found.append(index + 1)
            if not reached:
                break
        return found


def _any_of(characters: list[str]) -> str:
    return f"[{''.join(map(re.escape, characters))}]"
