"""What the tests of the importers share: parsing a text, what came of it, what was lost."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

from dutybook.importers import parser, reading, txt
from dutybook.importers.base import Block, Manual


def parsed(text: str, name: str = "手册.txt") -> Manual:
    return parser.parse(txt.read(text.encode(), name, None), name.rpartition(".")[0])


def read(raw: bytes, name: str) -> Manual:
    blocks = list(reading.blocks(raw, name, None))
    manual = parser.parse(blocks, name.rpartition(".")[0])
    assert not lost(text_of(blocks), manual)
    return manual


Shape = Sequence[tuple[str, Sequence[tuple[str | None, Sequence[str | None]]]]]


def shape(manual: Manual) -> Shape:
    """Return the titles, the labels of duties, and those of their items."""
    return [
        (
            draft.title,
            [
                (duty.get("label"), [item.get("label") for item in duty.get("items", ())])
                for duty in draft.data["duties"]
            ],
        )
        for draft in manual.drafts
    ]


def said(value: Any) -> str:
    """Return every text in the data of a role."""
    if isinstance(value, dict):
        return "".join(map(said, value.values()))
    if isinstance(value, list):
        return "".join(map(said, value))
    return str(value)


MARKS = frozenset(
    "、.．:：()（）[]【】〔〕——-–—第章节条篇款项编职责。*#•·●○■★◆▶→－，,;；|《》+<>➢是其任务\ufe0f\u20e3"
)
"""What may set off a label or a title."""


def lost(source: str, manual: Manual) -> Counter[str]:
    """Return the characters of a source that are nowhere in what was made of it."""
    kept = "".join(said(draft.data) + said(draft.names) for draft in manual.drafts)
    kept += "".join(one.text for one in manual.dropped)
    kept += "".join(one.text for one in manual.unclear)
    left = Counter(_plain(source)) - Counter(_plain(kept))
    return Counter({one: count for one, count in left.items() if one not in MARKS})


def _plain(text: str) -> str:
    return "".join(one for one in text if not one.isspace() and unicodedata.category(one) != "Cf")


def text_of(blocks: list[Block]) -> str:
    return "".join(
        block.label + block.text + "".join(cell.text for cell in block.cells) for block in blocks
    )
