"""Changes in words: rows for a reader, plain fields, JSON."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from dutybook import vocabulary
from dutybook.changes import pairs, words
from dutybook.changes.base import Change, Fit, Kind, counted
from dutybook.facts import Part, Role
from dutybook.messages import listed, mark, ntr, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dutybook.changes.base import Content, Pair, Place, Spans
    from dutybook.changes.pairs import Comparison

KINDS: Final[Mapping[Kind, str]] = {
    Kind.ADDED: mark("added"),
    Kind.REMOVED: mark("removed"),
    Kind.RENAMED: mark("renamed"),
    Kind.RENUMBERED: mark("renumbered"),
    Kind.MOVED: mark("moved"),
    Kind.CHANGED: mark("changed"),
}
FITS: Final[Mapping[Fit, str]] = {
    Fit.SHARED: mark("shared"),
    Fit.SIMILAR: mark("similar"),
    Fit.ONLY_OLD: mark("only here"),
    Fit.ONLY_NEW: mark("only there"),
}
_FIELDS: Final[Mapping[str, str]] = {
    "id": mark("Id"),
    "label": mark("No."),
    "title": mark("Title"),
    "text": mark("Text"),
    "limit": mark("Limit"),
    "involvement": mark("Part"),
    "cadence": mark("Cadence"),
    "cadence_note": mark("Cadence in words"),
    "counterparts": mark("With"),
    "systems": mark("Systems"),
    "tags": mark("Tags"),
    "basis": mark("Basis"),
    "title_en": mark("English title"),
    "aliases": mark("Also called"),
    "unit": mark("Department"),
    "reports_to": mark("Reports to"),
    "purpose": mark("Purpose"),
    "contacts.internal": mark("Internal contacts"),
    "contacts.external": mark("External contacts"),
    "key_position": mark("Key position"),
    "rotation.max_years": mark("Most years"),
    "rotation.mandatory_leave": mark("Mandatory leave"),
    "rotation.exit_audit": mark("Exit audit"),
    "incompatible_with": mark("Incompatible with"),
    "backup": mark("Stand-in"),
    "status": mark("Status"),
    "version": mark("Version"),
    "effective": mark("Effective"),
    "review_by": mark("Review by"),
    "approved_by": mark("Approved by"),
    "source.document": mark("Source: document"),
    "source.section": mark("Source: section"),
    "source.missing": mark("Source: missing numbers"),
    "source.truncated": mark("Source: breaks off"),
    "authorities": mark("Authorities"),
    "qualifications": mark("Qualifications"),
    "sections": mark("Other sections"),
}
_POSITIONS: Final = frozenset(("reports_to", "counterparts", "incompatible_with", "backup"))
_CHOICES: Final[Mapping[str, vocabulary.Words]] = {
    "involvement": vocabulary.INVOLVEMENTS,
    "cadence": vocabulary.CADENCES,
    "status": vocabulary.STATUSES,
}

_CLOSE: Final = 0.75

Piece = tuple[str, bool]
"""A stretch of a text, and whether it is one that differs."""


@dataclass(frozen=True, slots=True)
class Row:
    """A change in words: where, what happened, and both sides in pieces."""

    where: str
    what: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    spans: Spans = ()


def row(change: Change, title_of: Callable[[str], str], *, in_full: bool = False) -> Row:
    """Return a change in words; of a position that came or went the titles, or all it says."""
    old, new = (
        _role_in_full(content)
        if in_full and isinstance(content, Role)
        else _shown(content, change, title_of)
        for content in (change.old, change.new)
    )
    if change.spans:
        return Row(where(change.place), _what(change), *sides(old, new, change.spans), change.spans)
    return Row(
        where(change.place),
        _what(change),
        ((old, True),) if old else (),
        ((new, True),) if new else (),
    )


def sides(old: str, new: str, spans: Spans) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return two texts in pieces, those that differ marked."""
    return (
        tuple(_pieces(old, [(a, b) for a, b, _, _ in spans])),
        tuple(_pieces(new, [(c, d) for _, _, c, d in spans])),
    )


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in spans:
        if start > at:
            yield text[at:start], False
        if end > start:
            yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def where(place: Place) -> str:
    """Return the name of a duty, an item or an entry within its position."""
    parts = []
    if place.duty is not None:
        name = place.title or place.duty
        parts.append(f"{place.label} {name}" if place.label else name)
    if place.item is not None:
        parts.append(
            tr("item {label}", label=place.item_label)
            if place.item_label
            else tr("item no. {number}", number=place.item + 1)
            if place.duty is not None
            else tr("entry no. {number}", number=place.item + 1)
        )
    return " › ".join(parts)


