"""Our verdicts beside checkov's on its own fixtures, for every check that a rule of ours says it is like.

``python -m tests.peers.checkov CHECKOUT``, where CHECKOUT holds checkov's repository, prints
how many agree and every difference that ``checkov.yaml`` does not argue; these, and
arguments that nothing needs, give exit code 1.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from haanalyzer.catalog.peers import peer_checks
from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile

ARGUMENTS = Path(__file__).with_suffix(".yaml")
_ID = re.compile(r"""id = ["'](CKV2?_AWS_\d+)["']""")
_EXAMPLES = re.compile(r"""["']/?((?:example_)\w+)["']""")
_BLOCK = re.compile(r"(?<=\w)\.\w+\[(\d+|\*)\]$")
_RESOURCES = {"passing_resources": "pass", "failing_resources": "fail"}


@dataclass(frozen=True)
class Expectation:
    """What checkov says of one resource of one of its fixtures."""

    check: str
    folder: Path
    resource: str
    outcome: str

    @property
    def subject(self) -> str:
        """The resource as we call it: CloudFormation's without its type."""
        return self.resource.rpartition(".")[2] if "::" in self.resource else self.resource


def expectations(checkout: Path) -> Iterator[Expectation]:
    """Everything that checkov's tests of its checks say in a form that can be read without running them."""
    for language in ("terraform", "cloudformation"):
        checks = checkout / "checkov" / language / "checks"
        tests = checkout / "tests" / language
        for path in sorted((checks / "resource" / "aws").glob("*.py")):
            identity = _ID.search(path.read_text("utf-8"))
            test = tests / "checks" / "resource" / "aws" / f"test_{path.stem}.py"
            if identity and test.is_file():
                yield from _of_unit_test(identity[1], test)
        for path in sorted((checks / "graph_checks" / "aws").glob("*.yaml")):
            identity = re.search(r"id: \"?(CKV2?_AWS_\d+)", path.read_text("utf-8"))
            folder = tests / "graph" / "checks" / "resources" / path.stem
            if identity and (folder / "expected.yaml").is_file():
                yield from _of_graph_test(identity[1], folder)


def _of_unit_test(check: str, test: Path) -> Iterator[Expectation]:
    text = test.read_text("utf-8")
    folders = [test.parent / name for name in dict.fromkeys(_EXAMPLES.findall(text)) if (test.parent / name).is_dir()]
    if len(folders) != 1:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Set):
            outcome = _RESOURCES.get(node.targets[0].id)
            for resource in ast.literal_eval(node.value) if outcome else ():
                yield Expectation(check, folders[0], resource, outcome or "")


def _of_graph_test(check: str, folder: Path) -> Iterator[Expectation]:
    expected = yaml.safe_load((folder / "expected.yaml").read_text("utf-8"))
    for outcome in ("pass", "fail"):
        for resource in expected.get(outcome) or ():
            yield Expectation(check, folder, resource, outcome)


def our_outcomes(folder: Path, rules: set[str]) -> Mapping[str, set[str]]:
    """What our rules say in a fixture's folder, by the address of the resource, or of the one its block stands in."""
    profile = load_profile("all")
    chosen = replace(profile, rules=tuple(rule for rule in profile.rules if rule.info.code in rules))
    found: dict[str, set[str]] = {}
    for one in analyze(["."], folder, Inputs(), chosen).judgements:
        for address in dict.fromkeys((one.verdict.subject, _BLOCK.sub("", one.verdict.subject))):
            found.setdefault(address, set()).add(one.verdict.outcome)
    return found


def verdict_of(outcomes: set[str]) -> str:
    """One word for what several rules say: a failure counts before a doubt, a doubt before a pass."""
    return next((word for word in ("fail", "undecided", "pass") if word in outcomes), "not judged")


def answered() -> Mapping[str, set[str]]:
    """The codes of our rules by the checkov check that they are like."""
    found: dict[str, set[str]] = {}
    for rule in load_profile("all").rules:
        for name in rule.info.like:
            for tool, check in peer_checks()[name].of_code:
                if tool == "checkov":
                    found.setdefault(check, set()).add(rule.info.code)
    return found


def argued(expectation: Expectation, ours: str, arguments: list[Mapping[str, str]]) -> Mapping[str, str] | None:
    """The argument for a difference: of this check, for this pair of outcomes, for a resource that it names."""
    for argument in arguments:
        if (argument["check"], argument["theirs"], argument["ours"]) != (expectation.check, expectation.outcome, ours):
            continue
        if re.fullmatch(argument["resources"], expectation.resource):
            return argument
    return None


def main(checkout: Path) -> int:
    ours = answered()
    arguments = yaml.safe_load(ARGUMENTS.read_text("utf-8")) or []
    used: list[Mapping[str, str]] = []
    counts: Counter[str] = Counter()
    for expectation in expectations(checkout):
        if expectation.check not in ours:
            continue
        verdict = verdict_of(
            set(our_outcomes(expectation.folder, ours[expectation.check]).get(expectation.subject, ()))
        )
        if verdict == expectation.outcome:
            counts["the same"] += 1
        elif argument := argued(expectation, verdict, arguments):
            used.append(argument)
            counts["argued"] += 1
        else:
            counts["not argued"] += 1
            said = f"theirs {expectation.outcome}, ours {verdict} ({', '.join(sorted(ours[expectation.check]))})"
            folder = expectation.folder.relative_to(checkout)
            print(f"{expectation.check} {expectation.resource}: {said}; {folder}")
    idle = [argument for argument in arguments if argument not in used]
    for argument in idle:
        print(f"nothing needs this argument: {argument['check']} {argument['resources']}")
    print(", ".join(f"{count} {words}" for words, count in sorted(counts.items())))
    return 1 if counts["not argued"] or idle else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
