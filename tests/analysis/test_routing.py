"""The part that a subnet plays, and what keeps it from being told."""

from __future__ import annotations

from pathlib import Path

from haanalyzer.analysis.routes.routing import Part, PartPlayed, part_of
from haanalyzer.frontends.cloudformation.template import read_template
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.graph import ResourceGraph
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files

TEMPLATE = """\
Parameters:
  Destination:
    Type: String
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
  Table:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Vpc
  Follows:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref Subnet
      RouteTableId: !Ref Table
  Nat:
    Type: AWS::EC2::NatGateway
    Properties:
      SubnetId: !Ref Subnet
  Route:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Table
      DestinationCidrBlock: !Ref Destination
      NatGatewayId: !Ref Nat
"""


def played(text: str, folder: Path) -> PartPlayed:
    (folder / "it.yaml").write_text(text, "utf-8")
    files = Files(folder)
    document = files.read("it.yaml")
    assert isinstance(document, Document)
    graph = ResourceGraph(read_template(document, Inputs(), files))
    return part_of(graph.resources["Subnet"], graph)


def test_a_route_of_unknown_destination_is_blocked_by_that_and_not_by_where_it_leads(tmp_path: Path) -> None:
    found = played(TEMPLATE, tmp_path)
    assert found.possible == {Part.PRIVATE, Part.ISOLATED}
    assert [each.term for each in found.blockers] == ["Destination"]


def test_a_route_to_an_unknown_gateway_is_blocked_by_that(tmp_path: Path) -> None:
    to_gateway = TEMPLATE.replace("NatGatewayId: !Ref Nat", "GatewayId: !Ref Destination")
    for_all = to_gateway.replace("DestinationCidrBlock: !Ref Destination", "DestinationCidrBlock: 0.0.0.0/0")
    found = played(for_all, tmp_path)
    assert found.possible == {Part.PUBLIC, Part.PRIVATE}
    assert [each.term for each in found.blockers] == ["Destination"]
