"""Drafts and the book they go into to roles: ids, references, which of them are there already."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dutybook import files, model
from dutybook.errors import DutybookError
from dutybook.importers import ids, words
from dutybook.importers.annotate import Known, annotate
from dutybook.importers.base import ImportFileError
from dutybook.messages import tr
from dutybook.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dutybook.importers.base import Draft, Manual
    from dutybook.importers.shelf import Existing, Shelf

_REFERENCES = ("reports_to", "backup", "incompatible_with")


@dataclass(slots=True)
class Planned:
    """One role file to be written: where, from which draft, over what."""

    id: str
    path: str
    draft: Draft
    data: dict[str, Any]
    existing: Existing | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All positions of an import.

    `titles` are those of every position of the book by id; `known` is what annotations may name,
    None where there are to be none.
    """

    roles: list[Planned]
    declared: dict[str, str]
    titles: dict[str, str]
    known: Known | None = None

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
    taken = ids.Ids(by_name.values())
    for planned in roles:
        _resolve(planned, by_name, shelf, declared, taken)
    known = Known.of(
        [*names, *((title, id_) for id_, title in declared.items())],
        shelf.settings.systems if shelf.settings else (),
    )
    for planned in roles:
        if annotated:
            annotate(planned.data["duties"], known, planned.id)
        _order(planned.data)
    titles_by_id = {id_: name for name, id_ in reversed(names)}
    return Plan(roles, declared, declared | titles_by_id, known if annotated else None)


def _named(drafts: list[Draft], shelf: Shelf, titles: Mapping[str, str]) -> list[Planned]:
    taken = ids.Ids([*shelf.roles, *(shelf.settings.positions if shelf.settings else ())])
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
            there = shelf.roles.get(wanted)
            if there is not None and not there.names:  # so broken that it does not say its title
                existing, name = there, there.id
            else:
                name = taken.free(wanted, "position")
        if name in used:
            raise DutybookError(
                tr("Two positions would have the id {id}.", id=name),
                tr("Give each title an id of its own in the file of --map."),
            )
        used.add(name)
        taken.take(name)
        path = existing.path if existing else f"{files.ROLES}/{name}.yaml"
        made.append(Planned(name, path, draft, {"id": name, **data}, existing=existing))
    for planned in made:
        of_duties = ids.Ids()
        for duty in planned.data["duties"]:
            duty["id"] = of_duties.free(ids.slug(duty["title"]), "duty")
    return made


def _names(roles: Sequence[Planned], shelf: Shelf) -> list[tuple[str, str]]:
    """Return every name a position may be called by, with its id."""
    names: list[tuple[str, str]] = []
    if shelf.settings:
        names += [(title, id_) for id_, title in shelf.settings.positions.items()]
    names += [(name, one.id) for one in shelf.roles.values() for name in one.names]
    for planned in roles:
        names += [
            (name, planned.id) for name in (planned.draft.title, *planned.data.get("aliases", ()))
        ]
    return names


def _resolve(
    planned: Planned,
    by_name: dict[str, str],
    shelf: Shelf,
    declared: dict[str, str],
    taken: ids.Ids,
) -> None:
    """Put ids in place of the names that the draft has where the format wants ids."""
    for key in _REFERENCES:
        for text in planned.draft.names.get(key, ()):
            parts = [text] if key == "reports_to" else re.split(r"[、，,；;/\s]+", text.strip())
            found = [by_name.get(fold(part).strip().rstrip("。.")) for part in parts if part]
            if key == "reports_to" and found == [None] and shelf.is_new and words.is_title(text):
                name = taken.free(ids.slug(text), "position")
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
        ImportFileError: a row is no title and id, or has one that an earlier row has.
    """
    found: dict[str, str] = {}
    first: dict[str, int] = {}
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
        title, id_ = fold(cells[0]), cells[1]
        earlier = first.get(title, first.get(f"id {id_}"))
        if earlier is not None:
            raise ImportFileError(
                tr(
                    "{file}, line {number}, has a title or id that line {earlier} has already.",
                    file=safe(name),
                    number=number,
                    earlier=earlier,
                ),
                tr("Give each title one id of its own."),
            )
        first[title] = first[f"id {id_}"] = number
        found[title] = id_
    return found
