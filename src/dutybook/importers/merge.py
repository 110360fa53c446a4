"""Merging a draft into a role file that is there: splices, so that what a person wrote stays.

Duties and items are paired by label, then by title or text. Of a pair, title and text follow the
manual; ids, comments and annotations stay. What the manual does not have is kept and told.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from dutybook import source
from dutybook.errors import WriteError
from dutybook.importers import ids, write
from dutybook.messages import tr
from dutybook.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.document import Document, Route
    from dutybook.importers.shelf import Existing

_FOLLOWED: Final = ("unit", "purpose")


@dataclass(slots=True)
class Merged:
    """The text of the file as it will be, what changes in it, and what the manual does not have."""

    text: str
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def into(existing: Existing, data: dict[str, Any]) -> Merged:
    """Return a role file with a draft merged into it.

    Raises:
        WriteError: the file does not validate, or is written so that it cannot be done safely.
    """
    document = source.read(existing.raw, existing.path)
    if existing.role is None or not isinstance(document.data, dict):
        raise WriteError(
            tr("{path} has errors; nothing can be merged into it.", path=safe(existing.path)),
            tr("`dutybook validate` shows them; nothing was written."),
        )
    merger = _Merger(document)
    merger.head(data)
    merger.duties(data["duties"])
    text = merger.spliced()
    result = source.read(text.encode(), existing.path)
    comments = [line.strip() for line in document.text.split("\n") if line.lstrip().startswith("#")]
    after = [line.strip() for line in text.split("\n") if line.lstrip().startswith("#")]
    if (
        (result.problems and not document.problems)
        or result.data != merger.data
        or any(after.count(one) < comments.count(one) for one in comments)
    ):
        raise WriteError(
            tr(
                "{path} is written in a way that cannot be merged into safely.",
                path=safe(existing.path),
            ),
            tr("Write its duties as blocks, one key a line; nothing was written."),
        )
    raw = existing.raw
    if raw.startswith(b"\xef\xbb\xbf"):
        text = "\ufeff" + text
    return Merged(text, merger.changed, merger.kept)


class _Merger:
    """Collects the splices of one file, and what its data will be."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.data: dict[str, Any] = copy.deepcopy(document.data)
        self.lines = document.lines
        self.newline = "\r\n" if "\r\n" in document.text else "\n"
        self.edits: list[tuple[int, int, int, str]] = []  # start, end, order, text
        self.starts = [0]
        for match in re.finditer("\r\n|\r|\n", document.text):
            self.starts.append(match.end())
        self.changed: list[str] = []
        self.kept: list[str] = []

    def head(self, draft: dict[str, Any]) -> None:
        """Let department and purpose follow the manual where both have them."""
        for key in _FOLLOWED:
            old, new = self.document.data.get(key), draft.get(key)
            if isinstance(old, str) and new and _same(old) != _same(new):
                self._replace((key,), key, new, "")
                self.data[key] = new
                self.changed.append(key)

    def duties(self, drafts: Sequence[dict[str, Any]]) -> None:
        """Merge the duties, in the order of the manual."""
        old: list[dict[str, Any]] = self.document.data["duties"]
        pairs = _paired(old, drafts, "title")
        taken = {str(one["id"]) for one in old}
        last = -1
        added: list[tuple[int, dict[str, Any]]] = []
        for draft, index in zip(drafts, pairs, strict=True):
            if index is None:
                fresh = {**draft, "id": ids.unique(draft["id"], taken, "duty")}
                taken.add(fresh["id"])
                added.append((last, fresh))
                self.changed.append(tr("new: {what}", what=_called(draft)))
            else:
                self._duty(index, draft)
                last = max(last, index)
        self.kept += [_called(one) for index, one in enumerate(old) if index not in pairs]
        for offset, (after, duty) in enumerate(added):
            self._insert(
                ("duties",),
                after,
                write.sequence([duty], "duties", self._indent(("duties",))),
                gap=True,
            )
            self.data["duties"].insert(after + 1 + offset, _plain(duty))

    def _duty(self, index: int, draft: dict[str, Any]) -> None:
        old = self.document.data["duties"][index]
        new = self.data["duties"][index]
        route: Route = ("duties", index)
        for key in ("title", "text"):
            wanted = draft.get(key)
            if wanted and isinstance(old.get(key), str) and _same(old[key]) != _same(wanted):
                self._replace((*route, key), key, wanted, self._key_indent((*route, key)))
                new[key] = wanted
                self.changed.append(_called(draft))
        wanted = draft.get("items", [])
        if isinstance(old.get("items"), list) and wanted:
            self._items(index, wanted)
        elif wanted or (draft.get("text") and "text" not in old and "items" not in old):
            self.kept.append(
                tr("{what}: its items are new and were not put in", what=_called(draft))
            )

    def _items(self, index: int, drafts: list[dict[str, Any]]) -> None:
        old = [
            one if isinstance(one, dict) else {"text": one}
            for one in self.document.data["duties"][index]["items"]
        ]
        new = self.data["duties"][index]["items"]
        pairs = _paired(old, drafts, "text")
        last = -1
        added: list[tuple[int, dict[str, Any]]] = []
        for draft, at in zip(drafts, pairs, strict=True):
            if at is None:
                added.append((last, draft))
                self.changed.append(tr("new: {what}", what=_called(draft)))
                continue
            last = max(last, at)
            if _same(old[at]["text"]) == _same(draft["text"]):
                continue
            route: Route = ("duties", index, "items", at)
            if isinstance(new[at], dict):
                self._replace(
                    (*route, "text"), "text", draft["text"], self._key_indent((*route, "text"))
                )
                new[at]["text"] = draft["text"]
            else:
                self._replace(route, "", draft["text"], "")
                new[at] = draft["text"]
            self.changed.append(_called(draft))
        self.kept += [_called(one) for at, one in enumerate(old) if at not in pairs]
        route = ("duties", index, "items")
        for offset, (after, item) in enumerate(added):
            text = write.sequence([item], "items", self._indent(route))
            self._insert(route, after, text, gap=False)
            plain = _plain(item)
            new.insert(after + 1 + offset, plain["text"] if set(plain) == {"text"} else plain)

    def _indent(self, route: Route) -> str:
        """Return the blanks before the `-` of a list's entries."""
        line = self.lines[self.document.line((*route, 0)) - 1]
        found = re.match(r"( *)- ", line)
        if not found:
            raise _unsafe(self.document.path)
        return found[1]

    def _key_indent(self, route: Route) -> str:
        return " " * (self.document.span(route, key=True).column - 1)

    def _replace(self, route: Route, key: str, value: str, indent: str) -> None:
        """Put another value in place of one, in the style that suits it."""
        place = self.document._place(route)
        start = self._offset(place.start.line, place.start.column)
        end = self._offset(place.end.line, place.end.column)
        before = self.document.text[start:end]
        plain = key in {"text", "purpose", "title", "unit"} and before[:1] in {"|", ">"}
        if plain:
            body = value.split("\n")
            inner = self.newline.join(f"{indent}  {line}" if line else "" for line in body)
            made = f"|-{self.newline}{inner}{self.newline}"
            trailing = re.search(r"(?:[ \t]*\r?\n)*\Z", before)
            extra = before[trailing.start() :] if trailing else ""
            made += extra[len(self.newline) :] if extra.startswith(self.newline) else ""
        else:
            made = write.quoted(value) if "\n" in value else _on_a_line(value, before)
        self.edits.append((start, end, 0, made))

    def _insert(self, route: Route, after: int, text: str, *, gap: bool) -> None:
        """Put lines after an entry of a list, or before the first."""
        text = text.replace("\n", self.newline)
        if after < 0:
            at = self._offset(self.document.line((*route, 0)) - 1, 0)
            made = text + (self.newline if gap else "")
        else:
            last = max(
                self.document.span(leaf).end_line
                for leaf in _leaves((*route, after), self._at((*route, after)))
            )
            at = self._offset(last, 0) if last < len(self.starts) else len(self.document.text)
            head = "" if self.document.text[:at].endswith(("\n", "\r")) else self.newline
            made = head + (self.newline if gap else "") + text
        self.edits.append((at, at, len(self.edits) + 1, made))

    def _at(self, route: Route) -> Any:
        value: Any = self.document.data
        for step in route:
            value = value[step]
        return value

    def _offset(self, line: int, column: int) -> int:
        if line >= len(self.starts):
            return len(self.document.text)
        return self.starts[line] + column

    def spliced(self) -> str:
        """Return the text with all splices made."""
        text = self.document.text
        for start, end, _, made in sorted(
            self.edits, key=lambda one: (one[0], one[2]), reverse=True
        ):
            text = text[:start] + made + text[end:]
        return text


