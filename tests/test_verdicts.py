"""What was found before is kept by content; whatever befalls the store, the answers are the same."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dutybook import engine, store
from dutybook.problems import Problem, Related, Report, Span
from dutybook.rules import RULES, silencers, withdrawn_reference
from dutybook.rules.base import Facts, Owned, Passage, Reference
from dutybook.silence import Silencer
from dutybook.verdicts import Findings, Verdict, Verdicts, packed
from tests.checking import TODAY, snapshot
from tests.conftest import BRANCH

PROBLEM = Problem(
    withdrawn_reference.RULE.kind,
    "有问题",
    "改正",
    "roles/营业部/teller.yaml",
    Span(1, 2, 3, 4),
    "teller",
    "cash",
    "duties[0].text",
    (Related("roles/head.yaml", Span(5, 6, 7, 8)),),
)
BARE = Problem(silencers.UNUSED.kind, "无处可用")
FACTS = Facts(
    "roles/teller.yaml", "teller", True, "柜员", ["高柜"], "营业部", "draft", "head", "2026-01-01",
    [Reference("head", "reports_to")], [Reference("现金", "duties[0].tags[0]")],
    [Reference("核心系统", "duties[0].systems[0]")],
    [Passage("duties[0].text", "收付。", ["head"])], [Owned(0, "收付", ["收付"])],
    {"对账": "duties[0].text"},
)  # fmt: skip
SILENCERS = [Silencer(1, 2, 3, ["W001", "N"], "总行统一")]
VERDICT = Verdict([PROBLEM, BARE], FACTS, SILENCERS)
FINDINGS = Findings([PROBLEM], {"roles/teller.yaml": SILENCERS}, 7, [FACTS])
NOTHING = Facts("roles/a.yaml", "a", False, "", [], "", "", "", "", [], [], [], [], [], {})
EMPTY = Verdict([], NOTHING, [])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "verdicts.sqlite"


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_PATIENCE_S", 0.01)


def test_what_is_kept_comes_back_as_it_was(place: Path) -> None:
    first = Verdicts(place)
    first.keep_file(b"a", packed(VERDICT))
    first.keep_file(b"b", packed(EMPTY))
    first.keep_book(b"c", FINDINGS)
    first.close([b"a", b"b", b"c"])
    for _ in range(2):
        again = Verdicts(place)
        assert again.file(b"a") == VERDICT
        assert again.file(b"b") == EMPTY
        assert again.book(b"c") == FINDINGS
        assert again.file(b"d") is None
        assert again.book(b"d") is None
        kept = again.file(b"a")
        assert kept is not None
        assert type(kept.facts.passages[0]) is Passage
        assert isinstance(kept.problems[0].span, Span)


def test_nothing_is_kept_until_it_is_closed(place: Path) -> None:
    Verdicts(place).keep_file(b"a", packed(VERDICT))
    assert Verdicts(place).file(b"a") is None


def test_much_is_kept_on_the_way(place: Path) -> None:
    """So that a large book does not wait in memory."""
    verdicts = Verdicts(place)
    for number in range(Verdicts._MANY):
        assert Verdicts(place).file(b"0") is None
        verdicts.keep_file(b"%d" % number, packed(EMPTY))
    assert Verdicts(place).file(b"0") == EMPTY


def test_every_kind_of_problem_can_be_kept() -> None:
    verdicts = Verdicts(None)
    every = Verdict([Problem(rule.kind, "") for rule in RULES], EMPTY.facts, [])
    assert len(every.problems) > 60
    verdicts.keep_file(b"a", packed(every))
    verdicts.close([b"a"])
    assert verdicts.file(b"a") == every


def test_what_no_file_needs_is_let_go_of_when_there_is_much_of_it(place: Path) -> None:
    old = [number.to_bytes(2, "big") for number in range(1500)]
    verdicts = Verdicts(place)
    for key in old:
        verdicts.keep_file(key, packed(EMPTY))
    verdicts.close(old)
    for number, left in ((1, 1501), (2, 1502)):  # 376 files in use: four times as many, and 1000
        verdicts = Verdicts(place)
        verdicts.keep_file(b"new%d" % number, packed(EMPTY))
        verdicts.close([*old[:375], b"new%d" % number])
        assert rows(place) == left
    verdicts = Verdicts(place)
    verdicts.close([b"new1"])
    assert rows(place) == 1502  # what was only read writes nothing
    verdicts = Verdicts(place)
    verdicts.keep_file(b"new3", packed(EMPTY))
    verdicts.close([b"new1", b"new3"])
    assert rows(place) == 2
    assert Verdicts(place).file(b"new1") == EMPTY
    assert Verdicts(place).file(b"new2") is None


def rows(place: Path) -> int:
    with closing(sqlite3.connect(place)) as connection:
        count: int = connection.execute("SELECT count(*) FROM verdict").fetchone()[0]
        return count


# Whatever is wrong with the store

BOOK = {
    path.relative_to(BRANCH).as_posix(): path.read_bytes() for path in BRANCH.rglob("*.yaml")
} | {
    "roles/broken.yaml": "id: 'broken\n",
    "roles/late.yaml": "id: late\ntitle: 迟\nduties:\n  - {id: a, title: b, text: 完成交办的其他工作。}\n"
    "  - {id: c, title: d, text: 完成临时交办的工作。} # dutybook: ignore W001 总行\nreview_by: 2020-01-01\n",
}


def checked(place: Path | None) -> Report:
    return engine.check(snapshot(BOOK), TODAY, Verdicts(place))


def sql(place: Path, *statements: str) -> None:
    with closing(sqlite3.connect(place)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def cut(place: Path) -> None:
    place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])


def scratch(place: Path) -> None:
    raw = place.read_bytes()
    place.write_bytes(raw[:5000] + bytes(len(raw) - 5000))


def folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


def from_another(place: Path) -> None:
    """Put a store in its place in which other texts stand under the keys, with their own sums."""
    sql(
        place,
        "CREATE TABLE moved AS SELECT key, lead(text, 1, text) OVER (ORDER BY key) AS text, "
        "lead(sum, 1, sum) OVER (ORDER BY key) AS sum FROM verdict",
        "DELETE FROM verdict",
        "INSERT INTO verdict SELECT key, text, sum FROM moved",
    )


DAMAGE: dict[str, Callable[[Path], Any]] = {
    "as it was": lambda place: None,
    "gone": lambda place: place.unlink(),
    "empty": lambda place: place.write_bytes(b""),
    "no database": lambda place: place.write_bytes(b"id: teller\n" * 1000),
    "cut off": cut,
    "scratched": scratch,
    "a folder": folder,
    "no table": lambda place: sql(place, "DROP TABLE verdict"),
    "another table": lambda place: sql(
        place, "DROP TABLE verdict", "CREATE TABLE verdict (name TEXT)"
    ),
    "no rows": lambda place: sql(place, "DELETE FROM verdict"),
    "other texts": lambda place: sql(place, "UPDATE verdict SET text = '[[], [], []]'"),
    "other sums": lambda place: sql(place, "UPDATE verdict SET sum = sum + 1"),
    "no texts": lambda place: sql(place, "UPDATE verdict SET text = NULL"),
    "bytes": lambda place: sql(place, "UPDATE verdict SET text = x'ff00ff'"),
    "exchanged": from_another,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_the_answers_are_the_same_whatever_is_in_the_store(
    damage: Callable[[Path], Any], place: Path
) -> None:
    expected = checked(None)
    assert {problem.kind.code for problem in expected.problems} >= {"Y001", "W001", "T001"}
    assert expected.silenced == 1
    assert checked(place) == expected
    damage(place)
    assert checked(place) == expected
    assert checked(place) == expected


def test_damage_is_mended(place: Path) -> None:
    checked(place)
    whole = rows(place)
    assert whole == len(BOOK)  # each file but dutybook.yaml, and the book
    for name, damage in DAMAGE.items():
        if name not in {"a folder", "another table"}:
            damage(place)
            checked(place)
            checked(place)
            assert rows(place) == whole, name


def test_a_store_that_another_run_writes_to(place: Path) -> None:
    expected = checked(place)
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert checked(place) == expected
    assert place.is_file()
    assert rows(place) == len(BOOK)


@pytest.mark.parametrize("full", [True, False], ids=["filled", "none yet"])
def test_a_store_that_may_not_be_written(
    place: Path, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    expected = checked(place if full else None)
    real = os.open

    def refuse(path: Any, flags: int, *more: Any) -> int:
        if flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(path, flags, *more)

    monkeypatch.setattr(os, "open", refuse)
    before = place.read_bytes() if full else b""
    assert checked(place) == expected
    assert (place.read_bytes() if place.exists() else b"") == before


def test_a_folder_that_goes_away(place: Path) -> None:
    inside = place.parent / "cache" / "verdicts.sqlite"
    inside.parent.mkdir()
    verdicts = Verdicts(inside)
    if os.name == "posix":
        shutil.rmtree(inside.parent)
    assert engine.check(snapshot(BOOK), TODAY, verdicts) == checked(None)


def test_a_store_that_breaks_while_it_is_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = checked(place)
    verdicts = Verdicts(place)
    read = store.Store.read
    calls = 0

    def fail_at_times(self: store.Store, query: str, *values: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls % 3 == 0:
            raise sqlite3.DatabaseError("disk I/O error")
        return read(self, query, *values)

    monkeypatch.setattr(store.Store, "read", fail_at_times)
    for _ in range(4):
        assert engine.check(snapshot(BOOK), TODAY, verdicts) == expected
    assert calls >= 3
