"""Searching a book: every duty that holds the query and no other, in order, as the files are."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutybook import files, grams, query, search, shelf, store
from dutybook.book import Book
from dutybook.errors import PositionError
from dutybook.parts import Hit
from dutybook.text import fold
from tests.conftest import Book as MakeBook

ROOT = Path(__file__).parent.parent


def role(name: str, *duties: dict[str, object], **head: object) -> str:
    """Return a role file; a duty without an id gets one."""
    numbered = [
        {"id": f"d-{i}", "title": "一", "text": "一", **one} for i, one in enumerate(duties)
    ]
    data = {
        "id": name,
        "title": name,
        "duties": numbered or [{"id": "d", "title": "空", "text": "空"}],
    }
    return yaml.safe_dump({**data, **head}, allow_unicode=True, sort_keys=False)


def roles(*texts: str, settings: str = "") -> dict[str, str | bytes]:
    """Return the files of a book with these roles."""
    made: dict[str, str | bytes] = {
        f"roles/{yaml.safe_load(text)['id']}.yaml": text for text in texts
    }
    return made | ({"dutybook.yaml": settings} if settings else {})


def find(root: Path, text: str) -> list[Hit]:
    return search.find(Book(root), query.parse(text)).hits


def found(root: Path, text: str) -> list[tuple[str, str, str]]:
    """Return (role, duty, field) of each hit."""
    return [(hit.role, hit.duty, hit.field) for hit in find(root, text)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a handful of parts many, so that all that happens to many happens to them."""
    monkeypatch.setattr(shelf, "_LOOSE", 4)
    monkeypatch.setattr(shelf, "_FILES", 2)
    monkeypatch.setattr(shelf, "_ASKED", 3)
    monkeypatch.setattr(grams, "MOST", 12)


# -- what is searched, and how a hit is told ------------------------------------------------------


def test_every_field_is_searched(book: MakeBook) -> None:
    duty = {
        "title": "甲一", "text": "乙二", "tags": ["丙三"],
        "items": [{"text": "丁四", "tags": ["戊五"]}, "己六"],
    }  # fmt: skip
    head = {
        "title": "庚七", "title_en": "Head Eight", "aliases": ["辛九"], "unit": "壬十",
        "purpose": "癸百", "qualifications": ["子千"],
        "authorities": ["丑万", {"text": "寅", "limit": "卯亿"}],
        "sections": [{"title": "辰兆", "text": "巳京"}],
    }  # fmt: skip
    root = book(roles(role("one", duty, **head)))
    fields = {
        "甲一": "title", "乙二": "text", "丙三": "tags", "丁四": "items[0]",
        "戊五": "items[0].tags", "己六": "items[1]", "庚七": "role.title",
        "head eight": "role.title_en",
        "辛九": "role.aliases[0]", "壬十": "role.unit", "癸百": "role.purpose",
        "子千": "role.qualifications[0]", "丑万": "role.authorities[0]",
        "卯亿": "role.authorities[1].limit", "辰兆": "role.sections[0].title",
        "巳京": "role.sections[0].text",
    }  # fmt: skip
    for text, field in fields.items():
        (hit,) = find(root, f"“{text}”")
        assert hit.field == field
        assert fold(hit.text) == text
        assert hit.duty == ("" if field.startswith("role.") else "d-0")
        source = (root / hit.path).read_text("utf-8").splitlines()
        assert text in fold(source[hit.line - 1])


def test_the_words_of_a_query_may_stand_in_different_fields(book: MakeBook) -> None:
    root = book(
        roles(
            role("one", {"title": "客户", "tags": ["会议"]}),
            role("two", {"title": "客户"}, {"title": "会议"}),
        )
    )
    assert found(root, "客户 会议") == [("one", "d-0", "title")]
    assert found(root, "“客户 会议”") == []
    assert found(root, "客户会议") == []
    assert found(root, "客户 -会议") == [("two", "d-0", "title")]
    assert found(root, "客户 OR 会议") == [
        ("one", "d-0", "title"),
        ("two", "d-0", "title"),
        ("two", "d-1", "title"),
    ]


