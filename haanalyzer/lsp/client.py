"""What the client can do, as it said when it began."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from lsprotocol.types import ClientCapabilities
from pygls.capabilities import get_capability


@dataclass(frozen=True, slots=True)
class Client:
    """The client's capabilities, and whether it asks for a suppression's reason (``ignore_command``)."""

    capabilities: ClientCapabilities
    ignore_command: bool = False

    @property
    def pulls(self) -> bool:
        """Whether diagnostics are asked for; otherwise they are pushed.

        An answer may change with another file, so a client that cannot be told to ask again is pushed to.
        """
        asks = self._has("text_document.diagnostic", None) is not None
        return asks and bool(self._has("workspace.diagnostics.refresh_support"))

    @property
    def shows_related(self) -> bool:
        return bool(self._has("text_document.publish_diagnostics.related_information")) or bool(
            self._has("text_document.diagnostic.related_information")
        )

    @property
    def takes_versions(self) -> bool:
        """Whether edits may name the version of the document that they are for."""
        return bool(self._has("workspace.workspace_edit.document_changes"))

    @property
    def edits_later(self) -> bool:
        """Whether an action's edit may be worked out when the action is chosen."""
        return "edit" in (self._has("text_document.code_action.resolve_support.properties") or ())

    @property
    def shows_progress(self) -> bool:
        return bool(self._has("window.work_done_progress"))

    @property
    def opens_pages(self) -> bool:
        return bool(self._has("window.show_document.support"))

    @property
    def refreshes_lenses(self) -> bool:
        return bool(self._has("workspace.code_lens.refresh_support"))

    @property
    def has_configuration(self) -> bool:
        return bool(self._has("workspace.configuration"))

    @property
    def registers_configuration(self) -> bool:
        return bool(self._has("workspace.did_change_configuration.dynamic_registration"))

    @property
    def watches_files(self) -> bool:
        return bool(self._has("workspace.did_change_watched_files.dynamic_registration"))

    def _has(self, field: str, default: object = False) -> Any:
        return cast("Any", get_capability(self.capabilities, field, default))
