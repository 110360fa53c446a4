"""Comments that silence a finding, where YAML sees a comment, and those that silence nothing."""

from __future__ import annotations

import pytest
import yaml

from dutybook import silence, source
from dutybook.problems import Kind, Problem, Severity, Span
from tests.checking import TELLER, check, found, role

# W001 on line 6; with `cadence` W002 on line 7.
CATCH_ALL = """\
id: teller
title: 柜员
duties:
  - id: other
    title: 其他{above}
    text: 完成领导交办的其他工作。{after}
"""


def said(text: str | dict[str, str], ignore: tuple[str, ...] = ()) -> list[str]:
    """Return what is found of W, N and the comments themselves, `code@line:column`."""
    report = check(text, ignore=ignore)
    some = found(report, "W", "N", "S", "Y", "B009", "B012", "B013")
    places = [f"{one.kind.code}@{one.span.line}:{one.span.column}" for one in some if one.span]
    return [*places, f"{report.silenced} silenced"]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# dutybook: ignore W001 总行统一表述", "1 silenced"),
        ("# dutybook: ignore W001 agreed with head office", "1 silenced"),
        ("#dutybook:ignore W001 总行", "Y015@6:25 1 silenced"),  # which a reader may take for text
        ("#  dutybook:  ignore  W001  总行  ", "1 silenced"),
        ("#\tdutybook: ignore\tW001\t总行", "1 silenced"),
        ("# dutybook: ignore W001总行", "1 silenced"),
        ("# dutybook: ignore W001：总行", "1 silenced"),
        # a prefix
        ("# dutybook: ignore W 总行", "1 silenced"),
        ("# dutybook: ignore W00 总行", "1 silenced"),
        # several codes
        ("# dutybook: ignore W001, N003 总行", "1 silenced"),
        ("# dutybook: ignore N003 W001 总行", "1 silenced"),
        ("# dutybook: ignore N003，W001、T001 总行", "1 silenced"),
        # not this finding
        ("# dutybook: ignore W002 总行", "W001@6:11 B013@6:25 0 silenced"),
        ("# dutybook: ignore N 总行", "W001@6:11 B013@6:25 0 silenced"),
        ("# dutybook: ignore X999 总行", "W001@6:11 B013@6:25 0 silenced"),
        # no code, no reason
        ("# dutybook: ignore", "W001@6:11 B012@6:25 0 silenced"),
        ("# dutybook: ignore W001", "W001@6:11 B012@6:25 0 silenced"),
        ("# dutybook: ignore W001, W002", "W001@6:11 B012@6:25 0 silenced"),
        ("# dutybook: ignore W001:", "W001@6:11 B012@6:25 0 silenced"),
        ("# dutybook: ignore W001 ……", "W001@6:11 B012@6:25 0 silenced"),
        ("# dutybook: ignore 总行统一表述", "W001@6:11 B012@6:25 0 silenced"),
        ("# dutybook: ignore Wording of head office", "W001@6:11 B012@6:25 0 silenced"),
        ("# dutybook: ignore W0012 总行", "W001@6:11 B012@6:25 0 silenced"),
        ("# dutybook: ignore w001 总行", "W001@6:11 B012@6:25 0 silenced"),
        # no such comment at all
        ("# dutybook: ignored W001 总行", "W001@6:11 0 silenced"),
        ("# dutybook ignore W001 总行", "W001@6:11 0 silenced"),
        ("# noqa: W001", "W001@6:11 0 silenced"),
        # the first of a line counts
        ("# see 7 # dutybook: ignore W001 总行", "1 silenced"),
        ("# dutybook: ignore W001 总行 # dutybook: ignore W002", "1 silenced"),
    ],
)
def test_a_comment_on_the_line(comment: str, expected: str) -> None:
    assert " ".join(said(CATCH_ALL.format(above="", after=f"  {comment}"))) == expected


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("\n    # dutybook: ignore W001 总行", "1 silenced"),
        ("\n# dutybook: ignore W001 总行", "1 silenced"),
        # over other comments, each for the same line
        ("\n    # dutybook: ignore W001 总行\n    # 见总行文件", "1 silenced"),
        ("\n    # dutybook: ignore W002 总行\n    # dutybook: ignore W001 总行",
         "B013@6:5 1 silenced"),
        ("\n    # dutybook: ignore W001 总行\n    # dutybook: ignore W001 分行",
         "B013@7:5 1 silenced"),
        # one line further up, or at the end of the line above
        ("\n    # dutybook: ignore W001 总行\n", "B013@6:5 W001@8:11 0 silenced"),
        ("  # dutybook: ignore W001 总行", "B013@5:16 W001@6:11 0 silenced"),
    ],
)  # fmt: skip
def test_a_comment_above_the_line(above: str, expected: str) -> None:
    assert " ".join(said(CATCH_ALL.format(above=above, after=""))) == expected


