"""A position as lines of plain fields and as Markdown, and what its head says in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dutybook import vocabulary
from dutybook.messages import listed, tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dutybook.model import Duty, Item, Role


def plain(role: Role) -> Iterator[list[str]]:
    """Yield a line for each duty and each item, as interface.md orders the fields."""
    for duty in role.duties:
        yield _plain(role, duty, "", duty, duty.text or duty.title)
        for item in duty.items:
            yield _plain(role, duty, item.label or "", item, item.text)


def _plain(role: Role, duty: Duty, item_label: str, part: Duty | Item, text: str) -> list[str]:
    return [
        role.id,
        duty.id,
        duty.label or "",
        item_label,
        part.involvement or "",
        part.cadence or "",
        text,
        duty.title,
        part.cadence_note or "",
        ",".join(part.counterparts),
        ",".join(part.systems),
        ",".join(part.tags),
    ]


def cadence(part: Duty | Item) -> str:
    """Return a cadence in the scale's word and the source's, where that says more."""
    usual = vocabulary.word(vocabulary.CADENCES, part.cadence)
    note = part.cadence_note or ""
    if usual and note and usual not in note:
        return tr("{cadence} ({note})", cadence=usual, note=note)
    return note or usual


def head(role: Role, title_of: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return what stands before the duties: (heading, words), only what the role says."""
    fields = [
        (tr("English title"), role.title_en or ""),
        (tr("Also called"), listed(role.aliases)),
        (tr("Department"), role.unit or ""),
        (tr("Reports to"), title_of(role.reports_to) if role.reports_to else ""),
        (tr("Purpose"), role.purpose or ""),
        (tr("Status"), vocabulary.word(vocabulary.STATUSES, role.status)),
        (tr("Version"), role.version or ""),
        (tr("Effective"), role.effective.isoformat() if role.effective else ""),
        (tr("Review by"), role.review_by.isoformat() if role.review_by else ""),
        (tr("Approved by"), role.approved_by or ""),
        (tr("Source"), _source(role)),
    ]
    return [(name, words) for name, words in fields if words]


def tail(role: Role, title_of: Callable[[str], str]) -> list[tuple[str, list[str]]]:
    """Return what stands after the duties: (heading, entries), only what the role says."""
    contacts, rotation = role.contacts, role.rotation
    turns = [
        tr("at most {years} years", years=rotation.max_years)
        if rotation and rotation.max_years
        else "",
        tr("mandatory leave") if rotation and rotation.mandatory_leave else "",
        tr("exit audit") if rotation and rotation.exit_audit else "",
    ]
    fields: list[tuple[str, list[str]]] = [
        (
            tr("Authorities"),
            [f"{one.text}（{one.limit}）" if one.limit else one.text for one in role.authorities],
        ),
        (tr("Qualifications"), list(role.qualifications)),
        (tr("Internal contacts"), list(contacts.internal) if contacts else []),
        (tr("External contacts"), list(contacts.external) if contacts else []),
        (
            tr("Key position"),
            [tr("yes") if role.key_position else tr("no")] if role.key_position is not None else [],
        ),
        (tr("Rotation"), [turn for turn in turns if turn]),
        (tr("Incompatible with"), [title_of(one) for one in role.incompatible_with]),
        (tr("Stand-in"), [title_of(one) for one in role.backup]),
        (tr("Basis"), list(role.basis)),
        *((section.title, section.text.split("\n")) for section in role.sections),
    ]
    return [(name, entries) for name, entries in fields if entries]


def _source(role: Role) -> str:
    source = role.source
    if source is None:
        return ""
    missing = (
        tr("the source has no {labels}", labels=listed(source.missing)) if source.missing else ""
    )
    truncated = tr("the source breaks off") if source.truncated else ""
    parts = [source.document, source.section, missing, truncated]
    return tr("; ").join(part for part in parts if part)


def markdown(role: Role, title_of: Callable[[str], str]) -> str:
    """Return a position as Markdown; what the book says is text in it, never markup."""
    lines = [f"# {_escaped(role.title)} (`{role.id}`)", ""]
    lines += [f"- **{name}**: {_escaped(words)}" for name, words in head(role, title_of)]
    for duty in role.duties:
        label = f"{_escaped(duty.label)} " if duty.label else ""
        lines += ["", f"## {label}{_escaped(duty.title)}", ""]
        if duty.text:
            lines += [_escaped(duty.text), ""]
        about = _about(duty, title_of)
        if about:
            lines += [_escaped(about), ""]
        for item in duty.items:
            label = f"{_escaped(item.label)} " if item.label else ""
            extra = _about(item, title_of)
            lines.append(
                f"- {label}{_escaped(item.text)}" + (f" — {_escaped(extra)}" if extra else "")
            )
        if not duty.items:
            lines.pop()
    for name, entries in tail(role, title_of):
        lines += ["", f"## {_escaped(name)}", "", *(f"- {_escaped(entry)}" for entry in entries)]
    return "\n".join(lines) + "\n"


def _about(part: Duty | Item, title_of: Callable[[str], str]) -> str:
    words = [
        (tr("Part"), vocabulary.word(vocabulary.INVOLVEMENTS, part.involvement)),
        (tr("Cadence"), cadence(part)),
        *notes(part, title_of),
    ]
    return tr("; ").join(
        tr("{name}: {words}", name=name, words=said) for name, said in words if said
    )


def notes(part: Duty | Item, title_of: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return whom and what a duty or an item involves: (heading, words), only what it says."""
    said = [
        (tr("With"), listed([title_of(one) for one in part.counterparts])),
        (tr("Systems"), listed(part.systems)),
        (tr("Tags"), listed(part.tags)),
        (tr("Basis"), listed(getattr(part, "basis", ()))),
    ]
    return [(name, words) for name, words in said if words]


_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")


def _escaped(text: str) -> str:
    """Return data as Markdown text: every mark that could mean something is escaped."""
    one_line = " ".join(safe(text).split("\n"))
    return _MARKDOWN.sub(r"\\\1", one_line)
