"""What there is in a folder that is to be configured: what to read, what each profile finds, what tags say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.progress import shown_progress

if TYPE_CHECKING:
    from haanalyzer.engine import Workspace
    from haanalyzer.graph import Resource, ResourceGraph
    from haanalyzer.results import Report

_STAGES = ("environment", "env", "stage")


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What a folder holds.

    ``found`` has the findings by profile, each a count by rule's slug; ``tag`` is the tag that
    seems to tell stages apart (empty if none does), ``values`` how many resources have each of
    its known values. ``unread`` counts what could not be read.
    """

    templates: int
    roots: int
    unread: int
    found: Mapping[str, Counter[str]]
    tag: str
    values: Counter[str]


def first_look(folder: Path) -> FirstLook:
    """Look at a folder and hold it to every profile in turn."""
    from haanalyzer.engine import Workspace
    from haanalyzer.frontends.deployment import Inputs
    from haanalyzer.policy import load_profile, profile_names

    workspace = Workspace(folder, Inputs())
    with shown_progress() as progress:
        reports = {name: workspace.report(load_profile(name), progress=progress) for name in profile_names()}
    report = next(iter(reports.values()))
    graphs = list(_graphs(workspace, report))
    tag, values = _stages(graphs)
    return FirstLook(
        templates=sum(graph.deployment.dialect == "cloudformation" for graph in graphs),
        roots=sum(graph.deployment.dialect == "terraform" for graph in graphs),
        unread=sum(diagnostic.is_error for diagnostic in report.diagnostics),
        found={name: Counter(one.rule.slug for one in each.findings()) for name, each in reports.items()},
        tag=tag,
        values=values,
    )


def _graphs(workspace: Workspace, report: Report) -> Iterator[ResourceGraph]:
    """The graph of each deployment that declares anything."""
    seen = set()
    for path in report.files:
        for graph in workspace.graphs_of(path):
            key = (graph.deployment.path, graph.deployment.dialect)
            if key not in seen and graph.deployment.declarations:
                seen.add(key)
                yield graph


def _stages(graphs: Iterable[ResourceGraph]) -> tuple[str, Counter[str]]:
    """The tag whose values most often name a profile, or else one that is called so; and its values."""
    from haanalyzer.policy import tag_values

    tags: dict[str, Counter[str]] = {}
    for graph in graphs:
        for resource in graph.resources.values():
            for key, value in _tags(resource):
                tags.setdefault(key, Counter())[value] += 1
    known = tag_values()
    ranks = {
        key: (sum(count for value, count in values.items() if value.lower() in known), key.lower() in _STAGES)
        for key, values in tags.items()
    }
    best = max(sorted(ranks), key=ranks.__getitem__, default="")
    if not best or not any(ranks[best]):
        return "", Counter()
    return best, Counter({value: count for value, count in tags[best].items() if value})


def _tags(resource: Resource) -> Iterator[tuple[str, str]]:
    """Keys and values of a resource's tags, the value empty where it is not known."""
    from haanalyzer.values import Known, MapValue

    if isinstance(resource.tags, MapValue):
        for key, value in resource.tags.entries.items():
            yield key, str(value.data) if isinstance(value, Known) else ""
