"""Where two texts differ, how much, and whether it is more than a matter of writing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.changes.base import Spans

_BLANKS: Final = re.compile(r"\s+")
_SENTENCES: Final = re.compile(r"[^。；！？!?;\n]*[。；！？!?;\n]*")
_DEAR: Final = 300_000  # equal pairs of characters; more take difflib most of a second
_UNLIKE_WIDE: Final = frozenset("“”‘’—…·")  # narrow to Unicode, wide in Chinese
_CHINESE_DIGITS: Final = frozenset("〇零一二三四五六七八九十百千万亿两")
_MEANT: Final = frozenset("%‰&@#*/\\")  # punctuation to Unicode that says something


def same(old: str | None, new: str | None) -> bool:
    """Tell whether two texts are the same but for the breaking of lines."""
    return old == new or (old is not None and new is not None and reflowed(old) == reflowed(new))


def reflowed(text: str) -> str:
    """Return a text without its line breaks.

    A line break is a blank, and nothing at all between Chinese characters; so is the one blank
    that YAML puts there in its place. An empty line stays a line break.
    """
    return _BLANKS.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    run = match.group()
    if run.count("\n") > 1:
        return "\n"
    if run != " " and "\n" not in run:
        return run
    text, (start, end) = match.string, match.span()
    between = start and end < len(text) and _is_wide(text[start - 1]) and _is_wide(text[end])
    return "" if between else " "


def _is_wide(character: str) -> bool:
    return character in _UNLIKE_WIDE or unicodedata.east_asian_width(character) in "WF"


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """Return a text without what is a matter of writing: width, variants, punctuation, blanks.

    What stands between figures stays, and so does a minus: 3.5 is not 35.
    """
    folded = fold(unicodedata.normalize("NFKC", text))  # quicker than character by character
    kept = []
    for index, character in enumerate(folded):
        if not _is_writing(character):
            kept.append(character)
            continue
        after = folded[index + 1 : index + 2]
        if _is_figure(after) and (character == "-" or _is_figure(folded[index - 1 : index])):
            kept.append(character)
    return "".join(kept)


@cache
def _is_writing(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZC" and character not in _MEANT


def _is_figure(character: str) -> bool:
    return character.isdigit() or character in _CHINESE_DIGITS if character else False


def is_wording(old: str, new: str) -> bool:
    """Tell whether two texts that differ say the same."""
    return skeleton(old) == skeleton(new)


def likeness(old: str, new: str, least: float = 0) -> float:
    """Return how alike two texts are, from 0 to 1; 0 below `least`, which is quicker."""
    from rapidfuzz import fuzz

    return fuzz.ratio(old, new, score_cutoff=least * 100) / 100


def spans(old: str, new: str) -> Spans:
    """Return where two texts differ, for a reader: edits that one character parts are one.

    Computed from the lesser text to the greater and turned round, so that both directions agree.
    """
    if new < old:
        return tuple((c, d, a, b) for a, b, c, d in _spans(new, old))
    return tuple(_spans(old, new))


def _spans(old: str, new: str) -> list[tuple[int, int, int, int]]:
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    found: list[tuple[int, int, int, int]] = []
    for edit in _edits(old[start : len(old) - end], new[start : len(new) - end], start, start):
        if found and edit[0] - found[-1][1] <= 1:
            found[-1] = (found[-1][0], edit[1], found[-1][2], edit[3])
        else:
            found.append(edit)
    return found


def _edits(old: str, new: str, old_at: int, new_at: int) -> list[tuple[int, int, int, int]]:
    """Return the edits between two texts, moved to where these stand in longer ones."""
    if not old or not new:
        whole = (old_at, old_at + len(old), new_at, new_at + len(new))
        return [whole] if old or new else []
    if _cost(old, new) <= _DEAR:
        return [
            (old_at + a, old_at + b, new_at + c, new_at + d) for a, b, c, d in _blocks(old, new)
        ]
    olds, news = _SENTENCES.findall(old), _SENTENCES.findall(new)
    if _cost(olds, news) > _DEAR or min(len(olds), len(news)) <= 2:  # one, and the empty end
        return [(old_at, old_at + len(old), new_at, new_at + len(new))]
    old_ends, new_ends = _ends(olds), _ends(news)
    found = []
    for a, b, c, d in _blocks(olds, news):
        start, end = old_ends[a], old_ends[b]
        other, other_end = new_ends[c], new_ends[d]
        inner, outer = old[start:end], new[other:other_end]
        if _cost(inner, outer) <= _DEAR:
            found += _edits(inner, outer, old_at + start, new_at + other)
        else:
            found.append((old_at + start, old_at + end, new_at + other, new_at + other_end))
    return found


def _ends(pieces: Sequence[str]) -> list[int]:
    ends = [0]
    for piece in pieces:
        ends.append(ends[-1] + len(piece))
    return ends


def _cost(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pairs of equal elements there are: what difflib goes through."""
    counts = Counter(new)
    return sum(count * counts[element] for element, count in Counter(old).items())


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
