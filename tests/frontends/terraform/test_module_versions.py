"""Version constraints and sources of modules."""

from __future__ import annotations

import pytest

from haanalyzer.frontends.terraform.modules.source import ModuleSource, module_source
from haanalyzer.frontends.terraform.modules.versions import versions


@pytest.mark.parametrize(
    ("constraint", "allowed", "refused"),
    [
        ("5.8.1", "5.8.1", "5.8.2"),
        ("= v5.8.1", "5.8.1", "5.8.0"),
        ("~> 5.0", "5.21.0", "6.0.0"),
        ("~> 5.8.0", "5.8.9", "5.9.0"),
        (">= 3.0, < 5", "4.0.2", "5.0.0"),
        ("> 3.0.0", "3.0.1", "3.0.0"),
        ("<= 3.2", "3.2.0", "3.2.1"),
        ("~> 5", "6.1.0", "4.9.9"),
        (">= 4.0, != 4.0.1", "4.0.2", "3.9.0"),
        ("5.0.0-beta1", "5.0.0", "5.0.1"),
    ],
)
def test_a_constraint_is_a_range(constraint: str, allowed: str, refused: str) -> None:
    range_ = versions(constraint)
    assert range_ is not None
    for release, expected in ((allowed, True), (refused, False)):
        exact = versions(release)
        assert exact is not None
        assert range_.meets(exact) is expected


def test_a_contradiction_meets_nothing() -> None:
    nothing, anything = versions(">= 3, < 2"), versions(">= 0")
    assert nothing is not None
    assert anything is not None
    assert not nothing.meets(anything)


@pytest.mark.parametrize("text", ["", "main", "5.x", "~> ", ">= 3.0,"])
def test_what_is_no_constraint(text: str) -> None:
    assert versions(text) is None


_VPC = "terraform-aws-modules/vpc/aws"


@pytest.mark.parametrize(
    ("written", "source"),
    [
        (_VPC, ModuleSource(_VPC)),
        (f"registry.terraform.io/{_VPC}", ModuleSource(_VPC)),
        (f"app.terraform.io:443/{_VPC}", ModuleSource(_VPC)),
        (f"{_VPC}//modules/vpc-endpoints", ModuleSource(_VPC, "modules/vpc-endpoints")),
        (f"tfr:///{_VPC}?version=5.8.1", ModuleSource(_VPC, ref="5.8.1")),
        ("github.com/terraform-aws-modules/terraform-aws-vpc", ModuleSource(_VPC)),
        ("github.com/terraform-aws-modules/terraform-aws-vpc?ref=v5.8.1", ModuleSource(_VPC, ref="v5.8.1")),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=abc", ModuleSource(_VPC, ref="abc")),
        (
            "git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git//modules/flow-log?depth=1&ref=v6.0.0",
            ModuleSource(_VPC, "modules/flow-log", "v6.0.0"),
        ),
        ("git@github.com:terraform-aws-modules/terraform-aws-vpc.git", ModuleSource(_VPC)),
        ("git::ssh://git@github.com/terraform-aws-modules/terraform-aws-vpc.git", ModuleSource(_VPC)),
        (
            "git::https://git.example.com/network/platform.git//aws",
            ModuleSource("git.example.com/network/platform", "aws"),
        ),
        ("s3::https://bucket.s3.amazonaws.com/vpc.zip", ModuleSource("s3::https://bucket.s3.amazonaws.com/vpc.zip")),
        ("nonsense", ModuleSource("nonsense")),
        ("", ModuleSource("")),
    ],
)
def test_a_source_is_taken_apart(written: str, source: ModuleSource) -> None:
    assert module_source(written) == source


def test_a_branch_may_be_any_release() -> None:
    assert ModuleSource(_VPC, ref="main").versions(None) is None
    assert ModuleSource(_VPC, ref="tags/v5.1.0").versions(None) == versions("5.1.0")
