"""What a manual decides in a role that is there, and what the book decides."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from dutybook.importers.annotate import Known, annotate
from dutybook.importers.edits import changed
from dutybook.importers.merge import Merge, merge

Data = dict[str, Any]


class Case(NamedTuple):
    """What the book has, what the manual says, what the book has then, what only it has."""

    book: Data
    manual: Data
    then: Data
    kept: tuple[str, ...] = ()


def duty(label: str, title: str, text: str = "", **more: Any) -> Data:
    made = {"id": "d", "label": label, "title": title, "text": text, **more}
    return {key: value for key, value in made.items() if value}


def role(*duties: Data, **more: Any) -> Data:
    return {"id": "keeper", "title": "库管员", "duties": list(duties), **more}


def words(part: Data) -> str:
    return str(part.get("title") or part["text"])


COUNT = duty("1", "清点", "每日营业终了清点库存现金。")
KEYS = duty("2", "钥匙", "妥善保管库房钥匙和密码。", id="keys")
ESCORT = duty("3", "押运", "与押运公司交接款箱。", id="escort")

HEADS = {
    "what the manual says wins": Case(
        {"unit": "营业部", "reports_to": "head", "version": "1"},
        {"unit": "金库", "reports_to": "chief", "purpose": "保管现金。", "title_en": "Keeper"},
        {"unit": "金库", "reports_to": "chief", "purpose": "保管现金。", "title_en": "Keeper", "version": "1"},
    ),
    "blanks and width are no difference, case and script are one": Case(
        {"unit": "金 库", "purpose": "保管现金（含外币）。", "approved_by": "運營部", "version": "v1"},
        {"unit": "金库", "purpose": "保管现金(含外币)。", "approved_by": "运营部", "version": "V1"},
        {"unit": "金 库", "purpose": "保管现金（含外币）。", "approved_by": "运营部", "version": "V1"},
    ),
    "the title, the id and the status are the book's": Case(
        {"status": "draft"},
        {"id": "kuguan-yuan", "title": "管库员", "status": "active"},
        {"status": "draft"},
    ),
    "a name is the same or another one": Case(
        {"aliases": ["现金管库员"], "backup": ["teller-one"]},
        {"aliases": ["现金管库岗"], "backup": ["teller-two"]},
        {"aliases": ["现金管库岗", "现金管库员"], "backup": ["teller-two", "teller-one"]},
        ("现金管库员", "teller-one"),
    ),
    "an entry that is worded otherwise follows, one that is unlike it is new": Case(
        {"qualifications": ["持有管库上岗证书", "两年以上柜面经验"]},
        {"qualifications": ["持有管库员上岗证书", "大学专科学历"]},
        {"qualifications": ["持有管库员上岗证书", "大学专科学历", "两年以上柜面经验"]},
        ("两年以上柜面经验",),
    ),
    "an entry with a limit keeps it": Case(
        {"authorities": [{"text": "调拨现金", "limit": "50万元"}]},
        {"authorities": ["调拨现金。"]},
        {"authorities": [{"text": "调拨现金。", "limit": "50万元"}]},
    ),
    "a list that the manual does not have is not looked at": Case(
        {"qualifications": ["持有上岗证书"], "basis": ["金库管理办法"]},
        {"basis": []},
        {"qualifications": ["持有上岗证书"], "basis": ["金库管理办法"]},
    ),
    "contacts that were not there": Case(
        {}, {"contacts": {"internal": ["运营部"]}}, {"contacts": {"internal": ["运营部"]}}
    ),
    "contacts of one side and the other": Case(
        {"contacts": {"internal": ["运营部"], "external": ["押运公司"]}},
        {"contacts": {"internal": ["安全保卫部"]}},
        {"contacts": {"internal": ["安全保卫部", "运营部"], "external": ["押运公司"]}},
        ("运营部",),
    ),
    "sections of one title are told apart by their texts": Case(
        {"sections": [{"title": "备注", "text": "双人。"}, {"title": "备注", "text": "轮岗。"}]},
        {"sections": [{"title": "备注", "text": "轮岗。"}, {"title": "备注", "text": "双人同时在场。"}]},
        {"sections": [{"title": "备注", "text": "双人同时在场。"}, {"title": "备注", "text": "轮岗。"}]},
    ),
    "sections of another title and another text are others": Case(
        {"sections": [{"title": "备注", "text": "双人同时在场。"}]},
        {"sections": [{"title": "附注", "text": "双人在场。"}]},
        {"sections": [{"title": "附注", "text": "双人在场。"}, {"title": "备注", "text": "双人同时在场。"}]},
        ("备注",),
    ),
    "a section that somebody called otherwise stays so": Case(
        {"sections": [{"title": "备注", "text": "双人同时在场。"}]},
        {"sections": [{"title": "附注", "text": "双人同时在场。"}]},
        {"sections": [{"title": "备注", "text": "双人同时在场。"}]},
    ),
    "a source where there was none": Case({}, {"source": {"document": "手册"}}, {"source": {"document": "手册"}}),
    "no source on either side": Case({}, {}, {}),
    "a gap comes where it counts": Case(
        {"source": {"document": "手册", "missing": ["2", "9"]}},
        {"source": {"document": "手册", "missing": ["5"]}},
        {"source": {"document": "手册", "missing": ["2", "5", "9"]}},
    ),
    "a gap that is known is no second one": Case(
        {"source": {"missing": ["２"]}}, {"source": {"missing": ["2"]}}, {"source": {"missing": ["２"]}}
    ),
    "the last gap that is filled takes the key with it": Case(
        {"source": {"document": "手册", "missing": ["1"]}}, {}, {"source": {"document": "手册"}}
    ),
    "the manual breaks off": Case(
        {"source": {"document": "手册"}},
        {"source": {"truncated": "true"}},
        {"source": {"document": "手册", "truncated": "true"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HEADS.values(), ids=list(HEADS))
def test_what_becomes_of_the_head_of_a_role(case: Case) -> None:
    book = role(COUNT, **case.book)
    made = merge(book, {**role(COUNT), **case.manual})
    assert changed(book, made.edits) == role(COUNT, **case.then)
    assert tuple(words(one) for one in made.kept) == case.kept


DUTIES = {
    "the same duties": Case(role(COUNT, KEYS), role(COUNT, KEYS), role(COUNT, KEYS)),
    "the order of the book stays": Case(role(COUNT, KEYS), role(KEYS, COUNT), role(COUNT, KEYS)),
    "a new one comes after the last of those before it": Case(
        role(KEYS, COUNT), role(COUNT, KEYS, ESCORT), role(KEYS, COUNT, ESCORT)
    ),
    "a new one before all others": Case(role(KEYS), role(COUNT, KEYS), role(COUNT, KEYS)),
    "of two of one title, number and text decide": Case(
        role(duty("1", "登记", "登记入库。"), duty("2", "登记", "登记出库。", id="e")),
        role(duty("1", "登记", "登记出库。"), duty("2", "登记", "登记调拨。")),
        role(duty("2", "登记", "登记调拨。"), duty("1", "登记", "登记出库。", id="e")),
    ),
    "of two of one text, the number decides": Case(
        role(duty("1", "入库", "登记台账。"), duty("2", "出库", "登记台账。", id="e")),
        role(duty("2", "调出", "登记台账。"), duty("1", "调入", "登记台账。")),
        role(duty("1", "调入", "登记台账。"), duty("2", "调出", "登记台账。", id="e")),
    ),
    "of two of one title that say something else, the number decides": Case(
        role(duty("1", "登记", "出库。"), duty("2", "登记", "清点。", id="e")),
        role(duty("2", "登记", "上缴现金。"), duty("1", "登记", "调拨。")),
        role(duty("1", "登记", "调拨。"), duty("2", "登记", "上缴现金。", id="e")),
    ),
    "one that is worded and numbered otherwise is the same": Case(
        role(COUNT, KEYS),
        role(COUNT, duty("4", "保管钥匙", "妥善保管库房钥匙与密码。")),
        role(COUNT, duty("4", "保管钥匙", "妥善保管库房钥匙与密码。", id="keys")),
    ),
    "one that has nothing but the number is another, and takes it": Case(
        role(COUNT, KEYS),
        role(COUNT, duty("2", "押运", "与押运公司交接款箱。", id="escort")),
        role(
            COUNT,
            duty("2", "押运", "与押运公司交接款箱。", id="escort"),
            {key: value for key, value in KEYS.items() if key != "label"},
        ),
        ("钥匙",),
    ),
    "one that has the number and is somewhat alike is the same": Case(
        role(duty("2", "钥匙", "按规定保管库房钥匙。")),
        role(duty("2", "钥匙保管", "库房钥匙由专人保管，交接时登记。")),
        role(duty("2", "钥匙保管", "库房钥匙由专人保管，交接时登记。")),
    ),
    "one that has nothing at all is another": Case(
        role(COUNT, KEYS), role(COUNT, ESCORT), role(COUNT, ESCORT, KEYS), ("钥匙",)
    ),
    "an id that is taken is not given twice": Case(
        role(COUNT), role(COUNT, duty("2", "钥匙", "保管钥匙。")), role(COUNT, duty("2", "钥匙", "保管钥匙。", id="d-2"))
    ),
    "a number is followed to the letter": Case(
        role(COUNT), role({**COUNT, "label": "１"}), role({**COUNT, "label": "１"})
    ),
    "a number that the manual does not print stays": Case(
        role(COUNT), role({**COUNT, "label": ""}), role(COUNT)
    ),
    "a number that the manual gives to another goes": Case(
        role(COUNT), role({**COUNT, "label": ""}, {**KEYS, "label": "1"}),
        role({key: COUNT[key] for key in ("id", "title", "text")}, {**KEYS, "label": "1"}),
    ),
    "a title that somebody shortened stays": Case(
        role(duty("1", "清点库存", "清点库存现金。")),
        role(duty("1", "清点库存现金", "清点库存现金。")),
        role(duty("1", "清点库存", "清点库存现金。")),
    ),
    "a title that is what the text gives follows it": Case(
        role(duty("1", "清点库存现金", "清点库存现金。")),
        role(duty("1", "清点现金", "清点现金。")),
        role(duty("1", "清点现金", "清点现金。")),
    ),
    "a title that the manual prints is followed, though the text begins so": Case(
        role(duty("1", "维护", "客户维护及回访。")),
        role(duty("1", "客户维护", "客户维护及回访。")),
        role(duty("1", "客户维护", "客户维护及回访。")),
    ),
    "a text that is the title is followed where it was so before": Case(
        role(duty("1", "清点库存现金和凭证", "清点库存现金和凭证")),
        role(duty("1", "清点库存现金", "清点库存现金")),
        role(duty("1", "清点库存现金", "清点库存现金")),
    ),
    "a text that is only the title is none": Case(role(COUNT), role(duty("1", "清点", "清点")), role(COUNT)),
    "but better than none": Case(
        role(duty("1", "清点")), role(duty("1", "清点", "清点")), role(duty("1", "清点", "清点"))
    ),
    "a text that somebody joined stays one": Case(
        role(duty("1", "清点", "清点现金；登记。")),
        role(duty("1", "清点", items=[{"label": "①", "text": "清点现金"}, {"label": "②", "text": "登记"}])),
        role(duty("1", "清点", "清点现金；登记。")),
    ),
    "parts that say more come": Case(
        role(duty("1", "清点", "清点现金；登记。")),
        role(duty("1", "清点", items=[{"label": "①", "text": "清点现金"}, {"label": "②", "text": "签字"}])),
        role(duty("1", "清点", "清点现金；登记。", items=[{"label": "①", "text": "清点现金"}, {"label": "②", "text": "签字"}])),
        ("清点现金；登记。",),
    ),
    "parts that the manual does not have stay, and are told": Case(
        role(duty("1", "清点", "清点现金。", items=["双人。"])),
        role(duty("1", "清点", "清点现金和凭证。")),
        role(duty("1", "清点", "清点现金和凭证。", items=["双人。"])),
        ("双人。",),
    ),
    "parts that only the book has stay and are told": Case(
        role(duty("1", "清点", items=["双人在场。", "登记台账。"])),
        role(duty("1", "清点", items=[{"text": "登记台账。"}, {"text": "报告长短款。"}])),
        role(duty("1", "清点", items=["双人在场。", "登记台账。", "报告长短款。"])),
        ("双人在场。",),
    ),
    "of two parts of one text, the number decides": Case(
        role(duty("1", "清点", items=[{"label": "a", "text": "登记。"}, {"label": "b", "text": "登记。"}])),
        role(duty("1", "清点", items=[{"label": "b", "text": "登记。"}])),
        role(duty("1", "清点", items=[{"label": "a", "text": "登记。"}, {"label": "b", "text": "登记。"}])),
        ("登记。",),
    ),
    "a part that has nothing but the number is another": Case(
        role(duty("1", "清点", items=[{"label": "a", "text": "双人在场。", "tags": ["内控"]}])),
        role(duty("1", "清点", items=[{"label": "a", "text": "登记台账。"}])),
        role(duty("1", "清点", items=[{"label": "a", "text": "登记台账。"}, {"text": "双人在场。", "tags": ["内控"]}])),
        ("双人在场。",),
    ),
    "a bare part that says the same is left as it is": Case(
        role(duty("1", "清点", items=["登记 台账。"])),
        role(duty("1", "清点", items=[{"text": "登记台账。"}])),
        role(duty("1", "清点", items=["登记 台账。"])),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DUTIES.values(), ids=list(DUTIES))
def test_what_becomes_of_duties(case: Case) -> None:
    made = merge(case.book, case.manual)
    assert changed(case.book, made.edits) == case.then
    assert tuple(words(one) for one in made.kept) == case.kept


def test_a_manual_that_says_what_the_book_says_changes_nothing() -> None:
    book = role(COUNT, KEYS, unit="金库", aliases=["管库员"], source={"document": "手册"})
    assert merge(book, book) == Merge((), ())


@pytest.mark.parametrize(
    ("labels", "missing"),
    [
        (["1", "4"], ["2", "3"]),
        (["1", "3"], ["2"]),
        (["1", "2", "3"], None),
        (["1", "二"], ["2", "3"]),
    ],
)
def test_labels_that_are_there_are_no_gaps(labels: list[str], missing: list[str] | None) -> None:
    duties = [
        duty(label, title, f"{title}的全部内容。", id=title)
        for label, title in zip(labels, ("清点", "押运", "上缴"), strict=False)
    ]
    book = role(*duties, source={"document": "手册", "missing": ["2", "3"]})
    made = changed(book, merge(book, role(*duties, source={"document": "手册"})).edits)
    assert made["source"].get("missing") == missing


@pytest.mark.parametrize(
    ("book", "manual", "cut"),
    [
        (role(COUNT, KEYS), role(COUNT, KEYS), True),
        (role(KEYS, COUNT), role(COUNT, KEYS), True),
        (
            role(COUNT, KEYS),
            role(COUNT, {**KEYS, "text": "妥善保管库房钥匙和密码，定期更换。"}),
            False,
        ),
        (role(COUNT, KEYS), role(COUNT, KEYS, ESCORT), False),
    ],
)
def test_a_broken_end_is_one_until_its_last_duty_goes_on(
    book: Data, manual: Data, cut: bool
) -> None:
    book["source"] = {"document": "手册", "truncated": "true"}
    made = changed(book, merge(book, manual).edits)
    assert ("truncated" in made["source"]) is cut


def notes(duties: list[Data]) -> None:
    annotate(duties, Known.of([], ["SUMMIT"]), "keeper")


@pytest.mark.parametrize(
    ("old", "new", "then"),
    [
        pytest.param(
            {"text": "每日清点。"}, {"text": "每日 清点。", "cadence": "daily", "cadence_note": "每日"},
            {"text": "每日清点。"}, id="words that are the same bring none",
        ),
        pytest.param(
            {"text": "每日清点。", "cadence": "daily", "cadence_note": "每日"},
            {"text": "每日清点。", "cadence": "weekly", "cadence_note": "每周"},
            {"text": "每日清点。", "cadence": "weekly", "cadence_note": "每周"},
            id="but those that are printed in a column come",
        ),
        pytest.param(
            {"text": "清点。"}, {"text": "每日清点。", "cadence": "daily", "cadence_note": "每日"},
            {"text": "每日清点。", "cadence": "daily", "cadence_note": "每日"}, id="new words bring theirs",
        ),
        pytest.param(
            {"text": "每日清点。", "cadence": "daily", "cadence_note": "每日两次"},
            {"text": "每周清点。", "cadence": "weekly", "cadence_note": "每周"},
            {"text": "每周清点。", "cadence": "daily", "cadence_note": "每日两次"},
            id="a cadence and its words go together",
        ),
        pytest.param(
            {"text": "每日清点。", "cadence": "daily", "cadence_note": "每日", "systems": ["SUMMIT"]},
            {"text": "清点。"},
            {"text": "清点。", "systems": ["SUMMIT"]}, id="each kind is decided by itself",
        ),
    ],
)  # fmt: skip
def test_annotations_follow_the_words_where_these_account_for_them(
    old: Data, new: Data, then: Data
) -> None:
    book = role({**duty("1", "清点"), **old})
    made = merge(book, role({**duty("1", "清点"), **new}), notes)
    assert changed(book, made.edits) == role({**duty("1", "清点"), **then})
