"""What may be the heading of a position, by its words alone; the outline decides. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dutybook.importers import lexicon, words
from dutybook.text import fold, fold_offsets

if TYPE_CHECKING:
    from dutybook.importers.segments import Segment

_COLON: Final = re.compile("[:：]")
_BRACKETED: Final = re.compile(r"\s*[【〖［\[《](?P<name>[^】〗］\]》]{2,30})[】〗］\]》][:：]?\s*")
_FIELD: Final = re.compile(
    r"[【\[]?(?P<name>[^\s:：()（）\]】]{2,12})[\]】]?\s*(?:[\(（][A-Za-z&/.,' -]+[\)）]\s*[:：]?|[\(（][\u4e00-\u9fff]{2,8}[\)）]\s*[:：]|[A-Za-z][A-Za-z &/]*[:：]|[:：]|(?=[ \t\u3000])|(?<=[\]】]))"
    r"\s*(?P<value>.+)", re.DOTALL
)  # fmt: skip
_SPACED: Final = re.compile(
    r"(?P<name>\S\s{1,8}\S(?:\s{1,8}\S){0,3})\s*[:：]\s*(?P<value>.+)", re.DOTALL
)
_COLLECTED: Final = re.compile(
    r"(?:[\(（]?(?:精选|通用|最新)?[一二三四五六七八九十\d]{1,3}\s?篇[\)）]?|大全|精选|集锦|汇编|合集)$"
)
_TITLE_LENGTH: Final = 40
_LONGEST: Final = 120  # of a title with what is said about it
_ATTACHMENT: Final = re.compile(
    r"附\s*[件录表]\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})?\s*[：:、.．\s-]\s*"
)
_SPACED_OUT: Final = re.compile(r"\s*[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff]){3,}\s*")  # 会 计 职 责
_COUNTED: Final = re.compile(
    r"\s*(?:[【\[〔]?(?:岗位|职位)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[】\]〕]\s*|\S{2,8}之[一二三四五六七八九十]{1,3}\s+)(?=\S)"
)
_ASIDE: Final = re.compile(r"\s*[（(](?P<said>[^（）()]{2,40})[）)]\s*$")
_PERSON: Final = re.compile(rf"[{lexicon.SURNAMES}][\u4e00-\u9fff]{{1,2}}")
_NAMED: Final = re.compile(r"(?P<who>[^，,。；;：:、\s]{2,14})。(?=(?P=who)|\S{0,4}职责)")
_HELD: Final = re.compile(
    rf"(?P<name>\S{{2,12}})[ \u3000]+[{lexicon.SURNAMES}][\u4e00-\u9fff]{{1,2}}$"
)
_SENTENCE: Final = re.compile(
    r"(?P<who>[^，,。；;：:、\s]{2,14}?)(?=(?:主要|具体|全面)?(?:负责|承担|履行))"
)
SENTENCE: Final = frozenset("。；;！？!?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A title that a segment may give, and how strongly.

    Strength 3 says so, 2 is called like a position, 1 is one only if its neighbours are.
    """

    title: str
    strength: int
    rest: str = ""
    variant: str = ""
    collection: bool = False


def of_segment(segment: Segment) -> Candidate | None:
    """Return what a segment may name, None where it can name no position."""
    text = _without_attachment(segment.text.strip())
    if segment.force == "position":
        of_duties = words.duties_of(text)
        title = _raw(text, of_duties[0]) if of_duties else words.without_count(text)
        return Candidate(title, 3)
    if segment.force and segment.force != "sheet":
        return None
    if not text or (
        len(text) > 60
        and not _COLON.search(text[:40])
        and not _SENTENCE.match(text)
        and not _BRACKETED.match(text)
    ):
        return None
    if segment.force == "sheet":
        return _of_name(text, alone=True)
    named = of_field(text)
    if named or _is_other_field(text):
        return named
    bracketed = _BRACKETED.match(text)
    counted = _COUNTED.match(text) if text[0] in "【[〔" or "之" in text[:10] else None
    if counted:  # 【岗位1】柜员, 岗位之一 柜员
        return _of_name(text[counted.end() :], alone=True)
    if bracketed and not words.section_key(bracketed["name"], weak=True):
        inner = _of_name(bracketed["name"], alone=True)
        rest = text[bracketed.end() :].strip()
        if inner and (inner.strength > 1 or not segment.mark):
            return Candidate(inner.title, 3 if inner.strength > 1 else 1, rest, inner.variant)
    found = _of_name(text, alone=True) if text[-1] not in "。；;" else None
    if found:
        return found
    colon = _COLON.search(text, 0, 41)
    if colon and colon.end() < len(text):
        found = _of_name(text[: colon.start()], alone=False)
        if found:
            rest = text[colon.end() :].strip()
            below = _of_name(rest, alone=True)
            if below and below.strength == 3:
                return below  # 柜员职责 篇一：综合柜员工作职责
            if _PERSON.fullmatch(rest):  # who holds it
                return Candidate(found.title, max(found.strength, 2), variant=found.variant)
            strength = found.strength if found.strength == 3 else 1
            return Candidate(found.title, strength, rest, found.variant)
    if segment.level and words.section_key(text, weak=True) is None and not is_general(text):
        return Candidate(text, 1)
    sentence = (_NAMED.match(text) if "。" in text[:16] else None) or _SENTENCE.match(text)
    if sentence and words.is_title(sentence["who"]):
        return Candidate(sentence["who"], 1, text[sentence.end() :])
    return None


