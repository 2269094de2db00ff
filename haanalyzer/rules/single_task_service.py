"""A service is kept at one task.

With one task, every crash, every deployment that stops before it starts, and the
loss of the task's zone is an outage until ECS has placed another one: an image is
pulled, the software starts, the load balancer waits for its health checks.

What counts is the fewest tasks there may be: the minimum of the service's target of
Application Auto Scaling where it has one, else the desired count. A service that
runs one task on each instance is not meant, and neither is one that is kept at
none, which somebody else starts.

How to mend
    Set the desired count, and the minimum of its scaling, to two or more, over
    subnets in two zones.

See also
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.serving.capacity import Fewest, fewest_of
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, assumptions, blockers
from haanalyzer.values.questions import is_equal


@rule(
    "HA304",
    kinds=("ecs_service",),
    severity=Severity.WARNING,
    systems=("ECS on EC2 and Fargate",),
    like=("ecs-desired-one", "ecs-desired-zero"),
)
def single_task_service(service: Resource, graph: ResourceGraph, *, fewest_tasks: int = 2) -> Iterator[Verdict]:
    daemon = is_equal(service["scheduling_strategy"], "DAEMON")
    if daemon is Truth.YES:
        return
    fewest = fewest_of(service, graph)
    enough = {_enough(each, fewest_tasks) for each in fewest.numbers}
    if enough == {None}:
        return
    if enough == {Truth.YES}:
        yield passed(service, assuming=assumptions(fewest.value))
    elif enough == {Truth.NO} and daemon is Truth.NO:
        yield _failure(service, fewest, fewest_tasks)
    else:
        unsure = blockers(service["scheduling_strategy"], fewest.value)
        count = Blocker(str(fewest.value), fewest.place, "how many tasks there are")
        yield undecided(service, (*fewest.blockers, *unsure) or (count,))


def _enough(count: int | None, needed: int) -> Truth | None:
    """None where nothing is asked for at all."""
    if count is None:
        return Truth.MAYBE
    return Truth.of(count >= needed) if count > 0 else None


def _failure(service: Resource, fewest: Fewest, needed: int) -> Verdict:
    tasks = f"{fewest.value} task{'' if str(fewest.value) == '1' else 's'}"
    if fewest.owner is service:
        message = f"{service.address} is kept at {tasks}"
    else:
        message = f"{service.address} is scaled in to {tasks} by {fewest.owner.address}"
    return failed(
        service,
        message,
        at=fewest.place,
        evidence=(Step(fewest.place, f"{fewest.written_as} of {fewest.owner.address} is {fewest.value}"),),
        assuming=assumptions(fewest.value),
        changes=(Change(fewest.owner.address, fewest.attribute, needed),),
    )
