"""What the client may set, in the section ``haanalyzer`` or as initialization options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

SECTION = "haanalyzer"


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """The editor's word on an analysis; None leaves it to the project's configuration.

    ``config``, ``parameters`` and ``var_files`` are paths, relative to the workspace folder.
    ``show_undecided`` adds a hint for each undecided check, ``code_lens`` the zones above resources.
    """

    profile: str | None = None
    region: str | None = None
    config: str | None = None
    parameters: str | None = None
    var_files: tuple[str, ...] = ()
    show_undecided: bool = False
    code_lens: bool = True


def _in_camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


NAMES: Mapping[str, str] = {_in_camel_case(each.name): each.name for each in fields(ClientSettings)}
"""The settings as the client calls them, with the names they have here."""


def settings_from(sent: object, defaults: ClientSettings) -> tuple[ClientSettings, tuple[str, ...]]:
    """The settings that a client sent, over the defaults, and what is wrong with them, one sentence each.

    What is wrong is left as it was; ``null`` and the empty text leave the default. Names that are no settings
    of the server (clients keep their own in the same section) are passed over.
    """
    if not isinstance(sent, Mapping):
        return defaults, () if sent is None else (f"`{SECTION}` must be an object of settings",)
    found: dict[str, Any] = {}
    faults = []
    for name, field in NAMES.items():
        value = sent.get(name)
        if value is None or value == "":
            continue
        default = getattr(ClientSettings(), field)
        if isinstance(default, tuple):
            if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
                found[field] = tuple(value)
            else:
                faults.append(f"`{SECTION}.{name}` must be a list of texts")
        elif isinstance(value, bool if isinstance(default, bool) else str):
            found[field] = value
        else:
            faults.append(f"`{SECTION}.{name}` must be {'true or false' if isinstance(default, bool) else 'a text'}")
    return replace(defaults, **found), tuple(faults)
