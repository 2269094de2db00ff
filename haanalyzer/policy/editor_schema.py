"""The schemas of what users write, as editors take them: standing alone, in the words of draft 7."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from haanalyzer.policy.declared.reader import schema
from haanalyzer.policy.every_rule import rules
from haanalyzer.policy.profiles import profile_names
from haanalyzer.rules.kit import Rule

_DRAFT_7 = "http://json-schema.org/draft-07/schema#"
_ADJUSTMENT = {"$ref": "#/definitions/adjustment"}
_TYPES = {bool: "boolean", int: "number", float: "number", str: "string", list: "array"}


def configuration_schema() -> dict[str, Any]:
    """The schema of ``haanalyzer.yaml``, with the profiles, rules and parameters that there are."""
    definitions = schema()["$defs"]
    content = _inlined(definitions["configuration"], {**definitions, "adjustment": {}})
    words = content["properties"]
    profile = {"enum": list(profile_names())}
    words["profile"] |= profile
    words["stacks"]["items"]["properties"]["profile"] |= profile
    words["profile_by_tag"]["additionalProperties"]["additionalProperties"] |= profile
    names = [name for rule in rules() for name in (rule.info.code, rule.info.slug)]
    for key in ("select", "ignore"):
        words[key]["items"] = {"anyOf": [{"enum": names}, {"type": "string"}]}
    words["rules"] |= {"properties": _adjustments(), "additionalProperties": _ADJUSTMENT}
    adjustment = _inlined(definitions["adjustment"], definitions)
    del adjustment["description"]  # editors would show it in place of the rule's
    return {"$schema": _DRAFT_7, "title": "haanalyzer.yaml", **content, "definitions": {"adjustment": adjustment}}


def ruleset_schema() -> dict[str, Any]:
    """The schema of a file of one's own rules."""
    return {"$schema": schema()["$schema"], "$ref": "#/$defs/ruleset", "$defs": schema()["$defs"]}


def _inlined(node: Any, definitions: Mapping[str, Any]) -> Any:
    """The same without references: draft 7 reads nothing beside one."""
    if isinstance(node, list):
        return [_inlined(each, definitions) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _inlined(value, definitions) for key, value in node.items() if key != "$ref"}
    if "$ref" in node:
        found = {**_inlined(definitions[node["$ref"].rpartition("/")[2]], definitions), **found}
    return found


def _adjustments() -> dict[str, Any]:
    """What may be said of each rule, by code and by slug."""
    found: dict[str, Any] = {}
    for rule in rules():
        found[rule.info.code] = {
            "description": f"{rule.info.slug}: {rule.info.title}.",
            "allOf": [_ADJUSTMENT],
            "properties": {"parameters": {"properties": _parameters(rule), "additionalProperties": False}},
        }
        found[rule.info.slug] = {
            "description": f"{rule.info.code}: {rule.info.title}.",
            "allOf": [{"$ref": f"#/properties/rules/properties/{rule.info.code}"}],
        }
    return found


def _parameters(rule: Rule) -> dict[str, Any]:
    return {
        name: {"type": _TYPES[type(default)], "default": default}
        for name, default in rule.parameters.items()
        if type(default) in _TYPES
    }
