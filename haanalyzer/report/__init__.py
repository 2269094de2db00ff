"""Reports: one outcome, several forms. Each is a pure function of the outcome and the options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from haanalyzer.report.options import RenderOptions, Revision
from haanalyzer.results import Report

__all__ = ["FORMATS", "RenderOptions", "Revision"]


def _loaded_when_used(module: str) -> Callable[[Report, RenderOptions], str]:
    """The ``render`` of a module that is imported when first called: the SARIF model takes 80 ms."""

    def render(report: Report, options: RenderOptions) -> str:
        rendered: str = import_module(module, __name__).render(report, options)
        return rendered

    return render


FORMATS: Mapping[str, Callable[[Report, RenderOptions], str]] = {
    "text": _loaded_when_used(".text"),
    "json": _loaded_when_used(".json_report"),
    "sarif": _loaded_when_used(".sarif"),
    "sarif-github": _loaded_when_used(".sarif_github"),
    "github": _loaded_when_used(".github"),
    "markdown": _loaded_when_used(".markdown"),
    "gitlab": _loaded_when_used(".gitlab"),
    "junit": _loaded_when_used(".junit"),
}
