"""Functions that refer: to parameters, resources, other stacks."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from haanalyzer.frontends.cloudformation.evaluation.functions.arguments import elements, part_of_text
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.evaluation.symbolic import MalformedError, distribute, unknown_call
from haanalyzer.frontends.tree.nodes import Node, text_of
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, AttributeOf, Known, Symbol, Unknown, Value, walk

AFTER_DEPLOYMENT = "known after deployment"
_OUTPUTS = "Outputs."
# Lists of references to lists of references double with each step.
_LARGEST_VALUE = 10_000


def ref(argument: Node, scope: Scope, place: Span) -> Value:
    """``Ref`` to a loop variable, parameter, pseudo parameter or resource."""
    name = text_of(argument)
    if name is not None:
        return refer_to(scope.substitute(name), scope, place)
    return distribute([scope.evaluate(argument)], lambda names: refer_to(_known_name(names[0]), scope, place))


def refer(name: str, scope: Scope, place: Span) -> Value:
    """A variable of ``Fn::Sub``: ``Name``, or ``Resource.Attribute``."""
    resource, dot, attribute = name.partition(".")
    return attribute_of(resource, attribute, scope, place) if dot else refer_to(name, scope, place)


def refer_to(name: str, scope: Scope, place: Span) -> Value:
    """What ``Ref`` gives for a name."""
    stack = scope.stack
    if name in scope.bindings:
        return scope.bindings[name]
    if name.startswith("AWS::"):
        return stack.pseudo_parameter(name, place)
    hidden = {} if scope.reveals else stack.secrets
    parameter = hidden.get(name) or stack.parameter(name)
    if parameter is not None:
        return scope.narrowed(parameter)
    name = stack.derived(name)
    if stack.declares(name):
        return Unknown(term=AttributeOf(stack.prefix + name, "Ref"), reason=AFTER_DEPLOYMENT, place=place)
    return Unknown(term=Symbol(stack.prefix + name), reason="not declared in this template", place=place)


def get_att(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::GetAtt``, written ``A.B`` or ``[A, B]``."""
    text = text_of(argument)
    if text is not None:
        resource, _, attribute = scope.substitute(text).partition(".")
        return attribute_of(resource, attribute, scope, place)
    values = [scope.evaluate(node) for node in elements(argument, 2, 2)]

    def read(names: list[Value]) -> Value:
        if not all(isinstance(name, Known) for name in names):
            return unknown_call("Fn::GetAtt", names, place)
        return attribute_of(_known_name(names[0]), _known_name(names[1]), scope, place)

    return distribute(values, read)


def attribute_of(resource: str, attribute: str, scope: Scope, place: Span) -> Value:
    """An attribute of a resource: a property that the template writes, a child stack's output, or a term."""
    if not resource or not attribute:
        raise MalformedError("a resource and an attribute")
    stack = scope.stack
    inner, _, rest = attribute.partition(".")
    made = stack.derived(f"{resource}.{inner}")
    if stack.declares(made):
        return attribute_of(made, rest, scope, place) if rest else refer_to(made, scope, place)
    resource = stack.derived(resource)
    if attribute.startswith(_OUTPUTS):
        output = stack.output_of(resource, attribute.removeprefix(_OUTPUTS), place)
        if output is not None:
            return output
    by_aws = Unknown(term=AttributeOf(stack.prefix + resource, attribute), reason=AFTER_DEPLOYMENT, place=place)
    attributes = stack.attributes(resource)
    if attributes is None or attribute not in attributes:
        return by_aws
    value = attributes[attribute]
    if sum(1 for _ in islice(walk(value), _LARGEST_VALUE)) == _LARGEST_VALUE:
        raise MalformedError("a smaller value to refer to")

    def read(written: list[Value]) -> Value:
        match written[0]:
            case Absent():
                return by_aws
            case Unknown(maybe_absent=True) as vague:
                return replace(vague, term=by_aws.term)
        return written[0]

    return distribute([value], read)


def import_value(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::ImportValue``: what another stack exports by that name."""

    def imported(names: list[Value]) -> Value:
        return scope.stack.imported(part_of_text(names[0]), place)

    return distribute([scope.evaluate(argument)], imported)


def _known_name(value: Value) -> str:
    if isinstance(value, Known):
        return str(value.data)
    raise MalformedError("a name that is known")