def test_a_comment_below_silences_nothing() -> None:
    text = CATCH_ALL.format(above="", after="\n    # dutybook: ignore W001 总行\n")
    assert said(text) == ["W001@6:11", "B013@7:5", "0 silenced"]


def test_one_comment_silences_all_findings_of_its_line() -> None:
    duties = "  - id: check\n    title: 检查\n    items:\n      - {text: '临时交办的事务，', cadence: periodic}"
    assert said(role(duties=duties + "\n")) == ["W001@7:16", "W007@7:16", "W002@7:37", "0 silenced"]
    silenced = said(role(duties=duties + "  # dutybook: ignore W 临时\n"))
    assert silenced == ["3 silenced"]
    two = said(role(duties=duties + "  # dutybook: ignore W001 W007 临时\n"))
    assert two == ["W002@7:37", "2 silenced"]


TEXTS = {
    "double": 'text: "办理业务。 # dutybook: ignore W001 总行"',
    "single": "text: '办理业务。 # dutybook: ignore W001 总行'",
    "several lines": "text: '办理业务。\n      # dutybook: ignore W001 总行\n      '",
    "literal": "text: |\n      办理业务。 # dutybook: ignore W001 总行",
    "literal, on a line of its own": "text: |\n      # dutybook: ignore W001 总行\n      办理业务。",
    "folded": "text: >-\n      办理业务。\n\n      # dutybook: ignore W001 总行",
    "without a blank": "text: 办理业务。# dutybook:ignore W001 总行",
    "in brackets": "text: 办理业务。\n    aliases: ['# dutybook: ignore W001 总行']",
}


