"""What belongs together in two lists, and what moved: the same answer from either side.

Where several answers are equally good, the contents decide, never which list came first.
"""

from __future__ import annotations

import math
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence

Element = TypeVar("Element")

_MOST: Final = 250_000  # pairs whose likeness is looked at: some tenths of a second
_DEAR: Final = 50_000_000_000  # pairs of characters looked at: about half a second
_STEPS: Final = 1000  # of likeness
_FAR: Final = 1_000_000


def by_keys(
    old: Sequence[Element],
    new: Sequence[Element],
    keys: Iterable[Callable[[int, Element], Hashable]],
    found: dict[int, int],
) -> None:
    """Add to `found` (old index to new) what has equal keys, one key after the other.

    Of several with one key, the first goes with the first, and so on. A key of None fits nothing.
    """
    taken = set(found.values())
    for key in keys:
        waiting: dict[Hashable, list[int]] = {}
        for index in range(len(new) - 1, -1, -1):
            if index not in taken:
                waiting.setdefault(key(index, new[index]), []).append(index)
        waiting.pop(None, None)
        for index, element in enumerate(old):
            if index not in found and (fitting := waiting.get(key(index, element))):
                found[index] = fitting.pop()
                taken.add(found[index])


def by_likeness(
    old: Mapping[int, str],
    new: Mapping[int, str],
    likeness: Callable[[str, str, float], float],
    least: float,
    candidates: Collection[tuple[int, int]] | None = None,
) -> dict[int, int]:
    """Pair texts, given by index, so that what they have in common is most in all.

    Only pairs that are at least so much alike count, by how much more they are; so a near-copy is
    never given up for two poor fits. Without `candidates` every pair is tried, none where there
    would be too many; of long texts, how they begin decides.
    """
    if candidates is None:
        if len(old) * len(new) > _MOST:
            return {}
        candidates = [(a, b) for a in old for b in new]
    length = math.isqrt(_DEAR // max(len(candidates), 1))
    old = {index: text[:length] for index, text in old.items()}
    new = {index: text[:length] for index, text in new.items()}
    olds, news = _marked(old), _marked(new)
    gains: dict[tuple[int, int], int] = {}
    for a, b in candidates:
        alike = likeness(old[a], new[b], least)
        if alike >= least:
            more = 1 + round((alike - least) * _STEPS)
            near = _FAR - min((a - b) ** 2, _FAR)  # squared: pairs of equal texts never cross
            tie = blake2b("\0".join(sorted((olds[a], news[b]))).encode("utf-8", "replace"))
            gains[a, b] = (more << 80) + (near << 48) + int.from_bytes(tie.digest()[:4], "big")
    return assigned(gains)


def _marked(texts: Mapping[int, str]) -> dict[int, str]:
    """Return texts that differ, those that are equal by how many came before."""
    seen: dict[str, int] = {}
    marked = {}
    for index in sorted(texts):
        text = texts[index]
        seen[text] = seen.get(text, 0) + 1
        marked[index] = f"{text}\0{seen[text]}"
    return marked


def assigned(gains: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Return the assignment (row to column) of the greatest gain in all; gains are above 0."""
    found: dict[int, int] = {}
    for rows, columns in _components(gains):
        if len(rows) <= len(columns):
            found |= _solved(rows, columns, gains)
        else:
            turned = {(column, row): gain for (row, column), gain in gains.items() if row in rows}
            found |= {row: column for column, row in _solved(columns, rows, turned).items()}
    return found


def _components(pairs: Iterable[tuple[int, int]]) -> list[tuple[dict[int, None], dict[int, None]]]:
    """Return the rows and columns that hang together, apart from those that do not."""
    of_row: dict[int, list[int]] = {}
    of_column: dict[int, list[int]] = {}
    for row, column in pairs:
        of_row.setdefault(row, []).append(column)
        of_column.setdefault(column, []).append(row)
    seen: set[int] = set()
    found = []
    for start in of_row:
        if start in seen:
            continue
        rows: dict[int, None] = {}
        columns: dict[int, None] = {}
        waiting = [start]
        while waiting:
            row = waiting.pop()
            if row in seen:
                continue
            seen.add(row)
            rows[row] = None
            for column in of_row[row]:
                if column not in columns:
                    columns[column] = None
                    waiting += of_column[column]
        found.append((rows, columns))
    return found


def _solved(
    rows: Iterable[int], columns: Iterable[int], gains: Mapping[tuple[int, int], int]
) -> dict[int, int]:
    """Assign no more rows than there are columns: the Hungarian method, by shortest paths.

    A pair without a gain costs nothing and means that both stay alone.
    """
    row_names, column_names = list(rows), list(columns)
    costs = [[-gains.get((row, column), 0) for column in column_names] for row in row_names]
    count, width = len(row_names), len(column_names)
    row_prices, column_prices = [0] * count, [0] * width
    row_at = [-1] * width
    for start in range(count):
        _place(start, costs, row_prices, column_prices, row_at)
    return {
        row_names[row]: column_names[column]
        for column, row in enumerate(row_at)
        if row >= 0 and costs[row][column]
    }


def _place(
    start: int,
    costs: list[list[int]],
    row_prices: list[int],
    column_prices: list[int],
    row_at: list[int],
) -> None:
    """Find a column for one more row, moving others along the cheapest path."""
    width = len(column_prices)
    least: list[int | None] = [None] * width
    came_from = [-1] * width
    free = list(range(width))
    done: list[int] = []
    row, column = start, -1
    while True:
        price, line = row_prices[row], costs[row]
        step, best = None, -1
        for other in free:
            cost = line[other] - price - column_prices[other]
            known = least[other]
            if known is None or cost < known:
                least[other] = known = cost
                came_from[other] = column
            if step is None or known < step:
                step, best = known, other
        assert step is not None
        row_prices[start] += step
        for other in done:
            column_prices[other] -= step
            row_prices[row_at[other]] += step
        for other in free:
            reached = least[other]
            assert reached is not None
            least[other] = reached - step
        free.remove(best)
        done.append(best)
        column = best
        row = row_at[column]
        if row < 0:
            break
    while column >= 0:
        before = came_from[column]
        row_at[column] = row_at[before] if before >= 0 else start
        column = before


def moved(pairs: Mapping[int, int], contents: Callable[[int, int], str]) -> list[int]:
    """Return the fewest old indexes that must move for the old order to become the new one.

    `contents` says what a pair is, the same from both sides: it decides which of two sets as
    small is taken.
    """
    order = sorted(pairs)
    if all(pairs[a] < pairs[b] for a, b in pairwise(order)):
        return []
    marks = _marked({index: contents(index, pairs[index]) for index in order})
    weights = {
        index: (1 << 80)
        + int.from_bytes(blake2b(mark.encode("utf-8", "replace")).digest()[:6], "big")
        for index, mark in marks.items()
    }
    stays = _heaviest_rise(order, pairs, weights)
    return [index for index in order if index not in stays]


def _heaviest_rise(
    order: Sequence[int], pairs: Mapping[int, int], weights: Mapping[int, int]
) -> set[int]:
    """Return the heaviest of the subsequences whose new indexes rise."""
    ranks = {value: rank for rank, value in enumerate(sorted(pairs.values()), 1)}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)  # a Fenwick tree of greatest sums
    before: dict[int, int] = {}
    for index in order:
        rank = ranks[pairs[index]]
        best = (0, -1)
        at = rank - 1
        while at:
            best = max(best, tree[at])
            at &= at - 1
        before[index] = best[1]
        total = (best[0] + weights[index], index)
        at = rank
        while at < len(tree):
            tree[at] = max(tree[at], total)
            at += at & -at
    found: set[int] = set()
    index = max(tree)[1]
    while index >= 0:
        found.add(index)
        index = before[index]
    return found
