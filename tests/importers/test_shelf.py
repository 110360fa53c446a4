"""The book that an import goes into: whether it is there, what it has, who is meant by a name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dutybook.errors import BookError
from dutybook.importers.shelf import open_shelf
from dutybook.problems import Problem
from tests.conftest import Book

POSIX = pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
SETTINGS = "format: 1\npositions:\n  chief: 营业经理\n"


def role(id_: str, title: str, more: str = "") -> str:
    return f"id: {id_}\ntitle: {title}\n{more}duties:\n  - {{id: a, title: 清点, text: 清点。}}\n"


@pytest.mark.parametrize(
    ("texts", "new"),
    [
        ({"手册.docx": "", "notes/a.yaml": "a: 1\n"}, True),
        ({"roles/readme.txt": ""}, False),
        ({"dutybook.yaml": SETTINGS}, False),
        ({"roles/keeper.yaml": role("keeper", "库管员")}, False),
    ],
)
def test_a_folder_is_a_book_where_it_has_roles_or_settings(
    book: Book, texts: dict[str, str], new: bool
) -> None:
    root = book(texts)
    if not any(path.startswith("roles/") for path in texts):
        (root / "roles").rmdir()
    shelf = open_shelf(root)
    assert shelf.is_new is new
    assert (shelf.settings is not None) is ("dutybook.yaml" in texts)
    assert list(shelf.roles) == (["keeper"] if "roles/keeper.yaml" in texts else [])


def test_a_folder_that_is_not_there_is_a_new_book(tmp_path: Path) -> None:
    shelf = open_shelf(tmp_path / "none")
    assert (shelf.is_new, shelf.roles, shelf.settings, shelf.contents) == (True, {}, None, {})
    assert not (tmp_path / "none").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "book").write_text("", encoding="utf-8")
    with pytest.raises(BookError, match="is not a folder"):
        open_shelf(tmp_path / "book")


@POSIX
@pytest.mark.parametrize("name", ["roles", "dutybook.yaml"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BookError, match=f"{name} is a link"):
        open_shelf(tmp_path / "book")


@POSIX
def test_a_link_to_nothing_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "book").symlink_to(tmp_path / "none")
    with pytest.raises(BookError, match="is not a folder"):
        open_shelf(tmp_path / "book")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("format: 1\npositions: [\n", "has errors"),
        ("format: 1\nposition: {}\n", "position"),
        (b"\xff\xfe", "UTF-16"),
    ],
)
def test_settings_with_errors_are_refused(book: Book, settings: str | bytes, message: str) -> None:
    with pytest.raises(BookError, match=f"dutybook.yaml has errors: .*{message}|{message}"):
        open_shelf(book({"dutybook.yaml": settings}))


def test_settings_that_are_a_folder_are_refused(book: Book) -> None:
    root = book({"roles/keeper.yaml": role("keeper", "库管员")})
    (root / "dutybook.yaml").mkdir()
    with pytest.raises(BookError, match=r"dutybook\.yaml has errors"):
        open_shelf(root)


def test_roles_are_read_with_their_names_and_units(book: Book) -> None:
    text = role("keeper", "库管员", "aliases: [管库员, 金库岗]\nunit: 运营部\n")
    shelf = open_shelf(book({"dutybook.yaml": SETTINGS, "roles/keeper.yml": text}))
    (one,) = shelf.roles.values()
    assert (one.id, one.path, one.raw) == ("keeper", "roles/keeper.yml", text.encode())
    assert (one.names, one.unit) == (("库管员", "管库员", "金库岗"), "运营部")
    assert one.role is not None
    assert shelf.contents == {"dutybook.yaml": SETTINGS.encode(), "roles/keeper.yml": text.encode()}
    assert shelf.settings is not None
    assert shelf.settings.positions == {"chief": "营业经理"}


@pytest.mark.parametrize(
    ("text", "names", "unit"),
    [
        ("id: keeper\ntitle: 库管员\naliases: [管库员]\nunit: 运营部\n", ("库管员", "管库员"), "运营部"),
        ("id: keeper\ntitle: 库管员\naliases: 管库员\nunit: [甲, 乙]\n", ("库管员", "管库员"), ""),
        ("id: keeper\ntitle: [库管员\n", (), ""),
        (b"id: keeper\ntitle: \xff\n", (), ""),
        ("- 库管员\n", (), ""),
    ],
)  # fmt: skip
def test_a_role_with_errors_says_what_can_be_read_of_it(
    book: Book, text: str | bytes, names: tuple[str, ...], unit: str
) -> None:
    raw = text if isinstance(text, bytes) else text.encode()
    (one,) = open_shelf(book({"roles/keeper.yaml": text})).roles.values()
    assert (one.role, one.names, one.unit, one.raw) == (None, names, unit, raw)


def test_a_role_that_cannot_be_read_is_there_all_the_same(book: Book) -> None:
    text = role("keeper", "库管员") + "#" * (1 << 20)
    shelf = open_shelf(book({"roles/keeper.yaml": text}))
    one = shelf.roles["keeper"]
    assert (one.role, one.names, one.raw) == (None, (), b"")
    assert isinstance(shelf.contents["roles/keeper.yaml"], Problem)


@POSIX
def test_problems_of_the_folder_are_passed_on(book: Book) -> None:
    root = book({"roles/keeper.yaml": role("keeper", "库管员")})
    assert list(open_shelf(root).problems) == []
    (root / "roles/teller.yaml").symlink_to(root / "roles/keeper.yaml")
    shelf = open_shelf(root)
    assert [one.path for one in shelf.problems] == ["roles/teller.yaml"]
    assert list(shelf.roles) == ["keeper"]


def test_reading_says_how_far_it_is(book: Book) -> None:
    told: list[tuple[int, int]] = []
    texts = {f"roles/{name}.yaml": role(name, name) for name in ("a", "b", "c")}
    open_shelf(book({"dutybook.yaml": SETTINGS, **texts}), lambda *step: told.append(step))
    assert told == [(0, 3), (1, 3), (2, 3)]


SHELF = {
    "roles/one.yaml": role("one", "库管员", "aliases: [管库员]\nunit: 一部\n"),
    "roles/two.yaml": role("two", "库管员", "unit: 二部\n"),
    "roles/open.yaml": role("open", "出纳员", "aliases: [管库员, 出纳员]\n"),
    "roles/teller.yaml": role("teller", "柜员", "unit: 运营部\n"),
    "roles/left.yaml": role("left", "保卫员"),
    "roles/right.yaml": role("right", "保卫员"),
}


@pytest.mark.parametrize(
    ("title", "unit", "found"),
    [
        pytest.param("柜员", "", "teller", id="no unit is said"),
        pytest.param("柜员", "运营部", "teller", id="in this unit"),
        pytest.param("柜员", "財務部", None, id="in another unit"),
        pytest.param(" 櫃員 ", "運營部", "teller", id="in another script"),
        pytest.param("综合柜员", "", None, id="of another name"),
        pytest.param("出纳员", "运营部", "open", id="the book says no unit"),
        pytest.param("库管员", "二部", "two", id="two units, one of them is said"),
        pytest.param("库管员", "三部", None, id="two units, another is said"),
        pytest.param("库管员", "", None, id="two units, none is said"),
        pytest.param("管库员", "一部", "one", id="an alias, in this unit before no unit"),
        pytest.param("管库员", "二部", "open", id="an alias, no unit before another unit"),
        pytest.param("管库员", "", "open", id="an alias, no unit before one that is not said"),
        pytest.param("保卫员", "一部", None, id="two without a unit, and one is said"),
    ],
)
def test_who_is_meant_by_a_name(book: Book, title: str, unit: str, found: str | None) -> None:
    one = open_shelf(book(SHELF)).named(title, unit)
    assert (one.id if one else None) == found
