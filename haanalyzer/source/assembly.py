"""Cloud assemblies: what the AWS CDK synthesizes, folders whose ``manifest.json`` says which templates are stacks.

Source: the package ``@aws-cdk/cloud-assembly-schema``, schema versions 1 to 55; all of them have what is read here.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, is_at_or_below, join
from haanalyzer.source.span import start_of

MANIFEST = "manifest.json"
MARK = "cdk.out"
"""A file that an assembly's folder has, and what the folder itself is called unless the user calls it otherwise."""
APPLICATION = "cdk.json"
"""What lies at the top of an application."""

_STACK = "aws:cloudformation:stack"
_TYPES = frozenset({_STACK, "cdk:asset-manifest", "cdk:cloud-assembly", "cdk:tree"})
_OPENING = re.compile(r'\A\s*\{.{0,2000}?"artifacts"\s*:\s*\{', re.DOTALL)
_ENVIRONMENT = re.compile(r"aws://([^/]+)/([^/]+)")


class StackArtifact(NamedTuple):
    """A stack of an assembly: its template, a file beside the manifest, and how that is deployed.

    ``region`` and ``account`` are None where the synthesis leaves them open; ``parameters`` are what is passed.
    """

    template: str
    name: str
    region: str | None
    account: str | None
    parameters: tuple[tuple[str, str], ...]


class AssembledStack(NamedTuple):
    """A stack of an assembly by its template's path."""

    template: str
    artifact: StackArtifact


class Lookup(NamedTuple):
    """What an application would have had to look up (availability zones, say), and where; None for anywhere."""

    provider: str
    region: str | None
    account: str | None


@dataclass(frozen=True, slots=True)
class Assembly:
    """What a manifest says. ``missing`` is what was not looked up for it, or for an assembly in it."""

    stacks: tuple[StackArtifact, ...]
    missing: tuple[Lookup, ...]

    def lacks(self, stack: StackArtifact) -> tuple[str, ...]:
        """What was not looked up where a stack is deployed: its template may hold dummies in the place of that."""
        where = (stack.region, stack.account)
        return tuple(
            sorted({each.provider for each in self.missing if (each.region, each.account) in (where, (None, None))})
        )

    def of_template(self, name: str) -> tuple[StackArtifact, ...]:
        """The stacks that a file beside the manifest is the template of."""
        return tuple(stack for stack in self.stacks if stack.template == name)


def content_of(document: Document) -> Mapping[str, object]:
    """A JSON file's object; empty for what is none."""
    try:
        content = json.loads(document.text)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def artifacts_of(manifest: Document) -> Mapping[str, Mapping[str, object]]:
    """The artifacts of an assembly's manifest by their names; empty for any other file."""
    artifacts = member(manifest.once(content_of), "artifacts")
    found = {name: each for name, each in artifacts.items() if isinstance(each, dict)}
    return found if any(str(each.get("type")) in _TYPES for each in found.values()) else {}


def assembly_of(manifest: Document) -> Assembly | None:
    """What a manifest says; None for a file that is none."""
    artifacts = manifest.once(artifacts_of)
    if not artifacts:
        return None
    missing = manifest.once(content_of).get("missing")
    looked_up = [each for each in missing if isinstance(each, dict)] if isinstance(missing, list) else []
    return Assembly(
        stacks=tuple(stack for name, each in artifacts.items() if (stack := _stack(name, each)) is not None),
        missing=tuple(_lookup(each) for each in looked_up),
    )


def _lookup(missing: Mapping[str, object]) -> Lookup:
    region, account = (member(missing, "props").get(name) for name in ("region", "account"))
    return Lookup(
        str(missing.get("provider")),
        region if isinstance(region, str) else None,
        account if isinstance(account, str) else None,
    )


def template_of(artifact: Mapping[str, object]) -> str | None:
    """The template's file, beside the manifest, of an artifact that is a stack; None for any other one."""
    template = member(artifact, "properties").get("templateFile")
    return template if artifact.get("type") == _STACK and isinstance(template, str) else None


def member(content: Mapping[str, object], name: str) -> Mapping[str, object]:
    """An object in another one; empty where there is none."""
    found = content.get(name)
    return found if isinstance(found, dict) else {}


def _stack(name: str, artifact: Mapping[str, object]) -> StackArtifact | None:
    template = template_of(artifact)
    if template is None:
        return None
    properties = member(artifact, "properties")
    environment = _ENVIRONMENT.fullmatch(str(artifact.get("environment")))
    account, region = environment.groups() if environment else (None, None)
    return StackArtifact(
        template=template,
        name=str(properties.get("stackName") or name),
        region=None if region == "unknown-region" else region,
        account=None if account == "unknown-account" else account,
        parameters=tuple((key, str(value)) for key, value in member(properties, "parameters").items()),
    )


