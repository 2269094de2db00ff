"""An instance that routes lead to drops what it should forward.

EC2 lets an instance send and receive only what comes from or goes to itself, until the
source/destination check of its network interface is switched off; it is on unless a
template says otherwise. An instance or interface that a route leads to (a NAT instance, a
proxy, a firewall, a VPN server) drops everything it should pass on, so whoever follows
that route reaches nothing.

An instance whose interfaces are resources of their own is judged by theirs. One with an
instance profile or a launch template may switch the check off itself when it starts, so
nothing is said of it while the check is on. Instances that no route of this template
leads to are not meant; neither are those that an Auto Scaling group starts.

How to mend
    Set `SourceDestCheck: false` or `source_dest_check = false` on the instance, or on the
    network interface that the route leads to.

See also
    https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html
    https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.rules.kit import Change, Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, any_of, assumptions, blockers
from haanalyzer.values.questions import is_true, is_written


@rule(
    "HA207",
    kinds=("instance", "network_interface"),
    severity=Severity.ERROR,
    systems=("NAT instance, Squid proxy", "Route table"),
)
def nat_instance_drops_traffic(forwarder: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    routes = all_links(graph.sources(forwarder, "route", relation) for relation in ("instance", "network_interface"))
    if routes.exist is Truth.NO:
        return
    interfaces = _interfaces(forwarder, graph)
    own = is_true(forwarder["source_dest_check"])
    checked = [is_true(each["source_dest_check"]) for each in interfaces.must]
    if own is Truth.NO or (interfaces.certain and checked and set(checked) == {Truth.NO}):
        yield passed(forwarder, assuming=assumptions(*(each["source_dest_check"] for each in interfaces.must)))
        return
    drops = own if interfaces.exist is Truth.NO else _all_checked(interfaces, checked)
    itself = _may_switch_it_off(forwarder, graph)
    if drops is Truth.YES and routes.must and not itself:
        yield _failure(forwarder, interfaces.must[0] if checked else forwarder, routes.must[0])
        return
    perhaps = (Blocker(each.address, each.place, "may lead to it") for each in routes.may if each not in routes.must)
    unsure = blockers(*(each["source_dest_check"] for each in (forwarder, *interfaces.must)))
    which = Blocker(forwarder.address, forwarder.place, "which of its interfaces the route leads to")
    yield undecided(forwarder, (*unsure, *itself, *interfaces.blockers, *routes.open, *perhaps) or (which,))


def _may_switch_it_off(forwarder: Resource, graph: ResourceGraph) -> tuple[Blocker, ...]:
    """Why an instance may switch its check off when it starts, for which it needs a role."""
    if forwarder.kind == "network_interface":
        return ()
    templates = [graph.targets(forwarder, each).exist for each in ("launch_template", "launch_template_name")]
    if any_of((is_written(forwarder["instance_profile"]), *templates)) is Truth.NO:
        return ()
    return (Blocker(forwarder.address, forwarder.place, "may have a role by which it switches its own check off"),)


def _interfaces(forwarder: Resource, graph: ResourceGraph) -> Links:
    """The network interfaces of an instance that are resources of their own."""
    return all_links(graph.targets(forwarder, each) for each in ("network_interfaces.interface", "primary_interface"))


def _all_checked(interfaces: Links, checked: list[Truth]) -> Truth:
    return Truth.YES if interfaces.certain and set(checked) == {Truth.YES} else Truth.MAYBE


def _failure(forwarder: Resource, at: Resource, route: Resource) -> Verdict:
    return failed(
        forwarder,
        f"{forwarder.address} drops what {route.address} leads to it: its source/destination check is on",
        at=at.place_of("source_dest_check"),
        evidence=(Step(route.place, f"{route.address} leads to {forwarder.address}"),),
        assuming=assumptions(at["source_dest_check"]) | route.existence.assuming,
        changes=(Change(at.address, "source_dest_check", False),),
    )
