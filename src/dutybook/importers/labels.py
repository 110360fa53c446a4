"""Printed labels in running text: recognised at the start of a line and inside it.

What a label looks like is data: how its number is written, and the marks around it. What it counts
is told by `dutybook.numbering`. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dutybook import numbering

if TYPE_CHECKING:
    from collections.abc import Iterator

# How a number is written.
DIGITS: Final = "[0-9０-９]{1,3}"
HAN: Final = "[一二三四五六七八九十百〇零]{1,5}"
ROMAN: Final = "(?:[ivxl]{2,7}|[IVXL]{2,7}|[ⅰ-ⅿⅠ-Ⅿ])"
LETTER: Final = "[A-Za-zａ-ｚＡ-Ｚ]"
STEM: Final = "[甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]"
FINANCIAL: Final = "[壹贰貳叁參肆伍陆陸柒捌玖拾]{1,3}"
NUMBER: Final = f"(?:{DIGITS}|{HAN}|{ROMAN}|{LETTER}|{STEM}|{FINANCIAL})"
SINGLES: Final = "".join(
    run for name, run in numbering.RUNS.items() if name not in numbering.PLAIN_RUNS
)
UNITS: Final = ("编", "篇", "部分", "章", "节", "岗位", "职位", "职责", "任务", "条", "款", "项")
"""What is counted by 第三条, 岗位一：, 职责1：, the larger first."""
ENGLISH_UNITS: Final = {"Part": "部分", "Chapter": "章", "Section": "节"}
BULLETS: Final = "•·●○■□◆◇▪▫➢►▶※★☆√✓✔∙⚫◎▲△➤⁃‣◦→➔➜⇒Ø²ü\uf06c\uf06e\uf075\uf076\uf0a7\uf0a8\uf0b2\uf0b7\uf0d8\uf0e8\uf0fc"
"""The last ones are symbol fonts: what Word shows as ●, ■, ➢ comes out of it as such."""
INNER_BULLETS: Final = re.sub("[·√→⇒Ø²ü]", "", BULLETS)

# The marks around it: name, pattern with the number in `{}`; the first that fits decides.
_OPEN, _CLOSE = "[（(〔［\\[【〈<]", "[）)〕］\\]】〉>]"
_WRAPPERS: Final = (
    ("single", rf"(?P<single>[{SINGLES}])[、.．:：]?"),
    ("ordinal", rf"第\s?(?P<ordinal>{DIGITS}|{HAN})\s?(?P<unit>部分|[编篇章节条款项])[、.．:：]?"),
    ("listed", r"(?P<listed>[一二三四五六七八九十]{1,3}是|其[一二三四五六七八九十](?=[，,、：:是]))[，,、：:]?"),
    ("first", rf"第(?P<first>[一二三四五六七八九十]{{1,2}}|{DIGITS})[，,、：:]"),
    ("keycap", "(?P<keycap>[0-9]{1,2})\ufe0f?\u20e3[、.．:：]?"),
    ("No", rf"(?:N[oO][.．]?|§)\s?(?P<No>{DIGITS})[、.．:：]?\s*"),
    ("english", rf"(?:(?P<part_of>Part|Chapter|Section)\s(?P<english>{DIGITS}|{ROMAN}))(?:[、.．:：]\s*|\s+)"),
    ("dashed", rf"(?P<dashed>{DIGITS}(?:[-－]{DIGITS}){{1,3}})[、.．:：\s]\s*"),
    ("named", rf"(?:招聘)?(?P<name>岗位|职位|职责|任务)(?P<named>{DIGITS}(?=[:：])|{HAN})(?:[、.．:：]|[ \t\u3000]+(?=\S))"),
    ("part", rf"(?:{_OPEN}\s?篇\s?(?P<bracketed>{DIGITS}|{HAN})\s?{_CLOSE}[、.．:：]?|篇\s?(?P<part>{DIGITS}|{HAN})[、.．:：])"),
    ("paren", rf"{_OPEN}\s?(?P<paren>{NUMBER})\s?{_CLOSE}[、.．:：]?"),
    ("decimal", rf"(?P<decimal>{DIGITS}(?:[.．]{DIGITS}){{1,5}})(?![0-9０-９])[、:：)）.．]?"),
    ("plain", rf"(?P<plain>{NUMBER})(?:\s?(?P<mark>[、.．:：)）,，﹑､])|(?P<blank>[ \t\u3000]))"),
)  # fmt: skip
_BY_NAME: Final = dict(_WRAPPERS)
_SLIPS: Final = rf"(?P<slipped>{DIGITS})[。；;>〉\]】]"  # for 1、 and 1), where a line begins
_START: Final = re.compile("|".join((*_BY_NAME.values(), _SLIPS)))
_UNTICKED: Final = r"(?![□■☐☑☒√✓✔]\s?(?:是|否|有|无)(?:[\s□■☐☑☒√✓✔，,；;。（(]|$))"  # 是否：□是 √否
_BULLET: Final = re.compile(
    rf"{_UNTICKED}(?P<bullet>[{BULLETS}]|[-－–*＊+—](?![-－–—*＊])|[lnpquvw](?=[ \t\u3000]+[\u4e00-\u9fff]))"
    r"(?!(?P=bullet))[ \t\u3000]*"
)
# Inside a line: as at its start, but not within a word or number.
_INSIDE: Final = re.compile(
    "|".join((
        rf"(?P<single>[{SINGLES}])[、.．:：]?",
        rf"(?:(?<=[\s。；;：:]){_UNTICKED}(?P<bullet>[{INNER_BULLETS}])(?!(?P=bullet))[ \t\u3000]*)",
        _BY_NAME["ordinal"],
        _BY_NAME["keycap"],
        rf"(?<=[：:；;。，,\s]){_BY_NAME['listed']}",
        rf"(?<=[：:；;。\s]){_BY_NAME['first']}",
        _BY_NAME["paren"],
        rf"(?<![0-9０-９.．A-Za-z]){_BY_NAME['decimal']}",
        (rf"(?:(?<![0-9０-９.．%A-Za-z一二三四五六七八九十百〇零])(?P<plain>{NUMBER})"
         r"(?:(?P<mark>[、.．:：)）﹑､])|(?P<blank>[ \t\u3000])))"),
    ))
)  # fmt: skip

# After a number that these follow, it counts things and is no label.
_COUNTED: Final = re.compile(
    r"\s?(?:%|％|‰|万|亿|元|倍|折|天|个(?![人贷金险体别])|年(?!度|终|末|检|报)|月(?!度|末|结|报|终|底|初)"
    r"|日(?!常|终|结|报|清|间)|小时|分钟|级|米|公里|次(?!日)|名|以上|以下|[kKMG]B?(?![A-Za-z0-9]))"
)
# 3.13个月: the third, of a number that counts what stands behind it.
_BEFORE_COUNT_OF: Final = re.compile(rf"(?P<digits>{DIGITS})[.．](?=\d\d个月)")
_ENUMERATED: Final = {kind: re.compile(pattern) for kind, pattern in (
    ("digits", "[0-9]{1,2}、"), ("Han", "[一二三四五六七八九十]、"),
    ("small", "[a-z](?:、|[两二三四]?[类级档种])"), ("capital", "[A-Z](?:、|[两二三四]?[类级档种])"),
)}  # fmt: skip
_ACRONYM: Final = re.compile("[A-Z]{2,6}[\u4e00-\u9fff]")
_DIGIT: Final = re.compile(r"[0-9０-９]")
# Before 第三条, these make it a reference to an article.
_REFERRING: Final = re.compile(
    r"(?:根据|依据|按照?|依照|参照|遵照|见|符合|违反|前述|上述|及|和|与|至|到|或|、|《|》|法|办法|条例|规定)$"
)
_REFERRED: Final = re.compile(r"(?:规定|的|所|中|之|至|和|及|或|与|[、，,）)])")
_BEFORE_COUNT: Final = re.compile(r"[第每约至前后满达等仅近逾超各共到]$")

STRONG: Final = frozenset("。；;！!？?：:…—”》」』】）)〕]\n")
_MARK_GROUP: Final = {"、": "、", "﹑": "、", "､": "、", ".": ".", "．": ".", ":": ":", "：": ":",
                      ")": ")", "）": ")", ",": ",", "，": ","}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A label where it stands: `core` without marks, `style` what its neighbours share.

    `value` is what it counts: () for a bullet. `roman` is what it counts as a Roman numeral where
    it is a letter that may be one.
    """

    start: int
    end: int
    core: str
    style: str
    value: tuple[int, ...]
    roman: int = 0

    @property
    def family(self) -> str:
        """The style without the difference between 、 . : and a blank."""
        kind, _, wrapper = self.style.rpartition(" ")
        return f"{kind} plain" if wrapper in _LOOSE else self.style

    @property
    def roman_style(self) -> str:
        """The style it has as a Roman numeral, "" where it is none."""
        if not self.roman:
            return ""
        return self.style if " Roman" in self.style else self.style.replace(" ", " Roman ", 1)

    @property
    def number(self) -> int:
        """The last of what it counts, 0 for a bullet."""
        return self.value[-1] if self.value else 0


