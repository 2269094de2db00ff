"""A health check cannot see that a target is ill.

A load balancer takes out of service what its health check finds ill, and nothing
else. A check that is switched off finds nothing; one that takes server errors
for an answer finds a broken application healthy; and one that only opens a TCP
port finds a web server healthy that answers every request with an error, for the
operating system accepts the connection.

A Classic Load Balancer without a health check opens the TCP port of its first
listener. That is judged where it has an HTTP or HTTPS listener; for other
protocols nothing better exists. A target group that takes every answer up to 499
for healthy is a note: it sees a crash, and not that the application is missing.
Lambda functions need no check.

How to mend
    Ask for a page that shows whether the application works: `Target: HTTP:80/health`
    for a Classic Load Balancer, and `Matcher` with `HttpCode: "200"` for a target
    group.

See also
    https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
    https://aws.amazon.com/builders-library/implementing-health-checks/
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.serving.health_checks import accepts, only_opens_port, serves_http
from haanalyzer.analysis.serving.targets import holds_lambda
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Absent, Blocker, Scalar, Truth, alternatives, assumptions, blockers
from haanalyzer.values.questions import is_equal


@rule(
    "HA209",
    kinds=("classic_load_balancer", "target_group"),
    severity=Severity.WARNING,
    systems=("Classic load balancer", "Application load balancer", "Target group"),
    like=("clb-health", "tg-health"),
)
def blind_health_check(resource: Resource, _: ResourceGraph) -> Iterator[Verdict]:
    if resource.kind == "classic_load_balancer":
        yield _classic(resource)
    elif holds_lambda(resource) is not Truth.YES:
        yield _target_group(resource)


def _target_group(group: Resource) -> Verdict:
    enabled, matcher = group["health_check_enabled"], group["health_check_matcher"]
    off = is_equal(enabled, False)
    errors, anything = accepts(matcher, 500), accepts(matcher, 499) & accepts(matcher, 200)
    blind = off | errors | anything
    rests_on = assumptions(group["target_type"], enabled, matcher)
    if blind is Truth.NO:
        return passed(group, assuming=rests_on)
    if blind is Truth.MAYBE or holds_lambda(group) is not Truth.NO:
        unclear = Blocker(group.address, group.place, "which answers its health check takes for healthy")
        return undecided(group, blockers(group["target_type"], enabled, matcher) or (unclear,))
    mended: Scalar
    if off is Truth.YES:
        fact = "does not check whether its targets are healthy"
        attribute, mended = "health_check_enabled", True
    else:
        what = "server errors" if errors is Truth.YES else "every client error"
        fact = f"takes {what} for the answer of a healthy target: its check accepts {matcher}"
        attribute, mended = "health_check_matcher", "200"
    return failed(
        group,
        f"{group.address} {fact}",
        at=group.place_of(attribute),
        assuming=rests_on,
        severity=Severity.NOTE if off is not Truth.YES and errors is not Truth.YES else None,
        changes=(Change(group.address, attribute, mended),),
    )


def _classic(balancer: Resource) -> Verdict:
    target, listeners = balancer["health_check_target"], balancer["listeners"]
    blind = only_opens_port(target) & serves_http(balancer)
    rests_on = assumptions(target, listeners)
    if blind is Truth.NO:
        return passed(balancer, assuming=rests_on)
    if blind is Truth.MAYBE:
        unclear = Blocker(balancer.address, balancer.place, "what its listeners or its health check speak")
        return undecided(balancer, blockers(target, listeners) or (unclear,))
    how = "no health check is given" if all(isinstance(each, Absent) for each in alternatives(target)) else str(target)
    return failed(
        balancer,
        f"{balancer.address} serves HTTP, and only checks whether a port opens: {how}",
        at=balancer.place_of("health_check_target"),
        evidence=(Step(balancer.place_of("listeners"), f"{balancer.address} has an HTTP or HTTPS listener"),),
        assuming=rests_on,
    )
