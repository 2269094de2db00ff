"""What our graph says of a generated template, by the questions that an account of moto's answers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from haanalyzer.analysis.placement import zones_of, zones_of_subnet_group
from haanalyzer.analysis.routes.routing import part_of, route_tables_of
from haanalyzer.analysis.routes.ways_out import way_out_of
from haanalyzer.analysis.zones import Zones, ZoneUse
from haanalyzer.frontends.cloudformation.template import read_template
from haanalyzer.frontends.deployment import Deployment, Inputs
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.values import Blocker, Known, ListValue, MapValue, Value, alternatives, blockers
from tests.generated_vpcs import CHILD, GeneratedVpc
from tests.oracles.moto_terms import Account, meaning_of

Fits = Callable[[object], bool]


@dataclass(frozen=True)
class Answer:
    """``fits`` tells whether a fact can be so, ``why`` what keeps it from being told; empty where only one can be.

    ``by_term`` where it is told by a term, such as the first zone of the region.
    """

    fits: Fits
    why: tuple[str, ...]
    said: str
    by_term: bool = False


Answers = dict[tuple[str, str], Answer]


def read(vpc: GeneratedVpc) -> Deployment:
    """The deployment of a generated template, as who reads it is told of it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, template in {"it.template": vpc.template, CHILD: vpc.child}.items():
            if template is not None:
                (Path(folder) / name).write_text(json.dumps(template, indent=1), "utf-8")
        files = Files(Path(folder))
        document = files.read("it.template")
        assert isinstance(document, Document)
        told = {name: vpc.parameters[name] for name in vpc.told}
        deployment = read_template(
            document, Inputs(region=vpc.region if vpc.region_told else None, parameters=told), files
        )
        assert not [each for each in deployment.diagnostics if each.is_error], deployment.diagnostics
        return deployment


class Asked:
    """Asks the graph of a deployment what an account answers."""

    def __init__(self, deployment: Deployment, account: Account) -> None:
        self._deployment = deployment
        self._graph = ResourceGraph(deployment)
        self._account = account

    def answers(self) -> Answers:
        found: Answers = {}
        for each in self._deployment.declarations:
            unless = tuple(blocker.reason for blocker in each.existence.unless)
            if each.type != "AWS::RDS::DBSubnetGroup":  # which moto gives no id
                found["there", each.address] = Answer(lambda _: True, unless, "is there")
            if each.type == "AWS::EC2::SecurityGroup":
                found["sources", each.address] = self._text(_source(each.attributes["SecurityGroupIngress"]))
        for address, resource in self._graph.resources.items():
            for question, answer in self._of(resource):
                found[question, address] = answer
        return found

    def _of(self, resource: Resource) -> Iterator[tuple[str, Answer]]:
        match resource.kind:
            case "subnet":
                yield "zones", self._zones(zones_of(resource, self._graph))
                yield "block", self._text(resource["cidr"])
                yield from self._routed(resource)
            case "nat_gateway" | "load_balancer" | "classic_load_balancer" | "auto_scaling_group":
                yield "zones", self._zones(zones_of(resource, self._graph))
                if resource.kind == "auto_scaling_group":
                    yield "most", self._text(resource["max_size"])
            case "db_instance":
                yield "standby", self._text(resource["multi_az"])
                yield "zones of its group", self._zones(zones_of_subnet_group(resource, self._graph))

    def _text(self, value: Value) -> Answer:
        meanings = [meaning_of(each, self._account) for each in alternatives(value)]
        why = tuple(blocker.reason for blocker in blockers(value)) if None in meanings or len(set(meanings)) > 1 else ()
        return Answer(
            lambda fact: None in meanings or fact in meanings, why, str(value), not why and not isinstance(value, Known)
        )

    def _zones(self, zones: Zones) -> Answer:
        uses = (*zones.sure, *zones.possible)
        meanings = {use: self._meanings(use) for use in uses}
        unclear = [use for use in uses if None in meanings[use] or len(meanings[use]) > 1]
        why = [
            *(blocker.reason for use in unclear for blocker in blockers(use.zone)),
            *(blocker.reason for use in zones.possible for blocker in use.unless),
            *(blocker.reason for blocker in zones.open),
        ]

        def fits(fact: object) -> bool:
            assert isinstance(fact, frozenset)
            most = zones.most
            return (
                zones.fewest <= len(fact)
                and (most is None or len(fact) <= most)
                and all(None in meanings[use] or meanings[use] & fact for use in zones.sure)
                and (bool(zones.open) or all(any(_may_be(zone, meanings[use]) for use in uses) for zone in fact))
            )

        by_term = not why and not all(isinstance(use.zone, Known) for use in uses)
        return Answer(fits, tuple(dict.fromkeys(why)), ", ".join(map(str, (use.zone for use in uses))), by_term)

    def _meanings(self, use: ZoneUse) -> frozenset[str | None]:
        return frozenset(meaning_of(each, self._account) for each in alternatives(use.zone))

    def _routed(self, subnet: Resource) -> Iterator[tuple[str, Answer]]:
        tables = route_tables_of(subnet, self._graph)
        named = {table.address for table in tables.tables} | ({""} if tables.main_of else set())
        yield "route table", _one_of(named, tables.blockers)
        way = way_out_of(subnet, self._graph)
        if way.route is None:
            yield "way out", _one_of({""} if not way.blockers else {None}, way.blockers)
        else:
            leads_to = [self._graph.targets(way.route, name) for name in ("gateway", "nat_gateway")]
            reached = {each.address for links in leads_to for each in links.may}
            yield "way out", _one_of(reached, [blocker for links in leads_to for blocker in links.blockers])
        part = part_of(subnet, self._graph)
        yield "part", _one_of({each.value for each in part.possible}, part.blockers)


def _may_be(zone: str, meanings: frozenset[str | None]) -> bool:
    return None in meanings or zone in meanings


def _one_of(possible: set[str] | set[None], unsure: Iterable[Blocker]) -> Answer:
    why = tuple(dict.fromkeys(blocker.reason for blocker in unsure)) if len(possible) != 1 or None in possible else ()
    return Answer(lambda fact: None in possible or fact in possible, why, " or ".join(map(str, possible)))


def _source(rules: Value) -> Value:
    assert isinstance(rules, ListValue)
    rule = rules.items[0]
    assert isinstance(rule, MapValue)
    return rule.get("CidrIp")
