"""The configuration that a plan keeps a record of, as modules: for what it was made of is not always at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from haanalyzer.frontends.terraform.modules.module import ModuleSyntax
from haanalyzer.frontends.terraform.parsing.syntax import AttributeSyntax, BlockSyntax, BodySyntax
from haanalyzer.frontends.terraform.plan.json_node import Json, JsonNode
from haanalyzer.frontends.terraform.plan.relations import REFERS_TO
from haanalyzer.source.document import Document, StandIn
from haanalyzer.source.span import Span

LAST_STEP = re.compile(r'module\.([\w-]+)(?:\[(?:(\d+)|("(?:[^"\\]|\\.)*"))\])?$')
"""The end of a module instance's address: the name of its call, and its index or its key in quotes."""

_REFERENCE = re.compile(r'[A-Za-z_][\w-]*(?:\.[\w-]+|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*')


@dataclass(frozen=True)
class RecordedConfiguration:
    """The ``configuration`` of a plan. A module is made of it once, however often it is called."""

    node: JsonNode
    _modules: dict[tuple[str, ...], ModuleSyntax | None] = field(default_factory=dict)

    def module(self, path: tuple[str, ...]) -> ModuleSyntax | None:
        """The module that these calls lead to, one inside the other; None where the plan has none."""
        if path not in self._modules:
            node = self.node.at("root_module")
            for name in path:
                node = node.at("module_calls", name, "module") if node else None
            self._modules[path] = self._module(node, path) if node else None
        return self._modules[path]

    def _module(self, node: JsonNode, path: tuple[str, ...]) -> ModuleSyntax:
        module = ModuleSyntax("")
        prefix = "".join(f"module.{name}." for name in path)
        for resource in node.list_at("resources"):
            type_, name, is_data = resource.text("type"), resource.text("name"), resource.text("mode") == "data"
            if type_ is not None and name is not None:
                kind = "data" if is_data else "resource"
                table = module.data if is_data else module.resources
                table[type_, name] = _block(
                    kind, (type_, name), resource, f"{prefix}{'data.' if is_data else ''}{type_}.{name}"
                )
        for name, call in _members(node, "module_calls"):
            module.calls[name] = _block("module", (name,), call, f"{prefix}module.{name}")
        for name, variable in _members(node, "variables"):
            module.variables[name] = _variable(name, variable, prefix)
        for name, output in _members(node, "outputs"):
            module.outputs[name] = _output(name, output, prefix)
        for key, provider in _members(self.node, "provider_config"):
            if _prefix_of(provider) == prefix and provider.at("expressions"):
                own = _own_key(key)
                module.providers[own] = _block("provider", (own.split(".")[0],), provider, f"{prefix}provider.{own}")
        module.secrets = any("sensitive" in block.body.attributes for block in module.variables.values())
        return module


@dataclass(frozen=True)
class BareConfiguration:
    """What must have been written for the instances of a root module of ``values``: blocks without arguments."""

    node: JsonNode

    def module(self, path: tuple[str, ...]) -> ModuleSyntax | None:
        """The module that these calls lead to, one inside the other; None where nothing is in it."""
        nodes = [self.node]
        for name in path:
            nodes = [child for node in nodes for child in node.list_at("child_modules") if _called(child) == name]
        if not nodes:
            return None
        module = ModuleSyntax("")
        for node in nodes:
            for resource in node.list_at("resources"):
                _add_bare(resource, module)
            for child in node.list_at("child_modules"):
                if (call := _called(child)) is not None:
                    module.calls.setdefault(call, _syntax("module", (call,), child.place, BodySyntax()))
        return module


def _add_bare(resource: JsonNode, module: ModuleSyntax) -> None:
    """A block for an instance, where there is none yet."""
    type_, name, is_data = resource.text("type"), resource.text("name"), resource.text("mode") == "data"
    if type_ is not None and name is not None:
        table = module.data if is_data else module.resources
        kind = "data" if is_data else "resource"
        table.setdefault((type_, name), _syntax(kind, (type_, name), _named(resource), BodySyntax()))


def _called(module: JsonNode) -> str | None:
    """The name of the call that leads to a module of ``values``."""
    step = LAST_STEP.search(module.text("address") or "")
    return step[1] if step else None


def _members(node: JsonNode, key: str) -> Iterator[tuple[str, JsonNode]]:
    found = node.at(key)
    yield from ((name, member.value) for name, member in found.members.items()) if found else ()


