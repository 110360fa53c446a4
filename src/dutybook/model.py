"""The role file and the book's settings as pydantic models: the definition of the format.

Knows nothing of files or lines: `check` and `check_settings` take plain data, as the YAML reader
gives it, and return a frozen model or pydantic's errors as plain dicts.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from dutybook import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

FORMAT: Final = 1

SLUG: Final = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
SLUG_LENGTH: Final = 64
ONE_LINE: Final = r"^[^\r\n]*$"
RULE_CODE: Final = r"^[A-Z][0-9]{0,3}$"

DEVICE_NAMES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)


def _file_name(value: str) -> str:
    if value in DEVICE_NAMES:
        raise PydanticCustomError("device_name", "a device name of Windows")
    return value


def _flag(value: object) -> object:
    if value not in ("true", "false"):
        raise PydanticCustomError("flag", "true or false")
    return value == "true"


def _whole_number(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[1-9][0-9]{0,8}", value):
        raise PydanticCustomError("whole_number", "a whole number from 1")
    return int(value)


def _iso_date(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("iso_date", "a date, year-month-day")


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=ONE_LINE)]
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=SLUG_LENGTH)]
RoleId = Annotated[
    Slug,
    AfterValidator(_file_name),
    Field(json_schema_extra={"not": {"enum": sorted(DEVICE_NAMES)}}),
]
Flag = Annotated[bool, BeforeValidator(_flag)]
WholeNumber = Annotated[
    int, BeforeValidator(_whole_number), Field(json_schema_extra={"minimum": 1})
]
Day = Annotated[date, BeforeValidator(_iso_date)]
Involvement = Literal[
    "accountable", "responsible", "review", "approve", "supervise", "guide", "support", "inform"
]
Cadence = Literal[
    "continuous",
    "daily",
    "weekly",
    "ten-day",
    "monthly",
    "quarterly",
    "half-yearly",
    "yearly",
    "periodic",
    "ad-hoc",
    "event",
]
Status = Literal["draft", "in-force", "withdrawn"]
Level = Literal["error", "warning", "info", "off"]
RuleCode = Annotated[str, StringConstraints(pattern=RULE_CODE)]


def _about(chinese: str, more: str, english: str, **extra: Any) -> Any:
    """Describe a field for people and editors: its Chinese name, a sentence in each language."""
    return Field(title=chinese, description=f"{chinese}：{more}。 {english}.", **extra)


def _words(words: vocabulary.Words) -> dict[str, Any]:
    """Give each value of an enumeration its Chinese word, where the editor shows them."""
    return {"json_schema_extra": {"enumDescriptions": [chinese for chinese, _ in words.values()]}}


def is_role_id(text: str) -> bool:
    """Tell whether a text can be the id of a position."""
    is_slug = len(text) <= SLUG_LENGTH and re.fullmatch(SLUG, text) is not None
    return is_slug and text not in DEVICE_NAMES


class _Frozen(BaseModel):
    """What all parts of the format share: they do not change, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(_Frozen):
    """A part of a duty, with what differs from the duty; a bare text is short for `{text: …}`."""

    label: Annotated[
        Line | None,
        _about(
            "原编号",
            "原文印出的编号，不带括号顿号",
            "The number as the source prints it, without the marks around it",
        ),
    ] = None
    text: Annotated[Text, _about("内容", "分项的完整表述", "The part of the duty, in full")]
    involvement: Annotated[
        Involvement | None,
        _about(
            "参与方式",
            "本岗位在此事中的角色",
            "The part that the position has in the matter",
            **_words(vocabulary.INVOLVEMENTS),
        ),
    ] = None
    cadence: Annotated[
        Cadence | None,
        _about("频次", "多久做一次", "How often it is done", **_words(vocabulary.CADENCES)),
    ] = None
    cadence_note: Annotated[
        Line | None,
        _about("频次说明", "原文的说法，如“至少每周一次”", "The cadence in the source's words"),
    ] = None
    counterparts: Annotated[
        tuple[Slug, ...],
        _about(
            "配合对象",
            "与谁、为谁或对谁履行，写岗位编号",
            "The positions the duty is done with, for or over, by id",
        ),
    ] = ()
    systems: Annotated[
        tuple[Line, ...],
        _about(
            "使用系统", "在 dutybook.yaml 中登记的系统", "Systems, as declared in dutybook.yaml"
        ),
    ] = ()
    tags: Annotated[
        tuple[Line, ...],
        _about("标签", "在 dutybook.yaml 中登记的事项", "Matters, as declared in dutybook.yaml"),
    ] = ()


