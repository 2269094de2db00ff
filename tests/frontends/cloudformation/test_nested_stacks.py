from __future__ import annotations

from pathlib import Path

import pytest
from stack_templates import data_of, declared, deploy_files

from haanalyzer.frontends.deployment import Deployment
from haanalyzer.values import AttributeOf, Choice, ItemOf, Symbol, ZoneList

CHILD = """\
Parameters:
  Zone: {Type: String}
  Size: {Type: Number, Default: 2}
  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>', Default: ''}
Resources:
  Net: {Type: 'AWS::EC2::Subnet', Properties: {AvailabilityZone: !Ref Zone, Size: !Ref Size, Subnets: !Ref Subnets}}
Outputs:
  Id: {Value: !Ref Net}
  Zone: {Value: !GetAtt Net.AvailabilityZone}
  Ids: {Value: !Join [',', [!Ref Net, !Ref Net]]}
"""


def parent(url: str, parameters: str = "{Zone: !Select [1, !GetAZs '']}") -> str:
    return f"""\
Parameters: {{Bucket: {{Type: String}}, Prefix: {{Type: String, Default: net/}}, Env: {{Type: String}}}}
Conditions: {{IsProd: !Equals [!Ref Env, prod]}}
Resources:
  Stack: {{Type: 'AWS::CloudFormation::Stack', Properties: {{TemplateURL: {url}, Parameters: {parameters}}}}}
  User:
    Type: T
    Properties: {{Id: !GetAtt Stack.Outputs.Id, Zone: !Sub '${{Stack.Outputs.Zone}}', No: !GetAtt Stack.Outputs.No}}
"""


def deploy(folder: Path, url: str, child: str = "templates/net/child.yaml", **kwargs: str) -> Deployment:
    files = {"templates/main.yaml": parent(url, **kwargs), child: CHILD}
    return deploy_files(folder, files, "templates/main.yaml")


@pytest.mark.parametrize(
    "url",
    [
        "net/child.yaml",
        "./net/child.yaml",
        "file://net/child.yaml",
        "https://bucket.s3.amazonaws.com/some/prefix/templates/net/child.yaml",
        "https://s3.eu-west-1.amazonaws.com/bucket/net/child.yaml?versionId=1",
        "!Sub 'https://${Bucket}.s3.${AWS::Region}.${AWS::URLSuffix}/${Prefix}child.yaml'",
        "!Join ['', ['https://', !Ref Bucket, /net/child.yaml]]",
        "!If [IsProd, 'https://s3/a/net/child.yaml', 'https://s3/b/net/child.yaml']",
    ],
)
def test_a_nested_stack_is_found_and_read(tmp_path: Path, url: str) -> None:
    deployment = deploy(tmp_path, url)
    found = declared(deployment)
    assert list(found) == ["Stack", "Stack/Net", "User"]
    assert deployment.diagnostics == ()
    assert deployment.opaque == ()
    assert deployment.files == ("templates/main.yaml", "templates/net/child.yaml")


def test_values_flow_in_and_out(tmp_path: Path) -> None:
    found = declared(deploy(tmp_path, "net/child.yaml"))
    net, user = found["Stack/Net"], found["User"]
    zone = ItemOf(ZoneList(Symbol("AWS::Region")), 1)
    assert data_of(net.attributes["AvailabilityZone"]) == zone
    assert data_of(user.attributes["Zone"]) == zone
    assert data_of(user.attributes["Id"]) == AttributeOf("Stack/Net", "Ref")
    assert data_of(user.attributes["No"]) == Symbol("Stack/Outputs.No")
    assert net.calls == (found["Stack"].place,)
    assert net.place.path == "templates/net/child.yaml"


def test_a_child_s_default_is_no_assumption_and_counts_only_where_nothing_is_passed(tmp_path: Path) -> None:
    passed = "{Size: !If [IsProd, 3, !Ref AWS::NoValue]}"
    net = declared(deploy(tmp_path, "net/child.yaml", parameters=passed))["Stack/Net"]
    size = net.attributes["Size"]
    assert isinstance(size, Choice)
    assert (data_of(size.when_true), data_of(size.when_false)) == ("3", "2")
    plain = declared(deploy(tmp_path, "net/child.yaml"))["Stack/Net"].attributes["Size"]
    assert (data_of(plain), plain.assuming) == ("2", frozenset())


def test_a_child_s_unset_parameter_is_not_its_parent_s(tmp_path: Path) -> None:
    net = declared(deploy(tmp_path, "net/child.yaml", parameters="{}"))["Stack/Net"]
    assert data_of(net.attributes["AvailabilityZone"]) == Symbol("Stack/Zone")


def test_some_pseudo_parameters_are_the_same_in_every_stack(tmp_path: Path) -> None:
    main = "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: child.yaml}}}"
    child = "Resources: {A: {Type: T, Properties: {P: [!Ref AWS::AccountId, !Ref AWS::Region, !Ref AWS::StackName]}}}"
    found = declared(deploy_files(tmp_path, {"main.yaml": main, "child.yaml": child}))
    names = ["AWS::AccountId", "AWS::Region", "S/AWS::StackName"]
    assert data_of(found["S/A"].attributes["P"]) == [Symbol(name) for name in names]


