"""YAML to plain data with places: values, spans, refusals, and that nothing ever raises."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutybook.characters import FORBIDDEN
from dutybook.document import Document, Route
from dutybook.problems import Span
from dutybook.source import MAX_DEPTH, read, scalar
from tests.conftest import CUSTOMER_MANAGER

pytestmark = pytest.mark.usefixtures("either_loader")
bounded = settings(deadline=None, max_examples=200)


def found(document: Document) -> list[tuple[str, int, int]]:
    return [
        (problem.kind.code, problem.span.line, problem.span.column)
        for problem in document.problems
        if problem.span
    ]


VALUES: dict[str, tuple[str, Any]] = {
    "words-of-yaml-1.1": (
        "{a: no, b: on, c: 010, d: 1:30, e: 1.10, f: 2026-01-02, g: 0x1F, h: .nan, i: 1_000}",
        {"a": "no", "b": "on", "c": "010", "d": "1:30", "e": "1.10", "f": "2026-01-02",
         "g": "0x1F", "h": ".nan", "i": "1_000"},
    ),
    "words-as-keys": ("no: a\n1: b\n2026-01-02: c\n", {"no": "a", "1": "b", "2026-01-02": "c"}),
    "nothing": ("a:\nb: ~\nc: null\nd: NULL\ne: Null\n", dict.fromkeys("abcde")),
    "quoted": ("a: 'null'\nb: \"\"\nc: '~'\nd: \"\\u67dc员\"\n",
               {"a": "null", "b": "", "c": "~", "d": "柜员"}),
    "quoted-merge-key": ("'<<': a", {"<<": "a"}),
    "block": ("a: |\n  办理\n  核对\nb: >-\n  办理\n  核对\n", {"a": "办理\n核对\n",
              "b": "办理 核对"}),
    "nested": ("a:\n- b: [c, {d: e}]\n-\n", {"a": [{"b": ["c", {"d": "e"}]}, None]}),
    "explicit-key": ("? a\n: b\n", {"a": "b"}),
    "directive": ("%YAML 1.2\n---\na: b\n...\n", {"a": "b"}),
    "chinese-marks": ("a: “柜员”：一，二", {"a": "“柜员”：一，二"}),
    "comment-with-blank": ("a: b # c\n# d\n", {"a": "b"}),
    "hash-in-quotes": ("a: 'b #c'\nd: e#f\n", {"a": "b #c", "d": "e#f"}),
    "scalar": ("柜员", "柜员"),
    "byte-order-mark": ("\ufeffa: b", {"a": "b"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "data"), VALUES.values(), ids=VALUES.keys())
def test_values_stay_text(text: str, data: Any) -> None:
    document = read(text.encode(), "p")
    assert (document.data, document.problems) == (data, ())


def test_values_that_other_readers_take_for_no_text() -> None:
    text = (
        "a: no\nb: [x, 12, '12', 1.5e3, 0o17]\nc: {d: 2026-01-02}\ne: ~\nf: 二〇\n"
        "g: |\n  12\nh: <<\ni: -\u4e00\nj: 1,5\nk: '='\nl: =\n"
    )
    routes: tuple[Route, ...] = (("a",), ("b", 1), ("b", 3), ("b", 4), ("c", "d"), ("h",), ("l",))
    assert read(text.encode(), "p").retyped == routes


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_line_breaks_are_alike(newline: str) -> None:
    text = CUSTOMER_MANAGER.replace("\n", newline)
    assert read(text.encode(), "p").data == read(CUSTOMER_MANAGER.encode(), "p").data
    document = read((text + f"x: 'a{newline}").encode(), "p")
    assert found(document) == [("Y001", CUSTOMER_MANAGER.count("\n") + 1, 4)]


# Bytes, then the findings: code, line, column.
REFUSALS: dict[str, tuple[bytes, list[tuple[str, int, int]]]] = {
    "anchor": (b"a: &x b", [("Y003", 1, 4)]),
    "alias": (b"a: [b, *x]", [("Y003", 1, 8)]),
    "alias-as-file": (b"*x", [("Y003", 1, 1)]),
    "alias-as-key": (b"*x : b", [("Y003", 1, 1)]),
    "tag": (b"a: !!set {b, c}", [("Y004", 1, 4)]),
    "tag-on-key": (b"!!str a: b", [("Y004", 1, 1)]),
    "tag-as-file": (b"!x", [("Y004", 1, 1)]),
    "tag-directive": (b"%YAML 1.1\n%TAG ! x\n---\na: b", [("Y004", 2, 1)]),
    "tag-directive-cr": (b"#\r%TAG ! x\r---\ra: b", [("Y004", 2, 1)]),
    "merge": (b"a: b\n<<: {c: 12}", [("Y005", 2, 1)]),
    "twice": (b"a: b\n'a': 12\n\"a\": {c: 12}", [("Y002", 2, 1), ("Y002", 3, 1)]),
    "key-list": (b"? [a, *x, !y z]\n: [12]", [("Y017", 1, 3)]),
    "key-mapping": (b"{a: b}: 12", [("Y017", 1, 1)]),
    "key-nothing": (b"a: b\nnull: c", [("Y017", 2, 1)]),
    "second-document": (b"a: b\n---\n*x", [("Y007", 2, 1)]),
    "escape": (b'a: "\\e[2J"\nb: ["\\u202e"]', [("Y009", 1, 4), ("Y010", 2, 5)]),
    "escape-in-key": (b'"a\\0": b', [("Y009", 1, 1)]),
    "tab": (b"a: 'b\tc'", [("Y019", 1, 4)]),
    "comment": (b"a: b #c\nd: [e, f  #1\n]", [("Y015", 1, 6), ("Y015", 2, 11)]),
    "conflict": (b"a: b\n<<<<<<< HEAD\nc: d\n", [("Y016", 2, 1)]),
    "conflict-cr": (b"a: b\r>>>>>>>\r", [("Y016", 2, 1)]),
    "no-conflict": (b"a: |\n  <<<<<<< HEAD\nb: '>>>>>>>>'\n", []),
    "utf-16": ("a: 柜员".encode("utf-16"), [("F004", 1, 1)]),
    "utf-16-no-mark": ("a: bcd".encode("utf-16-be"), [("F004", 1, 1)]),
    "gbk": ("a: b\nc: 柜员".encode("gbk"), [("F004", 2, 4)]),
    "utf-8-then-byte": (b"\xef\xbb\xbfa: b\r\n\rd\xe9", [("F004", 3, 2)]),
    "zip": (b"PK\x03\x04\x14\x00", [("F004", 1, 1)]),
    "ole": (b"\xd0\xcf\x11\xe0\xa1\xb1", [("F004", 1, 1)]),
    "pdf": (b"%PDF-1.7\n", [("F004", 1, 1)]),
    "nothing": (b"\n# nothing\n", [("Y018", 1, 1)]),
}


@pytest.mark.parametrize(("raw", "findings"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_refusal_is_one_finding(raw: bytes, findings: list[tuple[str, int, int]]) -> None:
    document = read(raw, "p")
    assert found(document) == findings
    assert document.retyped == ()  # of what was refused nothing more is said


def test_what_is_not_utf_8_is_named() -> None:
    [gbk] = read("a: b\nc: 柜员".encode("gbk"), "p").problems
    assert gbk.message == "The file is not UTF-8: byte 0xB9. It looks like GBK (GB18030)."
    [latin] = read(b"\xef\xbb\xbfx: 1\nd\xe9", "p").problems
    assert latin.message == "The file is not UTF-8: byte 0xE9."


def test_a_key_that_is_there_twice_names_both() -> None:
    document = read(b"a: 1\nb: 2\n'a': 3\n", "p")
    [problem] = document.problems
    assert problem.message == "The key a is there twice; the first is on line 1."
    assert [(related.path, related.span) for related in problem.related] == [
        ("p", Span(1, 1, 1, 2))
    ]
    assert document.data == {"a": "1", "b": "2"}


def test_reading_goes_on_after_a_refusal() -> None:
    document = read(b"a: &x 1\nb: !y 2\nc: *x\n<<: *x\n? [d]\n: e\nf: g\n", "p")
    assert [code for code, _, _ in found(document)] == [
        "Y003",
        "Y004",
        "Y003",
        "Y005",
        "Y003",
        "Y017",
    ]
    assert document.data == {"a": "1", "b": "2", "c": None, "f": "g"}
    assert document.broken >= {("b",), ("c",)}
    assert document.incomplete == {()}


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")],
    ids=["lists", "mappings", "entries", "keys"],
)
def test_the_deepest_nesting(opening: str, closing: str) -> None:
    def codes(depth: int) -> list[str]:
        raw = opening * depth + "x" + closing * depth
        return [problem.kind.code for problem in read(raw.encode(), "p").problems]

    assert "Y006" not in codes(MAX_DEPTH)
    assert codes(MAX_DEPTH + 1)[-1] == "Y006"
    assert codes(300)[-1] == "Y006"


# -- what holds for any file


def check_places(document: Document) -> None:
    """Assert that every span lies within the file: columns may go one beyond the last."""
    lines = document.lines
    for problem in document.problems:
        for span in (problem.span, *(related.span for related in problem.related)):
            assert span is not None
            if not document.text:  # it could not be decoded: the place counts its bytes
                continue
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert 1 <= span.line <= span.end_line <= len(lines)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 2


PIECES = [
    b"[", b"]", b"{", b"}", b": ", b"- ", b"? ", b"&a ", b"*a", b"!x ", b"!!set ", b'"', b"'",
    b"\n",
    b"\r", b"\t", b"#", b" #x", b"|", b">", b"---\n", b"...\n", b"%TAG", b"<<: ", b"<<<<<<< ", b"~",
    b"null",
    b'"\\ud800"', b"\\x00", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85", b"\x00", b"\xff", b",",
    b"  ",
    b"@", b"12", b'"[key]": ', "：".encode(), "－ ".encode(), "柜员".encode(), b"a: b\n", b"id: ",
    b"duties:",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Draw a role file with pieces put in and stretches taken out."""
    raw = CUSTOMER_MANAGER.encode()
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(raw)))
        length = draw(st.sampled_from([0, 0, 1, 3, 30]))
        raw = raw[:start] + draw(st.sampled_from([b"", *PIECES])) + raw[start + length :]
    return raw


