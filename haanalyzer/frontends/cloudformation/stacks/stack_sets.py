"""Stack sets: a template in each of several regions, apart from the stack that declares them.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from haanalyzer.frontends.cloudformation.evaluation.symbolic import blocker_of
from haanalyzer.frontends.cloudformation.parameters.pseudo import ACCOUNT_ID
from haanalyzer.frontends.cloudformation.stacks.call import Call
from haanalyzer.frontends.cloudformation.stacks.imports import Elsewhere
from haanalyzer.frontends.cloudformation.stacks.location import NotHere, locate
from haanalyzer.frontends.cloudformation.stacks.nested import MAX_LEVELS, MAX_STACKS
from haanalyzer.frontends.cloudformation.stacks.resource import Resource
from haanalyzer.frontends.cloudformation.stacks.stack import Stack
from haanalyzer.frontends.deployment import OpaqueModule
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import MapNode
from haanalyzer.source.document import StandIn
from haanalyzer.values import Absent, Known, ListValue, MapValue, Symbol, Unknown, Value


def instances_of(parent: Stack, resource: Resource) -> Iterator[Stack | OpaqueModule]:
    """The stacks of a stack set, one for each region; of the accounts there, which are alike, it stands for each.

    What cannot be read gives an opaque module, with one diagnostic.
    """
    template = _template(parent, resource)
    if isinstance(template, NotHere):
        place = resource.place
        parent.session.report(place, "nested-stack-not-read", template.reason, is_error=False)
        yield OpaqueModule(parent.prefix + resource.logical_id, place, template.reason, _parameters(parent, resource))
        return
    for name, region, overrides in _regions(parent, resource):
        if parent.session.stacks >= MAX_STACKS:
            return
        parent.session.stacks += 1
        prefix = f"{parent.prefix}{resource.logical_id}[{name}]/"
        account = Unknown(term=Symbol(prefix + ACCOUNT_ID), reason="known after deployment", place=resource.place)
        call = Call(
            prefix=prefix,
            places=(*parent.call.places, resource.place),
            chain=(*parent.chain, parent.session.files.real(parent.document.path)),
            existence=resource.existence or parent.call.existence,
            facts=resource.scope.facts,
            named={ACCOUNT_ID: account},
            imports=Elsewhere(prefix),
        )
        passed = {**_parameters(parent, resource), **overrides}
        yield Stack(template, parent.session, region, passed, call)


def _template(parent: Stack, resource: Resource) -> MapNode | NotHere:
    """The template of a stack set: in a file, or as a text in the template around."""
    body = _property(parent, resource, "TemplateBody")
    if isinstance(body, Known):
        return _inline(str(body), parent, resource)
    url = _property(parent, resource, "TemplateURL")
    path = locate(url, parent.document.path, parent.session.files)
    if isinstance(path, NotHere):
        return path
    chain = (*parent.chain, parent.session.files.real(parent.document.path))
    if parent.session.files.real(path) in chain:
        return NotHere(f"{path} nests itself")
    if len(chain) >= MAX_LEVELS:
        return NotHere(f"stacks are nested more than {MAX_LEVELS} deep")
    return parent.session.read(path) or NotHere(f"{path} could not be read as a template")


def _inline(text: str, parent: Stack, resource: Resource) -> MapNode | NotHere:
    """A template that is a text: all that is in it is said to be where the text is."""
    attributes = parent.attributes(resource.logical_id)
    place = (attributes.key_span("TemplateBody") if attributes else None) or resource.place
    node, _ = StandIn(parent.document.path, text, place).once(load)
    if isinstance(node, MapNode) and isinstance(node.get("Resources"), MapNode):
        return node
    return NotHere("its TemplateBody could not be read as a template")


class _Region(NamedTuple):
    """A region of a stack set, what its stack is called, and what is passed there instead."""

    name: str
    region: Known | Unknown
    overrides: Mapping[str, Value]


def _regions(parent: Stack, resource: Resource) -> Iterator[_Region]:
    """The regions that a stack set is deployed to, each once; one that is unknown stands for those that are."""
    groups = _property(parent, resource, "StackInstancesGroup")
    found: dict[str, _Region] = {}
    for group in groups.items if isinstance(groups, ListValue) else () if isinstance(groups, Absent) else (groups,):
        regions = group.get("Regions") if isinstance(group, MapValue) else group
        overrides = _passed(group.get("ParameterOverrides")) if isinstance(group, MapValue) else {}
        for region in regions.items if isinstance(regions, ListValue) else (regions,):
            if isinstance(region, Known | Unknown):
                name = f'"{region}"' if isinstance(region, Known) else str(region)
                found.setdefault(name, _Region(name, region, overrides))
        if not isinstance(regions, ListValue) or regions.open:
            blocker = blocker_of(regions)
            unknown = Unknown(term=Symbol(blocker.term), reason=blocker.reason, place=blocker.place)
            found.setdefault("*", _Region("*", unknown, overrides))
    yield from found.values()


def _parameters(parent: Stack, resource: Resource) -> Mapping[str, Value]:
    return _passed(_property(parent, resource, "Parameters"))


def _passed(written: Value) -> Mapping[str, Value]:
    """What a list of ``ParameterKey`` and ``ParameterValue`` passes."""
    found = {}
    for item in written.items if isinstance(written, ListValue) else ():
        key = item.get("ParameterKey") if isinstance(item, MapValue) else None
        if isinstance(item, MapValue) and isinstance(key, Known):
            found[str(key)] = item.get("ParameterValue")
    return found


def _property(parent: Stack, resource: Resource, name: str) -> Value:
    attributes = parent.attributes(resource.logical_id)
    return attributes.get(name, Absent(place=resource.place)) if attributes else Absent(place=resource.place)
