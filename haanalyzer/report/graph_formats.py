"""The resource graph as JSON, Mermaid and DOT."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.zones import Zones, short_name
from haanalyzer.frontends.deployment import Declaration
from haanalyzer.graph import Edge, Resource, ResourceGraph
from haanalyzer.values import AttributeOf, Call, Known, Unknown, Value, alternatives


def graph_json(graphs: Sequence[ResourceGraph]) -> str:
    """``{"resources": [...], "edges": [...]}`` of all graphs, in order of file and declaration.

    A declaration of a type the catalogue does not know has the kind ``other``.
    ``zones`` are ``eu-west-1a``, ``eu-west-1#0`` (a position in the region's list of
    zones), ``?#0`` (of an unknown region), or ``?`` and the term that is unknown;
    ``zones_complete`` is false when there may be others.
    """
    resources = [
        _resource(graph.resources.get(address), declaration, graph)
        for graph in graphs
        for address, declaration in graph.declarations.items()
    ]
    edges = [
        {
            "source": edge.source.address,
            "target": edge.target.address,
            "stack": graph.deployment.stack,
            "relation": edge.relation,
            "certain": edge.certain,
        }
        for graph in graphs
        for edge in graph.edges()
    ]
    return json.dumps({"resources": resources, "edges": edges}, indent=1) + "\n"


def _resource(resource: Resource | None, declaration: Declaration, graph: ResourceGraph) -> dict[str, object]:
    names, complete = named_zones(zones_of(resource, graph) if resource else Zones())
    region = declaration.region
    return {
        "address": declaration.address,
        "kind": resource.kind if resource else "other",
        "type": declaration.type,
        "stack": graph.deployment.stack,
        "file": declaration.place.path,
        "line": declaration.place.line,
        "region": str(region) if isinstance(region, Known) else None,
        "zones": names,
        "zones_complete": complete,
    }


def named_zones(zones: Zones) -> tuple[list[str], bool]:
    """The zones that can be named, each once, and whether these are all."""
    used = (*zones.sure, *zones.possible)
    given = [zone for use in used for zone in alternatives(use.zone) if _is_given(zone)]
    complete = not zones.open and not zones.possible and all(len(alternatives(use.zone)) == 1 for use in used)
    return list(dict.fromkeys(map(short_name, given))), complete and all(_is_given(use.zone) for use in used)


def _is_given(zone: Value) -> bool:
    """Whether the templates say which zone it is: not one that AWS chooses, nor that of a subnet elsewhere."""
    match zone:
        case Unknown(term=AttributeOf() | Call(function="zone of")):
            return False
        case _:
            return True


def graph_mermaid(graphs: Sequence[ResourceGraph]) -> str:
    """A flowchart; dashed arrows are relations that only may hold."""
    lines = ["flowchart LR"]
    names = _numbered(graphs)
    for (number, address), name in names.items():
        resource = graphs[number].resources[address]
        lines.append(f'  {name}["{_escaped(_label(resource, graphs[number], "<br>"))}"]')
    for number, graph in enumerate(graphs):
        for edge in graph.edges():
            source, target = names[number, edge.source.address], names[number, edge.target.address]
            lines.append(f"  {source} {'-->' if edge.certain else '-.->'}|{edge.relation}| {target}")
    return "\n".join(lines) + "\n"


def graph_dot(graphs: Sequence[ResourceGraph]) -> str:
    """A digraph for Graphviz; dashed arrows are relations that only may hold."""
    lines = ["digraph haanalyzer {", "  rankdir=LR;", "  node [shape=box];"]
    names = _numbered(graphs)
    for (number, address), name in names.items():
        label = _label(graphs[number].resources[address], graphs[number], "\n")
        lines.append(f"  {name} [label={json.dumps(label, ensure_ascii=False)}];")
    for number, graph in enumerate(graphs):
        lines += (f"  {_dot_edge(edge, number, names)}" for edge in graph.edges())
    return "\n".join((*lines, "}")) + "\n"


def _dot_edge(edge: Edge, number: int, names: Mapping[tuple[int, str], str]) -> str:
    source, target = names[number, edge.source.address], names[number, edge.target.address]
    style = "" if edge.certain else ", style=dashed"
    return f"{source} -> {target} [label={json.dumps(edge.relation)}{style}];"


def _numbered(graphs: Sequence[ResourceGraph]) -> dict[tuple[int, str], str]:
    nodes = [(number, address) for number, graph in enumerate(graphs) for address in graph.resources]
    return {node: f"n{index}" for index, node in enumerate(nodes)}


def _label(resource: Resource, graph: ResourceGraph, line_break: str) -> str:
    names, _ = named_zones(zones_of(resource, graph))
    words = (resource.address, resource.kind, ", ".join(names), graph.deployment.stack)
    return line_break.join(filter(None, words))


def _escaped(label: str) -> str:
    return label.replace('"', "#quot;")


GRAPH_FORMATS: dict[str, Callable[[Sequence[ResourceGraph]], str]] = {
    "json": graph_json,
    "mermaid": graph_mermaid,
    "dot": graph_dot,
}
