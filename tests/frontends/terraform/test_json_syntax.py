from __future__ import annotations

import json
from pathlib import Path

import pytest

from haanalyzer.frontends.deployment import Deployment
from haanalyzer.frontends.terraform.parsing.json_syntax import parse_json_body
from haanalyzer.frontends.terraform.parsing.notations import expression_of
from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax, BodySyntax, Invalid
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.values import Absent, ListValue, MapValue, Unknown
from tests.frontends.terraform.reading import addresses, find, read


def parsed(content: object) -> tuple[BodySyntax, list[Diagnostic]]:
    text = content if isinstance(content, str) else json.dumps(content)
    return parse_json_body(Document("main.tf.json", text))


def block(content: object) -> BlockSyntax:
    """The only block of a content that has nothing wrong with it."""
    body, diagnostics = parsed(content)
    assert diagnostics == []
    (found,) = body.blocks
    return found


def resource(content: object, type_: str = "aws_thing") -> BlockSyntax:
    return block({"resource": {type_: {"it": content}}})


def read_json(folder: Path, content: object, **more: object) -> Deployment:
    texts = {f"{name}.tf.json": json.dumps(each) for name, each in {"main": content, **more}.items()}
    return read(folder, texts)


class TestBlocks:
    @pytest.mark.parametrize(
        "content",
        [
            {"resource": {"aws_vpc": {"a": {}, "b": {}}}},
            {"resource": [{"aws_vpc": {"a": {}}}, {"aws_vpc": {"b": {}}}]},
            {"resource": {"aws_vpc": [{"a": {}}, {"b": {}}]}},
            {"resource": {"aws_vpc": {"a": [{}], "b": [{}]}}},
            [{"resource": {"aws_vpc": {"a": {}}}}, {"resource": {"aws_vpc": {"b": {}}}}],
            '{"resource": {"aws_vpc": {"a": {}}}, "resource": {"aws_vpc": {"b": {}}}}',
            '{"resource": {"aws_vpc": {"a": {}}, "aws_vpc": {"b": {}}}}',
            {"//": "said", "resource": {"//": "said", "aws_vpc": {"//": "said", "a": {"//": "said"}, "b": {}}}},
        ],
    )
    def test_objects_and_lists_at_any_level(self, content: object) -> None:
        body, diagnostics = parsed(content)
        assert diagnostics == []
        assert [each.labels for each in body.blocks] == [("aws_vpc", "a"), ("aws_vpc", "b")]
        assert not any(each.body.attributes for each in body.blocks)

    def test_the_places_of_keys_and_values(self) -> None:
        text = '{"resource": {"aws_vpc": {\n  "main": {\n    "cidr_block": "10.0.0.0/16"\n  }\n}}}\n'
        found = block(text)
        attribute = found.body.attributes["cidr_block"]
        assert found.header_span == ("main.tf.json", 2, 3, 2, 9)
        assert attribute.key_span == ("main.tf.json", 3, 6, 3, 16)
        assert attribute.span == ("main.tf.json", 3, 19, 3, 32)
        assert text[found.end - 1] == "}"
        assert found.document.position(found.end) == (4, 4)

    def test_of_several_blocks_each_has_a_place_of_its_own(self) -> None:
        first, second = resource({"ingress": [{"from_port": 1}, {"from_port": 2}]}).body.blocks_of("ingress")
        assert first.end < second.start < second.header_end < second.end
        assert len({first.header_span, second.header_span}) == 2

    @pytest.mark.parametrize(
        ("content", "what"),
        [
            ({"resource": "x"}, "an object in `resource`"),
            ({"resource": {"aws_vpc": {"a": 1}}}, "an object in a block"),
            ({"variable": {"a": ["x"]}}, "an object in a block"),
            ([1], "an object in the file"),
            ("3", "an object in the file"),
        ],
    )
    def test_what_is_no_block(self, content: object, what: str) -> None:
        _, diagnostics = parsed(content)
        assert [each.message for each in diagnostics] == [f"expected {what}"]

    @pytest.mark.parametrize(
        ("text", "position"),
        [
            ("", (1, 1)),
            ("{", (1, 2)),
            ('{"a": 1,}', (1, 8)),
            ("{\n# c\n}", (2, 1)),
            ("{'a': 1}", (1, 2)),
            ("a: 1", (1, 1)),
        ],
    )
    def test_what_is_no_json(self, text: str, position: tuple[int, int]) -> None:
        body, (diagnostic,) = parsed(text)
        assert body == BodySyntax()
        assert (diagnostic.place.line, diagnostic.code) == (position[0], "invalid-json")
        assert diagnostic.message.startswith("expected ")

    def test_nesting_without_end(self) -> None:
        for text in ('{"a":' * 5000, '{"a":' * 5000 + "1" + "}" * 5000):
            body, diagnostics = parsed(text)
            assert (body, len(diagnostics)) == (BodySyntax(), 1)


