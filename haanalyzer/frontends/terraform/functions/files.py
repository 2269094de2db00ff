"""Functions of files and paths. What lies outside the analyzed project stays unknown."""

from __future__ import annotations

import posixpath
import re

from haanalyzer.frontends.terraform.functions.request import Implementation, Request, on_data, text
from haanalyzer.frontends.terraform.scalars import to_text
from haanalyzer.frontends.terraform.symbolic import EvaluationError
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files, join
from haanalyzer.values import Known, Unknown, Value

# More than this and a pattern is meant for no module's own files.
_MOST_FILES = 5_000


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


def _is_local(path: str) -> bool:
    return not path.startswith(("/", "~"))


def _file(request: Request) -> Value:
    """A file that is not there may yet be made before the deployment."""
    paths = _paths(request, 1)
    if paths is None or not _is_local(paths[0]):
        return request.unknown()
    found = request.context.files.read(join(request.context.folder, paths[0]))
    return request.unknown() if isinstance(found, Diagnostic) else request.known(found.text)


def _file_exists(request: Request) -> Value:
    paths = _paths(request, 1)
    if paths is None or not _is_local(paths[0]):
        return request.unknown()
    return request.known(request.context.files.is_file(join(request.context.folder, paths[0])))


def _file_set(request: Request) -> Value:
    """The names below a folder that match a pattern, as a set."""
    paths = _paths(request, 2)
    if paths is None or not _is_local(paths[0]):
        return request.unknown()
    wanted = _glob(posixpath.normpath(paths[1]))
    folder = join(request.context.folder, paths[0])
    names = _names_below(request.context.files, folder, deep="**" in paths[1] or "/" in paths[1])
    return request.unknown() if names is None else request.known([name for name in names if wanted.fullmatch(name)])


def _names_below(files: Files, folder: str, *, deep: bool) -> list[str] | None:
    """The files below a folder by their relative paths, sorted; None when there are too many."""
    found: list[str] = []
    folders = [""]
    while folders:
        inner = folders.pop()
        entries = files.entries(join(folder, inner))
        for entry in entries if not isinstance(entries, Diagnostic) else ():
            path = posixpath.join(inner, entry.name)
            if entry.kind == "folder" and deep:
                folders.append(path)
            elif entry.kind == "file" or (entry.kind == "link" and files.is_file(join(folder, path))):
                found.append(path)
        if len(found) + len(folders) > _MOST_FILES:
            return None
    return sorted(found)


_GLOB = re.compile(r"\*\*/|\*\*|\*|\?|\[[^\]]+\]|\{[^}]*\}|.", re.DOTALL)


def _glob(pattern: str) -> re.Pattern[str]:
    parts: list[str] = []
    for token in _GLOB.findall(pattern):
        match token:
            case "**/":
                parts.append("(?:[^/]+/)*")
            case "**":
                parts.append(".*")
            case "*":
                parts.append("[^/]*")
            case "?":
                parts.append("[^/]")
            case _ if token.startswith("{"):
                inner = "|".join(_glob(one).pattern for one in token[1:-1].split(","))
                parts.append(f"(?:{inner})")
            case _ if token.startswith("[") and len(token) > 1:
                parts.append(token)
            case _:
                parts.append(re.escape(token))
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error as error:
        raise EvaluationError(f"invalid pattern: {error}") from None


def _folder_name(path: str) -> str:
    trimmed = posixpath.dirname(path)
    return posixpath.normpath(trimmed) if trimmed else "."


def _base_name(path: str) -> str:
    return posixpath.basename(path.rstrip("/")) or ("/" if path else ".")


def _undecided(request: Request) -> Value:
    """What depends on the machine, or on a file's very bytes."""
    return request.unknown()


FILES: dict[str, Implementation] = {
    "abspath": _undecided,
    "basename": on_data(_base_name, text),
    "dirname": on_data(_folder_name, text),
    "file": _file,
    "filebase64": _undecided,
    "fileexists": _file_exists,
    "fileset": _file_set,
    "pathexpand": _undecided,
}
