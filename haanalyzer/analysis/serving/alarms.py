"""Alarms: whether they do anything when they go off, and who else may act on them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from haanalyzer.analysis.answers import Answer, all_answers, any_answer, doubt, said_by
from haanalyzer.graph import Resource, ResourceGraph, few
from haanalyzer.values import (
    Absent,
    Assumption,
    AttributeOf,
    Blocker,
    Concat,
    Known,
    ListValue,
    Symbol,
    Term,
    Truth,
    Unknown,
    Value,
    assumptions,
    attributes_in,
    blockers,
    identity_of,
    walk,
)
from haanalyzer.values.questions import any_item, in_every_branch, is_true, is_written

_ACTIONS = ("actions", "ok_actions", "missing_data_actions")


def acts(alarm: Resource) -> Answer:
    """Whether an alarm does anything in any state."""
    unclear = Blocker(alarm.address, alarm.place_of("actions_enabled"), "whether its actions are enabled")
    switch = alarm["actions_enabled"]
    return all_answers((has_actions(alarm), said_by(is_true(switch), switch, unclear=unclear)))


def has_actions(alarm: Resource) -> Answer:
    """Whether an alarm is given anything to do, in whichever state."""
    unclear = Blocker(alarm.address, alarm.place, "which actions it has")
    return any_answer(said_by(_names_any(alarm[name]), alarm[name], unclear=unclear) for name in _ACTIONS)


def _names_any(actions: Value) -> Truth:
    def named(written: Value) -> Truth:
        return any_item(written, _is_action) if isinstance(written, ListValue) else is_written(written)

    return in_every_branch(actions, named)


def _is_action(item: Value) -> Truth:
    """Whether an element of a list is an action. AWS takes none that is empty, so one that is written must be one."""
    match item:
        case Unknown(many=False):
            return Truth.YES
        case Known(data=""):
            return Truth.MAYBE
        case _:
            return is_written(item)


def is_heard(alarm: Resource, graph: ResourceGraph) -> Answer:
    """Whether anything declared here listens to an alarm: a composite alarm surely, whatever else names it perhaps."""
    listeners = graph.once(_listeners, graph.of_kind("alarm", "composite_alarm")[0])
    name = alarm["name"]
    keys = [key for key in (alarm.address, identity_of(name)) if key is not None]
    for key, known in zip(keys, (listeners.addresses, listeners.names), strict=False):
        if key in known:
            return Answer(Truth.YES, assuming=known[key] | assumptions(name))
    naming = dict.fromkeys(each for key in keys for each in listeners.mentions.get(key, ()))
    mentions = (Blocker(each, alarm.place, f"names {alarm.address}, and may act on it") for each in naming)
    vague = (blocker for composite, found in listeners.vague.items() if composite is not alarm for blocker in found)
    unnamed = blockers(name) if listeners.names else ()
    return any_answer(doubt((*few(vague), *unnamed, *listeners.of_all, *mentions, *graph.opaque_around(alarm))))


@dataclass(frozen=True, slots=True)
class _Listeners:
    """Who listens to alarms.

    ``addresses`` and ``names`` are those that composite alarms give, with what that rests
    on, ``vague`` are composite alarms that may name any, ``mentions`` are others by
    what they name, ``of_all`` may act on every alarm.
    """

    addresses: Mapping[object, frozenset[Assumption]]
    names: Mapping[object, frozenset[Assumption]]
    vague: Mapping[Resource, tuple[Blocker, ...]]
    mentions: Mapping[object, dict[str, None]]
    of_all: tuple[Blocker, ...]


def _listeners(_: Resource, graph: ResourceGraph) -> _Listeners:
    addresses: dict[object, frozenset[Assumption]] = {}
    names: dict[object, frozenset[Assumption]] = {}
    vague: dict[Resource, tuple[Blocker, ...]] = {}
    for composite in graph.of_kind("composite_alarm"):
        unsure = [*composite.existence.unless]
        for text in (composite["rule"], composite["suppressor"]):
            parts = _parts(text)
            if not all(isinstance(part, str | AttributeOf) for part in parts):
                unsure += blockers(text)
            if not composite.existence.unless:
                addresses |= {part.address: assumptions(text) for part in parts if isinstance(part, AttributeOf)}
                names |= dict.fromkeys(_names_in(parts), assumptions(text))
        vague |= {composite: tuple(unsure)} if unsure else {}
    of_all = (blocker for rule in graph.of_kind("event_rule") for blocker in _may_match(rule))
    return _Listeners(addresses, names, vague, _mentions(graph), tuple(dict.fromkeys(of_all)))


_STATE = re.compile(r'\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^()"]*?))\s*\)')


def _names_in(parts: tuple[str | Term, ...]) -> Iterator[str]:
    """The alarms that a text such as ``ALARM("name") OR OK(arn)`` names, or that one which it is the name of."""
    text = "".join(part if isinstance(part, str) else _UNKNOWN for part in parts)
    found = ["".join(names) for names in _STATE.findall(text)] or [text]
    yield from (name.rpartition(":alarm:")[2] for name in found if _UNKNOWN not in name and name)


_UNKNOWN = "\0"
"""Stands for the unknown part of a text."""


def _parts(text: Value) -> tuple[str | Term, ...]:
    """What a text is made of; nothing where none is written."""
    match text:
        case Absent():
            return ()
        case Known(data=data):
            return (str(data),)
        case Unknown(term=Concat(parts=parts)):
            return parts
        case Unknown(term=term):
            return (term,)
        case _:
            return (Symbol(str(text)),)


def _may_match(rule: Resource) -> Iterator[Blocker]:
    """What keeps a rule of EventBridge from surely passing over the states of alarms."""
    sources = rule["pattern_sources"]
    if any(isinstance(part, Known) and str(part).startswith("aws.cloudwatch") for part in walk(sources)):
        yield Blocker(rule.address, rule.place_of("pattern_sources"), "may act on alarms")
    yield from blockers(sources)


# Attributes that name alarms to act on: of deployments, experiments, health checks and refreshes.
_WATCHING = re.compile("alarm|monitor|stop_?condition|deployment|health_?check|refresh|rollback", re.IGNORECASE)


def _mentions(graph: ResourceGraph) -> Mapping[object, dict[str, None]]:
    """Who names what in such an attribute, by its address or name."""
    found: defaultdict[object, dict[str, None]] = defaultdict(dict)
    alarms = {each.address for each in graph.of_kind("alarm", "composite_alarm")}
    for declaration in graph.deployment.declarations:
        if declaration.address in alarms:
            continue
        for attribute in filter(_WATCHING.search, declaration.attributes):
            value = declaration.attributes[attribute]
            for key in (*(attribute.address for attribute in _attributes_in(value)), *map(identity_of, walk(value))):
                found[key][declaration.address] = None
    return found


def _attributes_in(value: Value) -> Iterator[AttributeOf]:
    for part in walk(value):
        if isinstance(part, Unknown):
            yield from attributes_in(part.term)
