"""Characters that must not be in a file, and those that a person should see."""

from __future__ import annotations

import pytest

from dutybook.characters import FORBIDDEN, check

P = "roles/teller.yaml"


@pytest.mark.parametrize(
    ("character", "code", "named"),
    [
        ("\x00", "Y009", "U+0000 \\x00"),
        ("\x1b", "Y009", "U+001B \\x1b"),
        ("\x0b", "Y009", "U+000B \\x0b"),
        ("\x7f", "Y009", "U+007F \\x7f"),
        ("\x85", "Y009", "U+0085 \\x85"),
        ("\x9b", "Y009", "U+009B \\x9b"),
        ("\u2028", "Y009", "U+2028 LINE SEPARATOR"),
        ("\u2029", "Y009", "U+2029 PARAGRAPH SEPARATOR"),
        ("\ufdd0", "Y009", "U+FDD0 \\ufdd0"),
        ("\ufffe", "Y009", "U+FFFE \\ufffe"),
        ("\U0001ffff", "Y009", "U+1FFFF \\U0001ffff"),
        ("\ud842", "Y009", "U+D842 \\ud842"),
        ("\U000e0041", "Y009", "U+E0041 TAG LATIN CAPITAL LETTER A"),
        ("\u202e", "Y010", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2067", "Y010", "U+2067 RIGHT-TO-LEFT ISOLATE"),
        ("\u061c", "Y010", "U+061C ARABIC LETTER MARK"),
        ("\u200b", "Y011", "U+200B ZERO WIDTH SPACE"),
        ("\u200d", "Y011", "U+200D ZERO WIDTH JOINER"),
        ("\ufe0f", "Y011", "U+FE0F VARIATION SELECTOR-16"),
        ("\ufeff", "Y011", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\xad", "Y011", "U+00AD SOFT HYPHEN"),
        ("\u3164", "Y011", "U+3164 HANGUL FILLER"),
        ("\ue5e5", "Y012", "U+E5E5 \\ue5e5"),
        ("\U00100000", "Y012", "U+100000 \\U00100000"),
        ("\uf90a", "Y013", "U+F90A CJK COMPATIBILITY IDEOGRAPH-F90A"),
        ("\u2f26", "Y013", "U+2F26 KANGXI RADICAL CHILD"),
        ("\U0002f804", "Y013", "U+2F804 CJK COMPATIBILITY IDEOGRAPH-2F804"),
        ("\ufffd", "Y020", "U+FFFD REPLACEMENT CHARACTER"),
    ],
)
def test_a_strange_character(character: str, code: str, named: str) -> None:
    for _ in range(2):  # a text that has been seen is looked at again
        text, [problem] = check(f"柜员\n办{character}理\n", P)
        assert (problem.kind.code, problem.path) == (code, P)
        assert named in problem.message
        assert problem.hint
        span = problem.span
        assert span is not None
        assert (span.line, span.column, span.end_line, span.end_column) == (2, 2, 2, 3)
        kept = "\ufffd" if code in {"Y009", "Y010"} else character
        assert text == f"柜员\n办{kept}理\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "柜员：“办理”现金（①）业务。\t\r\n",
        "\U00020bb7野家",  # a character of the second plane
        "\u2e80 \ufa0e",  # radicals and ideographs that are their own usual form
        "👨\u200d👩\u200d👧",
        "❤\ufe0f\u200d🔥 1\ufe0f\u20e3",
        "👩🏽\u200d⚕\ufe0f",
    ],
    ids=["nothing", "chinese", "plane-2", "own-form", "family", "keycap", "skin"],
)
def test_an_honest_text_is_left_alone(text: str) -> None:
    assert check(text, P) == (text, [])


def test_the_hint_names_the_usual_form() -> None:
    _, [problem] = check("\uf90a", P)
    assert problem.hint == "Type 金."


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_lines_are_those_of_editors(newline: str) -> None:
    text = newline.join(["a\u2028b", "\x0c", "c", "柜\x85员\u200b"])
    clean, problems = check(text, P)
    assert len(clean) == len(text)
    assert not FORBIDDEN.search(clean)
    spans = [problem.span for problem in problems]
    assert [(span.line, span.column) for span in spans if span] == [
        (1, 2), (2, 1), (4, 2), (4, 4),
    ]  # fmt: skip
