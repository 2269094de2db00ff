"""Hover on what is no resource: references, variables, parameters, conditions, outputs."""

import pytest

pytestmark = pytest.mark.asyncio

CLIENT = "visual_studio_code@v1.65.2"

MAIN = """\
variable "zone" {}

variable "password" {
  default   = "hunter2"
  sensitive = true
}

locals {
  size = "small"
  url  = "db://${var.password}"
}

module "first" {
  source = "./tier"
  name   = "one"
}

module "second" {
  source = "./tier"
  name   = local.size
}

resource "aws_db_instance" "orders" {
  identifier        = "${local.size}-db"
  availability_zone = var.zone
  password          = var.password
}

output "url" {
  value = "${module.first.upper}/${local.url}"
}
"""

TIER = """\
variable "name" {
  default = "none"
}

output "upper" {
  value = upper(var.name)
}
"""

TEMPLATE = """\
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Zone: {Type: String, AllowedValues: [eu-west-1a, eu-west-1b]}
  Password: {Type: String, NoEcho: true, Default: hunter2}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Sub '${Stage}-${Zone}'
      DisplayName: !Select [0, [!If [IsProd, large, small], x]]
      KmsMasterKeyId: !Sub 'x-${Password}'
Outputs:
  Name:
    Value: !Ref Stage
"""


def under(text, line, words):
    """The line (from 0) that begins with ``line``, and the column of ``words`` in it."""
    for number, written in enumerate(text.split("\n")):
        if written.strip().startswith(line):
            return number, written.index(words)
    pytest.fail(f"no line {line}")


async def test_references_and_declarations_of_terraform_show_their_values(start):
    editor = await start(CLIENT, {"main.tf": MAIN, "tier/main.tf": TIER})
    editor.open("main.tf", MAIN, "terraform")
    editor.open("tier/main.tf", TIER, "terraform")
    await editor.lenses("main.tf")

    async def hover(line, words):
        return await editor.hover("main.tf", *under(MAIN, line, words))

    assert await hover("size", "size") == "`local.size` is `small`"
    assert await hover('variable "zone"', "zone") == "`var.zone` is not known: no default and no value passed"
    assert await hover("name   = local.size", "name") == "`name` is `small`"
    assert await hover("identifier", "local.size") == "`local.size` is `small`\n\n---\n\n`identifier` is `small-db`"
    assert (await hover("value", "first.upper")).startswith("`module.first.upper` is `ONE`")
    assert await editor.hover("tier/main.tf", 0, 12) == (
        "`module.first`: `var.name` is `one`\n\n---\n\n`module.second`: `var.name` is `small`"
    )
    assert await editor.hover("tier/main.tf", 5, 18) == (
        "`module.first`: `var.name` is `one`\n\n---\n\n`module.second`: `var.name` is `small`"
    )


async def test_a_default_that_was_assumed_is_said(start):
    text = 'variable "size" {\n  default = "small"\n}\n'
    editor = await start(CLIENT, {"main.tf": text + 'resource "aws_vpc" "one" {}\n'})
    editor.open("main.tf", language="terraform")
    await editor.lenses("main.tf")
    assert await editor.hover("main.tf", 0, 12) == "`var.size` is `small`  \nassuming var.size = small (default)"


async def test_what_is_secret_is_never_shown(start):
    editor = await start(CLIENT, {"main.tf": MAIN, "tier/main.tf": TIER, "net.yaml": TEMPLATE})
    shown = []
    for name, text in (("main.tf", MAIN), ("net.yaml", TEMPLATE)):
        editor.open(name, text, "terraform" if name == "main.tf" else "yaml")
        await editor.lenses(name)
        for number, line in enumerate(text.split("\n")):
            shown += [await editor.hover(name, number, column) for column in range(0, len(line), 3)]
    assert not [each for each in shown if each and "hunter2" in each]
    assert "`var.password` is not known: sensitive, and not shown" in "".join(filter(None, shown))
    assert "`Password` is not known: NoEcho, and not shown" in "".join(filter(None, shown))


async def test_names_and_functions_of_a_template_show_their_values(start):
    editor = await start(CLIENT, {"net.yaml": TEMPLATE})
    editor.open("net.yaml")
    await editor.lenses("net.yaml")

    async def hover(line, words):
        return (await editor.hover("net.yaml", *under(TEMPLATE, line, words))).split("\n\n---\n\n")[0]

    stage = "`Stage` is `dev`  \nassuming Stage = dev (default)"
    zone = "`Zone` is not known: parameter without default; allowed are eu-west-1a, eu-west-1b"
    assert await hover("Stage", "Stage") == stage
    assert await hover("Zone", "Zone") == zone
    assert await hover("TopicName", "Zone") == zone
    assert await hover("IsProd", "IsProd") == "`IsProd` is `false`  \nassuming Stage = dev (default)"
    assert await hover("DisplayName", "IsProd") == "`IsProd` is `false`  \nassuming Stage = dev (default)"
    assert await hover("DisplayName", "!Select") == (
        "`!Select [0, [!If [IsProd, large, small], x]]` is `small`  \nassuming Stage = dev (default)"
    )
    assert await hover("Name:", "Name") == "`Name` is `dev`  \nassuming Stage = dev (default)"


async def test_a_broken_file_shows_no_values(start):
    editor = await start(CLIENT, {"main.tf": MAIN, "tier/main.tf": TIER})
    broken = MAIN + 'resource "aws_vpc" {{\n'
    editor.open("main.tf", broken, "terraform")
    await editor.lenses("main.tf")
    assert await editor.hover("main.tf", *under(broken, "size", "size")) is None


async def test_a_module_of_several_deployments_names_them_and_stops_somewhere(start):
    caller = 'module "tier" {{\n  source = "../tier"\n  name   = "{0}"\n}}\nresource "aws_vpc" "main" {{}}\n'
    roots = {f"{name}/main.tf": caller.format(name) for name in ("a", "b", "c", "d", "e")}
    editor = await start(CLIENT, {**roots, "tier/main.tf": TIER})
    editor.open("tier/main.tf", TIER, "terraform")
    await editor.lenses("tier/main.tf")
    assert await editor.hover("tier/main.tf", 0, 12) == "\n\n---\n\n".join(
        [*(f"`{name}: module.tier`: `var.name` is `{name}`" for name in ("a", "b", "c")), "and 2 more that differ"]
    )


async def test_of_many_defaults_the_first_are_said(start):
    names = [f"v{number}" for number in range(10)]
    variables = "".join(f'variable "{name}" {{\n  default = "x"\n}}\n' for name in names)
    joined = "".join(f"${{var.{name}}}" for name in names)
    text = f'locals {{\n  all = "{joined}"\n}}\nresource "aws_vpc" "one" {{}}\n{variables}'
    editor = await start(CLIENT, {"main.tf": text})
    editor.open("main.tf", text, "terraform")
    await editor.lenses("main.tf")
    first, *assumed, last = (await editor.hover("main.tf", 1, 3)).split("  \n")
    assert first == "`local.all` is `xxxxxxxxxx`"
    assert assumed == [f"assuming var.{name} = x (default)" for name in names[:8]]
    assert last == "and 2 other defaults"
