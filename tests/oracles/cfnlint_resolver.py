"""Our values of templates' properties beside those that cfn-lint resolves: equal, one of its values, or unknown.

``python -m tests.oracles.cfnlint_resolver FOLDER …`` reads every template below each folder twice, with the defaults of
its parameters and with a value for each of them. It prints how many leaves are the same, how many differ by the
classes of ``cfnlint_resolver.yaml``, and every difference that is of none of them; these give exit code 1.
"""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cfnlint.context.parameters import ParameterSet
from cfnlint.decode import decode_str
from cfnlint.helpers import FUNCTIONS
from cfnlint.jsonschema import CfnTemplateValidator
from cfnlint.template import Template

from haanalyzer.frontends.cloudformation.template import read_template
from haanalyzer.frontends.deployment import Declaration, Inputs
from haanalyzer.frontends.tree.nodes import FOR_EACH
from haanalyzer.source.discovery import discover
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.values import Absent
from tests.oracles.cfnlint_values import Leaf, compared
from tests.oracles.differences import Difference, Row, explained, read_table

TABLE = Path(__file__).with_suffix(".yaml")
REGION = "us-east-1"
ABOUT_THE_RESOURCE = ("DeletionPolicy", "UpdateReplacePolicy")
_DIFFERENT = ("value", "unknown to us")
_SAMPLES = {"Number": "1", "AWS::EC2::AvailabilityZone::Name": "us-east-1a", "List<Number>": "1,2"}
logging.getLogger("cfnlint").setLevel(logging.CRITICAL)


@dataclass
class Report:
    """``counts`` by what is the same or not compared; ``classes`` by the table; ``unexplained`` is what is left."""

    table: Sequence[Row] = field(default_factory=lambda: read_table(TABLE))
    counts: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    unexplained: list[Difference] = field(default_factory=list)

    def add(self, leaf: Leaf, path: str) -> None:
        if leaf.outcome not in _DIFFERENT:
            self.counts[f"leaves {leaf.outcome}"] += 1
            return
        difference = Difference(leaf.outcome, path, f"{leaf.path}: ours {leaf.ours}, theirs {leaf.theirs}")
        if row := explained(difference, self.table):
            self.classes[f"{leaf.outcome}: {row['class']}"] += 1
        else:
            self.unexplained.append(difference)


def compare(document: Document, files: Files, report: Report, *, given: bool) -> None:
    """Add a template to a report: with the defaults of its parameters, or with a value ``given`` for every one."""
    template, matches = decode_str(document.text)
    if matches or not isinstance(template, dict) or not isinstance(template.get("Resources"), dict):
        report.counts["templates that cfn-lint does not read"] += 1
        return
    _write_booleans(template)
    _drop_what_is_not_allowed(template)
    parameters = dict(_samples(template)) if given else {}
    sets = [ParameterSet("given", parameters)] if given else None
    for name, value in parameters.items():  # for its transform, which knows of defaults only
        template["Parameters"][name]["Default"] = _as_passed(value)
    theirs = Template(str(files.base / document.path), template, [REGION], parameter_sets=sets)
    # Without need no transform: it takes what Fn::FindInMap finds under any key for what is found under one unknown.
    if FOR_EACH in document.text and not _is_transformed(theirs):
        report.counts["templates that cfn-lint does not transform"] += 1
        return
    passed = {name: _as_passed(value) for name, value in parameters.items()}
    deployment = read_template(document, Inputs(REGION, passed, stack="teststack", account="123456789012"), files)
    ours = {each.address: each for each in deployment.declarations}
    context = theirs.context.evolve(functions=list(FUNCTIONS), parameter_sets=sets)
    resolver = CfnTemplateValidator(schema={}).evolve(context=context, cfn=theirs)
    report.counts["templates"] += 1
    has_loops = any(FOR_EACH in each.address for each in deployment.opaque)
    for name, resource in theirs.template["Resources"].items():
        if name not in ours and has_loops:
            report.counts["resources that may be of a loop over what we do not know"] += 1
            continue
        for leaf in _of_resource(name, resource, ours, resolver, report):
            report.add(leaf, document.path)


