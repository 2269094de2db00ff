"""A backup plan has no selection, so it backs up nothing.

A plan says when backups are made and how long they are kept. What is backed up, a
selection says, which is a resource of its own. A plan that none names runs
on schedule over nothing, and looks like protection.

A selection without resources, tags and conditions is no such case: it takes in
everything the account has opted in to. Selections of another stack or root
module, which must be given the plan's id, are not seen.

How to mend
    Declare an `AWS::Backup::BackupSelection` (`aws_backup_selection` in Terraform) that
    names the plan, with the ARNs or tags of what it is to back up.

See also
    https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
    https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Truth


@rule(
    "HA419",
    kinds=("backup_plan",),
    severity=Severity.WARNING,
    systems=("AWS Backup",),
    like=("backup-plan-assigned",),
)
def unused_backup_plan(plan: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    selections = graph.sources(plan, "backup_selection", "plan")
    if selections.exist is Truth.YES:
        yield passed(plan)
    elif selections.exist is Truth.NO:
        message = f"{plan.address} backs up nothing: no selection names it"
        yield failed(plan, message, assuming=graph.left_out(("backup_selection",)))
    else:
        conditional = (blocker for each in selections.may for blocker in each.existence.unless)
        yield undecided(plan, (*selections.open, *conditional))
