"""`dutybook import` from end to end: what is written, what is reported, what is refused."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.conftest import Book, Run

MANUAL = """\
营业网点岗位职责手册
一、客户经理岗位职责：
1、客户维护——负责维护管户客户，每周至少一次走访，通过PCRM系统登记。
2、新客户拓展：
①协助大堂经理发现潜在客户；②登记线索。
4、完成领导交办的其他工作。
二、大堂经理岗位职责：
1、负责引导客户。
2、每日巡视营业大堂，
第 1 页
"""


def write(tmp_path: Path, text: str, name: str = "手册.txt") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def report(run: Run, *arguments: str) -> dict[str, object]:
    result = run("import", *arguments, "--format", "json")
    assert result.code == 0, result.err
    found: dict[str, object] = json.loads(result.out)
    return found


def test_a_manual_becomes_a_book(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "新书"
    result = run("import", write(tmp_path, MANUAL), "--into", str(root))
    assert result.code == 0, result.err
    assert sorted(path.name for path in (root / "roles").iterdir()) == [
        "datang-jingli.yaml", "kehu-jingli.yaml"
    ]  # fmt: skip
    assert (
        (root / "roles" / "kehu-jingli.yaml").read_text(encoding="utf-8")
        == """\
# yaml-language-server: $schema=../role.schema.json
id: kehu-jingli
title: 客户经理
duties:
  - id: kehu-weihu
    label: "1"
    title: 客户维护
    text: 负责维护管户客户，每周至少一次走访，通过PCRM系统登记。
    involvement: responsible
    cadence: weekly
    cadence_note: 每周至少一次

  - id: xinke-hutuozhan
    label: "2"
    title: 新客户拓展
    items:
      - label: ①
        text: 协助大堂经理发现潜在客户；
        involvement: support
        counterparts:
          - datang-jingli
      - label: ②
        text: 登记线索。

  - id: wancheng-lingdao-jiaoban-deqi-tagongzuo
    label: "4"
    title: 完成领导交办的其他工作
    text: 完成领导交办的其他工作。
source:
  document: 手册
  section: 一、客户经理岗位职责
  missing:
    - "3"
"""
    )
    assert run("validate", "--book", str(root)).code == 0


def test_the_report_comes_first_and_a_dry_run_ends_there(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "book"
    found = report(run, write(tmp_path, MANUAL), "--into", str(root), "--dry-run")
    assert not root.exists()
    roles = found["roles"]
    assert isinstance(roles, list)
    keys = ("title", "duties", "items", "missing", "truncated")
    assert [tuple(one[key] for key in keys) for one in roles] == [
        ("客户经理", 3, 2, ["3"], False),
        ("大堂经理", 2, 0, [], True),
    ]  # fmt: skip
    assert [one["reason"] for one in found["dropped"]] == ["page-number", "title"]  # type: ignore[attr-defined]
    for form in ("table", "plain", "markdown"):
        result = run(
            "import", write(tmp_path, MANUAL), "--into", str(root), "--dry-run", "--format", form
        )
        assert result.code == 0
        assert "客户经理" in result.out


def test_what_is_there_is_merged_only_when_asked(run: Run, book: Book, tmp_path: Path) -> None:
    root = book()
    path = root / "roles" / "customer-manager.yaml"
    before = path.read_bytes()
    manual = write(
        tmp_path,
        "一、客户经理岗位职责\n1、客户关系管理：维护与客户的长期关系。\n3、负责拓展客户。\n",
    )
    result = run("import", manual, "--into", str(root))
    assert result.code == 2
    assert "--update" in result.err
    assert path.read_bytes() == before
    path.write_text(
        "# 手写的说明\n" + before.decode().replace("    text: 维护", "    # 记得\n    text: 维护")
    )
    result = run("import", manual, "--into", str(root), "--update")
    assert result.code == 0, result.err
    after = path.read_text(encoding="utf-8")
    assert after.startswith("# 手写的说明\n")
    assert "    # 记得\n    text: 维护与客户的长期关系。\n    involvement: responsible\n" in after
    assert "tags: [客户维护]" in after
    assert "id: relationship" in after
    assert 'label: "3"\n    title: 负责拓展客户\n' in after
    assert "id: on-site" in after
    again = path.read_bytes()
    assert run("import", manual, "--into", str(root), "--update").code == 0
    assert path.read_bytes() == again


def test_a_file_that_cannot_be_merged_safely_is_left(run: Run, book: Book, tmp_path: Path) -> None:
    flow = (
        "{id: teller, title: 柜员, duties: [{id: cash, label: '1', title: 现金, text: 办理。}]}\n"
    )
    root = book({"roles/teller.yaml": flow})
    manual = write(tmp_path, "柜员岗位职责\n1、现金：办理现金收付。\n2、凭证：保管凭证。\n")
    result = run("import", manual, "--into", str(root), "--update")
    assert result.code == 2
    assert (root / "roles" / "teller.yaml").read_text(encoding="utf-8") == flow


def test_ids_can_be_given(run: Run, tmp_path: Path) -> None:
    titles = write(tmp_path, "岗位,id\n客户经理,customer-manager\n", "titles.csv")
    found = report(
        run, write(tmp_path, MANUAL), "--into", str(tmp_path / "b"), "--map", titles, "--dry-run"
    )
    assert [one["id"] for one in found["roles"]] == ["customer-manager", "datang-jingli"]  # type: ignore[attr-defined]
    bad = write(tmp_path, "客户经理,Kunden Manager\n", "bad.csv")
    result = run("import", write(tmp_path, MANUAL), "--into", str(tmp_path / "b"), "--map", bad)
    assert (result.code, "bad.csv" in result.err) == (2, True)


def test_annotations_can_be_left_out(run: Run, tmp_path: Path) -> None:
    found = report(
        run, write(tmp_path, MANUAL), "--into", str(tmp_path / "b"), "--dry-run", "--no-annotate"
    )
    assert "involvement" not in json.dumps(found)


def test_standard_input_is_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MANUAL.encode())))
    found = report(run, "-", "--into", str(tmp_path / "b"), "--dry-run")
    assert len(found["roles"]) == 2  # type: ignore[arg-type]


def test_nothing_understood_is_a_failure_with_a_report(run: Run, tmp_path: Path) -> None:
    result = run("import", write(tmp_path, "今天天气很好。\n"), "--into", str(tmp_path / "b"))
    assert result.code == 2
    assert "今天天气很好" in result.out
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 9, b"PK\x03\x04"])
def test_bad_input_is_one_message(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(content)
    result = run("import", str(path), "--into", str(tmp_path / "b"))
    assert result.code == 2
    assert result.err.startswith("Error:")
    assert "bug" not in result.err
    assert not (tmp_path / "b").exists()


def test_a_link_is_not_written_through(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "b" / "roles").symlink_to(tmp_path / "elsewhere")
    result = run("import", write(tmp_path, MANUAL), "--into", str(tmp_path / "b"))
    assert result.code == 2
    assert not list((tmp_path / "elsewhere").iterdir())
