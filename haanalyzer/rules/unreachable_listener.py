"""A load balancer listens at a port that its security groups admit nobody at.

The listener is there in every zone, and no client gets to it: the rule that was to
admit them is for another port, as when HTTPS was added and the security group still
says 80. A redirect from HTTP that nobody can ask for is the same oversight. Where the port is
closed on purpose, the listener has no purpose.

Whoever may be admitted counts, whatever address or security group that is. Network Load
Balancers without security groups are not filtered. What listens behind a security
group without a rule for what comes in is not judged, for whom it is to admit is not
declared here, and neither are balancers in the default security group of their VPC.

How to mend
    Let the load balancer's security group admit its clients at the port of the listener, or
    take the listener away.

See also
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-vpc-security-groups.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.filters.clients import is_admitted_at
from haanalyzer.analysis.filters.endpoints import endpoint
from haanalyzer.analysis.filters.packets import TCP
from haanalyzer.analysis.filters.reachability import Service, service_at
from haanalyzer.analysis.filters.target_services import protocols_spoken
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Absent, Blocker, ListValue, MapValue, Truth, assumptions, blockers


@rule(
    "HA220",
    kinds=("listener", "classic_load_balancer"),
    severity=Severity.WARNING,
    systems=("Security group", "Classic load balancer", "Application load balancer", "Network load balancer"),
    like=("elb-sg-rules",),
)
def unreachable_listener(resource: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    if resource.kind == "classic_load_balancer":
        yield from _classic(resource, graph)
        return
    balancers = graph.targets(resource, "load_balancer")
    if not balancers.must:
        elsewhere = Blocker(str(resource["load_balancer"]), resource.place, "a load balancer that is not declared here")
        yield undecided(resource, balancers.blockers or (elsewhere,))
    elif not isinstance(resource["port"], Absent):
        protocols, unclear = protocols_spoken(resource, balancers.must[0])
        service = service_at(resource["port"], protocols, f"{resource.address} listens at port")
        yield _verdict(resource, balancers.must[0], service, unclear, graph)


def _classic(balancer: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    written = balancer["listeners"]
    if not isinstance(written, ListValue) or written.open:
        unknown = blockers(written) or (Blocker(balancer.address, balancer.place, "at which ports it listens"),)
        yield undecided(balancer, unknown)
    for block in written.items if isinstance(written, ListValue) else ():
        if isinstance(block, MapValue):
            service = service_at(block.get("port"), (TCP,), f"{balancer.address} listens at port")
            yield _verdict(balancer, balancer, service, (), graph)
        else:
            yield undecided(balancer, blockers(block) or (Blocker(str(block), block.place, "is no listener"),))


def _verdict(
    listener: Resource, balancer: Resource, service: Service, unclear: tuple[Blocker, ...], graph: ResourceGraph
) -> Verdict:
    end = endpoint(balancer, graph)
    part = f"listens at {service}"
    if end.groups is None:
        return passed(listener, part=part)
    admitted = is_admitted_at(end, service, graph)
    spoken = assumptions(listener["protocol"]) if "protocol" in listener.words else frozenset()
    assuming = service.assuming | admitted.assuming | spoken
    if admitted.truth is Truth.YES:
        return passed(listener, part=part, assuming=assuming)
    if admitted.truth is Truth.MAYBE:
        return undecided(listener, (*unclear, *admitted.blockers), part=part)
    return failed(
        listener,
        f"{listener.address} {part}, where nobody can connect to it: {admitted.why}",
        at=admitted.at,
        part=part,
        evidence=(*service.steps, *admitted.steps),
        assuming=assuming,
    )
