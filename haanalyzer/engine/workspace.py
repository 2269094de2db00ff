"""Analyses of one folder that follow each other: what is as it was is neither read nor judged again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.engine.exchange import Exchanges
from haanalyzer.engine.judging import NOTHING_JUDGED, judge
from haanalyzer.engine.named import Named
from haanalyzer.engine.reading import Given, Reader, Reading, admit_inputs, reading_of, readings, stores_of
from haanalyzer.engine.targets import Deployed, named_in, targets_of, unused_inputs
from haanalyzer.frontends.deployment import Deployment, Inputs, Target
from haanalyzer.graph import ResourceGraph
from haanalyzer.policy import Profile, Standards, rules
from haanalyzer.policy.suppressions import Suppressions
from haanalyzer.results import Judgement, Report
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.discovery import Discovery, discover, facts_of
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files

if TYPE_CHECKING:
    from haanalyzer.frontends.cloudformation.exchange.neighbours import Neighbours
    from haanalyzer.frontends.terraform.states.stores import Store
    from haanalyzer.policy.stacks import Stacks

Progress = Callable[[int, int, str], None]
"""Told, before each deployment, how many are done, how many there are at most, and the path of this one."""


class _Kept:
    """A deployment as it was read and judged, and what this rests on.

    ``asked`` are paths; ``reads_states`` tells whether it rests on where others keep their states,
    ``neighbours`` are those that it was read among, None where that was not asked.
    """

    def __init__(
        self, target: Target, reading: Reading, asked: set[str], *, reads_states: bool, neighbours: Neighbours | None
    ) -> None:
        self.target = target
        self.reading = reading
        self.asked = asked
        self.reads_states = reads_states
        self.neighbours = neighbours
        self.graph = ResourceGraph(reading.deployment) if reading.deployment else None
        self.standards: Standards | None = None
        self.judged = NOTHING_JUDGED

    @property
    def name(self) -> str:
        """What its judgements call it: `Judgement.where`."""
        return self.reading.deployment.name if self.reading.deployment else self.target.path

    def judge(self, standards: Standards, files: Files) -> None:
        """Hold it to standards, in outline where the whole takes more than one analysis may."""
        self.standards = standards
        self.judged = judge(self.graph, standards, files) if self.graph else NOTHING_JUDGED
        outline = self.graph.deployment.outline() if self.graph else None
        if outline is not None:
            self.reading = reading_of(outline, self.target)
            self.graph = ResourceGraph(outline)
            self.judged = judge(self.graph, standards, files)


class Workspace:
    """The deployments at some paths (relative to ``base``, a folder or the files of one), analyzed again and again.

    A report is the same as that of a first analysis of what is there.
    """

    def __init__(
        self, base: Path | Files, inputs: Inputs, paths: Sequence[str] = (".",), stacks: Stacks | None = None
    ) -> None:
        self._files = base if isinstance(base, Files) else Files(base)
        self._inputs = inputs
        self._paths = tuple(paths)
        self._stacks = stacks
        self._named: Named | None = None
        self._targets: tuple[Target, ...] = ()
        self._found: Discovery | None = None
        self._found_beside: tuple[str, ...] = ()
        self._looked_at: set[str] = set()
        self._facts: dict[str, list[tuple[object, ...] | None]] = {}
        self._kept: dict[tuple[Reader, str, str | None], _Kept] = {}
        self._stores: Mapping[str, Store | None] | None = None
        self._stores_rest_on: set[str] = set()
        self._exchanges = Exchanges(self._files)
        admit_inputs(inputs, self._files)

    def analyze(
        self,
        held_to: Profile | Standards,
        overlay: Mapping[str, str],
        changed: Collection[str] | None = None,
        *,
        today: date | None = None,
        progress: Progress | None = None,
    ) -> Report:
        """Look again and report.

        ``overlay`` has the unsaved texts by paths relative to the base; ``changed`` are the only paths
        that may have changed on disk since the last time, None means that any may have.
        """
        differing = self._files.refresh(overlay, changed)
        self._named = None
        self._exchanges.forget(differing)
        if self._may_find_others(self._looked_at & differing):
            self._found = None
        others = self._stores_differ(differing)
        self._kept = {
            key: each
            for key, each in self._kept.items()
            if not each.asked & differing and not (others and each.reads_states)
        }
        return self.report(held_to, today=today, progress=progress)

    def report(
        self,
        held_to: Profile | Standards,
        *,
        today: date | None = None,
        progress: Progress | None = None,
        only: Collection[str] | None = None,
    ) -> Report:
        """The report on everything as it was when last looked at, or on ``only`` these roots and templates."""
        standards = held_to if isinstance(held_to, Standards) else Standards(held_to)
        found = self._discovery() if only is None else self._discovery().only(only)
        deployed = self._deployed(found).chosen(self._stacks.chosen if self._stacks else None)
        self._targets = self._deployed(self._discovery()).templates
        kept: dict[tuple[Reader, str, str | None], _Kept] = {}

        def read(reader: Reader, target: Target) -> Reading:
            if progress is not None:
                progress(len(kept), len(found.plans) + len(deployed.roots) + len(deployed.templates), target.path)
            kept[reader, target.path, target.stack] = each = self._judged(reader, target, standards)
            return each.reading

        named = self._named_stacks()
        diagnostics = {*found.diagnostics, *named.diagnostics, *unused_inputs(deployed, self._inputs, named)}
        for reading in readings(found, deployed, self._inputs, read):
            diagnostics.update(reading.diagnostics)
        self._kept = kept
        self._files.watch(set())
        diagnostics.update(diagnostic for each in kept.values() for diagnostic in each.judged.diagnostics)
        return self._report(standards, diagnostics, today)

    def graphs_of(self, path: str) -> tuple[ResourceGraph, ...]:
        """The graphs of the deployments that a file belongs to, as they were last reported on."""
        graphs = (each.graph for each in self._kept.values())
        return tuple(graph for graph in graphs if graph and path in graph.deployment.files)

    def _may_find_others(self, differing: Iterable[str]) -> bool:
        """Whether discovery may find other things now; not where it takes the same from files as the last time."""
        self._files.watch(self._looked_at)
        known, now = self._facts, {name: self._facts_of(name) for name in differing}
        self._facts = {**known, **now}
        return any(None in facts or facts != known.get(name) for name, facts in now.items())

    def _facts_of(self, name: str) -> list[tuple[object, ...] | None]:
        given = self._found.given if self._found else ()
        return [None if path in given else facts_of(path, self._files) for path in self._files.asked_as(name)]

    def _discovery(self) -> Discovery:
        deployed = self._named_stacks().paths
        if self._found is None or self._found_beside != deployed:
            self._looked_at = set()
            self._files.watch(self._looked_at)
            self._found, self._found_beside = discover(self._paths, self._files, deployed), deployed
        return self._found

    def _named_stacks(self) -> Named:
        """The stacks that the configuration names. What this rests on is asked for anew whenever anything differs."""
        if self._named is None:
            before = self._files.watch(set())
            self._named = named_in(self._stacks, self._inputs, self._paths, self._files)
            self._files.watch(before)
        return self._named

    def _deployed(self, found: Discovery) -> Deployed:
        return targets_of(found, self._inputs, self._named_stacks(), self._files)

    def _stores_differ(self, differing: Collection[str]) -> bool:
        """Whether the roots keep their states elsewhere than when this was last asked."""
        before = self._stores
        if before is None or (self._found is not None and not self._stores_rest_on.intersection(differing)):
            return False
        self._stores = None
        return self._known_stores() != before

    def _known_stores(self) -> Mapping[str, Store | None]:
        """Where the roots keep their states. What this rests on is no part of what a root that asks rests on."""
        if self._stores is None:
            found = self._discovery()
            self._stores_rest_on = set()
            before = self._files.watch(self._stores_rest_on)
            self._stores = stores_of(found, self._files)
            self._files.watch(before)
        return self._stores

    def _judged(self, reader: Reader, target: Target, standards: Standards) -> _Kept:
        """A deployment read and judged, or as it was when nothing that it rests on differs."""
        each = self._kept.get((reader, target.path, target.stack))
        if each is not None and not self._is_as_it_was(each, target):
            each = None
        asked = each.asked if each else set()
        self._files.watch(asked)
        each = each or self._read(reader, target, asked)
        its_standards = standards.of(target.profile)
        if each.standards is not its_standards:
            each.judge(its_standards, self._files)
        return each

    def _read(self, reader: Reader, target: Target, asked: set[str]) -> _Kept:
        asked_for: list[None] = []
        found: list[Neighbours] = []

        def stores() -> Mapping[str, Store | None]:
            asked_for.append(None)
            return self._known_stores()

        def neighbours(of: Target) -> Neighbours:
            found.append(self._exchanges.neighbours_of(of, self._targets))
            return found[-1]

        reading = reader(target, Given(self._files, stores, neighbours))
        return _Kept(target, reading, asked, reads_states=bool(asked_for), neighbours=found[0] if found else None)

    def _is_as_it_was(self, each: _Kept, target: Target) -> bool:
        """Whether a deployment is still deployed so, and among the same stacks."""
        if each.target != target:
            return False
        return each.neighbours is None or each.neighbours == self._exchanges.neighbours_of(target, self._targets)

    def _report(self, standards: Standards, diagnostics: set[Diagnostic], today: date | None) -> Report:
        deployments = sorted(self._deployments(), key=lambda each: (each.path, each.dialect, each.stack or ""))
        off = (rule.info for rule in rules() if rule.info.code not in standards.severities)
        suppressions = Suppressions(self._files.read, off, today=today)
        for deployment in deployments:
            suppressions.read_metadata(deployment)
        examples = self._found.examples if self._found else frozenset()
        judgements = [
            replace(
                one,
                suppressed=suppressions.of(one) if one.verdict.outcome == "fail" else None,
                of_example=one.deployment in examples,
            )
            for each in self._kept.values()
            for one in each.judged.judgements
        ]
        paths = tuple(sorted({path for deployment in deployments for path in deployment.files}))
        programs = {line.path for one in judgements for line in one.program}
        diagnostics.update(suppressions.diagnostics(sorted(programs.union(paths))))
        borrowed = {path for deployment in deployments for path in deployment.borrowed_files}
        documents = ((path, self._files.read(path)) for path in sorted(borrowed.union(paths, programs)))
        return Report(
            rules=standards.rules,
            severities=standards.severities,
            judgements=tuple(sorted((one for one in judgements if standards.counts(one.severity)), key=_order)),
            diagnostics=tuple(sorted(diagnostics)),
            documents={path: document for path, document in documents if isinstance(document, Document)},
            deployments=tuple(dict.fromkeys(each.path for each in deployments if each.declarations)),
            files=paths,
            profile=standards.name,
            given={each.name: each.target.inputs.files for each in self._kept.values() if each.target.stack},
        )

    def _deployments(self) -> list[Deployment]:
        return [each.reading.deployment for each in self._kept.values() if each.reading.deployment]


def _order(judgement: Judgement) -> tuple[object, ...]:
    verdict = judgement.verdict
    return judgement.place, judgement.rule.code, verdict.subject, verdict.part, judgement.deployment, judgement.stack
