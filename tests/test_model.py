"""The definition of the format: what it accepts, what it can refuse, and its JSON Schema."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from dutybook import messages, model, vocabulary
from dutybook.records import WORDS

ROOT = Path(__file__).parent.parent
MODELS = [one for one in vars(model).values() if isinstance(one, type)
          and issubclass(one, BaseModel) and one.model_fields]  # fmt: skip

MINIMAL: dict[str, Any] = {
    "id": "teller",
    "title": "柜员",
    "duties": [{"id": "cash", "title": "现金", "text": "办理现金收付。"}],
}
FULL = MINIMAL | {
    "title_en": "Teller",
    "aliases": ["综合柜员"],
    "authorities": ["单笔收付", {"text": "冲正", "limit": "五万元"}],
    "contacts": {"internal": ["运营部"], "external": ["人行"]},
    "key_position": "true",
    "rotation": {"max_years": "3", "mandatory_leave": "false", "exit_audit": "true"},
    "effective": "2026-01-31",
    "status": "draft",
    "sections": [{"title": "考核", "text": "差错率"}],
    "source": {"document": "手册", "missing": ["6"], "truncated": "true"},
    "duties": [
        {
            "id": "cash",
            "title": "现金",
            "items": ["收付", {"label": "①", "text": "核对", "cadence": "daily"}],
            "involvement": "responsible",
            "counterparts": ["vault-keeper"],
        }
    ],
}


def role(**changes: Any) -> model.Role:
    checked = model.check(MINIMAL | changes)
    assert isinstance(checked, model.Role), checked
    return checked


def errors(data: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    """Return type and place of each error; pydantic counts faulty duties as missing besides."""
    checked = model.check(data)
    found = [] if isinstance(checked, model.Role) else checked
    all_ = [(one["type"], one["loc"]) for one in found]
    return [one for one in all_ if one != ("too_short", ("duties",)) or len(all_) == 1]


def test_a_minimal_role_has_defaults() -> None:
    one = role()
    assert (one.status, one.aliases, one.contacts, one.key_position) == ("in-force", (), None, None)
    with pytest.raises(ValidationError, match="frozen"):
        one.title = "大堂经理"  # type: ignore[misc]


def test_a_full_role_is_converted() -> None:
    one = role(**FULL)
    assert one.effective == date(2026, 1, 31)
    assert one.key_position is True
    assert one.rotation == model.Rotation.model_construct(
        max_years=3, mandatory_leave=False, exit_audit=True
    )
    assert [(item.label, item.text) for item in one.duties[0].items] == [
        (None, "收付"),
        ("①", "核对"),
    ]
    assert [(power.text, power.limit) for power in one.authorities] == [
        ("单笔收付", None),
        ("冲正", "五万元"),
    ]


def test_a_key_without_value_is_as_if_it_were_not_there() -> None:
    empty = dict.fromkeys(set(model.Role.model_fields) - set(MINIMAL))
    duty = MINIMAL["duties"][0] | {"items": None, "cadence": None, "tags": None}
    assert role(**empty, duties=[duty]) == role()
    assert errors(MINIMAL | {"title": None}) == [("missing", ("title",))]


def test_a_key_that_is_not_of_the_format_is_refused_without_value_too() -> None:
    duty = MINIMAL["duties"][0] | {"titel": None}
    assert errors(MINIMAL | {"unti": None, "duties": [duty]}) == [
        ("extra_forbidden", ("duties", 0, "titel")),
        ("extra_forbidden", ("unti",)),
    ]


@pytest.mark.parametrize(
    ("changes", "kind", "route"),
    [
        ({"title": " \u3000 "}, "string_too_short", ("title",)),
        ({"title": "a\nb"}, "string_pattern_mismatch", ("title",)),
        ({"title": ["a"]}, "string_type", ("title",)),
        ({"id": "Teller"}, "string_pattern_mismatch", ("id",)),
        ({"id": "a--b"}, "string_pattern_mismatch", ("id",)),
        ({"id": "teller\n"}, "string_pattern_mismatch", ("id",)),
        ({"id": "a" * 65}, "string_too_long", ("id",)),
        ({"aliases": "a"}, "tuple_type", ("aliases",)),
        ({"aliases": [None]}, "string_type", ("aliases", 0)),
        ({"duties": []}, "too_short", ("duties",)),
        ({"duties": ["a"]}, "model_type", ("duties", 0)),
        ({"duties": [{"id": "a", "title": "b"}]}, "duty_empty", ("duties", 0)),
        ({"duties": [{"id": "a", "title": "b", "items": []}]}, "duty_empty", ("duties", 0)),
        ({"authorities": [{"limit": "a"}]}, "missing", ("authorities", 0, "text")),
        ({"contacts": ["a"]}, "model_type", ("contacts",)),
        ({"status": "active"}, "literal_error", ("status",)),
        ({"nothing": "a"}, "extra_forbidden", ("nothing",)),
        *[
            ({"key_position": value}, "flag", ("key_position",))
            for value in ("yes", "True", "1", "", [], {}, ["true"])
        ],
        *[
            ({"rotation": {"max_years": value}}, "whole_number", ("rotation", "max_years"))
            for value in ("0", "-1", "1.5", "03", "三", "1_0", "9" * 10, ["3"])
        ],
        *[
            ({"effective": value}, "iso_date", ("effective",))
            for value in ("2026-02-30", "2026-2-3", "2026/02/03", "0000-01-01", "20260203", ["a"])
        ],
    ],
)
def test_what_is_refused(changes: dict[str, Any], kind: str, route: tuple[str | int, ...]) -> None:
    assert errors(MINIMAL | changes) == [(kind, route)]


@pytest.mark.parametrize("name", sorted(model.DEVICE_NAMES))
def test_a_role_is_not_named_like_a_device_of_windows(name: str) -> None:
    assert errors(MINIMAL | {"id": name}) == [("device_name", ("id",))]
    assert role(id=f"{name}-desk").id == f"{name}-desk"
    assert role(duties=[MINIMAL["duties"][0] | {"id": name}]).duties[0].id == name


def test_there_are_as_many_devices_as_windows_has() -> None:
    assert len(model.DEVICE_NAMES) == 4 + 2 * 9


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, {}),
        ({"format": "2"}, {"format": 2}),
        ({"positions": {"teller": "柜员"}}, {"positions": {"teller": "柜员"}}),
        ({"systems": {"PCRM": None}, "tags": {"服务": "a"}}, {"systems": {"PCRM": ""}}),
        ({"synonyms": [["反洗钱", "AML"]]}, {"synonyms": (("反洗钱", "AML"),)}),
        ({"rules": {"ignore": None, "fail_on": None}, "title": None}, {"rules": model.Rules()}),
        ({"rules": {"severity": {"W003": "off"}}}, {}),
    ],
)
def test_settings(data: dict[str, Any], expected: dict[str, Any]) -> None:
    checked = model.check_settings(data)
    assert isinstance(checked, model.Settings), checked
    assert {name: getattr(checked, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("data", "kind", "route"),
    [
        ("a", "model_type", ()),
        ({"positions": {"Bad": "a"}}, "string_pattern_mismatch", ("positions", "Bad", "[key]")),
        ({"positions": {"a": None}}, "string_type", ("positions", "a")),
        ({"positions": ["a"]}, "dict_type", ("positions",)),
        ({"systems": {"a": ["b"]}}, "string_type", ("systems", "a")),
        ({"synonyms": [["a"]]}, "too_short", ("synonyms", 0)),
        ({"rules": {"ignore": ["w"]}}, "string_pattern_mismatch", ("rules", "ignore", 0)),
        ({"rules": {"severity": {"W001": "bad"}}}, "literal_error", ("rules", "severity", "W001")),
        ({"rules": {"severity": {"W001": None}}}, "literal_error", ("rules", "severity", "W001")),
        ({"rules": {"fail_on": "off"}}, "literal_error", ("rules", "fail_on")),
        ({"format": "one"}, "whole_number", ("format",)),
    ],
)
def test_settings_refused(data: Any, kind: str, route: tuple[str | int, ...]) -> None:
    checked = model.check_settings(data)
    assert isinstance(checked, list)
    assert [(one["type"], one["loc"]) for one in checked] == [(kind, route)]


# -- every error has words


def string_errors(schema: dict[str, Any]) -> set[str]:
    constraints = {
        "min_length": "string_too_short",
        "max_length": "string_too_long",
        "pattern": "string_pattern_mismatch",
    }
    return {"string_type", *(kind for name, kind in constraints.items() if schema.get(name))}


# What each kind of core schema can raise. A kind that is not here fails the walk: it must be
# entered with its errors. What a before-validator of ours gives is right for the schema in it.
RAISES: dict[str, Callable[[dict[str, Any]], set[str]]] = {
    "model": lambda _: {"model_type"},
    "model-fields": lambda schema: {"extra_forbidden", "model_type"} | (
        {"missing"} if any(field["schema"]["type"] != "default"
                           for field in schema["fields"].values()) else set()),
    "str": string_errors,
    "literal": lambda _: {"literal_error"},
    "tuple": lambda schema: {"tuple_type"} | ({"too_short"} if schema.get("min_length") else set()),
    "dict": lambda _: {"dict_type"},
    **dict.fromkeys(["model-field", "default", "nullable", "function-before", "function-after",
                     "definitions", "definition-ref"], lambda _: set()),
}  # fmt: skip


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema within a core schema, but not what a before-validator feeds."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema
        for key, part in schema.items():
            if key in {"metadata", "serialization", "config", "function"} or (
                schema.get("type") == "function-before" and key == "schema"
            ):
                continue
            yield from nodes(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from nodes(part)


def custom_errors() -> set[str]:
    """Return the types of error that the validators of the model raise."""
    calls = [
        node
        for node in ast.walk(ast.parse(Path(model.__file__).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "PydanticCustomError"
    ]
    return {call.args[0].value for call in calls}  # type: ignore[attr-defined,misc]


def test_every_error_that_the_models_can_raise_has_words() -> None:
    walked = [
        node
        for root in (model.Role, model.Settings)
        for node in nodes(root.__pydantic_core_schema__)
    ]
    seen = {node["type"] for node in walked}
    assert seen >= {"model", "model-fields", "str", "literal", "tuple", "dict", "function-before"}
    assert len(walked) > 100
    raised = set().union(*(RAISES[node["type"]](node) for node in walked)) | custom_errors()
    assert raised >= {"missing", "extra_forbidden", "too_short", "string_too_long", "duty_empty"}
    assert raised == set(WORDS)


# -- words


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (vocabulary.INVOLVEMENTS, model.Involvement),
        (vocabulary.CADENCES, model.Cadence),
        (vocabulary.STATUSES, model.Status),
    ],
    ids=["involvement", "cadence", "status"],
)
def test_the_vocabulary_is_that_of_the_model(words: vocabulary.Words, values: Any) -> None:
    assert tuple(words) == get_args(values)
    for chinese, english in words.values():
        assert re.fullmatch("[\u4e00-\u9fff]+", chinese)
        assert re.fullmatch("[a-z -]+", english)
    assert len({chinese for chinese, _ in words.values()}) == len(words)


def test_a_word_is_in_the_language_of_the_reader() -> None:
    assert vocabulary.word(vocabulary.CADENCES, "ten-day") == "every ten days"
    assert vocabulary.word(vocabulary.CADENCES, None) == ""
    messages.use("zh")
    assert vocabulary.word(vocabulary.CADENCES, "ten-day") == "每旬"


@pytest.mark.parametrize("one", MODELS, ids=lambda one: one.__name__)
def test_every_field_is_explained_in_both_languages(one: type[BaseModel]) -> None:
    for name, info in one.model_fields.items():
        assert info.title, name
        assert re.search("[\u4e00-\u9fff]", info.title), name
        chinese, _, english = (info.description or "").partition("。 ")
        assert chinese.startswith(f"{info.title}："), name
        assert re.search("[\u4e00-\u9fff]", chinese.partition("：")[2]), name
        assert re.match("[A-Z]", english), name
        assert english.endswith("."), name


def test_fields_without_text_are_known() -> None:
    names = {
        name
        for one in MODELS
        for name, info in one.model_fields.items()
        if not {str, tuple, dict} & kinds(info.annotation)
        and {bool, int, date} & kinds(info.annotation)
    }
    assert names == model.NO_TEXT


def kinds(annotation: Any) -> set[Any]:
    return {annotation} | {kind for part in get_args(annotation) for kind in kinds(part)}


@pytest.mark.parametrize(
    ("route", "some"),
    [
        ((), {"id": "岗位编号", "duties": "岗位职责"}),
        (("duties", 0), {"involvement": "参与方式", "text": "描述"}),
        (("duties", 0, "items", 3), {"label": "原编号"}),
        (("contacts",), {"internal": "内部"}),
        (("authorities", 0), {"limit": "额度"}),
    ],
)
def test_the_keys_of_a_mapping(route: tuple[str | int, ...], some: dict[str, str]) -> None:
    assert some.items() <= model.keys_at(model.Role, route).items()


@pytest.mark.parametrize("route", [("title",), ("nothing",), ("duties", 0, "text")])
def test_what_is_no_mapping_has_no_keys(route: tuple[str | int, ...]) -> None:
    assert model.keys_at(model.Role, route) == {}


# -- the JSON Schema

SCHEMAS = {name: json.loads(model.schema_text(name)) for name in ("role", "book")}


def everything(part: Any) -> Iterator[Any]:
    yield part
    for inner in (
        part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    ):
        yield from everything(inner)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS.keys())
def test_a_schema_is_one_and_never_says_null(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    parts = list(everything(schema))
    assert "string" in [part.get("type") for part in parts if isinstance(part, dict)]
    assert "null" not in [part for part in parts if isinstance(part, str)]
    assert None not in parts


def test_the_schema_beside_the_roles_is_that_of_the_program() -> None:
    kept = ROOT / "role.schema.json"
    assert kept.read_text(encoding="utf-8") == model.schema_text("role")


def as_json(path: Path) -> Any:
    """Return a file as an editor sees it: numbers and truth values by YAML, dates as text."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))