_BEFORE_BLANKS: Final = frozenset(
    f"{kind} blank"
    for kind in (
        "digits",
        "Han",
        "wide digits",
        "capital Roman",
        "capital sign Roman",
        "small sign Roman",
    )
)
_NEAR: Final = 32  # so far a label is judged by what stands around it
_LOOSE: Final = frozenset(("、", ".", ":", ",", "blank"))


@lru_cache(maxsize=1 << 16)  # each pass over the lines asks again
def at_start(text: str) -> Label | None:
    """Return the label that a line begins with, None where it begins with none."""
    begin = len(text) - len(text.lstrip())
    bullet = _BULLET.match(text, begin)
    if bullet:
        if bullet.end() >= len(text):
            return None
        after = _START.match(text, bullet.end())
        label = _read(after, text) if after else None
        if label and label.style != "digits blank" and _plausible(label, text, inside=False):
            return Label(begin, label.end, label.core, label.style, label.value, label.roman)
        dash = bullet["bullet"] in "-－–*＊+—"
        if dash and bullet.end() == bullet.start() + 1 and _DIGIT.match(text, bullet.end()):
            return None  # a negative number, a page number between dashes
        return Label(begin, bullet.end(), "", f"bullet {bullet['bullet']}", ())
    match = _START.match(text, begin)
    if not match:
        return None
    label = _read(match, text)
    if label and _plausible(label, text, inside=False):
        return label
    counted = _BEFORE_COUNT_OF.match(text, begin)
    return _made(begin, counted.end(), counted["digits"], ".") if counted else None


