"""Paragraphs to segments: a label with what it labels, or a heading or text without one.

A segment begins at every label, at the start of a line or inside it, and at headings that stand
inside a line. Pure; every character of a paragraph but white space is in one segment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Final

from dutybook.importers import labels, lexicon, words
from dutybook.importers.bearing import AHEAD, Bearing
from dutybook.text import fold, fold_offsets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.base import Place
    from dutybook.importers.labels import Label
    from dutybook.importers.lines import Line

_RUNS_ON: Final = re.compile("[0-9A-Za-z章节条款项编]$")  # with the text behind it
_LONGEST_CODE: Final = 12  # by which a duty is called: XD-2024-031
_TAIL: Final = 40
_ENDS: Final = re.compile(r"[。！!？?；;\n]\s*|[ \t\u3000]+")
_NAMES: Final = "|".join(
    re.escape(name) for name in sorted(lexicon.KEYS, key=len, reverse=True) if len(name) > 1
)
_FIELD: Final = re.compile(
    rf"(?:^|(?<=[\s。；;！!|]))(?P<name>{_NAMES})\s*(?P<english>\([a-z&.,' /-]+\)|[a-z][a-z &/]{{0,40}}(?=:))?\s*(?:(?P<colon>:)|(?=\s)|(?<=\))|$)"
)
_ENGLISH: Final = re.compile(r"[a-z][a-z &/]{2,40}\s+")
_FORM_FIELDS: Final = 3
_PAIR_LENGTH: Final = 60
_COLUMNS: Final = re.compile(
    r"(?:(?:" + "|".join(re.escape(name) for name in sorted(lexicon.CELL_NAMES, key=len, reverse=True))
    + r")\s*(?:\([a-z&.,' /-]+\))?(?:\s+|$)){3,}"
)  # fmt: skip


@dataclass(slots=True)
class Segment:
    """A label, as it is kept and as it is printed, and the text up to the next one."""

    text: str
    place: Place
    label: str = ""
    mark: str = ""
    style: str = ""
    value: tuple[int, ...] = ()
    roman: int = 0
    level: int = 0
    indent: int = 0
    force: str = ""
    values: dict[str, str] = field(default_factory=dict)
    starts_line: bool = True
    gap: bool = False

    @property
    def number(self) -> int:
        """The last of what the label counts."""
        return self.value[-1] if self.value else 0

    @property
    def is_first(self) -> bool:
        """Whether a list may begin with it: it counts one, or nothing at all."""
        return self.number < 2 or self.roman == 1

    @property
    def printed(self) -> str:
        """The segment as the source prints it; a row of a table with a blank between its cells."""
        if self.force == "duty":
            first = (self.label, self.values["title"], self.text)
            return " ".join(filter(None, (*first, self.values["cadence"], self.values["notes"])))
        if not self.mark:
            return self.text
        is_latin = self.text[:1].isascii() and self.text[:1].isalpha() and self.mark.isascii()
        apart = self.text and (is_latin or _RUNS_ON.search(self.mark))
        return f"{self.mark} {self.text}" if apart else f"{self.mark}{self.text}"


def split(lines: Sequence[Line]) -> list[Segment]:
    """Return the segments of paragraphs."""
    bearing = Bearing()
    starts = [_start(line) for line in lines]
    segments: list[Segment] = []
    for index, line in enumerate(lines):
        if line.force and line.force != "sheet":
            segments += _forced(line)
            continue
        upcoming = starts[index + 1 : index + AHEAD]
        segments += _cut(line, bearing.accepted(line.text, starts[index], upcoming))
    return segments


def _forced(line: Line) -> list[Segment]:
    """Return the segment of a line whose part is known; a duty may have a list inside."""
    printed = line.values.get("label", "")
    first = Segment(line.text, line.place, level=line.level, force=line.force, values=line.values)
    if line.force != "duty":
        first.mark = printed
        return [first]
    label = labels.alone(printed)
    if label:
        first.style, first.value, first.roman = f"row {label.style}", label.value, label.roman
    elif len(printed) > _LONGEST_CODE:  # no number, whatever its column is called
        first.text, printed = f"{printed} {line.text}", ""
    first.label = label.core if label else printed
    inner = replace(line, text=f"\n{first.text}", force="")
    accepted = Bearing().accepted(inner.text, None, [])
    if not accepted or not inner.text[accepted[-1].end :].strip():
        return [first]
    first.text = inner.text[: accepted[0].start].strip()
    inner.text = inner.text[accepted[0].start :]
    begins = labels.at_start(inner.text)
    return [first, *_cut(inner, Bearing().accepted(inner.text, begins, []))]


def _start(line: Line) -> Label | None:
    """Return the label a line begins with; an automatic one is put before its text."""
    if line.force:
        return None
    if line.label:
        found = labels.at_start(line.label + (line.text or "-"))
        if found is None or found.end < len(line.label.rstrip()):
            core = line.label.strip().strip("、.．:：()（）[]")
            style = "bullet auto" if not core or not core[-1].isalnum() else "text auto"
            found = labels.Label(0, len(line.label), "" if "bullet" in style else core, style, ())
        line.parts = [(0, line.place)]
        line.text = line.label + line.text
        line.label = ""
        return found
    return labels.at_start(line.text)


def _cut(line: Line, accepted: list[Label]) -> list[Segment]:
    """Return the segments of a line: one a label, and the headings that stand inside them."""
    text = line.text
    bounds = [label.start for label in accepted] + [len(text)]
    made: list[Segment] = []
    if bounds[0] > 0 or not accepted:
        made.append(Segment(text[: bounds[0]].strip(), line.place))
    for label, end in zip(accepted, bounds[1:], strict=True):
        made.append(
            Segment(
                text[label.end : end].strip(), line.place_at(label.start), label.core,
                text[label.start : label.end].strip(), label.style, label.value, label.roman,
                starts_line=False,
            )
        )  # fmt: skip
    made = [one for one in made if one.text or one.mark]
    if made:
        made[0].gap, made[0].level, made[0].force = line.gap, line.level, line.force
        made[0].starts_line, made[0].indent = True, line.indent
    folded = fold(text)
    fields = [*_FIELD.finditer(folded)]
    if not fields and len(made) < 2:
        return made
    is_form = _is_form(folded, fields)
    result: list[Segment] = []
    for segment, following in zip_longest(made, made[1:]):
        pieces = _by_fields(segment, is_form=is_form) if fields else [segment]
        if following is not None and following.number == 1:  # before a new list
            pieces += _by_tail(pieces.pop())
        result += pieces
    return result


def _offsets(text: str) -> tuple[str, list[int] | range]:
    """Return a text folded, and for each index in it the index in the text."""
    folded = fold(text)
    return folded, range(len(text) + 1) if len(folded) == len(text) else fold_offsets(text)


def _is_form(folded: str, fields: Sequence[re.Match[str]]) -> bool:
    """Tell whether a line is of a form: several fields, or nothing but two of them."""
    if len(fields) != 2:
        return len(fields) >= _FORM_FIELDS
    are_sure = all(one["name"] not in lexicon.WEAK for one in fields)
    is_short = len(folded) <= _PAIR_LENGTH and not re.search("[。;]", folded)
    return are_sure and is_short and fields[0].start() == 0


def _by_fields(segment: Segment, *, is_form: bool) -> list[Segment]:
    text = segment.text
    folded, offsets = _offsets(text)
    cuts: list[int] = []
    for match in _FIELD.finditer(folded):
        if match.start() == 0 and segment.mark and not is_form:
            continue
        if _ENGLISH.fullmatch(folded, 0, match.start()):
            continue  # Purpose 岗位目的：
        weak = match["name"] in lexicon.WEAK
        colon = match["colon"]
        if (is_form and (not weak or colon or match["english"])) or (colon and not weak):
            cuts.append(offsets[match.start()])
    columns = _COLUMNS.search(folded) if is_form else None
    if columns:
        start, end = offsets[columns.start()], offsets[columns.end()]
        cuts = [cut for cut in cuts if not start < cut < end] + [start, end]
    return _pieces(segment, cuts)


def _by_tail(segment: Segment) -> list[Segment]:
    """Split off headings at the end of a segment, each after the end of a sentence or a blank."""
    cuts: list[int] = []
    text = segment.text
    end = len(text)
    while True:
        ends = [
            match.end()
            for match in _ENDS.finditer(text, max(end - _TAIL, 0), end)
            if match.end() < end
        ]
        found = next((start for start in ends if is_heading(text[start:end])), None)
        if found is None or (found == 0):
            break
        cuts.append(found)
        end = found
    return _pieces(segment, sorted(cuts))


def is_heading(text: str) -> bool:
    """Tell whether a piece at the end of a line can only be a heading."""
    text = text.strip()
    has_colon = text.endswith((":", "："))
    return (
        words.section_key(text, weak=has_colon) is not None
        or words.duties_of(text) is not None
        or (words.is_title(text) and len(text) <= 16)
    )


def _pieces(segment: Segment, cuts: list[int]) -> list[Segment]:
    """Cut a segment at indexes of its text; the label stays with the first piece."""
    if not cuts:
        return [segment]
    bounds = sorted({0, *cuts, len(segment.text)})
    pieces: list[Segment] = []
    for start, end in pairwise(bounds):
        part = segment.text[start:end].strip()
        if start == 0:
            first = replace(segment, text=part)
            if part or first.mark:
                pieces.append(first)
        elif part:
            pieces.append(Segment(part, segment.place))
    return pieces or [segment]