def _without_attachment(text: str) -> str:
    """Return what an attachment is called: 附件1：柜员岗位职责."""
    found = _ATTACHMENT.match(text) if text[:1] == "附" else None
    return text[found.end() :] if found and words.duties_of(text[found.end() :]) else text


def _without_aside(text: str) -> str:
    """Return a title without who holds it, or what is said about it, in brackets behind it."""
    aside = _ASIDE.search(text) if len(text) <= _LONGEST else None
    if aside is None or not words.is_title(text[: aside.start()]):
        return text
    names = re.split("[、，,]", aside["said"])
    is_of_people = all(_PERSON.fullmatch(name.strip()) for name in names)
    is_said = re.search("[，,。；;]", aside["said"]) is not None
    return text[: aside.start()] if is_of_people or is_said else text


def of_field(text: str) -> Candidate | None:
    """Return the position that a field names: `岗位名称：客户经理`."""
    match = _FIELD.match(text) or _SPACED.match(text)
    if not match or words.section_key(match["name"], weak=True) != "title":
        return None
    value = words.without_count(match["value"]).strip()
    weak = words.section_key(match["name"], weak=False) is None
    if not value or len(value) > _TITLE_LENGTH or SENTENCE.intersection(value):
        return None
    if words.section_key(value, weak=False) is not None or (weak and not words.is_title(value)):
        return None
    return Candidate(value, 3)


def _is_other_field(text: str) -> bool:
    """Tell whether a text is a field that says something else of a position than its name."""
    match = _FIELD.match(text)
    key = words.section_key(match["name"], weak=False) if match else None
    return key not in {None, "title", "duties"}


@lru_cache(maxsize=1 << 14)  # what stands before a colon comes again and again
def _of_name(text: str, *, alone: bool) -> Candidate | None:
    if _SPACED_OUT.fullmatch(text):
        text = "".join(text.split())
    text = _without_aside(words.without_count(text))
    if words.is_long(text) or words.section_key(text, weak=True) is not None or is_general(text):
        return None
    duties = words.duties_of(text)
    if duties:
        who, surely, variant = duties
        says_so = lexicon.OF_POSITION.search(words.bare(text)) and not lexicon.OF_BANK.search(who)
        strength = 3 if surely else 2 if says_so else 1
        return Candidate(_raw(text, who), strength, variant=_raw(text, variant))
    collected = _COLLECTED.sub("", text)
    if collected != text:
        duties = words.duties_of(collected)
        if duties and duties[1]:
            return Candidate(_raw(text, duties[0]), 3, collection=True)
    title = trimmed(text)
    for name in (title, title.removesuffix("岗位")):
        if words.is_title(name):
            return Candidate(name, 2 if alone else 1)
    held = _HELD.match(text)
    if held and words.is_title(held["name"]):
        return Candidate(held["name"], 2 if alone else 1)
    return None


def is_general(text: str) -> bool:
    """Tell whether a heading is about no position: 总则, 附则, 目录."""
    return not words.is_long(text) and bool(lexicon.NO_POSITION.fullmatch(words.bare(text)))


def _raw(text: str, folded_part: str) -> str:
    """Return the part of a text that folds to what was found in it."""
    folded = fold(text)
    start = folded.rfind(folded_part) if not folded.startswith(folded_part) else 0
    if not folded_part or start < 0:
        return ""
    offsets = fold_offsets(text)
    return text[offsets[start] : offsets[start + len(folded_part)]].strip()


def trimmed(text: str) -> str:
    """Return a title without brackets and closing marks."""
    return text.strip(words.AROUND).rstrip("：: —-").strip(words.AROUND)
