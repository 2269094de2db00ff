"""Asynchronous invocations: who hands a function an event, and does not wait for what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.answers import Answer, any_answer, doubt, doubts_about
from haanalyzer.analysis.data.arns import fields_of
from haanalyzer.finding import Step
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.values import Truth
from haanalyzer.values.questions import is_equal

# Who invokes a function asynchronously, and in which attribute it names it.
# Source: AWS Lambda developer guide, "Invoking a function asynchronously", and each service's page.
_INVOKERS = (
    ("bucket_notification", "functions.function"),
    ("topic_subscription", "endpoint"),
    ("event_target", "target"),
    ("schedule", "target"),
    ("log_subscription", "target"),
    ("iot_rule", "functions.target"),
)


def invoked_asynchronously(function: Resource, graph: ResourceGraph) -> Answer:
    """Whether buckets, topics, rules, schedules or logs invoke a function, or an alias of it; each step names one."""
    aliases = graph.sources(function, "function_alias", "function")
    found = [*_invocations(function, graph), *doubt(aliases.open)]
    for alias in aliases.may:
        by_alias = any_answer(_invocations(alias, graph))
        found.append(by_alias if alias in aliases.must else _perhaps(by_alias, alias))
    return any_answer(found)


def _invocations(invoked: Resource, graph: ResourceGraph) -> Iterator[Answer]:
    for kind, relation in _INVOKERS:
        links = graph.sources(invoked, kind, relation)
        others = [each for each in links.may if _surely_invokes_no_function(each, relation)]
        of_others = {blocker for each in others for blocker in graph.targets(each, relation).blockers}
        yield from doubt(blocker for blocker in links.open if blocker not in of_others)
        for invoker in links.may:
            does = Answer(Truth.YES, (Step(invoker.place, f"{invoker.address} invokes it asynchronously"),))
            if invoker not in others:
                yield does if invoker in links.must else _perhaps(does, invoker)


def _perhaps(answer: Answer, by: Resource) -> Answer:
    """What holds only where a resource is there, or where it names this function."""
    if answer.truth is Truth.NO:
        return answer
    doubts = doubts_about(by, "may invoke it asynchronously")
    return Answer(Truth.MAYBE, blockers=(*answer.blockers, *doubts))


def _surely_invokes_no_function(invoker: Resource, relation: str) -> bool:
    """Whether a subscription is of e-mails or the like, or an ARN that is not all known is of another service."""
    if "protocol" in invoker.words and is_equal(invoker["protocol"], "lambda") is Truth.NO:
        return True
    fields = fields_of(invoker[relation]) if relation in invoker.words else []
    return len(fields) > 2 and isinstance(fields[2], str) and fields[2] not in ("lambda", "")
