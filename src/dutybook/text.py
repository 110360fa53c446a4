"""Text as people mean it: folding for comparison, safe forms for output, wrapping, nearest names.

Pure functions over strings; nothing here knows what a role is or where text is shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# Marks that NFKC leaves apart and people type for one another.
_PUNCTUATION = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "−": "-"}

# What a terminal, a log or a table must never receive as such: controls (C0, DEL, C1), line
# breaks of other alphabets, bidi controls, tag characters, surrogates, noncharacters.
NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    chr((plane << 16) + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF)
)
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    f"\ud800-\udfff{NONCHARACTERS}\U000e0000-\U000e007f]"
)

LINE_BREAK = re.compile("\r\n|\r|\n")
"""What ends a line in an editor; libyaml and `str.splitlines` know more."""

_NEVER_FIRST = frozenset("，。；：、！？）》】」』〉”’…—·％,.;:!?)]}%~")
_NEVER_LAST = frozenset("（《【「『〈“‘([{")


@cache
def _table() -> dict[int, int | str]:
    """Every character that folds to another one of the same length."""
    data = resources.files("dutybook").joinpath("data/simplified.txt").read_text("utf-8")
    traditional, simplified = data.splitlines()
    return str.maketrans(traditional, simplified) | str.maketrans(_PUNCTUATION)


class _CombiningError(Exception):
    """A combining mark, which folds together with what stands before it."""


class _Folded(dict[int, str]):
    """Maps each character to its folded form, as `str.translate` asks for them."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.combining(character):
            raise _CombiningError
        folded = self[code] = _fold_cluster(character)
        return folded


_folded = _Folded()


def fold(text: str) -> str:
    """Return text as it is compared: width (NFKC), case, and simplified for traditional."""
    if text.isascii():
        return text.lower()
    try:
        return text.translate(_folded)
    except _CombiningError:
        return "".join(_fold_cluster(text[start:end]) for start, end in _clusters(text))


def fold_offsets(text: str) -> list[int]:
    """For each character of `fold(text)`, the index in text it came from; then `len(text)`."""
    offsets = [start for start, end in _clusters(text) for _ in _fold_cluster(text[start:end])]
    return [*offsets, len(text)]


def _fold_cluster(cluster: str) -> str:
    return unicodedata.normalize("NFKC", cluster).casefold().translate(_table())


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each character with the combining marks that follow it, as (start, end)."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not unicodedata.combining(text[index]):
            yield start, index
            start = index


def visible(character: str) -> str:
    """Return how an unsafe character is shown: `\\x1b`, `\\u202e`, `\\U000e0041`."""
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def safe(text: str) -> str:
    """Return text for a terminal: line breaks stay, a tab is a blank, the rest is made visible."""
    return _UNSAFE.sub(_safe_character, text)


def _safe_character(match: re.Match[str]) -> str:
    character = match.group()
    return {"\n": "\n", "\t": " "}.get(character) or visible(character)


_PLAIN = {"\\": "\\\\", "\t": "\\t", "\n": "\\n"}
_PLAIN_UNSAFE = re.compile(_UNSAFE.pattern[:-1] + "\\\\]")


def plain(text: str) -> str:
    """Return text as one field of tab-separated output, which can be turned back exactly."""
    return _PLAIN_UNSAFE.sub(
        lambda match: _PLAIN.get(match.group()) or visible(match.group()), text
    )


def wrap(text: str, width: int, measure: Callable[[str], int]) -> list[tuple[int, int]]:
    """Break one paragraph into lines of at most `width` cells, by the rules of Chinese setting.

    Lines break at blanks and between Han characters, never within a Latin word that fits, never
    before a closing mark nor after an opening one. `measure` gives the cells of a string. Returns
    (start, end) of each line in text, blanks at a break left out. A width too small for the rules
    overrules them: nothing is ever cut off.
    """
    lines: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = _fitting(text, start, width, measure)
        while end < len(text) and text[end] == " ":
            end += 1  # blanks at a break take no room
        if end < len(text):
            end = _break_before(text, start, end)
        last = end
        while last > start + 1 and text[last - 1] == " ":
            last -= 1
        lines.append((start, last))
        start = end
    return lines or [(0, 0)]


def _fitting(text: str, start: int, width: int, measure: Callable[[str], int]) -> int:
    """Return the greatest end for which text[start:end] fits; at least one character."""
    end, used = start, 0
    while end < len(text):
        used += measure(text[end])
        if used > width and end > start and measure(text[start : end + 1]) > width:
            break
        end += 1
    return end


def _break_before(text: str, start: int, end: int) -> int:
    """Return the last allowed break in text at or before `end`, else `end` itself."""
    for position in range(end, start, -1):
        if _may_break(text[position - 1], text[position]):
            return position
    return end


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST or unicodedata.combining(after):
        return False
    if before == " ":
        return True
    if after == " ":
        return False
    return not (_is_latin(before) and _is_latin(after))


def _is_latin(character: str) -> bool:
    return character < "\u1100" and not character.isspace()


def nearest(name: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Return the candidates that a mistyped name may have meant, the likeliest first.

    Short Chinese names differ by a whole character when one is wrong, so that for up to three
    characters half of them equal is near enough.
    """
    from rapidfuzz import fuzz, process

    cutoff = 50 if len(name) <= 3 else 60
    matches = process.extract(
        name,
        sorted(set(candidates)),
        scorer=fuzz.ratio,
        processor=fold,
        limit=limit,
        score_cutoff=cutoff,
    )
    return [candidate for candidate, _, _ in matches]


_WIDE = re.compile("[\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]+")  # most of a Chinese text


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes: two for a wide character."""
    rest = _WIDE.sub("", text)
    wide = 2 * (len(text) - len(rest))
    if rest.isascii():
        return wide + len(rest)
    return wide + sum(
        0
        if unicodedata.combining(character) or character in "\u200b\u200d\ufe0f"
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in rest
    )
