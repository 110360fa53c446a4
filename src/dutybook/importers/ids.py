"""Ids for drafts: the reader's own, from the English title, else pinyin; stable and unique."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dutybook import model, pinyin
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_LENGTH: Final = 48
# Words whose characters are read otherwise than by themselves most often.
_WORDS: Final = {
    "银行": "yin hang", "行长": "hang zhang", "支行": "zhi hang", "分行": "fen hang", "总行": "zong hang",
    "本行": "ben hang", "会计": "kuai ji", "重要": "zhong yao", "重大": "zhong da", "处长": "chu zhang",
    "科长": "ke zhang", "部长": "bu zhang", "主任": "zhu ren", "调查": "diao cha", "调拨": "diao bo",
    "处理": "chu li", "保险": "bao xian", "大堂": "da tang", "组长": "zu zhang", "队长": "dui zhang",
    "班长": "ban zhang", "长期": "chang qi", "增长": "zeng zhang", "联系": "lian xi", "系统": "xi tong",
    "行为": "xing wei", "执行": "zhi xing", "还款": "huan kuan", "重点": "zhong dian", "降低": "jiang di",
    "审查": "shen cha", "检查": "jian cha", "安全": "an quan", "传达": "chuan da", "差错": "cha cuo", "朝阳": "chao yang",
}  # fmt: skip
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")


@lru_cache(maxsize=4096)  # the positions of a manual have many titles of duties in common
def slug(text: str) -> str:
    """Return a text as a slug: Latin words as they are, Chinese in pinyin by twos; "" for none."""
    text = fold(text)
    parts: list[str] = []
    position = 0
    for match in _HAN.finditer(text):
        parts += re.findall("[a-z0-9]+", text[position : match.start()])
        parts += _spelt(match.group())
        position = match.end()
    parts += re.findall("[a-z0-9]+", text[position:])
    made = ""
    for part in parts:
        longer = f"{made}-{part}" if made else part[:_LENGTH]
        if len(longer) > _LENGTH:
            break
        made = longer
    return made if re.match("[a-z]", made) else (f"n-{made}" if made else "")


def _spelt(run: str) -> list[str]:
    """Return the readings of Chinese characters, two a group, three in the last of an odd number."""
    readings: list[str] = []
    index = 0
    while index < len(run):
        word = _WORDS.get(run[index : index + 2])
        if word:
            readings += word.split()
            index += 2
        else:
            first = pinyin.readings(run[index]).partition("|")[0]
            readings.append(re.sub("[^a-z]", "", first))
            index += 1
    pairs = ["".join(readings[start : start + 2]) for start in range(0, len(readings), 2)]
    if len(readings) % 2 and len(readings) > 1:
        pairs[-2:] = ["".join(pairs[-2:])]
    return [pair for pair in pairs if pair]


class Ids:
    """The ids that are taken in a book, or in a role."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """Begin with those that are there."""
        self._taken = set(taken)
        self._counts: dict[str, int] = {}  # how far the numbers behind an id are taken

    def take(self, name: str) -> None:
        """Let nobody else have an id."""
        self._taken.add(name)

    def free(self, wanted: str, fallback: str) -> str:
        """Return an id like the one wanted that was not taken, and take it."""
        base = wanted if re.fullmatch(model.SLUG, wanted) else fallback
        count = self._counts.get(base, 1)
        made = base if count == 1 else f"{base}-{count}"
        while made in self._taken or made in model.DEVICE_NAMES:
            count += 1
            made = f"{base}-{count}"
        self._counts[base] = count
        self._taken.add(made)
        return made
