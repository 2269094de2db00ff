"""Our reading of Terraform root modules beside tfparse's: the same instances, the same values where both know them.

``python -m tests.oracles.tfparse FOLDER …`` looks for root modules in each folder, prints how many instances
and values are the same, how many differ by the classes of ``tfparse.yaml``, and every difference that is of
none of them; these give exit code 1.
"""

from __future__ import annotations

import json
import posixpath
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from haanalyzer.frontends.deployment import Declaration, Inputs
from haanalyzer.frontends.terraform.attributes import BlockAttributes
from haanalyzer.frontends.terraform.instances import Module
from haanalyzer.frontends.terraform.root import read_root
from haanalyzer.frontends.terraform.syntax import BlockSyntax, BodySyntax
from haanalyzer.source.discovery import discover
from haanalyzer.source.files import Files
from haanalyzer.values import Known, Value
from tests.oracles.causes import CAUSES, Causes
from tests.oracles.tfparse_process import NotEvaluatedError, Tfparse
from tests.oracles.tfparse_values import compared_entry

TABLE = Path(__file__).with_suffix(".yaml")
_NOT_COMPARED = frozenset(
    {"__tfmeta", "id", "count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection"}
)
_KEY = re.compile(r"\[(?:\"(?:[^\"\\]|\\.)*\"|\d+|\*)\]")


@dataclass(frozen=True)
class Difference:
    """What one side has and the other has not, or has otherwise; ``attribute`` is empty for an instance."""

    kind: str
    root: str
    address: str
    attribute: str = ""
    ours: Value | None = None
    theirs: object = None

    @property
    def is_of_known_values(self) -> bool:
        """Whether both sides know the value; tfparse has the empty text for null in a template, too."""
        return isinstance(self.ours, Known) and isinstance(self.theirs, str | int | float) and self.theirs != ""

    def __str__(self) -> str:
        sides = f": ours {str(self.ours)[:200]!r}, theirs {str(self.theirs)[:200]!r}" if self.attribute else ""
        return f"{self.kind} {self.root} {self.address} {self.attribute}{sides}"


@dataclass
class Report:
    """``counts`` by what is the same or not compared; ``classes`` by the table; ``unexplained`` is what is left."""

    counts: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    unexplained: list[Difference] = field(default_factory=list)


