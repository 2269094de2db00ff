"""The doors' view of the reports."""

import subprocess
import sys

from report_samples import full_report

from haanalyzer.report import FORMATS, RenderOptions


def test_every_format_renders_and_ends_its_last_line():
    assert list(FORMATS) == ["text", "json", "sarif", "sarif-github", "github", "markdown", "gitlab", "junit"]
    for render in FORMATS.values():
        assert render(full_report(), RenderOptions()).endswith("\n")


def test_the_sarif_model_is_loaded_only_when_used():
    code = "import sys, haanalyzer.report, haanalyzer.report.text; sys.exit('sarif_om' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
