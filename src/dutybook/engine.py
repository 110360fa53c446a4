"""Rules and book to a report.

Syntax, shape and rule problems are the same record. What is kept of a file depends on its path,
its bytes, the rules and the language only; what is kept of a book, on all of its files. Rules that
look at the date are run every time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from dutybook import __version__, files, messages, records, silence, source, verdicts, workers
from dutybook.document import Document
from dutybook.memory import without_collection
from dutybook.problems import Kind, Problem, Related, Report, Severity, Span, in_order
from dutybook.records import field_name
from dutybook.rules import RULES, near_duplicate
from dutybook.rules import facts as fact
from dutybook.rules.base import Facts, Finding, Rule, Whole
from dutybook.verdicts import Findings, Verdict, Verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dutybook.document import Route

RULE_SET: Final = f"{__version__}-7"
"""Changes whenever a rule finds something else in the same text."""

_LEVELS: Final = {severity.label: severity for severity in Severity}


def _record(path: str, content: bytes) -> records.Record:
    return records.read_role(content, path, files.stem(path))


@dataclass(frozen=True)
class Snapshot:
    """The files of a book at one moment: their paths, how to read one, what could not be listed.

    `record` makes the record of a role file of its path and bytes.
    """

    paths: Sequence[str]
    read: Callable[[str], bytes | Problem]
    problems: Sequence[Problem] = ()
    record: Callable[[str, bytes], records.Record] = _record


def of_folder(root: Path) -> Snapshot:
    """Return the snapshot of a book in a folder.

    Raises:
        BookError: it has no folder of role files.
    """
    listing = files.list_book(root)

    def read(path: str) -> bytes | Problem:
        content = files.read(root, path)
        return content if isinstance(content, Problem) else content[0]

    return Snapshot(sorted(listing.files), read, tuple(listing.problems))


def check(
    snapshot: Snapshot, today: date, verdicts: Verdicts, ignore: Sequence[str] = ()
) -> Report:
    """Return all problems of a book, in order, as `dutybook.yaml` and `ignore` choose them."""
    with without_collection():
        return _Engine(snapshot, verdicts).report(today, ignore)


def errors(snapshot: Snapshot, today: date) -> Report:
    """Return the errors of a book; rules that find less are not run, which takes a third."""
    with without_collection():
        return _Engine(snapshot, Verdicts(None), Severity.ERROR).report(today, ())


def fail_level(snapshot: Snapshot) -> str:
    """Return the severity from which `dutybook.yaml` wants validation to fail."""
    content = snapshot.read(files.SETTINGS) if files.SETTINGS in snapshot.paths else b""
    if isinstance(content, Problem):
        return Severity.ERROR.label
    settings = records.read_settings(content, files.SETTINGS).settings
    return (settings and settings.rules.fail_on) or Severity.ERROR.label


class _Engine:
    """Checks one snapshot; used once."""

    def __init__(
        self, snapshot: Snapshot, verdicts: Verdicts, least: Severity = Severity.INFO
    ) -> None:
        self.snapshot = snapshot
        self.least = least
        self.verdicts = verdicts
        self.documents: dict[str, Document] = {}
        self.keys: dict[str, bytes] = {}
        self.base = blake2b(f"{RULE_SET}\0{messages.language()}".encode(), digest_size=16)
        self.settings = self._read_settings()
        self.rules = self._rules()
        looking = [rule.kind.code for rule in self.rules if rule.check]
        self.base.update("".join(looking).encode())
        self.is_brief = near_duplicate.RULE not in self.rules

    def _rules(self) -> list[Rule]:
        """Return the rules to be run: without those that are off and not asked for.

        Where only graver problems are wanted, those that can find such in this book.
        """
        named = self.settings.settings.rules.severity if self.settings.settings else {}
        if self.least is Severity.INFO:
            return [
                rule
                for rule in RULES
                if not (rule.off and not any(rule.kind.code.startswith(code) for code in named))
            ]
        severity = self._severities(())
        return [rule for rule in RULES if (severity(rule.kind) or Severity.INFO) >= self.least]

    def report(self, today: date, ignore: Sequence[str]) -> Report:
        """Return the report for a day."""
        paths = [path for path in self.snapshot.paths if path != files.SETTINGS]
        for path in paths:
            self._read(path)
        book_key = self._book_key()
        findings = self.verdicts.book(book_key)
        if findings is None:
            findings = self._find(paths)
            if self._book_key() == book_key:  # no file changed meanwhile
                self.verdicts.keep_book(book_key, findings)
        self.verdicts.close([book_key, *self.keys.values()])
        dated = self._whole(findings.dated)
        over_days = [
            self._placed(rule, finding)
            for rule in self.rules
            if rule.on_day
            for finding in rule.on_day(dated, today)
        ]
        every = [*self.snapshot.problems, *findings.problems, *over_days]
        kept, silenced = silence.apply(every, findings.silencers)
        return Report(
            in_order(self._chosen(kept, ignore)),
            findings.roles,
            len(list(self._chosen(silenced, ignore))),
        )

    def _find(self, paths: Sequence[str]) -> Findings:
        """Check every file, then the whole book."""
        judged = self._verdicts(paths)
        whole = self._whole([verdict.facts for verdict in judged.values()])
        problems = list(self.settings.problems)
        for verdict in judged.values():
            problems += verdict.problems
        problems += [
            self._placed(rule, finding)
            for rule in self.rules
            if rule.finish
            for finding in rule.finish(whole)
        ]
        silencers = {path: verdict.silencers for path, verdict in judged.items()}
        silencers[files.SETTINGS] = list(silence.of_document(self.settings.document))
        return Findings(
            problems,
            {path: found for path, found in silencers.items() if found},
            len(paths),
            [
                Facts(facts.path, facts.id, True, status=facts.status, review_by=facts.review_by)
                for facts in whole.facts
                if facts.review_by
            ],
        )

    def _verdicts(self, paths: Sequence[str]) -> dict[str, Verdict]:
        """Return what is known of each file by itself: kept from before, or found out now."""
        found: dict[str, Verdict] = {}

        def unknown() -> Iterator[tuple[str, bytes]]:
            for path in paths:
                content = self._read(path)
                if isinstance(content, Problem):
                    found[path] = Verdict([content], Facts(path, files.stem(path), False), [])
                elif kept := self.verdicts.file(self.keys[path]):
                    found[path] = kept
                else:
                    yield path, content

        for (path, _), text in workers.spread(self._judged, unknown()):
            if not self.is_brief:
                self.verdicts.keep_file(self.keys[path], text)
            found[path] = verdicts.unpacked(text)
        return {path: found[path] for path in paths}

    def _judged(self, file: tuple[str, bytes]) -> str:
        """Check one file, path and content, by itself; return the verdict, packed."""
        path, content = file
        record = self.snapshot.record(path, content)
        return verdicts.packed(_of_file(path, record, self.rules, is_brief=self.is_brief))

    def _whole(self, facts: Sequence[Facts]) -> Whole:
        settings = self.settings.settings
        every = (*self.settings.problems, *self.snapshot.problems)
        errors = [problem for problem in every if problem.kind.severity is Severity.ERROR]
        return Whole(
            tuple(facts),
            settings or Whole(()).settings,
            has_settings=self.settings.document.root is not None and settings is not None,
            broken_settings=any(problem.path == files.SETTINGS for problem in errors),
            unlisted=any(problem.path != files.SETTINGS for problem in errors),
        )

    def _read_settings(self) -> records.SettingsRecord:
        nothing = Document(files.SETTINGS, "")
        if files.SETTINGS not in self.snapshot.paths:
            return records.SettingsRecord(None, (), nothing)
        content = self._read(files.SETTINGS)
        if isinstance(content, Problem):
            return records.SettingsRecord(None, (content,), nothing)
        record = records.read_settings(content, files.SETTINGS)
        self.documents[files.SETTINGS] = record.document
        return record

    def _read(self, path: str) -> bytes | Problem:
        """Read a file, and note what it holds at this moment."""
        content = self.snapshot.read(path)
        digest = self.base.copy()
        digest.update(path.encode() + b"\0")
        digest.update(content.message.encode() if isinstance(content, Problem) else content)
        self.keys[path] = digest.digest()
        return content

    def _book_key(self) -> bytes:
        digest = self.base.copy()
        for problem in self.snapshot.problems:
            digest.update(f"{problem.kind.code}{problem.path}\0".encode())
        for _, key in sorted(self.keys.items()):
            digest.update(key)
        return digest.digest()

    def _placed(self, rule: Rule, finding: Finding) -> Problem:
        """Turn a finding of a rule over the book into a problem with its place."""
        if finding.whole_book:
            if files.SETTINGS in self.snapshot.paths:
                place = Span(1, 1, 1, 1)
                return Problem(rule.kind, finding.message, finding.hint, files.SETTINGS, place)
            return Problem(rule.kind, finding.message, finding.hint, files.ROLES)
        related = tuple(
            Related(path, self._document(path).span(route)) for path, route in finding.related
        )
        return _at(rule.kind, finding, self._document(finding.path), related)

    def _document(self, path: str) -> Document:
        """Return a file read again, for the places of what was found in it; empty if it changed."""
        if path not in self.documents:
            before = self.keys.get(path)
            content = self._read(path)
            if isinstance(content, Problem) or self.keys[path] != before:
                content = b""
            self.documents[path] = source.read(content, path)
        return self.documents[path]

    def _severities(self, ignore: Sequence[str]) -> Callable[[Kind], Severity | None]:
        """Return what gives a kind its severity in this book, None where it is left out."""
        rules = self.settings.settings.rules if self.settings.settings else None
        ignored = (*ignore, *(rules.ignore if rules else ()))
        levels = sorted((rules.severity if rules else {}).items(), key=lambda one: -len(one[0]))
        off = {rule.kind.code for rule in RULES if rule.off}

        def severity(kind: Kind) -> Severity | None:
            if kind.is_fixed:
                return kind.severity
            level = next((level for code, level in levels if kind.code.startswith(code)), None)
            if (
                level == "off"
                or kind.code.startswith(ignored)
                or (level is None and kind.code in off)
            ):
                return None
            return kind.severity if level is None else _LEVELS[level]

        return severity

    def _chosen(self, problems: Iterable[Problem], ignore: Sequence[str]) -> Iterator[Problem]:
        """Leave out, raise and lower what the book and the command line choose."""
        severity = self._severities(ignore)
        for problem in problems:
            kind = problem.kind
            level = severity(kind)
            if level is None or level < self.least:
                continue
            yield (
                problem
                if level is kind.severity
                else replace(problem, kind=Kind(kind.code, kind.name, level))
            )


def _of_file(
    path: str, record: records.Record, rules: Sequence[Rule], *, is_brief: bool
) -> Verdict:
    """Check one file by itself, by the rules that look at one file."""
    problems = list(record.problems)
    ending = files.ending_problem(path)
    if ending:
        problems.append(ending)
    role = record.role
    if role is None:
        data = record.document.data
        name = data.get("id") if isinstance(data, dict) else None
        facts = Facts(path, name if isinstance(name, str) else files.stem(path), False)
    else:
        facts = fact.of_role(path, role, is_brief=is_brief)
        problems += [
            _at(rule.kind, finding, record.document, _related(finding, record.document))
            for rule in rules
            if rule.check
            for finding in rule.check(role)
        ]
    return Verdict(problems, facts, list(silence.of_document(record.document)))


def _related(finding: Finding, document: Document) -> tuple[Related, ...]:
    return tuple(Related(document.path, document.span(route)) for _, route in finding.related)


def _at(kind: Kind, finding: Finding, document: Document, related: tuple[Related, ...]) -> Problem:
    data = document.data
    route = finding.route
    role = data.get("id") if isinstance(data, dict) else None
    return Problem(
        kind,
        finding.message,
        finding.hint,
        document.path,
        document.span(route, key=finding.key),
        role if isinstance(role, str) else "",
        _duty(data, route),
        field_name(route),
        related,
    )


def _duty(data: Any, route: Route) -> str:
    if len(route) < 2 or route[0] != "duties" or not isinstance(route[1], int) or not data:
        return ""
    name = data["duties"][route[1]].get("id")
    return name if isinstance(name, str) else ""
