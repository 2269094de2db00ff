"""What a plan or a state says: instances by address, data sources that were read, variables, the configuration."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from haanalyzer.catalog.kinds import kind_of
from haanalyzer.frontends.terraform.plan.configuration import LAST_STEP, BareConfiguration, RecordedConfiguration
from haanalyzer.frontends.terraform.plan.json_node import Json, JsonNode
from haanalyzer.frontends.terraform.plan.part import Part, any_true
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.span import Span
from haanalyzer.values import AttributeOf

Key = int | str | None
"""What tells an instance from others of its block: an index, a key, or None where it is the only one."""

_GENERATED = re.compile(r"(?:[a-z][a-z0-9]*-)+(?:[0-9a-f]{8}|[0-9a-f]{17})|arn:.+")


@dataclass(frozen=True)
class PlannedInstance:
    """One instance of a resource or data source: its values as JSON, and where they stand.

    ``unknown`` and ``sensitive`` have the shape of the values, true where a part, and all
    that is in it, is only known after the apply or is a secret.
    """

    address: str
    node: JsonNode
    unknown: Json = None
    sensitive: Json = None

    @property
    def type(self) -> str:
        return self.node.text("type") or ""

    @property
    def place(self) -> Span:
        """Its address, which names it, or where it begins."""
        named = self.node.at("address")
        return named.place if named else self.node.place

    @cached_property
    def values(self) -> Mapping[str, Json]:
        values = self.node.at("values")
        data = values.data if values else None
        return data if isinstance(data, dict) else {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all attributes that the plan says anything of."""
        unknown = self.unknown if isinstance(self.unknown, dict) else {}
        return tuple(dict.fromkeys((*self.values, *unknown)))

    def key_span(self, name: str) -> Span | None:
        """The place of an attribute's name."""
        values = self.node.at("values")
        return values.key_span(name) if values else None

    def part(self, name: str) -> Part:
        """The whole of an attribute."""
        return Part(self.address, dict(self.values), self.unknown, self.sensitive).entry(name)

    def mentions(self, name: str) -> bool:
        """Whether the plan says anything of an attribute."""
        return name in self.values or (isinstance(self.unknown, dict) and name in self.unknown)

    def is_unknown(self, name: str) -> bool:
        """Whether the whole of an attribute is only known after the apply."""
        return isinstance(self.unknown, dict) and self.unknown.get(name) is True


@dataclass(frozen=True)
class Plan:
    """One plan or state. Addresses of blocks are without their instances' keys.

    ``keys`` are those of the instances of a block or module call.
    """

    path: str
    root: JsonNode
    instances: Mapping[str, PlannedInstance]
    keys: Mapping[str, tuple[Key, ...]]
    is_state: bool
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def keys_of(self, address: str, kind: str) -> tuple[Key, ...] | None:
        """The keys of the instances of a ``resource``, ``data`` or ``module`` block; None where the plan cannot tell.

        A resource without any is not there. A data source that nobody had to read and a module that makes
        no resource are left out of plans.
        """
        found = self.keys.get(address)
        return () if found is None and kind == "resource" else found

    @cached_property
    def has_secrets(self) -> bool:
        """Whether any value is marked as a secret."""
        return any(any_true(instance.sensitive) for instance in self.instances.values())

    @cached_property
    def variables(self) -> Mapping[str, JsonNode]:
        """The values of the root module's variables."""
        found = self.root.at("variables")
        members = found.members if found else {}
        return {name: value for name, member in members.items() if (value := member.value.at("value")) is not None}

    @cached_property
    def configuration(self) -> RecordedConfiguration | BareConfiguration:
        """What the plan was made of; of a state no more than what must have been in it."""
        node = self.root.at("configuration")
        if node is not None:
            return RecordedConfiguration(node)
        deployed = self.root.at("values" if self.is_state else "planned_values", "root_module")
        return BareConfiguration(deployed or self.root)

    def type_of(self, address: str) -> str | None:
        """The type of an instance; None where there is none of this address."""
        instance = self.instances.get(address)
        return instance.type if instance else None

    def value_of(self, attribute: AttributeOf) -> Json:
        """What the plan knows of an attribute of an instance; None where it knows nothing."""
        instance = self.instances.get(attribute.address)
        return instance.values.get(attribute.name) if instance else None

    @cached_property
    def deleted_kinds(self) -> frozenset[str]:
        """The kinds of resources that the plan deletes, or replaces."""
        deleted = (
            kind_of(change.text("type") or "")
            for change in self.root.list_at("resource_changes")
            if (actions := change.at("change", "actions"))
            and isinstance(actions.data, list)
            and "delete" in actions.data
        )
        return frozenset(kind.name for kind in deleted if kind)

    @cached_property
    def generated(self) -> Mapping[str, AttributeOf | None]:
        """The resource whose ``id`` or ``arn`` AWS made an identifier for; None where that may be several."""
        found: dict[str, AttributeOf | None] = {}
        for address, instance in self.instances.items():
            for name in () if instance.node.text("mode") == "data" else ("arn", "id"):
                text = instance.values.get(name)
                if isinstance(text, str) and is_generated(text):
                    first = found.setdefault(text, AttributeOf(address, name))
                    if first is not None and first.address != address:
                        found[text] = None
        return found


