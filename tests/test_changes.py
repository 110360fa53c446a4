"""What counts as which change: a table of old and new, and the same seen from the other side."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutybook import facts, model
from dutybook.changes import matching, words
from dutybook.changes.base import Change, Fit, Kind, counted
from dutybook.changes.compare import compare
from dutybook.changes.pairs import pair
from dutybook.facts import Part, Role
from dutybook.revisions import read_role

HEAD = "id: r\ntitle: 客户经理\n"
RELATION = "维护与管户客户的长期关系，定期拜访。"
MEETING = "主持网点每日的晨会和夕会，安排当天工作。"
LAUNDERING = "识别并报送可疑交易，落实反洗钱的各项规定。"
CASH = "领取、清点和保管现金，做到日清日结。"
TWO_PARTS = "每日营业前检查自助设备并加钞；营业终了后核对现金库存，双人封包入库。"


def duty(name: str, text: str = "", **fields: str) -> str:
    lines = [f"  - id: {name}", f"    title: {fields.pop('title', '一件事')}"]
    lines += [f"    text: {text}"] if text else []
    lines += [f"    {key}: {value}" for key, value in fields.items()]
    return "\n".join(lines) + "\n"


def role(*duties: str, head: str = HEAD) -> str:
    return head + "duties:\n" + "".join(duties)


def items(*texts: str) -> str:
    return "[" + ", ".join(texts) + "]"


def parsed(text: str, name: str = "r") -> Role:
    found, problem = read_role(text.encode(), f"roles/{name}.yaml")
    assert found is not None, problem
    return found


def told(change: Change) -> str:
    """Return a change in a line: kind, place, field, old and new, `~` where it is wording only."""
    place = change.place
    where = place.duty or ("" if change.field else place.role)
    where += "" if place.item is None else f"[{place.item}]"
    where += f".{change.field}" if change.field else ""
    line = f"{change.kind} {where}"
    if change.field or change.kind is Kind.MOVED:
        line += f": {short(change.old)} > {short(change.new)}"
    return line + (" ~" if change.wording_only else "")


def short(content: object) -> str:
    if isinstance(content, Part):
        return content.text("text") or content.text("title")
    if isinstance(content, tuple):
        return "+".join(content)
    return str(content)


A, B, C, D = (
    duty("a", RELATION),
    duty("b", MEETING),
    duty("c", LAUNDERING),
    duty("d", CASH),
)

CASES: dict[str, tuple[str, str, list[str]]] = {
    # no change at all
    "equal": (role(A), role(A), []),
    "comments": (role(A), "# about\n" + role(A) + "# end\n", []),
    "quoting": (role(A), role(duty("a", f'"{RELATION}"')), []),
    "key order": (
        role(A),
        f"duties:\n  - text: {RELATION}\n    title: 一件事\n    id: a\ntitle: 客户经理\nid: r\n",
        [],
    ),
    "reflowed Chinese": (
        role(A),
        role(duty("a", ">-\n      维护与管户客户的\n      长期关系，\n      定期拜访。")),
        [],
    ),
    "reflowed as a block": (
        role(A),
        role(duty("a", "|\n      维护与管户\n      客户的长期关系，定期拜访。")),
        [],
    ),
    "reflowed English": (
        role(duty("a", "Keep the\n      customers")),
        role(duty("a", "Keep\n      the customers")),
        [],
    ),
    "a bare item written out": (
        role(duty("a", items=items("登记", "{text: 核对}"))),
        role(duty("a", items=items("{text: 登记, label: }", "核对"))),
        [],
    ),
    "a bare authority written out": (
        role(A, head=HEAD + "authorities: [审批五十万元以下贷款]\n"),
        role(A, head=HEAD + "authorities: [{text: 审批五十万元以下贷款}]\n"),
        [],
    ),
    "the order of a set": (
        role(duty("a", RELATION, tags="[服务, 营销]")),
        role(duty("a", RELATION, tags="[营销, 服务]")),
        [],
    ),
    "an empty key": (role(A), role(A, head=HEAD + "unit:\naliases: []\nbackup: ~\n"), []),
    "a default written out": (role(A), role(A, head=HEAD + "status: in-force\n"), []),
    # duties
    "added": (role(A), role(A, B), ["added b"]),
    "removed": (role(A, B), role(B), ["removed a"]),
    "added in front": (role(A), role(B, A), ["added b"]),
    "replaced": (role(A), role(B), ["removed a", "added b"]),
    "renamed": (role(A, B), role(duty("z", RELATION), B), ["renamed z.id: a > z"]),
    "renamed and changed": (
        role(A, B),
        role(duty("z", RELATION.replace("长期", "长久")), B),
        ["renamed z.id: a > z", f"changed z.text: {RELATION} > {RELATION.replace('长期', '长久')}"],
    ),
    "renumbered": (
        role(duty("a", RELATION, label='"6"')),
        role(duty("a", RELATION, label='"7"')),
        ["renumbered a.label: 6 > 7"],
    ),
    "renamed and renumbered": (
        role(duty("a", RELATION, label='"6"')),
        role(duty("z", RELATION, label='"7"')),
        ["renamed z.id: a > z", "renumbered z.label: 6 > 7"],
    ),
    "a number that came": (
        role(A),
        role(duty("a", RELATION, label="④")),
        ["renumbered a.label: None > ④"],
    ),
    "the last moved to the front": (role(A, B, C, D), role(D, A, B, C), ["moved d: 3 > 0"]),
    "the first moved to the end": (role(A, B, C, D), role(B, C, D, A), ["moved a: 0 > 3"]),
    "moved and added": (role(A, B, C), role(D, B, C, A), ["added d", "moved a: 0 > 3"]),
    "removed before others is no move": (role(A, B, C), role(B, C), ["removed a"]),
    "renamed and moved": (
        role(A, B, C),
        role(B, C, duty("z", RELATION)),
        ["renamed z.id: a > z", "moved z: 0 > 2"],
    ),
    "split in two, the id kept": (
        role(duty("a", TWO_PARTS)),
        role(
            duty("a", "每日营业前检查自助设备并加钞。"),
            duty("b", "营业终了后核对现金库存，双人封包入库。"),
        ),
        [f"changed a.text: {TWO_PARTS} > 每日营业前检查自助设备并加钞。", "added b"],
    ),
    "merged, one id kept": (
        role(
            duty("a", "每日营业前检查自助设备并加钞。"),
            duty("b", "营业终了后核对现金库存，双人封包入库。"),
        ),
        role(duty("a", TWO_PARTS)),
        [f"changed a.text: 每日营业前检查自助设备并加钞。 > {TWO_PARTS}", "removed b"],
    ),
    "text moved from one duty to another": (
        role(duty("a", "登记台账。核对库存。"), duty("b", "保管印章。")),
        role(duty("a", "登记台账。"), duty("b", "保管印章。核对库存。")),
        [
            "changed a.text: 登记台账。核对库存。 > 登记台账。",
            "changed b.text: 保管印章。 > 保管印章。核对库存。",
        ],
    ),
    "an item moved from one duty to another": (
        role(duty("a", items=items("登记台账", "核对库存")), duty("b", items=items("保管印章"))),
        role(duty("a", items=items("登记台账")), duty("b", items=items("保管印章", "核对库存"))),
        ["removed a[1]", "added b[1]"],
    ),
    "ids changed places": (
        role(A, B),
        role(duty("a", MEETING), duty("b", RELATION)),
        [f"changed a.text: {RELATION} > {MEETING}", f"changed b.text: {MEETING} > {RELATION}"],
    ),
    # fields
    "one character": (
        role(duty("a", "每周一次")),
        role(duty("a", "每月一次")),
        ["changed a.text: 每周一次 > 每月一次"],
    ),
    "title": (role(A), role(duty("a", RELATION, title="关系")), ["changed a.title: 一件事 > 关系"]),
    "text that came beside items": (
        role(duty("a", items=items("登记"))),
        role(duty("a", "做好登记", items=items("登记"))),
        ["changed a.text: None > 做好登记"],
    ),
    "involvement": (
        role(duty("a", RELATION, involvement="review")),
        role(duty("a", RELATION, involvement="approve")),
        ["changed a.involvement: review > approve"],
    ),
    "cadence and note": (
        role(duty("a", RELATION, cadence="weekly")),
        role(duty("a", RELATION, cadence="daily", cadence_note="每日")),
        ["changed a.cadence: weekly > daily", "changed a.cadence_note: None > 每日"],
    ),
    "sets": (
        role(duty("a", RELATION, tags="[服务, 营销]", systems="[PCRM]")),
        role(duty("a", RELATION, tags="[营销, 理财]", systems="[PCRM]")),
        ["changed a.tags: 服务 > 理财"],
    ),
    "counterparts": (
        role(duty("a", RELATION)),
        role(duty("a", RELATION, counterparts="[teller]")),
        ["changed a.counterparts:  > teller"],
    ),
    # wording only
    "punctuation only": (
        role(duty("a", "登记，核对")),
        role(duty("a", "登记、核对。")),
        ["changed a.text: 登记，核对 > 登记、核对。 ~"],
    ),
    "width only": (
        role(duty("a", "使用ＰＣＲＭ系统")),
        role(duty("a", "使用PCRM系统")),
        ["changed a.text: 使用ＰＣＲＭ系统 > 使用PCRM系统 ~"],
    ),
    "white space only": (
        role(duty("a", "使用PCRM系统")),
        role(duty("a", "使用 PCRM 系统")),
        ["changed a.text: 使用PCRM系统 > 使用 PCRM 系统 ~"],
    ),
    "simplified to traditional": (
        role(duty("a", "反洗钱管理")),
        role(duty("a", "反洗錢管理")),
        ["changed a.text: 反洗钱管理 > 反洗錢管理 ~"],
    ),
    "a decimal point is no punctuation": (
        role(duty("a", "不超过3.5万元")),
        role(duty("a", "不超过35万元")),
        ["changed a.text: 不超过3.5万元 > 不超过35万元"],
    ),
    "a percentage is no punctuation": (
        role(duty("a", "原则上50%以上")),
        role(duty("a", "原则上50以上")),
        ["changed a.text: 原则上50%以上 > 原则上50以上"],
    ),
    "from one to three is not thirteen": (
        role(duty("a", "每月1-3日")),
        role(duty("a", "每月13日")),
        ["changed a.text: 每月1-3日 > 每月13日"],
    ),
    # items
    "items reordered": (
        role(duty("a", items=items("登记台账", "核对库存", "保管印章"))),
        role(duty("a", items=items("保管印章", "登记台账", "核对库存"))),
        ["moved a[0]: 2 > 0"],
    ),
    "an item inserted": (
        role(duty("a", items=items("登记台账", "核对库存"))),
        role(duty("a", items=items("登记台账", "保管印章", "核对库存"))),
        ["added a[1]"],
    ),
    "an item inserted and the rest renumbered": (
        role(
            duty("a", items=items('{label: "1", text: 登记台账}', '{label: "2", text: 核对库存}'))
        ),
        role(
            duty(
                "a",
                items=items(
                    '{label: "1", text: 登记台账}',
                    '{label: "2", text: 保管印章}',
                    '{label: "3", text: 核对库存}',
                ),
            )
        ),
        ["added a[1]", "renumbered a[2].label: 2 > 3"],
    ),
    "an item reworded where another was put in front": (
        role(duty("a", items=items("登记重要空白凭证台账", "核对库存"))),
        role(duty("a", items=items("保管业务印章", "登记重要空白凭证的台账", "核对库存"))),
        ["added a[0]", "changed a[1].text: 登记重要空白凭证台账 > 登记重要空白凭证的台账"],
    ),
    "an item put in another's place": (
        role(duty("a", items=items("登记台账", "核对库存"))),
        role(duty("a", items=items("登记台账", "保管印章"))),
        ["changed a[1].text: 核对库存 > 保管印章"],
    ),
    "an item's annotations": (
        role(duty("a", items=items("登记台账"))),
        role(duty("a", items=items("{text: 登记台账, cadence: daily, tags: [服务]}"))),
        ["changed a[0].cadence: None > daily", "changed a[0].tags:  > 服务"],
    ),
    "equal items, one more": (
        role(duty("a", items=items("登记", "登记"))),
        role(duty("a", items=items("登记", "登记", "登记"))),
        ["added a[2]"],
    ),
    # the head
    "the head": (
        role(A, head=HEAD + "unit: 营业部\nreports_to: governor\nkey_position: true\n"),
        role(A, head=HEAD + "unit: 零售部\nreports_to: president\nkey_position: false\n"),
        [
            "changed .unit: 营业部 > 零售部",
            "changed .reports_to: governor > president",
            "changed .key_position: True > False",
        ],
    ),
    "what is nested in the head": (
        role(A, head=HEAD + "rotation: {max_years: 3}\ncontacts: {internal: [信贷部]}\n"),
        role(A, head=HEAD + "rotation: {max_years: 5}\ncontacts: {internal: [运营部]}\n"),
        ["changed .contacts.internal: 信贷部 > 运营部", "changed .rotation.max_years: 3 > 5"],
    ),
    "aliases": (
        role(A, head=HEAD + "aliases: [理财经理, 大客户经理]\n"),
        role(A, head=HEAD + "aliases: [大客户经理]\n"),
        ["changed .aliases: 理财经理 > "],
    ),
    "an authority's limit": (
        role(A, head=HEAD + "authorities: [{text: 审批贷款, limit: 50万元}]\n"),
        role(A, head=HEAD + "authorities: [{text: 审批贷款, limit: 500万元}]\n"),
        ["changed [0].authorities.limit: 50万元 > 500万元"],
    ),
    "qualifications": (
        role(A, head=HEAD + "qualifications: [大学本科以上, 三年以上经验]\n"),
        role(A, head=HEAD + "qualifications: [三年以上经验, 持有从业资格证书]\n"),
        [
            "removed [0].qualifications: 大学本科以上 > None",
            "added [1].qualifications: None > 持有从业资格证书",
        ],
    ),
    "a section": (
        role(A),
        role(A, head=HEAD + "sections: [{title: 编制, text: 两人}]\n"),
        ["added [0].sections: None > 两人"],
    ),
    "dates": (
        role(A, head=HEAD + "effective: 2026-01-01\n"),
        role(A, head=HEAD + "effective: 2026-07-01\n"),
        ["changed .effective: 2026-01-01 > 2026-07-01"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_changes_are_these_and_no_others(case: str) -> None:
    old, new, expected = CASES[case]
    assert [told(change) for change in compare([parsed(old)], [parsed(new)])] == expected


@pytest.mark.parametrize("case", CASES)
def test_backwards_is_the_mirror_image(case: str) -> None:
    old, new, _ = CASES[case]
    assert_mirrored([parsed(old)], [parsed(new)])


def assert_mirrored(old: list[Role], new: list[Role]) -> None:
    there = {repr(change.mirrored()) for change in compare(old, new)}
    assert {repr(change) for change in compare(new, old)} == there


def test_there_are_forty_cases() -> None:
    assert len(CASES) >= 40


# Positions ----------------------------------------------------------------------------------------

MANAGER = role(A, B, C)


def books(old: dict[str, str], new: dict[str, str]) -> list[str]:
    sides = ([parsed(text, name) for name, text in side.items()] for side in (old, new))
    return [told(change) for change in compare(*sides)]


def test_positions_added_and_removed() -> None:
    teller = role(D, head="id: t\ntitle: 柜员\n")
    assert books({"r": MANAGER}, {"r": MANAGER, "t": teller}) == ["added t"]
    assert books({"r": MANAGER, "t": teller}, {"t": teller}) == ["removed r"]
    assert books({"r": MANAGER}, {"t": teller}) == ["removed r", "added t"]


def test_a_renamed_position_is_no_new_one() -> None:
    assert books({"r": MANAGER}, {"manager": MANAGER}) == ["renamed .id: r > manager"]
    changed = MANAGER.replace("长期", "长久")
    assert books({"r": MANAGER}, {"manager": changed}) == [
        "renamed .id: r > manager",
        f"changed a.text: {RELATION} > {RELATION.replace('长期', '长久')}",
    ]


def test_of_two_renamed_positions_each_finds_its_own() -> None:
    other = role(A, B, D, head="id: s\ntitle: 大堂经理\n")
    assert books({"r": MANAGER, "s": other}, {"x": other, "y": MANAGER}) == [
        "renamed .id: s > x",
        "renamed .id: r > y",
    ]


def test_counts_name_every_kind() -> None:
    assert counted([]) == dict.fromkeys(
        ("added", "removed", "renamed", "renumbered", "moved", "changed"), 0
    )


# From the other side ------------------------------------------------------------------------------

TEXTS = st.sampled_from(
    [
        RELATION,
        RELATION.replace("长期", "长久"),
        MEETING,
        CASH,
        "登记",
        "登記。",
        "登记 台账",
        "核对",
    ]
)
LABELS = st.sampled_from([None, "1", "2", "①"])
NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
ITEMS = st.lists(
    st.builds(
        lambda label, text, tags: Part(
            dict.fromkeys(facts.ITEM)
            | {"label": label, "text": text, "counterparts": (), "systems": (), "tags": tags}
        ),
        LABELS,
        TEXTS,
        st.sampled_from([(), ("x",), ("x", "y"), ("y", "x")]),
    ),
    max_size=4,
)
DUTIES = st.lists(
    st.builds(
        lambda name, label, title, text, parts: Part(
            dict.fromkeys(facts.DUTY)
            | {"id": name, "label": label, "title": title, "text": text}
            | {"counterparts": (), "systems": (), "tags": (), "basis": ()},
            tuple(parts),
        ),
        NAMES,
        LABELS,
        st.sampled_from(["一件事", "另一件事"]),
        st.none() | TEXTS,
        ITEMS,
    ),
    max_size=5,
)


def made(name: str, title: str, duties: list[Part]) -> Role:
    head = {key: () if shape is facts.Shape.SET else None for key, shape in facts.HEAD.items()}
    lists: dict[str, tuple[Part, ...]] = dict.fromkeys(facts.LISTS, ())
    return Role(name, head | {"title": title}, lists, tuple(duties))


ROLES = st.lists(
    st.builds(made, st.sampled_from(["r", "s", "t"]), st.sampled_from(["甲", "乙"]), DUTIES),
    max_size=3,
    unique_by=lambda one: one.id,
)


@settings(max_examples=400, deadline=None)
@given(ROLES, ROLES)
def test_any_two_books_mirror_each_other(old: list[Role], new: list[Role]) -> None:
    assert_mirrored(old, new)


@settings(max_examples=200, deadline=None)
@given(ROLES)
def test_a_book_does_not_differ_from_itself(roles: list[Role]) -> None:
    assert compare(roles, roles) == ()


@settings(max_examples=300, deadline=None)
@given(st.text("的一二三ab，。 ", max_size=30), st.text("的一二三ab，。 ", max_size=30))
def test_spans_tell_the_whole_difference(old: str, new: str) -> None:
    found = words.spans(old, new)
    rebuilt, at = "", 0
    for start, end, other, other_end in found:
        rebuilt += old[at:start] + new[other:other_end]
        at = end
    assert rebuilt + old[at:] == new
    assert words.spans(new, old) == tuple((c, d, a, b) for a, b, c, d in found)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("每周一次", "每月一次", ((1, 2, 1, 2),)),
        ("认真落实制度", "严格执行制度", ((0, 4, 0, 4),)),
        ("审核甲、乙", "审核甲", ((3, 5, 3, 3),)),
        ("甲一乙", "丙一丁", ((0, 3, 0, 3),)),  # one equal character between two edits
        ("甲一二乙", "丙一二丁", ((0, 1, 0, 1), (3, 4, 3, 4))),
        ("", "新", ((0, 0, 0, 1),)),
        ("同", "同", ()),
    ],
)
def test_spans_read_well(old: str, new: str, expected: words.Spans) -> None:
    assert words.spans(old, new) == expected


@pytest.mark.parametrize("text", ["的" * 20_000, "登记台账。" * 4_000, "a b " * 5_000])
def test_long_and_dull_texts_take_no_time(text: str) -> None:
    start = time.perf_counter()
    middle = len(text) // 2
    assert words.spans(text, text[:middle] + "新" + text[middle + 5 :] + "末")
    assert time.perf_counter() - start < 2


# Order and assignment -----------------------------------------------------------------------------


def rises(order: list[int]) -> int:
    best: list[int] = []
    for index, value in enumerate(order):
        best.append(1 + max((best[i] for i in range(index) if order[i] < value), default=0))
    return max(best, default=0)


@settings(max_examples=200, deadline=None)
@given(st.permutations(range(7)))
def test_moves_are_the_fewest(order: list[int]) -> None:
    found = matching.moved(dict(enumerate(order)), lambda here, there: f"{here}")
    assert len(found) == len(order) - rises(order)
    stays = [there for here, there in enumerate(order) if here not in found]
    assert stays == sorted(stays)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 50), max_size=14
    )
)
def test_the_assignment_is_the_best_there_is(gains: dict[tuple[int, int], int]) -> None:
    def best(row: int, taken: frozenset[int]) -> int:
        if row > 4:
            return 0
        return max(
            [best(row + 1, taken)]
            + [
                gain + best(row + 1, taken | {column})
                for (own, column), gain in gains.items()
                if own == row and column not in taken
            ]
        )

    found = matching.assigned(gains)
    assert len(set(found.values())) == len(found)
    assert sum(gains[pair] for pair in found.items()) == best(0, frozenset())


# Two positions ------------------------------------------------------------------------------------


def fits(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    def name(duty: Part | None) -> str | None:
        return duty.text("id") if duty else None

    pairs = pair(parsed(old), parsed(new, "s")).pairs
    return [(str(one.kind), name(one.old), name(one.new)) for one in pairs]


def test_duties_of_two_positions_go_by_likeness_not_by_id() -> None:
    old = role(A, B, duty("same", LAUNDERING))
    new = role(
        duty("same", CASH),
        duty("x", RELATION, label='"9"', tags="[服务]"),
        duty("y", LAUNDERING.replace("各项", "有关")),
        head="id: s\ntitle: 柜员\n",
    )
    assert fits(old, new) == [
        ("shared", "a", "x"),
        ("only_old", "b", None),
        ("similar", "same", "y"),
        ("only_new", None, "same"),
    ]
    found = pair(parsed(old), parsed(new, "s"))
    assert [told(change) for change in found.head] == ["changed .title: 客户经理 > 柜员"]
    assert [one.likeness for one in found.pairs] == [1.0, None, pytest.approx(0.9, abs=0.1), None]


def test_the_same_words_in_another_part_are_similar_only() -> None:
    old = role(duty("a", RELATION, involvement="responsible"))
    new = role(duty("a", RELATION, involvement="review"))
    assert [fit for fit, _, _ in fits(old, new)] == [Fit.SIMILAR]


def test_two_hundred_duties_on_each_side_take_less_than_a_second() -> None:
    def many(word: str) -> str:
        text = "负责第{0}项{1}业务的受理、复核与登记，并于每月{2}日前报送。"
        return role(*(duty(f"d{n}", text.format(n, word, n % 28)) for n in range(200)))

    old, new = parsed(many("结算")), parsed(many("清算"), "s")
    start = time.perf_counter()
    found = pair(old, new)
    assert time.perf_counter() - start < 1
    assert {one.kind for one in found.pairs} == {Fit.SIMILAR}


# What a role file says ----------------------------------------------------------------------------


def test_the_fields_compared_are_those_of_the_format() -> None:
    assert {"id", *facts.PART} | {"items"} == set(model.Duty.model_fields)
    assert set(facts.ITEM) == set(model.Item.model_fields)
    heads = {name.partition(".")[0] for name in facts.HEAD}
    assert heads | {"id", "duties", *facts.LISTS} == set(model.Role.model_fields)
    for outer, inner in (
        ("contacts", model.Contacts), ("rotation", model.Rotation), ("source", model.Source),
    ):  # fmt: skip
        names = {name.partition(".")[2] for name in facts.HEAD if name.startswith(f"{outer}.")}
        assert names == set(inner.model_fields)
    assert set(facts.LISTS["authorities"]) == set(model.Authority.model_fields)
    assert set(facts.LISTS["sections"]) == set(model.Section.model_fields)


@pytest.mark.parametrize("case", CASES)
def test_json_is_as_show_has_it(case: str) -> None:
    from dutybook import source

    text = CASES[case][1]
    checked = model.check(source.read(text.encode(), "x").data)
    assert isinstance(checked, model.Role)
    shown = checked.model_dump(mode="json")
    for name in ("contacts", "rotation", "source"):
        shown[name] = shown[name] if any((shown[name] or {}).values()) else None
    assert parsed(text).plain() == shown


FAULTS = {
    "an unknown key": role(A, head=HEAD + "colour: red\n"),
    "an unknown key in a duty": role(duty("a", RELATION, involvment="review")),
    "an unknown key in an item": role(duty("a", items="[{text: 登记, id: x}]")),
    "an unknown key in a part of the head": role(A, head=HEAD + "rotation: {years: 3}\n"),
    "a part of the head that is none": role(A, head=HEAD + "rotation: 三年\n"),
    "no title": role(A, head="id: r\n"),
    "no duties": HEAD + "duties: []\n",
    "duties that are no list": HEAD + "duties: 维护\n",
    "a duty that is a text": HEAD + "duties: [维护]\n",
    "a duty without words": role(duty("a")),
    "a duty without id": HEAD + "duties: [{title: 一, text: 二}]\n",
    "two duties of one id": role(A, A),
    "another id than the file's": role(A, head="id: s\ntitle: 客户经理\n"),
    "a bad id": role(duty("A_1", RELATION)),
    "a bad choice": role(duty("a", RELATION, cadence="often")),
    "a bad position": role(duty("a", RELATION, counterparts="[大堂经理]")),
    "a text for a list": role(duty("a", RELATION, tags="服务")),
    "a list for a text": role(duty("a", "[一, 二]")),
    "a line break in a title": role(duty("a", RELATION, title='"一\\n二"')),
    "a bad date": role(A, head=HEAD + "effective: 2026-02-30\n"),
    "a bad number": role(A, head=HEAD + "rotation: {max_years: 三}\n"),
    "a bad flag": role(A, head=HEAD + "key_position: yes\n"),
    "an empty text": role(duty("a", '" "')),
    "a qualification written out": role(A, head=HEAD + "qualifications: [{text: 本科}]\n"),
    "an item without text": role(duty("a", items='[{label: "1"}]')),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_validate_is_read_and_said(fault: str) -> None:
    found, problem = read_role(FAULTS[fault].encode(), "roles/r.yaml")
    assert found is not None
    assert problem is not None
    assert found.plain()["id"] == "r"
    assert_mirrored([found], [parsed(role(A, B))])
