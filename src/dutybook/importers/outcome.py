"""What a plan comes to: the text of every file, checked before it is written, and what changes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dutybook import engine, facts, files, model, records, source
from dutybook.changes.compare import compare
from dutybook.document import Document
from dutybook.errors import DutybookError, WriteError
from dutybook.importers import update, write
from dutybook.importers.annotate import annotate
from dutybook.messages import listed, tr
from dutybook.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dutybook.changes.base import Change
    from dutybook.importers.plan import Plan, Planned
    from dutybook.importers.shelf import Shelf
    from dutybook.problems import Problem
    from dutybook.progress import Tell


_MANY = 8


class ClashError(WriteError):
    """The book has positions already that would be written."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What will be written: new files, and changed ones with the bytes they were read as.

    `updates` are the positions that were there, by id.
    """

    new: Mapping[str, str]
    changed: Mapping[str, tuple[bytes, str]]
    updates: Mapping[str, update.Updated]


def refuse_doubles(plan: Plan) -> None:
    """Refuse positions that have one name in one unit: which of them is meant nobody can tell.

    Raises:
        DutybookError: two have, as where one manual is given twice.
    """
    first: dict[tuple[str, str], Planned] = {}
    for one in plan.roles:
        name = (fold(one.draft.title), fold(one.data.get("unit", "")))
        other = first.setdefault(name, one)
        if other is not one:
            raise DutybookError(
                tr(
                    "{title} is there twice: {one}; {other}.",
                    title=safe(one.draft.title),
                    one=other.draft.place.shown(),
                    other=one.draft.place.shown(),
                ),
                tr("Import one of the two, or say in each which department it belongs to."),
            )


def refuse_clashes(plan: Plan) -> None:
    """Refuse to write over positions that the book has.

    Raises:
        ClashError: it has some of them.
    """
    if plan.clashes:
        titles = [safe(one.draft.title) for one in plan.clashes[:_MANY]]
        more = " …" if len(plan.clashes) > _MANY else ""
        raise ClashError(
            tr("The book has these positions already: {titles}.", titles=listed(titles) + more),
            tr("`--update` merges into them; nothing was written."),
        )


def of_plan(plan: Plan, shelf: Shelf, title: str, today: date, tell: Tell) -> Outcome:
    """Make the text of every file, and make sure that the book validates with them.

    `title` is that of a book that is not there yet; `tell` is told how many files are checked.

    Raises:
        DutybookError: a file would have an error, or cannot be merged into safely.
    """
    _refuse_unseen(plan, shelf)
    updates: dict[str, update.Updated] = {}
    texts: dict[str, str] = {}
    for one in plan.roles:
        if one.existing is None:
            texts[one.path] = write.role_text(one.data)
        else:
            notes = partial(annotate, known=one.known, own=one.id) if one.known else None
            made = updates[one.id] = update.updated(one.existing, one.data, notes)
            texts[one.path] = made.text
    new = {one.path: texts[one.path] for one in plan.roles if one.existing is None}
    if shelf.is_new:
        new[files.SETTINGS] = settings_text(title, plan.declared)
        if not (shelf.root / files.SCHEMA).exists():
            new[files.SCHEMA] = model.schema_text("role")
    _check(plan, shelf, {**texts, **new}, today, tell)
    changed = {
        one.path: (one.existing.raw, texts[one.path])
        for one in plan.roles
        if one.existing is not None and texts[one.path].encode() != one.existing.raw
    }
    return Outcome(new, changed, updates)


def _refuse_unseen(plan: Plan, shelf: Shelf) -> None:
    """Refuse to add a position that seems to be there in a file that cannot be seen into.

    Raises:
        DutybookError: a broken role file has its title somewhere, or a link is in the way.
    """
    new = [one for one in plan.roles if one.existing is None]
    broken = {
        one.path: fold(one.raw.decode("utf-8", "replace"))
        for one in shelf.roles.values()
        if one.role is None and not one.names
    }
    for path, text in broken.items():
        title = next((one.draft.title for one in new if fold(one.draft.title) in text), None)
        if title is not None:
            raise DutybookError(
                tr("{path} has errors, and may be {title}.", path=safe(path), title=safe(title)),
                tr("`dutybook validate` shows them; nothing was written."),
            )
    for one in new:
        if os.path.lexists(shelf.root / one.path):
            raise DutybookError(
                tr("{path} is there, and is no file of the book.", path=safe(one.path)),
                tr("Put the file itself there, or take away what is; nothing was written."),
            )


def changes(plan: Plan, result: Outcome) -> Sequence[Change]:
    """Compare the book as it is with the book as it will be."""
    updates = result.updates.values()
    after = [made.after for made in updates]
    for one in plan.roles:
        if one.existing is None:
            role, _ = facts.read(one.data, one.id)
            after += [role] if role else []
    return compare([made.before for made in updates], after)


def settings_text(title: str, declared: Mapping[str, str]) -> str:
    """Return `dutybook.yaml` for a new book."""
    text = "format: 1\n"
    if title:
        text += f"title: {source.scalar(title)}\n"
    if declared:
        text += "\npositions:\n" + "".join(
            f"  {id_}: {source.scalar(name)}\n" for id_, name in declared.items()
        )
    return text


def _check(plan: Plan, shelf: Shelf, texts: Mapping[str, str], today: date, tell: Tell) -> None:
    """Read every file back as it will be, and find the errors of the book with them.

    Raises:
        DutybookError: a file does not read back as it was meant, or would have an error.
    """
    fresh = {one.path: one for one in plan.roles}
    known = {one.path: one.role for one in shelf.roles.values()}
    contents: dict[str, bytes | Problem] = dict(shelf.contents)
    contents |= {path: text.encode() for path, text in texts.items() if path != files.SCHEMA}
    every = len(contents)
    count = 0

    def read(path: str) -> bytes | Problem:
        nonlocal count
        count += 1
        tell(min(max(count - every, 0), every), every)  # the first reading is but for the key
        return contents[path]

    def record(path: str, content: bytes) -> records.Record:
        planned = fresh.get(path)
        role = known.get(path)
        if planned is None and role is not None:  # which is read already, and is not to be written
            return records.Record(role, (), Document(path, ""))
        made = records.read_role(content, path, files.stem(path))
        if planned and not planned.existing and made.document.data != write.as_read(planned.data):
            raise _unwritable(planned)
        return made

    snapshot = engine.Snapshot(sorted(contents), read, shelf.problems, record)
    for problem in engine.errors(snapshot, today).problems:
        if not {problem.path, *(one.path for one in problem.related)}.isdisjoint(fresh):
            raise DutybookError(
                tr(
                    "{path} would not validate: {message}",
                    path=safe(problem.path),
                    message=problem.message,
                ),
                problem.hint or tr("Nothing was written."),
            )


def _unwritable(planned: Planned) -> DutybookError:
    return DutybookError(
        tr("{title} cannot be written so that it reads back.", title=safe(planned.draft.title)),
        tr("Nothing was written. Please report this with the file."),
    )
