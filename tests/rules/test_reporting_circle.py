"""B005: reporting lines that run in circles, each told once."""

from __future__ import annotations

import pytest

from tests.checking import check, found, place, role


def problems(lines: str) -> list[tuple[object, ...]]:
    """Check a book of `name>superior` pairs; return path, line, column, message, other paths."""
    texts = {}
    for line in lines.split():
        name, _, superior = line.partition(">")
        texts[f"roles/{name}.yaml"] = role(
            name, f"岗位{name}", superior and f"reports_to: {superior}\n"
        )
    return [
        (*place(one), one.message.split(": ")[1], " ".join(other.path for other in one.related))
        for one in found(check(texts), "B005")
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("a b>a c>b d>a", []),
        ("a>a", [("a", "a → a", "")]),
        ("a>b b>a", [("b", "a → b → a", "a")]),
        ("a>b b>c c>a", [("c", "a → b → c → a", "b a")]),
        ("c>a b>c a>b", [("c", "a → b → c → a", "b a")]),
        # what leads into a circle is no part of it
        ("a>b b>c c>b d>a", [("c", "b → c → b", "b")]),
        ("a>a b>a c>b", [("a", "a → a", "")]),
        # several circles
        ("a>b b>a c>d d>c", [("b", "a → b → a", "a"), ("d", "c → d → c", "c")]),
        ("a>a b>b c>a", [("a", "a → a", ""), ("b", "b → b", "")]),
        # a line that ends nowhere
        ("a>x b>a", []),
    ],
)
def test_circles(lines: str, expected: list[tuple[str, str, str]]) -> None:
    assert problems(lines) == [
        (
            f"roles/{name}.yaml",
            3,
            13,
            f"{line}.",
            " ".join(f"roles/{one}.yaml" for one in others.split()),
        )
        for name, line, others in expected
    ]


def test_a_circle_of_a_thousand() -> None:
    lines = " ".join(f"r{number:04}>r{(number + 1) % 1000:04}" for number in range(1000))
    (one,) = problems(lines)
    assert one[0] == "roles/r0999.yaml"


def test_a_broken_file_breaks_the_circle() -> None:
    texts = {
        "roles/a.yaml": role("a", "甲", "reports_to: b\n"),
        "roles/b.yaml": role("b", "乙", "reports_to: a\nunti: c\n"),
    }
    assert found(check(texts), "B005") == []
