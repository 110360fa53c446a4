"""SARIF 2.1.0, read by the models of sarif-pydantic; what those let pass is looked at here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from pydantic import BaseModel
from sarif_pydantic import Sarif

from dutybook import __version__
from dutybook.messages import Language
from dutybook.problems import Kind, Problem, Report, Severity, Span
from dutybook.reports import sarif
from dutybook.rules import RULES
from tests.reports.reported import TELLER, from_top, report

UNMODELLED = {"runs[].columnKind"}  # in the standard (3.14.17), and in no model yet


def read(found: Report) -> Sarif:
    return Sarif.model_validate_json(sarif.render(found, from_top))


def extras(value: Any, route: str = "") -> Iterator[str]:
    """Yield the routes of the properties that the models do not know."""
    if isinstance(value, BaseModel):
        for key in value.model_extra or {}:
            yield f"{route}.{key}".lstrip(".")
        for key in value.model_fields_set & set(type(value).model_fields):
            yield from extras(getattr(value, key), f"{route}.{key}".lstrip("."))
    elif isinstance(value, list):
        for one in value:
            yield from extras(one, f"{route}[]")


def test_the_models_know_every_property() -> None:
    log = read(report())
    assert set(extras(log)) == UNMODELLED
    assert log.version == "2.1.0"
    assert str(log.schema_uri).endswith("/sarif-2.1.0.json")
    assert (
        json.loads(sarif.render(report(), from_top))["runs"][0]["columnKind"] == "unicodeCodePoints"
    )


def test_results_say_what_was_found() -> None:
    found = report()
    (run,) = read(found).runs
    assert (run.tool.driver.name, run.tool.driver.version) == ("dutybook", __version__)
    assert run.results is not None
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    for result, problem in zip(run.results, found.problems, strict=True):
        (location,) = result.locations or []
        place = location.physical_location
        assert place is not None
        assert place.artifact_location is not None
        uri = place.artifact_location.uri or ""
        assert uri.isascii()
        assert not set(uri) & set(' ,"<>\\^`{|}%') - {"%"}
        assert unquote(uri) == from_top(problem.path)
        span, region = problem.span, place.region
        assert (region is None) == (span is None)
        if span and region:
            assert span == Span(
                region.start_line or 0, region.start_column or 0, region.end_line or 0,
                region.end_column or 0,
            )  # fmt: skip
            assert span.line >= 1
            assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert result.rule_id == problem.kind.code
        assert result.level is not None
        assert result.level.value == levels[problem.kind.severity]
        assert result.message.text == f"{problem.message} {problem.hint}".strip()
        assert len(result.related_locations or []) == len(problem.related)
    assert from_top(TELLER) in [
        unquote(one.locations[0].physical_location.artifact_location.uri)  # type: ignore[index, union-attr, arg-type]
        for one in run.results
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_rules_are_described_once_and_pointed_at(language: Language) -> None:
    found = report(language)
    (run,) = read(found).runs
    rules = run.tool.driver.rules or []
    ids = [rule.id for rule in rules]
    assert ids == [rule.kind.code for rule in RULES if rule.kind.code in set(ids)]
    assert set(ids) == {problem.kind.code for problem in found.problems}
    for result in run.results or []:
        assert result.rule_index is not None
        assert ids[result.rule_index] == result.rule_id
    assert all(rule.short_description and rule.short_description.text for rule in rules)


def test_related_places_are_numbered_within_a_result() -> None:
    found = report()
    results = json.loads(sarif.render(found, from_top))["runs"][0]["results"]
    related = [one["relatedLocations"] for one in results if one["relatedLocations"]]
    assert related
    for places in related:
        assert [place["id"] for place in places] == list(range(len(places)))


def test_an_empty_report_is_a_run_without_results() -> None:
    (run,) = read(Report((), 3)).runs
    assert run.results == []
    assert json.loads(sarif.render(Report((), 3), str))["runs"][0]["results"] == []


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("roles/a.yaml", "roles/a.yaml"),
        ("roles/a b%:#?.yaml", "roles/a%20b%25%3A%23%3F.yaml"),
        ("roles/柜.yaml", "roles/%E6%9F%9C.yaml"),
        ("roles/\udcff.yaml", "roles/%FF.yaml"),
    ],
)
def test_paths_are_uris(path: str, uri: str) -> None:
    problem = Problem(Kind("S001", "unknown-key", Severity.ERROR), "问题", path=path)
    (run,) = Sarif.model_validate_json(sarif.render(Report((problem,), 1), str)).runs
    written = sarif.render(Report((problem,), 1), str)
    assert run.results
    assert f'"uri": "{uri}"' in written


def test_a_level_that_the_book_chose_is_that_of_the_result_alone() -> None:
    problem = Problem(Kind("W001", "catch-all", Severity.ERROR), "问题", path="roles/a.yaml")
    run = json.loads(sarif.render(Report((problem,), 1), str))["runs"][0]
    assert run["results"][0]["level"] == "error"
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": "note"}
