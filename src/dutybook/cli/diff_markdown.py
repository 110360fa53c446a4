"""Changes as a comment on a merge request: what the book says is text in it, never markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dutybook.changes.base import Kind
from dutybook.cli import diff_views
from dutybook.messages import ntr, tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dutybook.changes.base import Change, Place
    from dutybook.changes.pairs import Comparison
    from dutybook.cli.diff_views import Beside, Piece, Row

_LONG: Final = 12  # rows of a position, from which they are folded away
_LONG_TEXT: Final = 4000  # characters, likewise
_LIMIT: Final = 60_000  # characters; GitHub takes 65,536 in a comment
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]|~$^#]|:(?=//|\w)|(?<=www)\.)")
_HTML: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_CALLS: Final = re.compile(r"([@#!%~$])(?=\w)")  # @name, #12, !34: they would call somebody


def of_changes(changes: Sequence[Change], title_of: Callable[[str], str]) -> str:
    """Return changes as a comment: a summary, then a section a position.

    What the book says is text in it, never markup. What would not fit into a comment is counted.
    """
    parts = [f"**{escaped(diff_views.summary(changes))}**\n"]
    size, left = len(parts[0]), []
    for place, group in diff_views.by_role(changes):
        section = _section(place, group, title_of)
        size += len(section)
        if size > _LIMIT:
            left.append(f"- {_heading(place)}: {escaped(diff_views.counts_in_words(group))}")
        else:
            parts.append(section)
    if left:
        text = "\n".join(left)
        if len(text) > _LIMIT // 20:
            text = ntr("{count} more position.", "{count} more positions.", len(left))
        reason = escaped(tr("Too long for a comment:"))
        parts.append(f"{reason}\n\n{text}\n")
    return "\n".join(parts)


def _heading(place: Place) -> str:
    return f"{escaped(place.role_title or place.role)} ({escaped(place.role)})"


def _section(place: Place, changes: Sequence[Change], title_of: Callable[[str], str]) -> str:
    lines = _table_head(tr("Where"), tr("Change"), tr("Old text"), tr("New text"))
    for shown in (diff_views.row(change, title_of, in_full=True) for change in changes):
        old, new = _both(shown)
        lines.append(f"| {escaped(shown.where)} | {escaped(shown.what)} | {old} | {new} |")
    return _folded(_heading(place), diff_views.counts_in_words(changes), lines)


def _table_head(*headings: str) -> list[str]:
    return [f"| {' | '.join(headings)} |", f"|{' --- |' * len(headings)}"]


def _folded(heading: str, counts: str, lines: Sequence[str]) -> str:
    """Return a table below its heading, folded away where it is long."""
    text = "\n".join(lines)
    if len(lines) - 2 <= _LONG and len(text) <= _LONG_TEXT:
        return f"### {heading}\n\n{text}\n"
    shown = f"<details><summary>{_html(counts)}</summary>"
    return f"### {heading}\n\n{shown}\n\n{text}\n\n</details>\n"


def _both(shown: Row | Beside) -> tuple[str, str]:
    """Return both texts; where they differ as a whole there is nothing to mark off."""
    tags = ("del", "ins") if shown.spans else ("", "")
    return _marked(shown.old, tags[0]), _marked(shown.new, tags[1])


def _marked(pieces: Iterable[Piece], tag: str) -> str:
    """Return a text in a cell of a table, with a tag round the pieces that differ."""
    return "".join(
        f"<{tag}>{escaped(text)}</{tag}>" if differs and tag else escaped(text)
        for text, differs in pieces
    )


def of_pairs(comparison: Comparison, title_of: Callable[[str], str]) -> str:
    """Return two positions side by side as a comment."""
    parts = [f"**{escaped(diff_views.pairs_summary(comparison))}**\n"]
    if comparison.head:
        parts.append(_section_of_heads(comparison, title_of))
    lines = _table_head(tr("Fit"), *map(escaped, diff_views.names(comparison)))
    for shown in map(diff_views.beside, comparison.pairs):
        texts = _both(shown)
        labels = [
            f"{escaped(label)} " if label else "" for label in (shown.old_label, shown.new_label)
        ]
        lines.append(f"| {escaped(shown.fit)} | {labels[0]}{texts[0]} | {labels[1]}{texts[1]} |")
    parts.append(_folded(tr("Duties"), diff_views.pairs_counts(comparison), lines))
    return "\n".join(parts)


def _section_of_heads(comparison: Comparison, title_of: Callable[[str], str]) -> str:
    lines = _table_head(tr("Field"), *map(escaped, diff_views.names(comparison)))
    for shown, field in diff_views.head_rows(comparison, title_of):
        texts = [escaped("".join(text for text, _ in side)) for side in (shown.old, shown.new)]
        lines.append(f"| {escaped(field)} | {texts[0]} | {texts[1]} |")
    return _folded(tr("Head"), "", lines)


def of_counts(changes: Sequence[Change]) -> str:
    """Return the counts of changes by position as a table."""
    lines = [f"**{escaped(diff_views.summary(changes))}**\n"]
    lines += _table_head(tr("Position"), *(tr(diff_views.KINDS[kind]) for kind in Kind))
    for place, counts in diff_views.stat(changes):
        shown = " | ".join(str(count) if count else "" for count in counts.values())
        lines.append(f"| {_heading(place)} | {shown} |")
    return "\n".join(lines if changes else lines[:1]) + "\n"


def escaped(text: str) -> str:
    """Return data as Markdown text in a cell: no mark, tag or call in it means anything."""
    text = _MARKUP.sub(r"\\\1", _html(safe(text)))
    text = _CALLS.sub(r"\1<!-- -->", text)
    return text.replace("\n", "<br>")


def _html(text: str) -> str:
    return "".join(_HTML.get(character, character) for character in text)