def alone(text: str) -> Label | None:
    """Return the label that a text is and nothing else, with marks around it or without."""
    core = text.strip()
    found = at_start(f"{core}、文")
    return found if found and found.value and found.end >= len(core) else None


def inside(text: str, start: int) -> Iterator[Label]:
    """Yield whatever may be a label in a text from an index on."""
    for match in _INSIDE.finditer(text, start):
        label = _read(match, text)
        if label and match.start() > 0 and _plausible(label, text, inside=True):
            yield label


def is_bounded(text: str, label: Label) -> bool:
    """Tell whether a label stands after the end of a sentence or a blank."""
    before = text[label.start - 1] if label.start else " "
    return before.isspace() or before in STRONG


def _read(match: re.Match[str], text: str) -> Label | None:
    """Return the label that a pattern found, None where its number is none."""
    start, end = match.span()
    last = match.lastgroup
    if last == "mark" or last == "blank":
        return _plain(match, text)
    if last == "paren":
        return _made(start, end, match["paren"], "()")
    if last == "bullet":
        return Label(start, end, "", f"bullet {match['bullet']}", ())
    if last == "single":
        core = match["single"]
        counted = numbering.parse(core)
        assert counted
        return Label(start, end, core, f"{counted[0]} single", counted[1])
    if last == "decimal" or last == "dashed":
        return _decimal(start, end, match[last])
    if last == "slipped":
        return _made(start, end, match[last], "、" if text[end - 1] in "。；;" else ")")
    if last == "listed":
        core = number = match["listed"].strip("其是")
        style = "listed 是"
    elif last == "english":
        core, number = match["english"], match["english"]
        style = f"ordinal {ENGLISH_UNITS[match['part_of']]}"
    elif last == "keycap":
        core, style, number = match["keycap"], "digits keycap", match["keycap"]
    elif last == "No":
        core, style, number = match["No"], "digits No", match["No"]
    elif last == "first":
        core, style, number = match["first"], "listed 第", match["first"]
    elif last == "named":
        core, style, number = match["named"], f"ordinal {match['name']}", match["named"]
    elif last == "part" or last == "bracketed":
        core, style, number = match[last], "ordinal 篇", match[last]
    else:
        core, style, number = match["ordinal"], f"ordinal {match['unit']}", match["ordinal"]
    value = _value(number)
    return Label(start, end, core, style, (value,)) if value else None


