"""Drafts to the text of role files: keys in the order of the format, long texts as blocks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dutybook import files, model, source
from dutybook.text import cells

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDE: Final = 96
# What no reader of YAML takes for anything but text; most values are such, and yaml is slow.
_PLAIN: Final = re.compile(
    "[\u4e00-\u9fff][\u4e00-\u9fff，。；、：（）！？“”0-9A-Za-z]*|[a-z]{2,}(?:-[a-z0-9]+)+"
)
MODELINE: Final = "# yaml-language-server: $schema=../" + files.SCHEMA + "\n"
ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "": tuple(model.Role.model_fields),
    "duties": tuple(model.Duty.model_fields),
    "items": tuple(model.Item.model_fields),
    "source": tuple(model.Source.model_fields),
    "authorities": tuple(model.Authority.model_fields),
    "contacts": tuple(model.Contacts.model_fields),
    "sections": tuple(model.Section.model_fields),
}
_RANKS: Final = {
    kind: {key: rank for rank, key in enumerate(keys)} for kind, keys in ORDERS.items()
}
BLOCKS: Final = frozenset(("text", "purpose"))
"""The keys whose values may be blocks of lines."""


def role_text(data: Mapping[str, Any]) -> str:
    """Return the text of a role file."""
    return MODELINE + mapping(data, "", "")


def as_read(value: Any) -> Any:
    """Return data as YAML reads them back: without what is empty, a bare item as its text."""
    if isinstance(value, dict):
        if set(value) == {"text"}:
            return value["text"]
        return {key: as_read(one) for key, one in value.items() if one not in (None, [])}
    return [as_read(one) for one in value] if isinstance(value, list) else value


def mapping(data: Mapping[str, Any], kind: str, indent: str) -> str:
    """Return the lines of a mapping: role, duty or item."""
    lines: list[str] = []
    for key in sorted(data, key=_RANKS[kind].__getitem__):
        value = data[key]
        if value is None or value == []:
            continue
        if isinstance(value, dict):
            lines.append(f"{indent}{key}:\n{mapping(value, key, indent + '  ')}")
        elif isinstance(value, list):
            lines.append(f"{indent}{key}:\n{sequence(value, key, indent + '  ')}")
        else:
            lines.append(f"{indent}{key}: {scalar(key, value, indent)}\n")
    return "".join(lines)


def sequence(values: list[Any], kind: str, indent: str) -> str:
    """Return the lines of a list; a blank line stands between duties."""
    entries: list[str] = []
    for value in values:
        is_bare = isinstance(value, dict) and set(value) == {"text"} and kind == "items"
        if isinstance(value, dict) and not is_bare:
            text = mapping(value, kind, indent + "  ")
            entries.append(f"{indent}- {text[len(indent) + 2 :]}")
        else:
            text = value["text"] if is_bare else value
            entries.append(f"{indent}- {scalar('text', text, indent)}\n")
    return ("\n" if kind == "duties" else "").join(entries)


def scalar(key: str, value: str, indent: str) -> str:
    """Return one value: plain or quoted on the line, a long or many-lined text as a block."""
    if key in model.NO_TEXT:
        return value
    is_long = "\n" in value or (len(value) * 2 > _WIDE and cells(value) > _WIDE)
    if is_long and key in BLOCKS and fits_block(value):
        return block(value, indent)
    if "\n" in value:
        return quoted(value)
    return value if _PLAIN.fullmatch(value) else _scalar(value)


def fits_block(value: str) -> bool:
    """Tell whether a text reads back the same from a block of lines."""
    return (
        value == value.strip()
        and not any(line != line.rstrip() for line in value.split("\n"))
        and (value.isprintable() or "\n" in value)
    )


def block(value: str, indent: str) -> str:
    """Return a text as a block of lines below its key."""
    inner = indent + "  "
    body = "\n".join(inner + line if line else "" for line in value.split("\n"))
    return f"|-\n{body}"


@lru_cache(maxsize=4096)  # labels and words of annotations come again and again
def _scalar(value: str) -> str:
    return source.scalar(value)


def quoted(value: str) -> str:
    """Return a text in double quotes on one line."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
