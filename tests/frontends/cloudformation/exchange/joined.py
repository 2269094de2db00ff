"""Reads the stacks of a run together, each as it sees the others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

from haanalyzer.frontends.cloudformation.exchange.joining import Exchange
from haanalyzer.frontends.cloudformation.exchange.trade import trade_of
from haanalyzer.frontends.cloudformation.template import read_template
from haanalyzer.frontends.deployment import Deployment, Inputs, Target
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.values import Value

NETWORK = """\
Resources:
  Vpc: {Type: 'AWS::EC2::VPC'}
  Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}
Outputs:
  Vpc: {Value: !Ref Vpc, Export: {Name: !Sub '${AWS::StackName}-Vpc'}}
  Table: {Value: !Ref Table, Export: {Name: !Sub '${AWS::StackName}-Table'}}
"""
SUBNET = """\
Parameters: {Network: {Type: String}}
Resources:
  Subnet: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !ImportValue {'Fn::Sub': '${Network}-Vpc'}}}
"""


class Stack(NamedTuple):
    """A template, deployed as a stack of a name or, without one, as it was found."""

    path: str
    name: str | None = None
    parameters: Mapping[str, str] = {}
    region: str | None = None
    account: str | None = None

    @property
    def target(self) -> Target:
        inputs = Inputs(region=self.region, parameters=self.parameters, stack=self.name, account=self.account)
        return Target(self.path, inputs, stack=self.name)


def deploy(folder: Path, templates: Mapping[str, str], *stacks: Stack) -> list[Deployment]:
    """The deployments of stacks, in the order given; of the templates, each once, where none is."""
    for name, text in templates.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(dedent(text))
    files = Files(folder)
    targets = [stack.target for stack in stacks or map(Stack, templates)]
    exchange = Exchange(targets, lambda target: trade_of(target, files))
    return [_deployment(target, files, exchange) for target in targets]


def _deployment(target: Target, files: Files, exchange: Exchange) -> Deployment:
    document = files.read(target.path)
    assert isinstance(document, Document)
    return read_template(document, target.inputs, files, exchange.neighbours_of(target))


def attribute(deployment: Deployment, address: str, name: str) -> Value:
    (found,) = (each for each in deployment.declarations if each.address == address)
    return found.attributes[name]
