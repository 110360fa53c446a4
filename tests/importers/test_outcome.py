"""What a plan comes to: refusals, the files to be written, what changes in the book."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dutybook import model, records
from dutybook.errors import DutybookError, WriteError
from dutybook.importers import outcome, plan
from dutybook.importers import write as write_module
from dutybook.importers.base import Draft, Manual, Place, Sureness
from dutybook.importers.outcome import ClashError, Outcome
from dutybook.importers.plan import Plan
from dutybook.importers.shelf import Shelf, open_shelf
from dutybook.progress import nobody
from tests.conftest import Book

TODAY = date(2024, 5, 6)
KEEPER = "id: keeper\ntitle: 库管员\nduties:\n  - id: count\n    title: 清点\n    text: 清点库存。  # 双人\n"
SETTINGS = "format: 1\npositions:\n  chief: 营业经理\n"


def draft(title: str, text: str = "清点库存。", line: int = 1, **more: Any) -> Draft:
    duties = [{"title": "清点", "text": text}]
    data = {"title": title, "duties": duties, **more}
    return Draft(data, Place("手册.txt", line=line), Sureness.SURE)


def planned(shelf: Shelf, *drafts: Draft) -> Plan:
    return plan.make([Manual(list(drafts), [], [])], shelf, {}, annotated=False)


def made(root: Path, *drafts: Draft, title: str = "") -> Outcome:
    shelf = open_shelf(root)
    return outcome.of_plan(planned(shelf, *drafts), shelf, title, TODAY, nobody)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (draft("库管员"), draft("库管员", line=7)),
        (draft("库管员", unit="運營部"), draft("庫管員", unit="运营部", line=7)),
    ],
)
def test_a_position_that_is_there_twice_is_refused(
    tmp_path: Path, one: Draft, other: Draft
) -> None:
    with pytest.raises(DutybookError, match=r"手册\.txt, line 1; 手册\.txt, line 7"):
        outcome.refuse_doubles(planned(open_shelf(tmp_path), one, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (draft("库管员"), draft("出纳员")),
        (draft("库管员", unit="一部"), draft("库管员", unit="二部")),
        (draft("库管员", unit="一部"), draft("库管员")),
    ],
)
def test_positions_of_two_names_or_units_are_two(tmp_path: Path, one: Draft, other: Draft) -> None:
    outcome.refuse_doubles(planned(open_shelf(tmp_path), one, other))


def role(number: int) -> str:
    return f"id: post-{number}\ntitle: 第{number}岗\nduties:\n  - {{id: a, title: 清点, text: 清点。}}\n"


@pytest.mark.parametrize(
    ("count", "told"), [(1, "第1岗."), (8, "第7岗, 第8岗."), (9, "第7岗, 第8岗 …."), (0, "")]
)
def test_positions_that_are_there_are_refused(book: Book, count: int, told: str) -> None:
    root = book({f"roles/post-{n}.yaml": role(n) for n in range(1, count + 1)})
    drafts = [draft(f"第{n}岗") for n in range(1, count + 1)]
    made = planned(open_shelf(root), draft("库管员"), *drafts)
    if not count:
        outcome.refuse_clashes(made)
        return
    with pytest.raises(ClashError) as refused:
        outcome.refuse_clashes(made)
    assert refused.value.message.endswith(told)
    assert "库管员" not in refused.value.message


def test_a_new_book_has_settings_and_a_schema(tmp_path: Path) -> None:
    result = made(tmp_path / "new", draft("库管员"), title="网点手册")
    assert list(result.new) == ["roles/kuguanyuan.yaml", "dutybook.yaml", "role.schema.json"]
    assert result.new["dutybook.yaml"] == "format: 1\ntitle: 网点手册\n"
    assert result.new["role.schema.json"] == model.schema_text("role")
    assert (result.changed, result.updates) == ({}, {})
    assert list(tmp_path.glob("new/*")) == []


def test_a_schema_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "role.schema.json").write_text("{}", encoding="utf-8")
    result = made(tmp_path, draft("库管员"))
    assert "role.schema.json" not in result.new
    assert "dutybook.yaml" in result.new


@pytest.mark.parametrize("texts", [{"dutybook.yaml": SETTINGS}, {"roles/keeper.yaml": KEEPER}])
def test_a_book_that_is_there_gets_roles_alone(book: Book, texts: dict[str, str]) -> None:
    assert list(made(book(texts), draft("出纳员")).new) == ["roles/chunayuan.yaml"]


def test_a_role_that_is_there_is_changed_and_not_new(book: Book) -> None:
    result = made(book({"roles/keeper.yaml": KEEPER}), draft("库管员", "清点库存现金。"))
    text = KEEPER.replace("清点库存。", "清点库存现金。")
    assert result.new == {}
    assert result.changed == {"roles/keeper.yaml": (KEEPER.encode(), text)}
    assert list(result.updates) == ["keeper"]


def test_a_role_that_says_all_of_it_is_not_written(book: Book) -> None:
    raw = b"\xef\xbb\xbf" + KEEPER.encode()
    result = made(book({"roles/keeper.yaml": raw}), draft("库管员"))
    assert (result.new, result.changed, list(result.updates)) == ({}, {}, ["keeper"])


def test_a_mark_at_the_beginning_of_a_file_stays(book: Book) -> None:
    raw = b"\xef\xbb\xbf" + KEEPER.encode()
    result = made(book({"roles/keeper.yaml": raw}), draft("库管员", "清点库存现金。"))
    assert result.changed["roles/keeper.yaml"][1].startswith("\ufeffid: keeper\n")


def test_annotations_by_hand_are_told_from_others(book: Book) -> None:
    text = (
        KEEPER.replace("清点库存。", "每日清点库存。")
        + "    cadence: daily\n    cadence_note: 每日\n"
    )
    shelf = open_shelf(book({"roles/keeper.yaml": text}))
    found = []
    for annotated in (True, False):
        drafts = [draft("库管员", "每周清点库存。")]
        made = plan.make([Manual(drafts, [], [])], shelf, {}, annotated=annotated)
        result = outcome.of_plan(made, shelf, "", TODAY, nobody)
        found.append(result.changed["roles/keeper.yaml"][1])
    assert "cadence: weekly" in found[0]
    assert "cadence: daily" in found[1]


@pytest.mark.parametrize(
    "one", [draft("出纳员", version="二\n版"), draft("出纳员", backup=["nobody"])]
)
def test_what_would_not_validate_is_refused(book: Book, one: Draft) -> None:
    with pytest.raises(DutybookError, match=r"chunayuan\.yaml would not validate: ") as refused:
        made(book({"dutybook.yaml": SETTINGS}), one)
    assert refused.value.hint


@pytest.mark.parametrize(
    "one", [draft("出纳员", unit="1"), draft("出纳员", backup=["chief"], reports_to="chief")]
)
def test_what_validates_is_not_refused(book: Book, one: Draft) -> None:
    assert list(made(book({"dutybook.yaml": SETTINGS}), one).new) == ["roles/chunayuan.yaml"]


def test_a_role_is_checked_as_it_will_be(book: Book) -> None:
    root = book({"roles/keeper.yaml": KEEPER})
    with pytest.raises(DutybookError, match=r"roles/keeper\.yaml would not validate"):
        made(root, draft("库管员", backup=["nobody"]))


def test_a_new_book_is_checked_with_what_it_declares(tmp_path: Path) -> None:
    one = draft("出纳员")
    one.names["reports_to"] = ["营业经理"]
    result = made(tmp_path / "new", one)
    assert result.new["dutybook.yaml"] == "format: 1\n\npositions:\n  yingye-jingli: 营业经理\n"


def test_an_error_of_another_file_that_the_import_makes_is_refused(book: Book) -> None:
    texts = {"roles/keeper.yaml": KEEPER.replace("title: 库", "aliases: [出纳员]\ntitle: 库")}
    with pytest.raises(DutybookError, match="would not validate"):
        made(book(texts), draft("记账员", aliases=["出纳员"]))


def test_errors_of_other_files_are_no_hindrance(book: Book) -> None:
    texts = {
        "roles/broken.yaml": "id: broken\n",
        "roles/other.yaml": "title: [\n",
        "roles/circle.yaml": KEEPER.replace("keeper", "circle") + "backup: [nobody]\n",
    }
    assert list(made(book(texts), draft("出纳员")).new) == ["roles/chunayuan.yaml"]


def test_a_role_with_errors_is_not_merged_into(book: Book) -> None:
    with pytest.raises(WriteError, match=r"roles/keeper\.yaml has errors"):
        made(book({"roles/keeper.yaml": KEEPER + "color: red\n"}), draft("库管员"))


def test_a_file_that_does_not_read_back_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_of = write_module.role_text
    monkeypatch.setattr(
        write_module, "role_text", lambda data: text_of(data).replace("库存。", "库存")
    )
    with pytest.raises(DutybookError, match="库管员 cannot be written so that it reads back"):
        made(tmp_path, draft("库管员"))


def test_roles_that_are_not_concerned_are_not_read_again(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({"roles/keeper.yaml": KEEPER, "roles/broken.yaml": "id: broken\n"})
    shelf = open_shelf(root)
    read: list[str] = []
    read_role = records.read_role

    def watched(raw: bytes, path: str, stem: str) -> records.Record:
        read.append(path)
        return read_role(raw, path, stem)

    monkeypatch.setattr(records, "read_role", watched)
    outcome.of_plan(planned(shelf, draft("出纳员")), shelf, "", TODAY, nobody)
    assert sorted(read) == ["roles/broken.yaml", "roles/chunayuan.yaml"]


def test_checking_says_how_far_it_is(book: Book) -> None:
    shelf = open_shelf(book({"dutybook.yaml": SETTINGS, "roles/keeper.yaml": KEEPER}))
    told: list[tuple[int, int]] = []
    outcome.of_plan(
        planned(shelf, draft("出纳员")), shelf, "", TODAY, lambda *step: told.append(step)
    )
    assert {every for _, every in told} == {3}
    steps = [done for done, _ in told]
    assert steps == sorted(steps)
    assert set(steps) >= {0, 1, 2}


def test_changes_are_those_of_new_roles_and_of_others(book: Book) -> None:
    shelf = open_shelf(book({"roles/keeper.yaml": KEEPER, "roles/post-1.yaml": role(1)}))
    drafts = [draft("出纳员"), draft("库管员", "清点库存现金。"), draft("第1岗", "清点。")]
    made = planned(shelf, *drafts)
    result = outcome.of_plan(made, shelf, "", TODAY, nobody)
    found = {
        (one.kind.value, (one.after or one.before).role, one.field)  # type: ignore[union-attr]
        for one in outcome.changes(made, result)
    }
    assert found == {("added", "chunayuan", None), ("changed", "keeper", "text")}


@pytest.mark.parametrize(
    ("title", "declared", "text"),
    [
        ("", {}, "format: 1\n"),
        ("网点手册", {}, "format: 1\ntitle: 网点手册\n"),
        ("2024", {}, 'format: 1\ntitle: "2024"\n'),
        ("", {"chief": "营业经理", "head": "甲: 乙"},
         "format: 1\n\npositions:\n  chief: 营业经理\n  head: '甲: 乙'\n"),
    ],
)  # fmt: skip
def test_the_settings_of_a_new_book(title: str, declared: dict[str, str], text: str) -> None:
    assert outcome.settings_text(title, declared) == text
    assert records.read_settings(text.encode(), "dutybook.yaml").settings is not None


@pytest.mark.parametrize(
    ("broken", "is_refused"),
    [('id: x\ntitle: "出纳员\n', True), ('id: x\ntitle: "保卫员\n', False)],
)
def test_a_broken_file_that_may_be_the_position_is_a_refusal(
    book: Book, broken: str, is_refused: bool
) -> None:
    root = book({"roles/x.yaml": broken})
    if is_refused:
        with pytest.raises(DutybookError, match="may be 出纳员"):
            made(root, draft("出纳员"))
    else:
        assert "roles/chunayuan.yaml" in made(root, draft("出纳员")).new


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_link_in_the_way_is_a_refusal(book: Book) -> None:
    root = book({"roles/keeper.yaml": KEEPER, "other.yaml": KEEPER})
    (root / "roles/chunayuan.yaml").symlink_to("../other.yaml")
    with pytest.raises(DutybookError, match="is there, and is no file of the book"):
        made(root, draft("出纳员"))
