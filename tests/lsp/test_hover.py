"""Hover and code lenses."""

import pytest

from tests.lsp.samples import DATABASES, MENDED, MODULE, ROOT, TEMPLATE

pytestmark = pytest.mark.asyncio

UNKNOWN = """\
variable "zone" {
  type = string
}

variable "size" {
  type    = string
  default = "db.t4g.small"
}

resource "aws_subnet" "one" {
  vpc_id            = "vpc-1"
  availability_zone = var.zone
}

resource "aws_db_instance" "orders" {
  instance_class = var.size
  multi_az       = terraform.workspace == "prod" ? true : false
  # nothing is known here
}
"""


async def test_a_finding_shows_the_page_of_its_rule(start):
    editor = await start("visual_studio_code@v1.65.2", {"net.yaml": TEMPLATE, "main.tf": DATABASES})
    editor.open("net.yaml")
    (found,) = await editor.until("net.yaml", ["HA101"])
    page = await editor.hover("net.yaml", 14, found.range.start.character + 3)
    assert "[HA101 single-zone-tier](https://" in page
    assert "**How to mend**: Give the subnets of each part different zones" in page
    editor.open("main.tf", language="terraform")
    assert "**Fix**: set `skip_final_snapshot` to `false`" in await editor.hover("main.tf", 4, 5)


async def test_an_attribute_shows_what_it_is_known_to_be(start):
    editor = await start("visual_studio_code@v1.65.2", {"net.yaml": MENDED, "main.tf": UNKNOWN})
    editor.open("net.yaml")
    editor.open("main.tf", UNKNOWN, "terraform")
    await editor.lenses("net.yaml")
    assert await editor.hover("net.yaml", 11, 12) == "`AvailabilityZone` is the first zone of the region (`?#0`)"
    assert await editor.hover("net.yaml", 9, 8) == "`VpcId` is `Ref` of `Vpc`"
    zone, size, multi = [await editor.hover("main.tf", line, 6) for line in (11, 15, 16)]
    assert zone == "`availability_zone` is `var.zone` (no default and no value passed)"
    assert size == "`instance_class` is `db.t4g.small`  \nassuming var.size = db.t4g.small (default)"
    assert multi.startswith("`multi_az` is `true` if ")
    assert [await editor.hover("main.tf", line, 4) for line in (13, 17)] == [None, None]


async def test_a_resource_shows_its_zones_and_the_instances_apart(start):
    editor = await start("visual_studio_code@v1.65.2", {"main.tf": ROOT, "network/main.tf": MODULE})
    editor.open("network/main.tf", language="terraform")
    await editor.lenses("network/main.tf")
    assert await editor.hover("network/main.tf", 8, 14) == "`aws_subnet`: subnet  \nzones: eu-west-1a"
    editor.open("main.tf", ROOT.replace('"eu-west-1a"]', '"eu-west-1b"]'), "terraform")
    assert await editor.hover("network/main.tf", 8, 14) == (
        "`module.network.aws_subnet.isolated[0]`: `aws_subnet`: subnet  \nzones: eu-west-1a"
        "\n\n---\n\n"
        "`module.network.aws_subnet.isolated[1]`: `aws_subnet`: subnet  \nzones: eu-west-1b"
    )


async def test_lenses_show_zones_above_what_stands_in_them(start):
    editor = await start(
        "visual_studio_code@v1.65.2", {"net.yaml": TEMPLATE, "main.tf": ROOT, "network/main.tf": MODULE}
    )
    editor.open("net.yaml")
    assert await editor.lenses("net.yaml") == {6: "zones: ?#0", 12: "zones: ?#0"}
    editor.open("network/main.tf", language="terraform")
    assert await editor.lenses("network/main.tf") == {8: "zones: eu-west-1a"}
    assert await editor.lenses("main.tf") == {}


async def test_lenses_are_off_where_the_client_says_so(start):
    editor = await start("visual_studio_code@v1.65.2", {"net.yaml": TEMPLATE}, settings={"codeLens": False})
    editor.open("net.yaml")
    assert await editor.lenses("net.yaml") == {}
