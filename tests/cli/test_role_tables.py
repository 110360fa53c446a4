"""A position as a table: columns for annotations where there is room, lines below where not."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from dutybook import messages, model
from dutybook.cli import role_tables
from dutybook.model import Role
from tests.cli.test_role_views import DUTY, HEAD, TAIL, title_of

LONG = "监督、审查各种账、表、簿、证、卡等的准备情况（含尾箱），发现短缺的，立即报告；" * 3


def made(**fields: Any) -> Role:
    role = model.check({"id": "teller", "title": "柜员", "duties": [DUTY], **fields})
    assert isinstance(role, Role), role
    return role


def drawn(role: Role, width: int, *, layout: int | None = None) -> list[str]:
    console = Console(width=width, force_terminal=False, legacy_windows=False, _environ={})
    with console.capture() as capture:
        for part in role_tables.render(role, title_of, layout or width):
            console.print(part)
    return [line.rstrip() for line in capture.get().split("\n")[:-1]]


@pytest.fixture(autouse=True)
def in_chinese() -> None:
    messages.use("zh")


def test_a_wide_terminal_has_a_column_for_each_annotation() -> None:
    assert drawn(made(), 110) == [
        "柜员  teller",
        "状态  有效",
        "",
        "编号   职责                       参与   频次           配合             系统        标签",
        "─────────────────────────────────────────────────────────────────────────────────────────",
        "7      现场管理                   协助   至少每周一次   柜员、支行行长   PCRM、CFE   服务",
        "       协助大堂。",
        "       制度依据：第一条、第二条",
        "       甲",
        "  ④    乙                         复核                                               会议",
        "       丙",
        "",
    ]


def test_a_narrow_terminal_has_them_on_a_line_below() -> None:
    assert drawn(made(), 80) == [
        "柜员  teller",
        "状态  有效",
        "",
        "编号   职责                                                                 参与",
        "────────────────────────────────────────────────────────────────────────────────",
        "7      现场管理                                                             协助",
        "       协助大堂。",
        "       制度依据：第一条、第二条",
        "       频次：至少每周一次  配合：柜员、支行行长  系统：PCRM、CFE  标签：",
        "       服务",
        "       甲",
        "  ④    乙                                                                   复核",
        "       丙",
        "       标签：会议",
        "",
    ]


def test_duties_are_set_apart_and_empty_columns_left_out() -> None:
    duties = [{"id": name, "title": name, "text": "做。"} for name in ("a", "b")]
    assert drawn(made(duties=duties), 120)[3:] == [
        "职责", "────", "a", "做。", "", "b", "做。", ""
    ]  # fmt: skip


def everything() -> Role:
    """Return a role in which every field says something, some of it long."""
    fields: dict[str, Any] = {}
    for one, _, _ in HEAD + TAIL:
        fields |= one
    duty = {**DUTY, "text": LONG, "tags": ["服务", LONG[:20]], "label": "第十二条第三款"}
    section = {"title": LONG[:30], "text": LONG}
    return made(**fields | {"duties": [DUTY, duty], "purpose": LONG, "sections": [section]})


@pytest.mark.parametrize("width", [20, 24, 30, 40, 60, 79, 80, 109, 110, 111, 140, 200])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_off_at_any_width(width: int, language: messages.Language) -> None:
    messages.use(language)
    role = everything()
    lines = drawn(role, width)
    assert all(cell_len(line) <= width for line in lines)
    assert not any(line.lstrip()[:1] in "，。、；）" for line in lines if line.strip())
    whole = drawn(role, 2000, layout=width)
    missing = Counter("".join(whole)) - Counter("".join(lines))
    assert set(missing) <= {" ", "─"}, missing


def test_markup_and_escapes_are_text() -> None:
    text = "[red]x[/] :boom: \x1b[31m \u202e"
    shown = "[red]x[/] :boom: \\x1b[31m \\u202e"
    role = made(
        title=text, unit=text, authorities=[{"text": text, "limit": text}],
        sections=[{"title": text, "text": text}],
        duties=[{**DUTY, "title": text, "text": text, "tags": [text], "label": text, "basis": [text]}],
    )  # fmt: skip
    for width in (109, 400):
        out = "\n".join(drawn(role, width))
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert shown in out
    assert "\n".join(drawn(role, 400)).count(shown) == 11
