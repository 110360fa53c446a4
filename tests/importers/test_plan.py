"""Drafts and a book to a plan: ids, references, what is there already, ids that are given."""

from __future__ import annotations

from typing import Any

import pytest

from dutybook.errors import DutybookError
from dutybook.importers import plan
from dutybook.importers.base import Draft, ImportFileError, Manual, Place, Sureness
from dutybook.importers.plan import Plan
from dutybook.importers.shelf import open_shelf
from tests.conftest import Book

KEEPER = "id: vault-keeper\ntitle: 库管员\naliases: [管库员]\nduties:\n  - {id: a, title: 清点, text: 清点。}\n"
SETTINGS = "format: 1\npositions:\n  security: 保卫干事\nsystems: {SUMMIT: 记账}\n"
BOOK = {"dutybook.yaml": SETTINGS, "roles/vault-keeper.yaml": KEEPER}


def draft(title: str, names: dict[str, list[str]] | None = None, **more: Any) -> Draft:
    duties = more.pop("duties", [{"title": "清点", "text": "每日通过SUMMIT清点，协助库管员。"}])
    data = {"title": title, "duties": duties, **more}
    return Draft(data, Place("手册.txt", line=1), Sureness.SURE, names or {})


@pytest.fixture
def make(book: Book) -> Any:
    """Return what makes a plan of drafts, for a book of texts or for one that is not there yet."""

    def maker(
        *drafts: Draft, texts: dict[str, str] | None = None,
        titles: dict[str, str] | None = None, annotated: bool = False,
    ) -> Plan:  # fmt: skip
        root = book(texts) if texts else book({}, "nowhere") / "new"
        manuals = [Manual([one], [], []) for one in drafts]
        return plan.make(manuals, open_shelf(root), titles or {}, annotated=annotated)

    return maker


@pytest.mark.parametrize(
    ("drafts", "titles", "ids"),
    [
        pytest.param([draft("出纳员")], {}, ["chunayuan"], id="pinyin"),
        pytest.param([draft("出纳员", title_en="Cashier")], {}, ["cashier"], id="English before pinyin"),
        pytest.param([draft("出纳员", title_en="岗")], {}, ["gang"], id="whatever stands there in English"),
        pytest.param([draft("——")], {}, ["position"], id="nothing to make an id of"),
        pytest.param([draft("出纳员"), draft("出纳员", unit="二部")], {}, ["chunayuan", "chunayuan-2"], id="taken"),
        pytest.param([draft("出纳员", title_en="Security")], {}, ["security-2"], id="declared for another"),
        pytest.param([draft("保卫干事")], {}, ["security"], id="declared for this one"),
        pytest.param([draft("保卫干事"), draft("保卫干事", unit="二部")], {}, ["security", "baowei-ganshi"], id="declared once"),
        pytest.param([draft("出纳员")], {"出纳员": "cashier"}, ["cashier"], id="given"),
        pytest.param([draft("保卫干事")], {"保卫干事": "guard"}, ["guard"], id="given before declared"),
        pytest.param([draft("出纳员")], {"记账员": "cashier"}, ["chunayuan"], id="given to another"),
        pytest.param([draft("库管员")], {}, ["vault-keeper"], id="there, by its title"),
        pytest.param([draft("管库员")], {}, ["vault-keeper"], id="there, by an alias"),
        pytest.param([draft("金库主管")], {"金库主管": "vault-keeper"}, ["vault-keeper"], id="there, by the id that is given"),
        pytest.param([draft("库管员"), draft("管库员")], {}, ["vault-keeper", "guankuyuan"], id="there, and meant once"),
    ],
)  # fmt: skip
def test_the_id_of_a_position(
    make: Any, drafts: list[Draft], titles: dict[str, str], ids: list[str]
) -> None:
    made = make(*drafts, texts=BOOK, titles=titles)
    assert [one.id for one in made.roles] == ids
    assert [one.data["id"] for one in made.roles] == ids
    assert [one.id for one in made.clashes] == [one for one in ids if one == "vault-keeper"]


def test_a_file_stays_where_it_is_and_a_new_one_has_its_id(make: Any) -> None:
    texts = {"dutybook.yaml": SETTINGS, "roles/vault-keeper.yml": KEEPER}
    made = make(draft("库管员"), draft("出纳员"), texts=texts)
    assert [one.path for one in made.roles] == ["roles/vault-keeper.yml", "roles/chunayuan.yaml"]


