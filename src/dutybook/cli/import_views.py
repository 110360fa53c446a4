"""The report of an import, for people and programs: rows, JSON, Markdown."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dutybook.changes.base import counted
from dutybook.cli import diff_markdown, diff_views
from dutybook.importers import outcome
from dutybook.messages import listed, ntr, tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dutybook.changes.base import Change
    from dutybook.importers.base import Dropped, Manual, Place, Unclear
    from dutybook.importers.outcome import Outcome
    from dutybook.importers.plan import Plan, Planned


@dataclass(frozen=True)
class Report:
    """What is to be told of an import; `update` is what comes of it in a book that is there."""

    plan: Plan
    manuals: Sequence[Manual]
    update: Outcome | None = None

    @cached_property
    def dropped(self) -> list[Dropped]:
        """The pieces of all manuals that were left out."""
        return [one for manual in self.manuals for one in manual.dropped]

    @cached_property
    def unclear(self) -> list[Unclear]:
        """The pieces of all manuals that were not understood."""
        return [one for manual in self.manuals for one in manual.unclear]

    @cached_property
    def files(self) -> list[str]:
        """The names of the files that anything was found in."""
        places = [one.draft.place for one in self.plan.roles]
        places += [one.place for one in self.dropped]
        places += [one.place for one in self.unclear]
        return list(dict.fromkeys(one.file for one in places))

    def title_of(self, position: str) -> str:
        """Return what a position is called, its id where nobody says."""
        return self.plan.titles.get(position, position)

    @cached_property
    def changes(self) -> Sequence[Change]:
        """What changes in the book."""
        return outcome.changes(self.plan, self.update) if self.update else ()

    @cached_property
    def absent(self) -> list[tuple[str, str]]:
        """The positions, id and title, that came from the same document and are not in it now."""
        return [(one.id, one.names[0]) for one in self.plan.absent] if self.update else []

    def kept(self, planned: Planned) -> list[str]:
        """Return what only the book has of a position."""
        made = self.update.updates.get(planned.id) if self.update else None
        return [called(part) for part in made.kept] if made else []


def called(part: dict[str, Any]) -> str:
    """Return what a duty, an item or an entry of a list is called: its number and how it begins."""
    label = part.get("label")
    title = str(part.get("title") or part["text"]).split("\n")[0]
    title = title if len(title) <= _CALLED else title[: _CALLED - 1] + "…"
    return f"{label} {title}" if label else title


_CALLED = 24


def counts(planned: Planned) -> tuple[int, int]:
    """Return how many duties and items a position has."""
    duties = planned.data["duties"]
    return len(duties), sum(len(duty.get("items", ())) for duty in duties)


def missing(planned: Planned) -> list[str]:
    """Return the labels that the source skips among the duties."""
    return list(planned.data.get("source", {}).get("missing", []))


def deeper(planned: Planned) -> int:
    """Return how many lines of a third level and deeper stand in items."""
    return sum(
        item["text"].count("\n")
        for duty in planned.data["duties"]
        for item in duty.get("items", ())
    )


def notes(report: Report, planned: Planned) -> list[str]:
    """Return what else is to be said of a position."""
    said = list(planned.draft.notes)
    if planned.data.get("source", {}).get("truncated"):
        said.append(tr("The source breaks off."))
    if deeper(planned):
        said.append(
            ntr(
                "{count} line of a deeper level is in its item's text.",
                "{count} lines of deeper levels are in their items' texts.",
                deeper(planned),
            )
        )
    said += [tr("Only in the book, kept: {what}", what=what) for what in report.kept(planned)]
    return said


def within(place: Place) -> str:
    """Return where in its file a place is, in words."""
    return place.shown().removeprefix(safe(place.file)).removeprefix(tr(", "))


def _place(report: Report, place: Place) -> str:
    """Return a place in words, without the file where there is only one."""
    return within(place) if len(report.files) == 1 else place.shown()


def document(report: Report) -> dict[str, Any]:
    """Return the report as JSON has it."""
    return {
        "version": 1,
        "roles": [_role(report, planned) for planned in report.plan.roles],
        "declared": report.plan.declared,
        "absent": [position for position, _ in report.absent],
        "dropped": [
            {"text": one.text, "reason": one.reason.value, "place": asdict(one.place)}
            for one in report.dropped
        ],
        "not_understood": [
            {"text": one.text, "place": asdict(one.place)} for one in report.unclear
        ],
        "summary": counted(report.changes),
        "changes": [diff_views.change_json(change) for change in report.changes],
    }


def _role(report: Report, planned: Planned) -> dict[str, Any]:
    duties, items = counts(planned)
    return {
        "id": planned.id,
        "title": planned.draft.title,
        "path": planned.path,
        "new": planned.existing is None,
        "duties": duties,
        "items": items,
        "missing": missing(planned),
        "truncated": "truncated" in planned.data.get("source", {}),
        "sure": planned.draft.sure.value,
        "notes": notes(report, planned),
        "kept": report.kept(planned),
        "place": asdict(planned.draft.place),
        "role": planned.data,
    }


def plain(report: Report) -> Iterator[list[str]]:
    """Yield the records of plain output, the kind of each first."""
    for planned in report.plan.roles:
        duties, items = counts(planned)
        draft = planned.draft
        yield [
            "role", planned.id, draft.title, str(duties), str(items), ",".join(missing(planned)),
            draft.sure.value, draft.place.shown(), " ".join(notes(report, planned)),
        ]  # fmt: skip
    for one in report.dropped:
        yield ["dropped", one.reason.value, one.text, one.place.shown()]
    for unclear in report.unclear:
        yield ["not-understood", "", unclear.text, unclear.place.shown()]
    for absent_one in report.absent:
        yield ["absent", *absent_one]
    for change in report.changes:
        yield ["change", *diff_views.change_plain(change)]


def absent(report: Report) -> str:
    """Return in a sentence what the manual does not have any more, "" for nothing."""
    if not report.absent:
        return ""
    what = listed([f"{safe(title)} ({position})" for position, title in report.absent])
    return tr("Not in the manual any more, kept in the book: {what}", what=what)


def summary(report: Report) -> str:
    """Return the counts in a sentence."""
    return listed([
        ntr("{count} position", "{count} positions", len(report.plan.roles)),
        ntr("{count} piece dropped", "{count} pieces dropped", len(report.dropped)),
        ntr("{count} piece not understood", "{count} pieces not understood", len(report.unclear)),
    ])  # fmt: skip


def markdown(report: Report) -> str:
    """Return the report as a Markdown document."""
    headings = [tr("Position"), tr("Id"), tr("Duties"), tr("Items"), tr("Missing"), tr("How sure"),
                tr("Place"), tr("Notes")]  # fmt: skip
    lines = ["## " + summary(report), ""]
    lines += _table(headings, [_cells(report, planned) for planned in report.plan.roles])
    lines += ["", "### " + tr("Dropped"), ""]
    lines += _table(
        [tr("Why"), tr("What it says"), tr("Place")],
        [[one.reason.words, one.text, _place(report, one.place)] for one in report.dropped],
    )
    lines += ["", "### " + tr("Not understood"), ""]
    lines += _table(
        [tr("What it says"), tr("Place")],
        [[one.text, _place(report, one.place)] for one in report.unclear],
    )
    text = "\n".join(lines) + "\n"
    if report.update:
        text += f"\n## {tr('What changes')}\n\n"
        text += diff_markdown.of_changes(report.changes, report.title_of)
        text += f"\n{diff_markdown.escaped(absent(report))}\n" if report.absent else ""
    return text


def _cells(report: Report, planned: Planned) -> list[str]:
    duties, items = counts(planned)
    draft = planned.draft
    return [
        draft.title, planned.id, str(duties), str(items), listed(missing(planned)),
        draft.sure.words, _place(report, draft.place), "\n".join(notes(report, planned)),
    ]  # fmt: skip


def _table(headings: list[str], rows: list[list[str]]) -> list[str]:
    if not rows:
        return ["—"]
    return [
        "| " + " | ".join(headings) + " |",
        "|" + " --- |" * len(headings),
        *("| " + " | ".join(map(diff_markdown.escaped, row)) + " |" for row in rows),
    ]
