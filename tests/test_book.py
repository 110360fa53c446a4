"""The book: a position by any of its names, titles, what is declared, and what cannot be used."""

from __future__ import annotations

import os
import random

import pytest

from dutybook import files, index, messages, store
from dutybook.book import Book as DutyBook
from dutybook.errors import BookError, EmptyBookError, PositionError
from dutybook.problems import Problem
from tests.conftest import BRANCH, LOBBY_MANAGER, Book


def role(position: str, title: str, more: str = "") -> str:
    return (
        f"id: {position}\ntitle: {title}\n{more}duties:\n  - {{id: one, title: 事, text: 做事。}}\n"
    )


def named(**titles: str) -> dict[str, str]:
    """Return the texts of valid role files by title, `_` for `-` in ids."""
    ids = {key.replace("_", "-"): title for key, title in titles.items()}
    return {f"roles/{position}.yaml": role(position, title) for position, title in ids.items()}


def refused(book: DutyBook, name: str) -> PositionError:
    with pytest.raises(PositionError) as caught:
        book.find(name)
    assert caught.value.exit_code == 2
    return caught.value


@pytest.fixture
def branch() -> DutyBook:
    return DutyBook(BRANCH)


@pytest.mark.parametrize(
    ("name", "position"),
    [
        ("teller", "teller"),
        (" teller ", "teller"),
        ("综合柜员", "teller"),
        ("綜合櫃員", "teller"),
        ("柜员", "teller"),
        ("Teller", "teller"),
        ("OPERATIONS manager", "operations-manager"),
        ("Operations-Manager", "operations-manager"),
        ("营运经理", "operations-manager"),
        ("营业部", "operations-manager"),
        ("综", "teller"),
        ("chief", "chief-teller"),
        ("yunyingjingli", "operations-manager"),
        ("yunying jingli", "operations-manager"),
        ("yyjl", "operations-manager"),
        ("zhgy", "teller"),
        ("zonghguiy", "teller"),
        ("jk", "vault-keeper"),
        ("dazi", "typist"),
        ("ｔｅｌｌｅｒ", "teller"),
        ("tell", "teller"),
        ("loan-", "loan-officer"),
    ],
)
def test_a_position_answers_to_any_of_its_names(branch: DutyBook, name: str, position: str) -> None:
    assert branch.find(name).id == position


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("nobody-at-all", "No position is called nobody-at-all.", "`dutybook list` shows all"),
        ("", "No position is called .", "`dutybook list` shows all"),
        ("　 ", "No position is called", "`dutybook list` shows all"),
        ("综合贵员", "No position is called 综合贵员.", "Did you mean 综合柜员 (teller)"),
        ("telller", "No position is called telller.", "Did you mean 综合柜员 (teller)"),
        ("roles", "No position is called roles.", ""),
        ("roles/teller.yaml", "No position is called roles/teller.yaml.", ""),
        ("a\x1b[31m", "No position is called a\\x1b[31m.", ""),
        ('te"', 'No position is called te".', ""),
        ("支行行长", "支行行长 is declared in dutybook.yaml and has no role file.",
         "`dutybook search counterpart:branch-director`"),
        ("branch-director", "支行行长 is declared in dutybook.yaml and has no role file.",
         "`dutybook search counterpart:branch-director`"),
        ("支行", "No position is called 支行.", ""),
        ("c", "c may mean several positions: 主办柜员 (chief-teller), 信贷经理 (credit-manager).",
         "Write more of the name, or the id."),
    ],
)  # fmt: skip
def test_what_names_no_one_position_is_said(
    branch: DutyBook, name: str, message: str, hint: str
) -> None:
    error = refused(branch, name)
    assert error.message.startswith(message)
    assert hint in error.hint
    assert "\x1b" not in error.message


