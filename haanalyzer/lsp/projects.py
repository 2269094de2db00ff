"""Which project a file belongs to: its workspace folder's, or one of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pygls.workspace import TextDocument

from haanalyzer.lsp.documents import path_of_document, relative
from haanalyzer.lsp.project import Host, Project
from haanalyzer.lsp.settings import ClientSettings
from haanalyzer.policy.configuration import NAME
from haanalyzer.source.configuration_files import is_configuration
from haanalyzer.source.recognition import looks_like_template

_CONFIGURATIONS = (NAME, "pyproject.toml")
_INSTALLED_MODULES = "modules.json"


class Projects:
    """The projects of one server.

    A document outside of all workspace folders is analyzed with the other open ones of its folder
    and what these name; nobody said that the rest of that folder may be walked.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._folders: dict[Path, Project] = {}
        self._lone: dict[Path, Project] = {}

    def __iter__(self) -> Iterator[Project]:
        yield from (*self._folders.values(), *self._lone.values())

    @property
    def folders(self) -> tuple[Path, ...]:
        """The workspace folders that are analyzed."""
        return tuple(self._folders)

    def add(self, folder: Path, settings: ClientSettings) -> None:
        """Analyze a workspace folder; not what holds everything, where some editors are started."""
        if folder not in (Path.home(), Path(folder.anchor), *self._folders):
            self._folders[folder] = Project(folder, settings, self._host)
            self._folders[folder].start()

    def remove(self, folder: Path) -> Project | None:
        """Forget a workspace folder; its project, if there was one."""
        return self._folders.pop(folder, None)

    def owner(self, path: Path) -> Project | None:
        """The project of the innermost workspace folder around a file, or of the file's own folder."""
        # the worker asks, too: a copy does not change while it is looked through
        around = [folder for folder in tuple(self._folders) if path.is_relative_to(folder)]
        if around:
            return self._folders[max(around, key=lambda folder: len(folder.parts))]
        return self._lone.get(path.parent)

    def edited(self, path: Path, documents: Mapping[str, TextDocument], settings: ClientSettings) -> Project | None:
        """Analyze again what a document that was opened, changed or closed belongs to; a project left without any."""
        left = None
        if self.owner(path) is None or path.parent in self._lone:
            left = self._cover(path.parent, documents, settings)
        self.changed([path], on_disk=False)
        return left

    def changed(self, paths: Collection[Path], *, on_disk: bool = True) -> None:
        """Analyze again what files belong to: those below its base, and those that it has read."""
        for project in self:
            names = {path: name for path in paths if (name := relative(path, project.base)) is not None}
            concerned = [path for path, name in names.items() if _concerns(project, path, name)]
            if not concerned:
                continue
            if any(path.name == _INSTALLED_MODULES or _is_folder(project, path, names[path]) for path in concerned):
                project.touch(None)
                continue
            settings = on_disk and any(path.name in _CONFIGURATIONS or project.rests_on(path) for path in concerned)
            project.touch([names[path] for path in concerned] if on_disk else (), settings=settings)

    def _cover(self, folder: Path, documents: Mapping[str, TextDocument], settings: ClientSettings) -> Project | None:
        names = sorted(
            path.name
            for each in documents.values()
            if (path := path_of_document(each)) is not None
            and path.parent == folder
            and (is_configuration(path.name) or looks_like_template(each.source))
        )
        if not names:
            return self._lone.pop(folder, None)
        if folder in self._lone:
            self._lone[folder].cover(tuple(names))
        else:
            self._lone[folder] = Project(folder, settings, self._host, tuple(names))
        return None


def _concerns(project: Project, path: Path, name: str) -> bool:
    if path.is_relative_to(project.base) or project.rests_on(path):
        return True
    return path.name in _CONFIGURATIONS or (project.latest is not None and name in project.latest.report.documents)


def _is_folder(project: Project, path: Path, name: str) -> bool:
    """Whether a path is a folder, or was one that something was read in."""
    known = project.latest.report.documents if project.latest else ()
    return path.is_dir() or any(each.startswith(f"{name}/") for each in known)
