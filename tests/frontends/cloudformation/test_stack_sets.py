"""Stack sets: a template in each of their regions."""

from __future__ import annotations

from pathlib import Path

from stack_templates import data_of, declared, deploy, deploy_files

from haanalyzer.values import ItemOf, Symbol, Unknown, ZoneList

CHILD = """\
Parameters: {Size: {Type: Number, Default: 1}, Subnet: {Type: String, Default: ''}}
Resources:
  Net:
    Type: AWS::EC2::Subnet
    Properties:
      AvailabilityZone: !Select [0, !GetAZs '']
      Size: !Ref Size
      Owner: !Ref AWS::AccountId
      Vpc: !ImportValue vpc
"""


def stack_set(template: str, groups: str, more: str = "") -> str:
    return f"""\
Parameters: {{Regions: {{Type: CommaDelimitedList}}}}
Resources:
  Own: {{Type: T, Properties: {{Owner: !Ref AWS::AccountId, Vpc: !ImportValue vpc}}}}
  Set:
    Type: AWS::CloudFormation::StackSet
    Properties:
      {template}
      StackInstancesGroup: {groups}
      {more}
"""


def test_each_region_has_a_stack_of_its_own(tmp_path: Path) -> None:
    groups = "[{Regions: [eu-west-1, us-east-1]}, {Regions: [eu-west-1]}]"
    files = {"main.yaml": stack_set("TemplateURL: child.yaml", groups), "child.yaml": CHILD}
    deployment = deploy_files(tmp_path, files, region="eu-central-1")
    found = declared(deployment)
    assert list(found) == ["Own", "Set", 'Set["eu-west-1"]/Net', 'Set["us-east-1"]/Net']
    assert deployment.files == ("main.yaml", "child.yaml")
    for name in ("eu-west-1", "us-east-1"):
        net = found[f'Set["{name}"]/Net']
        assert data_of(net.region) == name
        assert data_of(net.attributes["AvailabilityZone"]) == ItemOf(ZoneList(name), 0)
        assert net.calls == (found["Set"].place,)


def test_accounts_and_what_is_imported_there_are_others(tmp_path: Path) -> None:
    files = {"main.yaml": stack_set("TemplateURL: child.yaml", "[{Regions: [eu-west-1]}]"), "child.yaml": CHILD}
    found = declared(deploy_files(tmp_path, files))
    own, net = found["Own"], found['Set["eu-west-1"]/Net']
    for name in ("Owner", "Vpc"):
        assert data_of(own.attributes[name]) != data_of(net.attributes[name])


def test_parameters_are_passed_and_overridden(tmp_path: Path) -> None:
    groups = """
        - {Regions: [eu-west-1]}
        - {Regions: [us-east-1], ParameterOverrides: [{ParameterKey: Size, ParameterValue: '3'}]}
    """.strip("\n ")
    more = "Parameters: [{ParameterKey: Size, ParameterValue: '2'}]"
    text = stack_set("TemplateURL: child.yaml", f"\n        {groups}", more)
    found = declared(deploy_files(tmp_path, {"main.yaml": text, "child.yaml": CHILD}))
    sizes = [data_of(found[f'Set["{name}"]/Net'].attributes["Size"]) for name in ("eu-west-1", "us-east-1")]
    assert sizes == ["2", "3"]


def test_unknown_regions_are_one_that_is_not_known(tmp_path: Path) -> None:
    text = stack_set("TemplateURL: child.yaml", "[{Regions: !Ref Regions}]")
    found = declared(deploy_files(tmp_path, {"main.yaml": text, "child.yaml": CHILD}))
    assert data_of(found["Set[*]/Net"].region) == Symbol("Regions")


def test_a_template_may_be_a_text() -> None:
    body = "TemplateBody: \"{Resources: {Net: {Type: 'AWS::EC2::VPC'}}}\""
    deployment = deploy(stack_set(body, "[{Regions: [eu-west-1]}]"))
    net = declared(deployment)['Set["eu-west-1"]/Net']
    assert (net.place.path, net.place.line) == ("main.yaml", 7)
    assert deployment.diagnostics == ()


def test_what_cannot_be_read_is_opaque_and_told() -> None:
    for template in ("TemplateURL: nowhere.yaml", "TemplateBody: nothing", "TemplateBody: !Ref Regions"):
        more = "Parameters: [{ParameterKey: Subnet, ParameterValue: !Ref Own}]"
        deployment = deploy(stack_set(template, "[{Regions: [eu-west-1]}]", more))
        (told,), (module,) = deployment.diagnostics, deployment.opaque
        assert (told.code, told.is_error) == ("nested-stack-not-read", False)
        assert list(module.arguments) == ["Subnet"]


def test_a_stack_set_of_itself_ends(tmp_path: Path) -> None:
    text = stack_set("TemplateURL: main.yaml", "[{Regions: [eu-west-1]}]")
    deployment = deploy_files(tmp_path, {"main.yaml": text})
    assert [each.reason for each in deployment.opaque] == ["main.yaml nests itself"]


def test_nothing_is_shown_of_secrets_in_it(tmp_path: Path) -> None:
    child = CHILD.replace("Size: {Type: Number", "Size: {Type: Number, NoEcho: true")
    files = {"main.yaml": stack_set("TemplateURL: child.yaml", "[{Regions: [eu-west-1]}]"), "child.yaml": child}
    net = declared(deploy_files(tmp_path, files))['Set["eu-west-1"]/Net']
    assert isinstance(net.attributes["Size"], Unknown)
    assert net.shown() is None