@pytest.mark.parametrize(
    ("titles", "name", "positions"),
    [
        # an id before a title, a title before pinyin, pinyin before a beginning
        ({"khjl": "柜员", "teller": "客户经理"}, "khjl", ["khjl"]),
        ({"first": "khjl", "second": "客户经理"}, "khjl", ["first"]),
        ({"first": "客户经理", "second": "khjl助理"}, "khjl", ["first"]),
        ({"first": "客户经理", "second": "khjl助理"}, "khj", ["first", "second"]),
        ({"first": "经理", "second": "经理助理"}, "经理", ["first"]),
        ({"first": "经理", "second": "经理助理"}, "经", ["first", "second"]),
        ({"first": "经理", "second": "经理助理"}, "jl", ["first"]),
        ({"first": "支行经理", "second": "支行主管"}, "zhixing", ["first", "second"]),
        ({"r1": "甲", "r2": "乙"}, "r", ["r1", "r2"]),
        ({"first": "甲", "r2": "乙"}, "r", ["r2"]),  # each path begins with roles/
        ({"first": "甲甲", "second": "甲甲"}, "甲甲", ["first", "second"]),
        ({"first": "甲甲", "second": "甲甲"}, "second", ["second"]),
    ],
)
def test_the_first_kind_of_name_that_fits_decides(
    book: Book, titles: dict[str, str], name: str, positions: list[str]
) -> None:
    made = DutyBook(book(named(**titles)))
    if len(positions) == 1:
        assert made.find(name).id == positions[0]
    else:
        message = refused(made, name).message
        listed = ", ".join(f"{titles[position]} ({position})" for position in positions)
        assert message == f"{name} may mean several positions: {listed}."


def test_of_many_candidates_some_are_named(book: Book) -> None:
    made = DutyBook(book(named(**{f"teller_{number}": "柜员" for number in range(12)})))
    message = refused(made, "柜员").message
    assert message.count("柜员 (") == 8
    assert message.endswith(" ….")


def test_two_files_of_one_id_are_told_apart_by_their_paths(book: Book) -> None:
    root = book(
        {
            "roles/a/teller.yaml": role("teller", "柜员"),
            "roles/b/teller.yaml": role("teller", "出纳"),
            "roles/c/teller.yaml": "[",
        }
    )
    made = DutyBook(root)
    assert [row.path for row in made.rows] == [f"roles/{name}/teller.yaml" for name in "abc"]
    assert refused(made, "teller").message == (
        "teller may mean several positions: 柜员 (roles/a/teller.yaml), "
        "出纳 (roles/b/teller.yaml), roles/c/teller.yaml."
    )
    assert made.find("出纳").path == "roles/b/teller.yaml"


def test_a_position_that_is_declared_and_has_a_file_is_found(book: Book) -> None:
    root = book(
        {**named(teller="柜员"), "dutybook.yaml": "positions: {teller: 柜员, head: 主管}\n"}
    )
    made = DutyBook(root)
    assert made.find("柜员").id == "teller"
    assert made.find("teller").id == "teller"
    assert "declared" in refused(made, "主管").message
    (root / "roles/deputy.yaml").write_text(role("deputy", "主管助理"), encoding="utf-8")
    assert "declared" in refused(DutyBook(root), "主管").message  # no beginning, an exact name
    assert DutyBook(root).find("主管助").id == "deputy"


def test_an_invalid_file_is_found_by_what_it_says(book: Book) -> None:
    root = book({"roles/teller.yaml": "title: 柜员\n\x1b\n", "roles/x.yaml": "id: y\ntitle: 错\n"})
    made = DutyBook(root)
    assert not made.find("teller").valid
    assert made.find("错").id == "x"
    assert "may mean" not in refused(made, "y").message


def test_titles_are_those_of_files_then_declared_ones_then_ids(branch: DutyBook) -> None:
    titles = {position: branch.title(position) for position in ("teller", "branch-director", "x")}
    assert titles == {"teller": "综合柜员", "branch-director": "支行行长", "x": "x"}