def _what(change: Change) -> str:
    """Return what happened, in words: `changed: Text (wording only)`."""
    kind = tr(KINDS[change.kind])
    if change.kind in {Kind.RENAMED, Kind.RENUMBERED}:
        return kind
    if change.field is None:
        return kind
    said = tr("{name}: {words}", name=field_name(change), words=kind)
    return tr("{said} (wording only)", said=said) if change.wording_only else said


def field_name(change: Change) -> str:
    """Return what the reader calls the field that changed."""
    field = change.field or "id"
    if field == "title" and change.place.duty is None:
        return tr("Position")
    if field in _FIELDS:
        return tr(_FIELDS[field])
    outer, _, inner = field.partition(".")
    return f"{tr(_FIELDS[outer])} › {tr(_FIELDS[inner])}"


def _shown(content: Content, change: Change, title_of: Callable[[str], str]) -> str:
    if isinstance(content, Role):
        return _role_in_words(content)
    if isinstance(content, Part):
        return part_in_words(content)
    if change.kind is Kind.MOVED:
        assert isinstance(content, int)
        return tr("place {number}", number=content + 1)
    return _value_in_words(content, (change.field or "").rpartition(".")[2], title_of)


def _value_in_words(
    value: str | int | tuple[str, ...] | None, field: str, title_of: Callable[[str], str]
) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return listed([title_of(one) for one in value] if field in _POSITIONS else value)
    if value in _CHOICES.get(field, {}):
        return vocabulary.word(_CHOICES[field], value)
    return title_of(value) if field in _POSITIONS else value


def _role_in_words(role: Role) -> str:
    heading = ntr("{count} duty", "{count} duties", len(role.duties))
    return "\n".join([heading, *(_titled(duty) for duty in role.duties)])


def _role_in_full(role: Role) -> str:
    duties = (f"{duty.text('label')} {part_in_words(duty)}".lstrip() for duty in role.duties)
    return "\n".join(duties)


def _titled(duty: Part) -> str:
    return " ".join(part for part in (duty.text("label"), duty.text("title")) if part)


def part_in_words(part: Part) -> str:
    """Return a duty, an item or an entry of a list as lines of text."""
    limit = part.text("limit")
    lines = [part.text("title"), pairs.said(part) + (f"（{limit}）" if limit else "")]
    return "\n".join(line for line in lines if line)


def by_role(changes: Iterable[Change]) -> list[tuple[Place, list[Change]]]:
    """Return changes by position, in order; the place is the position's."""
    groups = [list(group) for _, group in groupby(changes, key=lambda change: change.place.role)]
    return [(group[0].place, group) for group in groups]


def summary(changes: Sequence[Change]) -> str:
    """Return in a line how much changed."""
    if not changes:
        return tr("No differences.")
    positions = len(by_role(changes))
    return tr(
        "{positions}: {counts}",
        positions=ntr("{count} position", "{count} positions", positions),
        counts=counts_in_words(changes),
    )


def counts_in_words(changes: Iterable[Change]) -> str:
    """Return how many changes there are of each kind that there are."""
    changes = list(changes)
    said = [f"{tr(KINDS[Kind(kind)])} {count}" for kind, count in counted(changes).items() if count]
    wording = sum(change.wording_only for change in changes)
    if wording:  # they are all of the last kind
        said[-1] += tr(" ({count} wording only)", count=wording)
    return listed(said)


def change_json(change: Change) -> dict[str, Any]:
    """Return a change as JSON has it."""
    place = change.place
    return {
        "kind": str(change.kind),
        "role": place.role,
        "duty": place.duty,
        "item": place.item,
        "field": change.field,
        "old": _content_json(change.old, change),
        "new": _content_json(change.new, change),
        "spans": [list(span) for span in change.spans],
        "wording_only": change.wording_only,
    }


def _content_json(content: Content, change: Change) -> Any:
    if isinstance(content, Role):
        return content.plain()
    if isinstance(content, Part):
        return content.plain(is_duty=change.place.item is None)
    return list(content) if isinstance(content, tuple) else content


