"""An alarm goes off, and nothing happens.

An alarm that has no action, or whose actions are switched off, changes its colour
in the console and tells nobody: what it watches fails unnoticed, and the alarm is
the more harmful for being relied on.

An action in any state counts, for some alarms wake people when data is missing,
and some scale in when they return to OK. Alarms that a composite alarm names are
its parts and need no action of their own. Where a deployment, an experiment, a
health check or a rule of EventBridge declared here may act on the alarm, nothing
is said.

How to mend
    Give the alarm an SNS topic that somebody reads (`AlarmActions`, `alarm_actions`
    in Terraform), and leave its actions enabled.

See also
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
    https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
    https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_monitor_aws_resources_notification_monitor.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.serving.alarms import acts, has_actions, is_heard
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Truth


@rule(
    "HA701",
    kinds=("alarm", "composite_alarm"),
    severity=Severity.WARNING,
    systems=("Scaling policies and alarms", "CloudWatch alarms"),
    like=("cw-alarm-actions",),
)
def silent_alarm(alarm: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    own = acts(alarm)
    if own.truth is Truth.YES:
        yield passed(alarm, assuming=own.assuming)
        return
    heard = is_heard(alarm, graph)
    if heard.truth is Truth.YES:
        yield passed(alarm, assuming=heard.assuming)
    elif own.truth is Truth.MAYBE or heard.truth is Truth.MAYBE:
        yield undecided(alarm, (*own.blockers, *heard.blockers))
    elif (given := has_actions(alarm)).truth is Truth.NO:
        yield failed(
            alarm,
            f"{alarm.address} tells nobody when it goes off: it has no action",
            at=alarm.place_of("actions"),
            assuming=given.assuming,
        )
    else:
        enabled = Change(alarm.address, "actions_enabled", value=True)
        yield failed(
            alarm,
            f"{alarm.address} tells nobody when it goes off: its actions are switched off",
            at=alarm.place_of("actions_enabled"),
            assuming=own.assuming,
            changes=(enabled,) if given.truth is Truth.YES else (),
        )
