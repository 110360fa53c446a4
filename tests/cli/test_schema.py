"""`dutybook schema`: what is printed is a JSON Schema, and the files of the books are valid by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from dutybook import model
from tests.conftest import BRANCH, Run

REPOSITORY = Path(__file__).parents[2]
ROLES = sorted([*(REPOSITORY / "roles").rglob("*.yaml"), *(BRANCH / "roles").rglob("*.yaml")])


class _Texts(yaml.SafeLoader):
    """Reads dates as texts, as editors do."""


_Texts.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def printed(run: Run, *arguments: str) -> dict[str, Any]:
    result = run("schema", *arguments)
    assert (result.code, result.err) == (0, "")
    schema: dict[str, Any] = json.loads(result.out)
    return schema


@pytest.mark.parametrize(
    ("arguments", "subject"), [([], "role"), (["role"], "role"), (["book"], "book")]
)
def test_the_schema_is_a_schema_with_its_name(run: Run, arguments: list[str], subject: str) -> None:
    schema = printed(run, *arguments)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f"{subject}/1")
    assert run("schema", *arguments, "--lang", "zh").out == run("schema", *arguments).out


def test_the_schema_of_the_repository_is_the_one_that_is_printed(run: Run) -> None:
    kept = (REPOSITORY / "role.schema.json").read_text(encoding="utf-8")
    assert run("schema").out == kept


def test_role_files_are_valid_by_the_schema_and_others_are_not(run: Run) -> None:
    validator = jsonschema.Draft202012Validator(printed(run))
    assert len(ROLES) == 11
    for path in ROLES:
        data = yaml.load(path.read_text(encoding="utf-8"), _Texts)
        assert not list(validator.iter_errors(data)), path
    for change in ({"salary": 1}, {"id": "Not An Id"}, {"id": "con"}, {"status": "old"},
                   {"duties": []}, {"title": ""}, {"effective": 1}):  # fmt: skip
        assert not validator.is_valid(data | change), change


@pytest.mark.parametrize("path", [REPOSITORY / "dutybook.yaml", BRANCH / "dutybook.yaml"])
def test_settings_are_valid_by_the_schema(run: Run, path: Path) -> None:
    data = yaml.load(path.read_text(encoding="utf-8"), _Texts)
    jsonschema.validate(data, printed(run, "book"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | {"x": 1}, printed(run, "book"))


def test_every_key_is_explained_in_both_languages(run: Run) -> None:
    schema = printed(run)
    parts = [schema, *schema["$defs"].values()]
    explained = [field for part in parts for field in part.get("properties", {}).values()]
    assert len(explained) > len(model.Role.model_fields)
    for field in explained:
        assert field["title"]
        assert "。" in field["description"]
