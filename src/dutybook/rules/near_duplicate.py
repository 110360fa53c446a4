"""W004: one duty is written down once, with one owner.

Near-linear: each duty that its position owns, or that has a twin in its role, has a sketch of three
grams (`dutybook.rules.facts`), and only duties that share a gram are compared, each with a bounded
number of neighbours.
"""

from collections.abc import Iterator

from dutybook.messages import listed, mark, ntr, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import (
    LIKENESS,
    SHORTEST,
    TELLER,
    Example,
    Facts,
    Finding,
    Owned,
    Rule,
    Whole,
)

_NEIGHBOURS = 8
_NAMED = 5


def finish(book: Whole) -> Iterator[Finding]:
    """Report each group of near-duplicates once, at its last duty, naming the others.

    Within a role all duties count, across roles those that their positions own.
    """
    duties = [
        (facts, duty) for facts in book.valid for duty in facts.owned if len(duty.text) >= SHORTEST
    ]
    for group in _groups(duties):
        *others, (facts, last) = [duties[number] for number in group]
        names = [f"{other.id}（{duty.number + 1}）" for other, duty in others]
        yield Finding(
            ntr("{count} duty says nearly the same: {names}.", "{count} duties say nearly the same: {names}.",
                len(others), names=listed(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")),
            tr("Let one position own it; the others support, or the texts say what differs."),
            ("duties", last.number, "title"),
            facts.path,
            tuple((other.path, ("duties", duty.number, "title")) for other, duty in others[:_NAMED]),
        )  # fmt: skip


def _groups(duties: list[tuple[Facts, Owned]]) -> list[list[int]]:
    """Return the groups of duties that are alike, as sorted lists of their numbers."""
    from rapidfuzz import fuzz

    texts = [duty.text for _, duty in duties]

    def compare(one: int, other: int) -> bool:
        (role, duty), (other_role, other_duty) = duties[one], duties[other]
        return (duty.is_owner and other_duty.is_owner) or role is other_role

    blocks: dict[str, list[int]] = {}
    for number, (_, duty) in enumerate(duties):
        for gram in set(duty.sketch):
            blocks.setdefault(gram, []).append(number)
    leader = list(range(len(duties)))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for block in blocks.values():
        if len(block) < 2:
            continue
        block.sort(key=texts.__getitem__)
        for distance in range(1, min(_NEIGHBOURS, len(block) - 1) + 1):
            for one, other in zip(block, block[distance:], strict=False):
                if (
                    lead(one) != lead(other)
                    and compare(one, other)
                    and fuzz.ratio(texts[one], texts[other], score_cutoff=LIKENESS)
                ):
                    leader[max(lead(one), lead(other))] = min(lead(one), lead(other))
    groups: dict[int, list[int]] = {}
    for number in range(len(duties)):
        groups.setdefault(lead(number), []).append(number)
    return [group for group in groups.values() if len(group) > 1]


_ROLE = """\
id: {id}
title: {title}
duties:
  - id: vouchers
    title: 凭证管理
    text: {text}
    involvement: responsible
"""
_TEXT = "保管重要空白凭证和印章，每日营业终了核对数量并登记。"

RULE = Rule(
    Kind("W004", "near-duplicate", Severity.INFO),
    mark("Two duties that their positions own say nearly the same."),
    mark("What two own, each leaves to the other; what is written twice is changed once."),
    Example(
        {
            "roles/cashier.yaml": _ROLE.format(id="cashier", title="出纳", text=_TEXT),
            TELLER: _ROLE.format(id="teller", title="柜员", text=_TEXT.replace("数量", "数目")),
        },
        (TELLER, 5, 12),
    ),
    Example(
        {
            "roles/cashier.yaml": _ROLE.format(id="cashier", title="出纳", text=_TEXT),
            TELLER: _ROLE.format(
                id="teller", title="柜员", text="领用空白凭证时登记号码，用毕交还出纳。"
            ),
        }
    ),
    finish=finish,
)