def test_a_serverless_application_is_a_nested_stack_too(tmp_path: Path) -> None:
    main = """\
    Resources:
      Mine: {Type: 'AWS::Serverless::Application', Properties: {Location: child.yaml, Parameters: {Zone: a}}}
      Shop: {Type: 'AWS::Serverless::Application', Properties: {Location: {ApplicationId: x, SemanticVersion: 1.0.0}}}
    """
    deployment = deploy_files(tmp_path, {"main.yaml": main, "child.yaml": CHILD})
    assert data_of(declared(deployment)["Mine/Net"].attributes["AvailabilityZone"]) == "a"
    assert [opaque.address for opaque in deployment.opaque] == ["Shop"]


def test_a_list_passes_through_text(tmp_path: Path) -> None:
    main = """\
    Resources:
      One: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: child.yaml}}
      Two:
        Type: AWS::CloudFormation::Stack
        Properties: {TemplateURL: child.yaml, Parameters: {Subnets: !GetAtt One.Outputs.Ids}}
    """
    found = declared(deploy_files(tmp_path, {"main.yaml": main, "child.yaml": CHILD}))
    assert data_of(found["Two/Net"].attributes["Subnets"]) == [AttributeOf("One/Net", "Ref")] * 2


@pytest.mark.parametrize(
    "url",
    [
        "missing.yaml",
        "!Ref Bucket",
        "https://s3.amazonaws.com/bucket/other.yaml",
        "!If [IsProd, net/child.yaml, other.yaml]",
        "/net/child.yaml",
        "'http://[::1'",
        "'https://'",
        "''",
    ],
)
def test_what_is_not_on_disk_is_opaque(tmp_path: Path, url: str) -> None:
    deployment = deploy(tmp_path, url)
    (opaque,) = deployment.opaque
    assert (opaque.address, opaque.place.line) == ("Stack", 4)
    assert list(opaque.arguments) == ["Zone"]
    (found,) = deployment.diagnostics
    assert (found.code, found.is_error) == ("nested-stack-not-read", False)
    assert data_of(declared(deployment)["User"].attributes["Id"]) == Symbol("Stack.Outputs.Id")


def test_a_name_that_two_files_may_mean_is_not_guessed(tmp_path: Path) -> None:
    files = {"a/main.yaml": parent("https://s3/bucket/child.yaml"), "a/child.yaml": CHILD, "child.yaml": CHILD}
    assert [opaque.address for opaque in deploy_files(tmp_path, files, "a/main.yaml").opaque] == ["Stack"]


def test_a_stack_that_nests_itself_ends(tmp_path: Path) -> None:
    files = {"main.yaml": parent("child.yaml"), "child.yaml": parent("main.yaml")}
    deployment = deploy_files(tmp_path, files)
    assert [opaque.address for opaque in deployment.opaque] == ["Stack/Stack"]
    assert [found.message for found in deployment.diagnostics] == ["main.yaml nests itself"]


def test_a_broken_child_is_said_once_and_opaque(tmp_path: Path) -> None:
    deployment = deploy_files(tmp_path, {"main.yaml": parent("child.yaml"), "child.yaml": "a: [b"})
    assert [(found.place.path, found.code) for found in deployment.diagnostics] == [("child.yaml", "invalid-yaml")]
    assert [opaque.address for opaque in deployment.opaque] == ["Stack"]


def test_stacks_that_multiply_end(tmp_path: Path) -> None:
    def level(at: int) -> str:
        stacks = "".join(
            f"  S{each}: {{Type: 'AWS::CloudFormation::Stack', Properties: {{TemplateURL: t{at + 1}.yaml}}}}\n"
            for each in range(6)
        )
        return f"Resources:\n{stacks}"

    files = {f"t{at}.yaml": level(at) for at in range(6)} | {"t6.yaml": "Resources: {A: {Type: T}}"}
    deployment = deploy_files(tmp_path, files, "t0.yaml")
    assert {found.message for found in deployment.diagnostics} == {"more than 500 stacks are nested"}


