"""An account of moto's in this process: what is there once a template is deployed. Nothing of it asks the network."""

from __future__ import annotations

import ipaddress
import json
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any
from unittest import mock

# A profile that is chosen may be nowhere here, and moto asks for it as soon as it is imported.
if chosen := {"AWS_PROFILE", "AWS_DEFAULT_PROFILE"}.intersection(os.environ):
    for name in chosen:
        del os.environ[name]

import boto3
from moto import mock_aws
from moto.cloudformation import parsing
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ec2 import ec2_backends
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

from tests.generated_vpcs import BUCKET, CHILD, GeneratedVpc

Facts = dict[tuple[str, str], object]
"""What is so, by a question (``zones``) and the address of what it is about."""

_NOBODY = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nobody", "AWS_EC2_METADATA_DISABLED": "true"}
_ROUTED_BY = ("NatGatewayId", "GatewayId")
_STACK = "AWS::CloudFormation::Stack"
_OUTPUTS = "Outputs."
# moto gives these the ids of what they bring together.
_NAMELESS = {f"AWS::EC2::{name}" for name in ("VPCGatewayAttachment", "SubnetRouteTableAssociation", "Route")}
_evaluate = parsing.clean_json


def _evaluate_all(node: Any, resources: parsing.ResourceMap) -> Any:
    """What moto evaluates, with what it does not, as AWS documents it.

    moto takes the argument of ``Fn::GetAZs`` as it is written, and gives four zones to every region; it knows no
    ``Fn::Cidr`` and no output of a nested stack, takes the default of a list as one text, and keeps what is
    ``AWS::NoValue`` in lists.
    """
    if isinstance(node, list):
        return [item for item in _evaluate(node, resources) if item is not None]
    if isinstance(node, dict) and len(node) == 1:
        match next(iter(node.items())):
            case "Fn::GetAZs", region:
                return zones_of(parsing.clean_json(region, resources) or resources["AWS::Region"])
            case "Fn::Cidr", [block, count, bits]:
                network = ipaddress.ip_network(parsing.clean_json(block, resources))
                parts = network.subnets(new_prefix=network.max_prefixlen - int(bits))
                return [str(part) for part in islice(parts, int(count))]
            case "Fn::GetAtt", [str(stack), str(output)] if output.startswith(_OUTPUTS):
                return resources[stack].output_map[output.removeprefix(_OUTPUTS)].value
            case "Ref", str(name) if _is_unsplit(name, resources):
                return resources[name].split(",")
    return _evaluate(node, resources)


def _is_unsplit(name: str, resources: parsing.ResourceMap) -> bool:
    if not isinstance(resources, parsing.ResourceMap):  # but what is known before any resource is
        return False
    declared = resources._template["Parameters"].get(name)
    return declared is not None and declared["Type"].startswith("List<") and isinstance(resources[name], str)


def zones_of(region: str) -> list[str]:
    """The zones of a region in moto's account, in the order of their names."""
    return sorted(zone.name for zone in RegionsAndZonesBackend.zones[region])


@contextmanager
def account() -> Iterator[None]:
    """An empty account, of nobody."""
    patched = mock.patch.object(parsing, "clean_json", _evaluate_all)
    with mock.patch.dict(os.environ, _NOBODY), mock_aws(), patched, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # moto's own
        yield


def deploy(vpc: GeneratedVpc) -> Facts:
    """What is there once a template is deployed into an empty account."""
    with account():
        if vpc.child is not None:
            store = boto3.client("s3", "us-east-1")
            store.create_bucket(Bucket=BUCKET)
            store.put_object(Bucket=BUCKET, Key=CHILD, Body=json.dumps(vpc.child).encode())
        stacks = boto3.client("cloudformation", vpc.region)
        passed = [{"ParameterKey": name, "ParameterValue": value} for name, value in vpc.parameters.items()]
        created = stacks.create_stack(StackName="it", TemplateBody=json.dumps(vpc.template), Parameters=passed)
        return _Seen(vpc.region, _addresses(stacks, created["StackId"])).facts()


