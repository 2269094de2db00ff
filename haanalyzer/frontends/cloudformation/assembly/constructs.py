"""What a cloud assembly tells of the constructs that its resources were made by."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from haanalyzer.source.assembly import MANIFEST, artifacts_of, content_of, member, template_of
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, join

PATH = "aws:cdk:path"
"""The metadata of a resource that names its construct."""
_LOGICAL_ID, _TEMPLATE_FILE, _CREATION = "aws:cdk:logicalId", "aws:cdk:templateFile", "aws:cdk:creationStack"
_HANDLER = "aws:cdk:is-custom-resource-handler"

_Entry = Mapping[str, object]


class Constructs(NamedTuple):
    """The constructs of a stack by their paths.

    ``entries`` is what the program said of each, ``paths`` the path of a resource by its template's file and its
    logical id.
    """

    entries: Mapping[str, tuple[_Entry, ...]]
    paths: Mapping[tuple[str, str], str]

    def trace(self, path: str) -> tuple[object, ...]:
        """The stack trace of where a construct was created, the innermost frame first; empty where none was kept."""
        for entry in self.entries.get(path, ()):
            trace = entry.get("data") if entry.get("type") == _CREATION else entry.get("trace")
            if isinstance(trace, list) and entry.get("type") in (_CREATION, _LOGICAL_ID):
                return tuple(trace)
        return ()

    def is_handler(self, path: str) -> bool:
        """Whether a construct, or one around it, handles a custom resource of the CDK, which marks it so."""
        around = (entry for each in _upwards(path) for entry in self.entries.get(each, ()))
        return any(str(entry.get("type")).startswith(_HANDLER) for entry in around)


NOTHING_TOLD = Constructs({}, {})


def is_synthesized(template: Document, files: Files) -> bool:
    """Whether the CDK wrote a template: it says so, or is a stack's in an assembly."""
    return PATH in template.text or _artifact(template.path, files) is not None


def constructs_of(template: str, files: Files) -> Constructs | None:
    """What is told of a stack's constructs, by its template; None for one that is no stack's in an assembly."""
    artifact = _artifact(template, files)
    if artifact is None:
        return None
    entries = dict(_metadata(artifact, posixpath.dirname(template), files))
    return Constructs(entries, _resources(entries, posixpath.basename(template)))


def _artifact(template: str, files: Files) -> _Entry | None:
    manifest = join(posixpath.dirname(template), MANIFEST)
    document = files.read(manifest) if files.is_file(manifest) else None
    if not isinstance(document, Document):
        return None
    return document.once(_stacks).get(posixpath.basename(template))


def _stacks(manifest: Document) -> Mapping[str, _Entry]:
    """The artifacts that are stacks, by the files of their templates."""
    artifacts = manifest.once(artifacts_of).values()
    return {template: each for each in artifacts if (template := template_of(each)) is not None}


def _metadata(artifact: _Entry, folder: str, files: Files) -> Iterator[tuple[str, tuple[_Entry, ...]]]:
    """What is said of the constructs of a stack: in the manifest, or in a file beside it (since schema version 48)."""
    further = artifact.get("additionalMetadataFile")
    document = files.read(join(folder, further)) if isinstance(further, str) else None
    beside = document.once(content_of) if isinstance(document, Document) else {}
    for path, said in {**member(artifact, "metadata"), **beside}.items():
        if isinstance(said, list):
            yield path.removeprefix("/"), tuple(each for each in said if isinstance(each, dict))


def _resources(entries: Mapping[str, tuple[_Entry, ...]], template: str) -> dict[tuple[str, str], str]:
    """The paths of a stack's resources, those of stacks nested in it too, where it is said which file these have.

    A logical id that two constructs of one file would have is left out: one of them is in a nested stack.
    """
    nested = {path: name for path, said in entries.items() if (name := _said(said, _TEMPLATE_FILE)) is not None}
    found: dict[tuple[str, str], str] = {}
    twice = set()
    for path, said in entries.items():
        logical_id = _said(said, _LOGICAL_ID)
        if logical_id is not None:
            key = next((nested[each] for each in _upwards(path) if each in nested), template), logical_id
            if key in found:
                twice.add(key)
            found[key] = path
    return {key: path for key, path in found.items() if key not in twice}


def _said(entries: tuple[_Entry, ...], type_: str) -> str | None:
    found = (entry.get("data") for entry in entries if entry.get("type") == type_)
    return next((data for data in found if isinstance(data, str)), None)


def _upwards(path: str) -> Iterator[str]:
    """A construct's path, and those of the constructs around it, the innermost first."""
    while path:
        yield path
        path = path.rpartition("/")[0]
