"""Our reading of Terraform root modules beside tfparse's: the same instances, the same values where both know them.

``python -m tests.oracles.tfparse [--workspace NAME] FOLDER …`` looks for root modules in each folder, prints how
many instances and values are the same, how many differ by the classes of ``tfparse.yaml``, and every difference that
is of none of them; these give exit code 1. ``{}`` in the workspace's name is that of the root module's folder.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from haanalyzer.frontends.deployment import Inputs
from haanalyzer.frontends.terraform.session import Session
from haanalyzer.source.discovery import discover
from haanalyzer.source.files import Files
from tests.oracles.tfparse_classes import CLASSES
from tests.oracles.tfparse_process import NotEvaluatedError, Tfparse
from tests.oracles.tfparse_roots import Difference, Root
from tests.oracles.tfparse_values import compared_entry

TABLE = Path(__file__).with_suffix(".yaml")
_NOT_COMPARED = frozenset(
    {"__tfmeta", "id", "count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection"}
)


@dataclass
class Report:
    """``counts`` by what is the same or not compared; ``classes`` by the table; ``unexplained`` is what is left."""

    counts: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    unexplained: list[Difference] = field(default_factory=list)


def compare_root(root: Root, report: Report) -> None:
    """Count what is the same, and class what is not."""
    report.counts["roots"] += 1
    for address in sorted(root.ours.keys() | root.theirs.keys()):
        if address in root.twice:
            report.counts["declared twice, not compared"] += 1
        elif address not in root.theirs:
            _explain(root, Difference("only ours", root.name, address), report)
        elif address not in root.ours:
            _explain(root, Difference("only tfparse's", root.name, address), report)
        else:
            report.counts["instances the same"] += 1
            _compare_attributes(root, address, report)


def _compare_attributes(root: Root, address: str, report: Report) -> None:
    ours, theirs = root.ours[address].attributes, root.theirs[address]
    for name in sorted(ours.keys() - _NOT_COMPARED):
        for leaf in compared_entry(ours[name], theirs, name, root.ids, name):
            if leaf.outcome in ("differs", "order"):
                kind = "value" if leaf.outcome == "differs" else "order"
                _explain(root, Difference(kind, root.name, address, leaf.path, leaf.ours, leaf.theirs), report)
            else:
                report.counts[leaf.outcome] += 1
    for name in sorted(theirs.keys() - ours.keys() - _NOT_COMPARED):
        _explain(root, Difference("value", root.name, address, name, None, theirs[name]), report)


def _explain(root: Root, difference: Difference, report: Report) -> None:
    found = (name for name, recognises in CLASSES.items() if recognises(root, difference))
    name = next(found, None)
    if name is None and not difference.is_of_known_values:
        name = next(iter(root.causes_of(difference)), None)
    if name is None:
        report.unexplained.append(difference)
    else:
        report.classes[f"{difference.kind}: {name}"] += 1


def table() -> list[Mapping[str, object]]:
    rows: list[Mapping[str, object]] = yaml.safe_load(TABLE.read_text("utf-8"))
    return rows


def compare(base: Path, tfparse: Tfparse, report: Report, workspace: str = "default") -> None:
    """Add every root module below a folder to a report; ``{}`` in the workspace is the name of the module's folder."""
    files = Files(base)
    for folder in module_folders(files):
        try:
            root = Root(base, folder, files, tfparse, workspace.format((base / folder).resolve().name))
        except NotEvaluatedError as reason:
            report.counts[f"not evaluated: {str(reason).split(':')[0]}"] += 1
            continue
        compare_root(root, report)


def module_folders(files: Files) -> list[str]:
    """The folders of root modules; in place of Terragrunt's units, which tfparse does not read, what they deploy."""
    return sorted({Session(folder, files, Inputs()).folder for folder in discover(["."], files).roots})


def main(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(prog="python -m tests.oracles.tfparse")
    parser.add_argument("--workspace", default="default")
    parser.add_argument("folders", nargs="+", type=Path)
    given = parser.parse_args(arguments)
    report = Report()
    printed = 0
    with Tfparse() as tfparse:
        for folder in given.folders:
            compare(folder, tfparse, report, given.workspace)
            for difference in report.unexplained[printed:]:
                print(difference)
            printed = len(report.unexplained)
    for counter in (report.counts, report.classes):
        print(*(f"{number:8} {name}" for name, number in sorted(counter.items())), sep="\n")
    print(f"{len(report.unexplained):8} not explained")
    return 1 if report.unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