class Root:
    """One root module as we read it, and as tfparse does. Raises `NotEvaluatedError` where that reads nothing."""

    def __init__(self, base: Path, folder: str, files: Files, tfparse: Tfparse) -> None:
        self.name = f"{base.name}/{folder}"
        deployment = read_root(folder, files, Inputs())
        self.ours = {each.address: each for each in deployment.declarations}
        variable_files = [path for path in deployment.files if path.endswith((".tfvars", ".tfvars.json"))]
        relative = [posixpath.relpath(path, folder) for path in variable_files]
        blocks = tfparse.read((base / folder).resolve(), relative)
        self.ids = frozenset(_ids(blocks))
        found = [block for each in blocks.values() for block in each if _meta(block).get("type") == "resource"]
        self.theirs = {str(_meta(block)["path"]): block for block in found}
        times = Counter(str(_meta(block)["path"]) for block in found)
        self.twice = {address for address, number in times.items() if number > 1}

    @cached_property
    def causes(self) -> Causes:
        return Causes()

    @cached_property
    def perhaps_more(self) -> frozenset[str]:
        """The addresses, without keys, of which we know no number."""
        return frozenset(_KEY.sub("", address) for address, each in self.ours.items() if each.existence.several)

    def compare(self, report: Report) -> None:
        """Count what is the same, and class what is not."""
        report.counts["roots"] += 1
        for address in sorted(self.ours.keys() | self.theirs.keys()):
            if address in self.twice:
                report.counts["declared twice, not compared"] += 1
            elif address not in self.theirs:
                self._explain(Difference("only ours", self.name, address), report)
            elif address not in self.ours:
                self._explain(Difference("only tfparse's", self.name, address), report)
            else:
                report.counts["instances the same"] += 1
                self._compare_attributes(address, report)

    def _compare_attributes(self, address: str, report: Report) -> None:
        ours, theirs = self.ours[address].attributes, self.theirs[address]
        for name in sorted(ours.keys() - _NOT_COMPARED):
            for leaf in compared_entry(ours[name], theirs, name, self.ids, name):
                if leaf.outcome in ("differs", "order"):
                    kind = "value" if leaf.outcome == "differs" else "order"
                    self._explain(Difference(kind, self.name, address, leaf.path, leaf.ours, leaf.theirs), report)
                else:
                    report.counts[leaf.outcome] += 1
        for name in sorted(theirs.keys() - ours.keys() - _NOT_COMPARED):
            self._explain(Difference("value", self.name, address, name, None, theirs[name]), report)

    def _explain(self, difference: Difference, report: Report) -> None:
        found = (name for name, recognises in CLASSES.items() if recognises(self, difference))
        name = next(found, None)
        if name is None and not difference.is_of_known_values:
            name = _first_cause(self, difference)
        if name is None:
            report.unexplained.append(difference)
        else:
            report.classes[f"{difference.kind}: {name}"] += 1

    def block(self, address: str) -> tuple[Module, BlockSyntax] | None:
        """The resource's block and its module instance; of an instance that only tfparse has, those of another."""
        bare = _KEY.sub("", address)
        if address not in self.ours:
            return self._blocks.get(bare)
        module = module_of(self.ours[address])
        type_, name = bare.split(".")[-2:]
        return module, module.declared.resources[type_, name]

    @cached_property
    def _blocks(self) -> Mapping[str, tuple[Module, BlockSyntax]]:
        """Every resource block of the modules that are there, instances or not, by its address without keys."""
        return {
            _KEY.sub("", ".".join(filter(None, (module.address, type_, name)))): (module, block)
            for root in [module_of(each).lineage()[0] for each in self.ours.values()][:1]
            for module in _modules(root)
            for (type_, name), block in module.declared.resources.items()
        }


def module_of(declaration: Declaration) -> Module:
    """The module instance that a declaration stands in."""
    assert isinstance(declaration.attributes, BlockAttributes)
    module = declaration.attributes._scope.module
    assert isinstance(module, Module)
    return module


def _modules(module: Module) -> Iterator[Module]:
    yield module
    for name in module.declared.calls:
        for member in module.modules(name).members:
            if isinstance(member, Module):
                yield from _modules(member)


def _meta(block: Mapping[str, object]) -> Mapping[str, object]:
    found = block.get("__tfmeta")
    return found if isinstance(found, Mapping) else {}


def _ids(value: object) -> Iterator[str]:
    """The ids that tfparse made up for blocks."""
    if isinstance(value, Mapping):
        if "__tfmeta" in value and isinstance(value.get("id"), str):
            yield str(value["id"])
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids(inner)


def _first_cause(root: Root, difference: Difference) -> str | None:
    """The first thing that a difference rests on and tfparse does not know."""
    found = root.block(difference.address)
    if found is None:
        return None
    module, block = found
    causes = root.causes.of_number(block, module)
    if difference.attribute:
        causes |= root.causes.of_attribute(block, module, re.split(r"[.\[]", difference.attribute)[0])
    return next((cause for cause in CAUSES if cause in causes), None)


def _perhaps_there(root: Root, difference: Difference) -> bool:
    """We say that the instance may be there, or that there may be more of its kind."""
    if difference.kind == "only ours":
        return not root.ours[difference.address].existence.certain
    return difference.kind == "only tfparse's" and _KEY.sub("", difference.address) in root.perhaps_more


def _of_a_model(root: Root, difference: Difference) -> bool:
    """We read a module that is not on disk as its model says."""
    return difference.kind == "only ours" and not module_of(root.ours[difference.address]).declared.folder


