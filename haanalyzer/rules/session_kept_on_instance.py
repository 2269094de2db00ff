"""Sessions are tied to one target, and there is nowhere to share them.

Stickiness sends a client to the same target each time, as an application needs
that keeps sessions in its own memory or on its own disk. Such a session is lost
with its instance, its container or its zone, and everybody who was on it is logged
out, at every deployment too. Sessions belong into DynamoDB, ElastiCache or
MemoryDB; then any target can answer, and stickiness is no more than an
optimisation.

Only cookies are meant: a Network Load Balancer goes by the client's address. Where
a table or a cache is declared beside the load balancer, the rule is kept; where a
relational database or a module that cannot be read is, nothing is said. The store
may be declared elsewhere: hence a note.

How to mend
    Keep sessions in a DynamoDB table or a Redis or Valkey cache, and switch
    stickiness off.

See also
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions
    https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-sticky-sessions.html
    https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_mitigate_interaction_failure_stateless.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.serving.sessions import shared_store, ties_clients
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.source.span import Span
from haanalyzer.values import Truth


@rule(
    "HA411",
    kinds=("target_group", "stickiness_policy"),
    severity=Severity.NOTE,
    systems=("Session state", "Application load balancer"),
)
def session_kept_on_instance(resource: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    tied = ties_clients(resource, graph)
    if tied.truth is Truth.NO:
        return
    store = shared_store(graph)
    if store.truth is Truth.YES:
        yield passed(resource, assuming=tied.assuming | store.assuming)
    elif tied.truth is Truth.MAYBE or store.truth is Truth.MAYBE:
        yield undecided(resource, (*tied.blockers, *store.blockers))
    else:
        yield failed(
            resource,
            f"{resource.address} ties each client to one target, and no store that could share their sessions"
            " is declared here",
            at=_written_at(resource),
            assuming=tied.assuming,
        )


def _written_at(resource: Resource) -> Span:
    if resource.kind == "stickiness_policy":
        return resource.place
    places = (resource.place_of(name) for name in ("stickiness", "stickiness_blocks"))
    return next((place for place in places if place != resource.place), resource.place)
