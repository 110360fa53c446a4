"""A role file with a manual merged into it: read, merged, spliced, and read back."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dutybook import facts, source
from dutybook.errors import WriteError
from dutybook.importers import edits, splice
from dutybook.importers.merge import merge
from dutybook.messages import tr
from dutybook.problems import Severity
from dutybook.text import safe

if TYPE_CHECKING:
    from dutybook.importers.merge_duties import Annotate
    from dutybook.importers.shelf import Existing


@dataclass(frozen=True, slots=True)
class Updated:
    """The text of a file as it will be, what it says before and after, what only it has."""

    text: str
    before: facts.Role
    after: facts.Role
    kept: tuple[dict[str, Any], ...]


def updated(existing: Existing, data: dict[str, Any], annotate: Annotate | None) -> Updated:
    """Return a role file with a draft merged into it.

    Raises:
        WriteError: the file does not validate, or is written so that it cannot be done safely.
    """
    document = source.read(existing.raw, existing.path)
    before, _ = facts.read(document.data, existing.id)
    if existing.role is None or before is None:
        raise WriteError(
            tr("{path} has errors; nothing can be merged into it.", path=safe(existing.path)),
            tr("`dutybook validate` shows them; nothing was written."),
        )
    made = merge(document.data, data, annotate)
    if not made.edits:
        return Updated(existing.raw.decode(), before, before, made.kept)
    try:
        text = splice.spliced(document, made.edits)
    except ValueError:
        raise _unsafe(existing.path) from None
    result = source.read(text.encode(), existing.path)
    after, _ = facts.read(result.data, existing.id)
    if (
        after is None
        or any(one.kind.severity is Severity.ERROR for one in result.problems)
        or _trimmed(result.data) != _trimmed(edits.changed(document.data, made.edits))
        or splice.comments(document) - splice.comments(result)
    ):
        raise _unsafe(existing.path)
    mark = "\ufeff" if existing.raw.startswith(codecs.BOM_UTF8) else ""
    return Updated(mark + text, before, after, made.kept)


def _trimmed(data: Any) -> Any:
    """Return data with no line breaks at the ends of texts.

    A block at the end of a file that ends without a line break gets one when something comes
    after it; nothing that reads a role knows the difference.
    """
    if isinstance(data, dict):
        return {key: _trimmed(one) for key, one in data.items()}
    if isinstance(data, list):
        return [_trimmed(one) for one in data]
    return data.rstrip("\n") if isinstance(data, str) else data


def _unsafe(path: str) -> WriteError:
    return WriteError(
        tr("{path} is written in a way that cannot be merged into safely.", path=safe(path)),
        tr("Write its duties as blocks, one key a line; nothing was written."),
    )
