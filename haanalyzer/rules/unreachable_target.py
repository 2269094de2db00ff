"""A load balancer cannot reach its targets: security groups or network ACLs drop its connections.

A target that the load balancer cannot connect to never becomes healthy, and where
all of them are so there is nobody behind the listener in any zone. It takes one
number: the targets' security group admits the port that the listener has and not
the one the targets are registered at, or the health check goes to a port of its
own that nobody opened. Traffic and health checks are followed past the balancer's
own security groups (outgoing), the targets' (incoming) and the network ACLs of both
sides' subnets, answers included.

Tasks with network interfaces of their own are registered at the container's port,
instances at the target group's port or the one of their attachment. Where a Network
Load Balancer preserves the addresses of clients, the targets must admit those (or the
balancer's security group), and the balancer itself for health checks. Only IPv4 is
followed. Where a network ACL cuts off one subnet of the balancer or of the targets, and
not all of them, one zone is lost: that is a warning. Targets of a default security group,
those that register themselves, Lambda functions, Application Load Balancers as targets
and Gateway Load Balancers are not judged, and neither are tasks on ports that their host
chooses.

How to mend
    Let the targets' security group admit the load balancer's security group at the port
    of the targets and at that of the health check, and let the balancer's own group, if it
    restricts what goes out, allow the same ports to the targets.

See also
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html#target-security-groups
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.filters.endpoints import endpoint
from haanalyzer.analysis.filters.passage import Passage, either_of
from haanalyzer.analysis.filters.reachability import clients_connections, connections
from haanalyzer.analysis.filters.target_services import TargetService, over_ipv6, services_at
from haanalyzer.analysis.serving.targets import TargetGroup, target_groups_of
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, once_for_each_cause, passed, rule, undecided
from haanalyzer.values import Truth
from haanalyzer.values.questions import is_equal


@rule(
    "HA204",
    kinds=("load_balancer", "classic_load_balancer"),
    severity=Severity.ERROR,
    systems=(
        "Network ACL",
        "Security group",
        "Classic load balancer",
        "Application load balancer",
        "Network load balancer",
        "Target group",
        "ECS on EC2 and Fargate",
    ),
    like=("elb-sg-rules", "deny-all-breaks-service"),
)
def unreachable_target(balancer: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    if balancer.kind == "load_balancer" and is_equal(balancer["type"], "gateway") is Truth.YES:
        return
    groups = target_groups_of(balancer, graph)
    yield from once_for_each_cause(verdict for group in groups for verdict in _judged(balancer, group, graph))


def _judged(balancer: Resource, found: TargetGroup, graph: ResourceGraph) -> Iterator[Verdict]:
    """One verdict for a target group, or one for each of its members that surely cannot be reached."""
    part = f"targets of {found.address}"
    group = graph.resources.get(found.address)
    ways = [
        (member, service, _passage(balancer, member, service, graph))
        for member in (found.members if group else ())
        for service in (services_at(member, group, balancer, graph) if group else ())
    ]
    doubts = (*found.doubts, *(over_ipv6(group) if group else ()))
    failures = [] if doubts else [way for way in ways if way[2].truth is Truth.NO]
    if failures:
        first_of_each = {member: (service, passage) for member, service, passage in reversed(failures)}
        for member, (service, passage) in first_of_each.items():
            yield _failure(balancer, found, member, service, passage)
        return
    unsure = [*doubts, *found.blockers, *(blocker for _, _, passage in ways for blocker in passage.blockers)]
    if unsure:
        yield undecided(balancer, unsure, part=part)
    else:
        resting = (assumption for _, service, way in ways for assumption in way.assuming | service.service.assuming)
        yield passed(balancer, part=part, assuming=found.assuming.union(resting))


def _passage(balancer: Resource, member: Resource, asked: TargetService, graph: ResourceGraph) -> Passage:
    ends = endpoint(balancer, graph), endpoint(member, graph)
    if asked.from_clients is Truth.YES:
        return clients_connections(*ends, asked.service, graph)
    direct = connections(*ends, asked.service, graph)
    if asked.from_clients is Truth.NO:
        return direct
    return either_of([direct, clients_connections(*ends, asked.service, graph)], asked.blockers)


def _failure(balancer: Resource, group: TargetGroup, member: Resource, asked: TargetService, way: Passage) -> Verdict:
    of_group = "" if group.address == balancer.address else f" of {group.address}"
    what = "check the health of" if asked.is_health_check else "reach"
    where = f" {way.part}" if way.part else ""
    role = Step(member.place, f"{member.address} is a target{of_group}")
    return failed(
        balancer,
        f"{balancer.address} cannot {what} {member.address}{of_group}{where} at {asked.service}: {way.why}",
        at=way.at,
        part=f"targets of {group.address}: {member.address}",
        evidence=(*group.steps, role, *asked.service.steps, *way.steps),
        assuming=group.assuming | way.assuming | asked.service.assuming,
        severity=Severity.WARNING if way.part else None,
    )
