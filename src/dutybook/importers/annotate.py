"""What a text says of itself: part in the matter, cadence, other positions, systems. Pure.

Only what stands in the text; where it says several things at once, none is chosen for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dutybook.text import fold, fold_offsets
from dutybook.vocabulary import INVOLVEMENT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CLAUSE: Final = 60
_LONGEST: Final = 5_000  # a text that says more than one duty can, says nothing of one
# Words that are as often a thing as what is done with it: they count where no other one stands.
_FAINT: Final = frozenset((
    "管理", "执行", "实施", "开展", "考核", "授权", "培训", "反馈", "通知", "报告", "办理", "落实", "支持",
))  # fmt: skip
_WORDS: Final = sorted(
    (word for words in INVOLVEMENT_WORDS.values() for word in words), key=len, reverse=True
)
_INVOLVED: Final = re.compile(f"(?:{'|'.join(_WORDS)})(?!人|员|岗|书|单|表|权|制度)")
# Where a word is what is done and where a thing: 客户管理、 and 报主管审批。 are none of its doings.
_AT_END: Final = re.compile(r"[,。;:!?)\n]|$|进度|流转|流程|环节|底稿")
_A_THING: Final = re.compile(
    "[、和与及等的]|工作|情况|质量|水平|能力|体系|机制|办法|规定|要求|费用|活动|服务|系统|平台|中心|部门"
)
_DOING: Final = re.compile("(?:负责|进行|做好|承担|加以|予以)[^,。;:!?]*$")
# 负责 says no more than that it is done: where 复核 and its like say what, they count.
_IN_CHARGE: Final = frozenset(("负责", "承担"))
_OF: Final = re.compile("[^,。;:!?]*的$|对[^,。;:!?]*进行$|做好$|$")
_KIND_OF: Final = {word: kind for kind, words in INVOLVEMENT_WORDS.items() for word in words}

# Patterns of the folded text, the more telling first; where one fits, those inside it do not count.
# Of the characters before each a text has one, or nothing fits: that is quicker to tell.
_CADENCES: Final[tuple[tuple[str, str, str], ...]] = (
    ("weekly", "周", r"定期\(至少每周\S{0,3}次\)|至少每周\S{0,3}次|每周至少\S{1,3}次|每周\S{0,2}次|每周|按周|逐周"),
    ("daily", "日天晚早晨班业", r"至少每[日天]\S{0,3}次|每个?(?:工作|营业)日|每[日天晚早晨]|逐日|日终|营业(?:前|终了|结束后?|开始前)|班前|班后|即日|当日|当天|按日|日结"),
    ("ten-day", "旬", "每旬|按旬|旬末"),
    ("half-yearly", "半", "每半年|半年一次|按半年|半年末|半年结"),
    ("quarterly", "季", "每季度?|按季度?|季末|季度末|逐季|季结"),
    ("monthly", "月", "每个?月|按月|逐月|月末|月底|月初|月终|月结"),
    ("yearly", "年", "每年度?|年终|年末|按年|逐年|年底|年初|(?<!半)年结"),
    ("periodic", "期", "定期(?:或|和|与|、|及)?不定期|不定期(?:或|和|与|、|及)?定期"),
    ("ad-hoc", "期", "不定期"),
    ("periodic", "期", "定期|各期"),
    ("continuous", "随实日", "随时|实时|日常"),
    ("event", "及第", "及时|第一时间"),
)  # fmt: skip
_CADENCE: Final = tuple(
    (kind, frozenset(characters), re.compile(pattern)) for kind, characters, pattern in _CADENCES
)
_VAGUE: Final = frozenset(("periodic", "ad-hoc", "continuous", "event"))
# What a named position may follow directly: anything else makes it a part of a longer name.
_BEFORE_NAME: Final = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[对与和及向由给将把被为同并或经各本请使令让予以报促的得了]|协助|指导|配合|监督|督促|通知|告知|上报|汇报|报告|组织|协调|管理|检查"
    r"|审核|复核|辅导|培训|考核|支持|联系|联合|网点|支行|分行|移交|交接|提交|反馈|安排|带领|督导|帮助|引导|参与|会同|支行|分管)$"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a text may name: positions by their names folded, systems by theirs.

    `beginnings` has the names by their first two characters, `begins` finds the first of those.
    """

    positions: Mapping[str, str]
    systems: Mapping[str, str]
    beginnings: Mapping[str, list[str]]
    begins: re.Pattern[str]

    @classmethod
    def of(cls, positions: Iterable[tuple[str, str]], systems: Iterable[str]) -> Known:
        """Make it of (name, id) and names of systems."""
        named = {fold(name).strip(): id_ for name, id_ in positions if len(name.strip()) > 1}
        beginnings: dict[str, list[str]] = {}
        for name in named:
            beginnings.setdefault(name[:2], []).append(name)
        firsts = "".join(sorted({re.escape(two[0]) for two in beginnings}))
        begins = re.compile(f"[{firsts}]" if firsts else "(?!)")
        return cls(
            named, {fold(name): name for name in systems if len(name) > 1}, beginnings, begins
        )


