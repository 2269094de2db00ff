"""An alias is answered with although its load balancer is not healthy.

Of several weighted, latency or multivalue records Route 53 leaves out those that
are not healthy. One that has no health check, and does not evaluate its target's
health, is never left out: part of the users is sent to where nothing answers, in
another region too, as long as the target is lost.

A record that is alone of its name is not meant, for there is nothing else to
answer with; neither are primary and secondary records, of which
failover-record-without-health-check tells, nor aliases of anything else than a
load balancer: the health of a CloudFront distribution cannot be evaluated.

How to mend
    Set `EvaluateTargetHealth: true` (`evaluate_target_health = true`), or give the
    record a health check.

See also
    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html
    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.events.dns import is_one_of_several, targets_of
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, assumptions, blockers
from haanalyzer.values.questions import is_true, is_written

_DECIDING = (
    "alias_target",
    "weighted_routing",
    "latency_routing",
    "multivalue",
    "health_check",
    "evaluate_target_health",
)


@rule(
    "HA212",
    kinds=("record",),
    severity=Severity.WARNING,
    systems=("Route 53 records", "Route 53 multi-region routing"),
    like=("r53-failover-hc",),
)
def alias_ignores_target_health(record: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    balancers = targets_of(record, graph)
    meant = is_one_of_several(record)
    no_alias = is_written(record["alias_target"]) is Truth.NO
    if meant is Truth.NO or no_alias or not (balancers.regional or balancers.blockers):
        return
    checked = is_true(record["evaluate_target_health"]) | is_written(record["health_check"])
    assuming = assumptions(*(record[name] for name in _DECIDING))
    if checked is Truth.YES:
        yield passed(record, assuming=assuming)
    elif checked is Truth.MAYBE or meant is Truth.MAYBE or balancers.blockers:
        unclear = Blocker(record.address, record.place, "whether its target's health counts cannot be told")
        yield undecided(record, blockers(*(record[name] for name in _DECIDING)) or (unclear,))
    else:
        yield failed(
            record,
            f"{record.address} is one of several records, and is answered with whether its target is healthy or not",
            at=record.place_of("evaluate_target_health"),
            evidence=(Step(each.place, f"it leads to {each.name}") for each in balancers.regional),
            assuming=assuming,
            changes=[Change(record.address, "evaluate_target_health", True)],
        )
