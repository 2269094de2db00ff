"""The protocol as pygls has it, but for requests that cannot be understood."""

from __future__ import annotations

from typing import Any

from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol


class Protocol(LanguageServerProtocol):
    """Answers a request of wrong parameters with that error; pygls leaves the client to wait."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """What pygls calls with each object that was received; raises where a message is not what it should be."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" not in data:
                raise
            wrong = JsonRpcInvalidParams()
            if "id" in data:
                self._send_response(data["id"], error=wrong.to_response_error())
            raise wrong from error
