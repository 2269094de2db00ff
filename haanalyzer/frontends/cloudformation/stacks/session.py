"""One analysis of a template with all its nested stacks: what was read, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from haanalyzer.frontends.cloudformation.evaluation.bounds import Bounds
from haanalyzer.frontends.cloudformation.parameters.domains import Domain
from haanalyzer.frontends.cloudformation.stacks.imports import Imports, Unresolved
from haanalyzer.frontends.deployment import LeftOut
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import MapNode, Node
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span, start_of
from haanalyzer.values import Term


class Session:
    """Loads each template once and collects diagnostics, each once.

    ``bounds`` holds how much was evaluated, ``stacks`` counts the stacks that were opened.
    ``domains`` holds what parameters may be that are unknown, by their terms, ``imports`` answers for
    what other stacks export. ``left_out`` are the resources that a default keeps from being there. With
    ``hides_secrets`` parameters with ``NoEcho`` are unknown.
    """

    def __init__(self, files: Files, *, hides_secrets: bool = False) -> None:
        self.files = files
        self.hides_secrets = hides_secrets
        self.bounds = Bounds()
        self.domains: dict[Term, Domain] = {}
        self.stacks = 0
        self.imports: Imports = Unresolved()
        self.left_out: dict[LeftOut, None] = {}
        self._roots: dict[str, MapNode | None] = {}
        self._snippets: dict[str, MapNode | None] = {}
        self._diagnostics: dict[Diagnostic, None] = {}

    def beside(self) -> Session:
        """The reading of another stack, to whose resources this one may refer."""
        other = Session(self.files, hides_secrets=self.hides_secrets)
        other.bounds, other.domains = self.bounds, self.domains
        return other

    def values_left(self) -> Mapping[Term, tuple[str, ...]]:
        """The texts that each parameter without a value may be, by its term, where the template lists them."""
        single = ((term, domain.texts) for term, domain in self.domains.items() if not domain.of_elements)
        return {term: texts for term, texts in single if texts is not None}

    @property
    def paths(self) -> tuple[str, ...]:
        """The templates that were read, in the order of reading, and what they include."""
        return *self._roots, *self._snippets

    @property
    def has_secrets(self) -> bool:
        """Whether a template that was read has the word that makes a parameter a secret."""
        return any(root is not None and "NoEcho" in root.document.text for root in self._roots.values())

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(self._diagnostics)

    def report(self, place: Span, code: str, message: str, *, is_error: bool = True) -> None:
        self._diagnostics[Diagnostic(place.first_line(), code, message, is_error)] = None

    def read(self, path: str) -> MapNode | None:
        """The template in a file, if it is one."""
        if path in self._roots:
            return self._roots[path]
        document = self.files.read(path)
        if isinstance(document, Diagnostic):
            self._diagnostics[document] = None
            return None
        return self.load(document)

    def snippet(self, path: str) -> MapNode | None:
        """The map in a file that is included in a template, if it has one."""
        if path not in self._snippets:
            document = self.files.read(path)
            node, diagnostics = (None, [document]) if isinstance(document, Diagnostic) else document.once(load)
            self._diagnostics |= dict.fromkeys(diagnostics)
            self._snippets[path] = node if isinstance(node, MapNode) else None
        return self._snippets[path]

    def load(self, document: Document) -> MapNode | None:
        """The tree of a template; None, with one diagnostic, for what has no ``Resources``."""
        node, diagnostics = document.once(load)
        self._diagnostics |= dict.fromkeys(diagnostics)
        root = node if isinstance(node, MapNode) else None
        resources = root.get("Resources") if root else None
        if not isinstance(resources, MapNode):
            root = None
            if node is not None or not diagnostics:
                place = _place_to_blame(node, resources, document)
                self.report(place, "no-resources", "expected a template with a map of Resources")
        self._roots[document.path] = root
        return root


def _place_to_blame(node: Node | None, resources: Node | None, document: Document) -> Span:
    if resources is not None and isinstance(node, MapNode):
        return node.key_span("Resources") or resources.place
    return node.place if node is not None else start_of(document.path)
