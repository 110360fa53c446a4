"""Y: what is wrong with the text of a file. The reader reports by itself."""

from dutybook import characters, source
from dutybook.messages import mark
from dutybook.rules.base import TELLER, Example, Rule, bad, good
from dutybook.rules.of_files import ROLE

_DUTY = "id: teller\ntitle: 柜员\nduties:\n  - id: cash\n    title: 现金\n    text: "

YAML_RULES = (
    Rule(
        source.SYNTAX,
        mark("The file is not YAML."),
        mark("Nothing after the place can be understood."),
        bad(_DUTY + "'办理现金收付。\n", 6, 11),
        good(_DUTY + "'办理现金收付。'\n"),
    ),
    Rule(
        source.DUPLICATE_KEY,
        mark("A key is there twice."),
        mark("Most programs silently keep the last and lose the first."),
        bad(
            "id: teller\ntitle: 柜员\ntitle: 出纳\nduties:\n  - {id: cash, title: 现金, text: 收付。}\n",
            3,
            1,
        ),
        good(ROLE),
    ),
    Rule(
        source.ANCHOR,
        mark("An anchor (`&name`) or an alias (`*name`)."),
        mark(
            "A role says what it says where it says it; aliases can also blow a file up without end."
        ),
        bad(_DUTY + "&a 办理现金收付。\n", 6, 11),
        good(ROLE),
    ),
    Rule(
        source.TAG,
        mark("A tag (`!name`) or a %TAG directive."),
        mark(
            "A tag asks the reader to make something else of a value; some readers run code for it."
        ),
        bad(_DUTY + "!!str 办理现金收付。\n", 6, 11),
        good(ROLE),
    ),
    Rule(
        source.MERGE_KEY,
        mark("A merge key (`<<`)."),
        mark("It is gone from YAML 1.2, and what it brings in is not to be seen where it acts."),
        bad(_DUTY + '办理现金收付。\n    <<: {label: "1"}\n', 7, 5),
        good(ROLE),
    ),
    Rule(
        source.TOO_DEEP,
        mark("The file is nested more than 16 levels deep."),
        mark("A role needs four; deeper nesting is a bracket that was never closed, or an attack."),
        bad(_DUTY + "[" * 20 + "]" * 20 + "\n", 6, 24),
        good(ROLE),
    ),
    Rule(
        source.SECOND_DOCUMENT,
        mark("A second document begins in the file."),
        mark("A file holds one position; the second would be lost."),
        bad(ROLE + "---\nid: cashier\n", 7, 1),
        good(ROLE),
    ),
    Rule(
        source.FULL_WIDTH,
        mark("A full-width colon or dash stands where YAML needs a half-width one."),
        mark("A Chinese input method types `：`, which YAML takes for text."),
        bad("id: teller\ntitle：柜员\nduties:\n  - {id: cash, title: 现金, text: 收付。}\n", 2, 6),
        good(ROLE),
    ),
    Rule(
        characters.CONTROL,
        mark("A control character, or one that other programs take for a line break."),
        mark("It can rewrite what a terminal shows, break a table, or hide a line."),
        bad(_DUTY + '"办理\\e[2J现金收付。"\n', 6, 11),
        good(ROLE),
    ),
    Rule(
        characters.BIDI,
        mark("A character that reverses the direction of reading."),
        mark("It makes a text look other than it is (Trojan Source)."),
        bad(_DUTY + "办理\u202e现金收付。\n", 6, 13),
        good(ROLE),
    ),
    Rule(
        characters.INVISIBLE,
        mark("An invisible character."),
        mark("Two texts look the same and are not: a search finds one of them."),
        bad(_DUTY + "办理\u200b现金收付。\n", 6, 13),
        good(ROLE),
    ),
    Rule(
        characters.PRIVATE_USE,
        mark("A private-use character."),
        mark(
            "It comes from an old font and shows as a box, or as something else, on other machines."
        ),
        bad(_DUTY + "办理\ue000现金收付。\n", 6, 13),
        good(ROLE),
    ),
    Rule(
        characters.COMPATIBILITY,
        mark("A compatibility form or a radical in place of the usual character."),
        mark("It comes from PDF files, looks the same, and is another character to every program."),
        bad(_DUTY + "办理\u2f64户业务。\n", 6, 13),
        good(ROLE),
    ),
    Rule(
        source.RETYPED,
        mark("An unquoted text that other YAML readers take for a number, a date or yes and no."),
        mark("`010` becomes 8, `1:30` becomes 90 and `no` becomes false, depending on the reader."),
        bad("id: teller\ntitle: 010\nduties:\n  - {id: cash, title: 现金, text: 收付。}\n", 2, 8),
        good('id: teller\ntitle: "010"\nduties:\n  - {id: cash, title: 现金, text: 收付。}\n'),
    ),
    Rule(
        source.CUT_BY_COMMENT,
        mark("A text is cut off by ` #`, which begins a comment."),
        mark("What stands after it is lost, and nothing else says so."),
        bad(_DUTY + "在 #1号窗口办理现金收付。\n", 6, 13),
        good(_DUTY + '"在 #1号窗口办理现金收付。"\n'),
    ),
    Rule(
        source.CONFLICT,
        mark("A conflict of a merge was left in the file."),
        mark("Both sides stand there, and neither is the duty."),
        bad("id: teller\n<<<<<<< HEAD\ntitle: 柜员\n=======\ntitle: 出纳\n>>>>>>> x\n", 2, 1),
        good(ROLE),
    ),
    Rule(
        source.KEY_NOT_TEXT,
        mark("A key that is missing, or that is a list or mapping."),
        mark("A key is a word of the role format."),
        bad(ROLE + "? [a, b]\n: c\n", 7, 3),
        good(ROLE),
    ),
    Rule(
        source.EMPTY,
        mark("The file is empty."),
        mark(
            "A file that was emptied by accident would be a position that vanished without a word."
        ),
        bad("# 待写\n", 1, 1),
        good(ROLE),
    ),
    Rule(
        source.TAB,
        mark("A tab inside a text."),
        mark("It shifts columns in tables and splits fields in tab-separated output."),
        bad(_DUTY + "办理\t现金收付。\n", 6, 11),
        good(ROLE),
    ),
    Rule(
        characters.LOST,
        mark("The character U+FFFD, which stands for one that was lost in a conversion."),
        mark("A character of the original is gone, and only a person can say which."),
        bad(_DUTY + "办理\ufffd金收付。\n", 6, 13),
        good(ROLE),
    ),
    Rule(
        characters.TOO_MANY,
        mark("A file has more than a thousand problems of reading or shape."),
        mark("They have one cause more often than not; the first thousand are enough to find it."),
        Example({TELLER: ROLE + "".join(f"k{n}: 1\n" for n in range(1001))}, (TELLER, 1, 1)),
        good(ROLE),
    ),
)
