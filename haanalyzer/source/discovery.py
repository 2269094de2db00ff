"""What there is to analyze: the templates, root modules and plans at and below the given paths."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from haanalyzer.source.assembly import MANIFEST, AssembledStack, assembly_of
from haanalyzer.source.configuration_files import is_configuration, is_unit
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, join
from haanalyzer.source.recognition import may_be_template
from haanalyzer.source.references import Nesting, template_paths
from haanalyzer.source.roots import called_folders, deployed_folders, divided, has_state, planned_examples
from haanalyzer.source.walk import Walk, look_at


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found under the given paths, each tuple sorted.

    ``templates`` are paths of CloudFormation templates, ``roots`` the folders of
    Terraform root modules, ``called`` the module folders that are no roots because
    a root calls them, directly or not. ``examples`` are the roots and plans that show or
    test a module, ``plans`` the paths of Terraform's plans in JSON. ``nested`` are the templates that another
    one seems to name as a nested stack, ``stacks`` say how templates in the CDK's cloud assemblies are deployed,
    ``given`` are the paths that the user named.
    ``diagnostics`` say what was given or found and is not read; what cannot be read
    inside a root is the frontend's to say.
    """

    templates: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    examples: frozenset[str] = frozenset()
    nested: frozenset[str] = frozenset()
    stacks: tuple[AssembledStack, ...] = ()
    given: frozenset[str] = field(default=frozenset(), compare=False)
    diagnostics: tuple[Diagnostic, ...] = ()

    def only(self, paths: Collection[str]) -> Discovery:
        """The same without any root, template or plan that is not among these paths; a plan goes with its folder."""
        return replace(
            self,
            templates=tuple(path for path in self.templates if path in paths),
            roots=tuple(path for path in self.roots if path in paths),
            plans=tuple(path for path in self.plans if path in paths or join(path, "..") in paths),
        )


def discover(paths: Sequence[str], files: Files, deployed: Sequence[str] = ()) -> Discovery:
    """Look at the given files and folders (relative to the files' base, or absolute) and what is below them.

    ``deployed`` are templates and roots that there are besides, whatever they look like and lie in.

    A Terraform root is a module folder that no other one found calls by a local
    source, or which is called but has a state or values of its own: a ``backend``
    or ``cloud`` block, ``terraform.tfvars`` or ``*.auto.tfvars``. The folder of a
    configuration file given by name is always a root. Of modules that only call each
    other in a circle, the first is one.
    """
    walk = Walk(files)
    for path in paths:
        walk.start(path)
    walk.follow_links()
    for path in deployed:
        walk.take_in(path)
    modules = divided(walk.modules, walk.units, walk.given_modules, walk.given, files)
    templates = tuple(sorted(walk.templates.values()))
    plans = tuple(sorted(walk.plans.values()))
    return Discovery(
        templates=templates,
        roots=modules.roots,
        called=modules.called,
        examples=modules.examples | planned_examples(plans, modules, walk.given),
        nested=_nested(templates, files),
        plans=plans,
        stacks=walk.assemblies.stacks,
        given=frozenset(walk.given),
        diagnostics=tuple(sorted({*walk.diagnostics, *walk.assemblies.diagnostics()})),
    )


def facts_of(path: str, files: Files) -> tuple[object, ...] | None:
    """All that discovery takes from a file met on the way; None for what is no file, where anything may be new."""
    if not files.is_file(path):
        return None
    look = files.once(path, look_at) if may_be_template(path) else None
    is_manifest = posixpath.basename(path) == MANIFEST
    is_read = look == "template" or is_manifest or is_configuration(path) or is_unit(path)
    document = files.read(path) if is_read else None
    if not isinstance(document, Document):
        return look, document
    if is_manifest:
        return look, document.once(assembly_of)
    return look, *map(document.once, (called_folders, deployed_folders, has_state, _template_paths))


def _template_paths(document: Document) -> tuple[str, ...]:
    return tuple(template_paths(document.text))


def _nested(templates: Sequence[str], files: Files) -> frozenset[str]:
    nesting = Nesting(templates)
    documents = (files.read(path) for path in templates)
    return frozenset(
        named
        for document in documents
        if not isinstance(document, Diagnostic)
        for named in nesting.named_by(document.path, document.once(_template_paths))
    )
