"""The page of a rule, for the terminal and for the docs: what, why, bad, good."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dutybook.messages import tr
from dutybook.text import safe, visible

if TYPE_CHECKING:
    from dutybook.rules.base import Example, Rule

_LONGEST = 12  # lines of an example file
_UNSEEN = re.compile("[\u200b\ue000-\uf8ff]")  # which an example is about


def text(rule: Rule) -> str:
    """Return the page as plain text in the reader's language."""
    parts = [
        f"{rule.kind.code} {rule.kind.name} ({_severity(rule)})",
        tr(rule.what),
        tr(rule.why),
        *_examples(rule),
    ]
    return "\n\n".join(parts) + "\n"


def markdown(rule: Rule) -> str:
    """Return the page as Markdown in the reader's language, without its heading."""
    parts = [f"**{tr(rule.what)}** {tr(rule.why)}", *_examples(rule, fenced=True)]
    return "\n\n".join(parts) + "\n"


def _severity(rule: Rule) -> str:
    return tr("off") if rule.off else rule.kind.severity.label


def _examples(rule: Rule, *, fenced: bool = False) -> list[str]:
    if not rule.bad.files:
        return []
    return [
        tr("Bad:"),
        *_files(rule.bad, fenced=fenced),
        tr("Good:"),
        *_files(rule.good, fenced=fenced),
    ]


def _files(example: Example, *, fenced: bool) -> list[str]:
    return [_file(path, content, fenced=fenced) for path, content in sorted(example.files.items())]


def _file(path: str, content: str | bytes, *, fenced: bool) -> str:
    shown = content if isinstance(content, str) else content.decode("utf-8", "replace")
    shown = _UNSEEN.sub(lambda match: visible(match.group()), safe(shown.removesuffix("\n")))
    lines = [line[:100].rstrip() for line in shown.split("\n")]
    if len(lines) > _LONGEST:
        lines[_LONGEST:] = ["…"]
    if fenced:
        return "\n".join([f"`{path}`", "", "```yaml", *lines, "```"])
    return "\n".join([path, *(f"    {line}".rstrip() for line in lines)])
