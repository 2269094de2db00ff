"""One folder that is analyzed as a whole, again and again, off the event loop."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Protocol, TypeVar

from lsprotocol.types import Diagnostic

from haanalyzer.baseline import against
from haanalyzer.engine import Workspace
from haanalyzer.graph import ResourceGraph
from haanalyzer.lsp.analysis import Analysis, Buffer
from haanalyzer.lsp.configured import Configured, configured
from haanalyzer.lsp.keeping import LastGood
from haanalyzer.lsp.settings import ClientSettings

_Answer = TypeVar("_Answer")

_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.05, 0.1
"""Seconds without a keystroke before an analysis: the longer the last one took, the longer."""


Shown = Mapping[str, Sequence[Diagnostic]]
"""Diagnostics by URI."""


class Watcher(Protocol):
    """Is told how far an analysis is, from whatever thread, and when it is over."""

    def progress(self, done: int, total: int, path: str) -> None: ...

    def end(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Host:
    """What a project needs of the server it belongs to.

    ``buffers`` are the open ones, by paths relative to a folder; ``render`` makes diagnostics of an analysis, in
    the worker; ``analyzed`` is told of both, ``failed`` of an error of ours; ``watch`` is told of a first analysis.
    """

    worker: Executor
    buffers: Callable[[Path], Mapping[str, Buffer]]
    render: Callable[[Project, Analysis], Shown]
    analyzed: Callable[[Project, Analysis, Shown], None]
    failed: Callable[[Exception], None]
    watch: Callable[[Project], Watcher]


@dataclass(slots=True)
class _Pending:
    """What happened since the last analysis: the paths that may have changed on disk, None where any may have."""

    changed: set[str] | None = None
    settings: bool = True
    paths: bool = False


@dataclass(eq=False, slots=True)
class Project:
    """The deployments at some paths of a folder, and the last analysis of them.

    One worker thread analyzes for all projects, so no two questions about graphs or files ever meet.
    """

    base: Path
    settings: ClientSettings
    host: Host
    paths: tuple[str, ...] = (".",)
    latest: Analysis | None = None
    _workspace: Workspace | None = None
    _tidied: Workspace | None = None
    _configured: Configured | None = None
    _last_good: LastGood = field(default_factory=LastGood)
    _pending: _Pending = field(default_factory=_Pending)
    _wanted: int = 1
    _done: int = 0
    _touched: float = field(default_factory=monotonic)
    _quiet: float = 0.0
    _took: float = 0.0
    _running: asyncio.Task[None] | None = None

    def cover(self, paths: tuple[str, ...]) -> None:
        """Analyze what is at other paths from now on."""
        if paths != self.paths:
            self.paths = paths
            self._pending.paths = True

    def touch(self, changed: Collection[str] | None = (), *, settings: bool = False) -> None:
        """Something is no longer as it was: a buffer, paths on disk (None: any of them), or the settings."""
        pending = self._pending
        if changed is None:
            pending.changed = None
        elif pending.changed is not None:
            pending.changed.update(changed)
        pending.settings |= settings
        self._wanted += 1
        now = monotonic()
        self._quiet, self._touched = now - self._touched, now
        self.start()

    def rests_on(self, path: Path) -> bool:
        """Whether a file is one of settings or inputs that the configuration or the client names."""
        named: list[str | Path | None] = [self.settings.config, self.settings.parameters, *self.settings.var_files]
        if self._configured is not None:
            settings = self._configured.settings
            named += (settings.baseline, *settings.configuration.rulesets)
        real = path.resolve()
        return any(name and (self.base / name).resolve() == real for name in named)

    def start(self) -> None:
        """Analyze soon, unless that is under way."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())

    async def fresh(self) -> Analysis | None:
        """The analysis of everything as it is now; None where it failed."""
        while self._done < self._wanted:
            self.start()
            assert self._running is not None
            await asyncio.shield(self._running)
        return self.latest

    async def ask(self, question: Callable[[Sequence[ResourceGraph]], _Answer], path: str) -> _Answer:
        """The answer of a question about the graphs of the deployments that a file belongs to."""

        def answer() -> _Answer:
            return question(self._workspace.graphs_of(path) if self._workspace else ())

        return await asyncio.get_running_loop().run_in_executor(self.host.worker, answer)

    async def _run(self) -> None:
        while self._done < self._wanted:
            await self._pause()
            wanted, pending = self._wanted, self._pending
            self._pending = _Pending(changed=set(), settings=False)
            watcher = self.host.watch(self) if self.latest is None else None
            started = monotonic()
            try:
                analysis, shown = await asyncio.get_running_loop().run_in_executor(
                    self.host.worker, self._analyze, pending, self.host.buffers(self.base), self.settings, watcher
                )
                self.latest = analysis
                self.host.analyzed(self, analysis, shown)
            except Exception as error:  # noqa: BLE001 - a fault of ours costs one analysis, and is said
                self._workspace = None
                self._pending = _Pending()
                self.host.failed(error)
            finally:
                if watcher is not None:
                    watcher.end()
            self._took = monotonic() - started
            self._done = wanted
        asyncio.get_running_loop().call_later(_SHORTEST_PAUSE, self._tidy)

    def _tidy(self) -> None:
        if self._done < self._wanted:
            return
        with suppress(RuntimeError):  # the worker may have been told to end meanwhile
            self.host.worker.submit(_collect, anew=self._workspace is not self._tidied)
            self._tidied = self._workspace

    async def _pause(self) -> None:
        """Wait for the end of a burst of changes; the first one after a quiet time is answered at once."""
        pause = min(max(self._took / 4, _SHORTEST_PAUSE), _LONGEST_PAUSE)
        while self._quiet < pause and (left := self._touched + pause - monotonic()) > 0:
            await asyncio.sleep(left)

    def _analyze(
        self, pending: _Pending, buffers: Mapping[str, Buffer], settings: ClientSettings, watcher: Watcher | None
    ) -> tuple[Analysis, Shown]:
        """In the worker: read the settings where they may differ, and analyze what does."""
        before, found = self._configured, self._configured
        if pending.settings or found is None:
            found = self._configured = configured(self.base, settings)
        if self._workspace is None or found != before or pending.paths:
            self._workspace = Workspace(found.settings.files(self.base), found.inputs, self.paths, found.stacks)
        workspace = self._workspace
        overlay = {path: buffer.text for path, buffer in buffers.items()}
        progress = watcher.progress if watcher else None
        report = workspace.analyze(found.settings.standards, overlay, pending.changed, progress=progress)
        if found.baseline:
            report = against(report, found.baseline)

        def deployments_of(path: str) -> set[str]:
            return {graph.deployment.path for graph in workspace.graphs_of(path)}

        analysis = Analysis(self._last_good.completed(report, deployments_of), buffers, settings, found)
        return analysis, self.host.render(self, analysis)


def _collect(*, anew: bool) -> None:
    """Collect, between two keystrokes, what the last analysis left: all of it at once would be noticed.

    What stays as it is from a first analysis is looked through only ``anew``.
    """
    if anew:
        gc.unfreeze()
    gc.collect()
    if anew:
        gc.freeze()