def _plain(match: re.Match[str], text: str) -> Label | None:
    mark = match["mark"]
    if mark:
        return _made(match.start(), match.end(), match["plain"], _MARK_GROUP[mark])
    label = _made(match.start(), match.end(), match["plain"], "blank")
    if label is None or label.style not in _BEFORE_BLANKS or set(label.core) == {"X"}:
        return None  # XX 银行 has no name here
    end = label.end
    return label if end >= len(text) or text[end : end + _NEAR].strip() else None


def _made(start: int, end: int, core: str, wrapper: str) -> Label | None:
    kind, value, roman = _kind(core)
    return Label(start, end, core, f"{kind} {wrapper}", (value,), roman) if value else None


def _decimal(start: int, end: int, core: str) -> Label | None:
    parts = re.split("[.-]", unicodedata.normalize("NFKC", core))
    if any(len(part) > 1 and part[0] == "0" for part in parts):
        return None  # 17.01.01 is a code or a date
    if parts[-1] == "0":
        del parts[-1]  # 2.0 stands above 2.1
    return Label(start, end, core, f"decimal {len(parts)}", tuple(map(int, parts)))


@lru_cache(maxsize=1024)
def _kind(core: str) -> tuple[str, int, int]:
    """Return how a number is written, what it counts, and what it counts as a Roman numeral."""
    plain = unicodedata.normalize("NFKC", core)
    counted = numbering.parse(plain)
    if counted is None:
        return "", 0, 0
    kind, (number,) = counted
    if plain != core:  # full-width digits, letters and Roman numerals of one character each
        if (
            kind.endswith("Roman")
            or core in numbering.RUNS["small sign Roman"] + numbering.RUNS["capital sign Roman"]
        ):
            case = "small" if plain.islower() else "capital"
            return f"{case} sign Roman", numbering.from_roman(plain), numbering.from_roman(plain)
        return f"wide {kind}", number, 0
    if kind in {"small", "capital"}:
        return kind, number, numbering.from_roman(plain)
    if kind.endswith("Roman"):
        return kind, number, number
    return kind, number, 0


def _value(core: str) -> int:
    plain = unicodedata.normalize("NFKC", core)
    if plain.isdigit():
        return int(plain)
    return numbering.from_han(plain) or numbering.from_roman(plain)


def _plausible(label: Label, text: str, *, inside: bool) -> bool:
    """Tell whether what looks like a label can be one, from what stands around it."""
    kind, _, wrapper = label.style.rpartition(" ")
    before = text[max(label.start - _NEAR, 0) : label.start]
    after = text[label.end : label.end + _NEAR]
    if kind == "bullet":
        return not inside or bool(after.strip())
    if kind == "ordinal":
        if inside and (_REFERRING.search(before[-4:]) or _REFERRED.match(after)):
            return False
        return not after.startswith("责任")
    if kind == "listed":
        return bool(after.strip())
    if kind == "decimal":
        return not (_COUNTED.match(after) or _DIGIT.match(after) or after[:1] in tuple("%-~/:—"))
    if wrapper in {".", ":", ","} and _DIGIT.match(after):
        return kind == "digits" and wrapper == "." and bool(re.match(r"\d{4}年", after))
    if wrapper == "、" and kind in _ENUMERATED and _ENUMERATED[kind].match(after):
        return False  # A、B、C三类, 一、二、三级
    if wrapper == "," and (kind not in {"digits", "Han"} or inside):
        return False
    if wrapper == "blank":
        return not _COUNTED.match(after) and (not before or before[-1].isspace())
    if kind in {"small", "capital", "small Roman", "capital Roman"} and wrapper == ".":
        return not re.match("[A-Za-z]", after) or (not inside and bool(_ACRONYM.match(after)))
    if inside:
        if wrapper == ":" and kind != "Han":
            return False
        if wrapper in {"、", "."} and _BEFORE_COUNT.search(before[-1:]):
            return False
        if wrapper == "、" and (_DIGIT.match(after) or _COUNTED.match(after)):
            return is_bounded(text, label)
        if wrapper == "()" and not after.strip():
            return False
        if wrapper == "、" and kind == "Han" and re.match(HAN, after):
            return False
    return True
