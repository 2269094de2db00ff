"""Network ACL rules as written: what EC2 would not take is not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.analysis.filters.network_acls import rules_of
from haanalyzer.frontends.cloudformation.template import read_template
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.graph import ResourceGraph
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files


@pytest.mark.parametrize(
    ("egress", "inward", "outward"),
    [("true", 0, 1), ('"TRUE"', 0, 1), ("false", 1, 0), ('"False"', 1, 0), ("perhaps", 1, 1), ("7", 1, 1)],
)
def test_the_direction_of_a_rule(tmp_path: Path, egress: str, inward: int, outward: int) -> None:
    text = (
        "Resources:\n  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: vpc-1}}\n"
        "  Rule:\n    Type: AWS::EC2::NetworkAclEntry\n"
        f"    Properties: {{NetworkAclId: !Ref Acl, Egress: {egress}}}\n"
    )
    graph = ResourceGraph(read_template(Document("template.yaml", text), Inputs(), Files(tmp_path)))
    rules = rules_of(graph.resources["Acl"], graph)
    assert (len(rules.ingress.entries), len(rules.egress.entries)) == (inward, outward)
