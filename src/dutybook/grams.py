"""Which of some thousand texts hold which two characters one after the other: postings.

A text that holds a word holds every pair of its characters, so that the few texts to look through
are found without reading the others. Pairs are kept in buckets by their first character; a bucket
is bytes, and all buckets are always there, so that a lost one is noticed. Pure functions.
"""

from __future__ import annotations

from array import array
from operator import add
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BUCKETS: Final = 256
MOST: Final = 1 << 14
"""How many texts may go into one set of buckets; their numbers take two bytes."""

_MOST_PAIRS: Final = 8  # of a long word: more would narrow no further
_HEAD: Final = 4


def of_text(text: str) -> set[str]:
    """Return the pairs of characters of a text."""
    return set(map(add, text, text[1:]))


def of_word(word: str) -> list[str]:
    """Return pairs that a text must hold to hold a word of two characters or more."""
    return list(dict.fromkeys(map(add, word, word[1:])))[:_MOST_PAIRS]


def bucket(pair: str) -> int:
    """Return the number of the bucket for pairs with a first character."""
    return ord(pair[0]) % BUCKETS


def pack(texts: Iterable[tuple[int, str]]) -> Iterator[bytes]:
    """Yield the buckets, in order, of numbered texts; numbers are below MOST and ascend."""
    postings: dict[str, array[int]] = {}
    for number, text in texts:
        for pair in of_text(text):
            try:
                postings[pair].append(number)
            except KeyError:
                postings[pair] = array("H", (number,))
    buckets: list[list[str]] = [[] for _ in range(BUCKETS)]
    for pair in postings:
        buckets[ord(pair[0]) % BUCKETS].append(pair)
    for pairs in buckets:
        names = "".join(pairs).encode()
        counts = array("I", (len(postings[pair]) for pair in pairs))
        yield b"".join(
            (
                len(names).to_bytes(_HEAD, "big"),
                names,
                counts.tobytes(),
                *(postings.pop(pair).tobytes() for pair in pairs),
            )
        )


class Bucket:
    """The postings of one bucket."""

    def __init__(self, packed: bytes) -> None:
        """Open a bucket. Raises ValueError where this is none."""
        end = _HEAD + int.from_bytes(packed[:_HEAD], "big")
        names = packed[_HEAD:end].decode()
        counts = array("I")
        first = end + len(names) // 2 * counts.itemsize
        counts.frombytes(packed[end:first])
        self._packed = packed
        self._places: dict[str, tuple[int, int]] = {}
        for index, count in enumerate(counts):
            last = first + 2 * count
            self._places[names[2 * index : 2 * index + 2]] = first, last
            first = last

    def holding(self, pair: str) -> array[int]:
        """Return the numbers of the texts that hold a pair."""
        numbers = array("H")
        if pair in self._places:
            first, last = self._places[pair]
            numbers.frombytes(self._packed[first:last])
        return numbers

    def beginning(self, character: str) -> set[int]:
        """Return the numbers of the texts that hold a character, not as the last one."""
        found: set[int] = set()
        for pair in self._places:
            if pair[0] == character:
                found.update(self.holding(pair))
        return found
