"""A load balancer drops the requests in flight when a target leaves.

A target leaves its load balancer at every deployment, every scaling in and every
replacement of an instance. Without connection draining a Classic Load Balancer
closes its connections at that moment, and so does a target group whose
deregistration delay is zero: whoever was being answered gets an error.

Connection draining is off unless it is switched on; the deregistration delay is
300 seconds unless it is set. Target groups of Lambda functions have none.

How to mend
    Switch connection draining on (`ConnectionDrainingPolicy` with `Enabled: true`,
    `connection_draining = true` in Terraform), and give target groups a
    deregistration delay as long as the longest request.

See also
    https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-conn-drain.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.serving.targets import holds_lambda
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Scalar, Truth, assumptions, blockers
from haanalyzer.values.questions import is_equal


@rule(
    "HA210",
    kinds=("classic_load_balancer", "target_group"),
    severity=Severity.WARNING,
    systems=("Classic load balancer", "Application load balancer", "Target group"),
    like=("clb-draining", "tg-dereg-delay"),
)
def connections_cut_off(resource: Resource, _: ResourceGraph) -> Iterator[Verdict]:
    if resource.kind == "classic_load_balancer":
        fact = f"{resource.address} drains no connections: whoever a leaving instance was answering gets an error"
        yield _verdict(resource, fact, "connection_draining", cuts_off=False, mends=True)
    elif holds_lambda(resource) is not Truth.YES:
        fact = f"{resource.address} waits 0 seconds for a leaving target: whoever it was answering gets an error"
        yield _verdict(resource, fact, "deregistration_delay", cuts_off=0, mends=300)


def _verdict(resource: Resource, fact: str, attribute: str, *, cuts_off: Scalar, mends: Scalar) -> Verdict:
    value = resource[attribute]
    meant = Truth.YES if resource.kind == "classic_load_balancer" else ~holds_lambda(resource)
    cut = meant & is_equal(value, cuts_off)
    if cut is Truth.NO:
        return passed(resource, assuming=assumptions(value))
    if cut is Truth.MAYBE:
        kind_of_target = () if meant is Truth.YES else blockers(resource["target_type"])
        return undecided(resource, (*kind_of_target, *blockers(value)))
    change = Change(resource.address, attribute, mends)
    return failed(resource, fact, at=resource.place_of(attribute), assuming=assumptions(value), changes=(change,))
