"""Nodes of clusters: Auto Scaling groups whose instances Kubernetes or ECS looks after."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from collections.abc import Iterator

from haanalyzer.analysis.answers import Answer, any_answer, said_by
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import (
    Absent,
    Blocker,
    Call,
    Choice,
    Concat,
    Known,
    ListValue,
    MapValue,
    Truth,
    Unknown,
    Value,
    alternatives,
    any_of,
    assumptions,
    blockers,
    parts_of,
)
from haanalyzer.values.questions import in_every_branch

_TAGS = ("kubernetes.io/", "k8s.io/", "eks:", "AmazonECSManaged", "KubernetesCluster")
"""How the tags begin by which a cluster knows its nodes."""

_WORDS = ("ECS_CLUSTER", "/etc/eks/", "node.eks.aws", "nodeadm", "kubelet", "kubeadm")
"""What the user data of a node says."""


def node_of_cluster(group: Resource, graph: ResourceGraph) -> Answer:
    """Whether an Auto Scaling group holds the nodes of a Kubernetes or ECS cluster.

    Told by tags, by a capacity provider, or by what its instances run when they start.
    """
    providers = graph.sources(group, "ecs_capacity_provider", "auto_scaling_group")
    tags = graph.sources(group, "auto_scaling_group_tag", "auto_scaling_group")
    added = (_is_tag(each["key"]) & (Truth.YES if each in tags.must else Truth.MAYBE) for each in tags.may)
    started = any_answer((_started_as_node(group, graph), _initialized_as_node(group)))
    unsure_tags = Truth.MAYBE if tags.open else Truth.NO
    truth = any_of((_has_tag(group.tags), providers.exist, *added, unsure_tags, started.truth))
    unsure = (
        *_other_tags(group.tags),
        *providers.open,
        *tags.open,
        *(Blocker(each.address, each.place, f"may be for {group.address}") for each in providers.may + tags.may),
        *started.blockers,
    )
    return Answer(truth, (), tuple(dict.fromkeys(unsure)) if truth is Truth.MAYBE else (), assumptions(group.tags))


def _has_tag(tags: Value) -> Truth:
    def among(written: Value) -> Truth:
        if not isinstance(written, MapValue):
            return Truth.MAYBE
        named = Truth.of(any(key.startswith(_TAGS) for key in written.entries))
        return named | Truth.MAYBE if written.open else named

    return in_every_branch(tags, among)


def _other_tags(tags: Value) -> Iterator[Blocker]:
    """Why there may be tags that are not seen."""
    for each in alternatives(tags):
        if not isinstance(each, MapValue):
            yield from blockers(each)
        elif each.open:
            yield each.open


def _is_tag(key: Value) -> Truth:
    match key:
        case Known(data=data):
            return Truth.of(str(data).startswith(_TAGS))
        case Unknown(term=Concat(parts=(str(start), *_))) if start.startswith(_TAGS):
            return Truth.YES
        case _:
            return Truth.MAYBE


_LAUNCHED_FROM = (
    "launch_template",
    "launch_template_name",
    "mixed_launch_template",
    "mixed_launch_template_name",
    "launch_configuration",
)


def _started_as_node(group: Resource, graph: ResourceGraph) -> Answer:
    """Whether the instances join a cluster when they start."""
    templates = all_links(graph.targets(group, relation) for relation in _LAUNCHED_FROM)
    unsure = [*templates.open]
    unsure += (
        Blocker(str(each), each.place, "a launch template that is not declared here") for each in templates.outside
    )
    truth = Truth.MAYBE if unsure else Truth.NO
    for template in templates.may:
        scripts = [template[word] for word in ("user_data", "encoded_user_data") if word in template.words]
        initialized = _initialized_as_node(template)
        found = any_of((*map(_joins_cluster, scripts), initialized.truth))
        truth |= found if template in templates.must else found & Truth.MAYBE
        unsure += (*blockers(*scripts), *initialized.blockers)
    return Answer(truth, blockers=tuple(unsure))


def scripts_of(group: Resource, graph: ResourceGraph) -> Iterator[tuple[Value, bool]]:
    """What the instances of a group run when they start, and whether they surely do."""
    yield group["init"], True
    for relation in _LAUNCHED_FROM:
        links = graph.targets(group, relation)
        for template in links.may:
            for word in ("user_data", "init"):
                yield template[word], template in links.must
        for unknown in (*links.outside, *(Absent(place=each.place) for each in links.open)):
            yield unknown, False


def _initialized_as_node(resource: Resource) -> Answer:
    """Whether what ``cfn-init`` does on an instance, which a template writes beside its properties, joins a cluster."""
    return said_by(_holds_what_joins(resource["init"]), resource["init"])


def _holds_what_joins(written: Value) -> Truth:
    match written:
        case Choice():
            return in_every_branch(written, _holds_what_joins)
        case ListValue(open=more) | MapValue(open=more):
            return any_of((*map(_holds_what_joins, parts_of(written)), Truth.MAYBE if more else Truth.NO))
        case _:
            return _joins_cluster(written)


def _joins_cluster(script: Value) -> Truth:
    """By the words of a script; what is filled into it is taken to hold none of them."""

    def says(written: Value) -> Truth:
        text = "" if isinstance(written, Absent) else _text(written)
        return Truth.MAYBE if text is None else Truth.of(any(word in text for word in _WORDS))

    return in_every_branch(script, says)


def _text(script: object) -> str | None:
    """What is known of a script, encoded or not; None where nothing is."""
    match script:
        case Known(data=data):
            return str(data) + _decoded(str(data))
        case Unknown(term=term) | Call(function="Fn::Base64" | "base64encode", arguments=(term,)):
            return _text(term)
        case Concat(parts=parts):
            return "".join(part for part in parts if isinstance(part, str))
        case str():
            return script
        case _:
            return None


def _decoded(text: str) -> str:
    try:
        return b64decode(text, validate=True).decode("utf-8", "replace")
    except (Error, ValueError):
        return ""
