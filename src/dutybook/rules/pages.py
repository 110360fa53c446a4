"""The page of a rule, for the terminal and for the docs: what, why, bad, good."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dutybook.messages import mark, tr
from dutybook.text import safe, visible

if TYPE_CHECKING:
    from dutybook.rules.base import Example, Rule

SEVERITIES = {
    "error": mark("error"),
    "warning": mark("warning"),
    "info": mark("info"),
    "off": mark("off"),
}

_LONGEST = 12  # lines of an example file
_UNSEEN = re.compile("[\u200b\ue000-\uf8ff]")  # which an example is about


def text(rule: Rule) -> str:
    """Return the page as plain text in the reader's language."""
    parts = [
        f"{rule.kind.code} {rule.kind.name} ({severity(rule)})",
        tr(rule.what),
        tr(rule.why),
        *_examples(rule),
    ]
    return "\n\n".join(parts) + "\n"


def markdown(rule: Rule) -> str:
    """Return the page as Markdown in the reader's language, without its heading."""
    parts = [f"**{tr(rule.what)}** {tr(rule.why)}", *_examples(rule, fenced=True)]
    return "\n\n".join(parts) + "\n"


def severity(rule: Rule) -> str:
    """Return the severity in the reader's language, and as options and files write it."""
    label = level(rule)
    word = tr(SEVERITIES[label])
    return word if word == label else f"{word} {label}"


def level(rule: Rule) -> str:
    """Return the severity as options and files write it: `error`, `warning`, `info` or `off`."""
    return "off" if rule.off else rule.kind.severity.label


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
