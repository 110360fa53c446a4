"""The tree of a list of duties to the duties of a role file: titles, texts, items. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dutybook import numbering
from dutybook.importers.titles import beginning, titled
from dutybook.messages import tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.base import Draft
    from dutybook.importers.tree import Node

_MOST_MISSING: Final = 20
_LONGEST_NAME: Final = 40  # of a duty in a table, where it has a column of its own


def of_node(node: Node) -> dict[str, Any] | None:
    """Return one duty with its items, None where it says nothing."""
    segment = node.segment
    duty: dict[str, Any] = {}
    if segment.label:
        duty["label"] = segment.label
    name = " ".join(segment.values.get("title", "").split())
    if not name:
        title, text = titled(node.own, bool(node.children))
    elif len(name) <= _LONGEST_NAME:
        title, text = name, "\n".join(node.own)
    else:
        title, text = beginning(name), "\n".join([name, *node.own])
    text = "\n".join(filter(None, (text, segment.values.get("notes"))))
    if segment.values.get("cadence"):
        duty["cadence_note"] = segment.values["cadence"]
    items = [_item(child) for child in node.children]
    if not title:
        if not items:
            return None
        title = beginning(items[0]["text"])
    duty["title"] = title
    if text:
        duty["text"] = text
    items = [item for item in items if item["text"]]
    if items:
        duty["items"] = items
    if not text and not items:
        duty["text"] = title
    return duty


def _item(node: Node) -> dict[str, Any]:
    """Return one item; what is nested deeper stays in its text, a line each."""
    item: dict[str, Any] = {}
    segment = node.segment
    if segment.label:
        item["label"] = segment.label
    values = segment.values
    lines = [text for text in (values.get("title"), *node.own, values.get("notes")) if text]
    if values.get("cadence"):
        item["cadence_note"] = values["cadence"]
    for child in node.children:
        lines += _deeper(child)
    item["text"] = "\n".join(lines) or segment.mark or segment.label
    return item


def _deeper(node: Node) -> list[str]:
    first = node.segment.printed
    lines = [first] if first else []
    lines += node.paragraphs
    for child in node.children:
        lines += _deeper(child)
    return lines


def tell_twice_apart(duties: list[dict[str, Any]], draft: Draft) -> None:
    """Move a label that was there before into the text: a number has to lead to one place."""
    for parts in (duties, *(duty.get("items", []) for duty in duties)):
        seen: set[object] = set()
        for part in parts:
            label = part.get("label")
            if label is None:
                continue
            counted = numbering.parse(label) or label  # 02 is 2
            if counted in seen:
                del part["label"]
                part["text"] = f"{label}、{part['text']}" if "text" in part else f"{label}、"
                draft.notes.append(
                    tr(
                        "The label {label} is there twice; the second is in the text.",
                        label=safe(label),
                    )
                )
            seen.add(counted)


def missing_labels(found: Sequence[str], before: Sequence[str], *, counts_on: bool) -> list[str]:
    """Return the labels that a list skips, in order.

    It begins with 1, unless it goes on from the labels of the position before, or `counts_on`.
    """
    last = {style: numbers[-1] for style, numbers in _by_style(before).items()}
    missing: list[str] = []
    for style, numbers in _by_style(found).items():
        present = set(numbers)
        goes_on = counts_on or numbers[0] == last.get(style, 0) + 1
        first, top = numbers[0] if goes_on else 1, max(numbers)
        if top - first + 1 - len(present) <= _MOST_MISSING:
            missing += [
                numbering.label(style, (number,))
                for number in range(first, top)
                if number not in present
            ]
    return missing


def _by_style(found: Sequence[str]) -> dict[str, list[int]]:
    by_style: dict[str, list[int]] = {}
    for one in numbering.series(tuple(label for label in found if label)):
        if one is not None and len(one[1]) == 1:
            by_style.setdefault(one[0], []).append(one[1][0])
    return by_style
