"""What a manual changes in the duties of a role, and what only the role has. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from dutybook.changes import words
from dutybook.importers import ids, pairing, titles, write
from dutybook.importers.edits import Put, Remove, came, of_keys

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from dutybook.document import Route
    from dutybook.importers.edits import Edit

Annotate = Callable[[list[dict[str, Any]]], None]
"""Writes into duties what their words say of part, cadence, counterparts and systems."""

_PRINTED: Final = ("cadence", "cadence_note")  # in a column of its own, where a table has one
_ANNOTATIONS: Final = (
    ("involvement",), _PRINTED, ("counterparts",), ("systems",)
)  # fmt: skip


class Duties:
    """The duties of both sides side by side: what changes, and what only the book has."""

    def __init__(
        self,
        olds: Sequence[dict[str, Any]],
        news: Sequence[dict[str, Any]],
        annotate: Annotate | None,
    ) -> None:
        self.annotate = annotate
        self.edits: list[Edit] = []
        pairs = pairing.paired(olds, news, pairing.DUTY_KEYS, by_label=True)
        self.kept = [one for here, one in enumerate(olds) if here not in pairs.values()]
        for there, here in pairs.items():
            self._duty(("duties", here), olds[here], news[there])
        self.edits += came(("duties",), olds, _with_new_ids(olds, news, pairs), pairs)
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
            self.edits += of_keys(route, old, wanted, tuple(wanted))
            return
        if is_made and pairing.same(wanted.get("text"), new["title"]):
            del wanted["text"]  # it stands for a text that the manual does not have
        self._note_what_stays(old, new)
        self.edits += of_keys(route, old, wanted, tuple(wanted))
        self._items((*route, "items"), old.get("items") or [], pairing.parts(new.get("items")))
        self._annotations(route, old, new)

    def _note_what_stays(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Tell of what the manual says in another form than the book: as a text, or in items."""
        if new.get("items") and not new.get("text") and old.get("text") and not old.get("items"):
            self.kept.append({"text": old["text"]})
        elif not new.get("items"):
            self.kept += pairing.parts(old.get("items"))

    def _items(self, route: Route, raw: list[Any], news: list[dict[str, Any]]) -> None:
        olds = pairing.parts(raw)
        pairs = pairing.paired(olds, news, pairing.ITEM_KEYS, by_label=True)
        self.kept += [one for here, one in enumerate(olds) if news and here not in pairs.values()]
        for there, here in pairs.items():
            old, new = olds[here], news[there]
            wanted = {key: new[key] for key in ("label", "text") if new.get(key)}
            changes = list(of_keys((*route, here), old, wanted, tuple(wanted)))
            if not isinstance(raw[here], str):
                self.edits += changes
            elif changes:
                self.edits.append(Put((*route, here), write.as_read({**old, **wanted})))
        self.edits += came(route, olds, [write.as_read(one) for one in news], pairs)
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
                self.edits += of_keys(route, old, new, keys)

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


def _freed_labels(
    route: Route,
    olds: Sequence[dict[str, Any]],
    news: Sequence[dict[str, Any]],
    pairs: Mapping[int, int],
) -> list[Remove]:
    """Return what takes from old parts the numbers that the manual gives to others."""
    given = {pairing.counted(one["label"]) for one in news if one.get("label")}
    renewed = {here for there, here in pairs.items() if news[there].get("label")}
    return [
        Remove((*route, here, "label"))
        for here, one in enumerate(olds)
        if here not in renewed and one.get("label") and pairing.counted(one["label"]) in given
    ]


def _words(part: dict[str, Any]) -> Hashable:
    items = tuple(pairing.plain(one["text"]) for one in pairing.parts(part.get("items")))
    return (pairing.plain(part.get("title")), pairing.plain(part.get("text")), items)


def _body(duty: dict[str, Any]) -> str:
    """Return what a duty says, in a text or in parts."""
    texts = [duty.get("text") or "", *(one["text"] for one in pairing.parts(duty.get("items")))]
    return "".join(map(words.skeleton, texts))


def _is_automatic(duty: dict[str, Any]) -> bool:
    """Tell whether a duty has the title that it gets where nobody gives it one."""
    texts = [duty.get("text"), *(one["text"] for one in pairing.parts(duty.get("items"))[:1])]
    said = next((text for text in texts if text), "")
    return pairing.same(titles.beginning(said), duty["title"]) if said else True