@pytest.mark.parametrize(
    ("text", "ids", "clashes"),
    [("title: [\n", ["chunayuan"], 1), ("id: chunayuan\ntitle: 记账员\n", ["chunayuan-2"], 0)],
)
def test_a_file_that_does_not_say_its_title_may_be_this_one(
    make: Any, text: str, ids: list[str], clashes: int
) -> None:
    made = make(draft("出纳员"), texts={"roles/chunayuan.yaml": text})
    assert [one.id for one in made.roles] == ids
    assert len(made.clashes) == clashes


@pytest.mark.parametrize(
    ("unit", "found"), [("一部", "vault-keeper"), ("", "vault-keeper"), ("二部", "kuguanyuan")]
)
def test_a_position_of_another_unit_is_another(make: Any, unit: str, found: str) -> None:
    texts = {"roles/vault-keeper.yaml": f"{KEEPER}unit: 一部\n"}
    (one,) = make(draft("库管员", unit=unit), texts=texts).roles
    assert one.id == found


def test_two_positions_of_one_id_are_refused(make: Any) -> None:
    titles = {"出纳员": "cashier", "记账员": "cashier"}
    with pytest.raises(DutybookError, match="cashier"):
        make(draft("出纳员"), draft("记账员"), titles=titles)


def test_the_ids_of_duties_are_their_own_in_each_role(make: Any) -> None:
    duties = [{"title": "清点"}, {"title": "清点"}, {"title": "……"}]
    made = make(draft("出纳员", duties=duties), draft("记账员", duties=[{"title": "清点"}]))
    found = [[duty["id"] for duty in one.data["duties"]] for one in made.roles]
    assert found == [["qingdian", "qingdian-2", "duty"], ["qingdian"]]


@pytest.mark.parametrize(
    ("key", "names", "value"),
    [
        ("reports_to", ["库管员"], "vault-keeper"),
        ("reports_to", ["管库员。"], "vault-keeper"),
        ("reports_to", ["保卫干事"], "security"),
        ("reports_to", ["记账员"], "jizhangyuan"),
        ("reports_to", ["记账岗"], "jizhangyuan"),
        ("backup", ["库管员、记账员 记账岗"], ["vault-keeper", "jizhangyuan"]),
        ("incompatible_with", ["库管员；保卫干事"], ["vault-keeper", "security"]),
    ],
)
def test_a_position_that_is_named_is_told_by_its_id(
    make: Any, key: str, names: list[str], value: Any
) -> None:
    other = draft("记账员", aliases=["记账岗"])
    made = make(draft("出纳员", {key: names}), other, texts=BOOK)
    assert made.roles[0].data[key] == value
    assert "sections" not in made.roles[0].data


@pytest.mark.parametrize(
    ("key", "text", "title"),
    [
        pytest.param("reports_to", "营业经理", "直接上级", id="nobody knows it"),
        pytest.param("reports_to", "库管员、保卫干事", "直接上级", id="two where one can be"),
        pytest.param("reports_to", "出纳员", "直接上级", id="the position itself"),
        pytest.param("backup", "库管员、营业经理", "B角", id="one of them is not known"),
        pytest.param("incompatible_with", "库管员和保卫干事", "不相容岗位", id="a sentence"),
    ],
)
def test_what_names_no_position_becomes_a_section(
    make: Any, key: str, text: str, title: str
) -> None:
    section = {"title": "备注", "text": "双人在场。"}
    made = make(draft("出纳员", {key: [text]}, sections=[section]), texts=BOOK)
    (one,) = made.roles
    assert key not in one.data
    assert one.data["sections"] == [
        {"title": "备注", "text": "双人在场。"},
        {"title": title, "text": text},
    ]
    assert made.declared == {}


def test_a_new_book_declares_whom_its_positions_report_to(make: Any) -> None:
    made = make(
        draft("出纳员", {"reports_to": ["营业经理"]}),
        draft("记账员", {"reports_to": ["营业经理 "]}),
    )
    assert made.declared == {"yingye-jingli": "营业经理"}
    assert [one.data["reports_to"] for one in made.roles] == ["yingye-jingli"] * 2
    assert made.titles["yingye-jingli"] == "营业经理"


