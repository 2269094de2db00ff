"""What a change to the text of a project does to what is found in it, judged by meaning and not by lines."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from haanalyzer.baseline import against, record
from haanalyzer.results import Comparison, Identity, Judgement, Recorded, Report, is_foreign
from haanalyzer.source.diagnostic import INTERNAL_ERROR, Diagnostic
from haanalyzer.source.references import moves
from haanalyzer.source.span import Span, start_of
from haanalyzer.source.text_change import TextChange

_BEFORE_CALL = re.compile(r"\.(?=module\.)")
_FIRST = "[0]"
_BESIDE = 3  # lines above and below, which a reader of a diff sees, too


def compare(before: Report, after: Report, change: TextChange) -> Report:
    """The report after a change, with what that brings as its findings.

    `Report.recorded` are those that were there before, `Report.gone` those that the change takes away;
    `Report.comparison` says what else it does. The `Judgement.cause` of what it brings is the place,
    among the finding's own, that the change touched.
    """
    before = _as_called_now(before, after, change.renamed)
    compared = against(after, (_at_new_path(each, change.renamed) for each in record(before)))
    return replace(
        compared,
        judgements=tuple(
            replace(one, cause=_cause(one, change)) if _is_open(one) else one for one in compared.judgements
        ),
        diagnostics=tuple(sorted({*_new_diagnostics(before, after, change), *_read_only_now(before, after)})),
        gone=tuple(_taken_away(compared.gone or (), before, after)),
        comparison=Comparison(tuple(_unsettled(before, after)), tuple(_newly_ignored(before, after))),
    )


def _is_open(one: Judgement) -> bool:
    return one.verdict.outcome == "fail" and one.suppressed is None and not one.recorded


def _as_called_now(before: Report, after: Report, renamed: Mapping[str, str]) -> Report:
    """The report with its deployments and resources called as they are after the change."""
    names = {**renamed, **_moved_roots(before, after, renamed)}
    there = {(one.deployment, one.verdict.subject) for one in after.judgements}
    uncounted = {(deployment, subject.replace(_FIRST, "")): subject for deployment, subject in there}
    moved = [pair for document in after.documents.values() for pair in moves(document.text)]

    def renamed_judgement(one: Judgement) -> Judgement:
        deployment, subject = names.get(one.deployment, one.deployment), one.verdict.subject
        if (deployment, subject) not in there:
            subject = _moved_address(subject, moved)
        if (deployment, subject) not in there:  # Terraform itself moves what is counted from now on, or no more
            subject = uncounted.get((deployment, subject.replace(_FIRST, "")), subject)
        return replace(one, deployment=deployment, verdict=replace(one.verdict, subject=subject))

    return replace(before, judgements=tuple(_of_one_plan(before.judgements, map(renamed_judgement, before.judgements))))


def _of_one_plan(before: Iterable[Judgement], renamed: Iterable[Judgement]) -> Iterator[Judgement]:
    """The judgements as they are called now, without what several plans that are one root now say alike."""
    by: dict[tuple[Identity, str], str] = {}
    for old, new in zip(before, renamed, strict=True):
        if by.setdefault((new.identity, new.verdict.outcome), old.deployment) == old.deployment:
            yield new


def _moved_address(address: str, moved: Iterable[tuple[str, str]]) -> str:
    """What an address has become by ``moved`` blocks, which are written from where their module stands."""
    for old, new in moved:
        prefix, found, rest = f".{address}".partition(f".{old}")
        if found and rest[:1] in ("", ".", "[") and all(part.startswith("module.") for part in _calls(prefix)):
            address = f"{prefix}.{new}{rest}".removeprefix(".")
    return address


def _calls(prefix: str) -> list[str]:
    """The module calls that an address begins with."""
    return [call for call in _BEFORE_CALL.split(prefix) if call]


def _moved_roots(before: Report, after: Report, renamed: Mapping[str, str]) -> Mapping[str, str]:
    """The new folders of root modules whose files went there, the most of them.

    Plans that a change leaves behind, as it is analyzed without them, were those of the root in their folder.
    """
    arrived = set(after.deployments).difference(before.deployments)
    left = set(before.deployments).difference(after.deployments)
    targets: dict[str, Counter[str]] = {}
    for old, new in renamed.items():
        if _folder(old) in left and _folder(new) in arrived:
            targets.setdefault(_folder(old), Counter())[_folder(new)] += 1
    aside = {plan: _folder(plan) for plan in left if _folder(plan) in arrived}
    return aside | {old: found.most_common(1)[0][0] for old, found in targets.items()}


def _folder(path: str) -> str:
    return posixpath.dirname(path) or "."


def _at_new_path(each: Recorded, renamed: Mapping[str, str]) -> Recorded:
    return replace(each, path=renamed.get(each.path, each.path))


def _taken_away(gone: Iterable[Recorded], before: Report, after: Report) -> Iterator[Recorded]:
    """Of what is not found any more, what is surely no more: neither ignored, undecided, nor unread since."""
    ignored = {one.identity for one in after.suppressed()}
    undecided = {one.identity for one in after.undecided()}
    unread = {each.place.path for each in _errors(after) - _errors(before)}
    unread |= {_folder(path) for path in unread}
    for each in gone:
        whole = each.identity._replace(part="")
        may_stand = each.identity in ignored or not undecided.isdisjoint((each.identity, whole))
        if not may_stand and unread.isdisjoint((each.path, each.identity.deployment)):
            yield each


def _unsettled(before: Report, after: Report) -> Iterator[Judgement]:
    """The checks that could be decided before the change."""
    decided: set[Identity] = set()
    for one in before.judgements:
        if one.verdict.outcome != "undecided":
            decided |= {one.identity, one.identity._replace(part="")}
    decided -= {one.identity for one in before.undecided()}
    return (one for one in after.undecided() if one.identity in decided)


def _newly_ignored(before: Report, after: Report) -> Iterator[Judgement]:
    known = {one.identity for one in before.suppressed()}
    return (one for one in after.suppressed() if one.identity not in known)


def _new_diagnostics(before: Report, after: Report, change: TextChange) -> Iterator[Diagnostic]:
    """What is said of a file that the change touched, was not said before, or is a fault of ours."""
    said = {
        (change.renamed.get(each.place.path, each.place.path), each.code, each.message) for each in before.diagnostics
    }
    for each in after.diagnostics:
        is_new = (each.place.path, each.code, each.message) not in said
        if is_new or each.code == INTERNAL_ERROR or (each.is_error and each.place.path in change.paths):
            yield each


def _read_only_now(before: Report, after: Report) -> Iterator[Diagnostic]:
    """What could not be read before the change, so that all that is found there seems new."""
    message = "could not be read before the change, so all that is found in it counts as brought by it"
    paths = {each.place.path for each in _errors(before)} - {each.place.path for each in _errors(after)}
    read = paths.intersection(after.files)
    return (Diagnostic(start_of(path), "unread-before", message, is_error=False) for path in read)


def _errors(report: Report) -> set[Diagnostic]:
    return {each for each in report.diagnostics if each.is_error and each.hides}


def _cause(one: Judgement, change: TextChange) -> Span | None:
    """The first of a finding's own places that the change wrote, or else one that stands beside what it wrote."""
    for margin in (0, _BESIDE):
        for place in _places(one):
            lines = range(place.line - margin, place.line + margin + 1)
            if any(lines.start < each.stop and each.start < lines.stop for each in change.touched(place.path)):
                return place
    return None


def _places(one: Judgement) -> list[Span]:
    """Where a finding can be shown: its place, then what leads to it and what it rests on, its own file's first."""
    verdict = one.verdict
    rests_on = (*(step.place for step in verdict.evidence), *sorted(each.place for each in verdict.assuming))
    places = dict.fromkeys((one.place, *verdict.calls, *rests_on))
    return sorted((each for each in places if not is_foreign(each)), key=lambda each: each.path != one.place.path)