class TestNestedBlocks:
    def test_a_list_of_objects_is_blocks_and_any_other_list_is_none(self) -> None:
        body = resource({"rule": [{"a": 1}, {"a": 2}], "names": ["a"], "mixed": [{}, 1], "none": []}).body
        assert [each.type for each in body.blocks] == ["rule", "rule"]
        assert list(body.attributes) == ["names", "mixed", "none"]

    def test_the_catalogue_tells_a_block_from_a_map(self) -> None:
        body = resource({"root_block_device": {"encrypted": True}, "tags": {"Name": "a"}}, "aws_instance").body
        assert [each.type for each in body.blocks] == ["root_block_device"]
        assert list(body.attributes) == ["tags"]

    def test_and_blocks_in_blocks(self) -> None:
        distribution = {"on_demand_base_capacity": 1}
        content = {"mixed_instances_policy": {"instances_distribution": distribution, "else": {"a": 1}}}
        (policy,) = resource(content, "aws_autoscaling_group").body.blocks
        assert [each.type for each in policy.body.blocks] == ["instances_distribution"]
        assert list(policy.body.attributes) == ["else"]

    def test_also_those_that_a_dynamic_block_makes(self) -> None:
        dynamic = {"mixed_instances_policy": {"for_each": [1], "content": {"instances_distribution": {"a": 1}}}}
        (made,) = resource({"dynamic": dynamic}, "aws_autoscaling_group").body.blocks
        (policy,) = made.body.blocks
        assert (made.labels, list(made.body.attributes)) == (("mixed_instances_policy",), ["for_each"])
        assert [each.type for each in policy.body.blocks] == ["instances_distribution"]

    def test_what_terraform_itself_reads_is_always_a_block(self) -> None:
        provisioner = {"local-exec": {"command": "true"}}
        body = resource({"lifecycle": {"prevent_destroy": True}, "provisioner": [provisioner], "connection": {}}).body
        assert [(each.type, each.labels) for each in body.blocks] == [
            ("lifecycle", ()),
            ("provisioner", ("local-exec",)),
            ("connection", ()),
        ]

    def test_a_module_takes_arguments_only(self) -> None:
        content = {"module": {"m": {"source": "./m", "rules": [{"a": 1}], "root_block_device": {"a": 1}}}}
        assert not block(content).body.blocks

    def test_an_argument_that_is_set_twice_is_said_once(self) -> None:
        body, diagnostics = parsed('{"resource": {"aws_vpc": {"a": {"x": 1, "x": 2}}}}')
        assert body.blocks[0].body.attributes["x"].text == "1"
        assert [each.message for each in diagnostics] == [
            "`x` is set twice: expected it once, and the first one counts"
        ]

    def test_a_key_that_comes_twice_in_a_value_is_said(self) -> None:
        _, diagnostics = parsed('{"resource": {"aws_vpc": {"a": {"tags": {"x": 1, "x": 2}}}}}')
        assert [each.code for each in diagnostics] == ["duplicate-key"]


