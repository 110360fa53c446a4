"""What a manual changes in a role that is there: a draft and a role file's data to edits. Pure.

The manual decides what it says itself: words, numbers, what stands in its lists. The book decides
what nobody printed: ids, and annotations that a person made. Nothing that only the book has goes.
docs/how-to/import.md has the decision for each key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dutybook import numbering
from dutybook.changes import matching, words
from dutybook.importers import ids, titles, write
from dutybook.importers.splice import Insert, Put, Remove
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from dutybook.document import Route
    from dutybook.importers.splice import Edit

Annotate = Callable[[list[dict[str, Any]]], None]
"""Writes into duties what their words say of part, cadence, counterparts and systems."""

ALIKE: Final = 0.75
"""From which likeness on a part of the book is one of the manual, reworded."""
ALIKE_IN_PLACE: Final = 0.4
"""The same where both have one number: unlike texts have 0.1, rewritten ones from 0.4 on."""

_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0xFF61: "。"}
_SAID: Final = (
    "title_en", "unit", "reports_to", "purpose", "key_position", "version", "effective",
    "review_by", "approved_by",
)  # fmt: skip
_EXACT: Final = ("aliases", "incompatible_with", "backup")
_REWORDED: Final = ("authorities", "qualifications", "basis")
_PRINTED: Final = ("cadence", "cadence_note")  # in a column of its own, where a table has one
_ANNOTATIONS: Final = (
    ("involvement",), _PRINTED, ("counterparts",), ("systems",)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Merge:
    """The edits that a manual asks for, and the parts, as data, that only the book has."""

    edits: tuple[Edit, ...]
    kept: tuple[dict[str, Any], ...]


def merge(
    book: Mapping[str, Any], manual: Mapping[str, Any], annotate: Annotate | None = None
) -> Merge:
    """Return what a draft changes in the data of a role file, both as YAML reads them.

    `annotate` tells a hand-made annotation from one that the words of the book account for;
    without it, annotations of what is there stay as they are.
    """
    edits: list[Edit] = []
    kept: list[dict[str, Any]] = []
    edits += [
        Put((key,), manual[key])
        for key in _SAID
        if manual.get(key) and not _same(book.get(key), manual[key])
    ]
    for key in (*_EXACT, *_REWORDED):
        _list(book, manual, (key,), edits, kept, is_exact=key in _EXACT)
    _contacts(book, manual, edits, kept)
    _sections(book, manual, edits, kept)
    duties = _Duties(book["duties"], manual["duties"], annotate)
    edits += duties.edits
    kept += duties.kept
    _source(book, manual, duties, edits)
    return Merge(tuple(edits), tuple(kept))


def _list(
    book: Mapping[str, Any],
    manual: Mapping[str, Any],
    route: Route,
    edits: list[Edit],
    kept: list[dict[str, Any]],
    *,
    is_exact: bool,
) -> None:
    """Let the entries of the manual in, reworded or new, and keep the others."""
    key = route[-1]
    olds, news = _parts(book.get(str(key))), _parts(manual.get(str(key)))
    if not news:
        return
    pairs = _paired(olds, news, [lambda _, one: _plain(one["text"])], likeness=not is_exact)
    for there, here in pairs.items():
        if not _same(olds[here]["text"], news[there]["text"]):
            is_bare = isinstance(book[str(key)][here], str)
            place = (*route, here) if is_bare else (*route, here, "text")
            edits.append(Put(place, news[there]["text"]))
    kept += [one for here, one in enumerate(olds) if here not in pairs.values()]
    edits += _came(route, olds, [one["text"] for one in news], pairs)


def _contacts(
    book: Mapping[str, Any],
    manual: Mapping[str, Any],
    edits: list[Edit],
    kept: list[dict[str, Any]],
) -> None:
    there = manual.get("contacts")
    if there and not book.get("contacts"):
        edits.append(Put(("contacts",), there))
    elif there:
        for key in ("internal", "external"):
            _list(book["contacts"], there, ("contacts", key), edits, kept, is_exact=False)


def _sections(
    book: Mapping[str, Any],
    manual: Mapping[str, Any],
    edits: list[Edit],
    kept: list[dict[str, Any]],
) -> None:
    """Let sections of the same title follow the manual."""
    olds, news = book.get("sections") or [], manual.get("sections") or []
    if not news:
        return
    keys: list[Callable[[int, Any], Hashable]] = [
        lambda _, one: (_plain(one["title"]), _plain(one["text"])),
        lambda _, one: _plain(one["title"]),
        lambda _, one: _plain(one["text"]),
    ]
    pairs = _paired(olds, news, keys, likeness=False)
    edits += [
        Put(("sections", here, "text"), news[there]["text"])
        for there, here in pairs.items()
        if not _same(olds[here]["text"], news[there]["text"])
    ]
    kept += [one for here, one in enumerate(olds) if here not in pairs.values()]
    edits += _came(("sections",), olds, news, pairs)


def _source(
    book: Mapping[str, Any], manual: Mapping[str, Any], duties: _Duties, edits: list[Edit]
) -> None:
    """Let the source be the manual; gaps that are filled go, and those found by hand stay."""
    old, new = book.get("source") or {}, manual.get("source") or {}
    there = set(map(_counted, duties.labels))
    before = list(old.get("missing") or ())
    missing = [one for one in before if _counted(one) not in there]
    known = {_counted(one) for one in before}
    missing += [one for one in new.get("missing", ()) if _counted(one) not in there | known]
    is_cut = "truncated" in new or (old.get("truncated") == "true" and duties.ends_as_before)
    wanted = {key: new[key] for key in ("document", "section") if new.get(key)}
    if missing:
        wanted["missing"] = missing
    if is_cut:
        wanted["truncated"] = "true"
    if not old:
        edits += [Put(("source",), wanted)] if wanted else []
        return
    if not wanted and not old.keys() - {"missing", "truncated"}:
        edits.append(Remove(("source",)))
        return
    edits += _of_keys(("source",), old, wanted, [key for key in wanted if key != "missing"])
    if old.get("truncated") == "true" and not is_cut:
        edits.append(Remove(("source", "truncated")))
    if not (before and missing):
        edits += _of_keys(("source",), old, wanted, ["missing"])
        return
    route = ("source", "missing")
    edits += [Remove((*route, here)) for here, one in enumerate(before) if one not in missing]
    for label in missing:
        if label not in before:
            earlier = [n for n, one in enumerate(before) if _order(one) < _order(label)]
            edits.append(Insert(route, max(earlier, default=-1), label))


def _counted(label: str) -> Hashable:
    return numbering.parse(label) or label


def _order(label: str) -> tuple[str, tuple[int, ...]]:
    return numbering.parse(label) or (label, ())


class _Duties:
    """The duties of both sides side by side: what changes, and what only the book has."""

    def __init__(
        self,
        olds: Sequence[dict[str, Any]],
        news: Sequence[dict[str, Any]],
        annotate: Annotate | None,
    ) -> None:
        self.annotate = annotate
        self.edits: list[Edit] = []
        pairs = _paired(olds, news, _DUTY_KEYS, by_label=True)
        self.kept = [one for here, one in enumerate(olds) if here not in pairs.values()]
        for there, here in pairs.items():
            self._duty(("duties", here), olds[here], news[there])
        self.edits += _came(("duties",), olds, _with_new_ids(olds, news, pairs), pairs)
        labels = _freed_labels(("duties",), olds, news, pairs)
        self.edits += labels
        freed = {edit.route[1] for edit in labels}
        self.labels = [str(one["label"]) for one in news if one.get("label")]
        self.labels += [
            str(one["label"])
            for here, one in enumerate(olds)
            if one.get("label") and here not in freed and here not in pairs.values()
        ]
        last = pairs.get(len(news) - 1)
        self.ends_as_before = last is not None and _words(olds[last]) == _words(news[-1])

    def _duty(self, route: Route, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Let one duty follow the manual: number, title, text, items, what they say."""
        is_made = not _is_automatic(old)
        wanted = {key: new[key] for key in ("label", "title", "text") if new.get(key)}
        if is_made and _is_automatic(new):
            del wanted["title"]
        if bool(old.get("items")) != bool(new.get("items")) and _body(old) == _body(new):
            wanted.pop("text", None)  # somebody cut the text into parts, or joined the parts
            self.edits += _of_keys(route, old, wanted, tuple(wanted))
            return
        if is_made and _same(wanted.get("text"), new["title"]):
            del wanted["text"]  # it stands for a text that the manual does not have
        self._note_what_stays(old, new)
        self.edits += _of_keys(route, old, wanted, tuple(wanted))
        self._items((*route, "items"), old.get("items") or [], _parts(new.get("items")))
        self._annotations(route, old, new)

    def _note_what_stays(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Tell of what the manual says in another form than the book: as a text, or in items."""
        if new.get("items") and not new.get("text") and old.get("text") and not old.get("items"):
            self.kept.append({"text": old["text"]})
        elif not new.get("items"):
            self.kept += _parts(old.get("items"))

    def _items(self, route: Route, raw: list[Any], news: list[dict[str, Any]]) -> None:
        olds = _parts(raw)
        pairs = _paired(olds, news, _ITEM_KEYS, by_label=True)
        self.kept += [one for here, one in enumerate(olds) if news and here not in pairs.values()]
        for there, here in pairs.items():
            old, new = olds[here], news[there]
            wanted = {key: new[key] for key in ("label", "text") if new.get(key)}
            changes = list(_of_keys((*route, here), old, wanted, tuple(wanted)))
            if not isinstance(raw[here], str):
                self.edits += changes
            elif changes:
                self.edits.append(Put((*route, here), write.as_read({**old, **wanted})))
        self.edits += _came(route, olds, [write.as_read(one) for one in news], pairs)
        self.edits += _freed_labels(route, olds, news, pairs)
        for there, here in pairs.items():
            if not isinstance(raw[here], str):
                self._annotations((*route, here), olds[here], news[there])

    def _annotations(self, route: Route, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Let annotations follow the words where the old words account for the old ones."""
        if self.annotate is None:
            return
        is_as_before = _words(old) == _words(new)
        before, after = self._said(old), self._said(new)
        for keys in _ANNOTATIONS:
            is_printed = keys == _PRINTED and new.get(keys[-1]) not in (None, after.get(keys[-1]))
            follows = not is_as_before and all(old.get(key) == before.get(key) for key in keys)
            if is_printed or follows:
                self.edits += _of_keys(route, old, new, keys)

    def _said(self, part: dict[str, Any]) -> dict[str, Any]:
        """Return a part with the annotations that its words account for."""
        assert self.annotate is not None
        bare = {"title": "", **{key: part[key] for key in ("title", "text") if part.get(key)}}
        self.annotate([bare])
        return bare


def _with_new_ids(
    olds: Sequence[dict[str, Any]], news: Sequence[dict[str, Any]], pairs: Mapping[int, int]
) -> list[Any]:
    """Return duties of the manual as they are written, the new ones with ids that are free."""
    taken = ids.Ids(str(one["id"]) for one in olds)
    return [
        write.as_read(new if there in pairs else {**new, "id": taken.free(new["id"], "duty")})
        for there, new in enumerate(news)
    ]


def _of_keys(
    route: Route, old: Mapping[str, Any], wanted: Mapping[str, Any], keys: Sequence[str]
) -> Iterator[Edit]:
    """Yield what gives keys of a mapping the values that are wanted, and takes others out."""
    for key in keys:
        value = wanted.get(key)
        if value in (None, []):
            if old.get(key) not in (None, []):
                yield Remove((*route, key))
        elif old.get(key) != value and (key == "label" or not _same(old.get(key), value)):
            yield Put((*route, key), value)


def _came(
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


def _freed_labels(
    route: Route,
    olds: Sequence[dict[str, Any]],
    news: Sequence[dict[str, Any]],
    pairs: Mapping[int, int],
) -> list[Remove]:
    """Return what takes from old parts the numbers that the manual gives to others."""
    given = {_counted(one["label"]) for one in news if one.get("label")}
    renewed = {here for there, here in pairs.items() if news[there].get("label")}
    return [
        Remove((*route, here, "label"))
        for here, one in enumerate(olds)
        if here not in renewed and one.get("label") and _counted(one["label"]) in given
    ]


def _paired(
    olds: Sequence[dict[str, Any]],
    news: Sequence[dict[str, Any]],
    keys: Sequence[Callable[[int, Any], Hashable]],
    *,
    likeness: bool = True,
    by_label: bool = False,
) -> dict[int, int]:
    """Return for parts of the manual, by index, the part of the book that each is.

    By the keys one after the other, then what is alike, then what has the same number and is not
    altogether different: that would put one text over another that has nothing to do with it.
    """
    found: dict[int, int] = {}
    matching.by_keys(news, olds, keys, found)
    if likeness:
        taken = set(found.values())
        left = {there: _wording(one) for there, one in enumerate(news) if there not in found}
        free = {here: _wording(one) for here, one in enumerate(olds) if here not in taken}
        if left and free:
            found |= matching.by_likeness(left, free, words.likeness, ALIKE)
    if by_label:
        numbered = {_counted(one["label"]): here for here, one in enumerate(olds)
                    if one.get("label") and here not in found.values()}  # fmt: skip
        for there, new in enumerate(news):
            at = numbered.get(_counted(new["label"])) if new.get("label") else None
            if there in found or at is None:
                continue
            if words.likeness(_wording(olds[at]), _wording(new)) >= ALIKE_IN_PLACE:
                found[there] = at
                del numbered[_counted(new["label"])]
    return dict(sorted(found.items()))


def _key(*names: str) -> Callable[[int, Any], Hashable]:
    """Return what pairs parts by some of their keys, None where one of those is not there."""

    def key(_: int, part: dict[str, Any]) -> Hashable:
        values = [part.get(name) if name == "label" else _plain(part.get(name)) for name in names]
        return tuple(values) if all(values) else None

    return key


# What is the same in more comes first, so that a manual that comes again finds what it made.
_DUTY_KEYS: Final = (
    _key("label", "title", "text"), _key("label", "text"), _key("title", "text"), _key("text"),
    _key("label", "title"), _key("title"),
)  # fmt: skip
_ITEM_KEYS: Final = (_key("label", "text"), _key("text"))


def _words(part: dict[str, Any]) -> Hashable:
    items = tuple(_plain(one["text"]) for one in _parts(part.get("items")))
    return (_plain(part.get("title")), _plain(part.get("text")), items)


def _wording(part: dict[str, Any]) -> str:
    texts = [part.get("title"), part.get("text")]
    texts += [one["text"] for one in _parts(part.get("items"))]
    return "\n".join(words.skeleton(text) for text in texts if text)


def _body(duty: dict[str, Any]) -> str:
    """Return what a duty says, in a text or in parts."""
    texts = [duty.get("text") or "", *(one["text"] for one in _parts(duty.get("items")))]
    return "".join(map(words.skeleton, texts))


def _is_automatic(duty: dict[str, Any]) -> bool:
    """Tell whether a duty has the title that it gets where nobody gives it one."""
    texts = [duty.get("text"), *(one["text"] for one in _parts(duty.get("items"))[:1])]
    said = next((text for text in texts if text), "")
    return _same(titles.beginning(said), duty["title"]) if said else True


def _parts(values: Any) -> list[dict[str, Any]]:
    """Return the entries of a list, bare texts as parts with that text."""
    return [one if isinstance(one, dict) else {"text": one} for one in values or ()]


def _plain(text: Any) -> str:
    """Return a text as parts are paired by it: without blanks, folded."""
    return "".join(fold(text).split()) if isinstance(text, str) else ""


def _narrow(text: str) -> str:
    return "".join(text.translate(_NARROW).split())


def _same(old: Any, new: Any) -> bool:
    """Tell whether two values are the same but for blanks and width."""
    if isinstance(old, str) and isinstance(new, str):
        return _narrow(old) == _narrow(new)
    return bool(old == new)
