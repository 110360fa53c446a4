"""F: what is wrong with a file before a character of it is read. The reader reports by itself."""

from dutybook import files, source
from dutybook.messages import mark
from dutybook.problems import Kind
from dutybook.rules.base import TELLER, Example, Rule, good

ROLE = "id: teller\ntitle: 柜员\nduties:\n  - id: cash\n    title: 现金\n    text: 办理现金收付。\n"


def _rule(kind: Kind, what: str, why: str, bad: Example) -> Rule:
    return Rule(kind, what, why, bad, good(ROLE))


FILE_RULES = (
    _rule(
        files.UNREADABLE,
        mark("A file or folder of the book cannot be read."),
        mark("What cannot be read is not checked, not searched and not shown."),
        Example({}),
    ),
    _rule(
        files.NOT_A_FILE,
        mark("A name of a role file is a folder, a pipe, a device, or a link out of the book."),
        mark(
            "Only plain files are read: a pipe would never end, a link would publish another file."
        ),
        Example({TELLER + "/x": ""}, (TELLER, 0, 0)),
    ),
    _rule(
        files.TOO_LARGE,
        mark("A role file is larger than 1 MiB."),
        mark("A position takes a few kilobytes; something else got into the file."),
        Example({TELLER: "#" * (files.MAX_BYTES + 1)}, (TELLER, 0, 0)),
    ),
    _rule(
        source.NOT_UTF8,
        mark("A file is not UTF-8 text."),
        mark(
            "Git, editors and search would each show something else; Word and Excel files are no text."
        ),
        Example({TELLER: ROLE.encode("gb18030")}, (TELLER, 2, 8)),
    ),
    _rule(
        files.FILE_ENDING,
        mark("A role file is named `.yml` or `.YAML`."),
        mark("One ending for all: tools that look for `.yaml` pass over the others."),
        Example({"roles/teller.yml": ROLE}, ("roles/teller.yml", 0, 0)),
    ),
    _rule(
        files.LINK,
        mark("A link to another file of the book is passed over."),
        mark("A position is one file; read through a link it would be there twice."),
        Example({}),
    ),
    _rule(
        files.FILE_NAME,
        mark("The name of a role file is not UTF-8."),
        mark("A role file is named for its id, which is small Latin letters."),
        Example({}),
    ),
)