def _left_unexpanded(root: Root, difference: Difference) -> bool:
    """tfparse has the block once and without a key, where it has ``count`` or ``for_each``."""
    if difference.attribute:
        return False
    bare = _KEY.sub("", difference.address)
    found = root.block(bare)
    repeats = found is not None and not {"count", "for_each"}.isdisjoint(found[1].body.attributes)
    return repeats and bare in root.theirs


def _before_another_block(root: Root, difference: Difference) -> bool:
    """What ``dynamic`` made, where a block stands behind it."""
    found = root.block(difference.address)
    names = re.findall(r"(\w+)(?:\[\d*\])?", difference.attribute)
    if found is None or not names:
        return False
    body = found[1].body
    for name in names:
        if _is_dynamic_before_another(body, name):
            return True
        inner = next((block for block in body.blocks if _type(block) == name), None)
        if inner is None:
            return False
        body = inner.body.blocks_of("content")[0].body if inner.type == "dynamic" else inner.body
    return False


def _is_dynamic_before_another(body: BodySyntax, name: str) -> bool:
    places = [index for index, block in enumerate(body.blocks) if block.type == "dynamic" and _type(block) == name]
    return bool(places) and places[0] < len(body.blocks) - 1


def _type(block: BlockSyntax) -> str:
    return block.labels[0] if block.type == "dynamic" else block.type


def _region_of_provider(_: Root, difference: Difference) -> bool:
    ours, theirs = _texts(difference)
    parts = re.split(r"current-region|\$\{data\.aws_region\.\w+\.\w+\}", theirs)
    return len(parts) > 1 and re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d".join(map(re.escape, parts)), ours) is not None


def _null_in_json(_: Root, difference: Difference) -> bool:
    try:
        ours, theirs = map(json.loads, _texts(difference))
    except ValueError:
        return False
    return _same_but_for_null(ours, theirs)


def _same_but_for_null(ours: object, theirs: object) -> bool:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(_same_but_for_null(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return all(map(_same_but_for_null, ours, theirs))
    return theirs is None or ours == theirs


def _of_a_set(_: Root, difference: Difference) -> bool:
    return difference.kind == "order"


def _texts(difference: Difference) -> tuple[str, str]:
    known = isinstance(difference.ours, Known) and isinstance(difference.theirs, str)
    return (str(difference.ours), str(difference.theirs)) if known else ("", "")


CLASSES = {
    "perhaps there": _perhaps_there,
    "of a module's model": _of_a_model,
    "left unexpanded": _left_unexpanded,
    "dynamic before another block": _before_another_block,
    "the order of a set of objects": _of_a_set,
    "the region is that of the provider": _region_of_provider,
    "null in place of the unknown, in JSON": _null_in_json,
}
"""How each class of the table that is no cause is recognised, in order."""


def table() -> list[Mapping[str, object]]:
    rows: list[Mapping[str, object]] = yaml.safe_load(TABLE.read_text("utf-8"))
    return rows


def compare(base: Path, tfparse: Tfparse, report: Report) -> None:
    """Add every root module below a folder to a report."""
    files = Files(base)
    for folder in discover(["."], files).roots:
        try:
            root = Root(base, folder, files, tfparse)
        except NotEvaluatedError as reason:
            report.counts[f"not evaluated: {str(reason).split(':')[0]}"] += 1
            continue
        root.compare(report)


def main(folders: Iterable[str]) -> int:
    report = Report()
    printed = 0
    with Tfparse() as tfparse:
        for folder in folders:
            compare(Path(folder), tfparse, report)
            for difference in report.unexplained[printed:]:
                print(difference)
            printed = len(report.unexplained)
    for counter in (report.counts, report.classes):
        print(*(f"{number:8} {name}" for name, number in sorted(counter.items())), sep="\n")
    print(f"{len(report.unexplained):8} not explained")
    return 1 if report.unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
