"""An entry of a ruleset, compiled to the rule that the engine runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from haanalyzer.catalog.kinds import kinds
from haanalyzer.finding import Change, Verdict
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.policy.declared.answer import Answer, Fact, any_holds
from haanalyzer.policy.declared.conditions import All, Unless, unless
from haanalyzer.policy.declared.conditions import Any as AnyOf
from haanalyzer.policy.declared.entry import Path, info_of
from haanalyzer.policy.declared.message import OWN_WORDS, Message
from haanalyzer.policy.declared.operands import Operand
from haanalyzer.policy.declared.parser import Parser
from haanalyzer.policy.declared.scene import Condition, Scene, settle
from haanalyzer.policy.declared.words import Scope, UnknownWordError, check_word
from haanalyzer.rules.kit import Rule, failed, passed, undecided
from haanalyzer.source.span import Span
from haanalyzer.values import Known, Truth


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a declared rule holds a resource to: wherever it is ``meant``, ``required`` must hold.

    ``at`` is the attribute whose line is the place of a finding, ``mend`` the attributes
    whose change mends it, wherever ``mendable`` surely holds.
    """

    meant: Condition
    required: Condition
    message: Message
    at: str | None
    mend: Mapping[str, Operand]
    mendable: Condition

    def __call__(self, resource: Resource, graph: ResourceGraph, /, **parameters: Any) -> Iterator[Verdict]:
        """The verdict on one resource, none where it is not meant."""
        scene = Scene(graph, resource, resource, parameters)
        meant = settle(self.meant, scene)
        if meant.truth is Truth.NO:
            return
        kept = self._kept(meant, scene)
        if kept.truth is Truth.YES:
            yield passed(resource, assuming=kept.assuming)
        elif kept.truth is Truth.MAYBE:
            yield undecided(resource, kept.blockers)
        else:
            yield self._failed(resource, scene, kept)

    def _kept(self, meant: Answer, scene: Scene) -> Answer:
        """Whether what is required holds wherever the resource is meant; asked together where that is not told."""
        if meant.truth is Truth.MAYBE:
            return settle(AnyOf((Unless(self.meant), self.required)), scene)
        return any_holds((unless(meant), settle(self.required, scene)))

    def _failed(self, resource: Resource, scene: Scene, broken: Answer) -> Verdict:
        at = self._place(resource, scene, broken.facts)
        elsewhere = (fact for fact in broken.facts if (fact.place.path, fact.place.line) != (at.path, at.line))
        written = (step for each in elsewhere if each.place != resource.place for step in each.steps())
        return failed(
            resource,
            self.message.render(resource, scene),
            at=at,
            evidence=(*broken.steps, *written),
            assuming=broken.assuming,
            changes=self._changes(resource, scene),
        )

    def _place(self, resource: Resource, scene: Scene, facts: tuple[Fact, ...]) -> Span:
        if self.at is not None:
            return scene.place_of(self.at)
        return facts[0].place if facts else resource.place

    def _changes(self, resource: Resource, scene: Scene) -> Iterator[Change]:
        """All that mend it, or none where an attribute is none of this type's."""
        roots = (resource.words[name.partition(".")[0]] for name in self.mend)
        if any(words.word(resource.type) is None for words in roots):
            return
        if settle(self.mendable, scene).truth is not Truth.YES:
            return
        for name, operand in self.mend.items():
            (value,) = operand.values(scene)
            if isinstance(value, Known):
                yield Change(resource.address, name, value.data)


def compile_rule(entry: Mapping[str, Any], path: Path) -> tuple[Rule | None, list[tuple[Path, str]]]:
    """The rule that an entry of the schema's shape declares, or else what is wrong with its words."""
    parameters = dict(entry.get("parameters", {}))
    problems = [
        ((*path, "kinds", index), message)
        for index, kind in enumerate(entry["kinds"])
        if (message := _unknown_kind(kind)) is not None
    ]
    if problems:
        return None, problems
    scope = Scope(tuple(entry["kinds"]))
    parser = Parser(scope, parameters)
    meant = parser.condition(entry["when"], (*path, "when"), scope) if "when" in entry else All()
    requirement = Requirement(
        meant,
        parser.condition(entry["require"], (*path, "require"), scope),
        Message(entry["message"]),
        entry.get("at"),
        {name: parser.operand(data, (*path, "mend", name), scope) for name, data in entry.get("mend", {}).items()},
        parser.condition(entry["mend_when"], (*path, "mend_when"), scope) if "mend_when" in entry else All(),
    )
    _check_words(requirement, parser, path, scope)
    return Rule(info_of(entry), requirement, parameters), parser.problems


def _unknown_kind(kind: str) -> str | None:
    try:
        check_word(kind, kinds(), "kind")
    except UnknownWordError as error:
        return str(error)
    return None


def _check_words(requirement: Requirement, parser: Parser, path: Path, scope: Scope) -> None:
    for name in requirement.message.placeholders():
        if name not in (*OWN_WORDS, *parser.parameters):
            parser.word(name, (*path, "message"), scope.attribute)
    if requirement.at is not None:
        parser.word(requirement.at, (*path, "at"), scope.attribute)
    for name in requirement.mend:
        parser.word(name, (*path, "mend", name), scope.written)
