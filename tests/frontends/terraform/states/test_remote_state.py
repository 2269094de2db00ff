"""A root that reads the state of another root of the run refers to that one's resources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from haanalyzer.frontends.deployment import Deployment, Inputs
from haanalyzer.frontends.terraform.root import read_root
from haanalyzer.frontends.terraform.states.kept import stores_of
from haanalyzer.source.files import Files
from haanalyzer.values import Absent, Unknown, Value, alternatives
from tests.frontends.terraform.reading import addresses, find

NETWORK = """
resource "aws_subnet" "a" {
  count             = 2
  availability_zone = "eu-west-1${["a", "b"][count.index]}"
}
output "subnet_ids" {
  value = aws_subnet.a[*].id
}
output "name" {
  value = "net"
}
output "workspace" {
  value = terraform.workspace
}
"""


def read_one_of(folder: Path, roots: Mapping[str, str], inputs: Inputs | None = None, root: str = "app") -> Deployment:
    """A root of several, each a folder with one file."""
    for name, text in roots.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "main.tf").write_text(text, encoding="utf-8")
    files = Files(folder)
    return read_root(root, files, inputs or Inputs(), cache(lambda: stores_of(sorted(roots), files)))


def backend(kind: str, settings: str) -> str:
    return f'terraform {{\n  backend "{kind}" {{\n{settings}\n  }}\n}}\n'


def state(kind: str, config: str, more: str = "") -> str:
    return f'data "terraform_remote_state" "n" {{\n  backend = "{kind}"\n{more}\n  config = {{\n{config}\n  }}\n}}\n'


def thing(expression: str) -> str:
    return f'resource "aws_thing" "it" {{\n  x = {expression}\n}}\n'


NAME = thing("data.terraform_remote_state.n.outputs.name")
WORKSPACE = thing("data.terraform_remote_state.n.outputs.workspace")


def x(deployment: Deployment) -> Value:
    return find(deployment, "aws_thing.it").attributes["x"]


def outcome(folder: Path, keeps: str, reads: str, inputs: Inputs | None = None, asked: str = NAME) -> str:
    """What a root that ``reads`` a state so sees of one that ``keeps`` its own so: a value, or why there is none."""
    found = x(read_one_of(folder, {"net": keeps + NETWORK, "app": reads + asked}, inputs))
    return found.reason if isinstance(found, Unknown) and "data." in str(found.term) else str(found)


@pytest.mark.parametrize(
    ("keeps", "reads"),
    [
        (backend("s3", 'bucket = "b"\nkey = "k"'), state("s3", 'bucket = "b"\nkey = "k"\nregion = "eu-west-1"')),
        (
            backend("s3", 'bucket = "b"\nkey = "k"'),
            'locals {\n  b = "b"\n}\n' + state("s3", 'bucket = local.b\nkey = "k"'),
        ),
        (backend("gcs", 'bucket = "b"\nprefix = "p/"'), state("gcs", 'bucket = "b"\nprefix = "p"')),
        (
            backend("azurerm", 'storage_account_name = "s"\ncontainer_name = "c"\nkey = "k"'),
            state("azurerm", 'storage_account_name = "s"\ncontainer_name = "c"\nkey = "k"'),
        ),
        (backend("http", 'address = "https://s/net"'), state("http", 'address = "https://s/net"')),
        (backend("consul", 'path = "net"'), state("consul", 'path = "net"')),
        ("", state("local", 'path = "../net/terraform.tfstate"')),
        ("", state("local", 'path = "${path.module}/../net/terraform.tfstate"')),
        (backend("local", 'path = "../states/net"'), state("local", 'path = "../states/net"')),
        (
            backend("remote", 'organization = "o"\nworkspaces {\n  name = "net"\n}'),
            state("remote", 'organization = "o"\nworkspaces = { name = "net" }'),
        ),
        (
            'terraform {\n  cloud {\n    organization = "o"\n    workspaces {\n      name = "net"\n    }\n  }\n}\n',
            state("remote", 'organization = "o"\nworkspaces = { name = "net" }'),
        ),
        (
            backend("remote", 'organization = "o"\nworkspaces {\n  prefix = "net-"\n}'),
            state("remote", 'organization = "o"\nworkspaces = { name = "net-live" }'),
        ),
    ],
)
def test_a_state_is_known_by_where_it_is_kept(tmp_path: Path, keeps: str, reads: str) -> None:
    assert outcome(tmp_path, keeps, reads) == "net"


@pytest.mark.parametrize(
    ("keeps", "reads", "reason"),
    [
        (backend("s3", 'bucket = "b"\nkey = "k"'), state("s3", 'bucket = "b"\nkey = "l"'), "known to keep this state"),
        (backend("s3", 'bucket = "b"\nkey = "k"'), state("gcs", 'bucket = "b"\nprefix = "k"'), "known to keep"),
        (backend("s3", 'key = "k"'), state("s3", 'bucket = "b"\nkey = "k"'), "known to keep this state"),
        (backend("gcs", 'bucket = "b"'), state("gcs", 'bucket = "b"\nprefix = "p"'), "known to keep this state"),
        (
            backend("s3", 'bucket = "b"\nkey = "k"'),
            'variable "b" {}\n' + state("s3", 'bucket = var.b\nkey = "k"'),
            "known to keep this state",
        ),
        (backend("s3", 'bucket = "b"\nkey = "k"'), state("s3", 'bucket = "b"'), "which state it reads is not known"),
        (
            backend("s3", 'bucket = "b"\nkey = "k"\nendpoint = "https://minio"'),
            state("s3", 'bucket = "b"\nkey = "k"'),
            "known to keep this state",
        ),
        (
            'terraform {\n  cloud {\n    organization = "o"\n    workspaces {\n      tags = ["net"]\n    }\n  }\n}\n',
            state("remote", 'organization = "o"\nworkspaces = { name = "net" }'),
            "known to keep this state",
        ),
        ("", state("local", 'path = "../other/terraform.tfstate"'), "known to keep this state"),
    ],
)
def test_a_state_of_which_that_cannot_be_told_is_symbolic(tmp_path: Path, keeps: str, reads: str, reason: str) -> None:
    assert reason in outcome(tmp_path, keeps, reads)


def test_two_roots_that_keep_one_state_are_said(tmp_path: Path) -> None:
    keeps = backend("s3", 'bucket = "b"\nkey = "k"') + NETWORK
    reads = state("s3", 'bucket = "b"\nkey = "k"') + NAME
    found = x(read_one_of(tmp_path, {"net": keeps, "old": keeps, "app": reads}))
    assert isinstance(found, Unknown)
    assert found.reason == "several roots keep this state: net, old"


def test_outputs_are_the_other_roots_resources(tmp_path: Path) -> None:
    reads = state("local", 'path = "../net/terraform.tfstate"')
    roots = {"net": NETWORK, "app": reads + thing("data.terraform_remote_state.n.outputs.subnet_ids")}
    deployment = read_one_of(tmp_path, roots)
    assert str(x(deployment)) == '[root["../net"].aws_subnet.a[0].id, root["../net"].aws_subnet.a[1].id]'
    assert addresses(deployment) == [
        "aws_thing.it",
        'root["../net"].aws_subnet.a[0]',
        'root["../net"].aws_subnet.a[1]',
    ]
    assert [each.borrowed for each in deployment.declarations] == [False, True, True]
    assert deployment.files == ("app/main.tf",)
    assert deployment.borrowed_files == ("net/main.tf",)
    assert str(find(deployment, 'root["../net"].aws_subnet.a[1]').attributes["availability_zone"]) == "eu-west-1b"


def test_a_root_is_entered_once_whoever_reads_it(tmp_path: Path) -> None:
    reads = state("local", 'path = "../net/terraform.tfstate"')
    module = reads + 'output "x" {\n  value = data.terraform_remote_state.n.outputs.subnet_ids[0]\n}\n'
    text = reads + 'module "m" {\n  source = "./m"\n}\n' + thing("module.m.x")
    roots = {"net": NETWORK, "app": text, "app/m": module}
    deployment = read_one_of(tmp_path, roots)
    assert str(x(deployment)) == 'root["../net"].aws_subnet.a[0].id'
    assert len(addresses(deployment)) == 3


def test_a_state_is_read_through_another(tmp_path: Path) -> None:
    passes_on = state("local", 'path = "../net/terraform.tfstate"')
    middle = passes_on + 'output "name" {\n  value = "${data.terraform_remote_state.n.outputs.name}-work"\n}\n'
    reads = state("local", 'path = "../middle/terraform.tfstate"')
    deployment = read_one_of(tmp_path, {"net": NETWORK, "middle": middle, "app": reads + NAME})
    assert str(x(deployment)) == "net-work"
    assert addresses(deployment)[1:] == ['root["../net"].aws_subnet.a[0]', 'root["../net"].aws_subnet.a[1]']


def test_roots_that_read_each_other_end(tmp_path: Path) -> None:
    def of(other: str) -> str:
        read_other = state("local", f'path = "../{other}/terraform.tfstate"')
        return read_other + 'output "name" {\n  value = data.terraform_remote_state.n.outputs.name\n}\n'

    found = x(read_one_of(tmp_path, {"net": of("app"), "app": of("net") + NAME}))
    assert isinstance(found, Unknown)
    assert found.reason == "the roots read each other's states"


def test_roots_that_read_ever_other_workspaces_of_each_other_end(tmp_path: Path) -> None:
    more = 'workspace = "${terraform.workspace}x"'
    net = state("local", 'path = "terraform.tfstate"', more)
    text = net + 'output "name" {\n  value = data.terraform_remote_state.n.outputs.name\n}\n'
    app = state("local", 'path = "../net/terraform.tfstate"') + NAME
    found = x(read_one_of(tmp_path, {"net": text, "app": app}))
    assert isinstance(found, Unknown)
    assert found.reason == "the roots read each other's states"


S3 = backend("s3", 'bucket = "b"\nkey = "k"\nworkspace_key_prefix = "envs/net"')


@pytest.mark.parametrize(
    ("reads", "workspace"),
    [
        (state("s3", 'bucket = "b"\nkey = "k"'), "default"),
        (state("s3", 'bucket = "b"\nkey = "k"\nworkspace_key_prefix = "envs/net"', 'workspace = "live"'), "live"),
        (state("s3", 'bucket = "b"\nkey = "envs/net/live/k"'), "live"),
        (state("s3", 'bucket = "b"\nkey = "envs/net/${terraform.workspace}/k"'), "terraform.workspace"),
        (
            state(
                "s3",
                'bucket = "b"\nkey = "k"\nworkspace_key_prefix = "envs/net"',
                "workspace = terraform.workspace",
            ),
            "terraform.workspace",
        ),
    ],
)
def test_a_state_is_one_workspaces(tmp_path: Path, reads: str, workspace: str) -> None:
    assert outcome(tmp_path, S3, reads, asked=WORKSPACE) == workspace


def test_a_workspace_that_is_passed_is_known_to_both(tmp_path: Path) -> None:
    reads = state("s3", 'bucket = "b"\nkey = "envs/net/${terraform.workspace}/k"')
    assert outcome(tmp_path, S3, reads, Inputs(workspace="live"), asked=WORKSPACE) == "live"


def test_another_key_of_that_workspace_is_another_state(tmp_path: Path) -> None:
    reads = state("s3", 'bucket = "b"\nkey = "envs/net/live/other"')
    assert "known to keep this state" in outcome(tmp_path, S3, reads)


def test_a_root_below_another_ones_prefix_is_told_apart(tmp_path: Path) -> None:
    below = backend("s3", 'bucket = "b"\nkey = "k"\nworkspace_key_prefix = "envs/net/part"')
    reads = state("s3", 'bucket = "b"\nkey = "envs/net/part/${terraform.workspace}/k"') + NAME
    part = below + 'output "name" {\n  value = "part"\n}\n'
    assert str(x(read_one_of(tmp_path, {"net": S3 + NETWORK, "part": part, "app": reads}))) == "part"


def test_a_state_chosen_by_a_condition_is_one_of_two(tmp_path: Path) -> None:
    reads = 'variable "c" {}\n' + state("s3", 'bucket = "b"\nkey = var.c ? "k" : "l"')
    other = backend("s3", 'bucket = "b"\nkey = "l"') + 'output "name" {\n  value = "other"\n}\n'
    net = backend("s3", 'bucket = "b"\nkey = "k"') + NETWORK
    found = x(read_one_of(tmp_path, {"net": net, "other": other, "app": reads + NAME}))
    assert str(found) == "var.c ? net : other"


def test_what_tells_the_state_by_a_default_is_assumed(tmp_path: Path) -> None:
    reads = 'variable "k" {\n  default = "k"\n}\n' + state("s3", 'bucket = "b"\nkey = var.k')
    net = backend("s3", 'bucket = "b"\nkey = "k"') + NETWORK
    found = x(read_one_of(tmp_path, {"net": net, "app": reads + NAME}))
    assert [each.name for each in found.assuming] == ["var.k"]


def test_an_output_that_is_not_declared_is_unknown_and_may_be_an_error(tmp_path: Path) -> None:
    reads = state("local", 'path = "../net/terraform.tfstate"')
    asked = thing("try(data.terraform_remote_state.n.outputs.nothing, 1)")
    assert isinstance(x(read_one_of(tmp_path, {"net": NETWORK, "app": reads + asked})), Unknown)


@pytest.mark.parametrize("attribute", ["values", "nonsensitive_values"])
def test_outputs_of_a_workspace_of_hcp_terraform(tmp_path: Path, attribute: str) -> None:
    cloud = 'terraform {\n  cloud {\n    organization = "o"\n    workspaces {\n      name = "net"\n    }\n  }\n}\n'
    reads = 'data "tfe_outputs" "n" {\n  organization = "o"\n  workspace = "net"\n}\n'
    roots = {"net": cloud + NETWORK, "app": reads + thing(f"data.tfe_outputs.n.{attribute}.workspace")}
    assert str(x(read_one_of(tmp_path, roots))) == "net"
    elsewhere = 'provider "tfe" {\n  hostname = "tfe.example.org"\n}\n'
    assert isinstance(x(read_one_of(tmp_path, roots | {"app": elsewhere + roots["app"]})), Unknown)


def test_the_older_form_of_the_configuration_as_a_block(tmp_path: Path) -> None:
    reads = state("local", 'path = "../net/terraform.tfstate"').replace("config = {", "config {")
    assert str(x(read_one_of(tmp_path, {"net": NETWORK, "app": reads + NAME}))) == "net"


def test_secrets_of_another_root_are_not_shown(tmp_path: Path) -> None:
    net = 'output "name" {\n  value = "hunter2"\n  sensitive = true\n}\n'
    reads = state("local", 'path = "../net/terraform.tfstate"')
    shown = find(read_one_of(tmp_path, {"net": net, "app": reads + NAME}), "aws_thing.it").shown()
    assert shown is not None
    assert "hunter2" not in str(shown["x"])


def test_a_root_alone_reads_no_other(tmp_path: Path) -> None:
    reads = state("local", 'path = "../net/terraform.tfstate"') + NAME
    for name, text in {"net": NETWORK, "app": reads}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(text)
    found = x(read_root("app", Files(tmp_path), Inputs()))
    assert str(found) == "data.terraform_remote_state.n.outputs['name']"


@pytest.mark.parametrize("value", ["null", "terraform.workspace == var.one ? null : 2"])
def test_a_state_has_no_output_that_is_null(tmp_path: Path, value: str) -> None:
    keeps = f'variable "one" {{}}\noutput "nothing" {{\n  value = {value}\n}}\n'
    reads = state("local", 'path = "../net/terraform.tfstate"', "  defaults = {\n    nothing = 1\n  }")
    asked = thing("data.terraform_remote_state.n.outputs.nothing")
    found = x(read_one_of(tmp_path, {"net": keeps, "app": reads + asked}))
    assert not any(isinstance(each, Absent) for each in alternatives(found, 9))
    assert any(isinstance(each, Unknown) for each in alternatives(found, 9))
