"""Compare two books, or two states of a position: what was added, removed, renamed, moved …

Duties go by id, what is left by content; items and entries of lists have no id and go by content,
then by place. `compare(b, a)` is the mirror image of `compare(a, b)`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from dutybook import facts
from dutybook.changes import matching, words
from dutybook.changes.base import Change, Kind, Place
from dutybook.facts import Shape

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from dutybook.facts import Part, Role, Value

SAME_DUTY: Final = 0.6
SAME_ITEM: Final = 0.5
SAME_ROLE: Final = 0.5
_Key = Callable[[int, "Part"], "Hashable"]
_OFTEN: Final = 30  # positions that share a key; more say nothing about which was renamed


def compare(old: Iterable[Role], new: Iterable[Role]) -> tuple[Change, ...]:
    """Return what changed from one set of positions to another, by position.

    Positions that are equal on both sides need not be among them.
    """
    olds, news = list(old), list(new)
    found = _paired_roles(olds, news)
    partners = {there: here for here, there in found.items()}
    groups: list[tuple[str, list[Change]]] = [
        (news[there].id, list(_of_role(olds[here], news[there]))) for here, there in found.items()
    ]
    groups += [
        (role.id, [Change(Kind.REMOVED, _place(role), None, None, role, None)])
        for index, role in enumerate(olds)
        if index not in found
    ]
    groups += [
        (role.id, [Change(Kind.ADDED, None, _place(role), None, None, role)])
        for index, role in enumerate(news)
        if index not in partners
    ]
    groups.sort(key=lambda group: group[0])
    return tuple(chain.from_iterable(changes for _, changes in groups))


def _paired_roles(olds: Sequence[Role], news: Sequence[Role]) -> dict[int, int]:
    found: dict[int, int] = {}
    matching.by_keys(olds, news, [lambda _, role: role.id], found)
    left = {index: role for index, role in enumerate(olds) if index not in found}
    taken = set(found.values())
    came = {index: role for index, role in enumerate(news) if index not in taken}
    if left and came:
        texts = {index: _role_wording(role) for index, role in left.items()}
        others = {index: _role_wording(role) for index, role in came.items()}
        candidates = _role_candidates(left, came)
        found |= matching.by_likeness(texts, others, words.likeness, SAME_ROLE, candidates)
    return found


def _role_candidates(left: Mapping[int, Role], came: Mapping[int, Role]) -> set[tuple[int, int]]:
    """Return the pairs of positions that share a title or a duty: what may have been renamed."""
    keys: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side, roles in enumerate((left, came)):
        for index, role in roles.items():
            for key in {role.title, *(duty.text("id") for duty in role.duties)} | {
                words.skeleton(duty.text("text")) for duty in role.duties
            }:
                keys.setdefault(key, ([], []))[side].append(index)
    keys.pop("", None)
    return {
        (a, b)
        for olds, news in keys.values()
        if max(len(olds), len(news)) <= _OFTEN
        for a in olds
        for b in news
    }


def _role_wording(role: Role) -> str:
    return "\n".join([words.skeleton(role.title), *(wording(duty) for duty in role.duties)])


def wording(part: Part) -> str:
    """Return what likeness goes by: the words of a duty or entry, with those of its items."""
    said = [part.text(name) for name in ("title", "text", "limit")]
    said += [item.text("text") for item in part.items]
    return "\n".join(words.skeleton(text) for text in said if text)


def _of_role(old: Role, new: Role) -> Iterator[Change]:
    before, after = _place(old), _place(new)
    if old.id != new.id:
        yield Change(Kind.RENAMED, before, after, "id", old.id, new.id)
    yield from heads(old, new)
    if old.duties != new.duties:
        yield from _of_duties(old, new)


def heads(old: Role, new: Role) -> Iterator[Change]:
    """Yield what differs in the heads of two positions and in the lists that stand beside."""
    before, after = _place(old), _place(new)
    yield from _of_fields(old.head, new.head, facts.HEAD, before, after)
    for name, shapes in facts.LISTS.items():
        yield from _of_entries(old.lists[name], new.lists[name], shapes, before, after, name)


def _place(role: Role, duty: Part | None = None) -> Place:
    if duty is None:
        return Place(role.id, role.title)
    label = duty.values["label"]
    return Place(
        role.id,
        role.title,
        duty.text("id"),
        label if isinstance(label, str) else None,
        duty.text("title"),
    )


def _of_fields(
    old: Mapping[str, Value],
    new: Mapping[str, Value],
    shapes: Mapping[str, Shape],
    before: Place | None,
    after: Place | None,
    prefix: str = "",
) -> Iterator[Change]:
    """Yield what differs in the fields of two heads, duties or entries, label and id aside."""
    if old == new:
        return
    for name, shape in shapes.items():
        was, became = old[name], new[name]
        if was == became or name in {"id", "label"}:
            continue
        field = prefix + name
        if shape is Shape.SET:
            assert isinstance(was, tuple)
            assert isinstance(became, tuple)
            went = tuple(one for one in dict.fromkeys(was) if one not in became)
            came = tuple(one for one in dict.fromkeys(became) if one not in was)
            if went or came:
                yield Change(Kind.CHANGED, before, after, field, went, came)
        elif shape is Shape.PROSE and isinstance(was, str) and isinstance(became, str):
            if not words.same(was, became):
                yield _reworded(before, after, field, was, became)
        else:
            yield Change(Kind.CHANGED, before, after, field, was, became)


def _reworded(before: Place | None, after: Place | None, field: str, old: str, new: str) -> Change:
    spans, is_wording = words.spans(old, new), words.is_wording(old, new)
    return Change(Kind.CHANGED, before, after, field, old, new, spans, is_wording)


def _of_duties(old: Role, new: Role) -> Iterator[Change]:
    olds, news = old.duties, new.duties
    found: dict[int, int] = {}
    keys: list[_Key] = [
        lambda _, duty: duty.values["id"],
        lambda _, duty: _content(duty, ("id", "label")),
        lambda _, duty: wording(duty) or None,
    ]
    matching.by_keys(olds, news, keys, found)
    _add_alike(olds, news, found, SAME_DUTY)
    shifted = _shifted(olds, news, found)

    def change(here: int, there: int) -> Iterator[Change]:
        was, became = olds[here], news[there]
        if was == became and here not in shifted:
            return
        before, after = _place(old, was), _place(new, became)
        if was.values["id"] != became.values["id"]:
            yield Change(Kind.RENAMED, before, after, "id", was.values["id"], became.values["id"])
        yield from _renumbered(was, became, before, after, "label")
        if here in shifted:
            yield Change(Kind.MOVED, before, after, None, here, there)
        yield from _of_fields(was.values, became.values, facts.DUTY, before, after)
        yield from _of_entries(was.items, became.items, facts.ITEM, before, after)

    yield from _in_order(
        len(olds),
        len(news),
        found,
        change,
        lambda here: Change(Kind.REMOVED, _place(old, olds[here]), None, None, olds[here], None),
        lambda there: Change(Kind.ADDED, None, _place(new, news[there]), None, None, news[there]),
    )


def _of_entries(
    olds: Sequence[Part],
    news: Sequence[Part],
    shapes: Mapping[str, Shape],
    before: Place,
    after: Place,
    name: str = "",
) -> Iterator[Change]:
    """Yield what changed among the items of a duty, or in a list of the head that has a name."""
    if olds == news:
        return
    found: dict[int, int] = {}
    keys: list[_Key] = [
        lambda _, entry: _content(entry),
        lambda _, entry: _content(entry, ("label",)),
        lambda _, entry: wording(entry) or None,
    ]
    matching.by_keys(olds, news, keys, found)
    _add_alike(olds, news, found, SAME_ITEM)
    places: list[_Key] = [lambda _, entry: entry.values.get("label"), lambda index, _: index]
    matching.by_keys(olds, news, places, found)
    shifted = _shifted(olds, news, found)
    whole, prefix = (name, f"{name}.") if name else (None, "")

    def change(here: int, there: int) -> Iterator[Change]:
        was, became = olds[here], news[there]
        start, end = _item(before, here, was), _item(after, there, became)
        yield from _renumbered(was, became, start, end, f"{prefix}label")
        if here in shifted:
            yield Change(Kind.MOVED, start, end, whole, here, there)
        yield from _of_fields(was.values, became.values, shapes, start, end, prefix)

    def gone(here: int) -> Change:
        was = olds[here]
        return Change(Kind.REMOVED, _item(before, here, was), None, whole, was, None)

    def came(there: int) -> Change:
        became = news[there]
        return Change(Kind.ADDED, None, _item(after, there, became), whole, None, became)

    yield from _in_order(len(olds), len(news), found, change, gone, came)


def _item(place: Place, index: int, entry: Part) -> Place:
    return replace(place, item=index, item_label=entry.text("label") or None)


def _renumbered(
    was: Part, became: Part, before: Place, after: Place, field: str
) -> Iterator[Change]:
    old, new = was.values.get("label"), became.values.get("label")
    if old != new:
        yield Change(Kind.RENUMBERED, before, after, field, old, new)


def _content(part: Part, without: tuple[str, ...] = ()) -> Hashable:
    values = tuple(value for name, value in part.values.items() if name not in without)
    return (values, tuple(_content(item) for item in part.items))


def _add_alike(
    olds: Sequence[Part], news: Sequence[Part], found: dict[int, int], least: float
) -> None:
    """Add to the pairs found those that are alike among what is left."""
    taken = set(found.values())
    left = {index: wording(one) for index, one in enumerate(olds) if index not in found}
    came = {index: wording(one) for index, one in enumerate(news) if index not in taken}
    if left and came:
        found |= matching.by_likeness(left, came, words.likeness, least)


def _shifted(olds: Sequence[Part], news: Sequence[Part], found: Mapping[int, int]) -> set[int]:
    """Return the old indexes of what moved."""

    def contents(here: int, there: int) -> str:
        return "\0".join(sorted((repr(olds[here]), repr(news[there]))))

    return set(matching.moved(found, contents))


def _in_order(
    olds: int,
    news: int,
    found: Mapping[int, int],
    change: Callable[[int, int], Iterator[Change]],
    gone: Callable[[int], Change],
    came: Callable[[int], Change],
) -> Iterator[Change]:
    """Yield changes in the new order; what went stands after what stood before it."""
    here_of = {there: here for here, there in found.items()}
    after: dict[int, list[int]] = {}
    last = -1
    for here in range(olds):
        last = found.get(here, last)
        if here not in found:
            after.setdefault(last, []).append(here)
    yield from map(gone, after.get(-1, ()))
    for there in range(news):
        if there in here_of:
            yield from change(here_of[there], there)
        else:
            yield came(there)
        yield from map(gone, after.get(there, ()))
