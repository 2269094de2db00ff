"""What security groups let through: their rules as written, their members, and what is left open."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from haanalyzer.analysis.filters.addresses import EVERYWHERE, IPV4, NOWHERE
from haanalyzer.analysis.filters.endpoints import endpoint, groups_of
from haanalyzer.analysis.filters.group_passage import named
from haanalyzer.analysis.filters.packets import TCP, UDP, PacketSet, packets
from haanalyzer.analysis.filters.security_groups import Admission, Peer, admission
from haanalyzer.frontends.cloudformation.template import read_template
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.graph import ResourceGraph
from haanalyzer.graph.links import NO_LINKS
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.values import Truth

GROUP = "AWS::EC2::SecurityGroup"
ANYONE = Peer(NO_LINKS, IPV4)


def graph_of(**resources: dict[str, object]) -> ResourceGraph:
    text = yaml.safe_dump({"Parameters": {"P": {"Type": "String"}}, "Resources": resources})
    return ResourceGraph(read_template(Document("template.yaml", text), Inputs(), Files(Path())))


def group(**properties: object) -> dict[str, object]:
    return {"Type": GROUP, "Properties": {"GroupDescription": "A group", **properties}}


def instance(*groups: str, **properties: object) -> dict[str, object]:
    named_by = [{"Ref": each} for each in groups]
    return {"Type": "AWS::EC2::Instance", "Properties": {"SecurityGroupIds": named_by, **properties}}


def admitted(rules: list[dict[str, object]], peer: Peer = ANYONE, *, egress: bool = False) -> Admission:
    word = "SecurityGroupEgress" if egress else "SecurityGroupIngress"
    graph = graph_of(Group=group(**{word: rules}), Host=instance("Group"))
    groups = groups_of(graph.resources["Host"], graph)
    assert groups is not None
    return admission(groups, peer, graph, egress=egress)


def tcp(first: int, last: int, cidr: str = "0.0.0.0/0") -> PacketSet:
    return packets([TCP], [cidr], [(first, last)])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"IpProtocol": "tcp", "FromPort": 80, "ToPort": "90", "CidrIp": "0.0.0.0/0"}, tcp(80, 90)),
        ({"IpProtocol": 6, "FromPort": 80, "ToPort": 80, "CidrIp": "10.0.0.0/8"}, tcp(80, 80, "10.0.0.0/8")),
        ({"IpProtocol": "17", "FromPort": 53, "ToPort": 53, "CidrIp": "::/0"}, packets([UDP], ["::/0"], [(53, 53)])),
        ({"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}, IPV4),
        ({"IpProtocol": -1, "FromPort": 80, "ToPort": 80, "CidrIpv6": "::/0"}, packets(cidrs=["::/0"])),
        ({"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80}, NOWHERE),
    ],
)
def test_a_rule_whose_words_are_all_known(rule: dict[str, object], expected: PacketSet) -> None:
    found = admitted([rule])
    assert found.surely == found.possibly == expected
    assert not found.open


@pytest.mark.parametrize(
    ("rule", "possibly"),
    [
        ({"IpProtocol": "tcp", "FromPort": {"Ref": "P"}, "ToPort": 80, "CidrIp": "0.0.0.0/0"}, tcp(0, 65535)),
        ({"IpProtocol": "tcp", "FromPort": 90, "ToPort": 80, "CidrIp": "0.0.0.0/0"}, IPV4),
        ({"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": {"Ref": "P"}}, tcp(80, 80)),
        ({"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "nowhere"}, tcp(80, 80)),
        ({"IpProtocol": {"Ref": "P"}, "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"}, IPV4),
    ],
)
def test_what_is_not_known_of_a_rule_only_may_be_let_through(rule: dict[str, object], possibly: PacketSet) -> None:
    found = admitted([rule])
    assert found.surely == NOWHERE
    assert found.possibly == possibly
    assert found.passes(tcp(80, 80)) is Truth.MAYBE
    assert found.blockers(tcp(80, 80))


def test_the_rules_of_a_group_add_up() -> None:
    rule = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80}
    found = admitted([{**rule, "CidrIp": "0.0.0.0/1"}, {**rule, "CidrIp": "128.0.0.0/1"}])
    assert found.passes(tcp(80, 80)) is Truth.YES
    assert found.passes(tcp(81, 81)) is Truth.NO
    assert found.passes(tcp(80, 81)) is Truth.MAYBE


@pytest.mark.parametrize(
    ("resources", "surely", "possibly"),
    [
        ({}, EVERYWHERE, EVERYWHERE),
        (
            {"SecurityGroupEgress": [{"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "CidrIp": "0.0.0.0/0"}]},
            tcp(1, 1),
            tcp(1, 1),
        ),
    ],
)
def test_egress_is_open_until_it_is_written(
    resources: dict[str, object], surely: PacketSet, possibly: PacketSet
) -> None:
    graph = graph_of(Group=group(**resources), Host=instance("Group"))
    found = admission(endpoint(graph.resources["Host"], graph).peer.groups, ANYONE, graph, egress=True)
    assert (found.surely, found.possibly) == (surely, possibly)


def test_whether_egress_stays_open_besides_a_rule_of_its_own_is_not_told() -> None:
    rule = {"GroupId": {"Ref": "Group"}, "IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "CidrIp": "0.0.0.0/0"}
    graph = graph_of(
        Group=group(), Host=instance("Group"), Rule={"Type": "AWS::EC2::SecurityGroupEgress", "Properties": rule}
    )
    found = admission(endpoint(graph.resources["Host"], graph).peer.groups, ANYONE, graph, egress=True)
    assert (found.surely, found.possibly) == (tcp(1, 1), EVERYWHERE)
    assert found.open


def test_members_are_admitted_whatever_their_address() -> None:
    rule = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "SourceSecurityGroupId": {"Ref": "Clients"}}
    graph = graph_of(
        Clients=group(), Others=group(), Group=group(SecurityGroupIngress=[rule]), Host=instance("Group"),
        Client=instance("Clients"), Other=instance("Others"), Stranger=instance(), Both=instance("Clients", "Others"),
    )  # fmt: skip
    mine = groups_of(graph.resources["Host"], graph)
    assert mine is not None
    passes = {
        name: admission(mine, endpoint(graph.resources[name], graph).peer, graph, egress=False).passes(tcp(80, 80))
        for name in ("Client", "Both", "Other", "Stranger")
    }
    assert passes == {"Client": Truth.YES, "Both": Truth.YES, "Other": Truth.NO, "Stranger": Truth.MAYBE}


def test_the_same_unknown_group_at_both_ends_is_one_group() -> None:
    rule = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "SourceSecurityGroupId": {"Ref": "P"}}
    graph = graph_of(Group=group(SecurityGroupIngress=[rule]), Host=instance("Group"), Client=instance("P"))
    mine = groups_of(graph.resources["Host"], graph)
    assert mine is not None
    found = admission(mine, endpoint(graph.resources["Client"], graph).peer, graph, egress=False)
    assert found.passes(tcp(80, 80)) is Truth.YES


def test_a_group_from_elsewhere_may_admit_anything() -> None:
    graph = graph_of(Group=group(), Host=instance("Group", "P"))
    mine = groups_of(graph.resources["Host"], graph)
    assert mine is not None
    found = admission(mine, ANYONE, graph, egress=False)
    assert (found.surely, found.possibly) == (NOWHERE, EVERYWHERE)


def test_of_several_network_interfaces_any_may_be_meant() -> None:
    interfaces = [{"DeviceIndex": str(each), "GroupSet": [{"Ref": f"Group{each}"}]} for each in range(2)]
    host = {"Type": "AWS::EC2::Instance", "Properties": {"NetworkInterfaces": interfaces}}
    graph = graph_of(Group0=group(), Group1=group(), Host=host)
    found = groups_of(graph.resources["Host"], graph)
    assert found is not None
    assert (len(found.must), len(found.may), bool(found.open)) == (0, 2, True)


@pytest.mark.parametrize(("kind", "filtered"), [("network", False), ("application", True), ({"Ref": "P"}, True)])
def test_only_a_network_balancer_without_groups_is_surely_not_filtered(kind: object, filtered: bool) -> None:
    balancer = {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Type": kind}}
    graph = graph_of(Web=balancer)
    assert (groups_of(graph.resources["Web"], graph) is not None) == filtered


PORTS = st.integers(1, 6)
CIDRS = st.sampled_from(["10.0.0.0/30", "10.0.0.0/31", "10.0.0.2/32"])


@given(st.lists(st.tuples(PORTS, PORTS, CIDRS, st.sampled_from(["FromPort", "ToPort", "CidrIp", None])), max_size=4))
def test_an_unknown_only_widens_what_may_pass_and_narrows_what_surely_does(
    drawn: list[tuple[int, int, str, str | None]],
) -> None:
    known = [
        {"IpProtocol": "tcp", "FromPort": min(one, other), "ToPort": max(one, other), "CidrIp": cidr}
        for one, other, cidr, _ in drawn
    ]
    hidden = [{**rule, **({word: {"Ref": "P"}} if word else {})} for rule, (*_, word) in zip(known, drawn, strict=True)]
    truth = admitted(known)
    expected = PacketSet()
    for one, other, cidr, _ in drawn:
        expected |= tcp(min(one, other), max(one, other), cidr)
    assert truth.surely == truth.possibly == expected
    told = admitted(hidden)
    assert not told.surely - expected
    assert not expected - told.possibly


def test_ports_are_named_in_short() -> None:
    assert named(tcp(80, 80)) == "TCP 80"
    assert named(tcp(80, 80) | tcp(443, 443)) == "TCP 80 and 443"
    assert named(packets([TCP, UDP], ports=[(53, 53)])) == "TCP/UDP 53"
    many = PacketSet()
    for port in range(10, 80, 10):
        many |= tcp(port, port)
    assert named(many) == "TCP 10, 20, 30 and 4 other ranges"
