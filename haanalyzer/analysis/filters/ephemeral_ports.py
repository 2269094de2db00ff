"""Ephemeral ports: at which ports those who open connections are answered.

Source: Amazon VPC User Guide, "Custom network ACLs", ephemeral ports: load balancers,
NAT gateways and Lambda functions 1024-65535; Linux 32768-61000 (the kernel's own
default ends at 60999); Windows Server 2008 and later 49152-65535.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from haanalyzer.analysis.filters.packets import Interval
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import Assumption, Blocker

UNPRIVILEGED = Interval(1024, 65535)
LINUX = Interval(32768, 60999)
WINDOWS = Interval(49152, 65535)


@dataclass(frozen=True, slots=True)
class Talker:
    """Someone who opens connections.

    ``surely`` are ports it is answered at in any case, ``possibly`` all those it may
    be. ``who`` and ``verb`` read as "a load balancer is answered at"; ``resource`` shows it.
    ``unless`` says why it may not be there.
    """

    who: str
    surely: Interval
    possibly: Interval
    resource: Resource | None = None
    unless: tuple[Blocker, ...] = ()

    @property
    def verb(self) -> str:
        """A NAT gateway answers for others, from the ports it is answered at itself."""
        return "answers from" if self.who == NAT_GATEWAY else "is answered at"

    @property
    def leaves_vpc(self) -> bool:
        """Whether it opens connections to the world; a load balancer does so to its targets only."""
        return self.who != _LOAD_BALANCER

    @property
    def steps(self) -> tuple[Step, ...]:
        if self.resource is None:
            return ()
        return (Step(self.resource.place, f"{self.resource.address} is answered at ports {self.possibly}"),)

    @property
    def assuming(self) -> frozenset[Assumption]:
        return self.resource.existence.assuming if self.resource else frozenset()


NAT_GATEWAY = "a NAT gateway"
_LOAD_BALANCER = "a load balancer"
_HOST = "any host"

# Those on the internet use what Linux and Windows do; whether some behind other people's NAT matter, no template says.
INTERNET_CLIENTS = Talker(
    "a client on the internet", Interval(LINUX.first, WINDOWS.last), Interval(LINUX.first, WINDOWS.last)
)

ANYONE = Talker("whoever else is there", Interval(WINDOWS.first, LINUX.last), UNPRIVILEGED)

CLIENT = Talker("a client", UNPRIVILEGED, UNPRIVILEGED)

_SORTS = (
    (NAT_GATEWAY, "nat_gateway", "subnet"),
    (_LOAD_BALANCER, "load_balancer", "subnets"),
    (_LOAD_BALANCER, "load_balancer", "subnet_mappings.subnet"),
    (_LOAD_BALANCER, "classic_load_balancer", "subnets"),
    ("a Lambda function", "lambda_function", "subnets"),
    (_HOST, "instance", "subnet"),
    (_HOST, "auto_scaling_group", "subnets"),
    (_HOST, "ecs_service", "subnets"),
)


def any_host(unless: tuple[Blocker, ...] = ()) -> Talker:
    """A host whose operating system is not known: only what Linux and Windows share is sure."""
    return _talker(_HOST, None, unless)


def whoever(unseen: tuple[Blocker, ...]) -> Talker:
    """Someone who may be there without being seen, with any of the ranges."""
    return replace(ANYONE, unless=unseen)


def talkers_in(subnets: Links, graph: ResourceGraph) -> list[Talker]:
    """Who opens connections from these subnets, the surest of each sort; hosts of any kind are one sort."""
    found: dict[str, Talker] = {}
    for talker in _standing_in(subnets, graph):
        known = found.get(talker.who)
        if known is None or (known.unless and not talker.unless):
            found[talker.who] = talker
    unseen = _unseen_in(subnets, graph)
    return [*found.values(), *([whoever(unseen)] if unseen else [])]


def _standing_in(subnets: Links, graph: ResourceGraph) -> Iterator[Talker]:
    for subnet in subnets.may:
        there = unless_there(subnet, subnets)
        for who, resource, unless in graph.once(_standing_at, subnet).seen:
            yield _talker(who, resource, (*there, *unless))


@dataclass(frozen=True, slots=True)
class _Standing:
    """Who may stand in a subnet, each with why it may not; and why there may be others."""

    seen: tuple[tuple[str, Resource, tuple[Blocker, ...]], ...]
    unseen: tuple[Blocker, ...]


def _standing_at(subnet: Resource, graph: ResourceGraph) -> _Standing:
    by_sort = [(who, graph.sources(subnet, kind, relation)) for who, kind, relation in _SORTS]
    return _Standing(
        seen=tuple((who, each, unless_there(each, links)) for who, links in by_sort for each in links.may),
        unseen=all_links(links for _, links in by_sort).open,
    )


def unless_there(resource: Resource, links: Links) -> tuple[Blocker, ...]:
    """Why one of these links may not hold; nothing when it surely does."""
    if resource in links.must:
        return resource.existence.unless
    here = Blocker(resource.address, resource.place, "may be related")
    return resource.existence.unless or links.blockers or (here,)


def undeclared(subnets: Links) -> tuple[Blocker, ...]:
    """Why there may be other subnets than those that are declared."""
    outside = (Blocker(str(value), value.place, "a subnet that is not declared here") for value in subnets.outside)
    return tuple(dict.fromkeys((*subnets.open, *outside)))


def _talker(who: str, resource: Resource | None, unless: tuple[Blocker, ...]) -> Talker:
    if who == _HOST:
        surely, possibly = Interval(WINDOWS.first, LINUX.last), Interval(LINUX.first, WINDOWS.last)
    else:
        surely = possibly = UNPRIVILEGED
    return Talker(who, surely, possibly, resource, unless)


def _unseen_in(subnets: Links, graph: ResourceGraph) -> tuple[Blocker, ...]:
    """Why there may be others: unknown subnets, and what cannot be told to stand in the known ones."""
    unseen = (blocker for subnet in subnets.may for blocker in graph.once(_standing_at, subnet).unseen)
    return tuple(dict.fromkeys((*undeclared(subnets), *unseen)))
