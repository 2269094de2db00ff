"""What the ``source`` of a module call means."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from haanalyzer.frontends.terraform.modules.versions import ANY_VERSION, Versions, versions
from haanalyzer.source.references import local_folder

_REGISTRY = re.compile(r"(?:[\w-]+(?:\.[\w-]+)+(?::\d+)?/)?([\w-]+/[\w-]+/[\w-]+)")
_GIT_SUFFIX = re.compile(r"\.git$")
_REPOSITORY = re.compile(r"(?:^|[/:@])([\w.-]+\.[a-z]+)[:/]+([\w.-]+)/([\w.-]+)$")
# The registry takes a module `name` for a `provider` from the repository `terraform-provider-name`.
_MODULE_REPOSITORY = re.compile(r"terraform-([a-z0-9]+)-([\w-]+)")
_REF = re.compile(r"[?&](?:ref|version)=([^&]+)")


@dataclass(frozen=True, slots=True)
class ModuleSource:
    """A source, taken apart.

    ``package`` is the registry's name (``terraform-aws-modules/vpc/aws``), also for the repository that
    the registry takes it from; of any other address, as much of it as names the repository or the archive.
    ``folder`` is the part behind ``//``, empty for the whole package. ``ref`` is the git revision named.
    """

    package: str
    folder: str = ""
    ref: str | None = None

    def versions(self, constraint: str | None) -> Versions | None:
        """The releases that ``terraform init`` may install; None where that cannot be told (a branch, a commit)."""
        if self.ref is not None:
            return versions(f"= {self.ref.removeprefix('tags/')}")
        return versions(constraint) if constraint else ANY_VERSION

    def __str__(self) -> str:
        return f"{self.package}//{self.folder}" if self.folder else self.package


def is_local(source: str) -> bool:
    """Whether a source is a path relative to its caller's folder."""
    folder = local_folder(source)
    return folder is not None and not posixpath.isabs(folder)


def module_source(written: str) -> ModuleSource:
    """A source that is no local path. Source: Terraform's documentation, "Module Sources"."""
    address, _, query = written.partition("?")
    ref = _REF.search(f"?{query}")
    scheme = address.find("://")
    at = address.find("//", scheme + 3 if scheme >= 0 else 0)
    package, folder = (address, "") if at < 0 else (address[:at], posixpath.normpath(address[at + 2 :]))
    return ModuleSource(_package(package), "" if folder == "." else folder, ref[1] if ref else None)


def _package(address: str) -> str:
    address = address.removeprefix("tfr:///")
    registry = _REGISTRY.fullmatch(address)
    if registry is not None and not address.startswith(("github.com/", "bitbucket.org/")):
        return registry[1]
    address = _GIT_SUFFIX.sub("", address.removeprefix("git::").rstrip("/"))
    repository = _REPOSITORY.search(address)
    if repository is None:
        return address
    host, owner, name = repository.groups()
    module = _MODULE_REPOSITORY.fullmatch(name)
    return f"{owner}/{module[2]}/{module[1]}" if module else f"{host}/{owner}/{name}"
