"""Subnets that should be public: shown by what stands in them and by the addresses they give, never by their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from haanalyzer.analysis.routes.routing import Part, PartPlayed, part_of
from haanalyzer.analysis.routes.ways_out import may_lead_on, way_out_of
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import Assumption, Blocker, Truth, Value, any_of, assumptions, blockers
from haanalyzer.values.questions import is_equal, is_true


@dataclass(frozen=True, slots=True)
class PublicNeed:
    """Whether a subnet is ``meant`` to be public at all, and whether it is ``lacking`` the way that takes.

    ``why`` reads after "although"; ``stops`` is true when what stands there does not work.
    ``blockers`` say why either cannot be told.
    """

    meant: Truth
    lacking: Truth
    why: str
    stops: bool
    steps: tuple[Step, ...]
    blockers: tuple[Blocker, ...]
    assuming: frozenset[Assumption]


def public_need(subnet: Resource, graph: ResourceGraph) -> PublicNeed:
    """Judge a subnet by public NAT gateways and internet-facing load balancers in it, and by the addresses it gives.

    The former need a route to an internet gateway; with a public address, any way out will do.
    """
    return graph.once(_public_need, subnet)


@dataclass(frozen=True, slots=True)
class _Sign:
    """Something that shows what a subnet is meant for, whether it surely holds, and whether it then lacks its way."""

    truth: Truth
    lacking: Truth
    why: str
    step: Step
    blockers: tuple[Blocker, ...]
    assuming: frozenset[Assumption]
    stops: bool


def _public_need(subnet: Resource, graph: ResourceGraph) -> PublicNeed:
    part = graph.once(part_of, subnet)
    nat_gateways = graph.sources(subnet, "nat_gateway", "subnet")
    balancers = all_links(graph.sources(subnet, kind, relation) for kind, relation in _BALANCERS)
    lacking, further = _no_internet_gateway(subnet, part, graph)
    hosted = list(_hosted(nat_gateways, balancers, lacking))
    found = [*hosted, _by_launch(subnet, part)]
    unseen = (*nat_gateways.open, *balancers.open)
    perhaps = Truth.MAYBE if unseen else Truth.NO
    wrong = [each for each in found if each.lacking is Truth.YES]
    first = (wrong or found)[0]
    return PublicNeed(
        meant=any_of((perhaps, *(each.truth for each in found))),
        lacking=any_of((perhaps & lacking, *(each.lacking for each in found))),
        why=first.why,
        stops=first.stops,
        steps=(*(each.step for each in wrong), *part.steps),
        blockers=tuple(
            dict.fromkeys(
                (*unseen, *part.blockers, *further, *(blocker for each in found for blocker in each.blockers))
            )
        ),
        assuming=part.assuming | first.assuming,
    )


def _no_internet_gateway(subnet: Resource, part: PartPlayed, graph: ResourceGraph) -> tuple[Truth, tuple[Blocker, ...]]:
    """Whether no route leads to an internet gateway, by however many steps; and why that cannot be told."""
    lacking = ~part.plays(Part.PUBLIC)
    further = () if lacking is Truth.NO else may_lead_on(graph.once(way_out_of, subnet), graph)
    return (lacking & Truth.MAYBE if further else lacking), further


_BALANCERS = (
    ("load_balancer", "subnets"),
    ("load_balancer", "subnet_mappings.subnet"),
    ("classic_load_balancer", "subnets"),
)


def _hosted(nat_gateways: Links, balancers: Links, lacking: Truth) -> Iterator[_Sign]:
    for nat in nat_gateways.must if nat_gateways.open else nat_gateways.may:
        public = is_equal(nat["connectivity"], "public")
        surely = nat in nat_gateways.must
        yield _standing(nat, "the public NAT gateway", public, (nat["connectivity"],), surely, lacking)
    for balancer in balancers.must if balancers.open else balancers.may:
        decides = tuple(balancer[name] for name in ("scheme", "internal", "type") if name in balancer.words)
        what, surely = "the internet-facing load balancer", balancer in balancers.must
        yield _standing(balancer, what, internet_facing(balancer), decides, surely, lacking)


def _standing(
    resource: Resource, what: str, public: Truth, decides: tuple[Value, ...], surely: bool, lacking: Truth
) -> _Sign:
    here = Blocker(resource.address, resource.place, "may stand in it")
    truth = public if surely else public & Truth.MAYBE
    unless = () if surely else resource.existence.unless or (here,)
    return _Sign(
        truth=truth,
        lacking=truth & lacking,
        why=f"{what} {resource.address} stands in it",
        step=Step(resource.place, f"{resource.address} stands in it"),
        blockers=(*unless, *(blockers(*decides) or (here,))) if truth is Truth.MAYBE else (),
        assuming=resource.existence.assuming | assumptions(*decides),
        stops=True,
    )


def internet_facing(balancer: Resource) -> Truth:
    """Whether a load balancer faces the internet, as it does unless it is told to be internal."""
    internal = is_equal(balancer["scheme"], "internal") | is_true(balancer["internal"])
    of_gateway = is_equal(balancer["type"], "gateway") if "type" in balancer.words else Truth.NO
    return ~(internal | of_gateway)


def _by_launch(subnet: Resource, part: PartPlayed) -> _Sign:
    value = subnet["public_address_on_launch"]
    given = is_true(value)
    no_truth = Blocker(str(value), value.place, "is neither true nor false")
    return _Sign(
        truth=given,
        lacking=given & part.plays(Part.ISOLATED),
        why="it gives instances public addresses",
        step=Step(subnet.place_of("public_address_on_launch"), f"{subnet.address} gives instances public addresses"),
        blockers=(blockers(value) or (no_truth,)) if given is Truth.MAYBE else (),
        assuming=assumptions(value),
        stops=False,
    )