def test_hits_stand_by_field_then_as_the_book_does(book: MakeBook) -> None:
    root = book(
        roles(
            role("b", {"text": "钱"}, {"title": "钱"}, title="钱"),
            role("a", {"tags": ["钱"]}, {"items": ["钱"]}, {"text": "钱", "tags": ["钱"]}),
        )
    )
    assert found(root, "钱") == [
        ("b", "d-1", "title"),
        ("a", "d-2", "text"),
        ("b", "d-0", "text"),
        ("a", "d-1", "items[0]"),
        ("a", "d-0", "tags"),
        ("b", "", "role.title"),
    ]


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("😀负责ＡＭＬ工作", "aml", "ＡＭＬ"),
        ("😀負責反洗錢工作", "反洗钱", "反洗錢"),
        ("甲⑴乙", "(1)", "⑴"),
        ("甲⑴乙", "1", "⑴"),
        ("面积㎡以上", "m2以", "㎡以"),
        ("e\u0301te\u0301", "té", "te\u0301"),
        ("客户经理客户", "客户", "客户"),
        ("ß", "ss", "ß"),
        ("İstanbul", "stan", "stan"),
    ],
)
def test_spans_point_into_the_text_of_the_file(
    book: MakeBook, text: str, word: str, shown: str
) -> None:
    root = book(roles(role("one", {"text": text})))
    result = search.find(Book(root), query.parse(f"“{word}”"))
    (hit,) = result.hits
    assert hit.text == text
    spans = search.spans(hit.text, result.words)
    assert [hit.text[start:end] for start, end in spans] == [shown] * len(spans)
    assert len(spans) == fold(text).count(fold(word))


def test_spans_that_overlap_are_one(book: MakeBook) -> None:
    assert search.spans("客户经理人", ["客户经", "经理", "户"]) == [(0, 4)]
    assert search.spans("aaa", ["aa"]) == [(0, 3)]
    assert search.spans("", ["a"]) == []


# -- folding, synonyms, pinyin --------------------------------------------------------------------

SYNONYMS = "synonyms: [[反洗钱, AML], [贵宾, VIP, 贵宾客户]]\n"


def test_a_synonym_stands_for_its_group(book: MakeBook) -> None:
    root = book(
        roles(
            role("a", {"text": "反洗钱"}),
            role("b", {"text": "aml"}),
            role("c", {"text": "ＶＩＰ厅"}),
            settings=SYNONYMS,
        )
    )
    assert (
        found(root, "AML") == found(root, "反洗錢") == [("a", "d-0", "text"), ("b", "d-0", "text")]
    )
    assert found(root, "贵宾") == [("c", "d-0", "text")]
    assert found(root, "贵宾厅") == []  # inside a longer word nothing is replaced
    assert found(root, "“AML”") == [("b", "d-0", "text")]  # quotes mean it to the letter
    assert found(root, "反洗钱 -AML") == []


def test_a_latin_word_that_finds_nothing_is_tried_as_pinyin(book: MakeBook) -> None:
    root = book(
        roles(
            role(
                "a", {"title": "朝阳支行对账", "text": "核对"}, {"tags": ["反洗钱"]}, title="行员"
            ),
            role("b", {"text": "反洗钱"}, aliases=["重要岗"]),
        )
    )
    assert found(root, "fxq") == [("a", "d-1", "tags")]  # the text of b is no name
    assert found(root, "fanxiqian") == found(root, "fanxq") == [("a", "d-1", "tags")]
    assert found(root, "fan xi'qian") == [("a", "d-1", "tags")]
    for spelling in ("zhihang", "zhixing", "zhih", "zx", "chaoyangzhixing", "zhaoyang"):
        assert found(root, spelling) == [("a", "d-0", "title")]
    assert found(root, "hangyuan") == found(root, "xingyuan") == [("a", "", "role.title")]
    assert found(root, "chongyao") == found(root, "zhongyao") == [("b", "", "role.aliases[0]")]
    assert found(root, "duizhang 核对") == [("a", "d-0", "title")]
    assert found(root, "duizhang -核对") == []
    assert found(root, "hedui") == []
    assert found(root, "“fxq”") == []
    assert found(root, "fxqz") == []


def test_pinyin_is_not_tried_where_the_letters_are_found(book: MakeBook) -> None:
    root = book(roles(role("a", {"text": "FXQ"}), role("b", {"title": "反洗钱"})))
    assert found(root, "fxq") == [("a", "d-0", "text")]