def annotate(duties: Iterable[dict[str, Any]], known: Known, own: str) -> None:
    """Fill in what the duties of one position, and their items, say of themselves."""
    for duty in duties:
        items = duty.get("items", ())
        text = duty.get("text") or ""
        if text and not text.startswith(duty["title"]):
            text = f"{duty['title']}。{text}"
        _fill(duty, text or duty["title"], known, own)
        for item in items:
            _fill(item, item["text"], known, own)


def _fill(part: dict[str, Any], text: str, known: Known, own: str) -> None:
    if len(text) > _LONGEST:
        return
    folded = fold(text)
    found = involvement(folded)
    if found:
        part["involvement"] = found
    note = part.get("cadence_note")
    said = cadence(note) if note else _cadence(text, folded)
    if said:
        part["cadence"], part["cadence_note"] = said
    names = counterparts(folded, known, own)
    if names:
        part["counterparts"] = names
    systems = [name for key, name in known.systems.items() if _has_word(folded, key)]
    if systems:
        part["systems"] = systems


@lru_cache(maxsize=1 << 12)  # positions of a kind have duties of one wording
def involvement(folded: str) -> str:
    """Return the part that a text says its position has, "" where it does not say.

    The text is folded. The first word that says what is done decides.
    """
    if "第一责任人" in folded:
        return "accountable"
    found = [match for match in _INVOLVED.finditer(folded) if _is_done(match, folded)]
    clear = [match for match in found if match.group() not in _FAINT] or found
    if not clear:
        return ""
    first = clear[0]
    if first.group() in _IN_CHARGE:
        of_what = (one for one in clear[1:] if _OF.fullmatch(folded, first.end(), one.start()))
        first = next(of_what, first)
    return _KIND_OF[first.group()]


def _is_done(match: re.Match[str], folded: str) -> bool:
    """Tell whether a word stands for what is done, not for a thing or what somebody else does."""
    is_thing = _AT_END.match(folded, match.end()) or (
        match.group() in _FAINT and _A_THING.match(folded, match.end())
    )
    start = match.start()
    return not is_thing or _DOING.search(folded, max(start - _CLAUSE, 0), start) is not None


def cadence(text: str) -> tuple[str, str] | None:
    """Return how often a text says it is done, and its words for it; None if not just one thing."""
    return _cadence(text, fold(text))


@lru_cache(maxsize=1 << 12)
def _cadence(text: str, folded: str) -> tuple[str, str] | None:
    taken: list[tuple[int, int]] = []
    found: list[tuple[str, int, int]] = []
    present = set(folded)
    for kind, characters, pattern in _CADENCE:
        for match in () if characters.isdisjoint(present) else pattern.finditer(folded):
            start, end = match.span()
            if start < end and not any(
                start < other_end and end > other for other, other_end in taken
            ):
                taken.append((start, end))
                found.append((kind, start, end))
    exact = [one for one in found if one[0] not in _VAGUE]
    chosen = exact or found
    if not chosen or len({kind for kind, _, _ in chosen}) > 1:
        return None
    kind, start, end = min(chosen, key=lambda one: one[1])
    if len(folded) == len(text):
        return kind, text[start:end]
    offsets = fold_offsets(text)
    return kind, text[offsets[start] : offsets[end]]


def counterparts(folded: str, known: Known, own: str) -> list[str]:
    """Return the ids of the other positions that a text names, in its order."""
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, str]] = []
    named = [
        (match.start(), name)
        for match in known.begins.finditer(folded)
        for name in known.beginnings.get(folded[match.start() : match.start() + 2], ())
        if folded.startswith(name, match.start())
    ]
    for start, name in sorted(named, key=lambda one: (-len(one[1]), one[0])):
        end = start + len(name)
        free = not any(start < other_end and end > other for other, other_end in taken)
        if free and _BEFORE_NAME.search(folded[max(start - 2, 0) : start]):
            taken.append((start, end))
            if known.positions[name] != own:
                found.append((start, known.positions[name]))
    return list(dict.fromkeys(id_ for _, id_ in sorted(found)))


def _has_word(folded: str, name: str) -> bool:
    if name.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", folded) is not None
    return name in folded