def is_generated(text: str) -> bool:
    """Whether a text is an identifier as AWS makes them up: ``vpc-0a1b2c3d``, or an ARN."""
    return _GENERATED.fullmatch(text) is not None


def suffix(key: Key) -> str:
    """What continues the address of a block to that of an instance."""
    return "" if key is None else f"[{json.dumps(key, ensure_ascii=False)}]"


def collect(root: JsonNode, *, is_state: bool) -> Plan:
    """All that a plan (or state) of a known format says."""
    changes = {
        change.text("address"): change for change in root.list_at("resource_changes") if change.text("deposed") is None
    }
    instances: dict[str, PlannedInstance] = {}
    keys: dict[str, dict[Key, None]] = {}
    diagnostics: list[Diagnostic] = []
    sections = [("values",)] if is_state else [("planned_values",), ("prior_state", "values")]
    for section in sections:
        found = root.at(*section, "root_module")
        for prefix, node in _walk(found, "", keys) if found else ():
            mode, type_, name = (node.text(each) for each in ("mode", "type", "name"))
            if type_ is None or name is None:
                diagnostics.append(_malformed(node))
                continue
            if section[0] == "prior_state" and mode != "data":
                continue
            block = f"{prefix}data.{type_}.{name}" if mode == "data" else f"{prefix}{type_}.{name}"
            index = node.at("index")
            key = index.data if index else None
            if not isinstance(key, int | str | None) or isinstance(key, bool):
                diagnostics.append(_malformed(node))
                continue
            address = f"{block}{suffix(key)}"
            if address not in instances:
                keys.setdefault(block, {})[key] = None
                instances[address] = _instance(address, node, changes.get(node.text("address")))
    kept = {address: tuple(found) for address, found in keys.items()}
    return Plan(root.document.path, root, instances, kept, is_state, diagnostics)


def _walk(module: JsonNode, prefix: str, keys: dict[str, dict[Key, None]]) -> Iterator[tuple[str, JsonNode]]:
    """The resources of a module and those inside it, each with what its module's address begins it with."""
    pending = [(module, prefix)]
    while pending:
        module, prefix = pending.pop()
        yield from ((prefix, node) for node in module.list_at("resources"))
        for child in reversed(module.list_at("child_modules")):
            step = LAST_STEP.search(child.text("address") or "")
            if step is not None:
                key = _key(step)
                keys.setdefault(f"{prefix}module.{step[1]}", {})[key] = None
                pending.append((child, f"{prefix}module.{step[1]}{suffix(key)}."))


def _key(step: re.Match[str]) -> Key:
    if step[2] is not None:
        return int(step[2])
    if step[3] is None:
        return None
    try:
        text = str(json.loads(step[3]))
    except ValueError:
        return step[3][1:-1]
    return text.replace("$${", "${").replace("%%{", "%{")


def _instance(address: str, node: JsonNode, change: JsonNode | None) -> PlannedInstance:
    details = change.at("change") if change else None
    unknown = details.at("after_unknown") if details else None
    sensitive = details.at("after_sensitive") if details else node.at("sensitive_values")
    return PlannedInstance(address, node, unknown.data if unknown else None, sensitive.data if sensitive else None)


def _malformed(node: JsonNode) -> Diagnostic:
    message = "expected a resource with a type, a name, and an index that is a number or a text"
    return Diagnostic(node.place, "invalid-plan", message)
