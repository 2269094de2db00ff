"""A rolling deployment may neither start a task first nor stop one first.

While ECS rolls out a new version it keeps at least the minimum healthy percent of
the desired count, rounded up, and runs at most the maximum percent, rounded down.
Where both come to the desired count itself, no task may be stopped and none
started: with one task, 100 and 150 percent are one and one. The deployment waits
until it is cancelled, and so does every later one.

Services that run one task on each instance are not meant, nor deployments by
CodeDeploy, by an external controller, or blue/green.

How to mend
    Raise the maximum percent to 200, or lower the minimum healthy percent where
    the instances have no room for more tasks.

See also
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from haanalyzer.analysis.serving.capacity import Fewest, fewest_of
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Absent, Blocker, Known, Truth, Value, agreed, assumptions, blockers
from haanalyzer.values.numbers import cases, number
from haanalyzer.values.questions import is_equal

_ROOM = 200
"""What AWS takes for the maximum percent. Source: CreateService, DeploymentConfiguration."""


@rule(
    "HA314",
    kinds=("ecs_service",),
    severity=Severity.WARNING,
    systems=("ECS on EC2 and Fargate",),
    like=("ecs-min-healthy",),
)
def deployment_cannot_proceed(service: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    rolling = (
        ~is_equal(service["scheduling_strategy"], "DAEMON")
        & is_equal(service["deployment_controller"], "ECS")
        & is_equal(service["deployment_strategy"], "ROLLING")
    )
    if rolling is Truth.NO:
        return
    fewest = fewest_of(service, graph)
    counts = _counts(fewest, service)
    percents = (_or(service["minimum_healthy_percent"], 100), _or(service["maximum_percent"], _ROOM))
    blocked = agreed(_blocked(case) for case in cases(*counts, *percents))
    if blocked is Truth.NO:
        yield passed(service, assuming=assumptions(*counts, *percents))
    elif blocked is Truth.YES and rolling is Truth.YES:
        yield _failure(service, counts[0], percents)
    else:
        kind = (service[name] for name in ("scheduling_strategy", "deployment_controller", "deployment_strategy"))
        unsure = (*fewest.blockers, *blockers(*kind, *counts, *percents))
        yield undecided(service, unsure or (Blocker(str(counts[0]), fewest.place, "how many tasks there are"),))


def _counts(fewest: Fewest, service: Resource) -> tuple[Value, Value]:
    """The fewest and the most tasks that there are once scaling has come to rest; nothing where that cannot be told."""
    if fewest.blockers:
        nobody_knows = Absent(place=fewest.place)
        return nobody_knows, nobody_knows
    return fewest.value, fewest.value if fewest.owner is service else fewest.owner["max_capacity"]


def _or(value: Value, default: int) -> Value:
    return Known(data=default, place=value.place) if isinstance(value, Absent) else value


def _blocked(case: tuple[Value, ...]) -> Truth:
    """Whether a deployment is blocked at any number of tasks from the fewest to the most."""
    fewest, most, least_percent, most_percent = map(number, case)
    if (least_percent is not None and least_percent < 1) or (most_percent is not None and most_percent >= _ROOM):
        return Truth.NO
    if fewest is None or most is None or least_percent is None or most_percent is None:
        return Truth.MAYBE
    return agreed(Truth.of(_is_blocked(count, least_percent, most_percent)) for count in (fewest, most))


def _is_blocked(count: float, least_percent: float, most_percent: float) -> bool:
    may_stop = ceil(count * least_percent / 100) < count
    may_start = floor(count * most_percent / 100) > count
    return count > 0 and not may_stop and not may_start


def _failure(service: Resource, count: Value, percents: tuple[Value, Value]) -> Verdict:
    least, most = percents
    at = "maximum_percent" if not isinstance(service["maximum_percent"], Absent) else "minimum_healthy_percent"
    return failed(
        service,
        f"{service.address} keeps {least}% and runs at most {most}% of {count} task{'' if str(count) == '1' else 's'}:"
        " a deployment may neither stop one nor start one",
        at=service.place_of(at),
        evidence=(
            Step(count.place, f"there {'is' if str(count) == '1' else 'are'} {count}"),
            Step(service.place_of("minimum_healthy_percent"), f"the minimum healthy percent is {least}"),
        ),
        assuming=assumptions(count, *percents),
        changes=(Change(service.address, "maximum_percent", _ROOM),),
    )
