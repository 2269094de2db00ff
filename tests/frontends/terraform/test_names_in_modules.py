"""What names and references are, asked by their place."""

import pytest

from haanalyzer.frontends.deployment import Inputs, VariableText
from haanalyzer.source.files import Files
from haanalyzer.values import Unknown
from tests.frontends.terraform.reading import find, read

TIER = """\
variable "name" {
  default = "none"
}

output "upper" {
  value = upper(var.name)
}
"""


def ask(folder, files, marked, *, path="main.tf", inputs=None):
    """The answers at the first character of ``marked``: text, address, value (of an unknown the reason)."""
    deployment = read(folder, files, inputs)
    document = Files(folder).read(path)
    at = document.text.index(marked)
    return [
        (named.text, named.address, named.value.reason if isinstance(named.value, Unknown) else str(named.value))
        for named in deployment.values_at(document.span(at, at), document)
    ]


@pytest.mark.parametrize(
    ("marked", "text", "shown"),
    [
        ('zone" {', "var.zone", "no default and no value passed"),
        ("size =", "local.size", "small"),
        ("size, each", "local.size", "small"),
        ("both =", "local.both", "{a = 1, b = 2}"),
        ("both.a", "local.both", "{a = 1, b = 2}"),
        ("a}-x", "local.both.a", "1"),
        ('both["b', "local.both", "{a = 1, b = 2}"),
        ('"b"', 'local.both["b"]', "2"),
        ('o" {', "output.o", "2"),
        ("aws_region.here.name", "data.aws_region.here.name", "no region is configured and none was passed"),
        ("local.nothing", "local.nothing", "not declared in what was read"),
        ("prefix =", "prefix", "small-1-x"),
    ],
)
def test_a_name_is_answered_as_far_as_the_cursor(tmp_path, marked, text, shown):
    main = """\
variable "zone" {}
locals {
  both = { a = 1, b = 2 }
  size = "small"
  some = [for each in ["x"] : join("-", [local.size, each])]
  none = local.nothing
}
module "tier" {
  source = "./tier"
  prefix = "${local.size}-${local.both.a}-x"
}
data "aws_region" "here" {}
output "o" {
  value = local.both["b"]
}
output "region" {
  value = data.aws_region.here.name
}
"""
    assert ask(tmp_path, {"main.tf": main, "tier/main.tf": TIER}, marked) == [
        (text, "module.tier" if text == "prefix" else "", shown)
    ]


def test_each_instance_of_a_module_answers(tmp_path):
    main = """\
module "tier" {
  for_each = { a = "one", b = "two" }
  source   = "./tier"
  name     = each.value
}
resource "aws_eip" "all" {
  count = 2
  tags  = { Name = "${module.tier["a"].upper}${count.index}" }
}
"""
    files = {"main.tf": main, "tier/main.tf": TIER}
    both = ('module.tier["a"]', "one"), ('module.tier["b"]', "two")
    assert ask(tmp_path, files, "name ", path="main.tf") == [("name", *each) for each in both]
    assert ask(tmp_path, files, "each.value") == [("each.value", *each) for each in both]
    assert ask(tmp_path, files, "var.name", path="tier/main.tf") == [("var.name", *each) for each in both]
    assert ask(tmp_path, files, 'upper" {', path="tier/main.tf") == [
        ("output.upper", 'module.tier["a"]', "ONE"),
        ("output.upper", 'module.tier["b"]', "TWO"),
    ]
    assert ask(tmp_path, files, "upper}") == [('module.tier["a"].upper', "", "ONE")]
    assert ask(tmp_path, files, "count.index") == [
        ("count.index", "aws_eip.all[0]", "0"),
        ("count.index", "aws_eip.all[1]", "1"),
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "each.key]",
        "setting.value.name",
        "aws.west",
        "aws_vpc.main]",
        "aws_vpc.main.id",
        "plain",
        "# comment",
        "source",
        "string",
    ],
)
def test_what_is_no_value_of_the_module_is_not_answered(tmp_path, marked):
    main = """\
variable "one" {
  type = string
}
locals {
  some = [for each in [{ key = "x" }] : each.key]
  text = "plain" # comment
}
module "tier" {
  source    = "./tier"
  providers = { aws = aws.west }
}
resource "aws_vpc" "main" {}
resource "aws_thing" "it" {
  depends_on = [aws_vpc.main]
  vpc        = aws_vpc.main.id
  dynamic "setting" {
    for_each = [{ name = "x" }]
    content {
      name = setting.value.name
    }
  }
}
"""
    assert ask(tmp_path, {"main.tf": main, "tier/main.tf": TIER}, marked) == []