def _addresses(stacks: Any, stack: str, prefix: str = "") -> dict[str, str]:
    """The address of each resource by what AWS calls it."""
    found: dict[str, str] = {}
    for each in stacks.describe_stack_resources(StackName=stack)["StackResources"]:
        if "PhysicalResourceId" not in each:
            continue  # its condition does not hold
        address = prefix + each["LogicalResourceId"]
        id_ = each["PhysicalResourceId"]
        found[address if each["ResourceType"] in _NAMELESS else id_] = address
        if each["ResourceType"] == _STACK:
            found |= _addresses(stacks, id_, f"{address}/")
    return found


class _Seen:
    """What an account reports of the resources of a stack."""

    def __init__(self, region: str, addresses: Mapping[str, str]) -> None:
        self._region = region
        self._addresses = addresses
        self._network = self._client("ec2")
        self._subnets = {each["SubnetId"]: each for each in self._network.describe_subnets()["Subnets"]}

    def _client(self, service: str) -> Any:
        return boto3.client(service, self._region)

    def facts(self) -> Facts:
        found: Facts = {("there", address): True for address in self._addresses.values()}
        for question, id_, fact in (*self._placed(), *self._routed(), *self._others()):
            if id_ in self._addresses:
                found[question, self._addresses[id_]] = fact
        return found

    def _zones(self, subnets: list[str]) -> frozenset[str]:
        return frozenset(self._subnets[each]["AvailabilityZone"] for each in subnets)

    def _placed(self) -> Iterator[tuple[str, str, object]]:
        for id_, subnet in self._subnets.items():
            yield "zones", id_, self._zones([id_])
            yield "block", id_, subnet["CidrBlock"]
        for nat in self._network.describe_nat_gateways()["NatGateways"]:
            yield "zones", nat["NatGatewayId"], self._zones([nat["SubnetId"]])
        for balancer in self._client("elbv2").describe_load_balancers()["LoadBalancers"]:
            named = frozenset(zone["ZoneName"] for zone in balancer["AvailabilityZones"])
            yield "zones", balancer["LoadBalancerArn"], named
        for balancer in self._client("elb").describe_load_balancers()["LoadBalancerDescriptions"]:
            yield "zones", balancer["LoadBalancerName"], frozenset(balancer["AvailabilityZones"])
        for group in self._client("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"]:
            yield "zones", group["AutoScalingGroupName"], frozenset(group["AvailabilityZones"])
            yield "most", group["AutoScalingGroupName"], str(group["MaxSize"])

    def _routed(self) -> Iterator[tuple[str, str, object]]:
        tables = self._network.describe_route_tables()["RouteTables"]
        by_id = {table["RouteTableId"]: table for table in tables}
        # describe_route_tables does not list what CloudFormation associates
        associations = ec2_backends[DEFAULT_ACCOUNT_ID][self._region].subnet_associations.values()
        associated = {each.subnet_id: by_id[each.route_table_id] for each in associations}
        main = {table["VpcId"]: table for table in tables if any(each["Main"] for each in table["Associations"])}
        for id_, subnet in self._subnets.items():
            table = associated.get(id_) or main[subnet["VpcId"]]
            yield "route table", id_, self._addresses.get(table["RouteTableId"], "")
            routes = [route for route in table["Routes"] if route["DestinationCidrBlock"] == "0.0.0.0/0"]
            leads_to = next((route[name] for route in routes for name in _ROUTED_BY if route.get(name)), "")
            yield "way out", id_, self._addresses.get(leads_to, leads_to)
            yield "part", id_, ("public" if leads_to.startswith("igw-") else "private") if leads_to else "isolated"

    def _others(self) -> Iterator[tuple[str, str, object]]:
        for group in self._network.describe_security_groups()["SecurityGroups"]:
            sources = [each["CidrIp"] for rule in group["IpPermissions"] for each in rule["IpRanges"]]
            yield "sources", group["GroupId"], ",".join(sources)
        for database in self._client("rds").describe_db_instances()["DBInstances"]:
            id_ = database["DBInstanceIdentifier"]
            yield "standby", id_, str(database["MultiAZ"]).lower()
            beside = [each["SubnetAvailabilityZone"]["Name"] for each in database["DBSubnetGroup"]["Subnets"]]
            yield "zones of its group", id_, frozenset(beside)
