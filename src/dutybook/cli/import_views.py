"""The report of an import, for people and programs: rows, JSON, Markdown."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dutybook.messages import listed, ntr, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dutybook.importers.base import Manual, Place
    from dutybook.importers.plan import Plan, Planned

_SHOWN = 120


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


def notes(planned: Planned) -> list[str]:
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
    said += [tr("Changed: {what}", what=what) for what in dict.fromkeys(planned.changed)]
    said += [tr("Only in the book, kept: {what}", what=what) for what in planned.kept]
    return said


def document(plan: Plan, manuals: Sequence[Manual]) -> dict[str, Any]:
    """Return the report as JSON has it."""
    return {
        "version": 1,
        "roles": [_role(planned) for planned in plan.roles],
        "declared": plan.declared,
        "dropped": [
            {"text": one.text, "reason": one.reason.value, "place": _place(one.place)}
            for manual in manuals
            for one in manual.dropped
        ],
        "not_understood": [
            {"text": one.text, "place": _place(one.place)}
            for manual in manuals
            for one in manual.unclear
        ],
    }


def _role(planned: Planned) -> dict[str, Any]:
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
        "notes": notes(planned),
        "place": _place(planned.draft.place),
        "role": planned.data,
    }


def _place(place: Place) -> dict[str, Any]:
    return asdict(place)


def plain(plan: Plan, manuals: Sequence[Manual]) -> Iterator[list[str]]:
    """Yield the records of plain output, the kind of each first."""
    for planned in plan.roles:
        duties, items = counts(planned)
        draft = planned.draft
        yield [
            "role", planned.id, draft.title, str(duties), str(items), ",".join(missing(planned)),
            draft.sure.value, draft.place.shown(), " ".join(notes(planned)),
        ]  # fmt: skip
    for manual in manuals:
        for one in manual.dropped:
            yield ["dropped", one.reason.value, one.text, one.place.shown()]
        for unclear in manual.unclear:
            yield ["not-understood", "", unclear.text, unclear.place.shown()]


def role_row(planned: Planned) -> list[str]:
    """Return the cells of a position in the table of the report."""
    duties, items = counts(planned)
    return [
        planned.draft.title, planned.id, str(duties), str(items), listed(missing(planned)),
        planned.draft.sure.words, planned.draft.place.shown(), "\n".join(notes(planned)),
    ]  # fmt: skip


def role_headings() -> list[str]:
    """Return the headings of the table of positions."""
    return [tr("Position"), tr("Id"), tr("Duties"), tr("Items"), tr("Missing"), tr("How sure"),
            tr("Place"), tr("Notes")]  # fmt: skip


def shortened(text: str) -> str:
    """Return a text for a table, cut where it is very long: other formats have all of it."""
    one_line = text.replace("\n", " ")
    return one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1] + "…"


def summary(plan: Plan, manuals: Sequence[Manual]) -> str:
    """Return the counts in a sentence."""
    dropped = sum(len(manual.dropped) for manual in manuals)
    unclear = sum(len(manual.unclear) for manual in manuals)
    return listed([
        ntr("{count} position", "{count} positions", len(plan.roles)),
        ntr("{count} piece dropped", "{count} pieces dropped", dropped),
        ntr("{count} piece not understood", "{count} pieces not understood", unclear),
    ])  # fmt: skip


def markdown(plan: Plan, manuals: Sequence[Manual]) -> str:
    """Return the report as a Markdown document."""
    lines = ["## " + summary(plan, manuals), ""]
    lines += _table(role_headings(), [role_row(planned) for planned in plan.roles])
    lines += ["", "### " + tr("Dropped"), ""]
    lines += _table(
        [tr("Why"), tr("Text"), tr("Place")],
        [
            [one.reason.words, one.text, one.place.shown()]
            for manual in manuals
            for one in manual.dropped
        ],
    )
    lines += ["", "### " + tr("Not understood"), ""]
    lines += _table(
        [tr("Text"), tr("Place")],
        [[one.text, one.place.shown()] for manual in manuals for one in manual.unclear],
    )
    return "\n".join(lines) + "\n"


def _table(headings: list[str], rows: list[list[str]]) -> list[str]:
    if not rows:
        return ["—"]
    return [
        "| " + " | ".join(headings) + " |",
        "|" + " --- |" * len(headings),
        *("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows),
    ]


def _cell(text: str) -> str:
    escaped = "".join("\\" + one if one in "\\`*_[]<>|#" else one for one in text)
    return escaped.replace("\n", "<br>")
