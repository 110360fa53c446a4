"""Telling the title of a duty from its body. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dutybook.importers import words

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST: Final = 20
_DASH: Final = re.compile(r"\s*(?:——|--|—|－－|–|\s-\s)\s*")
_COLON: Final = re.compile(r"\s*[:：]\s*")
_NO_TITLE: Final = re.compile("[。；;，,！!？?\n]")
_LEAD_IN: Final = re.compile(r"(?:如下|包括|以下|下列|如|即|有|为|是|内容|要求|做到|其中|例如|等)$")
_FIRST: Final = re.compile(r"[。；，;,\n]|(?<!\d)[：:]|[：:](?!\d)|$")
_LAST_WORD: Final = re.compile(r"(?<=\S)\s+[A-Za-z]+$")
_BRACKETED: Final = re.compile(r"[【〖［\[](?P<name>[^】〗］\]\n]{1,20})[】〗］\]][:：]?\s*")
_PARTS: Final = frozenset(
    ("负责", "协助", "参与", "配合", "审核", "复核", "审批", "监督", "组织", "指导", "牵头", "主办",
     "协办", "执行", "支持")
)  # fmt: skip
_SENTENCE: Final = re.compile(r"([^。；;，,：:！!？?\n]{2,14})。\s*(?=\S)")


def titled(paragraphs: Sequence[str], has_parts: bool) -> tuple[str, str]:
    """Return the title and the text of a duty; the text stays whole where it has no title.

    The text is "" where a title is all that is said and parts follow.
    """
    if not paragraphs:
        return "", ""
    first, rest = paragraphs[0], list(paragraphs[1:])
    title, body = _split(first)
    if title:
        lines = ([body] if body else []) + rest
        return title, "\n".join(lines)
    whole = "\n".join(paragraphs)
    if len(first) <= LONGEST and not _NO_TITLE.search(first) and (rest or has_parts):
        stripped = first.rstrip(":： ")
        return (stripped, "\n".join(rest)) if stripped else ("", whole)
    bare = first.rstrip("。；;. ")
    if has_parts and not rest and 0 < len(bare) <= LONGEST and not _NO_TITLE.search(bare):
        if first == bare or not words.begins_with_verb(bare):
            return bare, ""
        return bare, whole
    return beginning(whole), whole


def _split(text: str) -> tuple[str, str]:
    """Return a title that the source sets off, and what follows; "" where it sets off none."""
    bracketed = _BRACKETED.match(text)
    if bracketed and bracketed.end() < len(text) and bracketed["name"] not in _PARTS:
        return bracketed["name"].strip(), text[bracketed.end() :]
    head = LONGEST + 4  # the mark may have blanks before it
    marks = [found for pattern in (_DASH, _COLON) if (found := pattern.search(text, 0, head))]
    for found in sorted(marks, key=lambda one: one.start()):
        title = text[: found.start()].strip()
        is_short = 0 < found.start() <= LONGEST and title and not _NO_TITLE.search(title)
        is_range = title[-1:].isdigit() and text[found.end() : found.end() + 1].isdigit()
        if is_short and not is_range and (found.re is _DASH or _is_before_colon(title)):
            return title, text[found.end() :].strip()
    sentence = _SENTENCE.match(text)
    if sentence and not re.search("负责|承担|完成|做好|按|对|在|应|须|不得", sentence[1]):
        return sentence[1].strip(), text[sentence.end() :]
    blank = re.match(r"([^\s。；，：;,:、]{2,14})[ \u3000]+(?=[^\sA-Za-z]\S{3,})", text)
    if blank and _NO_TITLE.search(text[blank.end() :]) and not blank[1].isascii():
        return blank[1], text[blank.end() :]
    return "", text


def _is_before_colon(title: str) -> bool:
    """Tell whether what stands before a colon is a title: no lead-in, no time, no open bracket."""
    is_open = title.count("（") != title.count("）")
    return not (_LEAD_IN.search(title) or is_open or title[-1:].isdigit())


def beginning(text: str) -> str:
    """Return what a duty without a title is called: its text up to the first mark."""
    text = text.lstrip("。；，：;,:、.·—-– \n\u3000") or text.strip()
    found = _FIRST.search(text)
    assert found
    title = text[: found.start()][:LONGEST].strip() or text[:LONGEST].split("\n")[0].strip()
    is_cut = re.match(r"[A-Za-z]{2}", text[len(title) - 1 : len(title) + 1]) is not None
    return _LAST_WORD.sub("", title) if is_cut else title.removesuffix(".")
