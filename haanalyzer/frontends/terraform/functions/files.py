"""Functions of files and paths. What lies outside the analyzed project stays unknown."""

from __future__ import annotations

import posixpath
from dataclasses import replace

from haanalyzer.frontends.terraform.evaluation.scalars import to_text
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError
from haanalyzer.frontends.terraform.evaluation.types import as_set
from haanalyzer.frontends.terraform.functions.patterns import Pattern
from haanalyzer.frontends.terraform.functions.request import FunctionContext, Implementation, Request, on_data, text
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, join
from haanalyzer.values import Known, Unknown, Value

# More than this and a pattern is meant for no module's own files.
_MOST_FILES = 5_000

_OF_THE_MACHINE = "an absolute path is of the machine that runs Terraform"
_OUTSIDE = "leads outside the analyzed folders and their repository"


def read_text(context: FunctionContext, given: str) -> Document | str:
    """The file at a path as an expression writes it, or why it is not known here."""
    path = _project_path(context, given)
    if not path:
        return _why_not(given)
    document = context.files.read(path)
    return f"{given}: {document.message}" if isinstance(document, Diagnostic) else document


def _project_path(context: FunctionContext, given: str) -> str | None:
    """A path by its name among the analyzed files; None where it is not the project's to read."""
    if given.startswith(("/", "~")):
        return None
    path = join(context.folder, given)
    # A relative path may climb, for a module's source does; what it leads to, named absolutely, is confined.
    opening = context.files.opening(context.files.real(path))
    is_outside = isinstance(opening, Diagnostic) and opening.code == "outside-project"
    return None if is_outside else path


def _why_not(given: str) -> str:
    return _OF_THE_MACHINE if given.startswith(("/", "~")) else f"{given} {_OUTSIDE}"


def _paths(request: Request, count: int) -> list[str] | None:
    """The arguments as texts, None when any is unknown."""
    if len(request.arguments) != count:
        raise EvaluationError(f"{request.name} takes {count} arguments")
    found: list[str] = []
    for argument in request.arguments:
        match argument:
            case Known(data=data):
                found.append(to_text(data))
            case Unknown():
                return None
            case _:
                raise EvaluationError("a path is a string")
    return found


def _file(request: Request) -> Value:
    """A file that is not there may yet be made before the deployment."""
    paths = _paths(request, 1)
    if paths is None:
        return request.unknown()
    found = read_text(request.context, paths[0])
    return replace(request.unknown(), reason=found) if isinstance(found, str) else request.known(found.text)


def _file_exists(request: Request) -> Value:
    paths = _paths(request, 1)
    if paths is None:
        return request.unknown()
    path = _project_path(request.context, paths[0])
    if path is None:
        return replace(request.unknown(), reason=_why_not(paths[0]))
    return request.known(request.context.files.is_file(path))


def _file_set(request: Request) -> Value:
    """The names below a folder that match a pattern, as a set."""
    paths = _paths(request, 2)
    if paths is None:
        return request.unknown()
    folder = _project_path(request.context, paths[0])
    if folder is None:
        return replace(request.unknown(), reason=_why_not(paths[0]))
    wanted = Pattern.of(paths[1])
    names = _names_below(request.context.files, folder, deep=wanted.is_deep) if wanted else None
    if wanted is None or names is None:
        return replace(request.unknown(), reason=f"{paths[1]} is no pattern within the folder, or too much lies below")
    return as_set(request.list(request.known(name) for name in names if wanted.matches(name)))


def _names_below(files: Files, folder: str, *, deep: bool) -> list[str] | None:
    """The files below a folder by their relative paths, sorted; None when there are too many."""
    found: list[str] = []
    folders = [""]
    seen = 0
    while folders:
        inner = folders.pop()
        entries = files.entries(join(folder, inner))
        for entry in entries if not isinstance(entries, Diagnostic) else ():
            path = posixpath.join(inner, entry.name)
            seen += 1
            if entry.kind == "folder" and deep:
                folders.append(path)
            elif entry.kind == "file" or (entry.kind == "link" and files.is_file(join(folder, path))):
                found.append(path)
            if seen > _MOST_FILES:
                return None
    return sorted(found)


def _folder_name(path: str) -> str:
    trimmed = posixpath.dirname(path)
    return posixpath.normpath(trimmed) if trimmed else "."


def _base_name(path: str) -> str:
    return posixpath.basename(path.rstrip("/")) or ("/" if path else ".")


def _absolute(request: Request) -> Value:
    """``abspath``: a relative path is one below a folder that only the machine knows."""
    paths = _paths(request, 1)
    return request.known(posixpath.normpath(paths[0])) if paths and paths[0].startswith("/") else request.unknown()


def _expanded(request: Request) -> Value:
    """``pathexpand``: ``~`` is the home folder of whoever runs Terraform."""
    paths = _paths(request, 1)
    return request.unknown() if not paths or paths[0].startswith("~") else request.known(paths[0])


FILES: dict[str, Implementation] = {
    "abspath": _absolute,
    "basename": on_data(_base_name, text),
    "dirname": on_data(_folder_name, text),
    "file": _file,
    "fileexists": _file_exists,
    "fileset": _file_set,
    "pathexpand": _expanded,
}
