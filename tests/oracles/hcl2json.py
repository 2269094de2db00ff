"""Our reading of HCL files beside that of HashiCorp's own parser: the same accepted, the same blocks, the same trees.

``python -m tests.oracles.hcl2json FOLDER …`` reads every ``*.tf`` below each folder and prints what differs and is
not in ``hcl2json.yaml``; that gives exit code 1.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.expressions import parse_expression
from haanalyzer.frontends.terraform.parsing.structure import parse_body
from haanalyzer.frontends.terraform.parsing.syntax import BodySyntax
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from tests.oracles.differences import Difference, explained, read_table
from tests.oracles.hcl2json_files import body_json
from tests.oracles.hcl2json_process import Hcl2json, RejectedError
from tests.oracles.hcl2json_trees import our_shape, their_shape

TABLE = Path(__file__).with_suffix(".yaml")


def differences(document: Document, hcl2json: Hcl2json) -> Iterator[Difference]:
    """What we read otherwise than HashiCorp's parser: accepted by us, accepted by them, blocks, expression."""
    body, _ = parse_body(document)
    messages = problems(document)
    try:
        theirs = hcl2json.file(document.text)
    except RejectedError as reason:
        if not messages:
            yield Difference("accepted by us", document.path, str(reason))
        return
    if messages:
        yield Difference("accepted by them", document.path, messages[0])
    elif (ours := body_json(body)) != theirs:
        yield Difference("blocks", document.path, _first_difference(ours, theirs, ""))
    for text in _expressions(body):
        yield from _of_expression(text, document.path, hcl2json)


def problems(document: Document) -> list[str]:
    """What we say of a file that is no HCL: of its blocks, or of its expressions; nothing of one that we accept."""
    body, diagnostics = parse_body(document)
    return [str(found) for found in diagnostics] or list(_invalid(body))


def _of_expression(text: str, path: str, hcl2json: Hcl2json) -> Iterator[Difference]:
    ours = our_shape(parse_expression(text))
    try:
        tree = hcl2json.expression(text)
    except RejectedError as reason:
        if ours != ("invalid",):
            yield Difference("expression", path, f"{text!r}: {reason}")
        return
    assert isinstance(tree, Mapping)
    if ours != (theirs := their_shape(tree)):
        yield Difference("expression", path, f"{text!r}: ours {ours}, theirs {theirs}")


def _expressions(body: BodySyntax) -> Iterator[str]:
    for attribute in body.attributes.values():
        yield attribute.text
    for block in body.blocks:
        yield from _expressions(block.body)


def _invalid(body: BodySyntax) -> Iterator[str]:
    for text in _expressions(body):
        found = parse_expression(text)
        if isinstance(found, syntax.Invalid):
            yield found.message


def _first_difference(ours: object, theirs: object, path: str) -> str:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in [*ours, *(theirs.keys() - ours.keys())]:
            if ours.get(key) != theirs.get(key):
                return _first_difference(ours.get(key), theirs.get(key), f"{path}.{key}")
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            if one != other:
                return _first_difference(one, other, f"{path}[{index}]")
    return f"{path}: ours {ours!r}, theirs {theirs!r}"


def main(folders: Iterable[str]) -> int:
    rows = read_table(TABLE)
    counts: Counter[str] = Counter()
    unexplained = 0
    with Hcl2json() as hcl2json:
        for base in map(Path, folders):
            files = Files(base)
            for path in sorted(base.rglob("*.tf")):
                document = files.read(path.relative_to(base).as_posix())
                if isinstance(document, Diagnostic):
                    counts[f"not read: {document.code}"] += 1
                    continue
                counts["files"] += 1
                for difference in differences(document, hcl2json):
                    if row := explained(difference, rows):
                        counts[row["class"]] += 1
                    else:
                        unexplained += 1
                        print(f"{difference.kind} {base.name}/{difference.path}: {difference.detail}")
    print(*(f"{number:8} {name}" for name, number in sorted(counts.items())), sep="\n")
    print(f"{unexplained:8} not explained")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
