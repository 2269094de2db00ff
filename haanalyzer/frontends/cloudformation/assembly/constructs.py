"""What a cloud assembly tells of the constructs that its resources were made by."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from haanalyzer.source.assembly import MANIFEST, artifacts_of, content_of, member, template_of
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, join

_LOGICAL_ID, _TEMPLATE_FILE, _CREATION = "aws:cdk:logicalId", "aws:cdk:templateFile", "aws:cdk:creationStack"
_HANDLER = "aws:cdk:is-custom-resource-handler"

_Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Constructs:
    """The constructs of an assembly's folder by their paths.

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


def constructs_beside(template: str, files: Files) -> Constructs | None:
    """What is told of the constructs by the assembly that a template is in; None for a template in none."""
    manifest = join(posixpath.dirname(template), MANIFEST)
    return files.once(manifest, _constructs) if files.is_file(manifest) else None


def _constructs(files: Files, manifest: str) -> Constructs | None:
    document = files.read(manifest)
    if not isinstance(document, Document) or not document.once(artifacts_of):
        return None
    entries: dict[str, tuple[_Entry, ...]] = {}
    paths: dict[tuple[str, str], str] = {}
    for artifact in document.once(artifacts_of).values():
        template = template_of(artifact)
        if template is not None:
            of_stack = dict(_metadata(artifact, posixpath.dirname(manifest), files))
            entries |= of_stack
            paths |= _resources(of_stack, template)
    return Constructs(entries, paths)


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
