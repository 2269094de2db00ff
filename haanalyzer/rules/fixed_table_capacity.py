"""A DynamoDB table has fixed capacity: it is neither on demand nor scaled.

A table with provisioned capacity throttles whatever exceeds it, for readers and
writers alike, however many zones answer. Application Auto Scaling
follows the load; tables on demand need neither. Without either, a surge is
turned away until somebody raises the numbers.

A table that scaling is declared for, by its name or by reference, passes even
where only reads or only writes are scaled. Global tables of CloudFormation are not
meant: their provisioned capacity cannot be declared without scaling.

How to mend
    Set `BillingMode: PAY_PER_REQUEST` (`billing_mode` in Terraform) and drop the
    capacity units, or declare a scalable target and a policy for reads and writes.

See also
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.serving.scaling import scalable_targets
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Truth, assumptions, blockers
from haanalyzer.values.questions import is_equal, is_written


@rule(
    "HA309",
    kinds=("dynamodb_table",),
    severity=Severity.NOTE,
    systems=("DynamoDB",),
    like=("ddb-scaling", "ddb-billing"),
)
def fixed_table_capacity(table: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    provisioned = _is_provisioned(table)
    targets = scalable_targets(table, graph)
    deciding = [table[name] for name in ("billing_mode", "read_capacity", "write_capacity")]
    if provisioned is Truth.NO or targets.sure:
        yield passed(table, assuming=assumptions(*deciding))
    elif provisioned is Truth.YES and not targets.perhaps and not targets.blockers:
        yield failed(
            table,
            f"{table.address} has {table['read_capacity']} read and {table['write_capacity']} write capacity units"
            " and nothing that scales them",
            at=table.place_of("read_capacity"),
            assuming=assumptions(*deciding) | graph.left_out(("scalable_target",)),
        )
    else:
        yield undecided(table, (*blockers(*deciding), *targets.blockers))


def _is_provisioned(table: Resource) -> Truth:
    """By its billing mode; a table of AWS SAM has none, and is provisioned where capacity is given."""
    if table.words["billing_mode"].word(table.type) is None:
        return is_written(table["read_capacity"])
    return is_equal(table["billing_mode"], "PROVISIONED")
