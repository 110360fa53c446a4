"""Write the pages of the rules: docs/rules/README.md, and a page for each, Chinese first.

`python tools/rules_docs.py` writes them anew from what the rules say of themselves, and deletes the
pages of rules that are no more. The same rules make the same pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dutybook import messages
from dutybook.messages import tr
from dutybook.rules import RULES, pages
from dutybook.rules.base import Rule

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "rules"
_HEAD: Final = """\
# 校验规则 The rules of validation

`dutybook rule` 在终端列出全部规则，`dutybook rule W001` 解释其中一条；怎样取舍见[命令行](../command-line.md#dutybook-validate)。

`dutybook rule` lists them in the terminal, and `dutybook rule W001` explains one; how to choose among them: [the command line](../command-line.md#dutybook-validate).

| 代码 Code | 名称 Name | 级别 Severity | 内容 | What it finds |
| --- | --- | --- | --- | --- |
"""


def documents() -> dict[str, str]:
    """Return the text of every page by its file's name."""
    before = messages.language()
    try:
        found = {f"{rule.kind.code}.md": _page(rule) for rule in RULES}
        found["README.md"] = _HEAD + "".join(map(_row, RULES))
    finally:
        messages.use(before)
    return found


def _page(rule: Rule) -> str:
    parts = [f"# {rule.kind.code} {rule.kind.name}", _severity(rule)]
    for language in messages.LANGUAGES:
        messages.use(language)
        parts += [
            "## " + {"zh": "中文", "en": "English"}[language],
            pages.markdown(rule).rstrip("\n"),
        ]
    parts.append("[全部规则 All rules](README.md)")
    return "\n\n".join(parts) + "\n"


def _row(rule: Rule) -> str:
    said = []
    for language in messages.LANGUAGES:
        messages.use(language)
        said.append(tr(rule.what).replace("|", "\\|"))
    code = rule.kind.code
    cells = (f"[{code}]({code}.md)", f"`{rule.kind.name}`", _severity(rule), *said)
    return f"| {' | '.join(cells)} |\n"


def _severity(rule: Rule) -> str:
    """Return how grave a rule is, in Chinese and as `dutybook.yaml` names it."""
    messages.use("zh")
    level = pages.level(rule)
    return f"{tr(pages.SEVERITIES[level])} `{level}`"


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = documents()
    for path in FOLDER.glob("*.md"):
        if path.name not in found:
            path.unlink()
    for name, text in found.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
