"""Holds the model of a public module against the module itself: the same resources, values, relations and verdicts.

``python -m tests.module_models MODULES ROOT…`` reads each root twice, once with a model for every
module that is not on disk, and once with the modules that lie in the folder MODULES, named as the registry
names them or as their repositories are called. It prints what differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from haanalyzer.analysis.placement import zones_of
from haanalyzer.engine import analyze
from haanalyzer.engine.reading import admit_inputs
from haanalyzer.frontends.deployment import Inputs, ModulePaths
from haanalyzer.frontends.terraform.root import read_root
from haanalyzer.graph import ResourceGraph
from haanalyzer.policy.profiles import load_profile
from haanalyzer.report.graph_formats import named_zones
from haanalyzer.source.diagnostic import INTERNAL_ERROR
from haanalyzer.source.files import Files
from haanalyzer.values import Absent, AttributeOf, Known, ListValue, MapValue, Unknown, Value


def differences(root: Path, modules: Path, overlay: Mapping[str, str] | None = None) -> Iterator[str]:
    """What is not the same in a root read with models and with the modules themselves.

    ``overlay`` has texts by paths relative to the root, in the place of its files.
    """
    with_models, with_modules = Inputs(), Inputs(modules=ModulePaths(folders=(str(modules),)))
    facts = []
    for inputs in (with_models, with_modules):
        files = Files(root, overlay)
        admit_inputs(inputs, files)
        deployment = read_root(".", files, inputs)
        if inputs is with_modules:
            yield from (f"{found.message}" for found in deployment.diagnostics if found.code.startswith("module-"))
        graph = ResourceGraph(deployment)
        report = analyze(["."], Files(root, overlay), inputs, load_profile("all"))
        yield from (found.message for found in report.diagnostics if found.code == INTERNAL_ERROR)
        verdicts = {
            f"{one.rule.code} {one.verdict.subject} {one.verdict.part}": one.verdict.outcome
            for one in report.judgements
        }
        facts.append({**_values(graph), **_edges(graph), **verdicts})
    model, module = facts
    for fact in sorted(model.keys() | module.keys()):
        if model.get(fact) != module.get(fact):
            yield f"{fact}: {model.get(fact)} with the model, {module.get(fact)} with the module"


def _values(graph: ResourceGraph) -> dict[str, str]:
    """Every attribute that a rule may ask for, by resource and name, and the zones."""
    found: dict[str, str] = {}
    for address, resource in graph.resources.items():
        found[address] = "certain" if resource.existence.certain else "may be"
        found[f"{address} region"] = _shown(resource.region)
        found[f"{address} tags"] = _shown(resource.tags)
        found[f"{address} zones"] = str(named_zones(zones_of(resource, graph)))
        found.update({f"{address}.{name}": _shown(resource[name]) for name in resource.words})
    return found


def _edges(graph: ResourceGraph) -> dict[str, str]:
    return {
        f"{edge.source.address} {edge.relation} {edge.target.address}": "certain" if edge.certain else "may be"
        for edge in graph.edges()
    }


def _shown(value: Value) -> str:
    """What is known of a value; how it is unknown is no difference."""
    match value:
        case Known() | Absent():
            return str(value)
        case Unknown(term=AttributeOf() as term):
            return str(term)
        case ListValue(items=items, open=more):
            return f"[{', '.join(map(_shown, items))}{', …' if more else ''}]"
        case MapValue(entries=entries, open=more):
            shown = (f"{key}: {_shown(entries[key])}" for key in sorted(entries))
            return f"{{{', '.join(shown)}{', …' if more else ''}}}"
    return "unknown"


def main(modules: str, *roots: str) -> int:
    """Print the differences of each root; 1 where there are any."""
    differing = 0
    for root in roots:
        for difference in differences(Path(root), Path(modules).resolve()):
            differing = 1
            print(f"{root}: {difference}")
    return differing


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
