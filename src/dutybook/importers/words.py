"""What a text is by its words: the name of a section, what a position is called, boilerplate.

The words are in `lexicon`. Every text is compared folded (width, case, simplified).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from dutybook.importers import lexicon
from dutybook.text import fold


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """Return a short text as words are compared: folded, no blanks at its ends."""
    return fold(text).strip()


_ENGLISH: Final = re.compile(r"\s*\(\s*[a-z&/.,' -]{2,60}\s*\)\s*")
_ENGLISH_BEFORE: Final = re.compile(
    r"^[a-z][a-z&/.,' -]{2,40}(?:\s+|\((?=[^()]+\)$))(?=[\u4e00-\u9fff])"
)
_CHINESE_AFTER: Final = re.compile(r"([a-z][a-z ]+[a-z])\s?\([\u4e00-\u9fff]+\)")
_ENGLISH_AFTER: Final = re.compile(r"(?<=[^\x00-\x7f])\s*[ /|]\s*[a-z][a-z&/.,'() -]{3,60}$")
_LONGEST: Final = 60
_SHORT: Final = 16
_COUNT: Final = re.compile(
    r"\s*[（(](?:共|编制|定员|设)?\s*(?:[0-9０-９一二三四五六七八九十两]{1,3}\s*[名人位]|若干[名人位]?)(?:[，,、；;][^（）()]{0,20})?[）)]\s*$"
)
_STOP: Final = re.compile("[，。；;！!…%％]")
_SPACED: Final = re.compile(r"\S(?:\s+\S)+")
_OWN: Final = re.compile("^(?:本岗位|本岗|该岗位|岗位的|本职位)")
_TOLD: Final = re.compile("(?:如下|包括|总结|概览|详述|一览)$")
_READ: Final = re.compile(r"\([a-z]{0,5}[à-ǜ][a-zà-ǜ]{0,5}\)")  # how a character is read aloud
_ASIDE: Final = re.compile(r"\([^()]{4,60}\)$")
_COUNTED: Final = re.compile("(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})$")  # 工作职责1
_SHARED: Final = re.compile("的?(?:共同|共通|通用)$")
_HAVING: Final = re.compile("^(?:应当?|须|必须)?(?:具备|具有|承担|履行)?的?")
AROUND: Final = (
    "📌📍🔹🔸🔷🔶✨💡👉▼▽❖✦✧【】[]《》「」『』〖〗<>〈〉*#_=＝★☆◆◇●○■□▲△※ \t\u3000"  # each of them
)


def bare(text: str) -> str:
    """Return a heading folded, without brackets, closing colon and its name in English."""
    text = folded(text).strip(AROUND).rstrip(":-").strip(AROUND)
    if text.isascii():
        return text
    text = _ENGLISH.sub("", text) if "(" in text else text
    if text[:1].isascii() and (before := _ENGLISH_BEFORE.match(text)):
        rest = text[before.end() :]
        return rest.removesuffix(")") if before[0].endswith("(") else rest
    return _ENGLISH_AFTER.sub("", text) if text[-1:].isascii() else text


def is_long(text: str) -> bool:
    """Tell, before anything is looked up, that a text is no heading: too long, or a sentence."""
    return len(text) > _LONGEST or (len(text) > _SHORT and _STOP.search(text) is not None)


def section_key(text: str, *, weak: bool) -> str | None:
    """Return the key a heading stands for, "" for a section of its own, None for no heading."""
    if is_long(text):
        return None
    name = _name_of_section(text)
    return lexicon.KEYS[name] if name and (weak or name not in lexicon.WEAK) else None


@lru_cache(maxsize=1 << 14)
def _name_of_section(text: str) -> str:
    """Return the name under which a heading stands in the lexicon, "" where it does not."""
    name = bare(text)
    if name in lexicon.KEYS:
        return name
    name = _TOLD.sub("", "".join(name.split())).rstrip(":")
    name = name if name in lexicon.KEYS else _OWN.sub("", name)
    if name in lexicon.KEYS:
        return name
    counted = _COUNTED.sub("", name)
    if lexicon.KEYS.get(counted) == "duties" and len(counted) > 2:  # 职责一 is a label
        return counted
    beside = _CHINESE_AFTER.fullmatch(folded(text).rstrip(":"))
    return beside[1] if beside and beside[1] in lexicon.KEYS else ""


def without_count(text: str) -> str:
    """Return the title of a position without how many there are: 客户经理（3名）."""
    return _COUNT.sub("", text) if len(text) <= 2 * _LONGEST else text


def own_section_key(text: str, title: str) -> str | None:
    """Return the key of a heading that names its position: 客户经理应具备的条件.

    The title is folded.
    """
    if is_long(text) or title not in folded(text):
        return None
    name = bare(text)
    rest = _HAVING.sub("", name.removeprefix(title)) if name.startswith(title) else ""
    if "的" in name and lexicon.OF_WORK.search(rest) and rest not in lexicon.KEYS:
        return lexicon.OF_POSITION_NAMES.get(rest, "")
    return lexicon.KEYS.get(rest, lexicon.OF_POSITION_NAMES.get(rest))


def is_title(text: str) -> bool:
    """Tell whether a text by itself is what a position is called."""
    return not is_long(text) and _is_title(text)


@lru_cache(maxsize=1 << 14)  # tables ask again for each of the rows above
def _is_title(text: str) -> bool:
    name = bare(text)
    if _SPACED.fullmatch(name):
        name = re.sub(r"\s", "", name)
    if (
        not 2 <= len(name) <= (40 if name.isascii() else 24)
        or re.search(r"[,。;!?:…=%]|——|--", name)
        or lexicon.VERBS.match(name)
        or lexicon.TOLD_TO.search(name)
    ):
        return False
    if (
        name.count("、") > 2
        or lexicon.NO_POSITION.fullmatch(name)
        or re.fullmatch(lexicon.GENERIC, name)
    ):
        return False
    if re.search(r"(?:职责|资格|权限|要求|条件|管理|培训|工作)$", name):
        return False
    return bool(lexicon.TITLE_END.search(name)) and not lexicon.NOT_A_TITLE.search(name)


def is_of_work(text: str) -> bool:
    """Tell whether a short text says what is done, or how, and not who does it."""
    name = bare(text)
    return bool(
        lexicon.VERBS.match(name) or lexicon.OF_WORK.search(name)
        or lexicon.NO_POSITION.fullmatch(name) or re.search(r"[,。;!?:…=%、]|\d", name)
    )  # fmt: skip


def is_unit(text: str) -> bool:
    """Tell whether a heading is what a department is called."""
    name = bare(text)
    if not 3 <= len(name) <= 20 or re.search(r"[,。;!?:…=%、]", name):
        return False
    if lexicon.NO_POSITION.fullmatch(name) or lexicon.VERBS.match(name):
        return False
    return bool(lexicon.UNIT_END.search(name)) and section_key(text, weak=True) is None


def duties_of(text: str) -> tuple[str, bool, str] | None:
    """Return whose duties a heading announces (folded), whether that is surely a position, variant.

    None where it announces none.
    """
    if is_long(text):
        return None
    name = folded(text).strip(AROUND).rstrip(":").strip(AROUND)
    name = lexicon.ASKED.sub("", name)
    if "(" in name:
        name = _ASIDE.sub("", _READ.sub("", name))
    if len(name) > 48 or re.search(r"[,。;!?…=%]", name):
        return None
    match = lexicon.DUTIES_OF.fullmatch(name)
    if not match or lexicon.COLLECTION.fullmatch(name):
        return None
    who = _SHARED.sub("", match["who"].strip(AROUND).rstrip(":的").strip())
    if " " in who and re.search("职责|说明书", who):
        return None
    if match["tail"].startswith("规范") and who.endswith(lexicon.HOW):
        return None
    if len(who) < 2 or lexicon.VERBS.match(who) or re.fullmatch(lexicon.GENERIC, who) or ":" in who:
        return None
    if section_key(name, weak=True) is not None:
        return None
    surely = (
        bool(lexicon.TITLE_END.search(who) and not lexicon.NOT_A_TITLE.search(who))
        or bool(lexicon.UNIT_END.search(who) and "部门" not in who)
        or who.endswith("人员")
    )
    return who, surely, (match["variant"] or "").strip()


def begins_with_verb(text: str) -> bool:
    """Tell whether a text begins as a duty does, with what is done."""
    return bool(lexicon.VERBS.match(folded(text[:12])))


def are_columns(text: str) -> bool:
    """Tell whether a text is nothing but the headings of the columns of a table."""
    names = re.sub(r"\([a-z&.,' /-]*\)", " ", folded(text)).split()
    return len(names) >= 2 and all(name in lexicon.CELL_NAMES for name in names)


def is_of_head(text: str) -> bool:
    """Tell whether a field stands at the head of a form, before the name of the position."""
    return bool(
        re.fullmatch(
            r"(?:岗位|职位)(?:编号|编码|代码|信息|基本信息|概况|基本情况)|识别信息|基本信息|基本概况|文件编号|code|identification",
            bare(text),
        )
    )
