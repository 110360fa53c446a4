"""The language of `dutybook search`: words, phrases, exclusions, OR, filters.

    query     = term { term }                every term must hold
    term      = alternatives | exclusion
    alternatives = one { "OR" one }          OR binds the two beside it, before all else
    exclusion = "-" one
    one       = word | phrase | filter
    filter    = name ":" ( word | phrase )

Marks may be full-width, names and values Chinese. Pure; knows nothing of what is searched.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from dutybook import vocabulary
from dutybook.errors import UsageError
from dutybook.messages import tr
from dutybook.text import cells, fold, nearest, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WORD: Final = "word"
PHRASE: Final = "phrase"

FILTERS: Final = {
    "tag": "标签",
    "role": "岗位",
    "unit": "单位",
    "system": "系统",
    "cadence": "频次",
    "involvement": "参与",
    "counterpart": "配合",
}
"""The filters, each with its Chinese name."""

_CHOICES: Final = {"cadence": vocabulary.CADENCES, "involvement": vocabulary.INVOLVEMENTS}
_NAMES: Final = {name: key for key, chinese in FILTERS.items() for name in (key, chinese)}
_QUOTES: Final = frozenset('"“”„＂')
_MINUS: Final = frozenset("-－")
_FILTER: Final = re.compile(r"([^\W\d_]+)[:：﹕]", re.UNICODE)
_SHOWN: Final = 30  # characters of a query on either side of what is wrong in it


class Term(NamedTuple):
    """One thing to look for: its kind (word, phrase, the name of a filter) and its value.

    A value of cadence or involvement is the one that role files have. `start` and `end` tell where
    the term stands in the query.
    """

    kind: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: of each group at least one term, and none of those excluded."""

    text: str
    groups: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()

    @property
    def terms(self) -> Iterator[Term]:
        """All terms that are not excluded."""
        return (term for group in self.groups for term in group)


class _Token(NamedTuple):
    term: Term
    excluded: bool = False
    is_or: bool = False


def parse(text: str, filters: Mapping[str, str] | None = None) -> Query:
    """Return the query that a text means; `filters` are more of them, by name.

    Raises:
        UsageError: it means none; the message points at the place.
    """
    tokens = list(_tokens(text))
    given = [(Term(name, value),) for name, value in (filters or {}).items()]
    if not tokens and not given:
        raise UsageError(
            tr("The query is empty."),
            tr("Give a word to look for: `dutybook search 反洗钱`."),
        )
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joined = False  # whether an OR waits for what stands after it
    for index, token in enumerate(tokens):
        if token.is_or:
            before = tokens[index - 1] if index else None
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            if not _is_one(before) or not _is_one(after):
                raise _wrong(
                    text,
                    token.term,
                    tr("OR stands between two terms that are not excluded."),
                    tr("To look for the word itself, put it in quotes: “OR”."),
                )
            joined = True
        elif token.excluded:
            excluded.append(token.term)
        elif joined:
            groups[-1] = (*groups[-1], token.term)
            joined = False
        else:
            groups.append((token.term,))
    groups += given
    if not groups:
        raise UsageError(
            tr("The query only says what is not to be found."),
            tr("Add a word or a filter: `反洗钱 -客户`."),
        )
    return Query(text, tuple(_once(groups)), tuple(one for (one,) in _once((x,) for x in excluded)))


def _once(groups: Iterable[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """Return the groups without those that say the same again."""
    return list({tuple((one.kind, one.value) for one in group): group for group in groups}.values())


def _is_one(token: _Token | None) -> bool:
    return token is not None and not token.excluded and not token.is_or


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        start = position
        excluded = text[position] in _MINUS and _has_more(text, position + 1)
        if excluded:
            position += 1
        term = _term(text, position)
        position = term.end
        is_or = term.kind == WORD and unicodedata.normalize("NFKC", term.value) == "OR"
        yield _Token(term._replace(start=start), excluded, is_or and not excluded)


def _has_more(text: str, position: int) -> bool:
    return position < len(text) and not text[position].isspace()


def _term(text: str, start: int) -> Term:
    if text[start] in _QUOTES:
        return _phrase(text, start)
    name = _FILTER.match(text, start)
    if name:
        return _filter(text, start, name)
    return Term(WORD, *_word(text, start))


def _word(text: str, start: int) -> tuple[str, int, int]:
    end = start
    while end < len(text) and not text[end].isspace() and text[end] not in _QUOTES:
        end += 1
    return text[start:end], start, end


def _phrase(text: str, start: int) -> Term:
    end = start + 1
    while end < len(text) and text[end] not in _QUOTES:
        end += 1
    place = Term(PHRASE, text[start + 1 : end], start, end + 1)
    if end == len(text):
        raise _wrong(
            text,
            place._replace(end=start + 1),
            tr("The quotation mark is not closed."),
            tr("Close it, or leave it out."),
        )
    if not place.value.strip():
        raise _wrong(text, place, tr("There is nothing between the quotation marks."))
    return place


def _filter(text: str, start: int, match: re.Match[str]) -> Term:
    key = _NAMES.get(fold(match[1]))
    if key is None:
        close = nearest(match[1], _NAMES, limit=1)
        names = ", ".join(f"{name}: ({chinese}：)" for name, chinese in FILTERS.items())
        raise _wrong(
            text,
            Term("", match[1], start, match.end(1)),
            tr("There is no filter {name}.", name=safe(match[1])),
            (
                tr("Did you mean {name}?", name=f"{close[0]}:")
                if close
                else tr("Filters: {names}.", names=names)
            )
            + " "
            + tr("To look for the text itself, put it in quotes."),
        )
    position = match.end()
    if not _has_more(text, position):
        raise _wrong(
            text,
            Term("", "", start, position),
            tr("The filter {name} has no value.", name=safe(match[0])),
            tr("Write it right after the colon, in quotes where it has blanks."),
        )
    if text[position] in _QUOTES:
        value = _phrase(text, position)
    else:
        value = Term(WORD, *_word(text, position))
    return Term(key, _chosen(text, key, value), start, value.end)


def _chosen(text: str, key: str, value: Term) -> str:
    """Return the value of a filter, in the word of role files where the format fixes it."""
    words = _CHOICES.get(key)
    if words is None:
        return value.value
    wanted = fold(value.value)
    for choice, names in words.items():
        if wanted in {choice, *map(fold, names)}:
            return choice
    raise _wrong(
        text,
        value,
        tr("{name} cannot be {value}.", name=key, value=safe(value.value)),
        tr("One of: {choices}.", choices=", ".join(f"{one} ({words[one][0]})" for one in words)),
    )


def _wrong(text: str, place: Term, message: str, hint: str = "") -> UsageError:
    """Return an error that shows where in the query it is."""
    first = max(place.start - _SHOWN, 0)
    last = min(max(place.end, place.start + 1) + _SHOWN, len(text))
    before, within, after = (
        safe(" ".join(part.splitlines() or [""]))
        for part in (
            text[first : place.start],
            text[place.start : place.end],
            text[place.end : last],
        )
    )
    begun, ended = "…" * (first > 0), "…" * (last < len(text))
    shown = f"{begun}{before}{_cut(within)}{after}{ended}"
    caret = " " * cells(begun + before) + "^" * max(cells(_cut(within)), 1)
    return UsageError(f"{message}\n  {shown}\n  {caret}", hint)


def _cut(text: str) -> str:
    return text if len(text) <= 2 * _SHOWN else text[: 2 * _SHOWN] + "…"