@pytest.mark.parametrize("loader", ["libyaml", "python"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_is_no_comment(text: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if loader == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    document = source.read(f"duties:\n  - id: other\n    {text}\n".encode(), TELLER)
    assert not document.problems
    assert "ignore W001" in str(document.data)
    assert list(silence.of_document(document)) == []


COMMENTS = {
    "after a quoted text that looks like one": (
        'a: "b # dutybook: ignore W002 x" # dutybook: ignore W001 总行', (1, 34, 1)),
    "in the head of a literal": ("a: | # dutybook: ignore W001 总行\n  b\n", (1, 6, 1)),
    "in the head of an item's literal": ("- >- # dutybook: ignore W001 总行\n  b\n", (1, 6, 1)),
    "after a literal": ("a: |\n  b\n# dutybook: ignore W001 总行\nc: d", (3, 1, 4)),
    "less indented than a literal": ("a:\n  - |\n    b\n  # dutybook: ignore W001 总行\n", (4, 3, 5)),
    "after a text of two lines": ("a: b\n  c # dutybook: ignore W001 总行\n", (2, 5, 2)),
    "in brackets": ("a: [b, # dutybook: ignore W001 总行\n  c]\n", (1, 8, 1)),
    "after a key": ("a: # dutybook: ignore W001 总行\n  b\n", (1, 4, 1)),
    "before everything": ("# dutybook: ignore W001 总行\na: b\n", (1, 1, 2)),
    "at the very end": ("a: b\n# dutybook: ignore W001 总行", (2, 1, 3)),
    "CRLF": ("a: b\r\n# dutybook: ignore W001 总行\r\nc: d\r\n", (2, 1, 3)),
    "CR": ("a: b\r# dutybook: ignore W001 总行\rc: d\r", (2, 1, 3)),
    "BOM": ("\ufeffa: b # dutybook: ignore W001 总行\n", (1, 6, 1)),
}  # fmt: skip


@pytest.mark.parametrize("loader", ["libyaml", "python"])
@pytest.mark.parametrize(("text", "place"), COMMENTS.values(), ids=COMMENTS)
def test_a_comment_is_one_wherever_yaml_sees_one(
    text: str, place: tuple[int, int, int], loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if loader == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    document = source.read(text.encode(), TELLER)
    assert not document.problems
    assert list(silence.of_document(document)) == [silence.Silencer(*place, ["W001"], "总行")]


def test_a_file_that_is_no_yaml_has_no_comments() -> None:
    assert said("id: 'teller\n# dutybook: ignore W001 总行\n") == ["Y001@1:5", "0 silenced"]


@pytest.mark.parametrize(
    "text",
    [
        "unti: 营业部  # dutybook: ignore S001 总行\n",
        "title: 出纳  # dutybook: ignore Y002 总行\n",
        "unit: !!str 营业部  # dutybook: ignore Y S 总行\n",
        "unit: &a 营业部  # dutybook: ignore Y003 总行\n",
    ],
)
def test_errors_of_yaml_and_shape_are_not_silenced(text: str) -> None:
    report = check(role(head=text))
    codes = {problem.kind.code for problem in report.problems}
    assert {"B013"} < codes
    assert codes & {"S001", "Y002", "Y003", "Y004"}
    assert report.silenced == 0


def test_warnings_of_yaml_are_silenced() -> None:
    report = check(role(head="unit: 010  # dutybook: ignore Y014 机构号\n"))
    assert (report.problems, report.silenced) == ((), 1)
    raised = {
        TELLER: role(head="unit: 010  # dutybook: ignore Y014 机构号\n"),
        "dutybook.yaml": "rules:\n  severity: {Y014: error}\n",
    }
    assert (check(raised).problems, check(raised).silenced) == ((), 1)


@pytest.mark.parametrize("ignore", ["W001", "W"])
def test_a_rule_that_is_left_out_makes_no_comment_idle(ignore: str) -> None:
    text = CATCH_ALL.format(above="", after="  # dutybook: ignore W001 总行")
    assert said(text, (ignore,)) == ["0 silenced"]


def test_findings_about_comments_are_chosen_like_others() -> None:
    text = CATCH_ALL.format(above="  # dutybook: ignore W002 总行", after="  # dutybook: ignore")
    assert said(text) == ["B013@5:16", "W001@6:11", "B012@6:25", "0 silenced"]
    assert said(text, ("B012",)) == ["B013@5:16", "W001@6:11", "0 silenced"]
    assert said(text, ("B01", "W")) == ["0 silenced"]


def test_comments_of_the_book_file_count_too() -> None:
    settings = "tags:\n  现金: 现金业务  # dutybook: ignore B009 下月启用\n  凭证: 空白凭证\n"
    assert said({TELLER: role(), "dutybook.yaml": settings}) == ["B009@3:3", "1 silenced"]


def test_what_depends_on_the_day_can_be_silenced() -> None:
    text = role(head="review_by: 2020-01-01  # dutybook: ignore T001 等待改制\n")
    assert (check(text).problems, check(text).silenced) == ((), 1)


def test_a_finding_without_a_line_is_not_silenced() -> None:
    kind = Kind("F005", "file-ending", Severity.WARNING)
    problem = Problem(kind, "", "", TELLER)
    silencer = silence.Silencer(1, 1, 1, ["F005"], "总行")
    kept, silenced = silence.apply([problem], {TELLER: [silencer]})
    assert (kept[0], silenced) == (problem, [])
    assert [one.kind.code for one in kept[1:]] == ["B013"]


def test_ten_thousand_comments_are_no_trouble() -> None:
    """Looking through all values for each comment, or all comments for each problem, takes minutes."""
    items = "      - 完成临时交办的事务。 # dutybook: ignore W001 临时\n" * 10_000
    report = check(role(duties="  - id: a\n    title: b\n    items:\n" + items))
    assert report.silenced == 10_000
    span = Span(1, 1, 1, 2)
    comments = [silence.Silencer(line, 1, line, ["W001"], "总行") for line in range(20_000)]
    problem = Problem(Kind("W001", "catch-all", Severity.INFO), "", "", TELLER, span)
    kept, silenced = silence.apply([problem] * 20_000, {TELLER: comments})
    assert (len(kept), len(silenced)) == (19_999, 20_000)
