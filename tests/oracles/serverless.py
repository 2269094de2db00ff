"""Our ``AWS::Serverless`` beside AWS's own transform, aws-sam-translator: the same resources, attributes, conditions.

``python -m tests.oracles.serverless FOLDER …`` transforms every serverless template below each folder both ways, and
prints what differs and is not in ``serverless.yaml``; that gives exit code 1. Attributes are those that the catalogue
has words for, as they come out of reading what AWS's transform writes.
"""

from __future__ import annotations

import copy
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from haanalyzer.frontends.cloudformation.template import read_template
from haanalyzer.frontends.deployment import Declaration, Deployment, Inputs
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import plain
from haanalyzer.graph.build import resources_of
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.values import Absent, Choice, Known, ListValue, MapValue, Unknown, Value
from tests.oracles.differences import Difference, explained, read_table

TABLE = Path(__file__).with_suffix(".yaml")
_HASH = re.compile(r"[0-9a-f]{10}$")
_SOMEWHERE = {"Bucket": "bucket", "Key": "key"}
_LOCATIONS = {
    "AWS::Serverless::Function": ("CodeUri",),
    "AWS::Serverless::LayerVersion": ("ContentUri",),
    "AWS::Serverless::StateMachine": ("DefinitionUri",),
    "AWS::Serverless::Api": ("DefinitionUri",),
    "AWS::Serverless::HttpApi": ("DefinitionUri",),
    "AWS::Serverless::GraphQLApi": ("SchemaUri",),
}
os.environ |= {"AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}  # nothing is asked of a network


@dataclass(slots=True)
class Report:
    """How much was the same, and what was not."""

    counts: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    unexplained: list[Difference] = field(default_factory=list)


class RejectedError(Exception):
    """What the transform says of a template that it does not take."""


def is_serverless(document: Document) -> bool:
    """Whether a template has a serverless resource, whether or not it names the transform."""
    return "AWS::Serverless::" in document.text


def translated(template: Mapping[str, Any]) -> dict[str, Any]:
    """What AWS's transform makes of a template. Raises RejectedError."""
    prepared = _packaged(copy.deepcopy(dict(template)))
    try:
        return Translator({}, Parser()).translate(prepared, {}, get_managed_policy_map=dict)  # type: ignore[no-any-return]
    except InvalidDocumentException as error:
        raise RejectedError("; ".join(cause.message for cause in error.causes)) from error
    except Exception as error:  # the transform fails so on much that it does not expect
        raise RejectedError(f"{type(error).__name__}: {error}") from error


def _packaged(template: dict[str, Any]) -> dict[str, Any]:
    """A template as ``sam package`` writes it: code that lies beside it is in a bucket."""
    shared = template.get("Globals") or {}
    for short, properties in shared.items():
        _locate(f"AWS::Serverless::{short}", properties)
    for resource in template.get("Resources", {}).values():
        if isinstance(resource, dict) and isinstance(resource.get("Type"), str):
            _locate(resource["Type"], resource.setdefault("Properties", {}), shared.get("Function", {}))
    return template


def _locate(type_: str, properties: object, shared: Mapping[str, Any] | None = None) -> None:
    if not isinstance(properties, dict):
        return
    for name in _LOCATIONS.get(type_, ()):
        if isinstance(properties.get(name), str) and not properties[name].startswith("s3://"):
            properties[name] = "s3://bucket/key" if name == "SchemaUri" else dict(_SOMEWHERE)
    if type_ == "AWS::Serverless::Function" and shared is not None:
        is_image = "Image" in (properties.get("PackageType"), shared.get("PackageType"))
        wanted = {"ImageUri"} if is_image else {"CodeUri", "InlineCode"}
        if not wanted & (properties.keys() | shared.keys()):
            properties[min(wanted)] = "image" if is_image else dict(_SOMEWHERE)
    if type_ == "AWS::Serverless::Application":
        properties["Location"] = "https://bucket.s3.amazonaws.com/key"


def compare(document: Document, report: Report) -> None:
    """Transform a template both ways, and count."""
    node, _ = document.once(load)
    template = plain(node) if node is not None else None
    if not isinstance(template, dict) or not isinstance(template.get("Resources"), dict):
        return
    ours = read_template(document, Inputs(), Files(Path("/nonexistent")))
    try:
        theirs = translated(template)
    except RejectedError as error:
        report.counts["rejected by AWS"] += 1
        if not any(each.is_error for each in ours.diagnostics):
            report.counts["rejected by AWS only"] += 1
            _note(Difference("rejected", document.path, str(error)), report)
        return
    report.counts["templates"] += 1
    for each in ours.diagnostics:
        if each.code == "invalid-serverless-resource":
            _note(Difference("rejected by us", document.path, each.message), report)
    for difference in differences(document.path, ours, theirs, report):
        _note(difference, report)


_ROWS: list[Mapping[str, str]] = []


def _note(difference: Difference, report: Report) -> None:
    if not _ROWS:
        _ROWS.extend(read_table(TABLE))
    row = explained(difference, _ROWS)
    if row is None:
        report.unexplained.append(difference)
    else:
        report.classes[row["class"]] += 1


def differences(path: str, ours: Deployment, theirs: dict[str, Any], report: Report) -> Iterator[Difference]:
    """What is made by one side only, and what is said otherwise of what both make."""
    mine = {each.address: each for each in ours.declarations}
    text = json.dumps(_without_hashes(theirs, mine))
    other = {each.address: each for each in _read(path, text).declarations}
    for address in mine.keys() | other.keys():
        one, two = mine.get(address), other.get(address)
        if one is None or two is None:
            kind = "only theirs" if one is None else "only ours"
            found = two or one
            yield Difference(kind, path, f"{found.type if found else ''} {address}")
        elif one.type != two.type:
            yield Difference("type", path, f"{address}: ours {one.type}, theirs {two.type}")
        else:
            report.counts["resources the same"] += 1
            yield from _of_resources(path, one, two, report)


def _read(path: str, text: str) -> Deployment:
    return read_template(Document(f"{path}.json", text), Inputs(), Files(Path("/nonexistent")))


def _without_hashes(template: dict[str, Any], mine: Mapping[str, Declaration]) -> object:
    """The template with the hashes cut off that the transform appends to what it makes anew with every change."""
    text = json.dumps(template)
    for logical_id, resource in template["Resources"].items():
        short = _HASH.sub("", logical_id)
        if logical_id not in mine and short in mine and mine[short].type == resource["Type"]:
            text = re.sub(rf"\b{logical_id}\b", short, text)
    return json.loads(text)


def _of_resources(path: str, ours: Declaration, theirs: Declaration, report: Report) -> Iterator[Difference]:
    there, their_there = (sorted(map(str, each.existence.conditions)) for each in (ours, theirs))
    if there != their_there:
        yield Difference("condition", path, f"{ours.type} {ours.address}: ours {there}, theirs {their_there}")
    for name in ("@DeletionPolicy", "@UpdateReplacePolicy"):
        yield from _of_values(
            path, f"{ours.type} {name}", ours.attributes.get(name), theirs.attributes.get(name), report
        )
    mine = {each.address: each for each in resources_of(ours)}
    other = {each.address: each for each in resources_of(theirs)}
    if mine.keys() != other.keys():
        yield Difference("blocks", path, f"{ours.type}: ours {sorted(mine)}, theirs {sorted(other)}")
    for address in mine.keys() & other.keys():
        for name in mine[address].words:
            place = f"{mine[address].type} {name}"
            yield from _of_values(path, place, mine[address][name], other[address][name], report)
        yield from _of_values(path, f"{mine[address].type} tags", mine[address].tags, other[address].tags, report)


def _of_values(path: str, what: str, ours: Value | None, theirs: Value | None, report: Report) -> Iterator[Difference]:
    one, two = data(ours), data(theirs)
    if one == two:
        report.counts["attributes the same"] += 1
    else:
        yield Difference("value", path, f"{what}: ours {one!r}, theirs {two!r}")


def data(value: Value | None) -> object:
    """A value without places: what is unknown is its term."""
    match value:
        case None | Absent():
            return None
        case Known(data=found):
            return str(found).lower() if isinstance(found, bool) else str(found)
        case ListValue(items=items, open=more):
            return [*map(data, items), *(["…"] if more else [])]
        case MapValue(entries=entries, open=more):
            known = {name: data(each) for name, each in entries.items() if data(each) is not None}
            return {**known, **({"…": "…"} if more else {})}
        case Choice(condition=condition, when_true=when_true, when_false=when_false):
            return (str(condition), data(when_true), data(when_false))
        case Unknown(term=term):
            return f"${{{_PLACE.sub('somewhere', str(term))}}}"


_PLACE = re.compile(r"at \S+:\d+:\d+|\S+\.(?:ya?ml|json|template|txt):\d+:\d+")


def templates(folders: Iterable[Path]) -> Iterator[Document]:
    """Every serverless template below the folders, by its path."""
    for folder in folders:
        for path in sorted(each for end in ("yaml", "yml", "json", "template") for each in folder.rglob(f"*.{end}")):
            document = Files(path.parent).read(path.name)
            if isinstance(document, Document) and is_serverless(document):
                yield Document(str(path.relative_to(path.anchor)), document.text)


def main(folders: list[str]) -> int:
    """Compare all, and print what differs without an argument."""
    report = Report()
    for document in templates(map(Path, folders)):
        compare(document, report)
    for difference in report.unexplained:
        print(*difference, sep=" | ")
    print(dict(report.counts), dict(report.classes), f"{len(report.unexplained)} unexplained", sep="\n")
    return 1 if report.unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
