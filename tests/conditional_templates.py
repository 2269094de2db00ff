"""Templates and roots that turn on conditions, drawn by hypothesis, with every combination of what may be passed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.drawing import Draw, Drawing

Passed = Mapping[str, str]

PARAMETERS = ("Tier", "Size", "Spare")
DOMAINS = (("prod", "dev"), ("prod", "test", "dev"), ("true", "false"), ("1", "2"), ("dev",))
MOST_COMBINATIONS = 12
NO_VALUE = {"Ref": "AWS::NoValue"}


class Combination(NamedTuple):
    """What is passed, and the files that are deployed then."""

    passed: Passed
    files: Mapping[str, str]


@dataclass(frozen=True)
class Conditional:
    """Files that deploy something, and all that may be passed; ``defaults`` are what is taken otherwise.

    ``in_conditions`` are the parameters that conditions ask for.
    """

    files: Mapping[str, str]
    combinations: tuple[Combination, ...]
    defaults: Passed
    in_conditions: frozenset[str]

    @property
    def is_template(self) -> bool:
        return "main.yaml" in self.files


class Domains(Drawing):
    """Draws what parameters may be."""

    def domains(self) -> dict[str, tuple[str, ...]]:
        """What each parameter may be: not more than can be tried."""
        found: dict[str, tuple[str, ...]] = {}
        size = 1
        for name in PARAMETERS[: 1 + self.number(2)]:
            texts = self.one_of(DOMAINS)
            if size * len(texts) <= MOST_COMBINATIONS:
                size *= len(texts)
                found[name] = texts
        return found


class DanglingError(Exception):
    """A reference to a resource that is not there: CloudFormation deploys no such template."""


class Resolved:
    """A template as it is with everything passed, by AWS's pages: an oracle that shares nothing with the frontend."""

    def __init__(self, template: Any, passed: Passed, nested: Mapping[str, Any]) -> None:
        self._template = template
        self._passed = passed
        self._nested = nested
        self._there = {
            name: each
            for name, each in template["Resources"].items()
            if "Condition" not in each or self.holds({"Condition": each["Condition"]})
        }

    @property
    def keeps_rules(self) -> bool:
        rules = self._template.get("Rules", {}).values()
        applied = [rule for rule in rules if "RuleCondition" not in rule or self.holds(rule["RuleCondition"])]
        return all(self.holds(each["Assert"]) for rule in applied for each in rule["Assertions"])

    def holds(self, condition: Any) -> bool:
        ((function, parts),) = condition.items()
        match function:
            case "Condition":
                return self.holds(self._template["Conditions"][parts])
            case "Fn::Not":
                return not self.holds(parts[0])
            case "Fn::And":
                return all(self.holds(part) for part in parts)
            case "Fn::Or":
                return any(self.holds(part) for part in parts)
            case "Fn::Contains":
                return self.value(parts[1]) in parts[0]
            case _:
                return bool(self.value(parts[0]) == self.value(parts[1]))

    def value(self, written: Any) -> Any:
        """What an expression is, with references to resources left as they are. Raises DanglingError."""
        match written:
            case {"Ref": name} if name in self._passed:
                return self._passed[name]
            case {"Fn::If": [condition, when_true, when_false]}:
                return self.value(when_true if self.holds({"Condition": condition}) else when_false)
            case {"Fn::FindInMap": [_, key, column]}:
                return self._template["Mappings"]["Texts"][self.value(key)][column]
            case {"Ref": name} | {"Fn::GetAtt": [name, _]} if name not in self._there and written != NO_VALUE:
                raise DanglingError(name)
            case dict():
                return {name: each for name, inner in written.items() if (each := self.value(inner)) != NO_VALUE}
            case list():
                return [each for inner in written if (each := self.value(inner)) != NO_VALUE]
        return written

    def files(self, path: str = "main.yaml") -> dict[str, str]:
        """The template without parameters and conditions, and those nested in it."""
        found: dict[str, str] = {}
        resources = {}
        for name, each in self._there.items():
            properties = self.value(each["Properties"]) if "Properties" in each else {}
            if each["Type"] == "AWS::CloudFormation::Stack":
                child = self._nested[properties["TemplateURL"]]
                found |= Resolved(child, properties.pop("Parameters"), {}).files(properties["TemplateURL"])
            resources[name] = {"Type": each["Type"], "Properties": properties}
        return {**found, path: json.dumps({"Resources": resources}, indent=1)}


