"""Stacks that the configuration names, in an editor: findings and facts tell which of them they are about."""

import pytest
from lsprotocol import types

DATABASE = """\
Parameters:
  MultiAZ: {Type: String}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      DBInstanceClass: db.t3.micro
      MultiAZ: !Ref MultiAZ
"""
STACKS = """\
profile: production
select: [HA401]
stacks:
  - {name: shop-production, template: database.yaml, parameters: production.json}
  - {name: shop-development, template: database.yaml, parameters: {MultiAZ: "true"}}
"""
FILES = {"database.yaml": DATABASE, "haanalyzer.yaml": STACKS, "production.json": '{"MultiAZ": "false"}'}
pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("client", ["visual_studio_code@v1.65.2", "pulling"])
async def test_a_finding_names_its_stack_and_goes_with_its_parameters(start, client):
    editor = await start(client, FILES)
    editor.open("database.yaml")
    (found,) = await editor.until("database.yaml", ["HA401"])
    assert found.message.endswith("in the stack shop-production")
    editor.open("production.json", '{"MultiAZ": "true"}', language="json")
    assert await editor.until("database.yaml", []) == []


async def test_stacks_are_those_of_the_configuration_as_it_is_saved(start):
    editor = await start("visual_studio_code@v1.65.2", FILES)
    editor.open("database.yaml")
    await editor.until("database.yaml", ["HA401"])
    editor.save("haanalyzer.yaml", STACKS.replace("production.json", '{MultiAZ: "true"}'))
    await editor.until("database.yaml", [])
    editor.save("haanalyzer.yaml", STACKS.replace('"true"', '"false"').replace("production.json", "no.json"))
    (found,) = await editor.until("database.yaml", ["HA401"])
    assert found.message.endswith("in the stack shop-development")
    (wrong,) = await editor.until("haanalyzer.yaml", ["invalid-stack"])
    assert wrong.range.start.line == 3


async def test_of_a_finding_in_several_stacks_the_others_are_related(start):
    editor = await start("visual_studio_code@v1.65.2", {**FILES, "haanalyzer.yaml": STACKS.replace("true", "false")})
    editor.open("database.yaml")
    (found,) = await editor.until("database.yaml", ["HA401"])
    assert found.message.endswith("in the stack shop-development")
    related = [each.message for each in found.related_information]
    assert related == ["the same holds for Database in database.yaml (shop-production)"]


async def test_what_a_parameter_is_differs_from_stack_to_stack(start):
    editor = await start("visual_studio_code@v1.65.2", FILES)
    editor.open("database.yaml")
    await editor.until("database.yaml", ["HA401"])
    line = DATABASE.splitlines().index("      MultiAZ: !Ref MultiAZ")
    shown = await editor.hover("database.yaml", line, 22)
    assert "database.yaml (shop-production)" in shown
    assert "database.yaml (shop-development)" in shown


async def test_a_samconfig_is_watched(start):
    samconfig = '[default.deploy.parameters]\nstack_name = "shop"\nparameter_overrides = "MultiAZ=false"\n'
    files = {
        "template.yaml": DATABASE,
        "samconfig.toml": samconfig,
        "haanalyzer.yaml": "profile: production\nselect: [HA401]\nstacks: [{samconfig: samconfig.toml}]\n",
    }
    editor = await start("visual_studio_code@v1.65.2", files)
    editor.open("template.yaml")
    await editor.until("template.yaml", ["HA401"])
    (editor.folder / "samconfig.toml").write_text(samconfig.replace("false", "true"))
    editor.tell(("samconfig.toml", types.FileChangeType.Changed))
    assert await editor.until("template.yaml", []) == []
