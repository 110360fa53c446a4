"""How Chinese names are typed in Latin letters: every reading of every character.

A character is matched by any of its readings, in full or by its first letter, so that 支行
answers to `zhihang` and `zhixing` and `zh`. Phrase dictionaries would be slower and wrong here:
they read 朝阳支行 as `zhao yang zhi xing`.
"""

from __future__ import annotations

import os
from functools import cache

Readings = str  # one group a character, `ke hu jing li`; the readings of a group joined by `|`


def readings(name: str) -> Readings:
    """Return the readings of a name, folded: Latin letters and digits stand for themselves."""
    return " ".join(
        _of_character(character)
        for character in name
        if not character.isspace() and character != "|"  # which stands between readings
    )


@cache
def _of_character(character: str) -> str:
    if character.isascii():
        return character
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