@pytest.mark.parametrize(
    "word", ["反洗钱", "反洗錢", "AML", "ＡＭＬ", "fxq", "fanxiqian", "FanXiQian"]
)
def test_the_shipped_book_knows_who_is_answerable_for_money_laundering(word: str) -> None:
    hits = find(ROOT, word)
    assert [(hit.role_title, hit.label) for hit in hits] == [("运营主管", "5")]


# -- filters --------------------------------------------------------------------------------------

FILTERED = roles(
    role(
        "clerk",
        {"tags": ["内控 合规"], "systems": ["PCRM"], "cadence": "daily", "involvement": "review"},
        {"items": [{"text": "甲", "tags": ["会议"], "systems": ["CFE"], "cadence": "weekly",
                    "involvement": "inform", "counterparts": ["teller", "boss"]}]},
        title="文员", unit="常湖支行营业室",
    ),
    role("boss", {"tags": ["会议"]}, title="主任", unit="常湖支行"),
    settings="positions: {teller: 柜员}\n",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("tag:会议", ["boss d-0", "clerk d-1"]),
        ("标签：“内控　合规”", ["clerk d-0"]),
        ("tag:会", []),
        ("system:pcrm", ["clerk d-0"]),
        ("系统：ＣＦＥ", ["clerk d-1"]),
        ("频次:每日", ["clerk d-0"]),
        ("频次:每周 参与:传达", ["clerk d-1"]),
        ("involvement:review", ["clerk d-0"]),
        ("unit:常湖 会议", ["boss d-0", "clerk d-1"]),
        ("单位:营业室", ["clerk d-0", "clerk d-1", "clerk "]),
        ("unit:湖支行营业室 -tag:会议", ["clerk d-0", "clerk "]),
        ("role:文员", ["clerk d-0", "clerk d-1", "clerk "]),
        ("role:wenyuan 会议", ["clerk d-1"]),
        ("岗位:boss OR 频次:每日", ["boss d-0", "clerk d-0", "boss "]),
        ("role:boss OR role:clerk tag:会议", ["boss d-0", "clerk d-1"]),
        ("tag:会议 -role:boss", ["clerk d-1"]),
        ("counterpart:柜员", ["clerk d-1"]),
        ("counterpart:teller", ["clerk d-1"]),
        ("配合:主任", ["clerk d-1"]),
        ("配合:nobody", []),
        ("会议 OR system:PCRM", ["clerk d-0", "boss d-0", "clerk d-1"]),
    ],
)
@pytest.mark.parametrize("many", [False, True])
def test_filters(
    book: MakeBook, text: str, hits: list[str], many: bool, request: pytest.FixtureRequest
) -> None:
    if many:
        request.getfixturevalue("small")
    root = book(FILTERED)
    assert [f"{hit.role} {hit.duty}" for hit in find(root, text)] == hits


def test_a_filter_that_names_no_position_or_several(book: MakeBook) -> None:
    root = book(roles(role("a-one", {}), role("a-two", {}), settings="positions: {b: 柜员}\n"))
    for text in ("role:nobody", "role:a", "counterpart:a", "role:柜员", "x -role:nobody"):
        with pytest.raises(PositionError):
            find(root, text)


# -- exactly what a naive scan finds --------------------------------------------------------------

LETTERS = "反洗钱錢客户aＡ１-. \u3000⑴😀"
WORDS = st.text(LETTERS, min_size=1, max_size=6).filter(lambda text: bool(text.strip()))
DUTIES = st.fixed_dictionaries(
    {"title": WORDS, "text": WORDS},
    optional={
        "items": st.lists(WORDS, min_size=1, max_size=2),
        "tags": st.lists(WORDS, min_size=1, max_size=2),
    },
)
BOOKS = st.lists(st.tuples(st.lists(DUTIES, min_size=1, max_size=4), WORDS), min_size=1, max_size=6)
ATOMS = st.text("反洗钱錢客户aA１-.", min_size=1, max_size=3).filter(
    lambda text: text[0] not in "-－" and text != "OR"
)
QUERIES = st.lists(
    st.one_of(
        ATOMS,
        ATOMS.map(lambda text: f"-{text}"),
        ATOMS.map(lambda text: f"“{text} {text}”"),
        st.tuples(ATOMS, ATOMS).map(" OR ".join),
        ATOMS.map(lambda text: f"tag:{text}"),
    ),
    min_size=1,
    max_size=3,
).filter(lambda terms: any(not term.startswith("-") for term in terms))


