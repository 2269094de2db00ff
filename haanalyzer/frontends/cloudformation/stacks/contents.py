"""What a stack declares, with those nested in it, and what of it cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from haanalyzer.frontends.cloudformation.stacks.includes import calls_at_the_top
from haanalyzer.frontends.cloudformation.stacks.resource import STACK_SET, Resource
from haanalyzer.frontends.cloudformation.stacks.stack import Stack
from haanalyzer.frontends.deployment import Attributes, Declaration, OpaqueModule
from haanalyzer.frontends.tree.nodes import FOR_EACH, ListNode, MapNode, Node, text_of
from haanalyzer.values import MapValue

Found = Declaration | OpaqueModule

_TRANSFORM = "Transform"
# These add nothing that a template's own resources do not show.
_UNDERSTOOD = ("AWS::LanguageExtensions", "AWS::Serverless-", "AWS::SecretsManager-", "AWS::CodeDeployBlueGreen")


def _nothing(_stack: Stack, _logical_id: str) -> Attributes | None:
    return None


def contents(
    stack: Stack,
    tags: MapValue | None = None,
    *,
    shown: Callable[[Stack, str], Attributes | None] = _nothing,
    counts: Callable[[str], bool] = lambda _: True,
) -> Iterator[Found]:
    """The declarations of a stack and of those nested in it, and what could not be read.

    ``tags`` are those of the stack. ``shown`` gives the attributes of a resource as they may be shown; what has an
    address that does not count is left out, but for macros.
    """
    resources = stack.resources
    yield from _made_by_macros(stack)
    for logical_id, resource in resources.items():
        attributes = stack.attributes(logical_id)
        if resource.existence is None or attributes is None:
            continue
        address = stack.prefix + logical_id
        if counts(address):
            yield Declaration(
                dialect="cloudformation",
                address=address,
                type=resource.type,
                place=resource.place,
                attributes=attributes,
                region=stack.region,
                existence=resource.existence,
                calls=stack.call.places,
                default_tags=lambda: tags,
                shown=partial(shown, stack, logical_id),
            )
        child = stack.child(logical_id)
        if isinstance(child, Stack):
            yield from contents(child, tags, shown=shown, counts=counts)
        elif child is not None and counts(address):
            yield child
        if resource.type == STACK_SET and counts(address):
            yield from _instances(stack, resource, shown)


def _instances(stack: Stack, stack_set: Resource, shown: Callable[[Stack, str], Attributes | None]) -> Iterator[Found]:
    """What a stack set declares in each of its regions."""
    from haanalyzer.frontends.cloudformation.stacks.stack_sets import instances_of  # few templates have any

    for instance in instances_of(stack, stack_set):
        if isinstance(instance, Stack):
            yield from contents(instance, shown=shown)
        else:
            yield instance


def _made_by_macros(stack: Stack) -> Iterator[OpaqueModule]:
    """What a macro or a loop over unknown values may add to a template."""
    calls = [call for call in calls_at_the_top(stack.root) if stack.snippet(call) is None]
    found = [macro for call in calls for macro in _macros(call)]
    for name, node in found:
        reason = f"the macro {name} may add anything"
        yield _unread(stack, f"{_TRANSFORM} {name}", node, "macro-not-read", reason)
    for entry in stack.unread:
        is_loop = entry.name.startswith(FOR_EACH)
        reason = "expected a loop over known values" if is_loop else "a macro makes these resources at deployment"
        code = "loop-not-read" if is_loop else "macro-not-read"
        yield _unread(stack, entry.name, entry.entry.value, code, reason)


def _unread(stack: Stack, name: str, node: Node, code: str, reason: str) -> OpaqueModule:
    place = node.place.first_line()
    stack.session.report(place, code, f"{name} is not read: {reason}", is_error=False)
    return OpaqueModule(stack.prefix + name, place, reason, {}, reaches_everything=True)


def _macros(node: Node | None) -> Iterator[tuple[str, Node]]:
    """The macros that a template names and nobody here understands."""
    if isinstance(node, ListNode):
        for item in node.items:
            yield from _macros(item)
    elif node is not None:
        name = (text_of(node.get("Name")) if isinstance(node, MapNode) else text_of(node)) or "of unknown name"
        if not name.startswith(_UNDERSTOOD):
            yield name, node
