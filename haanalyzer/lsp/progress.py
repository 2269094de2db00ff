"""Work-done progress of a first analysis."""

from __future__ import annotations

import asyncio
from uuid import uuid4

from lsprotocol import types
from pygls.progress import Progress


class WorkDone:
    """A progress bar of the client, from when the client has made it until `end`."""

    def __init__(self, bars: Progress, title: str) -> None:
        self._bars = bars
        self._title = title
        self._token = str(uuid4())
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        self._begun = False
        self._task = asyncio.create_task(self._run())

    def progress(self, done: int, total: int, path: str) -> None:
        """So many deployments are done, and this one is next."""
        self._loop.call_soon_threadsafe(self._report, done, total, path)

    def end(self) -> None:
        """The analysis is over."""
        self._over.set()

    async def _run(self) -> None:
        await self._bars.create_async(self._token)
        if self._over.is_set():
            return
        self._bars.begin(self._token, types.WorkDoneProgressBegin(title=self._title, percentage=0))
        self._begun = True
        await self._over.wait()
        self._begun = False
        self._bars.end(self._token, types.WorkDoneProgressEnd())

    def _report(self, done: int, total: int, path: str) -> None:
        if self._begun:
            share = 100 * done // max(total, 1)
            self._bars.report(self._token, types.WorkDoneProgressReport(message=path, percentage=share))


class Unwatched:
    """For a client without progress bars."""

    def progress(self, done: int, total: int, path: str) -> None: ...

    def end(self) -> None: ...
