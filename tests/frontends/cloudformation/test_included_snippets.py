"""``AWS::Include``: what lies in a file of the repository is read where it is included."""

from __future__ import annotations

from pathlib import Path

import pytest
from stack_templates import data_of, declared, deploy_files

INCLUDE = "{Name: AWS::Include, Parameters: {Location: %s}}"
SNIPPET = "Subnet: {Type: 'AWS::EC2::Subnet', Properties: {AvailabilityZone: {Ref: Zone}}}\n"


@pytest.mark.parametrize("location", ["parts/snippet.yaml", "./parts/snippet.yaml", "file://parts/snippet.yaml"])
def test_resources_of_a_file_are_read_with_their_places(tmp_path: Path, location: str) -> None:
    main = f"Parameters: {{Zone: {{Type: String}}}}\nResources:\n  Fn::Transform: {INCLUDE % location}\n"
    deployment = deploy_files(tmp_path, {"main.yaml": main, "parts/snippet.yaml": SNIPPET})
    (subnet,) = deployment.declarations
    assert (subnet.address, subnet.place.path, subnet.place.line) == ("Subnet", "parts/snippet.yaml", 1)
    assert str(subnet.attributes["AvailabilityZone"]) == "Zone"
    assert (deployment.files, deployment.opaque, deployment.diagnostics) == (
        ("main.yaml", "parts/snippet.yaml"),
        (),
        (),
    )


@pytest.mark.parametrize(
    "main",
    [
        f"Transform: {INCLUDE % 'all.yaml'}\nResources: {{A: {{Type: T}}}}\n",
        f"Transform: [AWS::LanguageExtensions, {INCLUDE % 'all.yaml'}]\nResources: {{A: {{Type: T}}}}\n",
        f"Fn::Transform: {INCLUDE % 'all.yaml'}\nResources: {{A: {{Type: T}}}}\n",
    ],
)
def test_sections_may_be_included(tmp_path: Path, main: str) -> None:
    included = "Parameters: {P: {Type: String, Default: x}}\nMappings: {M: {a: {b: c}}}\n"
    included += "Resources: {B: {Type: T, Properties: {P: {Ref: P}, Q: {'Fn::FindInMap': [M, a, b]}}}}\n"
    deployment = deploy_files(tmp_path, {"main.yaml": main, "all.yaml": included})
    found = declared(deployment)
    assert sorted(found) == ["A", "B"]
    assert [data_of(found["B"].attributes[name]) for name in ("P", "Q")] == ["x", "c"]
    (taken,) = found["B"].attributes["P"].assuming
    assert taken.place.path == "all.yaml"
    assert deployment.opaque == ()


def test_mappings_properties_and_values_may_be_included(tmp_path: Path) -> None:
    main = f"""\
        Mappings: {{Fn::Transform: {INCLUDE % "mappings.yaml"}}}
        Resources:
          Whole: {{Type: T, Properties: {{Fn::Transform: {INCLUDE % "properties.json"}}}}}
          Some: {{Type: T, Properties: {{Own: 1, Fn::Transform: {INCLUDE % "properties.json"}}}}}
          Value: {{Type: T, Properties: {{P: {{Fn::Transform: {INCLUDE % "properties.json"}}}}}}}
          Found: {{Type: T, Properties: {{P: !FindInMap [M, a, b]}}}}
        """
    files = {"main.yaml": main, "mappings.yaml": "M: {a: {b: c}}\n", "properties.json": '{"Size": {"Ref": "Some"}}\n'}
    found = declared(deploy_files(tmp_path, files))
    assert str(found["Whole"].attributes["Size"]) == "Some.Ref"
    assert sorted(found["Some"].attributes) == ["Own", "Size"]
    place = found["Some"].attributes.key_span("Size")
    assert place is not None
    assert (place.path, place.line, place.column) == ("properties.json", 1, 2)
    assert str(found["Value"].attributes["P"]) == "{Size = Some.Ref}"
    assert data_of(found["Found"].attributes["P"]) == "c"


@pytest.mark.parametrize("location", ["missing.yaml", "s3://bucket/other.yaml", "!Ref Where", "[a]"])
def test_what_is_not_here_is_made_at_deployment(tmp_path: Path, location: str) -> None:
    main = f"Resources:\n  A: {{Type: T}}\n  Fn::Transform: {INCLUDE % location}\n"
    deployment = deploy_files(tmp_path, {"main.yaml": main})
    assert [each.reaches_everything for each in deployment.opaque] == [True]
    assert [said.code for said in deployment.diagnostics] == ["macro-not-read"]


def test_a_file_that_includes_itself_ends(tmp_path: Path) -> None:
    main = f"Resources:\n  A: {{Type: T}}\n  Fn::Transform: {INCLUDE % 'self.yaml'}\n"
    snippet = f"B: {{Type: T}}\nFn::Transform: {INCLUDE % 'self.yaml'}\n"
    deployment = deploy_files(tmp_path, {"main.yaml": main, "self.yaml": snippet})
    assert sorted(declared(deployment)) == ["A", "B"]
    assert len(deployment.opaque) == 1


def test_a_broken_file_gives_one_diagnostic_there(tmp_path: Path) -> None:
    main = f"Resources:\n  A: {{Type: T}}\n  Fn::Transform: {INCLUDE % 'broken.json'}\n"
    deployment = deploy_files(tmp_path, {"main.yaml": main, "broken.json": "{"})
    assert [said.place.path for said in deployment.diagnostics] == ["broken.json", "main.yaml"]
