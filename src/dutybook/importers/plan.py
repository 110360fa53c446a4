"""Drafts and the book they go into to the files to be written: ids, references, what is there."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dutybook import engine, files, model, source
from dutybook.errors import DutybookError, WriteError
from dutybook.importers import ids, merge, words, write
from dutybook.importers.annotate import Known, annotate
from dutybook.importers.base import ImportFileError
from dutybook.messages import listed, tr
from dutybook.problems import Problem, Severity
from dutybook.text import fold, safe
from dutybook.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dutybook.importers.base import Draft, Manual
    from dutybook.importers.shelf import Existing, Shelf

_MOST_CHECKED = (
    500_000  # characters; what is larger is checked for its shape only, to be done in time
)
_REFERENCES = ("reports_to", "backup", "incompatible_with")


@dataclass(slots=True)
class Planned:
    """One role file to be written: where, from which draft, over what."""

    id: str
    path: str
    draft: Draft
    data: dict[str, Any]
    text: str = ""
    existing: Existing | None = None
    kept: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an import would write."""

    roles: list[Planned]
    declared: dict[str, str]

    @property
    def clashes(self) -> list[Planned]:
        """The positions that the book has already."""
        return [one for one in self.roles if one.existing is not None]


def make(
    manuals: Sequence[Manual], shelf: Shelf, titles: Mapping[str, str], *, annotated: bool
) -> Plan:
    """Name every draft, resolve what it refers to, and annotate it."""
    roles = _named([draft for manual in manuals for draft in manual.drafts], shelf, titles)
    names = _names(roles, shelf)
    declared: dict[str, str] = {}
    by_name = {fold(name).strip(): id_ for name, id_ in names}
    for planned in roles:
        _resolve(planned, by_name, shelf, declared)
    known = Known.of(
        [*names, *((title, id_) for id_, title in declared.items())],
        shelf.settings.systems if shelf.settings else (),
    )
    for planned in roles:
        if annotated:
            annotate(planned.data["duties"], known, planned.id)
        _order(planned.data)
    return Plan(roles, declared)


def _named(drafts: list[Draft], shelf: Shelf, titles: Mapping[str, str]) -> list[Planned]:
    taken = set(shelf.roles) | set(shelf.settings.positions if shelf.settings else ())
    declared = shelf.settings.positions if shelf.settings else {}
    by_title = {fold(title): id_ for id_, title in declared.items()}
    made: list[Planned] = []
    used: set[str] = set()
    for draft in drafts:
        data = draft.data
        existing = shelf.named(draft.title, data.get("unit", ""))
        asked = titles.get(fold(draft.title))
        if asked and asked in shelf.roles:
            existing = shelf.roles[asked]
        if existing is not None and existing.id in used:
            existing = None
        if existing is not None:
            name = existing.id
        elif asked:
            name = asked
        elif by_title.get(fold(draft.title), "") not in {"", *used}:
            name = by_title[fold(draft.title)]
        else:
            wanted = ids.slug(data.get("title_en", "")) or ids.slug(draft.title)
            name = ids.unique(wanted, taken, "position")
        if name in used:
            raise DutybookError(
                tr("Two positions would have the id {id}.", id=name),
                tr("Give each title an id of its own in the file of --map."),
            )
        used.add(name)
        taken.add(name)
        path = existing.path if existing else f"{files.ROLES}/{name}.yaml"
        made.append(Planned(name, path, draft, {"id": name, **data}, existing=existing))
    for planned in made:
        taken_here: set[str] = set()
        for duty in planned.data["duties"]:
            duty["id"] = ids.unique(ids.slug(duty["title"]), taken_here, "duty")
            taken_here.add(duty["id"])
    return made


def _names(roles: Sequence[Planned], shelf: Shelf) -> list[tuple[str, str]]:
    """Return every name a position may be called by, with its id."""
    names: list[tuple[str, str]] = []
    if shelf.settings:
        names += [(title, id_) for id_, title in shelf.settings.positions.items()]
    for one in shelf.roles.values():
        if one.role:
            names += [(name, one.id) for name in (one.role.title, *one.role.aliases)]
    for planned in roles:
        names += [
            (name, planned.id) for name in (planned.draft.title, *planned.data.get("aliases", ()))
        ]
    return names


