"""Files of declared rules: read, held to the schema and to the catalogue's words, and compiled."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import yaml

from haanalyzer.finding import OUR_LETTERS
from haanalyzer.policy.declared.deferred import deferred
from haanalyzer.policy.declared.entry import Path
from haanalyzer.policy.folder import rulesets
from haanalyzer.rules.kit import Rule
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files

_CODE = "invalid-ruleset"


class RulesetError(ValueError):
    """A file of rules cannot be used; ``problems`` say where and why, one line each."""

    def __init__(self, problems: list[Diagnostic]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def read_built_in(name: str) -> list[Rule]:
    """The rules of one of our own files, which the tests check and not every start."""
    text = rulesets().joinpath(name).read_text("utf-8")
    data: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    return [deferred(entry) for entry in data["rules"]]


def read_ruleset(path: str, base: FilePath, others: Sequence[Rule]) -> list[Rule]:
    """The rules of a user's file, by its path from the base, besides others.

    RulesetError with everything that is wrong with it.
    """
    files = Files(base)
    files.admit(path)
    document = files.read(path)
    if isinstance(document, Diagnostic):
        raise RulesetError([document])
    return read_rules(document, others)


def read_rules(document: Document, others: Sequence[Rule] | None = None) -> list[Rule]:
    """The rules that a text declares. RulesetError with everything that is wrong with it.

    ``others`` are the rules that there are besides a user's; None for a file of ours.
    """
    from haanalyzer.frontends.tree.loader import load
    from haanalyzer.frontends.tree.nodes import plain
    from haanalyzer.frontends.tree.steps import place_of
    from haanalyzer.policy.declared.rule import compile_rule
    from haanalyzer.policy.declared.shape import wrong_in_shape

    root, diagnostics = load(document)
    if diagnostics:
        raise RulesetError(sorted(diagnostics))
    data = plain(root) if root is not None else None
    faults = wrong_in_shape(data, schema())
    rules: list[Rule] = []
    for index, entry in enumerate(_entries(data)):
        path: Path = ("rules", index)
        if not any(fault[: len(path)] == path or len(fault) < len(path) for fault, _ in faults):
            rule, wrong = compile_rule(entry, path)
            faults += wrong
            rules += [rule] if rule is not None else []
    faults += _names(data, others)
    if faults:
        raise RulesetError(sorted({Diagnostic(place_of(root, path, document), _CODE, text) for path, text in faults}))
    return rules


@cache
def schema() -> Mapping[str, Any]:
    """The schema of rulesets."""
    found: Mapping[str, Any] = json.loads(rulesets().joinpath("schema.json").read_text("utf-8"))
    return found


def _entries(data: object) -> list[Any]:
    rules = data.get("rules") if isinstance(data, dict) else None
    return rules if isinstance(rules, list) else []


def _names(data: object, others: Sequence[Rule] | None) -> Iterator[tuple[Path, str]]:
    """What is wrong with the rules' names: given twice, another rule's, or, in a user's file, like ours."""
    taken = {name: rule.info for rule in others or () for name in (rule.info.code, rule.info.slug)}
    seen: set[str] = set()
    for index, entry in enumerate(_entries(data)):
        for key in ("code", "slug"):
            name = entry.get(key) if isinstance(entry, dict) else None
            path: Path = ("rules", index, key)
            if not isinstance(name, str):
                continue
            if name in seen:
                yield path, f"expected another {key}, {name} is that of an earlier rule"
            elif name in taken:
                yield path, f"expected another {key}, {name} is that of {taken[name].code} {taken[name].slug}"
            elif key == "code" and others is not None and name.startswith(OUR_LETTERS):
                yield path, f"expected other letters, codes that begin with {OUR_LETTERS} are those of built-in rules"
            seen.add(name)