def test_what_surely_is_not_deployed_is_not_read(tmp_path: Path) -> None:
    main = """\
    Conditions: {No: !Equals [a, b], Maybe: !Equals [!Ref X, b]}
    Parameters: {X: {Type: String}}
    Resources:
      Out: {Type: 'AWS::CloudFormation::Stack', Condition: No, Properties: {TemplateURL: missing.yaml}}
      In: {Type: 'AWS::CloudFormation::Stack', Condition: Maybe, Properties: {TemplateURL: child.yaml}}
    """
    deployment = deploy_files(tmp_path, {"main.yaml": main, "child.yaml": CHILD})
    assert deployment.diagnostics == ()
    assert [blocker.term for blocker in declared(deployment)["In/Net"].existence.unless] == ["Maybe"]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (
            "!If [IsProd, net/child.yaml, other.yaml]",
            "on a condition: templates/net/child.yaml or templates/other",
        ),
        ("!Ref Bucket", "the address of its template is not known: Bucket"),
        (
            "https://s3/b/submodules/quickstart/templates/main.yaml",
            "in the submodule submodules/quickstart, which",
        ),
        ("https://s3/b/elsewhere.yaml", "its template is not on disk"),
        ("/templates/net/child.yaml", "its template is not on disk"),
        ("{ApplicationId: 'arn:aws:serverlessrepo:us-east-1:1:applications/a'}", "Serverless Application Repository"),
    ],
)
def test_why_a_nested_stack_is_not_read_is_told(tmp_path: Path, url: str, words: str) -> None:
    files = {"templates/main.yaml": parent(url), "templates/net/child.yaml": CHILD, "templates/other.yaml": CHILD}
    deployment = deploy_files(tmp_path, files, "templates/main.yaml")
    (told,) = deployment.diagnostics
    assert words in told.message
    assert [module.reason for module in deployment.opaque] == [told.message]


def test_what_is_in_a_submodule_is_found_there(tmp_path: Path) -> None:
    url = "!Sub 'https://${Bucket}.s3.amazonaws.com/${Prefix}submodules/net/templates/main.yaml'"
    files = {"templates/main.yaml": parent(url), "submodules/net/templates/main.yaml": CHILD}
    deployment = deploy_files(tmp_path, files, "templates/main.yaml")
    assert deployment.files == ("templates/main.yaml", "submodules/net/templates/main.yaml")


@pytest.mark.parametrize(("env", "expected"), [("prod", "prod-id"), ("dev", "its condition does not hold")])
def test_an_output_is_put_out_where_its_condition_holds(tmp_path: Path, env: str, expected: str) -> None:
    child = """\
    Parameters: {Env: {Type: String}}
    Conditions: {IsProd: !Equals [!Ref Env, prod]}
    Resources: {Net: {Type: T}}
    Outputs: {Id: {Condition: IsProd, Value: !If [IsProd, prod-id, dev-id]}}
    """
    files = {"main.yaml": parent("child.yaml", f"{{Env: {env}}}"), "child.yaml": child}
    value = declared(deploy_files(tmp_path, files))["User"].attributes["Id"]
    assert expected in (str(value), getattr(value, "reason", ""))


def test_where_it_is_not_known_an_output_is_as_it_is_put_out(tmp_path: Path) -> None:
    child = """\
    Parameters: {Env: {Type: String}}
    Conditions: {IsProd: !Equals [!Ref Env, prod]}
    Resources: {Net: {Type: T}}
    Outputs: {Id: {Condition: IsProd, Value: !If [IsProd, prod-id, dev-id]}}
    """
    files = {"main.yaml": parent("child.yaml", "{Env: !Ref Env}"), "child.yaml": child}
    assert data_of(declared(deploy_files(tmp_path, files))["User"].attributes["Id"]) == "prod-id"


def test_an_output_rests_on_the_defaults_that_its_condition_rests_on(tmp_path: Path) -> None:
    child = """\
    Parameters: {Env: {Type: String}}
    Conditions: {IsProd: !Equals [!Ref Env, prod]}
    Resources: {Net: {Type: T}}
    Outputs: {Id: {Condition: IsProd, Value: an-id}}
    """
    main = parent("child.yaml", "{Env: !Ref Env}").replace("Env: {Type: String}", "Env: {Type: String, Default: prod}")
    value = declared(deploy_files(tmp_path, {"main.yaml": main, "child.yaml": child}))["User"].attributes["Id"]
    assert (str(value), [each.name for each in value.assuming]) == ("an-id", ["Env"])


def test_a_nested_stack_is_in_the_same_account_and_has_a_name_of_its_own(tmp_path: Path) -> None:
    child = "Resources: {Net: {Type: T, Properties: {Name: !Ref 'AWS::StackName', In: !Ref 'AWS::AccountId'}}}"
    files = {"main.yaml": parent("child.yaml", "{}"), "child.yaml": child}
    found = declared(deploy_files(tmp_path, files, stack="shop", account="123456789012"))["Stack/Net"].attributes
    assert data_of(found["In"]) == "123456789012"
    assert data_of(found["Name"]) == Symbol("Stack/AWS::StackName")


@pytest.mark.parametrize(("levels", "said"), [(12, []), (13, ["stacks are nested more than 12 deep"])])
def test_stacks_are_nested_so_deep(tmp_path: Path, levels: int, said: list[str]) -> None:
    nesting = "Resources: {{S: {{Type: 'AWS::CloudFormation::Stack', Properties: {{TemplateURL: t{}.yaml}}}}}}"
    files = {f"t{at}.yaml": nesting.format(at + 1) for at in range(levels - 1)}
    files |= {f"t{levels - 1}.yaml": "Resources: {A: {Type: T}}"}
    assert [each.message for each in deploy_files(tmp_path, files, "t0.yaml").diagnostics] == said
