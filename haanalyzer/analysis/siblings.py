"""Siblings: Auto Scaling groups that do the same work, such as one for each zone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.zones import Zones
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import Blocker

# What groups that do the same work have in common, by the relations that lead to it.
_SHARED = (
    ("launch_template", "launch_template_name", "mixed_launch_template", "mixed_launch_template_name"),
    ("launch_configuration",),
    ("target_groups", "traffic_sources.target_group"),
    ("classic_load_balancers", "traffic_sources.classic_load_balancer"),
)

_INDEX = re.compile(r"\[[^\]]*\]")


def siblings_of(group: Resource, graph: ResourceGraph) -> Links:
    """Who does the same work: launched from the same template, behind the same balancer, or of the same block."""
    found = all_links((_of_the_same_block(group, graph), *_sharing(group, graph)))
    return replace(
        found,
        must=tuple(each for each in found.must if each is not group),
        may=tuple(each for each in found.may if each is not group),
    )


def _of_the_same_block(group: Resource, graph: ResourceGraph) -> Links:
    """The other instances of ``count`` and ``for_each``, of the block itself or of a module around it."""
    first = graph.of_kind(group.kind)[0]
    alike = graph.once(_by_block, first)[_INDEX.sub("", group.address)]
    several = [blocker for each in alike if each.existence.several for blocker in each.existence.unless]
    return Links(must=_there(alike, group), may=tuple(alike), open=tuple(several))


def _by_block(first: Resource, graph: ResourceGraph) -> dict[str, list[Resource]]:
    """The groups of a kind by their addresses without the indices."""
    found: defaultdict[str, list[Resource]] = defaultdict(list)
    for each in graph.of_kind(first.kind):
        found[_INDEX.sub("", each.address)].append(each)
    return found


def _there(alike: Iterable[Resource], group: Resource) -> tuple[Resource, ...]:
    return tuple(each for each in alike if each.existence.follows_from(group.existence))


def _sharing(group: Resource, graph: ResourceGraph) -> Iterator[Links]:
    for relations in _SHARED:
        used = all_links(graph.targets(group, relation) for relation in relations)
        for thing in used.may:
            users = all_links(graph.sources(thing, group.kind, relation) for relation in relations)
            yield users if thing in used.must else replace(users, must=())
        if not used.complete:
            yield Links(may=tuple(graph.of_kind(group.kind)))
        if used.outside:
            same_id = (graph.namesakes(group, relation) for relation in relations if "." not in relation)
            alike = [each for found in same_id if len(found) > 1 for each in found]
            yield Links(must=_there(alike, group), may=tuple(alike))


def zones_with_siblings(group: Resource, graph: ResourceGraph) -> Zones:
    """The zones that a group and its siblings stand in."""
    siblings = siblings_of(group, graph)
    found = zones_of(group, graph) | Zones(open=siblings.open)
    for sibling in siblings.may:
        zones = zones_of(sibling, graph)
        if sibling not in siblings.must:
            unless = sibling.existence.unless or (Blocker(sibling.address, sibling.place, "may do the same work"),)
            perhaps = (replace(use, unless=(*use.unless, *unless)) for use in zones.sure)
            zones = replace(zones, sure=(), possible=(*perhaps, *zones.possible))
        found |= zones
    return found
