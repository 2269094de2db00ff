"""Every rule as the classes that cfn-lint makes its objects of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from haanalyzer.catalog.kinds import dialect_of, kinds
from haanalyzer.cfnlint.ids import LETTERS, NOT_READ, OTHER_RULE, id_of
from haanalyzer.cfnlint.rule import Rule
from haanalyzer.policy import SettingsError, rules, settings_for
from haanalyzer.report.options import HOME, rule_page
from haanalyzer.report.words import one_line
from haanalyzer.rules import kit

_TAGS = ["haanalyzer", "high-availability"]
_DOCUMENTATION = f"{HOME}/blob/main/docs/cfn-lint.md"
_TYPES = {bool: "boolean", int: "integer"}


def rule_classes() -> dict[str, type[Rule]]:
    """A class for each id, by the id.

    They are the built-in rules that judge anything of CloudFormation's, and those of the user's own that
    the configuration of the current folder names: cfn-lint wants them before it has read a template.
    """
    found = dict(_about_the_analysis())
    for rule in (*rules(), *_own_rules()):
        if _is_for_cloudformation(rule):
            found |= _classes(rule.info.code, _of_rule(rule))
    return found


def _classes(code: str, attributes: dict[str, Any]) -> Iterator[tuple[str, type[Rule]]]:
    for weight in LETTERS:
        id_ = id_of(code, weight)
        yield id_, type(id_, (Rule,), {**attributes, "id": id_, "code": code, "weight": weight})


def _of_rule(rule: kit.Rule) -> dict[str, Any]:
    info = rule.info
    return {
        "__doc__": info.title,
        "shortdesc": one_line(f"{info.title} ({info.code} {info.slug})"),
        "description": one_line(f"{info.why} How to mend: {info.mend}"),
        "source_url": rule_page(info) or "",
        "tags": [*_TAGS, *info.kinds],
        "config_definition": {
            name: {"type": _TYPES.get(type(value), "string"), "default": value}
            for name, value in rule.parameters.items()
        },
    }


def _about_the_analysis() -> Iterator[tuple[str, type[Rule]]]:
    texts = {
        NOT_READ: (
            "The high-availability analysis is not complete",
            "An error is what could not be read or analyzed, a note what was left out or only the deployment decides.",
        ),
        OTHER_RULE: (
            "A high-availability rule of your own",
            "A rule that only a configuration below the folder names in which cfn-lint was started.",
        ),
    }
    for code, (title, description) in texts.items():
        shared = {"__doc__": title, "shortdesc": title, "description": description, "tags": _TAGS}
        yield from _classes(code, {**shared, "source_url": _DOCUMENTATION})


def _own_rules() -> tuple[kit.Rule, ...]:
    """The user's own; a configuration that cannot be read is complained of with the templates that it holds for."""
    try:
        profile = settings_for(Path.cwd()).standards.profile
    except SettingsError:
        return ()
    built_in = {rule.info.code for rule in rules()}
    return tuple(rule for rule in profile.rules if rule.info.code not in built_in)


def _is_for_cloudformation(rule: kit.Rule) -> bool:
    types = (type_ for kind in rule.info.kinds for type_ in kinds()[kind].types)
    return any(dialect_of(type_) == "cloudformation" for type_ in types)