def _on_a_line(value: str, before: str) -> str:
    if before[:1] in {'"', "'"} or "," in value or "]" in value or "}" in value:
        return write.quoted(value)
    return source.scalar(value)


def _unsafe(path: str) -> WriteError:
    return WriteError(
        tr("{path} is written in a way that cannot be merged into safely.", path=safe(path)),
        tr("Write its duties as blocks, one key a line; nothing was written."),
    )


def _same(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))


def _called(part: dict[str, Any]) -> str:
    label = part.get("label")
    title = str(part.get("title") or part["text"])[:20].split("\n")[0]
    return f"{label} {title}" if label else title


def _paired(
    old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], key: str
) -> list[int | None]:
    """Return for each new part the index of the old one that it is: by label, then by words."""
    pairs: list[int | None] = [None] * len(new)
    free = set(range(len(old)))
    for fits in (_by_label, lambda one, other: _same(one[key]) == _same(other[key])):
        for index, draft in enumerate(new):
            if pairs[index] is None:
                found = next((at for at in sorted(free) if fits(old[at], draft)), None)
                if found is not None:
                    pairs[index] = found
                    free.discard(found)
    return pairs


def _by_label(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one.get("label")) and one.get("label") == other.get("label")


def _leaves(route: Route, value: Any) -> list[Route]:
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in _leaves((*route, key), one)]
    if isinstance(value, list):
        return [leaf for index, one in enumerate(value) for leaf in _leaves((*route, index), one)]
    return [route]


def _plain(part: dict[str, Any]) -> dict[str, Any]:
    """Return a duty as the reader of YAML gives it."""
    made: dict[str, Any] = {}
    for key in write.ORDERS["duties"]:
        value = part.get(key)
        if key == "items" and value:
            made[key] = [one["text"] if set(one) == {"text"} else dict(one) for one in value]
        elif value not in (None, []):
            made[key] = value
    return made