def test_a_role_is_read_and_a_file_that_is_none_is_a_problem(book: Book) -> None:
    root = book({"roles/lobby-manager.yaml": LOBBY_MANAGER, "roles/bad.yaml": "["})
    (root / "roles/folder.yaml").mkdir()
    made = DutyBook(root)
    record = made.read(made.find("lobby-manager"))
    assert not isinstance(record, Problem)
    assert record.role is not None
    assert record.role.title == "大堂经理"
    bad = made.read(made.find("bad"))
    assert not isinstance(bad, Problem)
    assert bad.role is None
    folder = made.read(made.find("folder"))
    assert isinstance(folder, Problem)
    assert folder.kind.code == "F002"


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_a_link_is_not_read_even_where_the_system_would_follow_it(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({**named(teller="柜员"), "../outside.yaml": role("secret", "机密")})
    (root / "roles/secret.yaml").symlink_to("../../outside.yaml")
    monkeypatch.setattr(files, "_OPEN_FLAGS", os.O_RDONLY)
    made = DutyBook(root)
    problem = made.read(made.find("secret"))
    assert isinstance(problem, Problem)
    assert problem.kind.code == "F002"
    assert "机密" not in str([problem, made.rows])


@pytest.mark.parametrize(
    ("texts", "error", "message"),
    [
        ({}, EmptyBookError, "has no role files"),
        ({"dutybook.yaml": ""}, EmptyBookError, "has no role files"),
        ({"roles/.a.yaml": "", "roles/b.txt": ""}, EmptyBookError, "has no role files"),
        ({**named(teller="柜员"), "dutybook.yaml": "format: 2\n"}, BookError, "format 2"),
        ({**named(teller="柜员"), "dutybook.yaml": "format: 7\nx: 1\n"}, BookError, "format 7"),
        ({"dutybook.yaml": "format: 2\n"}, BookError, "format 2"),
    ],
)
def test_a_book_of_which_nothing_can_be_used(
    book: Book, texts: dict[str, str], error: type[BookError], message: str
) -> None:
    with pytest.raises(error, match=message) as caught:
        DutyBook(book(texts))
    assert caught.value.hint
    assert type(caught.value) is error


@pytest.mark.parametrize("text", ["[", "x: 1\n", "format: 0\n", "\x00", "格式：1\n"])
def test_broken_settings_are_as_if_there_were_none(book: Book, text: str) -> None:
    made = DutyBook(book({**named(teller="柜员"), "dutybook.yaml": text}))
    assert not made.declared.valid
    assert made.find("柜员").id == "teller"


def test_names_are_found_through_a_damaged_index_too(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = {"customer_manager": "客户经理", "teller": "柜员", "customer": "客户"}
    root = book({**named(**titles), "dutybook.yaml": "positions: {head: 主管}\n"})
    monkeypatch.setattr(index, "_SETTLED_NS", -(1 << 62))
    asked = ["customer-manager", "客户经理", "khjl", "客户", "teller", "nix", "主管", "柜"]

    def found(name: str) -> str:
        try:
            return DutyBook(root).find(name).path
        except PositionError as error:
            return error.message

    expected = {name: found(name) for name in asked}
    place = store.place(root, index._LAYOUT)
    assert place is not None
    whole = place.read_bytes()
    used = [number for number, byte in enumerate(whole) if byte]
    chance = random.Random(5)
    for _ in range(150):
        bits = bytearray(whole)
        bits[chance.choice(used)] ^= 1 << chance.randrange(8)
        place.write_bytes(bits)
        name = chance.choice(asked)
        assert found(name) == expected[name]


def test_messages_are_in_chinese_too(branch: DutyBook) -> None:
    messages.use("zh")
    error = refused(branch, "综合贵员")
    assert error.message == "没有名为“综合贵员”的岗位。"
    assert "综合柜员（teller）" in error.hint or "综合柜员 (teller)" in error.hint
