"""Load balancing: what a load balancer sends to, and the zones that stands in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from haanalyzer.analysis.placement import Zones, zones_of
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import Assumption, Blocker, Known, alternatives, blockers


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """Targets that a load balancer treats as one: a target group, or what a Classic one balances.

    ``members`` are the Auto Scaling groups, services and instances in it; ``blockers``
    say why there may be others, ``assuming`` on which defaults it rests that there are none.
    ``steps`` lead from the load balancer to it.
    """

    address: str
    steps: tuple[Step, ...]
    members: tuple[Resource, ...]
    blockers: tuple[Blocker, ...]
    assuming: frozenset[Assumption]

    def zones(self, graph: ResourceGraph) -> Zones:
        """The zones that the members stand in."""
        found = Zones(open=self.blockers)
        for member in self.members:
            elsewhere = Blocker(member.address, member.place, "names no zone or subnet of its own")
            found |= zones_of(member, graph) or Zones(open=(elsewhere,))
        return found


def target_groups_of(balancer: Resource, graph: ResourceGraph) -> list[TargetGroup]:
    """The groups that a load balancer surely sends to, by its listeners and their rules; a Classic one is its own."""
    if balancer.kind == "classic_load_balancer":
        return [_members(balancer, (), graph, _CLASSIC)]
    listeners = graph.sources(balancer, "listener", "load_balancer").must
    rules = [rule for listener in listeners for rule in graph.sources(listener, "listener_rule", "listener").must]
    reached: dict[Resource, Resource] = {}
    for sender in (*listeners, *rules):
        for relation in ("actions.target_group", "actions.forward.target_group"):
            for group in graph.targets(sender, relation).must:
                reached.setdefault(group, sender)
    return [
        _members(group, (Step(sender.place, f"{sender.address} sends to {group.address}"),), graph, _MODERN)
        for group, sender in reached.items()
        if not _holds_regional(group)
    ]


def _holds_regional(group: Resource) -> bool:
    """Whether a group's target surely is a Lambda function or a load balancer, which stand in no zone."""
    return all(
        isinstance(each, Known) and str(each) in ("lambda", "alb") for each in alternatives(group["target_type"])
    )


# Who registers itself with a group (kind, relation), and who is registered by a third
# (its kind, its relation to the group, its relation to the member).
_MODERN = (
    (("auto_scaling_group", "target_groups"), ("ecs_service", "load_balancers.target_group")),
    (
        ("auto_scaling_attachment", "target_group", "auto_scaling_group"),
        ("target_group_attachment", "target_group", "target"),
    ),
    "targets.target",
)
_CLASSIC = (
    (("auto_scaling_group", "classic_load_balancers"), ("ecs_service", "load_balancers.classic_load_balancer")),
    (
        ("auto_scaling_attachment", "classic_load_balancer", "auto_scaling_group"),
        ("classic_load_balancer_attachment", "classic_load_balancer", "instance"),
    ),
    "instances",
)
_Registration = tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...], str]


def _members(
    group: Resource, steps: tuple[Step, ...], graph: ResourceGraph, registration: _Registration
) -> TargetGroup:
    themselves, by_third, listed = registration
    links = [graph.sources(group, kind, relation) for kind, relation in themselves]
    registered: list[Resource] = []
    for kind, to_group, to_member in by_third:
        attachments = graph.sources(group, kind, to_group)
        registered += attachments.may
        links.append(Links(open=attachments.open))
        links += (_registered_by(each, to_member, attachments, graph) for each in attachments.may)
    links.append(graph.targets(group, listed))
    found = all_links(links)
    conditional = (
        blocker
        for each in found.may
        if each not in found.must
        for blocker in each.existence.unless or (Blocker(each.address, each.place, "may not be a target"),)
    )
    elsewhere = (*found.others, *(str(value) for value in found.outside if isinstance(value, Known)))
    others = (Blocker(name, group.place, "a target whose zones are not known") for name in elsewhere)
    resting = (each.existence.assuming for each in (*found.may, *registered))
    return TargetGroup(
        address=group.address,
        steps=steps,
        members=found.must,
        blockers=(*found.blockers, *conditional, *others, *_of_unknown_type(group)),
        assuming=frozenset[Assumption]().union(*resting),
    )


def _registered_by(attachment: Resource, to_member: str, attachments: Links, graph: ResourceGraph) -> Links:
    """What an attachment registers; only perhaps, where the attachment is only perhaps to this group."""
    members = graph.targets(attachment, to_member)
    return members if attachment in attachments.must else replace(members, must=())


def _of_unknown_type(group: Resource) -> tuple[Blocker, ...]:
    return blockers(group["target_type"]) if "target_type" in group.words else ()
