"""One judgement as a SARIF result: a message that links to its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sarif_om as om

from haanalyzer.report.places import Sources, is_above
from haanalyzer.report.sarif_places import Subject, location, primary_location
from haanalyzer.report.words import abridged, link, plain, quoted, sentence
from haanalyzer.results import Judgement
from haanalyzer.source.span import Span

_MOST_RELATED = 1_000  # GitHub refuses more
_MOST_STEPS = 100  # of a code flow: what viewers show
_MOST_NAMED = 10  # in a message, which people read


class ResultMaker:
    """Makes results whose places lie in ``sources``.

    ``rule_indices`` maps codes to positions among the tool's rules. With
    ``inside_only``, places above the base of the analysis are left out, because
    the reader cannot name them.
    """

    def __init__(self, sources: Sources, rule_indices: Mapping[str, int], *, inside_only: bool = False) -> None:
        self._sources = sources
        self._rule_indices = rule_indices
        self._inside_only = inside_only

    def result(self, judgement: Judgement, merged: Sequence[Judgement] = ()) -> om.Result:
        """The result of a judgement, with others of the same rule on the same line told in it."""
        verdict = judgement.verdict
        failed = verdict.outcome == "fail"
        related = _Related(self._sources, inside_only=self._inside_only)
        words = [
            *_statement(judgement, related),
            *_elsewhere(judgement, related),
            *_likewise(judgement, merged, related),
        ]
        subjects = dict.fromkeys(map(_subject, (judgement, *merged)))
        return om.Result(
            rule_id=judgement.rule.code,
            rule_index=self._rule_indices.get(judgement.rule.code, -1),
            kind={"pass": "pass", "fail": "fail", "undecided": "open"}[verdict.outcome],
            level=judgement.severity.value if failed else "none",
            message=om.Message(text=" ".join(words)),
            locations=[primary_location(self._sources, judgement.place, subjects)],
            related_locations=related.locations or None,
            code_flows=self._code_flows(judgement) if failed else None,
            partial_fingerprints=self._fingerprints(judgement),
            properties=_properties(judgement),
        )

    def _code_flows(self, judgement: Judgement) -> list[om.CodeFlow] | None:
        steps = [
            om.ThreadFlowLocation(location=location(self._sources, step.place, step.text))
            for step in judgement.verdict.evidence
            if not (self._inside_only and is_above(step.place.path))
        ]
        if not steps:
            return None
        return [om.CodeFlow(thread_flows=[om.ThreadFlow(locations=steps[:_MOST_STEPS])])]

    def _fingerprints(self, judgement: Judgement) -> dict[str, str]:
        found = {"haFinding/v1": judgement.identity.digest}
        source = self._sources.text(judgement.place.path)
        line_hash = source.fingerprint(judgement.place.line) if source else None
        if line_hash:
            found["primaryLocationLineHash"] = line_hash
        return found


def _subject(judgement: Judgement) -> Subject:
    return Subject(judgement.verdict.subject, judgement.origin.construct if judgement.origin else None)


class _Related:
    """The related locations of one result, numbered so that its message can link to them."""

    def __init__(self, sources: Sources, *, inside_only: bool) -> None:
        self._sources = sources
        self._inside_only = inside_only
        self._numbers: dict[tuple[Span, str], int] = {}
        self.locations: list[om.Location] = []

    def add(self, place: Span, text: str) -> int | None:
        """The number of this place; None where the log cannot hold it."""
        if self._inside_only and is_above(place.path):
            return None
        number = self._numbers.get((place, text))
        if number is None and len(self.locations) < _MOST_RELATED:
            number = self._numbers[place, text] = len(self.locations) + 1
            self.locations.append(location(self._sources, place, sentence(text), number))
        return number

    def words(self, text: str, place: Span, about: str = "") -> str:
        """The text, linked to the place where that is possible. ``about`` is what the place itself says."""
        number = self.add(place, about or text)
        return plain(text) if number is None else link(text, number)


def _statement(judgement: Judgement, related: _Related) -> list[str]:
    """What the rule says, why, and what that rests on."""
    verdict = judgement.verdict
    rule = quoted(f"{judgement.rule.code} {judgement.rule.slug}")
    subject = quoted(verdict.subject) + (f" ({quoted(verdict.part)})" if verdict.part else "")
    words = []
    if verdict.outcome == "undecided":
        words.append(f"{rule} cannot be decided for {subject}.")
        words += [
            f"{quoted(abridged(blocker.term))} is not known: {related.words(blocker.reason, blocker.place)}."
            for blocker in verdict.blockers[:_MOST_NAMED]
        ]
        words += [
            f"It fails when {plain(each.when)}: {related.words(each.message, each.at)}."
            for each in verdict.failures[:_MOST_NAMED]
        ]
    elif verdict.outcome == "pass" and not verdict.message:
        words.append(f"{subject} passes {rule}.")
    if verdict.message:
        words.append(sentence(verdict.message))
    if judgement.stack:
        words.append(f"In the stack {quoted(judgement.stack)}.")
    if verdict.evidence:
        words.append(_listed("Because", [related.words(step.text, step.place) for step in verdict.evidence]))
    assumed = sorted(verdict.assuming, key=lambda one: (one.place, one.name, one.value))
    if assumed:
        defaults = [
            f"{quoted(f'{one.name} = {one.value}')} ({related.words('default', one.place, str(one))})"
            for one in assumed
        ]
        words.append(_listed("Assuming", defaults))
    return words


def _elsewhere(judgement: Judgement, related: _Related) -> list[str]:
    """Where the rule looked, when that is not where the user can act; and the calls between."""
    at = judgement.verdict.at
    if judgement.place == at:
        return []
    for call in (*judgement.verdict.calls, *judgement.program):
        if call != judgement.place:
            related.add(call, "called here")
    there = related.words(str(at), at, judgement.verdict.message or "judged here")
    return [f"This {judgement.leads} leads to {there}."]


def _likewise(first: Judgement, merged: Sequence[Judgement], related: _Related) -> list[str]:
    """What the rule says of others on this line; of the same place in another deployment, only which."""
    if not merged:
        return []
    told = {(first.verdict.message, first.verdict.at)}
    others = []
    for one in merged:
        said = (one.verdict.message, one.verdict.at)
        others.append(related.words(one.verdict.message if said not in told else f"in {one.where}", one.verdict.at))
        told.add(said)
    return [_listed("Likewise", others)]


def _listed(lead: str, items: Sequence[str]) -> str:
    """A sentence over a few items, and how many more there are."""
    more = len(items) - _MOST_NAMED
    tail = f"; and {more} more" if more > 0 else ""
    return f"{lead}: {'; '.join(items[:_MOST_NAMED])}{tail}."


def _properties(judgement: Judgement) -> dict[str, str | bool]:
    found: dict[str, str | bool] = {"deployment": judgement.deployment}
    if judgement.stack:
        found["stack"] = judgement.stack
    if judgement.of_example:
        found["example"] = True
    if judgement.verdict.part:
        found["part"] = judgement.verdict.part
    return found
