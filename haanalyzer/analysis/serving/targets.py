"""Load balancing: what a load balancer sends to, and the zones that stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from haanalyzer.analysis.answers import doubts_about
from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.serving.cluster_zones import zones_of_nodes
from haanalyzer.analysis.zones import Zones
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import Assumption, Blocker, Known, Truth, blockers
from haanalyzer.values.questions import is_equal, is_one_of


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """Targets that a load balancer treats as one: a target group, or what a Classic one balances.

    ``members`` are the Auto Scaling groups, services and instances in it; ``blockers``
    say why there may be others, ``assuming`` on which defaults it rests that there are none.
    ``doubts``, which are among the blockers, say why the load balancer may not send to it;
    ``steps`` lead from the load balancer to it.
    """

    address: str
    members: tuple[Resource, ...]
    blockers: tuple[Blocker, ...]
    assuming: frozenset[Assumption]
    steps: tuple[Step, ...] = ()
    doubts: tuple[Blocker, ...] = ()

    def zones(self, graph: ResourceGraph) -> Zones:
        """The zones that the members stand in."""
        found = Zones(open=self.blockers)
        for member in self.members:
            elsewhere = Blocker(member.address, member.place, "names no zone or subnet of its own")
            found |= zones_of_target(member, graph) or Zones(open=(elsewhere,))
        return found


def zones_of_target(member: Resource, graph: ResourceGraph) -> Zones:
    """The zones that a target stands in: its own, or those of the instances that it runs on."""
    return zones_of(member, graph) or zones_of_nodes(member, graph)


_TO_GROUPS = ("actions.target_group", "actions.forward.target_group")


def target_groups_of(balancer: Resource, graph: ResourceGraph) -> list[TargetGroup]:
    """The groups that a load balancer sends to, by its listeners and their rules; a Classic one is its own.

    Only those in which anything is, or may be, registered; what it only may send to has a blocker for it.
    """
    if balancer.kind == "classic_load_balancer":
        found = _members(balancer, graph, _CLASSIC)
        return [found] if found.members or found.blockers else []
    groups = []
    for group, (sender, doubts) in _reached(balancer, graph).items():
        found = _members(group, graph, _MODERN)
        if (found.members or found.blockers) and not _holds_regional(group):
            step = Step(sender.place, f"{sender.address} sends to {group.address}")
            groups.append(replace(found, steps=(step,), blockers=(*found.blockers, *doubts), doubts=doubts))
    return [*groups, *_unknown_groups(balancer, graph)]


def _unknown_groups(balancer: Resource, graph: ResourceGraph) -> list[TargetGroup]:
    """One group for each term that stands for groups which cannot be told."""
    terms = [
        blocker
        for sender, _ in _senders(balancer, graph)
        for relation in _TO_GROUPS
        for blocker in graph.targets(sender, relation).blockers
    ]
    return [TargetGroup(each.term, (), (each,), frozenset()) for each in dict.fromkeys(terms)]


def _reached(balancer: Resource, graph: ResourceGraph) -> dict[Resource, tuple[Resource, tuple[Blocker, ...]]]:
    """The groups that listeners and rules name, each with who names it and what keeps that from being certain."""
    reached: dict[Resource, tuple[Resource, tuple[Blocker, ...]]] = {}
    for sender, unless in _senders(balancer, graph):
        for relation in _TO_GROUPS:
            links = graph.targets(sender, relation)
            for group in links.may:
                doubts = unless if group in links.must else (*unless, *doubts_about(sender, _UNSURE))
                if not doubts or group not in reached:
                    reached[group] = sender, doubts
    return reached


def _senders(balancer: Resource, graph: ResourceGraph) -> Iterator[tuple[Resource, tuple[Blocker, ...]]]:
    """The listeners of a load balancer and their rules, each with what keeps it from being so for certain."""
    listeners = graph.sources(balancer, "listener", "load_balancer")
    for listener in listeners.may:
        unless = () if listener in listeners.must else (*listeners.open, *doubts_about(listener, _UNSURE))
        yield listener, unless
        rules = graph.sources(listener, "listener_rule", "listener")
        for rule in rules.may:
            yield rule, unless if rule in rules.must else (*unless, *rules.open, *doubts_about(rule, _UNSURE))


_UNSURE = "may not send to it"


def _holds_regional(group: Resource) -> bool:
    """Whether a group's target surely is a Lambda function or a load balancer, which stand in no zone."""
    return is_one_of(group["target_type"], "lambda", "alb") is Truth.YES


def holds_lambda(group: Resource) -> Truth:
    """Whether the targets of a group are Lambda functions, which are neither drained nor, unless asked, checked."""
    return is_equal(group["target_type"], "lambda")


# Who registers itself with a group (kind, relation), and who is registered by a third
# (its kind, its relation to the group, its relation to the member).
_MODERN = (
    (
        ("auto_scaling_group", "target_groups"),
        ("auto_scaling_group", "traffic_sources.target_group"),
        ("ecs_service", "load_balancers.target_group"),
        ("ecs_task_set", "load_balancers.target_group"),
    ),
    (
        ("auto_scaling_attachment", "target_group", "auto_scaling_group"),
        ("target_group_attachment", "target_group", "target"),
    ),
    "targets.target",
)
_CLASSIC = (
    (
        ("auto_scaling_group", "classic_load_balancers"),
        ("auto_scaling_group", "traffic_sources.classic_load_balancer"),
        ("ecs_service", "load_balancers.classic_load_balancer"),
    ),
    (
        ("auto_scaling_attachment", "classic_load_balancer", "auto_scaling_group"),
        ("classic_load_balancer_attachment", "classic_load_balancer", "instance"),
    ),
    "instances",
)
_Registration = tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...], str]


def _members(group: Resource, graph: ResourceGraph, registration: _Registration) -> TargetGroup:
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
    unsure = (each for each in found.may if each not in found.must)
    conditional = (doubt for each in unsure for doubt in doubts_about(each, "may not be a target"))
    elsewhere = (*found.others, *(str(value) for value in found.outside if isinstance(value, Known)))
    others = (Blocker(name, group.place, "a target whose zones are not known") for name in elsewhere)
    resting = (each.existence.assuming for each in (*found.may, *registered))
    return TargetGroup(
        address=group.address,
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
