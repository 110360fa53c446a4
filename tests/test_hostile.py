"""Bad, odd and good role files: what each one is, and all that is said of it.

Every file is one role with one thing about it. Findings are written `code@line`, `code@line+other`
where a second place is named. The same is said with libyaml and without it.
"""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from dutybook.problems import Problem, worst
from dutybook.records import Record, read_role, read_settings


@pytest.fixture(params=["libyaml", "python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with libyaml and without it."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


def role(
    title: str = "柜员", text: str = "办理现金收付，做到日清日结。", more: str = "",
    before: str = "",
    id_: str = "teller",
) -> bytes:  # fmt: skip
    """Return a role file: the title is on line 2, the text on line 6, more begins on line 7."""
    return (
        f"{before}id: {id_}\ntitle: {title}\nduties:\n"
        f"  - id: cash\n    title: 现金业务\n    text: {text}\n{more}"
    ).encode()


def read(raw: bytes) -> Record:
    return read_role(raw, "roles/teller.yaml", "teller")


def shown(problem: Problem) -> str:
    assert problem.span is not None
    others = "".join(f"+{related.span.line}" for related in problem.related)
    return f"{problem.kind.code}@{problem.span.line}{others}"


BASE = role()
REST = BASE[BASE.index(b"duties") :]  # what follows the first two lines

# Name: the file, the worst severity, every finding.
FILES: dict[str, tuple[bytes, str, str]] = {
    # encodings
    "utf-8-bom": (b"\xef\xbb\xbf" + BASE, "ok", ""),
    "utf-8-two-boms": (b"\xef\xbb\xbf" * 2 + BASE, "warning", "Y011@1"),
    "utf-16-le-bom": (BASE.decode().encode("utf-16"), "error", "F004@1"),
    "utf-16-be-bom": (b"\xfe\xff" + BASE.decode().encode("utf-16-be"), "error", "F004@1"),
    "utf-16-le": (BASE.decode().encode("utf-16-le"), "error", "F004@1"),
    "utf-32": (BASE.decode().encode("utf-32"), "error", "F004@1"),
    "gbk": (BASE.decode().encode("gbk"), "error", "F004@2"),
    "gb18030-after-bom": (b"\xef\xbb\xbf" + BASE.decode().encode("gb18030"), "error", "F004@2"),
    "big5": (role("櫃員").decode().replace("办", "").encode("big5", "ignore"), "error", "F004@2"),
    "gbk-in-last-line": (BASE + "unit: 网点".encode("gbk"), "error", "F004@7"),
    "byte-in-comment": (b"# na\xefve\n" + BASE, "error", "F004@1"),
    "overlong": (BASE.replace("，".encode(), b"\xe0\x80\xaf"), "error", "F004@6"),
    "beyond-unicode": (BASE.replace("，".encode(), b"\xf5\x80\x80\x80"), "error", "F004@6"),
    "raw-surrogate": (BASE.replace("，".encode(), b"\xed\xa1\x82"), "error", "F004@6"),
    "cut-character": (BASE[:-2], "error", "F004@6"),
    # line breaks
    "crlf": (BASE.replace(b"\n", b"\r\n"), "ok", ""),
    "cr": (BASE.replace(b"\n", b"\r"), "ok", ""),
    "cr-counts-lines": (BASE.replace(b"\n", b"\r") + b"unti: a", "error", "S001@7"),
    "mixed": (BASE.replace(b"\n", b"\r\n", 3).replace(b"\r\n", b"\r", 1), "ok", ""),
    "no-final-newline": (BASE.rstrip(), "ok", ""),
    "nel": (role(text="收付\x85核对"), "error", "Y009@6"),
    "nel-quoted": (role(text="'收付\x85核对'"), "error", "Y009@6"),
    "nel-moves-no-lines": (role("柜\x85员", more="unti: a"), "error", "Y009@2 S001@7"),
    "ls-in-comment": (role(before="# 注\u2028title: 假\n"), "error", "Y009@1"),
    "ps": (role(text="收付\u2029核对"), "error", "Y009@6"),
    # controls
    "nul": (role(text="收\x00付"), "error", "Y009@6"),
    "nul-escaped": (role(text='"收\\0付"'), "error", "Y009@6"),
    "ansi": (role("\x1b[31m柜员"), "error", "Y009@2"),
    "ansi-escaped": (role('"\\e[2K柜员"'), "error", "Y009@2"),
    "osc-8": (role(text='"\\e]8;;http://example.invalid\\a收付"'), "error", "Y009@6"),
    "c1-escaped": (role(text='"\\x9b2J收付"'), "error", "Y009@6"),
    "backspace": (role(text='"收付\\b\\b"'), "error", "Y009@6"),
    "delete": (role(text="收\x7f付"), "error", "Y009@6"),
    "vertical-tab": (role(text='"收\\v付"'), "error", "Y009@6"),
    "form-feed": (role(text="收\x0c付"), "error", "Y009@6"),
    "escape-in-key": (role(more='"un\\eit": a'), "error", "Y009@7"),
    "tab": (role(text="'收\t付'"), "warning", "Y019@6"),
    "tab-escaped": (role(text='"收\\t付"'), "warning", "Y019@6"),
    # characters
    "bidi": (role(text="\u202e收付"), "error", "Y010@6"),
    "bidi-isolate": (role(text="\u2066收付\u2069"), "error", "Y010@6 Y010@6"),
    "bidi-escaped": (role(text='"\\u202e收付"'), "error", "Y010@6"),
    "bidi-in-comment": (role(before="# \u202d注\n"), "error", "Y010@1"),
    "zero-width": (role(text="收\u200b付"), "warning", "Y011@6"),
    "zero-width-in-id": (role(id_="tel\u200bler"), "error", "S004@1 Y011@1"),
    "bom-inside": (role(text="收\ufeff付"), "warning", "Y011@6"),
    "soft-hyphen": (role("柜\xad员"), "warning", "Y011@2"),
    "tag-character": (role(text="收\U000e0061付"), "error", "Y009@6"),
    "cyrillic-key": (role(more="un\u0456t: a"), "error", "S001@7"),
    "cyrillic-title": (BASE.replace(b"title", "titl\u0435".encode(), 1), "error",
                       "S002@1 S001@2"),
    "compatibility": (role(text="\uf9b5收付"), "warning", "Y013@6"),
    "kangxi-radical": (role("柜员\u2f08"), "warning", "Y013@2"),
    "private-use": (role(text="收\ue000付"), "warning", "Y012@6"),
    "noncharacter": (role(text="收\uffff付"), "error", "Y009@6"),
    "noncharacter-plane-2": (role(text="收\U0002fffe付"), "error", "Y009@6"),
    "replacement": (role(text="收\ufffd付"), "warning", "Y020@6"),
    "emoji-joined": (role(text="👩\u200d💼办理"), "ok", ""),
    "joiner-alone": (role(text="收\u200d付"), "warning", "Y011@6"),
    "chinese-quotes": (role("“柜员”"), "ok", ""),
    "plane-2": (role("\U00020bb7柜"), "ok", ""),
    "full-width-dash": (BASE.replace(b"  - id", "  － id".encode()), "error", "Y008@4"),
    "full-width-colon": (BASE.replace(b"title: ", "title：".encode(), 1), "error", "Y008@2"),
    "full-width-colon-in-text": (role(text="时间：八点"), "ok", ""),
    # syntax
    "empty": (b"", "error", "Y018@1"),
    "blank": (b"\n  \n", "error", "Y018@1"),
    "comment-only": ("# 草稿\n".encode(), "error", "Y018@1"),
    "null": (b"~\n", "error", "Y018@1"),
    "scalar": ("柜员\n".encode(), "error", "S003@1"),
    "list": ("- 柜员\n- 大堂经理".encode(), "error", "S003@1"),
    "two-documents": (role(more="---\nid: other\n"), "error", "Y007@7"),
    "empty-second-document": (role(more="---\n"), "error", "Y007@7"),
    "end-marker": (role(more="...\n"), "ok", ""),
    "text-after-the-end": (role(more="...\nunit: a\n"), "error", "Y001@8"),
    "yaml-directive": (role(before="%YAML 1.2\n---\n"), "ok", ""),
    "tag-directive": (role(before="%TAG !x! tag:x\n---\n"), "error", "Y004@1"),
    "tab-as-indent": (BASE.replace(b"    text", b"\ttext"), "error", "Y001@6"),
    "no-blank-after-colon": (BASE.replace(b"title: ", b"title:", 1), "error", "Y001@2"),
    "no-colon": (BASE.replace(b"title: ", b"title ", 1), "error", "Y001@2"),
    "colon-in-text": (role(text="时间: 八点: 半"), "error", "Y001@6"),
    "wrong-indent": (BASE.replace(b"    text", b"   text"), "error", "Y001@6"),
    "cut-by-comment": (role(text="第 #3 条"), "warning", "Y015@6"),
    "comment": (role(text="收付 # 现金"), "ok", ""),
    "open-quote": (role("'柜员"), "error", "Y001@2"),
    "open-double-quote": (role('"柜员'), "error", "Y001@2"),
    "open-bracket": (role(more="aliases: [a, b\nunit: c\n"), "error", "Y001@7"),
    "open-bracket-at-end": (role(more="unit: a\naliases: [b,"), "error", "Y001@8"),
    "bad-escape": (role('"柜\\员"'), "error", "Y001@2"),
    "reserved-at": (role("@柜员"), "error", "Y001@2"),
    "reserved-backtick": (role("`柜员`"), "error", "Y001@2"),
    "percent": (role("%柜员"), "error", "Y001@2"),
    "conflict": (
        role("柜员\n<<<<<<< ours\nunit: a\n=======\nunit: b\n>>>>>>> theirs"), "error", "Y016@3",
    ),
    "conflict-crlf": (BASE.replace(b"\n", b"\r\n") + b">>>>>>>\r\n", "error", "Y016@7"),
    "long-key": (role(more="k" * 1100 + ": a\n"), "error", "Y001@7"),
    "xlsx": (b"PK\x03\x04\x14\x00\x06\x00" + bytes(30), "error", "F004@1"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(30), "error", "F004@1"),
    # keys
    "key-twice": (role(more="title: 会计\n"), "error", "Y002@7+2"),
    "key-twice-quoted": (role(more="'title': 12\n"), "error", "Y002@7+2"),
    "key-twice-in-duty": (role(more="    id: other\n"), "error", "Y002@7+4"),
    "section-twice": (role(more="duties:\n  - id: 12\n"), "error", "Y002@7+3"),
    "key-on": (role(more="on: a\n"), "error", "S001@7"),
    "key-number": (role(more="1: a\ntrue: b\n1.0: c\n"), "error", "S001@7 S001@8 S001@9"),
    "key-empty": (role(more=": a\n"), "error", "Y001@7"),
    "key-null": (role(more="~: a\n"), "error", "Y017@7"),
    "key-mapping": (role(more="? {a: 1}\n: b\n"), "error", "Y017@7"),
    "key-list": (role(more="? - a\n: b\n"), "error", "Y017@7"),
    "key-unknown": (role(more="uint: a\n"), "error", "S001@7"),
    "key-unknown-no-value": (role(more="uint:\n"), "error", "S001@7"),
    "key-long": (role(more="? " + "k" * 2000 + "\n: a\n"), "error", "S001@7"),
    # anchors, aliases, merge keys, tags
    "anchor": (role("&t 柜员"), "error", "Y003@2"),
    "alias": (role("&t 柜员", text="*t"), "error", "Y003@2 Y003@6"),
    "alias-unknown": (role(text="*nobody"), "error", "Y003@6"),
    "anchor-twice": (role("&t 柜员", text="&t 收付"), "error", "Y003@2 Y003@6"),
    "cycle": (b"&r\nid: teller\ntitle: a\nduties:\n  - *r\n", "error", "Y003@1 Y003@5"),
    "cycle-in-key": (role(more="? &k [*k]\n: a\n"), "error", "Y017@7"),
    "alias-as-key": (role("&t 柜员", more="*t : a\n"), "error", "Y003@2 Y003@7"),
    "merge": (role(more="  - <<: {title: a}\n    id: b\n"), "error", "Y005@7"),
    "merge-alias": (role(more="  - <<: *b\n    id: b\n"), "error", "Y005@7 Y003@7"),
    "merge-list": (role(more="<<: [a, b]\n"), "error", "Y005@7"),
    "merge-key-quoted": (role(more="'<<': a\n"), "error", "S001@7"),
    "tag-python": (role("!!python/object/apply:os.system ['exit']"), "error", "Y004@2"),
    "tag-python-name": (role("!!python/name:os.system"), "error", "Y004@2"),
    "tag-of-its-own": (role(text="!include secret.txt"), "error", "Y004@6"),
    "tag-binary": (role(text="!!binary 5pS25LuY"), "error", "Y004@6"),
    "tag-set": (role(text="!!set {a, b}"), "error", "Y004@6"),
    "tag-int": (role(text="!!int 收付"), "error", "Y004@6"),
    "tag-float": (role(text="!!float 收付"), "error", "Y004@6"),
    "tag-timestamp": (role(text="!!timestamp 明天"), "error", "Y004@6"),
    "tag-map": (role(text="!!map 收付"), "error", "Y004@6"),
    "tag-str": (role("!!str 12"), "error", "Y004@2"),
    "tag-nonspecific": (role("! 12"), "error", "Y004@2"),
    "tag-verbatim": (role("!<x:y> 柜员"), "error", "Y004@2"),
    # depth
    "deep-lists": (role(text="[" * 150 + "]" * 150), "error", "Y006@6"),
    "deep-lists-open": (role(text="[" * 4000), "error", "Y006@6"),
    "deep-mappings": (role(text="{a: " * 2000 + "b" + "}" * 2000), "error", "Y006@6"),
    "deep-key": (role(more="? " * 300 + "a\n"), "error", "Y017@7 Y006@7"),
    "not-so-deep": (role(text="[[[收付]]]"), "error", "S003@6"),
    # plain values that YAML 1.1 or 1.2 takes for something else
    **{
        f"value-{name}": (role(value), "warning", "Y014@2")
        for name, value in {
            "yes": "Yes", "off": "off", "octal": "0644", "octal-1.2": "0o17", "binary": "0b11",
            "hex": "0xFF", "float": "3.10", "exponent-1.2": "1e3", "nan": ".NaN", "inf": "-.inf",
            "time": "8:30", "seconds": "23:59:59", "date": "2026-01-31", "underscores": "1_000",
            "datetime": "2026-01-31T08:30:00+08:00", "impossible": "2026-99-99",
            "zone": "2026-01-31 08:30:00 +88:88", "exponent": "1.0e+99999", "merge": "<<",
            "equals": "=",
            "base-60": "59" + ":59" * 300 + ".5",
        }.items()
    },
    "value-quoted": (role("'2026-01-31'"), "ok", ""),
    "value-chinese-number": (role("二〇二六"), "ok", ""),
    "value-null": (role("Null"), "error", "S002@2"),
    "value-tilde": (role("~"), "error", "S002@2"),
    "value-missing": (role(""), "error", "S002@2"),
    "value-in-list": (role(more="aliases: [柜台, no]\n"), "warning", "Y014@7"),
    # what the schema says
    "no-id": (BASE.split(b"\n", 1)[1], "error", "S002@1"),
    "no-title": (b"id: teller\n" + REST, "error", "S002@1"),
    "no-duties": (BASE[: -len(REST)], "error", "S002@1"),
    "duties-null": (BASE[: -len(REST)] + b"duties:\n", "error", "S002@3"),
    "duties-empty": (BASE[: -len(REST)] + b"duties: []\n", "error", "S006@3"),
    "duties-mapping": (BASE[: -len(REST)] + b"duties:\n  cash: {title: a}\n", "error", "S003@3"),
    "duties-text": (BASE[: -len(REST)] + "duties: 收付\n".encode(), "error", "S003@3"),
    "duty-null": (BASE[: -len(REST)] + b"duties:\n  -\n", "error", "S003@4"),
    "duty-says-nothing": (BASE.replace(b"text", b"label"), "error", "S008@4"),
    "text-blank": (role(text='"\u3000\u3000"'), "error", "S006@6"),
    "title-in-lines": (role("|\n  柜\n  员"), "error", "S011@2"),
    "title-list": (role("[柜员]"), "error", "S003@2"),
    "duty-id-twice": (role(more="  - id: cash\n    title: a\n    text: b\n"), "error", "S007@7+4"),
    "flag-yes": (role(more="key_position: yes\n"), "error", "S010@7"),
    "flag-list": (role(more="key_position: [true]\n"), "error", "S010@7"),
    "date-impossible": (role(more="effective: 2026-02-30\n"), "error", "S010@7"),
    "id-is-another": (role(id_="clerk"), "error", "S005@1"),
    **{
        f"id-{name}": (role(id_=value), "error", "S004@1")
        for name, value in {
            "absolute": "/etc/teller", "windows": "'C:\\teller'", "option": "--help",
            "dots": "'..'",
            "above": "../teller", "blanks": "' teller '", "upper": "Teller", "chinese": "柜员",
            "underscore": "bank_teller", "html": "'a\"><script>'", "quote": '"a\\"b"',
            "device": "com1",
            "long": "a" * 65, "full-width": "ｔｅｌｌｅｒ",
        }.items()
    },
}  # fmt: skip

# What only the parsers themselves see differently.
LIBYAML_ONLY = {
    "surrogates-escaped": (role('"\\ud842\\udfb7"'), "error", "Y001@2"),
    "surrogate-in-key": (role(more='"\\ud842": a\n'), "error", "Y001@7"),
    "tab-after-colon": (BASE.replace(b"title: ", b"title:\t", 1), "ok", ""),
}


def check(record: Record, severity: str, findings: str) -> None:
    assert " ".join(shown(problem) for problem in record.problems) == findings
    found = worst(record.problems)
    assert (found.label if found else "ok") == severity
    assert (record.role is None) == (severity == "error")
    for problem in record.problems:
        assert problem.message
        assert problem.hint


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("raw", "severity", "findings"), FILES.values(), ids=FILES.keys())
def test_a_file(raw: bytes, severity: str, findings: str) -> None:
    check(read(raw), severity, findings)


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML is without libyaml")
@pytest.mark.parametrize(
    ("raw", "severity", "findings"), LIBYAML_ONLY.values(), ids=LIBYAML_ONLY.keys()
)
def test_a_file_with_libyaml(raw: bytes, severity: str, findings: str) -> None:
    check(read(raw), severity, findings)


@pytest.mark.parametrize("name", ["surrogates-escaped", "surrogate-in-key"])
def test_a_surrogate_without_libyaml(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    raw, severity, findings = LIBYAML_ONLY[name]
    check(read(raw), severity, findings.replace("Y001", "Y009"))


# Odd texts that are good: what is read is what was written, no program's mark-up.
TEXTS = {
    "rich": ("'[bold]柜员[/bold] [link=x]'", "[bold]柜员[/bold] [link=x]"),
    "document-number": ("'银发[2026]8号[内部]'", "银发[2026]8号[内部]"),
    "emoji-code": ("'时间:clock1:'", "时间:clock1:"),
    "html": ("'\"><img src=x onerror=alert(1)>'", '"><img src=x onerror=alert(1)>'),
    "markdown": ("'[a](javascript:x) ![b](http://example.invalid)'",
                 "[a](javascript:x) ![b](http://example.invalid)"),
    "formula": ("'=1+1'", "=1+1"),
    "formula-at": ("'@SUM(1)'", "@SUM(1)"),
    "hyperlink": ("'=HYPERLINK(\"http://example.invalid\")'", '=HYPERLINK("http://example.invalid")'),
    "workbook": (r"'external:\\example.invalid\x'", r"external:\\example.invalid\x"),
    "format": ("'%s {0} {title.__class__} ${HOME} $(id)'",
               "%s {0} {title.__class__} ${HOME} $(id)"),
    "log-command": ("'##[error]x ::set-output name=a::b'", "##[error]x ::set-output name=a::b"),
    "sql": ("\"'; DROP TABLE roles;--\"", "'; DROP TABLE roles;--"),
    "regex": (r"'(a|b)+$ [^ \d'", r"(a|b)+$ [^ \d"),
    "escapes": (r'"\u67dc\u5458 \U00020BB7"', "柜员 \U00020bb7"),
    "folded": (">-\n    柜员\n    岗", "柜员 岗"),
    "hash": ("柜员#1", "柜员#1"),
}  # fmt: skip


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("written", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_a_text_is_kept(written: str, text: str) -> None:
    record = read(role(title=written))
    assert record.problems == ()
    assert record.role is not None
    assert record.role.title == text


# -- large files

HEAD = "id: teller\ntitle: 柜员\nduties:\n"


def numbered(line: str, count: int) -> str:
    """Return a line many times, with its number for N."""
    return "".join(line.replace("N", str(number)) for number in range(count))


def bomb(levels: int, value: str) -> bytes:
    """Return values that each hold the one before nine times, and a role."""
    lines = ["x0: &x0 {a: b}\n"]
    for level in range(1, levels):
        nine = ", ".join([f"*x{level - 1}"] * 9)
        lines.append(f"x{level}: &x{level} {value.replace('NINE', nine)}\n")
    return "".join(lines).encode() + BASE


TAG_DIRECTIVES = role(before=numbered("%TAG !aN! x\n", 60_000) + "---\n")

# Name: the file; how often each code is found, and the first line of each.
LARGE: dict[str, tuple[bytes, dict[str, tuple[int, int]]]] = {
    "brackets": (role(text="[" * 100_000 + "]" * 100_000), {"Y006": (1, 6)}),
    "brackets-open": (role(text="[" * 1_000_000), {"Y006": (1, 6)}),
    "braces": (role(text="{a: " * 100_000), {"Y006": (1, 6)}),
    "entries": (role(text="\n      " + "- " * 20_000 + "a"), {"Y006": (1, 7)}),
    "explicit-keys": (role(more="? " * 20_000 + "a"), {"Y017": (1, 7), "Y006": (1, 7)}),
    "bracket-keys": (role(more="? " + "[" * 900), {"Y017": (1, 7), "Y006": (1, 7)}),
    "indented": ("".join(" " * n + "a:\n" for n in range(1_000)).encode(), {"Y006": (1, 17)}),
    "anchors": (
        role(more="aliases:\n" + numbered("  - &aN b\n", 200_000)), {"Y003": (1_000, 8), "Y021": (1, 1)},
    ),
    "aliases": (
        (HEAD + numbered("  - id: dN\n    title: a\n    text: *t\n", 20_000)).encode(),
        {"Y003": (1_000, 6), "Y021": (1, 1)},
    ),
    "tag-directives": (TAG_DIRECTIVES, {"Y004": (1, 1)}),
    "tag-directives-cr": (TAG_DIRECTIVES.replace(b"\n", b"\r"), {"Y004": (1, 1)}),
    "merge-bomb": (
        bomb(13, "{<<: [NINE]}"),
        {"S001": (13, 1), "Y003": (13 + 12 * 9, 1), "Y005": (12, 2)},
    ),
    "alias-bomb": (bomb(30, "[NINE]"), {"S001": (30, 1), "Y003": (30 + 29 * 9, 1)}),
    "keys-twice": (role(more="unit: a\n" * 20_000), {"Y002": (1_000, 8), "Y021": (1, 1)}),
    "unknown-keys": (role(more=numbered("kN: a\n", 1_000)), {"S001": (1_000, 7)}),
    "faulty-duties": (
        (HEAD + "  - id: a\n    titel: b\n" * 1_000).encode(),
        {"S001": (500, 5), "S002": (500, 4), "S007": (999, 6), "Y021": (1, 1)},
    ),
    "duties": ((HEAD + numbered("  - {id: dN, title: a, text: b}\n", 10_000)).encode(), {}),
    "base-60": (role("1" + ":59" * 100_000), {"Y014": (1, 2)}),
    "hex": (role("0x" + "F" * 1_000_000), {"Y014": (1, 2)}),
    "digits": (role(more="rotation: {max_years: " + "9" * 500_000 + "}"), {"S010": (1, 7)}),
    "quotes": (role(text="'" + "''" * 500_000 + "'"), {}),
    "folds": (role(text='"' + "a\\\n\n" * 200_000 + '"'), {}),
    "one-line": (role(text="收" * 300_000), {}),
    "comment": (role(before="#" + "注" * 300_000 + "\n"), {}),
    "controls": (role(text="\x01" * 10_000), {"Y009": (1_000, 6), "Y021": (1, 1)}),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), LARGE.values(), ids=LARGE.keys())
def test_a_large_file(raw: bytes, expected: dict[str, tuple[int, int]]) -> None:
    record = read(raw)
    counts = Counter(problem.kind.code for problem in record.problems)
    first = {
        code: min(problem.span.line for problem in record.problems
                  if problem.kind.code == code and problem.span)
        for code in counts
    }  # fmt: skip
    assert {code: (counts[code], first[code]) for code in counts} == expected
    errors = [code for code in expected if code != "Y014"]
    assert (record.role is None) == bool(errors)


def test_a_large_book_file() -> None:
    record = read_settings(b"synonyms:\n" + b"- [a]\n" * 20_000, "dutybook.yaml")
    codes = Counter(problem.kind.code for problem in record.problems)
    assert codes == {"S006": 1_000, "Y021": 1}
    assert "19000 more" in record.problems[-1].message or "19000 more" in record.problems[0].message


@pytest.mark.parametrize("name", ["brackets", "entries", "explicit-keys", "tag-directives"])
def test_a_large_file_without_libyaml(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    test_a_large_file(*LARGE[name])
