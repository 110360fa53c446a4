"""What a manual changes in a role that is there: a draft and a role file's data to edits. Pure.

The manual decides what it says itself: words, numbers, what stands in its lists. The book decides
what nobody printed: ids, and annotations that a person made. Nothing that only the book has goes.
docs/how-to/import.md has the decision for each key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dutybook import numbering
from dutybook.importers import pairing
from dutybook.importers.edits import Insert, Put, Remove, came, of_keys
from dutybook.importers.merge_duties import Duties

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dutybook.document import Route
    from dutybook.importers.edits import Edit
    from dutybook.importers.merge_duties import Annotate

_SAID: Final = (
    "title_en", "unit", "reports_to", "purpose", "key_position", "version", "effective",
    "review_by", "approved_by",
)  # fmt: skip
_EXACT: Final = ("aliases", "incompatible_with", "backup")
_REWORDED: Final = ("authorities", "qualifications", "basis")


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
        if manual.get(key) and not pairing.same(book.get(key), manual[key])
    ]
    for key in (*_EXACT, *_REWORDED):
        _list(book, manual, (key,), edits, kept, is_exact=key in _EXACT)
    _contacts(book, manual, edits, kept)
    _sections(book, manual, edits, kept)
    duties = Duties(book["duties"], manual["duties"], annotate)
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
    olds, news = pairing.parts(book.get(str(key))), pairing.parts(manual.get(str(key)))
    if not news:
        return
    pairs = pairing.paired(
        olds, news, [lambda _, one: pairing.plain(one["text"])], likeness=not is_exact
    )
    for there, here in pairs.items():
        if not pairing.same(olds[here]["text"], news[there]["text"]):
            is_bare = isinstance(book[str(key)][here], str)
            place = (*route, here) if is_bare else (*route, here, "text")
            edits.append(Put(place, news[there]["text"]))
    kept += [one for here, one in enumerate(olds) if here not in pairs.values()]
    edits += came(route, olds, [one["text"] for one in news], pairs)


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
    keys = [pairing.key("title", "text"), pairing.key("title"), pairing.key("text")]
    pairs = pairing.paired(olds, news, keys, likeness=False)
    edits += [
        Put(("sections", here, "text"), news[there]["text"])
        for there, here in pairs.items()
        if not pairing.same(olds[here]["text"], news[there]["text"])
    ]
    kept += [one for here, one in enumerate(olds) if here not in pairs.values()]
    edits += came(("sections",), olds, news, pairs)


def _source(
    book: Mapping[str, Any], manual: Mapping[str, Any], duties: Duties, edits: list[Edit]
) -> None:
    """Let the source be the manual; gaps that are filled go, and those found by hand stay."""
    old, new = book.get("source") or {}, manual.get("source") or {}
    there = set(map(pairing.counted, duties.labels))
    before = list(old.get("missing") or ())
    missing = [one for one in before if pairing.counted(one) not in there]
    known = {pairing.counted(one) for one in before}
    missing += [one for one in new.get("missing", ()) if pairing.counted(one) not in there | known]
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
    edits += of_keys(("source",), old, wanted, [key for key in wanted if key != "missing"])
    if old.get("truncated") == "true" and not is_cut:
        edits.append(Remove(("source", "truncated")))
    if not (before and missing):
        edits += of_keys(("source",), old, wanted, ["missing"])
        return
    route = ("source", "missing")
    edits += [Remove((*route, here)) for here, one in enumerate(before) if one not in missing]
    for label in missing:
        if label not in before:
            earlier = [n for n, one in enumerate(before) if _order(one) < _order(label)]
            edits.append(Insert(route, max(earlier, default=-1), label))


def _order(label: str) -> tuple[str, tuple[int, ...]]:
    return numbering.parse(label) or (label, ())
