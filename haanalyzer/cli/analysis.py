"""What the options of a command ask to be analyzed, and held to what."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from typing import TYPE_CHECKING

from haanalyzer.cli.options import base_of, below, inputs_of, settings_of, stacks_of
from haanalyzer.cli.outcome import UsageError
from haanalyzer.cli.progress import shown_progress

if TYPE_CHECKING:
    from haanalyzer.results import Report
    from haanalyzer.source.files import Files


class Analysis:
    """The folder that paths are relative to, the paths, and the settings; UsageError where one cannot be had."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.base = base_of(options.paths)
        self.settings = settings_of(options, self.base)
        self.paths = below(self.base, options.paths)
        self._inputs = inputs_of(options, self.base)
        self.stacks = stacks_of(options, self.settings, self.base)

    def report(self) -> Report:
        """What is there now."""
        return self.analyzed(self.settings.files(self.base))

    def analyzed(self, files: Files, only: Collection[str] | None = None) -> Report:
        """What is there in these files, of which all roots and templates count, or ``only`` some."""
        from haanalyzer.engine import NoSuchStackError, analyze

        standards = self.settings.standards
        try:
            with shown_progress() as progress:
                return analyze(
                    self.paths, files, self._inputs, standards, progress=progress, only=only, stacks=self.stacks
                )
        except NoSuchStackError as error:
            raise UsageError(f"--stack: {error}") from error

    def about(self, report: Report) -> Report:
        """What of a report is asked for: all of it."""
        return report