class Assemblies:
    """Collects the assemblies that a walk meets, and the applications."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._folders: list[str] = []
        self._applications: list[str] = []
        self._stacks: dict[AssembledStack, None] = {}
        self._diagnostics: list[Diagnostic] = []

    @property
    def stacks(self) -> tuple[AssembledStack, ...]:
        """The stacks whose templates were taken, in the order of these."""
        return tuple(sorted(self._stacks, key=lambda stack: stack.template))

    def diagnostics(self) -> list[Diagnostic]:
        """What is wrong with the assemblies, and one note for all the applications without one at or below them."""
        bare = [
            application
            for application in sorted(self._applications)
            if not any(is_at_or_below(folder, join(application, "..")) for folder in self._folders)
        ]
        if not bare:
            return self._diagnostics
        others = f", and {len(bare) - 1} more" if len(bare) > 1 else ""
        message = f"a CDK application{others}: what `cdk synth` writes is read, run it first"
        return [*self._diagnostics, Diagnostic(start_of(bare[0]), "not-synthesized", message, is_error=False)]

    def at(self, folder: str, names: Collection[str]) -> Assembly | None:
        """The assembly whose folder holds these names, if it is one."""
        if APPLICATION in names:
            self._applications.append(join(folder, APPLICATION))
        found = self._of_manifest(join(folder, MANIFEST)) if MANIFEST in names else None
        if found is not None:
            self._folders.append(folder)
            gone = [stack.template for stack in found.stacks if stack.template not in names]
            if gone:
                message = f"not all of the cloud assembly is here: expected {', '.join(gone)} beside it"
                place = start_of(join(folder, MANIFEST))
                self._diagnostics.append(Diagnostic(place, "assembly-incomplete", message, is_error=False))
        return found

    def takes(self, assembly: Assembly, path: str) -> bool:
        """Whether a file of an assembly's folder is to be read: a template of one of its stacks, which are kept.

        One without any resource is not deployed: the CDK's command line says so, and goes on.
        """
        name = posixpath.basename(path)
        stacks = assembly.of_template(name)
        if not stacks and name.endswith(".template.json") and not name.endswith(".nested.template.json"):
            message = "no stack of the cloud assembly has this template"
            self._diagnostics.append(Diagnostic(start_of(path), "not-in-assembly", message, is_error=False))
        self._stacks |= dict.fromkeys(AssembledStack(path, stack) for stack in stacks)
        lacking = [lookup for stack in stacks for lookup in assembly.lacks(stack)]
        if lacking:
            self._diagnostics.append(Diagnostic(start_of(path), "context-missing", _without_context(lacking)))
        return bool(stacks) and not lacking and not self._is_empty(path)

    def _is_empty(self, template: str) -> bool:
        document = self._files.read(template)
        if isinstance(document, Diagnostic) or '"Resources"' in document.text:
            return False
        return bool(document.once(content_of))

    def names(self, template: str) -> None:
        """Keep the stacks of a template that the user named, if a manifest is beside it."""
        manifest = join(template, f"../{MANIFEST}")
        assembly = self._of_manifest(manifest) if self._files.is_file(manifest) else None
        if assembly is not None:
            self.takes(assembly, template)

    def _of_manifest(self, path: str) -> Assembly | None:
        """The assembly that a file is the manifest of; None for any other file, and for a broken one, which is said."""
        opening = self._files.opening(path)
        if isinstance(opening, Diagnostic) or _OPENING.match(opening) is None:
            return None
        document = self._files.read(path)
        if isinstance(document, Diagnostic):
            self._diagnostics.append(document)
            return None
        found = document.once(assembly_of)
        if found is None and not document.once(content_of):
            message = "expected the manifest of a cloud assembly, in JSON; its templates are read without it"
            self._diagnostics.append(Diagnostic(start_of(path), "invalid-manifest", message))
        return found


def application_of(template: str, files: Files) -> str:
    """The folder of the application that a template is synthesized from: the nearest above it, or its own folder."""
    folder = own = join(template, "..")
    while not files.is_file(join(folder, APPLICATION)):
        if folder in (".", "/") or posixpath.basename(folder) == "..":
            return own
        folder = join(folder, "..")
    return folder


def outermost_assembly(template: str, files: Files) -> str | None:
    """The folder of the assembly that a template is in, with all assemblies around that; None where it is in none."""
    folder, found = join(template, ".."), None
    while files.is_file(join(folder, MANIFEST)):
        manifest = files.read(join(folder, MANIFEST))
        if not isinstance(manifest, Document) or not manifest.once(artifacts_of):
            break
        found = folder
        if folder in (".", "/") or posixpath.basename(folder) == "..":
            break
        folder = join(folder, "..")
    return found


def is_of_assembly(name: str) -> bool:
    """Whether a file of an assembly's folder is one that the CDK writes there."""
    return name.endswith(".json") or is_asset(name)


def is_asset(name: str) -> bool:
    """Whether a file or folder of an assembly's folder is what its resources are made of: code, images, data."""
    return name.startswith("asset.")


def _without_context(providers: Collection[str]) -> str:
    return (
        f"expected what is looked up in the account ({', '.join(providers)}): the template may hold dummies in its"
        " place; run `cdk synth` where the account can be reached, and keep cdk.context.json"
    )
