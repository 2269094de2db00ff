"""Siblings: groups, or instances, that do the same work: one for each zone, or several behind one balancer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from haanalyzer.analysis.alike import ByValue
from haanalyzer.analysis.answers import doubts_about
from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.zones import Zones, ZoneUse
from haanalyzer.graph import Links, Resource, ResourceGraph, listed
from haanalyzer.graph.links import all_links
from haanalyzer.values import Truth, same

# What groups that do the same work have in common, by the relations that lead to it.
_SHARED = (
    ("launch_template", "launch_template_name", "mixed_launch_template", "mixed_launch_template_name"),
    ("launch_configuration",),
    ("target_groups", "traffic_sources.target_group"),
    ("classic_load_balancers", "traffic_sources.classic_load_balancer"),
)

_INDEX = re.compile(r"\[[^\]]*\]")


def siblings_of(resource: Resource, graph: ResourceGraph) -> Links:
    """Who does the same work as an Auto Scaling group or an instance.

    Groups do that are launched from the same template, whoever is behind the same balancer,
    and all that the same block declares.
    """
    shared = _balanced_with(resource, graph) if resource.kind == "instance" else _sharing(resource, graph)
    found = all_links((_of_the_same_block(resource, graph), *shared))
    return replace(
        found,
        must=tuple(each for each in found.must if each is not resource),
        may=tuple(each for each in found.may if each is not resource),
    )


def _of_the_same_block(resource: Resource, graph: ResourceGraph) -> Links:
    """The other instances of ``count`` and ``for_each``, of the block itself or of a module around it."""
    first = graph.of_kind(resource.kind)[0]
    alike = graph.once(_by_block, first)[_INDEX.sub("", resource.address)]
    several = [blocker for each in alike if each.existence.several for blocker in each.existence.unless]
    return Links(must=_there(alike, resource), may=tuple(alike), open=tuple(several))


def _by_block(first: Resource, graph: ResourceGraph) -> dict[str, list[Resource]]:
    """The resources of a kind by their addresses without the indices."""
    found: defaultdict[str, list[Resource]] = defaultdict(list)
    for each in graph.of_kind(first.kind):
        found[_INDEX.sub("", each.address)].append(each)
    return found


def _there(alike: Iterable[Resource], resource: Resource) -> tuple[Resource, ...]:
    return tuple(each for each in alike if each.existence.follows_from(resource.existence))


def _sharing(group: Resource, graph: ResourceGraph) -> Iterator[Links]:
    for relations in _SHARED:
        used = all_links(graph.targets(group, relation) for relation in relations)
        for thing in used.may:
            users = all_links(graph.sources(thing, group.kind, relation) for relation in relations)
            yield users if thing in used.must else replace(users, must=())
        if not used.complete:
            others, more = listed(graph.of_kind(group.kind))
            yield Links(may=others, open=more)
        if used.outside or used.open:
            alike = _naming_the_same(group, relations, graph)
            yield Links(must=_there(alike, group), may=alike)


def _naming_the_same(group: Resource, relations: Iterable[str], graph: ResourceGraph) -> tuple[Resource, ...]:
    """The groups that name the very same thing, whatever that is."""
    single = (relation for relation in relations if "." not in relation and not group.words[relation].plural)
    return tuple(each for relation in single for each in graph.namesakes(group, relation))


def _balanced_with(instance: Resource, graph: ResourceGraph) -> Iterator[Links]:
    """Whoever is registered with a load balancer or target group that an instance is registered with."""
    for kind, to_member, to_group in _REGISTRATIONS:
        own = graph.sources(instance, kind, to_member)
        yield Links(open=own.open)
        for each in own.may:
            groups = graph.targets(each, to_group) if to_group else Links(must=(each,), may=(each,))
            certain = each in own.must
            for group in groups.may:
                found = _registered_with(group, graph)
                yield found if certain and group in groups.must else replace(found, must=())
            yield Links(open=groups.blockers)


def _registered_with(group: Resource, graph: ResourceGraph) -> Links:
    if group.kind == "classic_load_balancer":
        named = graph.targets(group, "instances")
        by_third = graph.sources(group, "classic_load_balancer_attachment", "classic_load_balancer")
        member = "instance"
    else:
        named = graph.targets(group, "targets.target")
        by_third = graph.sources(group, "target_group_attachment", "target_group")
        member = "target"
    surely = (graph.targets(each, member) for each in by_third.must)
    perhaps = (replace(graph.targets(each, member), must=()) for each in by_third.may if each not in by_third.must)
    return all_links((named, Links(open=by_third.open), *surely, *perhaps))


# Who registers an instance: the kind, its relation to the instance, and to what it registers it with if not itself.
_REGISTRATIONS = (
    ("target_group_attachment", "target", "target_group"),
    ("target_group", "targets.target", None),
    ("classic_load_balancer_attachment", "instance", "classic_load_balancer"),
    ("classic_load_balancer", "instances", None),
)


def zones_with_siblings(resource: Resource, graph: ResourceGraph) -> Zones:
    """The zones that a group or instance and its siblings stand in, each zone once."""
    siblings = siblings_of(resource, graph)
    own = zones_of(resource, graph)
    sure, possible, more = _by_zone(own.sure), _by_zone(own.possible), dict.fromkeys((*own.open, *siblings.open))
    certain = frozenset(siblings.must)
    for sibling in siblings.may:
        zones = graph.once(zones_of, sibling)
        more |= dict.fromkeys(zones.open)
        if sibling in certain:
            sure = _by_zone(zones.sure) | sure
            possible = _by_zone(zones.possible) | possible
        else:
            unless = doubts_about(sibling, "may do the same work")
            perhaps = (replace(use, unless=(*use.unless, *unless)) for use in zones.sure)
            possible = _by_zone((*perhaps, *zones.possible)) | possible
    return Zones(tuple(sure.values()), tuple(possible.values()), tuple(more), own.local)


def _by_zone(uses: Iterable[ZoneUse]) -> dict[str, ZoneUse]:
    return {str(use.zone): use for use in uses}


def perhaps_standby(instance: Resource, graph: ResourceGraph) -> Resource | None:
    """An instance in another zone that may be of the same image and size: whether it stands by, no template says."""
    zones = zones_of(instance, graph)
    alike = graph.once(_by_image, graph.of_kind("instance")[0]).alike(instance["image"])
    for other in alike.may:
        of_one_size = same(instance["instance_type"], other["instance_type"])
        if other is instance or of_one_size is Truth.NO:
            continue
        if (zones | graph.once(zones_of, other)).spans(2) is not Truth.NO:
            return other
    return alike.may[-1] if alike.open else None


def _by_image(_: Resource, graph: ResourceGraph) -> ByValue:
    """All instances by their images, the first of each size and zone; asked of one of them for all."""
    found: dict[tuple[str, ...], Resource] = {}
    for each in graph.of_kind("instance"):
        zones = graph.once(zones_of, each)
        where = (str(use.zone) for use in zones.sure + zones.possible)
        found.setdefault((str(each["image"]), str(each["instance_type"]), *where), each)
    return ByValue((each, each["image"]) for each in found.values())
