"""Writes the plan in JSON that Terraform would make of a root, as far as our own reading knows the root.

As ``terraform show -json`` has it, there are ``planned_values`` by module, ``resource_changes`` with
``after_unknown``, data sources in ``prior_state``, and the ``configuration`` with ``constant_value`` or
``references``. What our reading does not know is said to be known after the apply.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from haanalyzer.frontends.deployment import Inputs
from haanalyzer.frontends.terraform.evaluation.attributes import evaluated
from haanalyzer.frontends.terraform.evaluation.scope import NoNames, Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError, plain
from haanalyzer.frontends.terraform.functions.request import FunctionContext
from haanalyzer.frontends.terraform.instances import Module, Origin, Unread
from haanalyzer.frontends.terraform.modules.module import ModuleSyntax
from haanalyzer.frontends.terraform.parsing.expressions import children
from haanalyzer.frontends.terraform.parsing.notations import expression_of
from haanalyzer.frontends.terraform.parsing.syntax import (
    AttributeSyntax,
    BodySyntax,
    Expression,
    ForExpression,
    FunctionCall,
    GetAttribute,
    Index,
    Literal,
    Splat,
    Variable,
)
from haanalyzer.frontends.terraform.resources import Resource
from haanalyzer.frontends.terraform.session import Session
from haanalyzer.frontends.terraform.tfvars import PassedVariables
from haanalyzer.source.files import Files
from haanalyzer.values import Absent, AttributeOf, Known, ListValue, MapValue, Unknown, Value

_MADE_BY_AWS = ("id", "arn")
_NOT_ARGUMENTS = {"count", "for_each", "provider", "depends_on", "source", "version", "providers"}


class NotPlannableError(Exception):
    """Terraform would make no plan of it: the number of something is not known."""


class Planner:
    """Makes plans of a root; with ``is_deployed`` all of it is there already, and identifiers are known."""

    def __init__(self, base: Path, folder: str, inputs: Inputs, *, is_deployed: bool = False) -> None:
        self._files = Files(base)
        self._session = Session(folder, self._files, inputs)
        declared = self._session.module(folder)
        self._root = Module(self._session, declared, PassedVariables(folder, self._files, inputs), Origin())
        self._is_deployed = is_deployed
        self._changes: list[dict[str, Any]] = []

    def plan(self) -> dict[str, Any]:
        """The plan; NotPlannableError where there can be none."""
        planned = self._module(self._root, is_data=False)
        read = self._module(self._root, is_data=True)
        return {
            "format_version": "1.2",
            "terraform_version": "1.9.0",
            "variables": dict(self._variables()),
            "planned_values": {"root_module": planned},
            "resource_changes": self._changes,
            "prior_state": {"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": read}},
            "configuration": {
                "provider_config": {
                    key: {"name": key.split(".")[0], "expressions": expressions(block.body, self._files)}
                    for key, block in self._root.declared.providers.items()
                },
                "root_module": self._recorded(self._root),
            },
        }

    def _variables(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, block in self._root.declared.variables.items():
            data, unknown = self._json(self._root.reference("var", name, block.header_span))
            if not unknown:
                yield name, {} if data is None else {"value": data}

    def _module(self, module: Module, *, is_data: bool) -> dict[str, Any]:
        """A module of ``planned_values``, or of the data sources in ``prior_state``."""
        found: dict[str, Any] = {"address": module.address} if module.address else {}
        table = module.declared.data if is_data else module.declared.resources
        resources = [
            self._resource(module, member, is_data=is_data)
            for type_, name in table
            for member in (module.data_sources(type_, name) if is_data else module.resources(type_, name)).members
            if isinstance(member, Resource)
        ]
        below = [
            self._module(inner, is_data=is_data) for name in module.declared.calls for inner in _below(module, name)
        ]
        if resources:
            found["resources"] = [each for each in resources if each]
        if any(below):
            found["child_modules"] = [each for each in below if len(each) > 1]
        return found

    def _resource(self, module: Module, member: Resource, *, is_data: bool) -> dict[str, Any]:
        if not member.existence.certain or member.existence.several:
            raise NotPlannableError(member.address)
        prefix = f"{module.address}." if module.address else ""
        base = f"{prefix}{'data.' if is_data else ''}{'.'.join(member.block.labels)}"
        key = member.address[len(base) :]
        values, unknown = self._attributes(member, is_data=is_data)
        type_, name = member.block.labels
        found = {
            "address": member.address,
            "mode": "data" if is_data else "managed",
            "type": type_,
            "name": name,
            **({"index": json.loads(key[1:-1])} if key else {}),
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "schema_version": 0,
        }
        if not is_data:
            change = {"actions": ["create"], "before": None, "after": values, "after_unknown": unknown}
            self._changes.append({**found, "change": {**change, "after_sensitive": {}}})
        return {**found, "values": values, "sensitive_values": {}}

    def _attributes(self, member: Resource, *, is_data: bool) -> tuple[dict[str, Any], dict[str, Any]]:
        values: dict[str, Any] = {"timeouts": None}
        unknown: dict[str, Any] = {}
        for name, value in member.attributes.items():
            data, mask = self._json(value)
            if mask is not True:
                values[name] = data
            if mask:
                unknown[name] = mask
        for name in () if is_data else _MADE_BY_AWS:
            if self._is_deployed:
                values[name] = self._made_by_aws(AttributeOf(member.address, name))
            else:
                unknown[name] = True
        return values, unknown

    def _json(self, value: Value) -> tuple[Any, Any]:
        """A value as JSON, and the mask of what is unknown in it."""
        match value:
            case Known(data=data):
                return data, False
            case Absent():
                return None, False
            case ListValue(items=items, open=None):
                parts = [self._json(item) for item in items]
                masks = [mask for _, mask in parts]
                return [data for data, _ in parts], masks if any(masks) else False
            case MapValue(entries=entries, open=None):
                pairs = {key: self._json(entry) for key, entry in entries.items()}
                known = {key: data for key, (data, mask) in pairs.items() if mask is not True}
                return known, {key: mask for key, (_, mask) in pairs.items() if mask}
            case Unknown(term=AttributeOf() as term) if self._is_deployed and term.name in _MADE_BY_AWS:
                return self._made_by_aws(term), False
        return None, True

    def _made_by_aws(self, attribute: AttributeOf) -> str:
        number = sum(ord(letter) * 131**at for at, letter in enumerate(attribute.address)) % 16**17
        kind = attribute.address.split(".")[-2].removeprefix("aws_").replace("_", "-")
        return f"arn:aws:{kind}:::{number:017x}" if attribute.name == "arn" else f"{kind}-{number:017x}"

    def _recorded(self, module: Module) -> dict[str, Any]:
        """A module of the configuration."""
        declared = module.declared
        found: dict[str, Any] = {
            "variables": {name: {} for name in declared.variables},
            "outputs": {
                name: {"expression": expression(block.body.attributes["value"], self._files)}
                for name, block in declared.outputs.items()
                if "value" in block.body.attributes
            },
            "resources": list(self._recorded_resources(declared)),
        }
        if declared.calls:
            found["module_calls"] = {}
        for name, block in declared.calls.items():
            members = [member for member in module.modules(name).members if isinstance(member, Module)]
            syntax = members[0] if members else None
            found["module_calls"][name] = {
                "source": "./somewhere",
                "expressions": expressions(block.body, self._files),
                **_repetition(block.body, self._files),
                "module": self._recorded(syntax) if syntax else {},
            }
        return found

    def _recorded_resources(self, declared: ModuleSyntax) -> Iterator[dict[str, Any]]:
        for mode, table in (("managed", declared.resources), ("data", declared.data)):
            for (type_, name), block in table.items():
                provider = block.body.attributes.get("provider")
                yield {
                    "address": f"{'data.' if mode == 'data' else ''}{type_}.{name}",
                    "mode": mode,
                    "type": type_,
                    "name": name,
                    "provider_config_key": provider.text.strip() if provider else type_.split("_")[0],
                    "expressions": expressions(block.body, self._files),
                    "schema_version": 0,
                    **_repetition(block.body, self._files),
                }


def _below(module: Module, name: str) -> Iterator[Module]:
    for member in module.modules(name).members:
        if isinstance(member, Unread):
            raise NotPlannableError(f"module.{name}")
        if isinstance(member, Module):
            if not member.origin.existence.certain or member.origin.existence.several:
                raise NotPlannableError(member.address)
            yield member


def _repetition(body: BodySyntax, files: Files) -> dict[str, Any]:
    written = {kind: body.attributes[kind] for kind in ("count", "for_each") if kind in body.attributes}
    return {f"{kind}_expression": expression(attribute, files) for kind, attribute in written.items()}


def expressions(body: BodySyntax, files: Files) -> dict[str, Any]:
    """The arguments and nested blocks of a body as the configuration of a plan has them."""
    found: dict[str, Any] = {
        name: expression(attribute, files) for name, attribute in body.attributes.items() if name not in _NOT_ARGUMENTS
    }
    for block in body.blocks:
        if block.type not in ("dynamic", "lifecycle", "provisioner", "connection"):
            found.setdefault(block.type, []).append(expressions(block.body, files))
    return found


def expression(attribute: AttributeSyntax, files: Files) -> dict[str, Any]:
    """An expression: a constant, or all it refers to."""
    node = expression_of(attribute)
    references = list(dict.fromkeys(each for chain in _references(node, frozenset()) for each in _written(chain)))
    if references:
        return {"references": references}
    if any(isinstance(each, FunctionCall) for each in _all(node)):
        return {}
    try:
        names = NoNames(FunctionContext(files, "."))
        return {"constant_value": plain(evaluated(node, Scope(names, attribute.document)))}
    except (EvaluationError, NotPlainError):
        return {}


def _all(node: Expression) -> Iterator[Expression]:
    yield node
    for child in children(node):
        yield from _all(child)


def _references(node: Expression, bound: frozenset[str]) -> Iterator[list[str]]:
    """What an expression refers to, each as its steps."""
    steps = _steps(node)
    if steps is not None:
        if steps[0] not in bound:
            yield steps
        return
    inner = bound
    if isinstance(node, ForExpression):
        inner = bound | {node.value_name, node.key_name or node.value_name}
    for child in children(node):
        if not isinstance(node, Splat) or child is node.of:
            yield from _references(child, inner)


def _steps(node: Expression) -> list[str] | None:
    match node:
        case Variable(name=name):
            return [name]
        case GetAttribute(of=of, name=name):
            before = _steps(of)
            return None if before is None else [*before, f".{name}"]
        case Index(of=of, key=Literal(value=key)):
            before = _steps(of)
            return None if before is None else [*before, f"[{json.dumps(key)}]"]
    return None


def _written(steps: list[str]) -> Iterator[str]:
    """A reference, and behind it its beginnings down to what is declared."""
    least = 3 if steps[0] == "data" else 2
    for length in range(len(steps), least - 1, -1):
        yield "".join(steps[:length])
