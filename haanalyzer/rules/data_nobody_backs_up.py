"""A data store is left out of the backups that are made here.

Backups are declared in this deployment, by backup selections or snapshot policies, and
none of them takes in this volume, table or database; nor does it keep
backups of its own (point-in-time recovery, automated backups). What is deleted or
overwritten there is gone.

What is declared here is all that this rule sees. Where nothing here makes backups it
stays undecided: a plan of the account may select the store by its tags. The same
holds for tags that a selection asks for and the store does not write, for the stack or
the provider's default tags may add them. A table or database whose own backups
are on passes. Members of a DB cluster and replicas are not meant, nor clusters, which
always keep backups, nor instances restored from a snapshot, which may bring their
retention along.

How to mend
    Take the store in: by its ARN in a selection's `Resources` (`resources` in Terraform),
    or by giving it the tags that the selection asks for.

See also
    https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
    https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html
    https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_backing_up_data_identified_backups_data.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.data.backups import backed_up, keepers
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, any_of, assumptions
from haanalyzer.values.questions import is_written

# What is written of a database that is another one's copy, or brings its settings along.
_COPIED_BY = (
    "cluster",
    "replication_source",
    "source_cluster",
    "snapshot",
    "cluster_snapshot",
    "automated_backup",
    "point_in_time",
)


@rule(
    "HA420",
    kinds=("volume", "dynamodb_table", "db_instance"),
    severity=Severity.WARNING,
    systems=("AWS Backup", "EBS snapshots"),
    like=("backup-critical-resources", "ebs-backup-plan", "ebs-snapshots", "ddb-backup-plan", "rds-backup-plan"),
)
def data_nobody_backs_up(store: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    copied = any_of(is_written(store[name]) for name in _COPIED_BY if name in store.words)
    if copied is Truth.YES:
        return
    backups = backed_up(store, graph)
    near = keepers(store, graph).may
    managed_here = any(each.existence.follows_from(store.existence) for each in near)
    if backups.truth is Truth.YES:
        yield passed(store, assuming=backups.assuming)
    elif backups.truth is Truth.NO and managed_here and copied is Truth.NO:
        others = ", ".join(each.address for each in near)
        yield failed(
            store,
            f"{store.address} is backed up by nothing: {others} {'leaves' if len(near) == 1 else 'leave'} it out",
            evidence=[Step(each.place, f"{each.address} does not take it in") for each in near],
            assuming=backups.assuming | assumptions(*(each.region for each in near)),
        )
    else:
        elsewhere = Blocker(store.address, store.place, "what is declared elsewhere may back it up")
        yield undecided(store, backups.blockers or (elsewhere,))
