"""Holding one deployment to its standards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from haanalyzer.engine.cases import Cases
from haanalyzer.engine.constructs import in_constructs, origin_of
from haanalyzer.engine.faults import internal_error
from haanalyzer.finding import Fix, Severity, Verdict
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.graph.bounds import few
from haanalyzer.mending import fix_of
from haanalyzer.policy import Profile, Standards
from haanalyzer.results import Judgement
from haanalyzer.rules.kit import Rule, undecided
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker


@dataclass(frozen=True, slots=True)
class Judged:
    """What all rules say of one deployment, before anything is suppressed."""

    judgements: tuple[Judgement, ...]
    diagnostics: tuple[Diagnostic, ...]


NOTHING_JUDGED = Judged((), ())


def judge(graph: ResourceGraph, standards: Standards, files: Files) -> Judged:
    """Ask every rule of the standards about every resource it is for; nothing is suppressed yet."""
    deployment = graph.deployment
    if standards.every_case and deployment.without_defaults:
        graph = ResourceGraph(deployment.without_defaults())
    diagnostics: list[Diagnostic] = []
    cases = Cases(graph, every_case=standards.every_case)
    judgements = [
        Judgement(
            rule.info,
            in_constructs(verdict, graph),
            _severity(rule, verdict, profile),
            deployment.path,
            fix=fix,
            named=_names_of(resource),
            origin=origin_of(resource, verdict, graph),
            stack=deployment.stack or "",
        )
        for profile in standards.profiles
        for rule in profile.rules
        for resource, verdict, fix in _verdicts(
            rule, graph, partial(standards.doubts, profile=profile, rule=rule), files, diagnostics, cases
        )
    ]
    return Judged(tuple(judgements), (*diagnostics, *deployment.found_later()))


def _verdicts(
    rule: Rule,
    graph: ResourceGraph,
    doubts: Callable[[Resource], tuple[Blocker, ...] | None],
    files: Files,
    diagnostics: list[Diagnostic],
    cases: Cases,
) -> Iterator[tuple[Resource, Verdict, Fix | None]]:
    """What a rule says of each resource of the deployment's own; what is wrong with a borrowed one is said elsewhere.

    ``doubts`` are why a resource may not be held to the rule, None if it surely is not.
    """
    for resource in graph.of_kind(*rule.info.kinds):
        unsure = None if resource.borrowed else doubts(resource)
        if unsure is None:
            continue
        try:
            asked = cases.settled(_ask(rule, resource, graph), partial(_ask, rule))
            found = _of_others_as_one([_perhaps(each, resource, unsure) for each in asked], resource, graph)
            fixes = [fix_of(verdict, graph, files) for verdict in found]
        except Exception as error:  # noqa: BLE001 - a fault of ours is no finding, and is said
            diagnostics.append(internal_error(resource.place.path, error, f"{rule.info.code} on {resource.address}"))
            continue
        for verdict, fix in zip(found, fixes, strict=True):
            yield resource, verdict, fix


def _ask(rule: Rule, resource: Resource, graph: ResourceGraph) -> list[Verdict]:
    """What a rule says of a resource. A failure rests on the defaults that keep others of what it asks for away."""
    graph.asked.clear()
    found = list(rule.check(resource, graph, **rule.parameters))
    absent = graph.left_out(graph.asked) if any(verdict.outcome == "fail" for verdict in found) else frozenset()
    if not absent:
        return found
    return [
        replace(verdict, assuming=verdict.assuming | absent) if verdict.outcome == "fail" else verdict
        for verdict in found
    ]


def _perhaps(verdict: Verdict, resource: Resource, unsure: tuple[Blocker, ...]) -> Verdict:
    """A failure of what the resource is held to only perhaps is undecided."""
    return undecided(resource, unsure, part=verdict.part) if unsure and verdict.outcome == "fail" else verdict


def _of_others_as_one(verdicts: list[Verdict], resource: Resource, graph: ResourceGraph) -> list[Verdict]:
    """The same, with one undecided check for all that other deployments may add to a resource.

    Each of theirs that is in doubt would be a part of its own, as often as they are many. Of the whole, it says that
    none of them is decided.
    """

    def is_of_others(verdict: Verdict) -> bool:
        is_open = verdict.outcome == "undecided" and not verdict.failures
        return is_open and any(address in verdict.part for address in graph.borrowed)

    of_others = [each for each in verdicts if is_of_others(each)] if graph.borrowed else []
    if len(of_others) < 2:
        return verdicts
    blockers = few(dict.fromkeys(blocker for each in of_others for blocker in each.blockers))
    return [*(each for each in verdicts if each not in of_others), undecided(resource, blockers)]


def _severity(rule: Rule, verdict: Verdict, profile: Profile) -> Severity:
    """The profile's word on the rule, or the verdict's own where that is less."""
    severity = profile.severities[rule.info.code]
    return severity if verdict.severity is None else min(severity, verdict.severity, key=lambda each: each.rank)


def _names_of(resource: Resource) -> tuple[Span, ...]:
    """The places that name a resource: its own, and that of its block where it is one."""
    return tuple(dict.fromkeys((resource.owner.place, resource.place)))
