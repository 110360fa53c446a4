"""From a book's files to a report: order, choice, what is kept, files that change on the way."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutybook import engine, files, messages, workers
from dutybook.engine import Snapshot
from dutybook.errors import BookError
from dutybook.problems import Problem, Report, Severity
from dutybook.rules import RULES
from dutybook.verdicts import Verdicts
from tests.checking import CASH, TELLER, TODAY, book, check, found, place, role, snapshot
from tests.conftest import BRANCH, Book

ROOT = Path(__file__).resolve().parent.parent


def codes(report: Report) -> list[str]:
    return [problem.kind.code for problem in report.problems]


def texts_of(root: Path) -> dict[str, bytes]:
    return {path: (root / path).read_bytes() for path in engine.of_folder(root).paths}


# The shipped book and order


def test_the_shipped_book_has_no_error_and_no_warning() -> None:
    report = engine.check(engine.of_folder(ROOT), TODAY, Verdicts(None))
    assert report.roles == 3
    assert {problem.kind.severity for problem in report.problems} == {Severity.INFO}
    assert {"B006", "W002", "W007"} <= set(codes(report))


def test_problems_are_in_order_of_path_line_and_column() -> None:
    texts = {
        f"roles/{folder}/{name}.yaml": role(
            name,
            "柜员",
            "unti: a\n",
            "  - {id: a, title: b, text: '交办的其他工作，', cadance: x}\n",
        )
        for folder in "乙b甲a"
        for name in ("teller", "cashier", "出纳")
    }
    report = check(texts)
    keys = [(one.path, one.span.line, one.span.column) for one in report.problems if one.span]
    assert len(keys) > 30
    assert keys == sorted(keys)
    assert {key[0] for key in keys} == set(texts)


def test_the_order_of_listing_does_not_matter() -> None:
    texts = texts_of(BRANCH) | {TELLER: role(head="unti: a\n"), "roles/z.yaml": b"\xff"}
    expected = check(texts)
    assert len(expected.problems) > 2
    random = Random(1)
    for _ in range(5):
        paths = list(texts)
        random.shuffle(paths)
        assert check({path: texts[path] for path in paths}) == expected


# One bad file costs what it costs


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "Y018"),
        (b"\xff\xfe", "F004"),
        ("id: bad\ntitle: 柜员".encode("gbk"), "F004"),
        (b"id: 'bad", "Y001"),
        (b"[" * 100, "Y006"),
        (b"- a", "S003"),
        (b"id: bad\ntitle: b\nduties:\n  - a\n", "S003"),
        (b"id: [bad]\ntitle: b\nduties: 1\n", "S003"),
        (b"id: bad\ntitle: b\nduties: [{id: [a], title: b, text: c}]\n", "S003"),
        (b"id: worse\ntitle: b\nduties: [{id: a, title: b, text: c}]\n", "S005"),
        (b"a: *b", "Y003"),
        (b"\x00" * 10, "F004"),
    ],
)
def test_a_bad_file_beside_good_ones(raw: bytes, code: str) -> None:
    good = texts_of(BRANCH)
    before = check(good)
    report = check({**good, "roles/bad.yaml": raw})
    bad = [problem for problem in report.problems if problem.path == "roles/bad.yaml"]
    assert code in {problem.kind.code for problem in bad}
    assert all(problem.kind.severity is Severity.ERROR for problem in bad)
    others = {problem for problem in report.problems if problem not in bad}
    # What nobody uses, and who is at the top, is not told while a file cannot be read.
    assert others == {one for one in before.problems if one.kind.code not in {"B006", "B009"}}
    assert report.roles == before.roles + 1


def test_what_cannot_be_listed_holds_back_what_needs_all_files() -> None:
    texts = {TELLER: role(), "dutybook.yaml": "tags: {现金: 现金业务}\n"}
    whole = snapshot(texts)
    verdicts = Verdicts(None)
    assert codes(check(texts, verdicts=verdicts)) == ["B009"]
    for path, expected in (("roles/locked", ["F001"]), ("dutybook.yml", ["F001"])):
        problem = Problem(files.UNREADABLE, "没有权限", path=path)
        partial = Snapshot(whole.paths, whole.read, (problem,))
        assert codes(engine.check(partial, TODAY, verdicts)) == expected
    link = Snapshot(whole.paths, whole.read, (Problem(files.LINK, "链接", path="roles/a.yaml"),))
    assert codes(engine.check(link, TODAY, verdicts)) == ["B009", "F006"]


REFERENCES = role(
    head="reports_to: head\n",
    duties="  - {id: a, title: b, text: 收付现金。, tags: [现金], systems: [核心], counterparts: [guard]}\n",
)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("", "Y018"),
        ("positions: [\n", "Y001"),
        ("positions: {head: 主管}\nunti: a\n", "S001"),
        ("format: 99\n", "S012"),
        (None, "B003 B003"),
        ("title: 手册\n", "B007 B003 B008 B003"),
        ("positions: {head: 主管, guard: 押运}\ntags: {现金: a}\nsystems: {核心: b}\n", ""),
    ],
)
def test_nothing_is_said_of_names_while_what_declares_them_is_broken(
    declared: str | None, expected: str
) -> None:
    texts = {TELLER: REFERENCES} | ({} if declared is None else {"dutybook.yaml": declared})
    assert sorted(codes(check(texts, ignore=["W"]))) == sorted(expected.split())


# Choosing

CHOSEN = role(
    head="unti: a\nunit: 010\n",
    duties="  - {id: a, title: b, text: 完成领导交办的其他工作。}\n",
)
VALID = CHOSEN.replace("unti: a\n", "")  # Y014 (warning), W001 (info)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("", "Y014:warning W001:info"),
        ("ignore: [W001]", "Y014:warning"),
        ("ignore: [W]", "Y014:warning"),
        ("ignore: [W00, Y]", ""),
        ("ignore: [W002, N]", "Y014:warning W001:info"),
        ("severity: {W001: error}", "Y014:warning W001:error"),
        ("severity: {W: warning}", "Y014:warning W001:warning"),
        ("severity: {Y014: info}", "Y014:info W001:info"),
        ("severity: {W: 'off'}", "Y014:warning"),
        ("severity: {W: error, W001: info}", "Y014:warning W001:info"),
        ("severity: {W001: 'off', W: error}", "Y014:warning"),
        ("severity: {W: 'off', W00: warning}", "Y014:warning W001:warning"),
        ("severity: {W001: error}\n  ignore: [W001]", "Y014:warning"),
        ("severity: {T002: warning}", "T002:warning Y014:warning W001:info"),
        ("severity: {T: info}", "T002:info Y014:warning W001:info"),
        ("severity: {T002: 'off'}", "Y014:warning W001:info"),
    ],
)
def test_the_book_chooses(rules: str, expected: str) -> None:
    report = check(
        {TELLER: VALID, "dutybook.yaml": f"format: 1\nrules:\n  {rules or 'ignore: []'}\n"}
    )
    shown = [f"{one.kind.code}:{one.kind.severity.label}" for one in report.problems]
    assert " ".join(shown) == expected


@pytest.mark.parametrize(
    ("ignore", "expected"),
    [
        ((), "Y014 W001"),
        (("W001",), "Y014"),
        (("W", "Y"), ""),
        (("N", "X"), "Y014 W001"),
        (("",), ""),
    ],
)
def test_the_command_line_chooses(ignore: tuple[str, ...], expected: str) -> None:
    assert codes(check(VALID, ignore=ignore)) == expected.split()


def test_errors_of_reading_and_shape_are_not_chosen() -> None:
    rules = "rules:\n  ignore: [S, Y, F]\n  severity: {S001: info, Y: 'off', F004: warning}\n"
    texts = {
        TELLER: CHOSEN,
        "roles/a.yaml": b"\xff",
        "roles/b.yaml": "a: *b",
        "dutybook.yaml": rules,
    }
    report = check(texts, ignore=["S", "Y", "F"])
    shown = {(one.kind.code, one.kind.severity) for one in report.problems}
    assert shown >= {("S001", Severity.ERROR), ("Y003", Severity.ERROR), ("F004", Severity.ERROR)}
    assert "Y014" not in codes(report)  # a warning is


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (None, "error"),
        ("title: 手册\n", "error"),
        ("rules: {fail_on: warning}\n", "warning"),
        ("rules: {fail_on: info}\n", "info"),
        ("rules: {fail_on: nothing}\n", "error"),
        ("rules: {fail_on: info}\nunti: a\n", "error"),
        ("rules: [\n", "error"),
    ],
)
def test_the_failing_level_of_the_book(text: str | None, level: str) -> None:
    texts = {TELLER: role()} | ({} if text is None else {"dutybook.yaml": text})
    assert engine.fail_level(snapshot(texts)) == level


def test_a_book_file_that_cannot_be_read_has_no_failing_level() -> None:
    problem = Problem(files.UNREADABLE, "没有权限", path="dutybook.yaml")
    assert engine.fail_level(Snapshot(["dutybook.yaml"], lambda path: problem)) == "error"


# Where a finding stands


def test_a_finding_knows_role_duty_and_field() -> None:
    duties = (
        CASH + "  - id: other\n    title: 其他\n    items:\n      - text: 完成交办的其他工作。\n"
    )
    (one,) = found(check(role(duties=duties)), "W001")
    assert (one.role, one.duty, one.field) == ("teller", "other", "duties[1].items[0].text")
    assert place(one) == (TELLER, 8, 15)
    two = {TELLER: role(head="review_by: 2020-01-01\n"), "dutybook.yaml": "tags: {现金: a}\n"}
    late, unused = found(check(two), "T001", "B009")[::-1]
    assert (late.role, late.duty, late.field, place(late)) == (
        "teller", "", "review_by", (TELLER, 3, 12),
    )  # fmt: skip
    assert (unused.role, unused.field, place(unused)) == ("", "tags.现金", ("dutybook.yaml", 1, 8))


@pytest.mark.parametrize(
    ("settings_", "expected"),
    [({}, ("roles",)), ({"dutybook.yaml": "title: a\n"}, ("dutybook.yaml", 1, 1))],
)
def test_a_finding_about_the_whole_book(
    settings_: Mapping[str, str], expected: tuple[object, ...]
) -> None:
    (one,) = found(check({**book(role("a", "甲"), role("b", "乙")), **settings_}), "B006")
    assert place(one) == expected


# What was found before


def changing(**later: str | bytes | Problem) -> Callable[[dict[str, bytes]], Snapshot]:
    """Make a snapshot in which a file says something else from the second reading on."""

    def make(texts: dict[str, bytes]) -> Snapshot:
        seen: list[str] = []

        def read(path: str) -> bytes | Problem:
            now = later.get(Path(path).stem) if path in seen else None
            seen.append(path)
            return texts[path] if now is None else now.encode() if isinstance(now, str) else now

        return Snapshot(sorted(texts), read)

    return make


WHOLE = {
    "roles/head.yaml": role("head", "主管", "review_by: 2020-01-01\n").encode(),
    TELLER: role(
        head="reports_to: hed\nreview_by: 2020-01-01\n",
        duties="  - {id: a, title: b, text: 收付现金。, counterparts: [guard]}\n",
    ).encode(),
    "dutybook.yaml": "tags: {现金: a}\n".encode(),
}
GONE = Problem(files.UNREADABLE, "不在了", path="roles/teller.yaml")


@pytest.mark.parametrize(
    ("later", "code"),
    [
        (GONE, "F001"),
        (b"", "Y018"),
        (b"id: 'teller", "Y001"),
        (b"\xff", "F004"),
        (b"- a\n", "S003"),
        (b"id: teller\ntitle: a\nduties: 1\n", "S003"),
        (role(), ""),
    ],
)
def test_a_file_that_changes_during_the_run(later: bytes | str | Problem, code: str) -> None:
    """It costs no crash and no finding elsewhere, and nothing false is kept of it."""
    verdicts = Verdicts(None)
    expected = check(WHOLE)
    assert {"B003", "B006", "B009", "T001"} == set(codes(expected))
    report = engine.check(changing(teller=later)(WHOLE), TODAY, verdicts)
    mine = {problem.kind.code for problem in report.problems if problem.path == TELLER}
    assert code in mine or not code
    assert [one for one in found(report, "T001") if one.path == "roles/head.yaml"] != []
    assert check(WHOLE, verdicts=verdicts) == expected


@pytest.mark.parametrize(
    "later", [GONE, b"", b"\xff", "id: teller\n", role(head="reports_to: x\n")]
)
def test_a_file_that_changes_before_its_places_are_looked_up(later: bytes | str | Problem) -> None:
    """The third reading is for the place of what the rules over the book found."""
    verdicts = Verdicts(None)
    count = 0

    def read(path: str) -> bytes | Problem:
        nonlocal count
        count += path == TELLER
        now = later if path == TELLER and count > 2 else WHOLE[path]
        return now.encode() if isinstance(now, str) else now

    report = engine.check(Snapshot(sorted(WHOLE), read), TODAY, verdicts)
    assert count == 3
    assert codes(report) == ["B006", "B009", "T001", "B003", "B003", "T001"]
    assert {place(one) for one in report.problems if one.path == TELLER} == {(TELLER, 1, 1)}
    assert check(WHOLE, verdicts=verdicts) == check(WHOLE)


def test_a_file_that_is_gone_when_it_is_read(book: Book) -> None:
    root = book({"roles/teller.yaml": role(), "roles/head.yaml": role("head", "主管")})
    listed = engine.of_folder(root)
    (root / TELLER).unlink()
    report = engine.check(listed, TODAY, Verdicts(None))
    assert [(one.kind.code, one.path) for one in report.problems] == [("F001", TELLER)]
    (root / TELLER).write_text(role(), encoding="utf-8")
    assert codes(engine.check(engine.of_folder(root), TODAY, Verdicts(None))) == ["B006"]


def test_the_book_is_read_once_when_nothing_changed() -> None:
    verdicts = Verdicts(None)
    reads: list[str] = []

    def read(path: str) -> bytes:
        reads.append(path)
        return WHOLE[path]

    first = engine.check(Snapshot(sorted(WHOLE), read), TODAY, verdicts)
    reads.clear()
    assert engine.check(Snapshot(sorted(WHOLE), read), TODAY, verdicts) == first
    # The two late roles once more, for the place of `review_by`.
    assert sorted(reads) == sorted([*WHOLE, "roles/head.yaml", TELLER])


def test_unchanged_files_are_not_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = texts_of(BRANCH)
    verdicts = Verdicts(None)
    check(texts, verdicts=verdicts)
    checked: list[str] = []
    real = engine._of_file
    monkeypatch.setattr(
        engine,
        "_of_file",
        lambda path, *rest, **more: checked.append(path) or real(path, *rest, **more),
    )
    check(texts, verdicts=verdicts)
    assert checked == []
    check({**texts, TELLER: role()}, verdicts=verdicts)
    assert checked == [TELLER]
    check({**texts, "dutybook.yaml": b"title: x\n"}, verdicts=verdicts)
    assert checked == [TELLER]


def test_a_large_book_is_checked_by_several_processes_as_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = workers.ENOUGH + 30
    texts: dict[str, str | bytes] = {
        f"roles/r{index}.yaml": role(f"r{index}") for index in range(number)
    }
    texts |= {"roles/r7.yaml": b"\xff", "roles/r8.yaml": "id: r8", "roles/r9.yaml": role("other")}
    spread = check(texts)
    assert spread.roles == number
    assert {"F004", "S002", "S005", "B002"} <= set(codes(spread))
    monkeypatch.setattr(workers, "_can_fork", lambda: False)
    assert check(texts) == spread
    kept = Verdicts(None)
    check(texts, verdicts=kept)
    monkeypatch.undo()
    assert check(texts | {"roles/r9.yaml": role("r9")}, verdicts=kept) == check(
        texts | {"roles/r9.yaml": role("r9")}
    )


def test_errors_alone_are_those_of_a_whole_check() -> None:
    for texts in (
        texts_of(BRANCH),
        WHOLE,
        book(role("a", "甲", "reports_to: b\n"), role("b", "甲", "reports_to: a\n")),
        book(role("a", "甲", "tags: [x]\n"), role("c", "丙", "reports_to: nobody\n")),
        {**WHOLE, "dutybook.yaml": b"rules: {severity: {W: error, B002: info}, ignore: [N]}\n"},
        {**WHOLE, TELLER: b"id: teller\n"},
    ):
        every = check(texts)
        brief = engine.errors(snapshot(texts), TODAY)
        assert brief.problems == tuple(
            one for one in every.problems if one.kind.severity is Severity.ERROR
        )
        assert brief.roles == every.roles


def test_days_are_looked_at_every_time() -> None:
    verdicts = Verdicts(None)
    texts = book(
        role("a", "甲", "review_by: 2026-01-31\nreports_to: b\n"),
        role("b", "乙", "review_by: 2026-02-01\nstatus: draft\n"),
        role("c", "丙", "review_by: 2020-01-01\nreports_to: b\nstatus: withdrawn\n"),
        role("d", "丁", "reports_to: b\n"),
    )
    for _ in range(2):
        for days, late in ((0, ""), (1, "a"), (2, "ab"), (-9999, ""), (9999, "ab")):
            report = check(texts, today=TODAY + timedelta(days), verdicts=verdicts)
            assert "".join(one.role for one in found(report, "T001")) == late
    assert check(texts, today=date.max, verdicts=verdicts) == check(texts, today=date.max)


def test_no_rule_of_the_day_is_an_error() -> None:
    dated = [rule for rule in RULES if rule.on_day]
    assert dated
    assert all(rule.kind.severity < Severity.ERROR for rule in dated)


def test_the_language_is_seen() -> None:
    verdicts = Verdicts(None)
    english = check(VALID, verdicts=verdicts)
    messages.use("zh")
    chinese = check(VALID, verdicts=verdicts)
    assert chinese == check(VALID)
    assert [one.message for one in chinese.problems] != [one.message for one in english.problems]
    messages.use("en")
    assert check(VALID, verdicts=verdicts) == english


CHANGES: list[Mapping[str, str | bytes]] = [
    {TELLER: VALID},
    {TELLER: VALID, "dutybook.yaml": "rules: {ignore: [W]}\n"},
    {TELLER: VALID, "dutybook.yaml": "rules: {severity: {W: error}}\n"},
    {TELLER: VALID, "dutybook.yaml": "tags: {现金: a}\n"},
    {TELLER: VALID, "dutybook.yaml": "tags:\n  现金: a\n"},
    {TELLER: VALID, "dutybook.yaml": b"\xff"},
    {TELLER: VALID, "dutybook.yaml": b"# a\n\xff"},
    {TELLER: VALID, "dutybook.yaml": ""},
    {TELLER: VALID.replace("010", "'010'")},
    {TELLER: VALID, "roles/teller2.yaml": VALID},
    {"roles/a/teller.yaml": VALID},
    {"roles/a/teller.yaml": VALID, "roles/b/teller.yaml": VALID},
    {"roles/TELLER.yaml": VALID},
]


@pytest.mark.parametrize("first", range(len(CHANGES)))
def test_every_change_is_seen(first: int) -> None:
    assert len({check(texts) for texts in CHANGES}) == len(CHANGES)
    for texts in CHANGES:
        verdicts = Verdicts(None)
        check(CHANGES[first], verdicts=verdicts)
        assert check(texts, verdicts=verdicts) == check(texts)


# Random books: what is kept answers as a fresh check does

NAMES = ("a", "b", "head")
DUTY = st.builds(
    "  - {{id: {}, title: {}, text: {}{}}}\n".format,
    st.sampled_from(["x", "y"]),
    st.sampled_from(["现金", "凭证"]),
    st.sampled_from(["完成交办的其他工作。", "与主管对帐，登记台账。", "保管空白凭证和印章并每日登记。", "收付"]),
    st.sampled_from(["", ", label: 1", ", label: '3'", ", tags: [现金]", ", counterparts: [head]",
                     ", involvement: responsible", ", cadence: periodic", ", cadance: x"]),
)  # fmt: skip
ROLE = st.builds(
    "id: {}\ntitle: {}\n{}{}duties:\n{}{}".format,
    st.sampled_from(NAMES),
    st.sampled_from(["柜员", "主管"]),
    st.sampled_from(["", "reports_to: head\n", "reports_to: a\n", "reports_to: nobody\n"]),
    st.sampled_from(["", "status: withdrawn\n", "review_by: 2020-01-01\n", "# dutybook: ignore B 总行\n"]),
    DUTY,
    st.one_of(st.just(""), DUTY, st.just("  # dutybook: ignore W001 总行\n")),
).map(str.encode)  # fmt: skip
FILES = st.fixed_dictionaries(
    {},
    optional={
        **{f"roles/{name}.yaml": ROLE for name in NAMES},
        "roles/deep/a.yaml": ROLE,
        "roles/bad.yaml": st.sampled_from([b"", b"\xff", b"id: bad\n"]),
        "dutybook.yaml": st.sampled_from(
            [b"tags: {\xe7\x8e\xb0\xe9\x87\x91: a}\n", b"rules: {ignore: [W]}\n", b"positions: {nobody: x}\n",
             b"a", b"rules: {severity: {T002: warning}}\n"]
        ),
    },
)  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FILES, min_size=1, max_size=4))
def test_what_is_kept_answers_as_a_fresh_check_does(books: list[dict[str, bytes]]) -> None:
    verdicts = Verdicts(None)
    for texts in [*books, books[0]]:
        kept = check(texts, verdicts=verdicts)
        fresh = check(texts)
        assert kept == fresh
        assert list(fresh.problems) == sorted(fresh.problems, key=lambda one: one.sort_key)


# Mutated bytes of real files

SEEDS = sorted(texts_of(ROOT).items()) + sorted(texts_of(BRANCH).items())
PIECES = st.one_of(
    st.binary(max_size=4),
    st.sampled_from([b"\n", b": ", b"- ", b"#", b"'", b'"', b"[", b"{", b"&a ", b"*a", b"!!x ", b"\t", b"|\n",
                     b"---\n", b"<<: ", b"\xef\xbb\xbf", b"\x00", b"\r", "：".encode(), b"~", b"..."]),
)  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_files_neither_crash_nor_hang(data: st.DataObject) -> None:
    path, raw = data.draw(st.sampled_from(SEEDS))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        length = data.draw(st.sampled_from([0, 0, 1, 2, 10, 200]))
        raw = raw[:start] + data.draw(PIECES) + raw[start + length :]
    report = check({**WHOLE, path: raw})
    lines = len(raw.splitlines()) + 2
    for problem in report.problems:
        assert problem.path
        assert problem.message
        if problem.path == path and problem.span:
            assert 1 <= problem.span.line <= problem.span.end_line <= lines
            assert (problem.span.line, problem.span.column) <= (
                problem.span.end_line, problem.span.end_column,
            )  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="times of access are not told alike")
def test_nothing_is_written_in_the_book(book: Book) -> None:
    root = book({**texts_of(BRANCH), TELLER: b"\xff", "roles/a.yaml": b"id: 'a"})
    before = {path: (path.stat().st_mtime_ns, path.is_dir() or path.read_bytes())
              for path in root.rglob("*")}  # fmt: skip
    engine.check(engine.of_folder(root), TODAY, Verdicts(root.parent / "verdicts.sqlite"))
    assert before == {path: (path.stat().st_mtime_ns, path.is_dir() or path.read_bytes())
                      for path in root.rglob("*")}  # fmt: skip


def test_a_book_without_roles_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(BookError):
        engine.of_folder(tmp_path)
