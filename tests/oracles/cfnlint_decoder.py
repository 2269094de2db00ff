"""Our reading of YAML and JSON beside cfn-lint's decoder: the same accepted, the same data, the same places.

``python -m tests.oracles.cfnlint_decoder FOLDER …`` reads every template below each folder, those that we take for one
and those that cfn-lint could, and prints what differs and is not in ``cfnlint_decoder.yaml``; that gives exit code 1.
"""

from __future__ import annotations

import logging
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml
from cfnlint.decode import decode_str
from cfnlint.decode.node import dict_node, list_node, str_node

from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.recognition import looks_like_template, may_be_template
from tests.oracles.differences import Difference, explained, read_table

TABLE = Path(__file__).with_suffix(".yaml")
logging.getLogger("cfnlint").setLevel(logging.CRITICAL)


def differences(document: Document) -> Iterator[Difference]:
    """What we read otherwise than cfn-lint: whether it can be read, data, keys, and where they start."""
    node, diagnostics = load(document)
    theirs, matches = decode_str(document.text)
    wrong = next((each for each in diagnostics if each.is_error), None)
    if matches:
        if node is not None and wrong is None:
            yield Difference("accepted by us", document.path, matches[0].message)
        return
    if wrong is not None:
        yield Difference("accepted by them", document.path, wrong.message)
    if node is not None:
        for kind, detail in _of_nodes(node, theirs, ""):
            yield Difference(_narrowed(kind, detail, document.text), document.path, detail)
    elif wrong is None and theirs != {}:
        yield Difference("data", document.path, f": ours nothing, theirs {theirs!r}")


def _narrowed(kind: str, detail: str, text: str) -> str:
    """The kind, told apart where a place may differ for a reason that shows in the text."""
    if kind == "place" and _YAML_LINE_END.search(text):
        return "place past a line end of YAML's"
    return "place of a key beside merged ones" if kind == "place" and "(key)" in detail and "<<" in text else kind


_YAML_LINE_END = re.compile("[\x85\u2028\u2029]")


def is_template(document: Document) -> bool:
    """Whether cfn-lint finds a map with resources of CloudFormation's in a text."""
    theirs, _ = decode_str(document.text)
    resources = theirs.get("Resources") if isinstance(theirs, Mapping) else None
    if not isinstance(resources, Mapping):
        return False
    types = (each.get("Type") for each in resources.values() if isinstance(each, Mapping))
    return any(isinstance(type_, str) and "::" in type_ for type_ in types)


def _of_nodes(ours: Node, theirs: object, path: str) -> Iterator[tuple[str, str]]:
    yield from _of_places(ours.place[1:3], theirs, path)
    match ours, theirs:
        case MapNode(), Mapping():
            yield from _of_maps(ours, theirs, path)
        case ListNode(), list() if len(ours.items) == len(theirs):
            for index, (item, other) in enumerate(zip(ours.items, theirs, strict=True)):
                yield from _of_nodes(item, other, f"{path}[{index}]")
        case ScalarNode(data=data), _ if type(data) is type(theirs) or isinstance(theirs, str):
            if data != theirs and not (isinstance(data, float) and math.isnan(data)):
                yield "data", f"{path}: ours {data!r}, theirs {theirs!r}"
        case _:
            yield "data", f"{path}: ours {ours.text!r}, theirs {theirs!r}"


def _of_maps(ours: MapNode, theirs: Mapping[object, object], path: str) -> Iterator[tuple[str, str]]:
    named = {str(key): key for key in theirs}
    for name in ours.entries.keys() - named.keys():
        named[name] = yaml.safe_load(name)
        yield "key", f"{path}: ours {name!r}, theirs {named[name]!r}"
    for key in theirs.keys() - set(named.values()):
        yield "data", f"{path}: ours without {key!r}"
    for name, (start, _, value) in ours.entries.items():
        below = f"{path}.{name}"
        yield from _of_places(ours.document.position(start), named[name], f"{below} (key)")
        if named[name] in theirs:
            yield from _of_nodes(value, theirs[named[name]], below)
        else:
            yield "data", f"{below}: theirs without it"


def _of_places(ours: tuple[int, ...], theirs: object, path: str) -> Iterator[tuple[str, str]]:
    """Line and column beside the mark that cfn-lint leaves on texts, lists and maps."""
    if isinstance(theirs, str_node | list_node | dict_node):
        mark = (theirs.start_mark.line + 1, theirs.start_mark.column + 1)
        if ours != mark:
            yield "place", f"{path}: ours {ours}, theirs {mark}"


def templates(base: Path, counts: Counter[str]) -> Iterator[Document]:
    """Every file below a folder that is a template, to us or to cfn-lint."""
    files = Files(base)
    for path in sorted(base.rglob("*")):
        name = path.relative_to(base).as_posix()
        if not may_be_template(name) or ".git" in path.parts or not path.is_file():
            continue
        document = files.read(name)
        if isinstance(document, Diagnostic):
            counts[f"not read: {document.code}"] += 1
        elif looks_like_template(document.text):
            counts["templates"] += 1
            yield document
        elif "Resources" in document.text and is_template(document):
            counts["templates to cfn-lint only"] += 1
            print(f"not recognised: {base.name}/{name}")
            yield document


def main(folders: Iterable[str]) -> int:
    rows = read_table(TABLE)
    counts: Counter[str] = Counter()
    unexplained = 0
    for base in map(Path, folders):
        for document in templates(base, counts):
            found = list(differences(document))
            counts["the same in all"] += not found
            for difference in found:
                if row := explained(difference, rows):
                    counts[row["class"]] += 1
                else:
                    unexplained += 1
                    print(f"{difference.kind} {base.name}/{difference.path}: {difference.detail[:300]}")
    print(*(f"{number:8} {name}" for name, number in sorted(counts.items())), sep="\n")
    print(f"{unexplained:8} not explained")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
