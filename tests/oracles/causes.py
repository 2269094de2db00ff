"""What a value rests on that tfparse takes for null, or for there being none."""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.frontends.terraform.instances import Module, Unread
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.expressions import children, parse_expression

DATA = "a data source"
COMPUTED = "an attribute known after apply"
ABSENT_MODULE = "a module that is not on disk"
NO_VALUE = "a variable without a value"
RUN = "where Terraform runs"
OPTIONAL = "an optional attribute of a type"
CHANCE = "a function of the clock or of chance"
FILE = "a function of a file"
CAUSES = (DATA, COMPUTED, ABSENT_MODULE, NO_VALUE, RUN, OPTIONAL, CHANCE, FILE)
"""Everything that is told apart, what is furthest from being known first."""

_IMPURE = {
    **dict.fromkeys(("timestamp", "plantimestamp", "uuid", "bcrypt"), CHANCE),
    **dict.fromkeys(("file", "templatefile", "fileset", "filebase64"), FILE),
}

_Reference = tuple[Module, str, str]


class Causes:
    """Follows references from an expression to where they end, in one deployment."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, str, str]] = set()
        self._known: dict[tuple[int, int, str], frozenset[str]] = {}

    def of_attribute(self, block: syntax.BlockSyntax, module: Module, name: str) -> frozenset[str]:
        """What an attribute or the nested blocks of a name rest on."""
        key = id(block), id(module), name
        if key not in self._known:
            self._seen.clear()
            written = [found.text for given, found in block.body.attributes.items() if given == name]
            found = set().union(*(self._of_text(text, module) for text in written))
            for inner in block.body.blocks:
                if (inner.labels[0] if inner.type == "dynamic" and inner.labels else inner.type) == name:
                    found |= self._of_body(inner.body, module)
            self._known[key] = frozenset(found)
        return self._known[key]

    def of_number(self, block: syntax.BlockSyntax, module: Module) -> frozenset[str]:
        """What the number of a resource's instances rests on, with the number of the modules it is in."""
        key = id(block), id(module), ""
        if key not in self._known:
            self._seen.clear()
            found = self._of_repetition(block, module)
            for inside in module.lineage():
                if inside.origin.call is not None and inside.origin.caller is not None:
                    found |= self._of_repetition(inside.origin.call, inside.origin.caller)
            self._known[key] = frozenset(found)
        return self._known[key]

    def _of_repetition(self, block: syntax.BlockSyntax, module: Module) -> set[str]:
        texts = [a.text for name, a in block.body.attributes.items() if name in ("count", "for_each")]
        return set().union(*(self._of_text(text, module) for text in texts))

    def _of_body(self, body: syntax.BodySyntax, module: Module) -> set[str]:
        found: set[str] = set()
        for attribute in body.attributes.values():
            found |= self._of_text(attribute.text, module)
        for block in body.blocks:
            found |= self._of_body(block.body, module)
        return found

    def _of_text(self, text: str, module: Module) -> set[str]:
        found: set[str] = set()
        pending = [parse_expression(text)]
        while pending:
            node = pending.pop()
            pending += children(node)
            if isinstance(node, syntax.FunctionCall) and node.name in _IMPURE:
                found.add(_IMPURE[node.name])
            for root, name, attribute in _reference(node):
                found |= self._of_reference(root, name, attribute, module)
        return found

    def _of_reference(self, root: str, name: str, attribute: str, module: Module) -> set[str]:
        key = id(module), root, f"{name}.{attribute}"
        if key in self._seen:
            return set()
        self._seen.add(key)
        declared = module.declared
        match root:
            case "var":
                return self._of_variable(name, module)
            case "local" if name in declared.locals:
                return self._of_text(declared.locals[name].text, module)
            case "data":
                return {DATA}
            case "module" if name in declared.calls:
                return self._of_output(name, attribute, module)
            case "path" | "terraform":
                return {RUN} if name in ("cwd", "workspace") else set()
        block = declared.resources.get((root, name))
        if block is None:
            return set()
        found = self._of_repetition(block, module)
        written = block.body.attributes.get(attribute)
        if written is not None:
            return found | self._of_text(written.text, module)
        return found | {COMPUTED}

    def _of_variable(self, name: str, module: Module) -> set[str]:
        block = module.declared.variables.get(name)
        if block is None:
            return {NO_VALUE}
        found = {OPTIONAL} if "optional(" in getattr(block.body.attributes.get("type"), "text", "") else set()
        call, caller = module.origin.call, module.origin.caller
        if call is not None and caller is not None and name in call.body.attributes:
            return found | self._of_repetition(call, caller) | self._of_text(call.body.attributes[name].text, caller)
        default = block.body.attributes.get("default")
        return found if default else found | {NO_VALUE}

    def _of_output(self, name: str, output: str, module: Module) -> set[str]:
        found = self._of_repetition(module.declared.calls[name], module)
        for member in module.modules(name).members:
            assert isinstance(member, Module | Unread)
            if isinstance(member, Unread) or not member.declared.folder:
                found.add(ABSENT_MODULE)
            else:
                outputs = [output] if output in member.declared.outputs else list(member.declared.outputs)
                for each in outputs:
                    value = member.declared.outputs[each].body.attributes.get("value")
                    found |= self._of_text(value.text, member) if value else set()
        return found


def _reference(node: syntax.Expression) -> Iterator[tuple[str, str, str]]:
    """``root.name`` of a node, and the attribute taken from it where the node takes one, past indices and splats."""
    path: list[str] = []
    current = node
    while True:
        match current:
            case syntax.GetAttribute(of=of, name=name):
                path.append(name)
                current = of
            case syntax.Index(of=of):
                current = of
            case syntax.Splat(of=of, each=each):
                path += _attributes(each)
                current = of
            case syntax.Variable(name=root):
                path.append(root)
                break
            case _:
                return
    path.reverse()
    if len(path) >= 3:
        yield path[0], path[1], path[2]
    elif len(path) == 2:
        yield path[0], path[1], ""


def _attributes(each: syntax.Expression) -> list[str]:
    found: list[str] = []
    while not isinstance(each, syntax.SplatElement):
        match each:
            case syntax.GetAttribute(of=of, name=name):
                found.append(name)
                each = of
            case syntax.Index(of=of) | syntax.Splat(of=of):
                each = of
            case _:
                break
    return found
