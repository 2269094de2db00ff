"""Networks that nobody wrote: hypothesis draws templates that can be deployed, with every way to say a thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from hypothesis import strategies as st

from tests.drawing import Draw, Drawing

Template = dict[str, Any]

REGIONS = ("us-east-1", "eu-west-1", "ap-southeast-2")
REGION = {"Ref": "AWS::Region"}
NOTHING = {"Ref": "AWS::NoValue"}
LETTERS = "abc"
DEEPEST = 2
BUCKET = "templates"
CHILD = "network.template"


@dataclass
class GeneratedVpc:
    """A template, the one that it nests if it does, and its deployment.

    ``parameters`` has the value of each parameter, a default's included; those in ``told`` are passed to whoever
    reads the template, too. ``region_told`` is whether the region is.
    """

    region: str
    region_told: bool
    template: Template
    child: Template | None
    parameters: dict[str, str]
    told: set[str]


class _Writer(Drawing):
    """Writes the parts of one template, each so that it comes out as asked for."""

    def __init__(self, draw: Draw[object], region: str) -> None:
        super().__init__(draw)
        self.region = region
        self.values: dict[str, str] = {}
        self.told: set[str] = set()
        self.template: Template = {"Parameters": {}, "Mappings": {}, "Conditions": {}, "Resources": {}}
        self._truths: dict[str, bool] = {}

    def parameter(self, value: str, type_: str = "String", other: str = "other") -> str:
        """A parameter that has this value: told, left to its default, or only known to who deploys."""
        name = f"P{len(self.values)}"
        declaration: Template = {"Type": type_}
        how = self.one_of(("default", "default", "another default", "none"))
        if how != "none":
            declaration["Default"] = value if how == "default" else other
        if how == "another default" or self.number(3):
            self.told.add(name)
        if type_ == "String" and self.number(3) == 0:
            declaration["AllowedValues"] = sorted({value, other})
        self.values[name] = value
        self.template["Parameters"][name] = declaration
        return name

    def condition(self, depth: int = DEEPEST) -> tuple[str, bool]:
        """The name of a condition, and whether it holds."""
        if self._truths and self.number(2) == 0:
            name = self.one_of(tuple(self._truths))
            return name, self._truths[name]
        written, truth = self._compared(depth)
        name = f"C{len(self._truths)}"
        self.template["Conditions"][name] = written
        self._truths[name] = truth
        return name, truth

    def _compared(self, depth: int) -> tuple[Template, bool]:
        form = self.number(3) if depth else 0
        if form == 0:
            value, literal = self.one_of(("prod", "dev")), self.one_of(("prod", "dev"))
            return {"Fn::Equals": [{"Ref": self.parameter(value, other="test")}, literal]}, value == literal
        name, truth = self.condition(depth - 1)
        if form == 1:
            return {"Fn::Not": [{"Condition": name}]}, not truth
        other, beside = self._compared(depth - 1)
        if form == 2:
            return {"Fn::And": [{"Condition": name}, other]}, truth and beside
        return {"Fn::Or": [other, {"Condition": name}]}, truth or beside

    def text(self, value: str, other: str = "other", depth: int = DEEPEST) -> object:
        """An expression for a text; ``other`` is what stands in branches that are not taken."""
        if not value or depth == 0 or self.number(3) == 0:
            return value
        forms = (self._reference, self._substituted, self._joined, self._mapped, self._chosen, self._selected)
        return self.one_of(forms)(value, other, depth - 1)

    def _reference(self, value: str, other: str, _depth: int) -> object:
        return {"Ref": self.parameter(value, other=other)}

    def _substituted(self, value: str, other: str, depth: int) -> object:
        at = 1 + self.number(len(value) - 1)
        if self.number(1):
            return {"Fn::Sub": f"${{{self.parameter(value[:at])}}}{value[at:]}"}
        return {"Fn::Sub": [f"{value[:at]}${{Rest}}", {"Rest": self.text(value[at:], other, depth)}]}

    def _joined(self, value: str, other: str, depth: int) -> object:
        first, mark, rest = value.partition(self.one_of("./-"))
        pieces = (first, rest) if mark else (value[:1], value[1:])
        return {"Fn::Join": [mark, [self.text(piece, other, depth) for piece in pieces]]}

    def _mapped(self, value: str, other: str, depth: int) -> object:
        name = f"M{len(self.template['Mappings'])}"
        self.template["Mappings"][name] = {}
        key, second = (REGION, self.region) if self.number(1) else (self.text("one", "two", depth), "one")
        outer = {second: {"Value": value}, "us-west-2" if second == self.region else "two": {"Value": other}}
        self.template["Mappings"][name] = outer
        return {"Fn::FindInMap": [name, key, "Value"]}

    def _chosen(self, value: str, other: str, depth: int) -> object:
        return self.if_(self.text(value, other, depth), other)

    def if_(self, taken: object, other: object) -> object:
        name, truth = self.condition()
        return {"Fn::If": [name, taken, other] if truth else [name, other, taken]}

    def _selected(self, value: str, other: str, depth: int) -> object:
        at = self.number(2)
        pieces = [other, other, other]
        pieces[at] = value
        if self.number(1):
            mark = next(each for each in ",;|" if each not in value + other)
            return {"Fn::Select": [str(at), {"Fn::Split": [mark, self.text(mark.join(pieces), other, depth)]}]}
        return {"Fn::Select": [at, [self.text(piece, other, depth) for piece in pieces]]}

    def zones(self) -> object:
        """The zones of the region."""
        forms: tuple[object, ...] = ("", REGION, self.region, {"Fn::Sub": "${AWS::Region}"})
        return {"Fn::GetAZs": self.one_of(forms)}

    def zone(self, at: int, depth: int = DEEPEST) -> object:
        """An expression for a zone of the region, by its position."""
        name, other = f"{self.region}{LETTERS[at]}", f"{self.region}{LETTERS[at - 1]}"
        form = self.number(5)
        if form == 0:
            return self.text(name, other)
        if form == 1:
            return {"Fn::Sub": f"${{AWS::Region}}{LETTERS[at]}"}
        if form == 2:
            type_ = "List<AWS::EC2::AvailabilityZone::Name>"
            every = ",".join(f"{self.region}{letter}" for letter in LETTERS)
            return {"Fn::Select": [at, {"Ref": self.parameter(every, type_, every)}]}
        if form == 3 and depth:
            return self.if_(self.zone(at, depth - 1), self.zone((at + 1) % 3, depth - 1))
        if form == 4:
            return {"Ref": self.parameter(name, "AWS::EC2::AvailabilityZone::Name", other)}
        return {"Fn::Select": [self.one_of((at, str(at))), self.zones()]}

    def resource(self, logical_id: str, type_: str, condition: str | None = None, **properties: object) -> Template:
        """Declare a resource; what refers to it."""
        declared: Template = {"Type": f"AWS::{type_}", "Properties": properties}
        if condition:
            declared["Condition"] = condition
        self.template["Resources"][logical_id] = declared
        return {"Ref": logical_id}


class _Network(_Writer):
    """Writes a VPC with its subnets and routes. ``subnets`` has those that are deployed, by what they are for."""

    def network(self) -> list[tuple[str, str | None]]:
        """The logical ids of the subnets, each with the condition that it is there on."""
        second = self.number(200)
        self._block = f"10.{second}.0.0/16"
        self.vpc = self.resource("Vpc", "EC2::VPC", CidrBlock=self.text(self._block, "10.250.0.0/16"))
        gateway = self.resource("Gateway", "EC2::InternetGateway")
        self.resource("Attachment", "EC2::VPCGatewayAttachment", VpcId=self.vpc, InternetGatewayId=gateway)
        public = self._table("PublicTable", "Attachment", GatewayId=gateway)
        subnets = [self._subnet(at, second) for at in range(1 + self.number(5))]
        nats = [self._nat(at, *subnets[at]) for at in range(self.number(len(subnets)))]
        shared = self._table("SharedTable", **self._to_any(nats))
        for name, condition in subnets:
            form = self.number(3)
            table = public if form == 0 else shared
            if form == 1:
                table = self._table(f"{name}Table", **self._to_any(nats))
            if form < 3:
                self._associate(name, table, condition)
        return subnets

    def _subnet(self, at: int, second: int) -> tuple[str, str | None]:
        condition = self.condition()[0] if at and self.number(3) == 0 else None
        given = {} if self.number(7) == 0 else {"AvailabilityZone": self.zone(self.number(2))}
        block: object = self.text(f"10.{second}.{at}.0/24", f"10.{second}.{at + 100}.0/24")
        if self.number(1):
            whole: object = {"Fn::GetAtt": ["Vpc", "CidrBlock"]} if self.number(1) else self._block
            block = {"Fn::Select": [at, {"Fn::Cidr": [whole, self.one_of((6, "8")), 8]}]}
        name = f"Subnet{at}"
        self.resource(name, "EC2::Subnet", condition, VpcId=self.vpc, CidrBlock=block, **given)
        return name, condition

    def _nat(self, at: int, subnet: str, condition: str | None) -> tuple[Template, str | None]:
        address = self.resource(f"Address{at}", "EC2::EIP", condition, Domain="vpc")
        allocation = {"Fn::GetAtt": [*address.values(), "AllocationId"]}
        name = f"Nat{at}"
        reference = self.resource(name, "EC2::NatGateway", condition, SubnetId={"Ref": subnet}, AllocationId=allocation)
        return reference, condition

    def _to_any(self, nats: Sequence[tuple[Template, str | None]]) -> Template:
        """What a route through one of these NAT gateways says, if there is any that is surely there."""
        sure = [reference for reference, condition in nats if condition is None]
        if not sure:
            return {}
        reference, condition = self.one_of(nats)
        chosen = {"Fn::If": [condition, reference, sure[0]]} if condition else reference
        return {"NatGatewayId": self.if_(chosen, sure[0]) if self.number(3) == 0 else chosen}

    def _table(self, name: str, needs: str | None = None, **leads_to: object) -> Template:
        reference = self.resource(name, "EC2::RouteTable", VpcId=self.vpc)
        if leads_to:
            block = self.text("0.0.0.0/0", "172.16.0.0/12", 1)
            self.resource(f"{name}Route", "EC2::Route", RouteTableId=reference, DestinationCidrBlock=block, **leads_to)
            if needs:
                self.template["Resources"][f"{name}Route"]["DependsOn"] = needs
        return reference

    def _associate(self, subnet: str, table: Template, condition: str | None) -> None:
        type_ = "EC2::SubnetRouteTableAssociation"
        self.resource(f"{subnet}Follows", type_, condition, SubnetId={"Ref": subnet}, RouteTableId=table)


def _serve(writer: _Writer, some: Callable[[], object], vpc: object) -> None:
    """Balancers, a group of instances and a database, each in some subnets."""
    ports = [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": writer.text("0.0.0.0/0", "10.0.0.0/8")}]
    web = writer.resource("Web", "EC2::SecurityGroup", GroupDescription="web", VpcId=vpc, SecurityGroupIngress=ports)

    kind = writer.one_of(("application", "network"))
    writer.resource("Balancer", "ElasticLoadBalancingV2::LoadBalancer", Type=kind, Subnets=some())
    listeners = [{"LoadBalancerPort": "80", "InstancePort": "80", "Protocol": "HTTP"}]
    zones = writer.zones() if writer.number(1) else [writer.zone(0), writer.zone(1 + writer.number(1))]
    writer.resource("Classic", "ElasticLoadBalancing::LoadBalancer", Listeners=listeners, AvailabilityZones=zones)
    launch = writer.resource(
        "Launch", "AutoScaling::LaunchConfiguration", ImageId="ami-12c6146b", InstanceType="t3.micro",
        SecurityGroups=[web],
    )  # fmt: skip
    group = {"LaunchConfigurationName": launch, "MinSize": "0", "MaxSize": writer.text("4", "2")}
    writer.resource("Group", "AutoScaling::AutoScalingGroup", VPCZoneIdentifier=some(), **group)
    stored = writer.resource("Stored", "RDS::DBSubnetGroup", DBSubnetGroupDescription="stored", SubnetIds=some())
    writer.resource(
        "Database", "RDS::DBInstance", DBSubnetGroupName=stored, Engine="mysql", DBInstanceClass="db.t3.micro",
        AllocatedStorage="20", MasterUsername="it", MasterUserPassword="password1",
        MultiAZ=writer.text("true", "false"),
    )  # fmt: skip


@st.composite
def vpcs(draw: Draw[object]) -> GeneratedVpc:
    """A VPC with what stands in it, the network in a nested stack of its own or not."""
    region = draw(st.sampled_from(REGIONS))
    assert isinstance(region, str)
    network = _Network(draw, region)
    subnets = network.network()
    references: list[object] = [
        {"Fn::If": [condition, {"Ref": name}, NOTHING]} if condition else {"Ref": name} for name, condition in subnets
    ]
    region_told = bool(network.number(3))
    if network.number(3):
        _serve(network, lambda: [references[0], *(each for each in references[1:] if network.number(2))], network.vpc)
        return GeneratedVpc(region, region_told, network.template, None, network.values, network.told)
    outer = _nesting(network, subnets, references, _Writer(draw, region))
    return GeneratedVpc(region, region_told, outer.template, network.template, outer.values, outer.told)


def _nesting(
    network: _Network, subnets: Sequence[tuple[str, str | None]], references: list[object], outer: _Writer
) -> _Writer:
    """The writer of the template that nests a network, and is given its subnets by an output."""
    network.template["Outputs"] = {
        "Vpc": {"Value": network.vpc},
        "Subnets": {"Value": {"Fn::Join": [",", references]}},
    }
    declared = network.template["Parameters"]
    passed = [name for name in network.values if name in network.told or "Default" not in declared[name]]
    outer.resource(
        "Network", "CloudFormation::Stack", TemplateURL=f"https://s3.amazonaws.com/{BUCKET}/{CHILD}",
        Parameters={name: outer.text(network.values[name]) for name in passed},
    )  # fmt: skip
    listed: object = {"Fn::Split": [",", {"Fn::GetAtt": ["Network", "Outputs.Subnets"]}]}
    surely = list(takewhile(lambda subnet: subnet[1] is None, subnets))

    def some() -> object:
        if outer.number(1):
            return listed
        return [{"Fn::Select": [at, listed]} for at in range(1 + outer.number(len(surely) - 1))]

    _serve(outer, some, {"Fn::GetAtt": ["Network", "Outputs.Vpc"]})
    return outer