def _as_passed(value: str | list[str]) -> str:
    return ",".join(value) if isinstance(value, list) else value


def _is_transformed(theirs: Template) -> bool:
    try:
        return not theirs.transform()
    except (AttributeError, TypeError):  # of templates that it does not expect
        return False


def _of_resource(
    name: str, resource: Any, ours: Mapping[str, Declaration], resolver: Any, report: Report
) -> Iterator[Leaf]:
    if not isinstance(resource, dict) or not isinstance(resource.get("Type"), str):
        report.counts["resources without a type"] += 1
    elif resource["Type"].startswith("AWS::Serverless::"):
        report.counts["resources of AWS::Serverless, which cfn-lint does not expand"] += 1
    elif (declaration := ours.get(name)) is not None:
        report.counts["resources"] += 1
        properties = resource.get("Properties")
        written = {**(properties if isinstance(properties, dict) else {})}
        written |= {f"@{each}": resource[each] for each in ABOUT_THE_RESOURCE if each in resource}
        for key, value in written.items():
            mine = declaration.attributes.get(str(key), Absent(place=declaration.place))
            yield from compared(mine, value, resolver, f"{name}.{key}")
    elif "Condition" in resource:
        report.counts["resources left out by a condition"] += 1
    else:
        yield Leaf("value", name, "absent", str(resource["Type"]))


def _write_booleans(node: Any) -> None:
    """Make texts of booleans, as CloudFormation does; to cfn-lint a default is ``True``, and not equal to ``true``."""
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        if isinstance(value, bool):
            node[key] = str(value).lower()
        elif isinstance(value, dict | list):
            _write_booleans(value)


def _drop_what_is_not_allowed(template: Mapping[str, Any]) -> None:
    """Allow everything where a default is not allowed, which CloudFormation rejects and cfn-lint leaves out."""
    for body in _declared(template).values():
        allowed = body.get("AllowedValues")
        if isinstance(allowed, list) and "Default" in body and str(body["Default"]) not in map(str, allowed):
            del body["AllowedValues"]


def _declared(template: Mapping[str, Any]) -> dict[str, Any]:
    declared = template.get("Parameters")
    found = declared if isinstance(declared, dict) else {}
    return {name: body for name, body in found.items() if isinstance(body, dict) and isinstance(body.get("Type"), str)}


def _samples(template: Mapping[str, Any]) -> Iterator[tuple[str, str | list[str]]]:
    """A value for each parameter: its default, the first that is allowed, or one that its type has."""
    for name, body in _declared(template).items():
        type_ = body["Type"]
        if type_.startswith("AWS::SSM::Parameter"):
            continue
        allowed = body.get("AllowedValues")
        first = allowed[0] if isinstance(allowed, list) and allowed else body.get("MinValue")
        value = body.get("Default", first)
        if value is None:
            value = _SAMPLES.get(type_, f"{name}1,{name}2" if "List" in type_ else f"some-{name}")
        value = str(value)
        yield name, [part.strip() for part in value.split(",")] if "List" in type_ else value


def main(folders: Iterable[str]) -> int:
    report = Report()
    for base in map(Path, folders):
        files = Files(base)
        for path in discover(["."], files).templates:
            document = files.read(path)
            printed = len(report.unexplained)
            for given in (False, True) if isinstance(document, Document) else ():
                compare(document, files, report, given=given)
            for kind, where, detail in dict.fromkeys(report.unexplained[printed:]):
                print(f"{kind} {base.name}/{where}: {detail[:400]}")
    for counter in (report.counts, report.classes):
        print(*(f"{number:8} {name}" for name, number in sorted(counter.items())), sep="\n")
    print(f"{len(report.unexplained):8} not explained")
    return 1 if report.unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
