"""`dutybook rule`: the list, and each rule explained, in both languages and without a book."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dutybook.messages import LANGUAGES, Language
from dutybook.rules import RULES
from dutybook.rules.base import Rule
from tests.conftest import Run


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No book is needed."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list(run: Run, language: Language) -> None:
    plain = run("rule", "--lang", language)
    assert (plain.code, plain.err) == (0, "")
    rows = [line.split("\t") for line in plain.out.splitlines()]
    assert [row[:2] for row in rows] == [[rule.kind.code, rule.kind.name] for rule in RULES]
    assert {row[2] for row in rows} == {"error", "warning", "info", "off"}
    assert [row[2] == "off" for row in rows] == [rule.off for rule in RULES]
    assert all(row[3].endswith("。" if language == "zh" else ".") for row in rows)
    shown = json.loads(run("rule", "--lang", language, "--format", "json").out)
    assert set(shown) == {"version", "rules"}
    keys = ("code", "name", "severity", "what")
    assert [[one[key] for key in keys] for one in shown["rules"]] == rows
    assert all(set(one) == {*keys, "why"} and one["why"] for one in shown["rules"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_holds_every_word(
    run: Run, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = run("rule", "--lang", language, "--format", "table")
    assert result.code == 0
    for rule in RULES:
        assert rule.kind.code in result.out
        assert rule.kind.name in result.out
    assert "…" not in result.out.replace("PDF …", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind.code)
def test_every_rule_is_explained(run: Run, rule: Rule, language: Language) -> None:
    page = run("rule", rule.kind.code, "--lang", language)
    assert (page.code, page.err) == (0, "")
    for name in (rule.kind.name, rule.kind.code.lower()):
        assert run("rule", name, "--lang", language) == page
    head, what, why, *examples = page.out.rstrip("\n").split("\n\n")
    level = "off" if rule.off else rule.kind.severity.label
    word = {"error": "错误 ", "warning": "警告 ", "info": "提示 ", "off": "关闭 "}[level]
    shown = f"{word if language == 'zh' else ''}{level}"
    assert head == f"{rule.kind.code} {rule.kind.name} ({shown})"
    assert what
    assert why
    assert (rule.what in what) == (language == "en")
    assert (rule.why in why) == (language == "en")
    assert bool(examples) == bool(rule.bad.files)
    for path in rule.bad.files:
        assert path in page.out
    assert not any(character in page.out for character in "\x1b\u202e\x00")
    assert all(len(line) <= 104 for line in "\n\n".join(examples).splitlines())


def test_one_page_whole(run: Run) -> None:
    assert run("rule", "label-gap").out == (
        "N002 label-gap (warning)\n"
        "\n"
        "A printed number is left out, and `source.missing` does not own up to it.\n"
        "\n"
        "A gap is a duty that got lost on the way, or a slip of the source that a reader must know of.\n"
        "\n"
        "Bad:\n"
        "\n"
        "roles/teller.yaml\n"
        "    id: teller\n"
        "    title: 柜员\n"
        "    duties:\n"
        '      - {id: cash, label: "1", title: 现金, text: 办理现金业务。}\n'
        '      - {id: vouchers, label: "3", title: 凭证, text: 保管空白凭证。}\n'
        "\n"
        "Good:\n"
        "\n"
        "roles/teller.yaml\n"
        "    id: teller\n"
        "    title: 柜员\n"
        "    duties:\n"
        '      - {id: cash, label: "1", title: 现金, text: 办理现金业务。}\n'
        '      - {id: vouchers, label: "3", title: 凭证, text: 保管空白凭证。}\n'
        '    source: {missing: ["2"]}\n'
    )


def test_a_long_example_is_cut(run: Run) -> None:
    (rule,) = (rule for rule in RULES if rule.kind.code == "Y021")
    assert len(str(next(iter(rule.bad.files.values()))).splitlines()) > 1000
    out = run("rule", "Y021").out
    assert out.count("    …\n") == 1
    assert len(out.splitlines()) < 40


def test_one_rule_as_json(run: Run) -> None:
    (one,) = json.loads(run("rule", "W001", "--format", "json").out)["rules"]
    assert one["code"] == "W001"
    every = json.loads(run("rule", "--format", "json").out)["rules"]
    assert one in every


@pytest.mark.parametrize(
    ("slip", "hint"),
    [
        ("W01", "W001"),
        ("w0001", "W001"),
        ("catchall", "catch-all"),
        ("unknow-key", "unknown-key"),
        ("label gap", "label-gap"),
        ("W", "dutybook rule"),
        ("完全不同的东西", "dutybook rule"),
        ("", "dutybook rule"),
        ("\x1b[31m", "dutybook rule"),
    ],
)
def test_a_slip_names_the_nearest(run: Run, slip: str, hint: str) -> None:
    result = run("rule", slip)
    assert (result.code, result.out) == (2, "")
    message, second = result.err.splitlines()
    assert message.startswith("Error: There is no rule ")
    assert hint in second
    assert "\x1b" not in result.err


@pytest.mark.parametrize("arguments", ["W001 W002", "--format xml", "--code W001"])
def test_usage_errors(run: Run, arguments: str) -> None:
    result = run("rule", *arguments.split())
    assert (result.code, result.out) == (2, "")
