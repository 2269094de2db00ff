"""The configuration that `init` writes: each setting with what it means, most of them commented out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from haanalyzer.report.options import HOME
from haanalyzer.report.words import counted, one_line

if TYPE_CHECKING:
    from haanalyzer.cli.first_look import FirstLook

SCHEMA_URL = f"{HOME}/raw/main/docs/configuration.schema.json"
_PAGE = f"{HOME}/blob/main/docs/configuration.md"
_MOST_VALUES = 6
_EXAMPLES = {
    "ignore": "ignore: [HA7]",
    "min_level": "min_level: warning",
    "fail_on": "fail_on: error",
    "every_case": "every_case: true",
    "show": "show: [undecided]",
    "exclude": "exclude: [examples/]",
    "baseline": "baseline: haanalyzer-baseline.json",
    "stacks": "stacks:\n  - {name: network-production, template: network.yaml, parameters: production.json}",
}


def starting_configuration(look: FirstLook, profile: str) -> str:
    """The text of a configuration: the profile, and for the rest examples in comments, drawn from what is there."""
    words = _descriptions()
    blocks = [
        [
            f"yaml-language-server: $schema={SCHEMA_URL}",
            "Settings of haanalyzer for this folder. All of them:",
            _PAGE,
        ],
        [words["profile"], *_what_profiles_find(look)],
        [words["profile_by_tag"], *_tag(look)],
        *([words[key], *example.splitlines()] for key, example in _EXAMPLES.items()),
        [words["rules"], "rules:", f"  {_rule(look, profile)}: {{severity: note, reason: why it weighs less here}}"],
    ]
    lines = [[f"# {line}".rstrip() for line in block] for block in blocks]
    lines[1].append(f"profile: {profile}")
    return "\n\n".join("\n".join(block) for block in lines) + "\n"


def what_there_is(look: FirstLook) -> str:
    """``2 templates, 1 root module``."""
    return f"{counted(look.templates, 'template')}, {counted(look.roots, 'root module')}"


def _descriptions() -> dict[str, str]:
    from haanalyzer.policy.editor_schema import configuration_schema

    return {key: word["description"] for key, word in configuration_schema()["properties"].items()}


def _what_profiles_find(look: FirstLook) -> Iterator[str]:
    from haanalyzer.policy import load_profile

    yield f"What each would find here today, in {what_there_is(look)}:"
    widest = max(map(len, look.found))
    for name, found in look.found.items():
        yield f"  {name:<{widest}}  {found.total():>4}  {load_profile(name).title.lower()}"


def _tag(look: FirstLook) -> Iterator[str]:
    from haanalyzer.policy import tag_values

    profiles = tag_values()
    if look.values:
        seen = ", ".join(f"{_quoted(value)} ({count})" for value, count in look.values.most_common(_MOST_VALUES))
        yield f"{one_line(look.tag)} is here, with the number of resources: {seen}."
    named = {value: profiles[value.lower()] for value in sorted(look.values) if value.lower() in profiles}
    chosen = ", ".join(
        f"{_quoted(value)}: {profile}" for value, profile in (named or {"prod": profiles["prod"]}).items()
    )
    yield "profile_by_tag:"
    yield f"  {_quoted(look.tag or 'Environment')}: {{{chosen}}}"


def _quoted(text: str) -> str:
    """A text as YAML: plain where it surely is one."""
    return text if text.isascii() and text.isalpha() else json.dumps(one_line(text))


def _rule(look: FirstLook, profile: str) -> str:
    """The rule that finds most."""
    ranked = look.found[profile].most_common(1) or look.found["all"].most_common(1)
    return ranked[0][0] if ranked else "single-way-out"
