"""What was found in files and books before, kept by content: a second run need not look again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dutybook import store
from dutybook.problems import Kind, Problem, Related, Span
from dutybook.rules import RULES
from dutybook.rules import facts as fact
from dutybook.silence import Silencer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from dutybook.rules.base import Facts

_KINDS: Final[Mapping[str, Kind]] = {rule.kind.code: rule.kind for rule in RULES}


class Verdict(NamedTuple):
    """What is known of one file by itself."""

    problems: list[Problem]
    facts: Facts
    silencers: list[Silencer]


class Findings(NamedTuple):
    """What is known of a whole book but for the date: problems, comments, files, days of review."""

    problems: list[Problem]
    silencers: dict[str, list[Silencer]]
    roles: int
    dated: list[Facts]


class Verdicts:
    """What was found before, by content; a store that may be broken, locked or not there."""

    _MANY: Final = 500  # that wait to be written
    _TABLES: Final = (
        "CREATE TABLE verdict (key BLOB PRIMARY KEY, text TEXT, sum INTEGER) WITHOUT ROWID;"
    )

    def __init__(self, place: Path | None) -> None:
        """Open the store in a file, or one in memory for None."""
        self._place = place
        self._fresh: dict[bytes, str] = {}
        self._is_changed = False
        try:
            self._store = store.Store(place, self._TABLES)
        except store.DAMAGE:
            self._start_again()

    def _start_again(self) -> None:
        try:
            if self._place is not None:
                self._place.unlink(missing_ok=True)
            self._store = store.Store(self._place, self._TABLES)
        except store.DAMAGE:
            self._store = store.Store(None, self._TABLES)

    def file(self, key: bytes) -> Verdict | None:
        """Return the verdict kept under a key, None for none."""
        text = self._get(key)
        return None if text is None else unpacked(text)

    def keep_file(self, key: bytes, text: str) -> None:
        """Keep a packed verdict under a key, once there are many or `close` is called."""
        self._fresh[key] = text
        if len(self._fresh) >= self._MANY:
            self._write()

    def book(self, key: bytes) -> Findings | None:
        """Return the findings kept under a key, None for none."""
        text = self._get(key)
        if text is None:
            return None
        problems, silencers, roles, dated = json.loads(text)
        return Findings(
            list(map(_problem, problems)),
            {path: _silencers(found) for path, found in silencers.items()},
            roles,
            [fact.again(facts) for facts in dated],
        )

    def keep_book(self, key: bytes, findings: Findings) -> None:
        """Keep findings under a key, once `close` is called."""
        problems = [_plain(problem) for problem in findings.problems]
        dated = [fact.kept(facts) for facts in findings.dated]
        self._fresh[key] = _json([problems, findings.silencers, findings.roles, dated])

    def _get(self, key: bytes) -> str | None:
        try:
            for text, expected in self._store.read(
                "SELECT text, sum FROM verdict WHERE key = ?", key
            ):
                if store.checksum(key.hex(), text) == expected:
                    kept: str = text
                    return kept
        except store.DAMAGE:
            self._start_again()
        return None

    def close(self, used: Iterable[bytes]) -> None:
        """Write what is new, and let go of what no file needs when there is much of it."""
        self._write()
        if not self._is_changed:
            return
        live = set(used)
        try:
            kept = next(iter(self._store.read("SELECT count(*) FROM verdict")))[0]
            if kept > 4 * len(live) + 1000:
                keys = list(self._store.read("SELECT key FROM verdict"))
                self._store.write(
                    lambda connection: connection.executemany(
                        "DELETE FROM verdict WHERE key = ?",
                        (key for key in keys if key[0] not in live),
                    )
                )
        except store.DAMAGE:
            self._start_again()

    def _write(self) -> None:
        fresh, self._fresh = self._fresh, {}
        if not fresh:
            return
        self._is_changed = True
        try:
            self._store.write(
                lambda connection: connection.executemany(
                    "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?)",
                    ((key, text, store.checksum(key.hex(), text)) for key, text in fresh.items()),
                )
            )
        except store.DAMAGE:
            self._start_again()


def packed(verdict: Verdict) -> str:
    """Return a verdict as text, for keeping and for handing to another process."""
    problems = [_plain(problem) for problem in verdict.problems]
    return _json([problems, fact.kept(verdict.facts), verdict.silencers])


def unpacked(text: str) -> Verdict:
    """Return the verdict that was packed."""
    problems, facts, silencers = json.loads(text)
    return Verdict(list(map(_problem, problems)), fact.again(facts), _silencers(silencers))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(problem: Problem) -> list[Any]:
    return [
        problem.kind.code, problem.message, problem.hint, problem.path, _numbers(problem.span),
        problem.role, problem.duty, problem.field,
        [[one.path, _numbers(one.span)] for one in problem.related],
    ]  # fmt: skip


def _numbers(span: Span | None) -> list[int] | None:
    return None if span is None else [span.line, span.column, span.end_line, span.end_column]


def _problem(values: Sequence[Any]) -> Problem:
    code, message, hint, path, span, role, duty, name, related = values
    return Problem(
        _KINDS[code], message, hint, path, Span(*span) if span else None, role, duty, name,
        tuple(Related(other, Span(*place)) for other, place in related),
    )  # fmt: skip


def _silencers(values: Iterable[Sequence[Any]]) -> list[Silencer]:
    return [Silencer(*one) for one in values]