@bounded
@given(
    st.one_of(st.binary(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))
)
def test_no_bytes_raise(raw: bytes) -> None:
    check_places(read(raw, "p"))


@bounded
@given(mutated())
def test_no_role_file_raises(raw: bytes) -> None:
    document = read(raw, "p")
    check_places(document)
    assert document.data is not None or document.problems
    for route in document.retyped:
        assert document.span(route).line >= 1


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("柜员", "柜员"),
        ("12", '"12"'),
        ("no", '"no"'),
        ("null", '"null"'),
        ("", '""'),
        ("时间: 八点", "'时间: 八点'"),
        ("- a", "'- a'"),
        ("1 #2", "'1 #2'"),
        ("it's", "it's"),
        ("等…...", "等…..."),
        ("0o17", '"0o17"'),
    ],
)
def test_scalar(text: str, written: str) -> None:
    assert scalar(text) == written


usual = st.characters(exclude_categories=["Cs"]).filter(
    lambda one: one not in "\t\r\n" and not FORBIDDEN.match(one)
)


@bounded
@given(st.text(st.one_of(st.sampled_from(" :#-'\"[]{},&*!|>%@`~.0"), usual)))
def test_a_scalar_is_read_as_it_was(text: str) -> None:
    written = f"title: {scalar(text)}\n"
    document = read(written.encode(), "p")
    assert "\n" not in written[:-1]
    assert document.retyped == ()
    assert document.data == {"title": text}