class _Template(Domains):
    """Writes one template. ``names`` are the parameters that it may refer to."""

    def __init__(self, draw: Draw[object], domains: Mapping[str, Sequence[str]]) -> None:
        super().__init__(draw)
        self._domains = domains
        self._conditions: list[str] = []

    def side(self, name: str) -> object:
        other = self.one_of(tuple(self._domains))
        return self.one_of((*self._domains[name], *self._domains[name], "other", {"Ref": other}))

    def equals(self) -> object:
        name = self.one_of(tuple(self._domains))
        sides = [{"Ref": name}, self.side(name)]
        return {"Fn::Equals": sides if self.number(1) else sides[::-1]}

    def condition(self, depth: int = 2, *, named: bool = True) -> object:
        if depth == 0 or self.number(2) == 0:
            if named and self._conditions and self.number(1):
                return {"Condition": self.one_of(self._conditions)}
            return self.equals()
        function = self.one_of(("Fn::And", "Fn::Or", "Fn::Not"))
        parts = 1 if function == "Fn::Not" else 2 + self.number(1)
        return {function: [self.condition(depth - 1, named=named) for _ in range(parts)]}

    def conditions(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for number in range(1 + self.number(2)):
            found[f"C{number}"] = self.condition()
            self._conditions.append(f"C{number}")
        return found

    def rule(self) -> dict[str, object]:
        name = self.one_of(tuple(self._domains))
        some = [text for text in self._domains[name] if self.number(1)] or ["prod"]
        contains = {"Fn::Contains": [some, {"Ref": name}]}
        asserted = self.one_of((contains, self.condition(1, named=False)))
        applies = {"RuleCondition": self.condition(1, named=False)} if self.number(1) else {}
        return {**applies, "Assertions": [{"Assert": asserted}]}

    def value(self, *literals: object, depth: int = 2) -> object:
        """One of some literals, by conditions."""
        if depth == 0 or self.number(1) == 0:
            return self.one_of(literals)
        branches = [self.value(*literals, depth=depth - 1) for _ in range(2)]
        return {"Fn::If": [self.one_of(self._conditions), *branches]}

    def text(self, *literals: str) -> object:
        """The same, or what a parameter or a mapping says."""
        form = self.number(5)
        name = self.one_of(tuple(self._domains))
        if form == 0 and set(literals) >= set(self._domains[name]):
            return {"Ref": name}
        return {"Fn::FindInMap": ["Texts", {"Ref": name}, literals[0]]} if form == 1 else self.value(*literals)

    def resource(self, type_: str, **properties: object) -> dict[str, object]:
        condition = {"Condition": self.one_of(self._conditions)} if self.number(2) == 0 else {}
        return {"Type": f"AWS::{type_}", **condition, "Properties": properties}

    def zone(self) -> object:
        return {"Fn::Select": [self.value("0", "1"), {"Fn::GetAZs": ""}]}

    def listed(self, *names: str) -> object:
        return [self.value({"Ref": name}, NO_VALUE, depth=1) if self.number(1) else {"Ref": name} for name in names]

    def reference(self, *names: str) -> object:
        return self.value(*({"Ref": name} for name in names), depth=1)

    def resources(self) -> dict[str, object]:
        makers = (self.databases, self.queues, self.clusters, self.network)
        found = {name: each for _ in range(2) for name, each in self.one_of(makers)().items()}
        return {"Handle": {"Type": "AWS::CloudFormation::WaitConditionHandle"}, **found}

    def databases(self) -> dict[str, object]:
        properties = {"Engine": "mysql", "DBInstanceClass": "db.m5.large", "AllocatedStorage": "10"}
        multi_az = self.text("true", "false")
        days = self.text("1", "2", "7") if self.number(1) else self.value(0, 7, NO_VALUE)
        return {"Db": self.resource("RDS::DBInstance", **properties, MultiAZ=multi_az, BackupRetentionPeriod=days)}

    def queues(self) -> dict[str, object]:
        policy = {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": self.value(1, 5)}
        return {
            "Dead": self.resource("SQS::Queue", MessageRetentionPeriod=self.value(60, 1209600)),
            "Queue": self.resource("SQS::Queue", RedrivePolicy=self.value(policy, NO_VALUE)),
        }

    def clusters(self) -> dict[str, object]:
        engine = {"Engine": "aurora-mysql", "DBInstanceClass": "db.r6g.large"}
        zones = [self.value(f"us-east-1{letter}", "us-east-1a", depth=1) for letter in "ab"]
        return {
            "Cluster": self.resource(
                "RDS::DBCluster", Engine="aurora-mysql", DeletionProtection=self.text("true", "false")
            ),
            "Writer": self.resource(
                "RDS::DBInstance", **engine, DBClusterIdentifier={"Ref": "Cluster"}, AvailabilityZone=zones[0]
            ),
            "Reader": self.resource(
                "RDS::DBInstance", **engine, DBClusterIdentifier={"Ref": "Cluster"}, AvailabilityZone=zones[1]
            ),
        }

    def network(self) -> dict[str, object]:
        found: dict[str, object] = {
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
            "Gateway": {"Type": "AWS::EC2::InternetGateway"},
            "Attached": self.resource(
                "EC2::VPCGatewayAttachment", VpcId={"Ref": "Vpc"}, InternetGatewayId={"Ref": "Gateway"}
            ),
            "Out": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
            "OutRoute": self.resource(
                "EC2::Route",
                RouteTableId={"Ref": "Out"},
                DestinationCidrBlock="0.0.0.0/0",
                GatewayId={"Ref": "Gateway"},
            ),
        }
        for number, name in enumerate("AB"):
            subnets = {f"Public{name}": "Out", f"Private{name}": f"In{name}"}
            for place, (subnet, table) in enumerate(subnets.items()):
                block = f"10.0.{2 * number + place}.0/24"
                found[subnet] = self.resource(
                    "EC2::Subnet", VpcId={"Ref": "Vpc"}, CidrBlock=block, AvailabilityZone=self.zone()
                )
                found[f"{subnet}Table"] = self.resource(
                    "EC2::SubnetRouteTableAssociation", SubnetId={"Ref": subnet}, RouteTableId={"Ref": table}
                )
            found[f"Nat{name}"] = self.resource(
                "EC2::NatGateway", SubnetId=self.reference(f"Public{name}", "PublicA"), AllocationId="eipalloc-1"
            )
            found[f"In{name}"] = {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}}
            found[f"In{name}Route"] = self.resource(
                "EC2::Route",
                RouteTableId={"Ref": f"In{name}"},
                DestinationCidrBlock="0.0.0.0/0",
                NatGatewayId=self.reference(f"Nat{name}", "NatA"),
            )
        found["Balancer"] = self.resource(
            "ElasticLoadBalancingV2::LoadBalancer",
            Scheme=self.value("internal", "internet-facing"),
            Subnets=self.listed("PublicA", "PublicB"),
        )
        found["Group"] = self.resource(
            "AutoScaling::AutoScalingGroup",
            MinSize=self.text("1", "2"),
            MaxSize=self.value("1", "4"),
            VPCZoneIdentifier=self.listed("PrivateA", "PrivateB"),
        )
        return found

    def template(self) -> dict[str, Any]:
        rows = {
            text: {key: self.one_of(("true", "false", "1", "2")) for key in ("true", "1")}
            for texts in self._domains.values()
            for text in texts
        }
        return {"Mappings": {"Texts": rows}, "Conditions": self.conditions(), "Resources": self.resources()}


@st.composite
def conditional_templates(draw: Draw[object]) -> Conditional:
    """A template with few parameters, all of whose values are listed, and maybe one nested in it."""
    drawing = Domains(draw)
    domains = drawing.domains()
    writer = _Template(draw, domains)
    found = writer.template()
    defaults = {name: texts[0] for name, texts in domains.items() if drawing.number(3) == 0}
    found["Parameters"] = {
        name: {"Type": "Number" if "1" in texts and drawing.number(1) else "String", "AllowedValues": list(texts)}
        | ({"Default": defaults[name]} if name in defaults else {})
        for name, texts in domains.items()
    }
    rules = {f"Rule{number}": writer.rule() for number in range(drawing.number(3) // 2)}
    if rules:
        found["Rules"] = rules
    nested: dict[str, Any] = {}
    if drawing.number(2) == 0:
        nested["child.yaml"], found["Resources"]["Child"] = _nested(draw, writer, domains)
    asked = frozenset(name for name in domains if json.dumps({"Ref": name}) in json.dumps(found["Conditions"]))
    files = {path: json.dumps(each, indent=1) for path, each in {"main.yaml": found, **nested}.items()}
    return Conditional(files, tuple(_deployable(found, nested, domains)), defaults, asked)


def _deployable(found: Any, nested: Mapping[str, Any], domains: Mapping[str, Sequence[str]]) -> Iterator[Combination]:
    """What may be passed, and what is deployed then; without what CloudFormation rejects."""
    for texts in product(*domains.values()):
        passed = dict(zip(domains, texts, strict=True))
        resolved = Resolved(found, passed, nested)
        with suppress(DanglingError):
            if resolved.keeps_rules:
                yield Combination(passed, resolved.files())


def _nested(draw: Draw[object], around: _Template, domains: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], Any]:
    """A nested template, and the resource that passes it what it takes."""
    within = {name: tuple(dict.fromkeys((*texts, "other"))) for name, texts in domains.items()}
    child = _Template(draw, within)
    found = child.template()
    found["Parameters"] = {name: {"Type": "String"} for name in within}
    passed = {name: around.value({"Ref": name}, {"Ref": name}, texts[0], "other") for name, texts in domains.items()}
    return found, around.resource("CloudFormation::Stack", TemplateURL="child.yaml", Parameters=passed)
