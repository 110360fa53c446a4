"""`dutybook new`: a role file from a template, valid at once, never in another's place."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from dutybook.model import Role
from dutybook.records import read_role
from tests.conftest import LOBBY_MANAGER, Book, Run

MODELINE = "# yaml-language-server: $schema=../role.schema.json\n"


def written(root: Path) -> dict[str, str]:
    """Return the text of each role file by name."""
    return {
        path.relative_to(root / "roles").as_posix(): path.read_text(encoding="utf-8")
        for path in (root / "roles").rglob("*")
        if path.is_file()
    }


def role(text: str, stem: str) -> Role:
    """Return the role of a text in which nothing is wrong."""
    record = read_role(text.encode(), f"roles/{stem}.yaml", stem)
    assert not record.problems, record.problems
    assert record.role is not None
    return record.role


@pytest.fixture
def root(book: Book) -> Path:
    return book({"dutybook.yaml": "positions: {lobby-manager: 大堂经理, head: 支行行长}\n"})


@pytest.mark.parametrize(
    ("arguments", "stem", "title"),
    [
        (["客户经理"], "kehujingli", "客户经理"),
        (["Customer  Manager"], "customer-manager", "Customer  Manager"),
        (["VIP客户经理"], "vipkehujingli", "VIP客户经理"),
        (["大堂经理"], "lobby-manager", "大堂经理"),  # as it is declared
        (["大堂經理"], "lobby-manager", "大堂經理"),
        ([" 柜员 "], "guiyuan", "柜员"),
        (["柜员", "--id", "teller"], "teller", "柜员"),
        (["--id", "a" * 64, "柜员"], "a" * 64, "柜员"),
        (["no", "--id", "x"], "x", "no"),
        (["1:30", "--id", "x"], "x", "1:30"),
        (["#x: [y] {z} 'q' \"w\" \\", "--id", "x"], "x", "#x: [y] {z} 'q' \"w\" \\"),
        (["{title}", "--id", "x"], "x", "{title}"),
        (["[red]岗", "--id", "x"], "x", "[red]岗"),
        (["&a *b !c %d @e", "--id", "x"], "x", "&a *b !c %d @e"),
        (["../x"], "x", "../x"),
        (["长" * 300, "--id", "x"], "x", "长" * 300),
    ],
)
def test_a_file_is_written_that_is_valid_at_once(
    run: Run, root: Path, arguments: list[str], stem: str, title: str
) -> None:
    language = "zh" if title in {"客户经理", "{title}"} else "en"
    result = run("new", *arguments, "--lang", language, book=root)
    assert (result.code, result.out) == (0, ""), result.err
    assert f"roles/{stem}.yaml" in result.err
    ((name, text),) = written(root).items()
    assert name == f"{stem}.yaml"
    assert text.startswith(MODELINE)
    assert "\r" not in text
    made = role(text, stem)
    assert (made.id, made.title) == (stem, title)
    assert ("写" in text) == (language == "zh")
    assert run("show", stem, book=root).code == 0


def test_every_key_that_the_template_proposes_is_a_key(run: Run, root: Path) -> None:
    run("new", "柜员", book=root)
    (text,) = written(root).values()
    keys = [line[2:].split(":")[0] for line in text.splitlines()[1:] if line.startswith("# ")]
    assert len(keys) >= 4
    assert set(keys) <= set(Role.model_fields)
    filled = (
        text.replace("# reports_to:", "reports_to: head")
        .replace("# unit:", "unit: 营业部").replace("    # ", "    ")
        .replace("# title_en:", "title_en: Teller").replace("# purpose:", "purpose: 收付现金。")
        .replace("# aliases: []", "aliases: [出纳]")
    )  # fmt: skip
    made = role(filled, "guiyuan")
    assert (made.reports_to, made.unit, made.aliases) == ("head", "营业部", ("出纳",))
    assert made.duties[0].cadence == "daily"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([""], '"" cannot be a title.'),
        (["  "], "cannot be a title."),
        (["a\nb"], "cannot be a title."),
        (["a\x1b[31m"], "a\\x1b[31m cannot be a title."),
        (["a\u202eb"], "a\\u202eb cannot be a title."),
        (["@@@"], '"" cannot be an id.'),
        (["99"], "99 cannot be an id."),
        (["con"], "con cannot be an id."),
        (["柜员", "--id", "aux"], "aux cannot be an id."),
        (["柜员", "--id", "Teller"], "Teller cannot be an id."),
        (["柜员", "--id", "../teller"], "../teller cannot be an id."),
        (["柜员", "--id", "teller\n"], "teller\n cannot be an id."),
        (["柜员", "--id", "柜员"], "柜员 cannot be an id."),
        (["柜员", "--id", "a" * 65], "cannot be an id."),
        (["员" * 30], "cannot be an id."),
    ],
)
def test_what_cannot_be_a_title_or_an_id_is_refused(
    run: Run, root: Path, arguments: list[str], message: str
) -> None:
    result = run("new", *arguments, book=root)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert "\x1b" not in result.err
    assert not written(root)
    if "an id" in message:
        assert "--id" in result.err


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (["大堂经理"], "roles/deep/lobby-manager.yaml"),
        (["大堂經理", "--id", "other"], "roles/deep/lobby-manager.yaml"),
        (["别的", "--id", "lobby-manager"], "roles/deep/lobby-manager.yaml"),
        (["坏", "--id", "broken"], "roles/broken.yml"),
    ],
)
def test_a_position_that_the_book_has_is_left_as_it_is(
    run: Run, book: Book, arguments: list[str], place: str
) -> None:
    texts = {"roles/deep/lobby-manager.yaml": LOBBY_MANAGER, "roles/broken.yml": "["}
    root = book(texts)
    before = written(root)
    result = run("new", *arguments, book=root)
    assert (result.code, result.out) == (2, "")
    assert f"already: {place}." in result.err
    assert written(root) == before
    again = run("new", "新岗", book=root)
    assert again.code == 0
    assert run("new", "新岗", book=root).code == 2


def test_a_file_that_is_no_role_file_is_not_overwritten_either(run: Run, root: Path) -> None:
    (root / "roles/teller.yaml").mkdir()
    result = run("new", "柜员", "--id", "teller", book=root)
    assert result.code == 2
    assert "already" in result.err


@pytest.mark.parametrize("here", [".", "roles", "roles/deep"])
def test_the_path_is_told_from_the_current_folder(run: Run, root: Path, here: str) -> None:
    (root / "roles/deep").mkdir()
    result = run("new", "柜员", book=root / here)
    expected = os.path.relpath(root / "roles/guiyuan.yaml", root / here).replace(os.sep, "/")
    assert result.err == f"{expected} was written.\n"


def test_a_book_without_a_folder_of_roles_gets_one(run: Run, root: Path) -> None:
    (root / "roles").rmdir()
    assert run("new", "柜员", book=root).code == 0
    assert json.loads(run("list", "--format", "json", book=root).out)["roles"][0]["valid"]


@pytest.mark.parametrize("settings", ["format: 2\n", "format: 9\nx: 1\n"])
def test_nothing_is_written_into_a_book_of_a_later_format(
    run: Run, book: Book, settings: str
) -> None:
    root = book({"dutybook.yaml": settings})
    result = run("new", "柜员", book=root)
    assert result.code == 2
    assert "Update dutybook." in result.err
    assert not written(root)


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_nothing_is_written_through_a_link(run: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (root / "roles").rmdir()
    (root / "roles").symlink_to(tmp_path / "outside")
    result = run("new", "柜员", book=root)
    assert result.code == 2
    assert "is not a folder" in result.err
    assert not list((tmp_path / "outside").iterdir())


def test_broken_settings_keep_no_one_from_writing(run: Run, book: Book) -> None:
    root = book({"dutybook.yaml": "["})
    assert run("new", "柜员", book=root).code == 0
