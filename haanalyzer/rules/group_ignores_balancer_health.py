"""A group behind a load balancer never replaces the instances that the balancer finds unhealthy.

With health checks of type ``EC2``, which is the default, an Auto Scaling group
replaces an instance only when the machine itself fails. An instance whose
software hangs fails the load balancer's health check and gets no more requests,
yet stays in the group: it is counted as capacity, and nothing takes its place.
When the last healthy one goes, the group still looks complete.

The nodes of Kubernetes and ECS clusters are not meant: a scheduler looks after
their work, and an application that is not ready must not cost a node. Neither
is a group whose processes ``HealthCheck`` or ``ReplaceUnhealthy`` are suspended.

How to mend
    Set the health check type to ``ELB``, with a grace period that covers the
    start of the software: CloudFormation's default is none at all.

See also
    https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-add-elb-healthcheck.html
    https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.answers import Answer
from haanalyzer.analysis.serving.capacity import behind_balancer
from haanalyzer.analysis.serving.cluster_nodes import node_of_cluster
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import (
    Known,
    Truth,
    Value,
    assumptions,
    blockers,
)
from haanalyzer.values.numbers import number
from haanalyzer.values.questions import any_item, in_every_branch, is_one_of

_GRACE = 300
"""Seconds. What the console and Terraform give a group."""


@rule(
    "HA303",
    kinds=("auto_scaling_group",),
    severity=Severity.WARNING,
    systems=("Auto Scaling group",),
    like=("asg-elb-health-check",),
)
def group_ignores_balancer_health(group: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    behind, node = behind_balancer(group, graph), node_of_cluster(group, graph)
    suspended = any_item(group["suspended_processes"], _stops_replacing)
    meant = behind.truth & ~node.truth & ~suspended
    if meant is Truth.NO:
        return
    health = group["health_check_type"]
    heeds = in_every_branch(health, _heeds_balancer)
    if heeds is Truth.YES:
        yield passed(group, assuming=assumptions(health))
    elif heeds is Truth.NO and meant is Truth.YES:
        yield _failure(group, behind)
    else:
        unsure = blockers(health) if heeds is Truth.MAYBE else ()
        processes = blockers(group["suspended_processes"])
        yield undecided(group, (*unsure, *behind.blockers, *node.blockers, *processes))


def _heeds_balancer(health: Value) -> Truth:
    """Source: CreateAutoScalingGroup, HealthCheckType: one or more of EC2, EBS, ELB and VPC_LATTICE, with commas."""
    if not isinstance(health, Known):
        return Truth.MAYBE
    return Truth.of(bool({"ELB", "VPC_LATTICE"} & {each.strip().upper() for each in str(health).split(",")}))


def _stops_replacing(process: Value) -> Truth:
    """Whether a process, once suspended, no longer finds or replaces unhealthy instances."""
    return is_one_of(process, "HealthCheck", "ReplaceUnhealthy")


def _failure(group: Resource, behind: Answer) -> Verdict:
    health, grace = group["health_check_type"], group["health_check_grace_period"]
    changes = [Change(group.address, "health_check_type", "ELB")]
    if number(grace) == 0:
        changes.append(Change(group.address, "health_check_grace_period", _GRACE))
    return failed(
        group,
        f"{group.address} is behind a load balancer, but its health check type is {health}:"
        " what the balancer finds unhealthy is never replaced",
        at=group.place_of("health_check_type"),
        evidence=behind.steps,
        assuming=assumptions(health) | behind.assuming,
        changes=changes,
    )
