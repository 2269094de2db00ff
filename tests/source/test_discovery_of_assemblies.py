"""What discovery finds in the folders that the CDK synthesizes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from haanalyzer.source.assembly import StackArtifact
from haanalyzer.source.discovery import Discovery, discover, facts_of
from haanalyzer.source.files import Files

TEMPLATE = json.dumps({"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}})


def stack(template: str, environment: str = "aws://unknown-account/unknown-region", **properties: object) -> object:
    properties = {"templateFile": template, **properties}
    return {"type": "aws:cloudformation:stack", "environment": environment, "properties": properties}


def manifest(**artifacts: object) -> str:
    return json.dumps({"version": "48.0.0", "artifacts": artifacts})


def found(base: Path, texts: dict[str, str], *paths: str) -> Discovery:
    for path, text in texts.items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_text(text)
    return discover(paths or ["."], Files(base))


def codes(discovery: Discovery) -> list[tuple[str, str]]:
    return [(each.place.path, each.code) for each in discovery.diagnostics]


def artifacts(discovery: Discovery) -> dict[str, StackArtifact]:
    return {each.template: each.artifact for each in discovery.stacks}


def test_the_manifest_says_which_templates_are_stacks_and_where_they_are_deployed(tmp_path: Path) -> None:
    texts = {
        "app/cdk.json": "{}",
        "app/cdk.out/manifest.json": manifest(
            Shop=stack("Shop.template.json", "aws://111122223333/eu-west-1", stackName="shop", parameters={"Size": 2}),
            Blog=stack("Blog.template.json"),
            Tree={"type": "cdk:tree", "properties": {"file": "tree.json"}},
        ),
        "app/cdk.out/Shop.template.json": TEMPLATE,
        "app/cdk.out/Blog.template.json": TEMPLATE,
        "app/cdk.out/ShopQueues.nested.template.json": TEMPLATE,
        "app/cdk.out/tree.json": "{}",
    }
    discovery = found(tmp_path, texts)
    assert discovery.templates == ("app/cdk.out/Blog.template.json", "app/cdk.out/Shop.template.json")
    assert artifacts(discovery) == {
        "app/cdk.out/Shop.template.json": StackArtifact(
            "Shop.template.json", "shop", "eu-west-1", "111122223333", (("Size", "2"),)
        ),
        "app/cdk.out/Blog.template.json": StackArtifact("Blog.template.json", "Blog", None, None, ()),
    }
    assert codes(discovery) == []


def test_stages_are_assemblies_of_their_own_and_assets_are_not_looked_at(tmp_path: Path) -> None:
    texts = {
        "cdk.out/manifest.json": manifest(
            Live={"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Live"}}
        ),
        "cdk.out/assembly-Live/manifest.json": manifest(
            LiveShop=stack("LiveShop.template.json", "aws://unknown-account/us-east-1", stackName="Live-Shop")
        ),
        "cdk.out/assembly-Live/LiveShop.template.json": TEMPLATE,
        "cdk.out/asset.0f/template.yaml": TEMPLATE,
        "cdk.out/asset.0f.json": TEMPLATE,
    }
    discovery = found(tmp_path, texts)
    assert discovery.templates == ("cdk.out/assembly-Live/LiveShop.template.json",)
    assert [each.artifact.region for each in discovery.stacks] == ["us-east-1"]


@pytest.mark.parametrize("folder", ["integ.queue.js.snapshot", "build", "."])
def test_an_assembly_is_one_whatever_its_folder_is_called(tmp_path: Path, folder: str) -> None:
    texts = {"manifest.json": manifest(Shop=stack("Shop.template.json")), "Shop.template.json": TEMPLATE}
    texts |= {"Left.template.json": TEMPLATE, "asset.1/copy.yaml": TEMPLATE, "network.yaml": TEMPLATE}
    discovery = found(tmp_path, {f"{folder}/{path}": text for path, text in texts.items()})
    way = "" if folder == "." else f"{folder}/"
    assert discovery.templates == (f"{way}Shop.template.json", f"{way}network.yaml")
    assert codes(discovery) == [(f"{way}Left.template.json", "not-in-assembly")]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"name": "My page", "icons": [], "start_url": "/"}),
        json.dumps({"version": "1", "artifacts": {"app.js": {"type": "script"}}}),
        json.dumps({"version": "1", "artifacts": {"app.js": {"type": ["script"]}}}),
        json.dumps({"artifacts": ["a.zip"]}),
        "",
    ],
)
def test_other_files_of_the_name_are_no_manifests(tmp_path: Path, text: str) -> None:
    discovery = found(tmp_path, {"manifest.json": text, "shop.template.json": TEMPLATE, "asset.1/copy.yaml": TEMPLATE})
    assert discovery.templates == ("asset.1/copy.yaml", "shop.template.json")
    assert codes(discovery) == []


def test_a_broken_manifest_is_said_and_its_templates_are_read_without_it(tmp_path: Path) -> None:
    discovery = found(
        tmp_path, {"manifest.json": manifest(A=stack("A.template.json"))[:-1], "A.template.json": TEMPLATE}
    )
    assert discovery.templates == ("A.template.json",)
    assert discovery.stacks == ()
    assert codes(discovery) == [("manifest.json", "invalid-manifest")]


@pytest.mark.parametrize(
    ("props", "read"),
    [
        ({"account": "111122223333", "region": "eu-west-1"}, ["Blog", "Live"]),
        ({"account": "444455556666", "region": "eu-west-1"}, ["Blog", "Live", "Shop"]),
        ({}, []),
    ],
)
def test_dummies_in_the_place_of_what_was_not_looked_up_are_not_analyzed(
    tmp_path: Path, props: dict[str, str], read: list[str]
) -> None:
    content = json.loads(
        manifest(
            Shop=stack("Shop.template.json", "aws://111122223333/eu-west-1"),
            Live=stack("Live.template.json", "aws://111122223333/us-east-1"),
            Blog=stack("Blog.template.json"),
        )
    )
    content["missing"] = [{"key": "availability-zones:…", "provider": "availability-zones", "props": props}]
    names = ("Blog", "Live", "Shop")
    texts = {"manifest.json": json.dumps(content), **{f"{name}.template.json": TEMPLATE for name in names}}
    discovery = found(tmp_path, texts)
    assert discovery.templates == tuple(f"{name}.template.json" for name in read)
    assert codes(discovery) == [(f"{name}.template.json", "context-missing") for name in names if name not in read]
    assert all("availability-zones" in each.message for each in discovery.diagnostics)


def test_a_stack_without_resources_is_not_deployed_and_a_broken_template_is(tmp_path: Path) -> None:
    texts = {
        "manifest.json": manifest(Empty=stack("Empty.template.json"), Broken=stack("Broken.template.json")),
        "Empty.template.json": json.dumps({"Parameters": {"BootstrapVersion": {"Type": "String"}}}),
        "Broken.template.json": TEMPLATE[:10],
    }
    discovery = found(tmp_path, texts)
    assert discovery.templates == ("Broken.template.json",)
    assert codes(discovery) == []


def test_a_manifest_without_its_templates_is_one_note(tmp_path: Path) -> None:
    discovery = found(tmp_path, {"manifest.json": manifest(A=stack("A.template.json"), B=stack("B.template.json"))})
    (note,) = discovery.diagnostics
    assert note.code == "assembly-incomplete"
    assert "A.template.json, B.template.json" in note.message
    assert not note.is_error


@pytest.mark.parametrize("given", ["cdk.out", "cdk.out/manifest.json", "cdk.out/Shop.template.json"])
def test_an_assembly_may_be_named_by_its_folder_its_manifest_or_a_template(tmp_path: Path, given: str) -> None:
    texts = {
        "cdk.out/manifest.json": manifest(Shop=stack("Shop.template.json", "aws://unknown-account/eu-west-1")),
        "cdk.out/Shop.template.json": TEMPLATE,
    }
    discovery = found(tmp_path, texts, given)
    assert discovery.templates == ("cdk.out/Shop.template.json",)
    assert [each.artifact.region for each in discovery.stacks] == ["eu-west-1"]
    assert codes(discovery) == []


def test_applications_that_nobody_synthesized_are_one_note(tmp_path: Path) -> None:
    texts = {"a/cdk.json": "{}", "b/cdk.json": "{}", "c/cdk.json": "{}"}
    texts |= {"c/cdk.out/manifest.json": manifest(Tree={"type": "cdk:tree"})}
    discovery = found(tmp_path, texts)
    assert codes(discovery) == [("a/cdk.json", "not-synthesized")]
    assert "1 more" in discovery.diagnostics[0].message
    assert "cdk synth" in discovery.diagnostics[0].message


def test_an_application_at_the_base_is_synthesized_below_it(tmp_path: Path) -> None:
    texts = {"cdk.json": "{}", "cdk.out/manifest.json": manifest(Tree={"type": "cdk:tree"})}
    assert codes(found(tmp_path, texts)) == []


def test_discovery_looks_again_when_a_manifest_says_something_else(tmp_path: Path) -> None:
    files = Files(tmp_path)
    (tmp_path / "manifest.json").write_text(manifest(A=stack("A.template.json")))
    before = facts_of("manifest.json", files)
    (tmp_path / "manifest.json").write_text(manifest(A=stack("A.template.json", stackName="other")))
    files.refresh({})
    assert facts_of("manifest.json", files) != before
