"""The index: the same answers with and without it, whatever happens to its file or the book's."""

from __future__ import annotations

import errno
import hashlib
import os
import pickle
import random
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dutybook import files, index, store
from dutybook.errors import BookError, EmptyBookError
from dutybook.index import NOTHING_DECLARED, Index, Row
from tests.conftest import CUSTOMER_MANAGER, LOBBY_MANAGER, Book

POSIX = pytest.mark.skipif(os.name != "posix", reason="links, modes and signals as POSIX has them")
SETTINGS = "format: 1\ntitle: 手册\npositions: {teller: 柜员}\ntags: {客户维护: 维护}\n"
TEXTS = {
    "dutybook.yaml": SETTINGS,
    "roles/customer-manager.yaml": CUSTOMER_MANAGER,
    "roles/hall/lobby-manager.yaml": LOBBY_MANAGER,
    "roles/broken.yaml": "title: 坏\nunit: 营业部\nduties: [",
    "roles/wrong.yaml": "title: 错\ntitle_en: Wrong\nreports_to: teller\nduties: [1, 2]\n",
    "roles/gbk.yaml": "title: 柜员".encode("gbk"),
}


QUESTIONS: list[Callable[[Index], Any]] = [
    len,
    Index.rows,
    lambda made: sorted(made.names()),
    Index.declared,
    *(
        lambda made, position=position: made.rows_of(position)  # type: ignore[misc]
        for position in ("customer-manager", "lobby-manager", "broken", "wrong", "nobody")
    ),
]


def answers(root: Path, first: int = 0) -> list[Any]:
    """Return all that an index says of a book; what is asked first meets what is wrong with it."""
    made = Index(root)
    order = [*range(first, len(QUESTIONS)), *range(first)]
    given = {number: QUESTIONS[number](made) for number in order}
    return [given[number] for number in range(len(QUESTIONS))]


