"""The port a database or cache listens at: its own, else its engine's."""

from __future__ import annotations

from haanalyzer.analysis.filters.filter_rules import number_in
from haanalyzer.analysis.filters.packets import TCP, Interval
from haanalyzer.analysis.filters.reachability import EVERY_PORT, Service
from haanalyzer.finding import Step
from haanalyzer.graph import Resource
from haanalyzer.values import Absent, Blocker, Known, Truth, Value, assumptions, blockers
from haanalyzer.values.questions import is_written

# By how an engine's name begins. Aurora PostgreSQL is made at either port, by how the cluster is made.
# Source: Amazon RDS and ElastiCache API references, Port of CreateDBInstance, CreateDBCluster and CreateCacheCluster;
# for clusters also the CloudFormation reference of AWS::RDS::DBCluster.
_BY_ENGINE = {
    "aurora-postgresql": (5432, 3306),
    "aurora": (3306,),
    "mysql": (3306,),
    "mariadb": (3306,),
    "postgres": (5432,),
    "oracle": (1521,),
    "custom-oracle": (1521,),
    "sqlserver": (1433,),
    "custom-sqlserver": (1433,),
    "db2": (50000,),
    "memcached": (11211,),
    "redis": (6379,),
    "valkey": (6379,),
}

# What is made from something else takes over its port, unless it is given one.
_MADE_FROM = (
    "snapshot",
    "cluster_snapshot",
    "replication_source",
    "source_cluster",
    "automated_backup",
    "point_in_time",
    "primary_cluster",
    "global_group",
)


def services_of(database: Resource) -> list[Service]:
    """What a database listens at: one service, or several where it is one of them."""
    port = database["port"]
    number = number_in(port)
    if number is not None and EVERY_PORT.first <= number <= EVERY_PORT.last:
        step = Step(database.place_of("port"), f"{database.address} listens at port {number}")
        return [Service((TCP,), Interval(number, number), steps=(step,), assuming=assumptions(port))]
    engine = database["engine"]
    defaults = _defaults(database, engine) if isinstance(port, Absent) else ()
    if not defaults:
        made_from = [database[name] for name in _MADE_FROM if name in database.words]
        unknown = blockers(port, engine, *made_from) or (_not_told(database),)
        return [Service((TCP,), EVERY_PORT, blockers=unknown)]
    step = Step(database.place_of("engine"), f"{database.address} listens at its engine's port {defaults[0]}")
    several = (_not_told(database),) if len(defaults) > 1 else ()
    assuming = assumptions(engine)
    return [Service((TCP,), Interval(each, each), (step,), several, assuming) for each in defaults]


def _defaults(database: Resource, engine: Value) -> tuple[int, ...]:
    """The ports of the engine, none where it is not known or the port may be another's."""
    if any(is_written(database[name]) is not Truth.NO for name in _MADE_FROM if name in database.words):
        return ()
    if database.kind == "replication_group":
        return _BY_ENGINE["redis"]
    written = str(engine).lower() if isinstance(engine, Known) else ""
    return next((ports for name, ports in _BY_ENGINE.items() if written.startswith(name)), ())


def _not_told(database: Resource) -> Blocker:
    return Blocker(f"port of {database.address}", database.place, "at which port it listens")