def _resolve(
    planned: Planned, by_name: dict[str, str], shelf: Shelf, declared: dict[str, str]
) -> None:
    """Put ids in place of the names that the draft has where the format wants ids."""
    for key in _REFERENCES:
        for text in planned.draft.names.get(key, ()):
            parts = [text] if key == "reports_to" else re.split(r"[、，,；;/\s]+", text.strip())
            found = [by_name.get(fold(part).strip().rstrip("。.")) for part in parts if part]
            if key == "reports_to" and found == [None] and shelf.is_new and words.is_title(text):
                name = ids.unique(ids.slug(text), set(by_name.values()), "position")
                declared[name] = text.strip()
                by_name[fold(text).strip()] = name
                found = [name]
            if found and all(found) and planned.id not in found:
                planned.data[key] = found[0] if key == "reports_to" else list(dict.fromkeys(found))
            else:
                title = model.Role.model_fields[key].title or key
                planned.data.setdefault("sections", []).append({"title": title, "text": text})


def _order(data: dict[str, Any]) -> None:
    for key in ("authorities", "qualifications"):
        if key in data:
            data[key] = [one for one in data[key] if one.strip()]


def read_titles(raw: str, name: str) -> dict[str, str]:
    """Return the ids that a CSV file of titles and ids gives, by folded title.

    Raises:
        ImportFileError: a row is no title and id.
    """
    found: dict[str, str] = {}
    try:
        rows = list(csv.reader(io.StringIO(raw, newline=""), strict=True))
    except csv.Error:
        rows = [["", ""]]
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (
            number == 1 and len(cells) > 1 and cells[1].lower() in {"id", "岗位编号", "编号"}
        ):
            continue
        if len(cells) < 2 or not cells[0] or not model.is_role_id(cells[1]):
            raise ImportFileError(
                tr("{file}, line {number}, is no title and id.", file=safe(name), number=number),
                tr("One position a line: `客户经理,customer-manager`."),
            )
        found[fold(cells[0])] = cells[1]
    return found


def refuse_clashes(plan: Plan) -> None:
    """Refuse to write over positions that the book has.

    Raises:
        WriteError: it has some of them.
    """
    if plan.clashes:
        raise WriteError(
            tr("The book has these positions already: {titles}.",
               titles=listed([safe(one.draft.title) for one in plan.clashes[:8]])
               + (" …" if len(plan.clashes) > 8 else "")),
            tr("--update merges into them; nothing was written."),
        )  # fmt: skip


def render(plan: Plan) -> None:
    """Make the text of every file.

    Raises:
        DutybookError: a text would not read back the same, or cannot be merged safely.
    """
    size = 0
    for planned in plan.roles:
        if planned.existing is None:
            planned.text = write.role_text(planned.data, read_back=size <= _MOST_CHECKED)
            size += len(planned.text)
        else:
            merged = merge.into(planned.existing, planned.data)
            planned.text, planned.kept, planned.changed = merged.text, merged.kept, merged.changed


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


def check(plan: Plan, shelf: Shelf, settings: str | None, today: date) -> None:
    """Make sure that the book validates with what is to be written.

    Raises:
        DutybookError: a file would have an error.
    """
    if sum(len(planned.text) for planned in plan.roles) > _MOST_CHECKED:
        return
    texts = dict(shelf.paths)
    texts |= {planned.path: planned.text.encode() for planned in plan.roles}
    if settings is not None:
        texts[files.SETTINGS] = settings.encode()

    def read(path: str) -> bytes | Problem:
        return texts[path]

    report = engine.check(engine.Snapshot(sorted(texts), read), today, Verdicts(None))
    written = {planned.path for planned in plan.roles}
    for problem in report.problems:
        if problem.kind.severity is Severity.ERROR and problem.path in written:
            raise DutybookError(
                tr(
                    "{path} would not validate: {message}",
                    path=problem.path,
                    message=problem.message,
                ),
                problem.hint or tr("Nothing was written."),
            )
