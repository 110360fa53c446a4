"""docs/rules is what tools/rules_docs.py writes, and has a page for every rule."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from dutybook import messages
from dutybook.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "rules"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Return tools/rules_docs.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("rules_docs", ROOT / "tools" / "rules_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_those_of_the_rules(tool: ModuleType) -> None:
    """Write them with `python tools/rules_docs.py`."""
    written = {path.name: path.read_bytes().decode() for path in PAGES.iterdir()}
    expected = tool.documents()
    assert set(written) == set(expected)
    for name, text in expected.items():
        assert written[name] == text, name


def test_there_is_a_page_for_every_rule_in_both_languages(tool: ModuleType) -> None:
    messages.use("zh")
    found = tool.documents()
    assert messages.language() == "zh"
    assert set(found) == {"README.md", *(f"{rule.kind.code}.md" for rule in RULES)}
    for rule in RULES:
        page = found[f"{rule.kind.code}.md"]
        assert page.startswith(f"# {rule.kind.code} {rule.kind.name}\n")
        chinese, english = page.split("\n## English\n")
        assert f"**{rule.what}** {rule.why}" in english
        assert f"**{messages.tr(rule.what)}** {messages.tr(rule.why)}" in chinese
        assert page.count("```") % 2 == 0
        assert not any(character in page for character in "\x00\x1b\u202e\u200b\ufeff")
        row = next(
            line for line in found["README.md"].splitlines() if f"]({rule.kind.code}.md)" in line
        )
        assert len(re.split(r"(?<!\\)\|", row)) == 7


def test_pages_of_rules_that_are_no_more_go(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "FOLDER", tmp_path / "rules")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "X999.md").write_text("", encoding="utf-8")
    tool.main()
    first = {path.name: path.read_bytes() for path in (tmp_path / "rules").iterdir()}
    assert set(first) == set(tool.documents())
    tool.main()
    assert {path.name: path.read_bytes() for path in (tmp_path / "rules").iterdir()} == first