def without_index(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return all that a new index in memory says."""
    with monkeypatch.context() as patch:
        patch.setattr(store, "place", lambda *_: None)
        return answers(root)


@pytest.fixture
def root(book: Book) -> Path:
    return book(TEXTS)


@pytest.fixture
def place(root: Path) -> Path:
    """Return the file of an index that is made and up to date."""
    found = store.place(root, index._LAYOUT)
    assert found is not None
    answers(root)
    return found


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the paths of the files that are read."""
    paths: list[str] = []
    read = files.read

    def remembered(root: Path, path: str) -> Any:
        paths.append(path)
        return read(root, path)

    monkeypatch.setattr(files, "read", remembered)
    return paths


# What it says


def test_a_row_a_file_valid_or_not(root: Path) -> None:
    made = Index(root)
    assert len(made) == 5
    assert made.rows() == [
        Row("broken", "roles/broken.yaml", "", None, None, None, 0, [], "in-force", False),
        Row("customer-manager", "roles/customer-manager.yaml", "客户经理", "Customer Manager",
            None, None, 2, ["客户维护"], "in-force", True),
        Row("gbk", "roles/gbk.yaml", "", None, None, None, 0, [], "in-force", False),
        Row("lobby-manager", "roles/hall/lobby-manager.yaml", "大堂经理", None, None, None, 1, [],
            "in-force", True),
        Row("wrong", "roles/wrong.yaml", "错", "Wrong", None, "teller", 2, [], "in-force", False),
    ]  # fmt: skip
    assert made.rows_of("customer-manager") == [made.rows()[1]]
    assert made.rows_of("nobody") == []
    assert made.declared() == (True, 1, "手册", {"teller": "柜员"}, ["客户维护"], [])


def test_names_are_folded_and_the_chinese_ones_can_be_spelt(root: Path) -> None:
    (names,) = Index(root).names_like("个人客户")
    assert names.id == "customer-manager"
    assert names.names == ["客户经理", "个人客户经理", "customer manager"]
    assert [reading.split("|")[0] for reading in names.readings] == ["ke", "ge"]
    assert {one.id for one in Index(root).names()} == {
        "broken", "customer-manager", "gbk", "lobby-manager", "wrong"
    }  # fmt: skip


@pytest.mark.parametrize("beginning", ['"', "\\", "%", "'", "", "客户\n", "]"])
def test_a_beginning_of_any_characters_is_only_text(root: Path, beginning: str) -> None:
    assert {one.id for one in Index(root).names_like(beginning)} <= {
        one.id for one in Index(root).names()
    }


def test_what_listing_refuses_has_a_row_and_a_reason(root: Path) -> None:
    (root / "roles/folder.yaml").mkdir()
    (root / "roles/note.yaml.txt").mkdir()
    made = Index(root)
    (row,) = made.rows_of("folder")
    assert (row.path, row.valid, row.title) == ("roles/folder.yaml", False, "")
    problem = made.unlisted("roles/folder.yaml")
    assert problem is not None
    assert problem.kind.code == "F002"
    assert made.unlisted("roles/broken.yaml") is None
    assert len(made) == 6


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        (None, NOTHING_DECLARED),
        ("", NOTHING_DECLARED._replace(valid=False)),
        ("- 1\n", NOTHING_DECLARED._replace(valid=False)),
        ("format: 2\n", NOTHING_DECLARED._replace(valid=False, format=2)),
        ("format: 3\nnew: [", NOTHING_DECLARED._replace(valid=False)),
        ("format: 3\nnew: 1\n", NOTHING_DECLARED._replace(valid=False, format=3)),
        ("format: two\n", NOTHING_DECLARED._replace(valid=False)),
        (f"format: {'9' * 5000}\n", NOTHING_DECLARED._replace(valid=False)),
        ("format: 1\npositions: 1\n", NOTHING_DECLARED._replace(valid=False)),
        ("title: 手册\nsynonyms: [[反洗钱, AML]]\n",
         NOTHING_DECLARED._replace(title="手册", synonyms=[["反洗钱", "AML"]])),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_declared(root: Path, text: str | None, declared: index.Declared) -> None:
    (root / "dutybook.yaml").unlink()
    if text is not None:
        (root / "dutybook.yaml").write_text(text, encoding="utf-8")
    assert Index(root).declared() == declared
    assert len(Index(root)) == 5


def test_settings_that_cannot_be_read_declare_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "dutybook.yaml").unlink()
    (root / "dutybook.yaml").mkdir()
    assert Index(root).declared() == NOTHING_DECLARED._replace(valid=False)
    (root / "dutybook.yaml").rmdir()
    (root / "dutybook.yaml").write_text(SETTINGS, encoding="utf-8")
    with monkeypatch.context() as patch:
        _refuse_to_open(patch, "dutybook.yaml")
        assert Index(root).declared() == NOTHING_DECLARED._replace(valid=False)
    assert Index(root).declared().title == "手册"


def test_a_file_that_cannot_be_read_is_tried_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _refuse_to_open(patch, "customer-manager.yaml")
        for _ in range(2):
            (row,) = Index(root).rows_of("customer-manager")
            assert not row.valid
    (row,) = Index(root).rows_of("customer-manager")
    assert row.valid


def _refuse_to_open(patch: pytest.MonkeyPatch, name: str) -> None:
    opened = os.open

    def refuse(path: Any, *more: Any) -> int:
        if str(path).endswith(name):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, *more)

    patch.setattr(os, "open", refuse)


def test_a_book_without_roles_has_no_index(book: Book) -> None:
    root = book({"dutybook.yaml": SETTINGS})
    assert Index(root).rows() == []
    (root / "roles").rmdir()
    with pytest.raises(EmptyBookError):
        Index(root)
    (root / "roles").write_text("", encoding="utf-8")
    with pytest.raises(BookError):
        Index(root)


# What happens to its file


