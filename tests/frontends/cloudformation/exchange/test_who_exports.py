"""One name that several stacks of a run export: in a region of an account one of them does so at a time."""

from __future__ import annotations

import json
from pathlib import Path

from joined import NETWORK, SUBNET, Stack, attribute, deploy

from haanalyzer.frontends.deployment import Deployment
from haanalyzer.values import AttributeOf, Symbol

LITERAL = NETWORK.replace("!Sub '${AWS::StackName}", "'net")
IMPORTING = SUBNET.replace("!ImportValue {'Fn::Sub': '${Network}-Vpc'}", "!ImportValue net-Vpc")


def imported(deployment: Deployment) -> object:
    return attribute(deployment, "Subnet", "VpcId").term


def test_of_templates_that_no_stack_is_named_for_none_exports(tmp_path: Path) -> None:
    *_, app = deploy(tmp_path, {"one.yaml": LITERAL, "two.yaml": LITERAL, "app.yaml": IMPORTING})
    assert imported(app) == Symbol("import net-Vpc")
    assert [each.code for each in app.diagnostics] == ["several-exports"]


def test_what_is_named_is_deployed_and_another_template_beside_it_is_not(tmp_path: Path) -> None:
    templates = {"one.yaml": LITERAL, "two.yaml": LITERAL, "app.yaml": IMPORTING}
    stacks = [Stack("one.yaml"), Stack("two.yaml", "net"), Stack("app.yaml", "app")]
    one, _, app = deploy(tmp_path, templates, *stacks)
    assert imported(app) == AttributeOf('stack["net"]/Vpc', "Ref")
    assert not app.diagnostics
    assert not any(each.borrowed for each in one.declarations)


def test_two_stacks_that_are_named_contradict_each_other(tmp_path: Path) -> None:
    templates = {"net.yaml": LITERAL, "app.yaml": IMPORTING}
    *_, app = deploy(tmp_path, templates, Stack("net.yaml", "a"), Stack("net.yaml", "b"), Stack("app.yaml", "app"))
    assert imported(app) == Symbol("import net-Vpc")


def test_two_assemblies_are_each_for_itself(tmp_path: Path) -> None:
    """An application that lies there synthesized twice, one of its stacks in a stage."""
    artifact = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "net.yaml"}}
    inner = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "stage"}}
    templates: dict[str, str] = {}
    for folder in ("cdk.out", "before.out"):
        templates[f"{folder}/net.yaml"] = LITERAL
        templates[f"{folder}/stage/app.yaml"] = IMPORTING
    for path in ("cdk.out", "before.out", "cdk.out/stage", "before.out/stage"):
        (tmp_path / path).mkdir(parents=True)
        manifest = {"version": "36.0.0", "artifacts": {"Net": artifact, "Stage": inner}}
        (tmp_path / path / "manifest.json").write_text(json.dumps(manifest))
    _, app, _, before = deploy(tmp_path, templates)
    assert imported(app) == AttributeOf('stack["cdk.out/net.yaml"]/Vpc', "Ref")
    assert imported(before) == AttributeOf('stack["before.out/net.yaml"]/Vpc', "Ref")


def test_an_account_by_its_number_and_one_by_a_name_may_be_the_same(tmp_path: Path) -> None:
    templates = {"net.yaml": LITERAL, "app.yaml": IMPORTING}
    for account, may_be_one in (("live", False), ("123456789012", True), ("210987654321", True)):
        stacks = [Stack("net.yaml", "net", account="test"), Stack("app.yaml", "app", account=account)]
        net, app = deploy(tmp_path, templates, *stacks)
        assert imported(app) == Symbol("import net-Vpc")
        (subnet,) = [each for each in net.declarations if each.borrowed] or [None]
        assert (subnet is not None) == may_be_one
