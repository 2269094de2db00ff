"""From a place in a synthesized template to the construct and the lines of the program that made what is there."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from haanalyzer.frontends.cloudformation.assembly.constructs import NOTHING_TOLD, PATH, Constructs, constructs_of
from haanalyzer.frontends.cloudformation.assembly.program import lines_of
from haanalyzer.frontends.cloudformation.editing.properties import resources_by_place
from haanalyzer.frontends.origin import Origin
from haanalyzer.frontends.tree.nodes import Entry, MapNode, text_of
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span
from haanalyzer.source.stretches import Stretches

# What the constructs of `aws-cdk-lib` make for themselves, by names that the library gives: providers and handlers of
# its own custom resources. Newer versions mark most of them in the assembly, older ones and some do not.
_OF_FRAMEWORK = re.compile(
    r"(?:.*/)?(?:"
    r"Custom::\w+CustomResourceProvider"
    r"|LogRetention[0-9a-f]{32}"
    r"|AWS[0-9a-f]{32}"
    r"|DrainECSHook"
    r"|@aws-cdk--[\w.-]+"
    r"|BucketNotificationsHandler[0-9a-f]{32}"
    r"|Custom::CDKBucketDeployment[0-9A-Fa-f]{32}\w*"
    r"|framework-(?:onEvent|isComplete|onTimeout)"
    r"|waiter-state-machine"
    r")(?:/.*)?"
)


@dataclass(frozen=True, slots=True)
class Origins:
    """Answers for a deployment: its own template, those nested in it, and others' that it is joined with."""

    template: str
    files: Files
    _known: dict[tuple[str, int], Origin | None] = field(default_factory=dict)
    _told: dict[str, Constructs | None] = field(default_factory=dict)

    def __call__(self, place: Span) -> Origin | None:
        """What made the resource that a place lies in."""
        document = self.files.read(place.path)
        if isinstance(document, Diagnostic):
            return None
        around = document.once(_resources).around(document.offset(place.line, place.column))
        if around is None:
            return None
        key = place.path, around[0]
        if key not in self._known:
            self._known[key] = self._origin(place.path, *around[1])
        return self._known[key]

    def _origin(self, template: str, logical_id: str, entry: Entry) -> Origin | None:
        told = self._constructs(template) or self._constructs(self.template) or NOTHING_TOLD
        path = _noted(entry) or told.paths.get((posixpath.basename(template), logical_id))
        if path is None:
            return None
        of_framework = told.is_handler(path) or _OF_FRAMEWORK.fullmatch(path) is not None
        return Origin(path, lines_of(told.trace(path), self.files), of_framework)

    def _constructs(self, template: str) -> Constructs | None:
        if template not in self._told:
            self._told[template] = constructs_of(template, self.files)
        return self._told[template]


def _resources(document: Document) -> Stretches[tuple[str, Entry]]:
    """The resources of a template with their logical ids, by where they stand."""
    found = document.once(resources_by_place).values()
    return Stretches((entry.start, entry.value.end, (name, entry)) for name, entry in found)


def _noted(entry: Entry) -> str | None:
    """The path that a resource's own metadata has."""
    metadata = entry.value.get("Metadata") if isinstance(entry.value, MapNode) else None
    return text_of(metadata.get(PATH)) if isinstance(metadata, MapNode) else None
