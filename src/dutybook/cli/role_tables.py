"""A position as a rich table: wide, with a column for each annotation; narrow, with them below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dutybook import vocabulary
from dutybook.cli import role_views
from dutybook.cli.tables import Column, Prose, facts, table
from dutybook.messages import listed, tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType

    from dutybook.model import Duty, Item, Role

_WIDE = 110  # from here on annotations have columns of their own


def render(role: Role, title_of: Callable[[str], str], width: int) -> list[RenderableType]:
    """Return the parts of a position in reading order."""
    heading = Prose.joined([(role.title, "bold"), (f"  {role.id}", "cyan")])
    parts: list[RenderableType] = [heading, facts(role_views.head(role, title_of))]
    parts += [Text(), (_wide if width >= _WIDE else _narrow)(role, title_of)]
    rest = role_views.tail(role, title_of)
    if rest:
        parts += [Text(), facts((name, "\n".join(entries)) for name, entries in rest)]
    return [*parts, Text()]


def _wide(role: Role, title_of: Callable[[str], str]) -> RenderableType:
    columns = [
        Column(tr("No."), fixed=True),
        Column(tr("Duty")),
        Column(tr("Part"), fixed=True),
        Column(tr("Cadence")),
        Column(tr("With")),
        Column(tr("Systems")),
        Column(tr("Tags")),
    ]
    rows: list[list[Prose]] = []
    sections = []
    for duty in role.duties:
        rows.append([_label(duty.label), _titled(duty), *_annotations(duty, title_of)])
        rows += [
            [_label(item.label, 1), Prose.of(item.text), *_annotations(item, title_of)]
            for item in duty.items
        ]
        sections.append(len(rows) - 1)
    return table(columns, rows, sections)


def _annotations(part: Duty | Item, title_of: Callable[[str], str]) -> list[Prose]:
    return [
        _involvement(part),
        Prose.of(role_views.cadence(part)),
        Prose.of(listed([title_of(one) for one in part.counterparts])),
        Prose.of(listed(part.systems)),
        Prose.of(listed(part.tags), "dim"),
    ]


def _narrow(role: Role, title_of: Callable[[str], str]) -> RenderableType:
    columns = [Column(tr("No."), fixed=True), Column(tr("Duty")), Column(tr("Part"), fixed=True)]
    rows: list[list[Prose]] = []
    sections = []
    for duty in role.duties:
        rows.append([_label(duty.label), _noted(_titled(duty), duty, title_of), _involvement(duty)])
        rows += [
            [_label(item.label, 1), _noted(Prose.of(item.text), item, title_of), _involvement(item)]
            for item in duty.items
        ]
        sections.append(len(rows) - 1)
    return table(columns, rows, sections)


def _label(label: str | None, depth: int = 0) -> Prose:
    return Prose.of("  " * depth + label if label else "", "" if depth else "bold")


def _titled(duty: Duty) -> Prose:
    parts = [(duty.title, "bold")]
    if duty.text:
        parts += [("\n", ""), (duty.text, "")]
    if duty.basis:
        parts += [
            ("\n", ""),
            (tr("{name}: {words}", name=tr("Basis"), words=listed(duty.basis)), "dim"),
        ]
    return Prose.joined(parts)


def _noted(prose: Prose, part: Duty | Item, title_of: Callable[[str], str]) -> Prose:
    """Return the text of a part with its annotations on a line below."""
    said = [(tr("Cadence"), role_views.cadence(part)), *role_views.notes(part, title_of)]
    basis = tr("Basis")
    notes = "  ".join(
        tr("{name}: {words}", name=name, words=words)
        for name, words in said
        if words and name != basis
    )
    if not notes:
        return prose
    return Prose(Text.assemble(prose.text, "\n", (safe(notes), "dim")))


def _involvement(part: Duty | Item) -> Prose:
    return Prose.of(vocabulary.word(vocabulary.INVOLVEMENTS, part.involvement), "green")
