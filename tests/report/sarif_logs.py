"""Both logs of samples, as data."""

import json

from report_samples import (
    full_report,
    report,
)

from haanalyzer.report import FORMATS, RenderOptions, Revision

OPTIONS = RenderOptions(category="prod", revision=Revision("https://example.com/infra", "0" * 40, "main"))


def log(form, outcome=None, options=OPTIONS):
    return json.loads(FORMATS[form](outcome or full_report(), options))


def run_of(form, *judgements, **more):
    return log(form, report(*judgements, **more))["runs"][0]


def nodes(tree):
    """Every object of a log."""
    if isinstance(tree, dict):
        yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for each in tree:
            yield from nodes(each)
