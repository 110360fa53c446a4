"""Changes of values in data: what they make of it, and those that two states ask for. Pure."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dutybook.importers.pairing import same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dutybook.document import Route


@dataclass(frozen=True, slots=True)
class Put:
    """Give a key, or an entry of a list, a value; the key may be new."""

    route: Route
    value: Any


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a new entry into a list, after the one with an index; -1 is before the first."""

    route: Route
    after: int
    value: Any


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a key with its value, or an entry of a list, out; its comments stay."""

    route: Route


Edit = Put | Insert | Remove
"""A change of a document's data. Routes are those before any change."""


def changed(data: Any, edits: Iterable[Edit]) -> Any:
    """Return data with edits made."""
    made = copy.deepcopy(data)
    for edit in sorted(edits, key=lambda one: (isinstance(one, Insert), -len(one.route))):
        owner = value_at(made, edit.route[:-1])
        if isinstance(edit, Put):
            owner[edit.route[-1]] = edit.value
        elif isinstance(edit, Remove):
            owner[edit.route[-1]] = _GONE
        else:
            value_at(made, edit.route).append((edit.after, edit.value))
    return _settled(made)


class _Gone:
    """Stands where something was taken out, so that what comes after keeps its index."""


_GONE: Final = _Gone()


def value_at(data: Any, route: Route) -> Any:
    """Return the value at a route."""
    for step in route:
        data = data[step]
    return data


def _settled(value: Any) -> Any:
    """Return data with new entries, which wait at the ends of lists, in their places."""
    if isinstance(value, dict):
        return {key: _settled(one) for key, one in value.items() if one is not _GONE}
    if not isinstance(value, list):
        return value
    kept = [one for one in value if not isinstance(one, tuple)]
    waiting = [one for one in value if isinstance(one, tuple)]
    made: list[Any] = []
    for index in range(-1, len(kept)):
        if index >= 0 and kept[index] is not _GONE:
            made.append(_settled(kept[index]))
        made += [new for after, new in waiting if after == index]
    return made


def of_keys(
    route: Route, old: Mapping[str, Any], wanted: Mapping[str, Any], keys: Sequence[str]
) -> Iterator[Edit]:
    """Yield what gives keys of a mapping the values that are wanted, and takes others out."""
    for key in keys:
        value = wanted.get(key)
        if value in (None, []):
            if old.get(key) not in (None, []):
                yield Remove((*route, key))
        elif old.get(key) != value and (key == "label" or not same(old.get(key), value)):
            yield Put((*route, key), value)


def came(
    route: Route, olds: Sequence[Any], news: Sequence[Any], pairs: Mapping[int, int]
) -> Iterator[Edit]:
    """Yield what puts new entries after those that they stand after in the manual."""
    if not olds:
        if news:
            yield Put(route, list(news))
        return
    last = -1
    for there, new in enumerate(news):
        if there in pairs:
            last = max(last, pairs[there])
        else:
            yield Insert(route, last, new)