def quoted(data: object) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"  # which is YAML


def naive(made: list[tuple[list[dict[str, object]], str]], text: str) -> set[tuple[str, str]]:
    """Return what a query finds, by reading everything from the beginning."""
    asked = query.parse(text)
    hits = set()
    for number, (duties, title) in enumerate(made):
        units: list[tuple[str, list[str], list[str]]] = [("", [title], [])]
        for index, duty in enumerate(duties):
            tags = [str(tag).strip() for tag in duty.get("tags", [])]  # type: ignore[attr-defined]
            texts = [duty["title"], duty["text"], *duty.get("items", []), *tags]  # type: ignore[misc]
            units.append((f"d-{index}", [str(one).strip() for one in texts], tags))
        for name, texts, tags in units:

            def holds(term: query.Term, texts: list[str] = texts, tags: list[str] = tags) -> bool:
                if term.kind == "tag":
                    return fold(term.value) in map(fold, tags)
                return any(fold(term.value) in fold(one) for one in texts)

            fits = all(any(map(holds, group)) for group in asked.groups)
            if fits and not any(map(holds, asked.excluded)):
                hits.add((f"r-{number}", name))
    return hits


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=BOOKS, asked=st.lists(QUERIES, min_size=1, max_size=4), data=st.data())
def test_what_is_found_is_what_a_naive_scan_finds(
    small: None,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    made: list[tuple[list[dict[str, object]], str]],
    asked: list[list[str]],
    data: st.DataObject,
) -> None:
    root = tmp_path_factory.mktemp("book")
    monkeypatch.setenv("DUTYBOOK_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    (root / "roles").mkdir()

    def write(number: int) -> None:
        duties, title = made[number]
        numbered = [{"id": f"d-{index}", **duty} for index, duty in enumerate(duties)]
        path = root / "roles" / f"r-{number}.yaml"
        path.write_text(quoted({"id": f"r-{number}", "title": title, "duties": numbered}), "utf-8")

    for number in range(len(made)):
        write(number)
    for terms in asked:
        text = " ".join(terms)
        hits = find(root, text)
        assert {(hit.role, hit.duty) for hit in hits} == naive(made, text)
        assert len(hits) == len({(hit.role, hit.duty) for hit in hits})
        if not hits:
            continue
        changed = data.draw(st.integers(0, len(made) - 1))
        made[changed] = (data.draw(st.lists(DUTIES, min_size=1, max_size=4)), made[changed][1])
        write(changed)


# -- the index ------------------------------------------------------------------------------------


@pytest.fixture
def many(book: MakeBook, small: None) -> Path:
    """Return a book with segments and loose parts."""
    return book(
        roles(*(role(f"r-{i}", {"text": f"客户{i}"}, {"tags": [f"标{i}"]}) for i in range(9)))
    )


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take files for settled that have just been written: what was read is believed."""
    monkeypatch.setattr("dutybook.index._SETTLED_NS", -(10**15))


def database(root: Path) -> Path:
    (found,) = (root.parent / "cache").glob("*.sqlite")
    return found


def test_a_search_reads_no_file_that_has_not_changed(
    many: Path, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(find(many, "客户")) == 9
    read: list[str] = []
    original = files.read

    def reading(root: Path, path: str) -> object:
        read.append(path)
        return original(root, path)

    monkeypatch.setattr(files, "read", reading)
    assert len(find(many, "客户")) == 9
    assert read == []
    (many / "roles" / "r-3.yaml").write_text(role("r-3", {"text": "客户新"}), "utf-8")
    assert len(find(many, "客户新")) == 1
    assert read == ["roles/r-3.yaml"]


def test_what_is_edited_added_and_deleted_is_found_as_it_is(many: Path) -> None:
    for turn in range(12):
        path = many / "roles" / f"r-{turn % 5}.yaml"
        path.write_text(role(f"r-{turn % 5}", {"text": f"第{turn}次"}, {}), "utf-8")
        assert [hit.text for hit in find(many, f"第{turn}次")] == [f"第{turn}次"]
        assert len(find(many, "“次”")) == min(turn + 1, 5)
    (many / "roles" / "r-0.yaml").unlink()
    assert len(find(many, "次")) == 4
    (many / "roles" / "sub").mkdir()
    (many / "roles" / "r-1.yaml").rename(many / "roles" / "sub" / "r-1.yaml")
    assert {hit.path for hit in find(many, "次")} >= {"roles/sub/r-1.yaml"}
    (many / "roles" / "r-2.yaml").write_text("id: r-2\nduties: [", "utf-8")
    result = search.find(Book(many), query.parse("次"))
    assert len(result.hits) == 3
    assert result.unsearched == 1


def damages(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield statements that each damage one thing in the database."""
    tables = {
        "part": ("body", "number"), "posting": ("pairs", "bucket"), "segment": ("names", "first"),
        "shelved": ("first", "path"), "kept": ("value",), "file": ("row",), "waiting": (),
    }  # fmt: skip
    for table, columns in tables.items():
        yield (f"DELETE FROM {table}",)
        yield (f"DROP TABLE {table}",)
        for column in columns:
            yield (f"UPDATE OR REPLACE {table} SET {column} = 7",)
            yield (f"UPDATE OR IGNORE {table} SET {column} = x'00'",)
            yield (f"UPDATE OR IGNORE {table} SET {column} = substr({column}, 2)",)


def test_a_damaged_index_never_changes_an_answer(many: Path, settled: None) -> None:
    queries = ("客户", "客户3", "标4", "role:r-2", "tag:标5", "kehu", "nothing", "客")
    expected = [found(many, text) for text in queries]
    assert [len(one) for one in expected] == [9, 1, 1, 3, 1, 0, 0, 9]
    intact = database(many).read_bytes()
    for statements in damages(database(many)):
        for text, hits in zip(queries, expected, strict=True):
            database(many).write_bytes(intact)
            connection = sqlite3.connect(database(many))
            for statement in statements:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute(statement)
            connection.commit()
            connection.close()
            assert found(many, text) == hits, statements


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, 10**9), bit=st.integers(0, 7), cut=st.booleans())
def test_noise_in_the_index_never_changes_an_answer(
    many: Path, settled: None, place: int, bit: int, cut: bool
) -> None:
    expected = found(many, "客户")
    assert len(expected) == 9
    raw = bytearray(database(many).read_bytes())
    place %= len(raw)
    raw[place] ^= 1 << bit
    database(many).write_bytes(raw[:place] if cut else raw)
    assert found(many, "客户") == expected