def test_a_file_with_an_error_answers_nothing(tmp_path):
    main = 'locals {\n  size = "small"\n}\nresource "aws_vpc" {{\n'
    assert ask(tmp_path, main, "size") == []


def test_a_reference_that_terraform_rejects_says_why(tmp_path):
    main = "locals {\n  map = {}\n  entry = local.map.absent\n}\n"
    assert ask(tmp_path, main, "absent") == [("local.map.absent", "", "Terraform rejects it: no attribute absent")]


SECRETS = """\
variable "password" {
  default   = "hunter2"
  sensitive = true
}
variable "hidden" {
  default   = 1
  sensitive = false
}
locals {
  url    = "db://${var.password}"
  marked = sensitive("hunter2")
}
module "tier" {
  source = "./tier"
  name   = local.url
}
resource "aws_db_instance" "it" {
  count    = var.hidden
  password = module.tier.upper
  username = "admin"
}
resource "aws_eip" "it" {
  count = length(var.password)
}
output "secret" {
  value     = "hunter2"
  sensitive = true
}
"""


@pytest.mark.parametrize("inputs", [None, Inputs(variables=(VariableText("password", "hunter2"),))])
def test_what_rests_on_a_secret_is_unknown(tmp_path, inputs):
    files = {"main.tf": SECRETS, "tier/main.tf": TIER}
    hidden = "sensitive, and not shown"
    assert ask(tmp_path, files, 'password" {', inputs=inputs) == [("var.password", "", hidden)]
    assert ask(tmp_path, files, "url ", inputs=inputs) == [("local.url", "", hidden)]
    assert ask(tmp_path, files, "marked", inputs=inputs) == [("local.marked", "", hidden)]
    assert ask(tmp_path, files, 'secret" {', inputs=inputs) == [("output.secret", "", hidden)]
    assert ask(tmp_path, files, 'hidden" {', inputs=inputs) == [("var.hidden", "", "1")]
    assert ask(tmp_path, files, "var.name", path="tier/main.tf", inputs=inputs) == [("var.name", "module.tier", hidden)]
    deployment = read(tmp_path, files, inputs)
    shown = find(deployment, "aws_db_instance.it[0]").shown()
    assert (str(shown["username"]), shown["password"].reason) == ("admin", hidden)
    assert find(deployment, "aws_eip.it[0]").shown() is None
    assert str(find(deployment, "aws_db_instance.it[0]").attributes["password"]) == "DB://HUNTER2"


def test_a_default_that_is_secret_is_assumed_without_saying_it(tmp_path):
    deployment = read(tmp_path, {"main.tf": SECRETS, "tier/main.tf": TIER})
    password = find(deployment, "aws_db_instance.it[0]").attributes["password"]
    assert [str(each) for each in password.assuming] == ["var.password = (sensitive) (default)"]


@pytest.mark.parametrize(
    ("marked", "text", "shown"),
    [
        ('size"', "local.size", "small"),
        ("local.size}", "local.size", "small"),
        ("var.zone", "var.zone", "no default and no value passed"),
        ('"zone"', "var.zone", "no default and no value passed"),
        ('"all"', "output.all", "é small"),
    ],
)
def test_names_in_json(tmp_path, marked, text, shown):
    main = """\
{"variable": {"zone": {}}, "locals": {"size": "small", "other": ["${var.zone}"]},
"output": {"all": {"value": "\\u00e9 ${local.size}"}}}
"""
    assert ask(tmp_path, {"main.tf.json": main}, marked, path="main.tf.json") == [(text, "", shown)]
