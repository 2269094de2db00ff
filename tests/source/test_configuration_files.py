from __future__ import annotations

import pytest

from haanalyzer.source.configuration_files import configuration_of, is_configuration, is_json_configuration

OTHERS = ["main.TF", "main.json", "main.tfvars", "main.tfvars.json", "a.tf/README.md", "terragrunt.hcl"]
TESTS = ["main.tftest.hcl", "main.tftest.json", "main.tofutest.hcl", "main.tfmock.hcl"]


@pytest.mark.parametrize("name", ["main.tf", "a/b/main.tofu", "main.tf.json", "main.tofu.json", "x_override.tf.json"])
def test_configuration(name: str) -> None:
    assert is_configuration(name)
    assert is_json_configuration(name) is name.endswith(".json")


@pytest.mark.parametrize("name", [".main.tf", "main.tf~", "#main.tf#", *OTHERS, *TESTS])
def test_what_is_no_configuration(name: str) -> None:
    assert not is_configuration(name)
    assert not is_json_configuration(name)


def test_files_are_read_in_the_order_of_names_and_overrides_after_all_others() -> None:
    names = [
        "z.tf",
        "b_override.tofu",
        "override.tf.json",
        "a.tofu.json",
        "overrides.tf",
        "a_override.tf",
        "_override.tf",
    ]
    own, overrides = configuration_of(names)
    assert own == ["a.tofu.json", "overrides.tf", "z.tf"]
    assert overrides == ["_override.tf", "a_override.tf", "b_override.tofu", "override.tf.json"]


def test_opentofus_file_is_read_instead_of_terraforms_of_the_same_syntax() -> None:
    names = ["a.tf", "a.tofu", "b.tf", "b.tofu.json", "c.tf.json", "c.tofu.json", "d_override.tf", "d_override.tofu"]
    assert configuration_of(names) == (["a.tofu", "b.tf", "b.tofu.json", "c.tofu.json"], ["d_override.tofu"])