def test_annotations_name_positions_that_are_declared(make: Any) -> None:
    duties = [{"title": "清点", "text": "协助营业经理清点。"}]
    made = make(draft("出纳员", {"reports_to": ["营业经理"]}, duties=duties), annotated=True)
    assert made.roles[0].data["duties"][0]["counterparts"] == ["yingye-jingli"]


@pytest.mark.parametrize("text", ["按照总行的规定确定", "本岗位所在部门"])
def test_a_new_book_declares_nothing_that_is_no_title(make: Any, text: str) -> None:
    made = make(draft("出纳员", {"reports_to": [text]}))
    assert made.declared == {}
    assert made.roles[0].data["sections"][0]["text"] == text


def test_titles_are_those_of_the_book_and_of_the_manual(make: Any) -> None:
    made = make(draft("管库员"), draft("出纳员", aliases=["现金柜"]), texts=BOOK)
    assert made.titles == {"security": "保卫干事", "vault-keeper": "库管员", "chunayuan": "出纳员"}


def test_annotations_name_positions_and_systems_of_the_book(make: Any) -> None:
    made = make(draft("出纳员"), texts=BOOK, annotated=True)
    (duty,) = made.roles[0].data["duties"]
    assert (duty["cadence"], duty["counterparts"]) == ("daily", ["vault-keeper"])
    assert duty["systems"] == ["SUMMIT"]
    assert made.roles[0].known is not None


def test_annotations_can_be_left_out(make: Any) -> None:
    made = make(draft("出纳员"), texts=BOOK)
    assert made.roles[0].data["duties"][0].keys() == {"id", "title", "text"}
    assert made.roles[0].known is None


def test_entries_of_nothing_but_blanks_are_left_out(make: Any) -> None:
    made = make(draft("出纳员", authorities=["拒收假币", " "], qualifications=["　"], basis=["甲"]))
    assert made.roles[0].data["authorities"] == ["拒收假币"]
    assert made.roles[0].data["qualifications"] == []


@pytest.mark.parametrize(
    ("raw", "titles"),
    [
        ("", {}),
        ("库管员,keeper\n", {"库管员": "keeper"}),
        ("岗位,id\n库管员,keeper\n", {"库管员": "keeper"}),
        ("库管员,keeper\n岗位,id\n", {"库管员": "keeper", "岗位": "id"}),
        ("岗位,岗位编号\n库管员,keeper\n", {"库管员": "keeper"}),
        (" 庫管員 , keeper ,备注\r\n,\r\n\r\n出纳,cash\r\n", {"庫管員": "keeper", "出纳": "cash"}),
        ('"库管员,甲",keeper\n', {"库管员,甲": "keeper"}),
    ],
)
def test_ids_are_given_a_position_a_line(raw: str, titles: dict[str, str]) -> None:
    assert plan.read_titles(raw, "ids.csv") == titles


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("库管员\n", "line 1, is no title and id"),
        ("库管员,keeper\n,cash\n", "line 2, is no title and id"),
        ("库管员,\n", "line 1, is no title and id"),
        ("库管员,Keeper\n", "line 1, is no title and id"),
        ("库管员,con\n", "line 1, is no title and id"),
        ('库管员,keeper\n"出纳"x,cash\n', "a quote"),
        ('"库管员,keeper\n', "a quote"),
        ("库管员,keeper\n岗位,id\n库管员,cash\n", "line 3, has .* line 1"),
        ("库管员,keeper\n庫管員,cash\n", "line 2, has .* line 1"),
        ("库管员,keeper\n出纳,keeper\n", "line 2, has .* line 1"),
    ],
)
def test_a_line_that_gives_no_id_is_refused(raw: str, message: str) -> None:
    with pytest.raises(ImportFileError, match=message):
        plan.read_titles(raw, "ids.csv")


def role(title: str, unit: str = "", more: str = "") -> str:
    unit = f"unit: {unit}\n" if unit else ""
    return f"title: {title}\n{unit}{more}duties:\n  - {{id: a, title: 清点, text: 清点。}}\n"


TAKEN = "source: {document: 手册, section: 三、库管员}\n"


def taken(title: str, section: str = "三、库管员", **more: Any) -> Draft:
    return draft(title, source={"document": "手册", "section": section}, **more)


