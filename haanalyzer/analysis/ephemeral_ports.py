"""Ephemeral ports: at which ports those who open connections are answered.

Source: Amazon VPC User Guide, "Custom network ACLs", ephemeral ports: load balancers,
NAT gateways and Lambda functions 1024-65535; Linux 32768-61000 (the kernel's own
default ends at 60999); Windows Server 2008 and later 49152-65535.
"""

from __future__ import annotations

from dataclasses import dataclass

from haanalyzer.analysis.packets import Interval
from haanalyzer.finding import Step
from haanalyzer.graph import Resource, ResourceGraph

UNPRIVILEGED = Interval(1024, 65535)
LINUX = Interval(32768, 60999)
WINDOWS = Interval(49152, 65535)


@dataclass(frozen=True, slots=True)
class Talker:
    """Someone who opens connections.

    ``surely`` are ports it is answered at in any case, ``possibly`` all those it may
    be. ``who`` reads before "answers from"; ``resource`` is the one that shows it.
    """

    who: str
    surely: Interval
    possibly: Interval
    resource: Resource | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        if self.resource is None:
            return ()
        return (Step(self.resource.place, f"{self.resource.address} is answered at ports {self.surely}"),)


# Where the operating system is not known, only what Linux and Windows share is sure.
HOST = Talker("any host", Interval(WINDOWS.first, LINUX.last), Interval(LINUX.first, WINDOWS.last))

# Both are out there; whether those behind other people's NAT matter, a template does not say.
INTERNET_CLIENTS = Talker("a client on the internet", Interval(LINUX.first, WINDOWS.last), UNPRIVILEGED)

_BY_KIND = {
    "nat_gateway": ("a NAT gateway", "subnet"),
    "load_balancer": ("a load balancer", "subnets"),
    "classic_load_balancer": ("a load balancer", "subnets"),
    "lambda_function": ("a Lambda function", "subnets"),
}
_HOSTS = {
    "instance": "subnet",
    "auto_scaling_group": "subnets",
    "ecs_service": "subnets",
}


def talkers_in(subnets: tuple[Resource, ...], graph: ResourceGraph) -> list[Talker]:
    """Who surely opens connections from these subnets, one of each sort; hosts of any kind are one sort."""
    found: dict[str, Talker] = {}
    for subnet in subnets:
        for kind, (who, relation) in _BY_KIND.items():
            for resource in _standing(subnet, kind, relation, graph):
                found.setdefault(who, Talker(who, UNPRIVILEGED, UNPRIVILEGED, resource))
        for kind, relation in _HOSTS.items():
            for resource in _standing(subnet, kind, relation, graph):
                found.setdefault(HOST.who, Talker(HOST.who, HOST.surely, HOST.possibly, resource))
    return list(found.values())


def _standing(subnet: Resource, kind: str, relation: str, graph: ResourceGraph) -> tuple[Resource, ...]:
    found = graph.sources(subnet, kind, relation).must
    if kind == "load_balancer":
        found += graph.sources(subnet, kind, "subnet_mappings.subnet").must
    return found
