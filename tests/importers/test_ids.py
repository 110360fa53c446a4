"""Ids for drafts: Latin words as they are, Chinese by twos, none of them given twice."""

from __future__ import annotations

import re

import pytest

from dutybook import model
from dutybook.importers.ids import Ids, slug


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("柜员", "guiyuan"),
        ("大堂经理", "datang-jingli"),
        ("管理员", "guanliyuan"),  # no syllable stands alone at the end
        ("综合管理员", "zonghe-guanliyuan"),
        ("岗", "gang"),
        ("大堂經理", "datang-jingli"),
        ("Branch Manager", "branch-manager"),
        ("ＡＴＭ管理员", "atm-guanliyuan"),
        ("柜员A岗", "guiyuan-a-gang"),
        ("A/B角", "a-b-jiao"),
        ("理财经理（一级）", "licai-jingli-yiji"),
        ("绿色通道", "lvse-tongdao"),
        ("3号柜员", "n-3-haoguiyuan"),  # an id begins with a letter
        ("24", "n-24"),
        ("、。！", ""),
        ("", ""),
    ],
)
def test_slug(text: str, made: str) -> None:
    assert slug(text) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("行长", "hangzhang"),
        ("支行", "zhihang"),
        ("自行", "zixing"),
        ("会计", "kuaiji"),
        ("会议", "huiyi"),
        ("调查", "diaocha"),
        ("还款", "huankuan"),
        ("贷后调查员", "daihou-diaochayuan"),
        ("本支行会计", "benzhi-hangkuaiji"),  # the word is found wherever it begins
    ],
)
def test_words_are_read_as_they_are_spoken(text: str, made: str) -> None:
    assert slug(text) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("保管重要空白凭证并登记领用和作废情况", "baoguan-zhongyao-kongbai-pingzheng-bingdeng"),
        ("Open the vault and count the cash with a second person", "open-the-vault-and-count-the-cash-with-a-second"),
        ("count the cash " + "x" * 48, "count-the-cash"),
        ("x" * 60, "x" * 48),
    ],
)  # fmt: skip
def test_a_long_text_is_cut_after_a_whole_word(text: str, made: str) -> None:
    assert slug(text) == made


@pytest.mark.parametrize("text", ["9" + "办理现金收付" * 9, "a b " * 30, "保管员b" * 20])
def test_a_slug_can_be_an_id(text: str) -> None:
    assert re.fullmatch(model.SLUG, slug(text))
    assert len(slug(text)) <= model.SLUG_LENGTH


@pytest.mark.parametrize(
    ("taken", "wanted", "made"),
    [
        ([], "teller", "teller"),
        (["teller"], "teller", "teller-2"),
        (["teller", "teller-2", "teller-3"], "teller", "teller-4"),
        (["teller-2"], "teller", "teller"),
        (["teller"], "tellers", "tellers"),
        ([], "", "duty"),
        ([], "3-teller", "duty"),
        ([], "Teller", "duty"),
        ([], "teller--a", "duty"),
        (["duty"], "柜员", "duty-2"),
        ([], "con", "con-2"),  # no file has such a name on Windows
        ([], "com1", "com1-2"),
        ([], "console", "console"),
    ],
)
def test_an_id_is_like_the_one_wanted(taken: list[str], wanted: str, made: str) -> None:
    assert Ids(taken).free(wanted, "duty") == made


def test_no_id_is_given_twice() -> None:
    ids = Ids(["teller-3"])
    ids.take("teller-2")
    assert [ids.free(wanted, "duty") for wanted in ("teller", "teller", "teller", "", "")] == [
        "teller", "teller-4", "teller-5", "duty", "duty-2",
    ]  # fmt: skip
    assert ids.free("teller-4", "duty") == "teller-4-2"
