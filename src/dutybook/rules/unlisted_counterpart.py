"""B010: a position that a duty's text names is among its counterparts.

Texts are looked through once for the first two characters of all titles together; only there is a
stretch of each length that a title with this beginning has looked up. The time grows with the
length of the texts, not with texts times titles.
"""

import re
from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import TELLER, Example, Finding, Rule, Whole, route_of
from dutybook.text import safe

_SHORTEST = 2


def finish(book: Whole) -> Iterator[Finding]:
    """Report the titles that stand in a text without the position being a counterpart."""
    titles = _titles(book)
    if not titles:
        return
    lengths: dict[str, set[int]] = {}
    for title in titles:
        lengths.setdefault(title[:_SHORTEST], set()).add(len(title))
    falling = {start: sorted(found, reverse=True) for start, found in lengths.items()}
    pattern = re.compile(
        "".join(
            "[" + re.escape("".join(sorted({start[place] for start in falling}))) + "]"
            for place in range(_SHORTEST)
        )
    )
    for facts in book.valid:
        for passage in facts.passages:
            for title in _standing_in(passage.text, pattern, falling, titles):
                meant = titles[title]
                if facts.id not in meant and not meant.intersection(passage.counterparts):
                    yield Finding(
                        tr(
                            "{title} stands in the text and not in counterparts.", title=safe(title)
                        ),
                        tr("Add `counterparts: [{id}]`.", id=min(meant)),
                        route_of(passage.route),
                        facts.path,
                    )


def _titles(book: Whole) -> dict[str, set[str]]:
    """Return the positions that each title or alias means."""
    titles: dict[str, set[str]] = {}
    for id_, title in book.settings.positions.items():
        titles.setdefault(title, set()).add(id_)
    for facts in book.valid:
        for name in (facts.title, *facts.aliases):
            titles.setdefault(name, set()).add(facts.id)
    return {title: ids for title, ids in titles.items() if len(title) >= _SHORTEST}


def _standing_in(
    text: str, pattern: re.Pattern[str], lengths: dict[str, list[int]], titles: dict[str, set[str]]
) -> list[str]:
    """Return the titles that stand in a text, each once; of two at one place the longer."""
    found: dict[str, None] = {}
    position = 0
    while match := pattern.search(text, position):
        position = match.start()
        stretches = (text[position : position + length] for length in lengths.get(match[0], ()))
        title = next((stretch for stretch in stretches if stretch in titles), None)
        if title is not None:
            found[title] = None
        position += len(title) if title else 1
    return list(found)


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - id: guide\n    title: 引导\n    text: 协助大堂经理引导客户。\n{more}"
_BOOK = "positions:\n  lobby-manager: 大堂经理\n"

RULE = Rule(
    Kind("B010", "unlisted-counterpart", Severity.INFO),
    mark("The text of a duty names a position that is not among its counterparts."),
    mark("Who asks with whom a position works is answered from `counterparts`."),
    Example({TELLER: _ROLE.format(more=""), "dutybook.yaml": _BOOK}, (TELLER, 6, 11)),
    Example(
        {TELLER: _ROLE.format(more="    counterparts: [lobby-manager]\n"), "dutybook.yaml": _BOOK}
    ),
    finish=finish,
)
