"""Where values, their lines, dashes and comments stand in the text of a YAML file."""

from __future__ import annotations

import pytest

from dutybook import source
from dutybook.document import Route
from dutybook.importers.layout import Layout

TEXT = """\
# 头
title : '库 # 管员' # 岗
purpose: |- # 述
  保管。
  # 非注释

  # 外
aliases: [甲, # 一
  乙]
duties:
  - id: a
    tags: []
  - # 二
    # 三
    id: b

    # 属于 b
# 尾
"""


def layout(text: str = TEXT) -> Layout:
    return Layout(source.read(text.encode(), "x"))


@pytest.mark.parametrize(
    ("route", "text"),
    [
        (("title",), "'库 # 管员'"),
        (("purpose",), "|- # 述\n  保管。\n  # 非注释\n\n  # 外"),
        (("aliases",), "[甲, # 一\n  乙]"),
        (("aliases", 1), "乙"),
        (("duties", 0), "id: a\n    tags: []"),
        (("duties",), "- id: a\n    tags: []\n  - # 二\n    # 三\n    id: b"),
    ],
)
def test_an_extent_is_the_text_of_a_value(route: Route, text: str) -> None:
    made = layout()
    start, end = made.extent(made.document.place(route))
    assert made.source[start:end] == text


def test_a_value_in_brackets_and_one_in_a_block() -> None:
    made = layout()
    routes: list[Route] = [("aliases",), ("duties",), ("duties", 0, "tags"), ("aliases", 0)]
    assert [made.is_flow(made.document.place(one)) for one in routes] == [True, False, False, False]
    assert made.is_block(made.source.index("|-"))
    assert not made.is_block(made.source.index("'"))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_and_comments_are_found_whatever_ends_a_line(newline: str) -> None:
    made = layout(TEXT.replace("\n", newline).removesuffix(newline))
    assert made.newline == newline
    assert made.source == TEXT.replace("\n", newline)
    assert made.comments() == ["# 头", "# 岗", "# 述", "# 一", "# 二", "# 三", "# 属于 b", "# 尾"]
    at = made.source.index("保管")
    assert made.source[made.line_start(at) : made.line_end(at)] == "  保管。"
    assert made.source[made.next_line(at) :].startswith("  # 非注释")
    assert made.lead(made.line_start(at)) == "  "
    assert made.source[made.after(("duties", 1), "  ") :] == "# 尾" + newline
    assert made.has_empty_line(at, made.source.index("aliases"))
    assert not made.has_empty_line(0, at)


def test_the_dash_of_an_entry_is_found_above_it() -> None:
    made = layout()
    assert made.source[made.dash(("duties", 0)) :].startswith("- id: a")
    assert made.source[made.dash(("duties", 1)) :].startswith("- # 二")
    assert made.indent(("duties", 1)) == "  "
    assert made.indent(("duties", 1, "id")) == "    "
    with pytest.raises(ValueError, match=r"^$"):
        made.dash(("aliases", 1))


def test_a_value_begins_behind_the_colon_of_its_key() -> None:
    made = layout()
    title = made.document.place(("title",))
    assert title.key is not None
    assert made.source[made.behind_colon(title.key[1]) :].startswith(" '库")
    assert made.source[made.whole(title)[0] :].startswith("title")
    asked = layout("? title\n: 库管员\n").document.place(("title",))
    assert asked.key is not None
    with pytest.raises(ValueError, match=r"^$"):
        layout("? title\n: 库管员\n").behind_colon(asked.key[1])


def test_the_text_of_a_file_without_line_breaks_gets_one() -> None:
    made = layout("title: 库管员")
    assert (made.source, made.newline) == ("title: 库管员\n", "\n")
