"""What we say of generated networks beside what moto reports once they are deployed.

Every question that an account answers is asked of our graph: what we say is what is there, or may be, and where we do
not know, the reason is of a class of ``moto.yaml``.

``python -m tests.oracles.moto NUMBER`` generates so many networks, prints how many answers are the same, how often
we do not know for which reason, and everything that is otherwise, which gives exit code 1.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from hypothesis import HealthCheck, Phase, given, settings

from tests.generated_vpcs import GeneratedVpc, vpcs
from tests.oracles.moto_account import deploy, zones_of
from tests.oracles.moto_answers import Asked, read
from tests.oracles.moto_terms import Account

_ON_A_CONDITION = re.compile(r"^depends on .*: ")
TABLE = Path(__file__).with_suffix(".yaml")


@dataclass
class Report:
    """``counts`` by question and how it came out, ``classes`` by the table, ``unexplained`` is what is left."""

    counts: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    unexplained: list[str] = field(default_factory=list)


def compare(vpc: GeneratedVpc, report: Report) -> None:
    """Deploy a template, read it, and count what is the same."""
    facts = deploy(vpc)
    answers = Asked(read(vpc), Account(vpc.region, zones_of(vpc.region), vpc.parameters)).answers()
    report.counts["templates"] += 1
    known = table()
    for key in sorted(facts.keys() | answers.keys()):
        question, address = key
        answer = answers.get(key)
        if answer is None:
            report.unexplained.append(f"{question} {address}: we have none, moto {facts[key]}")
        elif key not in facts and not answer.why:
            if question == "there" or ("there", address) in facts:
                report.unexplained.append(f"{question} {address}: ours {answer.said}, moto has none")
        elif key in facts and not answer.fits(facts[key]):
            report.unexplained.append(f"{question} {address}: ours {answer.said}, moto {facts[key]}")
        elif key in facts:
            outcome = "not told" if answer.why else "the same by a term" if answer.by_term else "the same"
            report.counts[f"{question}: {outcome}"] += 1
            for reason in dict.fromkeys(_ON_A_CONDITION.sub("", each) for each in answer.why):
                if reason not in known:
                    report.unexplained.append(f"{question} {address}: not told, {reason}")
                report.classes[reason] += 1


def table() -> Mapping[str, str]:
    """Why we may not know what moto does, by the reason that we give."""
    rows: Mapping[str, str] = yaml.safe_load(TABLE.read_text("utf-8"))
    return rows


def main(arguments: Sequence[str]) -> int:
    report = Report()

    @settings(
        max_examples=int(arguments[0]),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(vpcs())
    def deploy_one(vpc: GeneratedVpc) -> None:
        compare(vpc, report)

    deploy_one()
    for counter in (report.counts, report.classes):
        print(*(f"{number:8} {name}" for name, number in sorted(counter.items())), sep="\n")
    print(*report.unexplained, f"{len(report.unexplained):8} not explained", sep="\n")
    return 1 if report.unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
