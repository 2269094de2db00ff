"""What one stack exports is what another one imports, and each is seen from the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from joined import NETWORK, SUBNET, Stack, attribute, deploy

from haanalyzer.frontends.deployment import Deployment
from haanalyzer.values import AttributeOf, Choice, Concat, Known, Symbol, Unknown

BOTH = {"network.yaml": NETWORK, "subnet.yaml": SUBNET}
NAMED = (Stack("network.yaml", "net"), Stack("subnet.yaml", "app", {"Network": "net"}))


def addresses(deployment: Deployment, *, borrowed: bool = True) -> list[str]:
    return [each.address for each in deployment.declarations if each.borrowed is borrowed]


def vpc_of(deployment: Deployment, address: str = "Subnet") -> object:
    value = attribute(deployment, address, "VpcId")
    return value.term if isinstance(value, Unknown) else value


def test_an_import_is_what_the_other_stack_exports(tmp_path: Path) -> None:
    _, app = deploy(tmp_path, BOTH, *NAMED)
    assert vpc_of(app) == AttributeOf('stack["net"]/Vpc', "Ref")
    assert addresses(app) == ['stack["net"]/Vpc', 'stack["net"]/Table']
    assert (app.files, app.borrowed_files) == (("subnet.yaml",), ("network.yaml",))


def test_a_stack_sees_those_that_import_from_it(tmp_path: Path) -> None:
    network, _ = deploy(tmp_path, BOTH, *NAMED)
    assert addresses(network) == ['stack["app"]/Subnet']
    assert vpc_of(network, 'stack["app"]/Subnet') == AttributeOf("Vpc", "Ref")
    (subnet,) = (each for each in network.declarations if each.borrowed)
    assert subnet.existence.certain
    assert subnet.shown() is None


def test_stacks_that_share_an_exporter_see_each_other(tmp_path: Path) -> None:
    other = Stack("subnet.yaml", "other", {"Network": "net"})
    _, app, _ = deploy(tmp_path, BOTH, *NAMED, other)
    assert 'stack["other"]/Subnet' in addresses(app)


def test_a_name_may_rest_on_a_default(tmp_path: Path) -> None:
    with_default = SUBNET.replace("{Type: String}", "{Type: String, Default: net}")
    templates = {"network.yaml": NETWORK, "subnet.yaml": with_default}
    _, app = deploy(tmp_path, templates, Stack("network.yaml", "net"), Stack("subnet.yaml"))
    value = attribute(app, "Subnet", "VpcId")
    assert vpc_of(app) == AttributeOf('stack["net"]/Vpc', "Ref")
    assert [each.name for each in value.assuming] == ["Network"]


def test_the_name_of_an_export_may_rest_on_a_default(tmp_path: Path) -> None:
    head = "Parameters: {Prefix: {Type: String, Default: net}}\n"
    templates = {"network.yaml": head + NETWORK.replace("AWS::StackName", "Prefix"), "subnet.yaml": SUBNET}
    _, app = deploy(tmp_path, templates, Stack("network.yaml"), NAMED[1])
    assert [each.name for each in attribute(app, "Subnet", "VpcId").assuming] == ["Prefix"]


def test_what_nobody_exports_is_unknown_and_equal_by_name(tmp_path: Path) -> None:
    twice = f"{SUBNET}  Other: {{Type: T, Properties: {{VpcId: !ImportValue {{'Fn::Sub': '${{Network}}-Vpc'}}}}}}\n"
    (app,) = deploy(tmp_path, {"subnet.yaml": twice}, Stack("subnet.yaml", "app", {"Network": "net"}))
    assert vpc_of(app) == vpc_of(app, "Other") == Symbol("import net-Vpc")
    assert not any(each.borrowed for each in app.declarations)


def test_names_and_parameters_of_two_templates_are_never_equal_by_accident(tmp_path: Path) -> None:
    exporting = """\
    Parameters: {Zone: {Type: String}}
    Resources: {It: {Type: T, Properties: {P: [!Ref Zone, !Ref AWS::StackId]}}}
    Outputs: {Zone: {Value: !Ref Zone, Export: {Name: zone}}}
    """
    importing = """\
    Parameters: {Zone: {Type: String}}
    Resources: {It: {Type: T, Properties: {P: [!Ref Zone, !ImportValue zone, !Ref AWS::StackId]}}}
    """
    _, app = deploy(tmp_path, {"a.yaml": exporting, "b.yaml": importing})
    own, others = attribute(app, "It", "P"), attribute(app, 'stack["a.yaml"]/It', "P")
    assert str(own) == '[Zone, stack["a.yaml"]/Zone, AWS::StackId]'
    assert str(others) == '[stack["a.yaml"]/Zone, stack["a.yaml"]/AWS::StackId]'


def test_two_exporters_of_a_name_join_nobody_and_are_told_once(tmp_path: Path) -> None:
    templates = {
        "a.yaml": "Resources: {A: {Type: T}}\nOutputs:\n  O: {Value: !Ref A, Export: {Name: it}}\n",
        "b.yaml": "Resources: {B: {Type: T}}\nOutputs:\n  O: {Value: !Ref B, Export: {Name: it}}\n",
        "c.yaml": "Resources: {C: {Type: T, Properties: {P: !ImportValue it, Q: !ImportValue it}}}\n",
    }
    first, _, last = deploy(tmp_path, templates)
    assert attribute(last, "C", "P") == attribute(last, "C", "P")
    assert str(attribute(last, "C", "P")) == "import it"
    (told,) = last.diagnostics
    assert (told.code, told.is_error) == ("several-exports", False)
    assert "a.yaml:3 and b.yaml:3" in told.message
    assert addresses(first) == ['stack["c.yaml"]/C']


@pytest.mark.parametrize(
    ("mine", "its", "joined"),
    [
        ({"region": "eu-west-1"}, {"region": "eu-west-1"}, True),
        ({"region": "eu-west-1"}, {"region": "us-east-1"}, False),
        ({"region": "eu-west-1"}, {}, False),
        ({"account": "live"}, {"account": "live"}, True),
        ({"account": "live"}, {"account": "test"}, False),
        ({"account": "live"}, {}, True),
    ],
)
def test_stacks_are_joined_in_one_region_of_one_account(
    tmp_path: Path, mine: dict[str, str], its: dict[str, str], joined: bool
) -> None:
    stacks = (NAMED[0]._replace(**mine), NAMED[1]._replace(**its))
    _, app = deploy(tmp_path, BOTH, *stacks)
    assert isinstance(vpc_of(app), AttributeOf) is joined


def test_a_stack_that_may_be_in_the_same_region_may_add_to_another_one(tmp_path: Path) -> None:
    stacks = (NAMED[0]._replace(region="eu-west-1"), NAMED[1])
    network, _ = deploy(tmp_path, BOTH, *stacks)
    assert vpc_of(network, 'stack["app"]/Subnet') == Symbol('stack["app"]/import net-Vpc')


def test_of_two_outputs_with_one_name_that_of_the_condition_is_exported(tmp_path: Path) -> None:
    exporting = """\
    Parameters: {Own: {Type: String}, Given: {Type: String}}
    Conditions: {IsOwn: !Equals [!Ref Own, 'yes'], IsGiven: !Not [Condition: IsOwn]}
    Resources: {Vpc: {Type: 'AWS::EC2::VPC', Condition: IsOwn}}
    Outputs:
      Own: {Condition: IsOwn, Value: !Ref Vpc, Export: {Name: net-Vpc}}
      Given: {Condition: IsGiven, Value: !Ref Given, Export: {Name: net-Vpc}}
    """
    templates = {"network.yaml": exporting, "subnet.yaml": SUBNET}
    _, app = deploy(tmp_path, templates, Stack("network.yaml", "net"), NAMED[1])
    value = attribute(app, "Subnet", "VpcId")
    assert isinstance(value, Choice)
    assert str(value.when_true) == 'stack["net"]/Vpc.Ref'
    assert str(value.when_false) == 'stack["net"]/Given'
    _, given = deploy(tmp_path, templates, Stack("network.yaml", "net", {"Own": "no", "Given": "vpc-1"}), NAMED[1])
    assert isinstance(found := attribute(given, "Subnet", "VpcId"), Known)
    assert found.data == "vpc-1"


def test_nested_stacks_export_and_import(tmp_path: Path) -> None:
    nesting = (
        "Resources: {N: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: FILE, Parameters: {GIVEN}}}}"
    )
    templates = {
        "network.yaml": nesting.replace("FILE", "parts/vpc.yaml").replace("GIVEN", ""),
        "parts/vpc.yaml": NETWORK.replace("${AWS::StackName}", "net"),
        "app.yaml": nesting.replace("FILE", "parts/subnet.yaml").replace("GIVEN", "Network: net"),
        "parts/subnet.yaml": SUBNET,
    }
    network, _, app, _ = deploy(tmp_path, templates)
    assert vpc_of(app, "N/Subnet") == AttributeOf('stack["network.yaml"]/N/Vpc', "Ref")
    assert vpc_of(network, 'stack["app.yaml"]/N/Subnet') == AttributeOf("N/Vpc", "Ref")
    assert app.borrowed_files == ("network.yaml", "parts/vpc.yaml")


def test_a_list_is_exported_as_a_text(tmp_path: Path) -> None:
    exporting = """\
    Resources: {A: {Type: T}, B: {Type: T}}
    Outputs: {Both: {Value: !Join [',', [!Ref A, !Ref B]], Export: {Name: both}}}
    """
    importing = "Resources: {It: {Type: T, Properties: {P: !Split [',', !ImportValue both]}}}"
    _, app = deploy(tmp_path, {"a.yaml": exporting, "b.yaml": importing})
    assert str(attribute(app, "It", "P")) == '[stack["a.yaml"]/A.Ref, stack["a.yaml"]/B.Ref]'


def test_a_name_of_the_region_is_one_name_where_the_region_is_one(tmp_path: Path) -> None:
    name = "!Sub '${AWS::Region}-it'"
    templates = {
        "a.yaml": f"Resources: {{A: {{Type: T}}}}\nOutputs: {{O: {{Value: !Ref A, Export: {{Name: {name}}}}}}}",
        "b.yaml": f"Resources: {{B: {{Type: T, Properties: {{P: !ImportValue {{'Fn::Sub': {name[5:]}}}}}}}}}",
    }
    _, importing = deploy(tmp_path, templates)
    assert str(attribute(importing, "B", "P")) == 'stack["a.yaml"]/A.Ref'


def test_values_come_through_a_chain_of_stacks(tmp_path: Path) -> None:
    templates = {"0.yaml": "Resources: {A: {Type: T}}\nOutputs: {O: {Value: !Ref A, Export: {Name: n0}}}"}
    for number in range(1, 6):
        templates[f"{number}.yaml"] = (
            f"Resources: {{A: {{Type: T, Properties: {{P: !ImportValue n{number - 1}}}}}}}\n"
            f"Outputs: {{O: {{Value: !ImportValue n{number - 1}, Export: {{Name: n{number}}}}}}}"
        )
    last = deploy(tmp_path, templates)[-1]
    assert str(attribute(last, "A", "P")) == 'stack["0.yaml"]/A.Ref'


def test_stacks_that_import_from_each_other_have_no_value(tmp_path: Path) -> None:
    templates = {
        f"{mine}.yaml": f"Resources: {{A: {{Type: T, Properties: {{P: !ImportValue {its}}}}}}}\n"
        f"Outputs: {{O: {{Value: !ImportValue {its}, Export: {{Name: {mine}}}}}}}"
        for mine, its in ("ab", "ba")
    }
    for deployment in deploy(tmp_path, templates):
        assert isinstance(attribute(deployment, "A", "P"), Unknown)


def test_a_chain_without_end_of_stacks_is_left_unknown(tmp_path: Path) -> None:
    templates = {
        f"{number:03}.yaml": f"Resources: {{A: {{Type: T, Properties: {{P: !ImportValue n{number - 1}}}}}}}\n"
        f"Outputs: {{O: {{Value: !ImportValue n{number - 1}, Export: {{Name: n{number}}}}}}}"
        for number in range(200)
    }
    assert isinstance(attribute(deploy(tmp_path, templates)[-1], "A", "P"), Unknown)


def test_a_secret_of_another_stack_is_not_shown(tmp_path: Path) -> None:
    exporting = """\
    Parameters: {Secret: {Type: String, NoEcho: true, Default: hidden}}
    Resources: {A: {Type: T}}
    Outputs: {O: {Value: !Ref Secret, Export: {Name: it}}}
    """
    importing = "Resources: {It: {Type: T, Properties: {P: !ImportValue it}}}"
    _, app = deploy(tmp_path, {"a.yaml": exporting, "b.yaml": importing})
    assert isinstance(attribute(app, "It", "P"), Unknown)
    shown = next(each for each in app.declarations if not each.borrowed).shown()
    assert shown is not None
    assert isinstance(shown["P"], Unknown)


def test_a_macro_of_another_stack_reaches_what_its_template_refers_to(tmp_path: Path) -> None:
    templates = {"network.yaml": NETWORK, "subnet.yaml": f"Transform: Mystery\n{SUBNET}"}
    network, app = deploy(tmp_path, templates, *NAMED)
    (macro,) = network.opaque
    assert not macro.reaches_everything
    reached = {part.term.address for part in macro.arguments.values() if isinstance(part.term, AttributeOf)}
    assert reached == {"Vpc", 'stack["app"]/Subnet'}
    assert app.opaque[0].reaches_everything


def test_errors_of_another_stack_that_hide_something_are_told_here_too(tmp_path: Path) -> None:
    broken = SUBNET + "  Broken: nothing\n"
    network, _ = deploy(tmp_path, {"network.yaml": NETWORK, "subnet.yaml": broken}, *NAMED)
    assert [each.code for each in network.diagnostics] == ["invalid-resource"]


def test_an_unused_branch_imports_nothing(tmp_path: Path) -> None:
    optional = """\
    Parameters: {Alerts: {Type: String, Default: ''}}
    Conditions: {HasAlerts: !Not [!Equals [!Ref Alerts, '']]}
    Resources:
      It:
        Type: T
        Properties: {P: !If [HasAlerts, !ImportValue {'Fn::Sub': '${Alerts}-Topic'}, !Ref AWS::NoValue]}
      Other: {Type: T, Condition: HasAlerts, Properties: {P: !ImportValue {'Fn::Sub': '${Alerts}-Topic'}}}
    """
    exporting = NETWORK.replace("}-Vpc", "}-Topic")
    network, _ = deploy(tmp_path, {"network.yaml": exporting, "a.yaml": optional})
    assert addresses(network) == []


def test_imports_are_found_wherever_they_are_written(tmp_path: Path) -> None:
    hidden = """\
    Shared: &vpc {'Fn::ImportValue': net-Vpc}
    Resources:
      It: {Type: T, Properties: {A: {B: [{C: *vpc}]}}}
    """
    network, _ = deploy(tmp_path, {"network.yaml": NETWORK, "a.yaml": hidden}, NAMED[0], Stack("a.yaml"))
    assert addresses(network) == ['stack["a.yaml"]/It']


def test_an_import_of_unknown_parts_is_a_text_of_them(tmp_path: Path) -> None:
    (app,) = deploy(tmp_path, {"subnet.yaml": SUBNET})
    assert vpc_of(app) == Symbol(f"import {Concat((Symbol('Network'), '-Vpc'))}")
