"""How what takes long says how far it is: it tells a function, which may show it to somebody."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[int, int], None]
"""Told how many of how many are done; a total of 0 is not known yet."""


def nobody(done: int, total: int) -> None:
    """Tell nobody."""
