"""What a file is, by its name and the look of its text; nothing here parses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

TEMPLATE_ENDINGS = (".yaml", ".yml", ".json", ".template", ".cfn", ".cform")

# A type of CloudFormation's own or of its registry: `AWS::EC2::VPC`, `Custom::Thing`, `Datadog::Monitors::Monitor`.
_TYPE_ENTRY = re.compile(r"""(?:^|[\s{,])["']?Type["']?\s*:\s*["']?[A-Za-z0-9]+::[A-Za-z0-9]""")
# AppSpec files and others keep a list there.
_LIST_OF_RESOURCES = re.compile(r"""["']?Resources["']?\s*:(?:\s|\#[^\r\n]*)*+[-\[]""")
_MACRO = re.compile(r"AWS::(?:Serverless-|LanguageExtensions)")
_VERSION_KEY = "AWSTemplateFormatVersion"
_SECTIONS = frozenset(
    {"Conditions", "Description", "Hooks", "Mappings", "Metadata", "Outputs", "Parameters", "Resources", "Rules"}
    | {"Transform", _VERSION_KEY}
)
# Cheaper than finding the top level, and most files have none of these.
_HINT = re.compile(rf"""(?:{_VERSION_KEY}|Resources)["']?\s*:""")

# Lines may end with a carriage return alone.
_YAML_TOP_KEY = re.compile(r"""(?:^|(?<=\r))(["']?)([A-Za-z][\w.-]*)\1[ \t]*:(?=\s|$)""", re.MULTILINE)
_YAML_FIRST_VERSION = re.compile(rf"""\A(?:\s|(?:\#|---)[^\r\n]*)*+["']?{_VERSION_KEY}["']?\s*:""")
_JSON_TOKEN = re.compile(r'"((?:[^"\\\n]|\\.)*)"(\s*:)?|[\[{]|[\]}]')
_OPENS_FLOW = re.compile(r"\A\s*\{(?![{%#])")
_PLAN = re.compile(r'\A\s*\{.{0,300}?"format_version"\s*:', re.DOTALL)
_PLAN_OR_STATE_KEYS = frozenset({"planned_values", "values"})


def may_be_template(name: str) -> bool:
    """Whether a file of this name is worth a look inside."""
    return name.lower().endswith(TEMPLATE_ENDINGS)


def looks_like_template(text: str) -> bool:
    """Whether a text, or its beginning, is meant to be a CloudFormation template, broken or not.

    It has ``AWSTemplateFormatVersion`` at its top level, or ``Resources`` with a
    ``Type`` of the form ``A::B`` or with a ``Transform`` by one of AWS's macros.
    """
    if _HINT.search(text) is None:
        return False
    if _YAML_FIRST_VERSION.match(text):
        return True
    sections = _sections(text)
    if _VERSION_KEY in sections:
        return True
    resources = sections.get("Resources")
    if resources is None or _LIST_OF_RESOURCES.match(resources):
        return False
    return bool(_TYPE_ENTRY.search(resources) or _MACRO.search(sections.get("Transform", "")))


def may_continue_as_template(opening: str) -> bool:
    """Whether only the rest of a long file can tell: so far it has nothing but a template's sections."""
    keys = (key for key, _ in _top_level(opening))
    return next(keys, None) in _SECTIONS and all(key in _SECTIONS for key in keys)


def looks_like_plan(opening: str) -> bool:
    """Whether this is the beginning of what ``terraform show -json`` writes of a plan or a state."""
    return _PLAN.match(opening) is not None and '"terraform_version"' in opening


def looks_like_state(opening: str) -> bool:
    """Whether this is the beginning of what ``terraform show -json`` writes of a state."""
    return looks_like_plan(opening) and "values" in (key for key, _ in _top_level(opening))


def is_meant_as_plan(text: str) -> bool:
    """Whether a whole text is a plan or a state in JSON, in whatever order its keys are."""
    keys = {key for key, _ in _top_level(text)} if _OPENS_FLOW.match(text) else set()
    return "format_version" in keys and not keys.isdisjoint(_PLAN_OR_STATE_KEYS)


def _sections(text: str) -> dict[str, str]:
    """The text of each entry of the outermost mapping, key included; the first of duplicates counts."""
    sections: dict[str, str] = {}
    for (key, start), (_, end) in pairwise([*_top_level(text), ("", len(text))]):
        sections.setdefault(key, text[start:end])
    return sections


def _top_level(text: str) -> Iterator[tuple[str, int]]:
    """The keys of the outermost mapping and where each stands."""
    if _OPENS_FLOW.match(text):
        return _flow_keys(text)
    return ((match[2], match.start()) for match in _YAML_TOP_KEY.finditer(text))


def _flow_keys(text: str) -> Iterator[tuple[str, int]]:
    depth = 0
    for token in _JSON_TOKEN.finditer(text):
        if token[1] is not None:
            if depth == 1 and token[2]:
                yield token[1], token.start()
        else:
            depth += 1 if token[0] in "[{" else -1
