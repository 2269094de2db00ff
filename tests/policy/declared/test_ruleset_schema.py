"""The schema says what the code reads, and our own rulesets keep it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
import yaml

from haanalyzer.policy.declared.operators import BOUNDS, OPERATORS, STATES
from haanalyzer.policy.declared.parser import FORMS
from haanalyzer.policy.declared.reader import read_built_in, read_rules, schema
from haanalyzer.policy.every_rule import PROFILES
from haanalyzer.policy.folder import rulesets
from haanalyzer.source.document import Document

DEFINITIONS = schema()["$defs"]
TABLES = sorted(each.name for each in rulesets().iterdir() if each.name.endswith(".yaml"))


def required(definition: str, word: str = "oneOf") -> list[str]:
    return [branch["required"][0] for branch in DEFINITIONS[definition][word]]


def test_the_forms_of_a_condition() -> None:
    assert set(required("condition")) == set(FORMS)
    choices = [branch["then"]["$ref"].rpartition("/")[2] for branch in DEFINITIONS["condition"]["allOf"]]
    assert choices == required("condition")
    assert all(choice in DEFINITIONS[choice]["properties"] for choice in choices)


def test_the_operators() -> None:
    assert set(required("attribute")) == {*OPERATORS, "is"}
    assert set(DEFINITIONS["attribute"]["properties"]) == {"attribute", "is", *OPERATORS}
    assert set(DEFINITIONS["attribute"]["properties"]["is"]["enum"]) == set(STATES)


def test_the_bounds() -> None:
    assert set(required("bounds_of_such", "anyOf")) == set(BOUNDS)
    assert set(DEFINITIONS["bounds_of_such"]["properties"]) == {*BOUNDS, "where"}
    assert set(DEFINITIONS["count"]["properties"]) == {*BOUNDS, "count"}
    assert set(DEFINITIONS["zones"]["properties"]["zones"]["properties"]) == set(BOUNDS)


def undescribed(node: Any, path: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for name, word in node.get("properties", {}).items():
            target = DEFINITIONS[word["$ref"].rpartition("/")[2]] if "$ref" in word else word
            if "description" not in word and "description" not in target:
                yield f"{path}/{name}"
        for key, inner in node.items():
            yield from undescribed(inner, f"{path}/{key}")


def test_every_word_of_a_rule_is_described() -> None:
    of_rules = {name: each for name, each in DEFINITIONS.items() if name not in ("profile", "weight")}
    assert list(undescribed(of_rules)) == []


@pytest.mark.parametrize("name", TABLES)
def test_our_rulesets_keep_it(name: str) -> None:
    data = yaml.safe_load(rulesets().joinpath(name).read_text("utf-8"))
    jsonschema.Draft202012Validator(json.loads(rulesets().joinpath("schema.json").read_text("utf-8"))).validate(data)


@pytest.mark.parametrize("name", [name for name in TABLES if name != PROFILES])
def test_our_rules_are_read_alike_in_both_ways(name: str) -> None:
    strictly = read_rules(Document(name, rulesets().joinpath(name).read_text("utf-8")))
    quickly = [replace(rule, check=rule.check.check) for rule in read_built_in(name)]
    assert quickly == strictly
