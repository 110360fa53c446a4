"""`dutybook list`: a line a position, filters, the tree, and files that are broken or hostile."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from dutybook.cli.list import _in_tree
from dutybook.index import Row
from tests.conftest import BRANCH, LOBBY_MANAGER, Book, Golden, Run

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
POSIX = pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")
KEYS = [
    "duties",
    "id",
    "path",
    "reports_to",
    "status",
    "tags",
    "title",
    "title_en",
    "unit",
    "valid",
]


def ids(run: Run, *arguments: str) -> list[str]:
    """Return the ids that a list of the branch shows, after success."""
    result = run("list", *arguments, "--format", "plain", book=BRANCH)
    assert result.code == 0, result.err
    return [line.split("\t")[0] for line in result.out.splitlines()]


def listed(run: Run, root: Path) -> dict[str, dict[str, Any]]:
    """Return the roles of a list as JSON, by path."""
    result = run("list", "--format", "json", book=root)
    assert result.code == 0, result.err
    return {role["path"]: role for role in json.loads(result.out)["roles"]}


# Formats


@pytest.mark.parametrize("columns", [50, 60, 80])
def test_the_table(run: Run, golden: Golden, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    result = run("list", "--lang", "zh", "--format", "table", book=BRANCH)
    assert (result.code, result.err) == (0, "")
    golden(f"list-{columns}.txt", result.out)


def test_the_table_names_superiors_by_title_and_marks_what_is_not_in_force(run: Run) -> None:
    out = run("list", "--format", "table", book=BRANCH).out
    heading, _, *lines = out.splitlines()
    assert heading.split() == ["Id", "Position", "Department", "Reports", "to", "Duties", "Note"]
    rows = {line.split()[0]: re.split(r"\s{2,}", line) for line in lines}
    assert rows["teller"] == ["teller", "综合柜员", "营业部", "主办柜员", "2"]
    assert rows["operations-manager"][3] == "支行行长"  # declared only
    assert rows["loan-officer"][-1] == "draft"
    assert rows["typist"][-1] == "withdrawn"


def test_plain_has_every_column(run: Run) -> None:
    lines = run("list", book=BRANCH).out.splitlines()
    assert [line.split("\t") for line in lines] == [
        ["chief-teller", "主办柜员", "营业部", "operations-manager", "1", "in-force", "valid"],
        ["credit-manager", "信贷经理", "公司业务部", "branch-director", "1", "in-force", "valid"],
        ["hall-guide", "厅堂引导员", "营业部", "operations-manager", "1", "in-force", "valid"],
        ["loan-officer", "贷款经办员", "公司业务部", "credit-manager", "1", "draft", "valid"],
        ["operations-manager", "运营经理", "营业部", "branch-director", "3", "in-force", "valid"],
        ["teller", "综合柜员", "营业部", "chief-teller", "2", "in-force", "valid"],
        ["typist", "打字员", "综合部", "", "1", "withdrawn", "valid"],
        ["vault-keeper", "金库管理员", "营业部", "operations-manager", "1", "in-force", "valid"],
    ]


def test_json_has_these_keys_and_these_bytes_every_time(run: Run) -> None:
    first = run("list", "--format", "json", book=BRANCH)
    assert first == run("list", "--format", "json", "--lang", "zh", "--tree", book=BRANCH)
    data = json.loads(first.out)
    assert list(data) == ["roles", "version"]
    assert data["version"] == 1
    assert len(data["roles"]) == 8
    assert all(list(role) == KEYS for role in data["roles"])
    assert data["roles"][4] == {
        "id": "operations-manager", "title": "运营经理", "title_en": "Operations Manager",
        "unit": "营业部", "reports_to": "branch-director", "duties": 3,
        "tags": ["服务", "现金", "凭证"], "status": "in-force",
        "path": "roles/operations-manager.yaml", "valid": True,
    }  # fmt: skip
    assert data["roles"][6]["path"] == "roles/withdrawn/typist.yaml"
    assert "\\u" not in first.out
    assert first.out == json.dumps(data, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def test_paths_in_json_are_relative_to_the_book_wherever_one_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = run("list", "--book", str(BRANCH), "--format", "json", book=tmp_path).out
    assert outside == run("list", "--format", "json", book=BRANCH / "roles").out


# Filters


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ([], "chief-teller credit-manager hall-guide loan-officer operations-manager teller typist vault-keeper"),
        (["--unit", "公司业务部"], "credit-manager loan-officer"),
        (["--unit", "公司業務部"], "credit-manager loan-officer"),
        (["--unit", "综合"], "typist"),
        (["--tag", "现金"], "operations-manager teller vault-keeper"),
        (["--tag", "現金"], "operations-manager teller vault-keeper"),
        (["--reports-to", "operations-manager"], "chief-teller hall-guide vault-keeper"),
        (["--reports-to", "营运经理"], "chief-teller hall-guide vault-keeper"),
        (["--reports-to", "yunyingjingli"], "chief-teller hall-guide vault-keeper"),
        (["--reports-to", "支行行长"], "credit-manager operations-manager"),
        (["--reports-to", "branch-director"], "credit-manager operations-manager"),
        (["--status", "draft"], "loan-officer"),
        (["--status", "withdrawn"], "typist"),
        (["--status", "in-force", "--unit", "公司业务部"], "credit-manager"),
        (["--tag", "现金", "--reports-to", "运营经理"], "vault-keeper"),
    ],
)  # fmt: skip
def test_filters(run: Run, arguments: list[str], shown: str) -> None:
    assert ids(run, *arguments) == shown.split()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--unit", "公司业务邦"], 2, "No position has --unit 公司业务邦.\n  Did you mean 公司业务部?"),
        (["--unit", "xyzzy"], 2, "No position has --unit xyzzy.\n"),
        (["--tag", "现今"], 2, "Did you mean 现金?"),
        (["--tag", "\x1b[31m"], 2, "No position has --tag \\x1b[31m."),
        (["--reports-to", "nobody-at-all"], 2, "No position is called nobody-at-all."),
        (["--reports-to", "typist"], 0, "No position fits."),
        (["--status", "draft", "--unit", "营业部"], 0, "No position fits."),
    ],
)  # fmt: skip
def test_filters_that_fit_nothing(run: Run, arguments: list[str], code: int, message: str) -> None:
    for format_ in ("table", "plain"):
        result = run("list", *arguments, "--format", format_, book=BRANCH)
        assert (result.code, result.out) == (code, "")
        assert message in result.err
    if code == 0:
        assert json.loads(run("list", *arguments, "--format", "json", book=BRANCH).out) == {
            "version": 1, "roles": []
        }  # fmt: skip


# The tree


@pytest.mark.parametrize("columns", [80, 30])
def test_the_tree(run: Run, golden: Golden, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    result = run("list", "--tree", "--lang", "zh", "--format", "table", book=BRANCH)
    assert (result.code, result.err) == (0, "")
    golden(f"tree-{columns}.txt", result.out)


def test_the_tree_in_plain(run: Run) -> None:
    lines = run("list", "--tree", book=BRANCH).out.splitlines()
    assert [line.split("\t") for line in lines] == [
        ["0", "branch-director", ""],
        ["1", "credit-manager", "信贷经理"],
        ["2", "loan-officer", "贷款经办员"],
        ["1", "operations-manager", "运营经理"],
        ["2", "chief-teller", "主办柜员"],
        ["3", "teller", "综合柜员"],
        ["2", "hall-guide", "厅堂引导员"],
        ["2", "vault-keeper", "金库管理员"],
        ["0", "typist", "打字员"],
    ]


def row(position: str, superior: str | None = None, folder: str = "") -> Row:
    path = f"roles/{folder}{position}.yaml"
    return Row(position, path, position.upper(), None, None, superior, 1, [], "in-force", True)


@pytest.mark.parametrize(
    ("rows", "tree"),
    [
        ([row("b"), row("a")], "0a 0b"),
        ([row("a", "b"), row("b", "c"), row("c")], "0c 1b 2a"),
        ([row("a", "x"), row("b", "x")], "0x? 1a 1b"),
        ([row("a", "a")], "0a"),
        ([row("a", "b"), row("b", "a"), row("c", "b")], "0a 1b 2c"),
        ([row("a"), row("b", "c"), row("c", "b")], "0a 0b 1c"),
        ([row("a", ""), row("b")], "0b 0a"),
        ([row("a", folder="x/"), row("a", folder="y/"), row("b", "a")], "0a 0a 1b"),
    ],
)
def test_every_position_is_in_the_tree(rows: list[Row], tree: str) -> None:
    drawn = [f"{depth}{position}{'' if row else '?'}" for depth, row, position in _in_tree(rows)]
    assert " ".join(drawn) == tree
    assert sorted(row.path for _, row, _ in _in_tree(rows) if row) == sorted(
        one.path for one in rows
    )


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_a_deep_tree_is_whole(
    run: Run, book: Book, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    chain = {
        f"roles/role-{number}.yaml": LOBBY_MANAGER.replace("lobby-manager", f"role-{number}")
        + (f"reports_to: role-{number - 1}\n" if number else "")
        for number in range(30)
    }
    out = run("list", "--tree", "--format", "table", book=book(chain)).out
    assert re.sub(r"[\s│└├─]", "", out) == "".join(f"大堂经理role-{n}" for n in range(30))


# Broken files

HEAD = "id: {}\ntitle: 柜员\n"
DUTIES = "duties:\n  - {id: one, title: 事, text: 做事。}\n"
GOOD = HEAD.format("teller") + DUTIES
BROKEN: dict[str, str | bytes] = {
    "empty": b"",
    "blank": "\n\n# nothing\n",
    "gbk": GOOD.encode("gbk"),
    "utf-16": GOOD.encode("utf-16"),
    "nul": GOOD + "\0",
    "list at the top": "- id: teller\n",
    "a text": "teller\n",
    "duplicate keys": "id: teller\n" + GOOD,
    "an anchor": GOOD.replace("柜员", "&a 柜员"),
    "brackets": "[" * 100_000,
    "braces": "{a: " * 100_000,
    "too large": GOOD + "#" * (1 << 20),
    "full-width colon": GOOD.replace("title: 柜员", "title：柜员"),
    "another id": HEAD.format("other") + DUTIES,
    "no duties": HEAD.format("teller"),
    "unknown key": GOOD + "salary: 1\n",
    "unfinished": GOOD + "unit: '",
    "markers of a merge": GOOD + "<<<<<<< HEAD\n",
    "two documents": GOOD + "---\n" + GOOD,
    "a tag": GOOD.replace("柜员", "!!python/object/apply:os.system [echo]"),
    "not a mapping": GOOD.replace("{id: one, title: 事, text: 做事。}", "1"),
    "bytes": bytes(range(256)),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_listed_and_marked_and_the_rest_is_read(
    run: Run, book: Book, text: str | bytes
) -> None:
    root = book({"roles/teller.yaml": text, "roles/lobby-manager.yaml": LOBBY_MANAGER})
    for format_ in ("plain", "table"):  # made, then from the index
        roles = listed(run, root)
        assert {path: role["valid"] for path, role in roles.items()} == {
            "roles/lobby-manager.yaml": True,
            "roles/teller.yaml": False,
        }
        assert roles["roles/teller.yaml"]["id"] == "teller"
        assert list(roles["roles/teller.yaml"]) == KEYS
        result = run("list", "--format", format_, book=root)
        assert result.code == 0
        assert result.out.endswith("\tinvalid\n" if format_ == "plain" else "   has errors\n")
        assert result.err == "1 file has errors; `dutybook validate` shows them.\n"


@pytest.mark.parametrize("text", [GOOD.encode("utf-8-sig"), GOOD.replace("\n", "\r\n")])
def test_marks_of_editors_do_no_harm(run: Run, book: Book, text: str | bytes) -> None:
    assert listed(run, book({"roles/teller.yaml": text}))["roles/teller.yaml"]["valid"]


@pytest.mark.parametrize("name", ["teller.yml", "teller.YAML", "teller.Yml"])
def test_odd_endings_are_read(run: Run, book: Book, name: str) -> None:
    role = listed(run, book({f"roles/{name}": GOOD}))[f"roles/{name}"]
    assert (role["id"], role["title"], role["valid"]) == ("teller", "柜员", True)


def test_a_broken_file_is_listed_under_its_name_with_what_can_be_read(run: Run, book: Book) -> None:
    text = "id: y\ntitle: 柜员\ntitle_en: Teller\nunit: 营业部\nreports_to: head\nduties: [1, 2]\n"
    roles = listed(run, book({"roles/x.yaml": text}))
    assert roles["roles/x.yaml"] == {
        "id": "x", "title": "柜员", "title_en": "Teller", "unit": "营业部", "reports_to": "head",
        "duties": 2, "tags": [], "status": "in-force", "path": "roles/x.yaml", "valid": False,
    }  # fmt: skip


def test_two_files_of_one_id_are_both_listed(run: Run, book: Book) -> None:
    root = book({"roles/a/teller.yaml": GOOD, "roles/b/teller.yaml": GOOD})
    assert {path: role["valid"] for path, role in listed(run, root).items()} == {
        "roles/a/teller.yaml": True, "roles/b/teller.yaml": True,
    }  # fmt: skip
    for arguments in ([], ["--tree"], ["--format", "table"], ["--tree", "--format", "table"]):
        assert run("list", *arguments, book=root).out.count("teller") == 2


@POSIX
def test_what_is_no_file_is_listed_and_never_opened(
    run: Run, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "id: secret\ntitle: 机密\n" + DUTIES
    root = book({"roles/teller.yaml": GOOD, "../outside.yaml": secret, "../out/x.yaml": secret})
    (root / "roles/folder.yaml").mkdir()
    os.mkfifo(root / "roles/pipe.yaml")
    for name, target in {
        "outside": "../../outside.yaml", "dangling": "nowhere.yaml", "loop": "loop.yaml",
        "device": "/dev/zero", "inside": "teller.yaml", "etc": "/etc/passwd",
    }.items():  # fmt: skip
        (root / f"roles/{name}.yaml").symlink_to(target)
    (root / "roles/out").symlink_to("../../out")
    roles = listed(run, root)
    assert {Path(path).stem for path, role in roles.items() if not role["valid"]} == {
        "folder", "pipe", "outside", "dangling", "loop", "device", "etc"
    }  # fmt: skip
    assert {Path(path).stem for path, role in roles.items() if role["valid"]} == {"teller"}
    for name in ("outside", "pipe", "folder", "loop", "etc", "x", "secret", "机密"):
        result = run("show", name, book=root)
        assert (result.code, result.out) == (2, "")
        assert "title: 机密" not in result.err
        assert "root:" not in result.err


def test_a_file_that_may_not_be_read_is_listed(
    run: Run, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({"roles/teller.yaml": GOOD, "roles/lobby-manager.yaml": LOBBY_MANAGER})
    opened = os.open

    def refuse(path: Any, *more: Any) -> int:
        if str(path).endswith("teller.yaml"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, *more)

    monkeypatch.setattr(os, "open", refuse)
    assert not listed(run, root)["roles/teller.yaml"]["valid"]
    shown = run("show", "teller", book=root)
    assert shown.code == 2
    assert shown.err == "roles/teller.yaml: error F001 roles/teller.yaml: You may not read it.\n"


@POSIX
def test_a_book_of_links_inside_has_no_role_file(run: Run, book: Book) -> None:
    root = book({"dutybook.yaml": ""})
    (root / "roles/a.yaml").symlink_to("../dutybook.yaml")
    assert "has no role files" in run("list", book=root).err


# Data is text

HOSTILE = "[red]\x1b]0;owned\x07\u202e:boom:{x}%s\\"


@pytest.mark.parametrize("arguments", [[], ["--tree"]])
@pytest.mark.parametrize("format_", ["table", "plain", "json"])
@pytest.mark.parametrize("color", ["never", "always"])
def test_markup_and_escapes_in_titles_are_shown_as_text(
    run: Run,
    book: Book,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    format_: str,
    color: str,
) -> None:
    """A file with them has errors, and its title is shown all the same."""
    monkeypatch.setenv("COLUMNS", "140")
    text = f"id: teller\ntitle: {json.dumps(HOSTILE)}\nunit: '[/red]'\n{DUTIES}"
    root = book({"roles/teller.yaml": text})
    out = run("list", *arguments, "--format", format_, "--color", color, book=root).out
    assert "[red]" in out
    assert ":boom:{x}%s" in out
    assert "\x07" not in out
    assert "\u202e" not in out
    assert "\x1b]" not in out
    if format_ == "json":
        assert json.loads(out)["roles"][0]["title"] == HOSTILE
    else:
        assert "\\x1b]0;owned\\x07\\u202e" in out


@LINUX
def test_names_of_files_are_shown_as_text(
    run: Run, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    names = ["a\nb", "c\x1b[31m", "[red]d", "e f", "-rf", "$(id)", "客户", "\u202eg"]
    root = book(dict.fromkeys((f"roles/{name}.yaml" for name in names), GOOD))
    Path(os.fsdecode(os.fsencode(root) + b"/roles/\xff.yaml")).write_text(GOOD, encoding="utf-8")
    shown = ["a\\nb", "c\\x1b[31m", "[red]d", "e f", "-rf", "$(id)", "客户", "\\u202eg", "\\udcff"]
    for arguments in (["--format", "table"], ["--tree", "--format", "table"]):
        out = run("list", *arguments, book=root).out
        assert all(name in out for name in shown)
        assert len(out.splitlines()) == 9 + 2 * ("--tree" not in arguments)
        assert "\x1b" not in out
    plain = run("list", book=root).out.splitlines()
    assert [line.split("\t")[0].replace("\\\\", "\\") for line in plain] == sorted(
        shown,
        key=lambda name: (
            name.replace("\\n", "\n").replace("\\x1b", "\x1b").replace("\\u202e", "\u202e")
        ),
    )
    assert {role["id"] for role in listed(run, root).values()} == {*names, "\\udcff"}
