"""What stands at a place of a module's files, in every instance of the module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile

from haanalyzer.frontends.deployment import Attributes, Named
from haanalyzer.frontends.terraform.evaluation.attributes import evaluated
from haanalyzer.frontends.terraform.evaluation.scope import Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError
from haanalyzer.frontends.terraform.instances import Instances, Module, Origin
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.expressions import children
from haanalyzer.frontends.terraform.parsing.notations import body_of, expression_of, name_in
from haanalyzer.frontends.terraform.resources import Resource
from haanalyzer.frontends.terraform.states.other_roots import OtherRoots
from haanalyzer.frontends.terraform.variables import Passed
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.values import AttributeOf, Symbol, Unknown, Value

_WITH_VALUES = frozenset({"data", "locals", "module", "output", "provider", "resource", "variable"})
_NAMES_NOT_VALUES = frozenset({"depends_on", "ignore_changes", "provider", "providers", "replace_triggered_by"})
_ABOUT_TERRAFORM = _NAMES_NOT_VALUES | {"count", "for_each", "source", "version"}
_BY_INSTANCE = frozenset({"count", "each"})
# How many names follow the first one of a reference; of any other, which is a resource's type, two.
_NAMES_AFTER = {"data": 3, "module": 2} | dict.fromkeys(("count", "each", "local", "path", "terraform", "var"), 1)


class Inquiry:
    """Asks the module instances below a root what may be shown of them.

    Where anything is declared to be sensitive, that is asked of a second tree, in which it is unknown.
    """

    def __init__(self, others: OtherRoots, passed: Passed) -> None:
        self._others = others
        self._root = others.root
        self._passed = passed

    def values_at(self, place: Span, document: Document) -> tuple[Named, ...]:
        """The value of the reference, or of the variable, local, output or argument, whose name is at a place.

        Nothing in a file that could not be read as a whole. Never raises.
        """
        spot = _spot_at(place, document)
        if spot is None:
            return ()
        modules = map(self._shown, self._modules.get(document.path, ()))
        return tuple(found for module in modules if module for found in _named(spot, module))

    def attributes(self, module: Module, resource: Resource) -> Attributes | None:
        """What may be shown of a resource of a module; None where it is not there without what is secret."""
        shown = self._shown(module)
        if shown is None or shown is module:
            return resource.attributes if shown else None
        type_, name = resource.block.labels
        members = shown.resources(type_, name).members
        found = (each for each in members if isinstance(each, Resource) and each.address == resource.address)
        return next((each.attributes for each in found), None)

    def _shown(self, module: Module) -> Module | None:
        """The same instance in the tree without secrets."""
        shown = self._shown_root
        if shown is self._root:
            return module
        for inner in module.lineage()[1:]:
            call = inner.origin.call
            members = shown.modules(call.labels[0]).members if call else ()
            found = next((each for each in members if isinstance(each, Module) and each.address == inner.address), None)
            if found is None:
                return None
            shown = found
        return shown

    @cached_property
    def _shown_root(self) -> Module:
        if not any(each.session.has_secrets for each in self._others.entered.values()):
            return self._root
        hiding = Module(self._root.session.without_secrets(), self._root.declared, self._passed, Origin())
        return OtherRoots(hiding, self._others.stores).root

    @cached_property
    def _modules(self) -> dict[str, list[Module]]:
        """The module instances by the paths of their files."""
        found: dict[str, list[Module]] = {}
        for module in _instances_below(self._root):
            for path in module.declared.files:
                found.setdefault(path, []).append(module)
        return found


def _instances_below(module: Module) -> Iterator[Module]:
    yield module
    for name in module.declared.calls:
        for member in module.modules(name).members:
            if isinstance(member, Module):
                yield from _instances_below(member)


@dataclass(frozen=True, slots=True)
class _Spot:
    """What is asked about: the outermost block, and the attribute in it or the reference in that.

    ``text`` is the name or reference as written.
    """

    text: str
    block: syntax.BlockSyntax
    attribute: syntax.AttributeSyntax | None = None
    reference: syntax.Expression | None = None

    @property
    def is_of_an_instance(self) -> bool:
        """Whether it may be another value in each instance of its block."""
        if self.reference is None:
            return True
        nodes = [self.reference]
        while nodes:
            node = nodes.pop()
            if isinstance(node, syntax.Variable) and node.name in _BY_INSTANCE:
                return True
            nodes += children(node)
        return False


def _spot_at(place: Span, document: Document) -> _Spot | None:
    body, diagnostics = body_of(document)
    at = document.offset(place.line, place.column)
    block = None if diagnostics else _block_at(body.blocks, at)
    if block is None or block.type not in _WITH_VALUES:
        return None
    if at < block.header_end:
        return _of_header(block)
    innermost = block
    iterators: set[str] = set()
    while (nested := _block_at(innermost.body.blocks, at)) is not None:
        if nested.type == "dynamic" and nested.labels:
            iterators.add(name_in(nested.body.attributes.get("iterator")) or nested.made_type)
        innermost = nested
    attribute = _attribute_at(innermost.body, at)
    if attribute is None:
        return None
    if at >= attribute.offset:
        return _of_reference(block, attribute, at, frozenset(iterators))
    return _of_name(block, attribute) if innermost is block else None


def _block_at(blocks: list[syntax.BlockSyntax], at: int) -> syntax.BlockSyntax | None:
    return next((each for each in blocks if each.start <= at < each.end), None)


def _attribute_at(body: syntax.BodySyntax, at: int) -> syntax.AttributeSyntax | None:
    attributes = body.attributes.values()
    return next((each for each in attributes if each.name_offset <= at < each.offset + len(each.text)), None)


def _of_header(block: syntax.BlockSyntax) -> _Spot | None:
    match block.type, block.labels:
        case "variable", (name,):
            return _Spot(f"var.{name}", block)
        case "output", (name,):
            return _Spot(f"output.{name}", block)
    return None


def _of_name(block: syntax.BlockSyntax, attribute: syntax.AttributeSyntax) -> _Spot | None:
    """The name of what a block gives a value."""
    match block.type, attribute.name:
        case "locals", name:
            return _Spot(f"local.{name}", block, attribute)
        case "output", "value":
            return _of_header(block)
        case (("module" | "data"), name) if name not in _ABOUT_TERRAFORM:
            return _Spot(name, block, attribute)
    return None


def _of_reference(
    block: syntax.BlockSyntax, attribute: syntax.AttributeSyntax, at: int, iterators: frozenset[str]
) -> _Spot | None:
    is_a_type = block.type == "variable" and attribute.name == "type"
    if is_a_type or (attribute.name in _NAMES_NOT_VALUES and block.type != "locals"):
        return None
    found = _reference(expression_of(attribute), at - attribute.offset, iterators)
    return _Spot(_written(found, attribute.text), block, attribute, found) if found else None


def _reference(node: syntax.Expression, at: int, bound: frozenset[str]) -> syntax.Expression | None:
    """The reference at an offset, as far as it is read there; ``bound`` are names that only the text around sees."""
    first, *steps = _chain(node)
    for step in steps:
        if isinstance(step, syntax.Index) and not isinstance(step.key, syntax.Literal) and _is_in(step.key, at):
            return _reference(step.key, at, bound)
    if isinstance(first, syntax.Variable):
        if first.name in bound:
            return None
        least = _NAMES_AFTER.get(first.name, 2)
        whole = steps[least - 1 :]
        read = dropwhile(lambda step: least > 1 and isinstance(step, syntax.Index), whole)  # which instance is meant
        return next((step for step in read if at < step.end), None)
    for child in children(first):
        if _is_in(child, at):
            names = bound
            if isinstance(first, syntax.ForExpression) and child is not first.collection:
                names = bound | {first.value_name, first.key_name or first.value_name}
            return _reference(child, at, names)
    return None


def _chain(node: syntax.Expression) -> list[syntax.Expression]:
    """What a reference begins with, and then each step of it, up to the whole."""
    found: list[syntax.Expression] = []
    while isinstance(node, syntax.GetAttribute | syntax.Index | syntax.Splat):
        found.append(node)
        node = node.of
    return [node, *reversed(found)]


def _is_in(node: syntax.Expression, at: int) -> bool:
    return node.start <= at < node.end


def _written(node: syntax.Expression, text: str) -> str:
    match node:
        case syntax.Variable(name=name):
            return name
        case syntax.GetAttribute(of=of, name=name):
            return f"{_written(of, text)}.{name}"
        case syntax.Index(of=of, key=key):
            return f"{_written(of, text)}[{text[key.start : key.end]}]"
        case syntax.Splat(of=of, each=each, full=full):
            return f"{_written(of, text)}{'[*]' if full else '.*'}{_written(each, text)}"
        case syntax.SplatElement():
            return ""
    return text[node.start : node.end]


def _named(spot: _Spot, module: Module) -> Iterator[Named]:
    for address, scope in _scopes(spot, module):
        value = _value(spot, module, scope)
        if module.registry.entity(value) is None and not _restates(value, spot, module):
            yield Named(spot.text, address, value)


def _restates(value: Value, spot: _Spot, module: Module) -> bool:
    """Whether a value says no more than the reference: an attribute of a resource that only AWS fills in."""
    if not isinstance(value, Unknown) or not isinstance(value.term, AttributeOf):
        return False
    return str(value.term) == (f"{module.address}." if module.address else "") + spot.text


def _scopes(spot: _Spot, module: Module) -> Iterator[tuple[str, Scope]]:
    """The scopes that tell instances apart, with their addresses."""
    of = _instances_of(spot.block, module) if spot.is_of_an_instance else None
    if of is None:
        yield module.address, module.scope(spot.block.document)
        return
    prefix = f"{module.address}." if module.address else ""
    kind = "" if spot.block.type == "resource" else f"{spot.block.type}."
    for key in of.keys:
        address = f"{prefix}{kind}{'.'.join(spot.block.labels)}{key.suffix}"
        yield address, module.scope(spot.block.document, key.names)


def _instances_of(block: syntax.BlockSyntax, module: Module) -> Instances | None:
    match block.type, block.labels:
        case "resource", (type_, name) if (type_, name) in module.declared.resources:
            return module.resources(type_, name)
        case "data", (type_, name) if (type_, name) in module.declared.data:
            return module.data_sources(type_, name)
        case "module", (name,) if name in module.declared.calls:
            return module.modules(name)
    return None


def _value(spot: _Spot, module: Module, scope: Scope) -> Value:
    """The value in one scope; unknown where Terraform would reject what is written."""
    place = spot.block.header_span.first_line()
    attribute = spot.attribute
    try:
        if attribute is None:
            of_output = spot.block.type == "output"
            name = spot.block.labels[0]
            return module.attribute(name, place) if of_output else module.reference("var", name, place)
        if spot.block.type == "locals" and spot.reference is None:
            return module.reference("local", attribute.name, place)
        expression = spot.reference or expression_of(attribute)
        return evaluated(expression, scope.at(attribute.document, attribute.offset))
    except EvaluationError as error:
        reason = f"Terraform rejects it: {error}"
        return Unknown(term=Symbol(spot.text), reason=reason, place=place, maybe_absent=True)