def _sql(*statements: str) -> Callable[[Path], object]:
    def damage(place: Path) -> None:
        with closing(sqlite3.connect(place)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return damage


class _Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        return (pytest.fail, ("what the index holds was executed",))


def _folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "deleted": lambda place: place.unlink(),
    "empty": lambda place: place.write_bytes(b""),
    "noise": lambda place: place.write_bytes(random.Random(1).randbytes(8192)),
    "a pickle": lambda place: place.write_bytes(pickle.dumps(_Trap())),
    "half of it": lambda place: os.truncate(place, place.stat().st_size // 2),
    "a page of it": lambda place: os.truncate(place, 4096),
    "its header": lambda place: os.truncate(place, 100),
    "longer": lambda place: place.write_bytes(place.read_bytes() * 2),
    "a folder": _folder,
    "no tables": _sql("DROP TABLE file"),
    "another table": _sql("DROP TABLE file", "CREATE TABLE other (text)"),
    "an older layout": _sql("DROP TABLE file", "CREATE TABLE file (path TEXT, row TEXT)"),
    "a newer layout": _sql("ALTER TABLE file ADD COLUMN more TEXT"),
    "no rows": _sql("DELETE FROM file"),
    "a row missing": _sql("DELETE FROM file WHERE path LIKE '%customer%'"),
    "a row too many": _sql("INSERT INTO file (path, digest) VALUES ('roles/ghost.yaml', 1)"),
    "no settings": _sql("DELETE FROM file WHERE path = 'dutybook.yaml'"),
    "texts exchanged": _sql("UPDATE file SET row = names, row_sum = names_sum"),
    "another's text": _sql(
        "UPDATE file SET row = (SELECT row FROM file WHERE path LIKE '%lobby%'),"
        " row_sum = (SELECT row_sum FROM file WHERE path LIKE '%lobby%')"
    ),
    "texts gone": _sql("UPDATE file SET row = NULL, names = NULL"),
    "a letter changed": _sql("UPDATE file SET names = replace(names, '客户', '各户')"),
    "bytes for texts": _sql("UPDATE file SET row = CAST(row AS BLOB), names = x'80'"),
    "words for numbers": _sql("UPDATE file SET digest = 'x', names_sum = 'y', row_sum = 'z'"),
    "nothing for numbers": _sql("UPDATE file SET digest = NULL, names_sum = NULL"),
    "no manifest": _sql("DELETE FROM kept WHERE key = 'manifest'"),
    "another manifest": _sql("UPDATE kept SET value = x'00' WHERE key = 'manifest'"),
    "nothing kept": _sql("DELETE FROM kept"),
    "another digest": _sql("UPDATE file SET digest = x'00'"),
    "a trigger": _sql(
        "CREATE TRIGGER t AFTER INSERT ON file BEGIN DELETE FROM file; END",
        "DELETE FROM file WHERE path LIKE '%lobby%'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("settled", [False, True], ids=["racy", "settled"])
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_index_gives_the_same_answers(
    root: Path,
    place: Path,
    damage: Callable[[Path], object],
    settled: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = without_index(root, monkeypatch)
    if settled:
        monkeypatch.setattr(index, "_SETTLED_NS", -(1 << 62))
        answers(root)
    whole = place.read_bytes()
    for first in range(1, 5):
        if place.is_dir():
            place.rmdir()
        place.write_bytes(whole)
        damage(place)
        for _ in range(2):
            assert answers(root, first) == expected


def test_flipped_bits_give_the_same_answers(
    root: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = without_index(root, monkeypatch)
    monkeypatch.setattr(index, "_SETTLED_NS", -(1 << 62))  # so that rows are believed
    answers(root)
    whole = place.read_bytes()
    used = [number for number, byte in enumerate(whole) if byte]
    chance = random.Random(20260101)
    for _ in range(150):
        bits = bytearray(whole)
        flips = [
            (chance.choice(used), chance.randrange(8)) for _ in range(chance.choice((1, 1, 3)))
        ]
        for number, bit in flips:
            bits[number] ^= 1 << bit
        place.write_bytes(bits)
        assert answers(root, chance.randrange(len(QUESTIONS))) == expected, flips


def test_a_damaged_index_is_replaced(root: Path, place: Path, reads: list[str]) -> None:
    place.write_bytes(b"noise" * 1000)
    answers(root)
    assert place.read_bytes().startswith(b"SQLite format 3\0")
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT count(*) FROM file").fetchone() == (len(TEXTS),)


def test_each_version_has_an_index_of_its_own(
    root: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = answers(root)
    before = place.read_bytes()
    monkeypatch.setattr(index, "_LAYOUT", "0.0.0-9")
    assert answers(root) == expected
    assert place.read_bytes() == before
    assert len(list(place.parent.glob("*.sqlite"))) == 2


def test_damage_that_shows_while_it_is_read_is_mended(
    root: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = without_index(root, monkeypatch)
    made = Index(root)
    _sql("UPDATE file SET row = 'x', names = 'x'")(place)
    assert made.rows() == expected[1]
    _sql("UPDATE file SET row = 'x', names = 'x'")(place)
    assert sorted(made.names()) == expected[2]
    _sql("DELETE FROM file")(place)
    assert made.declared() == expected[3]


# Where there is no place for it


@pytest.mark.parametrize("kept", [True, False], ids=["with-an-index", "without"])
def test_a_cache_that_is_read_only_gives_the_same_answers(
    root: Path, place: Path, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = without_index(root, monkeypatch)
    if not kept:
        place.unlink()
    before = {path: path.read_bytes() for path in place.parent.iterdir()}
    _refuse_to_open(monkeypatch, ".sqlite")
    (root / "roles/new.yaml").write_text(LOBBY_MANAGER, encoding="utf-8")
    assert [row.id for row in Index(root).rows()].count("new") == 1
    (root / "roles/new.yaml").unlink()
    assert answers(root) == expected
    assert {path: path.read_bytes() for path in place.parent.iterdir()} == before


@pytest.mark.parametrize("damaged", [True, False])
def test_an_index_that_cannot_be_replaced_is_done_without(
    root: Path, place: Path, damaged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = without_index(root, monkeypatch)
    if damaged:
        place.write_bytes(b"noise" * 1000)

    def refuse(_: Path, **__: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "unlink", refuse)
    assert answers(root) == expected


@pytest.mark.parametrize("where", ["file", "file/below"])
def test_a_file_in_the_place_of_the_cache_folder_does_no_harm(
    root: Path, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = without_index(root, monkeypatch)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    monkeypatch.setenv("DUTYBOOK_CACHE_DIR", str(tmp_path / where))
    assert answers(root) == expected
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@POSIX
def test_no_home_does_no_harm(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd  # not on Windows

    def nobody(_: int) -> None:
        raise KeyError

    expected = without_index(root, monkeypatch)
    for name in ("HOME", "XDG_CACHE_HOME", "DUTYBOOK_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.chdir(root)
    before = sorted(root.rglob("*"))
    assert answers(root) == expected
    assert sorted(root.rglob("*")) == before


@POSIX
def test_the_index_is_for_its_owner_alone(place: Path) -> None:
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in place.parent.iterdir()] == [0o600]


# Other runs


@pytest.mark.parametrize("kind", ["IMMEDIATE", "EXCLUSIVE"])
@pytest.mark.parametrize("changed", [True, False])
def test_a_lock_of_another_run_does_no_harm(
    root: Path, place: Path, kind: str, changed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_PATIENCE_S", 0.01)
    if changed:
        (root / "roles/new.yaml").write_text(LOBBY_MANAGER, encoding="utf-8")
    expected = without_index(root, monkeypatch)
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute(f"BEGIN {kind}")
        assert answers(root) == expected
    assert answers(root) == expected


def test_what_another_run_has_found_meanwhile_is_left_alone(
    root: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = without_index(root, monkeypatch)
    made = Index(root)
    (root / "roles/new.yaml").write_text(LOBBY_MANAGER, encoding="utf-8")
    assert len(Index(root).rows()) == 6
    assert made.rows() == expected[1]
    with closing(sqlite3.connect(place)) as connection:
        query = "SELECT count(*) FROM file WHERE path = 'roles/new.yaml'"
        assert connection.execute(query).fetchone() == (1,)


BUILD = """
import sys
from pathlib import Path
from dutybook import index, store
root = Path(sys.argv[1])
place = store.place(root, index._LAYOUT)
for turn in range(int(sys.argv[2])):
    if turn:
        place.unlink(missing_ok=True)
    rows = index.Index(root).rows()
    print(len(rows), sum(row.valid for row in rows), flush=True)
"""


@pytest.fixture
def large(book: Book) -> Path:
    """Return a book that takes a moment to read."""
    texts = {
        f"roles/{number:03}/role-{number}.yaml": LOBBY_MANAGER.replace(
            "lobby-manager", f"role-{number}"
        )
        for number in range(80)
    }
    return book(texts, name="large")


def build(root: Path, turns: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(root), str(turns)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_runs_at_the_same_time_do_each_other_no_harm(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = [build(large, 8) for _ in range(3)]
    for run in runs:
        out, err = run.communicate(timeout=60)
        assert (out, err, run.returncode) == ("80 80\n" * 8, "", 0)
    assert answers(large) == without_index(large, monkeypatch)


def test_a_run_that_is_killed_while_it_writes_does_no_harm(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = without_index(large, monkeypatch)
    chance = random.Random(7)
    for _ in range(4):
        run = build(large, 1_000_000)
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(chance.uniform(0, 0.06))
        run.kill()
        run.communicate(timeout=60)
        assert answers(large) == expected


# What happens to the book


def test_a_file_is_read_again_only_where_it_may_have_changed(
    root: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_SETTLED_NS", -(1 << 62))
    expected = answers(root)
    assert sorted(set(reads)) == sorted(TEXTS)
    reads.clear()
    assert answers(root) == expected
    assert reads == []
    (root / "roles/broken.yaml").write_text(LOBBY_MANAGER, encoding="utf-8")
    (row,) = Index(root).rows_of("broken")
    assert row.title == "大堂经理"
    assert reads == ["roles/broken.yaml"]


def test_a_file_that_has_not_settled_is_compared_by_content(root: Path, reads: list[str]) -> None:
    answers(root)
    reads.clear()
    answers(root)
    assert sorted(set(reads)) == sorted(TEXTS)


@pytest.mark.parametrize("same_time", [True, False])
@pytest.mark.parametrize("replaced", [True, False])
def test_a_change_at_once_of_the_same_size_is_seen(
    root: Path, same_time: bool, replaced: bool
) -> None:
    path = root / "roles/hall/lobby-manager.yaml"
    before = path.stat()
    for title in ("大堂主管", "大堂经理", "厅堂经理"):
        Index(root)
        text = LOBBY_MANAGER.replace("大堂经理", title)
        if replaced:
            other = path.with_suffix(".new")
            other.write_text(text, encoding="utf-8")
            other.replace(path)
        else:
            path.write_text(text, encoding="utf-8")
        if same_time:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert path.stat().st_size == before.st_size
        (row,) = Index(root).rows_of("lobby-manager")
        assert row.title == title


def test_a_time_in_the_future_is_never_believed(root: Path, reads: list[str]) -> None:
    path = root / "roles/hall/lobby-manager.yaml"
    future = time.time_ns() + 10**13
    os.utime(path, ns=(future, future))
    Index(root)
    path.write_text(LOBBY_MANAGER.replace("大堂经理", "大堂主管"), encoding="utf-8")
    os.utime(path, ns=(future, future))
    (row,) = Index(root).rows_of("lobby-manager")
    assert row.title == "大堂主管"


def test_files_that_come_go_and_move_are_followed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Index(root)
    (root / "roles/broken.yaml").unlink()
    (root / "roles/customer-manager.yaml").rename(root / "roles/hall/customer-manager.yaml")
    (root / "roles/new.yaml").write_text(LOBBY_MANAGER, encoding="utf-8")
    (root / "dutybook.yaml").unlink()
    assert [row.path for row in Index(root).rows()] == [
        "roles/hall/customer-manager.yaml", "roles/gbk.yaml", "roles/hall/lobby-manager.yaml",
        "roles/new.yaml", "roles/wrong.yaml",
    ]  # fmt: skip
    assert Index(root).declared() == NOTHING_DECLARED
    assert answers(root) == without_index(root, monkeypatch)


def test_a_file_that_goes_while_the_book_is_read_costs_only_itself(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_book = files.list_book

    def then_gone(folder: Path) -> files.Listing:
        listing = list_book(folder)
        (root / "roles/customer-manager.yaml").unlink()
        return listing

    with monkeypatch.context() as patch:
        patch.setattr(files, "list_book", then_gone)
        made = Index(root)
    assert [row.valid for row in made.rows_of("customer-manager")] == [False]
    assert len(made.rows()) == 5
    assert len(Index(root).rows()) == 4


def test_nothing_is_written_into_the_book(root: Path) -> None:
    def state() -> dict[str, tuple[int, str]]:
        return {
            path.relative_to(root).as_posix(): (
                path.stat().st_mtime_ns,
                hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest(),
            )
            for path in root.rglob("*")
        }

    before = state()
    for _ in range(2):
        answers(root)
    assert state() == before
