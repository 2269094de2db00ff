"""Which file the address of a nested stack's template means."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from haanalyzer.frontends.cloudformation.assembly.assets import asset_of
from haanalyzer.source.files import Files, join
from haanalyzer.values import Absent, Concat, Known, MapValue, Unknown, Value, alternatives

_NOT_ON_DISK = "its template is not on disk"
_SUBMODULES = "submodules"
"""The folder in which AWS's Quick Starts keep other ones, as git's submodules."""


class NotHere(NamedTuple):
    """Why no file can be told to be a template."""

    reason: str


def locate(address: Value, parent_path: str, files: Files) -> str | NotHere:
    """The file that a ``TemplateURL`` or ``Location`` means: every branch of it must mean the same one.

    A local path is relative to the template. ``aws cloudformation package`` names what it uploads by a hash of the
    template as it writes it anew, so that none but its own output could be told by that.
    """
    found = {_locate_branch(branch, parent_path, files) for branch in alternatives(address)}
    if len(found) == 1:
        return found.pop()
    paths = sorted(each for each in found if isinstance(each, str))
    if len(paths) > 1:
        return NotHere(f"which template it is depends on a condition: {' or '.join(paths)}")
    return NotHere(_NOT_ON_DISK)


def _locate_branch(address: Value, parent_path: str, files: Files) -> str | NotHere:
    folder = posixpath.dirname(parent_path)
    match address:
        case Known(data=str(text)) if "://" not in text:
            return NotHere(_NOT_ON_DISK) if text.startswith("/") else _local(text, folder, files)
        case Known(data=str(text)) if text.startswith("file://"):
            return _local(unquote(text.removeprefix("file://")), folder, files)
        case Known(data=str(text)):
            _, _, path = text.partition("://")[2].partition("?")[0].partition("/")
            path = unquote(path)
            return asset_of(path, folder, files) or _by_suffix(path, folder, files)
        case Unknown(term=Concat(parts=(*_, str(text)))):
            path = unquote(text)
            return asset_of(path, folder, files) or _by_suffix(path, folder, files)
        case MapValue() if not isinstance(address.get("ApplicationId"), Absent):
            return NotHere("it is an application of the AWS Serverless Application Repository")
        case Unknown(term=term):
            return NotHere(f"the address of its template is not known: {term}")
    return NotHere(_NOT_ON_DISK)


def _local(path: str, folder: str, files: Files) -> str | NotHere:
    found = join(folder, path)
    return found if files.is_file(found) else NotHere(_NOT_ON_DISK)


def _by_suffix(path: str, folder: str, files: Files) -> str | NotHere:
    """The one file, beside the parent template or above it, whose path ends as this one does for longest.

    What is in a submodule is nowhere else.
    """
    segments = [segment for segment in path.partition("?")[0].split("/") if segment]
    if not segments or ".." in segments:
        return NotHere(_NOT_ON_DISK)
    folders = list(_upwards(folder))
    within = segments.index(_SUBMODULES) if _SUBMODULES in segments[:-1] else len(segments) - 1
    for at in range(within + 1):
        suffix = "/".join(segments[at:])
        found = {files.real(path): path for path in (join(above, suffix) for above in folders) if files.is_file(path)}
        if found:
            return next(iter(found.values())) if len(found) == 1 else NotHere(f"several files end in {suffix}")
    if within < len(segments) - 1:
        return NotHere(f"its template is in the submodule {'/'.join(segments[within : within + 2])}, which is not here")
    return NotHere(_NOT_ON_DISK)


def _upwards(folder: str) -> Iterator[str]:
    """A folder and those above it, up to the analysis base."""
    if folder.startswith(".."):
        yield folder
        return
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield "."
