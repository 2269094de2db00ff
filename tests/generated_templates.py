"""Templates that nobody wrote: hypothesis draws them, most of them valid, many of them odd."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from haanalyzer.frontends.cloudformation.evaluation.functions import FUNCTIONS
from tests.drawing import Draw, Drawing

DEEPEST = 3
NAMES = ("A", "B", "C")
TEXTS = (
    "us-east-1a",
    "us-east-1",
    "10.0.0.0/16",
    "prod",
    "true",
    "1",
    "a,b",
    "",
    "Delete",
    "${A}",
    "*",
    "${B.Arn}-${!C}",
)
SCALARS = (*map(json.dumps, TEXTS), "0", "1", "2", "-1", "0.5", "true", "false", "null")
PSEUDO = tuple(f"AWS::{name}" for name in ("Region", "NoValue", "AccountId", "Partition", "StackName", "Nothing"))
TYPES = (
    "String",
    "Number",
    "CommaDelimitedList",
    "List<Number>",
    "AWS::EC2::AvailabilityZone::Name",
    "List<AWS::EC2::AvailabilityZone::Name>",
    "List<AWS::EC2::Subnet::Id>",
    "AWS::SSM::Parameter::Value<String>",
    "Nothing",
)
RESOURCES = {
    "AWS::EC2::VPC": ("CidrBlock", "Tags"),
    "AWS::EC2::Subnet": ("VpcId", "AvailabilityZone", "CidrBlock", "MapPublicIpOnLaunch", "Tags"),
    "AWS::EC2::RouteTable": ("VpcId",),
    "AWS::EC2::Route": ("RouteTableId", "NatGatewayId", "DestinationCidrBlock"),
    "AWS::EC2::SubnetRouteTableAssociation": ("SubnetId", "RouteTableId"),
    "AWS::EC2::NatGateway": ("SubnetId", "AllocationId", "ConnectivityType"),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": ("Subnets", "Scheme", "Type", "SubnetMappings"),
    "AWS::RDS::DBInstance": ("MultiAZ", "DBSubnetGroupName", "BackupRetentionPeriod", "AvailabilityZone"),
    "AWS::RDS::DBSubnetGroup": ("SubnetIds",),
    "AWS::AutoScaling::AutoScalingGroup": ("VPCZoneIdentifier", "MinSize", "MaxSize", "AvailabilityZones", "Tags"),
    "AWS::EC2::SecurityGroup": ("VpcId", "SecurityGroupIngress", "SecurityGroupEgress"),
    "AWS::SQS::Queue": ("VisibilityTimeout", "RedrivePolicy", "FifoQueue", "MessageRetentionPeriod"),
    "AWS::Lambda::Function": ("Timeout", "VpcConfig"),
    "AWS::Lambda::EventSourceMapping": ("EventSourceArn", "FunctionName"),
    "AWS::Serverless::Function": ("Timeout", "VpcConfig", "Events", "DeadLetterQueue", "AutoPublishAlias"),
    "AWS::Serverless::SimpleTable": ("PrimaryKey", "TableName"),
    "AWS::Serverless::Api": ("StageName", "DefinitionBody"),
    "AWS::Serverless::StateMachine": ("Definition", "Events"),
    "AWS::Serverless::Application": ("Location", "Parameters"),
    "AWS::CloudFormation::Stack": ("TemplateURL", "Parameters"),
    "Custom::Thing": ("ServiceToken",),
}
LIKELY = {"A": "AWS::EC2::VPC", "B": "AWS::EC2::Subnet", "C": "AWS::EC2::Subnet"}
"""What the resources of these names are more often than not, so that what refers to them means something."""
REFERENCES = {"VpcId": "A", "SubnetId": "B", "FunctionName": "C", "DBSubnetGroupName": "B"}
LISTS_OF_SUBNETS = ("Subnets", "SubnetIds", "VPCZoneIdentifier")
BESIDE = ("Condition", "DeletionPolicy", "DependsOn", "UpdatePolicy", "Metadata")
TRANSFORMS = ("AWS::LanguageExtensions", "AWS::Serverless-2016-10-31", "Own")
CONDITIONS = ("Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals")
OUTPUTS = tuple(f"Outputs.{name}" for name in NAMES)


class _Writer(Drawing):
    """Writes one template, as JSON or in short tags. ``inner`` are the variables of the loops around."""

    def __init__(self, draw: Draw[object]) -> None:
        super().__init__(draw)
        self._inner: list[str] = []
        self._short = bool(self.number(1))

    def map_of(self, entries: Sequence[tuple[str, str]]) -> str:
        return f"{{{', '.join(f'{json.dumps(name)}: {value}' for name, value in entries)}}}"

    def list_of(self, items: Sequence[str]) -> str:
        return f"[{', '.join(items)}]"

    def call(self, function: str, argument: str) -> str:
        if self._short and not argument.startswith("!") and not function.startswith("Fn::ForEach"):
            return f"!{function.removeprefix('Fn::')} {argument}"
        return f"{{{json.dumps(function)}: {argument}}}"

    def expression(self, depth: int = DEEPEST) -> str:
        if depth == 0 or self.number(3) == 0:
            return self.one_of((self.scalar, self.reference))()
        forms = (self.choice, self.lookup, self.text, self.zone, self.any_call, self.some_list, self.some_map)
        return self.one_of(forms)(depth - 1)

    def scalar(self) -> str:
        return self.one_of(SCALARS)

    def name(self) -> str:
        return json.dumps(self.one_of((*NAMES, *self._inner)))

    def reference(self) -> str:
        forms = (
            ("Ref", self.name()),
            ("Ref", self.name()),
            ("Ref", json.dumps(self.one_of(PSEUDO))),
            ("Fn::GetAtt", f"[{self.name()}, {json.dumps(self.one_of(('Arn', *OUTPUTS)))}]"),
            ("Fn::GetAtt", json.dumps(f"{self.one_of(NAMES)}.{self.one_of(('Arn', 'CidrBlock', *OUTPUTS))}")),
            ("Fn::ImportValue", self.name()),
            ("Fn::Sub", json.dumps(f"${{{self.one_of((*NAMES, *PSEUDO))}}}-{self.one_of(TEXTS)}")),
        )
        return self.call(*self.one_of(forms))

    def choice(self, depth: int) -> str:
        return self.call("Fn::If", self.list_of([self.name(), self.expression(depth), self.expression(depth)]))

    def lookup(self, depth: int) -> str:
        keys = [self.name(), self.expression(0), self.expression(0)]
        default = [self.map_of([("DefaultValue", self.expression(depth))])] if self.number(1) else []
        return self.call("Fn::FindInMap", self.list_of(keys + default))

    def text(self, depth: int) -> str:
        variables = self.map_of([(name, self.expression(depth)) for name in NAMES if self.number(1)])
        joined = self.list_of([self.expression(depth) for _ in range(self.number(3))])
        forms = (
            ("Fn::Sub", self.list_of([json.dumps("${A}/${ B }.${C}"), variables])),
            ("Fn::Join", self.list_of([self.scalar(), joined])),
            ("Fn::Split", self.list_of(['","', self.expression(depth)])),
        )
        return self.call(*self.one_of(forms))

    def zone(self, depth: int) -> str:
        zones = self.call("Fn::GetAZs", self.one_of(('""', "null", self.expression(depth))))
        return self.call("Fn::Select", self.list_of([self.one_of(("0", "1", '"2"', self.expression(0))), zones]))

    def any_call(self, depth: int) -> str:
        arguments = [self.expression(depth) for _ in range(self.number(4))]
        function = self.one_of((*sorted(FUNCTIONS), "Fn::Transform", "Fn::Nothing", *CONDITIONS))
        return self.call(function, arguments[0] if len(arguments) == 1 else self.list_of(arguments))

    def some_list(self, depth: int) -> str:
        return self.list_of([self.expression(depth) for _ in range(self.number(3))])

    def some_map(self, depth: int) -> str:
        names = (*NAMES, "Key", "Value", "SubnetIds", "Queue", "Type", "<<")
        return self.map_of(self.looped([(self.one_of(names), self.expression(depth)) for _ in range(self.number(3))]))

    def looped(self, entries: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The entries, or a loop over them."""
        if self.number(9):
            return entries
        collection = self.expression(1) if self.number(3) == 0 else '["x", "y"]'
        body = self.map_of([(f"{name}${{L}}", value) for name, value in entries])
        return [("Fn::ForEach::L", f'["L", {collection}, {body}]')]

    def condition(self, depth: int) -> str:
        if depth == 0 or self.number(2) == 0:
            return self.map_of([("Condition", self.name())]) if self.number(5) == 0 else self.equals()
        function = self.one_of(CONDITIONS[:3])
        parts = 1 if function == "Fn::Not" else 1 + self.number(2)
        return self.call(function, self.list_of([self.condition(depth - 1) for _ in range(parts)]))

    def equals(self) -> str:
        return self.call("Fn::Equals", self.list_of([self.expression(1), self.expression(0)]))

    def parameter(self) -> str:
        values = self.list_of([self.scalar() for _ in range(self.number(3))])
        entries = [("Default", self.scalar()), ("AllowedValues", values), ("NoEcho", "true"), ("MinLength", "1")]
        return self.map_of([("Type", json.dumps(self.one_of(TYPES))), *(each for each in entries if self.number(1))])

    def resource(self, name: str = "") -> str:
        type_ = LIKELY[name] if name in LIKELY and self.number(2) else self.one_of(tuple(RESOURCES))
        self._inner.append("L")
        written = [(name, self.property(name)) for name in RESOURCES[type_] if self.number(2)]
        properties = self.map_of(self.looped(written))
        beside = [
            (name, self.expression(1) if self.number(5) == 0 else self.name()) for name in BESIDE if self.number(4) == 0
        ]
        self._inner.pop()
        return self.map_of([("Type", json.dumps(type_)), ("Properties", properties), *beside])

    def property(self, name: str) -> str:
        if name in ("TemplateURL", "Location") and self.number(2):
            return self.one_of(('"nested.yaml"', '"./nested.yaml"', '"https://b.s3.amazonaws.com/x/nested.yaml"'))
        if name in ("Parameters", "Tags", "Events", "VpcConfig"):
            return self.some_map(1)
        if name in REFERENCES and self.number(3):
            return self.call("Ref", json.dumps(REFERENCES[name]))
        if name in LISTS_OF_SUBNETS and self.number(3):
            return self.list_of([self.call("Ref", json.dumps(each)) for each in ("B", "C")])
        if name == "AvailabilityZone" and self.number(1):
            return self.zone(0)
        return self.expression()

    def section(self, made: Callable[[], str]) -> str:
        return self.map_of(self.looped([(name, made()) for name in NAMES if self.number(2)]))

    def rule(self) -> str:
        asked = self.one_of(
            (self.equals(), self.call("Fn::Contains", self.list_of([self.some_list(0), self.reference()])))
        )
        assertion = self.map_of([("Assert", asked)])
        return self.map_of([("RuleCondition", self.condition(1)), ("Assertions", self.list_of([assertion]))])

    def output(self) -> str:
        export = ("Export", self.map_of([("Name", self.one_of((self.name(), self.expression(1))))]))
        return self.map_of([("Value", self.expression()), *([export] if self.number(1) else [])])

    def template(self) -> str:
        rows = self.map_of([(name, self.one_of((self.scalar(), self.list_of([self.scalar()])))) for name in NAMES])
        transforms = [json.dumps(each) for each in TRANSFORMS if self.number(9 if each == "Own" else 1) == 0]
        sections = [
            ("Transform", self.list_of(transforms)),
            ("Parameters", self.section(self.parameter)),
            ("Mappings", self.section(lambda: self.map_of([(name, rows) for name in NAMES]))),
            ("Conditions", self.section(lambda: self.condition(2))),
            ("Rules", self.section(self.rule)),
            ("Globals", self.map_of([("Function", self.some_map(1))])),
            ("Outputs", self.section(self.output)),
        ]
        written = [("AWSTemplateFormatVersion", '"2010-09-09"'), *(each for each in sections if self.number(2))]
        resources = [(f"{name}{number}", self.resource()) for name in ("", *NAMES) for number in range(self.number(1))]
        named = [(name, self.resource(name)) for name in NAMES]
        return self.map_of([*written, ("Resources", self.map_of(self.looped(named) + resources))])


@st.composite
def templates(draw: Draw[object]) -> dict[str, str]:
    """A template by its path, and one that it may nest; nothing in them is sure to make sense."""
    return {"main.yaml": _Writer(draw).template(), "nested.yaml": _Writer(draw).template()}


PIECES = (
    "\t",
    "\n",
    "\r",
    " ",
    ":",
    "- ",
    "&a ",
    "*a",
    "<<: ",
    "!Ref ",
    "!If ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "#",
    "\x00",
    "😀",
    "---\n",
    "null",
    "\ufeff",
)


@st.composite
def mutated(draw: Draw[object], texts: Sequence[str]) -> str:
    """One of some texts, a few stretches of it taken away, doubled, moved, or with something put between."""
    writer = _Writer(draw)
    text = writer.one_of(texts)
    for _ in range(1 + writer.number(3)):
        start = writer.number(len(text))
        end = min(len(text), start + writer.number(40))
        stretch = text[start:end]
        filler = writer.one_of(("", stretch * 2, writer.one_of(PIECES), stretch + writer.one_of(PIECES)))
        text = text[:start] + filler + text[end:]
    return text