def schema_errors(name: str, data: Any) -> list[str]:
    found = Draft202012Validator(SCHEMAS[name]).iter_errors(data)
    return [error.json_path for error in found]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "roles").rglob("*.yaml")), ids=lambda path: path.stem
)
def test_the_schema_accepts_the_shipped_roles(path: Path) -> None:
    assert schema_errors("role", as_json(path)) == []


def test_the_schema_accepts_what_is_shipped_and_all_that_may_be() -> None:
    assert len(list((ROOT / "roles").rglob("*.yaml"))) >= 3
    assert schema_errors("book", as_json(ROOT / "dutybook.yaml")) == []
    typed = FULL | {
        "key_position": True,
        "rotation": {"max_years": 3, "mandatory_leave": False, "exit_audit": True},
        "source": {"document": "手册", "missing": ["6"], "truncated": True},
    }
    assert schema_errors("role", typed) == []


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"titel": "a"}, "$"),
        ({"id": "con"}, "$.id"),
        ({"id": "Teller"}, "$.id"),
        ({"title": ""}, "$.title"),
        ({"title": None}, "$.title"),
        ({"status": "active"}, "$.status"),
        ({"key_position": "yes"}, "$.key_position"),
        ({"rotation": {"max_years": 0}}, "$.rotation.max_years"),
        ({"effective": 2026}, "$.effective"),
        ({"duties": []}, "$.duties"),
        ({"duties": [{"id": "a", "title": "b"}]}, "$.duties[0]"),
        ({"duties": [{"id": "a", "title": "b", "items": [""]}]}, "$.duties[0].items[0]"),
        ({"authorities": [{"limit": "a"}]}, "$.authorities[0]"),
        ({"aliases": "a"}, "$.aliases"),
    ],
)
def test_the_schema_refuses(changes: dict[str, Any], path: str) -> None:
    assert schema_errors("role", MINIMAL) == []
    assert schema_errors("role", MINIMAL | changes) == [path]
