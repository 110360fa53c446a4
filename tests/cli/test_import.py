"""`dutybook import` from end to end: what is written, what is reported, what is refused."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
import pytest

from dutybook import writing
from dutybook.cli import console
from dutybook.importers import write as write_module
from tests.conftest import Book, Git, Run
from tests.importers.made_files import FORMULA, OLE, excel, word_manual

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
    assert [one["reason"] for one in found["dropped"]] == ["title", "page-number"]  # type: ignore[attr-defined]
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
    result = run("import", manual, "--into", str(root), "--update", "--format", "table")
    assert result.code == 0
    assert "No differences." in result.out
    assert result.err == "The book says all of it already; nothing was written.\n"
    assert path.read_bytes() == again


def test_a_file_that_cannot_be_merged_safely_is_left(run: Run, book: Book, tmp_path: Path) -> None:
    odd = "id: teller\ntitle: 柜员\nduties:\n  - ? id\n    : cash\n    title: 现金\n    text: 办理现金。\n"
    root = book({"roles/teller.yaml": odd})
    manual = write(tmp_path, "柜员岗位职责\n1、现金：办理现金收付。\n2、凭证：保管凭证。\n")
    result = run("import", manual, "--into", str(root), "--update")
    assert result.code == 2
    assert "merged into safely" in result.err
    assert (root / "roles" / "teller.yaml").read_text(encoding="utf-8") == odd


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


@pytest.mark.parametrize("arguments", [("-", "手册.txt"), ("-", "-"), ("-", "--map", "-")])
def test_standard_input_is_read_once(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run("import", *arguments, "--into", str(tmp_path))
    assert result.code == 2
    assert "cannot be read together" in result.err


def test_a_book_that_is_nowhere_can_be_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("import", write(tmp_path, TELLER))
    assert (result.code, "--into" in result.err) == (2, True)


def test_below_a_file_there_is_no_book(run: Run, tmp_path: Path) -> None:
    manual = write(tmp_path, TELLER)
    result = run("import", manual, "--into", str(Path(manual) / "x"))
    assert (result.code, "is not a folder" in result.err) == (2, True)


def test_nothing_understood_is_a_failure_with_a_report(run: Run, tmp_path: Path) -> None:
    result = run("import", write(tmp_path, "今天天气很好。\n"), "--into", str(tmp_path / "b"))
    assert result.code == 2
    assert "今天天气很好" in result.out
    assert not (tmp_path / "b").exists()


TELLER = "柜员岗位职责\n1、现金：办理现金收付。\n2、凭证：保管凭证。\n"


def package(raw: bytes, **parts: bytes) -> bytes:
    """Return an Office file with parts put in place of its own, or added."""
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in {**kept, **parts}.items():
            new.writestr(name, content)
    return file.getvalue()


def scan() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


RUBBISH = bytes(Random(7).randrange(256) for _ in range(999))
ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le")
EXCEL = excel([["岗位名称", "柜员"]])
BAD_FILES: dict[str, tuple[str, bytes, str]] = {
    "password-docx": ("手册.docx", ENCRYPTED, "有密码保护"),
    "password-xlsx": ("手册.xlsx", ENCRYPTED, "有密码保护"),
    "truncated-docx": ("手册.docx", word_manual()[:3000], "已损坏或不完整"),
    "truncated-xlsx": ("手册.xlsx", EXCEL[:2000], "已损坏或不完整"),
    "bomb": ("手册.docx", package(word_manual(), **{"word/document.xml": b" " * (20 << 20)}), "无法安全读取"),
    "entities": ("手册.docx", package(word_manual(), **{"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "实体"),
    "old-doc": ("手册.doc", OLE, "另存为 .docx"),
    "renamed-doc": ("手册.docx", OLE, "与扩展名不符"),
    "scanned": ("手册.pdf", scan(), "文字识别"),
    "empty": ("手册.txt", b"", "是空的"),
    "empty-docx": ("手册.docx", b"", "是空的"),
    "rubbish-txt": ("手册.txt", RUBBISH, "编码"),
    "rubbish-docx": ("手册.docx", RUBBISH, "既不是 Word"),
    "rubbish-pdf": ("手册.pdf", RUBBISH, "已损坏或不完整"),
    "ragged-csv": ("手册.csv", "岗位名称,岗位职责\n柜员,办理现金,多\n".encode(), "第 2 行有 3 列"),
    "loose-quotes": ("手册.csv", '岗位名称,岗位职责\n"柜员"x,办理现金\n'.encode(), "第 2 行的引号"),
    "open-quotes": ("手册.csv", '岗位名称,岗位职责\n"柜员,办理现金\n'.encode(), "第 2 行的引号"),
    "formula": ("手册.xlsx", package(EXCEL, **{"xl/worksheets/sheet1.xml": FORMULA.encode()}), "公式没有值"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "raw", "message"), BAD_FILES.values(), ids=list(BAD_FILES))
def test_a_bad_file_is_one_message_with_what_to_do(
    run: Run, tmp_path: Path, name: str, raw: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    result = run("import", str(tmp_path / name), "--into", str(tmp_path / "b"), "--lang", "zh")
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 2
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.symlink_to("/etc/hostname"), "is a link"),
        (lambda path: path.symlink_to("other.txt"), "is a link"),
        (os.mkfifo, "is a pipe"),
        (lambda path: None, "There is no file"),
    ],
    ids=["folder", "link-out", "link", "pipe", "nothing"],
)
def test_what_is_no_file_is_refused(
    run: Run, tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    write(tmp_path, TELLER, "other.txt")
    make(tmp_path / "手册.txt")
    result = run("import", str(tmp_path / "手册.txt"), "--into", str(tmp_path / "b"))
    assert result.code == 2
    assert message in result.err
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "klingon"])
def test_a_wrong_encoding_is_refused(run: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "手册.txt"
    path.write_bytes(TELLER.encode("gb18030"))
    arguments = ("import", str(path), "--into", str(tmp_path / "b"))
    result = run(*arguments, "--encoding", encoding)
    assert (result.code, encoding in result.err) == (2, True)
    assert not (tmp_path / "b").exists()
    assert run(*arguments).code == 0


def test_macros_are_not_looked_at(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "手册.docm"
    path.write_bytes(package(word_manual(), **{"word/vbaProject.bin": b"Sub AutoOpen()"}))
    assert run("import", str(path), "--into", str(tmp_path / "b")).code == 0


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("柜员,Teller 1\n", "line 1, is no title and id"),
        ("岗位,id\n柜员,con\n", "line 2, is no title and id"),
        ("柜员\n", "line 1, is no title and id"),
        ("柜员,teller\n出纳,teller\n", "line 2, has a title or id that line 1 has already"),
        ("柜员,teller\n\n柜员,cashier\n", "line 3, has a title or id that line 1 has already"),
    ],
)
def test_a_bad_map_is_refused(run: Run, tmp_path: Path, rows: str, message: str) -> None:
    result = run(
        "import", write(tmp_path, TELLER), "--into", str(tmp_path / "b"),
        "--map", write(tmp_path, rows, "titles.csv"),
    )  # fmt: skip
    assert (result.code, message in result.err) == (2, True)
    assert not (tmp_path / "b").exists()


def test_titles_of_a_map_that_no_position_has_are_told(run: Run, tmp_path: Path) -> None:
    titles = write(tmp_path, "柜员,teller\n出纳,cashier\n", "titles.csv")
    result = run("import", write(tmp_path, TELLER), "--into", str(tmp_path / "b"), "--map", titles)
    assert result.code == 0
    assert "出纳" in result.err
    assert (tmp_path / "b/roles/teller.yaml").is_file()


def test_one_position_in_two_files_is_refused_with_both_places(run: Run, tmp_path: Path) -> None:
    one, other = write(tmp_path, TELLER, "甲.txt"), write(tmp_path, TELLER, "乙.txt")
    result = run("import", one, other, "--into", str(tmp_path / "b"))
    assert result.code == 2
    assert "柜员 is there twice: 甲.txt, line 1; 乙.txt, line 1." in result.err
    assert not (tmp_path / "b").exists()
    lobby = write(tmp_path, TELLER.replace("柜员", "大堂经理"), "乙.txt")
    result = run("import", one, lobby, "--into", str(tmp_path / "b"), "--format", "table")
    assert result.code == 0
    assert [line for line in result.out.split("\n") if line.endswith(".txt")] == [
        "甲.txt",
        "乙.txt",
    ]


def test_a_file_is_no_book(run: Run, tmp_path: Path) -> None:
    manual = write(tmp_path, TELLER)
    result = run("import", manual, "--into", manual)
    assert (result.code, "is not a folder" in result.err) == (2, True)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_folder_that_may_not_be_written_to(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    (tmp_path / "b").mkdir()
    monkeypatch.setattr(Path, "mkdir", refuse)
    result = run("import", write(tmp_path, TELLER), "--into", str(tmp_path / "b"))
    assert (result.code, "Nothing was written." in result.err) == (2, True)
    assert not list((tmp_path / "b").iterdir())


@pytest.mark.parametrize("files_written", [0, 1, 2, 3])
def test_a_full_disk_leaves_nothing_half_written(
    run: Run, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files_written: int
) -> None:
    root = book()
    before = tree(root)
    manual = write(
        tmp_path,
        MANUAL.replace("客户维护", "客户关系管理")
        + "三、柜员岗位职责：\n1、现金：办理现金收付。\n",
    )
    written: list[int] = []

    def full(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) > files_written:
            raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(os, "fsync", full)
    result = run("import", manual, "--into", str(root), "--update")
    assert (result.code, "The disk is full." in result.err) == (2, True)
    assert tree(root) == before
    assert run("import", manual, "--into", str(tmp_path / "b")).code == 2
    assert not (tmp_path / "b").exists()


def tree(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in root.rglob("*")}


def test_a_file_that_is_edited_meanwhile_is_not_written_over(
    run: Run, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book()
    path = root / "roles" / "lobby-manager.yaml"
    write_all = writing.write_all

    def late(*arguments: Any, **more: Any) -> None:
        path.write_bytes(path.read_bytes() + "# 别人刚写的\n".encode())
        write_all(*arguments, **more)

    monkeypatch.setattr(writing, "write_all", late)
    manual = write(tmp_path, MANUAL)
    before = (root / "roles" / "customer-manager.yaml").read_bytes()
    result = run("import", manual, "--into", str(root), "--update")
    assert (result.code, "was changed meanwhile; nothing was written" in result.err) == (2, True)
    assert (root / "roles" / "customer-manager.yaml").read_bytes() == before
    assert "别人刚写的" in path.read_text(encoding="utf-8")
    monkeypatch.setattr(writing, "write_all", write_all)
    assert run("import", manual, "--into", str(root), "--update").code == 0
    assert "别人刚写的" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("broken", ["id: [\n", "id: guiyuan\ntitle: 柜员\nduties: []\n", "\0"])
def test_a_broken_role_file_is_left(run: Run, book: Book, tmp_path: Path, broken: str) -> None:
    root = book({"roles/guiyuan.yaml": broken})
    manual = write(tmp_path, TELLER)
    for arguments, message in ((("--update",), "has errors"), ((), "has these positions already")):
        result = run("import", manual, "--into", str(root), *arguments)
        assert (result.code, message in result.err) == (2, True)
    assert [path.name for path in (root / "roles").iterdir()] == ["guiyuan.yaml"]
    assert (root / "roles/guiyuan.yaml").read_text() == broken


def test_a_broken_file_elsewhere_in_the_book_is_no_hindrance(
    run: Run, book: Book, tmp_path: Path
) -> None:
    root = book({"roles/x.yaml": "id: [\n", "roles/y.yaml": "x" * (1 << 21)})
    assert run("import", write(tmp_path, TELLER), "--into", str(root)).code == 0


@pytest.mark.parametrize("settings", ["rules: [", "format: 9\n"])
def test_settings_that_cannot_be_read_are_a_refusal(
    run: Run, book: Book, tmp_path: Path, settings: str
) -> None:
    root = book({"dutybook.yaml": settings})
    result = run("import", write(tmp_path, TELLER), "--into", str(root))
    assert (result.code, "dutybook.yaml has errors" in result.err) == (2, True)
    assert not list((root / "roles").iterdir())


def test_a_role_file_named_yml_is_the_position_all_the_same(
    run: Run, book: Book, tmp_path: Path
) -> None:
    text = "id: guiyuan\ntitle: 柜员\nduties:\n  - id: cash\n    title: 现金\n    text: 收付。\n"
    root = book({"roles/sub/guiyuan.yml": text})
    assert run("import", write(tmp_path, TELLER), "--into", str(root), "--update").code == 0
    found = [path for path in (root / "roles").rglob("*") if path.is_file()]
    assert [path.name for path in found] == ["guiyuan.yml"]
    assert "办理现金收付" in found[0].read_text(encoding="utf-8")


def test_a_book_with_changes_that_are_not_committed_keeps_them(
    run: Run, book: Book, git: Callable[[Path], Git], tmp_path: Path
) -> None:
    root = book()
    repository = git(root)
    path = root / "roles" / "lobby-manager.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# 还没提交\n", encoding="utf-8")
    assert run("import", write(tmp_path, MANUAL), "--into", str(root), "--update").code == 0
    assert "# 还没提交" in path.read_text(encoding="utf-8")
    assert repository("diff", "--cached", "--name-only") == ""


def test_a_position_of_another_department_is_another_one(
    run: Run, book: Book, tmp_path: Path
) -> None:
    text = "id: guiyuan\ntitle: 柜员\nunit: 东街支行\nduties:\n  - id: cash\n    title: 现金\n    text: 收付。\n"
    root = book({"roles/guiyuan.yaml": text})
    manual = write(
        tmp_path, "岗位名称：柜员\n所属部门：西街支行\n岗位职责\n1、现金：办理现金收付。\n"
    )
    assert run("import", manual, "--into", str(root)).code == 0
    assert sorted(path.name for path in (root / "roles").iterdir()) == [
        "guiyuan-2.yaml",
        "guiyuan.yaml",
    ]


def test_a_position_that_is_gone_from_the_manual_is_told(run: Run, tmp_path: Path) -> None:
    root = str(tmp_path / "book")
    manual = write(tmp_path, TELLER + "\n大堂经理岗位职责\n1、引导客户。\n")
    assert run("import", manual, "--into", root).code == 0
    manual = write(tmp_path, TELLER)
    for format_ in ("table", "markdown"):
        made = run("import", manual, "--into", root, "--update", "--dry-run", "--format", format_)
        assert "Not in the manual any more, kept in the book: 大堂经理" in made.out.replace(
            "\\", ""
        )
    plain = run("import", manual, "--into", root, "--update", "--dry-run", "--format", "plain")
    assert "absent\tdatang-jingli\t大堂经理" in plain.out
    as_json = run("import", manual, "--into", root, "--update", "--dry-run", "--format", "json")
    assert json.loads(as_json.out)["absent"] == ["datang-jingli"]


def test_an_update_is_shown_as_diff_shows_it(
    run: Run, book: Book, git: Callable[[Path], Git], tmp_path: Path
) -> None:
    """In every format, before it is written, and once it is."""
    root = book()
    git(root)
    manual = write(
        tmp_path,
        MANUAL.replace("客户维护", "客户关系管理")
        + "三、柜员岗位职责：\n1、现金：办理现金收付。\n",
    )
    asked = ("import", manual, "--into", str(root), "--update")
    before = tree(root)
    shown = {
        form: run(*asked, "--dry-run", "--format", form).out
        for form in ("table", "plain", "json", "markdown")
    }
    assert tree(root) == before
    result = run(*asked, "--format", "json")
    assert result.out == shown["json"]
    found, expected = (
        json.loads(text) for text in (shown["json"], run("diff", "--format", "json", book=root).out)
    )
    assert found["changes"] == expected["changes"] != []
    assert found["summary"] == expected["summary"]
    assert shown["table"].endswith(run("diff", "--format", "table", book=root).out)
    assert shown["markdown"].endswith(run("diff", "--format", "markdown", book=root).out)
    plain = [line for line in shown["plain"].splitlines(True) if line.startswith("change\t")]
    lines = [line.removeprefix("change\t") for line in plain]
    assert "".join(lines) == run("diff", "--format", "plain", book=root).out


def test_a_fresh_book_has_no_changes_to_show(run: Run, tmp_path: Path) -> None:
    found = report(run, write(tmp_path, MANUAL), "--into", str(tmp_path / "b"))
    assert (found["changes"], set(found["summary"].values())) == ([], {0})  # type: ignore[attr-defined]


def test_every_file_is_read_back_before_any_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manual = "".join(
        f"第{number}支行柜员岗位职责\n1、负责业务的办理和登记。\n" for number in range(1, 31)
    )
    text_of = write_module.role_text

    def wrong(data: dict[str, Any]) -> str:
        text = text_of(data)
        return text.replace("登记。", "登 记。") if data["title"] == "第30支行柜员" else text

    monkeypatch.setattr(write_module, "role_text", wrong)
    result = run("import", write(tmp_path, manual), "--into", str(tmp_path / "b"))
    assert (result.code, "cannot be written so that it reads back" in result.err) == (2, True)
    assert not (tmp_path / "b").exists()


def test_a_bar_shows_the_steps_of_a_long_import(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    @contextlib.contextmanager
    def steps() -> Iterator[console.Step]:
        yield lambda name, done=0, total=0: told.append(name) if name not in told else None

    monkeypatch.setattr(console, "steps", steps)
    assert run("import", write(tmp_path, TELLER), "--into", str(tmp_path / "b")).code == 0
    assert told == ["Reading 手册.txt", "Understanding 手册.txt", "Checking", "Writing"]


def test_a_link_is_not_written_through(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "b" / "roles").symlink_to(tmp_path / "elsewhere")
    result = run("import", write(tmp_path, MANUAL), "--into", str(tmp_path / "b"))
    assert result.code == 2
    assert not list((tmp_path / "elsewhere").iterdir())
