"""Drafts and the book they go into to roles: ids, references, which of them are there already."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dutybook import files, model
from dutybook.errors import DutybookError
from dutybook.importers import ids, words
from dutybook.importers.annotate import annotate
from dutybook.importers.base import ImportFileError
from dutybook.importers.names import Names
from dutybook.messages import listed, tr
from dutybook.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dutybook.importers.annotate import Known
    from dutybook.importers.base import Draft, Manual
    from dutybook.importers.shelf import Existing, Shelf

_REFERENCES = ("reports_to", "backup", "incompatible_with")


@dataclass(slots=True)
class Planned:
    """One role file to be written: where, from which draft, over what; what its texts may name."""

    id: str
    path: str
    draft: Draft
    data: dict[str, Any]
    existing: Existing | None = None
    known: Known | None = None

    @property
    def unit(self) -> str:
        """The department it is in, as the manual says, else as the book says."""
        return str(self.data.get("unit") or (self.existing.unit if self.existing else ""))


@dataclass(frozen=True, slots=True)
class Plan:
    """All positions of an import.

    `titles` are those of every position of the book by id; `absent` has the positions that came
    from the same document and are not in it any more.
    """

    roles: list[Planned]
    declared: dict[str, str]
    titles: dict[str, str]
    absent: tuple[Existing, ...] = ()

    @property
    def clashes(self) -> list[Planned]:
        """The positions that the book has already."""
        return [one for one in self.roles if one.existing is not None]


def make(
    manuals: Sequence[Manual], shelf: Shelf, titles: Mapping[str, str], *, annotated: bool
) -> Plan:
    """Name every draft, resolve what it refers to, and annotate it.

    `titles` gives ids by title.
    """
    drafts = [draft for manual in manuals for draft in manual.drafts]
    roles = _named(drafts, shelf, {fold(title): id_ for title, id_ in titles.items()})
    names = _names(roles, shelf)
    declared: dict[str, str] = {}
    taken = ids.Ids([*names.titles])
    for planned in roles:
        _resolve(planned, names, shelf, declared, taken)
    systems = shelf.settings.systems if shelf.settings else ()
    for planned in roles:
        if annotated:
            planned.known = names.known(planned.unit, systems)
            annotate(planned.data["duties"], planned.known, planned.id)
        _drop_blank(planned.data)
    return Plan(roles, declared, names.titles, tuple(_absent(drafts, roles, shelf)))


def _absent(drafts: Sequence[Draft], roles: Sequence[Planned], shelf: Shelf) -> list[Existing]:
    """Return the positions of the book that came from a document and are not in it any more."""
    documents = {_source(draft)[0] for draft in drafts} - {""}
    used = {one.id for one in roles}
    return [
        one for one in shelf.roles.values() if one.source[0] in documents and one.id not in used
    ]


def _source(draft: Draft) -> tuple[str, str]:
    source = draft.data.get("source", {})
    return source.get("document", ""), source.get("section", "")


def _matched(
    drafts: Sequence[Draft], shelf: Shelf, asked: Mapping[str, str]
) -> list[Existing | None]:
    """Return for each draft the role file that is there of it: by id, by name, by its source.

    The source tells where a title or a department was changed in the manual or by hand.
    """
    found: list[Existing | None] = []
    used: set[str] = set()
    for draft in drafts:
        id_ = asked.get(fold(draft.title), "")
        one = shelf.roles.get(id_) or shelf.named(draft.title, draft.data.get("unit", ""))
        found.append(one if one is not None and one.id not in used else None)
        used |= {one.id} if one is not None else set()
    times = Counter(map(_source, drafts))
    taken: dict[tuple[str, str], list[Existing]] = {}
    for one in shelf.roles.values():
        taken.setdefault(one.source, []).append(one)
    for index, draft in enumerate(drafts):
        source = _source(draft)
        there = taken.get(source, []) if all(source) and times[source] == 1 else []
        if found[index] is None and len(there) == 1 and there[0].id not in used:
            found[index] = there[0]
            used.add(there[0].id)
    return found


def _named(drafts: Sequence[Draft], shelf: Shelf, asked: Mapping[str, str]) -> list[Planned]:
    """Return drafts with their ids: those that are there, asked for, declared, or made."""
    declared = shelf.settings.positions if shelf.settings else {}
    by_title = {fold(title): id_ for id_, title in declared.items()}
    taken = ids.Ids([*shelf.roles, *declared])
    made: list[Planned] = []
    used: set[str] = set()
    matched = _matched(drafts, shelf, asked)
    meant = {one.id for one in matched if one is not None}
    for draft, there in zip(drafts, matched, strict=True):
        title = fold(draft.title)
        existing = there
        if existing is not None:
            name = existing.id
            _note_other_id(draft, asked.get(title, name), name)
        elif title in asked:
            name = asked[title]
        elif by_title.get(title, "") not in {"", *used}:
            name = by_title[title]
        else:
            wanted = ids.slug(draft.data.get("title_en", "")) or ids.slug(draft.title)
            broken = shelf.roles.get(wanted)
            if broken is not None and not broken.names:  # so that it does not say its title
                existing, name = broken, broken.id
            else:
                name = taken.free(wanted, "position")
        if name in used:
            raise DutybookError(
                tr("Two positions would have the id {id}.", id=name),
                tr("Give each title an id of its own in the file of --map."),
            )
        if existing is None:
            _note_namesakes(draft, shelf, meant)
        used.add(name)
        taken.take(name)
        path = existing.path if existing else f"{files.ROLES}/{name}.yaml"
        made.append(Planned(name, path, draft, {"id": name, **draft.data}, existing=existing))
    for planned in made:
        of_duties = ids.Ids()
        for duty in planned.data["duties"]:
            duty["id"] = of_duties.free(ids.slug(duty["title"]), "duty")
    return made


def _note_other_id(draft: Draft, asked: str, there: str) -> None:
    if asked != there:
        draft.notes.append(
            tr("The book has it as {id}; the id {other} is not given.", id=there, other=asked)
        )


def _note_namesakes(draft: Draft, shelf: Shelf, meant: Collection[str]) -> None:
    """Tell of positions of the book, but for those meant, that may be the one that is added."""
    others = [one.id for one in shelf.called(draft.title) if one.id not in meant]
    if others:
        draft.notes.append(
            tr(
                "It is added, though the book has this title in another department: {ids}. "
                "With --map it is that one.",
                ids=listed(others),
            )
        )


def _names(roles: Sequence[Planned], shelf: Shelf) -> Names:
    """Return every name a position may be called by."""
    names = Names()
    for id_, title in (shelf.settings.positions if shelf.settings else {}).items():
        names.add([title], id_, "")
    for one in shelf.roles.values():
        names.add(one.names, one.id, one.unit)
    for planned in roles:
        called = (planned.draft.title, *planned.data.get("aliases", ()))
        names.add(called, planned.id, planned.unit)
    return names


def _resolve(
    planned: Planned, names: Names, shelf: Shelf, declared: dict[str, str], taken: ids.Ids
) -> None:
    """Put ids in place of the names that the draft has where the format wants ids.

    What a name means that several positions have, nobody can tell: the book may say it.
    """
    for key in _REFERENCES:
        for text in planned.draft.names.get(key, ()):
            parts = [text] if key == "reports_to" else re.split(r"[、，,；;/\s]+", text.strip())
            found = [names.find(part, planned.unit) for part in parts if part]
            if key == "reports_to" and found == [[]] and shelf.is_new and words.is_title(text):
                name = taken.free(ids.slug(text), "position")
                declared[name] = text.strip()
                names.add([declared[name]], name, "")
                found = [[name]]
            meant = [one[0] for one in found if len(one) == 1]
            if meant and len(meant) == len(found) and planned.id not in meant:
                planned.data[key] = meant[0] if key == "reports_to" else list(dict.fromkeys(meant))
            elif not _is_told(planned, key, found):
                title = model.Role.model_fields[key].title or key
                planned.data.setdefault("sections", []).append({"title": title, "text": text})


def _is_told(planned: Planned, key: str, found: Sequence[Sequence[str]]) -> bool:
    """Tell whether the role that is there says which of several positions is meant."""
    role = planned.existing.role if planned.existing else None
    said = getattr(role, key) if role else None
    said = [said] if isinstance(said, str) else said or []
    return bool(said) and all(set(one) & set(said) for one in found)


def _drop_blank(data: dict[str, Any]) -> None:
    """Take entries out of lists that say nothing."""
    for key in ("authorities", "qualifications"):
        if key in data:
            data[key] = [one for one in data[key] if one.strip()]


def read_titles(raw: str, name: str) -> dict[str, str]:
    """Return the ids that a CSV file of titles and ids gives, by title.

    Raises:
        ImportFileError: a row is no title and id, or has one that an earlier row has.
    """
    found: dict[str, str] = {}
    first: dict[str, int] = {}
    try:
        rows = list(csv.reader(io.StringIO(raw, newline=""), strict=True))
    except csv.Error:
        raise ImportFileError(
            tr("{file}: a quote that does not open or close a field.", file=safe(name)),
            tr("One position a line: `客户经理,customer-manager`."),
        ) from None
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
        found[cells[0]] = id_
    return found
