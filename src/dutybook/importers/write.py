"""Drafts to the text of role files: keys in the order of the format, long texts as blocks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dutybook import files, model, records, source
from dutybook.errors import DutybookError
from dutybook.messages import tr
from dutybook.text import cells, safe

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDE: Final = 96
# What no reader of YAML takes for anything but text; most values are such, and yaml is slow.
_PLAIN: Final = re.compile(
    "[\u4e00-\u9fff][\u4e00-\u9fff，。；、：（）！？“”0-9A-Za-z]*|[a-z]{2,}(?:-[a-z]{2,})+"
)
MODELINE: Final = "# yaml-language-server: $schema=../" + files.SCHEMA + "\n"
ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "": tuple(model.Role.model_fields),
    "duties": tuple(model.Duty.model_fields),
    "items": tuple(model.Item.model_fields),
    "source": tuple(model.Source.model_fields),
    "contacts": tuple(model.Contacts.model_fields),
    "sections": tuple(model.Section.model_fields),
}


def role_text(data: Mapping[str, Any], *, read_back: bool = True) -> str:
    """Return the text of a role file, read back unless the caller has no time for it.

    Raises:
        DutybookError: what would be written does not read back the same.
    """
    text = MODELINE + mapping(data, "", "")
    if read_back:
        check(text, data)
    elif not isinstance(model.check(_copied(data)), model.Role):
        raise _unwritable(data, "")
    return text


def check(text: str, data: Mapping[str, Any]) -> None:
    """Make sure that a text reads back as the data it was made from."""
    record = records.read_role(text.encode(), data["id"], data["id"])
    wanted = model.check(_copied(data))
    if not isinstance(wanted, model.Role) or record.role != wanted:
        problem = record.problems[0].message if record.problems else ""
        raise _unwritable(data, problem)


def _unwritable(data: Mapping[str, Any], reason: str) -> DutybookError:
    return DutybookError(
        tr("{title} cannot be written: {reason}", title=safe(str(data["title"])), reason=reason),
        tr("Nothing was written. Please report this with the file."),
    )


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_copied(one) for one in value]
    return value


def mapping(data: Mapping[str, Any], kind: str, indent: str) -> str:
    """Return the lines of a mapping: role, duty or item."""
    lines: list[str] = []
    for key in ORDERS[kind]:
        value = data.get(key)
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
    fits_block = (
        value == value.strip() and not any(line != line.rstrip() for line in value.split("\n"))
        and value[:1] not in {" ", "\t"} and value.isprintable() | ("\n" in value)
    )  # fmt: skip
    if is_long and fits_block and key in {"text", "purpose"}:
        inner = indent + "  "
        body = "\n".join(inner + line if line else "" for line in value.split("\n"))
        return f"|-\n{body}"
    if "\n" in value:
        return quoted(value)
    return value if _PLAIN.fullmatch(value) else _scalar(value)


@lru_cache(maxsize=4096)  # labels and words of annotations come again and again
def _scalar(value: str) -> str:
    return source.scalar(value)


def quoted(value: str) -> str:
    """Return a text in double quotes on one line."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
