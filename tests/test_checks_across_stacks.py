"""What is said of a stack because of others: as much as holds of it, and each doubt once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from textwrap import dedent

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile, settings_for
from haanalyzer.results import Judgement

CLUSTER = """\
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  First: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [0, !GetAZs ""]}}
  Second: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [1, !GetAZs ""]}}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Subnets: [!Ref First, !Ref Second]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "404"}}]
Outputs:
  Vpc: {Value: !Ref Vpc, Export: {Name: !Sub "${AWS::StackName}:Vpc"}}
  First: {Value: !Ref First, Export: {Name: !Sub "${AWS::StackName}:First"}}
  Second: {Value: !Ref Second, Export: {Name: !Sub "${AWS::StackName}:Second"}}
  Listener: {Value: !Ref Listener, Export: {Name: !Sub "${AWS::StackName}:Listener"}}
"""
SERVICE = """\
Parameters: {Cluster: {Type: String, Default: shop}}
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "4"
      LaunchConfigurationName: servers
      TargetGroupARNs: [!Ref Targets]
      VPCZoneIdentifier: [!ImportValue {"Fn::Sub": "${Cluster}:First"}]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue {"Fn::Sub": "${Cluster}:Vpc"}}
  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !ImportValue {"Fn::Sub": "${Cluster}:Listener"}
      Priority: 1
      Conditions: [{Field: path-pattern, Values: ["*"]}]
      Actions: [{Type: forward, TargetGroupArn: !Ref Targets}]
"""
NAMED = """\
    stacks:
      - {name: shop, template: cluster.yaml}
      - {name: one, template: one.yaml}
      - {name: two, template: two.yaml}
"""


def said(folder: Path, **texts: str) -> list[Judgement]:
    """What the default profile says of a project of templates, by their names without suffix."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(dedent(text))
    stacks = settings_for(folder).stacks(folder)
    return list(analyze(["."], folder, Inputs(), load_profile("default"), stacks=stacks).judgements)


def outcomes(found: list[Judgement], code: str, subject: str) -> Counter[str]:
    return Counter(one.verdict.outcome for one in found if (one.rule.code, one.verdict.subject) == (code, subject))


def test_what_templates_may_add_that_no_stack_is_named_for_is_one_doubt(tmp_path: Path) -> None:
    services = dict.fromkeys(("one", "two", "three"), SERVICE)
    found = said(tmp_path, cluster=CLUSTER, **services)
    assert outcomes(found, "HA102", "Balancer") == {"pass": 1, "undecided": 1}
    (doubt,) = (one.verdict for one in found if (one.rule.code, one.verdict.outcome) == ("HA102", "undecided"))
    assert doubt.key == ("Balancer", "")
    paths = {each.place.path for each in doubt.blockers}
    assert paths >= {f"{name}.yaml" for name in services}


def test_what_named_stacks_add_is_each_a_check(tmp_path: Path) -> None:
    found = said(tmp_path, cluster=CLUSTER, one=SERVICE, two=SERVICE, haanalyzer=NAMED)
    assert outcomes(found, "HA102", "Balancer") == {"pass": 1, "fail": 2}
