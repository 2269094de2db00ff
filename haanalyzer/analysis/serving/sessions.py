"""Sessions: whether a cookie ties clients to one target, and where sessions could be shared instead."""

from __future__ import annotations

from itertools import chain

from haanalyzer.analysis.answers import Answer, all_answers, any_answer, doubt, said_by
from haanalyzer.finding import Step
from haanalyzer.graph import Resource, ResourceGraph, few
from haanalyzer.values import Absent, Blocker, MapValue, Truth, Value, same
from haanalyzer.values.questions import any_item, is_one_of, is_true


def ties_clients(resource: Resource, graph: ResourceGraph) -> Answer:
    """Whether a target group, or a stickiness policy of a Classic Load Balancer, sends a client to the same target.

    By a cookie, that is: a Network Load Balancer goes by the client's address, and knows no sessions.
    """
    if resource.kind == "stickiness_policy":
        return _in_force(resource, graph)
    protocol, own, blocks = resource["protocol"], resource["stickiness"], resource["stickiness_blocks"]
    by_cookie = is_one_of(protocol, "HTTP", "HTTPS")
    unclear = Blocker(resource.address, resource.place, "whether it is sticky")
    by_block = any_item(blocks, _is_enabled)
    sticky = (said_by(is_true(own), own, unclear=unclear), said_by(by_block, blocks, unclear=unclear))
    return all_answers((said_by(by_cookie, protocol), any_answer(sticky)))


def _is_enabled(block: Value) -> Truth:
    return is_true(block.get("enabled")) if isinstance(block, MapValue) else Truth.MAYBE


def _in_force(policy: Resource, graph: ResourceGraph) -> Answer:
    """Whether a listener uses a policy: the one whose port it gives, or one that names it."""
    port, name = policy["listener_port"], policy["name"]
    if not isinstance(port, Absent):
        return Answer(Truth.YES)
    balancers = graph.targets(policy, "classic_load_balancer").must
    return any_answer(_uses(balancer["listeners"], name, policy) for balancer in balancers)


def _uses(listeners: Value, name: Value, policy: Resource) -> Answer:
    unclear = Blocker(policy.address, policy.place, "which listener uses it")
    truth = any_item(listeners, lambda listener: _names(listener, name))
    return said_by(truth, listeners, name, unclear=unclear)


def _names(listener: Value, policy: Value) -> Truth:
    names = listener.get("policy_names") if isinstance(listener, MapValue) else listener
    return any_item(names, lambda each: same(each, policy))


_STORES = (
    "dynamodb_table",
    "dynamodb_global_table",
    "cache_cluster",
    "replication_group",
    "serverless_cache",
    "memorydb_cluster",
)
_DATABASES = ("db_instance", "db_cluster")


def shared_store(graph: ResourceGraph) -> Answer:
    """Whether sessions could be shared: surely by a table or cache declared here, perhaps by a relational database.

    What a module that is not read declares may be one.
    """
    stores = graph.of_kind(*_STORES)
    sure = [each for each in stores if each.existence.certain]
    if sure:
        step = Step(sure[0].place, f"{sure[0].address} can hold sessions")
        return Answer(Truth.YES, (step,), assuming=sure[0].existence.assuming)
    conditional = (blocker for each in stores for blocker in each.existence.unless)
    databases = (Blocker(each.address, each.place, "it may hold sessions") for each in graph.of_kind(*_DATABASES))
    modules = (module.blocker for module in graph.deployment.opaque)
    return any_answer(doubt(few(chain(conditional, databases, modules))))
