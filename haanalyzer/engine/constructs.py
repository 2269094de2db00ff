"""What verdicts say, in the words of the program that made the resources."""

from __future__ import annotations

import re
from dataclasses import replace

from haanalyzer.finding import Verdict
from haanalyzer.frontends.origin import Origin, written_by_hand
from haanalyzer.graph import Resource, ResourceGraph

_ADDRESS = re.compile(r"[^\s,;()']+")
# What the CDK calls the one resource that a construct stands for; its own command line leaves that out, too.
_INNERMOST = re.compile(r"/(?:Resource|Default)$")


def origin_of(resource: Resource, verdict: Verdict, graph: ResourceGraph) -> Origin | None:
    """The construct that made a resource, with the lines of the program that made what its verdict is about."""
    made = graph.deployment.origin_of(resource.owner.place)
    at = graph.deployment.origin_of(verdict.at)
    return made._replace(program=at.program) if made and at and at.program else made


def in_constructs(verdict: Verdict, graph: ResourceGraph) -> Verdict:
    """A verdict that calls resources by their constructs where a program made them: their addresses are a machine's."""
    if graph.deployment.origin_of is written_by_hand or verdict.outcome == "pass":
        return verdict

    def spoken(text: str) -> str:
        return _ADDRESS.sub(lambda found: _construct(found[0], graph), text)

    evidence = tuple(replace(step, text=spoken(step.text)) for step in verdict.evidence)
    return replace(verdict, message=spoken(verdict.message), evidence=evidence)


def _construct(word: str, graph: ResourceGraph) -> str:
    """The path of the construct that a word is the address of, or the word; what is behind a dot stays."""
    address, dot, behind = (word, "", "") if word in graph.declarations else word.rpartition(".")
    declaration = graph.declarations.get(address)
    origin = graph.deployment.origin_of(declaration.place) if declaration else None
    path = _INNERMOST.sub("", origin.construct) if origin else address
    # A short one may be a word of the sentence.
    return word if path.rpartition("/")[2] == address else f"{path}{dot}{behind}"
