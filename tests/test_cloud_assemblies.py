"""An application of the CDK, from what it synthesizes to the lines of its program."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest

from haanalyzer.engine import Workspace, analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.results import Judgement, Report
from haanalyzer.source.files import Files
from tests.fixtures import TESTDATA

SHOP = TESTDATA / "assemblies" / "shop"
DEFAULT = load_profile("default")
SINGLE_WAY_OUT, VISIBILITY, SINGLE_ZONE = "HA105", "HA601", "HA115"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The application as if it had been synthesized where it is now."""
    folder = tmp_path / "shop"
    shutil.copytree(SHOP, folder)
    for path in folder.glob("cdk.out/**/*.json"):
        path.write_text(path.read_text().replace("<application>", str(folder.resolve())))
    return folder


def analyzed(folder: Path, **inputs: Any) -> Report:
    return analyze(["."], Files(folder), Inputs(**inputs), DEFAULT)


def by_rule(report: Report) -> dict[str, Judgement]:
    return {one.rule.code: one for one in report.findings()}


def rewritten(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_findings_stand_on_the_lines_of_the_program_that_made_what_they_are_about(shop: Path) -> None:
    report = analyzed(shop)
    found = {
        code: (str(one.place), one.place.column, one.origin and one.origin.construct)
        for code, one in by_rule(report).items()
    }
    assert found == {
        SINGLE_WAY_OUT: ("lib/network.ts:11", 16, "Live/Network/Vpc/PublicSubnet1/NATGateway"),
        VISIBILITY: ("lib/orders.ts:12", 18, "Orders/Worker/SqsEventSource:OrdersQueuesJobs/Resource"),
        SINGLE_ZONE: ("lib/orders.ts:21", 20, "Orders/Worker/Resource"),
    }
    assert all(one.verdict.at.path.startswith("cdk.out/") for one in report.findings())
    assert "lib/network.ts" in report.documents
    assert report.diagnostics == ()


def test_a_stack_is_deployed_where_the_manifest_says(shop: Path) -> None:
    (found,) = (one for one in analyzed(shop, region="us-west-2").findings() if one.rule.code == SINGLE_WAY_OUT)
    assert found.deployment == "cdk.out/assembly-Live/LiveNetwork7C.template.json"
    rewritten(
        shop / "cdk.out/assembly-Live/LiveNetwork7C.template.json", '"eu-west-1a"', '{"Fn::Sub": "${AWS::Region}a"}'
    )
    (found,) = (one for one in analyzed(shop, region="us-west-2").findings() if one.rule.code == SINGLE_WAY_OUT)
    assert "eu-west-1a and eu-west-1b" in found.verdict.message


def test_what_the_cdk_makes_for_itself_is_ignored_and_counted(shop: Path) -> None:
    report = analyzed(shop)
    (ignored,) = report.suppressed()
    assert ignored.origin is not None
    assert ignored.origin.construct == "Orders/Seeding/framework-onEvent/Resource"
    assert ignored.suppressed is not None
    assert ignored.suppressed.is_ours
    assert "1 ignored, all of them on what the CDK makes for itself" in FORMATS["text"](report, RenderOptions())
    (told,) = sarif(report, "external")
    assert told["ruleId"] == SINGLE_ZONE


def sarif(report: Report, kind: str | None = None) -> list[dict[str, Any]]:
    (run,) = json.loads(FORMATS["sarif"](report, RenderOptions()))["runs"]
    failed = [each for each in run["results"] if each["kind"] == "fail"]
    return [each for each in failed if [one["kind"] for one in each["suppressions"]] == ([kind] if kind else [])]


@pytest.mark.parametrize("entry", ["customResourceProvider", "singleton", "logRetention"])
def test_what_an_assembly_marks_as_a_handler_is_the_cdks_own(shop: Path, entry: str) -> None:
    metadata = shop / "cdk.out/Orders.metadata.json"
    said = json.loads(metadata.read_text())
    said["/Orders/Worker"] = [{"type": f"aws:cdk:is-custom-resource-handler-{entry}", "data": True}]
    metadata.write_text(json.dumps(said))
    assert SINGLE_ZONE not in by_rule(analyzed(shop))


def test_sarif_has_the_construct_as_logical_location_and_the_template_as_related_one(shop: Path) -> None:
    (result,) = (each for each in sarif(analyzed(shop)) if each["ruleId"] == SINGLE_ZONE)
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "lib/orders.ts"
    assert location["physicalLocation"]["region"]["snippet"]["text"] == "new lambda.Function(this, 'Worker', {"
    assert location["logicalLocations"] == [
        {
            "fullyQualifiedName": "Orders/Worker/Resource",
            "name": "Resource",
            "decoratedName": "Worker11F3",
            "kind": "resource",
        }
    ]
    related = {each["physicalLocation"]["artifactLocation"]["uri"] for each in result["relatedLocations"]}
    assert {"cdk.out/Orders.template.json", "bin/shop.ts"} <= related
    assert "This construct leads to" in result["message"]["text"]


def test_every_format_names_the_construct(shop: Path) -> None:
    report = analyzed(shop)
    for form in ("text", "markdown"):
        text = FORMATS[form](report, RenderOptions())
        assert "Live/Network/Vpc/PublicSubnet1/NATGateway" in text
        assert "which this construct leads to" in text
    found = json.loads(FORMATS["json"](report, RenderOptions()))["findings"]
    (one,) = (each for each in found if each["rule"] == SINGLE_ZONE)
    assert (one["construct"], one["subject"]) == ("Orders/Worker/Resource", "Worker11F3")
    assert [(each["path"], each["line"]) for each in one["program"]] == [("lib/orders.ts", 21), ("bin/shop.ts", 8)]


@pytest.mark.parametrize(
    ("path", "line", "code"),
    [("lib/orders.ts", 21, SINGLE_ZONE), ("lib/orders.ts", 12, VISIBILITY), ("bin/shop.ts", 11, SINGLE_WAY_OUT)],
)
def test_a_comment_in_the_program_silences_what_its_line_makes(shop: Path, path: str, line: int, code: str) -> None:
    lines = (shop / path).read_text().splitlines()
    lines[line - 1] += f"  // haanalyzer: ignore[{code}] agreed"
    (shop / path).write_text("\n".join(lines))
    report = analyzed(shop)
    assert code not in by_rule(report)
    assert {one.suppressed.reason for one in report.suppressed() if one.suppressed and not one.suppressed.is_ours} == {
        "agreed"
    }
    assert report.diagnostics == ()


def test_a_comment_on_the_line_above_does_so_and_one_that_silences_nothing_is_told(shop: Path) -> None:
    rewritten(shop / "lib/network.ts", "// Both zones", "// haanalyzer: ignore[HA105] one will do\n    // Both zones")
    rewritten(shop / "lib/orders.ts", "    worker.add", "    // haanalyzer: ignore[HA105]\n    worker.add")
    for metadata in shop.glob("cdk.out/**/*.json"):
        metadata.write_text(metadata.read_text().replace("network.ts:11:", "network.ts:12:"))
    report = analyzed(shop)
    assert SINGLE_WAY_OUT not in by_rule(report)
    assert [(str(each.place), each.code) for each in report.diagnostics] == [("lib/orders.ts:13", "unused-suppression")]


def test_a_comment_in_another_language(shop: Path) -> None:
    (shop / "orders.py").write_text(
        "def make(self):\n    # haanalyzer: ignore[HA115] so be it\n    return Function(self)\n"
    )
    metadata = shop / "cdk.out/Orders.metadata.json"
    rewritten(metadata, f"new Orders ({shop.resolve()}/lib/orders.ts:21:20)", f"make ({shop.resolve()}/orders.py:3)")
    report = analyzed(shop)
    assert SINGLE_ZONE not in by_rule(report)
    assert report.diagnostics == ()


def test_metadata_that_the_program_adds_silences_too(shop: Path) -> None:
    template = shop / "cdk.out/Orders.template.json"
    content = json.loads(template.read_text())
    content["Resources"]["Worker11F3"]["Metadata"]["haanalyzer"] = {"ignore": ["HA115"], "reason": "agreed"}
    template.write_text(json.dumps(content, indent=1))
    assert SINGLE_ZONE not in by_rule(analyzed(shop))


@pytest.mark.parametrize(
    "frame",
    [
        "new Orders (/elsewhere/lib/orders.ts:21:20)",
        "new Orders (<application>/lib/gone.ts:21:20)",
        "new Orders (<application>/lib/orders.ts:2100:20)",
        "new Orders (<application>/lib/orders.ts:21:2000)",
        "new Orders (<application>/lib/orders.ts:16:1)",
        "new Orders (<application>/../shop/lib/orders.ts:21:20)",
        "new Orders (<application>/node_modules/orders/index.js:1:1)",
        r"new Orders (C:\shop\lib\orders.ts:21:20)",
        "(no user code in 10 frames, use --stack-trace-limit to capture more)",
        "(/:" * 300_000,
    ],
    ids=lambda frame: frame[:60],
)
def test_a_line_that_is_not_there_is_not_named(shop: Path, frame: str) -> None:
    (shop / "node_modules/orders").mkdir(parents=True)
    (shop / "node_modules/orders/index.js").write_text("exports.Orders = Orders\n")
    metadata = shop / "cdk.out/Orders.metadata.json"
    said = json.loads(metadata.read_text())
    frame = frame.replace("<application>", str(shop.resolve()))
    said["/Orders/Worker/Resource"][1]["data"] = [frame]
    metadata.write_text(json.dumps(said))
    found = by_rule(analyzed(shop))[SINGLE_ZONE]
    assert found.place == found.verdict.at
    assert found.place.path == "cdk.out/Orders.template.json"
    assert found.origin is not None
    assert found.origin.construct == "Orders/Worker/Resource"


@pytest.mark.parametrize(
    ("frame", "column"),
    [
        ("<application>/lib/orders.ts:21:20", 20),
        ("new Orders (file://<application>/lib/orders.ts:21:20)", 20),
        ("Orders.make [as worker] (<application>/lib/orders.ts:21:20)", 20),
        ("__init__ (<application>/lib/orders.ts:21)", 5),
    ],
)
def test_frames_of_several_shapes(shop: Path, frame: str, column: int) -> None:
    metadata = shop / "cdk.out/Orders.metadata.json"
    said = json.loads(metadata.read_text())
    frame = frame.replace("<application>", str(shop.resolve()))
    said["/Orders/Worker/Resource"][1]["data"] = ["...new Function2 in aws-cdk-lib...", frame]
    metadata.write_text(json.dumps(said))
    place = by_rule(analyzed(shop))[SINGLE_ZONE].place
    assert (str(place), place.column) == ("lib/orders.ts:21", column)


def test_traces_of_older_versions_are_with_the_logical_id(shop: Path) -> None:
    metadata = shop / "cdk.out/Orders.metadata.json"
    said = json.loads(metadata.read_text())
    logical_id, creation = said["/Orders/Worker/Resource"]
    said["/Orders/Worker/Resource"] = [{**logical_id, "trace": creation["data"]}]
    manifest = shop / "cdk.out/manifest.json"
    content = json.loads(manifest.read_text())
    del content["artifacts"]["Orders"]["additionalMetadataFile"]
    content["artifacts"]["Orders"]["metadata"] = said
    manifest.write_text(json.dumps(content))
    metadata.unlink()
    assert str(by_rule(analyzed(shop))[SINGLE_ZONE].place) == "lib/orders.ts:21"


def test_without_paths_in_the_templates_the_manifest_tells_the_construct(shop: Path) -> None:
    for template in shop.glob("cdk.out/**/*.template.json"):
        content = json.loads(template.read_text())
        for resource in content["Resources"].values():
            resource["Metadata"].pop("aws:cdk:path")
        template.write_text(json.dumps(content, indent=1))
    found = by_rule(analyzed(shop))
    assert {code: str(one.place) for code, one in found.items()} == {
        SINGLE_WAY_OUT: "lib/network.ts:11",
        VISIBILITY: "lib/orders.ts:12",
        SINGLE_ZONE: "lib/orders.ts:21",
    }


def test_a_nested_stack_is_found_by_the_hash_of_its_template(shop: Path) -> None:
    rewritten(
        shop / "cdk.out/Orders.template.json", '"aws:asset:path": "OrdersQueues6C', '"aws:asset:was": "OrdersQueues6C'
    )
    assert "nested-stack-not-read" in {each.code for each in analyzed(shop).diagnostics}
    file = {"source": {"path": "OrdersQueues6C.nested.template.json", "packaging": "file"}, "destinations": {}}
    (shop / "cdk.out/Orders.assets.json").write_text(json.dumps({"version": "48.0.0", "files": {"0c1d": file}}))
    report = analyzed(shop)
    assert VISIBILITY in by_rule(report)
    assert report.diagnostics == ()


def test_a_template_alone_still_names_its_constructs(shop: Path) -> None:
    shutil.copy(shop / "cdk.out/assembly-Live/LiveNetwork7C.template.json", shop / "network.json")
    shutil.rmtree(shop / "cdk.out")
    (found,) = analyzed(shop).findings()
    assert found.origin is not None
    assert found.origin.construct == "Live/Network/Vpc/PublicSubnet1/NATGateway"
    assert found.place == found.verdict.at


def test_nothing_is_written_into_what_is_synthesized(shop: Path) -> None:
    from haanalyzer.ignoring import ignored

    report = analyzed(shop)
    fix = by_rule(report)[VISIBILITY].fix
    assert fix is not None
    assert fix.edits == ()
    assert "lib/orders.ts:12" in fix.obstacle
    written = ignored(report, "agreed", None, Files(shop))
    assert written.texts == {}
    assert len(written.refused) == len(report.findings())
    assert any("lib/network.ts:11" in why for _, why in written.refused)


def test_an_editor_looks_again_at_what_a_synthesis_changes(shop: Path) -> None:
    workspace = Workspace(shop, Inputs())
    before = workspace.analyze(DEFAULT, {})
    rewritten(shop / "cdk.out/Orders.metadata.json", "orders.ts:21:20", "orders.ts:22:7")
    rewritten(shop / "cdk.out/assembly-Live/manifest.json", "/eu-west-1", "/eu-central-1")
    after = workspace.analyze(DEFAULT, {})
    assert str(by_rule(before)[SINGLE_ZONE].place) == "lib/orders.ts:21"
    assert str(by_rule(after)[SINGLE_ZONE].place) == "lib/orders.ts:22"
    assert FORMATS["json"](after, RenderOptions()) == FORMATS["json"](analyzed(shop), RenderOptions())


ODD = (None, [], {}, "", 0, -1, True, ["x"], {"x": {}}, "aws://", "../x.template.json", "\0", [None], [{"type": 3}])


def mutated(content: object, random: Random) -> object:
    """The same with one part of it, or all, replaced by something odd."""
    if isinstance(content, dict) and content and random.random() < 0.9:
        key = random.choice(sorted(content))
        return {**content, key: mutated(content[key], random)}
    if isinstance(content, list) and content and random.random() < 0.9:
        at = random.randrange(len(content))
        return [*content[:at], mutated(content[at], random), *content[at + 1 :]]
    return random.choice(ODD)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_an_assembly_says_nothing_of_ours_breaks(shop: Path, seed: int) -> None:
    random = Random(seed)
    for name in ("manifest.json", "Orders.metadata.json", "assembly-Live/manifest.json"):
        path = shop / "cdk.out" / name
        path.write_text(json.dumps(mutated(json.loads(path.read_text()), random)))
    report = analyzed(shop)
    assert "internal-error" not in {each.code for each in report.diagnostics}
    assert all(FORMATS[form](report, RenderOptions()) for form in ("sarif", "text", "json"))


def test_of_two_constructs_with_one_logical_id_none_is_named(shop: Path) -> None:
    template = shop / "cdk.out/Orders.template.json"
    rewritten(template, '"aws:cdk:path": "Orders/Worker/Resource"', '"said": "elsewhere"')
    assert str(by_rule(analyzed(shop))[SINGLE_ZONE].place) == "lib/orders.ts:21"
    metadata = shop / "cdk.out/Orders.metadata.json"
    said = json.loads(metadata.read_text())
    said["/Orders/Workers/Worker/Resource"] = said["/Orders/Worker/Resource"]
    metadata.write_text(json.dumps(said))
    found = by_rule(analyzed(shop))[SINGLE_ZONE]
    assert found.origin is None
    assert found.place == found.verdict.at


def test_resources_are_called_by_their_constructs(shop: Path) -> None:
    verdict = by_rule(analyzed(shop))[VISIBILITY].verdict
    assert verdict.message.startswith("Orders/Queues/Jobs hides a message for 30 seconds, less than Orders/Worker, ")
    assert (
        verdict.evidence[0].text == "Orders/Worker/SqsEventSource:OrdersQueuesJobs hands its messages to Orders/Worker"
    )
    assert verdict.subject == "WorkerSqsEventSource"


def test_a_construct_called_as_its_resource_is_left_as_it_is(shop: Path) -> None:
    rewritten(shop / "cdk.out/Orders.template.json", '"Orders/Worker/Resource"', '"Orders/Worker11F3"')
    assert by_rule(analyzed(shop))[SINGLE_ZONE].verdict.message.startswith("Worker11F3 runs in one zone only")
