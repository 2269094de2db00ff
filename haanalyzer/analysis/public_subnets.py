"""Subnets that are meant to be public: shown by what stands in them, never by their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import Assumption, Blocker, Known, Scalar, Truth, Value, assumptions, blockers, same


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign that a subnet is meant to be public.

    ``why`` reads after "although"; ``stops`` is true when what stands there does not work otherwise.
    """

    truth: Truth
    why: str
    step: Step
    blockers: tuple[Blocker, ...]
    assuming: frozenset[Assumption]
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Meant:
    """Whether a subnet is meant to be public: the signs that surely hold, and why others cannot be told."""

    truth: Truth
    evidence: tuple[Evidence, ...]
    blockers: tuple[Blocker, ...]


def meant_public(subnet: Resource, graph: ResourceGraph) -> Meant:
    """By a public NAT gateway or an internet-facing load balancer in it, or by the public addresses that it gives."""
    return graph.once(_meant_public, subnet)


def _meant_public(subnet: Resource, graph: ResourceGraph) -> Meant:
    nat_gateways = graph.sources(subnet, "nat_gateway", "subnet")
    balancers = all_links(graph.sources(subnet, kind, relation) for kind, relation in _BALANCERS)
    found = [*_hosted(nat_gateways, balancers), _by_launch(subnet)]
    sure = tuple(each for each in found if each.truth is Truth.YES)
    if sure:
        return Meant(Truth.YES, sure, ())
    unsure = (
        *nat_gateways.open,
        *balancers.open,
        *(blocker for each in found if each.truth is Truth.MAYBE for blocker in each.blockers),
    )
    return Meant(Truth.MAYBE if unsure else Truth.NO, (), tuple(dict.fromkeys(unsure)))


_BALANCERS = (
    ("load_balancer", "subnets"),
    ("load_balancer", "subnet_mappings.subnet"),
    ("classic_load_balancer", "subnets"),
)


def _hosted(nat_gateways: Links, balancers: Links) -> Iterator[Evidence]:
    for nat in nat_gateways.must if nat_gateways.open else nat_gateways.may:
        public = _equals(nat["connectivity"], "public")
        yield _standing(nat, "the public NAT gateway", public, (nat["connectivity"],), nat in nat_gateways.must)
    for balancer in balancers.must if balancers.open else balancers.may:
        decides = tuple(balancer[name] for name in ("scheme", "internal", "type") if name in balancer.words)
        what = "the internet-facing load balancer"
        yield _standing(balancer, what, internet_facing(balancer), decides, balancer in balancers.must)


def _standing(resource: Resource, what: str, truth: Truth, decides: tuple[Value, ...], surely: bool) -> Evidence:
    here = Blocker(resource.address, resource.place, "may stand in it")
    unless = () if surely else resource.existence.unless or (here,)
    return Evidence(
        truth=truth if surely else truth & Truth.MAYBE,
        why=f"{what} {resource.address} stands in it",
        step=Step(resource.place, f"{resource.address} stands in it"),
        blockers=(*unless, *(blockers(*decides) or (here,))),
        assuming=resource.existence.assuming | assumptions(*decides),
    )


def internet_facing(balancer: Resource) -> Truth:
    """Whether a load balancer faces the internet, as it does unless it is told to be internal."""
    internal = _equals(balancer["scheme"], "internal") | _equals(balancer["internal"], True)
    of_gateway = _equals(balancer["type"], "gateway") if "type" in balancer.words else Truth.NO
    return ~(internal | of_gateway)


def _by_launch(subnet: Resource) -> Evidence:
    value = subnet["public_address_on_launch"]
    return Evidence(
        truth=_equals(value, True),
        why="it gives instances public addresses",
        step=Step(subnet.place_of("public_address_on_launch"), f"{subnet.address} gives instances public addresses"),
        blockers=blockers(value) or (Blocker(str(value), value.place, "is neither true nor false"),),
        assuming=assumptions(value),
        stops=False,
    )


def _equals(value: Value, data: Scalar) -> Truth:
    return same(value, Known(data=data, place=value.place))
