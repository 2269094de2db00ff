"""Alarms: whether they do anything when they go off, and who else may act on them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from haanalyzer.analysis.answers import Answer, all_answers, any_answer, doubt, said_by
from haanalyzer.analysis.settings import is_true, is_written
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.graph.names import key_of
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Blocker,
    Call,
    Choice,
    Concat,
    ItemOf,
    Known,
    ListValue,
    Symbol,
    Term,
    Truth,
    Unknown,
    Value,
    any_of,
    assumptions,
    walk,
)

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
    match actions:
        case ListValue(items=items, open=more):
            return any_of(map(_is_action, items)) | (Truth.MAYBE if more else Truth.NO)
        case Choice(when_true=when_true, when_false=when_false):
            first, second = _names_any(when_true), _names_any(when_false)
            return first if first is second else Truth.MAYBE
        case _:
            return is_written(actions)


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
    elsewhere = (
        Blocker(address, alarm.place, f"names {alarm.address}, and may act on it")
        for key in (alarm.address, key_of(alarm["name"]))
        for address in graph.once(_mentions, graph.of_kind("alarm", "composite_alarm")[0]).get(key, ())
    )
    return any_answer(
        (
            *(_part_of(composite, alarm) for composite in graph.of_kind("composite_alarm") if composite is not alarm),
            *(each for rule in graph.of_kind("event_rule") for each in doubt(_may_match(rule))),
            *doubt((*elsewhere, *graph.opaque_around(alarm))),
        )
    )


def _part_of(composite: Resource, alarm: Resource) -> Answer:
    """Whether a composite alarm goes off with an alarm, or is held back by it."""
    found = any_answer(_names(composite[name], alarm) for name in ("rule", "suppressor"))
    if found.truth is Truth.YES and not composite.existence.certain:
        return Answer(Truth.MAYBE, blockers=composite.existence.unless)
    return found


def _names(written: Value, alarm: Resource) -> Answer:
    """Whether a text such as ``ALARM("name") OR OK(arn)`` names an alarm."""
    name = alarm["name"]
    parts = _parts(written)
    text = "".join(part if isinstance(part, str) else "\0" for part in parts)
    by_name = isinstance(name, Known) and re.search(rf'(^|[(":\s]){re.escape(str(name))}($|["\s]*\))', text)
    if by_name or any(isinstance(part, AttributeOf) and part.address == alarm.address for part in parts):
        return Answer(Truth.YES, assuming=assumptions(written, name))
    told = isinstance(name, Known | Absent) and all(isinstance(part, str | AttributeOf) for part in parts)
    unclear = Blocker(alarm.address, written.place, f"may be named by {written}")
    return said_by(Truth.NO if told or not parts else Truth.MAYBE, written, name, unclear=unclear)


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
    known = [part for part in walk(sources) if isinstance(part, Known)]
    if any(str(part).startswith("aws.cloudwatch") for part in known):
        yield Blocker(rule.address, rule.place_of("pattern_sources"), "may act on alarms")
    yield from said_by(Truth.MAYBE, sources).blockers


# Attributes that name alarms to act on: of deployments, experiments, health checks and refreshes.
_WATCHING = re.compile("alarm|monitor|stop_?condition|deployment|health_?check|refresh|rollback", re.IGNORECASE)


def _mentions(_: Resource, graph: ResourceGraph) -> Mapping[object, tuple[str, ...]]:
    """Who names which alarm in such an attribute, by the alarm's address or name."""
    found: defaultdict[object, dict[str, None]] = defaultdict(dict)
    alarms = {each.address for each in graph.of_kind("alarm", "composite_alarm")}
    for declaration in graph.deployment.declarations:
        if declaration.address in alarms:
            continue
        for attribute in filter(_WATCHING.search, declaration.attributes):
            value = declaration.attributes[attribute]
            for key in (*_references(value), *filter(None, map(key_of, walk(value)))):
                found[key.address if isinstance(key, AttributeOf) else key][declaration.address] = None
    return {key: tuple(addresses) for key, addresses in found.items()}


def _references(value: Value) -> Iterator[AttributeOf]:
    """The attributes of declared resources that a value is made of."""
    terms: list[object] = [part.term for part in walk(value) if isinstance(part, Unknown)]
    while terms:
        match terms.pop():
            case AttributeOf() as term:
                yield term
            case Concat(parts=parts) | Call(arguments=parts):
                terms += parts
            case ItemOf(container=container):
                terms.append(container)
