"""S: a file that does not have the shape of a role. The reader reports by itself."""

from dutybook import records
from dutybook.messages import mark
from dutybook.rules.base import TELLER, Example, Rule, bad, good
from dutybook.rules.of_files import ROLE

_HEAD = "id: teller\ntitle: 柜员\n"
_DUTIES = "duties:\n  - id: cash\n    title: 现金\n    text: 办理现金收付。\n"

SHAPE_RULES = (
    Rule(
        records.UNKNOWN_KEY,
        mark("A key that the role format does not have."),
        mark("A mistyped key would be kept as data that nobody reads."),
        bad(_HEAD + "unti: 营业部\n" + _DUTIES, 3, 1),
        good(_HEAD + "unit: 营业部\n" + _DUTIES),
    ),
    Rule(
        records.MISSING_KEY,
        mark("A required key is missing, or has no value."),
        mark("A role has an id, a title and at least one duty; a duty an id and a title."),
        bad("id: teller\ntitle:\n" + _DUTIES, 2, 1),
        good(ROLE),
    ),
    Rule(
        records.WRONG_TYPE,
        mark("A list where a text belongs, or the like."),
        mark("Every key has one shape; another one means another thing."),
        bad(_HEAD + "aliases: 出纳\n" + _DUTIES, 3, 10),
        good(_HEAD + "aliases: [出纳]\n" + _DUTIES),
    ),
    Rule(
        records.BAD_SLUG,
        mark("An id that is no id."),
        mark("Ids are file names, parts of commands and of links on every system."),
        bad("id: Teller 1\ntitle: 柜员\n" + _DUTIES, 1, 5),
        good(ROLE),
    ),
    Rule(
        records.NOT_FILE_NAME,
        mark("The id is not the file's name."),
        mark("A position is found by its file, and a file by its position."),
        bad("id: cashier\ntitle: 柜员\n" + _DUTIES, 1, 5),
        good(ROLE),
    ),
    Rule(
        records.EMPTY_TEXT,
        mark("A text or a list is empty."),
        mark("What says nothing should not be there; blanks of any width are nothing."),
        bad('id: teller\ntitle: "　"\n' + _DUTIES, 2, 8),
        good(ROLE),
    ),
    Rule(
        records.DUPLICATE_DUTY,
        mark("Two duties of a role have the same id."),
        mark("References and diffs go by the id of a duty."),
        bad(ROLE + "  - id: cash\n    title: 凭证\n    text: 保管凭证。\n", 7, 9),
        good(ROLE + "  - id: vouchers\n    title: 凭证\n    text: 保管凭证。\n"),
    ),
    Rule(
        records.EMPTY_DUTY,
        mark("A duty has neither text nor items."),
        mark("A title alone says what a duty is about, not what is to be done."),
        bad(_HEAD + "duties:\n  - id: cash\n    title: 现金\n", 4, 5),
        good(ROLE),
    ),
    Rule(
        records.BAD_CHOICE,
        mark("A value that is not one of those a key can have."),
        mark("Words of the scale are counted and searched; others would be counted nowhere."),
        bad(ROLE + "    cadence: dayly\n", 7, 14),
        good(ROLE + "    cadence: daily\n"),
    ),
    Rule(
        records.BAD_VALUE,
        mark("A date, number, yes or no, or rule code that is none."),
        mark("A value that a program cannot read is a value it cannot check."),
        bad(_HEAD + _DUTIES + "effective: 2026-02-30\n", 7, 12),
        good(_HEAD + _DUTIES + "effective: 2026-02-28\n"),
    ),
    Rule(
        records.LINE_BREAK,
        mark("A title, name or number runs over several lines."),
        mark("It stands in tables, lists and file names, on one line."),
        bad('id: teller\ntitle: "柜\\n员"\n' + _DUTIES, 2, 8),
        good(ROLE),
    ),
    Rule(
        records.TOO_NEW,
        mark("The book is written in a later format than this program knows."),
        mark("It may say things that this program would misread."),
        Example({"dutybook.yaml": "format: 99\n", TELLER: ROLE}, ("dutybook.yaml", 1, 9)),
        Example({"dutybook.yaml": "format: 1\n", TELLER: ROLE}),
    ),
)
