"""Which candidates are the headings of positions: by what follows them, and by their mates.

Pure. The words of a heading may say enough by themselves; the label, the level and the place of
those that do say it of others.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dutybook.importers import lexicon, words
from dutybook.importers.candidates import SENTENCE, Candidate, is_general, of_field, trimmed
from dutybook.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.importers.segments import Segment

    Chosen = list[Candidate | None]

_SIBLING_LENGTH: Final = 16
_SENTENCE_LENGTH: Final = 24
_RUN: Final = 3
_BACK: Final = 60  # so far above the end of a list may be
_COLON: Final = re.compile("[:：]")


def chosen(segments: Sequence[Segment], possible: Sequence[Candidate | None]) -> Chosen:
    """Return for each segment the position that it is the heading of, None where it is of none."""
    found = _by_themselves(segments, possible)
    _choose_mates(segments, possible, found)
    _choose_before(segments, found)
    _choose_bare(segments, found)
    if not any(found):
        _choose_told(segments, possible, found)
    if not any(found):
        _choose_above(segments, found)
    return found


def _by_themselves(segments: Sequence[Segment], possible: Sequence[Candidate | None]) -> Chosen:
    """Choose those that say it, and those called like a position that something stands below."""
    found: Chosen = [None] * len(segments)
    listing = False
    above = _Above()
    for index, (segment, candidate) in enumerate(zip(segments, possible, strict=True)):
        name, *value = _COLON.split(segment.text, maxsplit=1)
        key = words.section_key(name, weak=segment.text.endswith((":", "：")))
        if key is not None:
            lists = key in lexicon.LISTING or words.bare(name) in lexicon.LISTING_NAMES
            listing = lists and not any(value)
        if (
            candidate is not None
            and candidate.strength > 1
            and not above.has(segment, candidate)
            and (candidate.strength == 3 or _opens(segments, index, listing=listing))
        ):
            found[index] = candidate
            above = _Above(segment, candidate)
            listing = False
        else:
            above.told(segment)
    return found


@dataclass(slots=True)
class _Above:
    """The heading chosen last, and what was seen below it."""

    heading: Segment | None = None
    candidate: Candidate | None = None
    has_sentences: bool = False
    sentences: dict[str, int] = field(default_factory=dict)  # style to number

    def told(self, segment: Segment) -> None:
        """Take in a segment that is no heading of a position."""
        if _is_sentence(segment.text):
            self.has_sentences = True
            self.sentences[segment.style] = segment.number
        else:
            self.sentences.pop(segment.style, None)

    def has(self, segment: Segment, candidate: Candidate) -> bool:
        """Tell whether a segment belongs to the position above, though it is called like one."""
        before = self.sentences.get(segment.style) if segment.value else None
        if candidate.strength < 3 and before is not None and before == segment.number - 1:
            return True  # its neighbour in the list is a duty
        if self.heading is None or self.candidate is None or candidate.variant:
            return False
        if self.candidate.collection:
            return False
        if fold(candidate.title) != fold(self.candidate.title):
            return False
        if segment.mark:  # 二、客户经理的职责
            return segment.style != self.heading.style
        return not self.has_sentences and of_field(segment.text) is not None


def _is_sentence(text: str) -> bool:
    return text[-1:] in SENTENCE or len(text) > _SENTENCE_LENGTH


def _choose_mates(
    segments: Sequence[Segment], possible: Sequence[Candidate | None], found: Chosen
) -> None:
    """Choose headings whose label goes on from that of a chosen one, or whose level is the same."""
    styles, levels = _looks(segments, found)
    whole_lists = set() if styles or levels else _lists_of_candidates(segments, possible)
    in_runs = set() if styles or levels else _runs_of_candidates(segments, possible)
    last: dict[str, int] = {}
    inner: set[str] = set()
    title = "\0"
    above = False  # a heading that stands above those of positions came just before
    for index, (segment, candidate) in enumerate(zip(segments, possible, strict=True)):
        if not found[index]:
            follows = segment.number == last.get(segment.style, -1) + 1
            begins = above and segment.number == 1 and bool(candidate or "ordinal" in segment.style)
            is_mate = segment.style in styles and (follows or begins) and segment.style not in inner
            if candidate and (
                is_mate
                or (segment.level and segment.level in levels)
                or (candidate.rest and segment.style in whole_lists)
                or index in in_runs
            ):
                found[index] = candidate
            elif (
                is_mate and _may_head(segment) and _has_content(segments, index)
                and not fold(segment.text).startswith(title)
            ):  # fmt: skip
                found[index] = Candidate(trimmed(segment.text), 1)
        above = not found[index] and _stands_above(segment, inner)
        chosen_one = found[index]
        if chosen_one:
            title = fold(chosen_one.title)
            last = {segment.style: segment.number} if segment.style else last
            inner = set()
        elif segment.style:
            inner.add(segment.style)


def _choose_before(segments: Sequence[Segment], found: Chosen) -> None:
    """Choose what stands before the first of a list of headings in it: one is a mate of two."""
    wanted: tuple[str, int] | None = None
    for index in range(len(segments) - 1, -1, -1):
        segment = segments[index]
        if found[index]:
            wanted = (segment.style, segment.number - 1) if segment.value else None
        elif wanted and (segment.style, segment.number) == wanted:
            of_work = words.is_of_work(segment.text)
            if _may_head(segment) and not of_work and _has_content(segments, index):
                found[index] = Candidate(trimmed(segment.text), 1)
                wanted = (segment.style, segment.number - 1)
            else:
                wanted = None


def _looks(segments: Sequence[Segment], found: Chosen) -> tuple[set[str], set[int]]:
    """Return the styles of labels and the levels that headings of positions have."""
    heads = [segment for segment, one in zip(segments, found, strict=True) if one]
    styles = {one.style for one in heads if one.style and not one.style.startswith("bullet")}
    return styles, {one.level for one in heads} - {0}


def _lists_of_candidates(
    segments: Sequence[Segment], possible: Sequence[Candidate | None]
) -> set[str]:
    """Return the styles of which every one, of several, is called like a position."""
    times = Counter(segment.style for segment in segments if segment.style)
    called = Counter(
        segment.style for segment, one in zip(segments, possible, strict=True) if one is not None
    )
    return {style for style, count in times.items() if count > 1 and called[style] == count}


def _runs_of_candidates(
    segments: Sequence[Segment], possible: Sequence[Candidate | None]
) -> set[int]:
    """Return where several entries of a list in a row are names with what they do beside them."""
    found: set[int] = set()
    run: list[int] = []
    for index, (segment, one) in enumerate(zip(segments, possible, strict=True)):
        goes_on = bool(run) and (
            (segment.style, segment.number)
            == (segments[run[-1]].style, segments[run[-1]].number + 1)
        )
        if not (one and one.rest and segment.value):
            run = []
        else:
            run = [*run, index] if goes_on else [index]
        if len(run) >= _RUN:
            found.update(run)
    return found


def _may_head(segment: Segment) -> bool:
    """Tell whether a segment can be the heading of a position, whatever its words are."""
    text = segment.text
    return (
        segment.starts_line and 2 <= len(text) <= _SIBLING_LENGTH
        and not SENTENCE.intersection(text) and not re.search("[，,]", text)
        and words.section_key(text, weak=True) is None
        and not is_general(text) and not words.begins_with_verb(text)
    )  # fmt: skip


def _choose_bare(segments: Sequence[Segment], found: Chosen) -> None:
    """Choose headings without label or level that stand as those of other positions do.

    Below a blank line, above a list of the same kind that begins anew.
    """
    followed = [*segments[1:], None][: len(segments)]
    known = {
        following.style
        for segment, following, one in zip(segments, followed, found, strict=True)
        if one and following and _is_bare(segment) and following.value
    }
    for index, (segment, following) in enumerate(zip(segments, followed, strict=True)):
        if (
            not found[index] and following is not None and following.style in known
            and (following.is_first or words.is_title(segment.text))
            and _is_bare(segment) and not segment.force
            and 2 <= len(segment.text) <= _SIBLING_LENGTH
            and not words.is_of_work(segment.text)
            and words.section_key(segment.text, weak=True) is None
        ):  # fmt: skip
            found[index] = Candidate(trimmed(segment.text), 1)


def _choose_told(
    segments: Sequence[Segment], possible: Sequence[Candidate | None], found: Chosen
) -> None:
    """Choose, where there is nothing else, names with what they do beside them: 柜员：办理…"""
    told = [
        index
        for index, (segment, one) in enumerate(zip(segments, possible, strict=True))
        if one and one.rest and not segment.mark and segment.starts_line
    ]
    if len(told) > 1:
        for index in told:
            found[index] = possible[index]


def _choose_above(segments: Sequence[Segment], found: Chosen) -> None:
    """Choose, where there is nothing else, the headings that stand above those of duties."""
    above: list[int] = []
    for index, segment in enumerate(segments):
        if not segment.level:
            continue
        key = words.section_key(segment.text, weak=True)
        while above and segments[above[-1]].level >= segment.level:
            above.pop()
        if key == "duties" and above:
            found[above[-1]] = Candidate(trimmed(segments[above[-1]].text), 1)
        elif key is None and not is_general(segment.text):
            above.append(index)


def _is_bare(segment: Segment) -> bool:
    return not segment.mark and not segment.level and segment.gap


def _stands_above(segment: Segment, inner: set[str]) -> bool:
    """Tell whether a segment looks like the heading of a part of the document."""
    return bool(
        segment.mark and segment.value and segment.style not in inner and segment.starts_line
        and len(segment.text) <= _SIBLING_LENGTH and not SENTENCE.intersection(segment.text)
        and words.section_key(segment.text, weak=True) is None
    )  # fmt: skip


def _opens(segments: Sequence[Segment], index: int, *, listing: bool) -> bool:
    """Tell whether a list or a section begins after what is called like a position."""
    segment = segments[index]
    if index + 1 == len(segments):
        return False
    following = segments[index + 1]
    is_name = listing and not segment.level and not segment.mark
    if is_name and not (following.is_first and following.mark and _is_duty(following.text)):
        return False
    if segment.level:
        return True
    key = words.section_key(_COLON.split(following.text)[0], weak=True)
    if key is not None or following.force in {"section", "duty"}:
        return True
    if following.mark:
        if following.style.startswith("ordinal"):  # articles are counted through the document
            return following.style != segment.style
        starts_over = following.style != segment.style or following.number == 1
        return starts_over and (
            following.is_first or _begins_again(segments, index) or _is_new_list(segments, index)
        )
    is_told = bool(SENTENCE.intersection(following.text) or _COLON.search(following.text))
    heads = bool(segment.value) and not listing and not _ends_flat_list(segments, index)
    return segment.starts_line and (is_told or heads)


def _ends_flat_list(segments: Sequence[Segment], index: int) -> bool:
    """Tell whether nothing stands between an entry of a list and the one before it."""
    before, segment = segments[index - 1], segments[index]
    return index > 0 and (before.style, before.number) == (segment.style, segment.number - 1)


def _is_duty(text: str) -> bool:
    """Tell whether an entry of a list is what is done, not one more name."""
    is_name = words.is_title(text) or words.is_unit(text)
    return _is_sentence(text) or not (is_name or words.section_key(text, weak=True) is not None)


def _begins_again(segments: Sequence[Segment], index: int) -> bool:
    """Tell whether a list that goes on below a text does not go on counting from above it."""
    if not index or segments[index].mark:
        return False
    before, following = segments[index - 1], segments[index + 1]
    return before.style == following.style and following.number <= before.number


def _is_new_list(segments: Sequence[Segment], index: int) -> bool:
    """Tell whether a list below a text, with whatever it begins, goes on none from above it."""
    style = segments[index + 1].style
    above = segments[max(index - _BACK, 0) : index]
    return not segments[index].mark and all(one.style != style for one in above)


def _has_content(segments: Sequence[Segment], index: int) -> bool:
    following = segments[index + 1] if index + 1 < len(segments) else None
    return following is not None and following.style != segments[index].style
