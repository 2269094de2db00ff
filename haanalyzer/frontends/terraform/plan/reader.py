"""A text to a plan: which formats are read, and what a text of another one is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from haanalyzer.frontends.terraform.plan.json_node import JsonNode, read_json
from haanalyzer.frontends.terraform.plan.planned import Plan, collect
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document

_HOW = "expected what `terraform show -json` writes of a plan"
_FORMATS = re.compile(r"(?:0|1)\.\d+(?:\..*)?")
# Terraform's documentation, "JSON Output Format": a new minor version may add, only a new major one may take away.
_READ = "0.x and 1.x"


def plan_of(document: Document) -> Plan | Diagnostic:
    """The plan or state that a text is, or the one diagnostic that says why it is none."""
    try:
        root = read_json(document)
    except RecursionError:
        return Diagnostic(document.span(0, 0), "nested-too-deeply", f"{_HOW}; it is nested too deeply")
    except ValueError as error:
        offset = getattr(error, "pos", 0)
        return Diagnostic(document.span(offset, offset), "invalid-json", f"{_HOW}: {error}")
    wrong = _wrong(root)
    if wrong is not None:
        return Diagnostic(document.span(0, 0), "invalid-plan", wrong)
    plan = collect(root, is_state=root.at("planned_values") is None)
    plan.diagnostics.extend(_missing(root))
    return plan


def _missing(root: JsonNode) -> Iterator[Diagnostic]:
    """Why the plan has not all that will be there."""
    errored = root.at("errored")
    if errored is not None and errored.data is True:
        yield Diagnostic(errored.place, "plan-not-whole", "this plan ended in an error: what came after is not in it")
    deferred = root.list_at("deferred_changes")
    if deferred:
        message = f"{len(deferred)} changes are deferred to a later plan: they are not in this one"
        yield Diagnostic(deferred[0].place, "plan-not-whole", message, is_error=False)


def _wrong(root: JsonNode) -> str | None:
    """Why this is no plan or state of a format that is read."""
    version = root.text("format_version")
    if version is None:
        return f"{_HOW}: an object with a format_version"
    if _FORMATS.fullmatch(version) is None:
        return f"format {version} of plans is not known; {_READ} are read"
    if not any(section.is_object for key in ("planned_values", "values") if (section := root.at(key))):
        return f"{_HOW}: this one has neither planned_values nor, as a state has, values"
    return None
