"""The registry has every kind of problem that the code can report, once, and each is explained."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dutybook
from dutybook import characters, files, messages, records, source
from dutybook.problems import Kind, Severity
from dutybook.rules import RULES
from dutybook.rules.base import Rule

PACKAGE = Path(dutybook.__file__).parent


def test_every_kind_of_the_readers_is_a_rule() -> None:
    registered = [rule.kind for rule in RULES]
    for module, least in ((files, 5), (source, 12), (characters, 5), (records, 10)):
        kinds = [one for one in vars(module).values() if isinstance(one, Kind)]
        assert len(kinds) >= least
        for kind in kinds:
            assert registered.count(kind) == 1, kind


def test_no_other_module_makes_kinds() -> None:
    """A kind that is written down is a constant of a reader, or a rule's."""
    readers = {"files.py", "source.py", "characters.py", "records.py"}
    registered = {rule.kind.code for rule in RULES}
    seen: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Kind"):
                continue
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant):
                assert path.name in readers or path.parent.name == "rules", path
                assert first.value not in seen, (path, seen.get(first.value))
                seen[first.value] = path.name
    assert set(seen) == registered
    assert len(seen) > 60


def test_every_rule_stands_in_a_module_of_its_own() -> None:
    shared = {"__init__", "base", "facts", "pages", "of_files", "of_shape", "of_yaml", "silencers"}
    modules = {path.stem for path in (PACKAGE / "rules").glob("*.py")} - shared
    own = {rule.kind.name.replace("-", "_") for rule in RULES if rule.kind.code[0] in "BNWT"}
    assert modules == own - {"silencer_without_reason", "unused_silencer"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind.code)
def test_severity_fits_the_harm(rule: Rule) -> None:
    letter = rule.kind.code[0]
    if letter == "W":
        assert rule.kind.severity is Severity.INFO
    if rule.on_day:
        assert rule.kind.severity < Severity.ERROR
    assert rule.kind.severity is not Severity.ERROR or letter in "FYSBN"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind.code)
def test_every_rule_has_words_in_both_languages(rule: Rule) -> None:
    assert rule.what.endswith(".")
    assert rule.why.endswith(".")
    messages.use("zh")
    for words in (rule.what, rule.why):
        assert messages.tr(words) != words
        assert messages.tr(words).endswith("。")


def test_a_rule_looks_in_one_way() -> None:
    """One file, the whole book or the day; those of the readers look by themselves."""
    ways = [[rule.check, rule.finish, rule.on_day] for rule in RULES]
    assert all(sum(way is not None for way in each) <= 1 for each in ways)
    silent = {rule.kind.code for rule, each in zip(RULES, ways, strict=True) if not any(each)}
    assert {code for code in silent if code[0] not in "FYS"} == {"B012", "B013"}