def test_an_index_of_another_version_is_left_alone(many: Path) -> None:
    assert len(find(many, "客户")) == 9
    other = database(many).with_name(database(many).name.replace("-3-", "-99-"))
    other.write_bytes(b"a later layout")
    assert len(find(many, "客户")) == 9
    assert other.read_bytes() == b"a later layout"


def test_many_threads_building_at_once_all_answer(many: Path) -> None:
    lengths: list[int] = []
    threads = [
        threading.Thread(target=lambda: lengths.append(len(find(many, "客户")))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lengths == [9] * 4
    assert len(find(many, "客户")) == 9


def test_a_write_on_an_outdated_state_is_refused(many: Path) -> None:
    find(many, "客户")
    rows = store.Store(database(many), "")
    first, second = shelf.Shelf(rows), shelf.Shelf(rows)
    first.change(lambda connection, state: state)
    with pytest.raises(store.OutdatedError):
        second.change(lambda connection, state: state)
    rows.close()


# -- what is near ---------------------------------------------------------------------------------


def test_what_is_near_to_a_word_that_is_not_found() -> None:
    result = search.find(Book(ROOT), query.parse("反冼钱 贵宾"))
    (missed,) = result.missed
    assert missed.term.value == "反冼钱"
    assert "反洗钱" in missed.near


def test_what_is_near_to_the_value_of_a_filter() -> None:
    result = search.find(Book(ROOT), query.parse("tag:反洗线"))
    assert [one.near[0] for one in result.missed] == ["反洗钱"]
    result = search.find(Book(ROOT), query.parse("system:PCRN"))
    assert [one.near[0] for one in result.missed] == ["pcrm"]