class TestValues:
    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("a", "a"),
            (1, "1"),
            (1.5, "1.5"),
            (True, "true"),
            ("${1 + 1}", "2"),
            ("x-${local.a}", "x-b"),
            ("$${local.a}", "${local.a}"),
            ('${"\\"${local.a}\\""}', '"b"'),
            ("%{ if true }yes%{ endif }", "yes"),
            ('tab\there, "quotes", 😀 ${local.a}', 'tab\there, "quotes", 😀 b'),
            ("${local.list[1]}", "d"),
        ],
    )
    def test_texts_are_templates(self, tmp_path: Path, written: object, value: str) -> None:
        content = {"locals": {"a": "b", "list": ["c", "d"]}, "resource": {"aws_thing": {"it": {"x": written}}}}
        assert str(find(read_json(tmp_path, content), "aws_thing.it").attributes["x"]) == value

    def test_objects_lists_and_null(self, tmp_path: Path) -> None:
        content = {
            "locals": {"a": "b"},
            "resource": {"aws_thing": {"it": {"x": {"${local.a}": [1, "${local.a}"]}, "y": None}}},
        }
        attributes = find(read_json(tmp_path, content), "aws_thing.it").attributes
        found = attributes["x"]
        assert isinstance(found, MapValue)
        assert str(found) == "{b = [1, b]}"
        assert isinstance(attributes["y"], Absent)

    @pytest.mark.parametrize("before", ["", "\\u00e9", "\\n", '\\"', "\\\\", "\\ud83d\\ude00", "😀"])
    def test_the_place_of_a_reference_in_a_text(self, tmp_path: Path, before: str) -> None:
        line = f'{{"resource": {{"aws_thing": {{"it": {{"x": ["{before} ${{concat(var.unknown, [])}}"]}}}}}}}}'
        found = find(read(tmp_path, {"main.tf.json": line}), "aws_thing.it").attributes["x"]
        assert isinstance(found, ListValue)
        (item,) = found.items
        assert isinstance(item, Unknown)
        assert item.place.column == line.index("var.unknown") + 1

    def test_what_cannot_be_parsed(self, tmp_path: Path) -> None:
        content = {"resource": {"aws_thing": {"it": {"x": "${1 +}"}}}}
        attribute = block(content).body.attributes["x"]
        assert isinstance(expression_of(attribute), Invalid)
        found = read_json(tmp_path, content)
        assert isinstance(find(found, "aws_thing.it").attributes["x"], Unknown)
        assert [each.place.path for each in found.found_later()] == ["main.tf.json"]

    def test_nothing_is_interpolated_in_a_variables_default(self, tmp_path: Path) -> None:
        content = {"variable": {"v": {"default": "${a}"}}, "resource": {"aws_thing": {"it": {"x": "${var.v}"}}}}
        assert str(find(read_json(tmp_path, content), "aws_thing.it").attributes["x"]) == "${a}"


class TestNames:
    def test_types_are_written_as_texts(self, tmp_path: Path) -> None:
        variable = {"type": 'object({a = optional(list(string), ["x"])})', "default": {}}
        content = {"variable": {"v": variable}, "resource": {"aws_thing": {"it": {"x": "${var.v.a}"}}}}
        assert str(find(read_json(tmp_path, content), "aws_thing.it").attributes["x"]) == "[x]"

    def test_providers(self, tmp_path: Path) -> None:
        west = {"alias": "west", "region": "us-west-2"}
        root = {
            "provider": {"aws": [{"region": "eu-west-1"}, west]},
            "resource": {"aws_thing": {"here": {}, "there": {"provider": "aws.west"}}},
            "module": {"m": {"source": "./m", "providers": {"aws": "aws.west"}}},
        }
        texts = {"main.tf.json": json.dumps(root), "m/main.tf.json": '{"resource": {"aws_thing": {"inner": {}}}}'}
        deployment = read(tmp_path, texts)
        regions = {each.address: str(each.region) for each in deployment.declarations}
        assert regions == {
            "aws_thing.here": "eu-west-1",
            "aws_thing.there": "us-west-2",
            "module.m.aws_thing.inner": "us-west-2",
        }

    def test_dynamic_blocks(self, tmp_path: Path) -> None:
        dynamic = {"rule": {"for_each": ["a", "b"], "iterator": "each_rule", "content": {"name": "${each_rule.value}"}}}
        content = {"resource": {"aws_thing": {"it": {"rule": [{"name": "first"}], "dynamic": dynamic}}}}
        found = find(read_json(tmp_path, content), "aws_thing.it").attributes["rule"]
        assert str(found) == "[{name = first}, {name = a}, {name = b}]"


def test_both_syntaxes_in_one_module(tmp_path: Path) -> None:
    texts = {
        "a.tf": 'resource "aws_thing" "hcl" {\n  x = local.a\n}\n',
        "b.tf.json": '{"locals": {"a": "${aws_thing.json.id}"}, "resource": {"aws_thing": {"json": {}}}}',
    }
    deployment = read(tmp_path, texts)
    assert sorted(addresses(deployment)) == ["aws_thing.hcl", "aws_thing.json"]
    assert str(find(deployment, "aws_thing.hcl").attributes["x"]) == "aws_thing.json.id"
