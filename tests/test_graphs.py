"""The same story in both dialects is the same graph.

``testdata/graphs/<story>/graph.txt`` lists each resource by its kind, its zones (``…``
where others may follow) and what it names (``?`` where that only may hold).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.analysis.placement import zones_of
from haanalyzer.engine import read_project
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.report.graph_formats import named_zones
from haanalyzer.source.files import Files
from tests.fixtures import TESTDATA

STORIES = sorted((TESTDATA / "graphs").iterdir())


@pytest.mark.parametrize("file", ["template.yaml", "main.tf"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_the_graph_is_as_told(story: Path, file: str) -> None:
    (deployment,) = read_project([file], Files(story), Inputs()).deployments
    graph = ResourceGraph(deployment)
    lines = sorted(_line(resource, graph) for resource in graph.resources.values())
    assert "\n".join(lines) + "\n" == (story / "graph.txt").read_text("utf-8")


def _line(resource: Resource, graph: ResourceGraph) -> str:
    names, complete = named_zones(zones_of(resource, graph))
    zones = [*names, *([] if complete else ["…"])]
    edges = sorted(
        f"{edge.relation} {edge.target.kind}{'' if edge.certain else '?'}"
        for edge in graph.edges()
        if edge.source is resource
    )
    return resource.kind + (f" zones {' '.join(zones)}" if zones else "") + (f": {', '.join(edges)}" if edges else "")


def test_networkx_sees_the_same() -> None:
    (deployment,) = read_project(["template.yaml"], Files(TESTDATA / "graphs" / "two-zone-vpc"), Inputs()).deployments
    graph = ResourceGraph(deployment)
    assert set(graph.network.nodes) == set(graph.resources)
    assert graph.network.number_of_edges() == len(list(graph.edges()))
