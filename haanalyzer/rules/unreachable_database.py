"""Nobody can connect to a database or cache at its port.

A database whose security groups admit somebody, but nobody at the port that it listens
at, is up in every zone and of no use: the port was changed on one side, the engine's
default is another one than was thought, or the rule was copied from another engine. The
same holds for clients that the database admits by their security group, when their own
group does not let the connection out or the network ACLs between their subnets and the
database's drop it.

The port is the one that is written, else the engine's. A database without a rule for what
comes in is not judged, for whoever is meant is not declared here; and neither are those
whose security group is not declared here, instances of a cluster (the cluster is), and
what takes over the port of the snapshot or source that it is made from.

How to mend
    Let the database's security group admit its clients' group at the port that the database
    listens at, and let the clients' group, if it restricts what goes out, allow that port.

See also
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Troubleshooting.html#CHAP_Troubleshooting.Connecting
    https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.filters.clients import Client, clients_of, is_admitted_at, others_admitted, others_in
from haanalyzer.analysis.filters.database_services import services_of
from haanalyzer.analysis.filters.endpoints import Endpoint, endpoint
from haanalyzer.analysis.filters.passage import Passage, either_of
from haanalyzer.analysis.filters.reachability import Service, connections
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, assumptions, blockers
from haanalyzer.values.questions import is_written


@rule(
    "HA205",
    kinds=("db_instance", "db_cluster", "replication_group", "cache_cluster"),
    severity=Severity.ERROR,
    systems=(
        "Network ACL",
        "Security group",
        "RDS instance",
        "Aurora cluster",
        "ElastiCache for Redis/Valkey",
        "ElastiCache for Memcached",
    ),
    like=("deny-all-breaks-service",),
)
def unreachable_database(database: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    member = _is_member(database)
    if member is Truth.YES:
        return
    services = services_of(database)
    here = endpoint(database, graph)
    which = tuple(blocker for service in services for blocker in service.blockers)
    at_port = either_of([is_admitted_at(here, service, graph) for service in services], which)
    doubts = blockers(*(database[name] for name in _OWNERS if name in database.words)) if member is Truth.MAYBE else ()
    if at_port.truth is Truth.NO and not doubts:
        yield _nobody(database, services[0], at_port)
        return
    clients = clients_of(here, services, graph) if len(services) == 1 else []
    ways = [(each, _way(each, here, services[0], graph)) for each in clients]
    lost = [(each, way) for each, way in ways if way.truth is Truth.NO and _only(each, ways)]
    cut_off = [(each, way) for each, way in lost if not others_in(each.group, graph)]
    if cut_off and not doubts:
        yield from (_cut_off(database, client, services[0], way) for client, way in cut_off)
        return
    unsure = [*doubts, *at_port.blockers, *(blocker for _, way in ways for blocker in way.blockers)]
    unsure += [_meant(each) for each, way in ways if way.truth is Truth.NO]
    unsure += others_admitted(here, services, graph)
    if unsure:
        yield undecided(database, unsure)
    else:
        resting = (assumption for way in (at_port, *(way for _, way in ways)) for assumption in way.assuming)
        yield passed(database, assuming=services[0].assuming.union(resting))


_OWNERS = ("cluster", "replication_group")


def _is_member(database: Resource) -> Truth:
    """Whether it belongs to a cluster, which has the port and the security groups."""
    found = [is_written(database[name]) for name in _OWNERS if name in database.words]
    return found[0] if found else Truth.NO


def _nobody(database: Resource, service: Service, way: Passage) -> Verdict:
    return failed(
        database,
        f"{database.address} listens at {service}, where nobody can connect to it: {way.why}",
        at=way.at,
        part="port",
        evidence=(*service.steps, *way.steps),
        assuming=service.assuming | way.assuming,
    )


def _way(client: Client, database: Endpoint, service: Service, graph: ResourceGraph) -> Passage:
    return connections(endpoint(client.resource, graph), database, service, graph)


def _only(client: Client, ways: list[tuple[Client, Passage]]) -> bool:
    """Whether no client of the same group may get through: else it is not told that this one is meant."""
    return all(way.truth is Truth.NO for other, way in ways if other.group is client.group)


def _meant(client: Client) -> Blocker:
    return Blocker(client.resource.address, client.resource.place, "may be no client, though its security group is")


# What a rule admits its peer at.
_OF_A_RULE = ("protocol", "from_port", "to_port")


def _cut_off(database: Resource, client: Client, service: Service, way: Passage) -> Verdict:
    where = f" {way.part}" if way.part else ""
    meant = Step(
        client.rule.place, f"{client.rule.address} admits {client.group.address}, which has {client.resource.address}"
    )
    return failed(
        database,
        f"{client.resource.address}, which {database.address} admits, cannot reach it{where} at {service}: {way.why}",
        at=way.at,
        part=f"client {client.resource.address}",
        evidence=(*service.steps, meant, *way.steps),
        assuming=service.assuming | way.assuming | assumptions(*(client.rule[name] for name in _OF_A_RULE)),
        severity=Severity.WARNING if way.part else None,
    )
