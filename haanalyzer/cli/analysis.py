"""What the options of a command ask to be analyzed, and held to what."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from haanalyzer.cli.options import base_of, below, inputs_of, settings_of
from haanalyzer.cli.progress import shown_progress

if TYPE_CHECKING:
    from haanalyzer.results import Report


class Analysis:
    """The folder that paths are relative to, the paths, and the settings; UsageError where one cannot be had."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.base = base_of(options.paths)
        self.settings = settings_of(options, self.base)
        self.paths = below(self.base, options.paths)
        self._inputs = inputs_of(options, self.base)

    def report(self) -> Report:
        """What is there now."""
        from haanalyzer.engine import analyze

        files, standards = self.settings.files(self.base), self.settings.standards
        with shown_progress() as progress:
            return analyze(self.paths, files, self._inputs, standards, progress=progress)