def _prefix_of(provider: JsonNode) -> str:
    address = provider.text("module_address")
    return f"{address}." if address else ""


def _own_key(key: str) -> str:
    """``aws.west`` of ``module.network:aws.west``."""
    return key.rpartition(":")[2]


def _block(type_: str, labels: tuple[str, ...], node: JsonNode, name: str) -> BlockSyntax:
    place = _named(node)
    expressions = node.at("expressions")
    body = _body(expressions, name) if expressions else BodySyntax()
    for kind in ("count", "for_each"):
        if (found := node.at(f"{kind}_expression")) is not None:
            body.attributes[kind] = _attribute(kind, found, f"{name}.{kind}")
    key = node.text("provider_config_key")
    if key is not None and _REFERENCE.fullmatch(_own_key(key)):
        body.attributes["provider"] = _written("provider", _own_key(key), place, name)
    return _syntax(type_, labels, place, body)


def _variable(name: str, node: JsonNode, prefix: str) -> BlockSyntax:
    body = BodySyntax()
    default = node.at("default")
    if default is not None:
        body.attributes["default"] = _written("default", _hcl(default.data), default.place, f"{prefix}var.{name}")
    is_sensitive = node.at("sensitive")
    if is_sensitive is not None and is_sensitive.data is True:
        body.attributes["sensitive"] = _written("sensitive", "true", node.place, f"{prefix}var.{name}")
    return _syntax("variable", (name,), node.place, body)


def _output(name: str, node: JsonNode, prefix: str) -> BlockSyntax:
    body = BodySyntax()
    expression = node.at("expression")
    if expression is not None:
        body.attributes["value"] = _attribute("value", expression, f"{prefix}output.{name}")
    return _syntax("output", (name,), node.place, body)


def _body(node: JsonNode, name: str) -> BodySyntax:
    """Arguments and nested blocks. A block is an object of expressions, or a list of these."""
    body = BodySyntax()
    for key, (_, _, value) in node.members.items():
        blocks = value.items if value.is_list else () if _is_expression(value) else (value,)
        if not blocks:
            body.attributes[key] = _attribute(key, value, f"{name}.{key}")
        for index, block in enumerate(blocks):
            inner = _body(block, f"{name}.{key}[{index}]")
            body.blocks.append(_syntax(key, (), block.place, inner))
    return body


def _is_expression(node: JsonNode) -> bool:
    return isinstance(node.data, dict) and (not node.data or bool({"constant_value", "references"} & node.data.keys()))


def _attribute(key: str, node: JsonNode, name: str) -> AttributeSyntax:
    """An expression. Where it is no constant, a call of what is unknown, with all it refers to as arguments."""
    if isinstance(node.data, dict) and "constant_value" in node.data:
        return _written(key, _hcl(node.data["constant_value"]), node.place, name)
    listed = node.data.get("references") if isinstance(node.data, dict) else None
    references = list(_references(listed if isinstance(listed, list) else []))
    arguments = [_hcl(name), *(references or [f"local[{_hcl(name)}]"])]
    return _written(key, f"{REFERS_TO}({', '.join(arguments)})", node.place, name)


def _references(listed: Iterable[Json]) -> Iterator[str]:
    """What an expression refers to. Behind each reference, the plan lists its beginnings, down to what is declared."""
    last = ""
    for each in listed:
        if isinstance(each, str) and _REFERENCE.fullmatch(each):
            if not (len(each) < len(last) and last.startswith(each) and last[len(each)] in ".["):
                yield each
            last = each


def _written(key: str, text: str, place: Span, name: str) -> AttributeSyntax:
    return AttributeSyntax(_standing_for(text, place, name), key, 0, 0, text)


def _syntax(type_: str, labels: tuple[str, ...], place: Span, body: BodySyntax) -> BlockSyntax:
    return BlockSyntax(_standing_for("", place, type_), type_, labels, 0, 0, 0, body)


def _standing_for(text: str, place: Span, name: str) -> Document:
    return StandIn(f"{place.path}:{name}", text, place)


def _named(node: JsonNode) -> Span:
    named = node.at("address")
    return named.place if named else node.place


def _hcl(data: Json) -> str:
    """JSON as an expression of HCL, in which texts are templates."""
    return json.dumps(data, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