class Duty(_Frozen):
    """One duty of a position: `text`, or `items`, or both."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["text"]}, {"required": ["items"]}]}
    )

    id: Annotated[
        Slug,
        _about(
            "职责标识",
            "岗位内唯一，引用与比对都靠它，编号变了也不改",
            "Stable identity within the role: what references and diffs go by",
        ),
    ]
    label: Annotated[
        Line | None,
        _about(
            "原编号",
            "原文印出的编号，不带括号顿号",
            "The number as the source prints it, without the marks around it",
        ),
    ] = None
    title: Annotated[Line, _about("概述", "几个字说明是什么事", "A few words that name the duty")]
    text: Annotated[Text | None, _about("描述", "职责的完整表述", "The duty in full sentences")] = (
        None
    )
    items: Annotated[
        tuple[Item, ...],
        _about("分项", "职责的各个部分，按顺序", "The parts of the duty, in order"),
    ] = ()
    involvement: Annotated[
        Involvement | None,
        _about(
            "参与方式",
            "本岗位在此事中的角色",
            "The part that the position has in the matter",
            **_words(vocabulary.INVOLVEMENTS),
        ),
    ] = None
    cadence: Annotated[
        Cadence | None,
        _about("频次", "多久做一次", "How often it is done", **_words(vocabulary.CADENCES)),
    ] = None
    cadence_note: Annotated[
        Line | None,
        _about("频次说明", "原文的说法，如“至少每周一次”", "The cadence in the source's words"),
    ] = None
    counterparts: Annotated[
        tuple[Slug, ...],
        _about(
            "配合对象",
            "与谁、为谁或对谁履行，写岗位编号",
            "The positions the duty is done with, for or over, by id",
        ),
    ] = ()
    systems: Annotated[
        tuple[Line, ...],
        _about(
            "使用系统", "在 dutybook.yaml 中登记的系统", "Systems, as declared in dutybook.yaml"
        ),
    ] = ()
    tags: Annotated[
        tuple[Line, ...],
        _about("标签", "在 dutybook.yaml 中登记的事项", "Matters, as declared in dutybook.yaml"),
    ] = ()
    basis: Annotated[
        tuple[Line, ...],
        _about("制度依据", "职责所依据的制度", "The rules or regulations the duty rests on"),
    ] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Duty:
        if self.text is None and not self.items:
            raise PydanticCustomError("duty_empty", "text or items")
        return self


class Authority(_Frozen):
    """A power of the position; a bare text is short for `{text: …}`."""

    text: Annotated[
        Text, _about("权限", "可以决定或批准的事", "What the position may decide or approve")
    ]
    limit: Annotated[Line | None, _about("额度", "权限的上限", "How far the power goes")] = None


class Contacts(_Frozen):
    """Whom the position deals with."""

    internal: Annotated[tuple[Line, ...], _about("内部", "内部协调部门", "Departments inside")] = ()
    external: Annotated[tuple[Line, ...], _about("外部", "外部协调单位", "Bodies outside")] = ()


class Rotation(_Frozen):
    """How long one person may hold the position, and what checks it."""

    max_years: Annotated[
        WholeNumber | None,
        _about("轮岗年限", "同一人最长任职年数", "The most years one person holds it"),
    ] = None
    mandatory_leave: Annotated[
        Flag | None, _about("强制休假", "是否适用", "Whether mandatory leave applies")
    ] = None
    exit_audit: Annotated[
        Flag | None, _about("离岗审计", "是否适用", "Whether an exit audit applies")
    ] = None


class Section(_Frozen):
    """Any other part of a position description, in its own words."""

    title: Annotated[
        Line, _about("栏目名", "如考核指标、工作条件、编制", "The name of the section")
    ]
    text: Annotated[Text, _about("栏目内容", "原文", "The section, in its own words")]


class Source(_Frozen):
    """Where the role was taken from."""

    document: Annotated[Line | None, _about("来源文件", "文件名称", "The name of the document")] = (
        None
    )
    section: Annotated[Line | None, _about("章节", "文件中的位置", "The part of the document")] = (
        None
    )
    missing: Annotated[
        tuple[Line, ...],
        _about("缺号", "原文自己跳过的编号", "The labels that the source itself skips"),
    ] = ()
    truncated: Annotated[
        Flag | None, _about("残缺", "原文在此中断", "Whether the source breaks off")
    ] = None


class Role(_Frozen):
    """One position: a role file."""

    id: Annotated[
        RoleId,
        _about(
            "岗位编号",
            "等于文件名，永不改作他用",
            "Position id, equal to the file's name; never reused",
        ),
    ]
    title: Annotated[
        Line, _about("岗位名称", "大家怎么称呼这个岗位", "What people call the position")
    ]
    title_en: Annotated[
        Line | None, _about("英文名称", "岗位的英文名称", "The position's name in English")
    ] = None
    aliases: Annotated[
        tuple[Line, ...],
        _about("别名", "查找时用的其他名称", "Other names under which people look for it"),
    ] = ()
    unit: Annotated[Line | None, _about("所属部门", "部门或机构", "The department or branch")] = (
        None
    )
    reports_to: Annotated[
        Slug | None,
        _about("直接上级", "只有一个，写岗位编号", "The one position it reports to, by id"),
    ] = None
    purpose: Annotated[
        Text | None, _about("岗位目的", "一句话", "Why the position exists, in one sentence")
    ] = None
    duties: Annotated[
        tuple[Duty, ...],
        _about(
            "岗位职责",
            "按阅读顺序，至少一项",
            "The duties, in the order in which they are read",
            min_length=1,
        ),
    ]
    authorities: Annotated[
        tuple[Authority, ...],
        _about("权限", "可以决定或批准的事", "What the position may decide or approve"),
    ] = ()
    qualifications: Annotated[
        tuple[Text, ...], _about("任职资格", "学历、资格、经验", "What a holder must bring")
    ] = ()
    contacts: Annotated[
        Contacts | None,
        _about("工作关系", "内部与外部", "Whom the position deals with, inside and outside"),
    ] = None
    key_position: Annotated[
        Flag | None, _about("重要岗位", "是否为重要岗位", "Whether it is a key position")
    ] = None
    rotation: Annotated[
        Rotation | None,
        _about("轮岗", "轮岗、强制休假、离岗审计", "Rotation, mandatory leave, exit audit"),
    ] = None
    incompatible_with: Annotated[
        tuple[Slug, ...],
        _about("不相容岗位", "不得由同一人兼任", "Positions that one person must not hold besides"),
    ] = ()
    backup: Annotated[tuple[Slug, ...], _about("B角", "代班岗位", "Positions that stand in")] = ()
    basis: Annotated[
        tuple[Line, ...],
        _about(
            "制度依据", "岗位设置所依据的制度", "The rules or regulations the position rests on"
        ),
    ] = ()
    status: Annotated[
        Status,
        _about(
            "状态",
            "草案、有效或废止",
            "Draft, in force or withdrawn",
            **_words(vocabulary.STATUSES),
        ),
    ] = "in-force"
    version: Annotated[Line | None, _about("版本", "版本号", "The version")] = None
    effective: Annotated[
        Day | None, _about("生效日期", "年-月-日", "The day from which it holds")
    ] = None
    review_by: Annotated[
        Day | None, _about("复审日期", "年-月-日", "The day by which it is to be reviewed")
    ] = None
    approved_by: Annotated[Line | None, _about("审批人", "谁批准的", "Who approved it")] = None
    sections: Annotated[
        tuple[Section, ...],
        _about(
            "其他栏目", "考核指标、工作条件、编制等", "Any other part of the position description"
        ),
    ] = ()
    source: Annotated[
        Source | None, _about("来源", "取自哪份文件", "Where the role was taken from")
    ] = None


class Rules(_Frozen):
    """What `validate` leaves out, raises or lowers."""

    ignore: Annotated[
        tuple[RuleCode, ...],
        _about("忽略", "规则代码或其开头", "Codes of rules, or how they begin"),
    ] = ()
    severity: Annotated[
        dict[RuleCode, Level],
        _about("级别", "规则代码及其级别", "Codes of rules and their severity"),
    ] = Field(default_factory=dict)
    fail_on: Annotated[
        Literal["error", "warning", "info"] | None,
        _about("门槛", "达到此级别即不通过", "The severity from which validation fails"),
    ] = None


class Settings(_Frozen):
    """What is true of the whole book: `dutybook.yaml`."""

    format: Annotated[
        WholeNumber, _about("格式版本", "现为 1", "The version of this format, 1")
    ] = FORMAT
    title: Annotated[Line | None, _about("名称", "手册名称", "The book's name")] = None
    positions: Annotated[
        dict[Slug, Line],
        _about(
            "外部岗位",
            "被提到而没有岗位文件的岗位：编号与名称",
            "Positions that duties name and that have no role file: id and title",
        ),
    ] = Field(default_factory=dict)
    systems: Annotated[
        dict[Line, str], _about("系统", "名称与说明", "Systems: name and description")
    ] = Field(default_factory=dict)
    tags: Annotated[dict[Line, str], _about("标签", "名称与说明", "Tags: name and description")] = (
        Field(default_factory=dict)
    )
    synonyms: Annotated[
        tuple[Annotated[tuple[Line, ...], Field(min_length=2)], ...],
        _about("同义词", "搜索时视为相同的词", "Words that mean the same in a search"),
    ] = ()
    rules: Annotated[
        Rules, _about("规则", "校验规则的取舍", "What validation leaves out, raises or lowers")
    ] = Rules()


# Fields that are no text: what YAML readers make of an unquoted value is what is meant.
NO_TEXT: Final = frozenset(
    (
        "key_position",
        "max_years",
        "mandatory_leave",
        "exit_audit",
        "effective",
        "review_by",
        "truncated",
        "format",
    )
)

Model = TypeVar("Model", Role, Settings)


def check(data: Any) -> Role | list[ErrorDetails]:
    """Return the role that plain data describes, or what is wrong with it."""
    return _validated(Role, _spelt_out(_without_missing(data, _ROLE)))


def check_settings(data: Any) -> Settings | list[ErrorDetails]:
    """Return the book's settings that plain data describes, or what is wrong with them."""
    if isinstance(data, dict):
        described = {
            key: {name: "" if text is None else text for name, text in data[key].items()}
            for key in ("systems", "tags")
            if isinstance(data.get(key), dict)
        }
        data = data | described
    return _validated(Settings, _without_missing(data, _SETTINGS))


