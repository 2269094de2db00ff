"""Resources by their names: Auto Scaling groups and others are named by a text of the author's, not by an id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from haanalyzer.graph.bounds import few
from haanalyzer.graph.links import Links
from haanalyzer.graph.resource import Resource
from haanalyzer.values import Absent, Blocker, Known, Term, Truth, Value, blockers, identity_of, same


class Names:
    """The resources of each kind by their attribute ``name``, known or a term: equal terms are equal names."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._named: defaultdict[tuple[str, Term | str], list[Resource]] = defaultdict(list)
        self._vague: defaultdict[str, dict[Blocker, None]] = defaultdict(dict)
        for resource in resources:
            name = resource["name"] if "name" in resource.words else Absent(place=resource.place)
            key = identity_of(name)
            if key is not None:
                self._named[resource.kind, key].append(resource)
            self._vague[resource.kind].update(dict.fromkeys(blockers(name)))

    def named(self, value: Value, kinds: tuple[str, ...], region: Value) -> Links | None:
        """What a name that is used in a region stands for; None where it is an unknown that names nothing declared.

        A name is one resource's in its region. One that is declared only under a
        condition, or perhaps elsewhere, may also be somebody else's.
        """
        key = identity_of(value)
        found = [] if key is None else [each for kind in kinds for each in self._named[kind, key]]
        near = [each for each in found if same(each.region, region) is not Truth.NO]
        if len(near) == 1 and near[0].existence.certain and same(near[0].region, region) is Truth.YES:
            return Links(must=tuple(near), may=tuple(near))
        vague = few(blocker for kind in kinds for blocker in self._vague[kind])
        unless = (blocker for each in near for blocker in each.existence.unless or (_one_of_several(each),))
        doubts = tuple(dict.fromkeys((*unless, *vague)))
        if near:
            return Links(may=tuple(near), open=doubts)
        return Links(outside=(value,), open=doubts) if isinstance(value, Known) and value.data != "" else None


def _one_of_several(resource: Resource) -> Blocker:
    return Blocker(resource.address, resource.place, "may be the one of this name")
