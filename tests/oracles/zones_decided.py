"""How many subnets, groups of instances, load balancers and databases have decided zones, and why the others have not.

``python -m tests.oracles.zones_decided FOLDER …`` reads every template that discovery finds in each folder. It
prints the numbers for all templates, and for those whose inputs are all present (every parameter of theirs has a
default), with the reasons for what is not decided, by frequency. ``--list REASON`` prints what has one of them.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from haanalyzer.analysis.placement import zones_of, zones_of_subnet_group
from haanalyzer.analysis.zones import Zones
from haanalyzer.engine import read_project
from haanalyzer.frontends.deployment import Deployment, Inputs
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import MapNode
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.values import AttributeOf, Blocker, ItemOf, Known, Symbol, Unknown, Value, alternatives, blockers

PLACED = ("subnet", "auto_scaling_group", "load_balancer", "classic_load_balancer")
STORES = ("db_instance", "db_cluster", "db_subnet_group")
"""Databases stand in the zones of their subnet group."""

BY_AWS = "no zone or subnet is given, so AWS chooses"
PASSED = "a parameter without default, or what is made of one"
ELSEWHERE = "a subnet or group that exists already, by its id or name"
TRUE_REASONS = {
    BY_AWS: re.compile("AWS chooses"),
    PASSED: re.compile("parameter without default"),
    "exported by a stack that is not in the run": re.compile("exported by another stack"),
    "looked up at deployment, in the Parameter Store say": re.compile("Parameter Store|looked up at deployment"),
    "an attribute that AWS or a custom resource fills in": re.compile("known after deployment"),
    "the number of zones of a region differs between accounts": re.compile("zones differ between accounts"),
    "the region is not given": re.compile("no region given"),
    ELSEWHERE: re.compile("not declared here|is no subnet's id"),
    "a template that is not on disk": re.compile("not on disk|Serverless Application Repository"),
}
"""What only who deploys, or AWS, can know, by what our reasons say of it."""


@dataclass
class Tally:
    """``counts`` by kind and outcome, ``reasons`` of what is not decided, ``found`` who has which."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    found: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        total, good = sum(self.counts.values()), 0
        for kind in (*PLACED, *STORES):
            decided, reasoned, undecided = (self.counts[kind, each] for each in ("decided", "reasoned", "undecided"))
            good += decided + reasoned
            yield f"{kind:24} {decided:6} decided {reasoned:6} with a true reason {undecided:6} undecided"
        yield f"{good} of {total}: {100 * good / total if total else 100:.1f} %"
        yield from (f"{number:8} {reason}" for reason, number in self.reasons.most_common())


def count(graph: ResourceGraph, tally: Tally) -> None:
    """Add the resources of a deployment to a tally."""
    for resource in graph.of_kind(*PLACED, *STORES):
        if resource.borrowed:
            continue  # counted where it is declared
        reasons = dict.fromkeys(map(_said, _undecided(_zones(resource, graph))))
        outcome = "decided"
        if reasons:
            outcome = "reasoned" if all(each in TRUE_REASONS for each in reasons) else "undecided"
        tally.counts[resource.kind, outcome] += 1
        for reason in reasons:
            tally.reasons[reason] += 1
            tally.found.append((reason, f"{resource.place}: {resource.address}"))


def _zones(resource: Resource, graph: ResourceGraph) -> Zones:
    found = zones_of_subnet_group(resource, graph) if "subnet_group" in resource.words else Zones()
    found = found or zones_of(resource, graph)
    return found or Zones(open=(Blocker(resource.address, resource.place, BY_AWS),))


def _undecided(zones: Zones) -> Iterator[str]:
    """Why the zones are not decided; nothing where each is a name, an id, or a position in a list."""
    for use in (*zones.sure, *zones.possible):
        for each in alternatives(use.zone):
            if not _is_decided(each):
                yield from (blocker.reason for blocker in blockers(each))
    for blocker in (*(each for use in zones.possible for each in use.unless), *zones.open):
        yield blocker.reason


def _is_decided(zone: Value) -> bool:
    match zone:
        case Known():
            return True
        case Unknown(term=ItemOf(container=container, key=int())):
            return not isinstance(container, AttributeOf)
        case Unknown(term=Symbol()):
            return True  # a zone by the name of its parameter
    return False


def _said(reason: str) -> str:
    return next((name for name, pattern in TRUE_REASONS.items() if pattern.search(reason)), reason)


def inputs_are_present(deployment: Deployment, files: Files) -> bool:
    """Whether every parameter of the template that is deployed has a default."""
    document = files.read(deployment.path)
    assert isinstance(document, Document)
    root, _ = load(document)
    parameters = root.get("Parameters") if isinstance(root, MapNode) else None
    entries = parameters.entries.values() if isinstance(parameters, MapNode) else ()
    return all(isinstance(each.value, MapNode) and each.value.get("Default") is not None for each in entries)


def main(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(prog="python -m tests.oracles.zones_decided")
    parser.add_argument("--list", metavar="REASON")
    parser.add_argument("--region")
    parser.add_argument("folders", nargs="+", type=Path)
    given = parser.parse_args(arguments)
    tallies = {"all templates": Tally(), "templates whose inputs are all present": Tally()}
    diagnostics: Counter[str] = Counter()
    templates = 0
    for folder in given.folders:
        project = read_project(["."], Files(folder), Inputs(region=given.region))
        diagnostics.update(each.code for each in project.diagnostics if each.is_error)
        for deployment in project.deployments:
            if deployment.dialect != "cloudformation":
                continue
            templates += 1
            whole, present = tallies.values()
            graph = ResourceGraph(deployment)
            count(graph, whole)
            if inputs_are_present(deployment, project.files):
                count(graph, present)
    print(f"{templates} templates")
    for name, tally in tallies.items():
        print(f"\n{name}", *tally.lines(), sep="\n")
        print(*(who for reason, who in tally.found if reason == given.list), sep="\n")
    print("\ndiagnostics", *(f"{number:8} {code}" for code, number in diagnostics.most_common()), sep="\n")
    return 1 if diagnostics["internal-error"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
