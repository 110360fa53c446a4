"""The state of a book's files in one value, so that an unchanged book is told at a glance.

Comparing ten thousand stored signatures one by one takes as long as listing the files; comparing
two strings of bytes takes no time. Pure functions; a manifest that cannot be read is ValueError.
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dutybook.files import Stamp

NEVER: Final = (0, 0, 0, 0)
"""The stamp of a file that is to be looked at again whatever its signature says."""

_BETWEEN: Final = "\0"  # no name of a file holds it
_HEAD: Final = 8
_LARGEST: Final = (1 << 63) - 1


def pack(stamps: Mapping[str, Stamp]) -> bytes:
    """Return paths and stamps as bytes; the same mapping in the same order gives the same."""
    names = _BETWEEN.join(stamps).encode()
    try:
        numbers = array("q", chain.from_iterable(stamps.values()))
    except OverflowError:  # a file from after 2262: it will be looked at every time
        numbers = array("q", (one & _LARGEST for one in chain.from_iterable(stamps.values())))
    return len(names).to_bytes(_HEAD, "big") + names + numbers.tobytes()


def unpack(packed: bytes) -> dict[str, Stamp]:
    """Return the mapping that was packed.

    Raises:
        ValueError: this was not packed.
    """
    if not packed:
        return {}
    end = _HEAD + int.from_bytes(packed[:_HEAD], "big")
    names = packed[_HEAD:end].decode()
    numbers = array("q")
    numbers.frombytes(packed[end:])
    one = iter(numbers)
    stamps = zip(one, one, one, one, strict=True)
    return dict(zip(names.split(_BETWEEN) if names else (), stamps, strict=True))
