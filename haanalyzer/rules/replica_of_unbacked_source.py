"""A read replica's source keeps no automated backups.

A read replica is made from a snapshot of its source and follows its logs, for which the
source must keep automated backups: with a retention of 0 days the replica cannot be
made, and when the retention of a source is set to 0 later, its replicas stop. This also
holds for a replica that other replicas follow.

What is taken when nothing is written differs: CloudFormation keeps backups for a day,
Terraform none, and a replica none in either. A source that is restored from a snapshot
may bring its retention along, and one that is not declared here is not judged. DB
clusters always keep backups.

How to mend
    Set the source's `BackupRetentionPeriod` (`backup_retention_period` in Terraform) to a
    day or more.

See also
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.data.replication import keeps_backups, replicas_of, why_unsure_of_backups
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, assumptions

_DAYS = 7
"""What the mend sets: the retention that the RDS console proposes."""


@rule(
    "HA404",
    kinds=("db_instance",),
    severity=Severity.ERROR,
    systems=("RDS read replica",),
    like=("rds-read-replica",),
)
def replica_of_unbacked_source(source: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    replicas = replicas_of(source, graph)
    if not replicas.may:
        return
    backed = keeps_backups(source)
    assuming = assumptions(source["backup_retention"])
    if backed is Truth.YES:
        yield passed(source, assuming=assuming)
    elif backed is Truth.NO and replicas.must:
        names = ", ".join(each.address for each in replicas.must)
        yield failed(
            source,
            f"{source.address} keeps no automated backups, without which {names} cannot replicate it",
            at=source.place_of("backup_retention"),
            evidence=(
                Step(each.place_of("replication_source"), f"{each.address} replicates {source.address}")
                for each in replicas.must
            ),
            assuming=assuming,
            changes=(Change(source.address, "backup_retention", _DAYS),),
        )
    else:
        unsure = why_unsure_of_backups(source) if backed is Truth.MAYBE else ()
        maybe = (Blocker(each.address, each.place, "may replicate it") for each in replicas.may)
        yield undecided(source, (*unsure, *replicas.open) or maybe)