def pair_json(pair: Pair) -> dict[str, Any]:
    """Return a pair of duties as JSON has it."""
    return {
        "kind": str(pair.kind),
        "likeness": pair.likeness,
        "old": pair.old.plain(is_duty=True) if pair.old else None,
        "new": pair.new.plain(is_duty=True) if pair.new else None,
    }


def change_plain(change: Change) -> list[str]:
    """Return a change as fields: kind, role, duty, item, field, old, new, whether wording only."""
    place = change.place
    return [
        str(change.kind),
        place.role,
        place.duty or "",
        "" if place.item is None else str(place.item),
        change.field or "",
        _content_plain(change.old),
        _content_plain(change.new),
        "wording-only" if change.wording_only else "",
    ]


def _content_plain(content: Content) -> str:
    if isinstance(content, Role):
        return content.title
    if isinstance(content, Part):
        return part_in_words(content)
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, tuple):
        return ",".join(content)
    return "" if content is None else str(content)


def pairs_plain(comparison: Comparison) -> Iterator[list[str]]:
    """Yield a line for each difference of the heads and each pair.

    The fields: kind, likeness, old duty, new duty, old text, new text; for a head `head`, nothing,
    the field twice, old and new.
    """
    for change in comparison.head:
        field = change.field or ""
        yield ["head", "", field, field, _content_plain(change.old), _content_plain(change.new)]
    for pair in comparison.pairs:
        yield [
            str(pair.kind),
            "" if pair.likeness is None else f"{pair.likeness:g}",
            pair.old.text("id") if pair.old else "",
            pair.new.text("id") if pair.new else "",
            part_in_words(pair.old) if pair.old else "",
            part_in_words(pair.new) if pair.new else "",
        ]


@dataclass(frozen=True, slots=True)
class Beside:
    """A pair of duties in words: how they fit, what they are called, both texts in pieces."""

    fit: str
    old_label: str
    old: tuple[Piece, ...]
    new_label: str
    new: tuple[Piece, ...]
    spans: Spans = ()
    is_close: bool = False  # enough to be read as one text


def beside(pair: Pair) -> Beside:
    """Return a pair of duties in words."""
    old, new = (_beside_words(one) if one else "" for one in (pair.old, pair.new))
    fit = tr(FITS[pair.kind])
    if pair.kind is Fit.SIMILAR:
        fit += f" {pair.likeness or 0:.0%}"
    spans = words.spans(old, new) if pair.kind is Fit.SIMILAR else ()
    whole = pair.kind in {Fit.ONLY_OLD, Fit.ONLY_NEW}
    olds, news = sides(old, new, spans)
    return Beside(
        fit,
        pair.old.text("label") if pair.old else "",
        ((old, True),) if whole and old else olds,
        pair.new.text("label") if pair.new else "",
        ((new, True),) if whole and new else news,
        spans,
        bool(spans) and (pair.likeness or 0) >= _CLOSE,
    )


def _beside_words(duty: Part) -> str:
    notes = [
        vocabulary.word(_CHOICES[name], value)
        for name in ("involvement", "cadence")
        if (value := duty.text(name)) in _CHOICES[name]
    ]
    about = f"（{listed(notes)}）" if notes else ""
    return part_in_words(duty).replace(duty.text("title"), duty.text("title") + about, 1)


def head_rows(comparison: Comparison, title_of: Callable[[str], str]) -> Iterator[tuple[Row, str]]:
    """Yield the differences of two heads in words, each with the name of its field."""
    for change in comparison.head:
        yield row(change, title_of), field_name(change)


def pairs_counts(comparison: Comparison) -> str:
    """Return how many pairs there are of each kind."""
    counts = pairs.counted(comparison)
    return listed([f"{tr(FITS[Fit(kind)])} {count}" for kind, count in counts.items()])


def pairs_summary(comparison: Comparison) -> str:
    """Return in a line how two positions compare."""
    old, new = names(comparison)
    counts = pairs_counts(comparison)
    return tr("{old} and {new}: {counts}", old=old, new=new, counts=counts)


def names(comparison: Comparison) -> tuple[str, str]:
    """Return what two positions are called, apart from each other."""
    old, new = comparison.old, comparison.new
    if old.title and new.title and old.title != new.title:
        return old.title, new.title
    return f"{old.title} ({old.id})".lstrip(), f"{new.title} ({new.id})".lstrip()


def stat(changes: Iterable[Change]) -> list[tuple[Place, dict[str, int]]]:
    """Return how many changes of each kind a position has, by position."""
    return [(place, counted(group)) for place, group in by_role(changes)]
