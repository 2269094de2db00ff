"""Dead letters: where a queue's messages go that nobody could handle."""

from __future__ import annotations

import re
from dataclasses import dataclass

from haanalyzer.analysis.answers import Answer, doubts_about
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.values import Assumption, Blocker, Truth, any_of
from haanalyzer.values.questions import is_equal


@dataclass(frozen=True, slots=True)
class Redrive:
    """A queue that hands its dead letters to another one, by a policy; ``doubts`` keep that from being certain."""

    source: Resource
    policy: Resource
    target: Resource
    doubts: tuple[Blocker, ...] = ()

    @property
    def assuming(self) -> frozenset[Assumption]:
        """The defaults by which there is such a policy."""
        return self.source.existence.assuming | self.policy.existence.assuming


def redrives_to(target: Resource, graph: ResourceGraph) -> list[Redrive]:
    """The declared queues whose dead letters a queue takes, or may take."""
    found = []
    policies = graph.sources(target, "redrive_policy", "target")
    for policy in policies.may:
        if target not in graph.targets(policy, "target").may:
            continue
        sources = graph.targets(policy, "queue")
        for source in sources.may:
            sure = policy in policies.must and source in sources.must
            doubts = () if sure else doubts_about(policy, "may be between other queues")
            found.append(Redrive(source, policy, target, doubts))
    return found


# Who hands on to a queue what has failed, and in which attribute it names that queue.
_FAILURES_OF = (
    ("redrive_policy", "target"),
    ("lambda_function", "dead_letter_target"),
    ("function_invoke_config", "failure_destination"),
    ("event_source_mapping", "failure_destination"),
    ("topic_subscription", "dead_letter_target"),
    ("event_target", "dead_letter_target"),
    ("schedule", "dead_letter_target"),
)
_CALLED_SO = re.compile(r"dlq|dead.?(letter|message|queue)|fail|poison|undeliver", re.IGNORECASE)


def takes_failures(queue: Resource, graph: ResourceGraph) -> Answer:
    """Whether a queue is where failed messages end, by who names it for that or by its own name."""
    if _CALLED_SO.search(queue.address):
        return Answer(Truth.YES)
    links = [graph.sources(queue, kind, relation) for kind, relation in _FAILURES_OF]
    allowing = graph.sources(queue, "redrive_allow_policy", "queue")
    allowed = [(policy, _allows(policy)) for policy in allowing.may]
    truth = any_of(
        (
            *(each.exist for each in links),
            *(allows if policy in allowing.must else allows & Truth.MAYBE for policy, allows in allowed),
            Truth.of(bool(allowing.open)) & Truth.MAYBE,
        )
    )
    unsure = [each for link in links for each in (*link.may,)] + [policy for policy, _ in allowed]
    may_be = (Blocker(each.address, each.place, "may name it for what has failed") for each in unsure)
    opened = (blocker for link in (*links, allowing) for blocker in link.open)
    return Answer(truth, blockers=(*opened, *may_be) if truth is Truth.MAYBE else ())


def _allows(policy: Resource) -> Truth:
    return ~is_equal(policy["permission"], "denyAll")