@pytest.mark.parametrize(
    ("existing", "one"),
    [
        pytest.param(role("金库管理员", "", TAKEN), taken("库管员"), id="a title changed by hand"),
        pytest.param(role("库管员", "一部", TAKEN), taken("库管员", unit="二部"), id="a department renamed"),
        pytest.param(role("保管员", "", TAKEN), taken("库管员", title_en="Store"), id="an id of its own"),
    ],
)  # fmt: skip
def test_a_position_is_known_by_where_it_was_taken_from(
    make: Any, existing: str, one: Draft
) -> None:
    texts = {"roles/keeper.yaml": f"id: keeper\n{existing}"}
    made = make(one, texts=texts)
    assert [planned.id for planned in made.roles] == ["keeper"]
    assert not one.notes


@pytest.mark.parametrize(
    ("texts", "drafts"),
    [
        pytest.param(
            {"roles/a.yaml": "id: a\n" + role("甲员", "", TAKEN), "roles/b.yaml": "id: b\n" + role("乙员", "", TAKEN)},
            [taken("库管员")], id="two were taken from there",
        ),
        pytest.param(
            {"roles/a.yaml": "id: a\n" + role("甲员", "", TAKEN)}, [taken("库管员"), taken("出纳员")],
            id="two are taken from there",
        ),
        pytest.param(
            {"roles/a.yaml": "id: a\n" + role("甲员", "", TAKEN)}, [taken("库管员", "四、库管员")],
            id="another section",
        ),
    ],
)  # fmt: skip
def test_where_it_was_taken_from_does_not_decide_between_two(
    make: Any, texts: dict[str, str], drafts: list[Draft]
) -> None:
    assert not {planned.id for planned in make(*drafts, texts=texts).roles} & {"a", "b"}


def test_a_namesake_in_another_department_is_told(make: Any) -> None:
    texts = {"roles/keeper.yaml": "id: keeper\n" + role("库管员", "一部")}
    one = draft("库管员", unit="二部")
    assert [planned.id for planned in make(one, texts=texts).roles] == ["kuguanyuan"]
    assert "keeper" in one.notes[0]


def test_a_namesake_that_the_manual_has_too_is_no_question(make: Any) -> None:
    both = [draft("库管员", unit="一部"), draft("库管员", unit="二部")]
    make(*both, texts={"roles/keeper.yaml": "id: keeper\n" + role("库管员", "一部")})
    assert not both[1].notes


def test_an_id_that_cannot_be_given_is_told(make: Any) -> None:
    one = draft("库管员")
    make(one, texts=BOOK, titles={"库管员": "keeper"})
    assert "vault-keeper" in one.notes[0]


def test_what_the_document_does_not_have_any_more(make: Any) -> None:
    texts = {
        "roles/a.yaml": "id: a\n" + role("甲员", "", TAKEN),
        "roles/b.yaml": "id: b\n" + role("乙员", "", TAKEN.replace("手册", "别册")),
        "roles/c.yaml": "id: c\n" + role("丙员"),
    }
    made = make(taken("库管员", "一、库管员"), texts=texts)
    assert [one.id for one in made.absent] == ["a"]


HEADS = {
    "roles/a-head.yaml": "id: a-head\n" + role("主管", "一部"),
    "roles/b-head.yaml": "id: b-head\n" + role("主管", "二部"),
}


@pytest.mark.parametrize(("unit", "head"), [("一部", "a-head"), ("二部", "b-head")])
def test_a_superior_is_that_of_the_same_department(make: Any, unit: str, head: str) -> None:
    duties = [{"title": "报告", "text": "向主管报告长短款。"}]
    one = draft("库管员", {"reports_to": ["主管"], "backup": ["主管"]}, unit=unit, duties=duties)
    (planned,) = make(one, texts=HEADS, annotated=True).roles
    assert (planned.data["reports_to"], planned.data["backup"]) == (head, [head])
    assert planned.data["duties"][0]["counterparts"] == [head]


def test_which_of_several_superiors_it_is_nobody_can_tell(make: Any) -> None:
    one = draft("库管员", {"reports_to": ["主管"]})
    (planned,) = make(one, texts=HEADS).roles
    assert [one["text"] for one in planned.data["sections"]] == ["主管"]
    assert "reports_to" not in planned.data


def test_but_the_book_may(make: Any) -> None:
    keeper = "id: keeper\n" + role("库管员", "", "reports_to: b-head\n")
    one = draft("库管员", {"reports_to": ["主管"]})
    (planned,) = make(one, texts={**HEADS, "roles/keeper.yaml": keeper}).roles
    assert "sections" not in planned.data
    assert "reports_to" not in planned.data
