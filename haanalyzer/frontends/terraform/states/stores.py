"""Where a root module keeps its states: what a ``backend`` or ``cloud`` block, or who reads a state, says of it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from haanalyzer.source.files import join
from haanalyzer.values import (
    Absent,
    Concat,
    Known,
    ListValue,
    MapValue,
    Term,
    Truth,
    Unknown,
    Value,
    concat,
    same_term,
)

Text = str | Term
"""A text that may be unknown in whole or part."""

DEFAULT = "default"
"""The workspace that every configuration begins with."""

_HOST = "app.terraform.io"
_STATE_FILE = "terraform.tfstate"


@dataclass(frozen=True, slots=True)
class Store:
    """Where the states of one configuration are: one for each workspace.

    ``container`` is what they lie in. ``default`` is the name of the default workspace's
    state there, None where there is no such workspace; ``around`` what stands before and
    after a workspace's name in the name of any other's, None where there is no other.
    """

    backend: str
    container: tuple[Text, ...]
    default: Text | None
    around: tuple[Text, Text] | None = None

    def workspace_of(self, wanted: Store, workspace: Text) -> Text | None:
        """Which workspace of this configuration has the state that ``wanted`` has for ``workspace``.

        None where it cannot be told to be any.
        """
        if self.backend != wanted.backend or not _equal(self.container, wanted.container):
            return None
        if (self.default, self.around) == (wanted.default, wanted.around):
            return workspace
        name = wanted.state_of(workspace)
        if name is None:
            return None
        return DEFAULT if name == self.default else self._between(name)

    def state_of(self, workspace: Text) -> Text | None:
        """The name of a workspace's state; None where there is none, or that cannot be told."""
        if workspace == DEFAULT:
            return self.default
        if self.around is None or not isinstance(workspace, str):
            return None
        before, after = self.around
        return concat([before, workspace, after])

    def _between(self, name: Text) -> Text | None:
        """The workspace whose state has a name: what stands between the texts around it."""
        match self.around:
            case (str(before), str(after)):
                pass
            case _:
                return None
        parts: list[Text] = list(name.parts) if isinstance(name, Concat) else [name]
        for at, text, cut in ((0, before, str.removeprefix), (-1, after, str.removesuffix)):
            part = parts[at]
            if isinstance(part, str) and part != cut(part, text):
                parts[at] = cut(part, text)
            elif text:
                return None
        found = concat(parts)
        deeper = any(isinstance(part, str) and "/" in part for part in parts)
        return None if deeper or found in ("", DEFAULT) else found


Stores = Callable[[], Mapping[str, Store | None]]
"""Where the roots of a run keep their states, by their folders; None where it is not told.

Asked only where one reads what another puts out.
"""


def store_of(backend: str, settings: Mapping[str, Value], folder: str) -> Store | None:
    """The store that a backend's settings describe; None where they leave open which one it is.

    ``folder`` is the root's: a local path is relative to it.
    """
    read = _BACKENDS.get(backend)
    try:
        return read(_Settings(settings), folder) if read else None
    except _NotToldError:
        return None


class _NotToldError(Exception):
    """A setting that tells states apart is not given here, or is no text."""


class _Settings:
    """A backend's settings as texts."""

    def __init__(self, settings: Mapping[str, Value]) -> None:
        self._settings = settings

    def text(self, name: str, otherwise: str | None = None) -> Text:
        """A setting, or what holds where it is not given. Raises _NotToldError where nothing does."""
        match self._settings.get(name):
            case Known() as known:
                return str(known)
            case Unknown(term=term):
                return term
            case None | Absent() if otherwise is not None:
                return otherwise
        raise _NotToldError(name)

    def block(self, name: str) -> _Settings:
        """The settings of a nested block, or of the one map that is given in its place."""
        match self._settings.get(name):
            case MapValue(entries=entries, open=None) | ListValue(items=(MapValue(entries=entries, open=None),)):
                return _Settings(entries)
            case None | Absent():
                return _Settings({})
        raise _NotToldError(name)


def _s3(settings: _Settings, _: str) -> Store:
    """A bucket's name is one in all regions; another endpoint is another service."""
    key = settings.text("key")
    before = _ending_in_slash(settings.text("workspace_key_prefix", "env:"))
    return Store(
        "s3",
        (settings.text("bucket"), settings.text("endpoint", ""), settings.block("endpoints").text("s3", "")),
        key,
        (before, concat(["/", key])),
    )


def _gcs(settings: _Settings, _: str) -> Store:
    """The prefix is often given to ``terraform init`` alone: without one, it is not told."""
    before = _ending_in_slash(settings.text("prefix"))
    around = (before, ".tfstate")
    return Store("gcs", (settings.text("bucket"),), concat([before, f"{DEFAULT}.tfstate"]), around)


def _azurerm(settings: _Settings, _: str) -> Store:
    key = settings.text("key")
    container = (settings.text("storage_account_name"), settings.text("container_name"))
    return Store("azurerm", container, key, (concat([key, "env:"]), ""))


def _local(settings: _Settings, folder: str) -> Store:
    workspaces = _below(folder, settings.text("workspace_dir", f"{_STATE_FILE}.d"))
    around = (_ending_in_slash(workspaces), f"/{_STATE_FILE}")
    return Store("local", (), _below(folder, settings.text("path", _STATE_FILE)), around)


def _http(settings: _Settings, _: str) -> Store:
    return Store("http", (), settings.text("address"))


def _consul(settings: _Settings, _: str) -> Store:
    path = settings.text("path")
    return Store("consul", (settings.text("address", ""),), path, (concat([path, "-env:"]), ""))


def _remote(settings: _Settings, _: str) -> Store:
    """HCP Terraform's workspaces, which the ``cloud`` block and the ``remote`` backend name alike."""
    container = (settings.text("hostname", _HOST), settings.text("organization"))
    workspaces = settings.block("workspaces")
    prefix = workspaces.text("prefix", "")
    if prefix == "":
        return Store("remote", container, workspaces.text("name"))
    return Store("remote", container, None, (prefix, ""))


_BACKENDS: Mapping[str, Callable[[_Settings, str], Store]] = {
    "azurerm": _azurerm,
    "cloud": _remote,
    "consul": _consul,
    "gcs": _gcs,
    "http": _http,
    "local": _local,
    "remote": _remote,
    "s3": _s3,
}
"""What tells states apart, and how workspaces are named, as each backend's page in Terraform's documentation has it."""


def _equal(left: tuple[Text, ...], right: tuple[Text, ...]) -> bool:
    return all(same_term(one, other) is Truth.YES for one, other in zip(left, right, strict=True))


def _ending_in_slash(text: Text) -> Text:
    """A folder as what names begin with."""
    if isinstance(text, str):
        return f"{text.rstrip('/')}/" if text else ""
    return concat([text, "/"])


def _below(folder: str, path: Text) -> Text:
    """A path as the analysis names it, as far as it is known."""
    match path:
        case str():
            return join(folder, path)
        case Concat(parts=(str(beginning), *rest)):
            head, slash, tail = beginning.rpartition("/")
            return concat([f"{join(folder, head or '.')}/{tail}" if slash else posixpath.join(folder, tail), *rest])
    return path
