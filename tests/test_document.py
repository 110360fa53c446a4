"""The places of values and keys in a file, as they were read."""

from __future__ import annotations

import pytest

from dutybook.document import Route
from dutybook.problems import Span
from dutybook.source import read

pytestmark = pytest.mark.usefixtures("either_loader")

PLACES = """\
id: teller
unit:
contacts:
  internal:
    - 运营部
    - a: b
      c: d
    -
    - []
rotation: {max_years: 3}
purpose: |
  办理
  核对
"key": 'va
  lue'
last: x"""


@pytest.mark.parametrize(
    ("route", "span"),
    [
        (("id",), Span(1, 5, 1, 11)),
        (("unit",), Span(2, 1, 2, 5)),  # no value: its key
        (("contacts",), Span(3, 1, 3, 9)),  # not all it holds
        (("contacts", "internal"), Span(4, 3, 4, 11)),
        (("contacts", "internal", 0), Span(5, 7, 5, 10)),
        (("contacts", "internal", 1), Span(6, 7, 6, 8)),  # its first key
        (("contacts", "internal", 1, "c"), Span(7, 10, 7, 11)),
        (("contacts", "internal", 3), Span(9, 7, 9, 9)),
        (("contacts", "internal", 9, "nowhere"), Span(4, 3, 4, 11)),
        (("rotation", "max_years"), Span(10, 23, 10, 24)),
        (("purpose",), Span(11, 10, 13, 5)),
        (("key",), Span(14, 8, 15, 7)),
        (("last", "text"), Span(16, 7, 16, 8)),
        ((), Span(1, 1, 1, 3)),
    ],
    ids=str,
)
def test_the_span_of_a_value(route: Route, span: Span) -> None:
    document = read(PLACES.encode(), "p")
    assert document.problems == ()
    assert document.span(route) == span


@pytest.mark.parametrize(
    ("route", "span"),
    [
        (("id",), Span(1, 1, 1, 3)),
        (("contacts", "internal"), Span(4, 3, 4, 11)),
        (("rotation", "max_years"), Span(10, 12, 10, 21)),
        (("key",), Span(14, 1, 14, 6)),
    ],
    ids=str,
)
def test_the_span_of_a_key(route: Route, span: Span) -> None:
    assert read(PLACES.encode(), "p").span(route, key=True) == span


@pytest.mark.parametrize(
    ("text", "span"),
    [("- a", Span(1, 1, 1, 4)), ("- [b\n  , c]\n\n", Span(1, 1, 2, 7)), ("- ", Span(1, 1, 1, 3))],
)
def test_a_file_may_end_anywhere(text: str, span: Span) -> None:
    assert read(text.encode(), "p").span(()) == span


def test_a_place_is_that_of_the_nearest_value_on_a_route() -> None:
    document = read(b"a:\n  - b\n", "p")
    assert document.root is not None
    assert document.place(()) is document.root
    assert isinstance(document.root.children, dict)
    assert document.place(("a", 1, "c")) is document.root.children["a"]


def test_a_file_without_data_has_one_place() -> None:
    document = read(b"", "p")
    assert document.span(("id",)) == Span(1, 1, 1, 1)
    assert document.line(("id",)) == 1
    assert list(document.scalars()) == []
