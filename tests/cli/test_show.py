"""`dutybook show`: positions in every format, narrowed to duties, and files with errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dutybook.model import Authority, Contacts, Duty, Item, Role, Rotation, Source
from tests.conftest import BRANCH, LOBBY_MANAGER, Book, Golden, Run

DUTIES = "duties:\n  - {id: one, title: 事, text: 做事。}\n"


def duties(run: Run, *arguments: str, book: Path = BRANCH) -> list[str]:
    """Return position and duty of each line in plain, each once."""
    result = run("show", *arguments, "--format", "plain", book=book)
    assert result.code == 0, result.err
    return list(dict.fromkeys(" ".join(line.split("\t")[:2]) for line in result.out.splitlines()))


# Formats


@pytest.mark.parametrize("columns", [80, 140])
def test_the_table_of_a_position_in_which_every_field_is_used(
    run: Run, golden: Golden, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    result = run("show", "运营经理", "--lang", "zh", "--format", "table", book=BRANCH)
    assert (result.code, result.err) == (0, "")
    golden(f"show-{columns}.txt", result.out)


def test_the_table_of_a_position_that_says_little(run: Run) -> None:
    out = run("show", "hall-guide", "--lang", "zh", "--format", "table", book=BRANCH).out
    assert out.splitlines() == [
        "厅堂引导员  hall-guide", "所属部门  营业部", "直接上级  运营经理", "状态      有效", "",
        "职责", "────────────────────────────────────", "引导",
        "问清来意，带客户到合适的窗口或机具。", "标签：服务", "",
    ]  # fmt: skip


def test_the_document(run: Run, golden: Golden) -> None:
    result = run("show", "运营经理", "typist", "--lang", "zh", "--format", "markdown", book=BRANCH)
    assert (result.code, result.err) == (0, "")
    golden("show.md", result.out)


def test_plain_is_a_line_a_duty_and_a_line_an_item(run: Run) -> None:
    lines = run("show", "运营经理", book=BRANCH).out.splitlines()
    assert [line.split("\t") for line in lines] == [
        ["operations-manager", "opening", "1", "", "responsible", "daily",
         "开门前查看设备、现金和人员是否到位，缺一样就不开窗口。", "开门准备", "营业前", "", "", "服务"],
        ["operations-manager", "vault-count", "2", "", "", "", "查库", "查库", "", "", "", ""],
        ["operations-manager", "vault-count", "2", "a", "accountable", "monthly",
         "与金库管理员一起清点库存现金，结果当场登记。", "查库", "每月至少一次", "vault-keeper",
         "核心系统", "现金"],
        ["operations-manager", "vault-count", "2", "b", "review", "",
         "复核押运公司交接单上的金额和封签。", "查库", "", "armed-escort", "", "现金"],
        ["operations-manager", "vault-count", "2", "", "", "",
         "发现差错时上报支行行长，不自行补平。", "查库", "", "", "", ""],
        ["operations-manager", "large-payment", "3", "", "approve", "event",
         "在权限以内授权大额支付；超过权限的，报支行行长审批。", "大额支付授权", "", "",
         "核心系统,影像系统", "现金,凭证"],
    ]  # fmt: skip


def test_json_has_every_key_of_the_format(run: Run) -> None:
    first = run("show", "运营经理", "teller", "--format", "json", book=BRANCH)
    assert first == run(
        "show", "运营经理", "teller", "--format", "json", "--lang", "zh", book=BRANCH
    )
    data = json.loads(first.out)
    assert list(data) == ["roles", "version"]
    assert data["version"] == 1
    full, teller = data["roles"]
    assert set(full) == set(teller) == set(Role.model_fields)
    for role in (full, teller):
        assert list(role) == sorted(role)
        assert all(set(duty) == set(Duty.model_fields) for duty in role["duties"])
    items = full["duties"][1]["items"]
    assert [set(item) for item in items] == [set(Item.model_fields)] * 3
    assert items[2] == {
        "label": None, "text": "发现差错时上报支行行长，不自行补平。", "involvement": None,
        "cadence": None, "cadence_note": None, "counterparts": [], "systems": [], "tags": [],
    }  # fmt: skip
    assert set(full["source"]) == set(Source.model_fields)
    assert set(full["contacts"]) == set(Contacts.model_fields)
    assert full["rotation"] == {"exit_audit": True, "mandatory_leave": True, "max_years": 3}
    assert set(full["rotation"]) == set(Rotation.model_fields)
    assert [set(one) for one in full["authorities"]] == [set(Authority.model_fields)] * 2
    assert full["authorities"][1] == {"limit": None, "text": "临时调整窗口数量"}
    assert (full["effective"], full["key_position"], full["version"]) == ("2026-01-01", True, "2.1")
    assert full["sections"] == [
        {"title": "考核指标", "text": "差错率不高于万分之一\n客户等候不超过十五分钟"}
    ]
    absent = {key: value for key, value in teller.items() if value in (None, [])}
    assert set(absent) == {
        "approved_by", "authorities", "basis", "contacts", "effective", "incompatible_with",
        "key_position", "purpose", "qualifications", "review_by", "rotation", "sections", "source",
        "version",
    }  # fmt: skip
    assert teller["status"] == "in-force"


def test_positions_come_in_the_order_asked_for_and_once(run: Run) -> None:
    assert duties(run, "teller", "柜员", "hall-guide", "zhgy") == [
        "teller cash", "teller close", "hall-guide guide"
    ]  # fmt: skip


# Narrowed


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["teller", "--duty", "2"], ["teller close"]),
        (["teller", "--duty", "close"], ["teller close"]),
        (["运营经理", "teller", "--duty", "1"], ["operations-manager opening", "teller cash"]),
        (["运营经理", "teller", "--duty", "cash"], ["teller cash"]),
        (["运营经理", "--tag", "服务"], ["operations-manager opening"]),
        (["运营经理", "--tag", "現金"], ["operations-manager vault-count",
                                         "operations-manager large-payment"]),
        (["运营经理", "--tag", "现金", "--duty", "3"], ["operations-manager large-payment"]),
    ],
)  # fmt: skip
def test_narrowed_to_duties(run: Run, arguments: list[str], shown: list[str]) -> None:
    assert duties(run, *arguments) == shown


def test_a_duty_is_asked_for_by_its_printed_number_whatever_that_is(run: Run, book: Book) -> None:
    text = (
        "id: x\ntitle: 员\nduties:\n  - {id: a, label: ④, title: 事, text: 做。}\n"
        '  - {id: b, label: "1.2.3", title: 事, text: 做。}\n  - {id: c, title: 事, text: 做。}\n'
    )
    root = book({"roles/x.yaml": text})
    assert duties(run, "x", "--duty", "④", book=root) == ["x a"]
    assert duties(run, "x", "--duty", "1.2.3", book=root) == ["x b"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["teller", "--duty", "9"], "综合柜员: no duty 9.\n  Numbers there: 1, 2."),
        (["teller", "--duty", "clsoe"], "综合柜员: no duty clsoe.\n  Did you mean close?"),
        (["teller", "运营经理", "--duty", "\x1b"], "综合柜员, 运营经理: no duty \\x1b."),
        (["teller", "--tag", "服务"], "综合柜员: no duty fits."),
        (["teller", "--tag", "现金", "--duty", "9"], "综合柜员: no duty fits."),
        (["nobody-at-all"], "No position is called nobody-at-all."),
        (["teller", "nobody-at-all"], "No position is called nobody-at-all."),
        (["支行行长"], "支行行长 is declared in dutybook.yaml and has no role file."),
        (["c"], "c may mean several positions"),
    ],
)
def test_what_is_not_there_is_said(run: Run, arguments: list[str], message: str) -> None:
    result = run("show", *arguments, book=BRANCH)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"Error: {message}")


# Files with errors

BAD = "id: other\ntitle: 柜员\nsalary: 1\n" + DUTIES


@pytest.mark.parametrize("format_", ["table", "plain", "json", "markdown"])
def test_a_file_with_errors_shows_its_problems_and_the_others_are_shown(
    run: Run, book: Book, format_: str
) -> None:
    root = book({"roles/teller.yaml": BAD, "roles/lobby-manager.yaml": LOBBY_MANAGER})
    alone = run("show", "柜员", "--format", format_, book=root)
    assert (alone.code, alone.out) == (2, "")
    assert alone.err.splitlines() == [
        "roles/teller.yaml:1:5: error S005 The id other is not the file's name, teller.",
        "    id: other",
        "        ^^^^^",
        "    Rename the file, or correct the id.",
        "roles/teller.yaml:3:1: error S001 There is no key salary here.",
        "    salary: 1",
        "    ^^^^^^",
        *alone.err.splitlines()[7:],
    ]
    both = run("show", "teller", "大堂经理", "--format", format_, book=root)
    assert both.code == 2
    assert both.err == alone.err
    assert "引导客户办理业务。" in both.out
    assert "salary" not in both.out


def test_paths_of_problems_are_relative_to_the_current_folder(run: Run, book: Book) -> None:
    root = book({"roles/deep/teller.yaml": BAD})
    for here, path in ((root, "roles/deep/"), (root / "roles", "deep/"), (root.parent, "book/roles/deep/"),
                       (root / "roles/deep", "")):  # fmt: skip
        result = run("show", "teller", "--book", str(root), book=here)
        assert result.err.startswith(f"{path}teller.yaml:1:5: error")


def test_warnings_keep_no_role_from_being_shown(run: Run, book: Book) -> None:
    root = book({"roles/teller.yml": "id: teller\ntitle: 柜员\nunit: no\n" + DUTIES})
    result = run("show", "teller", book=root)
    assert (result.code, result.err) == (0, "")


def test_two_files_of_one_id_are_said_and_neither_is_shown(run: Run, book: Book) -> None:
    text = "id: teller\ntitle: 柜员\n" + DUTIES
    root = book({"roles/a/teller.yaml": text, "roles/b/teller.yaml": text.replace("柜员", "出纳")})
    result = run("show", "teller", book=root)
    assert (result.code, result.out) == (2, "")
    assert "roles/a/teller.yaml" in result.err
    assert "roles/b/teller.yaml" in result.err
    assert duties(run, "出纳", book=root) == ["teller one"]


# Data is text

MARKUP = "[red]柜员[/] :boom: {x} <b> **b** `c` | \\n"


@pytest.mark.parametrize("color", ["never", "always"])
@pytest.mark.parametrize("format_", ["table", "plain", "json"])
def test_markup_is_shown_as_text(
    run: Run, book: Book, monkeypatch: pytest.MonkeyPatch, format_: str, color: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    quoted = json.dumps(MARKUP, ensure_ascii=False)
    text = (
        f"id: teller\ntitle: {quoted}\naliases: [{quoted}]\nunit: {quoted}\nduties:\n"
        f"  - {{id: one, title: {quoted}, text: {quoted}, basis: [{quoted}]}}\n"
        f"sections:\n  - {{title: {quoted}, text: {quoted}}}\n"
    )
    root = book({"roles/teller.yaml": text})
    result = run("show", "teller", "--format", format_, "--color", color, book=root)
    assert result.code == 0, result.err
    expected = {"table": 8, "plain": 2, "json": 8}
    shown = MARKUP.replace("\\", "\\\\") if format_ in {"plain", "json"} else MARKUP
    assert result.out.count(shown) == expected[format_]
    if format_ == "json":
        assert json.loads(result.out)["roles"][0]["title"] == MARKUP


def test_escape_sequences_reach_no_terminal(run: Run, book: Book) -> None:
    text = 'id: teller\ntitle: "\\e]0;owned\\a"\nunit: "\\u202e"\n\x1b[31m: 1\n' + DUTIES
    root = book({"roles/teller.yaml": text})
    result = run("show", "teller", "--color", "always", book=root)
    assert result.code == 2
    assert not {"\x1b", "\x07", "\u202e"}.intersection(result.out + result.err)
    assert "\\x1b" in result.err
