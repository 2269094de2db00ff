"""Nothing ever changes the size of a group.

An Auto Scaling group replaces what fails, but it grows only when a scaling
policy, a schedule or a scaling plan tells it to. Without any, the load of a good
day, or of a lost zone, meets the instances of an ordinary one.

A group of one is not meant: it is there to be replaced. Neither is one that starts
empty, nor the nodes of Kubernetes and ECS clusters, which their own autoscaler or
capacity provider resizes. What scales a group from outside the template, such as
an operator's script, cannot be seen.

How to mend
    Add a target tracking policy, and leave room between minimum and maximum.

See also
    https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
    https://docs.aws.amazon.com/autoscaling/ec2/userguide/scale-your-group.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.serving.capacity import is_scaled
from haanalyzer.analysis.serving.cluster_nodes import node_of_cluster
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Absent, Blocker, Truth, assumptions, blockers, same
from haanalyzer.values.questions import is_at_least


@rule(
    "HA308",
    kinds=("auto_scaling_group",),
    severity=Severity.NOTE,
    systems=("Scaling policies and alarms", "Auto Scaling group"),
    like=("asg-policy",),
)
def group_that_cannot_scale(group: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    node, plural = node_of_cluster(group, graph), _holds_several(group)
    meant = ~node.truth & plural
    if meant is Truth.NO:
        return
    scaled = is_scaled(group, graph)
    sizes = (group["min_size"], group["max_size"], group["desired_capacity"])
    if scaled.truth is Truth.YES:
        yield passed(group, assuming=scaled.assuming)
    elif scaled.truth is Truth.NO and meant is Truth.YES:
        yield _failure(group)
    else:
        unsure = (*scaled.blockers, *node.blockers, *(blockers(*sizes) if plural is Truth.MAYBE else ()))
        yield undecided(group, unsure or (Blocker(str(sizes[1]), group.place_of("max_size"), "no number"),))


def _holds_several(group: Resource) -> Truth:
    """Whether there is room for more than one instance, and any at the start."""
    desired = group["desired_capacity"]
    started = is_at_least(group["min_size"], 1)
    if not isinstance(desired, Absent):
        started |= is_at_least(desired, 1)
    return is_at_least(group["max_size"], 2) & started


def _failure(group: Resource) -> Verdict:
    smallest, largest = group["min_size"], group["max_size"]
    fixed = same(smallest, largest) is Truth.YES
    size = f"stays at {largest} instances" if fixed else f"may have {smallest} to {largest} instances"
    return failed(
        group,
        f"{group.address} {size}: no policy, schedule or plan ever changes that"
        if fixed
        else f"{group.address} {size}, but no policy, schedule or plan ever scales it",
        at=group.place_of("max_size"),
        evidence=(Step(group.place_of("min_size"), f"its minimum size is {smallest}"),),
        assuming=assumptions(smallest, largest),
    )