def _validated(model: type[Model], data: Any) -> Model | list[ErrorDetails]:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        return error.errors(include_url=False, include_input=False)


def _without_missing(data: Any, keys: _Keys) -> Any:
    """Leave out keys without a value: they are as if they were not there.

    A key that is not of the format stays, to be refused.
    """
    if type(data) is dict:
        return {
            key: _without_missing(value, keys.get(key, {})) if type(value) is not str else value
            for key, value in data.items()
            if value is not None or key not in keys
        }
    if type(data) is list:
        return [
            _without_missing(value, keys) if type(value) is not str else value for value in data
        ]
    return data


def _spelt_out(data: Any) -> Any:
    """Write bare texts out as items and authorities."""
    if type(data) is dict:
        _spell_out(data, "authorities")
        duties = data.get("duties")
        for duty in duties if type(duties) is list else ():
            if type(duty) is dict:
                _spell_out(duty, "items")
    return data


def _spell_out(data: dict[str, Any], key: str) -> None:
    values = data.get(key)
    if type(values) is list:
        data[key] = [{"text": value} if type(value) is str else value for value in values]


def keys_at(model: type[BaseModel], route: Sequence[str | int]) -> dict[str, str]:
    """Return the keys that a mapping at a route may have, each with its Chinese name."""
    for step in route:
        if isinstance(step, str):
            inner = (
                _model_in(model.model_fields[step].annotation)
                if step in model.model_fields
                else None
            )
            if inner is None:
                return {}
            model = inner
    return {name: info.title or "" for name, info in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


_Keys = dict[str, "_Keys"]


def _keys(model: type[BaseModel] | None) -> _Keys:
    """Return the keys of a model, each with the keys that stand below it."""
    fields = model.model_fields if model else {}
    return {name: _keys(_model_in(info.annotation)) for name, info in fields.items()}


_ROLE: Final = _keys(Role)
_SETTINGS: Final = _keys(Settings)


class _ForEditors(GenerateJsonSchema):
    """A schema that editors complete and explain well: an optional key is absent, never null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        default = schema.get("default")
        return {**inner, "default": default} if isinstance(default, (str, int)) else inner


def json_schema(name: Literal["role", "book"]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the role file or of `dutybook.yaml`."""
    model: type[BaseModel] = Role if name == "role" else Settings
    schema = model.model_json_schema(schema_generator=_ForEditors)
    definitions = schema.get("$defs", {})
    for part, key in (("Duty", "items"), ("Role", "authorities")):
        owner = schema if part == "Role" else definitions.get(part, {})
        if key in owner.get("properties", {}):
            listed = owner["properties"][key]
            listed["items"] = {"anyOf": [{"type": "string", "minLength": 1}, listed["items"]]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:dutybook:schema:{name}/{FORMAT}",
        **schema,
    }


def schema_text(name: Literal["role", "book"]) -> str:
    """Return the JSON Schema as `dutybook schema` prints it and `init` writes it."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"
